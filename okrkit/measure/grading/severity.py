"""Who grades how: everything measured about managers' grades, put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from okrkit.measure.grading.comparability import Comparability, measure_comparability
from okrkit.measure.grading.connections import Connections, measure_connections
from okrkit.measure.grading.fits import Fits, Progress, fit_grades
from okrkit.measure.grading.terms import Terms
from okrkit.tables import Tables

TENTHS = 11


@dataclass(frozen=True, eq=False)
class Grading:
    """Everything measured about how managers grade; no verdicts.

    `managers` has one row a manager who gave a grade: `manager`, `name`, `team` (texts, empty if
    unknown), `compared` (whether any of the grades may be compared), `n`, `people`, `mean` (of the
    grades compared; of the grades given when none is), `group`, `group_size`, `shared_people`,
    `cases` (see `Connections`; 0 when none is compared), and `information`: the share of a
    manager's variance that evidence within people and cases removes, from 0 to 1, missing when the
    manager is in no comparison.
    """

    tables: Tables
    terms: Terms
    comparability: Comparability
    connections: Connections
    managers: pd.DataFrame
    counts: Mapping[str, tuple[tuple[float, int], ...]]  #: grades of each manager by tenth
    expected: Mapping[str, tuple[float, ...]]  #: what the grades of all would give of each tenth
    fits: Fits

    @cached_property
    def cases(self) -> int:
        """How many common cases were graded."""
        return int(self.tables.exercise["case"].nunique())

    @cached_property
    def grades_a_person(self) -> float:
        """How many grades a manager gives a person in a cycle, on average."""
        rows = self.comparability.compared
        pairs = len(rows[["manager", "person", "cycle"]].drop_duplicates())
        return len(rows) / pairs if pairs else 1.0


def measure_grading(
    tables: Tables, terms: Terms | None = None, progress: Progress | None = None
) -> Grading:
    """Measure how managers grade.

    `progress` is called with words and a share from 0 to 1 as the work goes on.

    Examples
    --------
    >>> from okrkit.tables import empty_tables
    >>> measure_grading(empty_tables()).fits.refusal
    'No manager has grades that may be compared; at least 3 are needed.'
    """
    terms = terms or Terms()
    tell = progress or _silent
    tell("Reading the grades", 0.0)
    until = terms.as_of if terms.cut else None
    found = measure_comparability(tables, house_scale=terms.scale, until=until)
    links = measure_connections(found.compared, tables.exercise)
    fits = fit_grades(found.compared, tables.exercise, links, terms, tell)
    counts, expected = _counts(found)
    tell("Done", 1.0)
    return Grading(
        tables=tables,
        terms=terms,
        comparability=found,
        connections=links,
        managers=_managers(tables, found, links, fits.information),
        counts=counts,
        expected=expected,
        fits=fits,
    )


def _silent(words: str, share: float) -> None:
    """Nobody asked to be told."""


def _managers(
    tables: Tables, found: Comparability, links: Connections, information: Mapping[str, float]
) -> pd.DataFrame:
    """One row a manager who gave a grade; see `Grading`."""
    given = found.known.groupby("manager")
    table = given.agg(n=("grade", "size"), people=("person", "nunique"), mean=("given", "mean"))
    compared = found.compared.groupby("manager")
    own = compared.agg(n=("grade", "size"), people=("person", "nunique"), mean=("given", "mean"))
    for name in own:
        table[name] = own[name].reindex(table.index).fillna(table[name])
    table = table.astype({"n": int, "people": int, "mean": float})
    table.insert(0, "compared", table.index.isin(own.index))
    linked = links.table.set_index("manager")
    for name in ("group", "group_size", "shared_people", "cases"):
        table[name] = linked[name].reindex(table.index).fillna(0).astype(int)
    table["information"] = pd.Series(information, dtype="float64").reindex(table.index)
    who = tables.people.drop_duplicates("person").set_index("person").reindex(table.index)
    names = tables.teams.set_index("team")["name"].reindex(who["team"])
    team = pd.Series(names.to_numpy(), table.index, dtype="str").fillna(who["team"])
    table["name"], table["team"] = who["name"].fillna(""), team.fillna("")
    return table.rename_axis("manager").reset_index()


def _counts(
    found: Comparability,
) -> tuple[dict[str, tuple[tuple[float, int], ...]], dict[str, tuple[float, ...]]]:
    """Grades of each manager by tenth, and what the compared grades of all would give."""
    compared, known = found.compared, found.known
    only_given = known[~known["manager"].isin(compared["manager"])]
    rows = pd.concat([compared, only_given])
    tenths = np.floor(rows["grade"] * 10 + 0.5 + 1e-9).astype(int)
    table = pd.crosstab(rows["manager"], tenths).reindex(columns=range(TENTHS), fill_value=0)
    cells = {str(who): row for who, row in zip(table.index, table.to_numpy(), strict=True)}
    counts = {
        who: tuple((tenth / 10, int(n)) for tenth, n in enumerate(row))
        for who, row in cells.items()
    }
    ids = set(compared["manager"])
    who_compared = [who for who in cells if who in ids]
    pooled = np.sum([cells[who] for who in who_compared], axis=0) / max(len(compared), 1)
    expected = {
        who: tuple(float(share) for share in pooled * cells[who].sum()) for who in who_compared
    }
    return counts, expected
