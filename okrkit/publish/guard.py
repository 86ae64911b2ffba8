"""Who gets an answer: no session, no answer, whatever the address; and no kernel but one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from jupyter_server.auth.identity import IdentityProvider, User
from tornado.httpclient import AsyncHTTPClient
from tornado.web import HTTPError

from okrkit.errors import UsageError

from .frame import Guarded
from .rates import ASKED, REFUSED, Rates
from .sessions import Mode, Sessions

if TYPE_CHECKING:
    from .kernels import KernelPool

# What is asked without a cookie at the start. With --open-audit everybody is a respondent: the
# first page, the form and their files are open, the pages that show records are shut, and where
# there is nothing that is said.
SHUT: dict[Mode, tuple[str, ...]] = {
    "local": ("", "audit", "calibration", "readiness", "writing", "nothing"),
    "invited": ("", "audit", "calibration", "own", "readiness", "writing", "nothing"),
    "open": ("audit", "calibration", "writing"),
}
ASK_SECONDS = 20  # the server answers itself in milliseconds; a busy old laptop in seconds


class Guard(IdentityProvider):
    """Asked before every handler, also one that Voila or Jupyter add later and forget to close.

    Jupyter's own checks come after it and would not be enough: they leave the front end's files
    open, and ask an authorizer for some addresses only, not for ending another visitor's kernel.
    """

    async def get_user(self, handler: Any) -> User | None:  # noqa: ANN401
        """The session that asks.

        Raises
        ------
        HTTPError
            403 without a session, or when its role may not open this; 404 for a kernel that is not
            the session's: whether it is somebody else's or nobody's is not told; 429 when it asks
            more than a person can.
        """
        sessions = cast("Sessions", handler.settings["sessions"])
        rates = cast("Rates", handler.settings["rates"])
        visitor = await sessions.visitor(handler.get_cookie(sessions.cookie.name))
        stranger = visitor is None
        if visitor is None or not visitor.may(handler.purpose):
            if getattr(handler, "for_strangers", False) is not True:
                known = "stranger" if stranger else "visitor"
                tried = rates.spend(f"refused {handler.request.remote_ip}", REFUSED)
                raise HTTPError(403 if tried else 429, reason=None, log_message=known)
            return None
        if sessions.mode != "local":
            who = visitor.name if sessions.mode == "invited" else f"{handler.request.remote_ip}"
            if not rates.spend(f"asked {who}", ASKED):
                raise HTTPError(429)
        kernels = cast("KernelPool", handler.kernel_manager)
        kernel = handler.path_kwargs.get("kernel_id")
        if kernel is not None and kernels.owner(kernel) != visitor.name:
            raise HTTPError(404)
        handler.visitor = visitor
        return User(username=visitor.name)


def all_guarded(routes: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The `routes`, when each is answered behind the guard.

    Raises
    ------
    TypeError
        If one is not: it would be open to everybody.
    """
    loose = [route[0] for route in routes if not issubclass(route[1], Guarded)]
    if loose:
        raise TypeError(f"Not behind the guard: {', '.join(loose)}")
    return routes


async def prove_shut(url: str, mode: Mode, host: str) -> None:
    """Ask the running server without a cookie, by the name its visitors use.

    Raises
    ------
    UsageError
        If anything but a refusal comes back.
    """
    for path in SHUT[mode]:
        answer = await AsyncHTTPClient().fetch(
            url + path, headers={"Host": host}, raise_error=False, follow_redirects=False,
            request_timeout=ASK_SECONDS,
        )  # fmt: skip
        if answer.code != 403:
            raise UsageError(
                f"okrkit serve has stopped again: without an invitation /{path} was answered "
                f"with {answer.code} instead of 403. Install the versions that okrkit names: "
                "pip install '.[apps]' in okrkit's folder."
            )
