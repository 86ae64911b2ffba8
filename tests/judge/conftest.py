"""A company of eight key results that can be checked by eye, and an audit of any variant of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pandas as pd
import pytest

from okrkit.judge.audit import Audit, run_audit
from okrkit.judge.finding import Finding
from okrkit.judge.rules import RULES
from okrkit.judge.scope import scope_of
from okrkit.standard import DEFAULT_STANDARD, Standard
from okrkit.tables import Tables

Frames = dict[str, pd.DataFrame]
Changes = Mapping[str, pd.DataFrame | None] | None
DAY = date(2026, 2, 1)


def frame(header: str, *lines: str) -> pd.DataFrame:
    """A frame from lines with cells between bars; an empty cell is missing."""
    names = [name.strip() for name in header.split("|")]
    cells = [[cell.strip() or None for cell in line.split("|")] for line in lines]
    return pd.DataFrame(cells, columns=names, dtype=object)


@pytest.fixture
def table() -> Callable[..., pd.DataFrame]:
    return frame


@pytest.fixture
def company() -> Frames:
    """Three teams below a company, one quarter of 2026 and the one before; judged on 1 February.

    From 5 January to 1 February there are four full weeks.
    """
    return {
        "teams": frame(
            "team | name | parent_team | level | function",
            "T0 | Company | | company |",
            "T1 | Sales | T0 | department | sales",
            "T2 | Field | T1 | team | sales",
            "T3 | Product | T0 | department | product",
        ),
        "people": frame("person | team", "P0 | T0", "P1 | T1", "P2 | T2", "P3 | T3", "P4 | T3"),
        "cycles": frame(
            "cycle | start | end | length",
            "Q4 | 2025-10-06 | 2026-01-04 | quarter",
            "Q1 | 2026-01-05 | 2026-04-05 | quarter",
        ),
        "objectives": frame(
            "objective | title | team | owner | co_owners | parent | cycle | scale | template",
            "O0 | Customers stay with us | T0 | P0 | | | Q1 | 0-1 | page",
            "O1 | Renewals need no effort | T1 | P1 | P3 | O0 | Q1 | 0-1 | page",
            "O2 | Quotes arrive the same day | T2 | P2 | | O1 | Q1 | 0-1 | page",
            "O3 | The product is easy to learn | T3 | P3 | | O0 | Q1 | 1-5 | page",
            "O9 | An objective of last quarter | T3 | P3 | | | Q4 | 1-5 | other",
        ),
        "key_results": frame(
            "key_result | objective | text | driver",
            "K0 | O0 | Raise renewals from 82 % to 90 % | P0",
            "K1 | O1 | Lift the renewal rate from 70 % to 80 % | P1",
            "K2 | O1 | Write a guide to renewals | P1;P2",
            "K3 | O2 | Cut the time to a quote from 6 to 2 days | P2",
            "K4 | O3 | Launch the new tutorial | P3",
            "K5 | O3 | Publish six lessons | ",
            "K9 | O9 | Launch the old tutorial | P3",
        ),
        "check_ins": frame(
            "key_result | date | status | value | next_step | meeting | has_plan",
            "K1 | 2026-01-05 | green | 70 | | Weekly planning |",
            "K1 | 2026-01-12 | green | 72 | | Weekly planning |",
            "K1 | 2026-01-19 | red | 71 | | Weekly planning | yes",
            "K1 | 2026-01-26 | red | 71 | | OKR review | no",
            "K3 | 2026-01-06 | green | 6 | | OKR review |",
            "K3 | 2026-01-20 | green | 6 | | OKR review |",
            "K4 | 2026-01-07 | yellow | | | |",
            "K4 | 2026-01-14 | red | | | |",
            "K9 | 2025-12-01 | green | | | OKR review |",
        ),
    }


@pytest.fixture
def tables(company: Frames) -> Callable[..., Tables]:
    """The company's tables with some replaced (or removed with None)."""

    def checked(changes: Changes = None, standard: Standard = DEFAULT_STANDARD) -> Tables:
        frames = {**company, **(changes or {})}
        given = {name: one for name, one in frames.items() if one is not None}
        return Tables.from_frames(standard=standard, **given)

    return checked


@pytest.fixture
def audited(tables: Callable[..., Tables]) -> Callable[..., Audit]:
    """The audit of the company with some tables changed."""

    def audit(changes: Changes = None, *, standard=DEFAULT_STANDARD, as_of=DAY) -> Audit:
        return run_audit(tables(changes, standard), as_of=as_of)

    return audit


@pytest.fixture
def found(tables: Callable[..., Tables]) -> Callable[..., Finding]:
    """One rule's finding on the company with some tables changed."""
    by_name = {rule.__name__: rule for statement in RULES for rule in statement.rules}

    def finding(rule: str, changes: Changes = None, *, standard=DEFAULT_STANDARD, as_of=DAY):
        return by_name[rule](scope_of(tables(changes, standard), as_of), standard)

    return finding


@pytest.fixture
def spaced() -> Callable[[str], str]:
    """A claim with plain spaces, so that a test can be typed."""
    return lambda claim: claim.replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def answered() -> Callable[..., pd.DataFrame]:
    """Answers from counts: `answered({1: (4, 2)})` is four yes and two no to statement 1."""

    def answers(counts: Mapping[int, tuple[int, ...]], team: str | None = None) -> pd.DataFrame:
        words = ("yes", "no", "dont_know", "not_applicable")
        rows = [
            (f"R{number}", str(statement), word, team)
            for statement, each in counts.items()
            for number, word in enumerate(
                word for word, count in zip(words, each, strict=False) for _ in range(count)
            )
        ]
        return pd.DataFrame(
            rows, columns=["respondent", "statement", "answer", "team"], dtype=object
        )

    return answers
