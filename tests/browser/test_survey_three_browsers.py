"""Five statements in three browsers at once, the server killed in the middle: the audit says what was said."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys

import pytest

from okrkit.installed import place
from okrkit.judge.statements import STATEMENTS

from ..publish.asking import Visitor, open_wave  # noqa: TID252
from ..publish.conftest import ROOT  # noqa: TID252
from .asked import Asked, all_saved, choice, code_of, opened, send, state
from .conftest import MOMENT, let_in

WORDS = {"yes": "Yes", "no": "No", "dont_know": "Don’t know", "not_applicable": "Not applicable"}
THREE = [
    ["yes", "no", "dont_know", "yes", "no"],
    ["yes", "yes", "no", "not_applicable", "no"],
    ["no", "yes", "no", "yes", "no"],
]
TWO_MORE = [["no", "no", "yes", "yes", "yes"], ["yes", "no", "no", "dont_know", "yes"]]
ENOUGH = 5  # who said yes or no, before the audit shows how many


@pytest.fixture
def phone(browser):
    """A phone: small, touched, its pixels dense."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740},
        device_scale_factor=3,
        is_mobile=True,
        has_touch=True,
    )
    context.set_default_timeout(MOMENT)
    yield context.new_page()
    context.close()


def tell(page, said, statement):
    """Answer as a finger or a mouse does."""
    target = choice(page, statement, WORDS[said[statement - 1]]).locator("xpath=..")
    if page.evaluate("navigator.maxTouchPoints"):
        target.tap()
    else:
        target.click()


def counted(everybody):
    """How often each word was said to each statement; nothing where too few said yes or no."""
    for number in range(len(STATEMENTS)):
        said = [one[number] for one in everybody]
        shown = said.count("yes") + said.count("no") >= ENOUGH
        yield {word: said.count(word) if shown else None for word in WORDS}


def audited(asked):
    """What `okrkit audit --json` says of each statement."""
    main = "from okrkit.cli import main; main()"
    command = [sys.executable, "-P", "-c", main, "audit", str(asked.client), "--json"]
    home = {"XDG_DATA_HOME": str(asked.data), "PYTHONPATH": str(ROOT)}
    told = subprocess.run(
        command, check=True, capture_output=True, text=True, env=os.environ | home
    )
    return [{word: one[word] for word in WORDS} for one in json.loads(told.stdout)["statements"]]


def shown(page):
    """What the audit's page says people said, statement by statement."""
    page.locator("h1.verdict-line").wait_for()
    return [
        told.inner_text()
        for told in page.get_by_role("heading", name="What people say").locator("xpath=..").all()
    ]


def test_three_browsers_a_killed_server_and_the_audit(start, watch, phone, tmp_path):
    asked = Asked(start, tmp_path, place("apps") / "audit.ipynb")
    let_in(phone.context, asked.url)
    phone.goto(f"{asked.url}readiness")
    phone.locator("[data-ready=yes]").wait_for()
    pages = [opened(watch, asked), opened(watch, asked), phone]
    people = list(zip(pages, THREE, strict=True))
    for statement in (1, 2, 3):
        for page, said in people:
            tell(page, said, statement)
    asked.site.stop(signal.SIGKILL)  # while the last of these are on their way
    for page, said in people:
        tell(page, said, 4)
    asked.serve()
    for page, said in people:
        let_in(page.context, asked.url)
        state(page, re.compile("^Saved at"))  # nobody has done anything else for it
        tell(page, said, 5)
        all_saved(page)
        send(page)
    assert [asked.words(code_of(page)) for page in pages] == THREE
    found = asked.rows()  # each with its audit row, in unbroken order
    assert (found["answer"], found["sent"], found["wave_event"]) == (15, 3, 1)
    assert found["audit_row"] == 19

    asked.close_wave()
    assert audited(asked) == list(counted(THREE))
    open_wave(asked.client, asked.data)
    for said in TWO_MORE:
        visitor = Visitor(asked.site)
        statuses = [visitor.answer(number, word) for number, word in enumerate(said, 1)]
        assert [*statuses, visitor.say("sent")[0]] == [200] * 6
    asked.close_wave()
    page = watch(asked.url).open(asked.site.audit)
    for told, said in zip(shown(page), counted([*THREE, *TWO_MORE]), strict=True):
        if said["yes"] is None:
            assert "fewer than 5 of them yes or no, so nothing more is shown" in told
        else:
            assert f"{said['yes']} yes, {said['no']} no" in told
