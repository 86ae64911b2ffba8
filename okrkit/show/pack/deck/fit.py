"""How much room a text takes on a slide: rather too much than too little, in any usual font."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache

from okrkit.judge.phrases import NO_BREAK

FAIR = 0.6  # of an equal share of a table's width: up to here a column gets what it needs
BOLD = 1.1  # times as wide
BLANK = "to fill in"  # what an empty cell leaves room for
LINE = 1.22  # height of a line, in font sizes
NARROW = frozenset(" .,;:'’|!ijlI()[]ftr/-")  # noqa: RUF001
EM_NARROW, EM, EM_CAPITAL, EM_WIDE = 0.36, 0.57, 0.74, 1.05  # widths, in font sizes


def wrapped(text: str, width: float, size: float) -> list[str]:
    """`text` as the lines it takes, in points; together they are the text again.

    A word longer than a line is broken.

    >>> wrapped("A driver is named. A date is not.", 100, 10)
    ['A driver is named. ', 'A date is not.']
    >>> "".join(wrapped("x" * 99, 100, 10)) == "x" * 99
    True
    """
    lines, start, cut, used = [], 0, 0, 0.0
    for at, sign in enumerate(text):
        used += size * _em(sign)
        if used > width and not sign.isspace() and at > start:
            end = cut if cut > start else at
            lines.append(text[start:end])
            start = end
            used = sum(size * _em(one) for one in text[start : at + 1])
        if sign.isspace() and sign != NO_BREAK:
            cut = at + 1
        if sign == "\n":
            lines.append(text[start : at + 1])
            start, used = at + 1, 0.0
    return [*lines, text[start:]] if start < len(text) or not lines else lines


def height(text: str, width: float, size: float) -> float:
    """The height of `text` in points.

    >>> height("one line", 100, 10)
    12.2
    """
    return len(wrapped(text, width, size)) * size * LINE


def pieces(text: str, width: float, size: float, most: float) -> list[str]:
    """`text` in parts none of which is higher than `most` points; together they are the text.

    >>> pieces("A driver is named. A date is not.", 100, 10, 15)
    ['A driver is named. ', 'A date is not.']
    """
    lines = wrapped(text, width, size)
    each = max(1, int(most / (size * LINE)))
    return ["".join(lines[at : at + each]) for at in range(0, len(lines), each)]


def largest(text: str, width: float, most: float, sizes: Sequence[float]) -> tuple[str, float]:
    """`text` and the first of `sizes` in which it fits; cut with a mark if none is small enough."""
    for size in sizes:
        if height(text, width, size) <= most:
            return text, size
    return pieces(text, width, sizes[-1], most)[0].rstrip()[:-1] + "…", sizes[-1]


def columns(texts: Sequence[Sequence[str]], width: float, size: float) -> list[float]:
    """How wide each column of a table is, in points, given its texts; together at most `width`.

    A column gets what its longest text needs, if that is well below its share; the others part
    what is left by the root of all their text, none narrower than its longest word if that
    can be. A table that needs less than half of the width is not drawn out over it.

    >>> [round(one) for one in columns([["No."], ["word " * 40], ["word " * 160]], 400, 10)]
    [34, 122, 244]
    """
    inset = 1.6 * size  # what a cell keeps free, and for a header's bold
    bold = [BOLD * size, *[size] * (len(texts) - 1)]  # a row's name is bold
    words = [
        max((width_of(word, own_size) for one in own for word in one.split()), default=0.0) + inset
        for own, own_size in zip(texts, bold, strict=True)
    ]
    full = [
        max(width_of(line, own_size) for cell in own for line in (cell or BLANK).split("\n"))
        + inset
        for own, own_size in zip(texts, bold, strict=True)
    ]
    if sum(full) < width / 2:
        return full
    given: dict[int, float] = {}
    for at in sorted(range(len(full)), key=full.__getitem__):
        if full[at] <= FAIR * (width - sum(given.values())) / (len(full) - len(given)):
            given[at] = full[at]
    left, long = width - sum(given.values()), [at for at in range(len(full)) if at not in given]
    if not long:
        return [one * width / sum(full) for one in full]
    roots = {at: sum(width_of(one, size) for one in texts[at]) ** 0.5 for at in long}
    shares = {at: left * root / sum(roots.values()) for at, root in roots.items()}
    short = {at: min(words[at], width / 3) for at in long if shares[at] < words[at]}
    most = 0.8 * left / (sum(short.values()) or 1)
    given |= {at: one * min(1.0, most) for at, one in short.items()}
    left = width - sum(given.values())
    rest = {at: roots[at] for at in long if at not in short}
    given |= {at: left * root / sum(rest.values()) for at, root in rest.items()}
    return [given[at] for at in range(len(full))]


def width_of(text: str, size: float) -> float:
    """The width of `text` on one line, in points."""
    return size * sum(map(_em, text))


@cache
def _em(sign: str) -> float:
    if sign in NARROW:
        return EM_NARROW
    if sign.isascii():
        return EM_CAPITAL if sign.isupper() or sign in "mwMW%@" else EM
    if unicodedata.east_asian_width(sign) in "WF" or ord(sign) > 0xFFFF:
        return EM_WIDE
    return 0.0 if unicodedata.combining(sign) else EM_CAPITAL
