"""What every office file needs: to be the same whenever it is written, and text XML can hold."""

from __future__ import annotations

import io
import re
import zipfile

STAMP = (1980, 1, 1, 0, 0, 0)
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
FIRST = ("[Content_Types].xml", "_rels/.rels")  # where a reader looks first


def fixed(whole: bytes) -> bytes:
    """A zip file with its parts in one order, without the time they were written at, unpacked.

    Compressed parts would be the same only where the same version of zlib made them.
    """
    given, out = zipfile.ZipFile(io.BytesIO(whole)), io.BytesIO()
    names = sorted(given.namelist(), key=lambda name: (name not in FIRST, name))
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            part = zipfile.ZipInfo(name, STAMP)
            part.compress_type, part.create_system = zipfile.ZIP_STORED, 3
            part.external_attr = 0o600 << 16
            made.writestr(part, given.read(name))
    return out.getvalue()


def printable(text: str) -> str:
    """A text as XML can hold it; what it cannot is shown as a replacement mark.

    >>> printable(f"a{chr(7)}b") == f"a{chr(0xFFFD)}b"
    True
    """
    return UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)
