"""The envelope of an invitation: one link has one spelling."""

from __future__ import annotations

import string

from okrkit.keep.signing import Envelope

SIGNS = string.ascii_letters + string.digits + "-_"


def test_no_other_last_sign_opens_what_was_sealed(tmp_path):
    """43 signs hold 258 bits and a signature has 256: three other last signs decode to the same."""
    envelope = Envelope(tmp_path / "keys")
    envelope.add_key(bytes)
    token = envelope.seal("jti-1")
    opened = [sign for sign in SIGNS if envelope.open(token[:-1] + sign) == "jti-1"]
    assert opened == [token[-1]]
    assert envelope.open(token) == "jti-1"
