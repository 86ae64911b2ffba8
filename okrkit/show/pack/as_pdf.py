"""A pack as a tagged PDF: the engine refuses a file that breaks the rules of PDF/UA-1 it checks."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Set
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC
from functools import cache
from pathlib import Path
from typing import Any

import typst

from .as_json import pack_to_dict
from .content import Chart, Kind, Pack, Section, words_of
from .deck.fit import width_of
from .drawing import FONT, pictures, strips
from .drawing import WIDTH as DRAWN
from .laid import abreast, laid
from .typeset import BOX, families, pdf

TEMPLATE = Path(__file__).resolve().parent / "pack.typ"
WIDTH, CELL = 493, 8.5  # points: between the margins; the size of a table's font
BESIDE, SHORT = (200, 269), 60  # points: a table beside its picture, each of its cells at most
BOXES = (
    f"Signs that the fonts of this PDF do not have are shown as {BOX}; the other files have them."
)


def pdf_bytes(pack: Pack) -> bytes:
    """The pack as a PDF/UA-1 file; the same pack gives the same bytes.

    Only the fonts that come with okrkit are used: Latin, Greek, Cyrillic, Hebrew and Arabic. A
    sign they do not have (Chinese, emoji) is shown as a box, and the file says so. Nothing is read
    or fetched while writing: the engine's root is an empty folder.
    """
    template = TEMPLATE.read_text(encoding="utf-8")
    stamp = int(pack.created.replace(tzinfo=UTC).timestamp())
    every, plain = _signs()
    # A mark above a letter of another script has no glyph, though both have one.
    for words, drawn in ((every, every), (every, plain)):
        with suppress(typst.TypstError):
            return pdf(template, json.dumps(_told(pack, words, drawn)), stamp)
    return pdf(template, json.dumps(_told(pack, plain, plain)), stamp)


@cache
def _signs() -> tuple[Set[str], Set[str]]:
    """The signs our fonts have, and those the usual one shows by themselves."""
    plain = {sign for sign, font in families().items() if font == FONT and _alone(sign)}
    return families().keys(), plain


def _alone(sign: str) -> bool:
    """Whether a sign is shown by itself: it is no mark on another one, and steers nothing."""
    return unicodedata.category(sign) not in ("Cf", "Mn", "Me", "Mc")


def _told(pack: Pack, words: Set[str], drawn: Set[str]) -> dict[str, Any]:
    """What the template is given; of other signs than `words`, in pictures `drawn`, a box."""
    brand = pack.brand
    told = pack_to_dict(pack) | {
        "source": pack.source,
        "confidential": pack.confidential,
        "colour": brand.colour,
        "on_colour": brand.on_colour,
        "logo": list(brand.logo or b""),
        "letter": pack.name == "letter",
    }
    charts = []
    for shown, section in zip(told["sections"], pack.sections, strict=True):
        shown["beside"] = _beside(section)
        table, picture = BESIDE if shown["beside"] else (WIDTH, WIDTH)
        charts.append([_chart(one, brand.accent, picture) for one in section.charts])
        del shown["charts"]
        tables = [laid(one, table, CELL) for one in section.tables]
        shown["tables"] = [[asdict(one) for one in group] for group in abreast(tables, WIDTH)]
    lacking = [
        dict.fromkeys(map(ord, set("".join(_texts(some))) - held - {"\n"}), BOX)
        for some, held in ((told, words), (charts, drawn))
    ]
    told, charts = (_boxed(one, lack) for one, lack in zip((told, charts), lacking, strict=True))
    return told | {"charts": charts, "boxes": BOXES if any(lacking) else ""}


def _beside(section: Section) -> bool:
    """Whether a section is one picture and one small table, which stand beside each other."""
    if len(section.tables) != 1 or [one.kind for one in section.charts] != [Kind.DUMBBELL]:
        return False
    rows = section.tables[0].rows
    return all(width_of(words_of(cell), CELL) < SHORT for row in rows for cell in row)


def _chart(chart: Chart, colour: str, width: float) -> dict[str, object]:
    if chart.kind is Kind.INTERVALS:
        axis, drawn = strips(chart, colour)
    else:
        axis, drawn = "", list(pictures(chart, colour, DRAWN * width / WIDTH))
    told = [{"svg": svg, "alt": alt} for svg, alt in drawn]
    return {"title": chart.title, "how": chart.how, "axis": axis, "pictures": told}


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)


def _boxed(value: Any, missing: dict[int, str]) -> Any:  # noqa: ANN401
    if not missing:
        return value
    if isinstance(value, str):
        return value.translate(missing)
    if isinstance(value, dict):
        return {key: _boxed(one, missing) for key, one in value.items()}
    return [_boxed(one, missing) for one in value] if isinstance(value, list | tuple) else value
