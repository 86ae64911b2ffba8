"""The slides of a pack: everything said, nothing over the edge, charts to edit, text as text."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from pptx import Presentation
from pptx.util import Inches

from okrkit import run_audit
from okrkit.brand import Brand, contrast
from okrkit.errors import InputError
from okrkit.judge.calibration.run import run_calibration
from okrkit.show.pack.as_pptx import pptx_bytes
from okrkit.show.pack.audit_pack import Judged, audit_pack
from okrkit.show.pack.charts import distribution_chart, intervals_chart
from okrkit.show.pack.colours import EDGE, FILLS, QUIET, TONES
from okrkit.show.pack.content import Pack, Section, Table, words_of
from okrkit.show.pack.deck import base
from okrkit.show.pack.managers import managers_section
from okrkit.show.shareable import shareable
from okrkit.tables import empty_tables

from ...pictures import png  # noqa: TID252
from ..invented_calibration import calibration  # noqa: TID252

INPUTS = "0123456789abcdef"
LIVE = (
    '=HYPERLINK("x")',
    "+1",
    "@SUM(A1)",
    "http://x.example/" + "a" * 3000,
    "<a:t>",
    "🌊 ‏שלום",
    "\x07",
)


@pytest.fixture(scope="module")
def pack(tables):
    nothing = run_calibration(empty_tables())
    audit = audit_pack(Judged(run_audit(tables), nothing), inputs=INPUTS)
    named = calibration()
    drawn = (*intervals_chart(named), *distribution_chart("d", "Grades", named.managers[0]))
    more = (managers_section(shareable(named)), Section("named", "Named", charts=drawn))
    sections = tuple(one for one in audit.sections if one.key != "managers")
    return replace(audit, sections=(*sections, *more))


@pytest.fixture(scope="module")
def whole(pack):
    return pptx_bytes(pack)


def deck(whole: bytes):
    return Presentation(io.BytesIO(whole))


def of_a_client(pack: Pack, **changes) -> Pack:
    return replace(pack, sections=pack.sections[:1], **changes)


def texts_in(slide):
    """All a slide says: texts, cells, charts and notes."""
    for shape in slide.shapes:
        if shape.has_text_frame:
            yield shape.text_frame.text
        if shape.has_table:
            yield from (cell.text for row in shape.table.rows for cell in row.cells)
        if shape.has_chart:
            yield from shape.chart._chartSpace.xpath(".//c:v/text()")
            yield from shape.chart._chartSpace.xpath(".//a:t/text()")
    yield slide.notes_slide.notes_text_frame.text


def told(whole: bytes) -> str:
    return plain(" ".join(text for slide in deck(whole).slides for text in texts_in(slide)))


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def every_byte(whole: bytes) -> bytes:
    if whole[:2] != b"PK":
        return whole
    parts = zipfile.ZipFile(io.BytesIO(whole))
    return b"".join(name.encode() + every_byte(parts.read(name)) for name in parts.namelist())


def test_every_text_and_number_of_the_pack_stands_on_a_slide_or_in_its_notes(pack, whole):
    said = told(whole)
    expected = [pack.verdict, *(f"{number} {words}" for number, words in pack.facts)]
    for section in pack.sections:
        expected += [section.title, section.unknown, *section.paragraphs]
        for table in section.tables:
            expected += [words_of(cell) for row in table.rows for cell in row]
        expected += [text for chart in section.charts for text in (*chart.told, chart.title)]
    assert [text for text in expected if plain(text) not in said] == []


def test_every_chart_can_be_edited_and_its_workbook_holds_its_own_numbers_alone(pack, whole):
    charts = [
        part
        for section in pack.sections
        for chart in section.charts
        for part in (chart.pages(14) if chart.key == "managers" else (chart,))
    ]
    drawn = [shape for slide in deck(whole).slides for shape in slide.shapes if shape.has_chart]
    assert len(drawn) == len(charts)
    assert {chart.kind for chart in charts} == {
        "stacked",
        "dumbbell",
        "intervals",
        "bars",
        "expected",
    }
    for chart, shape in zip(charts, drawn, strict=True):
        assert shape._element.xpath(".//p:cNvPr/@descr") == [chart.alt]
        book = openpyxl.load_workbook(io.BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob))
        cells = [cell for row in book.active.iter_rows() for cell in row]
        numbers = {
            round(cell.value, 12)
            for cell in cells
            if cell.data_type == "n" and cell.value is not None
        }
        assert {
            round(value, 12) for one in chart.series for value in one.amounts if value is not None
        } <= numbers
        words = {cell.value for cell in cells if cell.data_type == "s"}
        assert words <= {*chart.names, *(one.name for one in chart.series), "x", "80 %", "95 %"}
        drawn_numbers = {
            round(float(one), 12)
            for one in shape.chart._chartSpace.xpath(".//c:numCache//c:v/text()")
        }
        assert drawn_numbers <= numbers | {float(at) for at in range(1, 15)}
        assert book.properties.created.year == 2000


def test_each_slide_has_a_title_its_number_of_how_many_notes_with_the_source_and_no_empty_box(
    pack, whole
):
    slides = list(deck(whole).slides)
    for number, slide in enumerate(slides, 1):
        assert slide.shapes.title.text
        boxes = [
            shape.text_frame.text
            for shape in slide.shapes
            if shape.has_text_frame and shape.name != "Cover"
        ]
        assert f"{number} of {len(slides)}" in boxes
        assert all(map(plain, boxes))
        assert any(INPUTS in text for text in boxes)
        assert pack.source in slide.notes_slide.notes_text_frame.text
        for shape in slide.shapes:
            if shape.has_table or shape.has_chart:
                assert shape._element.xpath(".//p:cNvPr/@descr")[0]
            if shape.has_table:
                assert shape.table.first_row
                ends = shape._element.xpath(".//a:p/a:endParaRPr/@sz")
                assert len(ends) == len([cell for row in shape.table.rows for cell in row.cells])


def over_the_edge(whole: bytes) -> list[str]:
    """Shapes that leave their slide or stand on another one, by title of the slide."""
    made, found = deck(whole), []
    for slide in made.slides:
        boxes = []
        for shape in slide.shapes:
            tall = sum(row.height for row in shape.table.rows) if shape.has_table else shape.height
            if shape.name != "Cover":
                boxes.append((shape.top, shape.top + tall, shape.left, shape.left + shape.width))
        for at, (top, low, left, right) in enumerate(boxes):
            if top < 0 or left < 0 or low > made.slide_height or right > made.slide_width:
                found.append(slide.shapes.title.text)
            for above, below, near, far in boxes[:at]:
                if (
                    min(low, below) - max(top, above) > 20_000
                    and min(right, far) - max(left, near) > 20_000
                ):
                    found.append(slide.shapes.title.text)
    return found


def test_nothing_leaves_a_slide_or_covers_another_thing(pack, whole):
    assert over_the_edge(whole) == []
    long = "A driver is named, a date is not. " * 150
    rows = ((long, "1", long), ("x" * 3_000, "2", "日本" * 900))
    section = Section(
        "long", long, (long,), (Table("t", long, ("Step", "N", "Why"), rows),), unknown=long
    )
    hostile = replace(
        pack, client=long, verdict=long, facts=((long, long),) * 7, sections=(section,),
        brand=Brand(logo=png(300, 20)),
    )  # fmt: skip
    made = pptx_bytes(hostile)
    assert over_the_edge(made) == []
    assert told(made).count("日") == 900
    assert told(made).count("A driver is named") >= 7 * 150


def test_the_same_pack_gives_the_same_bytes_twice(pack, whole):
    assert pptx_bytes(pack) == whole


@pytest.mark.long
def test_the_same_pack_gives_the_same_bytes_in_any_process(whole, sample_folder, tmp_path):
    code = (
        "import sys; from okrkit import run_audit; from okrkit.tables import empty_tables;"
        "from okrkit.judge.calibration.run import run_calibration as c;"
        "from okrkit.show.pack.audit_pack import Judged, audit_pack;"
        "from okrkit.show.pack.as_pptx import pptx_bytes; import hashlib; n = empty_tables();"
        "p = audit_pack(Judged(run_audit(n), c(n)), inputs='0' * 16);"
        "print(hashlib.sha256(pptx_bytes(p)).hexdigest())"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, text=True,
            env={"TZ": zone, "LC_ALL": place, "PYTHONPATH": ":".join(sys.path), "PYTHONHASHSEED": seed},
        ).stdout
        for zone, place, seed in (("Asia/Tokyo", "C.UTF-8", "1"), ("America/Lima", "POSIX", "2"))
    ]  # fmt: skip
    assert told[0] == told[1] != ""


def test_what_a_client_writes_is_text_in_slides_and_in_their_workbooks(pack):
    for text in LIVE:
        chart = replace(pack.sections[0].charts[1], names=(text,) * 5)
        section = Section(
            "s", text, (text,), (Table("t", text, (text, "b"), ((text, text),)),), (chart,)
        )
        made = pptx_bytes(replace(pack, client=text, verdict=text, sections=(section,)))
        parts = zipfile.ZipFile(io.BytesIO(made))
        for name in parts.namelist():
            if name.endswith(".xlsx"):
                sheets = zipfile.ZipFile(io.BytesIO(parts.read(name)))
                assert b"<f>" not in sheets.read("xl/worksheets/sheet1.xml")
                assert not [one for one in sheets.namelist() if "worksheets/_rels" in one]
        links = [name for name in parts.namelist() if b'TargetMode="External"' in parts.read(name)]
        assert links == []


def test_no_manager_is_named_in_any_byte_of_slides_without_names(pack):
    shared = managers_section(shareable(calibration()))
    made = every_byte(pptx_bytes(replace(pack, sections=(shared,))))
    assert b"no material difference" in made
    assert re.findall(rb"Canary|Ossa|Harbour|K0\d\d", made) == []


def test_who_may_read_it_stands_on_every_slide(pack):
    words = "Confidential: for HR & the board"
    for slide in deck(pptx_bytes(of_a_client(pack, confidential=words))).slides:
        assert words in [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def test_the_clients_colour_and_logo_stand_in_the_slides(pack):
    made = pptx_bytes(of_a_client(pack, brand=Brand("#ffd200", png(300, 90))))
    theme = zipfile.ZipFile(io.BytesIO(made)).read("ppt/theme/theme1.xml")
    assert b'<a:accent1><a:srgbClr val="FFD200"/></a:accent1>' in theme
    first = deck(made).slides[0]
    (picture,) = [shape for shape in first.shapes if shape.shape_type == 13]
    assert picture._element.xpath(".//p:cNvPr/@descr") == [f"Logo of {pack.client}"]
    assert picture.width / picture.height == pytest.approx(300 / 90, rel=0.01)
    assert first.shapes.title.text_frame.paragraphs[0].runs[0].font.color.rgb == (0, 0, 0)


def test_texts_in_charts_stand_out_on_what_is_behind_them_and_lines_on_paper():
    assert [pair for pair in FILLS if contrast(f"#{pair[0]}", f"#{pair[1]}") < 4.5] == []
    assert [
        one for one in (QUIET, EDGE, *TONES.values()) if contrast(f"#{one}", "#ffffff") < 3
    ] == []
    assert [one for one in (base.INK, base.QUIET) if contrast(f"#{one}", "#ffffff") < 4.5] == []


def client_template(*, layouts: bool = True) -> bytes:
    """A client's presentation with slides, notes, properties and a thumbnail of its own."""
    own = Presentation()
    own.slide_width, own.slide_height = Inches(10), Inches(7.5)
    slide = own.slides.add_slide(own.slide_layouts[1])
    slide.shapes.title.text = "Canary strategy"
    slide.notes_slide.notes_text_frame.text = "Canary notes"
    own.core_properties.author = own.core_properties.comments = "Canary Ossa"
    if not layouts:
        for layout in own.slide_layouts:
            for shape in list(layout.placeholders):
                shape._element.getparent().remove(shape._element)
    out = io.BytesIO()
    own.save(out)
    return out.getvalue()


def test_a_clients_presentation_gives_its_layouts_and_nothing_it_says(pack):
    pack = replace(pack, sections=pack.sections[:-1])
    made = pptx_bytes(pack, client_template())
    slides = deck(made)
    assert (slides.slide_width, slides.slide_height) == (Inches(10), Inches(7.5))
    assert {slide.slide_layout.name for slide in slides.slides} == {"Title Slide", "Title Only"}
    assert b"Canary" not in every_byte(made)
    assert "docProps/thumbnail.jpeg" not in zipfile.ZipFile(io.BytesIO(made)).namelist()
    assert over_the_edge(made) == []
    assert pptx_bytes(pack, client_template()) == made


def renamed(whole: bytes, part: str, old: bytes, new: bytes) -> bytes:
    given, out = zipfile.ZipFile(io.BytesIO(whole)), io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in given.namelist():
            made.writestr(
                name, given.read(name).replace(old, new) if name == part else given.read(name)
            )
    return out.getvalue()


@pytest.mark.parametrize(
    ("template", "found"),
    [
        (b"", "no presentation"),
        (b"PK\x03\x04 broken", "no presentation"),
        (renamed(client_template(), "[Content_Types].xml", b"presentation.main+xml", b"template.main+xml"), "a template (.potx)"),
        (renamed(client_template(), "[Content_Types].xml", b"presentationml.presentation.main+xml", b"macroEnabled.main+xml"), "macros"),
        (renamed(client_template(), "ppt/slideMasters/slideMaster1.xml", b"<p:cSld", b"<<"), "cannot be read"),
        (client_template(layouts=False), "no layout with a title"),
    ],
    ids=["empty", "broken", "potx", "macros", "broken master", "no title"],
)  # fmt: skip
def test_a_template_that_cannot_be_used_is_refused_with_one_sentence(pack, template, found):
    with pytest.raises(InputError) as refused:
        pptx_bytes(of_a_client(pack), template)
    (problem,) = refused.value.problems
    assert found in problem.found
    assert "save it as a presentation (.pptx)" in problem.remedy
