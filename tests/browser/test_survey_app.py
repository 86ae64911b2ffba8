"""The survey as people answer it: with a mouse, by keyboard, heard, on a phone, in one room."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from okrkit.judge.statements import STATEMENTS

from .asked import (
    STORED,
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


@pytest.fixture(scope="module")
def asked(start_shared, tmp_path_factory):
    return Asked(start_shared, tmp_path_factory.mktemp("asked"))


def violations(page):
    found = Axe().run(page).response["violations"]
    return [(one["id"], [node["html"][:200] for node in one["nodes"]][:3]) for one in found]


def fits(page, width):
    return page.evaluate("document.documentElement.scrollWidth") <= width


def test_from_the_first_page_to_ones_own_result_and_on_in_another_browser(asked, watch):
    watched = watch(asked.url)
    page = watched.open(asked.url)
    assert page.title() == "OKR readiness · harbour"
    assert "Open until 31 December 2999" in page.locator("main").inner_text()
    page.get_by_role("link", name="Readiness check").click()
    page.get_by_label("Team", exact=True).select_option(label="Billing")
    page.get_by_label("Level", exact=True).select_option(label="leader")
    assert page.locator("[data-part=count]").inner_text() == "0 of 5"
    answer_all(page)
    assert page.locator("[data-part=count]").inner_text() == "5 of 5"
    code = code_of(page)
    assert code not in page.url

    other = opened(watch, asked, width=360)
    assert code_of(other) != code
    resume(other, code.lower().replace("-", " "))
    other.get_by_text("5 of 5").wait_for()
    assert chosen(other) == STORED
    assert other.get_by_label("Team", exact=True).input_value() == "T3"
    choice(other, 3, "Not applicable").check()
    all_saved(other)
    state(other, "Saved at")

    page.reload()
    page.get_by_text("5 of 5").wait_for()
    assert chosen(page)[2] == "not_applicable"
    send(page)
    draft = asked.draft(code)
    assert asked.words(code) == ["yes", "no", "not_applicable", "yes", "no"]
    assert (draft.team, draft.level, draft.mode) == ("T3", "leader", "own")
    assert draft.sent_at is not None
    assert watched.complaints == []
    assert watched.elsewhere == []


def test_after_a_reload_it_goes_on_where_it_was_and_each_answer_is_one_row(start, watch, tmp_path):
    asked = Asked(start, tmp_path)
    page = opened(watch, asked)
    answer_all(page)
    page.reload()
    page.get_by_text("5 of 5").wait_for()
    assert chosen(page) == STORED
    send(page)
    assert page.get_by_role("row", name=STATEMENTS[1].text).get_by_text("Active").is_visible()
    page.reload()
    page.get_by_role("heading", level=1, name="You say yes to").wait_for()
    found = asked.rows()
    assert (found["answer"], found["sent"], found["profile"]) == (5, 1, 0)
    assert found["audit_row"] == 7  # with the opening of the wave


def test_a_comment_is_shown_as_it_was_typed_and_nothing_in_it_runs(asked, watch):
    hostile = "<img src=x onerror=\"document.title='ran'\"> & “Ada”\n{{ 7 * 7 }}"
    page = opened(watch, asked)
    comment(page, 1).fill(hostile)
    comment(page, 1).blur()
    choice(page, 1, "Yes").check()
    state(page, "Saved at")
    page.reload()
    page.get_by_text("1 of 5").wait_for()
    assert comment(page, 1).input_value() == hostile
    assert page.title() == "Readiness check · harbour"
    assert asked.comments(code_of(page)) == {1: hostile}


def test_the_whole_form_is_answered_by_keyboard(asked, watch):
    page = opened(watch, asked)
    focused = "document.activeElement.name || document.activeElement.textContent.trim()"
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "Skip to content"
    page.keyboard.press("Enter")

    def tab_to(name):
        for _ in range(30):
            page.keyboard.press("Tab")
            if page.evaluate(focused) == name:
                return
        pytest.fail(f"{name} is not reached by Tab")

    tab_to("team")
    page.keyboard.type("Bill")
    for statement in range(1, 6):
        tab_to(f"s{statement}")
        page.keyboard.press("Space")
        if statement == 2:
            page.keyboard.press("ArrowRight")
    tab_to("Send my answers")
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="You say yes to 4 of five").wait_for()
    assert page.evaluate("document.activeElement.tagName") == "H1"
    assert asked.words(code_of(page)) == ["yes", "no", "yes", "yes", "yes"]
    assert asked.draft(code_of(page)).team == "T3"


@pytest.mark.parametrize("width", [1280, 360])
def test_every_page_is_accessible_and_fits(asked, watch, width):
    page = watch(asked.url).open(asked.url, width=width)
    assert violations(page) == []
    assert fits(page, width)
    page = opened(watch, asked, width=width)
    assert violations(page) == []
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    page.get_by_role("radio", name="We answer together in one room").check()
    answer_all(page)
    assert violations(page) == []
    assert fits(page, width)
    send(page)
    assert violations(page) == []
    assert fits(page, width)


def test_a_phone_shows_four_large_targets_two_by_two(asked, watch):
    page = opened(watch, asked, width=360)
    boxes = [
        choice(page, 1, word).locator("xpath=..").bounding_box()
        for word in ("Yes", "No", "Don’t know", "Not applicable")
    ]
    assert all(box["height"] >= 52 for box in boxes)
    assert len({round(box["x"]) for box in boxes}) == 2
    assert len({round(box["y"]) for box in boxes}) == 2


def test_a_screen_reader_hears_each_statement_with_its_choices(asked, watch):
    page = opened(watch, asked)
    tree = page.locator("form").aria_snapshot()
    for statement in STATEMENTS:
        assert f'group "{statement.text}"' in tree
    for word in ("Yes", "No", "Don’t know", "Not applicable"):
        assert len(re.findall(f'radio "{word}"$', tree, re.MULTILINE)) == 5
    assert 'combobox "Team"' in tree
    assert 'combobox "Level"' in tree
    assert 'button "Send my answers"' in tree
    assert page.get_by_role("progressbar", name="Statements answered").count() == 1
    assert page.get_by_role("status").count() >= 1
    described = choice(page, 1, "Yes").locator("xpath=ancestor::fieldset")
    hint = page.locator(f"[id='{described.get_attribute('aria-describedby')}']")
    assert hint.inner_text().startswith("Yes if")


def test_a_group_in_one_room_gives_one_answer_with_what_was_said(asked, watch):
    page = opened(watch, asked)
    page.get_by_role("radio", name="We answer together in one room").check()
    assert page.get_by_text("One answer to each statement").is_visible()
    assert page.get_by_text("Note what was discussed").first.is_visible()
    comment(page, 2).fill("Sales: not in planning. Product: since May.")
    comment(page, 2).blur()
    answer_all(page)
    send(page)
    assert asked.draft(code_of(page)).mode == "together"
    assert asked.comments(code_of(page)) == {2: "Sales: not in planning. Product: since May."}


@pytest.mark.parametrize("width", [1280, 360])
def test_a_groups_result_says_so_and_shows_what_was_discussed_in_print_too(asked, watch, width):
    noted = "Sales: <b>not</b> in planning.\nProduct: since May."
    page = opened(watch, asked, width=width)
    page.get_by_role("radio", name="We answer together in one room").check()
    comment(page, 2).fill(noted)
    answer_all(page)
    send(page)
    assert page.get_by_role("heading", level=1, name="Together you say yes to 2").is_visible()
    for medium in ("screen", "print"):
        page.emulate_media(media=medium)
        result = page.locator("[data-part=result]")
        assert result.get_by_text("The group’s own result", exact=True).is_visible()
        assert not result.get_by_text("Your own result", exact=True).is_visible()
        notes = [one.text_content() for one in page.locator("[data-note]:visible").all()]
        assert notes == [noted]
    page.emulate_media(media="screen")
    assert page.get_by_role("row", name="What was discussed on statement 2").is_visible()
    assert violations(page) == []
    assert fits(page, width)


def test_ones_own_comment_is_not_shown_as_a_discussion(asked, watch):
    page = opened(watch, asked)
    comment(page, 2).fill("mine")
    answer_all(page)
    send(page)
    assert page.locator("[data-note]:visible").count() == 0
    assert page.get_by_text("You said", exact=True).is_visible()


@pytest.mark.parametrize(
    ("words", "lead", "no_yes"),
    [
        (["Yes"] * 5, False, False),
        (["Yes"] * 4 + ["No"], False, False),
        (["Yes"] * 4 + ["Not applicable"], False, True),
        (["Yes"] * 3 + ["No", "No"], True, False),
        (["Yes"] * 3 + ["No", "Don’t know"], True, True),
    ],
)
def test_the_lead_about_killers_stands_only_where_it_applies(asked, watch, words, lead, no_yes):
    page = opened(watch, asked)
    for statement, word in enumerate(words, 1):
        choice(page, statement, word).check()
    all_saved(page)
    send(page)
    assert page.get_by_text("Three yes or fewer mean").is_visible() is lead
    assert page.get_by_text("count as no yes here.").is_visible() is no_yes


def test_statements_left_open_are_named_before_sending(asked, watch):
    page = opened(watch, asked)
    page.get_by_role("button", name="Send my answers").click()
    page.get_by_text("Answer at least one statement").wait_for()
    for statement in (1, 2, 4):
        choice(page, statement, "Yes").check()
    page.get_by_role("button", name="Send my answers").click()
    page.get_by_text("Statements 3, 5 have no answer yet").wait_for()
    page.get_by_role("button", name="Send without").click()
    page.get_by_role("heading", level=1, name="2 statements are not answered yet").wait_for()
    assert page.get_by_role("row", name=STATEMENTS[2].text).get_by_text("No answer").is_visible()
    assert len(asked.words(code_of(page))) == 3


def test_the_own_result_can_be_printed_on_one_page(asked, watch):
    page = opened(watch, asked)
    answer_all(page)
    send(page)
    page.emulate_media(media="print")
    assert page.get_by_role("heading", level=1).is_visible()
    assert page.get_by_role("row", name=STATEMENTS[4].text).is_visible()
    assert not page.get_by_role("button", name="Print, or save as PDF").is_visible()
    printed = page.pdf(format="Letter")  # shorter than A4
    assert len(re.findall(rb"/Type /Page\b", printed)) == 1
