"""Findings on a text that somebody set aside, each with its reason; only ever added to."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from okrkit.errors import UsageError

from .lines import line_of, load_lines
from .place import client_place, make_private_file, sync_folder

REASON_MAX = 500  #: characters
TEXT_MAX = 32_767  #: characters: a spreadsheet's cell


@dataclass(frozen=True)
class Dismissal:
    """A finding on a text that was set aside, or (withdrawn) taken up again."""

    text: str  #: the key result or objective as it was written
    rule: str  #: the finding's
    reason: str
    when: str  #: the moment, ISO
    withdrawn: bool = False


def dismissals_path(folder: str | Path, *, home: Path | None = None) -> Path:
    """Where they are kept for the client in `folder`: never in that folder."""
    return client_place(folder, home or user_data_path("okrkit")) / "dismissals.jsonl"


def dismiss(folder: str | Path, entry: Dismissal, *, home: Path | None = None) -> None:
    """Keep one more entry. Earlier ones are never changed.

    Raises
    ------
    UsageError
        If there is no reason, something is too long, the moment is none, or nothing can be written.
    InputError
        If what is kept is damaged; it is left as it is.
    """
    _check(entry)
    load_dismissals(folder, home=home)
    path = dismissals_path(folder, home=home)
    try:
        make_private_file(path)
        with path.open("ab") as file:
            file.write(line_of(asdict(entry)).encode())
            file.flush()
            os.fsync(file.fileno())
        sync_folder(path.parent)
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror}).") from None


def load_dismissals(folder: str | Path, *, home: Path | None = None) -> tuple[Dismissal, ...]:
    """Every entry as it was made, the first one first.

    Raises
    ------
    InputError
        If a line is not one of ours; says which.
    """
    return load_lines(dismissals_path(folder, home=home), _entry)


def set_aside(entries: tuple[Dismissal, ...]) -> dict[tuple[str, str], str]:
    """(text, rule) to reason of what is set aside now: the last entry on each decides."""
    now: dict[tuple[str, str], str] = {}
    for entry in entries:
        now.pop((entry.text, entry.rule), None)
        if not entry.withdrawn:
            now[entry.text, entry.rule] = entry.reason
    return now


def _entry(kept: dict[str, Any]) -> Dismissal:
    entry = Dismissal(**kept)
    _check(entry)
    return entry


def _check(entry: Dismissal) -> None:
    texts = [getattr(entry, field.name) for field in fields(entry) if field.name != "withdrawn"]
    if not all(isinstance(text, str) for text in texts) or not isinstance(entry.withdrawn, bool):
        raise UsageError("A finding is set aside with a text, a rule and a reason.")
    if not entry.reason.strip() and not entry.withdrawn:
        raise UsageError("Say why the finding is set aside; the reason is kept with it.")
    if len(entry.reason) > REASON_MAX or len(entry.text) > TEXT_MAX:
        raise UsageError(f"A reason has at most {REASON_MAX} characters.")
    datetime.fromisoformat(entry.when)
