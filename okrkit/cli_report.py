"""`okrkit report`: the files of a pack, and whether a file is what a folder gives."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from okrkit.errors import InputError, Problem, UsageError
from okrkit.publish.extras import require

if TYPE_CHECKING:
    from okrkit.show.pack.audit_pack import Judged
    from okrkit.show.pack.content import Pack

PACKS = ("audit",)
FORMATS = ("html", "pdf", "docx", "xlsx", "csv", "json")
BROUGHT = {"pdf": "typst", "docx": "docx"}  # the package a form needs from the extra "reports"


def formats_of(pack: str | None, formats: str | None) -> tuple[str, ...]:
    """The formats asked for, in our order; when none is named, all that are installed.

    Raises
    ------
    UsageError
        If there is no such pack or format, or what writes it is not installed.

    Examples
    --------
    >>> formats_of("audit", "json, HTML")
    ('html', 'json')
    """
    if pack not in (None, *PACKS):
        raise UsageError(f"--pack {pack}: there is {', '.join(PACKS)}.")
    if not formats:
        return tuple(one for one in FORMATS if one not in BROUGHT or find_spec(BROUGHT[one]))
    asked = [one.strip().lower() for one in formats.split(",")]
    unknown = [one for one in asked if one not in FORMATS]
    if unknown:
        raise UsageError(f"--formats {formats}: each is one of {', '.join(FORMATS)}.")
    require("reports", *(BROUGHT[one] for one in asked if one in BROUGHT))
    return tuple(one for one in FORMATS if one in asked)


def pack_bytes(pack: Pack, judged: Judged, wanted: str) -> bytes:
    """The file of one format; the same input gives the same bytes."""
    from okrkit.show.pack.as_csv import csv_bytes
    from okrkit.show.pack.as_json import json_bytes
    from okrkit.show.pack.as_xlsx import xlsx_bytes

    writers: dict[str, Callable[[Pack], bytes]] = {
        "html": lambda one: _page(one, judged),
        "pdf": _pdf,
        "docx": _document,
        "xlsx": xlsx_bytes,
        "csv": csv_bytes,
        "json": json_bytes,
    }
    return writers[wanted](pack)


def write_pack(pack: Pack, judged: Judged, place: Path, formats: tuple[str, ...]) -> list[Path]:
    """Write the pack into the folder `place`, made if need be: `audit.html`, `audit.xlsx`, ….

    Nothing is written before every form is whole.

    Raises
    ------
    UsageError
        If a file cannot be written.
    """
    made = {f"{pack.name}.{one}": pack_bytes(pack, judged, one) for one in formats}
    written = []
    for name, whole in made.items():
        path = place / name
        try:
            place.mkdir(parents=True, exist_ok=True)
            path.write_bytes(whole)
        except OSError as error:
            raise UsageError(
                f"{path} cannot be written ({error.strerror}). Choose another place."
            ) from None
        written.append(path)
    return written


def verify(path: Path, folder: Path, pack: Pack, judged: Judged) -> str:
    """Say that the file at `path` is byte for byte what `folder` gives.

    Raises
    ------
    InputError
        If it is not.
    UsageError
        If it is no form of a pack, or cannot be read.
    """
    wanted = path.suffix.lower().removeprefix(".")
    if wanted not in FORMATS:
        raise UsageError(f"{path}: a pack's file ends in {', '.join(FORMATS)}.")
    require("reports", *(BROUGHT[one] for one in BROUGHT if one == wanted))
    try:
        found = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror}).") from None
    if found == pack_bytes(pack, judged, wanted):
        return f"{path} is what {folder} gives (inputs {pack.inputs}, okrkit {pack.version})."
    raise InputError(
        [
            Problem(
                path.name,
                "another file",
                f"byte for byte what {folder} gives (inputs {pack.inputs}, okrkit {pack.version})",
                "The file was changed, or written from other records, on another day or by another "
                "version. Give the same --as-of, --standard and --baseline as when it was written.",
            )
        ]
    )


def _document(pack: Pack) -> bytes:
    from okrkit.show.pack.as_docx import docx_bytes

    return docx_bytes(pack)


def _pdf(pack: Pack) -> bytes:
    from okrkit.show.pack.as_pdf import pdf_bytes

    return pdf_bytes(pack)


def _page(pack: Pack, judged: Judged) -> bytes:
    from okrkit.show.audit_page import PageContext
    from okrkit.show.report import render_report

    around = PageContext(pack.client, brand=pack.brand, source=pack.source)
    page = render_report(
        judged.audit, context=around, comparison=judged.comparison, calibration=judged.calibration
    )
    return page.encode()
