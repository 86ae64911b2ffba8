"""A server killed between and during saves loses no answer it has acknowledged, and keeps none twice."""

from __future__ import annotations

import json
import random
import secrets
import signal
import threading
import time
from http.client import HTTPException

import pytest

from .asking import WAVE, Visitor, make_client, open_wave, rows, said_under
from .conftest import write_notebook

WORDS = ("yes", "no", "dont_know", "not_applicable")


class Talker(threading.Thread):
    """A visitor whose page sends each answer again, with the same key, until it is acknowledged."""

    def __init__(self, visitor, seed, stop):
        super().__init__(daemon=True)
        self.visitor, self.stop, self.random = visitor, stop, random.Random(seed)
        self.acknowledged = 0
        self.last = {}

    def run(self):
        while not self.stop.is_set():
            statement, word = self.random.randint(1, 5), self.random.choice(WORDS)
            said = {"code": self.visitor.code, "wave": WAVE, "key": secrets.token_urlsafe(18)}
            body = json.dumps(said | {"statement": statement, "answer": word, "comment": "é" * 50})
            while not self.sent(body.encode()):
                time.sleep(0.05)
            self.acknowledged += 1
            self.last[statement] = word

    def sent(self, body):
        try:
            return self.visitor.post("answer", body)[0] == 200
        except (OSError, HTTPException):
            return False


def kill_and_count(start, tmp_path, points):
    client, data = make_client(tmp_path / "client"), tmp_path / "data"
    open_wave(client, data)
    notebook = write_notebook(tmp_path / "audit.ipynb", "1 / 0")
    site = start(notebook, client, XDG_DATA_HOME=str(data))
    port = int(site.url.rstrip("/").rpartition(":")[2])
    stop = threading.Event()
    talkers = [Talker(Visitor(site), seed, stop) for seed in range(3)]
    for talker in talkers:
        talker.start()
    pause = random.Random(20261122)
    for _ in range(points):
        time.sleep(pause.uniform(0.05, 1.0))
        site.stop(signal.SIGKILL)
        site = start(notebook, client, port=port, XDG_DATA_HOME=str(data))
    stop.set()
    for talker in talkers:
        talker.join(60)
        assert not talker.is_alive()
    return client, data, talkers


def check(client, data, talkers):
    found = rows(client, data)  # has every row its audit row, in unbroken order?
    assert found["answer"] == sum(talker.acknowledged for talker in talkers) > 50
    assert found["audit_row"] == found["answer"] + found["wave_event"]
    for talker in talkers:
        draft = said_under(talker.visitor.code, client, data)
        assert {key: one.answer for key, one in draft.answers.items()} == talker.last


def test_three_kills_lose_and_double_nothing(start, tmp_path):
    check(*kill_and_count(start, tmp_path, 3))


@pytest.mark.long
def test_fifty_kills_lose_and_double_nothing(start, tmp_path):
    check(*kill_and_count(start, tmp_path, 50))
