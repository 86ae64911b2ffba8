"""What is not compared, by name, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from okrkit.judge.phrases import counted, listed
from okrkit.measure.grading.comparability import (
    LATER,
    LONE_CYCLE,
    NO_PERSON,
    OTHER_LENGTH,
    OTHER_SCALE,
    SELF_GRADED,
)
from okrkit.tables import Tables

from .result import Refusal, Tier
from .ruling import Ruling
from .words import ASIDE, every, managers

NAMED_MAX = 12
WHY = {
    SELF_GRADED: "The manager drives the key result, and grading one's own is another matter.",
    OTHER_SCALE: "The steps of another scale do not mean the same as those of most grades.",
    OTHER_LENGTH: "Another cycle length asks for another amount of work.",
    NO_PERSON: "Nobody recorded who was graded.",
    LONE_CYCLE: "One manager alone graded in that cycle: cycle and manager cannot be told apart.",
    LATER: "The cycle ends after the day asked for.",
}


def refusals(ruling: Ruling) -> tuple[Refusal, ...]:
    """Groups apart first, then what was set aside, then the verdicts as a whole."""
    whole = []
    if ruling.stopped and not ruling.grading.comparability.known.empty:
        who = tuple(ruling.grading.managers["manager"])
        whole = [Refusal("Verdicts on managers", ruling.stopped, who)]
    elif ruling.tier is Tier.NOTHING and not ruling.stopped:
        who = tuple(ruling.grading.connections.table["manager"])
        why = (
            "Nothing separates managers from their teams: no common cases, no measured attainment, "
            f"too few people graded by two managers. It would take {ruling.settling_words}."
        )
        whole = [Refusal("Verdicts on managers", why, who)]
    return (*whole, *_apart(ruling), *_aside(ruling))


def _apart(ruling: Ruling) -> list[Refusal]:
    """Groups of managers that share nothing with those compared."""
    links = ruling.grading.connections
    nothing = ruling.tier in (Tier.NOTHING, Tier.MEASURED_ATTAINMENT) and links.shared_people == 0
    if ruling.stopped or nothing:
        return []
    alone = [group for group in range(2, links.groups + 1) if len(links.group(group)) == 1]
    refused = [
        _group(ruling, links.group(group))
        for group in range(2, links.groups + 1)
        if group not in alone
    ]
    if alone:
        who = tuple(sorted(links.group(group)[0] for group in alone))
        refused.append(_group(ruling, who))
    return refused


def _group(ruling: Ruling, who: tuple[str, ...]) -> Refusal:
    """Managers compared with nobody, or among themselves only."""
    links, basis = ruling.grading.connections.table, ruling.basis
    mine = links["manager"].isin(who)
    size = int(links.loc[mine, "group_size"].iloc[0])
    others = f"the other {managers(len(links) - len(who))}"
    first = f"They share no people and no cases with {others}"
    if size == 1:
        nobody = "anybody" if len(who) > 1 else others
        first = (
            f"{'Each shares' if len(who) > 1 else 'Shares'} no people and no cases with {nobody}"
        )
    among = basis is not None and who[0] in basis.table.index and ruling.tier is not Tier.NOTHING
    shown = (
        "They are compared among themselves only."
        if among
        else "Only the grades of their people are shown."
    )
    why = f"{first}: a low or high grade there may be the manager or the work. {shown}"
    return Refusal(_named(who, ruling), why, who, int(links.loc[mine, "n"].sum()))


def _aside(ruling: Ruling) -> list[Refusal]:
    """Grades that were set aside, by reason."""
    found = ruling.grading.comparability
    refused = []
    for reason, why in WHY.items():
        rows = found.aside(reason)
        if len(rows):
            what = f"{counted(len(rows), 'grade')} {ASIDE[reason]}"
            teams = _teams(rows, ruling)
            if reason in (OTHER_SCALE, OTHER_LENGTH) and teams:
                what += f" ({teams})"
            refused.append(Refusal(what, why, tuple(sorted(rows["manager"].unique())), len(rows)))
    return refused


def _teams(rows: pd.DataFrame, ruling: Ruling) -> str:
    names = _names(ruling.grading.tables)
    return listed(sorted({names.get(team, team) for team in rows["team"].dropna()}))


def _named(who: Sequence[str], ruling: Ruling) -> str:
    """The lowest team all of them are in, then their ids: "Finance and Legal: P034 and P035"."""
    tables = ruling.grading.tables
    team_of = dict(zip(tables.people["person"], tables.people["team"], strict=True))
    above = tables.teams[tables.teams["parent_team"].notna()]
    parents = dict(zip(above["team"], above["parent_team"], strict=True))
    lines = [_line(team_of.get(manager), parents) for manager in who]
    shared = [team for team in lines[0] if all(team in line for line in lines[1:])]
    below = [team for team in shared if team in parents]  # the whole company names nobody
    ids = every(who) if len(who) <= NAMED_MAX else listed(who, NAMED_MAX)
    return f"{_names(tables).get(below[0], below[0])}: {ids}" if below else ids


def _names(tables: Tables) -> dict[str, str]:
    named = tables.teams[tables.teams["name"].notna()]
    return dict(zip(named["team"], named["name"], strict=True))


def _line(team: object, parents: Mapping[str, str]) -> list[str]:
    """A team and those above it."""
    line: list[str] = []
    while isinstance(team, str) and team not in line:
        line.append(team)
        team = parents.get(team)
    return line
