"""What is worth saying of one text: few findings, the most useful first, each with its reason."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from okrkit.language.verbs import VERBS
from okrkit.measure.wording import (
    HEALTH,
    MILESTONE,
    OUTCOME,
    OUTPUT,
    UNCLEAR,
    Evidence,
    ObjectiveReading,
    Reading,
)

FILE = Path(__file__).with_name("advice.toml")
MOST = 3  #: findings a text; more are not read
_UNREAD = {"foreign": "not_english"}


@dataclass(frozen=True)
class Saying:
    """What is said when a rule finds something, with a pair in our own words and a question."""

    claim: str
    reason: str
    weak: str
    strong: str
    question: str


@dataclass(frozen=True)
class Advice:
    """One finding on one text: a rule, what it says, and the words it points at."""

    rule: str
    saying: Saying
    evidence: tuple[Evidence, ...]  #: empty where it speaks of the whole text

    @property
    def claim(self) -> str:
        """The finding in a line."""
        return self.saying.claim


@cache
def sayings() -> Mapping[str, Saying]:
    """All of them by rule; their order is their rank."""
    held = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return MappingProxyType({rule: Saying(**said) for rule, said in held.items()})


def advise(reading: Reading | ObjectiveReading) -> tuple[Advice, ...]:
    """The findings on one reading, ranked and at most three.

    Examples
    --------
    >>> from okrkit.measure.wording import word_key_result
    >>> [one.rule for one in advise(word_key_result("Hold 12 tastings"))]
    ['counted_work']
    >>> [one.rule for one in advise(word_key_result("Reach 90 % renewals"))]
    ['no_baseline']
    """
    if isinstance(reading, ObjectiveReading):
        found = set(_of_objective(reading))
    else:
        found = {*_of_key_result(reading), *(["against"] if reading.against else [])}
    ranked = [rule for rule in sayings() if rule in found]
    return tuple(Advice(rule, sayings()[rule], _pointed(rule, reading)) for rule in ranked[:MOST])


def _pointed(rule: str, reading: Reading | ObjectiveReading) -> tuple[Evidence, ...]:
    """The words a finding speaks of."""
    if rule == "against" and isinstance(reading, Reading):
        return reading.against
    return reading.evidence


def _of_key_result(reading: Reading) -> Iterator[str]:
    rules = {piece.rule for piece in reading.evidence}
    if not reading.is_read:
        yield _UNREAD.get(reading.evidence[0].rule, "placeholder")
        return
    if reading.kind == OUTPUT:
        counted = "counted_work" if reading.has_number else "output"
        yield "training" if "training" in rules or _trains(reading) else counted
    if reading.kind == UNCLEAR:
        yield "unclear"
    elif reading.vague:
        yield "vague"
    if reading.compound:
        yield "compound"
    if reading.kind == HEALTH:
        yield "health_metric"
    if reading.kind == MILESTONE:
        yield "milestone"
    if reading.kind == OUTCOME and not reading.has_number and not reading.vague:
        yield "no_number"
    if reading.kind == OUTCOME and reading.has_number and not reading.has_baseline_and_target:
        yield "no_baseline"


def _trains(reading: Reading) -> bool:
    """`train all agents`: of those trained it says as little as that they have attended."""
    led = reading.evidence[0]
    return led.rule == "deliver_verb" and VERBS[led.words[0].casefold()].base == "train"


def _of_objective(reading: ObjectiveReading) -> Iterator[str]:
    if reading.evidence and reading.evidence[0].rule in {"foreign", "placeholder", "empty"}:
        yield _UNREAD.get(reading.evidence[0].rule, "placeholder")
        return
    if reading.kind in {"todo", "metric_as_objective"}:
        yield "objective_todo" if reading.kind == "todo" else "objective_metric"
    if reading.has_number and reading.kind != "metric_as_objective":
        yield "objective_number"
    if reading.kind == "goal_like" and not reading.has_verb:
        yield "objective_form"
