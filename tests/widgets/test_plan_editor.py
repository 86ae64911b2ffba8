"""The form for the plan, without a browser: what a page may send, and what comes of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from okrkit import run_audit
from okrkit.errors import InputError, UsageError
from okrkit.judge.plan import PlanStep
from okrkit.keep.plan_file import load_plan, plan_path, save_plan
from okrkit.tables import empty_tables
from okrkit.widgets import plan_editor as module
from okrkit.widgets.plan_editor import PlanEditor

STEPS = (
    PlanStep("4.driver", 4, "Name one driver.", "this week", "8 have none."),
    PlanStep("5.train", 5, "Train on own examples.", "one cycle", owner="Bo"),
)
AUDIT = replace(run_audit(empty_tables()), plan=STEPS)


@pytest.fixture
def home(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "client"
    place.mkdir()
    save_plan(place, STEPS, home=tmp_path / "data")
    return place


@pytest.fixture
def editor(folder, home):
    return PlanEditor(AUDIT, folder, home=home)


@pytest.fixture
def told(editor, monkeypatch):
    """What the form tells its page."""
    answers = []
    monkeypatch.setattr(editor, "send", answers.append)
    return answers


def kept(folder, home):
    return {step.key: step for step in load_plan(folder, home=home)}


def test_the_form_shows_the_plan_with_its_killers_names(editor):
    assert [(row["killer"], row["step"], row["owner"]) for row in editor.steps] == [
        ("4 Weak accountability loops", "Name one driver.", ""),
        ("5 Task-based key results", "Train on own examples.", "Bo"),
    ]


def test_an_entry_is_kept_with_its_step_and_beside_the_others(editor, folder, home):
    assert editor.enter("4.driver", "owner", " Ada ") == "Ada"
    editor.enter("4.driver", "due", "2026-10-31")
    editor.enter("4.driver", "status", "agreed")
    editor.enter("4.driver", "comment", "with <b>care</b>")
    assert kept(folder, home)["4.driver"] == replace(
        STEPS[0], owner="Ada", due="2026-10-31", status="agreed", comment="with <b>care</b>"
    )
    assert kept(folder, home)["5.train"] == STEPS[1]
    assert editor.steps[0]["owner"] == "Ada"


def test_an_emptied_field_is_emptied_in_what_is_kept(editor, folder, home):
    editor.enter("5.train", "owner", "")
    assert kept(folder, home) == {}


@pytest.mark.parametrize(
    ("key", "field", "text"),
    [
        ("9.none", "owner", "Ada"),
        ("4.driver", "step", "Do nothing."),
        ("4.driver", "killer", "1"),
        ("4.driver", "due", "soon"),
        ("4.driver", "status", "nearly"),
        ("4.driver", "owner", "x" * 121),
        ("4.driver", "comment", "x" * 2_000_000),
    ],
)
def test_what_does_not_fit_changes_nothing(editor, folder, home, key, field, text):
    with pytest.raises(UsageError):
        editor.enter(key, field, text)
    assert kept(folder, home) == {"5.train": STEPS[1]}
    assert editor.steps[0]["due"] == ""


def test_what_another_page_entered_is_shown_before_it_can_be_replaced(editor, folder, home):
    other = PlanEditor(AUDIT, folder, home=home)
    other.enter("4.driver", "owner", "Cleo")
    with pytest.raises(UsageError, match="Another page changed this to “Cleo” meanwhile"):
        editor.enter("4.driver", "owner", "Ada")
    assert kept(folder, home)["4.driver"].owner == "Cleo"
    assert editor.steps[0]["owner"] == "Cleo"
    editor.enter("4.driver", "owner", "Ada")
    assert kept(folder, home)["4.driver"].owner == "Ada"


def test_two_pages_that_fill_in_different_fields_both_keep_theirs(editor, folder, home):
    other = PlanEditor(AUDIT, folder, home=home)
    other.enter("4.driver", "owner", "Cleo")
    editor.enter("4.driver", "due", "2026-10-31")
    other.enter("5.train", "owner", "")
    assert kept(folder, home) == {"4.driver": replace(STEPS[0], owner="Cleo", due="2026-10-31")}
    with pytest.raises(UsageError, match="Another page emptied this"):
        editor.enter("5.train", "owner", "Ada")


def test_a_damaged_plan_is_told_and_left(editor, folder, home):
    plan_path(folder, home=home).write_text("{")
    with pytest.raises(InputError, match="cannot be read"):
        editor.enter("4.driver", "owner", "Ada")
    assert plan_path(folder, home=home).read_text() == "{"


def test_a_page_is_told_what_became_of_each_entry(editor, told, folder, home):
    editor._answer(editor, {"id": 1, "key": "4.driver", "field": "owner", "text": " Ada"}, [])
    editor._answer(editor, {"id": 2, "key": "4.driver", "field": "due", "text": "soon"}, [])
    assert told[0] == {"id": 1, "saved": True, "value": "Ada"}
    assert (told[1]["id"], told[1]["saved"]) == (2, False)
    assert told[1]["why"].startswith("Expected a day such as 2026-10-31")
    assert kept(folder, home)["4.driver"].owner == "Ada"


@pytest.mark.parametrize(
    "sent", [None, "x", [], {}, {"id": "1"}, {"id": None, "key": "4.driver", "field": "owner"}]
)
def test_a_message_that_is_none_of_ours_is_left_alone(editor, told, folder, home, sent):
    editor._answer(editor, sent, [])
    assert told == []
    assert kept(folder, home) == {"5.train": STEPS[1]}


@pytest.mark.parametrize("text", [None, 4, ["Ada"], {"a": 1}])
def test_an_entry_that_is_no_text_is_refused(editor, told, text):
    editor._answer(editor, {"id": 7, "key": "4.driver", "field": "owner", "text": text}, [])
    assert [(answer["id"], answer["saved"]) for answer in told] == [(7, False)]


def test_rows_a_page_writes_over_do_not_reach_what_is_kept(editor, folder, home):
    editor.steps = [{"key": "4.driver", "owner": "Mallory", "step": "Do nothing."}]
    editor.enter("4.driver", "due", "2026-10-31")
    assert kept(folder, home)["4.driver"] == replace(STEPS[0], due="2026-10-31")
    assert editor.steps[0]["owner"] == ""


def test_a_mistake_of_ours_is_told_in_words_and_without_its_details(editor, told, monkeypatch):
    def broken(*_):
        raise LookupError("Ada Example")

    monkeypatch.setattr(module, "entry", broken)
    editor._answer(editor, {"id": 3, "key": "4.driver", "field": "owner", "text": "Bo"}, [])
    assert [(one["id"], one["saved"]) for one in told] == [(3, False)]
    assert "tell whoever runs okrkit here, with this word: LookupError." in told[0]["why"]
    assert "Ada" not in told[0]["why"]
