"""Whether an open page ever goes blank: looked at with every frame, from within the page."""

from __future__ import annotations

from playwright.sync_api import Page

BLANK_MAX = 300  # milliseconds
BUSY_MAX = (
    5_000  # on a busy computer two frames may be far apart; a page that has gone blank stays so
)
# Text somebody can read in the main part of the page, from the first frame on. From one page to the next Chromium keeps showing
# the former until then, also when the network is slow: seen in what it draws, frame by frame.
EYE = """
(() => {
  const kept = JSON.parse(sessionStorage.getItem("blank") ?? "[]");
  let since = null;
  const look = () => {
    const main = document.querySelector("main");
    const text = main && getComputedStyle(main).visibility !== "hidden" ? main.innerText.trim() : "";
    const now = Date.now();
    if (text && since !== null) {
      kept.push(now - since);
      sessionStorage.setItem("blank", JSON.stringify(kept));
    }
    if (text) since = null;
    else since ??= now;
    requestAnimationFrame(look);
  };
  window.__blank = () => [...kept, ...(since === null ? [] : [Date.now() - since])];
  requestAnimationFrame(look);
})();
"""


def watch_for_blanks(page: Page) -> None:
    """From the next page on, keep how long there was nothing to read after something was."""
    page.add_init_script(EYE)


def blank_milliseconds(page: Page) -> int:
    """The longest such time so far."""
    return int(max(page.evaluate("window.__blank()"), default=0))
