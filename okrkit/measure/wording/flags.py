"""Whether a key result is vague, and whether it holds several targets."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from okrkit.language.clauses import Clause, leading_verb
from okrkit.language.phrases import changes_rhythm
from okrkit.language.verbs import NOUN_FORMS, VERBS
from okrkit.language.words import (
    ADJECTIVES_OF_MORE,
    ADVERBS,
    DETERMINERS,
    FINISHED,
    INNER,
    MATTERS_OF_TASTE,
    NOUNS_TOO,
    PREPOSITIONS,
    SOFT,
    word_set,
)

from .evidence import Sign
from .kinds import BETTER, HEALTH, OUTCOME, UNCLEAR, ClauseKind

_MAIN = frozenset({"first", "next"})
_CERTAIN = frozenset({"others_do", "own_behave", "taken_up", "handled"})
_OPEN = MATTERS_OF_TASTE | (ADJECTIVES_OF_MORE - word_set("longer higher"))
_BETWEEN_TARGETS = word_set("and & , ; plus + while")
_LEADING_IN = word_set("by until before after from as at in on")
_LEADING_IN_MAX = 5
_NO_MORE = word_set("any no once one two")
_OF_ITS_OWN = 2  # words beside the verb that a target of its own has
_JOINED = word_set("and & ;")
_RELATIVE = word_set("that which who where to for of with")
_IS = word_set("is are was were has have do does can")
_BETWEEN_THINGS = word_set("and & + plus then , ; - but")
_AND_ALSO = word_set("and & + ,")
_NO_VERB = PREPOSITIONS | ADVERBS | DETERMINERS | _RELATIVE | _IS | word_set("this that so not")
_AFTER_AN_ORDER = word_set(
    "the a an all its their our his her those these every each what who down back off out"
)
_DONE = FINISHED | word_set("shown paid taken lost redone put")
_ASIDE = word_set("which that or towards toward thereof i.e e.g")
_SAME_THING = word_set("that which who where with ones those what its")
_REMARKS = word_set("tbc tbd was were currently today either note")
_THAT_SAME = word_set("them it the a an its their all each this these")
_EMBEDDED = _ASIDE | word_set("what how whether who where if when")


class JudgedClause(NamedTuple):
    """A clause with its kind."""

    clause: Clause
    judgement: ClauseKind

    @property
    def measured(self) -> bool:
        """Whether it holds a number that decides."""
        return bool(self.clause.measures)


def is_vague(judged: Sequence[JudgedClause], decided: ClauseKind) -> bool:
    """Whether two people could disagree at the end if it was done.

    A number settles it, unless the words beside it are matters of taste. Without one, an outcome
    or a promise to improve is vague; a deliverable is, when it is `adequate` or `as needed`.
    """
    if not judged or any(part.measured for part in judged):
        return False
    words = judged[0].clause.words
    if words[0] == "no" or "than" in words or _never(words) or changes_rhythm(words):
        return False
    if any(_is_open(part.clause.words) for part in judged):
        return True
    if decided.kind in {OUTCOME, HEALTH, UNCLEAR}:
        return not any(_certain(sign) for sign in decided.signs)
    verb = leading_verb(words)[0]
    more = [part for part in judged[1:] if part.clause.link in _MAIN]
    if verb is not None and verb.kind in BETTER and verb.form != "ed" and not more:
        return True
    alone = sum(part.clause.link != "aside" for part in judged) == 1
    if verb is None or verb.form != "base" or not alone:
        return False
    return verb.base in SOFT or verb.kind == "keep"


def _is_open(words: Sequence[str]) -> bool:
    """`a clearer form`, `answer more often`; not `any more`."""
    return any(word in _OPEN and before not in _NO_MORE for before, word in pairwise(("", *words)))


def _never(words: Sequence[str]) -> bool:
    """`backups do not fail`: one that does settles it."""
    return any(pair in _NOT_AT_ALL for pair in pairwise(words))


_NOT_AT_ALL = {("do", "not"), ("does", "not"), ("no", "longer")}


def _certain(sign: Sign) -> bool:
    """Whether it can be seen that others do something; whether they trust it cannot."""
    return sign.rule in _CERTAIN and INNER.isdisjoint(sign.words)


def is_compound(clauses: Sequence[Clause]) -> bool:
    """Whether two or more targets could be graded separately.

    Clauses with an object of their own are targets of their own (`design and launch the page` is
    one), and so are two numbers joined by `and`.
    """
    main = [clause for clause in clauses if clause.link in _MAIN]
    alone = [clause for clause in main if _stands_alone(clause)]
    if len(alone) > 1 and any(not _goes_on(clause, alone[0]) for clause in alone[1:]):
        return True
    if any(clause.link == "guard" and clause.measures for clause in clauses):
        return True
    return any(
        _two_numbers(clause)
        or _two_orders(clause)
        or _two_states(clause)
        or _two_things_done(clause)
        for clause in main
    )


def _stands_alone(clause: Clause) -> bool:
    """Whether a clause has something to be graded by: an object, a number."""
    if clause.link != "first" and not _REMARKS.isdisjoint(clause.words):
        return False
    if clause.words[0] in _LEADING_IN and len(clause.words) <= _LEADING_IN_MAX:
        return False  # By 30 June, put …
    verb, start = leading_verb(clause.words)
    own = [word for word in clause.words[start if verb else 0 :] if word[0].isalnum()]
    return len(own) >= _OF_ITS_OWN or bool(clause.measures)


def _goes_on(clause: Clause, first: Clause) -> bool:
    """`…, covering all sites`, `users can find a form and fill it in`: more of the same."""
    verb = leading_verb(clause.words)[0]
    if verb is None or clause.link != "next" or clause.words[0] not in VERBS:
        return False
    said = leading_verb(first.words)[0] is None and not _IS.isdisjoint((*first.words, verb.base))
    return verb.form == "ing" or verb.form == "base" and said


def _two_numbers(clause: Clause) -> bool:
    """`20 % of sales and 10 % of visits`; not `from 5 to 7`, `all 9 have taken 1 course`."""
    places = [clause.place(n) for n in clause.measures if n.role != "baseline"]
    places = [place for place in places if not _is_part(clause.words, place)]
    if any(_joins_a_kind(clause.words, place) for place in places):
        return True
    for left, right in pairwise(places):
        between = set(clause.words[left + 1 : right])
        if between & _BETWEEN_TARGETS and not between & _ASIDE:
            return True
    return False


def _joins_a_kind(words: Sequence[str], place: int) -> bool:
    """`a mason & 2 joiners`, `two nurses and a porter`: what is counted, and another thing."""
    if words[place - 1] in _JOINED:
        return place > _OF_ITS_OWN and words[place - 2] not in _IS | PREPOSITIONS
    ahead = words[place + 1 : place + 6]
    return any(one in _JOINED and two in {"a", "an"} for one, two in pairwise(ahead))


def _is_part(words: Sequence[str], place: int) -> bool:
    """`, half of them women`: no target beside the number it is a part of."""
    return words[place].isalpha() and words[place + 1 : place + 3] == ("of", "them")


def _two_orders(clause: Clause) -> bool:
    """`merge the old lists and scrap the second`, whether or not the second verb is known."""
    words = clause.words
    verb, start = leading_verb(words)
    if verb is None or verb.form != "base":
        return False
    return any(
        words[place] in _AND_ALSO and _is_order(words[place + 1 : place + 4])
        for place in range(start + _OF_ITS_OWN, len(words) - 2)
        if words[place - 2] != "to" or words[place - 1] not in VERBS  # the time to find and mend
    )


def _is_order(words: Sequence[str]) -> bool:
    """`scrap the second`, `test it twice`, `mend old roofs`; not `test it`, `support quality`."""
    first, following = words[:2]
    if not first[0].isalpha() or first in _NO_VERB:
        return False
    if following in _AFTER_AN_ORDER or len(words) == _OF_ITS_OWN:
        return following in _AFTER_AN_ORDER
    if following in _THAT_SAME:
        return True
    verb = VERBS.get(first)
    named = not following[0].isalpha() or following in _NO_VERB | {"and", "or"}
    return verb is not None and verb.form == "base" and not named and words[2][0].isalpha()


def _two_states(clause: Clause) -> bool:
    """`parents are told and the hall is open`."""
    words = clause.words
    for place, word in enumerate(words):
        if word not in _JOINED or place <= _OF_ITS_OWN:
            continue
        said, rest = words[:place], [word for word in words[place + 1 :] if word not in ADVERBS]
        if not _says(said):  # tools, forms and plans are kept
            continue
        if len(rest) <= _OF_ITS_OWN:
            continue
        if _has_subject(rest) and _EMBEDDED.isdisjoint(said):
            return True
        if _is_said(rest[0], rest[1]) and rest[1] in _THAT_SAME and _says(said):
            return True
        if _is_done(rest[0]) and any(_is_done(word) for word in said[:-_OF_ITS_OWN]):
            return True
    return False


def _two_things_done(clause: Clause) -> bool:
    """`modules versioned, drift detection switched on`: a thing and what was done to it, twice."""
    if _BETWEEN_THINGS.isdisjoint(clause.words):
        return False
    done = begun = 0
    for place, word in enumerate((*clause.words, ",")):
        if word in _BETWEEN_THINGS:
            done += _says_done([one for one in clause.words[begun:place] if one not in ADVERBS])
            begun = place + 1
    return done > 1


def _says_done(words: Sequence[str]) -> bool:
    """`the old lists merged`; not `with the lists merged`, `those merged`."""
    for place, word in enumerate(words):
        if word in _SAME_THING:
            return False
        if place and _is_done(word) and words[place - 1] not in PREPOSITIONS:
            return True
    return False


def _is_done(word: str) -> bool:
    verb = VERBS.get(word)
    if verb is not None and word not in _DONE:
        return verb.form == "ed"
    return word in _DONE or word.endswith("ed") and not word.endswith("-based")


def _says(words: Sequence[str]) -> bool:
    """Whether something is said of a thing: `parents are told`, `stalls sold`, `prices fall`."""
    return any(
        word in _IS or _is_done(word) or _is_said(word, following)
        for word, following in pairwise((*words, ""))
    )


def _is_said(word: str, following: str) -> bool:
    """`scales smoothly`, `prints the bill`: unlike `scales` and `prints`."""
    verb = VERBS.get(word)
    if verb is None or verb.form != "s" or word in NOUN_FORMS:
        return False
    leads_on = following in _THAT_SAME | DETERMINERS or following.endswith("ly")
    return leads_on or verb.base not in NOUNS_TOO


def _has_subject(words: Sequence[str]) -> bool:
    """`the hall is open`: a subject of its own before the first form of to be."""
    place = next((at for at, word in enumerate(words) if word in _IS), 0)
    return 0 < place < len(words) - 1 and _RELATIVE.isdisjoint(words[:place])
