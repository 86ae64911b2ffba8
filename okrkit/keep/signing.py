"""The envelope of an invitation: what stands in its link, and the keys it is signed with."""

from __future__ import annotations

import os
import re
from base64 import urlsafe_b64encode
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from itsdangerous import BadData, URLSafeSerializer
from itsdangerous.encoding import base64_decode, base64_encode

from okrkit.errors import StoreError

from .place import write_whole

_SALT = "okrkit.invitation"  # a text signed for another purpose is no invitation
_A_KEY = r"[A-Za-z0-9_=-]{43,}"
_SEALED = r"[A-Za-z0-9_.-]{40,200}"


class Envelope:
    """Signs with the newest key of the file at `path`, opens what any of its keys has signed.

    One key a line, newest last; delete a line and no link signed with it opens any more. The store
    alone says what an invitation allows and until when: the envelope only lets links that are none
    of ours be told without asking it. So it carries no time.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def seal(self, jti: str) -> str:
        """The token of the invitation `jti`, for a link. Raises StoreError as `open` does."""
        return str(self._serializer().dumps(jti))

    def open(self, token: str) -> str | None:
        """The `jti` in a token; None if it is none that we have signed.

        Raises
        ------
        StoreError
            If the file of keys cannot be used.
        """
        if not re.fullmatch(_SEALED, token):
            return None
        try:
            jti = self._serializer().loads(token)
        except BadData:
            return None
        signature = token.rpartition(".")[2]
        if base64_encode(base64_decode(signature)).decode() != signature:
            return None  # its last sign holds two bits that are not read: one link, one spelling
        return jti if isinstance(jti, str) else None

    def add_key(self, token_bytes: Callable[[int], bytes]) -> None:
        """Sign with a new key from now on; links signed with earlier ones still open."""
        earlier = self._keys() if self.path.exists() else []
        key = urlsafe_b64encode(token_bytes(32)).decode()
        write_whole(self.path, "".join(f"{line}\n" for line in (*earlier, key)))

    def _serializer(self) -> URLSafeSerializer:
        return URLSafeSerializer(
            self._keys(),
            salt=_SALT,
            signer_kwargs={"digest_method": sha256, "key_derivation": "hmac"},
        )

    def _keys(self) -> list[str]:
        try:
            if os.name == "posix" and self.path.stat().st_mode & 0o077:
                raise _unusable(self.path, "may be read by others", "Run chmod 600 on it")
            keys = self.path.read_text(encoding="ascii").split()
        except (OSError, UnicodeDecodeError):
            raise _unusable(self.path, "cannot be read", _REMEDY) from None
        if not keys or not all(re.fullmatch(_A_KEY, key) for key in keys):
            raise _unusable(self.path, "holds something else than keys", _REMEDY)
        return keys


_REMEDY = "Put a copy in its place, or move it away and invite everybody anew"


def _unusable(path: Path, why: str, remedy: str) -> StoreError:
    return StoreError(
        f"{path}, the file of keys that sign invitations, {why}. {remedy}.", saved=False
    )
