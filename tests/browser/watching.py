"""Whether an open page ever goes blank: looked at with every frame, from within the page."""

from __future__ import annotations

from playwright.sync_api import Page

# Text somebody can read in the main part of the page; what is hidden or empty counts as nothing.
EYE = """
(() => {
  const key = "blank-" + Math.random();
  let shown = false, since = null;
  const kept = JSON.parse(sessionStorage.getItem("blank") ?? "[]");
  const look = () => {
    const main = document.querySelector("main");
    const text = main && getComputedStyle(main).visibility !== "hidden" ? main.innerText.trim() : "";
    const now = performance.now();
    if (text) {
      if (since !== null) { kept.push(Math.round(now - since)); sessionStorage.setItem("blank", JSON.stringify(kept)); }
      shown = true;
      since = null;
    } else if (shown && since === null) since = now;
    requestAnimationFrame(look);
  };
  window.__blank = () => [...kept, ...(since === null ? [] : [Math.round(performance.now() - since)])];
  requestAnimationFrame(look);
})();
"""


def watch_for_blanks(page: Page) -> None:
    """From the next page on, keep how long there was nothing to read after something was."""
    page.add_init_script(EYE)


def blank_milliseconds(page: Page) -> int:
    """The longest such time so far."""
    return max(page.evaluate("window.__blank()"), default=0)
