"""Answers as the audit reads them: which ones count, and how they join those of a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from .place import store_path
from .queries import AnswerRow
from .store import open_store
from .waves import Wave

Cells = dict[str, str]
_KEY = ("respondent", "statement", "wave")


@dataclass(frozen=True)
class Stored:
    """What the store gives to the table `answers`, and what it holds back until later."""

    rows: tuple[Cells, ...]  #: respondent, statement, answer, team, level, wave
    held_back: tuple[str, ...]  #: names of open waves in which too few have answered


def stored_answers(
    folder: str | Path,
    *,
    now: Callable[[], datetime],
    wave_min: int,
    home: Path | None = None,
) -> Stored:
    """The answers kept for the client in `folder`, as rows of the table `answers`.

    A wave that is still open is held back until `wave_min` people have sent their answers, so
    that nobody can work out what the latest one said. No store, no rows; none is created.

    Raises
    ------
    StoreError
        If the store cannot be read.
    """
    path = store_path(folder, home=home)
    if not path.exists():
        return Stored((), ())
    with open_store(path, now=now) as store:
        return released(store.answers(), store.waves(), wave_min)


def released(rows: Iterable[AnswerRow], waves: Iterable[Wave], wave_min: int) -> Stored:
    """The rows of closed waves, and of open ones in which at least `wave_min` have sent theirs."""
    waiting = tuple(wave.name for wave in waves if wave.is_open and wave.sent < wave_min)
    return Stored(tuple(row.as_cells() for row in rows if row.wave not in waiting), waiting)


def merge_answers(
    given: Iterable[Mapping[Any, object]], stored: Iterable[Mapping[Any, object]]
) -> list[dict[str, object]]:
    """Both sources of the table `answers`; same respondent, statement and wave: the store wins.

    Examples
    --------
    >>> file = {"respondent": "a", "statement": 1, "wave": "Q3", "answer": "no"}
    >>> kept = {"respondent": "a", "statement": "1", "wave": "Q3", "answer": "yes"}
    >>> [row["answer"] for row in merge_answers([file, file | {"statement": 2}], [kept])]
    ['yes', 'no']
    """
    merged = {_key(row): dict(row) for row in given}
    for row in stored:
        merged[_key(row)] = dict(row)
    return list(merged.values())


def _key(row: Mapping[Any, object]) -> tuple[str, ...]:
    """Who answered what and when; a blank of any kind is the same blank."""
    cells = (row.get(name) for name in _KEY)
    return tuple("" if cell is None or cell != cell else str(cell).strip() for cell in cells)  # noqa: PLR0124
