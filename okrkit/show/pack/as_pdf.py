"""A pack as a tagged PDF: the engine refuses a file that breaks the rules of PDF/UA-1 it checks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from okrkit.show.workbook import UNDATED

from .as_json import pack_to_dict
from .content import Pack, Section
from .drawing import pictures
from .laid import abreast, laid
from .typeset import pdf, signs

TEMPLATE = Path(__file__).resolve().parent / "pack.typ"
WIDTH, CELL = 493, 8.5  # points: between the margins; the size of a table's font
BOX = "\u25a1"
BOXES = (
    f"Signs that the fonts of this PDF do not have are shown as {BOX}; the other files have them."
)


def pdf_bytes(pack: Pack) -> bytes:
    """The pack as a PDF/UA-1 file; the same pack gives the same bytes.

    Only the fonts that come with okrkit are used: Latin, Greek, Cyrillic, Hebrew and Arabic. A
    sign they do not have (Chinese, emoji) is shown as a box, and the file says so. Nothing is read
    or fetched while writing: the engine's root is an empty folder.
    """
    brand = pack.brand
    told = pack_to_dict(pack) | {
        "source": pack.source,
        "confidential": pack.confidential,
        "colour": brand.colour,
        "on_colour": brand.on_colour,
        "logo": list(brand.logo or b""),
        "boxes": "",
    }
    for shown, section in zip(told["sections"], pack.sections, strict=True):
        shown["charts"] = _charts(section)
        tables = [laid(table, WIDTH, CELL) for table in section.tables]
        shown["tables"] = [[asdict(one) for one in group] for group in abreast(tables, WIDTH)]
    missing = dict.fromkeys(map(ord, set("".join(_texts(told))) - signs() - {"\n"}), BOX)
    if missing:
        told = _boxed(told, missing) | {"boxes": BOXES}
    day = datetime.combine(pack.as_of or UNDATED, time(), tzinfo=UTC)
    template = TEMPLATE.read_text(encoding="utf-8")
    return pdf(template, json.dumps(told), int(day.timestamp()))


def _charts(section: Section) -> list[dict[str, object]]:
    return [
        {
            "title": chart.title,
            "how": chart.how,
            "pictures": [{"svg": svg, "alt": alt} for svg, alt in pictures(chart)],
        }
        for chart in section.charts
    ]


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)


def _boxed(value: Any, missing: dict[int, str]) -> Any:  # noqa: ANN401
    if isinstance(value, str):
        return value.translate(missing)
    if isinstance(value, dict):
        return {key: _boxed(one, missing) for key, one in value.items()}
    return [_boxed(one, missing) for one in value] if isinstance(value, list | tuple) else value
