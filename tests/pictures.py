"""Small pictures for tests, made from nothing."""

from __future__ import annotations

import struct
import zlib


def png(
    width: int = 64, height: int = 32, *, colour: bytes = b"\x1f\x4e\x79", comment: str = ""
) -> bytes:
    """A PNG of one colour, with a comment inside if there is one."""
    rows = (b"\x00" + colour * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    text = ((b"tEXt", b"Comment\0" + comment.encode()),) if comment else ()
    parts = ((b"IHDR", header), *text, (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
