"""A paper that is confidential says so, and to whom it may go, on every page of every form."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace

import openpyxl
import pytest

from okrkit import run_audit
from okrkit.judge.calibration.run import run_calibration
from okrkit.show.pack.audit_pack import Judged, audit_pack
from okrkit.show.pack.files import file_of
from okrkit.show.pack.papers import audit_paper
from okrkit.tables import empty_tables

WORDS = "Confidential: for Ada & Bo only."


@pytest.fixture(scope="module")
def paper():
    nothing = empty_tables()
    judged = Judged(run_audit(nothing), run_calibration(nothing))
    pack = replace(audit_pack(judged, inputs="0" * 16), confidential=WORDS)
    return audit_paper(pack, judged)


def test_the_page_says_it_at_its_head_and_foot_and_on_each_sheet_of_paper(paper):
    page = file_of(paper, "html").decode()
    assert page.count('<p class="confidential">Confidential: for Ada &amp; Bo only.</p>') == 1
    assert page.count("<b>Confidential: for Ada &amp; Bo only.</b>") == 1
    assert '@top-left { content: "Confidential: for Ada & Bo only."' in page


def test_each_sheet_of_the_workbook_says_it_on_screen_and_in_print(paper):
    book = openpyxl.load_workbook(io.BytesIO(file_of(paper, "xlsx")))
    assert {sheet["A3"].value for sheet in book} == {WORDS}
    assert {sheet.oddHeader.left.text for sheet in book} == {"&B" + WORDS.replace("&", "&&")}


def test_the_documents_say_it_in_the_head_of_each_page(paper):
    parts = zipfile.ZipFile(io.BytesIO(file_of(paper, "docx")))
    assert b"Confidential: for Ada &amp; Bo only." in parts.read("word/header1.xml")


def test_the_files_for_machines_say_it(paper):
    assert json.loads(file_of(paper, "json"))["confidential"] == WORDS
    rows = csv.DictReader(io.StringIO(file_of(paper, "csv").decode("utf-8-sig")))
    assert [row["words"] for row in rows if row["item"] == "confidential"] == [WORDS]


def test_a_paper_for_everybody_does_not_say_it(paper):
    open_ = replace(paper, pack=replace(paper.pack, confidential=""))
    for form in ("docx", "xlsx", "csv"):
        whole = file_of(open_, form)
        assert b"Confidential" not in whole
