"""Numbers of a column: decimal points or commas, thousands separators, percent signs."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from .texts import NONE_WORDS, Bad, Cell, Change, is_blank, listed, none_changes, text_of

_SIGN = r"[+-]?"
_EXPONENT = r"(?:[eE][+-]?\d{1,3})?"
_POINT = re.compile(
    rf"{_SIGN}(?:\d*\.\d+|\d+\.?){_EXPONENT}|{_SIGN}[1-9]\d{{0,2}}(?:,\d{{3}})+(?:\.\d+)?"
    rf"|{_SIGN}[1-9]\d{{0,2}}(?:[ ']\d{{3}})+(?:\.\d+)?"
)
_COMMA = re.compile(
    rf"{_SIGN}\d*,\d+|{_SIGN}\d+|{_SIGN}[1-9]\d{{0,2}}(?:\.\d{{3}})+(?:,\d+)?"
    rf"|{_SIGN}[1-9]\d{{0,2}}(?:[ ']\d{{3}})+(?:,\d+)?"
)
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "’": "'", "−": "-"})  # noqa: RUF001


@dataclass(frozen=True)
class Numbers:
    """The numbers of a column. `percent` marks those written with a percent sign (70 for 70 %)."""

    values: list[float | None]
    percent: list[bool]
    bad: tuple[Bad, ...] = ()
    changes: tuple[Change, ...] = ()


def read_numbers(cells: Sequence[Cell], *, delimiter: str = "") -> Numbers:
    """Read a column of numbers.

    Decimal commas and thousands separators are understood when the whole column agrees; a mixture
    is refused. `1,234` alone can be either: it is a thousand in a file that separates its cells by
    commas, and refused in one that separates them by semicolons.
    """
    texts = [None if is_blank(cell) else _text(cell) for cell in cells]
    none = [text is not None and text.casefold() in NONE_WORDS for text in texts]
    percent = [
        text is not None and not nothing and text.endswith("%")
        for text, nothing in zip(texts, none, strict=True)
    ]
    bodies = [
        None if text is None or nothing else text.rstrip("%").strip()
        for text, nothing in zip(texts, none, strict=True)
    ]
    comma, refusal = _decimal_comma(bodies, cells, delimiter)
    values: list[float | None] = []
    unread: list[int] = []
    for position, body in enumerate(bodies):
        value = None if body is None else _value(body, comma=comma)
        if body is not None and value is None:
            unread.append(position)
        values.append(value)
    bad = (refusal,) if refusal else ()
    if unread and not refusal:
        found = listed(cells[p] for p in unread)
        bad = (
            Bad(
                tuple(unread),
                found,
                "a number",
                "Write the number alone; the unit has its own column.",
            ),
        )
    changes = none_changes(texts, none) + _converted(bodies, comma=comma)
    return Numbers(values, percent, bad, changes)


def _text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return repr(cell)
    return text_of(cell).translate(_SPACES)


def _decimal_comma(
    bodies: Sequence[str | None], cells: Sequence[Cell], delimiter: str
) -> tuple[bool, Bad | None]:
    """Whether the column writes decimals with a comma, or why that cannot be told."""
    unlike: dict[str, list[int]] = {"point": [], "comma": []}
    ambiguous: list[int] = []
    known: dict[str, tuple[bool, bool]] = {}
    for position, body in enumerate(bodies):
        if body is None:
            continue
        if body not in known:
            known[body] = (bool(_POINT.fullmatch(body)), bool(_COMMA.fullmatch(body)))
        point, comma = known[body]
        if point and not comma:
            unlike["comma"].append(position)
        elif comma and not point:
            unlike["point"].append(position)
        elif point and "," in body:
            ambiguous.append(position)
    if unlike["point"] and unlike["comma"]:
        both = (unlike["point"][0], unlike["comma"][0])
        return False, Bad(
            tuple(sorted(unlike["point"] + unlike["comma"])),
            f"decimal points and decimal commas in one column ({listed(cells[p] for p in both)})",
            "one way of writing decimals",
            "Write all numbers of the column with a decimal point.",
        )
    if unlike["point"]:
        return True, None
    if ambiguous and not unlike["comma"] and delimiter == ";":
        return False, Bad(
            tuple(ambiguous),
            f"{listed(cells[p] for p in ambiguous)}, which is a thousand or a decimal comma",
            "a number that reads one way",
            "Write it without a thousands separator, with a decimal point.",
        )
    return False, None


def _value(body: str, *, comma: bool) -> float | None:
    pattern = _COMMA if comma else _POINT
    if not pattern.fullmatch(body):
        return None
    digits = body.replace(" ", "").replace("'", "")
    digits = digits.replace(".", "").replace(",", ".") if comma else digits.replace(",", "")
    value = float(digits)
    return value if math.isfinite(value) else None


def _converted(bodies: Sequence[str | None], *, comma: bool) -> tuple[Change, ...]:
    mark = "," if comma else ", '"
    at = tuple(p for p, body in enumerate(bodies) if body and any(sign in body for sign in mark))
    if not at:
        return ()
    what = "decimal commas" if comma else "thousands separators"
    example = next(body for body in bodies if body and any(sign in body for sign in mark))
    value = _value(example, comma=comma)
    if value is None:
        return ()
    return (Change("converted", at, f"{what} were read ({example} is {value:.15g})"),)
