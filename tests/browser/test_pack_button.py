"""The button that writes a pack, in a browser: progress, a stop, one zip, and nothing else asked for."""

from __future__ import annotations

import zipfile

import pytest
from axe_playwright_python.sync_playwright import Axe

from ..show.invented_calibration import write_client  # noqa: TID252

# Somebody quick: the pack is stopped when its first step is told, however long the next ones take.
CANCEL_AT_ONCE = """() => {
  const maker = document.querySelector(".pack-maker");
  const cancel = [...maker.querySelectorAll("button")].find((one) => one.textContent === "Cancel");
  new MutationObserver((_, eye) => {
    if (cancel.hidden || !maker.querySelector(".state").textContent.startsWith("Reading")) return;
    eye.disconnect();
    cancel.click();
  }).observe(maker, { subtree: true, childList: true, attributes: true });
}"""


@pytest.fixture(scope="module")
def url(serve, tmp_path_factory):
    place = tmp_path_factory.mktemp("data")
    return serve(write_client(place / "company"), place)


def opened(watched, url, app):
    page = watched.open(f"{url}{app}")
    page.get_by_role("button", name="Write the pack").wait_for()
    return page


def test_the_pack_is_stopped_then_written_and_arrives_as_one_zip(url, watch):
    watched = watch(url)
    page = opened(watched, url, "audit")
    for form in ("PDF", "Slides", "Word", "Excel"):
        page.get_by_label(form, exact=True).uncheck()
    page.get_by_label("A letter to each manager").check()
    page.evaluate(CANCEL_AT_ONCE)
    page.get_by_role("button", name="Write the pack").click()
    page.get_by_text("Stopped. Nothing was saved.").wait_for()
    with page.expect_download() as begun:
        page.get_by_role("button", name="Write the pack").click()
    names = zipfile.ZipFile(begun.value.path()).namelist()
    assert names == ["audit.html", *(f"letters/K{k:03}.pdf" for k in range(1, 9))]
    page.get_by_text("Done: okrkit-pack.zip is with your downloads.").wait_for()
    assert watched.elsewhere == []
    assert watched.complaints == []


def test_nothing_chosen_is_said_in_words_and_no_barrier_is_found(url, watch):
    page = opened(watch(url), url, "calibration")
    page.get_by_label("Pre-read for HR").uncheck()
    page.get_by_role("button", name="Write the pack").click()
    page.get_by_text("Choose at least one paper.").wait_for()
    found = Axe().run(page, context=".pack-maker").response["violations"]
    assert [one["id"] for one in found] == []
