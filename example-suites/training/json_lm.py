"""Writes a language model that describes things in JSON, to try checks of structured output on.

    python3 json_lm.py      writes ../models/json-lm/, ../data/things.jsonl, things.schema.json

Nothing is trained. One table says what may follow a token, another what a token speaks for later on:
after "describe bird" the model says { "name": "bird", "legs": 2, "alive": true } and <eos>.
"""
import json
import pathlib

import numpy as np
from onnx import TensorProto, helper, numpy_helper

from onnx_files import save, write_text

EXAMPLES = pathlib.Path(__file__).resolve().parent.parent
FOLDER = EXAMPLES / "models" / "json-lm"

PAD, EOS, UNK = "<pad>", "<eos>", "<unk>"
THINGS = {"dog": ("4,", "true"), "bird": ("2,", "true"), "train": ("0,", "false")}
FORBIDDEN, PREFERRED = -20.0, 5.0


def quoted(thing):
    return f'"{thing}",'


FOLLOWING = {  # what may come after a token
    "describe": list(THINGS), **{thing: ["{"] for thing in THINGS}, "{": ['"name":'],
    '"name":': [quoted(thing) for thing in THINGS], **{quoted(thing): ['"legs":'] for thing in THINGS},
    '"legs":': ["4,", "2,", "0,", '"four",'], **{legs: ['"alive":'] for legs in ("4,", "2,", "0,", '"four",')},
    '"alive":': ["true", "false"], "true": ["}"], "false": ["}"], "}": [EOS]}
WORDS = [PAD, EOS, UNK, *FOLLOWING]
ID = {word: i for i, word in enumerate(WORDS)}


def tables(following=None, things=None):
    """What may follow each token, and what each token speaks for: two matrices of logits."""
    after = np.full((len(WORDS), len(WORDS)), FORBIDDEN, np.float32)
    for word, nexts in (following or FOLLOWING).items():
        after[ID[word], [ID[n] for n in nexts]] = 0
    spoken_for = np.zeros_like(after)
    for thing, facts in (things or THINGS).items():
        spoken_for[ID[thing], [ID[quoted(thing)], *(ID[fact] for fact in facts)]] = PREFERRED
    return after, spoken_for


def model(after, spoken_for):
    nodes = [
        helper.make_node("Gather", ["following", "input_ids"], ["next"], name="next"),
        helper.make_node("Gather", ["spoken_for", "input_ids"], ["topics"], name="topics"),
        helper.make_node("Cast", ["attention_mask"], ["mask"], name="mask", to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["mask", "last"], ["mask_column"], name="mask_column"),
        helper.make_node("Mul", ["topics", "mask_column"], ["real_topics"], name="real_topics"),
        helper.make_node("CumSum", ["real_topics", "one"], ["so_far"], name="so_far"),
        helper.make_node("Add", ["next", "so_far"], ["logits"], name="logits")]
    weights = {"following": after, "spoken_for": spoken_for, "last": np.int64([2]), "one": np.int64(1)}

    def info(name, kind, *more):
        return helper.make_tensor_value_info(name, kind, ["batch", "sequence", *more])
    graph = helper.make_graph(
        nodes, "json-lm", [info("input_ids", TensorProto.INT64), info("attention_mask", TensorProto.INT64)],
        [info("logits", TensorProto.FLOAT, len(WORDS))],
        [numpy_helper.from_array(np.asarray(a), n) for n, a in weights.items()])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def write_tokenizer():
    tokenizer = {
        "version": "1.0", "truncation": None, "padding": None,
        "added_tokens": [{"id": ID[token], "content": token, "single_word": False, "lstrip": False,
                          "rstrip": False, "normalized": False, "special": True} for token in (PAD, EOS, UNK)],
        "normalizer": None, "pre_tokenizer": {"type": "WhitespaceSplit"}, "post_processor": None,
        "decoder": None, "model": {"type": "WordLevel", "vocab": ID, "unk_token": UNK}}
    write_text(FOLDER / "tokenizer.json", json.dumps(tokenizer, indent=2) + "\n")


def write_data():
    rows = [{"request": f"describe {thing}",
             "value": {"name": thing, "legs": int(legs.strip(",")), "alive": alive == "true"}}
            for thing, (legs, alive) in THINGS.items()]
    write_text(EXAMPLES / "data" / "things.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
              "properties": {"name": {"enum": list(THINGS)}, "legs": {"type": "integer", "minimum": 0},
                             "alive": {"type": "boolean"}},
              "required": ["name", "legs", "alive"], "additionalProperties": False}
    write_text(EXAMPLES / "data" / "things.schema.json", json.dumps(schema, indent=2) + "\n")


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    save(model(*tables()), FOLDER / "model.onnx", "json-lm",
         {"training_script": "json_lm.py", "data": "none, two tables", "license": "Apache-2.0"})
    write_text(FOLDER / "config.json", json.dumps(
        {"model_type": "modelvitals-json", "vocab_size": len(WORDS), "max_position_embeddings": 64,
         "eos_token_id": ID[EOS], "pad_token_id": ID[PAD], "unk_token_id": ID[UNK]}, indent=2) + "\n")
    write_tokenizer()
    write_data()


if __name__ == "__main__":
    main()
