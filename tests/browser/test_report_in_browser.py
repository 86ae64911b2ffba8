"""The report as a browser shows and prints it: nothing runs, nothing overflows, paper is not wasted."""

from __future__ import annotations

import dataclasses
import re

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe

from okrkit.brand import Brand
from okrkit.judge.audit import run_audit
from okrkit.judge.plan import PlanStep
from okrkit.show.audit_page import PageContext
from okrkit.show.report import render_report
from okrkit.tables import Tables, empty_tables

from ..pictures import png  # noqa: TID252

BRAND = Brand("#808080", png(1000, 40), "logo.png")  # of all colours the hardest to write on
LONG = "<script>window.ran = 1</script><img src=x onerror='window.ran = 1'> " + "Unbrokenword" * 20


def hostile():
    """An audit whose every text of a client's is long, unbroken and looks like markup."""
    tables = Tables.from_frames(
        teams=pd.DataFrame({"team": ["T1"], "name": [LONG], "level": ["team"]}),
        objectives=pd.DataFrame(
            {"objective": ["O1"], "title": [LONG], "team": "T1", "cycle": "C1"}
        ),
        key_results=pd.DataFrame({"key_result": ["K1"], "objective": "O1", "text": [LONG]}),
        answers=pd.DataFrame({"respondent": list("abcdef"), "statement": "1", "answer": "yes"}),
    )
    step = PlanStep("9.own", 1, LONG, "this week", LONG, LONG, "2026-10-31", "open", LONG)
    return dataclasses.replace(run_audit(tables), client=LONG, plan=(step,))


def shown(audit):
    context = PageContext(audit.client, invented=True, found=(LONG,), brand=BRAND)
    return render_report(audit, context=context)


def open_all(page):
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")


WIDTHS = pytest.mark.parametrize("width", [1280, 360])


@WIDTHS
def test_nothing_a_client_wrote_makes_the_page_wider_or_runs(page, tables, width):
    page.set_viewport_size({"width": width, "height": 900})
    for audit in (run_audit(tables), hostile()):
        page.set_content(shown(audit))
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        open_all(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("window.ran") is None


# The sample's page is checked so in tests/browser; here the pages nobody looks at every day.
@WIDTHS
@pytest.mark.parametrize("audit", [run_audit(empty_tables()), hostile()], ids=["empty", "hostile"])
def test_a_page_with_nothing_or_far_too_much_on_it_is_accessible(page, audit, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.set_content(shown(audit))
    open_all(page)
    assert Axe().run(page).response["violations"] == []


def test_its_own_policy_lets_its_styles_through_and_no_script(page, tables, tmp_path):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    path = tmp_path / "audit.html"
    path.write_text(render_report(run_audit(tables)), encoding="utf-8")
    page.goto(path.as_uri())
    assert complaints == []
    margin = page.evaluate("getComputedStyle(document.querySelector('.verdict-line')).maxWidth")
    assert margin != "none"
    page.evaluate("document.body.append(document.createElement('script'))")
    page.evaluate("document.body.lastChild.textContent = 'window.ran = 1'")
    assert page.evaluate("window.ran") is None


def test_printed_the_rows_are_open_and_the_sample_takes_at_most_twenty_pages(page, tables):
    page.set_content(render_report(run_audit(tables)))
    page.emulate_media(media="print")
    rows = page.locator(".rows p").first
    assert rows.is_visible()
    assert not page.locator("summary", has_text="Show rows").first.is_visible()
    assert page.get_by_text("The first 8 rows are printed").first.is_visible()
    pdf = page.pdf(prefer_css_page_size=True)
    assert 5 <= max(map(int, re.findall(rb"/Count (\d+)", pdf))) <= 20
