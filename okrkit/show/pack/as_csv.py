"""A pack as one CSV file: a row for each figure and each text, for spreadsheets and scripts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from okrkit.show.workbook import LIVE

from .content import Number, Pack, Table, words_of

COLUMNS = ("section", "table", "item", "field", "value", "words", "inputs")
Line = tuple[str, str, str, str, str, str]


def csv_bytes(pack: Pack) -> bytes:
    """The pack as UTF-8 with a mark at its start, so that Excel reads it.

    Columns: `section` and `table` (keys), `item` (the row's name), `field` (the column), `value`
    (the number, empty for a text), `words` (as printed) and `inputs`. A text that a spreadsheet
    would take for a formula has an apostrophe before it. The same pack gives the same bytes.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for line in _lines(pack):
        *texts, value, words = line
        writer.writerow([*map(_dead, texts), value, _dead(words), pack.inputs])
    return out.getvalue().encode("utf-8-sig")


def _dead(text: str) -> str:
    return f"'{text}" if text.startswith((*LIVE, "\r")) else text


def _lines(pack: Pack) -> Iterator[Line]:
    yield ("pack", "", "title", "", "", pack.title)
    yield ("pack", "", "source", "", "", pack.source)
    if pack.confidential:
        yield ("pack", "", "confidential", "", "", pack.confidential)
    yield ("pack", "", "verdict", "", "", pack.verdict)
    for number, text in pack.facts:
        yield ("pack", "", "fact", "", "", f"{number} {text}")
    for section in pack.sections:
        yield (section.key, "", "title", "", "", section.title)
        if section.unknown:
            yield (section.key, "", "unknown", "", "", section.unknown)
        for at, text in enumerate(section.paragraphs, 1):
            yield (section.key, "", "paragraph", str(at), "", text)
        for table in section.tables:
            yield from _rows(section.key, table)


def _rows(section: str, table: Table) -> Iterator[Line]:
    for first, *rest in table.rows:
        for column, cell in zip(table.columns[1:], rest, strict=True):
            value = repr(cell.value) if isinstance(cell, Number) else ""
            yield (section, table.key, words_of(first), column, value, words_of(cell))
