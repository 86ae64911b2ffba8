"""Which managers are linked by people or cases they both graded."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components


@dataclass(frozen=True, eq=False)
class Connections:
    """How managers hang together.

    `table` has one row a manager of the compared grades, in the order of their ids: `manager`,
    `n` (grades), `people` (people graded), `shared_people` (of these, graded by another manager
    too), `cases` (common cases graded that another manager graded too), `group` (1 is the group
    with most managers, of equals the one with most grades) and `group_size` (its managers).
    Managers of different groups share nobody and nothing: no grade says how they compare.
    """

    table: pd.DataFrame
    shared_people: int  #: people graded by at least two managers

    def group(self, number: int) -> tuple[str, ...]:
        """The managers of a group, in the order of their ids."""
        return tuple(self.table.loc[self.table["group"].eq(number), "manager"])

    @property
    def groups(self) -> int:
        """How many groups there are."""
        return int(self.table["group"].max()) if len(self.table) else 0


def measure_connections(compared: pd.DataFrame, exercise: pd.DataFrame) -> Connections:
    """Link managers by the people of `compared` (manager, person) and the cases of `exercise`.

    Rows of `exercise` (manager, case) by managers without compared grades are left out.

    Examples
    --------
    >>> compared = pd.DataFrame({"manager": ["A", "B", "C"], "person": ["P", "P", "Q"]})
    >>> exercise = pd.DataFrame({"manager": [], "case": []}, dtype="str")
    >>> measure_connections(compared, exercise).table[["manager", "shared_people", "group"]]
      manager  shared_people  group
    0       A              1      1
    1       B              1      1
    2       C              0      2
    """
    pairs = compared[["manager", "person"]].drop_duplicates()
    cases = exercise[exercise["manager"].isin(pairs["manager"])]
    cases = cases[["manager", "case"]].drop_duplicates()
    seen_twice = pairs["person"].duplicated(keep=False)
    table = compared.groupby("manager").agg(n=("person", "size"), people=("person", "nunique"))
    table["shared_people"] = _counts(pairs[seen_twice], table.index)
    table["cases"] = _counts(cases[cases["case"].duplicated(keep=False)], table.index)
    table["group"] = _groups(pairs, cases, table)
    table["group_size"] = table.groupby("group")["group"].transform("size")
    return Connections(table.reset_index(), int(pairs.loc[seen_twice, "person"].nunique()))


def _counts(rows: pd.DataFrame, managers: pd.Index) -> pd.Series[int]:
    return rows.groupby("manager").size().reindex(managers, fill_value=0).astype(int)


def _groups(pairs: pd.DataFrame, cases: pd.DataFrame, table: pd.DataFrame) -> np.ndarray:
    """The number of each manager's group, the largest first."""
    graded = [("person", name) for name in pairs["person"]]
    graded += [("case", name) for name in cases["case"]]
    what, _ = pd.factorize(pd.Series(graded, dtype="object"))
    who = table.index.get_indexer(pd.Index([*pairs["manager"], *cases["manager"]], dtype="str"))
    size = len(table) + (int(what.max()) + 1 if len(what) else 0)
    links = coo_array((np.ones(len(who)), (who, what + len(table))), shape=(size, size))
    _, label = connected_components(links, directed=False)
    own = label[: len(table)]
    facts = pd.DataFrame({"label": own, "n": table["n"].to_numpy()}).groupby("label")["n"]
    order = facts.agg(["size", "sum"]).sort_values(["size", "sum"], ascending=False, kind="stable")
    rank = {found: number for number, found in enumerate(order.index, 1)}
    return np.array([rank[one] for one in own], dtype=int)
