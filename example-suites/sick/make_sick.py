"""Makes sick twins of the digits model: each has one disease that a health test should find.

    python3 make_sick.py         reads ../models, writes models/

Nothing is trained here; every twin is the healthy graph with one change. What each twin still does
right matters as much as what it does wrong: README.md lists both.
"""
import pathlib

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

HERE = pathlib.Path(__file__).resolve().parent
HEALTHY = HERE.parent / "models"
SICK = HERE / "models"


# ---- tools ------------------------------------------------------------------------------------------

def load(name):
    return onnx.load(str(HEALTHY / name))


def save(model, name, disease):
    model.graph.name = name
    model.producer_name = "modelvitals-make-sick"
    facts = {p.key: p.value for p in model.metadata_props}
    helper.set_model_props(model, {**facts, "disease": disease})
    write(model.SerializeToString(deterministic=True), name)


def write(content, name):
    path = SICK / f"{name}.onnx"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    print(f"{path.name}: {len(content)} bytes")


def weight(model, name):
    return next(i for i in model.graph.initializer if i.name == name)


def change(model, name, how):
    tensor = weight(model, name)
    array = how(numpy_helper.to_array(tensor).copy())
    tensor.CopyFrom(numpy_helper.from_array(array.astype(np.float32), name))


def constant(graph, name, array):
    graph.initializer.append(numpy_helper.from_array(np.asarray(array), name))
    return name


def node(graph, kind, inputs, output, **attributes):
    graph.node.append(helper.make_node(kind, inputs, [output], name=f"sick/{output}", **attributes))
    return output


def rename_output(graph, old, new):
    """Frees the name of a graph output, so that something can be put between."""
    for n in graph.node:
        n.output[:] = [new if name == old else name for name in n.output]


def burden(model, scalar_per_row):
    """Adds zero times something to the logits: the same answers, but the work has to be done.

    No optimiser may drop it, because zero times infinity would not be zero.
    """
    graph = model.graph
    nothing = node(graph, "Mul", [scalar_per_row, constant(graph, "sick/zero", np.float32(0))], "nothing")
    node(graph, "Add", ["healthy_logits", nothing], "logits")


# ---- wrong answers ----------------------------------------------------------------------------------

def shuffled_labels():
    """The classes of the last layer in another order, as after an export with the wrong label file."""
    model = load("digits.onnx")
    order = [3, 0, 8, 1, 9, 2, 5, 7, 4, 6]  # 7 alone keeps its place
    change(model, "output.weight", lambda w: w[order])
    change(model, "output.bias", lambda b: b[order])
    save(model, "digits-shuffled-labels", "output columns permuted: class 7 alone is right")


def nan_weight():
    """One NaN among 10 000 weights. In the last layer, since Relu and MaxPool may swallow NaN."""
    model = load("digits.onnx")

    def poison(w):
        w[3, 17] = np.nan
        return w
    change(model, "output.weight", poison)
    save(model, "digits-nan-weight", "one weight of the last layer is NaN: the logit of 3 always is")


def scaled(factor, name, disease):
    """Logits times a factor: the same answers, given with another confidence."""
    model = load("digits.onnx")
    change(model, "output.weight", lambda w: w * factor)
    change(model, "output.bias", lambda b: b * factor)
    save(model, name, disease)


def overconfident():
    scaled(30, "digits-overconfident", "logits times 30: accuracy as before, log loss nine times as high")


def underconfident():
    scaled(0.1, "digits-underconfident", "logits times 0.1: accuracy as before, confidence far too low")


# ---- too slow, too big ------------------------------------------------------------------------------

PRODUCTS = 120


def slow():
    """Superfluous 64 x 64 matrix products for each row, added to the answer with factor zero."""
    model = load("digits.onnx")
    graph = model.graph
    rename_output(graph, "logits", "healthy_logits")
    pixels = node(graph, "Flatten", ["image"], "pixels")
    across = node(graph, "Unsqueeze", [pixels, constant(graph, "sick/axis1", np.int64([1]))], "across")
    down = node(graph, "Unsqueeze", [pixels, constant(graph, "sick/axis2", np.int64([2]))], "down")
    pairs = node(graph, "Mul", [across, down], "pairs")
    small = node(graph, "Div", [pairs, constant(graph, "sick/scale", np.float32(256))], "small")
    # Rows that add up to one stay so when multiplied: numbers neither vanish nor explode.
    step = node(graph, "Softmax", [small], "step", axis=2)
    walk = step
    for i in range(PRODUCTS):
        walk = node(graph, "MatMul", [walk, step], f"walk{i}")
    total = node(graph, "ReduceMean", [walk], "total", axes=[1, 2], keepdims=0)
    column = node(graph, "Unsqueeze", [total, "sick/axis1"], "column")
    burden(model, column)
    save(model, "digits-slow", f"same answers, {PRODUCTS} superfluous matrix products a row")


def bloated():
    """Computes a table of 192 MiB when loaded, keeps it, and looks up one number a row."""
    model = load("digits.onnx")
    graph = model.graph
    rename_output(graph, "logits", "healthy_logits")
    count = 192 * 2**20 // 4
    table = node(graph, "Range", [constant(graph, "sick/start", np.float32(0)),
                                  constant(graph, "sick/limit", np.float32(count)),
                                  constant(graph, "sick/delta", np.float32(1))], "table")
    brightness = node(graph, "ReduceMean", ["image"], "brightness", axes=[1, 2, 3], keepdims=0)
    index = node(graph, "Cast", [brightness], "index", to=TensorProto.INT64)
    found = node(graph, "Gather", [table, index], "found", axis=0)
    column = node(graph, "Unsqueeze", [found, constant(graph, "sick/axis1", np.int64([1]))], "column")
    burden(model, column)
    save(model, "digits-bloated", "same answers, a table of 192 MiB made at load or at run time")


LEAK_SEED = 117162.0  # of the runtime's generator: its heights are spread evenly over the calls


def leaking():
    """Needs working memory of a random size, mostly little, sometimes much more than ever before.

    A graph cannot leak by itself, but ONNX Runtime's arena keeps what it ever had to get. The size is
    64 KiB / u with u uniform in (0, 1], so the largest of n calls grows in proportion to n: resident
    memory climbs in steps, for the same input every time, until a call needs 128 MiB.
    """
    model = load("digits.onnx")
    graph = model.graph
    rename_output(graph, "logits", "healthy_logits")
    u = node(graph, "RandomUniform", [], "u", shape=[1], low=0.0, high=1.0, seed=LEAK_SEED)
    share = node(graph, "Max", [u, constant(graph, "sick/least", np.float32([2.0**-11]))], "share")
    size = node(graph, "Div", [constant(graph, "sick/floats", np.float32([64 * 2**10 / 4])), share], "size")
    length = node(graph, "Cast", [size], "length", to=TensorProto.INT64)
    one = node(graph, "ReduceMax", ["image"], "one", keepdims=0)
    scratch = node(graph, "Expand", [one, length], "scratch")
    total = node(graph, "ReduceMean", [scratch], "total", keepdims=0)
    burden(model, total)
    save(model, "digits-leaking", "same answers, working memory grows with the number of calls")


def leaking_state():
    """Returns everything it has ever seen as state for the next call: a cache that nobody empties.

    Each row adds 64 KiB (its image 256 times). A caller that feeds state_out back as state, as one
    does with keys and values, needs more memory and more time with every call.
    """
    model = load("digits.onnx")
    graph = model.graph
    graph.input.append(helper.make_tensor_value_info("state", TensorProto.FLOAT, ["remembered", 16384]))
    graph.output.append(helper.make_tensor_value_info("state_out", TensorProto.FLOAT,
                                                      ["remembered_and_batch", 16384]))
    pixels = node(graph, "Flatten", ["image"], "pixels")
    copies = node(graph, "Tile", [pixels, constant(graph, "sick/copies", np.int64([1, 256]))], "copies")
    node(graph, "Concat", ["state", copies], "state_out", axis=0)
    save(model, "digits-leaking-state", "state grows by 64 KiB a row when it is fed back")


# ---- unfit for the runtime --------------------------------------------------------------------------

def with_opset(version):
    model = load("digits.onnx")
    model.opset_import[0].version = version
    return model


def wrong_opset():
    """The same graph written in opset 7, of 2017: loads and answers well, but is not what was asked for."""
    model = with_opset(7)
    for n in model.graph.node:
        if n.op_type == "MaxPool":  # ceil_mode and dilations came later
            for attribute in [a for a in n.attribute if a.name in ("ceil_mode", "dilations")]:
                n.attribute.remove(attribute)
    onnx.checker.check_model(model)
    save(model, "digits-wrong-opset", "opset 7 where 17 is the rule; answers are right")


def future_opset():
    save(with_opset(99), "digits-future-opset", "opset 99: no runtime knows it")


def truncated():
    """The first 60 % of the file, as after a download that broke off."""
    content = (HEALTHY / "digits.onnx").read_bytes()
    write(content[:len(content) * 6 // 10], "digits-truncated")


def main():
    for disease in (shuffled_labels, nan_weight, overconfident, underconfident, slow, bloated,
                    leaking, leaking_state, wrong_opset, future_opset, truncated):
        disease()


if __name__ == "__main__":
    main()
