"""Who is to be invited, from a CSV file, and the file with their links for a mail merge."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from okrkit.errors import InputError, Problem, UsageError
from okrkit.read.text_files import read_text_file

from .export import safe_cell
from .invited import MANAGER, Role
from .place import write_whole

_COLUMNS = ("name", "email", "manager")
_LINK_COLUMNS = ("invitation", "link", "expires")


@dataclass(frozen=True)
class Guest:
    """Somebody to be invited: what the mail says of them, and a manager's id in the tables."""

    said: Mapping[str, str]  #: name, email, manager, as far as given; goes into no store
    subject: str = ""


@dataclass(frozen=True)
class GuestList:
    """The guests in a file, and what reading it had to convert."""

    guests: tuple[Guest, ...]
    notes: tuple[str, ...] = ()


def guest_called(name: str, role: Role) -> Guest:
    """One guest; a manager is called by the id in the client's tables, which is kept.

    Examples
    --------
    >>> guest_called("Ada", "respondent")
    Guest(said={'name': 'Ada'}, subject='')
    >>> guest_called("M07", "manager")
    Guest(said={'manager': 'M07'}, subject='M07')
    """
    if role == MANAGER:
        return Guest({"manager": name}, name)
    return Guest({"name": name})


def guests_in(path: Path, role: Role) -> GuestList:
    """The guests in a CSV file with a column `email` or `name`; for managers also `manager`.

    Blank rows are passed over; other columns too, which a note says.

    Raises
    ------
    InputError
        If the file cannot be read, a column is missing, a cell is empty or a row is there twice;
        lists every problem.
    UsageError
        If there is no such file.
    """
    if not path.is_file():
        raise UsageError(f"{path} is not a file. Give a CSV file with a column email or name.")
    found = read_text_file(path)
    if found.problems:
        raise InputError(found.problems)
    header, *rows = found.sheets[0].rows
    called = [str(cell or "").strip() for cell in header]
    at = {one.lower().replace("e-mail", "email"): place for place, one in enumerate(called)}
    columns = [name for name in _COLUMNS if name in at and (name != MANAGER or role == MANAGER)]
    missing = list(_missing(path.name, columns, role))
    if missing:
        raise InputError(missing)
    said = {
        number: {name: _cell(row, at[name]) for name in columns}
        for number, row in enumerate(rows, 2)
        if any(cell is not None for cell in row)
    }
    problems = list(_problems(path.name, said))
    if problems:
        raise InputError(problems)
    guests = tuple(Guest(one, one.get(MANAGER, "")) for one in said.values())
    used = {at[name] for name in columns}
    others = [one for place, one in enumerate(called) if one and place not in used]
    left = [f"columns that go into no mail-merge file: {', '.join(others)}."] if others else []
    return GuestList(guests, (*(note.text for note in found.notes), *left))


def write_links(path: Path, rows: Sequence[tuple[Guest, str, str, str]]) -> None:
    """Write guests with the id, the link and the last day of their invitation, one a row.

    Only the file's owner can read it. Raises OSError if it cannot be written.
    """
    columns = [name for name in _COLUMNS if any(name in guest.said for guest, *_ in rows)]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*columns, *_LINK_COLUMNS])
    for guest, *link in rows:
        writer.writerow(
            [safe_cell(text) for text in (*(guest.said.get(name, "") for name in columns), *link)]
        )
    write_whole(path, out.getvalue())


def _missing(file: str, columns: Sequence[str], role: Role) -> Iterator[Problem]:
    if not {"email", "name"} & {*columns}:
        yield Problem(
            file, "no column email or name", "one of them or both", "Add the column.", row=1
        )
    if role == MANAGER and MANAGER not in columns:
        remedy = "Add the id under which each stands in the client's tables."
        yield Problem(file, "no column manager", "the ids of the managers", remedy, row=1)


def _problems(file: str, said: Mapping[int, Mapping[str, str]]) -> Iterator[Problem]:
    if not said:
        remedy = "Add a row for each person."
        yield Problem(file, "nobody", "a row for each person who is invited", remedy)
    for number, row in said.items():
        for name, text in row.items():
            if not text:
                remedy = "Fill it in, or take the row out."
                yield Problem(file, "nothing", "a text", remedy, row=number, column=name)
            elif name == "email" and not _is_address(text):
                remedy = "Correct it, or take the row out."
                expected = "an address such as ada@example.org"
                yield Problem(file, repr(text), expected, remedy, row=number, column=name)
    yield from _twice(file, said)


def _twice(file: str, said: Mapping[int, Mapping[str, str]]) -> Iterator[Problem]:
    first: dict[tuple[str, ...], int] = {}
    for number, row in said.items():
        who = (row.get("email") or row["name"], row.get(MANAGER, ""))
        before = first.setdefault(tuple(text.casefold() for text in who), number)
        if before != number:
            found, expected = f"the person of row {before} again", "everybody once"
            yield Problem(file, found, expected, "Take one of the rows out.", row=number)


def _is_address(text: str) -> bool:
    before, _, after = text.rpartition("@")
    return bool(before and after) and text.isprintable() and " " not in text


def _cell(row: Sequence[object], place: int) -> str:
    return str(row[place] or "").strip() if place < len(row) else ""
