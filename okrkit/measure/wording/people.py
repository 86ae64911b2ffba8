"""What people do in a clause: those outside with what was made, our own in another way."""

from __future__ import annotations

from okrkit.language.clauses import Clause
from okrkit.language.phrases import Phrase, noun_phrase
from okrkit.language.verbs import NOUN_FORMS, USES, VERBS
from okrkit.language.words import (
    ADVERBS,
    ARTEFACTS,
    BE,
    BEHAVES,
    DETERMINERS,
    INTERNALS,
    JOINERS,
    METRICS,
    NOT_PEOPLE,
    NOUNS_TOO,
    PLURALS,
    PREPOSITIONS,
    QUALITIES,
    THIRD_PARTIES,
    word_set,
)

from .evidence import Sign

_REACH_OF_A_SUBJECT = 7
_TAKEN_UP = word_set(
    "used adopted chosen trusted recommended visited read seen watched viewed downloaded attended"
)


def third_party_use(clause: Clause) -> Sign | None:
    """`12 customers use …`: people outside do something with what was made."""
    words, subject = clause.words, -1
    for place, word in enumerate(words):
        if word in {",", "which"}:
            subject = -1
        elif word in {"feel", "feels"} and place:
            return Sign("others_feel", (words[place - 1], word))
        elif _is_outsider(words, place) and _ends_a_phrase(words, place):
            subject = place
        elif subject >= 0 and _does(words, place, subject):
            return Sign("others_do", (words[subject], word))
    return None


def is_untold(clause: Clause, phrase: Phrase) -> bool:
    """Whether nothing is said of the thing named, unlike in `a form that 40 readers fill`."""
    return clause.words[phrase.end : phrase.end + 1] not in _TOLD_OF


_TOLD_OF = {(word,) for word in ("that", "which", "used", "to", "in", "at")}


def taken_up(clause: Clause) -> Sign | None:
    """`adopted by 12 towns`, `is used 55 % of the week`."""
    words = clause.words
    for place, word in enumerate(words):
        if words[place + 1 : place + 2] == ("by",) and _by_others(clause, place):
            return Sign("taken_up", (f"{word} by",))
        if word in _TAKEN_UP and clause.measures and place and words[place - 1] in BE:
            return Sign("moved", (word,))
    return None


def takes_up(clause: Clause, place: int) -> bool:
    """Whether `adopted by 12 towns` stands at `place`."""
    words = clause.words[place : place + 2]
    return words[1:] == ("by",) and words[0] in _TAKEN_UP and _by_others(clause, place)


def _by_others(clause: Clause, place: int) -> bool:
    """`adopted by 12 towns`, `20 talks offered by members`, not `adopted by the end of May`."""
    verb = VERBS.get(clause.words[place])
    phrase = noun_phrase(clause.words, place + 2)
    if verb is None or phrase.head in _TIMES or not phrase.words:
        return False
    if clause.words[place] in _TAKEN_UP:
        return not phrase.is_internal or bool(clause.measures)
    if phrase.is_internal:
        return False
    others = phrase.head in THIRD_PARTIES or phrase.is_count
    return verb.form == "ed" and others and bool(clause.measures)


def _does(words: tuple[str, ...], place: int, subject: int) -> bool:
    """Whether the word at `place` is what the people at `subject` do."""
    verb, plural = VERBS.get(words[place]), is_plural(words[subject])
    if plural and words[place] in _NAMES_IN_S:  # analysts hand out reports
        return False
    if words[place] in USES and _is_predicate(words, place, subject):
        return True
    between = words[subject + 1 : place]
    if words[subject] in _BROUGHT_THINGS or (
        words[place] in NOUNS_TOO and not _leads_on(words, place)
    ):
        return False
    active = verb is not None and verb.form == "base" and words[place] not in PREPOSITIONS
    active = active or (place == subject + 1 and _is_unknown_verb(words, place))
    return active and plural and all(w in _ADVERBIAL for w in between)


def _leads_on(words: tuple[str, ...], place: int) -> bool:
    """Whether something follows that a verb has: `visit the museum`, `rally for us`."""
    following = words[place + 1 : place + 2]
    return bool(following) and following[0][0].isalnum() and following[0] not in _NO_OBJECT


_NO_OBJECT = BE | JOINERS | {"of"}
_NAMES_IN_S = NOUN_FORMS | {verb for verb in USES if verb.endswith("s") and verb[:-1] in NOUNS_TOO}
#: what others bring is handled, it does nothing
_BROUGHT_THINGS = word_set(
    """applications calls cases deals deliveries downloads incidents invoices issues opportunities
    payments projects queries registrations repositories requests sessions tickets visits"""
)


def _is_unknown_verb(words: tuple[str, ...], place: int) -> bool:
    """`customers rave about us`: a word we do not know, where something follows it."""
    following = words[place + 1 : place + 2]
    if words[place] in _NO_VERB or not words[place].isalpha():
        return False
    return bool(following) and following[0] in _AFTER_A_VERB


def is_plural(word: str) -> bool:
    """Several people: `tenants`, `children`, `half`."""
    return word in PLURALS or (word.endswith("s") and not word.endswith("ss"))


def served(clause: Clause, start: int) -> str:
    """`each family receives a starter pack`, `residents can report …`: what we give or allow."""
    words = clause.words
    for place in range(start + 1, min(start + _REACH_OF_A_SUBJECT, len(words))):
        if words[place] in PREPOSITIONS or clause.measures:
            return ""
        if words[place] in _RECEIVES:
            return words[place]
        if words[place] in _TAKES_PART and words[start] in _EVERY:
            return words[place]
    return ""


_RECEIVES = word_set("receive receives get gets have has see sees own owns undergo undergoes")
_TAKES_PART = word_set("participate participates attend attends complete completes")
_EVERY = word_set("all each every")
_TIMES = word_set("end date deadline year month quarter summer winter spring autumn")


def own_people_behave(clause: Clause) -> Sign | None:
    """`team members rely on …`: own people behave in another way."""
    for place, word in enumerate(clause.words):
        if word in INTERNALS:
            plural = is_plural(word)
            near = clause.words[place + 1 : place + 4]
            told = [w for w in near if w in BEHAVES and not (plural and w in _NAMES_IN_S)]
            if told:
                return Sign("own_behave", (word, told[0]))
    return None


def _is_outsider(words: tuple[str, ...], place: int) -> bool:
    """Customers, tenants, external experts; by its ending also a word we never met."""
    word = words[place]
    if word not in PEOPLE and not word.endswith(_PEOPLE_ENDINGS):
        return False
    if place and words[place - 1] in {"external", "outside"} and word in INTERNALS:
        return True
    if place and words[place - 1] in _WHOSE_MEMBERS:
        return False
    if word in THIRD_PARTIES:
        return True
    return word.endswith(_PEOPLE_ENDINGS) and word not in _NEVER_PEOPLE


PEOPLE = THIRD_PARTIES | INTERNALS
_WHOSE_MEMBERS = word_set("board staff team crew council committee faculty sales project")
_PEOPLE_ENDINGS = ("ers", "ors", "ists", "ants", "ees", "ians")
_NEVER_PEOPLE = NOT_PEOPLE | INTERNALS | ARTEFACTS | METRICS | VERBS.keys()
_KNOWN_NOUNS = ARTEFACTS | METRICS | QUALITIES | NOT_PEOPLE | INTERNALS | THIRD_PARTIES
_AFTER_A_VERB = (PREPOSITIONS | DETERMINERS | {"us"}) - {"of"}
_ADVERBIAL = ADVERBS | word_set("no longer often always never still themselves both each now who")


def _ends_a_phrase(words: tuple[str, ...], place: int) -> bool:
    """`customers use`, and not `customer satisfaction`."""
    following = words[place + 1 : place + 2]
    if not following or not following[0][0].isalpha() or following[0] in _AFTER_PEOPLE:
        return True
    verb = VERBS.get(following[0])
    if verb is None:
        return is_plural(words[place]) and _is_unknown_verb(words, place + 1)
    return verb.form == "base" and is_plural(words[place])


_NO_VERB = _KNOWN_NOUNS | BE | PREPOSITIONS | ADVERBS | JOINERS | DETERMINERS | USES
_AFTER_PEOPLE = BE | PREPOSITIONS | ADVERBS | JOINERS | USES


def _is_predicate(words: tuple[str, ...], place: int, subject: int) -> bool:
    before = words[place - 1]
    if (
        before in {"the", "a", "an", "of", "for", "on", "in"}
        or place - subject > _REACH_OF_A_SUBJECT
    ):
        return False
    if words[place].endswith("ing"):
        return (
            before in BE
            or before in {"actively", "regularly", "not", "now", "and"}
            or (place - subject == 1)
        )
    return not (set(words[subject + 1 : place]) & {"to", "for", "with", "by", "can"})
