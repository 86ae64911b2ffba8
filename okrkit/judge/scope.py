"""What an audit looks at: a day, the cycles judged on it, and what was known by then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import pandas as pd

from okrkit.measure.wording import measure_wording
from okrkit.standard import Standard
from okrkit.tables import Tables

NO_TEAM = "no team recorded"
ONE_PERSON = "one person"  # a team of the level "individual"
QUARTER_DAYS = 92  # the longest; a date further on than that from all others is probably mistyped


@dataclass(frozen=True, eq=False)
class Scope:
    """The part of a client's records that an audit judges.

    `objectives` has the columns of the contract with `level` filled from the team's.
    `key_results` adds `team`, `cycle` and the days `opens` and `closes` between which check-ins
    are due; `check_ins` adds `team` and is sorted by key result and day; `work` has every `team`
    filled.
    """

    as_of: pd.Timestamp | None
    cycles: tuple[str, ...]
    objectives: pd.DataFrame
    key_results: pd.DataFrame
    check_ins: pd.DataFrame
    work: pd.DataFrame
    tables: Tables
    left_out: int  #: objectives of other cycles
    stray: int  #: objectives that name a cycle which is not in the records
    records_end: pd.Timestamp | None  #: the last day observed, when spans close there

    @property
    def teams(self) -> tuple[str, ...]:
        """Teams with key results, in the order of their ids."""
        return tuple(sorted(set(self.key_results["team"]) - {NO_TEAM}))

    @property
    def ending(self) -> str:
        """For the end of a claim: where the records end, when that is long before the day."""
        return "" if self.records_end is None else f"the records end on {self.records_end:%Y-%m-%d}"

    @cached_property
    def wording(self) -> pd.DataFrame:
        """How the key results are worded: the table of `measure_wording` with `text` and `team`."""
        facts = self.key_results[["key_result", "text", "team"]]
        read = measure_wording(self.key_results).table
        return read.merge(facts, on="key_result").sort_values(["team", "key_result"])

    @cached_property
    def _texts(self) -> dict[str, str]:
        pairs = [
            (self.key_results, "key_result", "text"),
            (self.tables.objectives, "objective", "title"),
        ]
        return {
            id_: text
            for frame, key, column in pairs
            for id_, text in zip(frame[key], frame[column], strict=True)
        }

    def texts(self, ids: Iterable[str]) -> list[str | None]:
        """Texts of key results or titles of objectives, in the order given."""
        return [self._texts.get(id_) for id_ in ids]

    @cached_property
    def _named(self) -> dict[str, str]:
        named = self.tables.teams[self.tables.teams["name"].notna()]
        people = self.tables.teams.loc[self.tables.teams["level"].eq("individual"), "team"]
        names = dict(zip(named["team"], named["name"], strict=True))
        return names | dict.fromkeys(people, ONE_PERSON)

    def name(self, team: str) -> str:
        """The team's name, or its id; nobody is named by a team that is one person."""
        return self._named.get(team, team)

    def names(self, teams: Iterable[str]) -> list[str]:
        """Names of teams, or their ids, in the order given."""
        return [self.name(team) for team in teams]

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        below: dict[str, list[str]] = {}
        parents = self.tables.teams[self.tables.teams["parent_team"].notna()]
        for parent, team in zip(parents["parent_team"], parents["team"], strict=True):
            below.setdefault(parent, []).append(team)
        return below

    def line(self, teams: Iterable[str]) -> frozenset[str]:
        """These teams and all teams below them."""
        found: set[str] = set()
        waiting = list(teams)
        while waiting:
            team = waiting.pop()
            if team not in found:
                found.add(team)
                waiting += self._children.get(team, [])
        return frozenset(found)

    def only(self, teams: frozenset[str]) -> Scope:
        """The same scope with nothing but the records of `teams`."""
        objectives, key_results, check_ins, work = (
            frame[frame["team"].isin(teams)]
            for frame in (self.objectives, self.key_results, self.check_ins, self.work)
        )
        return replace(
            self, objectives=objectives, key_results=key_results, check_ins=check_ins, work=work
        )


def looked_up(keys: pd.Series, values: pd.Series) -> pd.Series:
    """The value that stands at each key in the index of `values`; missing where there is none."""
    return values.reindex(keys).set_axis(keys.index)


def scope_of(tables: Tables, as_of: date | None, standard: Standard | None = None) -> Scope:
    """Choose the day and the cycles, and keep what belongs to them and was known by then."""
    day = last_day(tables) if as_of is None else pd.Timestamp(as_of)
    page = tables.standard if standard is None else standard
    cycles = cycles_judged(tables, day)
    objectives = _known(tables.objectives, "created", day)
    judged = objectives["cycle"].isin(cycles or objectives["cycle"])
    teams = tables.teams.set_index("team")
    levels = objectives["level"].fillna(looked_up(objectives["team"], teams["level"]))
    kept = objectives.assign(level=levels)[judged].sort_values("objective")
    key_results = _key_results(tables, kept, day)
    check_ins = _check_ins(tables, key_results, day)
    end = records_end(tables, day, page.silence_days_max)
    spans = _spans(key_results, check_ins, tables, day)
    cut = end is not None and bool(spans["closes"].gt(end).any())
    if cut:
        spans = spans.assign(closes=spans["closes"].mask(spans["closes"].gt(end), end))
    stray = 0
    if cycles:
        stray = int((~objectives["cycle"].isin(tables.cycles["cycle"])).sum())
    return Scope(
        as_of=day,
        cycles=tuple(cycles) or tuple(sorted(kept["cycle"].unique())),
        objectives=kept,
        key_results=spans,
        check_ins=check_ins,
        work=_work(tables, cycles, day),
        tables=tables,
        left_out=int((~judged).sum()) - stray,
        stray=stray,
        records_end=end if cut else None,
    )


def last_day(tables: Tables) -> pd.Timestamp | None:
    """The last day anything was observed; else the end of the last cycle; else None."""
    observed = observed_days(tables)
    days = observed if len(observed) else tables.cycles["end"].dropna()
    return pd.Timestamp(days.max()) if len(days) else None


def observed_days(tables: Tables) -> pd.Series:
    """Every day on which something was observed, once."""
    days = [
        tables.check_ins["date"],
        tables.changes["date"],
        tables.objectives["created"],
        tables.objectives["approved"],
        tables.key_results["created"],
        week_ends(tables.work["week"]),
        week_ends(tables.commitments["week"]),
    ]
    return pd.concat([pd.to_datetime(column) for column in days]).dropna().drop_duplicates()


def records_end(tables: Tables, day: pd.Timestamp | None, silence_days: int) -> pd.Timestamp | None:
    """The last day observed by `day`, when no check-in is recorded for long before `day`."""
    if day is None:
        return None
    last = _known(tables.check_ins, "date", day)["date"].max()
    if pd.isna(last) or (day - last).days <= 2 * silence_days:
        return None
    observed = observed_days(tables)
    return pd.Timestamp(observed[observed.le(day)].max())


def stands_apart(tables: Tables) -> pd.Timestamp | None:
    """The last day observed, when it lies more than a quarter after all others."""
    days = observed_days(tables).sort_values()
    if len(days) < 2 or (days.iloc[-1] - days.iloc[-2]).days <= QUARTER_DAYS:
        return None
    return pd.Timestamp(days.iloc[-1])


def week_ends(weeks: pd.Series) -> pd.Series:
    """The Sunday of each ISO week such as "2026-W03"."""
    known = {
        week: date.fromisocalendar(int(week[:4]), int(week[-2:]), 7)
        for week in weeks.dropna().unique()
    }
    return pd.to_datetime(weeks.map(known))


def cycles_judged(tables: Tables, day: pd.Timestamp | None) -> list[str]:
    """Ids of the cycles with objectives that the day falls in.

    Years stand above shorter cycles and do not push them out: when no shorter one is running, the
    one that ended last still counts for as long as it lasted. When nothing runs, the cycle that
    ended last is judged, and before the first cycle the first.
    """
    used = tables.cycles[tables.cycles["cycle"].isin(tables.objectives["cycle"])]
    if used.empty or day is None:
        return []
    running = used[used["start"].le(day) & used["end"].ge(day)]
    ended = used[used["end"].lt(day)]
    if running.empty:
        first = used[used["start"].eq(used["start"].min())]
        last = ended[ended["end"].eq(ended["end"].max())]
        return sorted((first if last.empty else last)["cycle"])
    if running["length"].eq("year").all():
        shorter = ended[ended["length"].ne("year") & ended["end"].eq(ended["end"].max())]
        recent = shorter[day - shorter["end"] <= shorter["end"] - shorter["start"]]
        running = pd.concat([running, recent])
    return sorted(running["cycle"])


def _known(frame: pd.DataFrame, column: str, day: pd.Timestamp | None) -> pd.DataFrame:
    """Rows not dated after `day`."""
    return frame if day is None else frame[~frame[column].gt(day)]


def _key_results(
    tables: Tables, objectives: pd.DataFrame, day: pd.Timestamp | None
) -> pd.DataFrame:
    """Key results of these objectives, and those whose objective is not in the records."""
    known = _known(tables.key_results, "created", day)
    every, judged = tables.objectives["objective"], objectives["objective"]
    kept = known[known["objective"].isin(judged) | ~known["objective"].isin(every)]
    kept = kept.sort_values("key_result")
    owning = objectives.set_index("objective")
    return kept.assign(
        team=looked_up(kept["objective"], owning["team"]).fillna(NO_TEAM),
        cycle=looked_up(kept["objective"], owning["cycle"]),
        created=kept["created"].fillna(looked_up(kept["objective"], owning["created"])),
    )


def _check_ins(tables: Tables, key_results: pd.DataFrame, day: pd.Timestamp | None) -> pd.DataFrame:
    """Check-ins of these key results up to `day`, by key result and day, then as in the file."""
    known = _known(tables.check_ins, "date", day)
    team = looked_up(known["key_result"], key_results.set_index("key_result")["team"])
    kept = known.assign(team=team)[team.notna()]
    return kept.rename_axis("row").sort_values(["key_result", "date", "row"])


def _spans(
    key_results: pd.DataFrame, check_ins: pd.DataFrame, tables: Tables, day: pd.Timestamp | None
) -> pd.DataFrame:
    """Add `opens` and `closes`: the cycle's days, as far as the key result existed and `day` came.

    Without a known cycle a key result opens when it was created, else with its team's first
    check-in.
    """
    cycles = tables.cycles.set_index("cycle")
    start, end = (looked_up(key_results["cycle"], cycles[name]) for name in ("start", "end"))
    first = looked_up(key_results["team"], check_ins.groupby("team")["date"].min())
    created = key_results["created"]
    opens = start.fillna(created).fillna(first)
    last = pd.NaT if day is None else day
    return key_results.assign(
        opens=opens.where(~created.gt(opens), created),
        closes=end.where(end.lt(last), last),
    )


def _work(tables: Tables, cycles: list[str], day: pd.Timestamp | None) -> pd.DataFrame:
    """Hours of weeks that touch the judged cycles and had begun by `day`, each with its team."""
    ends = week_ends(tables.work["week"])
    begins = ends - pd.Timedelta(days=6)
    kept = pd.Series(data=True, index=ends.index) if day is None else begins.le(day)
    if cycles:
        span = tables.cycles[tables.cycles["cycle"].isin(cycles)]
        kept &= ends.ge(span["start"].min()) & begins.le(span["end"].max())
    team_of = tables.people.set_index("person")["team"]
    team = tables.work["team"].fillna(looked_up(tables.work["person"], team_of)).fillna(NO_TEAM)
    return tables.work.assign(team=team)[kept].sort_values(["team", "week", "item"])
