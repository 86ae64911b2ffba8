"""Grade points, chances and names in the words of the comparison."""

from __future__ import annotations

from collections.abc import Sequence

from okrkit.judge.phrases import NO_BREAK, counted, percent
from okrkit.measure.grading.comparability import (
    LATER,
    LONE_CYCLE,
    NO_PERSON,
    OTHER_LENGTH,
    OTHER_SCALE,
    SELF_GRADED,
)

MINUS = "\N{MINUS SIGN}"
ASIDE = {  # what grades set aside are, as the end of a sentence
    SELF_GRADED: "of key results of the manager's own",
    OTHER_SCALE: "on another scale",
    OTHER_LENGTH: "of cycles of another length",
    NO_PERSON: "without a person",
    LONE_CYCLE: "of a cycle graded by one manager",
    LATER: "not known yet",
}


def points(difference: float) -> str:
    """A difference in grade points, with its sign.

    >>> points(0.123), points(-0.123), points(-0.001)
    ('+0.12', '−0.12', '0.00')
    """
    shown = f"{difference:+.2f}"
    return "0.00" if shown[1:] == "0.00" else shown.replace("-", MINUS)


def between(low: float, high: float) -> str:
    """A 95 % interval in brackets.

    >>> between(-0.1, 0.02).replace(NO_BREAK, " ")
    '(95 %: −0.10 to +0.02)'
    """
    return f"(95{NO_BREAK}%: {points(low)} to {points(high)})"


def chance(probability: float) -> str:
    """A probability as whole percent; never called impossible or certain.

    >>> [chance(p).replace(NO_BREAK, " ") for p in (0.0, 0.004, 0.43, 0.999, 1.0)]
    ['under 1 %', 'under 1 %', '43 %', 'over 99 %', 'over 99 %']
    """
    return percent(min(max(probability, 1e-9), 1 - 1e-9))


def about(count: float) -> str:
    """A mean number of managers; one that is next to nothing is never called nothing.

    >>> about(0.0), about(0.004), about(0.02), about(1.254)
    ('under 0.01', 'under 0.01', 'about 0.02', 'about 1.25')
    """
    return "under 0.01" if count < 0.005 else f"about {count:,.2f}"


def every(names: Sequence[str]) -> str:
    """All names in a sentence.

    >>> every(["P1", "P2", "P3"])
    'P1, P2 and P3'
    """
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def few(count: int) -> str:
    """A count in a sentence: words up to twelve.

    >>> few(0), few(4), few(22)
    ('none', 'four', '22')
    """
    small = (
        "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    )  # fmt: skip
    return small[count] if count < len(small) else f"{count:,}"


def managers(count: int) -> str:
    """`count` managers.

    >>> managers(1), managers(40)
    ('1 manager', '40 managers')
    """
    return counted(count, "manager")
