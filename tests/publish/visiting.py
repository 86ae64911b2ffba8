"""A server for invited visitors, and what a browser does with a link that was sent."""

from __future__ import annotations

import http.client
import os
import re
import secrets
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from okrkit.keep.invites import Invitations, Wanted, open_invitations
from okrkit.keep.place import store_path

from .conftest import PATIENT, ROOT, WAIT_FOR_LOCKS, Served, read_start, show, write_notebook

OTHERS = (
    f"{PATIENT}{WAIT_FOR_LOCKS}import json, signal, sys; from pathlib import Path\n"
    "signal.signal(signal.SIGHUP, signal.SIG_DFL)\n"
    "from okrkit.publish.places import Shown\n"
    "from okrkit.publish.serve_others import Reached, serve_others\n"
    "said = json.loads(sys.argv[1])\n"
    "clients = {base: Shown.of(Path(folder)) for base, folder in said['clients'].items()}\n"
    "serve_others(clients, Reached(port=said.get('port', 0), url=said.get('url', '')), notebooks=Path(said['notebooks']),\n"
    "             open_audit=said.get('open', False), seats=said.get('seats'))"
)
# However long a test takes, what may be asked within a minute is not given twice.
ONE_MINUTE = "from okrkit.publish import rates\nrates.MINUTE = float('inf')\n"
FORM = (
    "import anywidget, os\n"
    "from IPython.display import HTML, display\n"
    "display(HTML(f'<p>pid {os.getpid()}</p>'))\n"
    "class Form(anywidget.AnyWidget):\n    _esm = 'export default { render() {} }'\nForm()"
)
CLAIMS = show("' '.join(f'{name}={value}' for name, value in __import__('os').environ.items())")
SOCKET = {
    "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
}  # fmt: skip


def two_clients(place: Path) -> dict[str, object]:
    """Folders and small notebooks of our own for two clients, as a server is told of them."""
    for name in ("acme", "beta"):
        (place / name).mkdir()
        (place / name / "grades.csv").write_text("grade\n0.4\n", encoding="utf-8")
    for name in ("audit", "calibration", "own", "writing"):
        write_notebook(place / f"{name}.ipynb", FORM if name == "audit" else CLAIMS)
    clients = {f"/{name}/": str(place / name) for name in ("acme", "beta")}
    return {"clients": clients, "notebooks": str(place)}


def invitations(folder: Path, data: Path, now: datetime | None = None) -> Invitations:
    """The invitations of the client in `folder`, at another time if `now` is given."""
    path = store_path(folder, home=data / "okrkit")
    return open_invitations(path, now=lambda: now or datetime.now(UTC))


def invite(folder: Path, data: Path, role: str, subject: str = "", **said: object) -> str:
    """The token of a new invitation."""
    ends = datetime.now(UTC) + timedelta(days=1)
    with invitations(folder, data) as kept:
        (issued,) = kept.issue([Wanted(role, ends, subject, **said)])
    return issued.token


def start_for_others(said: str, log: Path, data: Path, code: str = OTHERS) -> Served:
    """Start the server that `said`, in JSON, describes."""
    with log.open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", code, said],
            stdout=subprocess.PIPE, stderr=errors, text=True,
            env=os.environ | {"PYTHONPATH": str(ROOT), "XDG_DATA_HOME": str(data)},
        )  # fmt: skip
    assert process.stdout is not None
    printed = read_start(process.stdout)
    assert printed, log.read_text()
    parts = urlsplit(printed[0].split()[0])
    return Served(process, f"{parts.scheme}://{parts.netloc}/", printed, log)


@dataclass
class Browser:
    """One browser: it keeps the cookies it is given and sends them to their addresses."""

    url: str
    cookies: dict[str, str] = field(default_factory=dict)
    given: list[str] = field(default_factory=list)

    def ask(
        self,
        method: str,
        path: str,
        said: Mapping[str, str] | str | None = None,
        headers: Mapping[str, str] = {},  # noqa: B006
        cookies: Iterable[str] | None = None,
    ) -> tuple[int, str, dict[str, str]]:
        """Status, text and headers of the answer."""
        sent = "; ".join(
            [f"{name}={value}" for name, value in self.cookies.items()]
            if cookies is None
            else cookies
        )
        body = urlencode(said) if isinstance(said, Mapping) else said
        kind = (
            "application/x-www-form-urlencoded" if isinstance(said, Mapping) else "application/json"
        )
        full = {"Cookie": sent, "X-XSRFToken": self.cookies.get("_xsrf", "")}
        full |= {"Content-Type": kind} if method == "POST" else {}
        connection = self.connection()
        try:
            connection.request(method.replace("SOCKET", "GET"), path, body, full | dict(headers))
            answer = connection.getresponse()
            text = "" if answer.status == 101 else answer.read().decode()
            self._keep(answer.msg.get_all("Set-Cookie") or [])
            return answer.status, text, dict(answer.headers)
        finally:
            connection.close()

    def connection(self) -> http.client.HTTPConnection:
        """A new connection to the server."""
        host = urlsplit(self.url)
        return http.client.HTTPConnection(host.hostname or "", host.port, timeout=60)

    def enter(self, base: str, token: str, key: str = "") -> tuple[int, dict[str, str]]:
        """Open the link and press Start."""
        status, page, _ = self.ask("GET", f"{base}i/{token}")
        assert status == 200, page
        fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', page))
        status, _, headers = self.ask(
            "POST", f"{base}i/{token}", fields | ({"key": key} if key else {})
        )
        return status, headers

    def kernel(self, path: str) -> str:
        """The kernel of the page at `path`, which stays open."""
        status, page, _ = self.ask("GET", path)
        assert status == 200, page
        found = re.search(r'"kernelId": "([^"]+)"', page)
        assert found
        return found[1]

    def _keep(self, given: Iterable[str]) -> None:
        for cookie in given:
            self.given.append(cookie)
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value.strip('"')


def forged() -> str:
    """What nobody was given."""
    return secrets.token_urlsafe(32)
