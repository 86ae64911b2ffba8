"""What is worth talking about first when grades are calibrated: questions, never charges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from okrkit.judge.finding import Verdict

from .result import DIFFER, Calibration, Check, ComparedManager, Distribution, ManagerVerdict, Tier

ASK: Mapping[str, str] = {
    "judged_by_another": "Who grades the key results a manager drives?",
    "judged_not_computed": "Are grades meant to be judged, or computed from attainment?",
    "one_scale": "Which scale holds for everybody, and from which cycle on?",
    "one_cycle_length": "Are the other cycle lengths talked about apart?",
    "person_known": "Who was graded where nobody wrote it down?",
    "several_managers": "Who else could grade in a cycle that one manager graded alone?",
    "type_known": "Of which kinds were these key results?",
}
DIFFERS = "What about the targets, the year or the people explains this, before the grades do?"
OPEN = "Is it the work or the grading? Which of these grades could somebody else look at as well?"


@dataclass(frozen=True)
class Topic:
    """One thing to talk about."""

    about: str  #: what, or which manager
    why: str  #: why it is on the list, as sentences
    question: str


def room_topics(calibration: Calibration) -> tuple[Topic, ...]:
    """What everybody in the room has to agree on: checks that are open, then the evidence.

    Examples
    --------
    >>> from okrkit.judge.calibration.run import run_calibration
    >>> from okrkit.tables import empty_tables
    >>> room_topics(run_calibration(empty_tables()))
    ()
    """
    open_ = [one for one in calibration.comparable if one.verdict is not Verdict.MET]
    topics = [Topic(one.label, _of_check(one), ASK[one.check]) for one in open_]
    if calibration.comparable and calibration.settle:
        ask = "Who arranges this before the next cycle is graded?"
        topics.append(Topic("What cannot be told yet", calibration.settle, ask))
    if calibration.sorting:
        ask = "Do strong people go to some managers more than to others?"
        topics.append(Topic("Who works for whom", calibration.sorting, ask))
    return tuple(topics)


def manager_topics(calibration: Calibration) -> tuple[Topic, ...]:
    """Managers to talk about first: in the order of the evidence, not of the size.

    Those that clearly differ come first, then those nobody can tell of whose people have higher or
    lower grades. Managers without a material difference are not on it.
    """
    if calibration.tier is Tier.NOTHING:
        return _open(calibration.managers)
    differ = [one for one in calibration.managers if one.verdict in DIFFER]
    told = tuple(
        Topic(who(one), " ".join(filter(None, (one.why, one.innocent))), DIFFERS)
        for one in sorted(differ, key=lambda one: (-_sure(one), one.manager))
    )
    return (*told, *_open(calibration.managers))


def who(one: ComparedManager) -> str:
    """A manager as no other is called: the name with the id.

    >>> from types import SimpleNamespace
    >>> who(SimpleNamespace(name="Ada", manager="M7")), who(SimpleNamespace(name="", manager="M7"))
    ('Ada (M7)', 'M7')
    """
    return f"{one.name} ({one.manager})" if one.name else one.manager


def _open(managers: tuple[ComparedManager, ...]) -> tuple[Topic, ...]:
    """Managers nobody can tell of, whose people's grades lie apart."""
    apart = {Distribution.HIGHER: "higher", Distribution.LOWER: "lower"}
    open_ = [
        one
        for one in managers
        if one.verdict is ManagerVerdict.CANNOT_TELL and one.distribution in apart
    ]
    return tuple(
        Topic(
            who(one),
            f"The grades of these people are {apart[one.distribution]} than the pooled level. "
            f"{one.why}",
            OPEN,
        )
        for one in sorted(open_, key=lambda one: (-_people_sure(one), one.manager))
    )


def _of_check(check: Check) -> str:
    """Why a check is open; its claim is left out where it could name somebody."""
    return check.claim or f"{check.verdict.words.capitalize()}."


def _sure(one: ComparedManager) -> float:
    return one.estimate.probability_material if one.estimate else 0.0


def _people_sure(one: ComparedManager) -> float:
    return one.people.probability_material if one.people else 0.0
