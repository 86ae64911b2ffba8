"""What a thing of ours bears or changes, and what was only looked into. Each quoted, or empty."""

from __future__ import annotations

from okrkit.language.clauses import Clause
from okrkit.language.phrases import noun_phrase
from okrkit.language.verbs import VERBS
from okrkit.language.words import ARTICLES, BE, PREPOSITIONS, THIRD_PARTIES, word_set

from . import predicates
from .kinds import BETTER


def carries(clause: Clause, start: int) -> tuple[str, str] | None:
    """`the server handles 40 users`, `the site supports 900 visits an hour`: how much it bears."""
    for number in clause.measures:
        place = clause.place(number)
        if place > start + 1 and clause.words[place - 1] in _BEARS:
            borne = noun_phrase(clause.words, place + 1)
            people = not THIRD_PARTIES.isdisjoint(clause.words[place + 1 : place + 3])
            if people or borne.is_count or borne.is_metric:
                return clause.words[place - 2], clause.words[place - 1]
    return None


_BEARS = word_set("handles handle supports support serves serve withstands withstand bears bear")


def changes_something(clause: Clause, start: int) -> str:
    """`the town halls will raise attendance by a fifth`: a thing of ours, and what it changes."""
    words = clause.words
    for place in range(start + 1, min(len(words) - 1, start + _SOON_AFTER)):
        verb = VERBS.get(words[place])
        if words[place - 1] in _NO_SUBJECT or verb is None or verb.kind not in BETTER:
            continue
        if verb.form in {"base", "s"} and predicates.of_a_metric(words, place + 1):
            return words[place]
    return ""


_SOON_AFTER = 9
_NO_SUBJECT = PREPOSITIONS | ARTICLES | {"to", "can", "that", "which", "who"}


def looked_into(clause: Clause, start: int) -> str:
    """`demand for lessons has been assessed`: a metric that was looked at, not moved."""
    for place in range(start + 1, len(clause.words)):
        if clause.words[place] in _LOOKED_INTO and clause.words[place - 1] in BE:
            return clause.words[place]
    return ""


_LOOKED_INTO = word_set(
    """analysed analyzed assessed audited calculated captured defined documented estimated
    evaluated investigated mapped researched reviewed surveyed tracked understood"""
)
