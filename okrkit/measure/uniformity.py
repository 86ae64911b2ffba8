"""How alike teams work: words they use for scale, template and cycle, rhythm, and counts."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True, eq=False)
class Usage:
    """Which word each team uses.

    `table` has one row a team and word: `team`, `word`, `objectives` (how many carry the word).
    Objectives that record no word are in no row.
    """

    table: pd.DataFrame

    @property
    def most_common(self) -> str:
        """The word most teams use, of equals the first in the alphabet; empty if none is used."""
        teams = self.table["word"].value_counts()
        return min(teams.index[teams == teams.max()], default="")


def measure_usage(objectives: pd.DataFrame, column: str) -> Usage:
    """Count objectives by team and by the word in `column`.

    Examples
    --------
    >>> frame = pd.DataFrame({"team": ["T1", "T1", "T2"], "scale": ["0-1", "0-1", "1-5"]})
    >>> measure_usage(frame, "scale").table.to_numpy().tolist()
    [['T1', '0-1', 2], ['T2', '1-5', 1]]
    """
    recorded = objectives[objectives[column].notna()]
    sizes = recorded.groupby(["team", column]).size()
    table = sizes.rename_axis(["team", "word"]).rename("objectives").reset_index()
    return Usage(table.astype({"team": "str", "word": "str"}))


@dataclass(frozen=True, eq=False)
class Cadence:
    """How often teams check in.

    `table` has one row a team with check-ins: `team`, `check_ins`, `gaps` (pairs of consecutive
    check-in days of one key result) and `median_days` between them, missing without a gap.
    """

    table: pd.DataFrame


def measure_cadence(check_ins: pd.DataFrame) -> Cadence:
    """Measure the days between consecutive check-ins of a key result, team by team.

    Several check-ins of a key result on one day count as one.
    """
    days = check_ins.drop_duplicates(["key_result", "date"]).sort_values(["key_result", "date"])
    gap = days["date"].diff().dt.days.where(days["key_result"].eq(days["key_result"].shift()))
    gaps = gap.groupby(days["team"]).agg(["count", "median"])
    table = pd.DataFrame({"check_ins": check_ins.groupby("team").size()})
    table["gaps"] = gaps["count"]
    table["median_days"] = gaps["median"]
    return Cadence(table.rename_axis("team").reset_index())


@dataclass(frozen=True, eq=False)
class Counts:
    """How many objectives and key results teams set themselves in a cycle.

    `table` has one row a team, cycle and level: `team`, `cycle`, `level` (missing if not
    recorded), `objectives` (of the one person who has most, at the level of individuals) and
    `key_results`, the most that one of these objectives has.
    """

    table: pd.DataFrame


def measure_counts(objectives: pd.DataFrame, key_results: pd.DataFrame) -> Counts:
    """Count objectives by team, cycle and level, and the key results of the fullest objective."""
    sizes = key_results.groupby("objective").size()
    each = objectives.assign(
        key_results=objectives["objective"].map(sizes).fillna(0).astype(int),
        who=objectives["owner"].where(objectives["level"].eq("individual")),
    )
    keys = ["team", "cycle", "level"]
    people = each.groupby([*keys, "who"], dropna=False)
    per_person = people.agg(objectives=("objective", "size"), key_results=("key_results", "max"))
    table = per_person.groupby(level=keys, dropna=False).max().reset_index()
    return Counts(table[[*keys, "objectives", "key_results"]])
