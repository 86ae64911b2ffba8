"""How far apart the cells of a sheet lie: whoever reads it holds every cell in between, too."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator

from .sheet import MAX_ROWS

HELD = 10_000_000  # cells, filled or not, that are always held
THIN = 30  # beyond them, so many for each that is filled
_BLOCK = 1 << 20
_LONGEST = 400  # bytes of a cell up to its value; so much is looked at twice
_REST = rb"(?:[^>]*[^/>])?>"  # of a cell's tag; one that holds nothing ends in />
_WIDE = re.compile(rb'r="([A-Z]{2,3})\d{1,7}"' + _REST)


def too_far(archive: zipfile.ZipFile, part: str) -> str:
    """Where a cell of a sheet lies too far from the others, as `row 1,048,576`; else nothing."""
    filled, columns = 0, 26
    for block in _blocks(archive, part):
        filled += (block.count(b"v>") + block.count(b"is>")) // 2
        columns = max([columns, *map(column_number, set(_WIDE.findall(block)))])
    most = max(HELD, THIN * filled) // columns
    if most >= MAX_ROWS:
        return ""
    deep = re.compile(rb'r="[A-Z]{1,3}(\d{%d,7})"' % len(str(most)) + _REST)
    for block in _blocks(archive, part):
        row = max(map(int, deep.findall(block)), default=0)
        if row > most:
            return f"row {row:,} of {columns:,} columns"
    return ""


def column_number(letters: bytes) -> int:
    """The number of a column, from 1.

    >>> column_number(b"A"), column_number(b"AB"), column_number(b"XFD")
    (1, 28, 16384)
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _blocks(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """A part in pieces that overlap, so that no cell's tag is cut in all of them."""
    rest = b""
    with archive.open(part) as stream:
        for block in iter(lambda: stream.read(_BLOCK), b""):
            yield rest + block
            rest = block[-_LONGEST:]
