"""The audit pack: one content in many forms, the same numbers in each, and nothing that runs."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import openpyxl
import pandas as pd
import pytest

from okrkit import Tables, run_audit
from okrkit.brand import Brand
from okrkit.judge.agreed import Agreed
from okrkit.judge.calibration.run import run_calibration
from okrkit.judge.plan import PlanStep
from okrkit.show.pack.audit_pack import Judged, audit_pack
from okrkit.show.pack.content import Number, words_of
from okrkit.show.pack.files import FORMATS, file_of
from okrkit.show.pack.inputs import inputs_digest
from okrkit.show.pack.papers import audit_paper
from okrkit.standard import DEFAULT_STANDARD
from okrkit.tables import empty_tables

LIVE = (
    '=HYPERLINK("x")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\tx",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "#panic()",
    "🌊 ‏שלום",
)
READ = tuple(form for form in FORMATS if form not in ("pdf", "pptx"))  # packed: see their own tests
INPUTS = "0123456789abcdef"
AGREED = Agreed("K1", "M1", "", "Q1", 0.7, 0.8, "Counted again.")


@pytest.fixture(scope="module")
def judged(tables) -> Judged:
    """The sample company, its managers left out: they take seconds and have a test of their own."""
    return Judged(run_audit(tables), run_calibration(empty_tables()))


@pytest.fixture(scope="module")
def pack(judged):
    return audit_pack(judged, inputs=INPUTS)


def texts_of(pack):
    """Every text and every printed number of a pack."""
    yield pack.verdict
    for section in pack.sections:
        yield from (section.title, *section.paragraphs, *filter(None, [section.unknown]))
        for table in section.tables:
            for row in table.rows:
                yield from map(words_of, row)


def words_in(whole: bytes, form: str) -> str:
    """The text of a file, each kind taken apart by another program than wrote it."""
    if form == "json":
        return "\n".join(_strings(json.loads(whole)))
    if form == "csv":
        return "\n".join(
            row["words"] + "\n" + row["item"]
            for row in csv.DictReader(io.StringIO(whole.decode("utf-8-sig")))
        )
    if form == "html":
        return html.unescape(re.sub(r"<[^>]+>", " ", whole.decode()))
    if form == "docx":
        body = zipfile.ZipFile(io.BytesIO(whole)).read("word/document.xml") + zipfile.ZipFile(
            io.BytesIO(whole)
        ).read("word/footer1.xml")
        return "\n".join(
            one.text or ""
            for one in ElementTree.fromstring(
                b"<all>" + re.sub(rb"<[?][^>]*[?]>", b"", body) + b"</all>"
            ).iter()
            if one.tag.endswith("}t")
        )
    book = openpyxl.load_workbook(io.BytesIO(whole))
    return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)


def _strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)


def plain(text: str) -> str:
    """A text without the width of its spaces."""
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("form", ["json", "csv", "docx"])
def test_every_text_and_number_of_the_pack_stands_in_the_file(form, pack, judged):
    told = plain(words_in(file_of(audit_paper(pack, judged), form), form))
    assert [text for text in texts_of(pack) if plain(text).strip() not in told] == []


def test_the_workbook_holds_every_text_and_each_number_as_a_number(pack, judged):
    whole = file_of(audit_paper(pack, judged), "xlsx")
    told = plain(words_in(whole, "xlsx"))
    cells = [
        cell
        for section in pack.sections
        for table in section.tables
        for row in table.rows
        for cell in row
    ]
    assert [
        cell for cell in cells if isinstance(cell, str) and plain(cell).strip() not in told
    ] == []
    book = openpyxl.load_workbook(io.BytesIO(whole))
    held = {
        round(cell.value, 12)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "n" and cell.value is not None
    }
    numbers = {round(cell.value, 12) for cell in cells if isinstance(cell, Number)}
    assert numbers <= held  # a workbook holds sixteen digits
    assert book["Say and do"]._charts


def test_the_page_says_the_same_claims_and_shares(pack, judged):
    told = plain(words_in(file_of(audit_paper(pack, judged), "html"), "html"))
    claims = [words_of(row[6]) for section in pack.sections[1:6] for row in section.tables[-1].rows]
    shares = [words_of(cell) for row in pack.sections[0].tables[0].rows for cell in row[1:3]]
    assert len(claims) == 18
    assert [text for text in [pack.verdict, *claims, *shares] if plain(text) not in told] == []


def test_say_and_do_is_what_the_audit_found(pack, judged):
    rows = pack.sections[0].tables[0].rows
    assert [row[1].value for row in rows] == [
        one.said.yes / (one.said.yes + one.said.no) for one in judged.audit.statements
    ]
    assert [row[2].value for row in rows] == [
        one.done.count / one.done.n for one in judged.audit.statements
    ]


@pytest.mark.parametrize("form", READ)
def test_every_file_names_its_input_and_comes_out_the_same_twice(form, pack, judged):
    whole = file_of(audit_paper(pack, judged), form)
    assert INPUTS in words_in(whole, form) or (
        form == "csv" and INPUTS in whole.decode("utf-8-sig")
    )
    assert file_of(audit_paper(pack, judged), form) == whole
    if whole[:2] == b"PK":
        assert {one.date_time for one in zipfile.ZipFile(io.BytesIO(whole)).infolist()} == {
            (1980, 1, 1, 0, 0, 0)
        }


@pytest.mark.parametrize("form", READ)
def test_a_company_without_records_is_told_what_is_missing_in_every_form(form):
    nothing = empty_tables()
    judged = Judged(run_audit(nothing), run_calibration(nothing))
    pack = audit_pack(judged, inputs=INPUTS)
    unknown = [section.unknown for section in pack.sections if section.unknown]
    assert len(unknown) == 9
    told = plain(words_in(file_of(audit_paper(pack, judged), form), form))
    told_of = (
        unknown[:1] if form == "html" else unknown
    )  # the page says the others in its own places
    assert [text for text in told_of if plain(text) not in told] == []


@pytest.mark.parametrize("form", READ)
def test_what_a_client_writes_stays_text(form):
    steps = tuple(
        PlanStep(f"4.{at}", 4, text, "this week", text, owner=text, comment=text)
        for at, text in enumerate(LIVE)
    )
    long = PlanStep("5.long", 5, "x" * 40_000, "one cycle")
    audit = replace(run_audit(empty_tables()), client=LIVE[5], plan=(*steps, long))
    judged = Judged(audit, run_calibration(empty_tables()))
    whole = file_of(audit_paper(audit_pack(judged, inputs=INPUTS), judged), form)
    if form == "html":
        assert b"<script" not in whole
    elif form == "csv":
        cells = [cell for row in csv.reader(io.StringIO(whole.decode("utf-8-sig"))) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]
    elif form == "xlsx":
        parts = zipfile.ZipFile(io.BytesIO(whole))
        assert not [
            name for name in parts.namelist() if b"<f>" in parts.read(name) and "sheet" in name
        ]
    told = plain(words_in(whole, form))
    assert [text for text in LIVE if plain(text).strip() not in told] == []


def graded(grade: str) -> Tables:
    return Tables.from_frames(
        grades=pd.DataFrame(
            {"key_result": ["K1"], "manager": ["M1"], "cycle": ["Q1"], "grade": [grade]}
        )
    )


def test_the_name_of_an_input_changes_with_a_grade_the_day_the_standard_the_plan_and_the_colour():
    tables = graded("0.7")
    audit = run_audit(tables)
    step = PlanStep("4.x", 4, "Name one driver.", "this week")
    names = [
        inputs_digest(tables, audit, brand=Brand()),
        inputs_digest(graded("0.8"), audit, brand=Brand()),
        inputs_digest(tables, replace(audit, as_of=date(2026, 3, 31)), brand=Brand()),
        inputs_digest(
            tables, replace(audit, standard=replace(DEFAULT_STANDARD, group_min=6)), brand=Brand()
        ),
        inputs_digest(tables, replace(audit, plan=(step,)), brand=Brand()),
        inputs_digest(tables, replace(audit, plan=(replace(step, owner="Ada"),)), brand=Brand()),
        inputs_digest(tables, audit, brand=Brand("#1f4e79")),
        inputs_digest(tables, audit, brand=Brand(), agreed=[AGREED]),
    ]
    assert len(set(names)) == len(names)
    assert inputs_digest(graded("70 %"), audit, brand=Brand()) == names[0]
