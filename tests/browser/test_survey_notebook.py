"""The survey's notebook in plain Voila and in JupyterLab, without our server: answered, killed, gone on with."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress

import pytest

from okrkit.installed import place

from ..publish.asking import make_client, open_wave, said_under  # noqa: TID252
from ..publish.conftest import ROOT, STOP_SECONDS, kernels, own_port  # noqa: TID252
from .asked import STORED, answer_all, choice, chosen, code_of, comment, send

SETTINGS = ("--no-browser", "--ServerApp.ip=127.0.0.1", "--ServerApp.allow_root=True")
ALL_SHOWN = (
    "--VoilaExecutor.iopub_timeout=300"  # Voila waits four seconds for what a busy kernel shows
)
LAB = (
    "--IdentityProvider.token=", "--LabApp.news_url=None", "--log-level=ERROR",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
)  # fmt: skip


@contextmanager
def running(what, port, tmp_path):
    """Jupyter's own server as anybody starts it, in a folder with the notebook; gives its process."""
    folder, home = tmp_path / "notebooks", tmp_path / "home"
    for one in (folder, home):
        one.mkdir()
    shutil.copy(place("apps") / "readiness.ipynb", folder)
    env = {
        "OKRKIT_PROJECT": str(tmp_path / "harbour"),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "PYTHONPATH": str(ROOT),
        "HOME": str(home),
        "JUPYTER_PREFER_ENV_PATH": "1",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", *what, f"--port={port}", *SETTINGS],
        cwd=folder, env=os.environ | env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        listening(port)
        yield process
    finally:
        process.terminate()
        process.wait(STOP_SECONDS)


def listening(port):
    for _ in range(3000):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail("it did not start")


def kill_kernels(server):
    """End every kernel of a server as a power cut would."""
    running = kernels(server)
    assert running
    for one in running:
        with suppress(ProcessLookupError):  # that of a page that was left is just ending
            os.kill(one, signal.SIGKILL)


def answered_killed_and_gone_on_with(page, shown, tmp_path, server):
    """Answer, reload, lose the kernel, answer on, reload: everything is there, once."""
    kept = tmp_path / "harbour", tmp_path / "data"
    shown()
    comment(page, 2).fill("in a ")
    comment(page, 2).press_sequentially("notebook dd")  # no shortcut of the notebook's
    answer_all(page)
    code = code_of(page)
    page.reload()
    shown()
    page.get_by_text("5 of 5").wait_for()
    assert chosen(page) == STORED
    assert comment(page, 2).input_value() == "in a notebook dd"
    kill_kernels(server.pid)
    choice(page, 4, "No").check()
    page.on("dialog", lambda dialog: dialog.accept())  # something is not saved yet
    page.reload()
    shown()
    page.locator("[data-mark='answer:4']").get_by_text("Saved at").wait_for()
    send(page)
    draft = said_under(code, *kept)
    assert [one.answer for one in draft.answers.values()] == [*STORED[:3], "no", STORED[4]]
    assert draft.answers[2].comment == "in a notebook dd"
    assert draft.sent_at is not None


@pytest.fixture
def asked(tmp_path):
    open_wave(make_client(tmp_path / "harbour"), tmp_path / "data")


def test_in_plain_voila(asked, watch, tmp_path):
    port = own_port()
    with running(["voila", "readiness.ipynb", ALL_SHOWN], port, tmp_path) as server:
        page = watch("").open(f"http://127.0.0.1:{port}/")
        ready = page.locator("[data-ready=yes]")
        answered_killed_and_gone_on_with(page, ready.wait_for, tmp_path, server)


@pytest.mark.long
def test_in_jupyterlab(asked, watch, tmp_path):
    port = own_port()
    with running(["jupyterlab", *LAB], port, tmp_path) as server:
        page = watch("").open(f"http://127.0.0.1:{port}/lab/tree/readiness.ipynb")

        def run_all():
            page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
            page.get_by_role("menuitem", name="Run", exact=True).click()
            page.get_by_text("Run All Cells", exact=True).click()
            page.locator("[data-ready=yes]").wait_for()

        answered_killed_and_gone_on_with(page, run_all, tmp_path, server)
