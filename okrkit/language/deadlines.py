"""Whether a text says by when."""

from __future__ import annotations

from collections.abc import Sequence

from .numbers import MONTHS, PAST, Number
from .tokens import Token
from .words import HAPPENINGS, word_set

_NAMED_TIMES = word_set(
    """eoq eoy eom eow eod year-end month-end quarter-end yearend christmas easter summer
    autumn spring winter ramadan thanksgiving monday tuesday wednesday thursday friday"""
)
_PERIODS = word_set(
    """quarter year month cycle sprint week semester term season half h1 h2 trimester day fy
    iteration"""
)
_UNTIL = word_set("by before until till this next current")
_TELLING = _NAMED_TIMES | MONTHS | _PERIODS | HAPPENINGS  #: without one nothing is due
_BY_MONTH = _UNTIL | {"in", "during", "end", "mid", "late", "early", "("}
_OTHER_PERIOD = (PAST - {"first"}) | {"a", "per", "each", "every"}
_ENDS = word_set("eoq eoy eom eow year-end yearend")


def has_deadline(tokens: Sequence[Token], numbers: Sequence[Number]) -> bool:
    """Whether the text names a day, quarter or period by which, or in which."""
    if any(number.deadline for number in numbers):
        return True
    words = [token.word for token in tokens]
    if _ahead_of_something(words) or _within_the_next(words):
        return True
    if _TELLING.isdisjoint(words) and not any(word[:4] == "mid-" for word in words):
        return False
    return any(
        (word in _NAMED_TIMES and _named_time(words, place))
        or (_bare(word) in MONTHS and _month(words, place))
        or (word in _PERIODS and _ends_period(words, place))
        or (word in HAPPENINGS and _before_the(words, place))
        for place, word in enumerate(words)
    )


def _ahead_of_something(words: Sequence[str]) -> bool:
    """`before first frost`, `ahead of the January rush`, `no later than the fair`."""
    if _OPENING.isdisjoint(words):
        return False
    for place, word in enumerate(words):
        first, second, third = (*words[place + 1 : place + 4], "", "", "")[:3]
        if word == "before" and first and not first.endswith("ing") and first not in _NO_MOMENT:
            return True
        if word == "ahead" and first == "of" and _NO_RIVAL.isdisjoint((second, third)):
            return bool(second)
        if (*words[place - 1 : place], word, first) in _AT_THE_LATEST:
            return True
        if word in {"first", "last"} and words[place - 2 : place] == ["in", "the"]:
            return first in _PERIODS
    return False


_OPENING = word_set("before ahead later time first last")
_AT_THE_LATEST = {("no", "later", "than"), ("in", "time", "for")}
_NO_MOMENT = word_set("and or each every any they it we that this he she merge use")
_NO_RIVAL = word_set(
    "plan schedule target budget forecast time competitors competition curve market"
)


def _within_the_next(words: Sequence[str]) -> bool:
    """`within the next 6 months`, `over the coming year`."""
    for place, word in enumerate(words):
        if word in {"next", "coming"} and words[place - 1] == "the" and place > 1:
            ahead = {one.rstrip("s") for one in words[place + 1 : place + 3]}
            if words[place - 2] in {"within", "in", "over", "during"} and ahead & _PERIODS:
                return True
    return False


def _before_the(words: Sequence[str], place: int) -> bool:
    """`before the plenary`, `by the spring fair`."""
    before = words[max(0, place - 3) : place]
    return "the" in before and bool({"before", "by"} & set(before))


def _bare(word: str) -> str:
    """`May` of `mid-May`."""
    return word[4:] if word[:4] == "mid-" else word


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
    return bool(_last_words(words, place, 2) & _BY_MONTH)


def _ends_period(words: Sequence[str], place: int) -> bool:
    """Such as `this quarter`, `by the end of the cycle`; not `last quarter`, `per month`."""
    near = _last_words(words, place, 2)
    before = _last_words(words, place, 5)
    if near & (_OTHER_PERIOD):
        return False
    if near & {"this", "current", "next", "coming"} and words[place - 1] not in {"and", "or"}:
        return True
    return "end" in before and bool(before & {"by", "before", "the", "at", "until", "of"})


def _last_words(words: Sequence[str], place: int, count: int) -> frozenset[str]:
    return frozenset(words[max(0, place - count) : place])
