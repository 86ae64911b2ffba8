"""An office file that is the same whenever it is written."""

from __future__ import annotations

import io
import zipfile

STAMP = (1980, 1, 1, 0, 0, 0)
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
