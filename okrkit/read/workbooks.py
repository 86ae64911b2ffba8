"""Workbooks (xlsx, xlsm, xls, ods) to rows: values only; macros and formulas are never run."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import python_calamine as calamine

from okrkit.door.raw import Note
from okrkit.door.texts import FORMULA_WITHOUT_VALUE, Cell, Unreadable

from .sheet import MAX_BYTES, MAX_CELL, Found, Sheet, refused, too_large
from .spread import column_number, too_far

MAX_PARTS = 10_000
_MAX_INDEX = 5_000_000  # bytes of the list of sheets; larger is no workbook a person made
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]+)</(?:\w+:)?v>")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_INLINE = re.compile(rb"<(?:\w+:)?is\b")

Places = dict[tuple[int, int], Unreadable]


def read_workbook(path: Path) -> Found:
    """The visible sheets of a workbook."""
    file = path.name
    if path.stat().st_size > MAX_BYTES:
        return too_large(
            file, f"{path.stat().st_size / 1e6:.0f} MB", f"at most {MAX_BYTES / 1e6:.0f} MB"
        )
    try:
        marks = _unreadable_cells(path)
        if isinstance(marks, Found):
            return marks
        with calamine.CalamineWorkbook.from_path(str(path)) as book:
            return _sheets(book, file, marks)
    except calamine.PasswordError:
        return refused(
            file,
            "a workbook with a password",
            "a workbook without",
            "Save a copy without a password.",
        )
    except (
        calamine.CalamineError,
        zipfile.BadZipFile,
        zlib.error,
        ElementTree.ParseError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        OSError,
    ) as error:
        if _is_protected(path):
            return refused(
                file,
                "a workbook with a password",
                "a workbook without",
                "Save a copy without a password.",
            )
        return refused(
            file,
            f"a damaged workbook, or another kind of file ({type(error).__name__})",
            "a workbook a spreadsheet can open",
            "Open it in a spreadsheet and save it again as XLSX.",
        )


def _sheets(book: calamine.CalamineWorkbook, file: str, marks: dict[str, Places]) -> Found:
    sheets: list[Sheet] = []
    notes: list[Note] = []
    for info in book.sheets_metadata:
        if info.visible != calamine.SheetVisibleEnum.Visible:
            notes.append(Note("ignored", "a hidden sheet", file, info.name))
            continue
        if info.typ != calamine.SheetTypeEnum.WorkSheet:
            notes.append(Note("ignored", "a sheet without cells", file, info.name))
            continue
        sheet = book.get_sheet_by_name(info.name)
        rows = _rows(sheet, marks.get(info.name, {}))
        long = next(
            (
                n
                for n, row in enumerate(rows, 1)
                if any(isinstance(c, str) and len(c) > MAX_CELL for c in row)
            ),
            None,
        )
        if long:
            return too_large(
                file,
                f"a cell of more than {MAX_CELL:,} characters in row {long}",
                f"at most {MAX_CELL:,} characters a cell",
                info.name,
            )
        sheets.append(Sheet(file, rows, info.name, merged=bool(sheet.merged_cell_ranges)))
    return Found(tuple(sheets), notes=tuple(notes))


def _rows(sheet: calamine.CalamineSheet, marks: Places) -> list[list[Cell]]:
    """All rows from row 1 on; blank cells are None, spreadsheet errors are marked."""
    rows: list[list[Cell]] = [
        [None if cell == "" else cell for cell in row]
        for row in sheet.to_python(skip_empty_area=False)
    ]
    for (row, column), mark in marks.items():
        while len(rows) <= row:
            rows.append([])
        rows[row] += [None] * (column + 1 - len(rows[row]))
        if rows[row][column] is None:
            rows[row][column] = mark
    return rows


def _is_protected(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(4) == b"\xd0\xcf\x11\xe0" and path.suffix.lower() != ".xls"


def _unreadable_cells(path: Path) -> dict[str, Places] | Found:
    """Errors and uncalculated formulas by sheet, which the values alone do not show.

    On the way every part is unpacked once and counted, so that a small file cannot become a
    large one and a damaged one is found. Only XLSX and XLSM tell; other formats give nothing.
    """
    if not zipfile.is_zipfile(path):
        return {}
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        size = sum(part.file_size for part in parts)
        if len(parts) > MAX_PARTS or size > MAX_BYTES:
            return too_large(
                path.name,
                f"{size / 1e6:.0f} MB unpacked in {len(parts):,} parts",
                f"at most {MAX_BYTES / 1e6:.0f} MB unpacked",
            )
        names = _sheet_parts(archive)
        for sheet, name in names.items():
            if sheet in archive.namelist() and (far := too_far(archive, sheet)):
                remedy = "Delete the cells far below or far right of the table."
                where = f"a cell far from the others, in {far}"
                return refused(path.name, where, "cells beside each other", remedy, name)
        found: dict[str, Places] = {}
        for part in parts:
            places = dict(_marks(archive, part))
            if part.filename in names and places:
                found[names[part.filename]] = places
        return found


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The sheet's name by the name of its part."""
    if "xl/workbook.xml" not in archive.namelist():
        return {}
    book = _xml(archive, "xl/workbook.xml")
    relations = _xml(archive, "xl/_rels/workbook.xml.rels")
    if book is None or relations is None:
        return {}
    targets = {one.get("Id"): str(one.get("Target")) for one in relations}
    names = {}
    for sheet in book.iter():
        identifier = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), None)
        if sheet.tag.endswith("}sheet") and identifier in targets:
            target = targets[identifier].lstrip("/")
            names[target if target.startswith("xl/") else f"xl/{target}"] = str(sheet.get("name"))
    return names


def _xml(archive: zipfile.ZipFile, name: str) -> ElementTree.Element | None:
    """A small part as XML; one with a document type is left alone, for it could unfold."""
    if name not in archive.namelist() or archive.getinfo(name).file_size > _MAX_INDEX:
        return None
    data = archive.read(name)
    return None if b"<!DOCTYPE" in data else ElementTree.fromstring(data)  # noqa: S314


def formulas_in(path: Path) -> dict[str, frozenset[tuple[int, int]]]:
    """Where the cells of each sheet hold a formula: rows and columns from 0.

    Of an XLSX file that `read_workbook` has read: it counts what is unpacked.
    """
    with zipfile.ZipFile(path) as archive:
        return {
            name: frozenset(
                at for at, _, inside in _special(archive, part) if _FORMULA.search(inside)
            )
            for part, name in _sheet_parts(archive).items()
            if part in archive.namelist()
        }


def _marks(
    archive: zipfile.ZipFile, part: zipfile.ZipInfo
) -> Iterator[tuple[tuple[int, int], Unreadable]]:
    """Cells of one part that hold an error, or a formula without a stored value."""
    for at, attributes, inside in _special(archive, part.filename):
        value = _VALUE.search(inside)
        if b't="e"' in attributes:
            yield at, Unreadable(value[1].decode("ascii", "replace") if value else "#N/A")
        elif _FORMULA.search(inside) and value is None and not _INLINE.search(inside):
            yield at, FORMULA_WITHOUT_VALUE


def _special(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[tuple[int, int], bytes, bytes]]:
    """Place, attributes and inside of the cells among which are all errors and formulas."""
    rest = b""
    with archive.open(part) as stream:
        for block in iter(lambda: stream.read(1 << 20), b""):
            block = rest + block
            cut = block.rfind(b"</c>") + 4 if b"</c>" in block else len(block)
            rest = block[cut:] if cut < len(block) and len(block) - cut < MAX_CELL * 8 else b""
            if b"<f" in block or b":f" in block or b't="e"' in block:
                yield from _cells_in(block[: cut if rest else len(block)])


def _cells_in(block: bytes) -> Iterator[tuple[tuple[int, int], bytes, bytes]]:
    for cell in _CELL.finditer(block):
        place = _PLACE.search(cell[1])
        if place is not None:
            yield (int(place[2]) - 1, column_number(place[1]) - 1), cell[1], cell[2] or b""
