"""Which papers a pack holds: the audit, a calibration's pre-read, a letter for each manager."""

from __future__ import annotations

from okrkit.brand import Brand
from okrkit.show.audit_page import PageContext
from okrkit.show.report import render_report

from .audit_pack import Judged, audit_pack
from .content import Pack
from .files import Paper

PACKS = ("audit",)


def papers(judged: Judged, *, inputs: str, brand: Brand) -> tuple[Paper, ...]:
    """The papers of a pack."""
    return (audit_paper(audit_pack(judged, inputs=inputs, brand=brand), judged),)


def audit_paper(pack: Pack, judged: Judged) -> Paper:
    """The audit with its page."""
    around = PageContext(
        pack.client, brand=pack.brand, source=pack.source, confidential=pack.confidential
    )
    return Paper(
        "audit",
        pack,
        lambda: render_report(
            judged.audit,
            context=around,
            comparison=judged.comparison,
            calibration=judged.calibration,
        ),
    )
