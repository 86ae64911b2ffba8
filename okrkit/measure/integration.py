"""How far OKRs are part of the work: the meetings they come up in, hours, and silences."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from okrkit.standard import NOT_DUE

_PARTS = re.compile(r"[()\[\],;/+&]|\s[-–—|]\s|\b(?:in|at|during|with|and)\b", re.IGNORECASE)
_OWN = re.compile(r"\b(?:okrs?|key results?|objectives?)\b", re.IGNORECASE)


def is_regular(meeting: str, regular: Iterable[str]) -> bool:
    """Whether a meeting's name names one of the `regular` meetings.

    A part of the name that speaks of OKRs is the programme's own meeting, whatever it is called.

    Examples
    --------
    >>> names = ("planning", "review")
    >>> meetings = ("Sprint planning", "OKR review", "Sprint review (OKRs)")
    >>> [is_regular(meeting, names) for meeting in meetings]
    [True, False, True]
    """
    words = "|".join(re.escape(word) for word in regular)
    wanted = re.compile(rf"(?<!\w)(?:{words})s?(?!\w)", re.IGNORECASE)
    parts = _PARTS.split(meeting)
    return bool(words) and any(wanted.search(part) and not _OWN.search(part) for part in parts)


@dataclass(frozen=True, eq=False)
class Meetings:
    """Where check-ins are given.

    `table` has one row a team with check-ins: `team`, `check_ins`, `regular` (given in a regular
    meeting), `blank` (no meeting recorded). `names` has one row a meeting: `meeting`, `check_ins`,
    `regular` (yes or no), most check-ins first.
    """

    table: pd.DataFrame
    names: pd.DataFrame


def measure_meetings(check_ins: pd.DataFrame, *, regular: Iterable[str]) -> Meetings:
    """Count check-ins by whether they were given in one of the `regular` meetings."""
    words = tuple(regular)
    sizes = check_ins["meeting"].value_counts()
    known = {name: is_regular(str(name), words) for name in sizes.index}
    each = pd.DataFrame(
        {
            "team": check_ins["team"],
            "regular": check_ins["meeting"].map(known).eq(True),  # noqa: FBT003
            "blank": check_ins["meeting"].isna(),
        }
    )
    teams = each.groupby("team").agg(
        check_ins=("regular", "size"), regular=("regular", "sum"), blank=("blank", "sum")
    )
    names = pd.DataFrame(
        {"meeting": sizes.index, "check_ins": sizes.to_numpy(), "regular": list(known.values())}
    ).sort_values(["check_ins", "meeting"], ascending=[False, True])
    return Meetings(teams.reset_index(), names)


@dataclass(frozen=True, eq=False)
class LinkedWork:
    """Hours worked for key results.

    `table` has one row a team: `team`, `hours`, `linked` (hours that name one of the key results)
    and `astray` (hours that name something else).
    """

    table: pd.DataFrame


def measure_linked_work(work: pd.DataFrame, *, key_results: Iterable[str]) -> LinkedWork:
    """Add up hours by team: all, those that name one of `key_results`, those that name another."""
    known = work["key_result"].isin(list(key_results))
    linked = work["hours"].where(known, 0.0)
    astray = work["hours"].where(work["key_result"].notna() & ~known, 0.0)
    hours = pd.DataFrame(
        {"team": work["team"], "hours": work["hours"], "linked": linked, "astray": astray}
    )
    return LinkedWork(hours.groupby("team").sum().reset_index())


@dataclass(frozen=True, eq=False)
class Silences:
    """The longest time each key result went without a check-in.

    `table` has one row a key result that was open for at least a day: `key_result`, `team`,
    `days` and `since`, the day the silence began.
    """

    table: pd.DataFrame


def measure_silences(key_results: pd.DataFrame, check_ins: pd.DataFrame) -> Silences:
    """Measure the longest stretch without a check-in between `opens` and `closes`.

    Stretches that begin with a pause or with the end of a key result (done, missed, dropped) do
    not count. `key_results` has `key_result`, `team`, `opens`, `closes`; `check_ins` is sorted by
    day.
    """
    span = key_results.loc[key_results["closes"] > key_results["opens"]]
    span = span[["key_result", "team", "opens", "closes"]]
    given = check_ins[["key_result", "date", "status"]].merge(span, on="key_result")
    before = given[given["date"] <= given["opens"]].groupby("key_result")["status"].last()
    within = given[(given["date"] > given["opens"]) & (given["date"] <= given["closes"])]
    starts = span.assign(date=span["opens"], status=span["key_result"].map(before))
    ends = span.assign(date=span["closes"], status=None)
    points = pd.concat(
        [frame[["key_result", "team", "date", "status"]] for frame in (starts, within, ends)],
        keys=range(3), names=["order", "row"],
    ).reset_index()  # fmt: skip
    points = points.sort_values(["key_result", "date", "order"], kind="stable")
    same = points["key_result"].eq(points["key_result"].shift(-1))
    until = points["date"].shift(-1)
    points["days"] = (until - points["date"]).dt.days.where(same & ~points["status"].isin(NOT_DUE))
    longest = points.sort_values(["days", "date"], ascending=[False, True], kind="stable")
    longest = longest[longest["days"].notna()].drop_duplicates("key_result")
    table = longest.rename(columns={"date": "since"})[["key_result", "team", "days", "since"]]
    return Silences(table.reset_index(drop=True))
