"""Nothing a visitor entered is lost: when the line breaks, a page is left, or two are open."""

from __future__ import annotations

import re

import pytest

from ..publish.conftest import until  # noqa: TID252
from .asked import (
    STORED,
    WORDS,
    Asked,
    all_saved,
    answer_all,
    choice,
    chosen,
    code_of,
    comment,
    opened,
    resume,
    send,
    state,
)

LOST = re.compile("Not saved yet, trying again: the connection is gone")


@pytest.fixture(scope="module")
def asked(start_shared, tmp_path_factory):
    """One that several visitors answer, each under a code of their own."""
    return Asked(start_shared, tmp_path_factory.mktemp("asked"))


@pytest.fixture
def alone(start, tmp_path):
    """One for a single test."""
    return Asked(start, tmp_path)


def test_what_is_answered_before_the_script_has_come_is_kept(asked, watch):
    held = []
    page = watch(asked.url).page
    page.route("**/survey.js", lambda route: held.append(route))
    page.goto(f"{asked.url}readiness", wait_until="commit")
    choice(page, 2, "No").check()
    comment(page, 2).fill("early")
    held[0].continue_()
    state(page, "Saved at")
    assert asked.words(code_of(page)) == ["no"]
    assert asked.comments(code_of(page)) == {2: "early"}


def test_nothing_is_lost_while_the_line_is_down(asked, watch):
    page = opened(watch, asked)
    choice(page, 1, "Yes").check()
    state(page, "Saved at")
    page.context.set_offline(True)
    choice(page, 2, "No").check()
    state(page, LOST)
    assert page.locator("[data-mark='answer:2']").inner_text() == "Not saved yet"
    choice(page, 1, "Don’t know").check()
    comment(page, 1).fill("typed without a line")
    assert asked.words(code_of(page)) == ["yes"]
    page.context.set_offline(False)
    state(page, "Saved at")
    all_saved(page)
    assert asked.words(code_of(page)) == ["dont_know", "no"]
    assert asked.comments(code_of(page)) == {1: "typed without a line"}


def test_what_waits_is_shown_and_sent_by_the_next_page_of_this_browser(asked, watch):
    page = opened(watch, asked)
    page.context.set_offline(True)
    choice(page, 4, "No").check()
    comment(page, 4).fill("kept")
    state(page, LOST)
    page.close()
    page.context.set_offline(False)
    again = page.context.new_page()
    again.goto(f"{asked.url}readiness")
    state(again, "Saved at")
    all_saved(again)
    assert chosen(again)[3] == "no"
    assert comment(again, 4).input_value() == "kept"
    assert asked.words(code_of(again)) == ["no"]
    assert asked.comments(code_of(again)) == {4: "kept"}


def test_a_page_that_is_left_in_the_middle_of_a_word_keeps_it(asked, watch):
    page = opened(watch, asked)
    comment(page, 5).press_sequentially("We never lo")
    code = code_of(page)
    page.goto(asked.url)
    page.goto(f"{asked.url}readiness")
    all_saved(page)
    assert comment(page, 5).input_value() == "We never lo"
    assert asked.comments(code) == {5: "We never lo"}


def test_a_page_that_is_closed_at_once_has_sent_everything(asked, watch):
    page = opened(watch, asked)
    code = code_of(page)
    page.evaluate(
        """() => {
            for (const n of [1, 2, 3, 4, 5]) document.querySelector(`[name=s${n}][value=no]`).click();
            const text = document.querySelector("[name=c2]");
            text.value = "closed at once";
            text.dispatchEvent(new Event("input", { bubbles: true }));
        }"""
    )
    page.close(run_before_unload=True)
    until(lambda: asked.words(code) == ["no"] * 5)  # each comes on its own
    until(lambda: asked.comments(code) == {2: "closed at once"})


def test_two_pages_of_one_browser_are_one_visitor(asked, watch):
    page = opened(watch, asked)
    choice(page, 1, "Yes").check()
    state(page, "Saved at")
    second = page.context.new_page()
    second.goto(f"{asked.url}readiness")
    second.get_by_text("1 of 5").wait_for()
    assert code_of(second) == code_of(page)
    choice(second, 1, "No").check()
    for statement in (2, 3, 4, 5):
        choice(second, statement, "No").check()
    all_saved(second)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.get_by_text("5 of 5").wait_for()
    assert chosen(page) == ["no"] * 5
    send(second)
    choice(page, 3, "Yes").check()
    page.get_by_role("heading", level=1, name="You say yes to 0 of five").wait_for()
    assert asked.words(code_of(page)) == ["no"] * 5


def test_two_pages_opened_before_the_first_answer_are_one_visitor_too(asked, watch):
    page = opened(watch, asked)
    second = page.context.new_page()
    second.goto(f"{asked.url}readiness")
    choice(second, 1, "Yes").check()
    state(second, "Saved at")
    choice(page, 2, "No").check()
    state(page, "Saved at")
    all_saved(page)
    assert code_of(page) == code_of(second)
    assert asked.words(code_of(page)) == ["yes", "no"]


def test_somebody_else_on_the_same_device_has_a_code_of_their_own(asked, watch):
    page = opened(watch, asked)
    answer_all(page)
    first = code_of(page)
    send(page)
    page.get_by_role("button", name="Somebody else answers here").click()
    page.get_by_text("0 of 5").wait_for()
    assert code_of(page) != first
    assert chosen(page) == [""] * 5
    choice(page, 1, "No").check()
    state(page, "Saved at")
    assert asked.words(first) == STORED
    assert asked.words(code_of(page)) == ["no"]


def test_going_on_with_a_code_withdraws_what_was_answered_beside_it(asked, watch):
    page = opened(watch, asked)
    answer_all(page)
    other = opened(watch, asked)
    choice(other, 1, "No").check()
    state(other, "Saved at")
    before = code_of(other)
    resume(other, "ABCD-ABCD-ABCD-ABCD")
    other.get_by_text("Nothing has been answered under this code").wait_for()
    resume(other, "not a code")
    other.get_by_text("four groups of four").wait_for()
    resume(other, code_of(page))
    other.get_by_text("Continue once more to withdraw").wait_for()
    resume(other, code_of(page))
    other.get_by_text("5 of 5").wait_for()
    all_saved(other)
    assert code_of(other) == code_of(page)
    assert asked.words(code_of(page)) == STORED
    assert asked.words(before) == [""]


def test_a_check_that_closes_meanwhile_says_so_and_keeps_what_was_saved(alone, watch):
    page = opened(watch, alone)
    choice(page, 1, "Yes").check()
    state(page, "Saved at")
    code = code_of(page)
    alone.close_wave()
    choice(page, 2, "Yes").check()
    state(page, "This check has closed")
    assert choice(page, 3, "Yes").is_disabled()
    page.reload()
    page.get_by_role("heading", name="This check has closed").wait_for()
    assert alone.words(code) == ["yes"]


ONE_TEAM = "Please write one team, without a semicolon."


@pytest.fixture
def typed(start, tmp_path):
    """One whose folder has no list of teams: the team is typed."""
    asked = Asked(start, tmp_path)
    (asked.client / "teams.csv").unlink()
    return asked


def test_what_is_refused_is_kept_marked_and_named_before_sending(typed, watch):
    page = opened(watch, typed)
    choice(page, 1, "Yes").check()
    state(page, "Saved at")
    team = page.get_by_label("Team (optional)")
    team.fill("Sales; Billing")
    state(page, f"Not saved. {ONE_TEAM}")
    page.reload()
    page.get_by_text("1 of 5").wait_for()
    assert team.input_value() == "Sales; Billing"
    assert page.locator("[data-mark=profile]").inner_text() == f"Not saved. {ONE_TEAM}"
    page.get_by_role("button", name="Send my answers").click()
    page.get_by_text(f"Not saved: team and level. {ONE_TEAM} Correct it, or send").wait_for()
    team.fill("Sales")
    team.blur()
    page.locator("[data-mark=profile]").get_by_text("Saved at").wait_for()
    page.reload()
    page.get_by_text("1 of 5").wait_for()
    assert team.input_value() == "Sales"
    assert "Not saved" not in page.locator("form").inner_text()
    page.get_by_role("button", name="Send my answers").click()
    page.get_by_role("button", name="Send without").click()
    page.get_by_role("heading", level=1, name="You say yes to 1").wait_for()
    assert typed.draft(code_of(page)).team == "Sales"


def test_nothing_is_sent_over_what_is_refused_meanwhile(typed, watch):
    page = opened(watch, typed)
    answer_all(page)
    page.get_by_label("Team (optional)").fill("Sales; Billing")
    page.evaluate("document.querySelector('[data-part=send]').click()")  # before it is saved
    page.get_by_text("Not saved: team and level.").wait_for()
    assert typed.draft(code_of(page)).sent_at is None
    assert page.get_by_label("Team (optional)").is_enabled()
    page.get_by_role("button", name="Send without").click()
    page.get_by_role("heading", level=1, name="You say yes to").wait_for()
    assert typed.draft(code_of(page)).team == ""
    assert page.evaluate("Object.keys(localStorage).every(name => !name.includes('refused:'))")


def test_a_browser_that_may_keep_nothing_still_saves(asked, watch):
    watched = watch(asked.url)
    watched.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked'); } })"
    )
    page = watched.open(f"{asked.url}readiness")
    for statement, word in enumerate(WORDS, 1):
        choice(page, statement, word).check()
    send(page)
    assert asked.words(code_of(page)) == STORED


def test_the_first_page_hides_small_counts_and_says_when_results_are_shown(alone, watch):
    page = opened(watch, alone)
    answer_all(page)
    send(page)
    page.goto(alone.url)
    told = page.locator("main").inner_text()
    assert "Fewer than 5 people have sent their answers" in told
    assert "when the check closes, or once 10 people have sent" in told
    closed = alone.close_wave()
    page.reload()
    told = page.locator("main").inner_text()
    assert f"Closed on {closed.closed_at.astimezone().day} " in told
    assert "Fewer than 5 people answered, so nothing is shown" in told
    assert page.get_by_role("link", name="Readiness check").count() == 0
