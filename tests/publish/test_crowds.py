"""Many at once: who has a seat is served on, everybody else hears so at once; strangers cost nothing."""

from __future__ import annotations

import json
import secrets
import socket
import threading
import time
from urllib.parse import urlsplit

import pytest

from okrkit.keep.codes import new_code
from okrkit.publish.server import SLOW_SECONDS

from .asking import WAVE, open_wave, said_under
from .conftest import kernels
from .visiting import ONE_MINUTE, OTHERS, Browser, invite, start_for_others, two_clients

SEATS = 3


class Crowd:
    def __init__(self, site, folder):
        self.site, self.acme, self.data = site, folder / "acme", folder / "data"

    def inside(self, role="hr"):
        browser = Browser(self.site.url)
        assert browser.enter("/acme/", invite(self.acme, self.data, role))[0] == 303
        return browser


@pytest.fixture
def begin(tmp_path):
    running = []

    def start(*, code=OTHERS, **said):
        described = json.dumps(two_clients(tmp_path) | said)
        site = start_for_others(described, tmp_path / "stderr.txt", tmp_path / "data", code)
        running.append(site)
        return Crowd(site, tmp_path)

    yield start
    for site in running:
        site.stop()


def test_a_thousand_strangers_start_no_kernel(begin):
    crowd = begin(code=ONE_MINUTE + OTHERS)
    stranger = Browser(crowd.site.url)
    paths = "/acme/audit", "/acme/", "/acme/calibration", "/beta/audit", "/acme/i/none"
    said = [stranger.ask("GET", paths[i % len(paths)])[0] for i in range(1000)]
    assert set(said) <= {403, 404, 429}
    assert said.count(429) > 500  # tried too often: the rest is not even looked up
    assert kernels(crowd.site.process.pid) == set()
    assert crowd.inside().ask("GET", "/acme/")[0] == 200  # who is invited is not crowded out


@pytest.mark.long
def test_who_holds_the_line_and_says_nothing_is_hung_up_on(begin):
    crowd = begin()
    inside, address = crowd.inside(), urlsplit(crowd.site.url)
    silent = [socket.create_connection((address.hostname, address.port)) for _ in range(200)]
    for number, one in enumerate(silent):
        one.sendall(b"POST /acme/leave HTTP/1.1\r\nContent-Length: 9\r\n\r\n"[: number % 60])
        one.settimeout(SLOW_SECONDS + 20)
    assert inside.ask("GET", "/acme/")[0] == 200
    for one in silent:
        while one.recv(1000):  # ends when the server hangs up
            pass
        one.close()
    assert inside.ask("GET", "/acme/")[0] == 200


def test_when_all_seats_are_taken_the_next_hears_so_at_once_and_nothing_saved_is_lost(begin):
    crowd = begin(seats=SEATS)
    open_wave(crowd.acme, crowd.data)
    seated = [crowd.inside() for _ in range(SEATS)]
    kernels = [browser.kernel("/acme/audit") for browser in seated]
    answering = crowd.inside("respondent")
    assert answering.ask("GET", "/acme/readiness")[0] == 200
    told, saved = [], []

    def crowd_in():
        browser = crowd.inside()
        for _ in range(3):
            begun = time.monotonic()
            status, page, headers = browser.ask("GET", "/acme/audit")
            told.append(
                (
                    status,
                    headers.get("Retry-After"),
                    "places are taken" in page,
                    time.monotonic() - begun,
                )
            )

    code = new_code(secrets.token_bytes)

    def answer():
        for statement in range(1, 6):
            said = {
                "code": code, "wave": WAVE, "key": secrets.token_urlsafe(18),
                "statement": statement, "answer": "yes", "comment": "",
            }  # fmt: skip
            saved.append(answering.ask("POST", "/acme/readiness/answer", json.dumps(said))[0])

    threads = [threading.Thread(target=crowd_in) for _ in range(2 * SEATS)] + [
        threading.Thread(target=answer)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 6 * SEATS
    assert {one[:3] for one in told} == {(503, "15", True)}
    assert saved == [200] * 5
    assert len(said_under(code, crowd.acme, crowd.data).answers) == 5
    for browser, kernel in zip(seated, kernels, strict=True):
        assert browser.ask("GET", f"/acme/api/kernels/{kernel}")[0] == 200
    token = {"_xsrf": seated[0].cookies["_xsrf"]}
    assert seated[0].ask("POST", f"/acme/voila/api/shutdown/{kernels[0]}", token)[0] == 204
    assert crowd.inside().ask("GET", "/acme/audit")[0] == 200


def test_the_seats_are_those_of_all_clients_together(begin):
    crowd = begin(seats=1)
    crowd.inside().kernel("/acme/audit")
    other = Browser(crowd.site.url)
    other.enter("/beta/", invite(crowd.acme.parent / "beta", crowd.data, "hr"))
    assert other.ask("GET", "/beta/audit")[0] == 503


def test_the_open_audit_serves_the_five_statements_and_nothing_else(begin):
    crowd = begin(open=True)
    open_wave(crowd.acme, crowd.data)
    anybody = Browser(crowd.site.url)
    assert anybody.ask("GET", "/acme/")[0] == 200
    page = anybody.ask("GET", "/acme/readiness")[1]
    assert "<b>confidential</b>" in page
    assert "anonymous" not in page
    for path in (
        "audit",
        "calibration",
        "own",
        "leave",
        "i/x",
        "open/x",
        "api/kernels",
        "voila/files/x",
    ):
        assert anybody.ask("GET", f"/acme/{path}")[0] in (403, 404), path
    assert anybody.ask("GET", "/acme/audit")[0] == 403
    assert "anonymous" in _respondents_page(crowd)


def _respondents_page(crowd):
    site = start_for_others(
        json.dumps({"clients": {"/": str(crowd.acme)}, "notebooks": str(crowd.acme.parent)}),
        crowd.acme.parent / "second.txt",
        crowd.data,
    )
    try:
        browser = Browser(site.url)
        browser.enter("/", invite(crowd.acme, crowd.data, "respondent"))
        return browser.ask("GET", "/readiness")[1]
    finally:
        site.stop()
