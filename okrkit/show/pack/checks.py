"""What tells, when a workbook comes back, which cells a person changed and which records did."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from okrkit.door.texts import Cell as Found
from okrkit.door.texts import is_blank, text_of

from .content import Cell, Number, Pack, Table

KEY, CHECK = "okrkit key", "okrkit check"  # the two hidden columns at the right of a form
LONGEST = 32_000  # a cell takes 32,767 characters
CUT = " … (cut here; the JSON file has it whole)"
DIGITS = 16
_MARK = "okrkit form 1"
# Signs that XML cannot hold, as themselves and as each program escapes them.
_LOST = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")


def fitted(text: str) -> str:
    """A text as long as a cell takes."""
    return text if len(text) <= LONGEST else text[: LONGEST - len(CUT)] + CUT


def plain(cell: Cell | Found) -> str:
    r"""A cell as it is compared, whichever program wrote it: spaces and number forms do not count.

    >>> plain(Number(0.3, "30 %")) == plain(0.1 + 0.2), plain(" a\n b"), plain(None)
    (True, 'a b', '')
    """
    value = cell.value if isinstance(cell, Number) else cell
    if is_blank(value):
        return ""
    if isinstance(value, float | int) and not isinstance(value, bool):
        return f"{value:.12g}"
    return " ".join(_LOST.sub("", fitted(text_of(value))).split())


def digest(parts: Iterable[str]) -> str:
    """Sixteen digits that say whether any of `parts` was changed."""
    told = "\x1f".join(parts)
    return hashlib.sha256(told.encode(errors="surrogatepass")).hexdigest()[:DIGITS]


@dataclass(frozen=True)
class Check:
    """What a row was when it was written: its locked cells, and each blank, as digests.

    A blank's own text is not kept, so that a name somebody deletes from the sheet is gone.
    """

    locked: str
    blanks: tuple[str, ...]

    @property
    def text(self) -> str:
        """The check as it stands in its hidden cell."""
        return " ".join((self.locked, *self.blanks))


def check_in(text: str) -> Check:
    """The check in a hidden cell; whatever stands there."""
    locked, *blanks = text.split() or [""]
    return Check(locked, tuple(blanks))


def check_of(key: str, cells: Sequence[Cell | Found], blank: Sequence[bool]) -> Check:
    """The check of a row; `blank` says which of its cells people fill in."""
    texts = [plain(cell) for cell in cells]
    locked = [text for text, open_ in zip(texts, blank, strict=True) if not open_]
    filled = (
        digest((key, str(at), text))
        for at, (text, open_) in enumerate(zip(texts, blank, strict=True))
        if open_
    )
    return Check(digest((key, *locked)), tuple(filled))


@dataclass(frozen=True)
class Mark:
    """Which form a sheet holds, of whom, from which input, with which rows."""

    form: str
    inputs: str
    client: str  #: a digest
    rows: str  #: a digest

    @property
    def text(self) -> str:
        """The mark as it stands in its hidden cell."""
        return " ".join((_MARK, self.form, self.inputs, self.client, self.rows))


def mark_of(pack: Pack, table: Table) -> Mark:
    """The mark of the sheet with `table` in a workbook of `pack`."""
    return Mark(table.key, pack.inputs, client_digest(pack.client), rows_digest(table.keys))


def mark_in(cell: object) -> Mark | None:
    """The mark in a cell; None if it holds none."""
    text = cell if isinstance(cell, str) else ""
    parts = text.removeprefix(_MARK).split()
    return Mark(*parts) if text.startswith(_MARK) and len(parts) == 4 else None


def client_digest(client: str) -> str:
    """A client's name as a digest."""
    return digest((plain(client),))


def rows_digest(keys: Iterable[str]) -> str:
    """The keys of a form's rows as a digest, in whatever order they stand."""
    return digest(sorted(keys))
