"""Visits by a real browser: how soon the first question can be clicked and its answer is kept."""

from __future__ import annotations

import json
import math
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from processes import cpu_seconds, family, memory_mib, wait_until_quiet
from servers import Server

PROBE = (Path(__file__).resolve().parent / "probe.js").read_text(encoding="utf-8")
GIVEN_UP = 30.0  # seconds
LOOKING = 3_000  # milliseconds a visitor who only looks stays after the question is there
CHROMIUMS = "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"
# Names other than this computer's fail at once: kind to pages that ask elsewhere for their styles.
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)  # fmt: skip


@dataclass(frozen=True)
class Visit:
    """What one visitor met. Times in milliseconds from the start; infinite if it never came."""

    server: str
    warm: bool
    painted: float  #: the first content of any kind
    clickable: float
    acknowledged: float
    clicks: int  #: more than one: the first came to nothing
    requests: int
    kib: float  #: received, with what came over websockets
    elsewhere: int  #: requests to other hosts
    quiet: bool  #: the computer did nothing else when it began

    @property
    def in_sight(self) -> float:
        """Until the first question can be clicked and something has been painted."""
        return max(self.painted, self.clickable)


@dataclass(frozen=True)
class Cost:
    """What a cold visit cost its server, the page still open."""

    server: str
    cpu: float  #: seconds
    uss: float  #: MiB
    pss: float  #: MiB


class Traffic:
    """What a page asks for and receives; counted without switching its cache off."""

    def __init__(self, page: Page, here: str) -> None:
        self.requests = self.bytes = self.elsewhere = 0
        self._here = here, "data:", "blob:"
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.loadingFinished", self._received)
        session.on("Network.webSocketFrameReceived", self._frame)

    def _asked(self, event: dict[str, Any]) -> None:
        self.elsewhere += not event["request"]["url"].startswith(self._here)

    def _received(self, event: dict[str, Any]) -> None:
        self.requests += 1
        self.bytes += event["encodedDataLength"]

    def _frame(self, event: dict[str, Any]) -> None:
        self.bytes += len(event["response"]["payloadData"])


@contextmanager
def chromium() -> Iterator[Browser]:
    """The computer's own Chromium, without a window."""
    found = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        yield browser
        browser.close()


def two_visits(browser: Browser, server: Server, patience: float) -> tuple[Visit, Cost, Visit]:
    """A visitor with a new browser, what that cost, and another with the same browser, now warm.

    Before each the computer may take `patience` seconds to become quiet.
    """
    pid = server.process.pid
    with _new_browser(browser, server) as first_page:
        quiet = wait_until_quiet(patience)
        cpu, (uss, pss) = cpu_seconds(pid), memory_mib(pid)
        cold = _visit(first_page, server, warm=False, quiet=quiet)
        wait_until_quiet(patience)
        uss_then, pss_then = memory_mib(pid)
        cost = Cost(server.name, cpu_seconds(pid) - cpu, uss_then - uss, pss_then - pss)
        second_page = first_page.context.new_page()
        _leave(first_page)
        warm = _visit(second_page, server, warm=True, quiet=wait_until_quiet(patience))
        _leave(second_page)
    return cold, cost, warm


def look(browser: Browser, server: Server, patience: float) -> int:
    """How many processes the server started for a visitor who looks and answers nothing."""
    wait_until_quiet(patience)
    before = family(server.process.pid)
    with _new_browser(browser, server) as page:
        _open(page, server, answers=False)
        _wait_for(page, "clickable")
        page.wait_for_timeout(LOOKING)
        started = family(server.process.pid) - before
        _leave(page)
    return len(started)


@contextmanager
def _new_browser(browser: Browser, server: Server) -> Iterator[Page]:
    """A page of a profile that has never been anywhere, and is let in."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    if link := server.link():
        context.request.get(link)
    yield context.new_page()
    context.close()


def _visit(page: Page, server: Server, *, warm: bool, quiet: bool) -> Visit:
    traffic = Traffic(page, server.origin)
    _open(page, server, answers=True)
    seen = _wait_for(page, "acknowledged")
    page.wait_for_timeout(300)  # what is still on its way is counted
    painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime")
    return Visit(
        server=server.name,
        warm=warm,
        painted=_or_never(painted),
        clickable=_or_never(seen["clickable"]),
        acknowledged=_or_never(seen["acknowledged"]),
        clicks=seen["clicks"],
        requests=traffic.requests,
        kib=traffic.bytes / 1024,
        elsewhere=traffic.elsewhere,
        quiet=quiet,
    )


def _open(page: Page, server: Server, *, answers: bool) -> None:
    plan = server.plan
    wanted = {"question": plan.question, "saved": plan.saved, "answers": answers}
    page.add_init_script(f"({PROBE})({json.dumps(wanted)})")
    page.goto(server.url, wait_until="commit", timeout=1000 * GIVEN_UP)


def _wait_for(page: Page, name: str) -> dict[str, Any]:
    """What the probe has seen once `name` has come, or once nobody would wait any longer."""
    end = time.monotonic() + GIVEN_UP
    while True:
        seen: dict[str, Any] = page.evaluate("window.seen")
        if seen[name] is not None or time.monotonic() > end:
            return seen
        page.wait_for_timeout(50)


def _or_never(milliseconds: float | None) -> float:
    return math.inf if milliseconds is None else milliseconds


def _leave(page: Page) -> None:
    """Close the page as a person does: it may still say goodbye, which ends its kernel."""
    page.close(run_before_unload=True)
    time.sleep(0.5)
