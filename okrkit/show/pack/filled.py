"""A pack's workbook come back: what people filled in, and every other cell that was changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from okrkit.errors import InputError, Problem
from okrkit.read.sheet import Sheet
from okrkit.read.workbooks import formulas_in, read_workbook

from .checks import Mark, client_digest, mark_in
from .content import Table
from .filled_form import ANEW, Entered, FilledForm


@dataclass(frozen=True)
class Now:
    """What the folder gives now: its name for the input, its client, and its forms."""

    inputs: str
    client: str
    forms: tuple[Table, ...]


@dataclass(frozen=True)
class Filled:
    """All rows that came back, all that is wrong, and what else a reader should know."""

    rows: tuple[Entered, ...]
    problems: tuple[Problem, ...]
    told: tuple[str, ...]


def read_filled(path: Path, now: Now) -> Filled:
    """Read the forms of a pack's workbook. Only blanks are taken; nothing is kept yet.

    An entry counts as changed when it is not as it was written. One that was changed in the file
    and, meanwhile, in what is kept is a problem, since neither may win unseen.

    Raises
    ------
    InputError
        If the file cannot be read at all, or is no workbook of a pack of this client.
    """
    sheets = _sheets(path)
    formulas = formulas_in(path)
    forms = {form.key: form for form in now.forms}
    rows: list[Entered] = []
    problems: list[Problem] = []
    told = []
    for sheet, mark in sheets:
        if mark.form not in forms:
            found, expected = f"a form the folder does not give: {mark.form}", ", ".join(forms)
            problems.append(Problem(path.name, found, expected, ANEW, sheet.name))
            continue
        if mark.client != client_digest(now.client):
            found, expected = "a workbook written for another client", f"one for {now.client!r}"
            problems.append(Problem(path.name, found, expected, ANEW, sheet.name))
            continue
        if mark.inputs != now.inputs:
            told.append(
                f"{sheet.name} was written from inputs {mark.inputs}; the folder now gives "
                f"{now.inputs}: records, standard, day or plan have changed since."
            )
        form = FilledForm(sheet, mark, forms[mark.form], formulas.get(sheet.name, frozenset()))
        its, wrong = form.read()
        rows += its
        problems += wrong
    return Filled(tuple(rows), tuple(problems), tuple(told))


def _sheets(path: Path) -> list[tuple[Sheet, Mark]]:
    """The sheets that hold a form, each with its mark; sheets of others are not looked at."""
    expected = "a workbook of a pack, as XLSX, with a sheet to fill in"
    if path.suffix.lower() != ".xlsx":
        ending = f"a file that ends in {path.suffix}" if path.suffix else "a file without an ending"
        remedy = "Save it as an Excel workbook (.xlsx), without macros."
        raise InputError([Problem(path.name, ending, expected, remedy)])
    if not path.is_file():
        raise InputError([Problem(path.name, "no file there", expected, "Check the path.")])
    found = read_workbook(path)
    if found.problems:
        raise InputError(found.problems)
    marked = [(sheet, _mark(sheet)) for sheet in found.sheets]
    sheets = [(sheet, mark) for sheet, mark in marked if mark is not None]
    times = Counter(mark.form for _, mark in sheets)
    twice = [
        Problem(path.name, f"the sheet {form} twice", "it once", "Take the copy out.")
        for form, count in times.items()
        if count > 1
    ]
    if not sheets or twice:
        raise InputError(twice or [Problem(path.name, "no sheet to fill in", expected, ANEW)])
    return sheets


def _mark(sheet: Sheet) -> Mark | None:
    return next(filter(None, map(mark_in, sheet.rows[0] if sheet.rows else ())), None)
