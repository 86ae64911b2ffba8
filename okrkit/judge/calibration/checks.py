"""May these grades be compared? One check for each respect, with what was set aside for it."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from okrkit.judge.claims import at_least
from okrkit.judge.finding import Verdict
from okrkit.judge.phrases import agree, counted, listed, number, part, percent
from okrkit.measure.grading.comparability import (
    LONE_CYCLE,
    NO_PERSON,
    OTHER_LENGTH,
    OTHER_SCALE,
    SELF_GRADED,
)

from .result import Check
from .ruling import COMPUTED, Ruling


def checks(ruling: Ruling) -> tuple[Check, ...]:
    """Every check, in the order of the page."""
    if ruling.grading.comparability.known.empty:
        return ()
    return (
        _judged_by_another(ruling),
        _judged_not_computed(ruling),
        _one_scale(ruling),
        _one_cycle_length(ruling),
        _person_known(ruling),
        _several_managers(ruling),
        _type_known(ruling),
    )


def _judged_by_another(ruling: Ruling) -> Check:
    found = ruling.grading.comparability
    rows, own = found.known, len(found.aside(SELF_GRADED))
    traceable = found.traceable
    check, label = "judged_by_another", "Graded by somebody else"
    if not traceable:
        claim = (
            "Neither drivers nor people graded are recorded: managers may have graded themselves."
        )
        return Check(check, label, Verdict.NOT_ENOUGH_DATA, claim, None, len(rows))
    if not own:
        claim = (
            f"None of {counted(traceable, 'grade')} was given to a key result of the manager's own."
        )
        if not _speaks_for_all(ruling, traceable):
            rest = number(len(rows) - traceable)
            claim += f" Of the other {rest} neither driver nor person is recorded."
            return Check(check, label, Verdict.NOT_ENOUGH_DATA, claim, None, len(rows))
        return Check(check, label, Verdict.MET, claim, 0, traceable)
    told = part(own, len(rows), "grade")
    claim = (
        f"{told} {agree(own, 'was', 'were')} given to key results of the manager's own; set aside."
    )
    return Check(check, label, Verdict.NOT_MET, claim, own, len(rows))


def _judged_not_computed(ruling: Ruling) -> Check:
    found, least = ruling.grading.comparability, ruling.standard.computed_grades_min
    check, label = "judged_not_computed", "Judged, not computed"
    if found.measured < least:
        have = f"{counted(found.measured, 'grade')} {agree(found.measured, 'has', 'have')}"
        claim = (
            f"{have} an attainment (baseline, target, final value) to hold against; "
            f"{least} are needed to see whether grades are computed."
        )
        return Check(check, label, Verdict.NOT_ENOUGH_DATA, claim, None, found.measured)
    same = part(found.computed, found.measured, "grade")
    verb = agree(found.computed, "equals", "equal")
    if ruling.is_computed:
        claim = f"{same} with both {verb} the attainment. {COMPUTED}"
        return Check(check, label, Verdict.NOT_MET, claim, found.computed, found.measured)
    claim = f"{same[:1].upper()}{same[1:]} with both {verb} the attainment: somebody judged."
    return Check(check, label, Verdict.MET, claim, found.computed, found.measured)


def _one_scale(ruling: Ruling) -> Check:
    found = ruling.grading.comparability
    rows, aside = found.known, found.aside(OTHER_SCALE)
    words = found.recorded["scale"]
    n, others = sum(words.values()), sorted(set(words) - {found.scale})
    other = part(n - words.get(found.scale, 0), len(rows), "grade")
    claims = (
        f"No objective names its scale; all grades are read on {found.scale}.",
        f"All {counted(n, 'grade')} with a recorded scale are on {found.scale}.",
        f"{other} are on {listed(others)}, most on {found.scale}; {_set_aside(aside)}.",
    )
    return _uniform(ruling, ("one_scale", "One scale"), (words, found.scale), claims)


def _one_cycle_length(ruling: Ruling) -> Check:
    found = ruling.grading.comparability
    rows, aside = found.known, found.aside(OTHER_LENGTH)
    words = found.recorded["length"]
    n, others = sum(words.values()), sorted(set(words) - {found.length})
    other = part(n - words.get(found.length, 0), len(rows), "grade")
    claims = (
        "No cycle's length is recorded; all are taken to be alike.",
        f"All {counted(n, 'grade')} with a recorded cycle are of one length: {found.length}.",
        f"{other} are of another cycle length ({listed(others)}) than most; {_set_aside(aside)}.",
    )
    return _uniform(ruling, ("one_cycle_length", "One cycle length"), (words, found.length), claims)


def _set_aside(aside: pd.DataFrame) -> str:
    if aside.empty:
        return "all of them are set aside for another reason"
    return f"{number(len(aside))} {agree(len(aside), 'is', 'are')} set aside for it"


def _uniform(
    ruling: Ruling,
    named: tuple[str, str],
    recorded: tuple[Mapping[str, int], str],
    claims: tuple[str, ...],
) -> Check:
    """Whether all rows that record a word record the same; the claims are of none, alike, not.

    `named`: the id and label of the check. `recorded`: how often each word is recorded, and the
    word of most.
    """
    (words, most), n = recorded, len(ruling.grading.comparability.known)
    if not words:
        return Check(*named, Verdict.NOT_ENOUGH_DATA, claims[0], None, n)
    have = sum(words.values())
    if other := have - words.get(most, 0):
        return Check(*named, Verdict.NOT_MET, claims[2], other, n)
    if not _speaks_for_all(ruling, have):
        claim = f"{claims[1]} Of the other {number(n - have)} nothing is recorded."
        return Check(*named, Verdict.NOT_ENOUGH_DATA, claim, None, n)
    return Check(*named, Verdict.MET, claims[1], 0, have)


def _person_known(ruling: Ruling) -> Check:
    rows, people = (found := ruling.grading.comparability).known, found.recorded["person"]
    unknown = len(rows) - sum(people.values())
    check, label, grades = "person_known", "Who was graded is known", counted(len(rows), "grade")
    if not unknown:
        claim = f"All {grades} name whom they were given to: {number(len(people))} people."
        return Check(check, label, Verdict.MET, claim, 0, len(rows))
    if unknown == len(rows):
        claim = (
            "No grade names the person graded, and no key result one driver: grades of one person "
            "hang together, so no interval can be given."
        )
        return Check(check, label, Verdict.NOT_ENOUGH_DATA, claim, unknown, len(rows))
    aside = len(found.aside(NO_PERSON))
    told = part(unknown, len(rows), "grade")
    claim = f"{told} name nobody who was graded; {number(aside)} set aside for it."
    return Check(check, label, Verdict.NOT_MET, claim, unknown, len(rows))


def _speaks_for_all(ruling: Ruling, recorded: int) -> bool:
    """Whether what `recorded` of the known grades say may be taken as said of all."""
    known = len(ruling.grading.comparability.known)
    return at_least(recorded / known, ruling.standard.coverage_min)


def _several_managers(ruling: Ruling) -> Check:
    found = ruling.grading.comparability
    aside, managers = found.aside(LONE_CYCLE), found.compared["manager"].nunique()
    check, label = "several_managers", "Several managers in each cycle"
    if managers < 2:
        claim = "Fewer than two managers have grades that may be compared."
        return Check(check, label, Verdict.NOT_ENOUGH_DATA, claim, None, len(found.known))
    if aside.empty:
        n = found.compared["cycle"].nunique()
        claim = f"{counted(n, 'cycle')} compared, each graded by two managers or more."
        return Check(check, label, Verdict.MET, claim, 0, len(found.known))
    cycles = sorted(aside["cycle"].unique())
    claim = (
        f"In {listed(cycles)} one manager alone graded: cycle and manager cannot be told apart; "
        f"{counted(len(aside), 'grade')} set aside."
    )
    return Check(check, label, Verdict.NOT_MET, claim, len(aside), len(found.known))


def _type_known(ruling: Ruling) -> Check:
    found = ruling.grading.comparability
    types, n = found.recorded["type"], len(found.known)
    have = sum(types.values())
    check, label = "type_known", "Mix of types of key result"
    if not have:
        claim = "No key result records its type: whoever grades the harder types looks more severe."
        return Check(check, label, Verdict.NOT_ENOUGH_DATA, claim, None, n)
    told = (
        f"{counted(len(types), 'type')} recorded for {percent(have / n)} of {counted(n, 'grade')}"
    )
    if not _speaks_for_all(ruling, have):
        return Check(
            check, label, Verdict.NOT_ENOUGH_DATA, f"{told}; the others count as one type.", have, n
        )
    claim = f"{told}; differences between types are taken into account."
    return Check(check, label, Verdict.MET, claim, have, n)
