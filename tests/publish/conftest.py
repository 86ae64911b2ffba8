"""A served stand-in app: small notebooks of our own, shown by the real server."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pytest

ROOT = Path(__file__).resolve().parents[2]
# People are not made to wait for a computer that is busy. Tests wait: what they look at is what comes then.
PATIENT = (
    "from okrkit.publish import desk, forked, kernels\n"
    "desk.CHOICES_SECONDS = forked.ANSWER_SECONDS = kernels.LOST_SECONDS = 600\n"
)
WAIT_FOR_LOCKS = (
    "from okrkit.publish import desk, invited\ndesk.LOCK_SECONDS = invited.LOCK_SECONDS = 60\n"
)
STOP_SECONDS = 120  # generous: a server that was asked to stop ends within a second or two
# A test run may have been told to ignore hang-ups (nohup); the server is to hear them here.
START = (
    f"{PATIENT}import signal, sys; from pathlib import Path\n"
    "signal.signal(signal.SIGHUP, signal.SIG_DFL)\n"
    "from okrkit.publish.places import Shown\n"
    "from okrkit.publish.serve import serve_notebook\n"
    "serve_notebook(Path(sys.argv[1]), Shown.of(Path(sys.argv[2])), host='127.0.0.1',"
    " port=int(sys.argv[3]), open_browser=False)"
)

# The same where nobody opens a page with a kernel: none is made ready.
WITHOUT_KERNEL = (
    f"from okrkit.publish.kernels import KernelPool\nKernelPool.refill = lambda pool: None\n{START}"
)

KERNEL = {b"okrkit.publish.warm_parent", b"ipykernel_launcher"}


def children(pid):
    """The processes started by `pid`, and theirs."""
    listed = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
    )
    pairs = [tuple(map(int, line.split())) for line in listed.stdout.splitlines()]
    own = {child for child, parent in pairs if parent == pid}
    return own.union(*(children(child) for child in own)) if own else own


def kernels(pid):
    """Those of them that are kernels, or what kernels are copied from."""
    return {one for one in children(pid) if KERNEL & set(_command(one))}


def _command(pid):
    """The words a process was started with; none once it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return []


def print_routes(module):
    """Code after which a launcher of `okrkit.publish` prints its router's patterns and ends."""
    return (
        "import json\n"
        f"from okrkit.publish import {module} as launcher\n"
        "def routes(rules):\n"
        "    for rule in rules:\n"
        "        inner = getattr(rule.target, 'rules', None)\n"
        "        yield from [rule.matcher.regex.pattern] if inner is None else routes(inner)\n"
        "def run(sites, *_):\n"
        "    print(json.dumps(list(routes(sites[0].app.default_router.rules))))\n"
        "launcher.run = run\n"
    )


def write_notebook(path: Path, *cells: str) -> Path:
    """A notebook of code cells."""
    code = [
        {"cell_type": "code", "id": f"c{i}", "metadata": {}, "source": source, "outputs": [],
         "execution_count": None}
        for i, source in enumerate(cells)
    ]  # fmt: skip
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    book = {"cells": code, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(book), encoding="utf-8")
    return path


def show(markup: str) -> str:
    """A cell that shows `markup`, a Python expression."""
    return f"from IPython.display import HTML, display\ndisplay(HTML({markup}))"


COOKIES: dict[str, str] = {}  # of each running site: what its printed address gave a browser


def enter(link: str) -> str:
    """Use the printed address, as a browser does; gives the address of the first page."""
    url = link.partition("open/")[0]
    with urllib.request.urlopen(link, timeout=60) as answer:
        given = [cookie.partition(";")[0] for cookie in answer.headers.get_all("Set-Cookie")]
    COOKIES[url] = next(cookie for cookie in given if not cookie.startswith("_xsrf"))
    return url


def first_link(printed: list[str]) -> str:
    """The address that opens the first browser; empty when the server did not start."""
    return next((line for line in printed if line.startswith("http")), "")


@dataclass
class Served:
    """A running server, its address and what it printed."""

    process: subprocess.Popen[str]
    url: str
    printed: list[str]
    log: Path

    def next_link(self) -> str:
        """The address it has printed since the last was used."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().rpartition(" ")[2].strip()

    @property
    def audit(self) -> str:
        """The address of the notebook's page."""
        return f"{self.url}audit"

    @property
    def cookie(self) -> str:
        """What a browser that has used the printed address sends."""
        return COOKIES[self.url]

    def get(self, path: str = "audit", **headers: str) -> tuple[int, str, dict[str, str]]:
        """Status, text and headers of an answer."""
        sent = {"Cookie": self.cookie}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(self.url + path, headers=sent)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read().decode(), dict(answer.headers)
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.code, refusal.read().decode(), dict(refusal.headers)

    def visit(self, query: str = "", **headers: str) -> str:
        """The page as a person's browser gets it; closed again at once, which ends its kernel."""
        status, page, answered = self.get(f"audit{query}", **headers)
        assert status == 200, page
        kernel = re.search(r'"kernelId": "([^"]+)"', page)
        if kernel:
            self.close(kernel.group(1), answered)
        return page

    def close(self, kernel: str, answered: dict[str, str], token: str | None = None) -> int:
        """What a page sends when it is closed; `token` stands for a forged one."""
        found = re.search(r"_xsrf=([^;]+)", answered["Set-Cookie"])
        assert found
        request = urllib.request.Request(
            f"{self.url}voila/api/shutdown/{kernel}", method="POST",
            data=f"_xsrf={token or found.group(1)}".encode(),
            headers={"Cookie": f"_xsrf={found.group(1)}; {self.cookie}"},
        )  # fmt: skip
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.code

    def stop(self, sign: int = signal.SIGINT) -> int:
        """Stop it as a person would and wait."""
        if self.process.poll() is None:
            self.process.send_signal(sign)
        try:
            return self.process.wait(STOP_SECONDS)
        finally:
            if self.process.stdout is not None:
                self.process.stdout.close()


def is_running(pid: int) -> bool:
    """Whether a process is there and not a zombie."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def gone(pid: int, seconds: float = 60) -> bool:
    """Whether a process ends within `seconds`."""
    end = time.monotonic() + seconds
    while is_running(pid):
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def until(met: Callable[[], object], seconds: float = 120) -> None:
    """Wait for what is to come; on a busy computer that takes long."""
    end = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < end, "it has not come"
        time.sleep(0.05)


def own_port() -> int:
    """A free port nobody is given by chance: one to come back to after it was let go."""
    while True:
        port = random.SystemRandom().randrange(10_000, 30_000)
        with socket.socket() as one, suppress(OSError):
            one.bind(("127.0.0.1", port))
            return port


def read_start(lines: IO[str]) -> list[str]:
    """What the server prints until it says how to stop it."""
    printed: list[str] = []
    for line in lines:
        printed.append(line.rstrip())
        if "Ctrl-C" in line:
            break
    return printed


Start = Callable[..., Served]


@pytest.fixture
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Start]:
    """Start servers that end with the test."""
    yield from starting(tmp_path_factory)


@pytest.fixture(scope="module")
def start_shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Start]:
    """Start servers that several tests look at."""
    yield from starting(tmp_path_factory)


def starting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Start]:
    """Start servers; all are stopped at the end, each by its own process."""
    running: list[Served] = []

    def begin(
        notebook: Path,
        folder: Path,
        *,
        port: int = 0,
        cwd: Path | None = None,
        code: str = START,
        **env: str,
    ) -> Served:
        log = tmp_path_factory.mktemp("log") / "stderr.txt"
        paths = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
        with log.open("w") as errors:
            process = subprocess.Popen(
                [sys.executable, "-P", "-c", code, str(notebook), str(folder), str(port)],
                stdout=subprocess.PIPE, stderr=errors, text=True, cwd=cwd,
                env=os.environ | {"PYTHONPATH": paths} | env,
            )  # fmt: skip
        assert process.stdout is not None
        printed = read_start(process.stdout)
        link = first_link(printed)
        served = Served(process, link.partition("open/")[0], printed, log)
        running.append(served)
        assert link, log.read_text()
        enter(link)
        return served

    yield begin
    for served in running:
        served.stop()
