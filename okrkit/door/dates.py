"""Dates and weeks of a column: ISO, spreadsheet dates, and day/month orders a column settles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from .texts import NONE_WORDS, Bad, Cell, Change, Parsed, is_blank, listed, none_changes, text_of

_TIME = (
    r"(?:[T ]\s*\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?"
    r"\s*(?:[AaPp][Mm])?\s*(?:Z|UTC|[+-]\d{2}:?\d{2})?)?"
)
_ISO = re.compile(rf"(\d{{4}})-(\d{{2}})-(\d{{2}}){_TIME}")
_OTHER = re.compile(rf"(\d{{1,4}})([./-])\s?(\d{{1,2}})\2\s?(\d{{1,4}}){_TIME}")
_WEEK = re.compile(r"(\d{4})-?\s?W(\d{1,2})", re.IGNORECASE)
_ORDERS = {"dmy": "day, month, year", "mdy": "month, day, year", "ymd": "year, month, day"}
FIRST_YEAR, LAST_YEAR = 1990, 2100

Part = tuple[int, int, int]


def read_dates(cells: Sequence[Cell], *, order: str = "") -> Parsed:
    """Read a column of dates as `date`.

    A written time is left out (the written day counts). Days such as 03.04.2025 are read only when
    the column's other values leave one order, or `order` (dmy, mdy, ymd) says so.
    """
    values: list[object] = []
    parts: dict[int, Part] = {}
    unread: dict[str, list[int]] = {}
    none: list[bool] = []
    for position, cell in enumerate(cells):
        found = _read_one(cell)
        none.append(isinstance(cell, str) and found is None and not is_blank(cell))
        if isinstance(found, tuple):
            parts[position] = found
            values.append(None)
        elif isinstance(found, str):
            unread.setdefault(found, []).append(position)
            values.append(None)
        else:
            values.append(found)
    bad = [_unread(at, reason, cells) for reason, at in unread.items()]
    changes = list(none_changes(cells, none))
    if parts:
        chosen, problem = _order_of(parts, cells, order)
        if problem:
            bad.append(problem)
        for position, part in parts.items() if chosen else ():
            values[position] = _day(part, chosen)
        if chosen and not problem:
            text = f"dates were read as {_ORDERS[chosen]}"
            changes.append(Change("converted", tuple(parts), text))
    outside = [
        p
        for p, v in enumerate(values)
        if isinstance(v, date) and not FIRST_YEAR <= v.year <= LAST_YEAR
    ]
    if outside:
        expected = f"a date from {FIRST_YEAR} to {LAST_YEAR}"
        bad.append(
            Bad(tuple(outside), listed(cells[p] for p in outside), expected, "Correct the year.")
        )
    return Parsed(values, tuple(bad), tuple(changes))


def read_weeks(cells: Sequence[Cell], *, order: str = "") -> Parsed:
    """Read a column of ISO weeks, or days in them, as texts such as `2025-W03`."""
    weeks = {
        p: m
        for p, cell in enumerate(cells)
        if isinstance(cell, str) and (m := _WEEK.fullmatch(cell.strip()))
    }
    days = read_dates([None if p in weeks else cell for p, cell in enumerate(cells)], order=order)
    values = [_week_of(day) if isinstance(day, date) else None for day in days.values]
    wrong: list[int] = []
    for position, match in weeks.items():
        monday = _monday(int(match[1]), int(match[2]))
        values[position] = _week_of(monday) if monday else None
        if monday is None:
            wrong.append(position)
    bad = tuple(
        Bad(b.positions, b.found, "an ISO week such as 2025-W03, or a day in it", b.remedy)
        for b in days.bad
    )
    if wrong:
        found = listed(cells[p] for p in wrong)
        bad += (
            Bad(tuple(wrong), found, "a week that exists, such as 2025-W03", "Correct the week."),
        )
    return Parsed([*values], bad, days.changes)


def _read_one(cell: Cell) -> date | Part | str | None:
    """A day, three numbers whose order is open, why the cell cannot be read, or None for none."""
    if is_blank(cell):
        return None
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if not isinstance(cell, str):
        return "number"
    text = cell.strip()
    if text.casefold() in NONE_WORDS:
        return None
    if iso := _ISO.fullmatch(text):
        return _day((int(iso[1]), int(iso[2]), int(iso[3])), "ymd") or "no such day"
    if other := _OTHER.fullmatch(text):
        first, last = other[1], other[4]
        if len(first) == 4 and len(last) <= 2:
            return _day((int(first), int(other[3]), int(last)), "ymd") or "no such day"
        if len(last) == 4 and len(first) <= 2:
            return (int(first), int(other[3]), int(last))
        return "short year"
    return "number" if text.replace(".", "", 1).isdigit() else "not a date"


_REMEDIES = {
    "number": "Format the column as a date in the spreadsheet, or write the day as 2025-01-31.",
    "short year": "Write the year with four digits, as in 2025-01-31.",
    "no such day": "Correct the day; this one is in no calendar.",
    "not a date": "Write the day as 2025-01-31.",
}


def _unread(at: Sequence[int], reason: str, cells: Sequence[Cell]) -> Bad:
    found = listed(text_of(cells[p]) for p in at)
    return Bad(tuple(at), found, "a date such as 2025-01-31", _REMEDIES[reason])


def _order_of(parts: dict[int, Part], cells: Sequence[Cell], order: str) -> tuple[str, Bad | None]:
    """The one order in which all of a column's days exist, or why there is none."""
    possible = [order] if order in ("dmy", "mdy") else ["dmy", "mdy"]
    fits = [name for name in possible if all(_day(part, name) for part in parts.values())]
    if len(fits) == 2 and all(_day(part, "dmy") == _day(part, "mdy") for part in parts.values()):
        fits = fits[:1]
    if len(fits) == 1:
        return fits[0], None
    shown = listed(cells[p] for p in parts)
    if fits:
        remedy = 'Write days as 2025-01-31, or set date_order = "dmy" (or "mdy") in the standard.'
        return "", Bad(
            tuple(parts),
            f"{shown}, where day and month can be exchanged",
            "a date that reads one way",
            remedy,
        )
    best = min(possible, key=lambda name: sum(_day(part, name) is None for part in parts.values()))
    wrong = tuple(p for p, part in parts.items() if _day(part, best) is None)
    if any(_day(parts[p], "dmy") or _day(parts[p], "mdy") for p in wrong) and not order:
        other = next(p for p in parts if p not in wrong)
        found = f"days in two orders ({listed([cells[wrong[0]], cells[other]])})"
        return "", Bad(
            wrong,
            found,
            "one order of day and month",
            "Write all days of the column as 2025-01-31.",
        )
    return "", Bad(
        wrong,
        listed(cells[p] for p in wrong),
        "a date such as 2025-01-31",
        _REMEDIES["no such day"],
    )


def _day(part: Part, order: str) -> date | None:
    """The day three numbers name in an order; None if there is no such day."""
    year, month, day = (part[order.index(letter)] for letter in "ymd")
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _monday(year: int, week: int) -> date | None:
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        return None


def _week_of(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"
