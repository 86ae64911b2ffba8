"""Invented companies whose managers' severity is known, so that the comparison can be held to it.

People sit in unequal teams under a home manager, some change managers from cycle to cycle, and some
key results are graded by another manager. A grade is the level of the key result's type, plus the
manager's generosity, the person's ability and chance; then it is rounded to tenths.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from okrkit.tables import Tables, empty_tables

CYCLES = ("2026-Q1", "2026-Q2", "2026-Q3")
LEVELS = np.array([0.62, 0.57, 0.66, 0.52])  # one a type of key result
TYPES = np.array(["growth", "quality", "milestone", "people"])
EMPTY = empty_tables()


@dataclass(frozen=True)
class Scenario:
    """How a company is invented. Spreads are standard deviations in grade points."""

    name: str
    says: str  #: what is special about it
    managers: int = 60
    people_each: int = 6  #: people a manager, on average
    grades_each: int = 6  #: grades a person
    moves: float = 0.25  #: share of people who change managers each cycle
    lent: float = 0.10  #: share of key results that another manager grades
    spread: float = 0.06  #: of managers
    ability: float = 0.10  #: of people
    scatter: float = 0.15  #: of grades of one person by one manager
    sorting: float = 0.0  #: correlation of ability with the home manager's generosity
    heavy: bool = (
        False  #: whether generosity has heavy tails: Student's t with 3 degrees of freedom
    )
    rounded: bool = True
    runs: int = 400
    again: int = 400  #: how many of these `make check-long` repeats
    deals: int = 0  #: of people to managers by chance, in every run


STANDARD = Scenario("S1", "standard company", deals=4)
SCENARIOS = (
    replace(STANDARD, name="S0", says="equal managers", spread=0.0, deals=19),
    STANDARD,
    Scenario("S2", "grades not rounded", rounded=False),
    Scenario("S3", "nobody moves", moves=0.0, lent=0.0),
    Scenario("S4", "good people with generous managers, a quarter moves", sorting=0.5),
    Scenario(
        "S5", "good people with generous managers, nobody moves", moves=0.0, lent=0.0, sorting=0.5
    ),
    Scenario("S6", "a few managers far out", heavy=True),
    Scenario(
        "S7",
        "150 tiny teams: 2 people, 3 grades each",
        managers=150,
        people_each=2,
        grades_each=3,
        moves=0.10,
        lent=0.05,
    ),
    Scenario("S8", "8 managers", managers=8),
    Scenario("S9", "20 managers", managers=20),
    Scenario("S10", "300 managers", managers=300, again=60),
    Scenario("S11", "good people with severe managers, a quarter moves", sorting=-0.5),
    Scenario("M3", "3 managers", managers=3),
    Scenario("M5", "5 managers", managers=5),
)
BY_NAME = {scenario.name: scenario for scenario in SCENARIOS}


@dataclass(frozen=True, eq=False)
class Company:
    """The tables okrkit reads, and the truth it does not see."""

    tables: Tables
    generosity: pd.Series[float]  #: by manager
    ability: pd.Series[float]  #: mean over the grades a manager gave
    raw: pd.Series[float]  #: mean grade a manager gave, the types' levels taken off


def invent(scenario: Scenario, chance: np.random.Generator) -> Company:
    """A company, drawn."""
    managers, people = scenario.managers, scenario.managers * scenario.people_each
    sizes = chance.gamma(2.0, 1.0, managers)
    sizes /= sizes.sum()
    generous = _generosity(scenario, chance)
    home = chance.choice(managers, people, p=sizes)
    together = scenario.sorting * scenario.ability / (scenario.spread or 1.0)
    rest = scenario.ability * np.sqrt(1 - scenario.sorting**2)
    able = together * generous[home] + chance.normal(0, rest, people)

    person = np.repeat(np.arange(people), scenario.grades_each)
    cycle = chance.integers(0, len(CYCLES), person.size)
    manager = _homes(scenario, home, sizes, chance)[person, cycle]
    lent = chance.random(person.size) < scenario.lent
    manager = np.where(lent, chance.choice(managers, person.size, p=sizes), manager)
    kind = chance.integers(0, len(LEVELS), person.size)
    grade = LEVELS[kind] + generous[manager] + able[person]
    grade += chance.normal(0, scenario.scatter, person.size)
    grade = np.clip(np.round(grade, 1) if scenario.rounded else grade, 0, 1)

    seen = pd.DataFrame({"able": able[person], "raw": grade - LEVELS[kind]}).groupby(
        _ids("M", manager)
    )
    return Company(
        tables=_tables(manager, person, cycle, kind, grade),
        generosity=pd.Series(generous, _ids("M", np.arange(managers))),
        ability=seen["able"].mean(),
        raw=seen["raw"].mean(),
    )


def _generosity(scenario: Scenario, chance: np.random.Generator) -> np.ndarray:
    if scenario.heavy:
        return scenario.spread * chance.standard_t(3, scenario.managers) / np.sqrt(3)
    return chance.normal(0, scenario.spread, scenario.managers)


def _homes(
    scenario: Scenario, home: np.ndarray, sizes: np.ndarray, chance: np.random.Generator
) -> np.ndarray:
    """(people, cycles) who the manager of each person is."""
    homes = [home]
    for _ in CYCLES[1:]:
        moving = chance.random(home.size) < scenario.moves
        homes.append(np.where(moving, chance.choice(sizes.size, home.size, p=sizes), homes[-1]))
    return np.column_stack(homes)


def _ids(letter: str, numbers: np.ndarray) -> list[str]:
    return [f"{letter}{number:04d}" for number in numbers]


def _tables(
    manager: np.ndarray, person: np.ndarray, cycle: np.ndarray, kind: np.ndarray, grade: np.ndarray
) -> Tables:
    """Tables as the door would make them, without the time it takes."""
    key_results = _ids("K", np.arange(grade.size))
    grades = {
        "key_result": key_results,
        "manager": _ids("M", manager),
        "person": _ids("P", person),
        "cycle": np.array(CYCLES)[cycle],
        "grade": grade,
    }
    described = {"key_result": key_results, "type": TYPES[kind]}
    return replace(
        EMPTY,
        grades=_filled(EMPTY.grades, grades),
        key_results=_filled(EMPTY.key_results, described),
    )


def _filled(empty: pd.DataFrame, columns: dict[str, object]) -> pd.DataFrame:
    rows = pd.DataFrame(columns).reindex(columns=empty.columns).astype(empty.dtypes)
    return rows.set_axis(pd.RangeIndex(2, len(rows) + 2, name="row"))
