"""Trains the language model of the grammar in grammar.py and exports it the way Hugging Face does.

    python3 grammar_lm.py            trains (about 4 minutes on one core) and writes ../models/grammar-lm/

The targets are the grammar's own next-word probabilities instead of single sampled words: the same
optimum without the sampling noise, so minutes of training come within a ten-thousandth of a nat.
"""
import json
import math
import pathlib
import sys
import time

import numpy as np
import torch
from torch.nn import functional as F

import grammar
from gpt import Gpt
from onnx_files import export, write_text

SEED = 20261124
STEPS = 6000
BATCH = 48
LENGTH = 58  # <bos> and the longest document
PEAK_RATE = 3e-3
HERE = pathlib.Path(__file__).resolve().parent
FOLDER = HERE.parent / "models" / "grammar-lm"

# Half of the training documents prefer long constructions, so that rare late positions are learnt too.
EMPHASIS = np.ones(len(grammar.VOCABULARY))
for word, factor in {"that": 3.0, "and": 4.0, grammar.EOS: 0.25}.items():
    EMPHASIS[grammar.ID[word]] = factor
for word in (*grammar.ADJECTIVES, *grammar.ADVERBS):
    EMPHASIS[grammar.ID[word]] = 1.5


def training_batch(table, rng):
    """Input ids and, for every position, the automaton's state after it.

    A quarter of the documents come without <bos>, so that a caller who forgets it is understood too.
    """
    plain = table.sample(rng, BATCH // 2, LENGTH - 1)
    long = table.sample(rng, BATCH // 2, LENGTH - 1, EMPHASIS)
    tokens = np.concatenate([plain[0], long[0]])
    before = np.concatenate([plain[1], long[1]])
    with_bos = np.concatenate([np.full((BATCH, 1), grammar.ID[grammar.BOS]), tokens], axis=1)
    after_bos = np.concatenate([before, np.full((BATCH, 1), table.end)], axis=1)
    without = np.arange(BATCH) % 4 == 3
    pad = np.full((without.sum(), 1), grammar.ID[grammar.PAD])
    with_bos[without] = np.concatenate([tokens[without], pad], axis=1)
    after_bos[without] = np.concatenate([before[without][:, 1:],
                                         np.full((without.sum(), 2), table.end)], axis=1)
    used = (after_bos != table.end).any(axis=0).sum()
    return with_bos[:, :used], after_bos[:, :used]


def divergence(logits, truth):
    """KL(truth || model) in nats for each position."""
    log_truth = torch.log(truth.clamp_min(1e-30))
    return (truth * (log_truth - F.log_softmax(logits, dim=-1))).sum(-1)


def run(model, ids):
    mask = torch.ones_like(ids)  # padding is on the right and never looked at
    return model(ids, mask, torch.arange(ids.shape[1]).expand_as(ids))[0]


def train(table):
    torch.manual_seed(SEED)
    rng = np.random.default_rng(SEED)
    model = Gpt(len(grammar.VOCABULARY))
    truth = torch.tensor(table.probability, dtype=torch.float32)
    optimizer = torch.optim.AdamW(model.parameters(), betas=(0.9, 0.98), weight_decay=0.0)
    started = time.time()
    for step in range(STEPS):
        warm = min(1.0, (step + 1) / 200)
        rate = PEAK_RATE * warm * 0.5 * (1 + math.cos(math.pi * step / STEPS))
        for group in optimizer.param_groups:
            group["lr"] = rate
        ids, states = training_batch(table, rng)
        known = torch.tensor(states != table.end)
        logits = run(model, torch.tensor(ids))[known]
        loss = divergence(logits, truth[torch.tensor(states)[known]]).mean()
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        if (step + 1) % 250 == 0:
            print(f"step {step + 1}: KL {loss.item():.5f} nats, {time.time() - started:.0f} s",
                  file=sys.stderr, flush=True)
    return model.eval()


@torch.no_grad()
def evaluate(model, table, documents=20000):
    """How far the model is from the truth on documents of the grammar, drawn with a seed of their own."""
    tokens, before = table.sample(np.random.default_rng(SEED + 1), documents, LENGTH - 1)
    ids = np.concatenate([np.full((documents, 1), grammar.ID[grammar.BOS]), tokens], axis=1)[:, :-1]
    truth = torch.tensor(table.probability, dtype=torch.float32)
    kl, gap = [], []
    for start in range(0, documents, 500):
        rows = slice(start, start + 500)
        known = torch.tensor(before[rows] != table.end)
        logits = run(model, torch.tensor(ids[rows]))[known]
        target = truth[torch.tensor(before[rows])[known]]
        kl.append(divergence(logits, target))
        top = target.argmax(-1, keepdim=True)
        gap.append((F.softmax(logits, -1).gather(1, top) - target.gather(1, top)).abs().squeeze(1))
    kl, gap = torch.cat(kl), torch.cat(gap)
    return {"documents": documents, "positions": len(kl),
            "kl_mean_nats": round(kl.mean().item(), 8),
            "kl_p99_nats": round(kl.quantile(0.99).item(), 6),
            "top1_gap_mean": round(gap.mean().item(), 6),
            "top1_gap_p99": round(gap.quantile(0.99).item(), 6),
            "top1_gap_max": round(gap.max().item(), 6)}


class Plain(torch.nn.Module):
    """For export: logits only."""

    def __init__(self, gpt):
        super().__init__()
        self.gpt = gpt

    def forward(self, input_ids, attention_mask, position_ids):
        return self.gpt(input_ids, attention_mask, position_ids)[0]


class WithPast(torch.nn.Module):
    """For export: takes the keys and values of earlier tokens, returns those of all tokens."""

    def __init__(self, gpt):
        super().__init__()
        self.gpt = gpt

    def forward(self, input_ids, attention_mask, position_ids, *past):
        pairs = [(past[2 * i], past[2 * i + 1]) for i in range(self.gpt.layers)]
        logits, present = self.gpt(input_ids, attention_mask, position_ids, pairs)
        return (logits, *(t for pair in present for t in pair))


def export_models(model):
    facts = {"training_script": "grammar_lm.py", "seed": str(SEED),
             "data": "sampled from the grammar in training/grammar.py", "license": "Apache-2.0"}
    ids = torch.ones(2, 5, dtype=torch.int64)
    tokens = {0: "batch", 1: "sequence"}
    export(Plain(model), (ids, ids, ids), FOLDER / "model.onnx",
           inputs=["input_ids", "attention_mask", "position_ids"], outputs=["logits"],
           axes={"input_ids": tokens, "attention_mask": tokens, "position_ids": tokens,
                 "logits": tokens},
           facts=facts)

    names = [f"{i}.{part}" for i in range(model.layers) for part in ("key", "value")]
    past = [torch.zeros(2, model.heads, 3, model.width // model.heads) for _ in names]
    axes = {"input_ids": tokens, "position_ids": tokens, "logits": tokens,
            "attention_mask": {0: "batch", 1: "total_sequence"}}
    axes.update({f"past_key_values.{n}": {0: "batch", 2: "past_sequence"} for n in names})
    axes.update({f"present.{n}": {0: "batch", 2: "total_sequence"} for n in names})
    export(WithPast(model), (ids, torch.ones(2, 8, dtype=torch.int64), ids, *past),
           FOLDER / "model_with_past.onnx",
           inputs=["input_ids", "attention_mask", "position_ids",
                   *(f"past_key_values.{n}" for n in names)],
           outputs=["logits", *(f"present.{n}" for n in names)], axes=axes, facts=facts)


def write_config(model):
    """config.json with the keys of Hugging Face's GPT-2 configuration."""
    config = {"model_type": "gpt2", "architectures": ["GPT2LMHeadModel"],
              "vocab_size": len(grammar.VOCABULARY), "n_positions": model.positions,
              "n_ctx": model.positions, "n_embd": model.width, "n_layer": model.layers,
              "n_head": model.heads, "activation_function": "relu", "tie_word_embeddings": False,
              "bos_token_id": grammar.ID[grammar.BOS], "eos_token_id": grammar.ID[grammar.EOS],
              "pad_token_id": grammar.ID[grammar.PAD], "unk_token_id": grammar.ID[grammar.UNK]}
    write_text(FOLDER / "config.json", json.dumps(config, indent=2) + "\n")


def main():
    torch.set_num_threads(1)  # the same sums in the same order: the same weights on every run
    table = grammar.Table()
    model = train(table)
    figures = evaluate(model, table)
    print(json.dumps(figures, indent=2))
    FOLDER.mkdir(parents=True, exist_ok=True)
    export_models(model)
    write_config(model)


if __name__ == "__main__":
    main()
