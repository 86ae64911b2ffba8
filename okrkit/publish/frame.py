"""The frame around every page of the site, and what is said when a page cannot be shown."""

from __future__ import annotations

import logging
from types import TracebackType
from typing import Any

from jupyter_server.base.handlers import JupyterHandler
from tornado.web import Finish, HTTPError, authenticated

from okrkit.errors import StoreError

PAGES_MAX = 8  # each open page with a form holds a kernel of 70 MB, or 200 MB where none is forked

MESSAGES = {
    403: (
        "This address is not open",
        "Open the address that okrkit serve has printed last. Each opens one browser, once.",
    ),
    404: ("There is no such page", "The first page lists what there is."),
    503: (
        "Too many pages are open",
        f"{PAGES_MAX} pages of this audit are open already. Close one of them, then reload.",
    ),
}
OTHER_MESSAGE = (
    "This page could not be made",
    "Reload it. If that does not help, stop okrkit serve, start it again, and read what it prints.",
)


_log = logging.getLogger("okrkit.site")


class Guarded(JupyterHandler):
    """What every answer of the site comes from: behind the guard, silent about what was asked."""

    for_strangers = False  # whether the guard lets it answer without a session

    def log_exception(
        self,
        kind: type[BaseException] | None,  # noqa: ARG002
        error: BaseException | None,
        trace: TracebackType | None,  # noqa: ARG002
    ) -> None:
        """A mistake of ours, without the address: it may hold a key or a kernel's id."""
        if not isinstance(error, HTTPError | Finish):
            _log.error("%s failed", type(self).__name__, exc_info=error)


class PlainErrors(Guarded):
    """Answers a refused request with a word instead of a page made elsewhere."""

    def write_error(self, status_code: int, **kwargs: Any) -> None:  # noqa: ANN401, ARG002
        """The reason in plain text, no details."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{status_code} {self._reason}\n")


class Framed(Guarded):
    """A page in our frame; `frame` is what the frame says about the client."""

    def initialize(self, *, frame: dict[str, object], **kwargs: Any) -> None:  # noqa: ANN401
        """Take what the frame says about the client."""
        super().initialize(**kwargs)
        self.frame = frame

    def part(self, name: str, **words: object) -> str:
        """One of our templates, filled in."""
        template = self.settings["voila_jinja2_env"].get_template(name)
        return str(template.render(**self.frame, **words))

    def begin_page(self) -> None:
        """Refuse what no person opens, and say what every page says of itself."""
        sent = self.request.headers.get
        embedded = sent("Sec-Fetch-Dest", "document") != "document"
        elsewhere = sent("Sec-Fetch-Site", "none") not in ("none", "same-origin")
        if "prefetch" in sent("Sec-Purpose", "") or (elsewhere and embedded):
            raise HTTPError(403)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.xsrf_token  # noqa: B018  (reading it sets the cookie without which a page may send nothing)

    def write_error(self, status_code: int, **kwargs: Any) -> None:  # noqa: ANN401
        """A page in words: what is the matter and what to do."""
        title, remedy = MESSAGES.get(status_code, OTHER_MESSAGE)
        error = kwargs.get("exc_info", (None, None))[1]
        if isinstance(error, StoreError):
            title, remedy = "The answers cannot be reached", str(error)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(self.part("message.html.j2", title=title, remedy=remedy))


class NowhereHandler(Framed):
    """Every address there is not."""

    @authenticated
    def get(self) -> None:
        """Say so."""
        raise HTTPError(404)
