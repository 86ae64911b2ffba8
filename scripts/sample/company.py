"""Who works at Quillmere Instruments: departments, teams, people, and who moved when."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .dice import Dice

HERE = Path(__file__).parent
CYCLES = ("2026-Q1", "2026-Q2", "2026-Q3")
MOVES_A_CYCLE = 48
MOVES_APART = 4

# Managers with a habit, by the team they lead: grade points they add, and what they do besides.
SEVERITY = {"Firmware": -0.12, "Success East": -0.12, "Field North": 0.12, "Content": 0.12}
ONLY_SEVENTY = "Design"
BONUS_LINE = "Support"
OTHER_SCALE = "Brand"
OTHER_CYCLE = "Research"
# Heads of these departments own no objective and drive no key result.
ABSENT_HEADS = ("Sales", "Operations", "Finance and Legal")


@dataclass
class Person:
    """One person; `teams` holds the team of each cycle, `steady` people never move."""

    id: str
    name: str
    role: str
    leads: bool
    ability: float
    steady: bool = True
    teams: dict[str, Team] = field(default_factory=dict)

    def manager(self, cycle: str) -> Person | None:
        """Who grades this person in `cycle`."""
        team = self.teams[cycle]
        if team.leader is not self:
            return team.leader
        return team.parent.leader if team.parent else None


@dataclass
class Team:
    """A team, a department or the company."""

    id: str
    name: str
    level: str
    function: str
    subjects: list[str]
    parent: Team | None = None
    lead: Person | None = None
    silent: bool = False  #: stops checking in in the third quarter
    apart: bool = False  #: shares no people and no cases with the others
    site: int = 0
    size: int = 0  #: people besides the leader

    @property
    def first(self) -> bool:
        """Whether the team stands at the first site, which carries the planted facts."""
        return self.site == 0

    @property
    def leader(self) -> Person:
        """The person who leads this team."""
        if self.lead is None:
            raise LookupError(f"{self.name} has no leader yet")
        return self.lead

    @property
    def scale(self) -> str:
        """The scale this team grades on."""
        return "1-5" if self.name == OTHER_SCALE else "0-1"

    def members(self, people: list[Person], cycle: str) -> list[Person]:
        """The people of this team in `cycle` who do not lead it."""
        return [p for p in people if p.teams[cycle] is self and p is not self.leader]


@dataclass
class Company:
    """Teams and people, top first."""

    teams: list[Team]
    people: list[Person]

    def team(self, name: str) -> Team:
        """The team called `name`."""
        return next(team for team in self.teams if team.name == name)

    def below(self, team: Team) -> list[Team]:
        """The teams directly under `team`."""
        return [other for other in self.teams if other.parent is team]

    @property
    def managers(self) -> list[Person]:
        """Everybody who leads a team, in the order of the teams."""
        return [team.leader for team in self.teams]


def severity(manager: Person) -> float:
    """The grade points `manager` adds to everybody."""
    team = next(iter(manager.teams.values()))
    return SEVERITY.get(team.name, 0.0)


def build_company(seed: int, scale: int) -> Company:
    """The company; with a larger `scale` the departments stand at `scale` sites."""
    plan = tomllib.loads((HERE / "teams.toml").read_text(encoding="utf-8"))
    teams = _teams(plan, scale)
    people = _people(Dice(seed, "people"), teams, plan["names"])
    for site in range(scale):
        _move(Dice(seed, f"moves {site}"), [p for p in people if p.teams[CYCLES[0]].site == site])
    return Company(teams, people)


def _teams(plan: dict[str, Any], scale: int) -> list[Team]:
    top = Team("", plan["company"], "company", "company", plan["subjects"])
    teams = [top]
    for site in range(scale):
        for entry in plan["department"]:
            head = _team(entry, entry, top, site)
            teams += [head, *(_team(row, entry, head, site) for row in entry["teams"])]
    digits = max(2, len(str(len(teams))))
    for number, team in enumerate(teams, 1):
        team.id = f"T{number:0{digits}d}"
    return teams


def _team(row: dict[str, Any], department: dict[str, Any], parent: Team, site: int) -> Team:
    level = "department" if row is department else "team"
    name, subjects = row["name"], row["subjects"]
    if site:
        name = f"{name}, site {site + 1}"
        subjects = [f"{subject} at site {site + 1}" for subject in subjects]
    team = Team("", name, level, department["function"], subjects, parent, site=site)
    team.size = row.get("size", 0)
    team.silent = department.get("silent", False) and team.first
    team.apart = department.get("apart", False) and team.first
    return team


def _people(dice: Dice, teams: list[Team], syllables: dict[str, list[str]]) -> list[Person]:
    names = _names(dice, syllables, sum(team.size + 1 for team in teams))
    digits = max(3, len(str(len(names))))
    ids = iter(f"P{number:0{digits}d}" for number in range(1, len(names) + 1))
    people: list[Person] = []
    for team in teams:
        title = {
            "company": "chief executive",
            "department": "head of department",
            "team": "team lead",
        }
        team.lead = _person(
            dice, (next(ids), names[len(people)], title[team.level]), team, leads=True
        )
        people.append(team.leader)
    for team in teams:
        for place in range(team.size):
            person = _person(dice, (next(ids), names[len(people)], "specialist"), team, leads=False)
            person.steady = place < min(7, team.size - 2)
            people.append(person)
    return people


def _person(dice: Dice, who: tuple[str, str, str], team: Team, *, leads: bool) -> Person:
    return Person(*who, leads, dice.normal(0, 0.06), teams=dict.fromkeys(CYCLES, team))


def _names(dice: Dice, syllables: dict[str, list[str]], count: int) -> list[str]:
    """`count` different names put together from syllables."""
    names: dict[str, None] = {}
    while len(names) < count:
        given, ending, family, close = (dice.pick(parts) for parts in syllables.values())
        names[f"{given}{ending} {family}{close}"] = None
    return list(names)


def _move(dice: Dice, people: list[Person]) -> None:
    """Let people who drive nothing change teams before the second and before the third cycle."""
    for number, cycle in enumerate(CYCLES[1:], 1):
        for apart, count in ((False, MOVES_A_CYCLE), (True, MOVES_APART)):
            free = [p for p in people if not p.steady and p.teams[cycle].apart == apart]
            movers = dice.some(free, count)
            seats = [person.teams[cycle] for person in movers]
            for person, team in zip(movers, seats[1:] + seats[:1], strict=True):
                person.teams.update(dict.fromkeys(CYCLES[number:], team))
