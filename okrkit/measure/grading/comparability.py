"""Which grades may be compared with which, and why the others may not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from okrkit.progress import measure_attainment
from okrkit.standard import scale_key
from okrkit.tables import Tables, split_ids

LATER = "later"
SELF_GRADED = "self_graded"
OTHER_SCALE = "other_scale"
OTHER_LENGTH = "other_length"
NO_PERSON = "no_person"
LONE_CYCLE = "lone_cycle"
SAME = 0.005  # two numbers that agree to the second decimal


@dataclass(frozen=True, eq=False)
class Comparability:
    """Every grade, and whether it may be compared.

    `table` has one row a grade, with the index of the table `grades`: `key_result`, `manager`,
    `person` (as given, else the key result's only driver; missing when neither is known),
    `cycle`, `team` (of the objective), `type`, `scale`, `length` (of the cycle; missing where not
    recorded), `given` (the grade, a fraction of its scale), `grade` (the same, at most 1),
    `attainment` (of the key result, from 0 to 1; missing where it cannot be told), `drivers` (how
    many the key result names) and `aside`: why the row is not compared, empty when it is. A row
    has the first reason that holds: its cycle ends later than the day asked for (`later`); the
    manager drives the key result or is the person graded (`self_graded`); another scale than most
    grades (`other_scale`); another cycle length than most (`other_length`); nobody knows who was
    graded (`no_person`); one manager alone graded in that cycle, so that cycle and manager cannot
    be told apart (`lone_cycle`).
    """

    table: pd.DataFrame
    scale: str  #: the scale most grades are on; the house scale where none is recorded
    length: str  #: the cycle length of most grades; empty where none is recorded

    @cached_property
    def known(self) -> pd.DataFrame:
        """The grades known on the day asked for."""
        return self.table[self.table["aside"].ne(LATER)]

    @cached_property
    def compared(self) -> pd.DataFrame:
        """The grades that may be compared."""
        return self.table[self.table["aside"].eq("")]

    def aside(self, reason: str) -> pd.DataFrame:
        """The grades set aside for `reason`."""
        return self._by_reason.get(reason, self.table[:0])

    @cached_property
    def _by_reason(self) -> dict[str, pd.DataFrame]:
        return {str(reason): rows for reason, rows in self.table.groupby("aside")}

    @cached_property
    def recorded(self) -> dict[str, dict[str, int]]:
        """How many known grades record each `person`, `scale`, `length` and `type`."""
        columns = ("person", "scale", "length", "type")
        counts = {name: self.known[name].value_counts() for name in columns}
        return {
            name: {str(word): int(n) for word, n in of_words.items()}
            for name, of_words in counts.items()
        }

    @cached_property
    def traceable(self) -> int:
        """Known grades of which a driver or the person graded is recorded."""
        return int((self.known["drivers"].gt(0) | self.known["person"].notna()).sum())

    @cached_property
    def compared_measured(self) -> int:
        """Compared grades of key results whose attainment is known."""
        return int(self.compared["attainment"].notna().sum())

    @cached_property
    def measured(self) -> int:
        """Grades of key results whose attainment is known."""
        return int(self.known["attainment"].notna().sum())

    @cached_property
    def computed(self) -> int:
        """Of these, grades that are the attainment itself."""
        apart = (self.known["grade"] - self.known["attainment"]).abs()
        return int(apart.le(SAME + 1e-9).sum())


def measure_comparability(
    tables: Tables, *, house_scale: str, until: pd.Timestamp | None = None
) -> Comparability:
    """Say of every grade whether it may be compared.

    `house_scale` is the scale of key results whose objective names none. Cycles that end after
    `until` are not known yet.

    Examples
    --------
    >>> grades = pd.DataFrame({"key_result": ["K1", "K2"], "manager": ["Ann", "Bo"],
    ...                        "person": ["Cy", "Bo"], "cycle": ["Q1", "Q1"], "grade": [0.7, 0.9]})
    >>> found = measure_comparability(Tables.from_frames(grades=grades), house_scale="0-1")
    >>> found.table["aside"].tolist()
    ['', 'self_graded']
    """
    table = _described(tables, house_scale)
    scales = table["scale"].fillna(house_scale)  # on which the door read them
    scale = _most_common(scales, first=house_scale)
    length = _most_common(table["length"].dropna())
    ends = tables.cycles.set_index("cycle")["end"].reindex(table["cycle"]).set_axis(table.index)
    after = ends.gt(pd.Timestamp.max if until is None else until)
    reasons = [
        (LATER, after),
        (SELF_GRADED, table["own"]),
        (OTHER_SCALE, scales.ne(scale)),
        (OTHER_LENGTH, table["length"].notna() & table["length"].ne(length)),
        (NO_PERSON, table["person"].isna()),
    ]
    aside = pd.Series("", table.index, dtype="str")
    for reason, holds in reasons:
        aside = aside.mask(aside.eq("") & holds, reason)
    left = table[aside.eq("")]
    managers = left.groupby("cycle")["manager"].transform("nunique")
    if left["manager"].nunique() > 1:
        aside.loc[managers.index[managers.eq(1)]] = LONE_CYCLE
    return Comparability(table.drop(columns="own").assign(aside=aside), scale, length)


def _described(tables: Tables, house_scale: str) -> pd.DataFrame:
    """Every grade with what is known of its key result, objective and cycle."""
    grades = tables.grades
    key_results = tables.key_results.drop_duplicates("key_result").set_index("key_result")
    objectives = tables.objectives.drop_duplicates("objective").set_index("objective")
    objective = grades["key_result"].map(key_results["objective"])
    drivers = grades["key_result"].map(key_results["driver"]).map(split_ids)
    only = drivers.map(lambda names: names[0] if len(names) == 1 else None).astype("str")
    person = grades["person"].fillna(only)
    share = measure_attainment(tables.key_results, tables.check_ins)
    attained = share[~share.index.duplicated()]
    lengths = tables.cycles.set_index("cycle")["length"]
    return pd.DataFrame(
        {
            "key_result": grades["key_result"],
            "manager": grades["manager"],
            "person": person,
            "cycle": grades["cycle"],
            "team": objective.map(objectives["team"]).astype("str"),
            "type": grades["key_result"].map(key_results["type"]).astype("str"),
            "scale": _scales(objective.map(objectives["scale"]).astype("str"), house_scale),
            "length": grades["cycle"].map(lengths).astype("str"),
            "given": grades["grade"],
            "grade": grades["grade"].clip(upper=1.0),
            "attainment": grades["key_result"].map(attained).clip(0.0, 1.0),
            "drivers": drivers.map(len).astype(int),
            "own": _own(grades["manager"], person, drivers),
        }
    )


def _own(managers: pd.Series, persons: pd.Series, drivers: pd.Series) -> list[bool]:
    """Whether the manager graded themselves, or a key result they drive."""
    rows = zip(managers, persons, drivers, strict=True)
    return [manager == person or manager in names for manager, person, names in rows]


def _scales(names: pd.Series, house_scale: str) -> pd.Series:
    """One name for one scale, whatever the case and the dash."""
    first = {scale_key(house_scale): house_scale}
    for name in names.dropna():
        first.setdefault(scale_key(name), name)
    return names.map({name: first[scale_key(name)] for name in names.dropna()}).astype("str")


def _most_common(words: pd.Series, first: str = "") -> str:
    """The most common word; of equals `first`, else the first in the alphabet; empty for none."""
    counts = words.value_counts()
    most = sorted(counts.index[counts.eq(counts.max())])
    return first if first in most else next(iter(most), "")
