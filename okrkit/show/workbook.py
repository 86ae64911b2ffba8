"""The plan as a workbook: owners, dates and statuses are filled in there and read back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from okrkit.door.texts import Cell, Unreadable
from okrkit.errors import InputError, Problem, UsageError
from okrkit.judge.audit import Audit
from okrkit.judge.entry import FIELDS, TAKES, entry
from okrkit.judge.plan import PlanStep
from okrkit.read.sheet import Sheet
from okrkit.read.workbooks import read_workbook

from .blanks import PLAN_BLANKS
from .pack.content import UNDATED

COLUMNS = (
    ("Killer", 18), ("Step", 44), ("Asked for by", 40), ("Takes about", 13),
    ("Owner", 18), ("Date", 12), ("Status", 10), ("Comment", 30), ("Key", 14),
)  # fmt: skip
NAMES = tuple(name for name, _ in COLUMNS)
FIELD_OF = dict(zip((blank.column for blank in PLAN_BLANKS), FIELDS, strict=True))
#: a text is written as it is, whatever it looks like
AS_GIVEN = {f"strings_to_{kind}": False for kind in ("formulas", "urls", "numbers")}
HEADER = 3  # the row of the header, counted from 0
ELSEWHERE = "the comment of a step, or into a file of its own"
LIVE = ("=", "+", "-", "@", "\t")  # a spreadsheet would take a text that begins so for a formula
ADVICE = (
    "Fill in owner, date, status and comment. okrkit report FOLDER --plan FILE reads them back, "
    "keeps them and writes this file anew; what is filled in here wins over the app."
)


def write_plan(audit: Audit, path: str | Path) -> None:
    """Write the plan of `audit` as an XLSX file; the same audit gives the same bytes.

    Columns: killer, step, asked for by, takes about, owner, date, status, comment, and a hidden
    key. All text is kept as text, however it begins.

    Raises
    ------
    UsageError
        If the file cannot be written; says why.
    """
    book = xlsxwriter.Workbook(str(path), {**AS_GIVEN, "in_memory": True})
    created = datetime.combine(audit.as_of or UNDATED, time())
    book.set_properties({"title": _title(audit), "created": created})
    _fill(book, book.add_worksheet("Plan"), audit)
    try:
        book.close()
    except (OSError, xlsxwriter.exceptions.FileCreateError) as error:
        raise UsageError(f"{path} cannot be written ({error}).") from None


def read_plan(path: str | Path) -> tuple[PlanStep, ...]:
    """The steps of a plan written by `write_plan`, with what people filled in since.

    Raises
    ------
    InputError
        If the file is no such plan, if a date or status cannot be read, or if it holds rows,
        columns or sheets that would be lost when it is written anew.
    """
    path = Path(path)
    found = read_workbook(path)
    if found.problems:
        raise InputError(found.problems)
    sheet, top = _header(found.sheets, path.name)
    steps: list[PlanStep] = []
    problems = list(_strangers(found.sheets, sheet, top))
    at = {name: sheet.rows[top].index(name) for name in NAMES}
    for row in range(top + 1, len(sheet.rows)):
        cells = sheet.rows[row]
        values = {name: cells[place] if place < len(cells) else None for name, place in at.items()}
        if all(value is None for value in values.values()):
            continue
        wrong = list(_wrong(sheet, row, values, steps))
        problems += wrong
        if not wrong:
            steps.append(_step(values))
    if problems:
        raise InputError(problems)
    return tuple(steps)


def _title(audit: Audit) -> str:
    return f"OKR plan: {audit.client}" if audit.client else "OKR plan"


def _fill(book: xlsxwriter.Workbook, sheet: Worksheet, audit: Audit) -> None:
    as_of = f"as of {audit.as_of}" if audit.as_of else "no date in the records"
    sheet.write_string(0, 0, _title(audit), book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, f"Readiness audit {as_of}. {ADVICE}")
    head = book.add_format({"bold": True, "bg_color": "#E6EFF3", "bottom": 1})
    for column, name in enumerate(NAMES):
        sheet.write_string(HEADER, column, name, head)
    told, asked = _looks(book, {}), _looks(book, {"bg_color": "#F5F7F6"})
    names = {killer.id: f"{killer.id} {killer.name}" for killer in audit.killers}
    for row, step in enumerate(audit.plan, HEADER + 1):
        words = (names[step.killer], step.step, step.because, step.takes)
        texts = (*words, step.owner, step.due, step.status, step.comment, step.key)
        for column, text in enumerate(texts):
            looks = asked if NAMES[column] in FIELD_OF else told
            if NAMES[column] == "Date" and text:
                sheet.write_datetime(row, column, date.fromisoformat(text), looks["day"])
            elif not text:
                look = looks["day" if NAMES[column] == "Date" else "plain"]
                sheet.write_blank(row, column, None, look)
            else:
                look = looks["quoted" if text.startswith(LIVE) else "plain"]
                sheet.write_string(row, column, text, look)
    _arrange(sheet, len(audit.plan))


def _looks(book: xlsxwriter.Workbook, ground: dict[str, str]) -> dict[str, Format]:
    base = {"valign": "top", "text_wrap": True, "bottom": 1, "bottom_color": "#D8DEDB", **ground}
    return {
        "plain": book.add_format(base),
        "quoted": book.add_format({**base, "quote_prefix": True}),
        "day": book.add_format({**base, "num_format": "yyyy-mm-dd", "align": "left"}),
    }


def _arrange(sheet: Worksheet, steps: int) -> None:
    """Widths, the frozen header, drop-downs and the printed page."""
    for column, (name, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width, None, {"hidden": name == "Key"})
    sheet.freeze_panes(HEADER + 1, 2)
    last = HEADER + max(steps, 1)
    for blank in PLAN_BLANKS:
        column = NAMES.index(blank.column)
        sheet.data_validation(HEADER + 1, column, last, column, blank.rule)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER)
    sheet.print_area(0, 0, last, len(NAMES) - 2)
    sheet.set_footer("&L&A&RPage &P of &N")


def _header(sheets: Sequence[Sheet], file: str) -> tuple[Sheet, int]:
    """The sheet that holds the plan and the row of its header, from 0."""
    for sheet in sheets:
        for row, cells in enumerate(sheet.rows[: HEADER + 5]):
            if set(NAMES) <= set(cells):
                return sheet, row
    raise InputError(
        [
            Problem(
                file,
                "no plan",
                f"one row with the columns {', '.join(NAMES)}",
                "Write a new one with okrkit report FOLDER -o audit.html --plan FILE, to another "
                "file, and fill that in.",
            )
        ]
    )


def _strangers(sheets: Sequence[Sheet], plan: Sheet, top: int) -> Iterator[Problem]:
    """Columns and sheets of somebody's own; they would be lost when the file is written anew."""
    lost = f"This file is written anew each time. Put what it says into {ELSEWHERE}."
    for sheet in sheets:
        if sheet is not plan and any(cell is not None for row in sheet.rows for cell in row):
            yield Problem(plan.file, "a sheet of your own", "one sheet, the plan", lost, sheet.name)
    width = max(map(len, plan.rows[top:]))
    for column in range(width):
        title = plan.rows[top][column] if column < len(plan.rows[top]) else None
        cells = [row[column] for row in plan.rows[top:] if column < len(row)]
        twice = title in NAMES and plan.rows[top].index(title) < column
        if twice or (title not in NAMES and any(cell is not None for cell in cells)):
            called = str(title or f"number {column + 1}")
            yield Problem(
                plan.file, f"a column of your own, {called!r}", f"only {', '.join(NAMES)}", lost,
                plan.name, top + 1, called,
            )  # fmt: skip


def _wrong(
    sheet: Sheet, row: int, values: dict[str, Cell], known: Sequence[PlanStep]
) -> Iterator[Problem]:
    """What keeps a row from being a step of the plan."""
    key = values["Key"]
    if (
        not key
        or str(values["Killer"])[:1] not in set("12345")
        or key in [one.key for one in known]
    ):
        yield Problem(
            sheet.file, "a row of your own, or a step whose hidden key was changed or copied",
            "the steps okrkit wrote", f"Put what it says into {ELSEWHERE}.", sheet.name, row + 1,
        )  # fmt: skip
        return
    for name, field in FIELD_OF.items():
        value = values[name]
        try:
            entry(field, _text(value))
        except UsageError:
            found = value.text if isinstance(value, Unreadable) else repr(str(value))
            remedy = "Mend the cell, save the file and run this again."
            yield Problem(sheet.file, found, TAKES[field], remedy, sheet.name, row + 1, name)


def _step(values: dict[str, Cell]) -> PlanStep:
    """The step of a row in which nothing is wrong."""
    words = {name: _text(value) for name, value in values.items()}
    filled = {field: entry(field, words[name]) for name, field in FIELD_OF.items()}
    return PlanStep(
        words["Key"], int(words["Killer"][0]), words["Step"], words["Takes about"],
        words["Asked for by"], **filled,
    )  # fmt: skip


def _text(value: Cell) -> str:
    """A cell as text: a day as ISO, a whole number without its point.

    Raises
    ------
    UsageError
        If it holds an error, or a formula nobody has calculated.
    """
    if isinstance(value, Unreadable):
        raise UsageError(value.text)
    if isinstance(value, datetime | date):
        return (value.date() if isinstance(value, datetime) else value).isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
