"""The widget front end comes in one file while the page is still being made."""

from __future__ import annotations

import re

import pytest

from okrkit.publish.front_end import EXTENSIONS, SHELL

from ..publish.conftest import write_notebook  # noqa: TID252

FORM = """
import anywidget
class Form(anywidget.AnyWidget):
    _esm = 'export default { render({ el }) { const box = document.createElement("input"); el.append(box); } }'
Form()
"""


@pytest.fixture(scope="module")
def site(start_shared, tmp_path_factory):
    place = tmp_path_factory.mktemp("front")
    (place / "client").mkdir()
    return start_shared(write_notebook(place / "audit.ipynb", FORM), place / "client")


def asked(page, url):
    """The scripts of the front end that a page with a form asks for by name."""
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(url)
    page.locator(".frame-form input").wait_for()
    return {name for address in requests for name in re.findall(r"/front/[^/]+/([^?]+)", address)}


def test_the_browser_asks_for_no_chunk_on_its_own(site, watch):
    names = asked(watch(site.url).page, site.audit)
    entries = {name for name in names if "/remoteEntry." in name}
    assert names - entries == {"static/voila.js"}
    assert len(entries) == len(EXTENSIONS)


# What a busy computer does now and then: the page has loaded before its front end runs.
LATE = """
const { src } = document.currentScript;
addEventListener("load", () => setTimeout(() => {
  document.head.append(Object.assign(document.createElement("script"), { src: `${src}?late` }));
}, 100));
"""


def test_a_front_end_that_runs_after_the_page_has_loaded_still_shows_the_form(site, watch):
    page = watch(site.url).page
    page.route(
        "**/static/voila.js",
        lambda route: route.fulfill(body=LATE, content_type="text/javascript"),
    )
    assert "static/voila.js" in asked(page, site.audit)


def test_the_one_file_holds_what_a_form_needs_and_no_more(site, watch):
    page = watch(site.url).page
    page.route("**/assets/front_end.js", lambda route: route.abort())
    names = asked(page, site.audit)
    shell = {int(one) for name in names for one in re.findall(r"^static/(\d+)\.voila\.js$", name)}
    assert shell == set(SHELL)
    for extension, chunks in EXTENSIONS.items():
        pattern = rf"^extensions/{re.escape(extension)}/static/(\d+)\."
        assert {int(one) for name in names for one in re.findall(pattern, name)} == set(chunks)
