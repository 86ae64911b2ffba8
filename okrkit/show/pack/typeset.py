"""The engine that sets pages: our fonts alone, nothing read or fetched, the same everywhere."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Lock
from typing import cast

import typst

FONTS = Path(__file__).resolve().parent / "fonts"
PICTURE = """
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#for one in json(bytes(sys.inputs.svgs)) [
  #page(image(bytes(one), format: "svg", width: 495pt))
]
"""
BOX = "\u25a1"  # stands for a sign that no font has
SHARP = 200  # pixels an inch
AT_ONCE = 2  # pictures
KEPT = 10  # compilations for which the engine keeps what it made; of nothing, they cost nothing


@cache
def families() -> dict[str, str]:
    """The font of each sign there is one for; `scripts/fonts.py` writes the list."""
    found: dict[str, str] = {}
    for line in (FONTS / "SIGNS.txt").read_text(encoding="utf-8").splitlines():
        family, _, told = line.partition(": ")
        for start, end in (map(_code, part.split("-")) for part in told.split()):
            found |= {sign: family for sign in map(chr, range(start, end + 1)) if sign not in found}
    return found


def _code(written: str) -> int:
    return int(written, 16)


def pdf(template: str, data: str, stamp: int) -> bytes:
    """A PDF/UA-1 file of a template that reads `sys.inputs.data`."""
    with _engine() as engine:
        made = engine.compile(
            template.encode(),
            sys_inputs={"data": data},
            format="pdf",
            pdf_standards=["ua-1"],
            timestamp=stamp,
        )
    return cast("bytes", made)  # a list only for pictures of pages


def pngs(svgs: list[str]) -> list[bytes]:
    """Pictures as PNG files, a few at a time: the engine holds each unpacked until it is done."""
    made: list[bytes] = []
    for at in range(0, len(svgs), AT_ONCE):
        some = {"svgs": json.dumps(svgs[at : at + AT_ONCE])}
        with _engine() as engine:
            pages = engine.compile(PICTURE.encode(), sys_inputs=some, format="png", ppi=SHARP)
            for _ in range(KEPT):
                engine.compile(b"", format="svg")
        made += cast("list[bytes]", pages if isinstance(pages, list) else [pages])
    return made


@contextmanager
def _engine() -> Iterator[typst.Compiler]:
    """The engine, for one caller at a time; what letters have in common it sets once."""
    with _TURN:
        yield _compiler(_empty().name)


@cache
def _empty() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory()  # goes when the process ends


@cache
def _compiler(empty: str) -> typst.Compiler:
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
    )
    return typst.Compiler(
        root=empty, font_paths=fonts, package_path=empty, package_cache_path=empty
    )


_TURN = Lock()
