"""Comparisons in a clause: fewer, more, twice as many, a faster start. Each quoted, or empty."""

from __future__ import annotations

from okrkit.language.clauses import Clause
from okrkit.language.phrases import noun_phrase
from okrkit.language.verbs import VERBS
from okrkit.language.words import ADJECTIVES_OF_MORE, ARTEFACTS, COMPARATIVES, MISHAPS, word_set

_NEAR = 4
_FEWER_OR_MORE = word_set("fewer less more")
_FEWER = frozenset({"fewer", "less", "no", "zero"})


def compared(clause: Clause, start: int) -> str:
    """`fewer orders go …`, `more schools …`, `no claims in …`: a change or level of a thing."""
    first, following = (*clause.words[start : start + 2], "", "")[:2]
    if _COMPARING.isdisjoint(clause.words):
        return ""
    than = _is_more(clause, start) or _as_many(clause.words)
    if than:
        return than
    fewer = next((word for word in clause.words[start:] if word in _FEWER_OR_MORE), "")
    if fewer and any(number.unit == "%" for number in clause.measures):
        return fewer
    for place in range(start + 1, len(clause.words) - 1):  # users finish in less time
        near = clause.words[place - 1 : place + 2]
        if near[0] in {"in", "with", "at", "need", "needs"} and near[1] in {"less", "fewer"}:
            return f"{near[1]} {near[2]}"
    if (first, following) == ("fewer", "than"):
        return "fewer than"
    if not following[:1].isalpha() or following in COMPARATIVES:
        return ""
    plural = following.endswith("s") and following not in ARTEFACTS and following not in VERBS
    less = first == "fewer" or (first in _FEWER and _is_no_deliverable(clause, start + 1))
    return f"{first} {following}" if less or (first == "more" and plural) else ""


def _is_no_deliverable(clause: Clause, start: int) -> bool:
    """`rejections`, and `failed builds`: what one wants none of."""
    phrase = noun_phrase(clause.words, start)
    return not phrase.is_artefact or not MISHAPS.isdisjoint(phrase.words)


def _is_more(clause: Clause, start: int) -> str:
    """`is shorter`, `is 5 points lower`, `has a faster start`: said of what the clause is about."""
    words = clause.words
    for place in range(start + 2, len(words)):
        near = words[max(start + 1, place - _NEAR) : place]
        if words[place] in _OF_QUALITY and not _SAID_OF_A_SUBJECT.isdisjoint(near):
            return words[place]
    return ""


def _as_many(words: tuple[str, ...]) -> str:
    """`twice as many letters`, `three times more calls`."""
    for place, word in enumerate(words[:-1]):
        if word in {"twice", "times"} and words[place + 1] in {"as", "more", "fewer"}:
            return f"{word} {words[place + 1]}"
    return ""


_OF_QUALITY = ADJECTIVES_OF_MORE - _FEWER_OR_MORE
_COMPARING = _OF_QUALITY | _FEWER_OR_MORE | _FEWER | {"twice", "times"}
_SAID_OF_A_SUBJECT = word_set("is are was were has have becomes become gets feels")
