"""The sentences a manager reads of the own grades, in the second person and without statistics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from okrkit.judge.phrases import agree, counted, number

from .result import Calibration, ComparedManager, ManagerVerdict, Shown, Tier
from .words import between, chance, points

NO_GRADES = "There are no grades of yours in these records."
KEPT_BACK = "Your grades are not held against those of others here."
STOPPED = "These grades cannot be compared, so nothing is said of yours."
SENTENCES: Mapping[ManagerVerdict, str] = {
    ManagerVerdict.MORE_GENEROUS: "Your grades lie clearly above comparable grades",
    ManagerVerdict.MORE_SEVERE: "Your grades lie clearly below comparable grades",
    ManagerVerdict.NO_MATERIAL_DIFFERENCE: "Your grades and comparable grades do not differ "
    "materially.",
    ManagerVerdict.CANNOT_TELL: "Nobody can tell from these records whether you grade differently "
    "from others.",
}
INNOCENT = {
    Tier.COMMON_CASES: "You may have read the cases in another way, or your people may have worked "
    "better or worse with you than elsewhere.",
    Tier.MEASURED_ATTAINMENT: "Targets may have been easier or harder than elsewhere; attainment "
    "does not show that.",
    Tier.SHARED_PEOPLE: "Your people may have worked better or worse with you than elsewhere.",
    Tier.NOTHING: "",
}
WITH = {
    Tier.COMMON_CASES: "With cases and people taken into account",
    Tier.MEASURED_ATTAINMENT: "At the same attainment",
    Tier.SHARED_PEOPLE: "With people taken into account",
    Tier.NOTHING: "",
}
DIFFER = (ManagerVerdict.MORE_GENEROUS, ManagerVerdict.MORE_SEVERE)


@dataclass(frozen=True)
class Told:
    """What is said in words. All but `sentence` may be empty."""

    sentence: str
    why: str = ""
    innocent: str = ""  #: what else could explain a difference
    can: str = ""  #: what can be told in this company
    settle: str = ""  #: what would settle what cannot be told


def own_words(
    calibration: Calibration,
    one: ComparedManager | None,
    verdict: ManagerVerdict | None,
    *,
    stopped: bool,
) -> Told:
    """What is said of `one`; `verdict` is None when it is kept back, `stopped` when nobody has one.

    Examples
    --------
    >>> from okrkit.judge.calibration.run import run_calibration
    >>> from okrkit.tables import empty_tables
    >>> own_words(run_calibration(empty_tables()), None, None, stopped=False).sentence == NO_GRADES
    True
    """
    if one is None:
        return Told(NO_GRADES, "If you gave grades, ask HR under which name they are kept.")
    if verdict is None:
        least = number(calibration.standard.group_min)
        few = (
            f"That needs at least {least} other managers whose grades can be compared with yours, "
            "and none of them may have given most of the grades: with fewer, what is said of you "
            "would tell of somebody else."
        )
        return Told(KEPT_BACK, few)
    if stopped:
        return Told(STOPPED, calibration.told, settle=calibration.settle)
    sentence = SENTENCES[verdict]
    if verdict in DIFFER and one.estimate is not None:
        size = abs(one.estimate.difference)
        sentence = f"{sentence}, by about {size:.2f} grade points."
    open_ = verdict is ManagerVerdict.CANNOT_TELL
    return Told(
        sentence,
        _why(calibration, one, verdict),
        INNOCENT[calibration.tier] if verdict in DIFFER else "",
        calibration.told,
        calibration.settle if open_ else "",
    )


def _why(calibration: Calibration, one: ComparedManager, verdict: ManagerVerdict) -> str:
    reason = _cannot(calibration, one) if verdict is ManagerVerdict.CANNOT_TELL else ""
    if reason or one.estimate is None:
        return reason
    return _measured(calibration, one.estimate, verdict)


def _measured(calibration: Calibration, shown: Shown, verdict: ManagerVerdict) -> str:
    limit, sure = calibration.standard.practical_difference, chance(shown.probability_material)
    told = (
        f"{WITH[calibration.tier]}, your grades differ from the pooled level by "
        f"{points(shown.difference)} {between(shown.low, shown.high)}; the chance that this is "
        f"more than {limit:.2f}{'' if verdict in DIFFER else ' either way'} is {sure}"
    )
    if verdict is ManagerVerdict.CANNOT_TELL:
        return f"{told}: too high to rule a difference out, too low to name one."
    return f"{told}."


def _cannot(calibration: Calibration, one: ComparedManager) -> str:
    """Why nothing can be said of a manager; empty when only the numbers are too near the limit."""
    need, n, people = calibration.standard, one.n or 0, one.n_people or 0
    if not one.expected:
        return (
            f"None of the {counted(n, 'grade')} you gave may be compared: they are set aside by "
            "what is checked below, or not known yet."
        )
    if calibration.tier is Tier.NOTHING:
        return "Nothing tells you from your team: low grades may be strictness or a hard year."
    if one.estimate is None:
        if calibration.tier is Tier.MEASURED_ATTAINMENT:
            return "None of your grades has an attainment beside it."
        return (
            "You share people and cases with too few other managers: high or low grades may be "
            "the manager or the work."
        )
    if n < need.grades_min or people < need.people_min:
        return (
            f"{number(people)} {agree(people, 'person', 'people')} and {counted(n, 'grade')} of "
            f"yours are compared; at least {number(need.people_min)} people and "
            f"{number(need.grades_min)} grades are needed."
        )
    if calibration.tier is Tier.MEASURED_ATTAINMENT:
        return (
            "Too few of your grades have an attainment beside them, or they lie too near the limit "
            "to say either."
        )
    if one.information is None or one.information < need.separation_min - 1e-9:
        return (
            "Too little here tells you from your team: too few people or cases that others graded."
        )
    return ""
