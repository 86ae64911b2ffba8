"""The files of docs/deploy: nginx with TLS in front of the server, and what systemd makes of its unit."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import socket
import ssl
import subprocess
import time
from pathlib import Path

import pytest

from .conftest import ROOT, own_port
from .visiting import SOCKET, Browser, invite, start_for_others, two_clients

DEPLOY = ROOT / "docs" / "deploy"
NAME = "okr.example.org"


def needed(program):
    """Where a program is; these tests are for machines that have it."""
    found = shutil.which(program) or shutil.which(program, path="/usr/sbin:/sbin")
    assert found, f"{program} is not installed: apt-get install nginx-light openssl systemd"
    return found


@pytest.fixture(scope="module")
def behind_nginx(tmp_path_factory):
    """The server behind nginx with the configuration of the docs; ports and places are this test's."""
    folder = tmp_path_factory.mktemp("deploy")
    secure, plain, code_port = (own_port() for _ in range(3))
    said = two_clients(folder) | {"url": f"https://{NAME}:{secure}"}
    said["clients"] = {"/": said["clients"]["/acme/"]}
    site = start_for_others(
        json.dumps(said | {"port": code_port}), folder / "stderr.txt", folder / "data"
    )
    key, certificate = folder / "key.pem", folder / "cert.pem"
    subprocess.run(
        [needed("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-keyout", key, "-out", certificate, "-subj", f"/CN={NAME}",
         "-addext", f"subjectAltName=DNS:{NAME}"],
        check=True, capture_output=True,
    )  # fmt: skip
    config = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    for docs, here in {
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ssl;": f"listen 127.0.0.1:{secure} ssl;",
        "/etc/okrkit/tls/fullchain.pem": str(certificate),
        "/etc/okrkit/tls/privkey.pem": str(key),
        "/var/log/nginx/": f"{folder}/",
        "127.0.0.1:8866": f"127.0.0.1:{code_port}",
    }.items():
        assert docs in config
        config = config.replace(docs, here)
    whole = f"daemon off; pid {folder}/pid; error_log {folder}/start.log; events {{}} http {{ "
    for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"):
        whole += f"{kind}_temp_path {folder}/{kind}; "
    (folder / "nginx.conf").write_text(whole + config + "}", encoding="utf-8")
    nginx = subprocess.Popen([needed("nginx"), "-c", folder / "nginx.conf", "-p", folder])
    yield Front(secure, plain, certificate, folder)
    nginx.terminate()
    nginx.wait(120)
    site.stop()


class Front:
    def __init__(self, secure, plain, certificate, folder):
        self.secure, self.plain, self.folder = secure, plain, folder
        self.tls = ssl.create_default_context(cafile=str(certificate))
        end = time.monotonic() + 120
        while True:
            try:
                socket.create_connection(("127.0.0.1", secure), 1).close()
                break
            except OSError:
                assert time.monotonic() < end, "nginx did not start"
                time.sleep(0.1)

    def connect(self):
        connection = http.client.HTTPSConnection(NAME, self.secure, context=self.tls, timeout=60)
        raw = socket.create_connection(("127.0.0.1", self.secure))
        connection.sock = self.tls.wrap_socket(raw, server_hostname=NAME)
        return connection


class SecureBrowser(Browser):
    """A browser that comes by https, by the name in the certificate."""

    def __init__(self, front):
        super().__init__(f"https://{NAME}:{front.secure}/")
        self.front = front

    def connection(self):
        return self.front.connect()


@pytest.mark.long
def test_a_visitor_comes_through_nginx_by_https_and_the_cookie_never_leaves_it(behind_nginx):
    browser = SecureBrowser(behind_nginx)
    token = invite(behind_nginx.folder / "acme", behind_nginx.folder / "data", "hr")
    assert browser.enter("/", token)[0] == 303
    (given,) = (one for one in browser.given if one.startswith("__Host-okrkit="))
    attributes = {part.strip() for part in given.split(";")[1:]}
    assert attributes == {"HttpOnly", "Path=/", "SameSite=Lax", "Secure"}
    assert all("Secure" in one for one in browser.given)
    status, _, headers = browser.ask("GET", "/")
    assert status == 200
    assert headers["Strict-Transport-Security"]
    kernel = browser.kernel("/audit")
    own = SOCKET | {"Origin": browser.url.rstrip("/")}
    assert browser.ask("SOCKET", f"/api/kernels/{kernel}/channels", headers=own)[0] == 101
    elsewhere = SOCKET | {"Origin": "https://evil.example"}
    assert browser.ask("SOCKET", f"/api/kernels/{kernel}/channels", headers=elsewhere)[0] == 403
    logs = "".join(path.read_text() for path in behind_nginx.folder.glob("*.log"))
    assert logs
    assert token not in logs
    assert kernel not in logs


@pytest.mark.long
def test_plain_http_only_leads_to_https(behind_nginx):
    connection = http.client.HTTPConnection("127.0.0.1", behind_nginx.plain, timeout=20)
    connection.request("GET", "/audit", headers={"Host": NAME})
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{NAME}/audit")
    connection.close()


@pytest.mark.long
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path):
    for name in ("okrkit.service", "okrkit-retention.service", "okrkit-retention.timer"):
        unit = (
            (DEPLOY / name)
            .read_text(encoding="utf-8")
            .replace("/opt/okrkit/bin/okrkit", "/bin/true")
        )
        (tmp_path / name).write_text(unit, encoding="utf-8")
    said = subprocess.run(
        [needed("systemd-analyze"), "verify", *sorted(map(str, tmp_path.iterdir()))],
        capture_output=True, text=True, env=os.environ | {"SYSTEMD_LOG_LEVEL": "warning"},
    )  # fmt: skip
    assert "Unknown" not in said.stderr
    assert said.returncode == 0, said.stderr


def test_every_command_of_the_files_is_one_okrkit_has():
    text = "".join(path.read_text(encoding="utf-8") for path in DEPLOY.iterdir() if path.is_file())
    assert "okrkit serve" in text
    for option in ("--invited", "--host", "--port", "--url"):
        assert option in text
    assert Path(DEPLOY / "README.md").exists()
