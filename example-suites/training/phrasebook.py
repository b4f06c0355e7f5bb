"""Three tasks over sentences of the grammar: translate them into German, answer questions, summarise.

Everything is derived from the sentence's structure, which `clauses` reads back from its words:

  translate    "every dog that the cats see sleeps today ." -> "jeder Hund , den die Katzen sehen , schläft
               heute ." German nouns have a gender, articles and adjectives agree in gender, number and
               case, a relative clause has its verb at the end and commas around it, and the adverb stands
               before the object, or at the beginning with the verb before the subject
  question     "who chases the cat ?" over two or three short clauses -> "the big dog"
  summarize    a document -> what is left without articles, adjectives, adverbs and relative clauses

A translator has choices (where the adverb goes, "viele" or "zahlreiche"), so no model can always agree
with the reference: a BLEU of 100 is out of reach, as it is for real languages.
"""
import collections

import numpy as np

import grammar

NounPhrase = collections.namedtuple("NounPhrase", "determiner adjective noun number")
Relative = collections.namedtuple("Relative", "subject verb object")  # of subject and object, one is None
Clause = collections.namedtuple("Clause", "subject relative verb object adverb")

NUMBER = {form: n for pairs in grammar.NOUNS.values() for pair in pairs for n, form in enumerate(pair)}
STEM = {form: pair[1] for pair in (*grammar.TRANSITIVE, *grammar.INTRANSITIVE) for form in pair}
TRANSITIVE = {form for pair in grammar.TRANSITIVE for form in pair}

MASCULINE, FEMININE, NEUTER, PLURAL = range(4)
GERMAN_NOUNS = {  # singular: (gender, nominative, accusative, plural)
    "child": (NEUTER, "Kind", "Kind", "Kinder"), "teacher": (FEMININE, "Lehrerin", "Lehrerin", "Lehrerinnen"),
    "sailor": (MASCULINE, "Matrose", "Matrosen", "Matrosen"), "dog": (MASCULINE, "Hund", "Hund", "Hunde"),
    "cat": (FEMININE, "Katze", "Katze", "Katzen"), "horse": (NEUTER, "Pferd", "Pferd", "Pferde"),
    "boat": (NEUTER, "Boot", "Boot", "Boote"), "train": (MASCULINE, "Zug", "Zug", "Züge")}
SINGULAR_OF = {form: pair[0] for pairs in grammar.NOUNS.values() for pair in pairs for form in pair}

# For masculine, feminine, neuter and plural; only the masculine tells the accusative apart.
ARTICLES = {"the": ("der", "die", "das", "die"), "a": ("ein", "eine", "ein", None),
            "every": ("jeder", "jede", "jedes", None), "this": ("dieser", "diese", "dieses", None),
            "these": (None, None, None, "diese"), "two": (None, None, None, "zwei"),
            "many": (None, None, None, "viele")}
ACCUSATIVE = {"der": "den", "ein": "einen", "jeder": "jeden", "dieser": "diesen"}
ADJECTIVES = {"small": "klein", "big": "groß", "red": "rot", "happy": "glücklich", "quiet": "still",
              "tired": "müd"}
VERBS = {"sleep": ("schläft", "schlafen"), "sing": ("singt", "singen"), "run": ("rennt", "rennen"),
         "wait": ("wartet", "warten"), "stop": ("hält", "halten"), "see": ("sieht", "sehen"),
         "help": ("unterstützt", "unterstützen"), "follow": ("verfolgt", "verfolgen"),
         "chase": ("jagt", "jagen")}
ADVERBS = {"slowly": "langsam", "today": "heute", "again": "wieder"}
ADVERB_FIRST_SHARE = 0.15
MANY_SHARE = 0.15  # of "zahlreiche"

TASK_WORDS = ("translate", "question", "context", "summarize", ":", "?", ",", "who", "do", "does")


def clauses(words):
    """The clauses of a document, sentence by sentence, read back from its words."""
    words = collections.deque(words)
    sentences = [[]]

    def phrase():
        determiner = words.popleft()
        adjective = words.popleft() if words[0] in grammar.ADJECTIVES else None
        noun = words.popleft()
        return NounPhrase(determiner, adjective, noun, NUMBER[noun])

    while words and words[0] != grammar.EOS:
        subject, relative = phrase(), None
        if words[0] == "that":
            words.popleft()
            if words[0] in TRANSITIVE:
                relative = Relative(None, words.popleft(), phrase())
            else:
                relative = Relative(phrase(), words.popleft(), None)
        verb = words.popleft()
        thing = phrase() if verb in TRANSITIVE else None
        adverb = words.popleft() if words[0] in grammar.ADVERBS else None
        sentences[-1].append(Clause(subject, relative, verb, thing, adverb))
        if words.popleft() == "." and words and words[0] != grammar.EOS:
            sentences.append([])
    return sentences


def english(phrase):
    return [word for word in phrase[:3] if word]


# ---- translation ------------------------------------------------------------------------------------

def german_phrase(phrase, accusative, rng):
    gender, nominative, as_object, plural = GERMAN_NOUNS[SINGULAR_OF[phrase.noun]]
    kind = PLURAL if phrase.number else gender
    article = ARTICLES[phrase.determiner][kind]
    if accusative:
        article = ACCUSATIVE.get(article, article)
    if phrase.determiner == "many" and rng.random() < MANY_SHARE:
        article = "zahlreiche"
    noun = plural if phrase.number else as_object if accusative else nominative
    if not phrase.adjective:
        return [article, noun]
    if kind == MASCULINE and accusative:
        ending = "en"
    elif kind == PLURAL:
        ending = "en" if phrase.determiner in ("the", "these") else "e"
    elif phrase.determiner == "a":
        ending = ("er", "e", "es")[kind]
    else:
        ending = "e"
    return [article, ADJECTIVES[phrase.adjective] + ending, noun]


def german_clause(clause, rng):
    subject = german_phrase(clause.subject, False, rng)
    if clause.relative:
        kind = PLURAL if clause.subject.number else GERMAN_NOUNS[SINGULAR_OF[clause.subject.noun]][0]
        pronoun = ARTICLES["the"][kind]
        relative = clause.relative
        if relative.object:
            inside = [pronoun, *german_phrase(relative.object, True, rng)]
            number = clause.subject.number
        else:
            inside = [ACCUSATIVE.get(pronoun, pronoun), *german_phrase(relative.subject, False, rng)]
            number = relative.subject.number
        subject += [",", *inside, VERBS[STEM[relative.verb]][number], ","]
    verb = [VERBS[STEM[clause.verb]][clause.subject.number]]
    thing = german_phrase(clause.object, True, rng) if clause.object else []
    adverb = [ADVERBS[clause.adverb]] if clause.adverb else []
    if adverb and rng.random() < ADVERB_FIRST_SHARE:
        return adverb + verb + subject + thing
    return subject + verb + adverb + thing


def translation(sentence, rng):
    words = german_clause(sentence[0], rng)
    for clause in sentence[1:]:
        words += ["und", *german_clause(clause, rng)]
    return [*(words[:-1] if words[-1] == "," else words), "."]


# ---- questions --------------------------------------------------------------------------------------

def question(document, rng):
    """(context, question, answer), or None where the context would leave the answer open."""
    simple = [c for sentence in document for c in sentence]
    if not 2 <= len(simple) <= 3 or len({STEM[c.verb] for c in simple}) < len(simple):
        return None
    context = []
    for c in simple:
        context += english(c.subject) + [c.verb] + (english(c.object) if c.object else []) + ["."]
    asked = simple[rng.integers(len(simple))]
    if asked.object and rng.random() < 0.5:
        does = "do" if asked.subject.number else "does"
        return context, ["who", does, *english(asked.subject), STEM[asked.verb], "?"], english(asked.object)
    # "who" is singular in English: who chases the cat? The dogs.
    singular = next(pair[0] for pair in (*grammar.TRANSITIVE, *grammar.INTRANSITIVE)
                    if pair[1] == STEM[asked.verb])
    return context, ["who", singular, *(english(asked.object) if asked.object else []), "?"], \
        english(asked.subject)


# ---- summaries --------------------------------------------------------------------------------------

def summary(document):
    words = []
    for sentence in document:
        for i, c in enumerate(sentence):
            words += ["and"] * (i > 0) + [c.subject.noun, c.verb] + ([c.object.noun] if c.object else [])
        words.append(".")
    return words


def vocabulary():
    german = set(ADVERBS.values()) | {"und", "zahlreiche"} | set(ACCUSATIVE.values())
    german |= {word for forms in ARTICLES.values() for word in forms if word}
    german |= {stem + ending for stem in ADJECTIVES.values() for ending in ("e", "en", "er", "es")}
    german |= {form for forms in VERBS.values() for form in forms}
    german |= {form for _, *forms in GERMAN_NOUNS.values() for form in forms}
    return [*grammar.VOCABULARY, *TASK_WORDS, *sorted(german - set(grammar.VOCABULARY))]


def documents(rng, count):
    tokens, _ = grammar.Table().sample(rng, count, grammar.longest())
    for row in tokens:
        yield [grammar.VOCABULARY[i] for i in row if i != grammar.ID[grammar.PAD]]


def examples(rng, count, longest=56):
    """(task, fields, source, target), words as lists; the same sentence may come again."""
    for words in documents(rng, count):
        document = clauses(words)
        sentence = document[0]
        plain = words[:words.index(".") + 1]
        yield "translation", {}, ["translate", ":", *plain], translation(sentence, rng)
        asked = question(document, rng)
        if asked:
            context, ask, answer = asked
            yield ("question", {"context": context, "question": ask},
                   ["question", ":", *ask, "context", ":", *context], answer)
        if len(words) - 1 <= longest - 2 and len(document) == 2:
            yield "summary", {}, ["summarize", ":", *words[:-1]], summary(document)


if __name__ == "__main__":
    for task, _, source, target in examples(np.random.default_rng(1), 8):
        print(f"{' '.join(source)}\n  {' '.join(target)}")
