"""How much room a text takes on a slide: rather too much than too little, in any usual font."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

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
        if sign.isspace():
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
    """How wide each column of a table is, in points, given its texts; together `width`.

    No column is narrower than its longest word, if that can be. What is left goes to the columns
    that would need it, by the root of their length, so that one long text does not squeeze others.
    """
    inset = 1.6 * size  # what a cell keeps free, and for a header's bold
    most = width / len(texts)
    words = [max((_width(word, size) for one in own for word in one.split()), default=0.0)
             for own in texts]  # fmt: skip
    least = [min(max(one, 5 * size) + inset, most) for one in words]
    full = [max((_width(one, size) for one in own), default=0.0) + inset for own in texts]
    wanted = [max(0.0, min(one, 3 * width) - low) for low, one in zip(least, full, strict=True)]
    spare, roots = width - sum(least), [one**0.5 for one in wanted]
    share = spare / (sum(roots) or 1)
    return [
        low + (share * root if any(roots) else spare / len(texts))
        for low, root in zip(least, roots, strict=True)
    ]


def _width(text: str, size: float) -> float:
    return size * sum(map(_em, text))


def _em(sign: str) -> float:
    if sign in NARROW:
        return EM_NARROW
    if sign.isascii():
        return EM_CAPITAL if sign.isupper() or sign in "mwMW%@" else EM
    if unicodedata.east_asian_width(sign) in "WF" or ord(sign) > 0xFFFF:
        return EM_WIDE
    return 0.0 if unicodedata.combining(sign) else EM_CAPITAL
