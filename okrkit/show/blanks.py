"""What people fill into a workbook: which columns, and what each takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from okrkit.judge.agreed import REASON_MAX
from okrkit.judge.entry import LONGEST, STEP_STATUSES, TAKES, YEARS


@dataclass(frozen=True)
class Blank:
    """A column of a table that people fill in; a workbook leaves nothing else open."""

    column: str
    takes: str  #: what fits, in words
    choices: tuple[str, ...] = ()
    longest: int = 0  #: characters
    days: tuple[date, date] | None = None  #: first and last
    numbers: tuple[float, float] | None = None  #: lowest and highest

    @property
    def rule(self) -> dict[str, object] | None:
        """How a spreadsheet checks an entry, in XlsxWriter's words; None if it cannot."""
        said = {"error_title": self.column, "error_message": f"Expected {self.takes}."}
        if self.choices:
            return {"validate": "list", "source": list(self.choices), **said}
        for kind, limits in (("date", self.days), ("decimal", self.numbers)):
            if limits is not None:
                low, high = limits
                span = {"criteria": "between", "minimum": low, "maximum": high}
                return {"validate": kind, **span, **said}
        if self.longest:
            return {"validate": "length", "criteria": "<=", "value": self.longest, **said}
        return None


PLAN_BLANKS = (
    Blank("Owner", TAKES["owner"], longest=LONGEST["owner"]),
    Blank("Date", TAKES["due"], days=(date(YEARS.start, 1, 1), date(YEARS.stop - 1, 12, 31))),
    Blank("Status", TAKES["status"], choices=STEP_STATUSES),
    Blank("Comment", TAKES["comment"], longest=LONGEST["comment"]),
)
AGREED, REASON = "Grade agreed", "Reason"
REASON_TAKES = f"a text of at most {REASON_MAX} characters that can be printed"


def grade_blanks(limits: tuple[float, float] | None) -> tuple[Blank, ...]:
    """The two columns of a grade sheet; `limits` when all grades are on one scale of numbers."""
    return (
        Blank(AGREED, "a grade on the row's scale, or nothing", numbers=limits),
        Blank(REASON, REASON_TAKES, longest=REASON_MAX),
    )
