"""Can a strict manager be told from a weak team? The evidence, best first; what would settle."""

from __future__ import annotations

from okrkit.judge.phrases import agree, counted, number, part, percent

from .result import Evidence, Tier
from .ruling import Ruling
from .words import managers

CASES, MEASURED, SHARED, NONE = (
    "The same cases graded by everyone",
    "Attainment measured",
    "People graded by more than one manager",
    "None of these",
)


def ladder(ruling: Ruling) -> tuple[Evidence, ...]:
    """The four kinds of evidence, with how much of each there is."""
    return (_cases(ruling), _measured(ruling), _shared(ruling), _none(ruling))


def _used(ruling: Ruling, *, by_people: bool) -> bool:
    """Whether the fit that verdicts rest on uses cases and shared people."""
    return by_people and ruling.tier in (Tier.COMMON_CASES, Tier.SHARED_PEOPLE)


def _cases(ruling: Ruling) -> Evidence:
    who, n = ruling.grading.connections.table, ruling.grading.cases
    if not n:
        claim = (
            "No grading exercise was given. It settles the question best: about "
            f"{number(ruling.settling[0])} cases, graded by every manager."
        )
        return Evidence(Tier.COMMON_CASES, CASES, "not given", claim)
    enough = int(who["cases"].ge(ruling.standard.cases_min).sum())
    told = (
        f"{number(enough)} of {managers(len(who))} graded at least "
        f"{number(ruling.standard.cases_min)} of {counted(n, 'case')} that others graded too"
    )
    if _used(ruling, by_people=enough > 0):
        claim = f"{told}: same work, different grade, if managers grade cases as they grade people."
        return Evidence(Tier.COMMON_CASES, CASES, "used", claim)
    return Evidence(Tier.COMMON_CASES, CASES, "not used", f"{told}: too few to rest on.")


def _measured(ruling: Ruling) -> Evidence:
    compared = ruling.grading.comparability.compared
    n = ruling.grading.comparability.compared_measured
    if not n:
        claim = "No compared grade has a baseline, a target and a final value beside it."
        return Evidence(Tier.MEASURED_ATTAINMENT, MEASURED, "not given", claim)
    have = agree(n, "has", "have")
    told = (
        f"{part(n, len(compared), 'compared grade')} {have} a baseline, a target and a final value"
    )
    if ruling.tier is Tier.MEASURED_ATTAINMENT:
        claim = (
            f"{told}: same outcome, different grade. Strong only if the final value is not "
            "reported by the graded team; it says nothing about the difficulty of the target."
        )
        return Evidence(Tier.MEASURED_ATTAINMENT, MEASURED, "used", claim)
    if ruling.is_measured:
        better = ruling.tier is Tier.COMMON_CASES
        claim = f"{told}; {'better evidence is used' if better else 'grades do not rise with it'}."
    else:
        need = ruling.standard
        claim = (
            f"{told}; at least {percent(need.measured_share_min)} and "
            f"{number(need.measured_grades_min)} grades are needed."
        )
    return Evidence(Tier.MEASURED_ATTAINMENT, MEASURED, "not used", claim)


def _shared(ruling: Ruling) -> Evidence:
    n = ruling.grading.connections.shared_people
    if not n:
        claim = "Nobody was graded by two managers."
        return Evidence(Tier.SHARED_PEOPLE, SHARED, "not given", claim)
    told = f"{number(n)} {agree(n, 'person was', 'people were')} graded by two managers or more"
    separated = int(ruling.separated.sum())
    if _used(ruling, by_people=True):
        claim = (
            f"{told}. With the cases graded by all, they tell "
            if ruling.tier is Tier.COMMON_CASES
            else f"{told}. They tell "
        )
        claim += f"{managers(separated)} from their teams well enough."
        return Evidence(Tier.SHARED_PEOPLE, SHARED, "used", claim)
    claim = f"{told}: too few to tell any manager from the team." if not separated else f"{told}."
    return Evidence(Tier.SHARED_PEOPLE, SHARED, "not used", claim)


def _none(ruling: Ruling) -> Evidence:
    if ruling.stopped:
        return Evidence(
            Tier.NOTHING, NONE, "applies", f"{ruling.stopped} Nothing is said of anybody."
        )
    if ruling.tier is Tier.NOTHING:
        claim = (
            "A low grade may be a strict manager or a hard year. Only the grades of each manager's "
            "people are shown; nothing is said of any manager."
        )
        return Evidence(Tier.NOTHING, NONE, "applies", claim)
    left = len(ruling.grading.connections.table) - int(ruling.candidates.sum())
    claim = "Every manager compared can be told from the team by evidence above."
    if left:
        claim = (
            f"{managers(left)} cannot be told from {agree(left, 'the', 'their')} "
            f"{agree(left, 'team', 'teams')} by any of it, or graded too few; "
            "only the grades of their people are shown."
        )
    return Evidence(Tier.NOTHING, NONE, "applies" if left else "does not apply", claim)


def told(ruling: Ruling) -> str:
    """What can be told here, in one sentence."""
    if ruling.stopped:
        return f"Nothing can be told of any manager. {ruling.stopped}"
    who, may = len(ruling.grading.connections.table), int(ruling.candidates.sum())
    if ruling.tier is Tier.NOTHING:
        return (
            "We cannot tell a strict manager from a weak team here: no common cases, no measured "
            "attainment, and too few people graded by two managers."
        )
    if not may:
        need = ruling.standard
        return (
            "No manager can be judged: whoever can be told from the team graded fewer than "
            f"{number(need.people_min)} people or {number(need.grades_min)} grades."
        )
    because = {
        Tier.COMMON_CASES: "they graded the same cases",
        Tier.MEASURED_ATTAINMENT: "grades can be held against measured attainment",
        Tier.SHARED_PEOPLE: "enough of their people were graded by other managers too",
    }[ruling.tier]
    return (
        f"A strict manager can be told from a weak team for {number(may)} of {managers(who)}: "
        f"{because}."
    )


def settle(ruling: Ruling) -> str:
    """What would settle what cannot be told; empty when nothing is open."""
    if ruling.is_computed:
        return "Compare how ambitious targets are; the grades add nothing to attainment."
    who = ruling.grading.connections.table
    if not ruling.stopped and int(ruling.candidates.sum()) == len(who):
        return ""
    known = ruling.grading.comparability.known
    first = ""
    if ruling.is_self_graded:
        first = "Let each key result be graded by a manager who does not drive it. "
    elif len(known) and not ruling.grading.comparability.recorded["person"]:
        first = "Record who was graded. "
    return (
        f"{first}What would settle it: {ruling.settling_words}, for each manager. So many make "
        "the 95 % interval of a difference reach no farther than about "
        f"{ruling.standard.practical_difference:.2f} to either side."
    )
