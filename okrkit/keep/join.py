"""The table `answers` from both its sources: the client's file and the store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pandas as pd

from okrkit.tables import Note, Tables

from .answers import merge_answers, stored_answers
from .release import Stored


def with_stored_answers(
    tables: Tables,
    folder: str | Path,
    *,
    now: Callable[[], datetime],
    home: Path | None = None,
) -> Tables:
    """The tables with the answers kept for the client in `folder` beside those of its file.

    Once the store shows answers, its wave opened last is the latest: all other waves, of the
    store and of the file, are left out and noted, whatever they are called. Same respondent,
    statement and wave: the store wins. Answers of an open wave are held back as `stored_answers`
    says, which is noted. While the store shows none, the file stands as it is.

    Raises
    ------
    StoreError
        If the store cannot be read.
    """
    stored = stored_answers(folder, now=now, standard=tables.standard, home=home)
    notes = [Note("left_out", str(held), table="answers") for held in stored.held_back]
    if not stored.rows:
        return replace(tables, notes=(*tables.notes, *notes))
    latest = stored.waves[-1]
    given = tables.answers.astype(object)
    waves = given["wave"].fillna("")
    notes += _older(stored) + _left_out(given[waves != latest], latest)
    rows = [row for row in stored.rows if row["wave"] == latest]
    merged = pd.DataFrame(merge_answers(given[waves == latest].to_dict("records"), rows))
    joined = Tables.from_frames(standard=tables.standard, answers=merged)
    return replace(tables, answers=joined.answers, notes=(*tables.notes, *notes))


def _older(stored: Stored) -> list[Note]:
    """What is left out of the store: its waves opened before the latest."""
    notes = []
    for wave in stored.waves[:-1]:
        rows = [row for row in stored.rows if row["wave"] == wave]
        people = _people(len({row["respondent"] for row in rows}))
        text = f"answers of the wave {wave} ({people}) are older than the wave {stored.waves[-1]}"
        notes.append(
            Note("left_out", f"{text} and are not counted", table="answers", count=len(rows))
        )
    return notes


def _left_out(given: pd.DataFrame, latest: str) -> list[Note]:
    """What is left out of the file. Nothing says when its answers were given, so no note does."""
    notes = []
    for wave, rows in given.groupby(given["wave"].fillna("")):
        people = _people(rows["respondent"].nunique())
        of = f"of the file's wave {wave}" if wave else "without a wave in the file"
        text = (
            f"answers {of} ({people}) are not counted: those of the wave {latest}, kept by okrkit"
        )
        notes.append(Note("left_out", f"{text}, are", table="answers", count=len(rows)))
    return notes


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"
