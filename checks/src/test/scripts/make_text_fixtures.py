"""Writes the expected values of the metrics on texts, as other implementations compute them.

    python3 -m venv env && env/bin/pip install sacrebleu rouge-score nltk
    env/bin/python make_text_fixtures.py ../resources/org/modelvitals/checks/text

The committed files were made with Python 3.11, sacreBLEU 2.6.0, NLTK 3.10.3 and regex 2026.9.29.
rouge_score was restored from its sources (google-research/rouge, rouge_scorer.py at 61ce9f0, tokenize.py
at 0c1bbe5), where no package of it was at hand; TextMetricsPublishedTest holds the values that its own
tests publish. The functions of SQuAD's evaluate-v2.0.py are small enough to stand here.
"""

import collections
import json
import pathlib
import random
import re
import string
import sys

from nltk.stem.porter import PorterStemmer
from rouge_score.rouge_scorer import RougeScorer
from sacrebleu.metrics import BLEU, CHRF, TER

TARGET = pathlib.Path(sys.argv[1])
RANDOM = random.Random(20261124)

WORDS = (
    "the The a an of it's can't dog dogs man bit bitten 3.14 1,000 2-3 e-mail U.S. a.m. hello, (so) "
    "\"quoted\" 'tis naïve Größe привет мир 日本語 你好 😀 👍🏽 x=y @home #tag 100% £5 &amp; &lt;b&gt; <skipped> "
    "end. what? no! semi;colon under_score back`tick tilde~ İstanbul ΣΑΣ straße ½ 10.000,5 -5 -- … « » ’s"
).split()
PLAIN = "the cat sat on mat dog ran fast over big red small tree and then it fell down hard".split()
SPACES = [" ", " ", " ", " ", " ", "  ", "\t", "\u00a0", "\u3000", " \n", "-\n"]
ODD = ["", " ", ".", "a", "ab", "...", "\u2028", "😀", "- - -", "the the the the", "A B C D E F", "\u00a0"]


def sentence(words, longest):
    parts = [RANDOM.choice(words) for _ in range(RANDOM.randint(1, longest))]
    return "".join(p + RANDOM.choice(SPACES) for p in parts)


def mutate(text, words):
    parts = text.split(" ")
    for _ in range(RANDOM.randint(0, 5)):
        at = RANDOM.randrange(len(parts) + 1)
        kind = RANDOM.randrange(4)
        if kind == 0:
            parts.insert(at, RANDOM.choice(words))
        elif kind == 1 and parts:
            parts.pop(min(at, len(parts) - 1))
        elif kind == 2 and parts:
            parts[min(at, len(parts) - 1)] = RANDOM.choice(words)
        elif len(parts) > 3:
            start = RANDOM.randrange(len(parts) - 1)
            length = RANDOM.randint(1, 4)
            moved = parts[start : start + length]
            rest = parts[:start] + parts[start + length :]
            to = RANDOM.randrange(len(rest) + 1)
            parts = rest[:to] + moved + rest[to:]
    return " ".join(parts)


def corpus(kind):
    words = PLAIN if kind % 2 else WORDS
    segments = RANDOM.choice([1, 1, 2, 3, 6])
    streams = RANDOM.choice([1, 1, 2, 3])
    longest = RANDOM.choice([3, 12, 30])
    references = [[sentence(words, longest) for _ in range(segments)] for _ in range(streams)]
    candidates = [
        mutate(RANDOM.choice(references)[i], words) if RANDOM.random() < 0.85 else RANDOM.choice(ODD)
        for i in range(segments)
    ]
    if streams > 1 and kind % 5 == 0:
        # One is missing, or is an empty text, which is not the same.
        references[-1][RANDOM.randrange(segments)] = RANDOM.choice(["", None])
    return candidates, references


def scored(metric, candidates, references):
    score = metric.corpus_score(candidates, references).score
    # The version at the end is theirs.
    return {"score": score, "signature": str(metric.get_signature()).rsplit("|", 1)[0]}


BLEUS = [
    {},
    {"tokenize": "none"},
    {"tokenize": "intl"},
    {"tokenize": "char"},
    {"lowercase": True},
    {"effective_order": True},
    {"smooth_method": "none"},
    {"smooth_method": "floor"},
    {"smooth_method": "floor", "smooth_value": 0.5},
    {"smooth_method": "add-k"},
    {"smooth_method": "add-k", "smooth_value": 2.0},
    {"max_ngram_order": 2},
]
CHRFS = [
    {},
    {"word_order": 2},
    {"word_order": 1, "lowercase": True},
    {"char_order": 3, "beta": 1},
    {"whitespace": True},
    {"eps_smoothing": True, "beta": 3},
]
TERS = [
    {},
    {"case_sensitive": True},
    {"normalized": True},
    {"no_punct": True},
    {"normalized": True, "no_punct": True, "case_sensitive": True},
]


def corpora():
    cases = []
    for kind in range(160):
        candidates, references = corpus(kind)
        case = {"candidates": candidates, "references": references, "bleu": [], "chrf": [], "ter": []}
        for name, metric, options in (("bleu", BLEU, BLEUS), ("chrf", CHRF, CHRFS), ("ter", TER, TERS)):
            # The defaults always, the others in turn: every option meets many corpora.
            for chosen in (options[0], options[1 + kind % (len(options) - 1)]):
                case[name].append({"options": chosen, **scored(metric(**chosen), candidates, references)})
        cases.append(case)
    return cases


def rouge():
    words = WORDS + PLAIN + "running runs flies died agreed happily national relational skies".split()
    cases = []
    for kind in range(150):
        target = "\n".join(sentence(words, 12).strip() for _ in range(RANDOM.randint(1, 3)))
        prediction = mutate(target, words) if kind % 8 else RANDOM.choice(ODD)
        case = {"reference": target, "candidate": prediction}
        for stemmer in (False, True):
            scores = RougeScorer(["rouge1", "rouge2", "rougeL", "rougeLsum"], use_stemmer=stemmer).score(
                target, prediction
            )
            case["stemmed" if stemmer else "plain"] = {k: list(v) for k, v in scores.items()}
        cases.append(case)
    return cases


def normalize_answer(s):
    s = s.lower()
    s = "".join(ch for ch in s if ch not in set(string.punctuation))
    s = re.sub(re.compile(r"\b(a|an|the)\b", re.UNICODE), " ", s)
    return " ".join(s.split())


def compute_f1(a_gold, a_pred):
    gold_toks = normalize_answer(a_gold).split() if a_gold else []
    pred_toks = normalize_answer(a_pred).split() if a_pred else []
    num_same = sum((collections.Counter(gold_toks) & collections.Counter(pred_toks)).values())
    if not gold_toks or not pred_toks:
        return int(gold_toks == pred_toks)
    if num_same == 0:
        return 0
    precision = 1.0 * num_same / len(pred_toks)
    recall = 1.0 * num_same / len(gold_toks)
    return (2 * precision * recall) / (precision + recall)


def squad():
    cases = []
    for kind in range(200):
        answers = [sentence(WORDS, 6) for _ in range(RANDOM.randint(0, 3))]
        if kind % 9 == 0:
            answers.append("the")
        prediction = mutate(RANDOM.choice(answers or ODD), WORDS) if kind % 6 else RANDOM.choice(ODD)
        gold = [a for a in answers if normalize_answer(a)] or [""]
        cases.append(
            {
                "answers": answers,
                "prediction": prediction,
                "normalized": normalize_answer(prediction),
                "exact": max(int(normalize_answer(a) == normalize_answer(prediction)) for a in gold),
                "f1": max(compute_f1(a, prediction) for a in gold),
            }
        )
    return cases


def porter():
    stems = (
        "run hop fall agree plaster motor conflat troubl siz tann fail fil happ sk relat condition valenc hesit"
        " digit conform radical differ vile analog predic operat feudal decis hopeful callous formal sensit"
        " triplic form electr hope good reviv allow infer airlin gyroscop adjust defens irrit replac depend adopt"
        " homolog commun activ angular effect bowdler probat rate ceas control roll sky die lie tie news inn out"
        " cann how proceed exceed succeed fl sp cr dr y yell by say enjoy play ability apolog geolog full a"
    ).split()
    ends = (
        " s es ies ied ed ing eed at ational tional enci anci izer bli abli alli entli eli ousli ization ation"
        " ator alism iveness fulness ousness aliti iviti biliti fulli logi icate ative alize iciti ical ful ness"
        " al ance ence er ic able ible ant ement ment ent ion sion tion ou ism ate iti ous ive ize e l ll y ly"
        " ily iest ings ers ying yed xes sses"
    ).split(" ")
    words = sorted({stem + end for stem in stems for end in ends} | {"a1b2", "x9ing", "2nd", "ing", "ed"})
    words = sorted(RANDOM.sample(words, 2000))
    stemmer = PorterStemmer()
    return [f"{word} {stemmer.stem(word)}" for word in words]


def write(name, value):
    (TARGET / name).write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")


TARGET.mkdir(parents=True, exist_ok=True)
write("corpora.json", corpora())
write("rouge.json", rouge())
write("squad.json", squad())
(TARGET / "porter.txt").write_text("\n".join(porter()) + "\n")
