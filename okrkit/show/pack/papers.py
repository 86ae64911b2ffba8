"""Which papers a pack holds: the audit, a calibration's pre-read, a letter for each manager."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from okrkit.brand import Brand
from okrkit.judge.calibration.own import OwnComparison, own_comparison
from okrkit.judge.calibration.result import Calibration
from okrkit.show.audit_page import PageContext
from okrkit.show.report import render_calibration, render_own, render_report
from okrkit.show.shareable import Shareable, shareable
from okrkit.show.shareable_audit import shareable_audit

from .as_html import sections_markup
from .audit_pack import Judged, audit_pack
from .calibration_pack import TALKED, calibration_pack
from .content import Pack
from .files import Paper
from .letter import letter, letter_names

PACKS = ("audit", "calibration", "letters", "all")
LETTERS = "letters/"  # what the name of each letter begins with


def papers(
    judged: Judged, wanted: str, *, identified: bool, inputs: str, brand: Brand
) -> Iterator[Paper]:
    """The papers of the pack `wanted`, one after the other.

    The audit names no manager, whatever is asked. Letters name one each: without `identified`
    there are none. The pre-read that names managers has another name than the one that does not.
    """
    if wanted in ("audit", "all"):
        yield audit_paper(audit_pack(judged, inputs=inputs, brand=brand), judged)
    if judged.calibration is None:
        return
    if wanted in ("calibration", "all"):
        result = judged.calibration if identified else shareable(judged.calibration)
        pack = calibration_pack(result, inputs=inputs, brand=brand)
        forms = (judged.grades,) if identified and judged.grades else ()
        yield _calibration(result, replace(pack, forms=forms))
    if wanted in ("letters", "all") and identified:
        yield from _letters(judged.calibration, inputs, brand)


def audit_paper(pack: Pack, judged: Judged) -> Paper:
    """The audit with its page."""
    return Paper(
        "audit",
        pack,
        lambda: render_report(
            shareable_audit(judged.audit),
            context=_around(pack),
            comparison=judged.comparison,
            calibration=judged.calibration,
        ),
    )


def _calibration(result: Calibration | Shareable, pack: Pack) -> Paper:
    talked = tuple(section for section in pack.sections if section.key in TALKED)
    name = "calibration-confidential" if pack.confidential else "calibration"
    return Paper(
        name,
        pack,
        lambda: render_calibration(result, context=_around(pack), more=sections_markup(talked)),
    )


def _letters(calibration: Calibration, inputs: str, brand: Brand) -> Iterator[Paper]:
    names = letter_names(one.manager for one in calibration.managers)
    for manager, name in names.items():
        own = own_comparison(calibration, manager)
        yield _letter(f"{LETTERS}{name}", own, letter(own, inputs=inputs, brand=brand))


def _letter(name: str, own: OwnComparison, pack: Pack) -> Paper:
    return Paper(name, pack, lambda: render_own(own, context=_around(pack)))


def _around(pack: Pack) -> PageContext:
    return PageContext(
        pack.client, brand=pack.brand, source=pack.source, confidential=pack.confidential
    )
