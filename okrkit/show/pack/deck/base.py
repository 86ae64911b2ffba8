"""What slides stand on: our own look in the client's colour, or a presentation of the client's."""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.oxml import serialize_part_xml
from pptx.opc.package import OpcPackage
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.slide import SlideLayout
from pptx.util import Inches

from okrkit.brand import Brand
from okrkit.errors import InputError, Problem
from okrkit.show.pack.colours import BARS, EDGE, INK, LINE, PAPER, QUIET, TONES, WASH

UNPACKED_MAX = 300_000_000  # bytes; a company's template is a hundredth of it
TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
AROUND = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
WORDS, HEADINGS = "Arial", "Georgia"
# Parts of a presentation that slides need; what else hangs on one may hold names or old slides.
KEPT = frozenset(
    f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{one}"
    for one in ("slideMaster", "theme", "notesMaster", "presProps", "tableStyles", "font")
)
LISTS = ("p:custShowLst", "p:custDataLst", "p:extLst", "p:handoutMasterIdLst", "p:modifyVerifier")
TITLE_SIZE = "2600"  # hundredths of a point
PLACES = {  # left, top, width, height in inches on a slide of 13.333 by 7.5
    "title": (0.6, 0.45, 12.1, 1.0),
    "ftr": (0.6, 7.05, 10.6, 0.3),
    "sldNum": (11.2, 7.05, 1.53, 0.3),
    "subTitle": (0.6, 3.6, 12.1, 2.0),
    "body": (0.6, 1.7, 12.1, 5.1),
}


@dataclass(frozen=True)
class Base:
    """An empty presentation, the layouts to use, and whether its look is ours."""

    deck: Deck
    first: SlideLayout  #: of the first slide
    other: SlideLayout  #: of all others
    own: bool


def base_for(brand: Brand, template: bytes | None = None) -> Base:
    """An empty presentation in okrkit's look and the client's colour, or in that of `template`.

    Of a template the theme, the masters and the layouts are taken. Its own slides are left out,
    and so is what could tell of them: sections, custom shows, the thumbnail, names in properties.

    Raises
    ------
    InputError
        If `template` is no presentation, or none that a title can stand in.
    """
    base = _own(brand) if template is None else _of_client(template)
    package = base.deck.part.package
    package.next_partname = _names(package)
    return base


def _of_client(template: bytes) -> Base:
    deck = _opened(template)
    _emptied(deck)
    layouts = [one for master in deck.slide_masters for one in master.slide_layouts]
    titled = [one for one in layouts if _kinds(one) & set(TITLES)]
    if not titled:
        raise _refused("no layout with a title", "at least one layout that has a title")
    other = min(titled, key=lambda one: (PP_PLACEHOLDER.TITLE not in _kinds(one), _more(one)))
    first = next((one for one in titled if PP_PLACEHOLDER.CENTER_TITLE in _kinds(one)), other)
    return Base(deck, first, other, own=False)


def _names(package: OpcPackage) -> Callable[[str], PackURI]:
    """Gives new parts their names; python-pptx walks through all parts for each name."""
    taken = {one.partname for one in package.iter_parts()}
    numbers: defaultdict[str, count[int]] = defaultdict(lambda: count(1))

    def free(template: str) -> PackURI:
        names = (template % number for number in numbers[template])
        return PackURI(next(name for name in names if name not in taken))

    return free


def _kinds(layout: SlideLayout) -> set[PP_PLACEHOLDER]:
    return {one.placeholder_format.type for one in layout.placeholders}


def _more(layout: SlideLayout) -> int:
    """How many placeholders a layout has besides title, date, footer and number."""
    kinds = [one.placeholder_format.type for one in layout.placeholders]
    return sum(kind not in (*TITLES, *AROUND) for kind in kinds)


def _opened(template: bytes) -> Deck:
    try:
        parts = zipfile.ZipFile(io.BytesIO(template))
        if sum(one.file_size for one in parts.infolist()) > UNPACKED_MAX:
            raise _refused(
                "a file that unpacks to more than 300 MB", "a presentation without films"
            )
        kinds = parts.read("[Content_Types].xml")
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError):
        raise _refused("no presentation") from None
    for kind, said in ((b"template.main+xml", "a template (.potx)"), (b"macroEnabled", "macros")):
        if kind in kinds:
            raise _refused(said)
    try:
        deck = Presentation(io.BytesIO(template))
        deck.slide_masters[0].slide_layouts[0]
    except Exception:  # noqa: BLE001 - a broken file can break the reader in any way
        raise _refused("a presentation that cannot be read") from None
    return deck


def _refused(
    found: str, expected: str = "a presentation (.pptx) that PowerPoint opens"
) -> InputError:
    remedy = "Open it in PowerPoint and save it as a presentation (.pptx) without macros."
    return InputError([Problem("template", found, expected, remedy)])


def _emptied(deck: Deck) -> None:
    """Take out the slides of a template and all that tells of them or of who made it."""
    slides = deck.part._element.find(qn("p:sldIdLst"))
    if slides is not None:
        for one in list(slides):
            slides.remove(one)
    for name in LISTS:
        for one in deck.part._element.findall(qn(name)):
            deck.part._element.remove(one)
    for key, tie in list(deck.part.rels.items()):
        if tie.reltype not in KEPT:
            deck.part.rels.pop(key)
    package = deck.part.package
    for key, tie in list(package._rels.items()):
        if not tie.reltype.endswith(("/officeDocument", "/core-properties")):
            package._rels.pop(key)


def _own(brand: Brand) -> Base:
    """python-pptx's empty presentation as a wide screen, with okrkit's fonts and colours."""
    deck = Presentation()
    _emptied(deck)
    deck.slide_width, deck.slide_height = Inches(13.333), Inches(7.5)
    master = deck.slide_master
    for tie in master.part.rels.values():
        if tie.reltype.endswith("/theme"):
            tie.target_part._blob = _theme(tie.target_part.blob, brand)
    for layout in (master, *master.slide_layouts):
        for shape in list(layout.placeholders):
            kind = shape._element.find(f".//{qn('p:ph')}").get("type") or "body"
            if kind == "dt":
                shape._element.getparent().remove(shape._element)
            else:
                place = PLACES[{"ctrTitle": "title"}.get(kind, kind if kind in PLACES else "body")]
                shape.left, shape.top, shape.width, shape.height = map(Inches, place)
    styles = master._element.find(qn("p:txStyles"))
    level = styles.find(f"{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    level.set("algn", "l")
    level.find(qn("a:defRPr")).set("sz", TITLE_SIZE)
    for shape in master.placeholders:
        shape._element.find(f".//{qn('a:bodyPr')}").set("anchor", "t")
    master.shapes._spTree.insert(2, parse_xml(_BAND))
    layouts = {one.name: one for one in master.slide_layouts}
    return Base(deck, layouts["Title Only"], layouts["Title Only"], own=True)


def _theme(blob: bytes, brand: Brand) -> bytes:
    theme = parse_xml(blob)
    colours = {
        "dk1": INK, "lt1": PAPER, "dk2": QUIET, "lt2": WASH, "accent1": brand.colour[1:].upper(),
        "accent2": QUIET, "accent3": EDGE, "accent4": BARS, "accent5": LINE,
        "accent6": TONES["same"], "hlink": QUIET, "folHlink": QUIET,
    }  # fmt: skip
    scheme = theme.find(f".//{qn('a:clrScheme')}")
    for name, colour in colours.items():
        place = scheme.find(qn(f"a:{name}"))
        place[:] = [parse_xml(_COLOUR.format(colour))]
    for kind, font in (("majorFont", HEADINGS), ("minorFont", WORDS)):
        theme.find(f".//{qn(f'a:{kind}')}/{qn('a:latin')}").set("typeface", font)
    whole: bytes = serialize_part_xml(theme)
    return whole


_COLOUR = '<a:srgbClr xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" val="{}"/>'
_BAND = (
    '<p:sp xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><p:nvSpPr>'
    '<p:cNvPr id="90" name="Band"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm>'
    '<a:off x="0" y="0"/><a:ext cx="12192000" cy="118872"/></a:xfrm><a:prstGeom prst="rect">'
    '<a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val="accent1"/></a:solidFill>'
    "<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
)
