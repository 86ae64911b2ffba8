"""Who gets what: every address of the server, asked by everybody there is, answers as matrix.toml says."""

from __future__ import annotations

import http.client
import json
import os
import re
import secrets
import subprocess
import sys
import tomllib
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from voila import __version__ as voila_version

from okrkit.publish.application import KERNEL
from okrkit.publish.front_end import EXTENSIONS
from okrkit.publish.sessions import KEY

from .conftest import ROOT, START, print_routes, show, write_notebook

ROWS = tomllib.loads(Path(__file__).with_name("matrix.toml").read_text(encoding="utf-8"))["row"]
IDENTITIES = "none", "used", "forged", "other", "local"
REFUSED = 403
FRONT = f"front/{voila_version}"
ROUTER = {"key": KEY, "kernel": KERNEL, "front": FRONT, "extensions": "|".join(EXTENSIONS)}
FORM = (
    "import anywidget\n"
    "class Form(anywidget.AnyWidget):\n    _esm = 'export default { render() {} }'\nForm()"
)


def unlisted(routes, rows):
    """Routes that no row asks, and rows whose route there is not."""
    listed = {filled(row["route"], ROUTER) for row in rows}
    return {route.removesuffix("$") for route in routes} ^ listed


def filled(text, words):
    return re.sub(r"\{(key|kernel|front|extensions)\}", lambda name: words[name[1]], text)


@pytest.fixture(scope="module")
def routes(tmp_path_factory):
    """The patterns of the router that the launcher builds."""
    place = tmp_path_factory.mktemp("routes")
    notebook = write_notebook(place / "audit.ipynb", "1")
    command = [
        sys.executable,
        "-P",
        "-c",
        print_routes("serve") + START,
        str(notebook),
        str(place),
        "0",
    ]
    said = subprocess.run(
        command, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)}
    )
    assert said.returncode == 0, said.stderr
    return json.loads(said.stdout)


def test_every_route_of_the_server_stands_in_the_matrix(routes):
    assert len(routes) > 10
    assert unlisted(routes, ROWS) == set()


def test_a_route_that_voila_or_we_add_is_noticed(routes):
    assert unlisted([*routes, "/voila/new/(.*)$"], ROWS) == {"/voila/new/(.*)"}
    assert unlisted(routes[1:], ROWS) == {routes[0].removesuffix("$")}


class People:
    """One site, those who ask it, and the page one of them has open."""

    def __init__(self, site):
        self.site = site
        first = site.printed[0]
        cookie, port = site.cookie, urlsplit(site.url).port
        self.cookies = {
            "none": "",
            "used": used(first),
            "forged": f"okrkit-{port}={secrets.token_urlsafe(24)}",
            "local": cookie,
            "other": given(site.next_link()),
        }
        self.fresh = site.next_link().rpartition("/")[2]
        self.kernel = re.search(r'"kernelId": "([^"]+)"', site.get()[1])[1]

    def status(self, who, request):
        """What `who` gets for a request of the matrix."""
        words = {"key": self.fresh, "kernel": self.kernel, "front": FRONT}
        method, path = filled(request, words).split()
        token = secrets.token_hex(16)
        headers = {"Cookie": f"_xsrf={token}; {self.cookies[who]}", "X-XSRFToken": token}
        if method == "SOCKET":
            headers |= {
                "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
                "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
            }  # fmt: skip
        if method == "POST":
            headers["Content-Type"] = "application/json"
        host = urlsplit(self.site.url)
        connection = http.client.HTTPConnection(host.hostname, host.port, timeout=60)
        try:
            connection.request(method.replace("SOCKET", "GET"), path, headers=headers)
            answer = connection.getresponse()
            if path.endswith(self.fresh):
                self.fresh = self.site.next_link().rpartition("/")[2]
            if answer.status != 101:
                answer.read()
            return answer.status
        finally:
            connection.close()


def given(link):
    """The session that a printed address gives."""
    with urllib.request.urlopen(link, timeout=60) as answer:
        cookies = [cookie.partition(";")[0] for cookie in answer.headers.get_all("Set-Cookie")]
    return next(cookie for cookie in cookies if not cookie.startswith("_xsrf"))


def used(link):
    """Whatever an address gives that was used before."""
    with pytest.raises(urllib.error.HTTPError, match="403") as refusal:
        given(link)
    with refusal.value as answer:
        cookies = answer.headers.get_all("Set-Cookie") or []
    return "; ".join(cookie.partition(";")[0] for cookie in cookies)


@pytest.fixture(scope="module")
def people(start_shared, tmp_path_factory):
    place = tmp_path_factory.mktemp("matrix")
    folder = place / "harbour"
    folder.mkdir()
    (folder / "grades.csv").write_text("grade\n0.4\n", encoding="utf-8")
    for name in ("calibration", "writing"):
        write_notebook(place / f"{name}.ipynb", show(f"'<h1>{name}</h1>'"))
    notebook = write_notebook(place / "audit.ipynb", FORM)
    return People(start_shared(notebook, folder, XDG_DATA_HOME=str(place / "data")))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["ask"])
def test_everybody_gets_what_the_matrix_says(people, row):
    said = {who: row.get(who, row.get("everybody", REFUSED)) for who in IDENTITIES}
    assert {who: people.status(who, row["ask"]) for who in IDENTITIES} == said
