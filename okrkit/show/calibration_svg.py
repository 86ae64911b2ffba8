"""The drawings of the comparison of managers: intervals, a strip of dots, counts, shares."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from okrkit.judge.calibration.result import Shown

from .svg import at, circle

SPAN_MIN, SPAN_MAX = 0.2, 0.4  #: grade points from the middle to the edge
_LANE, _DOT = 7, 3.2  #: pixels between dots one above the other; radius of one
_TALLEST = 150  #: pixels a strip of dots may take; then its dots move together
_APART = 0.014  #: dots nearer than this share of the width would overlap
_TENTHS = 11


@dataclass(frozen=True)
class Axis:
    """Differences in grade points from `-span` to `span`, with the band that is not material."""

    span: float
    material: float

    def share(self, difference: float) -> float:
        """Where a difference lies, as a share of the width; beyond the edge is at the edge.

        >>> Axis(0.2, 0.05).share(0.1), Axis(0.2, 0.05).share(-9)
        (0.75, 0.0)
        """
        return min(1.0, max(0.0, 0.5 + difference / (2 * self.span)))

    def ticks(self) -> tuple[float, ...]:
        """Every tenth of a grade point on the axis."""
        most = math.floor(self.span * 10 + 1e-9)
        return tuple(step / 10 for step in range(-most, most + 1))


def axis_for(shown: Sequence[Shown], material: float) -> Axis:
    """The axis on which all intervals `shown` can be read, the same for every row."""
    widest = max((max(abs(one.low), abs(one.high)) for one in shown), default=0.0)
    span = math.ceil(round(max(widest, 2 * material) * 20, 6)) / 20
    return Axis(min(SPAN_MAX, max(SPAN_MIN, span)), material)


def interval(shown: Shown, axis: Axis, tone: str, words: str) -> Markup:
    """The 95 and 80 % intervals; a point only when something can be told, so not for `cannot`."""
    parts = [
        _ground(axis),
        _level("i95", axis.share(shown.low), axis.share(shown.high)),
        _level("i80", axis.share(shown.low80), axis.share(shown.high80)),
    ]
    if tone != "cannot":
        parts.append(circle("pt", axis.share(shown.difference), 5, "50%"))
    return _drawing(f"cat fills {tone}", "100%", words, parts)


def dot_strip(shown: Sequence[Shown], axis: Axis, words: str) -> Markup:
    """One dot a manager; dots that would overlap stand above and below each other."""
    lanes: list[float] = []
    dots = []
    for share in sorted(axis.share(one.difference) for one in shown):
        lane = next((at for at, last in enumerate(lanes) if share - last >= _APART), len(lanes))
        lanes[lane : lane + 1] = [share]
        dots.append((share, lane))
    beside = len(lanes) // 2  # lanes above the middle one
    apart = min(_LANE, _TALLEST / (2 * beside or 1))
    height = round(2 * apart * beside + 2 * _DOT + 8, 1)
    placed = (
        circle(
            "pt",
            share,
            round(min(_DOT, apart / 2), 1),
            round(height / 2 + (-1) ** lane * apart * ((lane + 1) // 2), 1),
        )
        for share, lane in dots
    )
    return _drawing("cat same", height, words, [_ground(axis), *placed])


def scale_marks(axis: Axis) -> Markup:
    """The words and numbers above the column of intervals; the table's head says the same."""
    names = Markup('<text class="dirn" x="0" y="11">◀ more severe</text>') + Markup(
        '<text class="dirn" x="100%" y="11" text-anchor="end">more generous ▶</text>'
    )
    ticks = (
        Markup('<text x="{}" y="28" text-anchor="{}">{}</text>').format(
            at(axis.share(tick)), _anchor(axis.share(tick)), signed(tick, 1)
        )
        for tick in axis.ticks()
    )
    return Markup(
        '<svg width="100%" height="32" aria-hidden="true" focusable="false">{}{}</svg>'
    ).format(names, Markup("").join(ticks))


def histogram(counts: Sequence[float], expected: Sequence[float], height: int) -> Markup:
    """Grades given as bars and, where known, those expected as lines, from 0.0 to 1.0."""
    most = max(max(counts, default=0), max(expected, default=0), 1)
    tall = height - 2

    def up(count: float) -> str:
        return f"{height - 1 - tall * count / most:.1f}"

    bars = "".join(
        f"M{10 * tenth + 1} {height - 1}V{up(count)}h8V{height - 1}z"
        for tenth, count in enumerate(counts)
        if count
    )
    lines = "".join(f"M{10 * tenth} {up(count)}h10" for tenth, count in enumerate(expected))
    return Markup(
        '<svg class="hist" width="100%" height="{0}" viewBox="0 0 {1} {0}" '
        'preserveAspectRatio="none" role="img" aria-label="{2}"><path class="bars" d="{3}"/>'
        '<path class="exp" d="{4}"/><path class="base" d="M0 {5}h{1}"/></svg>'
    ).format(height, 10 * _TENTHS, _histogram_words(counts), bars, lines, height - 1)


def share_bar(shares: Sequence[tuple[str, float, float, float]]) -> Markup:
    """The shares of all variance side by side."""
    start, parts = 0.0, []
    for at_share, (_, share, _, _) in enumerate(shares, 1):
        parts.append(
            Markup('<rect class="sh{}" x="{}" width="{}" y="0" height="30"/>').format(
                at_share, at(start), at(max(0.0, share - 0.002))
            )
        )
        start += share
    return Markup(
        '<svg class="shares" width="100%" height="30" aria-hidden="true">{}</svg>'
    ).format(Markup("").join(parts))


def signed(value: float, decimals: int = 2) -> str:
    """A difference with its sign, a true minus, and none for nothing.

    >>> signed(0.124), signed(-0.1), signed(-0.001), signed(0.1, 1)
    ('+0.12', '−0.10', '0.00', '+0.1')
    """
    shown = f"{value:+.{decimals}f}"
    if float(shown) == 0:
        return shown[1:]
    return shown.replace("-", "\N{MINUS SIGN}")


def _ground(axis: Axis) -> Markup:
    left, right = axis.share(-axis.material), axis.share(axis.material)
    return Markup(
        '<rect class="band" x="{}" width="{}" y="0" height="100%"/>'
        '<line class="zero" x1="50%" x2="50%" y1="0" y2="100%"/>'
    ).format(at(left), at(right - left))


def _level(name: str, left: float, right: float) -> Markup:
    return Markup('<line class="{}" x1="{}" x2="{}" y1="50%" y2="50%"/>').format(
        name, at(left), at(right)
    )


def _drawing(name: str, height: float | str, words: str, parts: Sequence[Markup]) -> Markup:
    return Markup(
        '<svg class="{}" width="100%" height="{}" role="img" aria-label="{}">{}</svg>'
    ).format(name, height, words, Markup("").join(parts))


def _anchor(share: float) -> str:
    return "start" if share < 0.04 else "end" if share > 0.96 else "middle"


def _histogram_words(counts: Sequence[float]) -> str:
    return f"Grades from 0.0 to 1.0: {', '.join(f'{count:g}' for count in counts)}"
