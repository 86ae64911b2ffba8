"""A manager's own panel: plain HTML for one manager, also when the records cannot be read."""

from __future__ import annotations

import re

import nbformat
import pytest
from nbclient import NotebookClient

from okrkit.tables import empty_tables
from okrkit.widgets import own_panel as module
from okrkit.widgets.own_panel import own_panel

from ..show.invented_calibration import write_client  # noqa: TID252

OTHERS = re.compile(r"Ossa[^3]|Harbour\d|K00[^3]|K1\d\d|Zanzibar")


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    """A small client whose every word is a canary."""
    return write_client(tmp_path_factory.mktemp("clients") / "harbour")


def test_a_manager_sees_the_own_grades_and_nobody_elses(client):
    page = own_panel(client, "K003").page
    assert "Canary Ossa3" in page
    assert "<b>24</b> grades of yours" in page
    assert OTHERS.findall(page) == []


def test_it_shows_html_only_and_brings_its_styles(client, monkeypatch):
    things = []
    monkeypatch.setattr(module, "display", things.append)
    panel = own_panel(client, "K003")
    monkeypatch.setenv("OKRKIT_FRAME", "1")
    panel._ipython_display_()
    (thing,) = things
    assert type(thing).__name__ == "HTML"
    assert thing.data.startswith("<style>")
    assert thing.data.endswith(panel.page)
    monkeypatch.delenv("OKRKIT_FRAME")
    panel._ipython_display_()
    assert len(things) == 3


def test_records_that_cannot_be_read_are_told_without_what_is_in_them(tmp_path):
    (tmp_path / "grades.csv").write_text("key_result,manager,cycle,grade\nCanary,Ossa1,Q1,70\n")
    page = own_panel(tmp_path, "Ossa3").page
    assert "The records cannot be read at present." in page
    assert not re.search("Canary|Ossa|70|row|grades.csv", page)


def test_for_nobody_no_record_is_read(monkeypatch):
    def refuse(*_):
        raise AssertionError("read for nobody")

    monkeypatch.setattr(module, "read_folder", refuse)
    assert "There are no grades of yours" in own_panel("nowhere", "").page


def test_tables_do_as_well_as_a_folder():
    assert "There are no grades of yours" in own_panel(empty_tables(), "K003").page


@pytest.mark.long  # in the quick tests nbval runs it for nobody, a served site for a manager
@pytest.mark.parametrize(
    ("subject", "said"), [("", "no grades of yours"), ("K003", "Canary Ossa3")]
)
def test_the_app_shows_whom_the_launcher_names_and_else_nobody(client, root, monkeypatch, subject, said):  # fmt: skip
    monkeypatch.setenv("OKRKIT_PROJECT", str(client))
    monkeypatch.setenv("OKRKIT_SUBJECT", subject)
    monkeypatch.setenv("PYTHONPATH", str(root))
    app = nbformat.read(root / "apps" / "own.ipynb", as_version=4)
    NotebookClient(app, kernel_name="python3", startup_timeout=300, iopub_timeout=300).execute()
    *before, last = app.cells
    assert [cell.outputs for cell in before] == [[], []]
    assert {name for output in last.outputs for name in output["data"]} <= {"text/html", "text/plain"}  # fmt: skip
    written = nbformat.writes(app)
    assert said in written
    assert OTHERS.findall(written) == []
