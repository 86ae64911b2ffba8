"""A client's folder to `Tables`: which files are tables, and everything that is wrong at once."""

from __future__ import annotations

import difflib
import stat
from collections.abc import Iterable
from pathlib import Path

from okrkit.door.raw import Note, RawTable
from okrkit.door.texts import header_key, is_blank
from okrkit.errors import InputError, Problem
from okrkit.schemas import SCHEMAS
from okrkit.standard import DEFAULT_STANDARD, Standard
from okrkit.standard_file import client_brand, read_standard
from okrkit.tables import Tables, build

from .layout import lay_out, names_of, table_with
from .sheet import Found, Sheet
from .template import example_rows
from .text_files import read_text_file
from .workbooks import read_workbook

STANDARD_FILE = "standard.toml"
_READERS = {
    ".csv": read_text_file,
    ".tsv": read_text_file,
    ".xlsx": read_workbook,
    ".xlsm": read_workbook,
    ".xls": read_workbook,
    ".ods": read_workbook,
}
_TABLE_NAMES = {header_key(name): name for name in SCHEMAS}


def read_folder(folder: str | Path, *, standard: Standard | None = None) -> Tables:
    """Read the tables in `folder`: CSV files and sheets of workbooks named as the tables are.

    The client's standard is `standard`, else `standard.toml` in the folder, else okrkit's own.
    The folder is never written to.

    Raises
    ------
    InputError
        Lists every problem of every table at once.
    """
    place = Path(folder)
    if not place.is_dir():
        raise InputError(
            [
                Problem(
                    str(folder),
                    "no folder there",
                    "a folder with tables as CSV or XLSX",
                    "Check the path, or make one with okrkit new.",
                )
            ]
        )
    problems: list[Problem] = []
    notes: list[Note] = []
    used = _standard(place, standard, problems)
    found = sheets_in(place)
    problems += found.problems
    notes += found.notes
    named = named_tables(found.sheets, notes)
    problems += _twice(named)
    raws: list[RawTable] = []
    for name, sheet in named:
        laid = lay_out(name, sheet)
        problems += laid.problems
        notes += laid.notes
        if laid.table is not None:
            raws.append(laid.table)
            notes += example_rows(laid.table)
    if not named and not problems:
        problems.append(_nothing(place, notes))
    return build(raws, used, problems=problems, notes=notes)


def sheets_in(place: Path) -> Found:
    """Every sheet of the files in the folder, whether it is a table of ours or not."""
    notes: list[Note] = []
    found = [read_file(path) for path in _files(place, notes)]
    return Found(
        tuple(sheet for one in found for sheet in one.sheets),
        tuple(problem for one in found for problem in one.problems),
        (*notes, *(note for one in found for note in one.notes)),
    )


def _standard(place: Path, given: Standard | None, problems: list[Problem]) -> Standard:
    if given is not None:
        return given
    path = place / STANDARD_FILE
    if not path.is_file() or _why_not(path, place):
        return DEFAULT_STANDARD
    try:
        return read_standard(path)
    except InputError as error:
        problems += error.problems
        return DEFAULT_STANDARD


def _files(place: Path, notes: list[Note]) -> Iterable[Path]:
    """The files that can be tables, in the order of their names; all else is noted."""
    standard = (STANDARD_FILE, client_brand(place).logo_file)
    for path in sorted(place.iterdir(), key=lambda path: path.name):
        name = path.name
        if name.startswith((".", "~$")) or name in standard:
            continue
        why = _why_not(path, place)
        if why:
            notes.append(Note("ignored", why, name))
        else:
            yield path


def _why_not(path: Path, place: Path) -> str:
    """Why something in the folder is not read; empty if it is."""
    try:
        if path.is_symlink() and not path.resolve().is_relative_to(place.resolve()):
            return "a link that leads out of the folder"
        mode = path.stat().st_mode
    except (OSError, RuntimeError):
        return "a link that leads nowhere"
    if stat.S_ISDIR(mode):
        return "a folder within the folder"
    if not stat.S_ISREG(mode):
        return "neither a file nor a folder"
    if path.suffix.lower() not in _READERS and path.name != STANDARD_FILE:
        return "not a CSV file or a workbook"
    return ""


def has_tables(path: Path) -> bool:
    """Whether a file is of a kind that tables are read from."""
    return path.suffix.lower() in _READERS


def read_file(path: Path) -> Found:
    """The sheets of a CSV file or a workbook, or why there are none."""
    try:
        return _READERS[path.suffix.lower()](path)
    except OSError as error:
        found = f"a file that cannot be opened ({error.strerror})"
        remedy = "Close it in other programs, or ask for the right to read it."
        return Found(problems=(Problem(path.name, found, "a readable file", remedy),))


def named_tables(sheets: Iterable[Sheet], notes: list[Note]) -> list[tuple[str, Sheet]]:
    """Which table each sheet is; sheets that are none are noted."""
    sheets = list(sheets)
    named = []
    for sheet in sheets:
        stem = header_key(Path(sheet.file).stem)
        alone = sum(other.file == sheet.file for other in sheets) == 1
        name = _TABLE_NAMES.get(header_key(sheet.name))
        if name is None and alone:
            name = _TABLE_NAMES.get(stem)
        if name is not None:
            named.append((name, sheet))
        elif not sheet.name or not all(is_blank(cell) for row in sheet.rows for cell in row):
            notes.append(_no_table(sheet))
    return named


def _no_table(sheet: Sheet) -> Note:
    name = sheet.name or Path(sheet.file).stem
    header = next((row for row in sheet.rows if not all(map(is_blank, row))), ())
    near = difflib.get_close_matches(header_key(name), _TABLE_NAMES, n=1, cutoff=0.7)
    hint = ""
    if alike := table_with(set(names_of(header))):
        hint = f"; it has the columns of {alike}: give it that name"
    elif near:
        hint = f"; did you mean {_TABLE_NAMES[near[0]]}?"
    return Note("ignored", f"{name!r} is no table okrkit knows{hint}", sheet.file, sheet.name)


def _twice(named: list[tuple[str, Sheet]]) -> list[Problem]:
    problems = []
    for name in dict.fromkeys(name for name, _ in named):
        places = [sheet for table, sheet in named if table == name]
        for sheet in places[1:]:
            first = places[0]
            where = first.file + (f", sheet {first.name}" if first.name else "")
            problems.append(
                Problem(
                    sheet.file,
                    f"the table {name} a second time (first in {where})",
                    "each table once",
                    "Keep one and move the other out of the folder.",
                    sheet.name,
                )
            )
    return problems


def _nothing(place: Path, notes: list[Note]) -> Problem:
    """A folder without a table: what was seen in it, and what to do."""
    seen = "; ".join(str(note).rstrip(".") for note in notes[:5])
    more = f"; and {len(notes) - 5} more" if len(notes) > 5 else ""
    return Problem(
        str(place),
        f"no table ({seen}{more})" if seen else "no table",
        "files or sheets named " + ", ".join(SCHEMAS),
        "Make a template with okrkit new FOLDER, or rename your files, for instance to"
        " objectives.csv and key_results.csv.",
    )
