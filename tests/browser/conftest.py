"""Chromium on pages that `okrkit serve` shows; what went wrong on a page is kept beside it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from ..publish.conftest import (  # noqa: TID252
    COOKIES,
    PATIENT,
    ROOT,
    STOP_SECONDS,
    Start,
    enter,
    first_link,
    read_start,
    start,
    start_shared,
)

__all__ = ["Start", "start", "start_shared"]

CHROMIUMS = "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"
MOMENT = 120_000  # milliseconds: generous, since a busy computer takes long
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright's own process."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The computer's Chromium."""
    found = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if found is None:
        pytest.fail(
            "No Chromium found. Install one (Debian: apt-get install chromium) or let "
            "scripts/ensure_browser.sh do it, then run the tests again.",
            pytrace=False,
        )
    browser = playwright.chromium.launch(executable_path=found, args=list(QUIET))
    yield browser
    browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of no site."""
    page = browser.new_page()
    page.set_default_timeout(MOMENT)
    yield page
    page.close()


@dataclass
class Watched:
    """A page with what its console said and what it asked other hosts for."""

    page: Page
    host: str
    complaints: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def open(self, url: str, *, width: int = 1280) -> Page:
        """Go to `url` and wait for what the notebook shows."""
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.goto(url)
        return self.page


Watch = Callable[[str], Watched]


def let_in(context: BrowserContext, url: str) -> None:
    """Give a browser what the address printed by the site at `url` gives."""
    if url not in COOKIES:  # no site of ours: plain Voila
        return
    name, _, value = COOKIES[url].partition("=")
    context.add_cookies([{"name": name, "value": value, "url": url}])


@pytest.fixture
def watch(browser: Browser) -> Iterator[Watch]:
    """Open pages of their own; an error on the console or a request elsewhere is kept."""
    contexts = []

    def begin(url: str) -> Watched:
        context = browser.new_context(reduced_motion="reduce", locale="en-US")
        context.set_default_timeout(MOMENT)
        contexts.append(context)
        let_in(context, url)
        watched = Watched(context.new_page(), url.removeprefix("http://").rstrip("/"))
        page = watched.page
        page.on(
            "console",
            lambda message: (
                watched.complaints.append(message.text) if message.type == "error" else None
            ),
        )
        page.on("pageerror", lambda error: watched.complaints.append(str(error)))

        def asked(address: str) -> None:
            if not address.startswith(
                (f"http://{watched.host}/", f"ws://{watched.host}/", "blob:", "data:")
            ):
                watched.elsewhere.append(address)

        page.on("request", lambda request: asked(request.url))
        page.on("websocket", lambda websocket: asked(websocket.url))
        return watched

    yield begin
    for context in contexts:
        context.close()


Serve = Callable[[Path | None, Path], str]


@pytest.fixture(scope="module")
def serve() -> Iterator[Serve]:
    """`okrkit serve FOLDER` as a person starts it; gives the address. Plans are kept in `data`."""
    running: list[subprocess.Popen[str]] = []

    def begin(folder: Path | None, data: Path) -> str:
        code = f"{PATIENT}from okrkit.cli import main; main()"
        command = [sys.executable, "-P", "-c", code, "serve"]
        arguments = [*([str(folder)] if folder else []), "--no-browser", "--port", "0"]
        paths = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
        home = {
            "XDG_DATA_HOME": str(data),
            "APPDATA": str(data),
            "LOCALAPPDATA": str(data),
            "PYTHONPATH": paths,
        }
        process = subprocess.Popen(
            [*command, *arguments],
            stdout=subprocess.PIPE,
            text=True,
            cwd=data,
            env=os.environ | home,
        )
        running.append(process)
        assert process.stdout is not None
        link = first_link(read_start(process.stdout))
        assert link, "okrkit serve did not start"
        return enter(link)

    yield begin
    for process in running:
        process.send_signal(signal.SIGINT)
        process.wait(STOP_SECONDS)
        if process.stdout is not None:
            process.stdout.close()
