"""Who asks, and what each may open; what is not listed here is denied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Role = Literal["owner", "respondent", "manager", "facilitator", "consultant", "hr"]
Purpose = Literal[
    "door", "landing", "readiness", "audit", "calibration", "own", "writing", "kernel"
]

# Who sees results answers nothing: with a few invented answers one would know a colleague's.
_RECORDS: frozenset[Purpose] = frozenset({"door", "landing", "audit", "writing", "kernel"})
MAY: Mapping[Role, frozenset[Purpose]] = MappingProxyType(
    {
        "owner": _RECORDS
        | {"readiness", "calibration"},  # whoever sits at the computer that has the records
        "respondent": frozenset({"door", "landing", "readiness"}),
        "manager": frozenset({"door", "landing", "own", "kernel"}),
        "facilitator": _RECORDS,
        "consultant": _RECORDS | {"calibration"},  # shown without names: see NAMES
        "hr": _RECORDS | {"calibration"},
    }
)
NAMES: frozenset[Role] = frozenset({"owner", "hr"})  # may see how each manager grades, by name


@dataclass(frozen=True)
class Visitor:
    """A session that is not over: what it is called among us, its role, and of a manager the id."""

    name: str
    role: Role
    subject: str = ""

    def may(self, purpose: Purpose) -> bool:
        """Whether pages of this purpose are answered.

        Examples
        --------
        >>> Visitor("a", "respondent").may("audit")
        False
        """
        return purpose in MAY[self.role]

    def claims(self) -> dict[str, str]:
        """What the visitor's kernel is told; nothing of it comes from the browser."""
        return {"OKRKIT_ROLE": self.role, "OKRKIT_SUBJECT": self.subject}
