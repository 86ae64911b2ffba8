"""A client who is asked: the store behind a served site, and a page's way of talking to it."""

from __future__ import annotations

import json
import re
import secrets
import urllib.error
import urllib.request
from datetime import UTC, date, datetime
from pathlib import Path

from okrkit.keep.codes import new_code, respondent_of
from okrkit.keep.place import store_path
from okrkit.keep.queries import Draft
from okrkit.keep.store import Store, open_store

from .conftest import Served

WAVE = "2026-Q4"
LATER = date(2999, 12, 31)
TEAMS = "team,name,level\nT1,Onboarding,team\nT2,<b>Fjords</b> & Sons,team\nT3,Billing,team\n"


def make_client(folder: Path) -> Path:
    """A client's folder with a list of teams."""
    folder.mkdir(parents=True)
    (folder / "teams.csv").write_text(TEAMS, encoding="utf-8")
    return folder


def kept_at(folder: Path, data: Path) -> Store:
    """The store of the client in `folder` when `data` is the person's data folder."""
    path = store_path(folder, home=data / "okrkit")
    return open_store(path, now=lambda: datetime.now(UTC))


def open_wave(folder: Path, data: Path, name: str = WAVE, until: date | None = LATER) -> None:
    """Open a wave as `okrkit wave open` does."""
    with kept_at(folder, data) as store:
        store.open_wave(name, until)


def said_under(code: str, folder: Path, data: Path) -> Draft:
    """What the holder of a code has said so far."""
    with kept_at(folder, data) as store:
        return store.draft(respondent_of(code), WAVE)


def rows(folder: Path, data: Path) -> dict[str, int]:
    """How many rows each table of the store has."""
    with kept_at(folder, data) as store:
        assert store.verify().ok
        return dict(store.info().rows)


class Visitor:
    """What a page's script sends, with a code of its own."""

    def __init__(self, site: Served) -> None:
        self.site = site
        self.code = new_code(secrets.token_bytes)
        found = re.search(r"_xsrf=([^;]+)", site.get("readiness")[2]["Set-Cookie"])
        assert found
        self.token = found.group(1)

    def post(self, kind: str, body: bytes, **headers: str | None) -> tuple[int, str]:
        """Status and text of the answer; None leaves a header out."""
        sent: dict[str, str | None] = {
            "Content-Type": "application/json",
            "Cookie": f"_xsrf={self.token}; {self.site.cookie}",
            "X-XSRFToken": self.token,
        }
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(
            f"{self.site.url}readiness/{kind}",
            data=body,
            headers={name: value for name, value in sent.items() if value is not None},
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.code, refusal.read().decode()

    def say(self, kind: str, **said: object) -> tuple[int, dict]:
        """Send one thing with the visitor's code, the wave and, if it needs one, a new key."""
        own = {"code": self.code, "wave": WAVE}
        if kind != "draft":
            own["key"] = secrets.token_urlsafe(18)
        status, text = self.post(kind, json.dumps(own | said).encode())
        return status, json.loads(text)

    def answer(self, statement: int, word: str, comment: str = "", **said: object) -> int:
        """Answer one statement; gives the status."""
        return self.say("answer", statement=statement, answer=word, comment=comment, **said)[0]
