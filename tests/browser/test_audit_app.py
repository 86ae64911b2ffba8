"""The readiness audit as a consultant sees it: `okrkit serve`, a browser, the sample company."""

from __future__ import annotations

import re
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe

from okrkit.installed import place


@pytest.fixture(scope="module")
def sample(serve, tmp_path_factory):
    """The app on the sample company, started without a folder."""
    return serve(None, tmp_path_factory.mktemp("data"))


def opened(watched, url, width=1280):
    """The page once its verdict stands and its plan can be filled in."""
    page = watched.open(f"{url}audit", width=width)
    page.locator("h1.verdict-line").wait_for()
    page.locator(".frame-form input").first.wait_for()
    return page


def test_the_verdict_stands_on_top_in_one_sentence(sample, watch):
    page = watch(sample).open(f"{sample}audit")
    verdict = page.locator("h1")
    verdict.wait_for()
    assert verdict.count() == 1
    assert re.fullmatch(r"[A-Z].+\.", verdict.inner_text().strip(), re.DOTALL)
    assert page.title() == "Readiness audit · Quillmere Instruments"
    assert page.get_by_text("Invented sample company").first.is_visible()


def test_the_five_statements_are_quoted_and_the_rows_open_by_keyboard(sample, watch):
    page = opened(watch(sample), sample)
    assert page.get_by_text("Every team in the org uses the same OKR template").first.is_visible()
    summary = page.locator("summary", has_text="Show rows").first
    rows = summary.locator("xpath=..").locator("table").first
    assert not rows.is_visible()
    summary.focus()
    page.keyboard.press("Enter")
    assert rows.is_visible()


def test_nothing_is_asked_of_another_host_and_the_console_is_clean(sample, watch):
    watched = watch(sample)
    opened(watched, sample).wait_for_timeout(1000)
    assert watched.elsewhere == []
    assert watched.complaints == []


@pytest.mark.parametrize("width", [1280, 360])
def test_the_page_is_accessible_closed_and_open(sample, watch, width):
    page = opened(watch(sample), sample, width)
    assert violations(page) == []
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert violations(page) == []


def violations(page):
    found = Axe().run(page).response["violations"]
    return [(one["id"], [node["html"][:200] for node in one["nodes"]][:3]) for one in found]


def test_nothing_scrolls_sideways_on_a_phone(sample, watch):
    page = opened(watch(sample), sample, 360)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_changed_file_shows_after_a_reload(serve, watch, tmp_path):
    folder = tmp_path / "client"
    shutil.copytree(place("sample_data"), folder)
    url = serve(folder, tmp_path)
    page = opened(watch(url), url)
    before = page.locator("main").inner_text()
    assert "Harbour Ops renamed" not in before
    teams = folder / "standard.toml"
    text = teams.read_text(encoding="utf-8")
    teams.write_text(text.replace("Quillmere 2026-3", "Harbour Ops renamed"), encoding="utf-8")
    page.reload()
    page.locator("h1.verdict-line").wait_for()
    assert "Harbour Ops renamed" in page.locator("main").inner_text()


def test_a_refused_folder_lists_every_problem_with_its_remedy(serve, watch, tmp_path):
    folder = tmp_path / "client"
    folder.mkdir()
    (folder / "objectives.csv").write_text("objective,title\nO1,Win\n", encoding="utf-8")
    (folder / "grades.csv").write_text(
        "key_result,manager,cycle,grade\nK1,M1,C1,lots\n", encoding="utf-8"
    )
    url = serve(folder, tmp_path)
    watched = watch(url)
    page = watched.open(f"{url}audit")
    page.locator("h1").wait_for()
    text = page.locator("main").inner_text()
    assert "objectives.csv" in text
    assert "grades.csv" in text
    assert "lots" in text
    assert "Traceback" not in text
    assert violations(page) == []
    assert watched.complaints == []


def test_what_is_entered_in_the_plan_is_there_after_a_reload(serve, watch, tmp_path):
    url = serve(None, tmp_path)
    page = opened(watch(url), url)
    owner = page.get_by_role("textbox", name=re.compile("^Owner")).first
    owner.fill("Maren Oldfield")
    owner.blur()
    page.get_by_text(re.compile(r"^Saved")).first.wait_for()
    page.reload()
    again = page.get_by_role("textbox", name=re.compile("^Owner")).first
    again.wait_for()
    assert again.input_value() == "Maren Oldfield"
