"""Writes questions with answers of several words and different lengths, whose likelihoods are known.

    python3 grammar_endings.py     writes ../data/grammar-endings.jsonl, grammar-endings-meta.json

A question is the beginning of a sentence. Two answers are endings that the grammar drew, the first of
them the right one, as in real text, where what was said need not be the likeliest; the other two are
the same with a word in the wrong number, which the grammar forbids. So what a perfect model scores
follows from the grammar: by log-likelihood, and by log-likelihood a character, which prefers others.
"""
import json
import math
import pathlib

import numpy as np

import grammar
from grammar_data import lines, sentences
from onnx_files import write_text

SEED = 20261201
QUESTIONS = 120
CLEAR_NATS = 0.05  # the likeliest answer is no closer to the next one
CLEAR_NATS_A_CHARACTER = 0.0025
DATA = pathlib.Path(__file__).resolve().parent.parent / "data"

OTHER_NUMBER = {form: pair[1 - n]
                for pairs in (*grammar.NOUNS.values(), grammar.INTRANSITIVE, grammar.TRANSITIVE)
                for pair in pairs for n, form in enumerate(pair)}


def log_likelihood(prefix, words):
    """Natural logarithm of P(words | prefix); minus infinity if the grammar forbids them."""
    state, total = grammar.state_after(prefix), 0.0
    for word in words:
        found = {w: (p, s) for w, p, s in grammar.following(state)}.get(word)
        if found is None:
            return -math.inf
        total, state = total + math.log(found[0]), found[1]
    return total


def ending(rng, prefix):
    state, words = grammar.state_after(prefix), []
    while not words or words[-1] != ".":
        options = grammar.following(state)
        word, _, state = options[rng.choice(len(options), p=[p for _, p, _ in options])]
        words.append(word)
    return words


def forbidden(words, prefix):
    """The same words, the first that has a number in the other one; None if the grammar allows that."""
    place = next(i for i, word in enumerate(words) if word in OTHER_NUMBER)
    changed = [*words[:place], OTHER_NUMBER[words[place]], *words[place + 1:]]
    return changed if log_likelihood(prefix, changed) == -math.inf else None


def clear(scores, least):
    best, second = sorted(scores, reverse=True)[:2]
    return best - second > least


def questions():
    rng = np.random.default_rng(SEED)
    count = 0
    for words in sentences(rng, 60 * QUESTIONS):
        prefix = words[:rng.integers(2, max(3, words.index(".")))]
        if grammar.state_after(prefix)[0] not in ("subject read", "main verb", "inner verb"):
            continue
        drawn = [ending(rng, prefix) for _ in range(2)]
        wrong = [forbidden(words, prefix) for words in drawn]
        if None in wrong or drawn[0] == drawn[1] or wrong[0] == wrong[1]:
            continue
        order = rng.permutation(4)
        answers = [(*drawn, *wrong)[i] for i in order]
        texts = [" ".join(answer) for answer in answers]
        scores = [log_likelihood(prefix, answer) for answer in answers]
        if count == QUESTIONS or not clear(scores, CLEAR_NATS) or not clear(
                [s / len(t) for s, t in zip(scores, texts)], CLEAR_NATS_A_CHARACTER):
            continue
        count += 1
        yield {"question": " ".join((grammar.BOS, *prefix)), "choices": texts,
               "answer": int(np.flatnonzero(order == 0)[0]),
               "log_likelihoods": [None if s == -math.inf else round(s, 9) for s in scores]}


def accuracy(rows, by_characters):
    def likeliest(row):
        return int(np.argmax([-math.inf if s is None else s / (len(c) if by_characters else 1)
                              for s, c in zip(row["log_likelihoods"], row["choices"])]))
    return sum(likeliest(row) == row["answer"] for row in rows) / len(rows)


def main():
    rows = list(questions())
    write_text(DATA / "grammar-endings.jsonl", lines(rows))
    meta = {"about": "What a perfect model of the grammar scores: computed, not measured.", "seed": SEED,
            "questions": len(rows), "accuracy": accuracy(rows, False),
            "accuracy_by_characters": accuracy(rows, True)}
    write_text(DATA / "grammar-endings-meta.json", json.dumps(meta, indent=2) + "\n")


if __name__ == "__main__":
    main()
