"""The table `answers` from both its sources: the client's file and the store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pandas as pd

from okrkit.tables import Note, Tables

from .answers import merge_answers, stored_answers


def with_stored_answers(
    tables: Tables,
    folder: str | Path,
    *,
    now: Callable[[], datetime],
    home: Path | None = None,
) -> Tables:
    """The tables with the answers kept for the client in `folder` beside those of its file.

    Same respondent, statement and wave: the store wins. Answers of an open wave are held back
    until `wave_min` people have sent theirs, which is noted. Without a store nothing changes.

    Raises
    ------
    StoreError
        If the store cannot be read.
    """
    stored = stored_answers(folder, now=now, wave_min=tables.standard.wave_min, home=home)
    notes = [
        Note(
            "left_out",
            f"answers of the wave {wave} are held back: it is open, and fewer than "
            f"{tables.standard.wave_min} people have sent theirs",
            table="answers",
        )
        for wave in stored.held_back
    ]
    if not stored.rows:
        return replace(tables, notes=(*tables.notes, *notes))
    given = tables.answers.astype(object).to_dict("records")
    merged = pd.DataFrame(merge_answers(given, stored.rows))
    joined = Tables.from_frames(standard=tables.standard, answers=merged)
    return replace(tables, answers=joined.answers, notes=(*tables.notes, *notes))
