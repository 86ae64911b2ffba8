"""The real apps, served by invitation for clients whose records were made to be attacked with."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from okrkit.keep.place import store_path
from okrkit.keep.store import Store, open_store

from .conftest import ROOT, Served, own_port
from .visiting import OTHERS, Browser, invite, start_for_others

LATER = date(2999, 12, 31)
APPS = ROOT / "apps"
KERNEL_PAGES = tuple(
    name for name in ("audit", "calibration", "own") if (APPS / f"{name}.ipynb").exists()
)
FIRST = {"respondent": "readiness", "manager": "own"}  # where Start leads


@dataclass
class Attacked:
    """A running server and its clients, by the address below which each is served."""

    folders: dict[str, Path]
    data: Path
    log: Path
    site: Served = field(init=False)
    port: int = field(default_factory=own_port)
    seats: int = 30
    code: str = OTHERS

    def start(self) -> Attacked:
        """Serve; on the port it had before."""
        said = {
            "clients": {base: str(folder) for base, folder in self.folders.items()},
            "notebooks": str(APPS), "port": self.port, "seats": self.seats,
        }  # fmt: skip
        self.site = start_for_others(json.dumps(said), self.log, self.data, self.code)
        return self

    @property
    def host(self) -> str:
        """Name and port."""
        return f"127.0.0.1:{self.port}"

    def link(self, base: str, role: str, subject: str = "", **said: object) -> str:
        """The address in a new invitation."""
        token = invite(self.folders[base], self.data, role, subject, **said)
        return f"{self.site.url.rstrip('/')}{base}i/{token}"

    def inside(self, base: str, role: str, subject: str = "") -> Browser:
        """A browser that has pressed Start."""
        browser = Browser(self.site.url)
        token = self.link(base, role, subject).rpartition("/")[2]
        status, _ = browser.enter(base, token)
        assert status == 303
        return browser

    def store(self, base: str) -> Store:
        """The store of a client."""
        path = store_path(self.folders[base], home=self.data / "okrkit")
        return open_store(path, now=lambda: datetime.now(UTC))

    def open_wave(self, base: str, name: str) -> None:
        """As `okrkit wave open` does."""
        with self.store(base) as store:
            store.open_wave(name, LATER)
