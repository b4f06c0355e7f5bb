"""Writes the trained grammar model in the conventions that exports of language models have.

    python3 exports.py      reads ../models/grammar-lm/, writes ../models/grammar-exports/

One network, one set of weights: whoever runs them all must get the same answers from all of them,
float16, bfloat16 and int8 within their rounding. Those in float32 share weights.data.
"""
import pathlib
import shutil

import gpt_graph
from gpt_graph import (FewKeys, FixedLength, Gpt, GroupedQuery, Half, IdsOnly, Int8, LayerCache, Merged,
                       OneToken, StaticCache)

MODELS = pathlib.Path(__file__).resolve().parent.parent / "models"
TRAINED = MODELS / "grammar-lm"
FOLDER = MODELS / "grammar-exports"

CONVENTIONS = {
    "decoder_model_merged": (Merged, {}, "two graphs behind use_cache_branch, as Optimum merges them"),
    "layer_cache": (LayerCache, {}, "past_N and present_N, keys and values of a layer in one tensor"),
    "grouped_query": (GroupedQuery, {}, "com.microsoft.GroupQueryAttention; padding on the right only"),
    "static_cache": (StaticCache, {}, "a cache of 64 places, written at cache_position"),
    "one_token": (OneToken, {}, "one token a call, so that prompts go through the cache too"),
    "few_keys": (FewKeys, {}, "two heads of keys for four of queries; not trained so, and says other things"),
    "fixed_length": (FixedLength, {}, "one sequence of 32 tokens a call, no cache"),
    "int32": (Gpt, {"ids": "int32"}, "ids, mask and positions as int32"),
    "ids_only": (IdsOnly, {}, "input_ids only: no mask, no positions, no cache"),
    "bfloat16": (Gpt, {"element": "bfloat16"}, "cache and logits in bfloat16, computed in float32"),
    "float16": (Half, {}, "weights, cache and logits in float16"),
    "int8": (Int8, {}, "weights in int8, one scale an output; computed in float32"),
}


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    weights = gpt_graph.trained_weights(TRAINED / "model.onnx")
    shared = gpt_graph.write_shared(FOLDER / "weights.data", weights)
    for name, (convention, options, about) in CONVENTIONS.items():
        facts = {"training_script": "grammar_lm.py", "export_script": "exports.py", "convention": about,
                 "data": "sampled from the grammar in training/grammar.py", "license": "Apache-2.0"}
        # What is little by itself stays in one file.
        apart = None if convention in (Half, Int8) else shared
        gpt_graph.save(convention(weights, **options).build(), FOLDER / f"{name}.onnx", name, facts, apart)
    for name in ("config.json", "tokenizer.json", "tokenizer_config.json"):
        shutil.copyfile(TRAINED / name, FOLDER / name)


if __name__ == "__main__":
    main()
