"""A server or a kernel killed between and during saves loses no answer it has acknowledged, and keeps none twice."""

from __future__ import annotations

import json
import os
import random
import secrets
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager, suppress
from http.client import HTTPException
from pathlib import Path
from queue import Empty

import pytest
from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.connect import write_connection_file

from okrkit.keep.codes import new_code

from .asking import WAVE, Visitor, make_client, open_wave, rows, said_under
from .conftest import (
    ROOT,
    STOP_SECONDS,
    Served,
    enter,
    first_link,
    own_port,
    read_start,
    write_notebook,
)

WARM = Path(__file__).with_name("warm.py")
WORDS = ("yes", "no", "dont_know", "not_applicable")
SHOW = "from okrkit.widgets.survey_panel import survey_panel; import os; survey_panel(os.environ['OKRKIT_PROJECT'])"


@pytest.fixture
def asked(tmp_path):
    """A client's folder with an open wave, and the data folder it is kept in."""
    client, data = make_client(tmp_path / "client"), tmp_path / "data"
    open_wave(client, data)
    return client, data


@contextmanager
def warm(data, *what):
    """A process that starts what is to be killed, each time it is told to."""
    process = subprocess.Popen(
        [sys.executable, "-P", str(WARM), *map(str, what)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env=os.environ | {"XDG_DATA_HOME": str(data), "PYTHONPATH": str(ROOT), "OKRKIT_FRAME": "1"},
    )  # fmt: skip
    try:
        assert process.stdout.readline() == "warm\n"
        yield process
    finally:
        process.stdin.close()
        process.wait(STOP_SECONDS)
        process.stdout.close()


def begin(process):
    """Start what it stands for."""
    process.stdin.write("start\n")
    process.stdin.flush()


def kill(process):
    """Kill what it has started, and see it gone."""
    process.stdin.write("kill\n")
    process.stdin.flush()
    assert "ended\n" in iter(process.stdout.readline, "")  # after what it had printed


def change(code, pick):
    """An answer as the page sends it: to be sent again, as it is, until it is acknowledged."""
    said = {"code": code, "wave": WAVE, "key": secrets.token_urlsafe(18)}
    return said | {
        "statement": pick.randint(1, 5),
        "answer": pick.choice(WORDS),
        "comment": "é" * 50,
    }


def check(client, data, points, acknowledged):
    """Compare what is kept with what was acknowledged: by code, every answer in its order."""
    found = rows(client, data)  # has every row its audit row, in unbroken order?
    assert found["answer"] == sum(map(len, acknowledged.values())) >= points
    assert found["audit_row"] == found["answer"] + found["wave_event"]
    for code, changes in acknowledged.items():
        last = {one["statement"]: one["answer"] for one in changes}
        draft = said_under(code, client, data)
        assert {key: one.answer for key, one in draft.answers.items()} == last


# The server


class Talker(threading.Thread):
    """A visitor whose page sends each answer again, with the same key, until it is acknowledged."""

    def __init__(self, visitor, seed, stop):
        super().__init__(daemon=True)
        self.visitor, self.stop, self.random = visitor, stop, random.Random(seed)
        self.acknowledged = []

    def run(self):
        while not self.stop.is_set():
            said = change(self.visitor.code, self.random)
            while not self.sent(json.dumps(said).encode()):
                time.sleep(0.05)
            self.acknowledged.append(said)

    def sent(self, body):
        try:
            return self.visitor.post("answer", body)[0] == 200
        except (OSError, HTTPException):
            return False


def kill_servers(client, data, points):
    """What three visitors heard acknowledged by servers that were killed at so many points."""
    notebook = write_notebook(data / "audit.ipynb", "1 / 0")
    stop, pause = threading.Event(), random.Random(20261122)
    with warm(data, "server", notebook, client, own_port()) as process:
        begin(process)
        url = enter(first_link(read_start(process.stdout)))
        site = Served(process, url, [], Path(os.devnull))
        talkers = [Talker(Visitor(site), seed, stop) for seed in range(3)]
        for talker in talkers:
            talker.start()
        for point in range(points):
            while sum(len(talker.acknowledged) for talker in talkers) <= point:
                time.sleep(0.01)
            time.sleep(pause.uniform(0.0, 0.3))
            kill(process)
            begin(process)
            enter(first_link(read_start(process.stdout)))
        stop.set()
        for talker in talkers:
            talker.join(STOP_SECONDS)
            assert not talker.is_alive()
    return {talker.visitor.code: talker.acknowledged for talker in talkers}


def test_twenty_five_killed_servers_lose_and_double_nothing(asked):
    check(*asked, 25, kill_servers(*asked, 25))


@pytest.mark.long
def test_a_hundred_killed_servers_lose_and_double_nothing(asked):
    check(*asked, 100, kill_servers(*asked, 100))


# The kernel


class Notebook:
    """A page that shows the panel and sends each answer again until the panel has acknowledged it."""

    def __init__(self, connection, seed):
        self.connection, self.random = connection, random.Random(seed)
        self.code = new_code(secrets.token_bytes)
        self.acknowledged = []
        self.waits = None

    @contextmanager
    def open(self):
        """The panel in a kernel that has just been started."""
        self.client = BlockingKernelClient()
        self.client.load_connection_file(self.connection)
        self.client.start_channels(stdin=False, hb=False, control=False)
        try:
            for _ in range(6000):
                self.client.kernel_info()
                with suppress(Empty):
                    self.client.get_iopub_msg(timeout=0.05)
                    break
            self.client.execute(SHOW)
            shown = self.heard("comm_open", lambda told: "markup" in told["data"]["state"])
            self.widget = shown["comm_id"]
            yield
        finally:
            self.client.stop_channels()

    def heard(self, kind, fits, seconds=600):
        """The first message of its kind that fits; Empty when there is none in time."""
        end = time.monotonic() + seconds
        while True:
            told = self.client.get_iopub_msg(timeout=max(0.0, end - time.monotonic()))
            assert told["msg_type"] != "error", told["content"]["traceback"]
            if told["msg_type"] == kind and fits(told["content"]):
                return told["content"]

    def talk(self, seconds):
        """Answer on and on for so long; what is on its way then waits for the next kernel."""
        end = time.monotonic() + seconds
        with suppress(Empty):
            while True:
                self.save(end - time.monotonic())

    def save(self, seconds=600):
        """Send what waits, or a new answer; Empty when it is not acknowledged in time."""
        self.waits = self.waits or change(self.code, self.random)
        number = secrets.token_hex(4)
        sent = {"method": "custom", "content": {"id": number, "kind": "answer", "said": self.waits}}
        message = self.client.session.msg("comm_msg", {"comm_id": self.widget, "data": sent})
        self.client.shell_channel.send(message)

        def fits(told):
            return told["data"].get("content", {}).get("id") == number

        told = self.heard("comm_msg", fits, seconds)["data"]["content"]["reply"]
        assert told["done"], told
        self.acknowledged.append(self.waits)
        self.waits = None


def connection(place):
    """A kernel's connection file, with sockets beside it."""
    return write_connection_file(f"{place}/k", transport="ipc", ip=f"{place}/i")[0]


def kill_kernels(client, data, points):
    """What a notebook's page heard acknowledged by kernels that were killed at so many points."""
    pause = random.Random(20261122)
    with (
        tempfile.TemporaryDirectory(prefix="o") as short,  # a socket's path may not be long
        warm(data, "kernel", connected := connection(short), client) as process,
    ):
        page = Notebook(connected, 7)
        for _ in range(points):
            begin(process)
            with page.open():
                page.save()
                page.talk(pause.uniform(0.005, 0.1))
                kill(process)  # while it still saves
        begin(process)
        with page.open():
            page.save()
    return {page.code: page.acknowledged}


def test_twenty_five_killed_kernels_lose_and_double_nothing(asked):
    check(*asked, 25, kill_kernels(*asked, 25))


@pytest.mark.long
def test_a_hundred_killed_kernels_lose_and_double_nothing(asked):
    check(*asked, 100, kill_kernels(*asked, 100))
