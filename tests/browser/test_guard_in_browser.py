"""The printed address in a real browser: it leads to the audit, once; anybody else reads what to do."""

from __future__ import annotations

import re

import pytest

from ..publish.conftest import show, write_notebook  # noqa: TID252
from .asked import Asked, all_saved, choice, opened, state
from .conftest import MOMENT, let_in

TITLE = "What the records show"
FORM = (
    "import anywidget\n"
    "class Form(anywidget.AnyWidget):\n"
    "    _esm = 'export default { render({ el }) { el.textContent = \"form\"; } }'\n"
    "Form()"
)


@pytest.fixture
def site(start, tmp_path):
    folder = tmp_path / "client"
    folder.mkdir()
    return start(write_notebook(tmp_path / "audit.ipynb", show(f"'<h1>{TITLE}</h1>'")), folder)


@pytest.fixture
def stranger(browser):
    """A browser that has never been here."""
    context = browser.new_context()
    context.set_default_timeout(MOMENT)
    yield context.new_page()
    context.close()


def test_the_printed_address_leads_to_the_audit_and_a_reload_shows_it_again(site, stranger):
    stranger.goto(site.next_link())
    stranger.get_by_role("heading", name=TITLE).wait_for()
    assert stranger.url == site.audit
    stranger.reload()
    stranger.get_by_role("heading", name=TITLE).wait_for()
    stranger.get_by_role("link", name="okrkit").click()
    stranger.wait_for_url(site.url)
    (cookie,) = (one for one in stranger.context.cookies() if one["name"] != "_xsrf")
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["expires"]) == (True, "Strict", -1)


def test_the_file_the_browser_is_given_leads_there_too(site, stranger, tmp_path):
    page = tmp_path / "open.html"
    page.write_text(f'<meta http-equiv="refresh" content="0; url={site.next_link()}">')
    stranger.goto(page.as_uri())
    stranger.get_by_role("heading", name=TITLE).wait_for()
    assert stranger.url == site.audit


def test_a_browser_without_the_address_reads_what_to_do(site, stranger):
    answer = stranger.goto(site.audit)
    assert answer.status == 403
    told = stranger.locator("main").inner_text()
    assert "Open the address that okrkit serve has printed last" in told
    assert TITLE not in stranger.content()
    font = stranger.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily")
    assert "serif" not in re.split(r",\s*", font)[0]  # the page has its style


def test_another_site_on_this_computer_reads_nothing(site, watch, start, tmp_path):
    """Cookies go to every port of a computer; what comes back is not for other origins to read."""
    folder = tmp_path / "other"
    folder.mkdir()
    other = start(write_notebook(tmp_path / "other.ipynb", "1"), folder)
    page = watch(site.url).page
    page.context.add_cookies(
        [{"name": n, "value": v, "url": other.url} for n, _, v in [other.cookie.partition("=")]]
    )
    page.goto(f"{other.url}readiness")
    for mode in ("cors", "no-cors"):
        read = page.evaluate(
            "([url, mode]) => fetch(url, {mode, credentials: 'include'}).then(r => r.text(), () => 'refused')",
            [site.audit, mode],
        )
        assert read == "refused"


def test_after_a_restart_an_open_page_says_which_address_to_open(start, watch, tmp_path):
    asked = Asked(start, tmp_path, write_notebook(tmp_path / "audit.ipynb", FORM))
    audit, survey = watch(asked.url).open(asked.site.audit), opened(watch, asked)
    audit.get_by_text("form", exact=True).wait_for()
    choice(survey, 1, "Yes").check()
    state(survey, "Saved at")
    asked.site.stop()
    asked.serve()
    audit.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    audit.get_by_role("status").get_by_text("Open the address that okrkit serve has").wait_for()
    choice(survey, 2, "No").check()
    state(survey, re.compile("Not saved yet.*Open the one okrkit serve has printed last"))
    let_in(survey.context, asked.url)
    state(survey, "Saved at")
    all_saved(survey)
