"""Whether somebody drives each key result and says how it stands, week by week."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd

from okrkit.standard import NOT_DUE
from okrkit.tables import split_ids


@dataclass(frozen=True, eq=False)
class Drivers:
    """How many people drive each key result.

    `table` has one row a key result: `key_result`, `team`, `drivers` (different ids, words such as
    "TBD" left out), `like_team` (its one driver is no known person and has the name of a team)
    and `several` (its one driver is no known person and may be several, such as "Ada & Ben").
    """

    table: pd.DataFrame


NOBODY = frozenset({"", "tbd", "tbc", "n/a", "na", "?", "open", "vacant", "nobody", "none"})
_JOINED = re.compile(r"[,&/]|\band\b", re.IGNORECASE)


def measure_drivers(
    key_results: pd.DataFrame, *, people: Collection[str] = (), teams: Collection[str] = ()
) -> Drivers:
    """Count the different drivers of each key result; none recorded is 0.

    `people` and `teams` hold known ids and names; who is among the people is a person, even when a
    team has the same id.
    """
    known, groups = ({name.casefold() for name in names} for names in (people, teams))
    rows = []
    for cell in key_results["driver"]:
        named = {id_ for id_ in split_ids(cell) if _plain(id_) not in NOBODY}
        alone = next(iter(named)) if len(named) == 1 else ""
        unknown = alone if alone.casefold() not in known else ""
        like_team = unknown.casefold() in groups
        several = not like_team and _JOINED.search(unknown) is not None
        rows.append((len(named), bool(unknown) and like_team, several))
    table = key_results[["key_result", "team"]].copy()
    table[["drivers", "like_team", "several"]] = pd.DataFrame(
        rows, index=table.index, columns=["drivers", "like_team", "several"]
    )
    return Drivers(table)


def _plain(word: str) -> str:
    return word.casefold().strip(" .-–—_")  # noqa: RUF001


@dataclass(frozen=True, eq=False)
class Statuses:
    """Statuses due and given.

    `table` has one row a key result with at least one status due: `key_result`, `team`, `due` and
    `given` (windows of `cadence_days` days), `unknown` (given, but only in words whose meaning is
    not known), `longest_gap` (most windows in a row without one).
    """

    table: pd.DataFrame
    cadence_days: int


def measure_statuses(
    key_results: pd.DataFrame, check_ins: pd.DataFrame, *, cadence_days: int
) -> Statuses:
    """Count the windows between `opens` and `closes` and those with at least one status.

    Windows follow one another from `opens`; the last one counts only when complete. None is due
    once a key result is done, missed or dropped, or while it is paused, until it is taken up again.
    `key_results` has `key_result`, `team`, `opens`, `closes`; `check_ins` is sorted by day.
    """
    days = (key_results["closes"] - key_results["opens"]).dt.days + 1
    windows = (days // cadence_days).fillna(0).clip(lower=0).astype(int)
    span = key_results.assign(windows=windows)[["key_result", "team", "opens", "windows"]]
    grid = _grid(span)
    seen = _seen(span, check_ins, cadence_days).reindex(grid)
    key = grid.get_level_values("key_result")
    off = seen["off"].groupby(key, sort=False).ffill().groupby(key, sort=False).shift()
    on = seen["on"].eq(1.0).to_numpy()
    frame = pd.DataFrame({"key_result": key, "window": grid.get_level_values("window")})
    frame["due"] = (off.ne(1.0).to_numpy() | on) & (frame["window"] >= 0)
    frame["given"] = frame["due"] & seen["off"].notna().to_numpy()
    frame["unknown"] = frame["given"] & seen["known"].eq(0.0).to_numpy()
    due = frame[frame["due"]]
    table = due.groupby("key_result", sort=False)[["due", "given", "unknown"]].sum()
    table["longest_gap"] = _longest_gap(due).reindex(table.index, fill_value=0)
    table.insert(0, "team", span.set_index("key_result")["team"].reindex(table.index))
    return Statuses(table.reset_index(), cadence_days)


def _grid(span: pd.DataFrame) -> pd.MultiIndex:
    """Every window of every key result, and window -1 for what was known before the first."""
    sizes = span["windows"].to_numpy() + 1
    first = np.repeat(np.cumsum(sizes) - sizes, sizes)
    window = np.arange(sizes.sum()) - first - 1
    key = np.repeat(span["key_result"].to_numpy(), sizes)
    return pd.MultiIndex.from_arrays([key, window], names=["key_result", "window"])


def _seen(span: pd.DataFrame, check_ins: pd.DataFrame, cadence_days: int) -> pd.DataFrame:
    """By key result and window: is the last status an end or a pause, is one on, is one known."""
    given = check_ins[["key_result", "date", "status"]].merge(span, on="key_result")
    window = ((given["date"] - given["opens"]).dt.days // cadence_days).clip(lower=-1)
    off = given["status"].isin(NOT_DUE).astype(float)
    frame = pd.DataFrame({"key_result": given["key_result"], "window": window, "off": off})
    frame = frame[window.lt(given["windows"])]
    frame["on"] = 1.0 - frame["off"]
    frame["known"] = given["status"].ne("unknown").astype(float)
    windows = frame.groupby(["key_result", "window"])
    return windows.agg(off=("off", "last"), on=("on", "max"), known=("known", "max"))


def _longest_gap(due: pd.DataFrame) -> pd.Series:
    """The most due windows in a row without a status, by key result."""
    run = due["given"].cumsum()
    missed = due[~due["given"]]
    return missed.groupby([missed["key_result"], run[~due["given"]]]).size().groupby(level=0).max()


@dataclass(frozen=True, eq=False)
class Reds:
    """Key results that were red.

    `table` has one row a key result reported red at least once: `key_result`, `team`, `since`
    (first red day), `planned` (a plan stands beside one of the reds). `recording` names the teams
    that record plans or next steps at all.
    """

    table: pd.DataFrame
    recording: frozenset[str]


def measure_reds(check_ins: pd.DataFrame) -> Reds:
    """List key results that were red and whether a plan was recorded with a red status.

    A plan is `has_plan` yes, or a next step. The last check-in of a day gives the day's status;
    `check_ins` is sorted by day.
    """
    recorded = check_ins["has_plan"].notna() | check_ins["next_step"].notna()
    plan = check_ins["has_plan"].fillna(value=False).astype(bool) | check_ins["next_step"].notna()
    days = check_ins.assign(planned=plan)
    days["planned"] = days.groupby(["key_result", "date"])["planned"].transform("max")
    days = days.drop_duplicates(["key_result", "date"], keep="last")
    red = days[days["status"].eq("red")]
    table = red.groupby("key_result").agg(
        team=("team", "first"), since=("date", "min"), planned=("planned", "max")
    )
    return Reds(table.reset_index(), frozenset(check_ins.loc[recorded, "team"]))


@dataclass(frozen=True, eq=False)
class GreenRuns:
    """Long runs of green.

    `table` has one row for the longest run of each key result that was green for at least so many
    weeks in a row: `key_result`, `team`, `first`, `last` (days of the first and last green),
    `weeks`, `values` (how many were recorded) and `moved` (missing with fewer than two values).
    """

    table: pd.DataFrame


def measure_green_runs(check_ins: pd.DataFrame, *, weeks_min: int, silence_days: int) -> GreenRuns:
    """Find runs of green over `weeks_min` weeks and say whether the value moved in them.

    A run ends with another status or with more than `silence_days` days without one; a status
    stands for its week, so greens on six Mondays in a row are six weeks. The last check-in of a
    day is the day's status. `check_ins` is sorted by day.
    """
    days = check_ins.drop_duplicates(["key_result", "date"], keep="last")
    days = days.sort_values(["key_result", "date"], kind="stable")
    green = days["status"].eq("green")
    breaks = (
        days["key_result"].ne(days["key_result"].shift())
        | green.ne(green.shift())
        | days["date"].diff().dt.days.gt(silence_days)
    )
    runs = days[green].groupby(breaks.cumsum()[green])
    table = runs.agg(
        key_result=("key_result", "first"),
        team=("team", "first"),
        first=("date", "min"),
        last=("date", "max"),
        values=("value", "count"),
        low=("value", "min"),
        high=("value", "max"),
    )
    table["weeks"] = (table["last"] - table["first"]).dt.days // 7 + 1
    table["moved"] = table["high"].gt(table["low"]).astype("boolean").mask(table["values"] < 2)
    table = table[table["weeks"] >= weeks_min].sort_values(["weeks", "first"], ascending=False)
    columns = ["key_result", "team", "first", "last", "weeks", "values", "moved"]
    return GreenRuns(table.drop_duplicates("key_result")[columns].reset_index(drop=True))
