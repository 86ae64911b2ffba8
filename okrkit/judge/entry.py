"""What people may fill into a step of the plan, whether in the app or in the workbook."""

from __future__ import annotations

import unicodedata
from datetime import date

from okrkit.errors import UsageError

from .plan import PlanStep

FIELDS = ("owner", "due", "status", "comment")
STEP_STATUSES = ("open", "agreed", "done", "dropped")
LONGEST = {"owner": 120, "comment": 1000}
YEARS = range(1990, 2101)
TAKES = {
    "owner": f"a name of at most {LONGEST['owner']} characters that can be printed",
    "due": f"a day such as 2026-10-31, from {YEARS.start} to {YEARS.stop - 1}",
    "status": f"one of {', '.join(STEP_STATUSES)}, or nothing",
    "comment": f"a text of at most {LONGEST['comment']} characters that can be printed",
}


def entry(field: str, text: str) -> str:
    """The text as it is kept: without spaces around it, an owner in one line.

    Raises
    ------
    UsageError
        If the field takes no such text; says what it takes.

    Examples
    --------
    >>> entry("owner", " Ada "), entry("due", "2026-10-01"), entry("status", "")
    ('Ada', '2026-10-01', '')
    >>> entry("status", "nearly")
    Traceback (most recent call last):
    okrkit.errors.UsageError: Expected one of open, agreed, done, dropped, or nothing.
    """
    if field not in FIELDS:
        raise UsageError(f"A step has {', '.join(FIELDS)}; it has no {field!r}.")
    lines = [" ".join(line.split()) for line in text.splitlines()]
    kept = ("\n" if field == "comment" else " ").join(lines).strip()
    if field == "status":
        kept = kept.lower()
    fits = {"due": _is_day, "status": STEP_STATUSES.__contains__}.get(field, _is_print)
    if kept and (len(kept) > LONGEST.get(field, len(kept)) or not fits(kept)):
        raise UsageError(f"Expected {TAKES[field]}.")
    return kept


def entries(step: PlanStep) -> dict[str, str]:
    """What is filled into a step, by field."""
    return {field: getattr(step, field) for field in FIELDS}


def _is_print(text: str) -> bool:
    return all(unicodedata.category(sign) not in {"Cc", "Cs"} or sign == "\n" for sign in text)


def _is_day(text: str) -> bool:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return False
    return day.isoformat() == text and day.year in YEARS
