"""Files of a pack taken apart down to their last byte, by other means than wrote them."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

STREAM = re.compile(
    rb"(\d+) 0 obj\s*<<((?:(?!endobj).)*?)>>\s*stream\r?\n(.*?)\nendstream", re.DOTALL
)
PAGE = re.compile(rb"/Resources (\d+) 0 R[^<>]*/Contents (\d+) 0 R")
HELD = re.compile(rb"/Resources (\d+) 0 R")
PLAIN = rb"(?:\\.|[^\\()])"  # in a string, brackets in pairs stand for themselves
PAIRED = rb"(?:%b|\(%b*\))" % (PLAIN, PLAIN)
PAIRS = rb"(?:%b|\(%b*\))" % (PLAIN, PAIRED)
SHOWN = re.compile(rb"/(f\d+) [\d.]+ Tf|\((%b*)\)" % PAIRS, re.DOTALL)
ESCAPED = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
SIGNS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def every_byte(whole: bytes) -> bytes:
    """A file with all its parts unpacked: parts within parts, packed streams, printed text."""
    if whole[:5] == b"%PDF-":
        return b"\n".join([whole, *_streams(whole).values(), pdf_text(whole).encode()])
    if whole[:2] != b"PK":
        return whole
    parts = zipfile.ZipFile(io.BytesIO(whole))
    return b"\n".join(name.encode() + every_byte(parts.read(name)) for name in parts.namelist())


def pdf_text(whole: bytes) -> str:
    """The text a PDF shows, sign by sign as its fonts say: spaces are as the file has them.

    A font's name is a page's, or a picture's, own: `f0` of one is another font than that of the next.
    """
    streams = _streams(whole)
    resources = {page: held for held, page in PAGE.findall(whole)}
    resources |= {
        number: of[1] for number, told, _ in STREAM.findall(whole) if (of := HELD.search(told))
    }
    text = []
    for number, stream in streams.items():
        if b" Tm[" in stream:
            fonts = re.findall(rb"/(f\d+) (\d+) 0 R", _object(whole, resources[number]))
            signs = {
                name: _signs(streams[_reference(whole, font, b"ToUnicode")]) for name, font in fonts
            }
            text.append(_printed(stream, signs))
    return "\n".join(text)


def _streams(whole: bytes) -> dict[bytes, bytes]:
    return {
        number: zlib.decompressobj().decompress(raw) if b"FlateDecode" in told else raw
        for number, told, raw in STREAM.findall(whole)
    }


def _reference(whole: bytes, number: bytes, key: bytes) -> bytes:
    """The number of the object that object `number` names under `key`."""
    return re.search(rb"/%s (\d+) 0 R" % key, _object(whole, number))[1]


def _object(whole: bytes, number: bytes) -> bytes:
    return re.search(rb"\n%s 0 obj(.*?)endobj" % number, whole, re.DOTALL)[1]


def _signs(table: bytes) -> dict[int, str]:
    pairs = re.findall(rb"^<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>", table, re.MULTILINE)
    return {
        int(glyph, 16): bytes.fromhex(sign.decode()).decode("utf-16-be") for glyph, sign in pairs
    }


def _printed(stream: bytes, unicode_of: dict[bytes, dict[int, str]]) -> str:
    font, text = b"", []
    for named, shown in SHOWN.findall(stream):
        if named:
            font = named
            continue
        raw = ESCAPED.sub(
            lambda one: bytes([int(one[1], 8)]) if len(one[1]) == 3 else SIGNS.get(one[1], one[1]),
            shown,
        )
        glyphs = zip(raw[::2], raw[1::2], strict=False)
        text.append(
            "".join(unicode_of.get(font, {}).get(high << 8 | low, "") for high, low in glyphs)
        )
    return "".join(text)
