"""Who may see the site on this computer: whoever holds the address the terminal has printed."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable

BYTES = 24  # 192 bits: nobody guesses one
KEY = r"[A-Za-z0-9_-]{32}"  # how `secrets.token_urlsafe(BYTES)` writes them


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
    >>> sessions.of(secret) is not None, sessions.of("forged") is None
    (True, True)
    """

    def __init__(self, port: int, print_link: Callable[[str], None]) -> None:
        self.cookie = f"okrkit-{port}"  # browsers send cookies to every port of a computer
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

    def of(self, secret: str | None) -> str | None:
        """What the session with this `secret` is called among us; None when there is none."""
        name = _named(secret or "")
        return name if name in self._live else None


def _named(secret: str) -> str:
    """A name that tells nothing of the secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
