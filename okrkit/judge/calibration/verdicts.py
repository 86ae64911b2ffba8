"""What is said of each manager, and of the grades of each manager's people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from okrkit.judge.phrases import counted, percent
from okrkit.measure.grading.comparison import Comparison

from .result import ComparedManager, Distribution, ManagerVerdict, Shown, Tier
from .ruling import Ruling, flagged
from .words import ASIDE, between, chance, few, points

INNOCENT = {
    Tier.COMMON_CASES: "The cases may have been read in another way, or people may have worked "
    "better or worse with this manager than elsewhere.",
    Tier.MEASURED_ATTAINMENT: "Targets may have been easier or harder than elsewhere; attainment "
    "does not show that.",
    Tier.SHARED_PEOPLE: "People may have worked better or worse with this manager than elsewhere.",
    Tier.NOTHING: "",
}


@dataclass(frozen=True, eq=False)
class Judged:
    """The managers of one comparison: who is named, and how sure, by manager's position."""

    comparison: Comparison
    beyond: np.ndarray  #: the chance of a material difference
    wide: np.ndarray  #: the same if managers differ as widely as is still plausible
    named: np.ndarray  #: named as differing
    places: Mapping[str, int]

    def ruled_out(self, manager: str, most: float) -> bool:
        """Whether a material difference has a chance of at most `most`, in the upper half too."""
        place = self.places[manager]
        return bool(max(self.beyond[place], self.wide[place]) <= most)

    def shown(self, manager: str) -> Shown | None:
        """The manager's difference; None for one who is not in this comparison."""
        place = self.places.get(manager)
        if place is None:
            return None
        mean, low, high, low80, high80 = self.comparison.intervals[place]
        return Shown(mean, low, high, low80, high80, float(self.beyond[place]))


def judged(ruling: Ruling, comparison: Comparison | None, may: np.ndarray) -> Judged | None:
    """Who of a comparison is named as differing, among those who `may` be."""
    if comparison is None:
        return None
    beyond, wide = ruling.beyond(comparison)
    named = flagged(1 - beyond, may, ruling.standard.false_flags_max)
    places = {manager: place for place, manager in enumerate(comparison.table.index)}
    return Judged(comparison, beyond, wide, named, places)


def judge_managers(ruling: Ruling) -> tuple[ComparedManager, ...]:
    """Every manager who gave a grade, in the order of their ids."""
    people = ruling.people
    of_people = judged(ruling, people, np.zeros(0) if people is None else ruling.enough(people))
    of_manager = judged(ruling, ruling.basis, ruling.candidates)
    names = list(map(str, ruling.grading.managers))
    rows = ruling.grading.managers.itertuples(index=False, name=None)
    return tuple(
        _manager(ruling, dict(zip(names, row, strict=True)), of_people, of_manager) for row in rows
    )


def _manager(
    ruling: Ruling, row: Mapping[str, Any], of_people: Judged | None, of_manager: Judged | None
) -> ComparedManager:
    manager = row["manager"]
    estimate = of_manager.shown(manager) if of_manager else None
    people = of_people.shown(manager) if of_people else None
    distribution, unclear = _distribution(ruling, row, of_people)
    verdict, why = _verdict(ruling, row, of_manager)
    differs = verdict in (ManagerVerdict.MORE_GENEROUS, ManagerVerdict.MORE_SEVERE)
    return ComparedManager(
        manager=manager,
        name=row["name"],
        team=row["team"],
        group=row["group"] if row["group_size"] > 1 else None,
        n=row["n"],
        n_people=row["people"] or None,
        mean=row["mean"],
        estimate=estimate,
        people=people,
        information=None if np.isnan(row["information"]) else row["information"],
        distribution=distribution,
        verdict=verdict,
        why=f"{why} {unclear}".strip(),
        innocent=INNOCENT[ruling.tier] if differs else "",
        counts=ruling.grading.counts[manager],
        expected=ruling.grading.expected.get(manager, ()),
    )


def _distribution(
    ruling: Ruling, row: Mapping[str, Any], of_people: Judged | None
) -> tuple[Distribution, str]:
    """How the grades of a manager's people lie; a sentence when a difference is not ruled out."""
    shown = of_people.shown(row["manager"]) if of_people else None
    if of_people is None or shown is None or _too_small(ruling, row):
        return Distribution.TOO_FEW, ""
    if of_people.named[of_people.places[row["manager"]]]:
        return (Distribution.HIGHER if shown.difference > 0 else Distribution.LOWER), ""
    if of_people.ruled_out(row["manager"], ruling.standard.no_difference_max):
        return Distribution.SIMILAR, ""
    return Distribution.SIMILAR, "The grades of this manager's people alone do not clearly differ."


def _too_small(ruling: Ruling, row: Mapping[str, Any]) -> bool:
    few_people = int(row["people"]) < ruling.standard.people_min
    return few_people or int(row["n"]) < ruling.standard.grades_min


def _verdict(
    ruling: Ruling, row: Mapping[str, Any], of_manager: Judged | None
) -> tuple[ManagerVerdict, str]:
    """The verdict on a manager, and why."""
    reason = _cannot(ruling, row, of_manager)
    shown = of_manager.shown(row["manager"]) if of_manager else None
    if reason or of_manager is None or shown is None:
        return ManagerVerdict.CANNOT_TELL, reason
    size, sure = ruling.standard.practical_difference, chance(shown.probability_material)
    told = f"{_where(ruling)} {points(shown.difference)} {between(shown.low, shown.high)}"
    if of_manager.named[of_manager.places[row["manager"]]]:
        why = f"{told}; the chance that this is more than {size:.2f} is {sure}."
        generous = shown.difference > 0
        return (ManagerVerdict.MORE_GENEROUS if generous else ManagerVerdict.MORE_SEVERE), why
    if not (doubt := _doubt(ruling, row, of_manager)):
        why = f"{told}; the chance of more than {size:.2f} either way is {sure}."
        return ManagerVerdict.NO_MATERIAL_DIFFERENCE, why
    return (
        ManagerVerdict.CANNOT_TELL,
        f"{told}; the chance of a material difference is {sure}{doubt}.",
    )


def _doubt(ruling: Ruling, row: Mapping[str, Any], of_manager: Judged) -> str:
    """What keeps a material difference from being ruled out, after its chance; empty if nothing."""
    place, need = of_manager.places[row["manager"]], ruling.standard
    high = ": too high to rule one out, too low to name one"
    if not of_manager.ruled_out(row["manager"], need.no_difference_max):
        if of_manager.beyond[place] > need.no_difference_max:
            return high
        return f", and {chance(of_manager.wide[place])} if managers differ more than it seems{high}"
    own = row["information"] >= need.no_difference_separation_min - 1e-9
    if own or ruling.tier is Tier.MEASURED_ATTAINMENT:
        return ""
    return (
        f", but mostly because others are alike: {percent(row['information'])} of the evidence is "
        f"of one's own, and {percent(need.no_difference_separation_min)} is needed to say so"
    )


def _where(ruling: Ruling) -> str:
    if ruling.grading.fits.is_sorted and ruling.tier is not Tier.MEASURED_ATTAINMENT:
        return "For the same people and cases, grades differ from the pooled level by"
    return {
        Tier.COMMON_CASES: "With cases and people taken into account, grades differ from the "
        "pooled level by",
        Tier.MEASURED_ATTAINMENT: "At the same attainment, grades differ from the pooled level by",
        Tier.SHARED_PEOPLE: "With people taken into account, grades differ from the pooled "
        "level by",
        Tier.NOTHING: "Grades differ from the pooled level by",
    }[ruling.tier]


def _cannot(ruling: Ruling, row: Mapping[str, Any], of_manager: Judged | None) -> str:
    """Why nothing can be said of a manager, whatever the numbers; empty when something can."""
    need = ruling.standard
    if ruling.stopped:
        return ruling.stopped
    if not row["compared"]:
        return f"None of {counted(row['n'], 'grade')} may be compared: {_set_aside(ruling, row)}."
    if ruling.tier is Tier.NOTHING:
        return f"Nothing tells this manager from the team; it would take {ruling.settling_words}."
    if of_manager is None or row["manager"] not in of_manager.places:
        return _apart(ruling, row)
    if _too_small(ruling, row):
        return (
            f"{counted(row['people'], 'person').replace('persons', 'people')} and "
            f"{counted(row['n'], 'grade')} compared; at least {few(need.people_min)} people and "
            f"{few(need.grades_min)} grades are needed."
        )
    if not ruling.candidates[of_manager.places[row["manager"]]]:
        if ruling.tier is Tier.MEASURED_ATTAINMENT:
            return "Too few of the grades have an attainment beside them."
        return (
            f"{percent(max(row['information'], 0.0))} of the evidence does not assume that teams "
            f"are equally good; at least {percent(need.separation_min)} is needed: "
            f"{ruling.settling_words}."
        )
    return ""


def _set_aside(ruling: Ruling, row: Mapping[str, Any]) -> str:
    """Why none of a manager's grades is compared: the most common reason."""
    known = ruling.grading.comparability.known
    reasons = known.loc[known["manager"].eq(row["manager"]), "aside"].value_counts()
    return f"{'most are' if len(reasons) > 1 else 'they are'} {ASIDE[reasons.index[0]]}"


def _apart(ruling: Ruling, row: Mapping[str, Any]) -> str:
    """Why a manager is in no comparison that tells managers from teams."""
    if ruling.tier is Tier.MEASURED_ATTAINMENT:
        return "None of the grades has an attainment beside it."
    alone = "Shares no people and no cases with any other manager"
    if (size := int(row["group_size"])) > 1:
        others = counted(size - 1, "other manager")
        alone = f"With {others}, shares no people and no cases with anybody else"
    return f"{alone}: a low or high grade here may be the manager or the work."
