"""The template workbook is valid as it stands and explains itself."""

import openpyxl
import pytest

from okrkit.read import read_folder, write_template
from okrkit.schemas import SCHEMAS


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    path = tmp_path_factory.mktemp("new") / "okr.xlsx"
    write_template(path)
    return path


def test_read_back_without_a_change_it_is_valid(template):
    tables = read_folder(template.parent)
    assert {name: len(frame) for name, frame in tables} == dict.fromkeys(SCHEMAS, 2)
    assert {(note.table, note.kind, note.count) for note in tables.notes} == {
        ("objectives", "similar", 2),
        ("key_results", "similar", 2),
    }
    assert all("template's examples" in note.text for note in tables.notes)


def test_every_header_has_a_note_and_every_fixed_word_a_drop_down(template):
    book = openpyxl.load_workbook(template)
    for name, schema in SCHEMAS.items():
        sheet = book[name]
        assert [cell.value for cell in sheet[1]] == [column.name for column in schema.columns]
        assert all(cell.comment is not None for cell in sheet[1])
        lists = {
            str(rule.sqref).split(":")[0].rstrip("0123456789")
            for rule in sheet.data_validations.dataValidation
        }
        fixed = [cell.column_letter for cell, column in zip(sheet[1], schema.columns, strict=True)
                 if column.words or column.kind in ("yes_no", "status")]  # fmt: skip
        assert sorted(lists) == sorted(fixed)
