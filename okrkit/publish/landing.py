"""The first page of the site: plain HTML from our own template, no kernel."""

from __future__ import annotations

from typing import cast

from tornado.web import authenticated

from okrkit.keep.waves import Wave
from okrkit.show.landing import Landing, Round, landing_markup

from .desk import Desk
from .frame import Framed


class LandingPage(Framed):
    """What there is for this client, and how the asking stands."""

    @authenticated
    async def get(self) -> None:
        """Write it."""
        self.begin_page()
        desk = cast("Desk", self.settings["desk"])
        wave = await desk.wave()
        landing = Landing(
            client=desk.shown.client,
            round=None if wave is None else round_of(wave),
            command=desk.command_to_open(),
            group_min=desk.standard.group_min,
            wave_min=desk.standard.wave_min,
        )
        self.finish(self.part("landing.html.j2", landing=landing_markup(landing)))


def round_of(wave: Wave) -> Round:
    """A wave of the store as the page takes it."""
    closed = wave.closed_at.date() if wave.closed_at else None
    return Round(wave.name, wave.is_open, wave.closes_on, closed, wave.started, wave.sent)
