"""A served client who is asked, and how a visitor's page is read and used."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, Page

from okrkit.judge.statements import STATEMENTS
from okrkit.keep.queries import Draft
from okrkit.keep.waves import Wave

from ..publish.asking import (  # noqa: TID252
    WAVE,
    kept_at,
    make_client,
    open_wave,
    rows,
    said_under,
)
from ..publish.conftest import (  # noqa: TID252
    START,
    WITHOUT_KERNEL,
    Start,
    own_port,
    write_notebook,
)

WORDS = ["Yes", "No", "Don’t know", "Yes", "No"]
STORED = ["yes", "no", "dont_know", "yes", "no"]
NOTHING_WAITS = "Object.keys(localStorage).every(name => !name.includes('wait:'))"


class Asked:
    """A client who is being asked, the site that asks, and what is kept."""

    def __init__(self, start: Start, place: Path, notebook: Path | None = None) -> None:
        self.client, self.data = make_client(place / "harbour"), place / "data"
        open_wave(self.client, self.data)
        self.notebook = notebook or write_notebook(place / "audit.ipynb", "1 / 0")
        self.start, self.port = start, own_port()
        self.code = START if notebook else WITHOUT_KERNEL
        self.serve()

    def serve(self) -> None:
        """Start the site, on the same port when started again."""
        self.site = self.start(
            self.notebook, self.client, port=self.port, code=self.code, XDG_DATA_HOME=str(self.data)
        )
        self.url = self.site.url

    def close_wave(self) -> Wave:
        """As `okrkit wave close` does."""
        with kept_at(self.client, self.data) as store:
            return store.close_wave(WAVE)

    def draft(self, code: str) -> Draft:
        """What is kept under a code."""
        return said_under(code, self.client, self.data)

    def words(self, code: str) -> list[str]:
        """The answers under a code, in the order of the statements."""
        return [one.answer for one in self.draft(code).answers.values()]

    def comments(self, code: str) -> dict[int, str]:
        """The comments under a code, by statement."""
        return {key: one.comment for key, one in self.draft(code).answers.items() if one.comment}

    def rows(self) -> dict[str, int]:
        """How many rows each table has; every one with its audit row."""
        return rows(self.client, self.data)


def opened(watch, asked: Asked, **size: int) -> Page:
    """The form in a browser of its own, once its script has started."""
    page = watch(asked.url).open(f"{asked.url}readiness", **size)
    page.locator("[data-ready=yes]").wait_for()
    return page


def choice(page: Page, statement: int, word: str) -> Locator:
    """The radio of a statement."""
    group = page.get_by_role("group", name=STATEMENTS[statement - 1].text)
    return group.get_by_role("radio", name=word, exact=True)


def comment(page: Page, statement: int) -> Locator:
    """The comment's field of a statement, opened."""
    field = page.locator(f"textarea[name=c{statement}]")
    if not field.is_visible():
        field.locator("xpath=../summary").click()
    return page.get_by_role("textbox", name=f"Comment on statement {statement}")


def state(page: Page, text: object) -> None:
    """Wait until the page says this of what was entered."""
    page.locator("[data-part=state]").get_by_text(text).wait_for()


def all_saved(page: Page) -> None:
    """Wait until nothing the visitor entered waits to be saved."""
    for _ in range(1200):
        if page.evaluate(NOTHING_WAITS):
            return
        page.wait_for_timeout(100)
    raise AssertionError("something still waits to be saved")


def answer_all(page: Page) -> None:
    """Answer every statement and see it saved."""
    for statement, word in enumerate(WORDS, 1):
        choice(page, statement, word).check()
    all_saved(page)
    state(page, "Saved at")


def chosen(page: Page) -> list[str]:
    """What is checked, statement by statement."""
    return page.evaluate("[1, 2, 3, 4, 5].map(n => document.forms[0].elements['s' + n].value)")


def code_of(page: Page) -> str:
    """The code the page shows."""
    code = page.locator("[data-part=code]").first.text_content()
    assert code
    return code


def send(page: Page) -> None:
    """Send all five and wait for the own result."""
    page.get_by_role("button", name="Send my answers").click()
    page.get_by_role("heading", level=1, name="You say yes to").wait_for()


def resume(page: Page, code: str) -> None:
    """Go on with a code from elsewhere."""
    field = page.get_by_label("Code from another device")
    if not field.is_visible():
        page.get_by_text("Continue with a code").click()
    field.fill(code)
    page.get_by_role("button", name="Continue", exact=True).click()
