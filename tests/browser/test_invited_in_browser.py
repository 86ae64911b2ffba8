"""A person opens the link that was sent: Start by keyboard, the client's own look, and leaving."""

from __future__ import annotations

import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from ..publish.asking import open_wave  # noqa: TID252
from ..publish.visiting import invite, start_for_others, two_clients  # noqa: TID252


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("invited")
    said = json.dumps(two_clients(folder))
    brand = 'client = "Harbour & <b>Sons</b>"\n[brand]\ncolour = "#ffd200"\n'
    (folder / "acme" / "standard.toml").write_text(brand, encoding="utf-8")
    open_wave(folder / "acme", folder / "data")
    site = start_for_others(said, folder / "stderr.txt", folder / "data")
    yield site, folder
    site.stop()


def came_in(page, place, role):
    """Open the link and press Start with the keyboard."""
    site, folder = place
    page.goto(f"{site.url}acme/i/{invite(folder / 'acme', folder / 'data', role)}")
    page.get_by_role("button", name="Start").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/i/" not in url)


@pytest.mark.parametrize("width", [1280, 360])
def test_the_invitation_and_what_it_opens_are_accessible_and_fit(watch, place, width):
    site, folder = place
    token = invite(folder / "acme", folder / "data", "respondent")
    watched = watch(site.url)
    page = watched.open(f"{site.url}acme/i/{token}", width=width)
    for _ in range(2):
        assert Axe().run(page).response["violations"] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        if "/i/" in page.url:
            came_in(page, place, "hr")
    assert page.locator(".frame-client").inner_text() == "Harbour & <b>Sons</b>"
    head = page.locator(".frame-head")
    assert head.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 210, 0)"
    assert head.evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"
    assert (watched.complaints, watched.elsewhere) == ([], [])


def test_a_respondent_answers_anonymously_and_leaves(watch, place):
    watched = watch(place[0].url)
    came_in(watched.page, place, "respondent")
    page = watched.page
    assert page.url.endswith("/acme/readiness")
    assert "Your answers are anonymous" in page.locator(".seen").inner_text()
    page.locator("fieldset label", has_text="Yes").first.click()
    page.locator("[data-part=count]", has_text=re.compile(r"^1 ")).wait_for()
    page.locator("[data-part=state]", has_text="saved").wait_for()
    page.get_by_role("button", name="Leave").click()
    page.get_by_role("heading", name="You have left").wait_for()
    page.goto(f"{place[0].url}acme/readiness")
    page.get_by_role("heading", name="This page is not open to you").wait_for()


def test_in_one_browser_two_clients_stay_apart(watch, place):
    site, folder = place
    page = watch(site.url).page
    came_in(page, place, "hr")
    page.goto(f"{site.url}beta/i/{invite(folder / 'beta', folder / 'data', 'hr')}")
    page.get_by_role("button", name="Start").click()
    page.wait_for_url(f"{site.url}beta/")
    assert "Harbour" not in page.content()
    page.get_by_role("button", name="Leave").click()
    page.get_by_role("heading", name="You have left").wait_for()
    page.goto(f"{site.url}acme/")
    page.get_by_role("heading", name="Do OKRs work at Harbour").wait_for()


def answered(page, text):
    """Say yes to the first statement with a comment, wait until that is saved; the code."""
    page.locator("fieldset label", has_text="Yes").first.click()
    page.locator("summary:has(+ textarea), details:has(textarea) > summary").first.click()
    page.locator("textarea").first.fill(text)
    page.locator("[data-mark='answer:1']", has_text="Saved at").wait_for()
    all_sent(page)
    return code_kept(page)


def all_sent(page):
    """Wait until nothing waits in the browser any more; the page's rules forbid a string as code."""
    for _ in range(1200):
        if not page.evaluate("Object.keys(localStorage).some(name => name.includes(':wait:'))"):
            return
        page.wait_for_timeout(100)
    raise AssertionError("something still waits to be sent")


def code_kept(page):
    return page.evaluate(
        "localStorage.getItem(Object.keys(localStorage).find(name => name.endsWith(':code')))"
    )


def left(page):
    page.get_by_role("button", name="Leave").click()
    page.get_by_role("heading", name="You have left").wait_for()
    page.locator("[data-place]:not(:has-text('may still be'))").wait_for()
    return page.locator("main").inner_text()


def test_who_comes_after_somebody_who_left_begins_with_an_empty_form_and_another_code(watch, place):
    watched = watch(place[0].url)
    page = watched.page
    came_in(page, place, "respondent")
    first = answered(page, "Only mine.")
    told = left(page)
    assert f"Your code: {first}. Write it down" in told
    assert "This browser keeps nothing of your answers." in told
    assert page.evaluate("Object.keys(localStorage)") == []
    came_in(page, place, "respondent")
    page.wait_for_selector("[data-ready]")
    assert code_kept(page) != first
    assert page.locator("[data-part=count]").inner_text().startswith("0 of")
    assert "Only mine." not in page.locator("textarea").evaluate_all("all => all.map(e => e.value)")
    assert (watched.complaints, watched.elsewhere) == ([], [])


def test_what_was_not_saved_when_somebody_left_is_kept_and_sent_under_their_code(watch, place):
    page = watch(place[0].url).page
    came_in(page, place, "respondent")
    first = answered(page, "Saved before.")
    page.evaluate(
        """code => {
          const name = Object.keys(localStorage).find((one) => one.endsWith(":code"));
          const said = { statement: 1, answer: "no", comment: "Late." };
          const item = { code, slot: "answer:1", kind: "answer", said, key: "K".repeat(24) };
          localStorage.setItem(name.replace(/code$/, "wait:000000000000001"), JSON.stringify(item));
        }""",
        first,
    )
    page.route("**/readiness/answer", lambda route: route.abort())
    told = left(page)
    assert "Not everything has been saved yet." in told
    page.unroute("**/readiness/answer")
    came_in(page, place, "respondent")
    page.wait_for_selector("[data-ready]")
    all_sent(page)
    assert page.locator("[data-part=count]").inner_text().startswith("0 of")
    page.locator("[data-part=resume] summary").click()
    page.locator("input[name=code]").fill(first)
    page.locator("input[name=code]").press("Enter")
    page.locator("[data-mark='answer:1']", has_text="Saved at").wait_for()
    assert page.locator("textarea").first.input_value() == "Late."


def test_what_was_refused_is_named_when_somebody_leaves(watch, place):
    page = watch(place[0].url).page
    came_in(page, place, "respondent")
    page.wait_for_selector("[data-ready]")
    refusal = {"done": False, "again": False, "over": False, "why": "Say it in fewer words."}
    page.route("**/readiness/answer", lambda route: route.fulfill(status=400, json=refusal))
    page.locator("fieldset label", has_text="Yes").nth(2).click()
    page.locator("[data-mark='answer:3']", has_text="Not saved. Say it in fewer words.").wait_for()
    told = left(page)
    assert "Not saved, and no longer kept here: statement 3. Say it in fewer words." in told
    assert page.evaluate("Object.keys(localStorage)") == []


@pytest.mark.long
def test_a_second_tab_shows_nothing_of_somebody_who_has_left(watch, place):
    watched = watch(place[0].url)
    page, other = watched.page, watched.page.context.new_page()
    came_in(page, place, "respondent")
    first = answered(page, "Only mine.")
    other.goto(f"{place[0].url}acme/readiness")
    other.locator("[data-mark='answer:1']", has_text="Saved").wait_for()
    assert other.locator("textarea").first.input_value() == "Only mine."
    left(page)
    other.get_by_role("heading", name="This visit has ended").wait_for()
    assert other.locator("main :is(textarea, input)").count() == 0
    assert first not in other.content()
    assert Axe().run(other).response["violations"] == []


def test_nothing_is_entered_under_the_code_of_somebody_who_has_left(watch, place):
    """A tab that slept heard nothing of it; the next person finds it still open."""
    page = watch(place[0].url).page
    came_in(page, place, "respondent")
    answered(page, "Only mine.")
    sent = []
    page.on("request", lambda request: sent.append(request.url))
    page.evaluate(
        "Object.keys(localStorage).forEach(name => localStorage.setItem(name, 'somebody else'))"
    )
    page.locator("fieldset label", has_text="No").first.click()
    page.get_by_role("heading", name="This visit has ended").wait_for()
    page.wait_for_timeout(300)
    assert not any("answer" in address for address in sent)


@pytest.mark.long
def test_records_go_from_other_tabs_when_somebody_leaves(watch, place):
    page = watch(place[0].url).page
    came_in(page, place, "hr")
    other = page.context.new_page()
    other.goto(f"{place[0].url}acme/audit")
    other.get_by_text("pid").wait_for()
    page.get_by_role("button", name="Leave").click()
    other.get_by_text("You have left in another tab.").wait_for()
    assert "pid" not in other.locator("main").inner_text()


def test_without_scripts_the_page_after_leaving_says_what_to_do(watch, place):
    page = watch(place[0].url).page
    came_in(page, place, "respondent")
    page.route("**/assets/left.js", lambda route: route.abort())
    page.get_by_role("button", name="Leave").click()
    page.get_by_role("heading", name="You have left").wait_for()
    assert "delete the data of this site" in page.locator("main").inner_text()


@pytest.mark.long
def test_who_finds_all_places_taken_reads_so_and_gets_in_when_one_is_free(watch, tmp_path):
    said = json.dumps({**two_clients(tmp_path), "seats": 1})
    site = start_for_others(said, tmp_path / "stderr.txt", tmp_path / "data")
    try:
        first, other = watch(site.url).page, watch(site.url)
        for page in (first, other.page):
            came_in(page, (site, tmp_path), "hr")
        first.goto(f"{site.url}acme/audit")
        first.get_by_text("pid").wait_for()
        page = other.page
        page.clock.install()
        page.goto(f"{site.url}acme/audit")
        page.get_by_text("Nothing is lost: what was saved is kept.").wait_for()
        page.get_by_role("status").get_by_text(
            "asks every 15 seconds and opens by itself"
        ).wait_for()
        assert Axe().run(page).response["violations"] == []
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")  # Try now
        page.get_by_role("heading", name="All places are taken").wait_for()
        page.get_by_role("status").get_by_text("asks every").wait_for()
        with page.expect_response(lambda answer: answer.request.method == "HEAD") as asked:
            page.clock.fast_forward(15_000)
        assert asked.value.status == 503
        first.goto(f"{site.url}acme/")
        with page.expect_navigation():
            page.clock.fast_forward(15_000)
        page.get_by_text("pid").wait_for()
    finally:
        site.stop()
