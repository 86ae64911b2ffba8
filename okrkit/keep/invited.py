"""What an invitation allows, how it stands, and the session it begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any, Literal

from okrkit.errors import UsageError

from .records import one_line

Role = Literal["respondent", "manager", "facilitator", "hr", "consultant"]
Mode = Literal["single", "resumable"]
State = Literal["open", "early", "expired", "used", "revoked"]

ROLES: tuple[Role, ...] = ("respondent", "manager", "facilitator", "hr", "consultant")
MODES: tuple[Mode, ...] = ("single", "resumable")
RESPONDENT: Role = "respondent"
MANAGER: Role = "manager"

LONGEST = timedelta(hours=8)  # of a session: a working day; respondents' end after the next day
IDLE = timedelta(minutes=30)  # a screen somebody has left

REFUSALS: Mapping[State, str] = MappingProxyType(
    {
        "early": "This invitation is not open yet. Come back later.",
        "expired": "This invitation has expired. Ask whoever sent it for a new one.",
        "used": "This invitation has been used. Ask whoever sent it for a new one.",
        "revoked": "This invitation has been withdrawn. Ask whoever sent it.",
    }
)


@dataclass(frozen=True)
class Wanted:
    """An invitation to be issued.

    `subject` is the id under which a manager stands in the client's tables, and is kept; of nobody
    else is anything kept. `resumable` opens as often as wanted until it expires, `single` once.
    """

    role: Role
    expires: datetime
    subject: str = ""
    mode: Mode = "resumable"
    not_before: datetime | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be an invitation.

        Raises
        ------
        UsageError
            Names the first field that does not fit, and what it takes.
        """
        as_role(self.role)
        as_mode(self.mode)
        one_line("subject", self.subject, needed=self.role == MANAGER)
        if self.subject and self.role != MANAGER:
            raise UsageError("subject: expected nothing; only of managers an id is kept.")
        if self.not_before is not None and self.expires <= self.not_before:
            raise UsageError("expires: expected a time after the invitation opens.")


@dataclass(frozen=True)
class Issued:
    """An invitation just made: its token goes into a link and is kept nowhere else."""

    token: str = field(repr=False)
    id: str


@dataclass(frozen=True)
class Invite:
    """An invitation as it stands; `jti_hash` is the digest of what its link holds."""

    jti_hash: str = field(repr=False)
    role: Role
    subject: str
    mode: Mode
    issued: datetime
    expires: datetime
    state: State

    @property
    def id(self) -> str:
        """What it is called on the command line: the first signs of the digest."""
        return self.jti_hash[:12]

    @property
    def refusal(self) -> str:
        """Why it cannot be used, in words for the visitor; empty when it can."""
        return REFUSALS.get(self.state, "")


@dataclass(frozen=True)
class Session:
    """A visit that began with an invitation; `sid_hash` is the digest of its cookie.

    A respondent's `created` is its day alone.
    """

    sid_hash: str = field(repr=False)
    role: Role
    subject: str
    created: datetime
    ends: datetime


@dataclass(frozen=True)
class Admission:
    """A session and the secret for its cookie."""

    sid: str = field(repr=False)
    session: Session


def as_role(text: str) -> Role:
    """`text` as a role; raises UsageError if it is none."""
    for role in ROLES:
        if text == role:
            return role
    raise UsageError(f"role: expected one of {', '.join(ROLES)}.")


def as_mode(text: str) -> Mode:
    """`text` as a mode; raises UsageError if it is none."""
    for mode in MODES:
        if text == mode:
            return mode
    raise UsageError(f"mode: expected {' or '.join(MODES)}.")


def trace_of(role: Role, at: datetime) -> datetime:
    """What is kept of a moment in a session: of a respondent's, the day alone.

    Examples
    --------
    >>> trace_of("respondent", datetime(2026, 9, 30, 10, 42, tzinfo=UTC)).isoformat()
    '2026-09-30T00:00:00+00:00'
    """
    return datetime(at.year, at.month, at.day, tzinfo=UTC) if role == RESPONDENT else at


def as_invite(row: Mapping[str, Any], now: datetime, *, revoked: bool) -> Invite:
    """A row of `invite` as it stands `now`."""
    return Invite(
        row["jti_hash"],
        row["role"],
        row["subject"],
        row["mode"],
        datetime.fromisoformat(row["at"]),
        datetime.fromisoformat(row["expires"]),
        "revoked" if revoked else _state(row, now),
    )


def _state(row: Mapping[str, Any], now: datetime) -> State:
    if now >= datetime.fromisoformat(row["expires"]):
        return "expired"
    if row["used"]:
        return "used"
    if row["not_before"] and now < datetime.fromisoformat(row["not_before"]):
        return "early"
    return "open"


def as_session(row: Mapping[str, Any], now: datetime) -> Session:
    """A row of `session`; a respondent's lasts to the end of the next day where `now` is."""
    created = datetime.fromisoformat(row["at"])
    ends = created + LONGEST
    if row["role"] == RESPONDENT:
        created = created.replace(tzinfo=now.tzinfo)
        ends = created + timedelta(days=2)
    return Session(row["sid_hash"], row["role"], row["subject"], created, ends)
