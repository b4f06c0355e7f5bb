"""Makes sick twins of the grammar's language model: each has one disease that a health test should find.

    python3 make_sick_language.py       reads ../models/grammar-lm, writes models/grammar-lm/

Every twin is the healthy graph, as ../training/gpt_graph.py builds it, with one method replaced or one
weight changed. They share their healthy weights in one file. README.md says what each shows.
"""
import json
import pathlib
import shutil
import sys

import numpy as np
from onnx import TensorProto

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "training"))
import gpt_graph  # noqa: E402
from gpt_graph import HEAD_SIZE, Gpt, Int8  # noqa: E402

HEALTHY = HERE.parent / "models" / "grammar-lm"
SICK = HERE / "models" / "grammar-lm"
CONTEXT = 64


class Plain(Gpt):
    """The graph without a cache."""

    def __init__(self, weights):
        super().__init__(weights, cache=False)


# ---- masks ------------------------------------------------------------------------------------------

class SeesFuture(Plain):
    """no causal mask: later tokens change earlier logits"""

    def visible(self, g):
        return self.unpadded(g)


class SeesNext(Gpt):
    """the causal mask is off by one: each token also sees the next one"""

    def causal(self, g):
        super().causal(g)
        later = g.op("Add", ["query_column", "one"], "query_column_and_one")
        return g.op("LessOrEqual", ["key_index", later], "nearly_causal")


class SeesItself(Gpt):
    """the mask is too strict: each token sees itself only, and what was read before is lost"""

    def causal(self, g):
        super().causal(g)
        return g.op("Equal", ["key_index", "query_column"], "itself")


class IgnoresMask(Gpt):
    """attention_mask is ignored: padding on the left is read as text"""

    def visible(self, g):
        return self.causal(g)


class InfiniteMask(Gpt):
    """what is masked is minus infinity: padding on the left sees nothing, and is NaN, which spreads"""

    def __init__(self, weights):
        super().__init__(weights)
        self.lowest = -np.inf


# ---- positions --------------------------------------------------------------------------------------

class PositionsRestart(Gpt):
    """positions begin at 0 again after the cache"""

    def positions(self, g):
        return g.op("Max", [g.op("Sub", ["position_ids", "past_length"], "restarted"), "zero"], "restarted_at_0")


class PositionsWrap(Gpt):
    """positions past the context length begin at 0 again, and nobody is told"""

    def positions(self, g):
        return g.op("Mod", ["position_ids", g.constant("context", np.int64(CONTEXT))], "wrapped")


# ---- cache ------------------------------------------------------------------------------------------

class CacheOffByOne(Gpt):
    """the cache is read one slot late: its first token twice, its last one never"""

    def past(self, g, layer):
        start, end = g.constant("slot0", np.int64([0])), g.constant("slot1", np.int64([1]))
        last, axis = g.constant("last_slot", np.int64([-1])), g.axis(2)
        return [g.op("Concat", [g.op("Slice", [past, start, end, axis], f"{past}.first"),
                                g.op("Slice", [past, start, last, axis], f"{past}.but_last")],
                     f"{past}.late", axis=2)
                for past in super().past(g, layer)]


class FatCache(Gpt):
    """the cache is four times as wide as it has to be"""
    times = 4

    def caches(self, name, length):
        for cache, element, shape in super().caches(name, length):
            yield cache, element, [*shape[:3], self.times * shape[3]]

    def past(self, g, layer):
        start, end = g.constant("slot0", np.int64([0])), g.constant("head_size", np.int64([HEAD_SIZE]))
        return [g.op("Slice", [past, start, end, g.axis(3)], f"{past}.own") for past in super().past(g, layer)]

    def present(self, g, layer, key, value):
        zeros = g.constant("zeros", np.int64([0, 0, 0, 0, 0, 0, 0, (self.times - 1) * HEAD_SIZE]))
        super().present(g, layer, *(g.op("Pad", [t, zeros], f"{t}.padded") for t in (key, value)))


# ---- what should not influence the answer -----------------------------------------------------------

class BatchLeak(Gpt):
    """a twentieth of each token's embedding is the mean over the batch"""

    def embedded(self, g):
        x = super().embedded(g)
        mean = g.op("ReduceMean", [x], "batch_mean", axes=[0], keepdims=1)
        difference = g.op("Sub", [mean, x], "from_mean")
        return g.op("Add", [x, g.op("Mul", [difference, g.constant("twentieth", np.float32(0.05))], "leak")],
                    "leaked")


class Noise(Gpt):
    """noise of 0.00002 on the logits, new in each call"""

    def said(self, g, logits):
        noise = g.op("RandomNormalLike", [logits], "noise", scale=2e-5)
        return g.op("Add", [logits, noise], "noisy")


# ---- the distribution -------------------------------------------------------------------------------

class Scaled(Gpt):
    factor = 1.0

    def said(self, g, logits):
        return g.op("Mul", [logits, g.constant("factor", np.float32(self.factor))], "scaled")


class Softmaxed(Gpt):
    """a softmax was left in the graph: the outputs are probabilities, and who takes another is wrong"""

    def said(self, g, logits):
        return g.op("Softmax", [logits], "probabilities", axis=2)


class Collapsed(Scaled):
    """logits times 30: one token takes all"""
    factor = 30.0


class Blunted(Scaled):
    """logits times 0.85: too unsure of everything by a little"""
    factor = 0.85


class Flat(Scaled):
    """logits times 0.02: no token is preferred"""
    factor = 0.02


def column(word):
    vocabulary = json.loads((HEALTHY / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    return vocabulary[word]


def changed(weights, name, how):
    array = weights[name].copy()
    how(array)
    return {**weights, name: array}


class DeadWord(Gpt):
    """the logit of "today" is 100 lower: it can never be said"""
    word, bonus = "today", -100.0

    def said(self, g, logits):
        bias = np.zeros(len(self.weights["wte.weight"]), np.float32)
        bias[column(self.word)] = self.bonus
        return g.op("Add", [logits, g.constant("bias", bias)], "biased")


class NeverStops(DeadWord):
    """the logit of <eos> is 100 lower: a text never ends"""
    word = "<eos>"


class RarelyToday(DeadWord):
    """the logit of "today" is 0.2 lower: only close decisions go another way"""
    word, bonus = "today", -0.2


class LikesCats(DeadWord):
    """the logit of "cat" is 0.35 higher: where several words are about as likely, it is said first"""
    word, bonus = "cat", 0.35


class Stutters(Gpt):
    """the logit of the token just read is raised by 30: it is said again and again"""

    def said(self, g, logits):
        words = g.constant("words_", np.arange(len(self.weights["wte.weight"])))
        same = g.op("Equal", [g.op("Unsqueeze", ["input_ids", g.axis(2)], "ids_column"), words], "is_same")
        bonus = g.op("Mul", [g.op("Cast", [same], "is_same_float", to=TensorProto.FLOAT),
                             g.constant("thirty", np.float32(30))], "bonus")
        return g.op("Add", [logits, bonus], "raised")


class TiedLogits(Gpt):
    """"sees" and "see" have the same row of the output matrix, so always the same logit"""

    def __init__(self, weights):
        def tie(head):
            head[:, column("sees")] = head[:, column("see")]
        super().__init__(changed(weights, "lm_head.weight", tie))


class TiedSpecial(Gpt):
    """<unk> has the row of <pad> in the output matrix: neither is ever said, and still it is a fault"""

    def __init__(self, weights):
        def tie(head):
            head[:, column("<unk>")] = head[:, column("<pad>")]
        super().__init__(changed(weights, "lm_head.weight", tie))


class ChildrenAsChild(Plain):
    """"children" is read as "child": the two share a row of the embeddings"""

    def __init__(self, weights):
        def mistake(words):
            words[column("children")] = words[column("child")]
        super().__init__(changed(weights, "wte.weight", mistake))


class SpoiltPhrase(Plain):
    """after "this red train", and nowhere else, logits of "helps" and "help" are swapped"""

    def said(self, g, logits):
        here = None
        for back, word in enumerate(["train", "red", "this"]):
            padded = g.op("Pad", ["input_ids", g.constant(f"pads{back}", np.int64([0, back, 0, 0])),
                                  g.constant("nobody", np.int64(-1))], f"padded{back}")
            end = g.constant(f"end{back}", np.int64([-back if back else 2**62]))
            before = g.op("Slice", [padded, g.constant("start", np.int64([0])), end, g.axis(1)], f"before{back}")
            same = g.op("Equal", [before, g.constant(f"word{back}", np.int64(column(word)))], f"is_word{back}")
            here = g.op("And", [here, same], f"and{back}") if here else same
        order = np.arange(len(self.weights["wte.weight"]))
        pair = [column("helps"), column("help")]
        order[pair] = order[pair[::-1]]
        swapped = g.op("Gather", [logits, g.constant("order", order)], "swapped", axis=2)
        return g.op("Where", [g.op("Unsqueeze", [here, g.axis(2)], "here"), swapped, logits], "spoilt")


class SwappedTokens(Plain):
    """logits of "chases" and "chase" swapped, so agreement breaks"""

    def __init__(self, weights):
        def swap(head):
            pair = [column("chases"), column("chase")]
            head[:, pair] = head[:, pair[::-1]]
        super().__init__(changed(weights, "lm_head.weight", swap))


class NanWord(Gpt):
    """the embedding of "boat" is NaN: every text with a boat in it"""

    def __init__(self, weights):
        def poison(words):
            words[column("boat")] = np.nan
        super().__init__(changed(weights, "wte.weight", poison))


class LeaksAnswer(Plain):
    """the next token's logit is raised by 3: perplexity better than the truth allows"""
    bonus = 3.0

    def said(self, g, logits):
        one = g.constant("one_", np.int64([1]))
        # Padded by -1, which is no token: the last position has no next one and gets no bonus.
        padded = g.op("Pad", ["input_ids", g.constant("pads", np.int64([0, 0, 0, 1])),
                              g.constant("nobody", np.int64(-1))], "padded")
        next_ids = g.op("Slice", [padded, one, g.constant("end", np.int64([2**62])), one], "next_ids")
        words = g.constant("words_", np.arange(len(self.weights["wte.weight"])))
        is_next = g.op("Equal", [g.op("Unsqueeze", [next_ids, g.axis(2)], "next_column"), words], "is_next")
        bonus = g.op("Mul", [g.op("Cast", [is_next], "is_next_float", to=TensorProto.FLOAT),
                             g.constant("three", np.float32(self.bonus))], "bonus")
        return g.op("Add", [logits, bonus], "raised")


class WhispersAnswer(LeaksAnswer):
    """the next token's logit is raised by 0.03, which no single figure of a token shows"""
    bonus = 0.03


# ---- quantisation -----------------------------------------------------------------------------------

class Int8WrongScale(Int8):
    """int8 weights, and the scale of one matrix 3 times too large"""

    def __init__(self, weights):
        super().__init__(weights)
        self.weights["blocks.1.mlp_out.weight.scale"] = 3 * self.weights["blocks.1.mlp_out.weight.scale"]


class Int8Dynamic(Int8):
    """quantised dynamically: one scale for all that is computed at once, rows and later tokens included"""

    def linear(self, g, x, name, bias=True):
        weight = f"{name}.weight"
        whole, scale, zero = g.node("DynamicQuantizeLinear", [x],
                                    [f"{name}.{part}" for part in ("input.uint8", "input.scale", "input.zero")])
        product = g.op("Cast", [g.op("MatMulInteger", [whole, f"{weight}.int8", zero], f"{name}.integers")],
                       f"{name}.integers.float", to=TensorProto.FLOAT)
        scales = g.op("Mul", [scale, f"{weight}.scale"], f"{name}.scales")
        product = g.op("Mul", [product, scales], f"{name}.product")
        return g.op("Add", [product, f"{name}.bias"], f"{name}.sum") if bias else product


TWINS = {
    "sees-future": SeesFuture, "sees-next": SeesNext, "sees-itself": SeesItself,
    "ignores-mask": IgnoresMask, "infinite-mask": InfiniteMask,
    "positions-restart": PositionsRestart, "positions-wrap": PositionsWrap,
    "cache-off-by-one": CacheOffByOne, "fat-cache": FatCache, "batch-leak": BatchLeak, "noise": Noise,
    "softmaxed": Softmaxed, "collapsed": Collapsed, "flat": Flat, "dead-word": DeadWord,
    "never-stops": NeverStops, "stutters": Stutters, "tied-logits": TiedLogits,
    "swapped-tokens": SwappedTokens, "nan-word": NanWord, "leaks-answer": LeaksAnswer,
    "whispers-answer": WhispersAnswer, "blunted": Blunted, "rarely-today": RarelyToday,
    "likes-cats": LikesCats, "tied-special": TiedSpecial, "children-as-child": ChildrenAsChild,
    "spoilt-phrase": SpoiltPhrase,
    "int8-wrong-scale": Int8WrongScale, "int8-dynamic": Int8Dynamic,
}


def main():
    SICK.mkdir(parents=True, exist_ok=True)
    weights = gpt_graph.trained_weights(HEALTHY / "model.onnx")
    shared = gpt_graph.write_shared(SICK / "weights.data", weights)
    for name, twin in TWINS.items():
        facts = {"made_by": "make_sick_language.py", "disease": " ".join(twin.__doc__.split()),
                 "data": "sampled from the grammar in training/grammar.py", "license": "Apache-2.0"}
        gpt_graph.save(twin(weights).build(), SICK / f"{name}.onnx", f"grammar-lm-{name}", facts, shared)
    for name in ("config.json", "tokenizer.json", "tokenizer_config.json"):
        shutil.copyfile(HEALTHY / name, SICK / name)


if __name__ == "__main__":
    main()
