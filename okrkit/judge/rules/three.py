"""Statement 3: priorities across teams are one shared objective with named co-owners."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from okrkit.judge.claims import Columns, at_least, bounded, lacking, rows, settled
from okrkit.judge.finding import Finding, Verdict, Where
from okrkit.judge.phrases import agree, counted, number, part, percent, sentence
from okrkit.judge.result import Done
from okrkit.judge.scope import Scope
from okrkit.measure.sharing import (
    measure_cross_team,
    measure_dependencies,
    measure_same_objectives,
)
from okrkit.standard import Standard
from okrkit.tables import has_values, split_ids

from .catalogue import blank


def _team_of(scope: Scope) -> dict[str, str]:
    people = scope.tables.people[scope.tables.people["team"].notna()]
    return dict(zip(people["person"], people["team"], strict=True))


def _involved(scope: Scope) -> pd.DataFrame:
    """Rows (objective, team): other teams that drive a key result or that it depends on."""
    owning = dict(zip(scope.objectives["objective"], scope.objectives["team"], strict=True))
    lines = {team: scope.line([team]) for team in set(owning.values())}
    team_of = _team_of(scope)
    pairs = zip(scope.key_results["objective"], scope.key_results["driver"], strict=True)
    driving = [
        (objective, team_of[person])
        for objective, drivers in pairs
        for person in split_ids(drivers)
        if objective in owning
        and person in team_of
        and team_of[person] not in lines[owning[objective]]
    ]
    needed = measure_dependencies(scope.tables.dependencies, scope.tables.objectives).table
    needing = zip(needed["objective"], needed["other_team"], strict=True)
    return pd.DataFrame([*driving, *needing], columns=["objective", "team"])


def co_owners(scope: Scope, standard: Standard) -> Finding:
    """Objectives that need several teams have an owner and co-owners from at least two."""
    finding = blank("co_owners", standard)
    shared = measure_cross_team(scope.objectives, _involved(scope), _team_of(scope)).table
    if shared.empty:
        none = "No objective in the records we were given shows that it needs a second team."
        add = "add dependencies.csv (objective, depends_on) and co_owners to objectives.csv"
        return lacking(finding, none, add)
    if not has_values(scope.objectives, "co_owners"):
        n = len(shared)
        none = sentence(
            f"{counted(n, 'objective')} {agree(n, 'needs', 'need')} more than one team, by the "
            "drivers or dependencies recorded",
            "the records name no co-owners",
        )
        told = lacking(finding, none, "add the column co_owners to objectives.csv")
        return _shown(replace(told, n=n), scope, shared)
    return _co_owned(finding, scope, shared)


def _co_owned(finding: Finding, scope: Scope, shared: pd.DataFrame) -> Finding:
    """The verdict on cross-team objectives; co-owners of unknown team leave it open."""
    both = shared["owned"] & shared["co_owned"]
    kept = both & shared["teams"].ge(2)
    unclear = int((both & ~kept & shared["unplaced"].gt(0)).sum())
    count, n = int(kept.sum()), len(shared)
    claim = sentence(
        f"{part(count, n, 'objective')} that {agree(n, 'needs', 'need')} more than one team "
        f"{agree(count, 'names', 'name')} an owner and co-owners from at least two teams",
        f"for {number(unclear)} more the teams of the co-owners are not known" if unclear else "",
    )
    told = replace(finding, value=count / n, count=count, n=n, claim=claim)
    told = bounded(_shown(told, scope, shared[~kept]), sure=count, possible=unclear)
    if told.verdict is Verdict.NOT_ENOUGH_DATA:
        return replace(told, why="Add the co-owners to people.csv (person, team).")
    return told


def _shown(finding: Finding, scope: Scope, shared: pd.DataFrame) -> Finding:
    """The finding with these cross-team objectives behind it."""
    shown: Columns = {
        "Objective": shared["objective"],
        "Title": scope.texts(shared["objective"]),
        "Team": scope.names(shared["team"]),
        "Other teams": [", ".join(scope.names(split_ids(ids))) or None for ids in shared["others"]],
        "Owner named": shared["owned"],
        "Co-owner named": shared["co_owned"],
    }
    where = Where("objectives", tuple(shared["objective"]))
    return replace(finding, where=where, rows=rows(shown))


def same_objective(scope: Scope, standard: Standard) -> Finding:
    """No objective stands word for word in several teams: a shared priority is one objective."""
    finding = blank("same_objective", standard)
    if scope.objectives["team"].nunique() < 2:
        return lacking(finding, *_no_second_team(scope))
    same = measure_same_objectives(scope.objectives).table
    count, titles, copied = len(same), same["group"].nunique(), int(same["cascaded"].sum())
    claim = sentence(
        f"{part(count, len(scope.objectives), 'objective')} {agree(count, 'has', 'have')} a title "
        "that also stands in another team"
        + (f" ({counted(titles, 'title')} in all)" if titles > 1 else ""),
        f"{number(copied)} of them {agree(copied, 'is', 'are')} parent and child, copied down"
        if copied
        else "",
    )
    shown: Columns = {
        "Objective": same["objective"],
        "Title": same["title"],
        "Team": scope.names(same["team"]),
        "Parent and child": same["cascaded"],
    }
    where = Where("objectives", tuple(same["objective"]))
    n = len(scope.objectives)
    told = replace(finding, value=float(count), count=count, n=n, claim=claim)
    return settled(replace(told, where=where, rows=rows(shown)), standard)


def _no_second_team(scope: Scope) -> tuple[str, str]:
    """What can be said of objectives of fewer than two teams, and what to add."""
    add = "add objectives.csv (objective, title, team, cycle) of all teams"
    if scope.stray:
        names = agree(scope.stray, "objective names", "objectives name")
        none = f"{number(scope.stray)} {names} a cycle that is not in cycles.csv."
        return none, "add the cycles that objectives name to cycles.csv (cycle, start, end, length)"
    if scope.tables.objectives["team"].nunique() > 1:
        return "The objectives of the cycles judged here are not of two teams.", add
    return "The records we were given do not hold objectives of two teams.", add


def dependencies_agreed(scope: Scope, standard: Standard) -> Finding:
    """Dependencies between teams are agreed by both sides."""
    finding = blank("dependencies_agreed", standard)
    every = measure_dependencies(scope.tables.dependencies, scope.tables.objectives).table
    judged = set(scope.objectives["objective"])
    apart = every[every["objective"].isin(judged) | every["depends_on"].isin(judged)]
    recorded = apart[apart["agreed"].notna()]
    total, n, count = len(apart), len(recorded), int(recorded["agreed"].sum())
    if not total:
        none = "The records we were given hold no dependencies between objectives of two teams."
        return lacking(finding, none, "add dependencies.csv (objective, depends_on, agreed)")
    unsaid = f"for {number(total - n)} the records do not say" if total > n else ""
    if not n:
        none = f"Of {counted(total, 'dependency')} between teams the records do not say if agreed."
        return lacking(finding, none, "add the column agreed to dependencies.csv")
    open_ = recorded[~recorded["agreed"].astype(bool)]
    claim = f"{part(count, n, 'dependency')} between teams {agree(count, 'is', 'are')} agreed"
    shown: Columns = {
        "Objective": scope.texts(open_["objective"]),
        "Needs": scope.texts(open_["depends_on"]),
        "Team": scope.names(open_["team"]),
        "Other team": scope.names(open_["other_team"]),
    }
    where = Where("dependencies", tuple(open_["objective"] + " > " + open_["depends_on"]))
    told = replace(finding, value=count / n, count=count, n=n, claim=sentence(claim, unsaid))
    told = replace(told, where=where, rows=rows(shown))
    if not at_least(n / total, standard.coverage_min):
        share = f"{number(n)} of {counted(total, 'dependency')} ({percent(n / total)})"
        return lacking(told, told.claim, f"The records say of only {share} whether it is agreed.")
    return settled(told, standard)


RULES = (co_owners, same_objective, dependencies_agreed)
HEADLINES = ("co_owners",)


def done(_scope: Scope, _standard: Standard, findings: tuple[Finding, ...]) -> Done:
    """Share of cross-team objectives with owner and co-owners from two teams."""
    return Done.of(findings, "co_owners", "cross-team objectives with named co-owners")
