"""The small drawings inside tables: geometry in attributes, words for those who cannot see them."""

from __future__ import annotations

from markupsafe import Markup

from okrkit.judge.phrases import percent

_ROW = 30
_MIDDLE = 15
_CLEAR = 12  #: pixels between a mark and its label


def dumbbell(say: float | None, do: float | None, words: str, most: float = 1.0) -> Markup:
    """Say as a ring and do as a disc on a line from 0 to `most`; `words` say the same.

    Where `most` is all, half of it is marked.
    """
    parts = [_line("grid", 0, 1, _MIDDLE, _MIDDLE)]
    if most == 1:
        parts.append(_line("half", 0.5, 0.5, 0, _ROW))
    if say is not None and do is not None:
        parts.append(_line("between", min(say, do) / most, max(say, do) / most, _MIDDLE, _MIDDLE))
    if do is not None:
        parts.append(circle("c-do", do / most, 6.5))
    if say is not None:
        parts.append(circle("c-say", say / most, 6))
        parts.append(_label("t-say", say, most, left=do is not None and say <= do))
    if do is not None:
        parts.append(_label("t-do", do, most, left=say is not None and do < say))
    return Markup('<svg width="100%" height="{}" role="img" aria-label="{}">{}</svg>').format(
        _ROW, words, Markup("").join(parts)
    )


def stacked_bar(counts: tuple[int, int, int, int], words: str) -> Markup:
    """Yes, no, don't know and not applicable as one bar."""
    total = sum(counts)
    parts, start = [], 0.0
    for name, count in zip(("b-yes", "b-no", "b-dk", "b-na"), counts, strict=True):
        if count:
            width = count / total
            parts.append(
                Markup('<rect class="{}" x="{}" y="1" width="{}" height="14"/>').format(
                    name, at(start), at(width)
                )
            )
            start += width
    return Markup(
        '<svg class="bar" width="100%" height="16" role="img" aria-label="{}">{}</svg>'
    ).format(words, Markup("").join(parts))


def at(share: float) -> str:
    """Where a share of the width lies.

    >>> at(0.5)
    '50.00%'
    """
    return f"{100 * share:.2f}%"


def _line(name: str, left: float, right: float, top: float, bottom: float) -> Markup:
    return Markup('<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(
        name, at(left), at(right), top, bottom
    )


def circle(name: str, share: float, radius: float, down: float | str = _MIDDLE) -> Markup:
    """A disc of the class `name` at a share of the width, `down` from the top."""
    return Markup('<circle class="{}" cx="{}" cy="{}" r="{}"/>').format(
        name, at(share), down, radius
    )


def _label(name: str, share: float, most: float, *, left: bool) -> Markup:
    dx, anchor = (-_CLEAR, "end") if left else (_CLEAR, "start")
    return Markup('<text class="{}" x="{}" y="19.5" dx="{}" text-anchor="{}">{}</text>').format(
        name, at(share / most), dx, anchor, percent(share)
    )
