"""Files that are only added to: one entry a line, each checked when it is read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from okrkit.errors import InputError, Problem

Entry = TypeVar("Entry")


def load_lines(path: Path, make: Callable[[Any], Entry]) -> tuple[Entry, ...]:
    """Every entry as it was made, the first one first; none when nothing is kept.

    `make` turns a line's value into an entry, or raises ValueError or TypeError.

    Raises
    ------
    InputError
        If a line is not one of ours; says which.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return ()
    except (OSError, ValueError) as error:
        raise _damaged(path, type(error).__name__, None) from None
    entries = []
    for at, line in enumerate(lines, 1):
        try:
            entries.append(make(json.loads(line)))
        except (ValueError, TypeError) as error:
            raise _damaged(path, type(error).__name__, at) from None
    return tuple(entries)


def line_of(value: dict[str, Any]) -> str:
    """An entry as a line; in ASCII, so that no sign in a text ends it early."""
    return json.dumps(value, ensure_ascii=True) + "\n"


def _damaged(path: Path, what: str, row: int | None) -> InputError:
    found = f"a line that cannot be read ({what})"
    remedy = "Put a saved copy in its place, or move it away to begin anew."
    return InputError([Problem(str(path), found, "one entry a line as okrkit saved it", remedy,
                               row=row)])  # fmt: skip
