"""Makes sick twins of the phrasebook, of the model that speaks JSON, and of the grammar's tokenizer.

    python3 make_sick_tasks.py      reads ../models, writes models/{phrasebook,json-lm,grammar-tokenizer}/

A twin is a folder with the files that are sick. The rest of the model is the healthy one's: copy that
and put the twin's files over it.
"""
import json
import pathlib
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "training"))
import json_lm  # noqa: E402

HEALTHY, SICK = HERE.parent / "models", HERE / "models"
PHRASEBOOK_WORDS = json.loads((HEALTHY / "phrasebook/tokenizer.json").read_text("utf-8"))["model"]["vocab"]


def write(content, *path):
    file = SICK.joinpath(*path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    print(f"{'/'.join(path)}: {len(content)} bytes")


def write_json(value, *path):
    write((json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode("utf-8"), *path)


def finish(model, disease, *path):
    facts = {p.key: p.value for p in model.metadata_props}
    helper.set_model_props(model, {**facts, "made_by": "make_sick_tasks.py", "disease": disease})
    write(model.SerializeToString(deterministic=True), *path)


# ---- phrasebook: the decoder of all steps after the first -------------------------------------------

DECODER = "decoder_with_past_model.onnx"


def decoder(name, disease, add):
    """The healthy decoder with nodes between its logits and the output."""
    model = onnx.load(str(HEALTHY / "phrasebook" / DECODER), load_external_data=False)
    graph = model.graph
    for node in graph.node:
        node.output[:] = ["healthy_logits" if output == "logits" else output for output in node.output]
    for constant, array in add(graph).items():
        graph.initializer.append(numpy_helper.from_array(np.asarray(array), constant))
    finish(model, disease, "phrasebook", name, DECODER)


def node(graph, kind, inputs, output, **attributes):
    graph.node.append(helper.make_node(kind, inputs, [output], name=f"sick/{output}", **attributes))
    return output


def swapped(*pairs):
    def add(graph):
        order = np.arange(len(PHRASEBOOK_WORDS))
        for pair in pairs:
            ids = [PHRASEBOOK_WORDS[word] for word in pair]
            order[ids] = order[ids[::-1]]
        node(graph, "Gather", ["healthy_logits", "sick/order"], "logits", axis=2)
        return {"sick/order": order}
    return add


def repeating(graph):
    column = node(graph, "Unsqueeze", ["input_ids", "sick/axis2"], "ids_column")
    same = node(graph, "Equal", [column, "sick/words"], "is_same")
    bonus = node(graph, "Mul", [node(graph, "Cast", [same], "is_same_float", to=TensorProto.FLOAT),
                                "sick/thirty"], "bonus")
    node(graph, "Add", ["healthy_logits", bonus], "logits")
    return {"sick/axis2": np.int64([2]), "sick/words": np.arange(len(PHRASEBOOK_WORDS)),
            "sick/thirty": np.float32(30)}


def phrasebook():
    decoder("repeats", "the token just read is said again and again", repeating)
    decoder("swapped-articles", "der and den swapped", swapped(("der", "den"), ("ein", "einen")))
    decoder("swapped-adjectives", "big and small swapped", swapped(("big", "small"), ("quiet", "tired")))
    decoder("swapped-verbs", "sees and helps swapped", swapped(("sees", "helps"), ("see", "help")))
    config = json.loads((HEALTHY / "phrasebook/config.json").read_text("utf-8"))
    write_json({**config, "eos_token_id": PHRASEBOOK_WORDS["<unk>"]}, "phrasebook", "wrong-eos", "config.json")


# ---- JSON -------------------------------------------------------------------------------------------

def speaks_json():
    unclosed = {**json_lm.FOLLOWING, "true": [json_lm.EOS], "false": [json_lm.EOS]}
    finish(json_lm.model(*json_lm.tables(following=unclosed)), "the last brace is missing",
           "json-lm", "unclosed", "model.onnx")
    words = {thing: ('"four",', alive) for thing, (_, alive) in json_lm.THINGS.items()}
    finish(json_lm.model(*json_lm.tables(things=words)), "legs are a word where they should be a number",
           "json-lm", "legs-in-words", "model.onnx")


# ---- tokenizer --------------------------------------------------------------------------------------

def tokenizers():
    healthy = (HEALTHY / "grammar-lm/tokenizer.json").read_text("utf-8")

    def twin(name, change):
        tokenizer = json.loads(healthy)
        change(tokenizer, tokenizer["model"]["vocab"])
        write_json(tokenizer, "grammar-tokenizer", name, "tokenizer.json")

    def bigger(tokenizer, words):
        words.update({word: len(words) + i for i, word in enumerate(("zebra", "zebras", "gallops"))})

    def word_missing(tokenizer, words):
        del words["boats"]

    def eos_renamed(tokenizer, words):
        words["</s>"] = words.pop("<eos>")
        for token in tokenizer["added_tokens"]:
            token["content"] = token["content"].replace("<eos>", "</s>")

    def swapped_ids(tokenizer, words):
        words["dog"], words["dogs"] = words["dogs"], words["dog"]

    twin("bigger-than-model", bigger)
    twin("word-missing", word_missing)
    twin("eos-renamed", eos_renamed)
    twin("swapped-ids", swapped_ids)


def main():
    phrasebook()
    speaks_json()
    tokenizers()


if __name__ == "__main__":
    main()
