"""Writes questions and pairs of sentences whose right answers follow from the grammar.

    python3 grammar_choices.py    writes grammar-questions.jsonl, grammar-pairs.jsonl and
                                  grammar-agreement.jsonl in ../data

A question is a prefix; its word was drawn from the true distribution of what comes next, and the other
choices from what else may come, each as likely as another. Given the choices, the word is each of them
in proportion to the true probabilities: a model that knows the grammar is right as often as "likeliest"
says on average, and no model is right more often. A pair is a sentence of the grammar, and the same
with a verb in the wrong number, which the grammar forbids. Of agreement there are prefixes before a
verb, with all verbs that may come next, and those in the wrong number, which must not.
"""
import json
import pathlib

import numpy as np

import grammar
from grammar_data import kind_of, lines, sentences
from onnx_files import write_text

SEED = 19480703
QUESTIONS = 400
PAIRS = 200
AGREEMENTS = 60
CHOICES = 4
DATA = pathlib.Path(__file__).resolve().parent.parent / "data"
OTHER_NUMBER = {form: pair[1 - n] for pair in (*grammar.INTRANSITIVE, *grammar.TRANSITIVE)
                for n, form in enumerate(pair)}


def questions():
    rng = np.random.default_rng(SEED)
    count = 0
    for words in sentences(rng, 40 * QUESTIONS):
        prefix = words[:rng.integers(0, len(words))]
        following = grammar.true_next(prefix)
        if len(following) < CHOICES or count == QUESTIONS:
            continue
        count += 1
        possible = sorted(following)
        word = possible[rng.choice(len(possible), p=[following[w] for w in possible])]
        others = [w for w in possible if w != word]
        choices = [word, *rng.permutation(others)[:CHOICES - 1]]
        choices = [str(w) for w in rng.permutation(choices)]
        shares = np.array([following[w] for w in choices]) / sum(following[w] for w in choices)
        yield {"question": " ".join((grammar.BOS, *prefix)), "choices": choices,
               "answer": choices.index(word), "word": word,
               "kind": kind_of(grammar.state_after(prefix)),
               "likeliest": round(float(shares.max()), 9),
               "likeliest_word": round(max(following.values()), 9)}


def pairs():
    rng = np.random.default_rng(SEED + 1)
    seen = set()
    for words in sentences(rng, 40 * PAIRS):
        sentence = words[:words.index(".") + 1]
        verbs = [i for i, word in enumerate(sentence) if word in OTHER_NUMBER]
        place = int(rng.choice(verbs))
        good = " ".join(sentence)
        if good in seen or len(seen) == PAIRS:
            continue
        kind = kind_of(grammar.state_after(sentence[:place]))
        wrong = sentence.copy()
        wrong[place] = OTHER_NUMBER[sentence[place]]
        try:
            grammar.state_after(wrong)
            continue  # after "the boat that" and the like both numbers may be right
        except ValueError:
            pass
        seen.add(good)
        yield {"sentence_good": good, "sentence_bad": " ".join(wrong), "kind": kind}


def agreement():
    rng = np.random.default_rng(SEED + 2)
    seen = set()
    for words in sentences(rng, 40 * AGREEMENTS):
        verbs = [i for i, word in enumerate(words) if word in OTHER_NUMBER]
        prefix = tuple(words[:int(rng.choice(verbs))])
        following = grammar.true_next(prefix)
        wrong = [OTHER_NUMBER[word] for word in following if word in OTHER_NUMBER]
        if prefix in seen or len(seen) == AGREEMENTS or set(wrong) & set(following):
            continue
        seen.add(prefix)
        yield {"text": " ".join((grammar.BOS, *prefix)), "expected": list(following),
               "forbidden": wrong}


def main():
    write_text(DATA / "grammar-questions.jsonl", lines(questions()))
    write_text(DATA / "grammar-pairs.jsonl", lines(pairs()))
    write_text(DATA / "grammar-agreement.jsonl", lines(agreement()))


if __name__ == "__main__":
    main()
