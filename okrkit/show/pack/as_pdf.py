"""A pack as a tagged PDF: the engine refuses a file that breaks the rules of PDF/UA-1 it checks."""

from __future__ import annotations

import json
import tempfile
from datetime import UTC, datetime, time
from pathlib import Path

import typst

from okrkit.show.workbook import UNDATED

from .as_json import pack_to_dict
from .content import ABREAST, Pack

TEMPLATE = Path(__file__).resolve().parent / "pack.typ"


def pdf_bytes(pack: Pack) -> bytes:
    """The pack as a PDF/UA-1 file; the same pack gives the same bytes.

    Only the engine's own fonts are used, the same on every machine; a sign they do not have is
    shown as a box. Nothing is read or fetched while writing: the engine's root is an empty folder.
    """
    told = pack_to_dict(pack) | {"source": pack.source, "colour": pack.brand.colour}
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[])
    day = datetime.combine(pack.as_of or UNDATED, time(), tzinfo=UTC)
    with tempfile.TemporaryDirectory() as empty:
        compiler = typst.Compiler(
            TEMPLATE.read_bytes(),
            root=empty,
            font_paths=fonts,
            sys_inputs={"data": json.dumps(told), "most": str(ABREAST)},
            package_path=empty,
            package_cache_path=empty,
        )
        whole = compiler.compile(
            format="pdf", pdf_standards=["ua-1"], timestamp=int(day.timestamp())
        )
    return bytes(whole)
