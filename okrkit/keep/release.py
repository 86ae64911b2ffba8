"""Which answers may be shown: those of an open wave only in whole steps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from okrkit.standard import Standard

from .queries import AnswerRow
from .waves import Wave

Cells = dict[str, str]


@dataclass(frozen=True)
class HeldBack:
    """An open wave of which not all that was sent is shown."""

    wave: str
    sent: int  #: people who have sent theirs
    shown: int  #: people whose answers are shown
    until: int  #: how many must have sent before more are shown

    def __str__(self) -> str:
        """Why, as a note says it; how many have sent is said once some are shown."""
        if not self.shown:
            few = f"fewer than {self.until} people have sent theirs"
            return f"answers of the wave {self.wave} are held back: it is open, and {few}"
        return (
            f"answers of the wave {self.wave} are held back in part: it is open, {self.sent} "
            f"people have sent theirs; {self.shown} are shown until {self.until} have"
        )


@dataclass(frozen=True)
class Stored:
    """What the store gives to the table `answers`, and what it holds back until later."""

    rows: tuple[Cells, ...]  #: respondent, statement, answer, team, level, wave
    held_back: tuple[HeldBack, ...]  #: open waves of which not all is shown
    waves: tuple[str, ...]  #: of the rows, in the order they were first opened


def people_shown(sent: int, standard: Standard) -> int:
    """How many of those who have sent theirs an open wave shows: only whole steps.

    Examples
    --------
    >>> [people_shown(sent, Standard()) for sent in (9, 10, 14, 15, 21)]
    [0, 10, 10, 15, 20]
    """
    if sent < standard.wave_min:
        return 0
    return sent - (sent - standard.wave_min) % standard.group_min


def released(rows: Iterable[AnswerRow], waves: Iterable[Wave], standard: Standard) -> Stored:
    """All rows of closed waves; of an open one those of the first to send, in whole steps.

    The first step is `wave_min` people, each further one `group_min`: what is added between two
    looks is never one person's. `rows` and `waves` are of the same moment.
    """
    named = tuple(waves)
    limits = {one.name: people_shown(one.sent, standard) for one in named if one.is_open}
    shown = tuple(
        row for row in rows if row.wave not in limits or 0 < row.sent_as <= limits[row.wave]
    )
    present = {row.wave for row in shown}
    return Stored(
        tuple(row.as_cells() for row in shown),
        tuple(
            HeldBack(one.name, one.sent, limit, _next_step(limit, standard))
            for one in named
            if (limit := limits.get(one.name)) is not None and (limit < one.sent or not limit)
        ),
        tuple(one.name for one in named if one.name in present),
    )


def _next_step(shown: int, standard: Standard) -> int:
    return shown + standard.group_min if shown else standard.wave_min
