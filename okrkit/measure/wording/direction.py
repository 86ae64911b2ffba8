"""Whether a text's numbers run the other way than its words: `cut the wait from 7 to 8 days`."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from okrkit.language.clauses import Clause, leading_verb
from okrkit.language.numbers import Number
from okrkit.language.verbs import VERBS
from okrkit.language.words import COMPARATIVES, word_set

from .evidence import Evidence

#: verbs of the figure itself; `improve`, `speed up`, `win` can mean either way
_RISING = word_set(
    "boost climb double expand grow increase lengthen lift maximise quadruple raise rise triple up"
)
_FALLING = word_set(
    """curb cut decline decrease diminish down drop fall halve lessen lower minimise reduce shorten
    shrink slash"""
)
_MOVING = _RISING | _FALLING
_KEEPING = word_set("keep maintain hold stay remain stable constant flat")
#: a figure that is better small, or that is no length of time where its unit is one
_EITHER_WAY = word_set(
    """cadence efficiency frequency grade grades mark marks pace performance place position
    productivity rank ranking rhythm speed velocity"""
)
_DURATIONS = word_set("duration interval length life lifetime period runway stay tenure time times")
#: where these stand between the verb and the numbers, the numbers may be of something else
_OF_ANOTHER = word_set("that which who whose where when every each once ; :")
_NOT_CERTAIN = COMPARATIVES | word_set("in of out every each once")
_SECONDS = {
    "ms": 0.001, "s": 1, "sec": 1, "secs": 1, "second": 1, "seconds": 1, "min": 60, "mins": 60,
    "minute": 60, "minutes": 60, "h": 3600, "hr": 3600, "hrs": 3600, "hour": 3600, "hours": 3600,
    "d": 86_400, "day": 86_400, "days": 86_400, "w": 604_800, "week": 604_800, "weeks": 604_800,
    "month": 2_629_800, "months": 2_629_800, "year": 31_557_600, "years": 31_557_600,
}  # fmt: skip
_SCALES = ("k", "m", "mm", "mn", "mio", "b", "bn")
_START = attrgetter("start")
_SCALE_WORDS = word_set("thousand million billion")
_SIGNS = frozenset("<>≤≥~≈-±+")


def against_itself(clauses: Sequence[Clause]) -> tuple[Evidence, ...]:
    """The verb and the numbers that contradict each other, in the first clause that does; or none.

    Said only where it is certain: the figure rises or falls by its own verb, both numbers are of
    one unit, and nothing between says that they are of something else.
    """
    for clause in _with_asides(clauses):
        start = next((one for one in clause.measures if one.role == "baseline"), None)
        goal = next((one for one in clause.measures if one.role == "target"), None)
        if start is None or goal is None or len(clause.measures) > 2:
            continue
        verb = _verb(clause, min(clause.place(start), clause.place(goal)))
        moved = _moved(clause, start, goal)
        if moved is None or verb is None or not _differs(clause, verb, moved):
            continue
        words = [one for one in clause.tokens if one.word == verb][:1]
        numbers = sorted((start, goal), key=_START)
        places = [(one.text, one.start, one.end) for one in words]
        places += [(one.text, one.start, one.end) for one in numbers]
        return tuple(Evidence("against", (text,), begin, end) for text, begin, end in places)
    return ()


def _with_asides(clauses: Sequence[Clause]) -> Sequence[Clause]:
    """`cut scrap to 5 % (now 4 %)` in one: what stands in brackets is said of the only clause."""
    if not clauses or any(one.link != "aside" for one in clauses[1:]):
        return clauses
    tokens = tuple(sorted((token for one in clauses for token in one.tokens), key=_START))
    return (Clause.of(tokens, tuple(n for one in clauses for n in one.numbers), "first"),)


def _differs(clause: Clause, verb: str, moved: float) -> bool:
    if not moved:
        return True
    base = _base(verb)
    if base in _FALLING:
        return moved > 0
    if base not in _RISING or moved > 0:
        return False
    lasting = not _DURATIONS.isdisjoint(clause.words)
    return lasting or _unit_word(clause, clause.measures[-1]) not in _SECONDS


def _verb(clause: Clause, until: int) -> str | None:
    """The word that says which way the figure moves; "" where none does, None where two may."""
    words = clause.words[:until]
    if not (_KEEPING | _EITHER_WAY | _OF_ANOTHER).isdisjoint(words):
        return None
    said = [word for word in words if _base(word) in _MOVING]
    if len({_base(word) in _RISING for word in said}) > 1:
        return None
    led = leading_verb(clause.words)[0]
    beside = words[-2:-1] if words[-1:] in {("from",), ("to",)} else words[-1:]
    if said and led is not None and led.base in _MOVING:
        return said[0]
    return said[-1] if said and said[-1:] == list(beside) else ""


def _base(word: str) -> str:
    verb = VERBS.get(word)
    return word if verb is None else verb.base


def _moved(clause: Clause, start: Number, goal: Number) -> float | None:
    """By how much the figure moves; None where that cannot be told."""
    first, last = sorted((clause.place(start), clause.place(goal)))
    beside = (*clause.words[first + 1 : last], *clause.words[last + 1 : last + 2])
    if start.value is None or goal.value is None or not _NOT_CERTAIN.isdisjoint(beside):
        return None
    if not _SIGNS.isdisjoint(start.text[:1] + goal.text[:1] + start.text[-1:] + goal.text[-1:]):
        return None
    units = [_unit_word(clause, one) for one in (start, goal)]
    factors = [_SECONDS.get(unit) for unit in units]
    if factors[0] and factors[1]:
        return goal.value * factors[1] - start.value * factors[0]
    if _is_scaled(clause, start) != _is_scaled(clause, goal):  # from 408 to 245 thousand
        return None
    alike = units[0] == units[1] or not all(units) or set(units) <= set(_SCALES)
    return goal.value - start.value if alike else None


def _is_scaled(clause: Clause, number: Number) -> bool:
    """`900k`, `1.2 million`."""
    after = clause.words[clause.place(number) + 1 :][:1]
    written = number.text.rstrip("€$£").casefold().endswith(_SCALES)
    return written or not _SCALE_WORDS.isdisjoint(after)


def _unit_word(clause: Clause, number: Number) -> str:
    """`days` of `7 days`, `%` of `8 %`, or "" for a number alone."""
    place = clause.place(number) + 1
    after = clause.words[place] if place < len(clause.words) else ""
    return number.unit or (after if after in _SECONDS else "")
