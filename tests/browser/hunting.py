"""A browser that notices whatever a page runs, holds or asks for that is not the page's own."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Page

from .conftest import MOMENT

FOREIGN = """() => {
  const scheme = /^[\\u0000-\\u0020]*(j\\s*a\\s*v\\s*a\\s*s\\s*c\\s*r\\s*i\\s*p\\s*t|vbscript|data\\s*:\\s*text)/i;
  const never = "iframe,object,embed,base,video,audio,marquee,frameset,image,math,foreignObject,use,animate,set,"
    + "meta[http-equiv=refresh i],x,isindex";
  const found = [...document.querySelectorAll(never)].map((one) => one.outerHTML.slice(0, 120));
  for (const one of document.querySelectorAll("*")) {
    for (const { name, value } of one.attributes) {
      if (/^on/i.test(name) || scheme.test(value) && /^(href|src|action|formaction|data|xlink:href)$/i.test(name)
          || /evil[.]invalid/.test(value) && !/^(value|title|content|aria-label|data-[-a-z]+)$/.test(name)) {
        found.push(`${one.localName} ${name}=${value.slice(0, 80)}`);
      }
    }
    if (/^(script|style)$/i.test(one.localName) && /__x\\(|evil[.]invalid/.test(one.textContent)
        && !/json$/.test(one.type ?? "")) found.push(`${one.localName}: ${one.textContent.slice(0, 80)}`);
  }
  return found;
}"""
NUMBERS = r"() => [...document.documentElement.textContent.matchAll(/__x\((\d+)\)|invalid\/(\d+)z/g)].map(m => +(m[1] ?? m[2]))"
OPEN_ALL = "document.querySelectorAll('details').forEach(one => { one.open = true; })"


@dataclass
class Hunt:
    """One visitor's browser. `ran`, `asked` and `foreign` stay empty when text is only ever text."""

    context: BrowserContext
    host: str
    ran: list[int] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    read: set[int] = field(default_factory=set)  # the numbers of the texts that stood on a page

    def page(self) -> Page:
        """A new page of this visitor."""
        page = self.context.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        return page

    def look(self, page: Page) -> None:
        """Open whatever can be opened on the page and keep what is found."""
        page.evaluate(OPEN_ALL)
        self.foreign += page.evaluate(FOREIGN)
        self.read |= set(page.evaluate(NUMBERS))

    @property
    def clean(self) -> bool:
        """Whether nothing was noticed."""
        return not (self.ran or self.asked or self.foreign)


def begin_hunt(browser: Chromium, host: str) -> Hunt:
    """A new visitor at `host`, such as "127.0.0.1:8866"; other hosts do not answer."""
    context = browser.new_context(reduced_motion="reduce")
    context.set_default_timeout(MOMENT)
    hunt = Hunt(context, host)
    context.expose_binding("__x", lambda _, number: hunt.ran.append(number))

    def asked(address: str) -> None:
        own = (f"http://{host}/", f"ws://{host}/", "blob:", "data:", "about:", "file:")
        if not address.startswith(own):
            hunt.asked.append(address)

    context.on("request", lambda request: asked(request.url))
    context.on("page", lambda page: page.on("websocket", lambda socket: asked(socket.url)))
    return hunt
