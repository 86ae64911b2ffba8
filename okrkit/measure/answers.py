"""What people answered to the five statements, counted so that nobody can be singled out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

WORDS = ("yes", "no", "dont_know", "not_applicable")
OTHER_TEAMS = "other teams"
Cells = dict[str, tuple[int, int]]  # group: yes among yes and no, and how many of both
Shown = Callable[[Cells, int], list[tuple[str, int, int]]]


@dataclass(frozen=True, eq=False)
class Answers:
    """Answers of the latest wave.

    `table` has one row for each statement asked: `statement` (1 to 5) and the number of answers
    `yes`, `no`, `dont_know`, `not_applicable`. `by_team` and `by_level` have one row a statement
    and group: `statement`, `group` (id of a team, or "other teams"; a level), `yes`, and `n`, the
    answers that were yes or no. A group is listed only when no group of fewer than `group_min`
    could be worked out from those listed and the total.
    """

    table: pd.DataFrame
    by_team: pd.DataFrame
    by_level: pd.DataFrame
    respondents: int  #: people who answered at least one statement in this wave
    teams: tuple[str, ...]  #: teams the answers come from
    large_teams: frozenset[str]  #: those of at least `group_min` people who answered
    without_team: int  #: answers that name no team
    wave: str  #: empty when the answers name none
    earlier: int  #: answers of earlier waves, left out


def measure_answers(answers: pd.DataFrame, *, group_min: int) -> Answers:
    """Count the answers of the latest wave.

    Waves are ordered by the years in their names, then by name, numbers by size; answers without
    a wave come before all others.

    Examples
    --------
    >>> from okrkit.tables import Tables
    >>> frame = pd.DataFrame(
    ...     {"respondent": ["a", "b"], "statement": ["1", "1"], "answer": ["yes", "no"]}
    ... )
    >>> answers = Tables.from_frames(answers=frame).answers
    >>> measure_answers(answers, group_min=5).table.iloc[0].to_dict()
    {'statement': 1, 'yes': 1, 'no': 1, 'dont_know': 0, 'not_applicable': 0}
    """
    asked = answers[answers["statement"].isin([str(id_) for id_ in range(1, 6)])]
    waves = asked["wave"].fillna("")
    wave = max(waves.unique(), key=_wave_order, default="")
    latest = asked[waves == wave].assign(statement=lambda frame: frame["statement"].astype(int))
    people = latest.groupby("team")["respondent"].nunique()
    return Answers(
        table=_counts(latest),
        by_team=_by_group(latest, "team", _teams_shown, group_min),
        by_level=_by_group(latest, "level", _levels_shown, group_min),
        respondents=int(latest["respondent"].nunique()),
        teams=tuple(sorted(latest["team"].dropna().unique())),
        large_teams=frozenset(people.index[people >= group_min]),
        without_team=int(latest["team"].isna().sum()),
        wave=wave,
        earlier=len(asked) - len(latest),
    )


def _wave_order(wave: str) -> tuple[list[str], list[int | str]]:
    pieces = re.split(r"(\d+)", wave.casefold())
    years = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", wave)
    return years, [int(piece) if at % 2 else piece for at, piece in enumerate(pieces)]


def _counts(latest: pd.DataFrame) -> pd.DataFrame:
    counts = pd.crosstab(latest["statement"], latest["answer"])
    table = counts.reindex(columns=list(WORDS), fill_value=0).astype(int)
    return table.rename_axis(columns=None).rename_axis("statement").reset_index()


def _by_group(latest: pd.DataFrame, column: str, shown: Shown, group_min: int) -> pd.DataFrame:
    """Groups of every statement, as far as `shown` lets them be seen."""
    decided = latest[latest["answer"].isin(["yes", "no"])]
    rows: list[tuple[int, str, int, int]] = []
    if decided[column].notna().any():
        for statement, answers in decided.groupby("statement"):
            said_yes = answers["answer"].eq("yes")
            cells = said_yes.groupby(answers[column].fillna("")).agg(["sum", "size"])
            sizes = {str(name): (int(yes), int(n)) for name, yes, n in cells.itertuples()}
            rows += [(int(str(statement)), *cell) for cell in shown(sizes, group_min)]
    return pd.DataFrame(rows, columns=["statement", "group", "yes", "n"])


def _teams_shown(sizes: Cells, group_min: int) -> list[tuple[str, int, int]]:
    """Large teams, and the small ones together; a large one joins them if they stay too few."""
    by_size = sorted(sizes, key=lambda name: (name != "", sizes[name][1], name))
    merged = [name for name in by_size if name == "" or sizes[name][1] < group_min]
    rest = [name for name in by_size if name not in merged]
    while merged and rest and sum(sizes[name][1] for name in merged) < group_min:
        merged.append(rest.pop(0))
    if not rest:
        return []
    cells = [(name, *sizes[name]) for name in sorted(rest, key=lambda name: -sizes[name][1])]
    if merged:
        yes, n = (sum(sizes[name][at] for name in merged) for at in (0, 1))
        cells.append((OTHER_TEAMS, yes, n))
    return cells


def _levels_shown(sizes: Cells, group_min: int) -> list[tuple[str, int, int]]:
    """All levels, or none when one of them is small or there is only one."""
    if len(sizes) < 2 or any(n < group_min for _, n in sizes.values()) or "" in sizes:
        return []
    return [(name, *sizes[name]) for name in sorted(sizes)]
