"""The kinds of a key result, and what is said of the words that decide."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from okrkit.language.clauses import Clause
from okrkit.language.numbers import CURRENCIES
from okrkit.language.phrases import Phrase
from okrkit.language.words import THIRD_PARTIES, THIRD_PARTY_COUNTS

from .evidence import Sign

OUTCOME = "outcome"
OUTPUT = "output"
MILESTONE = "milestone_outcome"
HEALTH = "health_metric"
UNCLEAR = "unclear"

DEFAULT, WORDED, FIRM = 1, 2, 3
BETTER = frozenset({"change", "improve"})  #: verbs of something that moves or gets better
_RELATIVE = frozenset({"%", "percent", "per-cent", "pp", "x", "points", "point", "fold"})


class ClauseKind(NamedTuple):
    """The kind of a clause, how firmly its words say so, and which words."""

    kind: str
    firmness: int  #: DEFAULT, WORDED or FIRM
    signs: tuple[Sign, ...] = ()


def is_relative(clause: Clause) -> bool:
    """By a percentage, or from here to there: then even an artefact is measured."""
    return any(n.unit in _RELATIVE or n.role == "baseline" for n in clause.measures)


def is_share(clause: Clause) -> bool:
    """By a percentage, in money, or per visitor: more than how many deliverables there are."""
    shared = any(n.unit in _RELATIVE or n.unit in CURRENCIES for n in clause.measures)
    return shared or any(
        pair[0] == "per" and _is_outside(pair[1]) for pair in pairwise(clause.words)
    )


def _is_outside(word: str) -> bool:
    """`user`, `session`, `order`: what others are or bring."""
    return f"{word}s" in THIRD_PARTY_COUNTS or f"{word}s" in THIRD_PARTIES or word == "person"


def quoted(clause: Clause, phrase: Phrase) -> str:
    """The last words of a phrase, as they are written."""
    return " ".join(clause.tokens[place].text for place in phrase.places[-3:])


def artefact_sign(clause: Clause, phrase: Phrase) -> Sign:
    """That the phrase names a deliverable."""
    return Sign("artefact", (quoted(clause, phrase),))


def metric_sign(clause: Clause, phrase: Phrase) -> Sign:
    """That it names a metric, or things that others bring."""
    rule = "metric" if phrase.is_metric else "count"
    return Sign(f"{rule}_target" if clause.measures else rule, (quoted(clause, phrase),))


def grant_sign(word: str) -> Sign:
    """That `word` is something a second party grants."""
    return Sign("granted", (word,))


def measure_sign(clause: Clause) -> tuple[Sign, ...]:
    """The first number that decides, if there is one."""
    return tuple(Sign("measure", (number.text,)) for number in clause.measures[:1])
