"""The grammar model's network written as ONNX graphs, in each convention that exports have.

torch.onnx.export writes one convention, with hundreds of helper nodes. Here every node has a name that
can be read, so that the conventions can be compared side by side and make_sick.py can break one thing
in a graph. The weights come from the trained ../models/grammar-lm/model.onnx: nothing is trained.

The weights of several graphs can lie in one file beside them (ONNX calls that external data).
"""
import pathlib

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

HEADS, LAYERS, WIDTH = 4, 2, 48
HEAD_SIZE = WIDTH // HEADS
ELEMENTS = {"float": TensorProto.FLOAT, "float16": TensorProto.FLOAT16, "bfloat16": TensorProto.BFLOAT16}
INTEGERS = {"int64": TensorProto.INT64, "int32": TensorProto.INT32}


def trained_weights(path):
    """Name and array of every weight of the trained model, without the 'gpt.' in front."""
    graph = onnx.load(str(path)).graph
    return {i.name.replace("gpt.", "", 1): numpy_helper.to_array(i) for i in graph.initializer}


class Graph:
    """Nodes and small constants; what is inside an If has a prefix and shares the weights outside."""

    def __init__(self, prefix=""):
        self.prefix, self.nodes, self.constants = prefix, [], {}

    def node(self, kind, inputs, output, **attributes):
        outputs = [output] if isinstance(output, str) else output
        name = self.prefix + outputs[0]
        self.nodes.append(helper.make_node(kind, inputs, outputs, name=name, **attributes))
        return outputs[0] if isinstance(output, str) else outputs

    def op(self, kind, inputs, output, **attributes):
        return self.node(kind, inputs, self.prefix + output, **attributes)

    def constant(self, name, array):
        self.constants[self.prefix + name] = np.asarray(array)
        return self.prefix + name

    def axis(self, number):
        return self.constant(f"axis{number}", np.int64([number]))


class Gpt:
    """Builds the network. What a convention changes is in the methods that a subclass may replace."""

    def __init__(self, weights, cache=True, ids="int64", element="float", compute="float"):
        self.weights, self.cache, self.ids = dict(weights), cache, ids
        self.element, self.compute = element, compute  # of cache and logits; of all else
        self.lowest = -65504.0 if compute == "float16" else -1e9

    # ---- the convention: names, types and shapes of inputs and outputs ----

    def inputs(self):
        integer = INTEGERS[self.ids]
        yield "input_ids", integer, ["batch", "sequence"]
        yield "attention_mask", integer, ["batch", "total_sequence" if self.cache else "sequence"]
        yield "position_ids", integer, ["batch", "sequence"]
        if self.cache:
            yield from self.caches("past_key_values", "past_sequence")

    def outputs(self):
        words = len(self.weights["wte.weight"])
        yield "logits", ELEMENTS[self.element], ["batch", "sequence", words]
        if self.cache:
            yield from self.caches("present", "total_sequence")

    def caches(self, name, length):
        for i in range(LAYERS):
            for part in ("key", "value"):
                yield f"{name}.{i}.{part}", ELEMENTS[self.element], ["batch", HEADS, length, HEAD_SIZE]

    def past(self, g, layer):
        return [self.converted(g, f"past_key_values.{layer}.{part}", f"past.{layer}.{part}", self.compute)
                for part in ("key", "value")]

    def present(self, g, layer, key, value):
        for part, tensor in (("key", key), ("value", value)):
            self.returned(g, tensor, f"present.{layer}.{part}")

    def returned(self, g, tensor, output):
        if self.element == self.compute:
            return g.op("Identity", [tensor], output)
        return g.op("Cast", [tensor], output, to=ELEMENTS[self.element])

    def converted(self, g, tensor, output, element):
        return tensor if self.element == element else g.op("Cast", [tensor], output, to=ELEMENTS[element])

    # ---- the network ----

    def positions(self, g):
        return "position_ids"

    def linear(self, g, x, name, bias=True):
        product = g.op("MatMul", [x, self.matrix(g, f"{name}.weight")], f"{name}.product")
        return g.op("Add", [product, f"{name}.bias"], f"{name}.sum") if bias else product

    def matrix(self, g, name):
        return name

    def norm(self, g, x, name):
        return g.op("LayerNormalization", [x, f"{name}.weight", f"{name}.bias"], name, axis=-1,
                    epsilon=1e-5)

    def visible(self, g):
        """Which keys a query may look at: [batch, 1, sequence, total]."""
        return g.op("And", [self.causal(g), self.unpadded(g)], "visible")

    def causal(self, g):
        one = g.constant("one", np.int64(1))
        sequence = g.op("Gather", [g.op("Shape", ["input_ids"], "ids_shape"), one], "sequence_length")
        total = g.op("Gather", [g.op("Shape", ["attention_mask"], "mask_shape"), one], "total_length")
        keys = g.op("Range", [g.constant("zero", np.int64(0)), total, one], "key_index")
        before = g.op("Sub", [total, sequence], "past_length")
        queries = g.op("Range", [before, total, one], "query_index")
        return g.op("LessOrEqual", [keys, g.op("Unsqueeze", [queries, g.axis(1)], "query_column")], "causal")

    def unpadded(self, g):
        rows = g.op("Unsqueeze", ["attention_mask", g.constant("axes12", np.int64([1, 2]))], "mask_rows")
        return g.op("Cast", [rows], "unpadded", to=TensorProto.BOOL)

    def embedded(self, g):
        words = g.op("Gather", [self.matrix(g, "wte.weight"), "input_ids"], "words")
        places = g.op("Gather", [self.matrix(g, "wpe.weight"), self.positions(g)], "places")
        return g.op("Add", [words, places], "embedded")

    def attention(self, g, x, layer, visible):
        name = f"blocks.{layer}"
        together = self.linear(g, x, f"{name}.attn_in")
        split = self.split(g, together, [f"{g.prefix}{name}.{p}" for p in ("query", "key", "value")])

        def heads(tensor, part):
            parts = g.op("Reshape", [tensor, self.head_shape(g, part)], f"{name}.{part}.parts")
            return g.op("Transpose", [parts], f"{name}.{part}.heads", perm=[0, 2, 1, 3])
        query, key, value = (heads(t, p) for t, p in zip(split, ("query", "key", "value")))
        if self.cache:
            key, value = self.kept(g, layer, key, value)
        across = g.op("Transpose", [key], f"{name}.key.across", perm=[0, 1, 3, 2])
        products = g.op("MatMul", [query, across], f"{name}.products")
        scale = g.constant("scale", self.number(HEAD_SIZE ** -0.5))
        scores = g.op("Mul", [products, scale], f"{name}.scores")
        hidden = g.constant("hidden", self.number(self.lowest))
        masked = g.op("Where", [visible, scores, hidden], f"{name}.masked")
        shares = g.op("Softmax", [masked], f"{name}.shares", axis=3)
        mixed = g.op("MatMul", [shares, value], f"{name}.mixed")
        rows = g.op("Transpose", [mixed], f"{name}.rows", perm=[0, 2, 1, 3])
        return g.op("Reshape", [rows, g.constant("width_shape", np.int64([0, 0, WIDTH]))], f"{name}.joined")

    def split(self, g, together, parts):
        return g.node("Split", [together], parts, axis=2)

    def head_shape(self, g, part):
        return g.constant("head_shape", np.int64([0, 0, HEADS, HEAD_SIZE]))

    def kept(self, g, layer, key, value):
        """Keys and values with those of the cache before them, which become the next cache."""
        name = f"blocks.{layer}"
        past = self.past(g, layer)
        key = g.op("Concat", [past[0], key], f"{name}.keys", axis=2)
        value = g.op("Concat", [past[1], value], f"{name}.values", axis=2)
        self.present(g, layer, key, value)
        return key, value

    def number(self, value):
        return np.float16(value) if self.compute == "float16" else np.float32(value)

    def body(self, g):
        visible = self.visible(g)
        x = self.embedded(g)
        for layer in range(LAYERS):
            name = f"blocks.{layer}"
            mixed = self.attention(g, self.norm(g, x, f"{name}.ln_1"), layer, visible)
            x = g.op("Add", [x, self.linear(g, mixed, f"{name}.attn_out")], f"{name}.attended")
            inner = g.op("Relu", [self.linear(g, self.norm(g, x, f"{name}.ln_2"), f"{name}.mlp_in")],
                         f"{name}.relu")
            x = g.op("Add", [x, self.linear(g, inner, f"{name}.mlp_out")], f"{name}.out")
        logits = self.linear(g, self.norm(g, x, "ln_f"), "lm_head", bias=False)
        self.returned(g, self.said(g, logits), "logits")

    def said(self, g, logits):
        return logits

    def build(self):
        g = Graph()
        self.body(g)
        return self.model(g)

    def model(self, g):
        def infos(values):
            return [helper.make_tensor_value_info(*value) for value in values]
        used = {name for n in g.nodes for name in all_inputs(n)}
        tensors = [numpy_helper.from_array(a, n) for n, a in {**self.weights, **g.constants}.items()
                   if n in used]
        graph = helper.make_graph(g.nodes, "grammar-lm", infos(self.inputs()), infos(self.outputs()), tensors)
        opsets = [helper.make_opsetid("", 17)]
        if any(n.domain for n in g.nodes):
            opsets.append(helper.make_opsetid("com.microsoft", 1))
        return helper.make_model(graph, opset_imports=opsets, ir_version=8)


def all_inputs(node):
    """Names that a node reads, those read inside its branches too."""
    for name in node.input:
        yield name
    for attribute in node.attribute:
        for inner in attribute.g.node:
            yield from all_inputs(inner)


class Merged(Gpt):
    """Optimum's merged decoder: the graph without and the graph with a past, behind use_cache_branch.

    Without a past, past_key_values must be there but are not read.
    """

    def inputs(self):
        yield from super().inputs()
        yield "use_cache_branch", TensorProto.BOOL, [1]

    def build(self):
        with_past, without = Graph("with_past/"), Graph("no_past/")
        Gpt.body(self, with_past)
        NoPast(self.weights).body(without)
        g = Graph()
        names = [name for name, _, _ in self.outputs()]

        def branch(inner):
            outputs = [helper.make_tensor_value_info(inner.prefix + name, element, None)
                       for name, element, _ in self.outputs()]
            g.constants.update(inner.constants)
            return helper.make_graph(inner.nodes, inner.prefix.strip("/"), [], outputs)
        g.node("If", ["use_cache_branch"], names, then_branch=branch(with_past), else_branch=branch(without))
        return self.model(g)


class NoPast(Gpt):
    """Returns a cache and takes none: Optimum's decoder_model.onnx."""

    def inputs(self):
        return (i for i in super().inputs() if not i[0].startswith("past"))

    def attention(self, g, x, layer, visible):
        joined = Gpt(self.weights, cache=False).attention(g, x, layer, visible)
        self.present(g, layer, f"{g.prefix}blocks.{layer}.key.heads", f"{g.prefix}blocks.{layer}.value.heads")
        return joined


class LayerCache(Gpt):
    """One tensor a layer, keys and values stacked: past_N and present_N [2, batch, heads, length, size]."""

    def caches(self, name, length):
        for i in range(LAYERS):
            yield (f"{name.split('_')[0]}_{i}", ELEMENTS[self.element],
                   [2, "batch", HEADS, length, HEAD_SIZE])

    def past(self, g, layer):
        return [g.op("Gather", [f"past_{layer}", g.constant(f"part{p}", np.int64(p))], f"past_{layer}.{p}")
                for p in (0, 1)]

    def present(self, g, layer, key, value):
        stacked = [g.op("Unsqueeze", [t, g.axis(0)], f"present_{layer}.{p}")
                   for p, t in enumerate((key, value))]
        g.op("Concat", stacked, f"present_{layer}", axis=0)


class GroupedQuery(Gpt):
    """ONNX Runtime's own attention operator, used as onnxruntime-genai's model builder uses it.

    The mask only tells the lengths, counted inside the graph: padding has to be on the right. The
    operator wants heads whose size is a multiple of 8, so the weights get columns and rows of zeros,
    which change nothing; they are constant, so the runtime computes them once, when it loads the graph.
    """
    SIZE = 16

    def caches(self, name, length):
        return ((n, element, [*shape[:3], self.SIZE]) for n, element, shape in super().caches(name, length))

    def visible(self, g):
        counted = g.op("ReduceSum", ["attention_mask", g.axis(1)], "mask_sum", keepdims=0)
        last = g.op("Sub", [counted, g.constant("one", np.int64(1))], "last_index")
        g.op("Cast", [last], "seqlens_k", to=TensorProto.INT32)
        total = g.op("Gather", [g.op("Shape", ["attention_mask"], "mask_shape"), "one"], "total_length")
        return g.op("Cast", [total], "total_sequence_length", to=TensorProto.INT32)

    def widened(self, g, weight, shape, together):
        """Zeros after each head's own part: the weight with heads apart, padded, and put together."""
        size = shape.index(HEAD_SIZE)
        apart = g.op("Reshape", [weight, g.constant(f"{weight}.apart", np.int64(shape))], f"{weight}.heads")
        zeros = np.zeros(2 * len(shape), np.int64)
        zeros[len(shape) + size] = self.SIZE - HEAD_SIZE
        padded = g.op("Pad", [apart, g.constant(f"{weight}.zeros", zeros)], f"{weight}.padded")
        return g.op("Reshape", [padded, g.constant(f"{weight}.together", np.int64(together))],
                    f"{weight}.wide")

    def linear(self, g, x, name, bias=True):
        if name.endswith("attn_in"):
            wide = self.widened(g, f"{name}.weight", [WIDTH, 3, HEADS, HEAD_SIZE], [WIDTH, -1])
            product = g.op("MatMul", [x, wide], f"{name}.product")
            wide = self.widened(g, f"{name}.bias", [3, HEADS, HEAD_SIZE], [-1])
            return g.op("Add", [product, wide], f"{name}.sum")
        return super().linear(g, x, name, bias)

    def matrix(self, g, name):
        if name.endswith("attn_out.weight"):
            return self.widened(g, name, [HEADS, HEAD_SIZE, WIDTH], [-1, WIDTH])
        return name

    def attention(self, g, x, layer, visible):
        name = f"blocks.{layer}"
        split = g.node("Split", [self.linear(g, x, f"{name}.attn_in")],
                       [f"{name}.{p}" for p in ("query", "key", "value")], axis=2)
        caches = [f"past_key_values.{layer}.{part}" for part in ("key", "value")]
        present = [f"present.{layer}.{part}" for part in ("key", "value")]
        return g.node("GroupQueryAttention", [*split, *caches, "seqlens_k", visible],
                      [f"{name}.joined", *present], domain="com.microsoft", num_heads=HEADS,
                      kv_num_heads=HEADS, scale=HEAD_SIZE ** -0.5)[0]


class IdsOnly(Gpt):
    """Takes nothing but input_ids: every token counts, and positions are counted inside the graph."""

    def __init__(self, weights):
        super().__init__(weights, cache=False)

    def inputs(self):
        yield "input_ids", TensorProto.INT64, ["batch", "sequence"]

    def visible(self, g):
        sequence = g.op("Gather", [g.op("Shape", ["input_ids"], "ids_shape"),
                                   g.constant("one", np.int64(1))], "sequence_length")
        index = g.op("Range", [g.constant("zero", np.int64(0)), sequence, "one"], "index")
        return g.op("LessOrEqual", [index, g.op("Unsqueeze", [index, g.axis(1)], "column")], "visible")

    def positions(self, g):
        return g.op("Unsqueeze", ["index", g.axis(0)], "positions")


class StaticCache(Gpt):
    """The cache has all its places from the beginning; cache_position says where new ones are written."""
    places = 64

    def inputs(self):
        for name, element, shape in super().inputs():
            yield name, element, ["batch", self.places] if name == "attention_mask" else shape
        yield "cache_position", INTEGERS[self.ids], ["sequence"]

    def caches(self, name, length):
        for cache, element, shape in super().caches(name, length):
            yield cache, element, [*shape[:2], self.places, HEAD_SIZE]

    def causal(self, g):
        keys = g.constant("key_index", np.arange(self.places))
        return g.op("LessOrEqual", [keys, g.op("Unsqueeze", ["cache_position", g.axis(1)], "query_column")],
                    "causal")

    def kept(self, g, layer, key, value):
        name = f"blocks.{layer}"
        row = g.op("Unsqueeze", ["cache_position", g.constant("axes013", np.int64([0, 1, 3]))], f"{name}.slots")
        slots = g.op("Expand", [row, g.op("Shape", [key], f"{name}.new_shape")], f"{name}.all_slots")
        kept = [g.op("ScatterElements", [past, slots, new], f"{name}.{part}", axis=2)
                for past, new, part in zip(self.past(g, layer), (key, value), ("keys", "values"))]
        self.present(g, layer, *kept)
        return kept


class OneToken(Gpt):
    """One token a call, for decoding only: a prompt goes through the cache token by token."""

    def inputs(self):
        for name, element, shape in super().inputs():
            yield name, element, ["batch", 1] if name in ("input_ids", "position_ids") else shape

    def outputs(self):
        for name, element, shape in super().outputs():
            yield name, element, ["batch", 1, shape[2]] if name == "logits" else shape


class FewKeys(Gpt):
    """Two heads of keys and values for four of queries: each is the mean of two trained ones, so that the
    model says something else than the others."""
    few = 2

    def __init__(self, weights):
        def shared(array):
            query, key, value = np.split(array, 3, axis=-1)
            parts = [part.reshape(*part.shape[:-1], self.few, HEADS // self.few, HEAD_SIZE).mean(axis=-2)
                     .reshape(*part.shape[:-1], self.few * HEAD_SIZE) for part in (key, value)]
            return np.concatenate([query, *parts], axis=-1)
        super().__init__({name: shared(array) if ".attn_in." in name else array
                          for name, array in weights.items()})

    def caches(self, name, length):
        for cache, element, shape in super().caches(name, length):
            yield cache, element, [shape[0], self.few, *shape[2:]]

    def split(self, g, together, parts):
        sizes = g.constant("split_sizes", np.int64([WIDTH, self.few * HEAD_SIZE, self.few * HEAD_SIZE]))
        return g.node("Split", [together, sizes], parts, axis=2)

    def head_shape(self, g, part):
        if part == "query":
            return super().head_shape(g, part)
        return g.constant("key_head_shape", np.int64([0, 0, self.few, HEAD_SIZE]))

    def kept(self, g, layer, key, value):
        repeat = g.constant("repeat", np.int64([1, 1, HEADS // self.few, 1, 1]))
        shape = g.constant("repeated_shape", np.int64([0, HEADS, -1, HEAD_SIZE]))
        repeated = []
        for tensor in super().kept(g, layer, key, value):
            tiled = g.op("Tile", [g.op("Unsqueeze", [tensor, g.axis(2)], f"{tensor}.groups"), repeat],
                         f"{tensor}.tiled")
            repeated.append(g.op("Reshape", [tiled, shape], f"{tensor}.repeated"))
        return repeated


class FixedLength(Gpt):
    """No cache, and sequences of exactly 32 tokens, as compilers for small devices want them."""
    length = 32

    def __init__(self, weights):
        super().__init__(weights, cache=False)

    def inputs(self):
        for name, element, shape in super().inputs():
            yield name, element, [1, self.length]

    def outputs(self):
        for name, element, shape in super().outputs():
            yield name, element, [1, self.length, shape[2]]


class Half(Gpt):
    """Everything in float16: weights, arithmetic, cache and logits."""

    def __init__(self, weights):
        super().__init__({n: w.astype(np.float16) for n, w in weights.items()}, element="float16",
                         compute="float16")


class Int8(Gpt):
    """Matrices as 8-bit integers with one scale an output, multiplied out before use (weight-only)."""

    def __init__(self, weights, **options):
        super().__init__(weights, **options)
        for name in [n for n, w in weights.items() if w.ndim == 2]:
            across = 1 - self.scaled_axis(name)
            scale = np.abs(weights[name]).max(axis=across, keepdims=True) / 127
            self.weights[f"{name}.int8"] = np.rint(weights[name] / scale).astype(np.int8)
            self.weights[f"{name}.scale"] = scale.squeeze(across).astype(np.float32)

    def scaled_axis(self, name):
        return 0 if name in ("wte.weight", "wpe.weight") else 1  # a row a token, a column an output

    def matrix(self, g, name):
        return g.op("DequantizeLinear", [f"{name}.int8", f"{name}.scale"], f"{name}.float",
                    axis=self.scaled_axis(name))


def save(model, path, name, facts, shared=None):
    """Saves a model; weights that stand in the shared file are not written again.

    shared is (file name, {weight: (offset, array)}), as written by write_shared.
    """
    model.graph.name = name
    model.producer_name = "modelvitals-example-training"
    model.producer_version = "1"
    helper.set_model_props(model, facts)
    if shared:
        file, places = shared
        for tensor in model.graph.initializer:
            if tensor.name in places:
                offset, array = places[tensor.name]
                if np.array_equal(numpy_helper.to_array(tensor), array):
                    refer(tensor, file, offset, array.nbytes)
    path = pathlib.Path(path)
    path.write_bytes(model.SerializeToString(deterministic=True))
    onnx.checker.check_model(str(path))
    print(f"{path.name}: {path.stat().st_size} bytes")


def refer(tensor, file, offset, length):
    tensor.ClearField("raw_data")
    tensor.data_location = TensorProto.EXTERNAL
    for key, value in (("location", file), ("offset", offset), ("length", length)):
        tensor.external_data.add(key=key, value=str(value))


def write_shared(path, weights):
    """Writes all weights one after another and says where each is."""
    places, content = {}, b""
    for name, array in weights.items():
        places[name] = (len(content), array)
        content += array.astype("<f4").tobytes()
        content += b"\0" * (-len(content) % 64)
    path = pathlib.Path(path)
    path.write_bytes(content)
    print(f"{path.name}: {path.stat().st_size} bytes")
    return path.name, places
