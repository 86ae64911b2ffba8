"""Statement 4: one named driver and a status every week."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from okrkit.judge.claims import Columns, bounded, lacking, reach, rows, settled
from okrkit.judge.finding import Finding, Rows, Verdict, Where
from okrkit.judge.phrases import agree, counted, number, part, percent, sentence
from okrkit.judge.result import Done
from okrkit.judge.scope import Scope
from okrkit.measure.accountability import (
    measure_drivers,
    measure_green_runs,
    measure_reds,
    measure_statuses,
)
from okrkit.standard import Standard
from okrkit.tables import has_values

from .catalogue import blank
from .two import NO_CHECK_INS, add_check_ins, too_short

WEEK = 7


def one_driver(scope: Scope, standard: Standard) -> Finding:
    """Nearly every key result has exactly one driver, and the driver is a person."""
    finding = blank("one_driver", standard)
    if not has_values(scope.key_results, "driver"):
        none = "The records we were given name no drivers of key results."
        return lacking(finding, none, "add key_results.csv (key_result, objective, text, driver)")
    known, groups = scope.tables.people, scope.tables.teams
    drivers = measure_drivers(
        scope.key_results,
        people={*known["person"], *known["name"].dropna()},
        teams={*groups["team"], *groups["name"].dropna()},
    ).table
    off = drivers[drivers["drivers"].ne(1)]
    missing, n = int(drivers["drivers"].eq(0).sum()), len(drivers)
    several, count = len(off) - missing, n - len(off)
    teams, joined = int(drivers["like_team"].sum()), int(drivers["several"].sum())
    claim = sentence(
        f"{part(count, n, 'key result')} {agree(count, 'has', 'have')} exactly one driver",
        f"{number(missing)} {agree(missing, 'has', 'have')} none" if missing else "",
        f"{number(several)} {agree(several, 'has', 'have')} more than one" if several else "",
        f"{number(teams)} of these drivers {agree(teams, 'has', 'have')} the name of a team, so "
        "the records do not show which person it is"
        if teams
        else "",
        f"{number(joined)} of these drivers may be several people" if joined else "",
    )
    where = Where("key_results", tuple(off["key_result"]))
    shown = _key_results(scope, off, {"Drivers": off["drivers"]})
    told = replace(finding, value=count / n, count=count, n=n, claim=claim, where=where, rows=shown)
    told = bounded(told, sure=count - teams - joined, possible=teams + joined)
    if told.verdict is Verdict.NOT_ENOUGH_DATA:
        return replace(told, why="Name one person each as driver in key_results.csv.")
    return told


def _key_results(scope: Scope, frame: pd.DataFrame, more: Columns) -> Rows:
    """Key results with text and team, and `more` columns."""
    shown: Columns = {
        "Key result": frame["key_result"],
        "Text": scope.texts(frame["key_result"]),
        "Team": scope.names(frame["team"]),
    }
    return rows({**shown, **more})


def weekly_status(scope: Scope, standard: Standard) -> Finding:
    """Enough of the statuses due were given, in teams with at least one check-in."""
    days = standard.cadence_days
    due = "weekly statuses" if days == WEEK else f"statuses due every {days} days"
    finding = replace(blank("weekly_status", standard), label=f"{due.capitalize()} given")
    if scope.check_ins.empty:
        return lacking(finding, NO_CHECK_INS, add_check_ins(scope))
    mine = scope.key_results["team"].isin(scope.check_ins["team"].unique())
    table = measure_statuses(scope.key_results[mine], scope.check_ins, cadence_days=days).table
    if table.empty:
        none = "No status was due yet in the cycles judged here."
        return lacking(finding, none, f"No full stretch of {days} days has passed.")
    count, n, unknown = (int(table[name].sum()) for name in ("given", "due", "unknown"))
    reached = reach("check-ins", table["team"], scope.teams)
    claim = sentence(
        f"{number(count)} of {number(n)} {due} ({percent(count / n)}) "
        f"{agree(count, 'was', 'were')} given for {counted(len(table), 'key result')}",
        f"{number(unknown)} of them only in words the standard does not know" if unknown else "",
        scope.ending,
        reached.words(scope),
    )
    low = table[(table["given"] / table["due"]).round(9) < standard.weekly_status_min]
    where = Where("key_results", tuple(low["key_result"]))
    told = replace(finding, value=count / n, count=count, n=n, claim=claim)
    told = replace(told, where=where, rows=_teams_below(scope, standard, table))
    short = too_short(scope.key_results[mine], standard)
    if short or not reached.enough(standard):
        return lacking(told, claim, short or reached.why())
    told = bounded(told, sure=count - unknown, possible=unknown)
    if told.verdict is Verdict.NOT_ENOUGH_DATA:
        return lacking(told, claim, unknown_words(scope))
    return told


def unknown_words(scope: Scope) -> str:
    """What to do about statuses in words the standard does not know; empty when there are none."""
    unknown = scope.check_ins[scope.check_ins["status"].eq("unknown")]
    if unknown.empty:
        return ""
    words = ", ".join(f"“{word}”" for word in unknown["status_word"].value_counts().index[:3])
    has = f"{counted(len(unknown), 'check-in')} {agree(len(unknown), 'has', 'have')}"
    return (
        f"{has} words the standard does not know ({words}): say what they mean under [statuses] "
        "in standard.toml"
    )


def _teams_below(scope: Scope, standard: Standard, table: pd.DataFrame) -> Rows:
    """Teams that gave fewer statuses than the limit, quietest first."""
    teams = table.groupby("team").agg(
        given=("given", "sum"), due=("due", "sum"), longest_gap=("longest_gap", "max")
    )
    teams["share"] = teams["given"] / teams["due"]
    low = teams[teams["share"] < standard.weekly_status_min].sort_values(["share", "longest_gap"])
    unit = "weeks" if standard.cadence_days == WEEK else f"times {standard.cadence_days} days"
    return rows(
        {
            "Team": scope.names(low.index),
            "Given": low["given"],
            "Due": low["due"],
            "Share": low["share"].map(percent),
            f"Longest gap, {unit}": low["longest_gap"],
        }
    )


def red_with_plan(scope: Scope, standard: Standard) -> Finding:
    """A red key result is a request for help and has a plan."""
    finding = blank("red_with_plan", standard)
    if scope.check_ins.empty:
        return lacking(finding, NO_CHECK_INS, add_check_ins(scope, "has_plan"))
    reds = measure_reds(scope.check_ins)
    told_by = reds.table[reds.table["team"].isin(reds.recording)]
    if reds.table.empty:
        none = "No key result judged here was reported red."
        return _none_so(finding, scope, none)
    if told_by.empty:
        were = f"{counted(len(reds.table), 'key result')} {agree(len(reds.table), 'was', 'were')}"
        none = f"{were} reported red; the records hold neither plans nor next steps."
        return lacking(finding, none, "add the column has_plan or next_step to check_ins.csv")
    count, n = int(told_by["planned"].sum()), len(told_by)
    open_ = told_by[~told_by["planned"].astype(bool)].sort_values(["since", "key_result"])
    reached = reach("plans", told_by["team"], reds.table["team"])
    checking = reach("check-ins", scope.check_ins["team"], scope.teams)
    claim = sentence(
        f"{part(count, n, 'key result')} that {agree(n, 'was', 'were')} red "
        f"{agree(count, 'has', 'have')} a plan or a next step recorded with it",
        reached.words(scope),
        checking.words(scope),
    )
    where = Where("key_results", tuple(open_["key_result"]))
    shown = _key_results(scope, open_, {"Red since": open_["since"]})
    told = replace(finding, value=count / n, count=count, n=n, claim=claim, where=where, rows=shown)
    return settled(told, standard, checking if reached.enough(standard) else reached)


def _none_so(finding: Finding, scope: Scope, none: str) -> Finding:
    """The finding when no status says so, which unknown words may hide."""
    why = unknown_words(scope)
    if why:
        none = f"{none.rstrip('.')} in a word the standard knows."
    return lacking(finding, none, why or none)


def frozen_green(scope: Scope, standard: Standard) -> Finding:
    """Key results that stay green for long also move."""
    finding = blank("frozen_green", standard)
    if scope.check_ins.empty:
        return lacking(finding, NO_CHECK_INS, add_check_ins(scope, "value"))
    least = standard.frozen_green_weeks
    runs = measure_green_runs(
        scope.check_ins, weeks_min=least, silence_days=standard.silence_days_max
    ).table
    weeks = f"green for {counted(least, 'week')} or more in a row"
    if runs.empty:
        none = f"No key result judged here was reported {weeks}."
        return _none_so(finding, scope, none)
    valued = runs[runs["moved"].notna()]
    if valued.empty:
        were = f"{counted(len(runs), 'key result')} {agree(len(runs), 'was', 'were')} {weeks}"
        none = f"{were}; the records hold no values for that time."
        return lacking(finding, none, "add the column value to check_ins.csv")
    frozen = valued[~valued["moved"].astype(bool)]
    count, n, blind = len(frozen), len(valued), len(runs) - len(valued)
    reached = reach("check-ins", scope.check_ins["team"], scope.teams)
    of = f"key results that were {weeks}" if n > 1 else f"key result that was {weeks}"
    one = "the one" if n == 1 else f"all {number(n)}"
    stood = f"{part(count, n, 'key result')} that {agree(n, 'was', 'were')} {weeks}"
    claim = sentence(
        f"{stood} did not move then" if count else f"{one} {of} moved then",
        f"{number(blind)} more {agree(blind, 'has', 'have')} no values to compare" if blind else "",
        reached.words(scope),
    )
    where = Where("key_results", tuple(frozen["key_result"]))
    spans = {"Green from": frozen["first"], "to": frozen["last"], "Weeks": frozen["weeks"]}
    told = replace(finding, value=count / n, count=count, n=n, claim=claim, where=where)
    shown = _key_results(scope, frozen, spans)
    return settled(replace(told, rows=shown), standard, reached)


RULES = (one_driver, weekly_status, red_with_plan, frozen_green)
HEADLINES = ("one_driver", "weekly_status")


def done(_scope: Scope, standard: Standard, findings: tuple[Finding, ...]) -> Done:
    """Share of due statuses that were given."""
    every = "weekly statuses" if standard.cadence_days == WEEK else "statuses due"
    return Done.of(findings, "weekly_status", f"{every} given")
