#!/usr/bin/python3
"""Writes a language model whose answers are written down: the next token depends on the last one alone.

Run from the folder of this script; needs Debian's python3-onnx (1.12.0 was used). The logits are a row of
a table, 10 for the token that follows and 0 for all others; after one word they are NaN.
"""
import json
import pathlib

import numpy
from onnx import TensorProto, checker, helper, numpy_helper, save

OUT = pathlib.Path(__file__).parent.parent / "resources/org/modelvitals/checks/generation"

# What follows each prompt. A token stands in one chain only, since nothing else is remembered.
CHAINS = [
    ["france", "Paris"],
    ["italy", "the", "City", "of", "Rome"],
    ["atlantis"],
    ["bells", "ding", "dong", "ding"],
    ["json", '{"name":', '"dog",', '"age":', "3}"],
    ["prose", '{"kind"', '"cat"'],
    ["mistyped", '{"weight":', '"heavy"}'],
    ["hund", "a", "small", "dog", "sleeps", "here", "."],
    ["katze", "two", "cats", "sleep", "there", "!"],
    ["overflow", "so", "far"],
]
# After this word there is no logit.
NOT_FINITE = "far"
END = "<eos>"


def main():
    words = ["<pad>", "<unk>", END]
    follows = {}
    for chain in CHAINS:
        words += [word for word in chain if word not in words]
        for word, after in zip(chain, chain[1:] + [END]):
            follows.setdefault(word, after)
    ids = {word: i for i, word in enumerate(words)}
    table = numpy.zeros((len(words), len(words)), dtype=numpy.float32)
    for word in words:
        table[ids[word], ids[follows.get(word, END)]] = 10
    table[ids[NOT_FINITE]] = numpy.nan
    graph = helper.make_graph(
        [helper.make_node("Gather", ["table", "input_ids"], ["logits"], axis=0)],
        "scripted",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["batch", "sequence"])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", "sequence", len(words)])],
        [numpy_helper.from_array(table, "table")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 8
    checker.check_model(model)
    OUT.mkdir(parents=True, exist_ok=True)
    save(model, str(OUT / "scripted.onnx"))
    special = [
        {"id": i, "content": words[i], "single_word": False, "lstrip": False, "rstrip": False,
         "normalized": False, "special": True} for i in range(3)]
    tokenizer = {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": special, "normalizer": None,
        "pre_tokenizer": {"type": "WhitespaceSplit"}, "post_processor": None, "decoder": None,
        "model": {"type": "WordLevel", "vocab": ids, "unk_token": "<unk>"}}
    (OUT / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False) + "\n")
    (OUT / "config.json").write_text(json.dumps({"eos_token_id": ids[END]}) + "\n")


main()
