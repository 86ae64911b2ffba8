"""A person opens the link that was sent: Start by keyboard, the client's own look, and leaving."""

from __future__ import annotations

import json

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
    page.wait_for_function(
        "document.querySelector('[data-part=count]').textContent.startsWith('1 ')"
    )
    page.wait_for_function(
        "document.querySelector('[data-part=state]').textContent.includes('aved')"
    )
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
