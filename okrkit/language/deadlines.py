"""Whether a text says by when."""

from __future__ import annotations

from collections.abc import Sequence

from .numbers import MONTHS, PAST, Number
from .tokens import Token
from .words import HAPPENINGS, JOINERS, NAMED_TIMES, PREPOSITIONS, word_set

_PERIODS = word_set(
    """quarter year month cycle sprint week semester term season half h1 h2 trimester day fy
    iteration"""
)
_SPANS = word_set("months quarters sprints years semesters terms weeks month quarter sprint year")
_UNTIL = word_set("by before until till due deadline prior than")
_WITHIN = word_set("in during within throughout over for on at towards")
_LEADING = _UNTIL | _WITHIN
#: words between `by` and the day: `by the end of the first half`
_BETWEEN = word_set(
    """the of this next current coming to no later end close beginning start middle mid late early
    first second third fourth half fiscal calendar financial school"""
)
_PART = word_set("end close beginning start middle")
_CERTAIN_PERIOD = word_set("the this next current coming first second third fourth")
_THIS = word_set("this current coming")
_COUNTED = word_set("two three four six nine twelve few")
_OTHER_PERIOD = (PAST - {"first"}) | {"a", "per", "each", "every"}
_ENDS = word_set("eoq eoy eom eow year-end yearend end-of-year end-of-quarter")
_TELLING = NAMED_TIMES | MONTHS | _PERIODS | _SPANS | HAPPENINGS | _ENDS | {"end", "of"}
_FOR = word_set("for on at towards")
_BUDGETED = word_set("year quarter month")
_MATTERING = _LEADING | _ENDS | _PERIODS | NAMED_TIMES | MONTHS
_MONTHS_FOR_SURE = MONTHS - word_set("may march")
_SHORT = word_set("day week")


def has_deadline(tokens: Sequence[Token], numbers: Sequence[Number]) -> bool:
    """Whether the text names a day, quarter or period by which, or in which."""
    if any(number.deadline for number in numbers):
        return True
    words = [token.word for token in tokens]
    if _ahead_of_something(words):
        return True
    if _TELLING.isdisjoint(words) and "mid-" not in " ".join(words):
        return any(number.role == "ordinal" and _on_the(words, number.place) for number in numbers)
    return any(
        word in _MATTERING and _tells_when(words, place, word) for place, word in enumerate(words)
    )


def _tells_when(words: Sequence[str], place: int, word: str) -> bool:
    return (
        (word in _LEADING and _says_when(words, place))
        or word in _ENDS
        and _stands_alone(words, place)
        or ((word in _PERIODS or word in NAMED_TIMES) and _is_this(words, place))
        or (word in _MONTHS_FOR_SURE and words[place - 1] in {"end", "mid", "("})
    )


def _says_when(words: Sequence[str], lead: int) -> bool:
    """Whether a moment follows the word at `lead`: `by the end of June`, `in the next half`."""
    place, until = lead + 1, words[lead] in _UNTIL
    while place < len(words) and words[place] in _BETWEEN:
        place += 1
    skipped = words[lead + 1 : place]
    if place == len(words):
        return until and words[-1] in {"half", "start"} and len(skipped) > 1
    word = words[place]
    if _bare(word) in MONTHS:
        return (
            _bare(word) in _MONTHS_FOR_SURE
            or bool(skipped)
            or words[lead] in {"by", "before", "in"}
        )
    if not _PART.isdisjoint(skipped) and "of" in skipped and until:
        return True
    certain = not _CERTAIN_PERIOD.isdisjoint(skipped)
    if word in NAMED_TIMES:
        inside = certain and words[lead] in {"in", "during"}
        return (until or inside) and _stands_alone(words, place)
    if until and certain and not HAPPENINGS.isdisjoint(words[place : place + 2]):
        return True
    if word[0].isdigit() or word in _COUNTED:
        span = words[place + 1 : place + 2]
        return bool(span) and span[0] in _SPANS and certain and not until
    if word not in _PERIODS or (words[lead] in _FOR and word not in _BUDGETED):
        return False
    return _in_period(words, lead, place)


def _in_period(words: Sequence[str], lead: int, place: int) -> bool:
    """`by week 6`, `by year end`, `in this quarter`, `over the next year`."""
    word, until, skipped = words[place], words[lead] in _UNTIL, words[lead + 1 : place]
    following = words[place + 1 : place + 2]
    if following and (following[0][0].isdigit() or following[0] == "end"):
        return until or word != "year"
    if until and not following:
        return True
    soon = not (_THIS | {"next", "end"}).isdisjoint(skipped)
    certain = not _CERTAIN_PERIOD.isdisjoint(skipped) and (word not in _SHORT or soon)
    return certain and _stands_alone(words, place)


def _stands_alone(words: Sequence[str], place: int) -> bool:
    """`in summer`, unlike `the summer camp`."""
    following = words[place + 1] if place + 1 < len(words) else ""
    return not following[:1].isalpha() or following in PREPOSITIONS or following in JOINERS


def _is_this(words: Sequence[str], place: int) -> bool:
    """Such as `this quarter`; not `this and last quarter`, `each quarter`."""
    if place == 0 or words[place - 1] not in _THIS or not _stands_alone(words, place):
        return False
    return _OTHER_PERIOD.isdisjoint(words[max(0, place - 2) : place])


def _on_the(words: Sequence[str], place: int) -> bool:
    """`by the 15th`."""
    return not _UNTIL.isdisjoint(words[max(0, place - 2) : place]) and _stands_alone(words, place)


def _bare(word: str) -> str:
    """`May` of `mid-May`."""
    return word[4:] if word[:4] == "mid-" else word


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
        if (*words[place - 1 : place], word, first) in _AT_THE_LATEST or (
            word == "prior" and first == "to" and second
        ):
            return True
    return False


_OPENING = word_set("before ahead later time prior")
_AT_THE_LATEST = {("no", "later", "than"), ("in", "time", "for")}
_NO_MOMENT = word_set("and or each every any they it we that this he she merge use")
_NO_RIVAL = word_set(
    "plan schedule target budget forecast time competitors competition curve market"
)
