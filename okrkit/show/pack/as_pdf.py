"""A pack as a tagged PDF: the engine refuses a file that breaks the rules of PDF/UA-1 it checks."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, cast

import typst

from okrkit.show.workbook import UNDATED

from .as_json import pack_to_dict
from .content import ABREAST, Pack

TEMPLATE = Path(__file__).resolve().parent / "pack.typ"
SIGN = "#sys.inputs.sign"
PLAIN = {chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x180))} | {"\n", "\t"}
BOX = "\u25a1"
BOXES = (
    f"Signs that the fonts of this PDF do not have are shown as {BOX}; the other files have them."
)


def pdf_bytes(pack: Pack) -> bytes:
    """The pack as a PDF/UA-1 file; the same pack gives the same bytes.

    Only the engine's own fonts are used, the same on every machine; a sign they do not have
    (Chinese, emoji) is shown as a box, and the file says so. Nothing is read or fetched while
    writing: the engine's root is an empty folder.
    """
    told = pack_to_dict(pack) | {"source": pack.source, "colour": pack.brand.colour, "boxes": ""}
    told["confidential"] = pack.confidential
    day = datetime.combine(pack.as_of or UNDATED, time(), tzinfo=UTC)
    template, stamp = TEMPLATE.read_text(encoding="utf-8"), int(day.timestamp())
    doubtful = set("".join(_texts(told))) - PLAIN
    missing = {ord(sign): BOX for sign in doubtful if not _has(sign)}
    if missing:
        told = _boxed(told, missing) | {"boxes": BOXES}
    return _compiled(template, {"data": json.dumps(told), "most": str(ABREAST)}, stamp)


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)


def _boxed(value: Any, missing: dict[int, str]) -> Any:  # noqa: ANN401
    if isinstance(value, str):
        return value.translate(missing)
    if isinstance(value, dict):
        return {key: _boxed(one, missing) for key, one in value.items()}
    return [_boxed(one, missing) for one in value] if isinstance(value, list) else value


def _has(sign: str) -> bool:
    """Whether the engine's fonts can show a sign: found by asking the engine itself."""
    try:
        _compiled(f"#set document(title: [x])\n{SIGN}", {"sign": sign}, 0)
    except typst.TypstError:
        return False
    return True


def _compiled(template: str, inputs: dict[str, str], stamp: int) -> bytes:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[])
    with tempfile.TemporaryDirectory() as empty:
        compiler = typst.Compiler(
            template.encode(),
            root=empty,
            font_paths=fonts,
            sys_inputs=inputs,
            package_path=empty,
            package_cache_path=empty,
        )
        whole = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=stamp)
    return cast("bytes", whole)  # a list only for pictures of pages
