"""The plan's form in the browser: what is entered is saved and said, and nothing of the reader's is lost."""

from __future__ import annotations

import json
import signal

import pytest

from okrkit.installed import place

from ..publish.conftest import until  # noqa: TID252

KEY_RESULTS = (
    "key_result,objective,text,driver\n"
    "K1,O1,Launch the portal,\nK2,O1,Raise renewals from 82 % to 90 %,P1\n"
)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """The reader's data folder."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    """A client's folder that asks for a few steps."""
    folder = tmp_path_factory.mktemp("client")
    (folder / "key_results.csv").write_text(KEY_RESULTS, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def site(start_shared, client, data):
    """The app as it is served."""
    return start_shared(place("apps") / "audit.ipynb", client, XDG_DATA_HOME=str(data))


@pytest.fixture
def page(site, watch, data):
    """The page with a plan nobody has filled in."""
    for plan in data.rglob("plan.json"):
        plan.unlink()
    return opened(watch, site)


def opened(watch, site, **size):
    page = watch(site.url).open(site.audit, **size)
    field(page, "Owner").wait_for()
    return page


def field(page, name):
    """The named field of the first step."""
    return page.get_by_label(f"{name} for:").first


def status(page, text):
    page.locator(".plan-form [role=status]").get_by_text(text).wait_for()


def kept(data):
    """The first step that is kept."""
    (path,) = data.rglob("plan.json")
    return json.loads(path.read_text(encoding="utf-8"))["steps"][0]


def test_every_field_is_filled_in_by_keyboard_and_kept(page, data):
    field(page, "Owner").focus()
    page.keyboard.type("Ada <b>")
    page.keyboard.press("Tab")
    status(page, "owner for")
    page.keyboard.type("10312026")
    status(page, "date for")
    field(page, "Status").focus()
    page.keyboard.type("agreed")
    page.keyboard.press("Tab")
    status(page, "status for")
    page.keyboard.type("one\ntwo")
    status(page, "comment for")
    step = kept(data)
    assert [step[name] for name in ("owner", "due", "status", "comment")] == [
        "Ada <b>", "2026-10-31", "agreed", "one\ntwo",
    ]  # fmt: skip


def test_what_is_still_being_typed_is_not_changed_under_the_readers_hands(page, data):
    owner = field(page, "Owner")
    owner.press_sequentially("Ada ")
    status(page, "owner for")
    owner.press_sequentially("Lovelace")
    assert owner.input_value() == "Ada Lovelace"
    until(lambda: kept(data)["owner"] == "Ada Lovelace")


def test_a_date_that_is_not_complete_is_told_at_its_field_and_clears_nothing(page, data):
    due = field(page, "Date")
    due.fill("2026-10-31")
    due.blur()
    status(page, "Saved at")
    due.focus()
    page.keyboard.press("Delete")
    due.blur()
    status(page, "Not saved. The date is not complete")
    assert due.get_attribute("aria-invalid") == "true"
    assert (
        "not complete"
        in page.locator(f"[id='{due.get_attribute('aria-describedby')}']").inner_text()
    )
    assert kept(data)["due"] == "2026-10-31"
    due.fill("2026-11-30")
    due.blur()
    status(page, "Saved at")
    assert due.get_attribute("aria-invalid") is None


def test_what_another_page_entered_is_shown_before_it_is_replaced(page, site, watch, data):
    other = opened(watch, site)
    field(other, "Owner").fill("Cleo")
    field(other, "Owner").blur()
    status(other, "Saved at")
    field(page, "Owner").fill("Ada")
    field(page, "Owner").blur()
    status(page, "Another page changed this to “Cleo” meanwhile")
    assert field(page, "Owner").input_value() == "Cleo"
    assert kept(data)["owner"] == "Cleo"
    field(page, "Owner").fill("Ada")
    field(page, "Owner").blur()
    status(page, "Saved at")
    assert kept(data)["owner"] == "Ada"


def test_an_entry_stays_in_its_field_when_okrkit_has_stopped(start, watch, client, tmp_path):
    site = start(place("apps") / "audit.ipynb", client, XDG_DATA_HOME=str(tmp_path))
    page = opened(watch, site)
    site.stop(signal.SIGTERM)
    field(page, "Owner").fill("Ada")
    field(page, "Owner").blur()
    status(page, "Not saved yet. okrkit does not answer")
    assert field(page, "Owner").input_value() == "Ada"


@pytest.mark.parametrize("width", [1280, 360])
def test_the_form_fits_and_every_field_has_its_label(site, watch, width):
    page = opened(watch, site, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    names = page.eval_on_selector_all(
        ".plan-form :is(input, select, textarea)",
        "all => all.map(one => one.labels[0].textContent)",
    )
    assert len(names) == len(set(names)) > 4


def test_the_served_page_carries_the_styles_once(site):
    assert ".verdict-line {" not in site.visit()
    assert ".verdict-line {" in site.get("assets/okr.css")[1]
