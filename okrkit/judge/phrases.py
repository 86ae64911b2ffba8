"""Numbers and names in the words of a claim."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from .finding import Finding

NO_BREAK = "\u00a0"


def percent(share: float) -> str:
    """A share as whole percent; a part is never called nothing or everything.

    >>> [percent(share).replace(NO_BREAK, " ") for share in (0, 0.001, 0.22, 0.999, 1)]
    ['0 %', 'under 1 %', '22 %', 'over 99 %', '100 %']
    """
    if 0 < share < 0.005:
        return f"under 1{NO_BREAK}%"
    if 0.995 <= share < 1:
        return f"over 99{NO_BREAK}%"
    return f"{math.floor(share * 100 + 0.5)}{NO_BREAK}%"


def percent_against(share: float, limit: float) -> str:
    """A share as percent, with one or two decimals when it would otherwise read like the limit.

    >>> [percent_against(share, 0.8).replace(NO_BREAK, " ") for share in (0.75, 0.8, 0.7996)]
    ['75 %', '80 %', '79.96 %']
    """
    if percent(share) != percent(limit) or round(share - limit, 9) == 0:
        return percent(share)
    for decimals in (1, 2):
        shown, other = (f"{value * 100:.{decimals}f}" for value in (share, limit))
        if shown != other:
            return f"{shown}{NO_BREAK}%"
    return f"{'under' if share < limit else 'over'} {percent(limit)}"


def unit_of(value: float, unit: str) -> str:
    """The unit that goes with `value`.

    >>> unit_of(1, "days"), unit_of(2, "objectives")
    ('day', 'objectives')
    """
    return unit.removesuffix("s") if value == 1 else unit


def value_words(finding: Finding) -> str:
    """The number of a finding as a table shows it: `41 %`, `49 days`, or a dash."""
    return "–" if finding.value is None else amount(finding, finding.value)


def amount(finding: Finding, value: float) -> str:
    """`value` in the unit of the finding: `41 %`, `1 day`."""
    if not finding.is_share:
        return f"{number(value)} {unit_of(value, finding.unit)}".strip()
    return percent(value) if finding.limit is None else percent_against(value, finding.limit)


def limit_words(finding: Finding) -> str:
    """The limit of a finding: `≥ 80 %`, `≤ 14 days`, `all`."""
    if finding.limit is None:
        return ""
    if finding.is_share and finding.limit == 1 and finding.at_least:
        return "all"
    if finding.limit == 0 and not finding.at_least:
        return "none"
    return f"{'≥' if finding.at_least else '≤'} {amount(finding, finding.limit)}"


def number(value: float) -> str:
    """A number with thousands separated, one decimal where it has one, and a true minus.

    >>> number(4576), number(10.5), number(-3)
    ('4,576', '10.5', '−3')
    """
    shown = f"{round(value):,}" if float(value).is_integer() else f"{value:,.1f}"
    return shown.replace("-", "\N{MINUS SIGN}")


def plural(noun: str) -> str:
    """The plural of one of our nouns.

    >>> plural("key result"), plural("dependency"), plural("share of hours")
    ('key results', 'dependencies', 'shares of hours')
    """
    head, of, tail = noun.partition(" of ")
    if head.endswith("y") and head[-2] not in "aeiou":
        return head[:-1] + "ies" + of + tail
    return head + ("es" if head.endswith(("ch", "s")) else "s") + of + tail


def counted(count: int, noun: str) -> str:
    """`count` of a noun.

    >>> counted(1, "team"), counted(1200, "key result")
    ('1 team', '1,200 key results')
    """
    return f"{number(count)} {noun if count == 1 else plural(noun)}"


def part(count: int, n: int, noun: str) -> str:
    """`count` of `n` with the share behind it; zero in words.

    >>> part(3, 4, "team").replace(NO_BREAK, " ")
    '3 of 4 teams (75 %)'
    >>> part(0, 4, "team")
    'none of 4 teams'
    """
    if not count:
        return f"none of {counted(n, noun)}"
    return f"{number(count)} of {counted(n, noun)} ({percent(count / n)})"


def agree(count: int, one: str, many: str) -> str:
    """The form of a verb that goes with `count` things."""
    return one if count == 1 else many


def listed(names: Sequence[str], most: int = 3) -> str:
    """Names in a sentence, the first `most` of them and how many more.

    >>> listed(["A"]), listed(["A", "B"]), listed(list("ABCDEF"))
    ('A', 'A and B', 'A, B, C and 3 more')
    """
    shown = list(names[:most])
    if len(names) > most:
        shown.append(f"{number(len(names) - most)} more")
    return " and ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:])))


def such_as(names: Sequence[str]) -> str:
    """The first three of several names, as examples.

    >>> such_as(["planning", "sprint", "review", "stand-up"]), such_as(["planning"]), such_as([])
    (' such as planning, sprint or review', ' such as planning', '')
    """
    if not names:
        return ""
    return f" such as {listed(names[:3]).replace(' and ', ' or ')}"


def sentence(*parts: str) -> str:
    """Parts of a claim joined by semicolons, with a full stop and a capital."""
    text = "; ".join(part for part in parts if part)
    return text[:1].upper() + text[1:] + "."


def shortened(text: str, most: int = 110) -> str:
    """A text on one line, cut at a word when longer than `most`.

    >>> shortened("Reduce the time to a quote", most=16)
    'Reduce the …'
    """
    line = re.sub(r"[ \t\r\n]+", " ", text).strip()
    if len(line) <= most:
        return line
    return line[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + " …"
