"""The document of a pack: headings in order, header rows, pictures with their numbers in words."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn

from okrkit import run_audit
from okrkit.brand import Brand
from okrkit.judge.calibration.run import run_calibration
from okrkit.show.pack.as_docx import docx_bytes
from okrkit.show.pack.audit_pack import Judged, audit_pack
from okrkit.show.pack.content import Section, Table
from okrkit.tables import empty_tables

from ...pictures import png  # noqa: TID252


@pytest.fixture(scope="module")
def pack(tables):
    nothing = run_calibration(empty_tables())
    made = audit_pack(Judged(run_audit(tables), nothing), inputs="0123456789abcdef")
    return replace(made, brand=Brand("#ffd200", png(300, 90)))


@pytest.fixture(scope="module")
def document(pack):
    return docx.Document(io.BytesIO(docx_bytes(pack)))


def test_headings_are_in_order_and_stay_with_what_they_head(document):
    levels = [
        0 if one.style.name == "Title" else int(one.style.name.split()[1])
        for one in document.paragraphs
        if one.style.name == "Title" or one.style.name.startswith("Heading")
    ]
    assert levels[0] == 0
    assert levels.count(0) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))
    for name in ("Heading 1", "Heading 2"):
        assert document.styles[name].paragraph_format.keep_with_next


def test_every_table_announces_its_header_on_each_page(document, pack):
    tables = [table for section in pack.sections for table in section.tables]
    assert len(document.tables) == len(tables)
    for table in document.tables:
        about = table.rows[0]._tr.trPr
        assert about.find(qn("w:tblHeader")) is not None
        first = [cell.paragraphs[0] for row in table.rows[:2] for cell in row.cells]
        assert all(one.paragraph_format.keep_with_next for one in first)  # no header alone
        assert all(cell.text for cell in table.rows[0].cells)
        assert (
            sum(column.width for column in table.columns)
            <= document.sections[0].page_width - 2 * document.sections[0].left_margin + 12_700
        )


def test_pictures_say_what_they_show(document, pack):
    told = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    charts = [chart.alt for section in pack.sections for chart in section.charts]
    assert told == [f"Logo of {pack.client}", *charts]
    numbers = [shape._inline.docPr.id for shape in document.inline_shapes]
    assert numbers == list(range(1, len(told) + 1))


def test_the_title_stands_out_on_the_clients_colour(document):
    title = document.paragraphs[0]
    assert title._p.pPr.find(qn("w:shd")).get(qn("w:fill")) == "FFD200"
    assert str(title.runs[0].font.color.rgb) == "000000"


def test_what_has_no_room_beside_each_other_stands_below_in_its_row(document, pack):
    given = pack.sections[1].tables[-1]
    (shown,) = [one for one in document.tables if one.rows[1].cells[0].text == given.rows[0][0]]
    assert [cell.text for cell in shown.rows[0].cells] == list(given.brief)
    told = shown.rows[1].cells[-1].text
    assert told.startswith(given.rows[0][6])
    for name in ("Count", "Of", "What else could explain it", "Why this limit"):
        assert f"{name}: " in told


def test_a_row_longer_than_a_page_may_go_over_to_the_next(pack):
    table = Table("t", "T", ("Step", "Why"), (("short", "x"), ("long", "word " * 6_400)))
    made = replace(pack, sections=(Section("s", "S", tables=(table,)),), brand=Brand())
    rows = docx.Document(io.BytesIO(docx_bytes(made))).tables[0].rows
    kept = [row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows]
    assert kept == [True, True, False]


def test_a_cell_keeps_its_spaces_tabs_and_lines(pack):
    given = (" before", "after ", "two\nlines", "a\ttab", "")
    table = Table(
        "t", "T", ("Step", "Why"), tuple((f"{at}", text) for at, text in enumerate(given))
    )
    made = replace(pack, sections=(Section("s", "S", tables=(table,)),), brand=Brand())
    rows = docx.Document(io.BytesIO(docx_bytes(made))).tables[0].rows
    assert tuple(row.cells[1].text for row in rows[1:]) == given
    spaced = [one._tr.xpath(".//w:t[@xml:space='preserve']") for one in rows[1:]]
    assert [len(one) for one in spaced] == [1, 1, 0, 0, 0]
