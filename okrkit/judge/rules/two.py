"""Statement 2: OKRs in the regular meetings and in the work."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from okrkit.judge.claims import Columns, bounded, lacking, reach, rows, settled
from okrkit.judge.finding import Finding, Verdict, Where
from okrkit.judge.phrases import (
    agree,
    counted,
    listed,
    number,
    part,
    percent,
    sentence,
    such_as,
    unit_of,
)
from okrkit.judge.result import Done
from okrkit.judge.scope import Scope
from okrkit.measure.integration import (
    Meetings,
    measure_linked_work,
    measure_meetings,
    measure_silences,
)
from okrkit.standard import Standard

from .catalogue import blank

NO_CHECK_INS = "The records we were given hold no check-ins for the key results judged here."
ADD_CHECK_INS = "add check_ins.csv (key_result, date, status)"


def add_check_ins(scope: Scope, column: str = "") -> str:
    """What to add when no check-in of the judged key results is known."""
    given = scope.tables.check_ins["key_result"]
    if len(given) and not given.isin(scope.tables.key_results["key_result"]).any():
        return "the key_result ids in check_ins.csv match none of the key results"
    if len(given):
        return "add check-ins for the key results of the cycles judged here"
    return ADD_CHECK_INS.replace(")", f", {column})") if column else ADD_CHECK_INS


def regular_meetings(scope: Scope, standard: Standard) -> Finding:
    """Enough check-ins are given where the work is discussed anyway.

    Check-ins without a meeting leave the share between two bounds; the verdict holds for both.
    """
    finding = blank("regular_meetings", standard)
    if scope.check_ins.empty:
        return lacking(finding, NO_CHECK_INS, add_check_ins(scope, "meeting"))
    meetings = measure_meetings(scope.check_ins, regular=standard.regular_meetings)
    used = meetings.table[meetings.table["check_ins"] > meetings.table["blank"]]
    if used.empty:
        none = "No check-in in the records we were given names the meeting it was given in."
        return lacking(finding, none, "add the column meeting to check_ins.csv")
    count, n, unnamed = (int(used[name].sum()) for name in ("regular", "check_ins", "blank"))
    reached = reach("the meetings of check-ins", used["team"], scope.teams)
    claim = (
        f"{part(count, n, 'check-in')} {agree(count, 'names', 'name')} a regular meeting"
        f"{such_as(standard.regular_meetings)}"
    )
    without = f"{number(unnamed)} {agree(unnamed, 'names', 'name')} no meeting"
    others = meetings.names.loc[~meetings.names["regular"].astype(bool), "meeting"].tolist()
    told = replace(finding, value=count / n, count=count, n=n, claim=claim)
    told = bounded(told, sure=count, possible=unnamed)
    bounds = ""
    if told.verdict is Verdict.NOT_ENOUGH_DATA:
        told = replace(told, why=f"{counted(unnamed, 'check-in')} {without.partition(' ')[2]}.")
        most = percent((count + unnamed) / n)
        bounds = f"so the share lies between {percent(count / n)} and {most}"
    told = replace(
        told,
        claim=sentence(
            told.claim,
            without if unnamed else "",
            bounds,
            f"not counted as regular: {listed(others)}"
            if told.verdict is Verdict.NOT_MET and others
            else "",
            reached.words(scope),
        ),
        where=Where("teams", tuple(used.sort_values(["regular", "team"])["team"])),
        rows=rows(_meetings_shown(meetings, unnamed)),
    )
    return told if reached.enough(standard) else lacking(told, told.claim, reached.why())


def _meetings_shown(meetings: Meetings, unnamed: int) -> dict[str, list[object]]:
    first = [("none", unnamed, None)] if unnamed else []
    lines = [*first, *meetings.names.itertuples(index=False)]
    header = ("Meeting recorded", "Check-ins", "Regular meeting")
    return {name: [line[at] for line in lines] for at, name in enumerate(header)}


def work_linked(scope: Scope, standard: Standard) -> Finding:
    """Enough of the hours worked serve a key result, in teams that link any."""
    finding = blank("work_linked", standard)
    known = scope.tables.key_results["key_result"]
    hours = measure_linked_work(scope.work, key_results=known).table
    used = hours[hours["linked"] > 0]
    if not hours["hours"].sum():
        none = "The records we were given hold no hours worked in the cycles judged here."
        return lacking(finding, none, "add work.csv (item, week, hours, team, key_result)")
    astray = round(float(hours["astray"].sum()))
    lost = f"{counted(astray, 'hour')} {agree(astray, 'names', 'name')} something that is no key "
    lost = f"{lost}result in the records" if astray else ""
    if used.empty:
        none = "No hours in the records we were given name a key result."
        add = "the key_result ids in work.csv match none of the key results"
        if not astray:
            add = "name the key result in the column key_result of work.csv"
        return lacking(finding, none, add)
    linked, total = float(used["linked"].sum()), float(used["hours"].sum())
    count, n = round(linked), round(total)
    reached = reach("hours linked to a key result", used["team"], [*scope.teams, *hours["team"]])
    hours_of = f"{number(count)} of {counted(n, 'hour')}"
    if count == n and linked < total or not count:
        hours_of = f"{linked:,.1f} of {total:,.1f} hours"
    whose = "" if len(used) == len(hours) else f"by {counted(len(used), 'team')} that link any "
    claim = sentence(
        f"{hours_of} logged {whose}{agree(count, 'names', 'name')} a key result "
        f"({percent(linked / total)})",
        lost,
        reached.words(scope),
    )
    least = used.assign(share=used["linked"] / used["hours"]).sort_values(["share", "team"])
    shown: Columns = {
        "Team": scope.names(least["team"]),
        "Hours linked": least["linked"].round(),
        "Hours": least["hours"].round(),
        "Share": least["share"].map(percent),
    }
    where = Where("teams", tuple(least["team"]))
    told = replace(finding, value=linked / total, count=count, n=n, claim=claim)
    return settled(replace(told, where=where, rows=rows(shown)), standard, reached)


def longest_silence(scope: Scope, standard: Standard) -> Finding:
    """The typical key result is never left alone for long."""
    finding = blank("longest_silence", standard)
    recorded = scope.check_ins["team"].unique()
    mine = scope.key_results[scope.key_results["team"].isin(recorded)]
    silences = measure_silences(mine, scope.check_ins).table
    if silences.empty:
        return lacking(finding, NO_CHECK_INS, add_check_ins(scope))
    longest = silences.sort_values(["days", "key_result"], ascending=[False, True])
    quiet = longest[longest["days"] > standard.silence_days_max]
    short = too_short(mine, standard)
    median, n = float(silences["days"].median()), len(silences)
    reached = reach("check-ins", silences["team"], scope.teams)
    claim = sentence(
        f"at the median of {counted(n, 'key result')} the longest silence is {_days(median)}",
        f"{part(len(quiet), n, 'key result')} {agree(len(quiet), 'was', 'were')} silent for more "
        f"than {_days(standard.silence_days_max)} in a row",
        scope.ending,
        reached.words(scope),
    )
    shown: Columns = {
        "Key result": quiet["key_result"],
        "Text": scope.texts(quiet["key_result"]),
        "Team": scope.names(quiet["team"]),
        "Days": quiet["days"],
        "Silent since": quiet["since"],
    }
    where = Where("key_results", tuple(quiet["key_result"]))
    told = replace(finding, value=median, count=len(quiet), n=n, claim=claim)
    told = replace(told, where=where, rows=rows(shown))
    return lacking(told, claim, short) if short else settled(told, standard, reached)


def too_short(key_results: pd.DataFrame, standard: Standard) -> str:
    """Why the cycle is too young for a silence to show; empty when it is old enough."""
    days = ((key_results["closes"] - key_results["opens"]).dt.days + 1).clip(lower=0).median()
    if days != days or days >= standard.silence_days_max + standard.cadence_days:
        return ""
    return f"For half of the key results or more, only {_days(days)} of their cycle have passed."


def _days(count: float) -> str:
    return f"{number(count)} {unit_of(count, 'days')}"


RULES = (regular_meetings, work_linked, longest_silence)
HEADLINES = ("regular_meetings",)


def done(_scope: Scope, _standard: Standard, findings: tuple[Finding, ...]) -> Done:
    """Share of check-ins held in a regular meeting."""
    return Done.of(findings, "regular_meetings", "check-ins held in a regular meeting")
