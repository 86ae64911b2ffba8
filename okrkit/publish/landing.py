"""The first page of the site: plain HTML from our own template, no kernel."""

from __future__ import annotations

from typing import cast

from tornado.web import authenticated

from okrkit.show.landing import Landing, landing_markup

from .desk import Desk
from .frame import Framed
from .visitors import NAMES, Purpose


class LandingPage(Framed):
    """What there is for this client, and how the asking stands."""

    @authenticated
    async def get(self) -> None:
        """Write it."""
        self.begin_page()
        desk = cast("Desk", self.settings["desk"])
        landing = Landing(
            client=desk.shown.client,
            round=await desk.wave(),
            command=desk.command_to_open() if self.visitor.role == "owner" else "",
            group_min=desk.standard.group_min,
            wave_min=desk.standard.wave_min,
            readiness=self._address("readiness"),
            audit=self._address("audit"),
            calibration=self._address("calibration"),
            own=self._address("own"),
            writing=self._address("writing"),
            anonymous=self.anonymous,
            names=self.visitor.role in NAMES,
        )
        self.finish(self.part("landing.html.j2", landing=landing_markup(landing)))

    def _address(self, purpose: Purpose) -> str:
        """Where the visitor finds it; empty when it is not for the visitor."""
        return self.base + purpose if self.visitor.may(purpose) else ""
