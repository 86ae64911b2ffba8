"""The workbook of a pack: charts that read its cells, sheets that print, a client's look on all."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from dataclasses import replace
from xml.etree import ElementTree

import openpyxl
import pytest

from okrkit.brand import Brand
from okrkit.show.pack.as_xlsx import xlsx_bytes
from okrkit.show.pack.content import Chart, Kind, Number, Section, Series, Table
from okrkit.show.pack.xlsx_cells import PRINTED, widths

from .filled_in import PACK

NAMES = ("=Ada", "Bo & Cy", "x" * 300)
SAID = (Number(0.4, "40 %"), None, Number(1.0, "100 %"))
DIFFERENCES = tuple(
    tuple(Number(value, f"{value:+.2f}") for value in values)
    for values in ((-0.2, 0.0, 0.1), (-0.15, 0.01, 0.11), (-0.1, 0.02, 0.12), (-0.05, 0.03, 0.13), (0.0, 0.04, 0.14))
)  # fmt: skip
LEVELS = ("From (95 %)", "From (80 %)", "Difference", "To (80 %)", "To (95 %)")
COUNTS = tuple(Number(n, str(n)) for n in (3, 0, 7))
CHARTS = (
    Chart("a", Kind.DUMBBELL, "Say and do", NAMES, (Series("Say", SAID), Series("Do", SAID)), ("a", "b", "c")),
    Chart("b", Kind.STACKED, "Answers", NAMES, tuple(Series(one, COUNTS) for one in ("Yes", "No", "Don’t know", "n/a")), ("a", "b", "c")),
    Chart("c", Kind.BARS, "Verdicts", NAMES, (Series("Managers", COUNTS),), ("a", "b", "c"), (0.0, 7.0)),
    Chart("d", Kind.EXPECTED, "Grades", NAMES, (Series("Given", COUNTS), Series("Expected", COUNTS)), ("a", "b", "c")),
    Chart("e", Kind.INTERVALS, "Intervals", NAMES, tuple(map(Series, LEVELS, DIFFERENCES)), ("a", "b", "c"),
          (-0.2, 0.2), (-0.05, 0.05), ("severe", "cannot", "generous")),
)  # fmt: skip
TABLE = Table(
    "t",
    "Rows",
    ("Name", "How many", "Said"),
    (("=Ada", COUNTS[0], "word " * 60), ("Bo", COUNTS[2], "")),
)
BRAND = Brand("#7a1f4e")


def png(width=32, height=16) -> bytes:
    """A white PNG."""

    def part(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\xff" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", rows) + part(b"IEND", b"")


@pytest.fixture(scope="module")
def whole() -> bytes:
    sections = (
        Section("pictures", "Pictures", ("Words. " * 40,), (), CHARTS),
        Section("rows", "Rows", (), (TABLE,)),
    )
    brand = replace(BRAND, logo=png(), logo_file="logo.png")
    return xlsx_bytes(
        replace(PACK, sections=sections, brand=brand, confidential="For HR & the board only")
    )


@pytest.fixture(scope="module")
def book(whole):
    return openpyxl.load_workbook(io.BytesIO(whole))


@pytest.fixture(scope="module")
def parts(whole) -> dict[str, str]:
    archive = zipfile.ZipFile(io.BytesIO(whole))
    return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}


def test_every_chart_is_there_to_be_edited_and_its_words_tell_its_numbers(book, parts):
    drawn = [text for name, text in parts.items() if name.startswith("xl/charts/chart")]
    assert len(drawn) == len(CHARTS)
    assert [book["Pictures"]._charts is not None, len(book["Pictures"]._charts)] == [
        True,
        len(CHARTS),
    ]
    told = re.findall(r'descr="([^"]*)"', parts["xl/drawings/drawing2.xml"])
    assert [words.replace("&amp;", "&") for words in told] == [chart.alt for chart in CHARTS]


def test_a_chart_reads_cells_that_hold_its_numbers(book, parts):
    data = book["Chart data"]
    for name, text in parts.items():
        if name.startswith("xl/charts/chart"):
            ranges = re.findall(r"<c:f>'Chart data'!([^<]*)</c:f>", text)
            assert ranges
            assert {len(re.findall(r"\d+", one)) for one in ranges} <= {1, 2}
    values = [
        [cell.value for cell in row] for row in data.iter_rows(max_col=6) if row[0].value == "=Ada"
    ]
    assert values[0][1:3] == [0.4, 0.4]
    assert values[4][1:6] == [-0.2, -0.15, -0.1, -0.05, 0.0]


def test_an_interval_is_an_error_bar_as_long_as_it_says(book, parts):
    (text,) = [text for text in parts.values() if "<c:errBars>" in text]
    plus = re.findall(r"<c:plus><c:numRef><c:f>'Chart data'!([^<]*)</c:f>", text)
    data = book["Chart data"]
    halves = [[row[0].value for row in data[one.replace("$", "")]] for one in plus]
    assert halves == [
        [pytest.approx((high.value - low.value) / 2) for low, high in zip(lows, highs, strict=True)]
        for lows, highs in ((DIFFERENCES[0], DIFFERENCES[4]), (DIFFERENCES[1], DIFFERENCES[3]))
    ]


def test_a_manager_nobody_can_tell_of_has_an_interval_and_no_point(book):
    header = next(
        row for row in book["Chart data"].iter_rows() if "More severe" in [one.value for one in row]
    )
    rows = list(book["Chart data"].iter_rows(min_row=header[0].row + 1, max_row=header[0].row + 3))
    names = [one.value for one in header]
    points = [
        [row[names.index(word)].value for word in ("More severe", "More generous")] for row in rows
    ]
    assert points == [[-0.1, None], [None, None], [None, 0.12]]


def test_a_chart_of_many_names_is_several_that_fit_a_page(parts):
    many = Chart("m", Kind.BARS, "Many", tuple(f"M{n}" for n in range(60)),
                 (Series("Managers", (COUNTS[0],) * 60),), ("3",) * 60, (0.0, 3.0))  # fmt: skip
    whole = xlsx_bytes(replace(PACK, sections=(Section("many", "Many", (), (), (many,)),)))
    archive = zipfile.ZipFile(io.BytesIO(whole))
    assert sum(name.startswith("xl/charts/chart") for name in archive.namelist()) == 5
    breaks = re.findall(rb'<brk id="(\d+)"', archive.read("xl/worksheets/sheet2.xml"))
    starts = re.findall(rb"<xdr:from>.*?<xdr:row>(\d+)<", archive.read("xl/drawings/drawing1.xml"))
    assert breaks == starts[1:]


def test_a_table_a_page_can_hold_is_printed_on_one():
    rows = tuple((f"M{n}", COUNTS[0]) for n in range(14))
    tables = tuple(Table(f"t{n}", f"Table {n}", ("Name", "How many"), rows) for n in range(4))
    whole = xlsx_bytes(replace(PACK, sections=(Section("some", "Some", (), tables),)))
    sheet = zipfile.ZipFile(io.BytesIO(whole)).read("xl/worksheets/sheet2.xml")
    breaks = [int(one) for one in re.findall(rb'<brk id="(\d+)"', sheet)]
    titles = [
        row[0].row - 1
        for row in openpyxl.load_workbook(io.BytesIO(whole))["Some"].iter_rows()
        if str(row[0].value).startswith("Table")
    ]
    assert breaks == titles[1:]


def test_what_is_not_material_is_a_band_behind_the_intervals(book, parts):
    (text,) = [text for text in parts.values() if "<c:errBars>" in text]
    first, second = re.findall(r"<c:ser>.*?</c:ser>", text)[:2]
    data = book["Chart data"]
    for series, edge in ((first, -0.05), (second, 0.05)):
        assert "errBars" not in series
        (place,) = re.findall(r"<c:val><c:numRef><c:f>'Chart data'!([^<]*)</c:f>", series)
        assert [row[0].value for row in data[place.replace("$", "")]] == [edge] * len(NAMES)


def test_a_wide_sheet_is_still_read_when_it_is_printed():
    wide = Table("w", "Wide", tuple("abcdefgh"), (tuple(sign * 99 for sign in "abcdefgh"),))
    assert sum(widths([wide])) <= PRINTED


def test_each_sheet_says_who_may_read_it_on_the_page_and_in_print(book):
    for sheet in book:
        assert sheet["A3"].value == "For HR & the board only"
        assert "For HR && the board only" in sheet.oddHeader.left.text
        assert "Harbour && Sons" in sheet.oddFooter.left.text


def test_the_clients_logo_and_colour_are_in_it(book, parts):
    assert 'descr="Logo Harbour &amp; Sons"' in parts["xl/drawings/drawing1.xml"]
    assert len(book["Overview"]._images) == 1
    head = next(row for row in book["Rows"].iter_rows() if row[0].value == "Name")
    assert head[0].fill.fgColor.rgb == "FF7A1F4E"
    assert head[0].font.color.rgb == "FFFFFFFF"


def test_the_overview_says_what_each_section_says_first(book):
    rows = list(book["Overview"].iter_rows(values_only=True))
    head = rows.index(next(row for row in rows if row[0] == "Section"))
    told = {name: says for name, says, *_ in rows[head + 1 :]}
    assert told == {"Pictures": "Words. " * 40, "Rows": None}


def test_a_sheet_prints_across_a_page_with_its_header_again(book):
    for sheet in book:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0
    header = next(row[0].row for row in book["Rows"].iter_rows() if row[0].value == "Name")
    assert book["Rows"].print_title_rows == f"${header}:${header}"
    assert book["Rows"].freeze_panes == f"B{header + 1}"


def test_columns_and_rows_are_large_enough_for_their_texts(book):
    sheet = book["Rows"]
    row = next(row for row in sheet.iter_rows() if row[0].value == "=Ada")
    width = sheet.column_dimensions["C"].width
    lines = sheet.row_dimensions[row[0].row].height / 15
    assert lines >= len("word " * 60) / (1.1 * width)
    paragraph = book["Pictures"].row_dimensions[5]
    assert paragraph.height >= 15 * len("Words. " * 40) / (1.1 * 130)


def test_text_that_would_be_a_formula_a_link_or_no_text_stays_text_wherever_it_stands():
    texts = (
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\tx",
        "https://example.org",
        "a\x07b",
        "&P&[Page]",
        "\ufffe",
    )
    for text in texts:
        names = (text, "Bo & Cy", "x" * 300)
        charts = tuple(replace(chart, title=text, names=names) for chart in CHARTS)
        table = Table("t", text, ("Name", text or "x"), ((text, text), ("Bo", COUNTS[2])))
        section = Section("one", text, (text,), (table,), charts, unknown=text)
        pack = replace(
            PACK, title=text, client=text, verdict=text, sections=(section,), confidential=text
        )
        archive = zipfile.ZipFile(io.BytesIO(xlsx_bytes(pack)))
        for name in archive.namelist():
            part = archive.read(name)
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(part)
            assert b"<f>" not in part
            assert b"<hyperlink" not in part
            assert set(re.findall(rb"<c:f>('[^']*')!", part)) <= {b"'Chart data'"}
            assert len(re.findall(rb"<c:f>", part)) == len(re.findall(rb"<c:f>'Chart data'!", part))


def test_no_name_or_part_of_a_workbook_is_hidden(book):
    assert [sheet.title for sheet in book if sheet.sheet_state != "visible"] == []
    assert [name for name in book.defined_names if not name.startswith("_xlnm")] == []
    assert book.properties.creator == "okrkit"
