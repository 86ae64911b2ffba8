"""Who gets what by invitation: every address, asked by everybody there is, answers as the matrix says."""

from __future__ import annotations

import json
import os
import re
import secrets
import subprocess
import sys
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from voila import __version__ as voila_version

from okrkit.keep.invites import Wanted
from okrkit.publish.application import KERNEL
from okrkit.publish.door import TOKEN
from okrkit.publish.front_end import EXTENSIONS

from .conftest import ROOT, print_routes
from .visiting import (
    OTHERS,
    SOCKET,
    Browser,
    forged,
    invitations,
    invite,
    start_for_others,
    two_clients,
)

ROWS = tomllib.loads(Path(__file__).with_name("matrix_invited.toml").read_text("utf-8"))["row"]
INSIDE = "respondent", "manager", "facilitator", "consultant", "hr", "page"
OUTSIDE = "none", "forged", "expired", "revoked", "left", "beta"
REFUSED = 403
FRONT = f"front/{voila_version}"
ROUTER = {"token": TOKEN, "kernel": KERNEL, "front": FRONT, "extensions": "|".join(EXTENSIONS)}


def filled(text, words):
    return re.sub(r"\{(\w+)\}", lambda name: words[name[1]], text)


@pytest.fixture(scope="module")
def described(tmp_path_factory):
    """Two clients with small notebooks of their own; the server's description and data folder."""
    place = tmp_path_factory.mktemp("others")
    return json.dumps(two_clients(place)), place


def test_every_route_stands_in_the_matrix(described):
    said, place = described
    command = [
        sys.executable,
        "-P",
        "-c",
        OTHERS.replace("said = ", print_routes("serve_others") + "said = "),
        said,
    ]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "XDG_DATA_HOME": str(place / "unused")}
    printed = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert printed.returncode == 0, printed.stderr
    routes = {route.removesuffix("$") for route in json.loads(printed.stdout)}
    assert routes == {"/acme" + filled(row["route"], ROUTER) for row in ROWS}


class Others:
    """A site of two clients and everybody who asks it."""

    def __init__(self, site, place):
        self.site = site
        acme, data = place / "acme", place / "data"
        self.browsers = {who: Browser(site.url) for who in (*OUTSIDE, *INSIDE)}
        for who in INSIDE:
            role = "hr" if who == "page" else who
            token = invite(acme, data, role, "M1" if role == "manager" else "")
            assert self.browsers[who].enter("/acme/", token)[0] == 303
        yesterday = datetime.now(UTC) - timedelta(days=1)
        with invitations(acme, data, yesterday) as kept:
            (old,) = kept.issue([Wanted("hr", yesterday + timedelta(hours=1))])
            early = kept.exchange(old.token, secrets.token_urlsafe(24))
        self.cookie = next(name for name in self.browsers["hr"].cookies if name != "_xsrf")
        self.browsers["expired"].cookies[self.cookie] = early.sid
        self.browsers["forged"].cookies[self.cookie] = forged()
        revoked = invite(acme, data, "hr")
        self.browsers["revoked"].enter("/acme/", revoked)
        with invitations(acme, data) as kept:
            kept.revoke(kept.look_up(revoked).id)
        self.browsers["left"].enter("/acme/", invite(acme, data, "hr"))
        assert self.browsers["left"].ask("POST", "/acme/leave")[0] == 200
        beta = invite(place / "beta", data, "hr")
        self.browsers["beta"].enter("/beta/", beta)
        self.words = {
            "invitation": invite(acme, data, "hr"), "expired": old.token, "revoked": revoked,
            "beta": beta, "front": FRONT, "kernel": self.browsers["page"].kernel("/acme/audit"),
        }  # fmt: skip

    def status(self, who, request):
        method, path = filled(request, self.words).split()
        browser = self.browsers[who]
        browser.cookies.setdefault("_xsrf", secrets.token_hex(16))
        headers = SOCKET if method == "SOCKET" else {}
        return browser.ask(method, f"/acme{path}", "{}" if method == "POST" else None, headers)[0]


@pytest.fixture(scope="module")
def others(described, tmp_path_factory):
    said, place = described
    site = start_for_others(said, tmp_path_factory.mktemp("log") / "stderr.txt", place / "data")
    yield Others(site, place)
    site.stop()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["ask"])
def test_everybody_gets_what_the_matrix_says(others, row):
    inside = {who: row["inside"] for who in INSIDE} if "inside" in row else {}
    rest = row.get("everybody", REFUSED)
    said = {who: row.get(who, inside.get(who, rest)) for who in (*OUTSIDE, *INSIDE)}
    assert {who: others.status(who, row["ask"]) for who in said} == said


def test_there_is_nothing_outside_the_clients_addresses(others):
    for path in (
        "/",
        "/acme",
        "/audit",
        "/gamma/",
        "/gamma/audit",
        "/acme/../beta/audit",
        "//acme/",
    ):
        status, page, _ = others.browsers["beta"].ask("GET", path)
        assert status in (403, 404), path
        assert not [name for name in ("acme", "beta") if name in page.lower() and name not in path]
