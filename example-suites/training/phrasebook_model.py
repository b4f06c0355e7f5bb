"""Trains the encoder-decoder of phrasebook.py and exports it as Optimum does.

    python3 phrasebook_model.py      writes ../models/phrasebook/ and its test data; about 10 minutes

One model, three tasks, told apart by how the source begins: "translate :", "question :" and
"summarize :". The weights are rounded to float16 before anything is measured, and lie once in
weights.data, which the three graphs share.
"""
import hashlib
import json
import math
import pathlib
import sys
import time

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch.nn import functional as F

import grammar
import phrasebook
from onnx_files import export, write_text
from seq2seq import Seq2Seq

SEED = 20261125
STEPS = 4000
BATCH = 64
PEAK_RATE = 2e-3
DOCUMENTS = 60000
TEST_DOCUMENTS = 700
TEST_ROWS = 150  # of each task
HERE = pathlib.Path(__file__).resolve().parent
FOLDER = HERE.parent / "models" / "phrasebook"
DATA = HERE.parent / "data"

WORDS = phrasebook.vocabulary()
ID = {word: i for i, word in enumerate(WORDS)}
PAD, BOS, EOS = (ID[word] for word in (grammar.PAD, grammar.BOS, grammar.EOS))


def padded(rows):
    longest = max(map(len, rows))
    return torch.tensor([row + [PAD] * (longest - len(row)) for row in rows])


def batch_of(pairs):
    """Source, its mask, what the decoder reads and what it should say."""
    source = padded([[ID[w] for w in s] + [EOS] for s, _ in pairs])
    said = padded([[ID[w] for w in t] + [EOS] for _, t in pairs])
    read = torch.cat([torch.full((len(pairs), 1), BOS), said[:, :-1]], dim=1)
    return source, (source != PAD).long(), read, said


def test_examples():
    """The same number for each task, no source twice."""
    chosen = {}
    for task, fields, source, target in phrasebook.examples(np.random.default_rng(SEED + 1), TEST_DOCUMENTS):
        rows = chosen.setdefault(task, {})
        if len(rows) < TEST_ROWS:
            rows.setdefault(" ".join(source), (fields, source, target))
    return {task: list(rows.values()) for task, rows in chosen.items()}


def train(held_out):
    torch.manual_seed(SEED)
    rng = np.random.default_rng(SEED)
    pairs = {}
    for task, _, source, target in phrasebook.examples(rng, DOCUMENTS):
        if " ".join(source) not in held_out:
            pairs.setdefault(task, []).append((source, target))
    print({task: len(rows) for task, rows in pairs.items()}, file=sys.stderr)
    share = {"translation": 0.4, "question": 0.35, "summary": 0.25}
    model = Seq2Seq(len(WORDS))
    optimizer = torch.optim.AdamW(model.parameters(), betas=(0.9, 0.98), weight_decay=0.0)
    started = time.time()
    for step in range(STEPS):
        rate = PEAK_RATE * min(1.0, (step + 1) / 200) * 0.5 * (1 + math.cos(math.pi * step / STEPS))
        for group in optimizer.param_groups:
            group["lr"] = rate
        chosen = [pairs[task][i] for task, part in share.items()
                  for i in rng.integers(len(pairs[task]), size=round(BATCH * part))]
        source, mask, read, said = batch_of(chosen)
        logits = model(source, mask, read)
        loss = F.cross_entropy(logits.flatten(0, 1), said.flatten(), ignore_index=PAD)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        if (step + 1) % 250 == 0:
            print(f"step {step + 1}: {loss.item():.4f} nats, {time.time() - started:.0f} s",
                  file=sys.stderr, flush=True)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_(parameter.half().float())
    return model.eval()


@torch.no_grad()
def generate(model, sources, limit=56):
    """Greedy decoding of a batch."""
    source = padded([[ID[w] for w in s] + [EOS] for s in sources])
    mask = (source != PAD).long()
    encoded = model.decoder.encoded(model.encoder(source, mask))
    said = torch.full((len(sources), 1), BOS)
    for _ in range(limit):
        nexts = model.decoder(said, encoded, mask)[0][:, -1].argmax(-1, keepdim=True)
        said = torch.cat([said, nexts], dim=1)
    rows = []
    for row in said[:, 1:].tolist():
        rows.append([WORDS[i] for i in row[:row.index(EOS) if EOS in row else limit]])
    return rows


# ---- data -------------------------------------------------------------------------------------------

def write_data(tests):
    def lines(rows):
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)

    def text(words):
        return " ".join(words)
    write_text(DATA / "phrasebook-translation.jsonl",
               lines({"source": text(s[2:]), "target": text(t)} for _, s, t in tests["translation"]))
    write_text(DATA / "phrasebook-questions.jsonl",
               lines({"id": f"q{i}", "context": text(f["context"]), "question": text(f["question"]),
                      "answers": [text(t)]} for i, (f, _, t) in enumerate(tests["question"])))
    write_text(DATA / "phrasebook-summaries.jsonl",
               lines({"document": text(s[2:]), "summary": text(t)} for _, s, t in tests["summary"]))


# ---- export -----------------------------------------------------------------------------------------

class First(torch.nn.Module):
    """The first step: reads the encoder's states, returns every key and value."""

    def __init__(self, decoder):
        super().__init__()
        self.decoder = decoder

    def forward(self, input_ids, encoder_hidden_states, encoder_attention_mask):
        encoded = self.decoder.encoded(encoder_hidden_states)
        logits, present = self.decoder(input_ids, encoded, encoder_attention_mask)
        return (logits, *(t for own, cross in zip(present, encoded) for t in (*own, *cross)))


class Later(torch.nn.Module):
    """Every later step: keys and values of the source come back in, those of the tokens grow."""

    def __init__(self, decoder):
        super().__init__()
        self.decoder = decoder

    def forward(self, input_ids, encoder_attention_mask, *past):
        own = [past[i:i + 2] for i in range(0, len(past), 4)]
        encoded = [past[i + 2:i + 4] for i in range(0, len(past), 4)]
        logits, present = self.decoder(input_ids, encoded, encoder_attention_mask, own)
        return (logits, *(t for pair in present for t in pair))


def export_models(model):
    facts = {"training_script": "phrasebook_model.py", "seed": str(SEED),
             "data": "made by training/phrasebook.py", "license": "Apache-2.0"}
    layers, heads = len(model.decoder.layers), model.heads
    ids, source = torch.ones(2, 5, dtype=torch.int64), torch.ones(2, 7, dtype=torch.int64)
    of_source = {0: "batch", 1: "encoder_sequence"}
    tokens = {0: "batch", 1: "decoder_sequence"}
    export(model.encoder, (source, source), FOLDER / "encoder_model.onnx",
           inputs=["input_ids", "attention_mask"], outputs=["last_hidden_state"],
           axes={name: of_source for name in ("input_ids", "attention_mask", "last_hidden_state")}, facts=facts)

    def names(prefix, sides):
        return [f"{prefix}.{i}.{side}.{part}" for i in range(layers) for side in sides
                for part in ("key", "value")]

    def axes(prefix, own):
        return {n: {0: "batch", 2: own if ".decoder." in n else "encoder_sequence"}
                for n in names(prefix, ("decoder", "encoder"))}
    hidden = torch.zeros(2, 7, model.width)
    export(First(model.decoder), (ids, hidden, source), FOLDER / "decoder_model.onnx",
           inputs=["input_ids", "encoder_hidden_states", "encoder_attention_mask"],
           outputs=["logits", *names("present", ("decoder", "encoder"))],
           axes={"input_ids": tokens, "logits": tokens, "encoder_hidden_states": of_source,
                 "encoder_attention_mask": of_source, **axes("present", "decoder_sequence")}, facts=facts)

    size = model.width // heads
    past = [torch.zeros(2, heads, 3 if ".decoder." in n else 7, size)
            for n in names("past_key_values", ("decoder", "encoder"))]
    present = axes("present", "past_decoder_sequence + decoder_sequence")
    export(Later(model.decoder), (ids, source, *past), FOLDER / "decoder_with_past_model.onnx",
           inputs=["input_ids", "encoder_attention_mask", *names("past_key_values", ("decoder", "encoder"))],
           outputs=["logits", *names("present", ("decoder",))],
           axes={"input_ids": tokens, "logits": tokens, "encoder_attention_mask": of_source,
                 **axes("past_key_values", "past_decoder_sequence"),
                 **{n: present[n] for n in names("present", ("decoder",))}}, facts=facts)


def without_constants(graph):
    """The nodes; torch's hundreds of Constant nodes become initializers, equal ones one."""
    names, nodes = {}, []
    kept = {}
    for node in graph.node:
        if node.op_type == "Constant":
            tensor = node.attribute[0].t
            array = numpy_helper.to_array(tensor)
            key = (tensor.data_type, array.shape, array.tobytes())
            if key not in kept:
                kept[key] = f"constant_{len(kept)}"
                graph.initializer.append(numpy_helper.from_array(array, kept[key]))
            names[node.output[0]] = kept[key]
        else:
            nodes.append(node)
    for node in nodes:
        node.ClearField("doc_string")
        node.input[:] = [names.get(name, name) for name in node.input]
    return nodes


def share_weights():
    """Moves the weights of the three graphs into one file, in float16, each once."""
    places, content = {}, bytearray()
    for path in sorted(FOLDER.glob("*.onnx")):
        model = onnx.load(str(path))
        casts = []
        for tensor in model.graph.initializer:
            array = numpy_helper.to_array(tensor)
            if array.dtype != np.float32 or array.nbytes < 256:
                continue
            half = array.astype(np.float16)
            assert np.array_equal(half.astype(np.float32), array), tensor.name
            key = hashlib.sha256(half.tobytes() + str(half.shape).encode()).digest()
            if key not in places:
                content += b"\0" * (-len(content) % 64)
                places[key] = len(content)
                content += half.astype("<f2").tobytes()
            name = tensor.name
            tensor.Clear()
            tensor.name, tensor.data_type = f"{name}.float16", TensorProto.FLOAT16
            tensor.dims.extend(array.shape)
            tensor.data_location = TensorProto.EXTERNAL
            for k, v in (("location", "weights.data"), ("offset", places[key]), ("length", half.nbytes)):
                tensor.external_data.add(key=k, value=str(v))
            casts.append(helper.make_node("Cast", [tensor.name], [name], name=f"{name}.cast",
                                          to=TensorProto.FLOAT))
        nodes = [*casts, *without_constants(model.graph)]
        del model.graph.node[:]
        model.graph.node.extend(nodes)
        path.write_bytes(model.SerializeToString(deterministic=True))
        print(f"{path.name}: {path.stat().st_size} bytes")
    (FOLDER / "weights.data").write_bytes(content)
    print(f"weights.data: {len(content)} bytes")


def write_config(model):
    config = {"model_type": "modelvitals-phrasebook", "is_encoder_decoder": True, "vocab_size": len(WORDS),
              "d_model": model.width, "encoder_layers": len(model.encoder.layers),
              "decoder_layers": len(model.decoder.layers), "encoder_attention_heads": model.heads,
              "decoder_attention_heads": model.heads, "max_position_embeddings": model.positions,
              "bos_token_id": BOS, "eos_token_id": EOS, "pad_token_id": PAD,
              "decoder_start_token_id": BOS}
    write_text(FOLDER / "config.json", json.dumps(config, indent=2) + "\n")


def write_tokenizer():
    """Like the grammar's, with more words; <eos> is put at the end of every source, as T5's does."""
    special = [grammar.PAD, grammar.BOS, grammar.EOS, grammar.UNK]
    tokenizer = {
        "version": "1.0", "truncation": None, "padding": None,
        "added_tokens": [{"id": ID[token], "content": token, "single_word": False, "lstrip": False,
                          "rstrip": False, "normalized": False, "special": True} for token in special],
        "normalizer": None, "pre_tokenizer": {"type": "Whitespace"},
        "post_processor": {"type": "TemplateProcessing",
                           "single": [{"Sequence": {"id": "A", "type_id": 0}},
                                      {"SpecialToken": {"id": grammar.EOS, "type_id": 0}}],
                           "pair": [{"Sequence": {"id": "A", "type_id": 0}},
                                    {"Sequence": {"id": "B", "type_id": 0}},
                                    {"SpecialToken": {"id": grammar.EOS, "type_id": 0}}],
                           "special_tokens": {grammar.EOS: {"id": grammar.EOS, "ids": [EOS],
                                                            "tokens": [grammar.EOS]}}},
        "decoder": None,
        "model": {"type": "WordLevel", "vocab": ID, "unk_token": grammar.UNK}}
    write_text(FOLDER / "tokenizer.json", json.dumps(tokenizer, indent=1, ensure_ascii=False) + "\n")
    config = {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": 64, "bos_token": grammar.BOS,
              "eos_token": grammar.EOS, "pad_token": grammar.PAD, "unk_token": grammar.UNK,
              "clean_up_tokenization_spaces": False}
    write_text(FOLDER / "tokenizer_config.json", json.dumps(config, indent=2) + "\n")


def main():
    torch.set_num_threads(1)  # the same sums in the same order: the same weights on every run
    tests = test_examples()
    model = train({" ".join(source) for rows in tests.values() for _, source, _ in rows})
    for task, rows in tests.items():
        said = generate(model, [source for _, source, _ in rows])
        right = sum(s == t for s, (_, _, t) in zip(said, rows))
        print(f"{task}: {right} of {len(rows)} exactly as the reference")
    FOLDER.mkdir(parents=True, exist_ok=True)
    write_data(tests)
    export_models(model)
    share_weights()
    write_config(model)
    write_tokenizer()


if __name__ == "__main__":
    main()
