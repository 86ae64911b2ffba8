"""Whether a text says by when."""

from __future__ import annotations

from collections.abc import Sequence

from .dates import MONTHS, ONWARDS, PAST
from .numbers import Number
from .tokens import Token
from .words import HAPPENINGS, JOINERS, NAMED_TIMES, PREPOSITIONS, THIRD_PARTIES, word_set

_PERIODS = word_set(
    """quarter year month cycle sprint week semester term season half half-year h1 h2 trimester day
    fy iteration"""
)
_SPANS = word_set(
    "months quarters sprints years semesters terms weeks days month quarter sprint year"
)
_UNTIL = word_set("by before until till due deadline")
_WITHIN = word_set("in during within throughout over for on at towards from")
#: words that lead to a moment together with the word before them
_LATEST = {("ahead", "of"), ("prior", "to"), ("later", "than"), ("as", "of"), ("as", "from")}
_LEADING = _UNTIL | _WITHIN | word_set("of to than")
_AHEAD = word_set("of to for than")  #: of an event, whatever it is: ahead of the move
_NO_MOMENT = word_set("after and or any anyone they it we he she you i each every a an")
_COUNTED_FROM = (["after"], ["from"])  #: the first year after release
_PART = word_set("end close beginning start middle")
_EARLY = word_set("end mid early late starting (")
_PART_OF_A_MONTH = _PART | {"week", "half"}
_CERTAIN_PERIOD = word_set("the this next new current coming first second third fourth")
_YEARS = word_set("fiscal calendar financial school academic")
#: words between `by` and the day: `by the end of the first half`
_BETWEEN = _YEARS | _PART | _CERTAIN_PERIOD | word_set("of half mid late early")
_NAMED_DAY = word_set("day eve")
_ANY_DAY = word_set("a one per each every same next") | PREPOSITIONS
_THIS = word_set("this current coming")
_COUNTED = word_set("two three four six nine twelve few")
_OTHER_PERIOD = (PAST - {"first"}) | {"a", "per", "each", "every"}
_ENDS = word_set("eoq eoy eom eow year-end yearend end-of-year end-of-quarter")
_TELLING = (
    _NAMED_DAY | NAMED_TIMES | MONTHS | _PERIODS | _SPANS | HAPPENINGS | _ENDS | {"end", "of"}
)
_FOR = word_set("for on at towards from")
_MATTERING = _LEADING | _ENDS | _PERIODS | NAMED_TIMES | MONTHS
_MONTHS_FOR_SURE = MONTHS - word_set("may march")
_SHORT = word_set("day week")


def has_deadline(tokens: Sequence[Token], numbers: Sequence[Number]) -> bool:
    """Whether the text names a day, quarter or period by which, or in which."""
    if any(number.deadline for number in numbers):
        return True
    words = [token.word for token in tokens]
    if _TELLING.isdisjoint(words) and " mid-" not in f" {' '.join(words)}":
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
        or (word in MONTHS and _part_of_month(words[max(0, place - 2) : place], word))
    )


def _part_of_month(before: Sequence[str], month: str) -> bool:
    """`(end of May)`, `the first week of June`, `early July`, `(Sept)`."""
    if before[-1:] == ["of"]:
        return not _PART_OF_A_MONTH.isdisjoint(before)
    return month in _MONTHS_FOR_SURE and not _EARLY.isdisjoint(before[-1:])


def _leads_until(words: Sequence[str], lead: int) -> bool | None:
    """Whether a moment by which (or in which) may follow; None where none may."""
    word = words[lead]
    if (
        word in _UNTIL
        or (words[lead - 1], word) in _LATEST
        or words[lead - 2 : lead] == ["in", "time"]
    ):
        return True
    if word not in _WITHIN or word == "from" and ONWARDS.isdisjoint(words[lead + 2 : lead + 6]):
        return None
    return False


def _says_when(words: Sequence[str], lead: int) -> bool:
    """Whether a moment follows the word at `lead`: `by the end of June`, `in the next half`."""
    until, place = _leads_until(words, lead), lead + 1
    if until is None:
        return False
    while place < len(words) and words[place] in _BETWEEN:
        place += 1
    skipped = words[lead + 1 : place]
    if place == len(words):
        halved = words[-1] == "half" and (until or words[lead] == "in")
        return len(skipped) > 1 and (halved or until and words[-1] == "start")
    word = words[place]
    if _bare(word) in MONTHS:
        certain = _bare(word) in _MONTHS_FOR_SURE or bool(skipped)
        return certain or until or words[lead] == "in"
    if not _PART.isdisjoint(skipped) and "of" in skipped and until:
        return True
    if words[place + 1 : place + 2] == ["end"] and (until or words[lead] == "at"):
        return _stands_alone(words, place + 1)  # by project end
    if until and _is_event(words, lead, place):
        return True
    if word in NAMED_TIMES:
        return (until or _is_certain(skipped, words[lead])) and _stands_alone(words, place)
    if word[0].isdigit() or word in _COUNTED:
        span = words[place + 1 : place + 2]
        return bool(span) and span[0] in _SPANS and _is_certain(skipped) and not until
    return words[lead] not in _FOR and _in_period(words, place, skipped, until=until)


def _is_certain(skipped: Sequence[str], lead: str = "in") -> bool:
    """Whether one known period is meant: `in the summer`, `in the next quarter`."""
    return lead in {"in", "during"} and not _CERTAIN_PERIOD.isdisjoint(skipped)


def _is_event(words: Sequence[str], lead: int, place: int) -> bool:
    """`before first frost`, `by the fair`, `by Mother's Day`; not `before customers notice`."""
    word = words[place]
    if words[lead] == "before":
        they_do = word in THIRD_PARTIES and not _stands_alone(words, place)
        return word.isalpha() and word[-3:] != "ing" and word not in _NO_MOMENT and not they_do
    expected = words[lead] in _AHEAD or _happens(words, place)
    certain = _is_certain(words[lead + 1 : place])
    return expected and certain or _is_named_day(words[place : place + 4])


def _is_named_day(words: Sequence[str]) -> bool:
    """`Mother's Day`, `New Year's Eve`; not `the day`, `one day`."""
    named = next((place for place, word in enumerate(words) if word in _NAMED_DAY), 0)
    return named > 0 and all(word[0].isalpha() and word not in _ANY_DAY for word in words[:named])


def _happens(words: Sequence[str], place: int) -> bool:
    """`the fair`, `the summer conference`; not `the release manager`."""
    return any(
        word in HAPPENINGS and _stands_alone(words, at)
        for at, word in enumerate(words[place : place + 2], place)
    )


def _in_period(words: Sequence[str], place: int, skipped: Sequence[str], *, until: bool) -> bool:
    """`by week 6`, `in this quarter`, `over the next year`."""
    word, following = words[place], words[place + 1 : place + 2]
    if word not in _PERIODS:
        return False
    if following and following[0][0].isdigit():
        return until or word != "year"
    if until and not following:
        return True
    soon = not (_THIS | {"next", "end"}).isdisjoint(skipped)
    certain = _is_certain(skipped) and (word not in _SHORT or soon)
    return certain and _stands_alone(words, place) and following not in _COUNTED_FROM


def _stands_alone(words: Sequence[str], place: int) -> bool:
    """`in summer`, unlike `the summer camp`."""
    following = words[place + 1] if place + 1 < len(words) else ""
    return not following[:1].isalpha() or following in PREPOSITIONS or following in JOINERS


def _is_this(words: Sequence[str], at: int) -> bool:
    """Such as `this quarter`, `this fiscal year`; not `this and last quarter`, `each quarter`."""
    place = at - (words[at - 1] in _YEARS)
    if place == 0 or words[place - 1] not in _THIS or not _stands_alone(words, at):
        return False
    return (_OTHER_PERIOD | {"for", "the"}).isdisjoint(words[max(0, place - 2) : place - 1])


def _on_the(words: Sequence[str], place: int) -> bool:
    """`by the 15th`."""
    return not _UNTIL.isdisjoint(words[max(0, place - 2) : place]) and _stands_alone(words, place)


def _bare(word: str) -> str:
    """`May` of `mid-May`."""
    return word[4:] if word[:4] == "mid-" else word
