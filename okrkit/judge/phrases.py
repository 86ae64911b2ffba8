"""Numbers and names in the words of a claim."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

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
