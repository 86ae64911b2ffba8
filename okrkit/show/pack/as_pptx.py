"""A pack as slides: titles, charts to edit, tables, and the source of each number in the notes."""

from __future__ import annotations

import io
from datetime import datetime, time

from okrkit.show.workbook import UNDATED

from .archive import fixed, printable
from .content import Pack
from .deck.base import base_for
from .deck.fit import largest
from .deck.flow import Deck, Flow, finish
from .deck.shapes import SMALL, TEXT, Place, logo, text_box

BIG, FACT = 32.0, 13.0  # sizes of a fact's number and of its words
LOGO = (150.0, 60.0)
FACTS_MAX = 4  # beside each other


def pptx_bytes(pack: Pack, template: bytes | None = None) -> bytes:
    """The pack as a PPTX file; the same pack and template give the same bytes.

    With `template`, a presentation of the client's, the slides look as its masters and layouts
    say; its own slides are left out. Nothing is fetched while writing.

    Raises
    ------
    InputError
        If `template` cannot be used.
    """
    deck = Deck(base_for(pack.brand, template), pack.source)
    _first(deck, pack)
    _verdict(deck, pack)
    for section in pack.sections:
        Flow(deck, section).write()
    foot = " · ".join(
        filter(None, (pack.client[:60], pack.title, pack.day, f"inputs {pack.inputs}"))
    )
    finish(deck, foot, pack.confidential)
    told = deck.base.deck.core_properties
    told.title, told.author, told.last_modified_by = printable(pack.title)[:255], "okrkit", "okrkit"
    told.language, told.keywords, told.revision = "en-GB", f"inputs {pack.inputs}", 1
    told.subject = told.comments = told.category = ""
    told.created = told.modified = datetime.combine(pack.as_of or UNDATED, time())
    out = io.BytesIO()
    deck.base.deck.save(out)
    return fixed(out.getvalue())


def _first(deck: Deck, pack: Pack) -> None:
    """The slide that says what this is, of whom, and from what."""
    slide, _ = deck.add(f"{pack.title}: {pack.client}" if pack.client else pack.title)
    area = deck.area(slide)
    text_box(slide, Place(area.left, area.top, area.width, 40), pack.source, TEXT)
    if pack.brand.logo and deck.base.own:
        place = Place(area.left + area.width - LOGO[0], area.top + area.height - LOGO[1], *LOGO)
        logo(slide, place, pack.brand.logo, f"Logo of {pack.client}" if pack.client else "Logo")


def _verdict(deck: Deck, pack: Pack) -> None:
    """The slide whose title is the finding, with the facts behind it."""
    slide, said = deck.add(pack.verdict)
    area = deck.area(slide)
    wide = area.width / max(1, min(FACTS_MAX, len(pack.facts)))
    for at, (number, words) in enumerate(pack.facts):
        left, top = area.left + wide * (at % FACTS_MAX), area.top + 150 * (at // FACTS_MAX)
        short, size = largest(number, wide - 12, 45, (BIG, 24, 18, 14))
        text_box(slide, Place(left, top, wide - 12, 45), short, size, bold=True)
        short, size = largest(words, wide - 12, 90, (FACT, 11, SMALL))
        text_box(slide, Place(left, top + 48, wide - 12, 90), short, size)
        said.append(f"{number} {words}")
