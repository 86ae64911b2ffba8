"""Cells of one column to values: what can be read, what cannot, and what was changed on the way.

Every reader takes the raw cells of a column (text from CSV; text, numbers, dates and booleans
from a workbook; None for blank) and returns a `Parsed`. A reading that depends on the whole column
(decimal commas, day and month) is chosen only when the column leaves one; otherwise it is refused.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

Cell = object

NONE_WORDS = frozenset({"nan", "#n/a", "-", "n/a", "tbd", "–", "—", "tbc"})  # noqa: RUF001

_YES = frozenset({"yes", "y", "true", "t", "1"})
_NO = frozenset({"no", "n", "false", "f", "0"})

# Plain variants of fixed words; keys are written as `plain` leaves them.
VARIANTS: Mapping[str, str] = {
    "y": "yes",
    "true": "yes",
    "n": "no",
    "false": "no",
    "dont know": "dont_know",
    "do not know": "dont_know",
    "dk": "dont_know",
    "na": "not_applicable",
    "n/a": "not_applicable",
    "quarterly": "quarter",
    "yearly": "year",
    "annual": "year",
    "monthly": "month",
    "up": "increase",
    "down": "decrease",
    "keep": "maintain",
}


@dataclass(frozen=True)
class Unreadable:
    """A workbook cell that holds an error such as #REF!, or a formula nobody has calculated."""

    text: str


LONGEST_NUMBER = 1e15  #: beyond it a spreadsheet keeps no single digits

FORMULA_WITHOUT_VALUE = Unreadable("a formula without a stored value")


@dataclass(frozen=True)
class Bad:
    """Cells of a column that cannot be read, for one reason."""

    positions: tuple[int, ...]
    found: str
    expected: str
    remedy: str


@dataclass(frozen=True)
class Change:
    """Cells of a column that were changed while reading (`kind` as in `Note`)."""

    kind: str
    positions: tuple[int, ...]
    text: str


@dataclass(frozen=True)
class Parsed:
    """A column's values (None where there is none), what is bad, and what was changed."""

    values: list[object]
    bad: tuple[Bad, ...] = ()
    changes: tuple[Change, ...] = ()


def is_blank(cell: Cell) -> bool:
    """Whether a cell holds nothing: None, not-a-number, or only white space."""
    if isinstance(cell, str):
        return not cell or cell.isspace()
    return cell is None or (isinstance(cell, float) and math.isnan(cell))


def plain(text: str) -> str:
    """A word without case, and with spaces, hyphens and underscores all the same.

    >>> plain("Don’t-Know ")
    'dont know'
    """
    folded = text.casefold().replace("’", "").replace("'", "")  # noqa: RUF001
    return " ".join(folded.replace("_", " ").replace("-", " ").split())


def header_key(name: object) -> str:
    """A header, sheet or file name as it is compared: without case, spaces, hyphens, underscores.

    >>> header_key("Key Results") == header_key("key-results") == header_key("KeyResults")
    True
    """
    return plain(str(name)).replace(" ", "")


def quoted(cell: Cell) -> str:
    """A cell as it is shown in a message, cut when long."""
    if isinstance(cell, Unreadable):
        return cell.text
    text = str(cell)
    return repr(text if len(text) <= 40 else text[:37] + "...")


def listed(cells: Iterable[Cell], most: int = 3) -> str:
    """The first few different cells, quoted: `'70', '80' and 4 more`."""
    shown = list(dict.fromkeys(quoted(cell) for cell in cells))
    if len(shown) <= most:
        return ", ".join(shown)
    return ", ".join(shown[:most]) + f" and {len(shown) - most} more"


def by_distinct(
    cells: Sequence[Cell], read: Callable[[Cell], object]
) -> tuple[list[object], dict[str, list[int]]]:
    """Read each different cell once.

    `read` returns a value, or a `str` subclass `Reason`; the second result maps each reason to the
    positions it stands at, whose value is None.
    """
    known: dict[tuple[type, Hashable], object] = {}
    values: list[object] = []
    reasons: dict[str, list[int]] = {}
    for position, cell in enumerate(cells):
        if cell is None:
            values.append(None)
            continue
        key = (cell.__class__, cell)
        if key not in known:
            known[key] = read(cell)
        value = known[key]
        if isinstance(value, Reason):
            reasons.setdefault(str(value), []).append(position)
            value = None
        values.append(value)
    return values, reasons


class Reason(str):
    """Why a cell cannot be read (a value of `by_distinct`)."""

    __slots__ = ()


def text_of(cell: Cell) -> str:
    """A cell as text: whole numbers without a decimal point, dates as ISO."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < LONGEST_NUMBER:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def _broken(text: str) -> bool:
    """Whether a text holds half characters that no file can keep."""
    if text.isascii():
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


_BROKEN = Reason("a text with half a character in it")


def read_text(cells: Sequence[Cell]) -> Parsed:
    """Texts as they are; only the spaces around them go."""

    def read(cell: Cell) -> object:
        text = text_of(cell)
        return _BROKEN if _broken(text) else text

    values, reasons = by_distinct(cells, read)
    bad = tuple(
        Bad(tuple(at), reason, "text", "Type the text again.") for reason, at in reasons.items()
    )
    return Parsed(values, bad)


def _read_id(cell: Cell) -> object:
    if isinstance(cell, float) and abs(cell) >= LONGEST_NUMBER:
        return Reason(f"the number {cell:.0f}, whose last digits a spreadsheet has rounded")
    text = unicodedata.normalize("NFC", text_of(cell).replace("\u00a0", " ").strip())
    if _broken(text):
        return _BROKEN
    return text if ";" not in text else Reason(f"{quoted(text)}, which has a ; in it")


def read_ids(cells: Sequence[Cell], *, several: bool) -> Parsed:
    """Ids, trimmed and in one Unicode form; with `several`, a list separated by `;`."""

    def read_list(cell: Cell) -> object:
        parts = [_read_id(part) for part in text_of(cell).split(";")]
        broken = next((part for part in parts if isinstance(part, Reason)), None)
        return broken or ";".join(str(part) for part in parts if part) or None

    values, reasons = by_distinct(cells, read_list if several else _read_id)
    bad = tuple(
        Bad(tuple(at), reason, "one id as text", "Write ids as text, each in a cell of its own.")
        for reason, at in reasons.items()
    )
    kinds: dict[str, list[int]] = {}
    for position, (cell, value) in enumerate(zip(cells, values, strict=True)):
        if isinstance(cell, str) and value is not None and not several and cell != value:
            trimmed = cell.replace("\u00a0", " ").strip() == value
            kinds.setdefault(
                "spaces around ids were left out"
                if trimmed
                else "ids were written in one Unicode form",
                [],
            ).append(position)
    changes = tuple(Change("converted", tuple(at), text) for text, at in kinds.items())
    return Parsed(values, bad, changes)


def read_words(cells: Sequence[Cell], words: tuple[str, ...]) -> Parsed:
    """Fixed words in any case and with their plain variants."""
    known = {plain(word): word for word in words}
    known |= {variant: word for variant, word in VARIANTS.items() if word in words}

    def read(cell: Cell) -> object:
        return known.get(plain(text_of(cell)), Reason(quoted(cell)))

    values, reasons = by_distinct(cells, read)
    if not reasons:
        return Parsed(values)
    positions = tuple(sorted(p for at in reasons.values() for p in at))
    expected = ", ".join(words[:-1]) + " or " + words[-1]
    return Parsed(values, (Bad(positions, _join(reasons), expected, "Use one of these words."),))


def read_yes_no(cells: Sequence[Cell]) -> Parsed:
    """Yes or no in their plain variants; True and False."""

    def read(cell: Cell) -> object:
        word = plain(text_of(cell))
        if word in _YES or word in _NO:
            return word in _YES
        return None if word in NONE_WORDS else Reason(quoted(cell))

    values, reasons = by_distinct(cells, read)
    if not reasons:
        return Parsed(values)
    positions = tuple(sorted(p for at in reasons.values() for p in at))
    return Parsed(values, (Bad(positions, _join(reasons), "yes or no", "Write yes or no."),))


def read_statuses(
    cells: Sequence[Cell], status_of: Callable[[str], str | None]
) -> tuple[Parsed, list[object]]:
    """Statuses and, second, the source's own words. Unknown words are counted, never guessed."""
    words = [None if cell is None else text_of(cell) for cell in cells]
    none = [w is not None and w.casefold() in NONE_WORDS for w in words]
    known = {word: status_of(word) or "unknown" for word in set(words) if word is not None}
    values: list[object] = [
        None if word is None or nothing else known[word]
        for word, nothing in zip(words, none, strict=True)
    ]
    unknown = Counter(w for w, value in zip(words, values, strict=True) if value == "unknown" and w)
    changes = none_changes(words, none)
    if unknown:
        positions = tuple(p for p, value in enumerate(values) if value == "unknown")
        text = "status words the standard does not know, kept as unknown: " + ", ".join(
            f"{word!r} ({count})" for word, count in unknown.most_common(8)
        )
        changes += (Change("converted", positions, text),)
    return Parsed(values, (), changes), [*words]


def none_changes(words: Sequence[object], none: Sequence[bool]) -> tuple[Change, ...]:
    """The words read as "none", each with its count."""
    at: dict[str, list[int]] = {}
    for position, (word, nothing) in enumerate(zip(words, none, strict=True)):
        if nothing:
            at.setdefault(str(word), []).append(position)
    return tuple(
        Change("converted", tuple(positions), f"{word!r} was read as none")
        for word, positions in at.items()
    )


def _join(reasons: Mapping[str, list[int]]) -> str:
    """The first few reasons in one line."""
    shown = list(reasons)[:3]
    more = len(reasons) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")
