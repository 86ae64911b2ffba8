"""The comparison of managers as HR sees it: `okrkit serve`, a browser, the slider, and no names."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from okrkit.show.report import render_calibration
from okrkit.show.shareable import shareable

from ..publish.conftest import write_notebook  # noqa: TID252
from ..show.invented_calibration import (  # noqa: TID252
    SEVERE,
    calibration,
    manager,
    no_grades,
    nothing_separates,
    write_client,
)

CANARY = re.compile(r"Canary|Ossa|Harbour|K\d{3}|Zanzibar")
WIDTHS = pytest.mark.parametrize("width", [1280, 360])


@pytest.fixture(scope="module")
def url(serve, tmp_path_factory):
    """The app on a small client whose every word is a canary."""
    place = tmp_path_factory.mktemp("data")
    return serve(write_client(place / "company"), place)


def opened(watched, url, width=1280):
    """The page once it is measured and judged."""
    page = watched.open(f"{url}calibration", width=width)
    page.locator("h1.verdict-line").wait_for()
    page.get_by_role("slider").wait_for()
    return page


def slide(page, limit):
    page.get_by_role("slider").fill(limit)
    page.get_by_role("status").get_by_text(f"Judged with {limit}").wait_for()


def look(page, view):
    """Choose a view and wait until the page shows it."""
    page.get_by_label(view).check()
    kind = "shareable" if view.startswith("Shareable") else "for HR only"
    page.locator(".kicker", has_text=kind).wait_for()


def violations(page):
    found = Axe().run(page).response["violations"]
    return [(one["id"], [node["html"][:200] for node in one["nodes"]][:3]) for one in found]


def open_all(page):
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")


def test_the_verdict_comes_with_who_differs_and_the_page_names_itself(url, watch):
    page = opened(watch(url), url)
    assert page.title().startswith("Manager comparison")
    assert "Two of 8 managers clearly differ" in page.locator("h1").inner_text()
    differ = page.locator('[data-group="differ"] tr[data-find]')
    assert differ.count() == 2
    assert "Clearly more severe" in differ.first.inner_text()


def test_the_slider_judges_again_by_keyboard_and_says_what_came_of_it(url, watch):
    page = opened(watch(url), url)
    page.get_by_role("slider").focus()
    # In JupyterLab the notebook takes the keys of whatever has the focus without this.
    assert page.evaluate("document.activeElement.dataset.lmSuppressShortcuts") == "true"
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    page.get_by_role("status").get_by_text("Judged with 0.07").wait_for()
    assert "material above 0.07?" in page.locator(".whatif").inner_text()
    page.get_by_role("button", name="Back to the standard").click()
    page.get_by_role("status").get_by_text("Judged with 0.05").wait_for()
    assert page.locator(".whatif").count() == 0


def test_what_was_opened_stays_open_when_it_is_judged_again(url, watch):
    page = opened(watch(url), url)
    page.locator("summary", has_text="Show these 6 managers").click()
    slide(page, "0.06")
    assert page.locator('[data-group="alike"] details[open]').count() == 1


def test_without_names_nothing_in_the_page_holds_one(url, watch):
    page = opened(watch(url), url)
    assert CANARY.search(page.content())
    look(page, "Shareable, without names")
    assert CANARY.findall(page.content()) == []
    look(page, "For HR, with names")
    assert page.get_by_text("Canary Ossa1").first.is_visible()


def test_a_manager_is_found_by_name_wherever_the_row_is_folded(url, watch):
    page = opened(watch(url), url)
    page.get_by_label("Find a manager").fill("ossa7")
    rows = page.locator("tr[data-find]:visible")
    rows.first.wait_for()
    assert rows.count() >= 1
    assert all("Ossa7" in one for one in rows.all_inner_texts())
    page.get_by_label("Find a manager").fill("")
    assert page.locator('[data-group="differ"] tr[data-find]:visible').count() == 2


@WIDTHS
def test_both_views_are_accessible_closed_and_open_and_nothing_scrolls_sideways(url, watch, width):
    page = opened(watch(url), url, width)
    for view in ("For HR, with names", "Shareable, without names"):
        look(page, view)
        assert violations(page) == []
        open_all(page)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_nothing_is_asked_of_another_host_and_the_console_is_clean(url, watch):
    watched = watch(url)
    slide(opened(watched, url), "0.08")
    assert watched.elsewhere == []
    assert watched.complaints == []


def test_files_that_cannot_be_read_are_told_on_the_page(serve, watch, tmp_path):
    folder = tmp_path / "client"
    folder.mkdir()
    (folder / "grades.csv").write_text("key_result,manager,cycle,grade\nK1,M1,C1,lots\n")
    url = serve(folder, tmp_path)
    page = watch(url).open(f"{url}calibration")
    page.locator("h1").wait_for()
    assert "lots" in page.locator("main").inner_text()
    assert not page.get_by_role("slider").is_visible()
    assert violations(page) == []


LONG = "<script>window.ran = 1</script><img src=x onerror='window.ran = 1'> " + "Unbrokenword" * 20


def hostile():
    """A comparison whose every text of a client's is long, unbroken and looks like markup."""
    one = manager(1, SEVERE, -0.1, name=LONG, team=LONG, why=LONG, innocent=LONG)
    return calibration(client=LONG, cycles=(LONG,), managers=(one, *calibration().managers[1:]))


FILES = {
    "forty": calibration(),
    "tier d": nothing_separates(),
    "no grades": no_grades(),
    "shareable": shareable(calibration()),
    "hostile": hostile(),
}


SPILLS = """() => [...document.querySelectorAll('.cal td, .cal th')].filter(
    cell => cell.clientHeight && cell.scrollHeight > cell.clientHeight + 4
).map(cell => cell.outerHTML.slice(0, 200))"""


@WIDTHS
def test_no_cell_of_the_file_spills_over_the_next(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.set_content(render_calibration(calibration()))
    open_all(page)
    assert page.evaluate(SPILLS) == []


@WIDTHS
@pytest.mark.parametrize("name", FILES)
def test_the_file_is_accessible_and_as_wide_as_the_screen(page, name, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.set_content(render_calibration(FILES[name]))
    open_all(page)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("window.ran") is None


def test_printed_what_is_folded_is_open_and_what_it_can_say_has_a_page_of_its_own(page):
    page.set_content(render_calibration(calibration()))
    page.emulate_media(media="print")
    assert page.locator("#cal-open-alike tr[data-find]").first.is_visible()
    assert page.locator(".trc tr[data-find]").last.is_visible()
    before = page.evaluate("getComputedStyle(document.querySelector('.limits')).breakBefore")
    assert before == "page"
    assert 3 <= max(map(int, re.findall(rb"/Count (\d+)", page.pdf()))) <= 16


@pytest.mark.long
def test_a_mistake_of_ours_while_reading_is_told_in_words_and_sends_no_traceback(
    start, watch, tmp_path
):
    planted = (
        "from okrkit.tables import empty_tables\n"
        "from okrkit.widgets import calibration_panel as module\n"
        "def broken(*_, **__):\n    raise LookupError('Ada Example')\n"
        "module.grading_of = broken\n"
        "module.calibration_panel(empty_tables())"
    )
    site = start(write_notebook(tmp_path / "audit.ipynb", planted), tmp_path)
    watched = watch(site.url)
    said = []
    watched.page.on(
        "websocket",
        lambda socket: socket.on("framereceived", lambda frame: said.append(frame)),
    )
    page = watched.open(site.audit)
    told = page.locator("[data-part=state]")
    told.get_by_text("Something went wrong inside okrkit").wait_for()
    assert "Reload this page." in told.inner_text()
    assert page.get_by_role("progressbar").count() == 0
    assert said
    assert "Ada Example" not in str(said)
    assert watched.complaints == []
