"""The survey in a notebook: what its form shows, and what it does with whatever a page sends."""

from __future__ import annotations

import secrets
from datetime import UTC, date, datetime

import pytest

from okrkit.judge.statements import STATEMENTS
from okrkit.keep.codes import new_code, respondent_of
from okrkit.keep.place import store_path
from okrkit.keep.store import open_store
from okrkit.widgets import survey_panel as module
from okrkit.widgets.landing_panel import landing_panel
from okrkit.widgets.survey_panel import survey_panel

WAVE = "2026-Q4"


@pytest.fixture
def client(tmp_path):
    folder = tmp_path / "harbour"
    folder.mkdir()
    (folder / "teams.csv").write_text("team,name,level\nT1,<i>Billing</i>,team\n", encoding="utf-8")
    return folder


@pytest.fixture
def store(client, tmp_path):
    with open_store(store_path(client, home=tmp_path), now=lambda: datetime.now(UTC)) as store:
        store.open_wave(WAVE, date(2999, 12, 31))
        yield store


@pytest.fixture
def form(client, store, tmp_path):
    panel = survey_panel(client, home=tmp_path)
    assert panel.form is not None
    return panel.form


def said(code, **more):
    return {"code": code, "wave": WAVE, "key": secrets.token_urlsafe(18)} | more


def test_the_form_is_the_one_the_site_shows(form):
    assert all(statement.text in form.markup for statement in STATEMENTS)
    assert "&lt;i&gt;Billing&lt;/i&gt;" in form.markup
    assert 'data-wave="2026-Q4"' in form.markup


def test_what_is_answered_is_kept_and_sent_once(form, store):
    code = new_code(secrets.token_bytes)
    for statement in range(1, 6):
        reply = form.reply("answer", said(code, statement=statement, answer="yes", comment=""))
        assert reply["done"]
    assert form.reply("sent", said(code))["done"]
    draft = form.reply("draft", {"code": code, "wave": WAVE})
    assert draft["result"]["active_killer"] is False
    assert len(store.answers(WAVE)) == 5
    refused = form.reply("answer", said(code, statement=1, answer="no", comment=""))
    assert (refused["done"], refused["over"]) == (False, True)
    assert store.draft(respondent_of(code), WAVE).answers[1].answer == "yes"


@pytest.mark.parametrize(
    ("kind", "sent"),
    [
        ("answer", None), ("answer", []), ("answer", "yes"), ("answer", {"code": 1}), (None, {}),
        ("open_wave", {}), (["answer"], {}), ("__class__", {}), ("draft", {"code": "x", "wave": WAVE}),
    ],
)  # fmt: skip
def test_what_no_form_of_ours_sends_is_refused_in_words(form, store, kind, sent):
    reply = form.reply(kind, sent)
    assert not reply["done"]
    assert reply["why"]
    assert dict(store.info().rows)["answer"] == 0


def test_without_an_open_wave_the_panel_says_so(client, tmp_path):
    panel = survey_panel(client, home=tmp_path)
    assert panel.form is None
    assert "okrkit wave open" in panel.page
    assert not store_path(client, home=tmp_path).exists()


def test_after_the_wave_has_closed_the_panel_says_so(client, store, tmp_path):
    store.close_wave(WAVE)
    panel = survey_panel(client, home=tmp_path)
    assert panel.form is None
    assert "This check has closed" in panel.page


def test_the_first_page_leads_to_the_notebooks_beside_it(client, store, tmp_path):
    page = landing_panel(client, home=tmp_path).page
    assert 'href="readiness.ipynb"' in page
    assert 'href="audit.ipynb"' in page
    assert "Open until 31 December 2999" in page


def test_a_mistake_of_ours_is_told_in_words_and_the_form_tries_again(form, monkeypatch):
    def broken(*_):
        raise LookupError("Ada Example")

    told = []
    monkeypatch.setattr(form, "send", told.append)
    monkeypatch.setattr(module, "reply_to", broken)
    form._answer(None, {"id": "x-1", "kind": "draft", "said": {}}, None)
    ((number, reply),) = [(one["id"], one["reply"]) for one in told]
    assert (number, reply["done"], reply["again"]) == ("x-1", False, True)
    assert "tell whoever runs okrkit here, with this word: LookupError." in reply["why"]
    assert "Ada" not in reply["why"]
