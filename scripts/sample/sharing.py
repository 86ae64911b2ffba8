"""How objectives hang together: parents, links, shared and same objectives, dependencies."""

from __future__ import annotations

from dataclasses import dataclass, field

from .company import CYCLES, OTHER_CYCLE, OTHER_SCALE, Company, Person
from .dice import Dice
from .goals import PLANTED, WEAK_SKILL, YEAR, Goals, Objective, number_of

# cross-team objectives: all, with a dependency, owned from two teams, co-owned in one team
SHARED = {"2026-Q1": (10, 8, 5, 1), "2026-Q2": (12, 8, 5, 2), "2026-Q3": (19, 14, 6, 3)}
EDGES = {"2026-Q1": 6, "2026-Q2": 7, "2026-Q3": 12}
NOT_AGREED = {"2026-Q1": 1, "2026-Q2": 2, "2026-Q3": 4}
LOOP = ("Platform", "Data Science")
ORPHANS = {"2026-Q1": 3, "2026-Q2": 5, "2026-Q3": 9}
ORPHAN_DEPARTMENT = "People"


@dataclass
class Sharing:
    """Rows of the tables `dependencies` and `links`."""

    dependencies: list[tuple[str, str, str]] = field(default_factory=list)
    links: list[tuple[str, str, str]] = field(default_factory=list)


def share(seed: int, company: Company, goals: Goals) -> Sharing:
    """Set parents, co-owners and the loop; return the dependencies and the links."""
    sharing = Sharing()
    for cycle in CYCLES:
        dice = Dice(seed, f"sharing {cycle}")
        objectives = [o for o in goals.objectives if number_of(o.period) == cycle[-1]]
        _parents(dice, goals, objectives)
        if cycle == CYCLES[-1]:
            _loop(objectives)
        shared = _shared(dice, objectives, SHARED[cycle][0])
        others = _reach_across(dice, goals, shared, SHARED[cycle][1])
        _co_owners(dice, company, shared, others, SHARED[cycle])
        sharing.dependencies += _dependencies(dice, shared[: SHARED[cycle][1]], cycle)
        _orphans(dice, objectives, shared, ORPHANS[cycle])
        sharing.links += _links(dice, objectives)
    return sharing


def _parents(dice: Dice, goals: Goals, objectives: list[Objective]) -> None:
    """Teams serve their department, departments the company, sometimes a single key result."""
    tops = [objective for objective in goals.objectives if objective.period == YEAR]
    for objective in objectives:
        skips = objective.team.level == "team" and dice.chance(0.04)
        above = tops if skips else [o for o in tops + objectives if o.team is objective.team.parent]
        parent = dice.pick(above)
        objective.parent, objective.theme = parent.id, parent.theme
        if dice.chance(0.2):
            objective.parent = dice.pick([k.id for k in goals.key_results if k.objective is parent])


def _of(objectives: list[Objective], team: str, place: int) -> Objective:
    return [objective for objective in objectives if objective.team.name == team][place]


def _loop(objectives: list[Objective]) -> None:
    first, second = (_of(objectives, team, 1) for team in LOOP)
    first.parent, second.parent = second.id, first.id


def _shared(dice: Dice, objectives: list[Objective], count: int) -> list[Objective]:
    """The first objective of `count` teams."""
    firsts: dict[str, Objective] = {}
    for objective in objectives:
        plain = objective.team.name not in (OTHER_CYCLE, OTHER_SCALE)
        if objective.team.level == "team" and objective.team.first and plain:
            firsts.setdefault(objective.team.id, objective)
    return dice.some(list(firsts.values()), count)


def _reach_across(
    dice: Dice, goals: Goals, shared: list[Objective], linked: int
) -> dict[str, Person]:
    """The person on the other side; without a dependency they drive a key result."""
    others = {}
    for place, objective in enumerate(shared):
        partner = shared[(place + 1) % linked] if place < linked else dice.pick(shared[:linked])
        others[objective.id] = partner.team.leader
        if place >= linked:
            own = [k for k in goals.key_results if k.objective is objective]
            free = [k for k in own if len(k.drivers) == 1 and k.skill != WEAK_SKILL]
            (free or own)[-1].drivers = [partner.team.leader]
    return others


def _co_owners(
    dice: Dice,
    company: Company,
    shared: list[Objective],
    others: dict[str, Person],
    counts: tuple[int, ...],
) -> None:
    order = dice.shuffled(shared)
    across, at_home = counts[2], counts[3]
    for objective in order[:across]:
        objective.co_owners = [others[objective.id]]
    for objective in order[across : across + at_home]:
        colleagues = objective.team.members(company.people, CYCLES[-1])
        objective.co_owners = [next(person for person in colleagues if person.steady)]


def _dependencies(dice: Dice, linked: list[Objective], cycle: str) -> list[tuple[str, str, str]]:
    """Every linked objective needs another or is needed; one has no answer yet."""
    count = len(linked)
    pairs = [(place, place + 1) for place in range(0, count, 2)]
    pairs += [(place, place + 3) for place in range(0, count - 3)][: EDGES[cycle] - len(pairs)]
    words = ["no"] * NOT_AGREED[cycle] + [""]
    words = dice.shuffled(words + ["yes"] * (len(pairs) - len(words)))
    return [(linked[a].id, linked[b].id, word) for (a, b), word in zip(pairs, words, strict=True)]


def _orphans(dice: Dice, objectives: list[Objective], shared: list[Objective], count: int) -> None:
    planted = {title for title, _ in PLANTED.values()}
    looped = [o for o in objectives if o.team.name in LOOP]
    free = [o for o in objectives if o.team.level == "team" and o.team.first]
    free = [o for o in free if o not in shared and o not in looped and o.title not in planted]
    for objective in dice.some(free, count):
        objective.parent, objective.theme = "", ""
    department = _of(objectives, ORPHAN_DEPARTMENT, 0)
    department.parent, department.theme = "", ""


def _links(dice: Dice, objectives: list[Objective]) -> list[tuple[str, str, str]]:
    """A few objectives serve two departments."""
    departments = [o for o in objectives if o.team.level == "department"]
    looped = [o for o in objectives if o.team.name in LOOP]
    free = [o for o in objectives if o.team.level == "team" and o.parent and o not in looped]
    rows = []
    for objective in dice.some(free, 5):
        other = dice.pick([o for o in departments if o.team is not objective.team.parent])
        weight = dice.pick((30, 40))
        rows += [
            (objective.id, objective.parent, f"0.{100 - weight}"),
            (objective.id, other.id, f"0.{weight}"),
        ]
    return [(child, parent, weight.rstrip("0")) for child, parent, weight in rows]
