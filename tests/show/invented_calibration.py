"""An invented comparison of managers, of any size, that needs no model: what pages are tried on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from okrkit.judge.calibration.result import (
    Calibration,
    Check,
    ComparedManager,
    Distribution,
    Evidence,
    ManagerVerdict,
    Model,
    Permuted,
    Refusal,
    Shown,
    Tier,
)
from okrkit.judge.finding import Verdict
from okrkit.standard import DEFAULT_STANDARD
from okrkit.tables import Note

SEVERE, GENEROUS = ManagerVerdict.MORE_SEVERE, ManagerVerdict.MORE_GENEROUS
SAME, CANNOT = ManagerVerdict.NO_MATERIAL_DIFFERENCE, ManagerVerdict.CANNOT_TELL
LADDER = (
    Evidence(Tier.COMMON_CASES, "The same cases graded by everybody", "used", "36 managers graded the same 12 cases."),
    Evidence(Tier.MEASURED_ATTAINMENT, "Attainment measured", "not given", "40 of 352 key results have a baseline, a target and a final value."),
    Evidence(Tier.SHARED_PEOPLE, "People graded by more than one manager", "used", "250 people were graded by two managers or more."),
    Evidence(Tier.NOTHING, "None of these", "does not apply", "4 managers cannot be told from their teams by any of it."),
)  # fmt: skip
CHECKS = (
    Check("one_scale", "Same scale", Verdict.NOT_MET, "39 of 40 managers grade from 0 to 1; Brand grades from 1 to 5: 65 grades set aside.", 39, 40),
    Check("one_cycle_length", "Same cycle length", Verdict.MET, "All grades are of quarters.", 40, 40),
    Check("judged_not_computed", "Judged, not computed", Verdict.NOT_ENOUGH_DATA, "No key result has a baseline, a target and a final value."),
)  # fmt: skip


def shown(difference, half=0.05, probability=0.5):
    return Shown(
        difference,
        difference - half,
        difference + half,
        difference - 0.65 * half,
        difference + 0.65 * half,
        probability,
    )


def manager(number, verdict, difference=0.0, half=0.05, **more):
    """One manager; without `half` there is no estimate."""
    known = {SEVERE: Distribution.LOWER, GENEROUS: Distribution.HIGHER, SAME: Distribution.SIMILAR}
    probability = {SEVERE: 0.99, GENEROUS: 0.98, SAME: 0.03, CANNOT: 0.4}[verdict]
    estimate = None if half is None else shown(difference, half, probability)
    values = {
        "manager": f"K{number:03}",
        "name": f"Canary Ossa{number}",
        "team": f"Harbour{number}",
        "group": 1,
        "n": 60,
        "n_people": 11,
        "mean": 0.66 + difference,
        "estimate": estimate,
        "people": estimate,
        "information": 0.7,
        "distribution": known.get(verdict, Distribution.TOO_FEW),
        "verdict": verdict,
        "why": f"The interval of Canary Ossa{number} is clear.",
        "innocent": "Harder targets would look the same." if verdict in (SEVERE, GENEROUS) else "",
        "counts": tuple(
            zip([k / 10 for k in range(11)], (0, 1, 2, 5, 9, 14, 12, 10, 4, 2, 1), strict=True)
        ),
        "expected": (0.2, 0.8, 2, 4, 8, 13, 13, 10, 5, 2.5, 1.5),
    }
    return ComparedManager(**(values | more))


def managers(size=40):
    """Two severe, two generous, a quarter nobody can tell of, one not compared, the rest alike."""
    differ = [manager(1, SEVERE, -0.12), manager(2, SEVERE, -0.11), manager(3, GENEROUS, 0.13), manager(4, GENEROUS, 0.10)]  # fmt: skip
    unclear = [
        manager(k, CANNOT, (-1) ** k * 0.04, 0.08, why=f"Interval of Ossa{k} too wide.", n=58 - k)
        for k in range(5, size // 4)
    ]
    few = [
        manager(size // 4, CANNOT, 0.01, 0.2, n=6, n_people=2, why="Only 6 grades from 2 people.")
    ]
    refused = [manager(size // 4 + 1, CANNOT, half=None, group=2, information=None, why="Harbour11 shares nobody with the others.")]  # fmt: skip
    alike = [
        manager(k, SAME, 0.03 * ((k * 7) % 11 - 5) / 5, 0.04)
        for k in range(size // 4 + 2, size + 1)
    ]
    return (*differ, *unclear, *few, *refused, *alike)


def calibration(size=40, **more):
    """A comparison of `size` managers in which common cases tell."""
    values = {
        "client": "Quillmere Instruments",
        "as_of": date(2026, 9, 30),
        "cycles": ("2026-Q1", "2026-Q2", "2026-Q3"),
        "verdict": f"Four of {size} managers clearly differ from the pooled level, two up and two down.",
        "facts": (("2,179", "grades read, 1,797 compared"), (str(size), "managers"), ("0.66", "pooled level")),
        "comparable": CHECKS,
        "tier": Tier.COMMON_CASES,
        "told": "A strict manager can be told from a weak team for 36 of 40 managers: they graded the same cases.",
        "ladder": LADDER,
        "settle": "What would settle it: about 10 common cases, or 12 people graded by two managers.",
        "model": Model("REML", -812.4, 0.15, {"manager": 0.06, "person": 0.1}, {"manager": 0.04, "person": 0.09}, {"manager": 0.08, "person": 0.11}, 1797, size - 1, 396),
        "shares": (("the manager", 0.1, 0.05, 0.15), ("the person", 0.3, 0.25, 0.35), ("everything else", 0.6, 0.55, 0.65)),
        "expected_false_flags": 0.02,
        "expected_false_names": 0.06,
        "permuted": Permuted(100, 20261122, 0.01, 0.02, 0.01),
        "sorting": "",
        "pooled": 0.66,
        "managers": managers(size),
        "refused": (Refusal("Harbour11: K011", "They share no people and no cases with the others.", ("K011",), 271),),
        "notes": (Note("left_out", "Canary rows without a grade", "grades.csv", count=3),),
        "standard": DEFAULT_STANDARD,
    }  # fmt: skip
    return Calibration(**(values | more))


def nothing_separates(size=40):
    """Tier d: the grades of a manager's people are described, no manager is judged."""
    plain = calibration(size)
    everyone = tuple(
        replace(one, verdict=CANNOT, why="Nothing separates the manager from the team.")
        for one in plain.managers
    )
    return replace(
        plain,
        tier=Tier.NOTHING,
        verdict="Nobody can tell a strict manager from a weak team here.",
        managers=everyone,
        expected_false_flags=None,
        expected_false_names=None,
    )


def no_grades():
    """Nothing to compare at all."""
    return calibration(
        verdict="There are no grades to compare.",
        facts=(("0", "grades read"),),
        comparable=(),
        tier=Tier.NOTHING,
        told="No grades were given.",
        model=None,
        shares=(),
        expected_false_flags=None,
        expected_false_names=None,
        permuted=None,
        pooled=None,
        managers=(),
        refused=(),
        notes=(),
        as_of=None,
        cycles=(),
    )


def write_client(folder):
    """Eight managers who grade six people each and the same twelve cases: one severe, one generous.

    Noise is a fixed pattern. Every name, id and text of the client is a canary.
    """
    folder.mkdir()
    level = {1: -0.2, 2: 0.2}
    graded = ["key_result,manager,person,cycle,grade"]
    cases = ["manager,case,grade"]
    people = ["person,name,team"]
    for k in range(1, 9):
        people.append(f"K{k:03},Canary Ossa{k},T{k}")
        for at in range(24):
            noise = ((31 * k + 17 * at) % 13 - 6) / 60
            person, cycle = 6 * k + at % 6, 1 + at // 12
            grade = 0.55 + level.get(k, 0) + noise + 0.02 * (at % 3)
            graded.append(f"Zanzibar{k}-{at},K{k:03},K{100 + person},2026-Q{cycle},{grade:.2f}")
        for case in range(12):
            noise = ((29 * k + 7 * case) % 11 - 5) / 60
            cases.append(
                f"K{k:03},Zanzibar case {case},{0.5 + level.get(k, 0) + noise + case / 60:.2f}"
            )
    teams = ["team,name,level", *(f"T{k},Harbour{k},team" for k in range(1, 9))]
    files = {"grades": graded, "exercise": cases, "people": people, "teams": teams}
    for name, lines in files.items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "standard.toml").write_text("deals = 5\n", encoding="utf-8")
    return folder
