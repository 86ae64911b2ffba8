"""The frame around every app, on a small page of our own."""

from __future__ import annotations

import re
import signal

import pytest
from axe_playwright_python.sync_playwright import Axe

from ..publish.conftest import show, write_notebook  # noqa: TID252
from .watching import BLANK_MAX, BUSY_MAX, blank_milliseconds, watch_for_blanks

MARKUP = (
    '\'<article class="okr"><h1>A verdict</h1><script>window.ran = true</script>'
    "<p onclick=\"window.ran = true\">' + 'words ' * 60 + '</p></article>'"
)
SLOW = "import time\ntime.sleep(1)"
HELD = (  # the notebook reads until the test lets it go on
    "import os, pathlib, time\n"
    "while not pathlib.Path(os.environ['OKRKIT_PROJECT'], 'read').exists(): time.sleep(0.05)"
)
COUNTER = """
import anywidget, os, traitlets
class Counter(anywidget.AnyWidget):
    _esm = '''export default { render({ model, el }) {
        const button = document.createElement("button");
        const draw = () => { button.textContent = "answered " + model.get("answer"); };
        button.addEventListener("click", () => { model.set("clicks", model.get("clicks") + 1); model.save_changes(); });
        model.on("change:answer", draw); draw(); el.append(button);
    } }'''
    clicks = traitlets.Int(0).tag(sync=True)
    answer = traitlets.Int(0).tag(sync=True)
    @traitlets.observe("clicks")
    def _count(self, change):
        if change["new"] == 3:
            os._exit(1)
        self.answer = 10 * change["new"]
Counter()
"""


@pytest.fixture(scope="module")
def site(start_shared, tmp_path_factory):
    place = tmp_path_factory.mktemp("frame")
    folder = place / "Harbour & Sons <Foods>"
    folder.mkdir()
    return start_shared(write_notebook(place / "audit.ipynb", show(MARKUP), COUNTER), folder)


def test_a_form_works_under_the_strict_policy_and_no_script_in_the_html_runs(site, watch):
    watched = watch(site.url)
    page = watched.open(site.audit)
    page.get_by_role("button", name="answered 0").click()
    page.get_by_role("button", name="answered 10").wait_for()
    page.get_by_text("words words").click()
    assert page.evaluate("window.ran") is None
    assert watched.elsewhere == []
    assert all("inline" in complaint for complaint in watched.complaints)
    assert len(watched.complaints) >= 1


def test_the_clients_name_is_text_on_the_page(site, watch):
    page = watch(site.url).open(site.audit)
    assert page.title() == "Readiness audit · Harbour & Sons <Foods>"
    assert page.get_by_text("Harbour & Sons <Foods>").is_visible()


@pytest.mark.parametrize("width", [1280, 360])
def test_the_frame_is_accessible_and_fits(site, watch, width):
    page = watch(site.url).open(site.audit, width=width)
    page.get_by_role("button", name="answered 0").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert Axe().run(page).response["violations"] == []


def test_the_keyboard_skips_to_the_content(site, watch):
    page = watch(site.url).open(site.audit)
    page.get_by_role("heading", name="A verdict").wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "MAIN"


def test_a_session_that_ended_is_told_in_words(site, watch):
    page = watch(site.url).open(site.audit)
    for answer in ("answered 0", "answered 10", "answered 20"):
        page.get_by_role("button", name=answer).click()
    page.wait_for_timeout(500)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.get_by_role("status").get_by_text(re.compile("session has ended")).wait_for()
    assert page.get_by_role("heading", name="A verdict").is_visible()


def test_a_stopped_server_is_told_in_words(start, watch, tmp_path):
    (tmp_path / "client").mkdir()
    site = start(
        write_notebook(tmp_path / "audit.ipynb", show(MARKUP), COUNTER), tmp_path / "client"
    )
    page = watch(site.url).open(site.audit)
    page.get_by_role("button", name="answered 0").wait_for()
    site.stop(signal.SIGTERM)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.get_by_role("status").get_by_text(re.compile("okrkit serve has stopped")).wait_for()


def test_before_the_records_are_read_the_page_says_so(start, watch, tmp_path):
    (tmp_path / "client").mkdir()
    site = start(write_notebook(tmp_path / "audit.ipynb", HELD, show(MARKUP)), tmp_path / "client")
    page = watch(site.url).page
    watch_for_blanks(page)
    page.goto(site.audit, wait_until="commit")
    page.get_by_text("Reading the records …").wait_for()
    assert page.get_by_text("client", exact=True).is_visible()
    (tmp_path / "client" / "read").touch()
    page.get_by_role("heading", name="A verdict").wait_for()
    assert not page.get_by_text("Reading the records …").is_visible()
    assert blank_milliseconds(page) <= BUSY_MAX


@pytest.mark.long
def test_a_page_that_draws_itself_anew_is_never_blank(start, watch, tmp_path):
    (tmp_path / "client").mkdir()
    cells = (SLOW, show(MARKUP), COUNTER)
    site = start(write_notebook(tmp_path / "audit.ipynb", *cells), tmp_path / "client")
    watched = watch(site.url)
    watch_for_blanks(watched.page)
    page = watched.open(site.audit)
    for answer in ("answered 0", "answered 10", "answered 20"):
        page.get_by_role("button", name=answer).click()
    page.evaluate(  # a page looks every 15 seconds by itself
        "setInterval(() => document.dispatchEvent(new Event('visibilitychange')), 200)"
    )
    page.get_by_role("status").get_by_text(re.compile("session has ended")).wait_for()
    page.context.set_offline(True)  # noqa: FBT003
    page.get_by_role("status").get_by_text(re.compile("okrkit serve has stopped")).wait_for()
    page.context.set_offline(False)  # noqa: FBT003
    page.get_by_role("button", name="answered 0").wait_for()
    assert blank_milliseconds(page) <= BLANK_MAX
