"""Grades: what managers give for the same work differs by a known amount."""

from __future__ import annotations

from dataclasses import dataclass

from .company import BONUS_LINE, CYCLES, ONLY_SEVENTY, OTHER_SCALE, Company, Person, Team, severity
from .dice import Dice
from .goals import WEAK_QUALITY, Goals, KeyResult
from .staffing import LEFT

CASES = 12
FULL_MARKS = {"output": 0.1, "outcome": 0.08}
SECOND_OPINIONS = 30  #: people a cycle who help another team and are graded there too
WITHOUT_GRADE = 9


@dataclass
class Grade:
    """One row of `grades`; the numbers are fractions of the team's scale."""

    key_result: KeyResult
    manager: Person
    person: Person
    cycle: str
    grade: float | None
    self_grade: float | None = None
    final_grade: float | None = None


def give_grades(seed: int, company: Company, goals: Goals) -> list[Grade]:
    """Grades of all cycles: of drivers, of people who helped, and of helpers from other teams."""
    rows: dict[tuple[str, str, str], Grade] = {}
    for cycle in CYCLES:
        dice = Dice(seed, f"grades {cycle}")
        for key_result, person, manager in _pairs(dice, company, goals, cycle):
            place = (key_result.id, manager.id, person.id)
            if place not in rows:
                rows[place] = _grade(dice, key_result, person, manager, cycle)
    graded = list(rows.values())
    for row in Dice(seed, "without grade").some(graded, WITHOUT_GRADE):
        row.grade = row.self_grade = row.final_grade = None
    return graded


def _pairs(
    dice: Dice, company: Company, goals: Goals, cycle: str
) -> list[tuple[KeyResult, Person, Person]]:
    """Who is graded for what by whom."""
    pairs = []
    graded = [k for k in goals.of(cycle) if k.story not in ("dropped", "paused")]
    by_team: dict[str, list[KeyResult]] = {}
    for key_result in graded:
        by_team.setdefault(key_result.team.id, []).append(key_result)
        for driver in key_result.drivers:
            manager = driver.manager(cycle)
            if manager and driver.id != LEFT:
                pairs.append((key_result, driver, manager))
    for team in company.teams[1:]:
        own = [k for k in by_team[team.id] if k.quality != WEAK_QUALITY]
        people = _helpers(dice, company, team, cycle)
        pairs += [(k, p, team.leader) for p in people for k in dice.some(own, 1 if p.steady else 2)]
    pairs += _visitors(dice, company, by_team, cycle)
    tops = [k for k in goals.of("0") if cycle == CYCLES[-1]]
    return pairs + [(k, p, company.managers[0]) for k in tops for p in _top_helpers(dice, company)]


def _helpers(dice: Dice, company: Company, team: Team, cycle: str) -> list[Person]:
    if team.level == "team":
        return team.members(company.people, cycle)
    below = [p for t in company.below(team) for p in t.members(company.people, cycle)]
    return dice.some(below, 8)


def _visitors(
    dice: Dice, company: Company, by_team: dict[str, list[KeyResult]], cycle: str
) -> list[tuple[KeyResult, Person, Person]]:
    teams = [team for team in company.teams if team.level == "team" and not team.apart]
    rows = []
    for person in dice.some(
        [p for p in company.people if not p.leads and not p.teams[cycle].apart], SECOND_OPINIONS
    ):
        team = dice.pick([team for team in teams if team is not person.teams[cycle]])
        rows.append((dice.pick(by_team[team.id]), person, team.leader))
    return rows


def _top_helpers(dice: Dice, company: Company) -> list[Person]:
    leads = [team.leader for team in company.teams if team.level == "team" and not team.apart]
    return dice.some(leads, 2)


def _grade(dice: Dice, key_result: KeyResult, person: Person, manager: Person, cycle: str) -> Grade:
    led = manager.teams[cycle].name
    deserved = key_result.quality + person.ability + dice.normal(0, 0.09)
    if key_result.quality == WEAK_QUALITY:
        deserved = min(deserved, 0.4)
    if dice.chance(FULL_MARKS.get(key_result.kind, 0.08)) and key_result.quality > 0.55:
        deserved = 1.0
    grade = _habit(dice, led, tenth(deserved + severity(manager)))
    final = None
    if cycle != CYCLES[-1]:
        final = tenth(grade - severity(manager)) if dice.chance(0.6) else grade
    own = tenth(deserved + dice.normal(0.06, 0.08)) if dice.chance(0.7) else None
    return Grade(key_result, manager, person, cycle, grade, own, final)


def _habit(dice: Dice, led: str, grade: float) -> float:
    """One manager gives only 0.7; one lifts what falls short of the bonus line to it."""
    if led == ONLY_SEVENTY:
        return 0.7
    return 0.7 if led == BONUS_LINE and grade == 0.6 and dice.chance(0.9) else grade


def tenth(grade: float) -> float:
    """`grade` on the scale of tenths."""
    return round(min(max(grade, 0.0), 1.0) * 10) / 10


def written(grade: float | None, team: Team) -> str:
    """`grade` as the team writes it: one team uses 1 to 5 in halves."""
    if grade is None:
        return ""
    if team.name == OTHER_SCALE:
        return f"{round((1 + 4 * grade) * 2) / 2:g}"
    return f"{grade:.1f}"


def grade_cases(seed: int, company: Company) -> list[tuple[Person, str, float]]:
    """The common exercise: all managers but those of the department apart grade the same cases."""
    dice = Dice(seed, "exercise")
    levels = [0.4, 0.5, 0.5, 0.6, 0.7, 0.7, 0.7, 0.8, 0.8, 0.8, 0.9, 0.9]
    rows = []
    for team in company.teams:
        if team.apart:
            continue
        for number, level in enumerate(levels[:CASES], 1):
            grade = tenth(level + severity(team.leader) + dice.normal(0, 0.06))
            rows.append((team.leader, f"case {number:02d}", _habit(dice, team.name, grade)))
    return rows
