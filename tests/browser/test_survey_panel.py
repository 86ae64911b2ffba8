"""The same form as a widget: shown by the stock front end, saved through a kernel."""

from __future__ import annotations

import pytest

from okrkit.installed import place
from okrkit.judge.statements import STATEMENTS

from .asked import STORED, Asked, answer_all, chosen, code_of, comment, send


@pytest.fixture
def asked(start, tmp_path):
    """The notebook of the survey, shown where the audit stands."""
    return Asked(start, tmp_path, place("apps") / "readiness.ipynb")


def test_the_widget_asks_saves_and_goes_on_as_the_page_does(asked, watch):
    watched = watch(asked.url)
    page = watched.open(asked.site.audit)
    page.locator("[data-ready=yes]").wait_for()
    comment(page, 1).fill("<b>from the widget</b>")
    answer_all(page)
    code = code_of(page)
    assert asked.words(code) == STORED
    page.reload()
    page.get_by_text("5 of 5").wait_for()
    assert chosen(page) == STORED
    assert comment(page, 1).input_value() == "<b>from the widget</b>"
    send(page)
    assert page.get_by_role("row", name=STATEMENTS[1].text).get_by_text("Active").is_visible()
    assert asked.draft(code).sent_at is not None
    assert watched.complaints == []
    assert watched.elsewhere == []
