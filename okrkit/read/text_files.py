"""CSV and TSV files to rows: encoding and delimiter are found, nothing is guessed silently."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from pathlib import Path

from okrkit.door.raw import Note

from .sheet import MAX_BYTES, MAX_CELL, MAX_COLUMNS, MAX_ROWS, Found, Sheet, refused, too_large

_DELIMITERS = ",;\t|"
_SEP_LINE = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_MULTI_BYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_EXPECTED = "a CSV file in UTF-8"
_SAVE_AGAIN = "Save the file again as CSV UTF-8."
MAX_LINE = 32_000_000
_SIGNATURES = {
    b"PK\x03\x04": "a zip file or a workbook",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"SQLite format 3": "a database",
    b"\x1f\x8b": "a compressed file",
    b"\x7fELF": "a program",
    b"MZ\x90\x00": "a program",
    b"\x80\x04\x95": "a Python pickle",
}


def read_text_file(path: Path) -> Found:
    """The one sheet of a CSV or TSV file."""
    file = path.name
    size = path.stat().st_size
    if size > MAX_BYTES:
        return too_large(file, f"{size / 1e6:.0f} MB", f"at most {MAX_BYTES / 1e6:.0f} MB")
    encoding, notes, refusal = _encoding(path)
    if refusal:
        return refusal
    lines, longest = _lines(path)
    if longest > MAX_LINE:
        found = f"a line of {longest / 1e6:.0f} MB"
        return refused(file, found, "a table with line breaks", "Export the table again as CSV.")
    delimiter, first = _dialect(path, encoding)
    if first is None:
        return _empty(file)
    if lines > MAX_ROWS and _more_rows_than(MAX_ROWS, path, encoding, delimiter):
        return too_large(file, f"more than {MAX_ROWS:,} rows", f"at most {MAX_ROWS:,} rows")
    return _rows(path, encoding, delimiter, skip=first, notes=notes)


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        yield from iter(lambda: stream.read(1 << 20), b"")


def _lines(path: Path) -> tuple[int, int]:
    """How many lines a file has at most, and the bytes of the longest."""
    lines = longest = open_line = 0
    for block in _blocks(path):
        lines += max(block.count(b"\n"), block.count(b"\r"))
        first = block.find(b"\n") if b"\n" in block else block.find(b"\r")
        longest = max(longest, open_line + (len(block) if first < 0 else first))
        last = max(block.rfind(b"\n"), block.rfind(b"\r"))
        open_line = open_line + len(block) if last < 0 else len(block) - last
    return lines, max(longest, open_line)


def _encoding(path: Path) -> tuple[str, tuple[Note, ...], Found | None]:
    """How a file's text is written, with a note when that had to be assumed; or why it is none."""
    file = path.name
    with path.open("rb") as stream:
        start = stream.read(16)
    for signature, what in _SIGNATURES.items():
        if start.startswith(signature):
            remedy = "Export the table as CSV or XLSX."
            return "", (), refused(file, f"{what}, not text", _EXPECTED, remedy)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        if _first_broken(path, "utf-16"):
            return "", (), refused(file, "broken UTF-16 text", _EXPECTED, _SAVE_AGAIN)
        return "utf-16", (), None
    if nul := _line_with_nul(path):
        return "", (), refused(file, f"a NUL byte in line {nul}", _EXPECTED, _SAVE_AGAIN)
    line = _first_broken(path, "utf-8-sig")
    if not line:
        return "utf-8-sig", (), None
    if any(_MULTI_BYTE.search(block) for block in _blocks(path)):
        return "", (), refused(file, f"broken UTF-8 in line {line}", _EXPECTED, _SAVE_AGAIN)
    if broken := _first_broken(path, "cp1252"):
        found = f"bytes that are no text in line {broken}"
        return "", (), refused(file, found, _EXPECTED, _SAVE_AGAIN)
    note = Note("converted", "read as Windows-1252, for it is not UTF-8", file)
    return "cp1252", (note,), None


def _line_with_nul(path: Path) -> int:
    """The first line with a NUL byte; 0 if there is none."""
    line = 1
    for block in _blocks(path):
        if b"\0" in block:
            return line + block[: block.index(b"\0")].count(b"\n")
        line += block.count(b"\n")
    return 0


def _first_broken(path: Path, encoding: str) -> int:
    """The first line that is not text in `encoding`; 0 if all are."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    try:
        for block in _blocks(path):
            line += decoder.decode(block).count("\n")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        return line + error.object[: error.start].count(b"\n")
    return 0


def _dialect(path: Path, encoding: str) -> tuple[str, int | None]:
    """What separates the cells, and how many lines to skip; None when there is nothing to read."""
    with path.open(encoding=encoding, newline="") as stream:
        first = stream.readline()
        said = _SEP_LINE.fullmatch(first)
        skip = 1 if said else 0
        header = "" if said else first
        while not header.strip():
            header = stream.readline()
            if not header:
                return "", None
    if said:
        return said[1], skip
    outside = re.sub(r'"[^"]*"', "", header)
    best = max(_DELIMITERS, key=lambda sign: (outside.count(sign), -_DELIMITERS.index(sign)))
    return best, skip


def _more_rows_than(most: int, path: Path, encoding: str, delimiter: str) -> bool:
    with path.open(encoding=encoding, newline="") as stream:
        try:
            return any(n > most for n, _ in enumerate(csv.reader(stream, delimiter=delimiter)))
        except csv.Error:
            return False


def _empty(file: str) -> Found:
    remedy = "Export the table again, or delete the file."
    return refused(file, "an empty file", "a header row and rows below it", remedy)


def _rows(
    path: Path, encoding: str, delimiter: str, *, skip: int, notes: tuple[Note, ...]
) -> Found:
    file = path.name
    rows: list[list[str | None]] = []
    try:
        with path.open(encoding=encoding, newline="") as stream:
            for _ in range(skip):
                stream.readline()
            for cells in csv.reader(stream, delimiter=delimiter, strict=True):
                if len(cells) > MAX_COLUMNS:
                    found = f"{len(cells):,} columns in row {len(rows) + 1}"
                    return too_large(file, found, f"at most {MAX_COLUMNS:,} columns")
                if any(len(cell) > MAX_CELL for cell in cells):
                    return _long_cell(file, len(rows) + 1)
                rows.append([cell if cell.strip() else None for cell in cells])
    except csv.Error as error:
        if "field larger" in str(error):
            return _long_cell(file, len(rows) + 1)
        return refused(
            file,
            f"a quotation mark that does not fit near row {len(rows) + 1}",
            'texts with a delimiter or a line break inside "quotes", and "" for a quote within',
            "Export the file again as CSV, or save it as XLSX.",
        )
    return Found((Sheet(file, rows, delimiter=delimiter),), notes=notes)


def _long_cell(file: str, row: int) -> Found:
    found = f"a cell of more than {MAX_CELL:,} characters near row {row}"
    return too_large(file, found, f"at most {MAX_CELL:,} characters a cell")
