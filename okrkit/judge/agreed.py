"""A grade agreed on in calibration: what may be written, and what has to be said with it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from okrkit.door.conform import Percent
from okrkit.door.numbers import read_numbers
from okrkit.door.scales import as_fraction
from okrkit.door.texts import Cell, text_of
from okrkit.errors import UsageError
from okrkit.standard import Scale

REASON_MAX = 500  #: characters
Ids = tuple[str, str, str, str]  # key result, manager, person, cycle


@dataclass(frozen=True)
class Agreed:
    """The grade people agreed on for a key result, with their reason; grades are fractions.

    `agreed` is None when an earlier agreement was taken back.
    """

    key_result: str
    manager: str
    person: str
    cycle: str
    before: float  #: the grade that was on record when they agreed
    agreed: float | None
    reason: str = ""

    @property
    def ids(self) -> Ids:
        """Which grade it is about: the key of the table `grades`."""
        return self.key_result, self.manager, self.person, self.cycle


def agreed_fraction(cell: Cell, scale: Scale) -> float:
    """A grade written on `scale` as a fraction of it.

    Raises
    ------
    UsageError
        If it is no grade on that scale; says what is.

    Examples
    --------
    >>> agreed_fraction("0,7", Scale("0-1", 0, 1)), agreed_fraction(4, Scale("1-5", 1, 5))
    (0.7, 0.75)
    >>> agreed_fraction("B", Scale("A-C", 0, 2, ("C", "B", "A")))
    0.5
    """
    read = read_numbers([cell], delimiter=";")
    (number,), (percent,) = read.values, read.percent
    letters = {letter.casefold(): letter for letter in scale.letters}
    grade: object = letters.get(text_of(cell).casefold(), number)
    if percent and number is not None:
        grade = Percent(number)
    fraction = as_fraction(grade, scale, exact=True)
    if fraction is None:
        raise UsageError(f"Expected {takes(scale)}.")
    return fraction


def takes(scale: Scale) -> str:
    """What can be written as a grade on `scale`, in words.

    >>> takes(Scale("0-1", 0, 1))
    'a grade from 0 to 1'
    """
    if scale.letters:
        return f"one of {', '.join(reversed(scale.letters))}"
    return f"a grade from {scale.low:g} to {scale.high:g}"


def on_scale(fraction: float, scale: Scale) -> float | str:
    """A fraction as it is written on `scale`; between two letters, the nearer.

    >>> on_scale(0.75, Scale("1-5", 1, 5)), on_scale(0.5, Scale("A-C", 0, 2, ("C", "B", "A")))
    (4.0, 'B')
    """
    grade = scale.low + fraction * (scale.high - scale.low)
    if scale.letters:
        return scale.letters[min(round(grade), len(scale.letters) - 1)]
    return round(grade, 9)


def checked_reason(text: str) -> str:
    """A reason as it is kept: without spaces around it.

    Raises
    ------
    UsageError
        If it is too long or cannot be printed.
    """
    kept = "\n".join(" ".join(line.split()) for line in text.splitlines()).strip()
    signs = (unicodedata.category(sign) for sign in kept if sign != "\n")
    if len(kept) > REASON_MAX or not {"Cc", "Cs"}.isdisjoint(signs):
        raise UsageError(f"Expected a text of at most {REASON_MAX} characters that can be printed.")
    return kept
