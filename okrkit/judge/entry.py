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


def entry(field: str, text: str) -> str:
    """The text as it is kept; spaces around it and line breaks in an owner are not.

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
    okrkit.errors.UsageError: The status is one of open, agreed, done, dropped, or empty.
    """
    if field not in FIELDS:
        raise UsageError(f"A step has an owner, a date, a status and a comment, no {field!r}.")
    lines = [" ".join(line.split()) for line in text.splitlines()]
    kept = ("\n" if field == "comment" else " ").join(lines).strip()
    if any(unicodedata.category(sign) in {"Cc", "Cs"} and sign != "\n" for sign in kept):
        raise UsageError(f"The {_NAMES[field]} holds signs that cannot be printed. Type it anew.")
    if field == "due" and kept:
        _check_day(kept)
    elif field == "status" and kept and kept not in STEP_STATUSES:
        raise UsageError(f"The status is one of {', '.join(STEP_STATUSES)}, or empty.")
    elif len(kept) > LONGEST.get(field, len(kept)):
        raise UsageError(f"The {field} has at most {LONGEST[field]} characters, not {len(kept)}.")
    return kept


def entries(step: PlanStep) -> dict[str, str]:
    """What is filled into a step, by field."""
    return {field: getattr(step, field) for field in FIELDS}


_NAMES = {"owner": "owner", "due": "date", "status": "status", "comment": "comment"}


def _check_day(text: str) -> None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text or day.year not in YEARS:
        raise UsageError(
            f"The date is a day such as 2026-10-31, from {YEARS.start} to {YEARS.stop - 1}."
        )
