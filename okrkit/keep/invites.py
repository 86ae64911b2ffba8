"""Invitations and the sessions they begin: who may come in, as what, how often and until when.

A link carries a signed random text; the store holds its digest and everything it allows.
Respondents stay apart from what they answer. No session of theirs names an invitation or a time
finer than its day; a link that can be used again leaves no trace of its use, a single one only
that it was used. The one thing a session and the answers that follow it share is the order in which
they were written, which leads to the session and no further.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection, Engine, select, update

from okrkit.errors import UsageError

from . import invite_rows
from .engine import empty_log
from .invited import (
    IDLE,
    REFUSALS,
    RESPONDENT,
    Admission,
    Invite,
    Issued,
    Role,
    Session,
    Wanted,
    trace_of,
)
from .records import fits
from .schema import as_text, ended, invite, session
from .signing import Envelope
from .store_file import StoreFile, ready_engine

__all__ = ["Admission", "Invitations", "Invite", "Issued", "Session", "Wanted", "open_invitations"]

_NOT_OURS = "This link is no invitation of ours. Copy it whole from the message it came in."


class Invitations(StoreFile):
    """The invitations of one client, in the file that holds the answers."""

    def __init__(
        self,
        path: Path,
        engine: Engine,
        now: Callable[[], datetime],
        token_bytes: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        super().__init__(path, engine, now, token_bytes)
        self._envelope = Envelope(path.with_name("invite.keys"))
        self._seen: dict[str, datetime] = {}  # when each session was last asked for

    def issue(self, wanted: Iterable[Wanted]) -> tuple[Issued, ...]:
        """Make an invitation for each; all or none. The tokens are in no file: write the links.

        Raises
        ------
        StoreError
            If they could not be saved.
        """
        issued = []
        with self._transaction("save") as connection:
            for one in wanted:
                jti = urlsafe_b64encode(self._token_bytes(24)).decode()
                mark = _digest(jti)
                said = {
                    "jti_hash": mark,
                    "role": one.role,
                    "subject": one.subject,
                    "mode": one.mode,
                    "not_before": as_text(one.not_before) if one.not_before else "",
                    "expires": as_text(one.expires),
                    "used": 0,
                }
                self._append(connection, invite.name, f"invite:{mark}", said)
                issued.append(Issued(self._envelope.seal(jti), mark[:12]))
        return tuple(issued)

    def look_up(self, token: str) -> Invite | None:
        """The invitation in a link as it stands; changes nothing. None: none of ours."""
        jti = self._envelope.open(token)
        if jti is None:
            return None
        with self._transaction("read") as connection:
            return invite_rows.invite_at(connection, _digest(jti), self._now())

    def exchange(self, token: str, key: str) -> Admission:
        """Begin a session with an invitation; a single-use one is used from now on.

        `key` is made at random for the page with the Start button. The same token and key, sent
        again because the reply was lost, give the same session.

        Raises
        ------
        UsageError
            If the link is none of ours, or the invitation is not open; says so to the visitor.
        StoreError
            If it could not be saved; nothing is used.
        """
        fits("key", key, r"[A-Za-z0-9_-]{16,64}", "16 to 64 letters, digits, - or _")
        jti = self._envelope.open(token)
        if jti is None:
            raise UsageError(_NOT_OURS)
        secret = hmac.digest(jti.encode(), key.encode(), "sha256")
        sid = urlsafe_b64encode(secret).decode().rstrip("=")
        with self._transaction("save") as connection:
            found = invite_rows.invite_at(connection, _digest(jti), self._now())
            if found is None:
                raise UsageError(_NOT_OURS)
            begun = self._begun(connection, _digest(sid), found)
        self._seen[begun.sid_hash] = self._now()
        if found.role == RESPONDENT and found.mode == "single":
            empty_log(self.path)
        return Admission(sid, begun)

    def session_of(self, sid: str) -> Session | None:
        """The session of a cookie; None when there is none, or it is over.

        It is over at its end, when it was ended, and when its invitation was revoked; but for
        respondents also half an hour after it was last asked for, or after the server started.
        """
        mark, now = _digest(sid), self._now()
        with self._transaction("read") as connection:
            found = invite_rows.session_at(connection, mark, now)
        if found is None or now >= found.ends:
            self._seen.pop(mark, None)
            return None
        if found.role != RESPONDENT and now - self._seen.get(mark, now) > IDLE:
            self.end(sid)
            return None
        self._seen[mark] = now
        return found

    def running(self, marks: Collection[str], busy: Collection[str] = ()) -> frozenset[str]:
        """Those of the sessions with these digests that are not over.

        The `busy` ones count as asked for now: a page somebody works on sends no requests.
        """
        now = self._now()
        self._seen.update(dict.fromkeys(set(busy) & set(marks), now))
        with self._transaction("read") as connection:
            found = [invite_rows.session_at(connection, mark, now) for mark in marks]
        return frozenset(
            one.sid_hash
            for one in found
            if one is not None
            and now < one.ends
            and (one.role == RESPONDENT or now - self._seen.get(one.sid_hash, now) <= IDLE)
        )

    def end(self, sid: str) -> None:
        """End a session: its visitor leaves. Without such a session nothing changes."""
        mark = _digest(sid)
        self._seen.pop(mark, None)
        with self._transaction("save") as connection:
            found = invite_rows.session_at(connection, mark, self._now())
            if found is not None:
                self._end(connection, "session", mark, found.role)

    def revoke(self, start: str) -> Invite:
        """Revoke the invitation whose id begins with `start`, and end the sessions it began.

        A respondent's session names no invitation: one that has begun runs to its end.

        Raises
        ------
        UsageError
            If there is none, or several.
        """
        with self._transaction("save") as connection:
            marks = invite_rows.marks_that_begin(connection, start)
            if len(marks) != 1:
                there = "Several invitations have" if marks else "No invitation has"
                raise UsageError(
                    f"{there} an id that begins with {start!r}. See okrkit invite list."
                )
            self._end(connection, "invite", marks[0])
            (revoked,) = invite_rows.invites(connection, self._now(), marks)
            return revoked

    def revoke_all(self) -> int:
        """Revoke every invitation and end every session; how many invitations were not before."""
        with self._transaction("save") as connection:
            every = invite_rows.invites(connection, self._now())
            for one in every:
                self._end(connection, "invite", one.jti_hash)
            for begun in invite_rows.sessions(connection, self._now()):
                self._end(connection, "session", begun.sid_hash, begun.role)
            self._seen.clear()
            return sum(one.state != "revoked" for one in every)

    def invites(self) -> tuple[Invite, ...]:
        """Every invitation as it stands, in the order they were issued."""
        with self._transaction("read") as connection:
            return invite_rows.invites(connection, self._now())

    def add_key(self) -> None:
        """Sign links with a new key from now on; links sent before still open."""
        with self._transaction("save"):  # two at once would each lose the other's
            self._envelope.add_key(self._token_bytes)

    def first_key(self) -> None:
        """See that there is a key to sign links with."""
        if not self._envelope.path.exists():
            with self._transaction("save"):
                if not self._envelope.path.exists():
                    self._envelope.add_key(self._token_bytes)

    # How

    def _begun(self, connection: Connection, mark: str, found: Invite) -> Session:
        """The session `mark`, begun now if it was not before."""
        refused = found.state
        if found.state in {"open", "used"}:
            earlier = connection.execute(select(session).where(session.c.sid_hash == mark)).first()
            if earlier is None and found.state == "open":
                self._begin(connection, mark, found)
            begun = invite_rows.session_at(connection, mark, self._now())
            if begun is not None and self._now() < begun.ends:
                return begun
            refused = "used"
        raise UsageError(REFUSALS[refused])

    def _begin(self, connection: Connection, mark: str, found: Invite) -> None:
        at = trace_of(found.role, self._now())
        said = {
            "sid_hash": mark,
            "jti_hash": None if found.role == RESPONDENT else found.jti_hash,
            "role": found.role,
            "subject": found.subject,
            "mode": found.mode,
            "at": as_text(at),
        }
        self._append(connection, session.name, f"session:{mark}", said)
        if found.mode == "single":
            of = invite.c.jti_hash == found.jti_hash
            connection.execute(update(invite).where(of).values(used=1))

    def _end(self, connection: Connection, what: str, mark: str, role: Role = "consultant") -> None:
        if connection.execute(select(ended.c.seq).where(ended.c.hash == mark)).first() is None:
            at = as_text(trace_of(role, self._now()))
            said = {"what": what, "hash": mark, "at": at}
            self._append(connection, ended.name, f"ended:{mark}", said)


def open_invitations(
    path: Path,
    *,
    now: Callable[[], datetime],
    token_bytes: Callable[[int], bytes] = secrets.token_bytes,
    timeout: float = 60.0,
) -> Invitations:
    """The invitations in the store at `path`, created or upgraded as `open_store` does.

    The keys that sign links lie beside it in `invite.keys`, made when they are first needed.

    Raises
    ------
    StoreError
        If the store or the keys cannot be opened.
    """
    opened = Invitations(path, ready_engine(path, now(), timeout), now, token_bytes)
    opened.first_key()
    return opened


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
