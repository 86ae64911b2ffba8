"""What the survey lets people choose from: the client's teams and levels.

`python -m okrkit.read.choices FOLDER` prints them as JSON, so that a process that loads no tables
can ask.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from okrkit.errors import InputError

from .folder import read_folder

LEVELS = ("leader", "team lead", "member")  # when the client's answers name none


@dataclass(frozen=True)
class Choices:
    """Teams as (id, name), by name; levels as the client's earlier answers name them."""

    teams: tuple[tuple[str, str], ...] = ()
    levels: tuple[str, ...] = LEVELS


def read_choices(folder: str | Path) -> Choices:
    """The teams and levels in a client's folder; no teams when the folder cannot be read.

    Two teams of one name are told apart by their ids.
    """
    try:
        tables = read_folder(folder)
    except InputError:
        return Choices()
    teams = tables.teams
    named = teams["name"].fillna(teams["team"])
    doubled = named.duplicated(keep=False)
    labels = named.where(~doubled, named + " (" + teams["team"] + ")")
    pairs = sorted(zip(teams["team"], labels, strict=True), key=lambda pair: pair[1].casefold())
    levels = tables.answers["level"].dropna().unique()
    return Choices(tuple(pairs), tuple(map(str, levels)) or LEVELS)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(read_choices(sys.argv[1]))))
