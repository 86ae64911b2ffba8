"""The four servers that are compared, each with a store of its own."""

from __future__ import annotations

import os
import re
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from okrkit.keep.place import store_path
from okrkit.publish.places import place

HERE = Path(__file__).resolve().parent
OURS, STOCK, STREAMLIT, SHINY = "okrkit serve", "voila", "streamlit", "shiny"
OKRKIT = (sys.executable, "-P", "-c", "from okrkit.cli import main; main()")
PORT = "{port}"  # in a command: the free port it is to take
STARTED_WITHIN = 60.0  # seconds


@dataclass(frozen=True)
class Plan:
    """How a server is started, and where its page shows what is looked for.

    `question` and `saved` are selectors: the group of the first question, and the place that says
    its answer is stored; `lets_in` finds the address that a new browser has to open first.
    """

    name: str
    command: tuple[str, ...]
    path: str
    question: str
    saved: str
    store: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    lets_in: str = ""


@dataclass(frozen=True)
class Server:
    """A running server."""

    plan: Plan
    process: subprocess.Popen[bytes]
    port: int
    log: Path

    @property
    def name(self) -> str:
        """What it is called in the tables."""
        return self.plan.name

    @property
    def url(self) -> str:
        """The page with the first question."""
        return f"{self.origin}{self.plan.path}"

    @property
    def origin(self) -> str:
        """Where it is; everything else is another host."""
        return f"http://127.0.0.1:{self.port}"

    def link(self) -> str:
        """The address printed last that lets a browser in; empty where none is needed."""
        end = time.monotonic() + STARTED_WITHIN
        while self.plan.lets_in and time.monotonic() < end:
            if printed := re.findall(self.plan.lets_in, self.log.read_text(encoding="utf-8")):
                return str(printed[-1])
            time.sleep(0.1)
        return ""

    def stored(self) -> int:
        """How many answers its store holds."""
        with closing(sqlite3.connect(self.plan.store)) as store:
            return int(store.execute("SELECT count(*) FROM answer").fetchone()[0])

    def stop(self) -> None:
        """End it politely, else at once."""
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def plans(folder: Path, home: Path, python: Path) -> list[Plan]:
    """The four for the client in `folder`; stores go below `home`, `python` has the peers."""
    notebook = str(place("apps") / "readiness.ipynb")
    serve = (*OKRKIT, "serve", str(folder), "--no-browser", "--port", PORT)
    voila = (sys.executable, "-m", "voila", notebook, "--no-browser", f"--port={PORT}")
    streamlit = (
        str(python), "-m", "streamlit", "run", str(HERE / "peers" / "streamlit_app.py"),
        f"--server.port={PORT}", "--server.address=127.0.0.1", "--server.headless=true",
        "--server.fileWatcherType=none", "--browser.gatherUsageStats=false",
    )  # fmt: skip
    shiny = (
        str(python), "-m", "shiny", "run", "--host", "127.0.0.1", "--port", PORT,
        str(HERE / "peers" / "shiny_app.py"),
    )  # fmt: skip
    radios, caption = "[role=radiogroup]", "[data-testid=stCaptionContainer]"
    return [
        _okrkit(OURS, serve, "/readiness", folder, home / "ours"),
        _okrkit(STOCK, voila, "/", folder, home / "voila"),
        _peer(STREAMLIT, streamlit, (radios, caption), home / "streamlit.sqlite"),
        _peer(SHINY, shiny, ("#s1-answer", "#s1-saved"), home / "shiny.sqlite"),
    ]


def _okrkit(name: str, command: tuple[str, ...], path: str, folder: Path, data: Path) -> Plan:
    """Our own form, in a wave that has just been opened in a data folder of its own."""
    environment = {"XDG_DATA_HOME": str(data), "OKRKIT_PROJECT": str(folder)}
    subprocess.run(
        [*OKRKIT, "wave", "open", str(folder), "--name", "Benchmark"],
        check=True,
        stdout=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": str(HERE.parent)} | environment,
    )
    return Plan(
        name=name,
        command=command,
        path=path,
        question='fieldset[data-statement="1"]',
        saved='[data-mark="answer:1"]',
        store=store_path(folder, home=data / "okrkit"),
        environment=environment,
        lets_in=r"http\S+/open/\S+" if name == OURS else "",
    )


def _peer(name: str, command: tuple[str, ...], selectors: tuple[str, str], store: Path) -> Plan:
    question, saved = selectors
    return Plan(name, command, "/", question, saved, store, {"PEER_STORE": str(store)})


@contextmanager
def running(wanted: list[Plan], logs: Path) -> Iterator[list[Server]]:
    """All of them; what they print goes to files in `logs`."""
    with ExitStack() as stack:
        servers = []
        for plan in wanted:
            servers.append(_start(plan, logs / f"{plan.name}.log"))
            stack.callback(servers[-1].stop)
        yield servers


def _start(plan: Plan, log: Path) -> Server:
    """Start it on a free port and wait until it listens."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with log.open("wb") as printed:
        process = subprocess.Popen(
            [part.replace(PORT, str(port)) for part in plan.command],
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=subprocess.STDOUT,
            env=os.environ | {"PYTHONPATH": str(HERE.parent)} | dict(plan.environment),
        )
    end = time.monotonic() + STARTED_WITHIN
    while process.poll() is None and time.monotonic() < end:
        with socket.socket() as caller:
            if caller.connect_ex(("127.0.0.1", port)) == 0:
                return Server(plan, process, port, log)
        time.sleep(0.1)
    process.kill()
    raise SystemExit(f"{plan.name} did not start:\n{log.read_text(errors='replace')}")
