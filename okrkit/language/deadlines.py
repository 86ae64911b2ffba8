"""Whether a text says by when."""

from __future__ import annotations

from collections.abc import Sequence

from .numbers import MONTHS, PAST, Number
from .tokens import Token
from .words import word_set

_NAMED_TIMES = word_set(
    """eoq eoy eom eow eod year-end month-end quarter-end yearend christmas easter summer
    autumn spring winter ramadan thanksgiving monday tuesday wednesday thursday friday"""
)
_PERIODS = word_set(
    """quarter year month cycle sprint week semester term season half h1 h2 trimester day fy
    iteration"""
)
_UNTIL = word_set("by before until till this next current")
_ENDS = word_set("eoq eoy eom eow year-end yearend")


def has_deadline(tokens: Sequence[Token], numbers: Sequence[Number]) -> bool:
    """Whether the text names a day, quarter or period by which, or in which."""
    if any(number.deadline for number in numbers):
        return True
    words = [token.word for token in tokens]
    return any(
        (word in _NAMED_TIMES and _named_time(words, place))
        or (word in MONTHS and _month(words, place))
        or (word in _PERIODS and _ends_period(words, place))
        for place, word in enumerate(words)
    )


def _named_time(words: Sequence[str], place: int) -> bool:
    """`by EOQ`, `before Christmas`; not `EOM close`."""
    before = _last_words(words, place, 2)
    if place + 1 < len(words) and words[place + 1].isalpha() and not before & _UNTIL:
        return False
    return bool(before & _UNTIL) or words[place] in _ENDS


def _month(words: Sequence[str], place: int) -> bool:
    """`by March`, `the end of January`; not `may`."""
    before = words[place - 1] if place else ""
    if words[place] in {"may", "march"}:
        return before in {"by", "before", "until", "till"} or words[place - 2 : place] == [
            "end",
            "of",
        ]
    return bool(
        _last_words(words, place, 2) & (_UNTIL | {"in", "during", "end", "mid", "late", "early"})
    )


def _ends_period(words: Sequence[str], place: int) -> bool:
    """Such as `this quarter`, `by the end of the cycle`; not `last quarter`, `per month`."""
    near = _last_words(words, place, 2)
    before = _last_words(words, place, 5)
    if near & (PAST | {"a", "per", "each", "every"}):
        return False
    if near & {"this", "current", "next", "coming"} and words[place - 1] not in {"and", "or"}:
        return True
    return "end" in before and bool(before & {"by", "before", "the", "at", "until", "of"})


def _last_words(words: Sequence[str], place: int, count: int) -> frozenset[str]:
    return frozenset(words[max(0, place - count) : place])
