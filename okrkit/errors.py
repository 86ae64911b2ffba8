"""Everything okrkit raises on purpose. Catch `OkrkitError` to catch them all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in what we were given: what, where, and how to mend it.

    `row` and `column` are as the reader sees them in the file: the header is row 1.
    """

    file: str
    found: str  #: what stands there, in words or quoted
    expected: str  #: what we can read
    remedy: str  #: what to do about it, as a full sentence
    sheet: str = ""
    row: int | None = None
    column: str = ""

    def where(self) -> str:
        """The place as a person would say it: `grades.csv, row 212, column grade`."""
        parts = [
            self.file,
            f"sheet {self.sheet}" if self.sheet else "",
            f"row {self.row}" if self.row is not None else "",
            f"{self._part()} {self.column}" if self.column else "",
        ]
        return ", ".join(part for part in parts if part)

    def _part(self) -> str:
        return "setting" if self.file.endswith(".toml") else "column"

    def __str__(self) -> str:
        return f"{self.where()}: {self.found}. Expected {self.expected}. {self.remedy}"

    def to_dict(self) -> dict[str, str | int | None]:
        """The problem with the stable keys of `--json`."""
        keys = ("file", "sheet", "row", "column", "found", "expected", "remedy")
        values = asdict(self)
        return {key: values[key] for key in keys}


class OkrkitError(Exception):
    """Base of every error okrkit raises on purpose."""


class InputError(OkrkitError, ValueError):
    """What we were given cannot be read as it stands; `problems` lists everything at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class StandardError(InputError):
    """A client's standard has a setting that is unknown or cannot be used."""


class UsageError(OkrkitError, ValueError):
    """The call itself cannot be carried out; the message says which call can."""


class StoreError(OkrkitError):
    """The store of answers cannot do what was asked; the message says why and what to do.

    `saved` is False when something was to be saved and is not: it must be kept on the page and
    sent again, with the same key, so that it is stored once.
    """

    def __init__(self, message: str, *, saved: bool) -> None:
        self.saved = saved
        super().__init__(message)
