"""Writes a language model that remembers by states of a fixed size, as LFM2 and Mamba do.

    python3 state_lm.py      writes ../models/state-lm.onnx

Nothing is trained: the logits are a closed form. Of 8 tokens, with x(0) the last one and x(1), x(2), …
those before it, the logit of token v is

    2 [v = x(0)+1] + 1 [v = x(1)+1] + 0.5 [v = x(2)+1]     (tokens count on from 7 to 0)
    + sum over all j of 0.5^j [v = x(j)]

The first line needs the two tokens before (past_conv.0, as a causal convolution does), the second a sum
that decays (past_ssm.0, as a state space model has). Both states begin as zeros; an empty one there is
not. Padding is on the left: on the right it would be forgotten like any other step.
"""
import pathlib

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from onnx_files import save

PATH = pathlib.Path(__file__).resolve().parent.parent / "models" / "state-lm.onnx"
TOKENS = 8
TAPS = (0.5, 1.0, 2.0)  # of the token two before, of the one before, of the last one
DECAY = 0.5


def logits(tokens):
    """The closed form, for the last of the tokens."""
    result = np.zeros(TOKENS)
    for j, token in enumerate(reversed(tokens)):
        if j < len(TAPS):
            result[(token + 1) % TOKENS] += TAPS[-1 - j]
        result[token] += DECAY ** j
    return result


def graph():
    nodes, constants = [], {}

    def op(kind, inputs, output, **attributes):
        nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    def constant(name, value):
        constants[name] = np.asarray(value)
        return name

    one, zero = constant("one", np.int64([1])), constant("zero", np.int64([0]))
    length = op("Slice", [op("Shape", ["input_ids"], "shape"), one, constant("two", np.int64([2]))], "length")
    last = constant("last", np.int64([2**62]))
    # The mask covers the past too; its last part belongs to these tokens.
    mask = op("Slice", ["attention_mask", op("Neg", [length], "minus_length"), last, one], "mask")
    real = op("Unsqueeze", [op("Cast", [mask], "real", to=TensorProto.FLOAT), constant("axis2", np.int64([2]))],
              "real_column")
    words = op("Mul", [op("Gather", [constant("embedding", np.eye(TOKENS, dtype=np.float32)), "input_ids"],
                          "embedded"), real], "words")

    channels = op("Transpose", [words], "channels", perm=[0, 2, 1])
    seen = op("Concat", ["past_conv.0", channels], "seen", axis=2)
    op("Slice", [seen, constant("minus_two", np.int64([-2])), last, constant("axis_2", np.int64([2]))],
       "present_conv.0")
    taps = constant("taps", np.tile(np.float32(TAPS), (TOKENS, 1, 1)))
    recent = op("Transpose", [op("Conv", [seen, taps], "convolved", group=TOKENS, kernel_shape=[len(TAPS)])],
                "recent", perm=[0, 2, 1])
    follower = constant("follower", np.roll(np.eye(TOKENS, dtype=np.float32), 1, axis=1))
    expected = op("MatMul", [recent, follower], "expected")

    steps = op("Cast", [op("Range", [constant("first", np.int64(0)), op("Squeeze", [length], "steps_count"),
                                     constant("step", np.int64(1))], "steps_int")], "steps",
               to=TensorProto.FLOAT)
    column = op("Unsqueeze", [steps, one], "steps_column")
    ages = op("Sub", [column, steps], "ages")
    decay = constant("decay", np.float32(DECAY))
    faded = op("Where", [op("GreaterOrEqual", [ages, constant("now", np.float32(0))], "past_or_now"),
                         op("Pow", [decay, ages], "powers"), constant("nothing", np.float32(0))], "faded")
    summed = op("MatMul", [faded, words], "summed")
    start = op("Pow", [decay, op("Add", [column, constant("next", np.float32(1))], "since_start")],
               "start_faded")
    carried = op("Mul", [start, op("Unsqueeze", ["past_ssm.0", one], "past_row")], "carried")
    states = op("Add", [summed, carried], "states")
    op("Squeeze", [op("Slice", [states, constant("minus_one", np.int64([-1])), last, one], "last_state"), one],
       "present_ssm.0")
    op("Add", [expected, states], "logits")

    def info(name, kind, shape):
        return helper.make_tensor_value_info(name, kind, shape)
    integer, real = TensorProto.INT64, TensorProto.FLOAT
    inputs = [info("input_ids", integer, ["batch", "sequence"]),
              info("attention_mask", integer, ["batch", "total_sequence"]),
              info("past_conv.0", real, ["batch", TOKENS, 2]), info("past_ssm.0", real, ["batch", TOKENS])]
    outputs = [info("logits", real, ["batch", "sequence", TOKENS]),
               info("present_conv.0", real, ["batch", TOKENS, 2]),
               info("present_ssm.0", real, ["batch", TOKENS])]
    used = {name for node in nodes for name in node.input}
    weights = [numpy_helper.from_array(a, n) for n, a in constants.items() if n in used]
    return helper.make_graph(nodes, "state-lm", inputs, outputs, weights)


def main():
    model = helper.make_model(graph(), opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    save(model, PATH, "state-lm", {"training_script": "state_lm.py", "data": "none, a closed form",
                                   "license": "Apache-2.0"})


if __name__ == "__main__":
    main()
