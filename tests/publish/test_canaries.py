"""Two clients on one server: no byte of one's reaches the other's visitors or processes, and no log holds any."""

from __future__ import annotations

import asyncio
import json
import os
import re
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest

from okrkit.keep.codes import new_code

from .asking import WAVE
from .attacked import KERNEL_PAGES, Attacked
from .company import text_fields, write_company
from .conftest import children, kernels, until
from .messages import Wire, custom, message, outside_any_loop
from .visiting import OTHERS, SOCKET

A, B = "quorvandel", "zephyrique"  # invented; nothing else is called so
ROLES = "respondent", "facilitator", "consultant", "hr", "manager"
FEW = pytest.param(("hr", "manager"), id="few")
ALL = pytest.param(ROLES, id="all", marks=pytest.mark.long)
PAGES = ("", "readiness", *KERNEL_PAGES, "nothing", "audit/grades.csv", "api/kernels", "login")
FILES = ("okr.css", "page.js", "survey.js", "front_end.js", "icon.svg", "page.py")
# Everything the server would ever say of what it does, as a person who looks for a fault has it written.
TOLD = "import logging; logging.basicConfig(level=logging.INFO)\n" + OTHERS
TELLS_ADDRESSES = TOLD.replace(
    "said = json",
    "from okrkit.publish import application\n"
    "application.log_access = lambda one: logging.info(one.request.uri)\nsaid = json",
)


def texts(word):
    """Every field says whose it is, which it is and in which row."""
    return lambda field, row: f"{word} {field.replace('.', ' ')} {row}"


class Two:
    """The server with its two clients, and everything its visitors of the first were sent."""

    def __init__(self, place, code=TOLD):
        self.short = tempfile.TemporaryDirectory(prefix="o")  # a socket's path may not be long
        code = f"import os; os.environ['TMPDIR'] = {self.short.name!r}\n{code}"
        folders = {
            f"/{one}/": write_company(place / word, texts(word), 12) for one, word in NAMES.items()
        }
        self.attacked = Attacked(folders, place / "data", place / "stderr.txt", code=code)
        for base in folders:
            self.attacked.open_wave(base, f"{NAMES[base.strip('/')]} {WAVE}")
        self.attacked.start()
        self.secrets: set[str] = set()  # what opens a page
        self.kernels: set[str] = set()

    def close(self):
        self.attacked.site.stop()
        self.short.cleanup()

    def log(self):
        return self.attacked.log.read_text()

    def temporary(self):
        """Names and contents of all temporary files."""
        found = [path for path in Path(self.short.name).rglob("*")]
        contents = [path.read_text(errors="replace") for path in found if path.is_file()]
        return "\n".join([*map(str, found), *contents]).lower()

    def processes(self):
        """What stands in the memory, the arguments and the environment of each process below the server."""
        server = self.attacked.site.process.pid
        until(lambda: children(server) == kernels(server))  # clients' lists are read at the start
        return [told_by(pid) for pid in children(server)]


def told_by(pid):
    """Which of the two clients a process knows of; none when it has just ended."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return _found_in(Path(f"/proc/{pid}"))
    return set()


def _found_in(place):
    known = set()
    parts = [(place / name).read_bytes() for name in ("cmdline", "environ")]
    with (place / "mem").open("rb", 0) as memory:
        for line in (place / "maps").read_text().splitlines():
            span, rights = line.split()[:2]
            low, high = (int(end, 16) for end in span.split("-"))
            if rights.startswith("rw"):
                memory.seek(low)
                try:
                    parts.append(memory.read(high - low))
                except OSError:  # of the system's own
                    continue
    for word in (A, B):
        if any(word.encode() in part for part in parts):
            known.add(word)
    return known


NAMES = {"a": A, "b": B}


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    two = Two(tmp_path_factory.mktemp("canaries"))
    yield two
    two.close()


def drive(two, client, role):
    """A visitor opens everything there is and asks for everything; all that came back, as one text."""
    base, word = f"/{client}/", NAMES[client]
    link = two.attacked.link(base, role, f"{word} people person 1 n1" if role == "manager" else "")
    browser = two.attacked.inside(
        base, role, f"{word} people person 1 n1" if role == "manager" else ""
    )
    other = "b" if client == "a" else "a"
    heard, kernels = [], []

    def ask(method, path, body=None, headers={}):  # noqa: B006
        status, text, said = browser.ask(method, path, body, headers)
        heard.append(f"{status} {text} {said}")
        return text

    for path in (*PAGES, *(f"assets/{name}" for name in FILES), f"i/{link.rpartition('/')[2]}"):
        text = ask("GET", base + path)
        ask("GET", f"/{other}/{path}")
        found = re.search(r'"kernelId": "([^"]+)"', text)
        if found:
            kernels.append(found[1])
    code = new_code(os.urandom)
    wave = f"{word} {WAVE}"
    asks = {
        "code": code,
        "wave": wave,
        "key": "k" * 24,
        "statement": 1,
        "answer": "yes",
        "comment": f"{word} said",
    }
    for kind in ("answer", "profile", "sent", "draft"):
        for at in (client, other):
            ask("POST", f"/{at}/readiness/{kind}", json.dumps(asks))
            ask(
                "POST",
                f"/{at}/readiness/{kind}",
                json.dumps({"code": code, "wave": f"other {WAVE}"}),
            )
            ask("POST", f"/{at}/readiness/{kind}", "[")
    for kernel in kernels:
        ask("GET", f"{base}api/kernels/{kernel}")
        ask("SOCKET", f"/{other}/api/kernels/{kernel}/channels", headers=SOCKET)
        wire = Wire(browser, base, kernel)
        outside_any_loop(talk(wire))
        heard += wire.heard
    two.secrets |= {link.rpartition("/")[2], code, *browser.cookies.values()}
    two.kernels |= set(kernels)
    return "\n".join(heard).lower()


async def talk(wire):
    """Ask each widget for everything it can give, in every view."""
    async with wire:
        comms = await wire.comms()
        await wire.send(json.dumps(message("comm_open", {
            "comm_id": "c" * 32, "target_name": "jupyter.widget.control", "data": {},
        })))  # fmt: skip
        await wire.send(json.dumps(message("comm_msg", {
            "comm_id": "c" * 32, "data": {"method": "request_states"},
        })))  # fmt: skip
        for comm in comms:
            await wire.send(
                json.dumps(
                    message("comm_msg", {"comm_id": comm, "data": {"method": "request_state"}})
                )
            )
            for content in (
                {"kind": "begin"},
                {"kind": "judge", "limit": 0.07, "without_names": False},
                {"kind": "judge", "limit": 0.07, "without_names": True},
                {"id": 1, "key": "../../b", "field": "owner", "text": "x"},
            ):
                await wire.send(json.dumps(custom(comm, content)))
        await wire.ask("kernel_info_request")
        await asyncio.sleep(0.5)


@pytest.mark.parametrize("roles", [FEW, ALL])
def test_no_byte_of_another_clients_reaches_a_visitor_or_what_runs_for_them(two, roles):
    for role in roles:
        heard = drive(two, "a", role)
        assert B not in heard, heard[heard.index(B) - 300 : heard.index(B) + 100]
        assert A in heard
    # Nobody of the second client is here: no process but the server's own knows of it.
    known = two.processes()
    assert {A} in known
    assert [one for one in known if B in one] == []
    assert B not in two.temporary()
    assert A not in two.temporary()


def test_no_log_holds_a_text_of_any_client_nor_what_opens_a_page(two):
    drive(two, "a", "hr")
    broken = two.attacked.folders["/a/"] / "grades.csv"
    kept = broken.read_text()
    broken.write_text(kept + f"\n{A},{A},{A},{A},{A}\n")
    drive(two, "a", "hr")
    broken.write_text(kept)
    log = two.log()
    assert "PageHandler" in log  # it is written
    assert [name for name in (A, B) if name in log.lower()] == []
    assert [secret for secret in two.secrets if secret in log] == []
    ours = "".join(line for line in log.splitlines() if ":okrkit." in line)
    assert [kernel for kernel in two.kernels if kernel in ours] == []


def test_a_visitor_of_the_other_client_is_sent_what_the_first_must_not_see(two):
    heard = drive(two, "b", "hr")
    shown = {field for field in text_fields() if f"{B} {field.replace('.', ' ')}" in heard}
    assert len(shown) >= 12, shown
    assert A not in heard


def test_a_log_that_tells_addresses_is_noticed(tmp_path):
    two = Two(tmp_path, TELLS_ADDRESSES)
    try:
        two.attacked.inside("/a/", "respondent")
        assert f"/{'a'}/i/" in two.log()
    finally:
        two.close()
