"""The frame around every page of the site, and what is said when a page cannot be shown."""

from __future__ import annotations

import logging
from types import TracebackType
from typing import Any, cast
from urllib.parse import urlsplit

from jupyter_server.base.handlers import JupyterHandler
from tornado.web import Finish, HTTPError, authenticated

from okrkit.errors import StoreError

from .sessions import Mode, Sessions
from .visitors import Purpose, Visitor

MESSAGES: dict[Mode, dict[int, tuple[str, str]]] = {
    "local": {
        403: (
            "This address is not open",
            "Open the address that okrkit serve has printed last. Each opens one browser, once.",
        ),
    },
    "invited": {
        403: (
            "This page is not open to you",
            (
                "If your visit has ended, open the link you were sent again. "
                "If you expected to see this page, ask whoever sent it."
            ),
        ),
        404: (
            "There is nothing at this address",
            "If you came by a link you were sent, copy it whole from the message.",
        ),
    },
    "open": {403: ("This page is not open", "The first page leads to the five statements.")},
}
EVERYWHERE = {
    404: ("There is no such page", "The first page lists what there is."),
    429: ("That was too much at once", "Wait a minute, then reload this page."),
    503: (
        "All places are taken",
        (
            "As many pages are open here as the computer can hold. Nothing is lost: what was saved "
            "is kept. Close a page you do not need, or wait until somebody else has closed one."
        ),
    ),
}
RETRY_SECONDS = 15  # for a busy page to ask again
STORE_TROUBLE = "The store of answers cannot be used just now. Try again in a few minutes."
OTHER_MESSAGE = (
    "This page could not be made",
    "Reload it. If that does not help, tell whoever runs okrkit: what it prints says more.",
)


_log = logging.getLogger("okrkit.site")


def told(why: object, mode: Mode) -> str:
    """Why the store cannot be used: in full to whoever runs it; others cannot mend it.

    To them its reasons would only tell where on the server things lie.
    """
    return str(why) if mode == "local" else STORE_TROUBLE


class Guarded(JupyterHandler):
    """What every answer of the site comes from: behind the guard, silent about what was asked."""

    for_strangers = False  # whether the guard lets it answer without a session
    visitor: Visitor  # set by the guard

    purpose: Purpose

    def initialize(self, **given: Any) -> None:  # noqa: ANN401
        """Take what it is for: the guard lets those roles in that may open that."""
        self.purpose = given.pop("purpose")
        super().initialize(**given)

    def check_host(self) -> bool:
        """Whether it was asked by a name the site goes by; pages elsewhere may not borrow it."""
        host = urlsplit(f"//{self.request.host}").hostname
        return host in self.settings["hosts"]

    def check_origin(self, origin_to_satisfy_tornado: str = "") -> bool:
        """Whether a script that sends something, or opens a socket, is on a page of ours."""
        origin, public = self.request.headers.get("Origin"), self.settings["origin"]
        if origin is not None and public:
            return bool(origin == public)
        return bool(super().check_origin(origin_to_satisfy_tornado))

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

    def initialize(self, **given: Any) -> None:  # noqa: ANN401
        """Take what the frame says about the client."""
        self.frame: dict[str, object] = given.pop("frame")
        super().initialize(**given)

    @property
    def base(self) -> str:
        """The address of the client's first page, from the root."""
        return str(self.frame["base"])

    @property
    def anonymous(self) -> bool:
        """Whether nothing that is kept joins this visitor with what the visitor answers."""
        return self.frame["mode"] == "invited" and self.visitor.role == "respondent"

    def give_cookie(self, secret: str) -> None:
        """Give this browser a session."""
        cookie = cast("Sessions", self.settings["sessions"]).cookie
        self.set_cookie(
            cookie.name, secret, path=cookie.path, httponly=True, secure=cookie.secure,
            samesite=cookie.samesite,
        )  # fmt: skip

    def part(self, name: str, **words: object) -> str:
        """One of our templates, filled in."""
        template = self.settings["voila_jinja2_env"].get_template(name)
        may_leave = self.frame["mode"] == "invited" and hasattr(self, "visitor")
        said = {"leave": self.xsrf_token.decode() if may_leave else "", "again": 0, "left": False}
        return str(template.render(**self.frame | said | words))

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
        mode = cast("Sessions", self.settings["sessions"]).mode
        words = EVERYWHERE | MESSAGES[mode]
        title, remedy = words.get(status_code, OTHER_MESSAGE)
        error = kwargs.get("exc_info", (None, None))[1]
        if isinstance(error, StoreError):
            title, remedy = "The answers cannot be reached", told(error, mode)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        again = RETRY_SECONDS if status_code == 503 else 0
        if again:
            self.set_header("Retry-After", str(again))
        self.finish(self.part("message.html.j2", title=title, remedy=remedy, again=again))


class NowhereHandler(Framed):
    """Every address there is not."""

    @authenticated
    def get(self) -> None:
        """Say so."""
        raise HTTPError(404)
