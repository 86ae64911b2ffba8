"""What a key result fills in: which way, which metric, from where, to where, by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .clauses import Clause, clauses_of, leading_verb
from .dates import MONTHS
from .numbers import Number, numbers_of
from .tokens import Token, tokenise
from .words import ARTICLES, DETERMINERS, GOING_DOWN, GOING_UP, NAMED_TIMES, word_set

_BEFORE_A_NUMBER = word_set(
    """from to by below above under over at of within up down than least most less more fewer
    no not higher lower longer exceed exceeds beyond : - = > < ≥ ≤ ~ about around → -> => is are"""
)
_BEFORE_A_DATE = word_set(
    "by before until till in during on end of the mid late early this next to"
)
_PLAIN_AHEAD = word_set("by before until till in during on to the")
_LEADS_TO_A_DATE = word_set("by before until till in during this next end")
_NO_METRIC = word_set("% of days points in from for on fewer less more that")
_NOT = word_set("no not never")
_KEPT = word_set("keep maintain preserve remain stay sustain hold")


@dataclass(frozen=True)
class Slots:
    """The places of `[direction] [metric] from [baseline] to [target] by [date] while [guard]`.

    Each is quoted from the text, and "" where the text does not say.
    """

    direction: str  #: "up", "down", "keep" or ""
    metric: str  #: the words of what is said to move, without its numbers
    baseline: str
    target: str
    change: str  #: by how much it is to move, where that is said instead of a target
    by: str  #: the day or period
    guard: str  #: what must not suffer, as it is written


def find_slots(text: str) -> Slots:
    """The slots of `text`, as far as it fills them.

    >>> text = "Cut time to a quote from 6 to 2 days by June while keeping margin at 30 %"
    >>> slots = find_slots(text)
    >>> slots.direction, slots.metric, slots.baseline, slots.target, slots.by
    ('down', 'time to a quote', '6', '2 days', 'June')
    >>> slots.guard
    'keeping margin at 30 %'
    """
    tokens = tokenise(text)
    numbers = numbers_of(tokens)
    clauses = clauses_of(tokens, numbers)
    measured = next((one for one in clauses if one.measures), clauses[0] if clauses else None)
    if measured is None:
        return Slots("", "", "", "", "", "", "")
    guard = next((one for one in clauses if one.link == "guard" and _guards(one)), None)
    pair = {number.role: number for number in reversed(measured.measures)}
    goal = pair.get("target", pair.get("measure"))
    moves = goal is not None and goal.place > 0 and tokens[goal.place - 1].word == "by"
    return Slots(
        direction=_direction(measured),
        metric=_metric(text, measured),
        baseline=_with_unit(text, tokens, pair.get("baseline")),
        target="" if moves else _with_unit(text, tokens, goal),
        change=_with_unit(text, tokens, goal) if moves else "",
        by=_date(text, tokens, numbers),
        guard=_written(text, guard.tokens) if guard else "",
    )


def _guards(clause: Clause) -> bool:
    """`while keeping margin at 30 %`, and not `without calling us`."""
    verb, _ = leading_verb(clause.words)
    return bool(clause.measures) or (verb is not None and verb.kind == "keep")


def _written(text: str, tokens: Sequence[Token]) -> str:
    return text[tokens[0].start : tokens[-1].end].strip() if tokens else ""


def _direction(clause: Clause) -> str:
    verb, _ = leading_verb(clause.words)
    words = ([verb.base] if verb else []) + list(clause.words)
    for before, word in pairwise(("", *words)):
        ways = ("down", "up") if before in _NOT else ("up", "down")  # no more than
        if word in GOING_UP:
            return ways[0]
        if word in GOING_DOWN or word[:1] in "<≤":
            return ways[1]
        if word in _KEPT:
            return "keep"
    return ""


def _metric(text: str, clause: Clause) -> str:
    """The words after the verb, up to what leads to a number."""
    verb, start = leading_verb(clause.words)
    tokens = clause.tokens[start if verb else 0 :]
    places = {number.start for number in clause.measures}
    kept: list[Token] = []
    for token in tokens:
        if token.start in places:
            if any(one.word not in _BEFORE_A_NUMBER | ARTICLES for one in kept):
                break
            kept = []
            continue
        kept.append(token)
    while kept and kept[-1].word in _BEFORE_A_NUMBER:
        kept.pop()
    while kept and (kept[0].word in _NO_METRIC or kept[0].kind == "mark"):
        kept.pop(0)
    return _written(text, kept)


def _with_unit(text: str, tokens: Sequence[Token], number: Number | None) -> str:
    """`48 hours`, `90 %`, `€ 40k`."""
    if number is None:
        return ""
    end = number.end
    after = tokens[number.place + 1 : number.place + 2]
    if after and after[0].kind == "word" and after[0].word in UNITS:
        end = after[0].end
    return text[number.start : end]


UNITS = word_set(
    """days day weeks week months month hours hour hr hrs minutes minute min mins seconds second sec
    secs points point pts pp percent million thousand"""
)


def _date(text: str, tokens: Sequence[Token], numbers: Sequence[Number]) -> str:
    """`30 June`, `the end of Q3`, `Christmas`: without the `by`."""
    places = [number.place for number in numbers if number.deadline]
    for place, token in enumerate(tokens):
        near = {one.word for one in tokens[max(0, place - 2) : place]}
        named = token.word in MONTHS or token.word in NAMED_TIMES
        if named and near & _LEADS_TO_A_DATE:
            places.append(place)
    if not places:
        return ""
    first = last = min(places)
    dated = {number.place for number in numbers if number.role == "date"}
    while last + 1 < len(tokens) and (tokens[last + 1].word in MONTHS or last + 1 in dated):
        last += 1
    while first and (tokens[first - 1].word in _BEFORE_A_DATE or first - 1 in dated):
        first -= 1
    while first < last and tokens[first].word in _PLAIN_AHEAD - DETERMINERS:
        first += 1
    return text[tokens[first].start : tokens[last].end]
