"""How a browser's cookie becomes a visitor, in each of the three ways the site is served."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Literal, Protocol

from .visitors import Visitor

BYTES = 24  # 192 bits: nobody guesses one
KEY = r"[A-Za-z0-9_-]{32}"  # how `secrets.token_urlsafe(BYTES)` writes them

Mode = Literal["local", "invited", "open"]


@dataclass(frozen=True)
class Cookie:
    """What a session's cookie is called, and to which addresses a browser sends it."""

    name: str
    path: str
    secure: bool = False
    samesite: str = "Strict"


class Sessions(Protocol):
    """What the guard asks."""

    mode: Mode
    cookie: Cookie

    async def visitor(self, secret: str | None) -> Visitor | None:
        """Who sends this cookie; None when nobody we know."""

    async def over(self, names: Collection[str], busy: Collection[str]) -> frozenset[str]:
        """Those of the sessions that are over; the `busy` ones have just been used."""

    def may_write(self, name: str, said: object) -> bool:
        """Whether the session may save this, by the code it comes with."""


class LocalSessions:
    """One unused key at a time; each is exchanged once for a session in one browser.

    They are kept in memory only: when the server has ended, no cookie opens the next one.

    Examples
    --------
    >>> sessions = LocalSessions(8866, print_link=lambda key: None)
    >>> key = sessions.key
    >>> secret = sessions.exchange(key)
    >>> sessions.exchange(key) is None
    True
    """

    mode: Mode = "local"

    def __init__(self, port: int, print_link: Callable[[str], None]) -> None:
        self.cookie = Cookie(f"okrkit-{port}", "/")  # browsers send cookies to every port
        self.key = secrets.token_urlsafe(BYTES)
        self._print_link = print_link
        self._live: set[str] = set()

    def exchange(self, key: str) -> str | None:
        """The secret of a new session if `key` is the unused one; then the next key is printed."""
        if not secrets.compare_digest(key.encode(), self.key.encode()):
            return None
        self.key = secrets.token_urlsafe(BYTES)
        secret = secrets.token_urlsafe(BYTES)
        self._live.add(_named(secret))
        self._print_link(self.key)
        return secret

    async def visitor(self, secret: str | None) -> Visitor | None:
        """The owner of this computer; None when the secret is not one of ours."""
        name = _named(secret or "")
        return Visitor(name, "owner") if name in self._live else None

    async def over(self, names: Collection[str], busy: Collection[str]) -> frozenset[str]:  # noqa: ARG002
        """None of them: they last as long as the server."""
        return frozenset()

    def may_write(self, name: str, said: object) -> bool:  # noqa: ARG002
        """Any: a room may answer on one computer, one after the other."""
        return True


class OpenSessions:
    """Everybody is a respondent: `--open-audit` serves the survey and the first page only."""

    mode: Mode = "open"

    def __init__(self, base: str) -> None:
        self.cookie = Cookie("okrkit-open", base)

    async def visitor(self, secret: str | None) -> Visitor:  # noqa: ARG002
        """A respondent like every other."""
        return Visitor("open", "respondent")

    async def over(self, names: Collection[str], busy: Collection[str]) -> frozenset[str]:  # noqa: ARG002
        """None of them."""
        return frozenset()

    def may_write(self, name: str, said: object) -> bool:  # noqa: ARG002
        """Any: who answers is not known."""
        return True


def _named(secret: str) -> str:
    """A name that tells nothing of the secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
