"""Writes what is known for certain about the grammar: true next words, a held-out corpus, its entropy.

    python3 grammar_data.py      writes ../data/grammar-truth.jsonl, grammar-corpus.jsonl, grammar-truth-meta.json

Everything here is computed from grammar.py in closed form; no model is involved.
"""
import json
import pathlib

import numpy as np

import grammar
from onnx_files import write_text

SEED = 19480701
CORPUS_DOCUMENTS = 400
PREFIXES_PER_KIND = 12
DATA = pathlib.Path(__file__).resolve().parent.parent / "data"


def kind_of(state):
    """What a prediction at this state asks of a model: the slices of the truth set."""
    name = state[0]
    if name == "clause":
        return "start"
    if name == "sentence read":
        return "end of document"
    if name == "main verb":
        return "agreement across a relative clause"
    if name == "inner verb":
        return "agreement inside a relative clause"
    if name == "subject read":
        return "agreement with the noun before"
    if name == "relative clause":
        return "who sees whom"
    if name in ("noun phrase", "noun"):
        role = {"subject": "subject", "inner": "inner subject", "object": "object"}[state[1][0]]
        return f"noun of the {role}"
    if name in ("clause read", "adverb read"):
        return "end of clause"
    return "determiner of the object"


def sentences(rng, count):
    """Documents of the grammar as lists of words, <eos> included."""
    table = grammar.Table()
    tokens, _ = table.sample(rng, count, grammar.longest())
    return [[grammar.VOCABULARY[i] for i in row if i != grammar.ID[grammar.PAD]] for row in tokens]


def truth_rows():
    """Prefixes of every kind, drawn from documents, no two alike; for each the whole true distribution."""
    rng = np.random.default_rng(SEED)
    chosen = {"start": [()]}  # nothing but <bos> is a prefix too
    for words in sentences(rng, 4000):
        # One random place a document, so that prefixes of one kind are not cut from the same text.
        prefix = tuple(words[:rng.integers(1, len(words))])
        kind = kind_of(grammar.state_after(prefix))
        rows = chosen.setdefault(kind, [])
        if len(rows) < PREFIXES_PER_KIND and prefix not in rows:
            rows.append(prefix)
    for kind in sorted(chosen):
        for prefix in chosen[kind]:
            following = grammar.true_next(prefix)
            yield {"text": " ".join((grammar.BOS, *prefix)), "kind": kind,
                   "next": {word: round(p, 9) for word, p in following.items()},
                   "entropy": round(-sum(p * np.log(p) for p in following.values()) + 0.0, 9)}


def corpus_rows():
    for words in sentences(np.random.default_rng(SEED + 1), CORPUS_DOCUMENTS):
        yield {"text": " ".join((grammar.BOS, *words)), "tokens": len(words),
               "log_probability": round(float(grammar.log_probability(words)), 9)}


def lines(rows):
    return "".join(json.dumps(row) + "\n" for row in rows)


def main():
    truth, corpus = list(truth_rows()), list(corpus_rows())
    write_text(DATA / "grammar-truth.jsonl", lines(truth))
    write_text(DATA / "grammar-corpus.jsonl", lines(corpus))
    tokens = sum(row["tokens"] for row in corpus)
    log_probability = sum(row["log_probability"] for row in corpus)
    length, entropy = grammar.expected_length(), grammar.entropy()
    meta = {
        "about": "Exact figures of the grammar in training/grammar.py. Tokens are those that are "
                 "predicted: every word, full stop and <eos>, not <bos>. Logarithms are natural.",
        "vocabulary": len(grammar.VOCABULARY),
        "grammar": {"entropy_per_document_nats": entropy, "tokens_per_document": length,
                    "entropy_per_token_nats": entropy / length,
                    "perplexity_per_token": float(np.exp(entropy / length)),
                    "longest_document_tokens": grammar.longest()},
        "corpus": {"file": "grammar-corpus.jsonl", "documents": len(corpus), "tokens": tokens,
                   "seed": SEED + 1, "true_log_probability": log_probability,
                   "true_nats_per_token": -log_probability / tokens,
                   "true_perplexity_per_token": float(np.exp(-log_probability / tokens))},
        "truth": {"file": "grammar-truth.jsonl", "prefixes": len(truth), "seed": SEED},
    }
    write_text(DATA / "grammar-truth-meta.json", json.dumps(meta, indent=2) + "\n")


if __name__ == "__main__":
    main()
