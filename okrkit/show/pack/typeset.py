"""The engine that sets pages: our fonts alone, nothing read or fetched, the same everywhere."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
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
    with _compiler(template, {"data": data}) as engine:
        made = engine.compile(format="pdf", pdf_standards=["ua-1"], timestamp=stamp)
    return cast("bytes", made)  # a list only for pictures of pages


def pngs(svgs: list[str]) -> list[bytes]:
    """Pictures as PNG files, a few at a time: the engine holds each unpacked until it is done."""
    made: list[bytes] = []
    for at in range(0, len(svgs), AT_ONCE):
        with _compiler(PICTURE, {"svgs": json.dumps(svgs[at : at + AT_ONCE])}) as engine:
            pages = engine.compile(format="png", ppi=SHARP)
        made += cast("list[bytes]", pages if isinstance(pages, list) else [pages])
    return made


@contextmanager
def _compiler(template: str, inputs: dict[str, str]) -> Iterator[typst.Compiler]:
    with tempfile.TemporaryDirectory() as empty:
        yield typst.Compiler(
            template.encode(),
            root=empty,
            font_paths=_fonts(),
            sys_inputs=inputs,
            package_path=empty,
            package_cache_path=empty,
        )


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
