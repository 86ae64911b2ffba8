"""What teams share: objectives across teams, the same objective twice, dependencies."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

import pandas as pd

from okrkit.tables import split_ids

NO_TITLE = frozenset({"tbd", "tbc", "none", "open", "to be defined", "to be decided", "untitled"})


@dataclass(frozen=True, eq=False)
class CrossTeam:
    """Objectives that need more than one team.

    `table` has one row an objective: `objective`, `team`, `owned` (an owner is named),
    `co_owned` (a co-owner is named), `teams` (different teams of owner and co-owners, as far as
    known), `unplaced` (co-owners whose team is not known) and `others` (teams beside the owning
    one that show in drivers, dependencies or co-owners, joined by ";").
    """

    table: pd.DataFrame


def measure_cross_team(
    objectives: pd.DataFrame, involved: pd.DataFrame, team_of: dict[str, str]
) -> CrossTeam:
    """Describe the ownership of each objective that more than one team takes part in.

    `objectives` has `objective`, `team`, `owner`, `co_owners`; `involved` has a row an `objective`
    and another `team` that takes part; `team_of` gives a person's team. An objective is cross-team
    when another team is involved or when a co-owner is named whose team is another or not known.
    The owner is no co-owner. An owner of unknown team counts for the objective's own.
    """
    others = involved.groupby("objective")["team"].agg(set).to_dict()
    rows = []
    for objective, team, owner, ids in zip(
        *(objectives[name] for name in ("objective", "team", "owner", "co_owners")), strict=True
    ):
        co_owners = [id_ for id_ in split_ids(ids) if id_ != owner]
        known = {team_of[id_] for id_ in co_owners if id_ in team_of}
        owned = isinstance(owner, str)
        owning = {team_of.get(owner, team)} if owned else set()
        unplaced = sum(id_ not in team_of for id_ in co_owners)
        if objective not in others and not unplaced and known <= {*(owning or {team})}:
            continue
        shown = ";".join(sorted({*others.get(objective, ()), *known} - {team}))
        teams = len(owning | known)
        rows.append((objective, team, owned, bool(co_owners), teams, unplaced, shown))
    columns = ["objective", "team", "owned", "co_owned", "teams", "unplaced", "others"]
    return CrossTeam(pd.DataFrame(rows, columns=columns))


@dataclass(frozen=True, eq=False)
class SameObjectives:
    """Objectives that stand word for word in more than one team.

    `table` has one row an objective: `objective`, `team`, `title`, `group` (the title without
    case, punctuation and doubled spaces), `cascaded` (its parent or child has the same title).
    """

    table: pd.DataFrame


def measure_same_objectives(objectives: pd.DataFrame) -> SameObjectives:
    """Find objectives whose title also stands in another team; "TBD" and the like are no title."""
    frame = objectives[["objective", "team", "title", "parent"]].copy()
    plain = frame["title"].map(_plain).astype("str")
    frame["group"] = plain.where(plain.map(_says_something), "")
    teams = frame.groupby("group")["team"].transform("nunique")
    same = frame[frame["group"].ne("") & teams.gt(1)]
    group_of = dict(zip(same["objective"], same["group"], strict=True))
    child = same["parent"].map(group_of).eq(same["group"])
    parents = set(same.loc[child, "parent"])
    cascaded = child | same["objective"].isin(parents)
    table = same.assign(cascaded=cascaded)[["objective", "team", "title", "group", "cascaded"]]
    return SameObjectives(table.sort_values(["group", "objective"]).reset_index(drop=True))


def _says_something(title: str) -> bool:
    """Whether a title without punctuation is more than a word that holds its place."""
    short = title.isascii() and all(len(word) < 3 for word in title.split())
    return not short and title not in NO_TITLE


def _plain(title: str) -> str:
    text = unicodedata.normalize("NFKC", title).casefold()
    return " ".join(re.sub(r"[^\w%]+", " ", text).split())


@dataclass(frozen=True, eq=False)
class Dependencies:
    """Dependencies between objectives of different teams.

    `table` has one row a dependency: `objective`, `depends_on`, `team`, `other_team` and
    `agreed` (missing if not recorded).
    """

    table: pd.DataFrame


def measure_dependencies(dependencies: pd.DataFrame, objectives: pd.DataFrame) -> Dependencies:
    """List the dependencies whose two objectives are known and belong to different teams."""
    team_of = objectives.set_index("objective")["team"]
    frame = dependencies[["objective", "depends_on", "agreed"]].assign(
        team=team_of.reindex(dependencies["objective"]).to_numpy(),
        other_team=team_of.reindex(dependencies["depends_on"]).to_numpy(),
    )
    known = frame["team"].notna() & frame["other_team"].notna()
    apart = frame[known & frame["team"].ne(frame["other_team"])]
    table = apart[["objective", "depends_on", "team", "other_team", "agreed"]]
    return Dependencies(table.sort_values(["objective", "depends_on"]).reset_index(drop=True))
