"""Ids that point at other tables: what cannot be found there is counted, never refused."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from okrkit.schemas import SCHEMAS, Column

from .raw import Note, RawTable


def unresolved(frames: Mapping[str, pd.DataFrame], raws: Mapping[str, RawTable]) -> list[Note]:
    """A note for every column with ids that stand in none of the tables given for them."""
    ids = {
        name: set(frames[name][SCHEMAS[name].key[0]])
        for name in raws
        if len(SCHEMAS[name].key) == 1
    }
    notes = []
    for name, raw in raws.items():
        for column in SCHEMAS[name].columns:
            targets = [target for target in column.references if target in ids]
            if targets:
                known = set().union(*(ids[target] for target in targets))
                notes += _missing(frames[name], column, targets, known, raw)
    return notes


def _missing(
    frame: pd.DataFrame, column: Column, targets: list[str], known: set[str], raw: RawTable
) -> list[Note]:
    given = frame[column.name].dropna()
    if column.kind == "ids":
        given = given.str.split(";").explode()
    lost = given[~given.isin(known)]
    if lost.empty:
        return []
    different = lost.unique()
    shown = ", ".join(different[:3]) + (
        f" and {len(different) - 3} more" if len(different) > 3 else ""
    )
    text = f"ids that are not in {' or '.join(targets)}: {shown}"
    rows = raw.positions_of(dict.fromkeys(lost.index))
    return [raw.note("unresolved", text, rows, column.name)]
