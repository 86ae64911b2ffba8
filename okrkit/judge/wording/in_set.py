"""What a client's key results show together: outputs by team and level, numbers, counts, grades."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pandas as pd

from okrkit.judge.finding import Verdict
from okrkit.judge.phrases import agree, counted, number, part, percent, sentence
from okrkit.judge.rules.one import one_template
from okrkit.judge.scope import NO_TEAM, Scope
from okrkit.measure.wording import HEALTH, OUTCOME, OUTPUT, UNCLEAR
from okrkit.standard import Standard

from .clinic import KEY_RESULT, OBJECTIVE, Text

WIDE = 1.96  #: standard errors either side of a 95 % interval


@dataclass(frozen=True)
class SetFinding:
    """One claim on a client's key results together."""

    rule: str
    claim: str  #: a full sentence
    count: int | None = None
    n: int | None = None
    ids: tuple[str, ...] = ()  #: the key results or objectives it speaks of
    enough: bool = True  #: False where there is not enough data; the claim says what is missing


@dataclass(frozen=True, eq=False)
class WordingSet:
    """How a client's key results are worded.

    `shares` has one row a group: `by` ("all", "level" or "team"), `group` (its name), `n` (key
    results), `outputs` (count), `share` (of outputs, a fraction), in the order all, levels, teams
    with most outputs first.
    """

    shares: pd.DataFrame
    findings: tuple[SetFinding, ...]


def judge_set(scope: Scope, standard: Standard) -> WordingSet:
    """The share of outputs by level and team, and what stands out, the most telling first."""
    return WordingSet(output_shares(scope), tuple(_findings(scope, standard)))


def output_shares(scope: Scope) -> pd.DataFrame:
    """The shares of `WordingSet`."""
    read = scope.wording.merge(
        scope.key_results[["key_result", "objective"]], on="key_result", how="left"
    ).merge(scope.objectives[["objective", "level"]], on="objective", how="left")
    parts = [_share(read.assign(group="all key results"), "all")]
    parts.append(_share(read.assign(group=read["level"]), "level"))
    teams = read[read["team"].ne(NO_TEAM)]
    parts.append(_share(teams.assign(group=scope.names(teams["team"])), "team"))
    return pd.concat(parts, ignore_index=True)


def _share(read: pd.DataFrame, by: str) -> pd.DataFrame:
    groups = read.assign(output=read["kind"].eq(OUTPUT)).groupby("group", dropna=True)["output"]
    table = groups.agg(n="size", outputs="sum").reset_index()
    table["share"] = table["outputs"] / table["n"]
    table.insert(0, "by", by)
    return table.sort_values(["share", "group"], ascending=[False, True])


def _findings(scope: Scope, standard: Standard) -> Iterator[SetFinding]:
    read = scope.wording
    if read.empty:
        return
    yield _outputs(read)
    yield outputs_graded(scope, standard)
    yield _rows_with(read, ~read["has_number"], "no_number")
    yield _too_many(scope, standard)
    yield _rows_with(read, read["kind"].eq(HEALTH), "health_metrics")
    template = one_template(scope, standard)
    told = template.verdict is not Verdict.NOT_ENOUGH_DATA
    yield SetFinding(
        "template", template.claim, template.count, template.n, template.where.ids, enough=told
    )


_SAID = {
    "outputs": ("is worded as an output", "are worded as outputs"),
    "no_number": ("carries no number", "carry no number"),
    "health_metrics": ("is a level to be kept (a KPI)", "are levels to be kept (KPIs)"),
}


def _outputs(read: pd.DataFrame) -> SetFinding:
    """The share of outputs, and how many key results our rules cannot read."""
    told, unread = _rows_with(read, read["kind"].eq(OUTPUT), "outputs"), read["kind"].eq(UNCLEAR)
    if unread.all():
        claim = "None of the key results can be read by our rules, which know English only."
        return SetFinding("outputs", claim, enough=False)
    if not unread.any():
        return told
    more = f"{number(int(unread.sum()))} cannot be read by our rules"
    return replace(told, claim=sentence(told.claim.rstrip("."), more))


def _rows_with(read: pd.DataFrame, has: pd.Series[bool], rule: str) -> SetFinding:
    count, n = int(has.sum()), len(read)
    claim = sentence(f"{part(count, n, 'key result')} {agree(count, *_SAID[rule])}")
    return SetFinding(rule, claim, count, n, tuple(read.loc[has, "key_result"]))


def _too_many(scope: Scope, standard: Standard) -> SetFinding:
    held = scope.key_results.groupby("objective").size()
    limit = standard.key_results_max
    if held.empty:
        claim = "No key result names its objective, so they cannot be counted by objective."
        return SetFinding("too_many", claim, enough=False)
    many = held[held > limit]
    says = agree(len(many), "has", "have")
    claim = f"{part(len(many), len(held), 'objective')} {says} more than {limit} key results"
    return SetFinding("too_many", sentence(claim), len(many), len(held), tuple(sorted(many.index)))


def outputs_graded(scope: Scope, standard: Standard) -> SetFinding:
    """Whether outputs are graded 1.0 more often than outcomes, with the interval of the difference.

    Said of grades as they were given, one row a grade; each side needs the standard's least number
    of grades. The interval takes grades as independent, so it is rather too narrow.
    """
    kinds = scope.wording.set_index("key_result")["kind"]
    grades = scope.tables.grades
    kind, full = grades["key_result"].map(kinds), grades["grade"].ge(1)
    n_out, n_in = int(kind.eq(OUTPUT).sum()), int(kind.eq(OUTCOME).sum())
    top_out, top_in = int(full[kind.eq(OUTPUT)].sum()), int(full[kind.eq(OUTCOME)].sum())
    if min(n_out, n_in) < standard.grades_min:
        held = f"{counted(n_out, 'grade')} of outputs and {number(n_in)} of outcomes"
        lacks = f"{held}; at least {standard.grades_min} of each are needed"
        asked = "Whether outputs are graded 1.0 more often than outcomes cannot be told"
        return SetFinding("graded", sentence(f"{asked}: {lacks}"), enough=False)
    a, b = top_out / n_out, top_in / n_in
    half = WIDE * math.sqrt(a * (1 - a) / n_out + b * (1 - b) / n_in)
    said = (
        f"Outputs were graded 1.0 in {percent(a)} of {counted(n_out, 'grade')}, outcomes in "
        f"{percent(b)} of {number(n_in)}"
    )
    clear = abs(a - b) > half
    told = "the two differ" if clear else "so few grades cannot tell whether the two differ"
    return SetFinding("graded", sentence(said, told), top_out, n_out)


def texts_of(scope: Scope) -> tuple[Text, ...]:
    """Objectives and key results of a client, each with its team's function."""
    teams = scope.tables.teams
    functions = dict(zip(teams["team"], teams["function"].fillna(""), strict=True))
    rows = [
        (scope.objectives, "objective", "title", OBJECTIVE),
        (scope.key_results, "key_result", "text", KEY_RESULT),
    ]
    return tuple(
        Text(str(id_), "" if pd.isna(text) else str(text), role, str(functions.get(team, "")))
        for frame, key, column, role in rows
        for id_, text, team in zip(frame[key], frame[column], frame["team"], strict=True)
    )
