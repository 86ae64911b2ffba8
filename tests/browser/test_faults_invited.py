"""Whatever breaks while an invited visitor's page is open: it says so, stays readable, and comes back."""

from __future__ import annotations

import os
import re
import signal
import time

import pytest

from okrkit.keep.codes import respondent_of
from okrkit.keep.plan_file import load_plan

from ..publish.asking import WAVE  # noqa: TID252
from ..publish.attacked import Attacked  # noqa: TID252
from ..publish.company import write_company  # noqa: TID252
from ..publish.conftest import children, gone, kernels  # noqa: TID252
from ..publish.visiting import invitations  # noqa: TID252
from .asked import all_saved
from .conftest import MOMENT
from .watching import BLANK_MAX, BUSY_MAX, blank_milliseconds, watch_for_blanks

LONG = pytest.mark.long  # a page looks every 15 seconds, and a network is gone for two minutes
LOST = "Not saved yet, trying again: the connection is gone. What you entered is kept on this page."


class Fault:
    def __init__(self, place):
        folder = write_company(place / "acme", lambda field, row: f"{field} {row}", 12)
        self.attacked = Attacked({"/acme/": folder}, place / "data", place / "stderr.txt")
        self.attacked.open_wave("/acme/", WAVE)
        self.attacked.start()
        self.folder, self.data = folder, place / "data"

    @property
    def url(self):
        return f"{self.attacked.site.url}acme/"

    def kill_server(self):
        below = children(self.attacked.site.process.pid)
        self.attacked.site.stop(signal.SIGKILL)
        assert all(gone(pid) for pid in below)

    def answers(self, code):
        """What the store holds under a code."""
        with self.attacked.store("/acme/") as store:
            draft = store.draft(respondent_of(code), WAVE)
        return {key: (one.answer, one.comment) for key, one in draft.answers.items()}

    def plan(self):
        """Owners in the plan, as it is kept."""
        return {step.owner for step in load_plan(self.folder, home=self.data / "okrkit")} - {""}


@pytest.fixture(scope="module")
def fault(tmp_path_factory):
    fault = Fault(tmp_path_factory.mktemp("faults"))
    yield fault
    fault.attacked.site.stop()


@pytest.fixture
def come(browser, fault):
    """An invited visitor's page, watched for blanks."""
    contexts = []

    def begin(role):
        context = browser.new_context(reduced_motion="reduce")
        context.set_default_timeout(MOMENT)
        contexts.append(context)
        page = context.new_page()
        page.goto(fault.attacked.link("/acme/", role))
        page.get_by_role("button", name="Start").click()
        page.locator(".frame-head").wait_for()
        watch_for_blanks(page)
        return page

    yield begin
    for context in contexts:
        context.close()


def answering(fault, page):
    page.goto(f"{fault.url}readiness")
    page.locator("[data-ready=yes]").wait_for()
    choose(page, 1)
    saved(page)
    return page.locator("[data-part=code]").first.text_content()


def choose(page, statement, word="yes"):
    page.locator(f"input[name=s{statement}][value={word}]").check()


def saved(page):
    all_saved(page)
    page.locator("[data-part=state]").get_by_text("Saved").wait_for()


def planning(fault, page):
    page.goto(f"{fault.url}audit")
    page.locator(".plan-form input").first.wait_for()


def enter_owner(page, text, row=0):
    field = page.get_by_role("textbox", name=re.compile("^Owner")).nth(row)
    field.fill(text)
    field.blur()
    return field


def owner_saved(page):
    page.locator(".plan-form .state").get_by_text(re.compile("^Saved at")).wait_for()


def hear(page, words):
    """The page looks every 15 seconds whether its session lives, and says what it found."""
    page.locator("#session").get_by_text(words).wait_for()


def drawn_anew(page):
    """The page has reloaded by itself and its form is there."""
    page.locator("body:not([data-before]) .plan-form input").first.wait_for()


def never_blank(*pages):
    assert [blank_milliseconds(page) <= BLANK_MAX for page in pages] == [True] * len(pages)


def test_a_page_that_goes_blank_is_noticed(page):
    watch_for_blanks(page)
    page.route(
        "http://blank.invalid/",
        lambda route: route.fulfill(body="<main>text</main>", content_type="text/html"),
    )
    page.goto("http://blank.invalid/")
    page.wait_for_timeout(100)
    assert blank_milliseconds(page) <= BUSY_MAX
    page.evaluate("document.querySelector('main').textContent = ''")
    for _ in range(1200):
        if blank_milliseconds(page) <= BLANK_MAX:
            page.wait_for_timeout(50)
    page.evaluate("document.querySelector('main').textContent = 'text'")
    page.wait_for_timeout(100)
    assert blank_milliseconds(page) > BLANK_MAX


@LONG
def test_a_server_that_is_killed_and_started_again_finds_every_visitor_and_every_answer(
    fault, come
):
    page = come("respondent")
    code = answering(fault, page)
    other, third = come("hr"), come("facilitator")
    for one in (other, third):
        planning(fault, one)
        one.evaluate("document.body.dataset.before = 1")
    enter_owner(other, "Ada before")
    owner_saved(other)
    fault.kill_server()
    choose(page, 2, "no")
    page.locator("textarea[name=c3]").evaluate("one => { one.closest('details').open = true; }")
    page.locator("textarea[name=c3]").fill("written while it was down")
    page.locator("[data-part=state]").get_by_text(LOST).wait_for()
    enter_owner(third, "Bo, while it was down", 1)
    third.locator(".plan-form .state").get_by_text(
        "Not saved yet. okrkit does not answer."
    ).wait_for()
    hear(other, "The site cannot be reached just now. Everything stays readable")
    fault.attacked.start()
    saved(page)
    assert fault.answers(code) == {
        1: ("yes", ""), 2: ("no", ""), 3: ("", "written while it was down"),
    }  # fmt: skip
    drawn_anew(other)
    assert (
        other.get_by_role("textbox", name=re.compile("^Owner")).first.input_value() == "Ada before"
    )
    enter_owner(other, "Ada after")
    owner_saved(other)
    hear(third, "What is not saved stays in its field: copy it, then reload this page.")
    assert (
        third.get_by_role("textbox", name=re.compile("^Owner")).nth(1).input_value()
        == "Bo, while it was down"
    )
    assert "Ada after" in fault.plan()
    never_blank(page, other, third)


@LONG
def test_when_a_pages_kernel_is_killed_the_page_says_so_and_a_reload_brings_the_form_back(
    fault, come
):
    page = come("hr")
    before = kernels(fault.attacked.site.process.pid)
    planning(fault, page)
    kernel = max(kernels(fault.attacked.site.process.pid) - before)  # after what it is a copy of
    enter_owner(page, "Cy")
    owner_saved(page)
    os.kill(kernel, signal.SIGKILL)
    hear(page, "This page's session has ended")
    never_blank(page)
    page.reload()
    page.locator(".plan-form input").first.wait_for()
    assert page.get_by_role("textbox", name=re.compile("^Owner")).first.input_value() == "Cy"
    never_blank(page)


@LONG
@pytest.mark.parametrize("seconds", [1, 30, 120])
def test_when_the_network_comes_back_what_was_entered_is_saved_and_the_plan_can_be_filled_in(
    fault, come, seconds
):
    page, other = come("respondent"), come("hr")
    code = answering(fault, page)
    planning(fault, other)
    for one in (page, other):
        one.context.set_offline(True)
    choose(page, 2)
    choose(page, 5, "dont_know")
    page.locator("[data-part=state]").get_by_text("Not saved yet, trying again").wait_for()
    other.wait_for_timeout(seconds * 1000)
    if seconds > 20:
        hear(other, "The site cannot be reached just now.")
    for one in (page, other):
        one.context.set_offline(False)
    saved(page)
    assert {key: answer for key, (answer, _) in fault.answers(code).items()} == {
        1: "yes",
        2: "yes",
        5: "dont_know",
    }
    other.wait_for_timeout(3000)
    other.locator(".plan-form input").first.wait_for()
    for _ in range(6):
        enter_owner(other, f"Di {seconds}")
        other.wait_for_timeout(3000)
        if f"Di {seconds}" in fault.plan():
            break
    assert f"Di {seconds}" in fault.plan()
    never_blank(page, other)


@LONG
def test_what_was_acknowledged_before_a_tab_is_closed_is_there_in_the_next(fault, come):
    page = come("respondent")
    code = answering(fault, page)
    page.locator("textarea[name=c1]").evaluate("one => { one.closest('details').open = true; }")
    page.locator("textarea[name=c1]").fill("typed just before")
    again = page.context.new_page()
    page.close(run_before_unload=False)
    again.goto(f"{fault.url}readiness")
    again.locator("[data-ready=yes]").wait_for()
    saved(again)
    assert fault.answers(code)[1] == ("yes", "typed just before")


@LONG
def test_a_page_that_slept_goes_on_where_it_was(fault, come):
    page, other = come("respondent"), come("hr")
    code = answering(fault, page)
    planning(fault, other)
    for one in (page, other):
        session = one.context.new_cdp_session(one)
        session.send("Page.setWebLifecycleState", {"state": "frozen"})
        one.context.set_offline(True)
    time.sleep(20)
    for one in (page, other):
        one.context.set_offline(False)
        session = one.context.new_cdp_session(one)
        session.send("Page.setWebLifecycleState", {"state": "active"})
    choose(page, 4)
    saved(page)
    assert set(fault.answers(code)) == {1, 4}
    enter_owner(other, "Eli", 2)
    owner_saved(other)
    never_blank(page, other)


@LONG
def test_who_is_revoked_meanwhile_reads_so_and_loses_nothing_that_was_acknowledged(fault, come):
    page, other = come("respondent"), come("facilitator")
    code = answering(fault, page)
    planning(fault, other)
    enter_owner(other, "Flo", 3)
    owner_saved(other)
    with invitations(fault.folder, fault.data) as kept:
        kept.revoke_all()
    choose(page, 2, "no")
    page.locator("[data-part=state]").get_by_text(
        "Your visit has ended. Open the link you were sent"
    ).wait_for()
    hear(other, "Your visit has ended. Everything stays readable and what was saved is kept.")
    assert fault.answers(code) == {1: ("yes", "")}
    assert "Flo" in fault.plan()
    never_blank(page, other)
    page.goto(fault.attacked.link("/acme/", "respondent"))
    page.get_by_role("button", name="Start").click()
    page.goto(f"{fault.url}readiness")
    page.locator("[data-ready=yes]").wait_for()
    saved(page)
    assert fault.answers(code) == {1: ("yes", ""), 2: ("no", "")}
