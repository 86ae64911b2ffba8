"""The PDF of a pack: tagged, named, the same twice, and text in it is never code."""

from __future__ import annotations

import re
from dataclasses import replace

from okrkit import run_audit
from okrkit.brand import Brand
from okrkit.judge.calibration.run import run_calibration
from okrkit.show.pack.as_pdf import pdf_bytes
from okrkit.show.pack.audit_pack import Judged, audit_pack
from okrkit.show.pack.charts import distribution_chart
from okrkit.show.pack.content import Section, Table
from okrkit.tables import empty_tables

from ...pictures import png  # noqa: TID252
from ..invented_calibration import SEVERE, manager  # noqa: TID252
from .reading import pdf_text

INPUTS = "0123456789abcdef"


def small_pack(client=""):
    nothing = empty_tables()
    audit = replace(run_audit(nothing), client=client)
    return audit_pack(Judged(audit, run_calibration(nothing)), inputs=INPUTS)


def test_the_pdf_is_tagged_names_its_input_and_comes_out_the_same_twice():
    whole = pdf_bytes(small_pack("Harbour & Sons"))
    assert whole[:5] == b"%PDF-"
    assert re.search(rb"<pdfuaid:part>1</pdfuaid:part>", whole)
    assert b"/StructTreeRoot" in whole
    assert b"en-GB" in whole
    assert INPUTS.encode() in whole
    assert (
        b'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Readiness audit: Harbour &amp; Sons<'
        in whole
    )
    assert pdf_bytes(small_pack("Harbour & Sons")) == whole


def test_text_that_would_be_code_or_a_file_is_text():
    for text in (
        "日本 \u200f हिन्दी \x07",
        "#panic()",
        '#read("/etc/passwd")',
        "$x$ *a* _b_ @c <d>",
        "= h",
        "\\",
        "🌊 ‏שלום",
    ):
        assert pdf_bytes(small_pack(text))[:5] == b"%PDF-"


def test_a_sign_without_a_glyph_is_a_box_and_nothing_else_changes():
    whole = pdf_bytes(small_pack("日本 Ω ж é שלום سلام → 🌊"))
    assert "Readiness audit: □□ Ω ж é שלום سلام → □".encode() in whole


def test_the_clients_colour_logo_and_pictures_are_drawn():
    plain, own = Brand(), Brand("#ffd200", png(300, 90))
    (chart,) = distribution_chart("d", "Grades", manager(1, SEVERE, -0.1))
    pack = small_pack("Harbour")
    drawn = replace(pack, sections=(Section("s", "S", charts=(chart,)),))
    sizes = [len(pdf_bytes(one)) for one in (pack, replace(pack, brand=own), drawn)]
    assert sizes[1] != sizes[0] != sizes[2]
    assert b"/Subtype/Image" in re.sub(rb"\s", b"", pdf_bytes(replace(pack, brand=own)))
    assert b"/Subtype/Image" not in re.sub(rb"\s", b"", pdf_bytes(replace(pack, brand=plain)))


def test_a_text_of_32_000_characters_is_written():
    pack = small_pack()
    long = "word " * 6_400
    table = Table("t", "T", ("Step", "Why"), ((long, "x"), ("y", long)))
    section = replace(pack.sections[0], paragraphs=(long,), tables=(table,))
    assert pdf_bytes(replace(pack, sections=(section,)))[:5] == b"%PDF-"


def test_a_short_table_stands_on_one_page_and_a_long_one_repeats_its_header():
    def printed(rows, times):
        table = Table("t", "T", ("Header", "B"), tuple((str(row), "x") for row in range(rows)))
        section = replace(small_pack().sections[0], tables=(table,))
        whole = pdf_bytes(replace(small_pack(), sections=(section,) * times))
        return pdf_text(whole).count("Header")

    assert printed(8, 12) == 12
    assert printed(60, 1) == 2
