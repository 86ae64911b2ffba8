"""Who owns objectives and who drives key results."""

from __future__ import annotations

from itertools import cycle as forever

from .company import ABSENT_HEADS, CYCLES, Company, Person, Team
from .dice import Dice
from .goals import WEAK_QUALITY, WEAK_SKILL, WEAK_SKILL_TEAMS, Goals, KeyResult

WITHOUT_DRIVER = {"2026-Q1": 5, "2026-Q2": 6, "2026-Q3": 8}
TWO_DRIVERS = {"2026-Q1": 4, "2026-Q2": 5, "2026-Q3": 6}
LEFT = "P999"  #: somebody who drove two key results of the platform team and then left


def staff(seed: int, company: Company, goals: Goals) -> None:
    """Fill in owners and drivers, exactly one driver as a rule."""
    dice = Dice(seed, "staffing")
    pools = {team.id: _pool(dice, company, team) for team in company.teams}
    turns = {name: forever(pool) for name, pool in pools.items()}
    for objective in goals.objectives:
        head = objective.team.leader
        objective.owner = pools[objective.team.id][0] if _absent(objective.team) else head
    for key_result in goals.key_results:
        key_result.drivers = [next(turns[key_result.team.id])]
    for cycle in CYCLES:
        _weak_skill(company, goals, cycle)
        _exceptions(dice, goals, pools, cycle)
    _left(company, goals)


def _absent(team: Team) -> bool:
    return team.name in ABSENT_HEADS


def _pool(dice: Dice, company: Company, team: Team) -> list[Person]:
    """Who may drive key results of `team`: never somebody who changes teams."""
    if team.level == "company":
        people = [
            below.leader for below in company.below(team) if below.first and not _absent(below)
        ]
    elif team.level == "department":
        people = [below.leader for below in company.below(team)]
    else:
        people = [person for person in team.members(company.people, CYCLES[0]) if person.steady]
    chosen = dice.shuffled(people)
    return chosen if _absent(team) else [*chosen, team.leader]


def _weak_skill(company: Company, goals: Goals, cycle: str) -> None:
    """One person in each of a few teams misses a key result of the same skill, every cycle."""
    for name in WEAK_SKILL_TEAMS:
        team = company.team(name)
        person = next(p for p in team.members(company.people, cycle) if p.steady)
        own = [k for k in goals.of(cycle) if k.team is team]
        key_result = next((k for k in own if person in k.drivers), own[0])
        key_result.drivers = [person]
        key_result.skill, key_result.quality = WEAK_SKILL, WEAK_QUALITY


def _exceptions(dice: Dice, goals: Goals, pools: dict[str, list[Person]], cycle: str) -> None:
    free = [
        k
        for k in goals.of(cycle)
        if k.team.level == "team" and k.team.first and k.skill != WEAK_SKILL
    ]
    without, double = WITHOUT_DRIVER[cycle], TWO_DRIVERS[cycle]
    chosen = dice.some(free, without + double)
    for key_result in chosen[:without]:
        key_result.drivers = []
    for key_result in chosen[without:]:
        key_result.drivers.append(_another(pools[key_result.team.id], key_result))


def _another(pool: list[Person], key_result: KeyResult) -> Person:
    return next(person for person in pool if person not in key_result.drivers)


def _left(company: Company, goals: Goals) -> None:
    team = company.team("Platform")
    person = Person(
        LEFT, "", "specialist", leads=False, ability=0.0, teams=dict.fromkeys(CYCLES, team)
    )
    own = [k for k in goals.of(CYCLES[0]) if k.team is team and len(k.drivers) == 1]
    for key_result in own[:2]:
        key_result.drivers = [person]
