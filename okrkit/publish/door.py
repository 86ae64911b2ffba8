"""How a browser gets its session: by the printed address or an invitation; and how one leaves."""

from __future__ import annotations

import secrets
from typing import cast

from jupyter_server.auth.decorator import allow_unauthenticated
from tornado.web import HTTPError, authenticated

from okrkit.errors import UsageError
from okrkit.keep.invited import RESPONDENT
from okrkit.keep.invites import Invite
from okrkit.show.form import day

from .desk import Desk
from .frame import Framed
from .invited import InvitedSessions
from .rates import REFUSED, Rates
from .sessions import LocalSessions

KEY_BYTES = 24
TOKEN = r"[A-Za-z0-9_.-]{1,200}"  # what may be an invitation's; the envelope tells whether it is
WELCOME = {
    "respondent": "You are invited to answer five statements. It takes about two minutes.",
    "manager": "You are invited to see how the grades you gave compare with everybody's.",
    "facilitator": "You are invited to see how the check stands, the audit and the plan.",
    "consultant": "You are invited to see the audit, the plan and the comparison without names.",
    "hr": "You are invited to see the audit, the plan and the comparison of managers.",
}


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
            self.give_cookie(secret)
        self.finish(self.part("open.html.j2"))


class InvitationHandler(Framed):
    """An invitation's link. Looking at it changes nothing: mail scanners open links, too."""

    for_strangers = True

    @allow_unauthenticated
    async def get(self, token: str) -> None:
        """Say what the invitation is for, with the button that begins."""
        self.begin_page()
        found = await self._found(token)
        if found.refusal:
            self._refuse(found.refusal)
            return
        words = {
            "welcome": WELCOME[found.role],
            "once": found.mode == "single",
            "answers": found.role == RESPONDENT,
            "until": day(found.expires.astimezone()),
            "xsrf": self.xsrf_token.decode(),
            "key": secrets.token_urlsafe(KEY_BYTES),
        }
        self.finish(self.part("invited.html.j2", **words))

    @allow_unauthenticated
    async def post(self, token: str) -> None:
        """Begin: the browser gets its session and goes on to what the invitation is for."""
        if self.request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
            raise HTTPError(403)
        found = await self._found(token)
        key = self.get_body_argument("key", "")
        try:
            admission = await self._sessions.exchange(found, token, key)
        except UsageError as error:
            self._refuse(str(error))
            return
        self.give_cookie(admission.sid)
        first = {"respondent": "readiness", "manager": "own"}
        self.redirect(self.base + first.get(admission.session.role, ""), status=303)

    @property
    def _sessions(self) -> InvitedSessions:
        return cast("InvitedSessions", self.settings["sessions"])

    async def _found(self, token: str) -> Invite:
        """The invitation.

        Raises
        ------
        HTTPError
            404 when it is none of ours, 429 to somebody who tries many.
        """
        found = await self._sessions.look_up(token)
        if found is None:
            rates = cast("Rates", self.settings["rates"])
            tried = rates.spend(f"refused {self.request.remote_ip}", REFUSED)
            raise HTTPError(404 if tried else 429)
        return found

    def _refuse(self, why: str) -> None:
        self.set_status(410)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(self.part("message.html.j2", title="This link does not open", remedy=why))


class LeaveHandler(Framed):
    """Ends the visit; the pages that are open go blank of what is not the visitor's any more."""

    @authenticated
    async def post(self) -> None:
        """End the session and its kernels, and say so."""
        if self.request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
            raise HTTPError(403)
        sessions = cast("InvitedSessions", self.settings["sessions"])
        await sessions.end(self.get_cookie(sessions.cookie.name) or "")
        await self.settings["kernel_manager"].end_of([self.visitor.name])
        self.clear_cookie(sessions.cookie.name, path=sessions.cookie.path)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        remedy = "Everything you saved is kept. Open your link again to come back."
        asked = self.visitor.may("readiness")  # whose browser may keep a code and answers
        place = cast("Desk", self.settings["desk"]).place if asked else ""
        self.finish(
            self.part(
                "message.html.j2", title="You have left", remedy=remedy, left=True, place=place
            )
        )
