"""The store as CSV files: the table `answers` for an audit and, if asked for, every row saved."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from okrkit.errors import UsageError

from .place import write_whole

Cells = Mapping[str, object]
Sheet = tuple[Sequence[str], Iterable[Cells]]  # columns and rows
ANSWER_COLUMNS = ("respondent", "statement", "answer", "team", "level", "wave")


def write_export(
    folder: Path, answers: Iterable[Cells], history: Mapping[str, Sheet]
) -> tuple[Path, ...]:
    """Write `answers.csv` and, below `history`, one file for each table there; for its owner only.

    Raises
    ------
    UsageError
        If one of the files exists: nothing is written over.
    """
    tables: dict[str, Sheet] = {"answers.csv": (ANSWER_COLUMNS, answers)}
    tables |= {f"history/{name}.csv": table for name, table in history.items()}
    return write_tables(folder, tables)


def write_tables(folder: Path, tables: Mapping[str, Sheet]) -> tuple[Path, ...]:
    """Write each table as the CSV file of its name below `folder`; for its owner only.

    Raises
    ------
    UsageError
        If one of the files exists: nothing is written over.
    """
    paths = {name: folder / name for name in tables}
    for path in paths.values():
        if path.exists():
            raise UsageError(f"{path} exists. Choose another folder, or move it away.")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, (columns, rows) in tables.items():
        paths[name].parent.mkdir(exist_ok=True, mode=0o700)
        write_whole(paths[name], _csv(columns, rows))
    return tuple(paths.values())


def safe_cell(value: object) -> str:
    """A value as a cell no spreadsheet runs: a text that could be a formula gets a ' in front.

    Examples
    --------
    >>> [safe_cell(value) for value in (-3, "=1+1", " @x", "fine - really", None)]
    ['-3', "'=1+1", "' @x", 'fine - really', '']
    """
    if value is None:
        return ""
    text = str(value)
    first = unicodedata.normalize("NFKC", text.lstrip())[:1]
    runs = first in ("=", "+", "-", "@") or text[:1] in ("\t", "\r", "\n")
    return f"'{text}" if isinstance(value, str) and text and runs else text


def _csv(columns: Sequence[str], rows: Iterable[Cells]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([safe_cell(row[name]) for name in columns] for row in rows)
    return out.getvalue()
