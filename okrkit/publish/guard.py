"""Who gets an answer: no session, no answer, whatever the address; and no kernel but one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.auth.identity import IdentityProvider, User
from tornado.httpclient import AsyncHTTPClient
from tornado.web import HTTPError

from okrkit.errors import UsageError

from .frame import Framed, Guarded
from .sessions import LocalSessions

if TYPE_CHECKING:
    from .kernels import KernelPool

SHUT = "", "audit", "calibration", "readiness", "nothing"  # asked without a cookie at the start
ASK_SECONDS = 20  # the server answers itself in milliseconds; a busy old laptop in seconds


class Guard(IdentityProvider):
    """Asked before every handler, also one that Voila or Jupyter add later and forget to close.

    Jupyter's own checks come after it and would not be enough: they leave the front end's files
    open, and ask an authorizer for some addresses only, not for ending another visitor's kernel.
    """

    def get_user(self, handler: Any) -> User | None:  # noqa: ANN401
        """The session that asks.

        Raises
        ------
        HTTPError
            403 without a session, 404 for a kernel that is not the session's: whether it is
            somebody else's or nobody's is not told.
        """
        sessions = cast("LocalSessions", handler.settings["sessions"])
        session = sessions.of(handler.get_cookie(sessions.cookie))
        if session is None:
            if getattr(handler, "for_strangers", False) is not True:
                raise HTTPError(403)
            return None
        kernels = cast("KernelPool", handler.kernel_manager)
        kernel = handler.path_kwargs.get("kernel_id")
        if kernel is not None and kernels.owner(kernel) != session:
            raise HTTPError(404)
        return User(username=session)


class OpenHandler(Framed):
    """Exchanges the printed key for a cookie.

    A GET does it, since no mail scanner or preview sees an address that only a terminal on this
    computer has shown, and a browser that fetches ahead says so and is refused. It answers with a
    page that goes on by itself and not with a redirect: a browser sent here from elsewhere would
    leave a strict cookie out of the redirected request.
    """

    for_strangers = True

    @allow_unauthenticated
    def get(self, key: str) -> None:
        """Give this browser a session, unless it has one; a used key opens nothing."""
        self.begin_page()
        sessions = cast("LocalSessions", self.settings["sessions"])
        secret = sessions.exchange(key)
        if self.current_user is None:
            if secret is None:
                raise HTTPError(403)
            self.set_cookie(
                sessions.cookie, secret, path="/", httponly=True, samesite="Strict",
            )  # fmt: skip
        self.finish(self.part("open.html.j2"))


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


async def prove_shut(url: str) -> None:
    """Ask the running server without a cookie.

    Raises
    ------
    UsageError
        If anything but a refusal comes back.
    """
    for path in SHUT:
        answer = await AsyncHTTPClient().fetch(
            url + path, raise_error=False, follow_redirects=False, request_timeout=ASK_SECONDS
        )
        if answer.code != 403:
            raise UsageError(
                f"okrkit serve has stopped again: without the printed address /{path} was answered "
                f"with {answer.code} instead of 403. Install the versions that okrkit names: "
                "pip install '.[apps]' in okrkit's folder."
            )
