"""The panel as a notebook shows it: a page that can be read without a widget, then the form."""

from __future__ import annotations

import shutil
from datetime import date

import nbformat
import pytest
from nbclient import NotebookClient

from okrkit.errors import InputError
from okrkit.keep.plan_file import load_plan, plan_path, save_plan
from okrkit.show.style import stylesheet
from okrkit.tables import empty_tables
from okrkit.widgets import audit_panel as module
from okrkit.widgets.audit_panel import audit_panel, notebook_style

WIDGET = "application/vnd.jupyter.widget-view+json"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A data folder of this test's own."""
    monkeypatch.setattr("okrkit.keep.plan_file.user_data_path", lambda name: tmp_path / name)


@pytest.fixture
def client(tmp_path):
    folder = tmp_path / "harbour"
    folder.mkdir()
    (folder / "key_results.csv").write_text(
        "key_result,objective,text,driver\nK1,O1,Launch <b>it</b>,\nK2,O1,Raise renewals from 82 % to 90 %,P1\n"
    )
    return folder


@pytest.fixture
def shown(monkeypatch):
    """What a panel displays."""
    things = []
    monkeypatch.setattr(module, "display", things.append)
    return things


def test_the_page_comes_first_and_needs_no_widget(client, shown, monkeypatch):
    monkeypatch.setenv("OKRKIT_FRAME", "1")
    panel = audit_panel(client)
    panel._ipython_display_()
    page, editor, maker, back = shown
    assert 'class="verdict-line"' in page.data
    assert editor is panel.editor
    assert maker is panel.maker
    assert "How to read this" in back.data


def test_where_no_page_brings_the_styles_the_panel_does(client, shown, monkeypatch):
    monkeypatch.delenv("OKRKIT_FRAME", raising=False)
    audit_panel(client)._ipython_display_()
    assert shown[0].data == notebook_style()
    assert notebook_style().replace(".okr.okr", ".okr") == f"<style>{stylesheet()}</style>"
    assert len(shown) == 5


def test_what_clients_wrote_is_text_on_the_page(client):
    page = audit_panel(client).page
    assert "&lt;b&gt;it&lt;/b&gt;" in page
    assert "<b>it</b>" not in page


def test_what_was_entered_is_there_the_next_time(client):
    editor = audit_panel(client).editor
    key = editor.steps[0]["key"]
    editor.enter(key, "owner", "Ada")
    assert audit_panel(client).editor.steps[0]["owner"] == "Ada"
    assert [step.owner for step in load_plan(client)] == ["Ada"]


def test_the_clients_folder_is_only_read(client):
    before = {path.name: path.read_bytes() for path in client.iterdir()}
    panel = audit_panel(client)
    panel.editor.enter(panel.editor.steps[0]["key"], "owner", "Ada")
    assert {path.name: path.read_bytes() for path in client.iterdir()} == before


def test_tables_have_no_folder_to_keep_a_plan_for_so_it_is_shown_as_rows(tables):
    panel = audit_panel(tables, as_of=date(2026, 9, 30))
    assert panel.editor is None
    assert "as of 30 September 2026" in panel.page
    assert "Name the teams on another scale" in panel.page


def test_without_a_step_there_is_no_form():
    panel = audit_panel(empty_tables())
    assert panel.editor is None
    assert "Nothing asks for a step yet." in panel.page


def test_files_that_cannot_be_read_are_listed_with_their_remedies(tmp_path):
    (tmp_path / "grades.csv").write_text("key_result,manager,cycle,grade\nK1,P1,Q1,70\n")
    panel = audit_panel(tmp_path)
    assert panel.editor is None
    assert "grades.csv, row 2, column grade" in panel.page


def test_a_folder_that_is_not_there_is_told_on_a_page(tmp_path):
    assert "okrkit new" in audit_panel(tmp_path / "nowhere").page


def test_a_damaged_plan_is_told_on_a_page_and_left(client):
    save_plan(client, ())
    plan_path(client).write_text("{")
    assert "move it away to begin a new plan" in audit_panel(client).page
    with pytest.raises(InputError):
        load_plan(client)


def test_the_app_runs_and_shows_style_page_and_form(root, tmp_path, monkeypatch):
    shutil.copytree(root / "sample_data", tmp_path / "client")
    monkeypatch.setenv("OKRKIT_PROJECT", str(tmp_path / "client"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("PYTHONPATH", str(root))
    app = nbformat.read(root / "apps" / "audit.ipynb", as_version=4)
    NotebookClient(app, kernel_name="python3", startup_timeout=300, iopub_timeout=300).execute()
    *before, last = app.cells
    assert [cell.outputs for cell in before] == [[], []]
    kinds = [set(output["data"]) - {"text/plain"} for output in last.outputs]
    assert kinds == [{"text/html"}, {"text/html"}, {WIDGET}, {WIDGET}, {"text/html"}]
    assert "Quillmere Instruments" not in last.outputs[0]["data"]["text/html"]
    assert 'class="verdict-line"' in last.outputs[1]["data"]["text/html"]
