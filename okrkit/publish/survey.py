"""The survey as it is served: a page of plain HTML and four addresses to save to. No kernel."""

from __future__ import annotations

import json
from typing import cast

from tornado.web import HTTPError, authenticated

from okrkit.keep.inbox import refusal
from okrkit.keep.waves import Wave
from okrkit.show.form import Survey, closed_markup, form_markup

from .desk import Desk
from .frame import Framed, PlainErrors, told
from .sessions import Sessions

ONE_SET = (
    "One link gives one set of answers. Go on with the code you were shown, "
    "or ask whoever sent the link for another."
)
BODY_MAX = 200_000  # bytes; the longest comment there may be fits in


class SurveyPage(Framed):
    """The five statements, ready to be answered before anything else has loaded."""

    @authenticated
    async def get(self) -> None:
        """The form of the open wave; else when there was one, or how to open one."""
        self.begin_page()
        desk = cast("Desk", self.settings["desk"])
        wave = await desk.wave()
        asks = wave is not None and wave.is_open
        if wave is not None and asks:
            content = form_markup(await _survey(desk, wave, anonymous=self.anonymous))
        else:
            command = desk.command_to_open() if self.visitor.role == "owner" else ""
            content = closed_markup(wave.name if wave else None, command)
        self.finish(self.part("readiness.html.j2", content=content, asks=asks))


async def _survey(desk: Desk, wave: Wave, *, anonymous: bool) -> Survey:
    choices = await desk.choices()
    return Survey(
        wave=wave.name,
        place=desk.place,
        closes_on=wave.closes_on,
        teams=choices.teams,
        levels=choices.levels,
        group_min=desk.standard.group_min,
        wave_min=desk.standard.wave_min,
        anonymous=anonymous,
    )


class SurveyInbox(PlainErrors):
    """What the page saves and asks for, checked as if anybody could have sent it."""

    @authenticated
    async def post(self, kind: str) -> None:
        """Do it and say what came of it, as JSON."""
        self._refuse_what_our_page_does_not_send()
        said = self._said()
        sessions = cast("Sessions", self.settings["sessions"])
        if kind == "draft" or sessions.may_write(self.visitor.name, said):
            reply = await cast("Desk", self.settings["desk"]).reply_to(kind, said)
        else:
            reply = refusal(ONE_SET, over=True)
        if not reply["done"]:
            again, over = reply["again"], reply["over"]
            if again:
                reply["why"] = told(reply["why"], sessions.mode)
            self.set_status(503 if again else 409 if over else 400)
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.finish(json.dumps(reply))

    def _said(self) -> object:
        try:
            return json.loads(self.request.body)
        except (ValueError, RecursionError):
            return None

    def _refuse_what_our_page_does_not_send(self) -> None:
        sent = self.request.headers.get
        if sent("Sec-Fetch-Site", "same-origin") != "same-origin" or not self.check_origin():
            raise HTTPError(403)
        if sent("Content-Type", "").partition(";")[0].strip().lower() != "application/json":
            raise HTTPError(415)
        if len(self.request.body) > BODY_MAX:
            raise HTTPError(413)
