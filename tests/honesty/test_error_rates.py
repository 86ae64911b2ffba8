"""How often the comparison is wrong: every scenario at full length, against its bars and the page."""

from __future__ import annotations

import re
from functools import cache
from math import sqrt

import pytest

from .bars import BARS, Bar
from .company import BY_NAME
from .page import PAGE, find, lines_of
from .study import Figure

pytestmark = pytest.mark.long
FIGURE = re.compile(r"(-?\d+\.\d+) ± (\d+\.\d+)")


@cache
def found(name: str) -> dict[str, Figure]:
    return find(name, again=True)


@pytest.mark.parametrize("bar", BARS, ids=lambda bar: f"{bar.figure} {bar.low}-{bar.high}")
def test_what_must_hold_holds_and_what_is_missed_is_known(bar: Bar):
    missed = bar.missed({name: found(name) for name in bar.scenarios})
    assert set(missed) <= set(bar.holds)
    for name, figure in missed.items():
        assert min(bar.low, bar.holds[name]) <= figure.value <= max(bar.high, bar.holds[name])


@pytest.mark.parametrize("name", [*BY_NAME, "sample"])
def test_the_page_says_what_is_found(name: str):
    """To one Monte-Carlo error: another processor may round a flag the other way.

    Where only some runs are repeated, to four errors of these.
    """
    slack = 1.0
    if name in BY_NAME and BY_NAME[name].again < BY_NAME[name].runs:
        slack = 4 * sqrt(BY_NAME[name].runs / BY_NAME[name].again)
    page = PAGE.read_text(encoding="utf-8").splitlines()
    told = [line for line in page if line.startswith(f"| {name} |")]
    now = lines_of(name, found(name))
    assert len(told) == len(now)
    for old, new in zip(told, now, strict=True):
        pairs = zip(FIGURE.findall(old), FIGURE.findall(new), strict=True)
        assert all(
            abs(float(a) - float(b)) <= slack * float(error) + 0.002 for (a, error), (b, _) in pairs
        )
