"""Answers as the audit reads them: which ones count, and how they join those of a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from okrkit.standard import Standard

from .place import store_path
from .release import Stored
from .store import open_store

_KEY = ("respondent", "statement", "wave")


def stored_answers(
    folder: str | Path,
    *,
    now: Callable[[], datetime],
    standard: Standard,
    home: Path | None = None,
) -> Stored:
    """The answers kept for the client in `folder`, as rows of the table `answers`.

    Of a wave that is still open, the first `wave_min` people who sent theirs are shown together,
    then `group_min` more at a time, so that two looks never differ by one person's answers. Of a
    closed wave all are. No store, no rows; none is created.

    Raises
    ------
    StoreError
        If the store cannot be read.
    """
    path = store_path(folder, home=home)
    if not path.exists():
        return Stored((), (), ())
    with open_store(path, now=now) as store:
        return store.released(standard)


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
