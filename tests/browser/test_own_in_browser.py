"""A manager's letter and page in a browser: readable on a phone, accessible, one sheet of paper."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from okrkit.judge.calibration.own import own_comparison
from okrkit.show.report import render_own

from ..publish.inviting import invited_site  # noqa: TID252
from ..show.invented_calibration import (  # noqa: TID252
    SEVERE,
    calibration,
    manager,
    no_grades,
    nothing_separates,
    write_client,
)

LONG = "<script>window.ran = 1</script><img src=x onerror='window.ran = 1'> " + "Unbrokenword" * 20
CANARY = re.compile(r"Canary|Ossa|K\d{3}|Zanzibar")


def few():
    """Four managers: the others' grades are hidden."""
    return calibration(managers=calibration().managers[:4])


def hostile():
    """A client whose own words are long, unbroken and look like markup."""
    one = manager(1, SEVERE, -0.1, name=LONG, team=LONG, why=LONG)
    return calibration(client=LONG, managers=(one, *calibration().managers[1:]))


MAKE = {"forty": calibration, "tier d": nothing_separates, "few": few, "hostile": hostile, "none": no_grades}  # fmt: skip


def violations(page):
    found = Axe().run(page).response["violations"]
    return [(one["id"], [node["html"][:200] for node in one["nodes"]][:3]) for one in found]


@pytest.mark.parametrize("name", MAKE)
def test_the_letter_is_accessible_and_as_wide_as_the_screen(page, name):
    page.set_content(render_own(own_comparison(MAKE[name](), "K001")))
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []
    assert page.evaluate("window.ran") is None


def test_printed_it_is_one_sheet(page):
    page.set_content(render_own(own_comparison(calibration(), "K001")))
    assert max(map(int, re.findall(rb"/Count (\d+)", page.pdf(format="A4")))) == 1


@pytest.mark.long
def test_a_manager_and_a_consultant_see_in_a_browser_what_is_theirs(browser, tmp_path):
    with invited_site(write_client(tmp_path / "company"), tmp_path) as site:
        wrong = []
        for role in ("manager", "consultant"):
            context = browser.new_context(viewport={"width": 360, "height": 800})
            page = context.new_page()
            page.on("pageerror", lambda error: wrong.append(str(error)))
            page.goto(f"{site.url}i/{site.token(role, 'K003')}")
            page.get_by_role("button", name="Start").click()
            if role == "manager":
                page.get_by_text("Whom to talk to").wait_for()
                assert page.url == f"{site.url}own"
                assert set(re.findall(r"Ossa\d", page.content())) == {"Ossa3"}
            else:
                page.goto(f"{site.url}calibration")
                page.get_by_role("slider").wait_for()
                page.get_by_role("slider").fill("0.07")
                page.get_by_role("status").get_by_text("Judged with 0.07").wait_for()
                assert page.get_by_label("For HR, with names").count() == 0
                assert page.get_by_label("Shareable, without names").is_checked()
                assert CANARY.findall(page.content()) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= 360
            assert violations(page) == []
            context.close()
        assert wrong == []
