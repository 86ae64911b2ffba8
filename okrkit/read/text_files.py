"""CSV and TSV files to rows: encoding and delimiter are found, nothing is guessed silently."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from okrkit.door.raw import Note

from .sheet import MAX_BYTES, MAX_CELL, MAX_COLUMNS, MAX_ROWS, Found, Sheet, refused, too_large

_DELIMITERS = ",;\t|"
_SEP_LINE = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_MULTI_BYTE = re.compile(rb"[\xc3-\xf4][\x80-\xbf]")
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
    if path.stat().st_size > MAX_BYTES:
        return too_large(
            file, f"{path.stat().st_size / 1e6:.0f} MB", f"at most {MAX_BYTES / 1e6:.0f} MB"
        )
    if _lines(path) > MAX_ROWS and not _quotes(path):
        return too_large(file, f"more than {MAX_ROWS:,} rows", f"at most {MAX_ROWS:,} rows")
    decoded = _decode(path.read_bytes(), file)
    if isinstance(decoded, Found):
        return decoded
    text, notes = decoded
    return _rows(text, file, notes)


def _lines(path: Path) -> int:
    with path.open("rb") as stream:
        return sum(
            max(block.count(b"\n"), block.count(b"\r"))
            for block in iter(lambda: stream.read(1 << 20), b"")
        )


def _quotes(path: Path) -> bool:
    with path.open("rb") as stream:
        return any(b'"' in block for block in iter(lambda: stream.read(1 << 20), b""))


def _decode(data: bytes, file: str) -> tuple[str, tuple[Note, ...]] | Found:
    """The text of a file, and a note when its encoding had to be assumed."""
    for signature, what in _SIGNATURES.items():
        if data.startswith(signature):
            return refused(
                file, f"{what}, not text", "a CSV file in UTF-8", "Export the table as CSV or XLSX."
            )
    remedy = "Save the file again as CSV UTF-8."
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16"), ()
        except UnicodeDecodeError:
            return refused(file, "broken UTF-16 text", "a CSV file in UTF-8", remedy)
    if b"\0" in data:
        row = data[: data.index(b"\0")].count(b"\n") + 1
        return refused(file, f"a NUL byte in line {row}", "a CSV file in UTF-8", remedy)
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        rest = data[: error.start] + data[error.end :]
        if _multi_byte(rest):
            return refused(file, f"broken UTF-8 in line {line}", "a CSV file in UTF-8", remedy)
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return refused(
            file, f"bytes that are no text in line {line}", "a CSV file in UTF-8", remedy
        )
    controls = sum(ord(sign) < 32 and sign not in "\r\n\t\f\v\x1a" for sign in text[:100_000])
    if controls > 8:
        return refused(
            file, "binary data, not text", "a CSV file in UTF-8", "Export the table as CSV or XLSX."
        )
    return text, (Note("converted", "read as Windows-1252, for it is not UTF-8", file),)


def _multi_byte(data: bytes) -> bool:
    """Whether some bytes beyond ASCII are valid UTF-8, so the file claims to be UTF-8."""
    for match in _MULTI_BYTE.finditer(data):
        start = match.start()
        for length in (2, 3, 4):
            try:
                if len(data[start : start + length].decode()) == 1:
                    return True
            except UnicodeDecodeError:
                continue
    return False


def _rows(text: str, file: str, notes: tuple[Note, ...]) -> Found:
    delimiter = ""
    if line := _SEP_LINE.match(text):
        delimiter, text = line[1], text[line.end() :]
    if not text.strip():
        return refused(
            file,
            "an empty file",
            "a header row and rows below it",
            "Export the table again, or delete the file.",
        )
    delimiter = delimiter or _delimiter(text)
    rows: list[list[str | None]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            if len(cells) > MAX_COLUMNS:
                return too_large(
                    file,
                    f"{len(cells):,} columns in row {len(rows) + 1}",
                    f"at most {MAX_COLUMNS:,} columns",
                )
            if any(len(cell) > MAX_CELL for cell in cells):
                return _long_cell(file, len(rows) + 1)
            rows.append([cell if cell.strip() else None for cell in cells])
            if len(rows) > MAX_ROWS + 1:
                return too_large(file, f"more than {MAX_ROWS:,} rows", f"at most {MAX_ROWS:,} rows")
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
    return too_large(
        file,
        f"a cell of more than {MAX_CELL:,} characters near row {row}",
        f"at most {MAX_CELL:,} characters a cell",
    )


def _delimiter(text: str) -> str:
    """The sign that separates the cells of the header, outside quotes."""
    header = next((line for line in io.StringIO(text[:200_000]) if line.strip()), "")
    outside = re.sub(r'"[^"]*"', "", header)
    return max(_DELIMITERS, key=lambda sign: (outside.count(sign), -_DELIMITERS.index(sign)))
