"""A small probabilistic grammar of English whose next-word probabilities are known exactly.

The grammar is a deterministic weighted automaton: a prefix leads to exactly one state, and a state
says with which probability each word comes next. Nothing about it has to be estimated, so a language
model trained on it can be held against the truth instead of against another model.

A document is one or two sentences, a sentence one or two clauses joined by "and", and a clause:

    subject [that VERB object | that subject VERB]  VERB [object] [adverb]

What makes it worth a transformer's attention:
  * the main verb agrees in number with its subject, across a relative clause with a noun of its own;
  * which verbs are likely depends on what kind of noun the subject is (trains neither sleep nor sing);
  * which nouns are likely depends on the adjective before them and on the verb that governs them;
  * "and" may come once a sentence, and a document ends after its second sentence at the latest.

The longest document has 58 tokens, so none is ever cut off by a context of 64.
"""
import functools

import numpy as np

PAD, BOS, EOS, UNK = "<pad>", "<bos>", "<eos>", "<unk>"

NOUNS = {  # kind of noun: (singular, plural)
    "person": [("child", "children"), ("teacher", "teachers"), ("sailor", "sailors")],
    "animal": [("dog", "dogs"), ("cat", "cats"), ("horse", "horses")],
    "vehicle": [("boat", "boats"), ("train", "trains")],
}
NUMBERS = ("singular", "plural")

# "the" leaves the number open until the noun, so its share is split there.
DETERMINERS = {"the": (4.0, "either"), "a": (2.0, "singular"), "every": (1.0, "singular"),
               "this": (1.0, "singular"), "two": (1.0, "plural"), "these": (1.0, "plural"),
               "many": (1.0, "plural")}
SINGULAR_AFTER_THE = 0.6

ADJECTIVE_SHARE = 0.4
ADJECTIVES = {  # adjective: (weight, how well it goes with person, animal, vehicle)
    "small": (3.0, (1.0, 2.0, 1.0)), "big": (2.0, (0.5, 1.5, 2.0)), "red": (1.0, (0.0, 1.0, 4.0)),
    "happy": (2.0, (3.0, 1.0, 0.0)), "quiet": (1.0, (1.0, 1.0, 1.0)), "tired": (1.0, (2.0, 2.0, 0.0))}

INTRANSITIVE_SHARE = 0.45
INTRANSITIVE = {  # (singular, plural): weight after a person, animal, vehicle
    ("sleeps", "sleep"): (1.0, 3.0, 0.0), ("sings", "sing"): (3.0, 0.5, 0.0),
    ("runs", "run"): (1.0, 3.0, 1.0), ("waits", "wait"): (2.0, 1.0, 2.0),
    ("stops", "stop"): (0.5, 0.5, 4.0)}
TRANSITIVE = {  # (singular, plural): (weight after a person, animal, vehicle), (of such an object)
    ("sees", "see"): ((2.0, 2.0, 0.0), (2.0, 2.0, 2.0)),
    ("helps", "help"): ((3.0, 0.5, 1.0), (4.0, 2.0, 0.5)),
    ("follows", "follow"): ((1.0, 2.0, 3.0), (2.0, 2.0, 3.0)),
    ("chases", "chase"): ((0.5, 3.0, 0.5), (1.0, 4.0, 1.0))}

ADVERBS = {"slowly": 1.0, "today": 2.0, "again": 1.0}
ADVERB_SHARE = 0.3
RELATIVE_CLAUSE_SHARE = 0.35
SUBJECT_RELATIVE_SHARE = 0.5  # "that sees the dog", otherwise "that the dog sees"
SECOND_CLAUSE_SHARE = 0.2
SECOND_SENTENCE_SHARE = 0.5

KINDS = tuple(NOUNS)
VERB_STEMS = tuple(TRANSITIVE)


def _vocabulary():
    words = [PAD, BOS, EOS, UNK, ".", "and", "that"]
    words += list(DETERMINERS) + list(ADJECTIVES)
    words += [form for forms in NOUNS.values() for pair in forms for form in pair]
    words += [form for pair in (*INTRANSITIVE, *TRANSITIVE) for form in pair]
    return words + list(ADVERBS)


VOCABULARY = _vocabulary()
ID = {word: i for i, word in enumerate(VOCABULARY)}


def _shares(options, share=1.0):
    """Normalises (word, weight, state) to probabilities that add up to share; weight 0 is impossible."""
    total = sum(weight for _, weight, _ in options)
    return [(word, share * weight / total, state) for word, weight, state in options if weight > 0]


# A state is a tuple: its name, what the rest of the clause still needs to know, and `at`, which is
# (sentence, clause) counted from zero. A `role` says what the noun phrase being read is for:
#   ("subject",)                 of the clause
#   ("inner", head)              subject inside the relative clause of head
#   ("object", verb, head)       object of verb; head is the waiting subject, or None in the main clause
# A `head` is (number, kind): all that the verb has to know about its subject.

def _determiners(role, at, share=1.0):
    return _shares([(word, weight, ("noun phrase", role, number, at))
                    for word, (weight, number) in DETERMINERS.items()], share)


def _nouns(role, number, adjective, at, share=1.0):
    fits = ADJECTIVES[adjective][1] if adjective else (1.0, 1.0, 1.0)
    wanted = TRANSITIVE[role[1]][1] if role[0] == "object" else (1.0, 1.0, 1.0)
    likely = {"either": (SINGULAR_AFTER_THE, 1 - SINGULAR_AFTER_THE),
              "singular": (1.0, 0.0), "plural": (0.0, 1.0)}[number]
    options = []
    for k, kind in enumerate(KINDS):
        for pair in NOUNS[kind]:
            for n, form in enumerate(pair):
                options.append((form, fits[k] * wanted[k] * likely[n], _after_noun(role, (n, k), at)))
    return _shares(options, share)


def _after_noun(role, noun, at):
    if role[0] == "subject":
        return ("subject read", noun, at)
    if role[0] == "inner":
        return ("inner verb", noun, role[1], at)
    return ("main verb", role[2], at) if role[2] else ("clause read", at)


def _transitive(subject, then, share):
    number, kind = subject
    return _shares([(pair[number], by_subject[kind], then(pair))
                    for pair, (by_subject, _) in TRANSITIVE.items()], share)


def _main_verbs(subject, at, share=1.0):
    number, kind = subject
    return (_shares([(pair[number], weights[kind], ("clause read", at))
                     for pair, weights in INTRANSITIVE.items()], share * INTRANSITIVE_SHARE)
            + _transitive(subject, lambda verb: ("object", ("object", verb, None), at),
                          share * (1 - INTRANSITIVE_SHARE)))


def _clause_end(at, share=1.0):
    sentence, clause = at
    full_stop = ("sentence read", sentence)
    if clause == 1:
        return [(".", share, full_stop)]
    return [("and", share * SECOND_CLAUSE_SHARE, ("clause", (sentence, 1))),
            (".", share * (1 - SECOND_CLAUSE_SHARE), full_stop)]


START = ("clause", (0, 0))
END = ("end",)


@functools.lru_cache(maxsize=None)
def following(state):
    """All that can come next in a state: a tuple of (word, probability, next state)."""
    name, at = state[0], state[-1]
    if name == "clause":
        options = _determiners(("subject",), at)
    elif name == "noun phrase":
        _, role, number, at = state
        options = _shares([(word, weight, ("noun", role, number, word, at))
                           for word, (weight, _) in ADJECTIVES.items()], ADJECTIVE_SHARE)
        options += _nouns(role, number, None, at, 1 - ADJECTIVE_SHARE)
    elif name == "noun":
        _, role, number, adjective, at = state
        options = _nouns(role, number, adjective, at)
    elif name == "subject read":
        head = state[1]
        options = [("that", RELATIVE_CLAUSE_SHARE, ("relative clause", head, at))]
        options += _main_verbs(head, at, 1 - RELATIVE_CLAUSE_SHARE)
    elif name == "relative clause":
        head = state[1]
        options = _transitive(head, lambda verb: ("object", ("object", verb, head), at),
                              SUBJECT_RELATIVE_SHARE)
        options += _determiners(("inner", head), at, 1 - SUBJECT_RELATIVE_SHARE)
    elif name == "inner verb":
        _, inner, head, at = state
        options = _transitive(inner, lambda verb: ("main verb", head, at), 1.0)
    elif name == "main verb":
        options = _main_verbs(state[1], at)
    elif name == "object":
        options = _determiners(state[1], at)
    elif name == "clause read":
        options = _shares([(word, weight, ("adverb read", at)) for word, weight in ADVERBS.items()],
                          ADVERB_SHARE)
        options += _clause_end(at, 1 - ADVERB_SHARE)
    elif name == "adverb read":
        options = _clause_end(at)
    elif name == "sentence read":
        if state[1] == 1:
            options = [(EOS, 1.0, END)]
        else:
            options = [(EOS, 1 - SECOND_SENTENCE_SHARE, END)]
            options += _determiners(("subject",), (1, 0), SECOND_SENTENCE_SHARE)
    elif state == END:
        options = []
    else:
        raise ValueError(f"no such state: {state}")
    words = [word for word, _, _ in options]
    assert len(set(words)) == len(words), f"ambiguous: {state}"
    assert not options or abs(sum(p for _, p, _ in options) - 1) < 1e-12, state
    return tuple(options)


def state_after(words):
    """The state after a prefix (words without <bos>); a prefix outside the grammar is an error."""
    state = START
    for i, word in enumerate(words):
        state = {w: s for w, _, s in following(state)}.get(word)
        if state is None:
            raise ValueError(f"'{word}' cannot follow '{' '.join(words[:i])}'")
    return state


def true_next(words):
    """P(next word | prefix), impossible words left out, most likely first."""
    options = sorted(following(state_after(words)), key=lambda option: -option[1])
    return {word: p for word, p, _ in options}


def log_probability(words):
    """Natural logarithm of the probability of a whole document, <eos> included."""
    total, state = 0.0, START
    for word in words:
        p, state = {w: (p, s) for w, p, s in following(state)}[word]
        total += np.log(p)
    return total


@functools.lru_cache(maxsize=None)
def expected_length(state=START):
    """Expected number of tokens from here to the end, <eos> included. The automaton has no cycles."""
    return sum(p * (1 + expected_length(s)) for _, p, s in following(state))


@functools.lru_cache(maxsize=None)
def entropy(state=START):
    """Exact entropy, in nats, of the rest of the document."""
    return sum(p * (-np.log(p) + entropy(s)) for _, p, s in following(state))


@functools.lru_cache(maxsize=None)
def longest(state=START):
    return max((1 + longest(s) for _, _, s in following(state)), default=0)


class Table:
    """The automaton as arrays, to sample many documents at once."""

    def __init__(self):
        index, queue = {START: 0}, [START]
        for state in queue:
            for _, _, target in following(state):
                if target not in index:
                    index[target] = len(queue)
                    queue.append(target)
        self.states = queue
        self.index = index
        self.probability = np.zeros((len(queue), len(VOCABULARY)))
        self.target = np.full((len(queue), len(VOCABULARY)), -1)
        for i, state in enumerate(queue):
            for word, p, target in following(state):
                self.probability[i, ID[word]] = p
                self.target[i, ID[word]] = index[target]
        self.end = index[END]

    def sample(self, rng, count, length, emphasis=None):
        """Draws documents: tokens [count, length] without <bos>, padded, and the state before each.

        emphasis multiplies the chance of words, to visit rare constructions more often; the
        probabilities that a state stands for stay the true ones.
        """
        p = self.probability if emphasis is None else self.probability * emphasis
        cumulative = np.cumsum(p, axis=1)
        tokens = np.full((count, length), ID[PAD])
        states = np.full((count, length), self.end)
        state = np.zeros(count, dtype=int)
        for t in range(length):
            states[:, t] = state
            live = state != self.end
            if not live.any():
                break
            rows = cumulative[state[live]]
            draw = rng.random(live.sum()) * rows[:, -1]
            word = (rows <= draw[:, None]).sum(axis=1)
            tokens[live, t] = word
            state[live] = self.target[state[live], word]
        return tokens, states
