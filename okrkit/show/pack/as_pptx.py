"""A pack as slides: titles, charts to edit, tables, and the source of each number in the notes."""

from __future__ import annotations

import io

from .archive import fixed, printable
from .content import Pack
from .deck.base import base_for
from .deck.fit import largest
from .deck.flow import Deck, finish, tell
from .deck.shapes import SMALL, TEXT, Place, cover, logo, text_box, write

BIG, WORDS = (40.0, 32.0, 26.0, 20.0, 14.0), (16.0, 13.0, 10.0)  # of a fact's number, its words
FACT_TALL = (60.0, 100.0)  # points its number and its words may take
LOGO = (150.0, 60.0)
SOURCE_TALL = 80.0
COVER = 0.55  # of the first slide's height is in the client's colour
FACTS_MAX = 5  # beside each other


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
        tell(deck, section)
    foot = " · ".join(
        filter(None, (pack.client[:60], pack.title, pack.day, f"inputs {pack.inputs}"))
    )
    finish(deck, foot, pack)
    told = deck.base.deck.core_properties
    told.title, told.author, told.last_modified_by = printable(pack.title)[:255], "okrkit", "okrkit"
    told.language, told.keywords, told.revision = "en-GB", f"inputs {pack.inputs}", 1
    told.subject = told.comments = told.category = ""
    told.created = told.modified = pack.created
    out = io.BytesIO()
    deck.base.deck.save(out)
    return fixed(out.getvalue())


def _first(deck: Deck, pack: Pack) -> None:
    """The slide that says what this is, of whom, and from what."""
    slide, _ = deck.add(f"{pack.title}: {pack.client}" if pack.client else pack.title)
    area = deck.area(slide)
    if deck.base.own:
        wide, high = deck.base.deck.slide_width.pt, deck.base.deck.slide_height.pt
        cover(slide, Place(0, 0, wide, COVER * high), pack.brand)
        area = Place(area.left, COVER * high + 24, area.width, 0.8 * high - COVER * high)
    place = Place(area.left, area.top, area.width - LOGO[0], SOURCE_TALL)
    words, size = largest(pack.source, place.width, place.height, (TEXT, SMALL))
    subtitles = [shape for shape in slide.placeholders if shape != slide.shapes.title]
    for shape in subtitles:
        write(shape.text_frame, words, size)
    if not subtitles:
        text_box(slide, place, words, size)
    if pack.brand.logo and deck.base.own:
        place = Place(area.left + area.width - LOGO[0], area.top, *LOGO)
        logo(slide, place, pack.brand.logo, f"Logo of {pack.client}" if pack.client else "Logo")


def _verdict(deck: Deck, pack: Pack) -> None:
    """The slide whose title is the finding, with the facts behind it."""
    slide, said = deck.add(pack.verdict)
    area = deck.area(slide)
    wide = area.width / max(1, min(FACTS_MAX, len(pack.facts)))
    sizes = [largest(number, wide - 12, FACT_TALL[0], BIG)[1] for number, _ in pack.facts]
    upper = 1.5 * min(sizes, default=0.0)
    for at, (number, words) in enumerate(pack.facts):
        left = area.left + wide * (at % FACTS_MAX)
        top = area.top + (0.2 * area.height if len(pack.facts) <= FACTS_MAX else 0)
        top += sum(FACT_TALL) * (at // FACTS_MAX)
        for text, tall, down, usual in (
            (number, upper, 0.0, (min(sizes), *BIG)),
            (words, FACT_TALL[1], upper, WORDS),
        ):
            short, size = largest(text, wide - 12, tall, usual)
            place = Place(left, top + down, wide - 12, tall)
            text_box(slide, place, short, size, bold=text is number)
        said.append(f"{number} {words}")
