"""The comparison of managers as a panel: it measures once, judges again, and takes nobody's word."""

from __future__ import annotations

import re

import nbformat
import pytest
from nbclient import NotebookClient

from okrkit.errors import UsageError
from okrkit.show.calibration_page import calibration_style
from okrkit.tables import empty_tables
from okrkit.widgets import calibration_panel as module
from okrkit.widgets.audit_panel import notebook_style
from okrkit.widgets.calibration_panel import LEAST, MOST, CalibrationDesk, calibration_panel

from ..show.invented_calibration import write_client  # noqa: TID252

CANARY = re.compile(r"Canary|Ossa|Harbour|K\d{3}|Zanzibar")
PARTS = "top", "evidence", "judged", "method"
WIDGET = "application/vnd.jupyter.widget-view+json"


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    """A small client whose every word is a canary."""
    return write_client(tmp_path_factory.mktemp("clients") / "harbour")


@pytest.fixture(scope="module")
def measured(client):
    """A desk on it, measured once for all tests."""
    desk = CalibrationDesk(client)
    desk.begin()
    return desk


@pytest.fixture
def desk(measured):
    """The same desk, at its standard and with names."""
    measured.judge(0.05, without_names=False)
    return measured


@pytest.fixture
def measurements(monkeypatch):
    """How often something was measured."""
    calls = []
    measure = module.grading_of

    def counted(*given, **more):
        calls.append(given)
        return measure(*given, **more)

    monkeypatch.setattr(module, "grading_of", counted)
    return calls


def shown(desk):
    return "".join(getattr(desk, part) for part in PARTS)


def test_the_page_is_empty_until_it_is_shown_then_holds_every_part(client, desk):
    assert shown(CalibrationDesk(client)) == ""
    for part, words in zip(
        PARTS, ("verdict-line", "What can be told", "Who grades how", "each number"), strict=True
    ):
        assert words in getattr(desk, part)
    assert desk.progress == 1.0


def test_on_the_way_it_tells_what_it_does_and_how_far_it_is():
    told = []
    desk = CalibrationDesk(empty_tables())
    desk.observe(lambda change: told.append((desk.state, change["new"])), "progress")
    desk.begin()
    assert told
    assert told[-1][1] == 1.0
    assert desk.state == ""


def test_a_second_page_of_the_same_panel_measures_nothing(measurements):
    desk = CalibrationDesk(empty_tables())
    desk.begin()
    desk.begin()
    desk.judge(0.1, without_names=False)
    assert len(measurements) == 1


def test_another_limit_is_judged_at_once_and_called_a_what_if(desk):
    before = shown(desk)
    assert "Two of 8 managers clearly differ" in desk.top
    desk.judge(0.2, without_names=False)
    assert "The standard says 0.05." in desk.top
    assert desk.shown == {"limit": 0.2, "standard": 0.05, "without_names": False}
    assert desk.state.startswith("Judged with 0.20: 0 managers clearly differ")
    desk.judge(0.05, without_names=False)
    assert shown(desk) == before
    assert "What if" not in desk.top


def test_a_part_that_stays_as_it_is_is_not_sent_again(desk):
    sent = []

    def note(change):
        sent.append(change["name"])

    desk.observe(note, PARTS)
    desk.judge(0.05, without_names=False)
    assert sent == []
    desk.judge(0.06, without_names=False)
    desk.unobserve(note, PARTS)
    assert "judged" in sent


def test_without_names_no_name_is_left_in_any_part(desk):
    assert CANARY.findall(shown(desk))
    desk.judge(0.05, without_names=True)
    assert CANARY.findall(shown(desk)) == []
    assert "fewer than 5" in shown(desk)  # one of eight is severe, one generous
    assert "clearly differ" not in desk.state


@pytest.mark.parametrize(
    "limit", [None, "0.05", True, float("nan"), float("inf"), LEAST / 2, MOST * 2, -0.05, [0.05]]
)
def test_a_limit_that_is_none_is_refused_and_nothing_changes(desk, limit):
    before = shown(desk)
    with pytest.raises(UsageError):
        desk.judge(limit, without_names=False)
    assert shown(desk) == before


@pytest.mark.parametrize("view", [None, "yes", 1, 0])
def test_a_view_that_is_neither_of_the_two_is_refused(desk, view):
    with pytest.raises(UsageError, match="with or without names"):
        desk.judge(0.05, without_names=view)


@pytest.mark.parametrize(
    "sent",
    [None, 7, "judge", [], {}, {"kind": "judge"}, {"kind": "judge", "limit": {}}, {"kind": 3}],
)
def test_whatever_a_page_sends_only_words_come_back(desk, sent):
    before = shown(desk)
    desk._answer(None, sent, None)
    assert shown(desk) == before


def test_what_a_page_may_ask_for_is_done(desk):
    desk._answer(None, {"kind": "judge", "limit": 0.1, "without_names": False}, None)
    assert desk.shown["limit"] == 0.1
    desk._answer(None, {"kind": "judge", "limit": 0.05, "without_names": True}, None)
    assert desk.shown["without_names"]


def test_without_names_no_limit_shows_whom_the_standards_hides(desk):
    desk.judge(0.05, without_names=True)
    before = shown(desk)
    for hundredths in range(1, 21):
        desk._answer(
            None, {"kind": "judge", "limit": hundredths / 100, "without_names": True}, None
        )
        assert desk.shown["limit"] == 0.05
        assert shown(desk) == before


def test_a_mistake_of_ours_while_measuring_is_told_in_words_and_without_its_details(monkeypatch):
    def broken(*_, **__):
        raise LookupError("Ada Example")

    monkeypatch.setattr(module, "grading_of", broken)
    desk = CalibrationDesk(empty_tables())
    desk._answer(None, {"kind": "begin"}, None)
    assert "tell whoever runs okrkit here, with this word: LookupError." in desk.state
    assert "Ada" not in desk.state
    assert desk.progress == 1.0


def test_judging_before_measuring_is_refused_in_words():
    desk = CalibrationDesk(empty_tables())
    desk._answer(None, {"kind": "judge", "limit": 0.1, "without_names": False}, None)
    assert desk.state == "The comparison is not ready yet."


LONGER = [pytest.param(role, marks=pytest.mark.long) for role in ("manager", "respondent", "")]


@pytest.mark.parametrize("role", ["consultant", *LONGER])
def test_who_may_not_see_names_gets_none_whatever_a_page_sends(client, monkeypatch, role):
    monkeypatch.setenv("OKRKIT_ROLE", role)
    desk = CalibrationDesk(client)
    sent = []
    desk.observe(lambda change: sent.append(str(change["new"])))
    desk._answer(None, {"kind": "begin"}, None)
    assert "shareable, without names" in shown(desk)
    assert desk.shown["without_names"]
    before = shown(desk)
    for forged in (
        {"kind": "judge", "limit": 0.05, "without_names": False},
        {"kind": "judge", "limit": 0.07, "without_names": False, "role": "hr"},
        {"kind": "judge", "limit": 0.05, "without_names": False, "_names": True},
    ):
        desk._answer(None, forged, None)
        assert desk.state == "The view with names is for HR. This page shows the one without."
    desk._handle_custom_msg({"kind": "judge", "limit": 0.05, "without_names": False}, [])
    desk.set_state({"shown": {"without_names": False}, "top": "", "_names": True, "names": True})
    desk._answer(None, {"kind": "begin"}, None)
    assert CANARY.findall("".join([*sent, shown(desk), desk.desk])) == []
    assert before.count("Manager ") == shown(desk).count("Manager ")
    assert "For HR, with names" not in desk.desk


@pytest.mark.parametrize("role", ["hr", pytest.param("owner", marks=pytest.mark.long)])
def test_the_owner_and_hr_see_names_first_and_may_choose(client, monkeypatch, role):
    monkeypatch.setenv("OKRKIT_ROLE", role)
    desk = CalibrationDesk(client)
    desk.begin()
    assert "Canary Ossa1" in shown(desk)
    assert "For HR, with names" in desk.desk


def test_files_that_cannot_be_read_are_listed_with_their_remedies(tmp_path):
    (tmp_path / "grades.csv").write_text("key_result,manager,cycle,grade\nK1,P1,Q1,70\n")
    desk = calibration_panel(tmp_path).desk
    desk.begin()
    assert "grades.csv, row 2, column grade" in desk.top
    assert desk.judged == ""
    assert desk.progress == 1.0


def test_the_clients_folder_is_only_read(client):
    before = {path: path.read_bytes() for path in client.iterdir()}
    calibration_panel(client).desk.begin()
    assert {path: path.read_bytes() for path in client.iterdir()} == before


def test_where_no_page_brings_the_styles_the_panel_does(monkeypatch):
    things = []
    monkeypatch.setattr(module, "display", things.append)
    panel = calibration_panel(empty_tables())
    monkeypatch.delenv("OKRKIT_FRAME", raising=False)
    panel._ipython_display_()
    assert [thing is panel.desk for thing in things] == [False, True]
    assert things[0].data == notebook_style()
    monkeypatch.setenv("OKRKIT_FRAME", "1")
    panel._ipython_display_()
    assert things[2:] == [panel.desk]
    assert calibration_style().replace(".okr.cal", ".okr.okr.cal") in CalibrationDesk._css


def test_the_app_runs_and_keeps_no_name_in_its_file(root, tmp_path, monkeypatch):
    monkeypatch.setenv("OKRKIT_PROJECT", str(root / "sample_data"))
    monkeypatch.setenv("PYTHONPATH", str(root))
    app = nbformat.read(root / "apps" / "calibration.ipynb", as_version=4)
    NotebookClient(app, kernel_name="python3", startup_timeout=300, iopub_timeout=300).execute()
    *before, last = app.cells
    assert [cell.outputs for cell in before] == [[], []]
    kinds = [set(output["data"]) - {"text/plain"} for output in last.outputs]
    assert kinds == [{"text/html"}, {WIDGET}, {WIDGET}]
    assert "Hawdell" not in nbformat.writes(app)
