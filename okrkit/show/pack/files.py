"""The files of a pack: which forms there are, and what writes each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec

from .content import Pack

FORMATS = ("html", "pdf", "pptx", "docx", "xlsx", "csv", "json")
WORDS = {  # what a form is called where it is chosen
    "html": "Web page",
    "pdf": "PDF",
    "pptx": "Slides",
    "docx": "Word",
    "xlsx": "Excel",
    "csv": "CSV",
    "json": "JSON",
}
BROUGHT = {
    "pdf": "typst",
    "pptx": "pptx",
    "docx": "docx",
}  # the package a form needs from the extra "reports"


@dataclass(frozen=True)
class Paper:
    """One pack under the name of its files: `audit`, or `letters/M07`."""

    name: str
    pack: Pack
    page: Callable[[], str]  #: its HTML form


def installed() -> tuple[str, ...]:
    """The forms that can be written here, in our order.

    >>> "xlsx" in installed()
    True
    """
    return tuple(one for one in FORMATS if one not in BROUGHT or find_spec(BROUGHT[one]))


def usual(paper: Paper) -> tuple[str, ...]:
    """The forms of a paper when none is asked for: a letter comes once, all else in every form."""
    forms = installed()
    return forms if paper.pack.name != "letter" else ("pdf",) if "pdf" in forms else ("html",)


def file_of(paper: Paper, form: str, *, template: bytes | None = None) -> bytes:
    """The file of one form; the same input gives the same bytes.

    `template` is a presentation of the client's, for slides only.

    Raises
    ------
    InputError
        If `template` cannot be used.
    """
    if form == "pptx":
        return _pptx(paper.pack, template)
    writers: dict[str, Callable[[Pack], bytes]] = {
        "html": lambda _: paper.page().encode(),
        "pdf": _pdf,
        "docx": _docx,
        "xlsx": _xlsx,
        "csv": _csv,
        "json": _json,
    }
    return writers[form](paper.pack)


def _json(pack: Pack) -> bytes:
    from .as_json import json_bytes

    return json_bytes(pack)


def _csv(pack: Pack) -> bytes:
    from .as_csv import csv_bytes

    return csv_bytes(pack)


def _xlsx(pack: Pack) -> bytes:
    from .as_xlsx import xlsx_bytes

    return xlsx_bytes(pack)


def _pdf(pack: Pack) -> bytes:
    from .as_pdf import pdf_bytes

    return pdf_bytes(pack)


def _pptx(pack: Pack, template: bytes | None) -> bytes:
    from .as_pptx import pptx_bytes

    return pptx_bytes(pack, template)


def _docx(pack: Pack) -> bytes:
    from .as_docx import docx_bytes

    return docx_bytes(pack)
