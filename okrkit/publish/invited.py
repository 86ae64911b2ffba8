"""Sessions that begin with an invitation; the client's store says what each may open."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from okrkit.errors import UsageError
from okrkit.keep.invited import RESPONDENT
from okrkit.keep.invites import Admission, Invite, open_invitations

from .sessions import Cookie, Mode
from .visitors import Visitor

THREADS = 4
CODES = 2  # that answers of one link come under: its first may be lost, and one begins anew
VISITS = 20  # that one respondent's link begins while the server runs: devices, days, coming back
LOCK_SECONDS = 3.0  # a store held by another program is waited for; then the visitor tries again

T = TypeVar("T")


class InvitedSessions:
    """The invitations of one client, asked on threads so that no page waits for another's disk."""

    mode: Mode = "invited"

    def __init__(self, store: Path, cookie: Cookie) -> None:
        self.cookie = cookie
        self._kept = open_invitations(
            store, now=lambda: datetime.now().astimezone(), timeout=LOCK_SECONDS
        )
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="door")
        self._visits: dict[str, set[str]] = {}
        self._link_of: dict[str, str] = {}
        self._codes: dict[str, set[bytes]] = {}

    async def look_up(self, token: str) -> Invite | None:
        """The invitation in a link; nothing is changed."""
        return await self._apart(lambda: self._kept.look_up(token))

    async def exchange(self, found: Invite, token: str, key: str) -> Admission:
        """Begin a session with the invitation that was found; see `Invitations.exchange`.

        Raises
        ------
        UsageError
            Also if a respondent's link has begun more visits than one person makes.
        """
        if found.role == RESPONDENT:
            keys = self._visits.setdefault(found.jti_hash, set())
            if key not in keys and len(keys) == VISITS:
                raise UsageError("This link was opened too often. Ask whoever sent it for another.")
            keys.add(key)
        begun = await self._apart(lambda: self._kept.exchange(token, key))
        if found.role == RESPONDENT:
            self._link_of[begun.session.sid_hash] = found.jti_hash
        return begun

    async def end(self, secret: str) -> None:
        """The visitor leaves."""
        await self._apart(lambda: self._kept.end(secret))

    async def visitor(self, secret: str | None) -> Visitor | None:
        """Whose session it is, asked anew each time: a revoked one is over at once."""
        if not secret:
            return None
        found = await self._apart(lambda: self._kept.session_of(secret))
        return None if found is None else Visitor(found.sid_hash, found.role, found.subject)

    async def over(self, names: Collection[str], busy: Collection[str]) -> frozenset[str]:
        """Those of the sessions that have ended, expired, been left or been revoked."""
        running = await self._apart(lambda: self._kept.running(names, busy))
        return frozenset(names) - running

    def may_write(self, name: str, said: object) -> bool:
        """Whether it comes under a code of the session's link: the first one, or one begun anew.

        Otherwise one person could answer for many. Which those are is known while the server runs
        and kept nowhere: it would join who came with what was answered. A session begun before the
        server was started again counts as a link of its own.
        """
        code = said.get("code") if isinstance(said, Mapping) else None
        if not isinstance(code, str):
            return True  # refused later, for that
        codes = self._codes.setdefault(self._link_of.get(name, name), set())
        mark = sha256(code.encode(errors="replace")).digest()
        if mark not in codes and len(codes) == CODES:
            return False
        codes.add(mark)
        return True

    def close(self) -> None:
        """Let go of the store."""
        self._threads.shutdown()
        self._kept.close()

    async def _apart(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)
