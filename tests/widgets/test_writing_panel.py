"""The clinic as a panel: it judges what it is sent, keeps a reason, and takes nobody's word."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient

from okrkit.errors import UsageError
from okrkit.keep.dismissals import load_dismissals
from okrkit.tables import Tables, empty_tables
from okrkit.widgets import writing_panel as module
from okrkit.widgets.writing_panel import CHARACTERS_MAX, TEXTS_MAX, WritingDesk, writing_panel

OWN = ["Print the map", "Raise sales by 4 %", "Draw the plan", "Cut waste by a third"]


def tables():
    return Tables.from_frames(
        teams=pd.DataFrame(
            {"team": ["T1", "T2"], "name": ["North", "<b>South</b>"], "level": ["team"] * 2}
        ),
        objectives=pd.DataFrame(
            {
                "objective": ["O1", "O2"],
                "title": ["Be loved", "Be fast"],
                "team": ["T1", "T2"],
                "cycle": ["C1"] * 2,
            }
        ),
        key_results=pd.DataFrame(
            {"key_result": ["K1", "K2", "K3", "K4"], "objective": ["O1", "O2"] * 2, "text": OWN}
        ),
    )


@pytest.fixture
def desk():
    made = WritingDesk(tables())
    made.begin()
    return made


def test_it_opens_with_examples_that_nobody_wrote(desk):
    assert len(desk.items) == 5
    assert desk.verdict.startswith("2 of 5 say what will be done")


def test_a_team_is_picked_by_its_id_and_names_stay_text(desk):
    assert [one["name"] for one in desk.teams] == ["<b>South</b> (3)", "North (3)"]
    desk.pick("T1")
    assert [item["text"] for item in desk.items] == ["Be loved", "Print the map", "Draw the plan"]
    assert desk.items[0]["form"].startswith("In the standard form.")


def test_what_the_clients_key_results_show_together_says_what_it_lacks(desk):
    told, *more = desk.together["findings"]
    assert told["claim"] == "2 of 4 key results (50\u00a0%) are worded as outputs."
    assert [one["enough"] for one in more] == [False, True, True, True, False]
    assert desk.together["shares"][1][1:] == ["North", "100\u00a0%", "2 of 2"]


def test_objectives_are_judged_as_objectives_when_the_page_says_so(desk):
    desk.judge(["Launch the loyalty card"], "objective")
    (item,) = desk.items
    assert item["kind"] == "todo"
    assert [piece["place"] for piece in item["slots"]["pieces"]] == ["goal", "", "by"]
    assert item["rewrite"]["initiatives"] == ["Launch the loyalty card"]
    assert item["form"].startswith("Not in the standard form: no outcome.")
    desk.check("Delight regulars this spring", "objective")
    assert desk.checked["kind"] == "goal_like"
    with pytest.raises(UsageError):
        desk.judge(["Launch the loyalty card"], "boss")


def test_pieces_put_together_are_the_text_again(desk):
    texts = ["  Publish <b>the</b> handbook \U0001f642 by 30 June", "", "مرحبا 5 %", "=SUM(A1)"]
    desk.judge(texts)
    for text, item in zip(texts, desk.items, strict=True):
        assert "".join(piece["text"] for piece in item["pieces"]) == text


def test_a_rewrite_is_judged_and_nothing_else_changes(desk):
    before = desk.items
    desk.check("Raise renewals from 82 % to 90 %")
    assert desk.checked["kind"] == "outcome"
    assert desk.items == before


def test_practice_deals_work_and_change_in_turn(desk):
    desk.pick("T1")
    desk.practise()
    assert [one["answer"] for one in desk.drill] == ["done", "different", "done", "different"]


def test_a_finding_is_set_aside_with_its_reason_for_the_clients_folder(tmp_path):
    folder = tmp_path / "client"
    folder.mkdir()
    desk = WritingDesk(folder, home=tmp_path / "home")
    desk.judge(["Write 10 posts"])
    desk.set_aside("Write 10 posts", "counted_work", " Agreed. ", withdrawn=False)
    assert desk.items[0]["findings"][0]["set_aside"] == "Agreed."
    (kept,) = load_dismissals(folder, home=tmp_path / "home")
    assert (kept.text, kept.rule, kept.reason) == ("Write 10 posts", "counted_work", "Agreed.")
    desk.set_aside("Write 10 posts", "counted_work", "", withdrawn=True)
    assert desk.items[0]["findings"][0]["set_aside"] is None


@pytest.mark.parametrize(
    "sent",
    [None, [], "text", {}, {"kind": "judge"}, {"kind": "judge", "texts": "Write"},
     {"kind": "judge", "texts": [1]}, {"kind": "judge", "texts": ["a"] * (TEXTS_MAX + 1)},
     {"kind": "judge", "texts": ["a" * (CHARACTERS_MAX + 1)]}, {"kind": "pick", "team": "T9"},
     {"kind": "pick", "team": ["T1"]}, {"kind": "check", "text": None}, {"kind": "set_aside"},
     {"kind": "set_aside", "text": OWN[0], "rule": 5, "reason": "x"}, {"kind": "close"}],
)  # fmt: skip
def test_whatever_a_page_sends_is_answered_in_words(desk, sent):
    before = desk.items
    desk._answer(None, sent, None)
    assert desk.items == before


def test_without_a_folder_nothing_is_set_aside(desk):
    assert not desk.keeps
    with pytest.raises(UsageError, match="folder"):
        desk.set_aside(desk.items[0]["text"], "output", "x", withdrawn=False)


def test_a_client_without_key_results_has_no_teams_to_pick():
    desk = writing_panel(empty_tables()).desk
    desk._answer(None, {"kind": "begin"}, None)
    assert desk.teams == []
    assert desk.state == ""


def test_the_app_is_three_cells_that_show_the_panel():
    root = Path(__file__).resolve().parents[2]
    app = nbformat.read(root / "apps" / "writing.ipynb", as_version=4)
    assert len(app.cells) == 3
    assert "writing_panel(folder)" in app.cells[-1].source
    assert NotebookClient(app)


def test_a_mistake_of_ours_is_told_in_words_and_without_its_details(desk, monkeypatch):
    def broken(*_):
        raise LookupError("Ada Example")

    monkeypatch.setattr(module, "judge_texts", broken)
    desk._answer(None, {"kind": "check", "text": "Write 10 posts"}, None)
    assert "tell whoever runs okrkit here, with this word: LookupError." in desk.state
    assert "Ada" not in desk.state
