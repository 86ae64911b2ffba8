"""The printed address and what it opens: one browser, once, until the server ends."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from jupyter_server.base.handlers import JupyterHandler

from okrkit.publish.guard import all_guarded
from okrkit.publish.landing import LandingPage

from .conftest import (
    ROOT,
    START,
    STOP_SECONDS,
    gone,
    is_running,
    kernels,
    own_port,
    show,
    until,
    write_notebook,
)

FORM = (
    "import anywidget\n"
    "class Form(anywidget.AnyWidget):\n    _esm = 'export default { render() {} }'\nForm()"
)
PID = show("f'<h1>pid {__import__(\"os\").getpid()}</h1>'")
LOUD = "import logging; logging.basicConfig(level=logging.DEBUG)\n"
GUARDLESS = (
    "from jupyter_server.auth.identity import User\n"
    "from okrkit.publish.guard import Guard\n"
    "Guard.get_user = lambda guard, handler: User(username='anybody')\n"
)
FREE = "from okrkit.publish.landing import LandingPage\nLandingPage.for_strangers = True\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("client") / "harbour"
    folder.mkdir()
    return folder


@pytest.fixture(scope="module")
def notebook(tmp_path_factory):
    return write_notebook(tmp_path_factory.mktemp("apps") / "audit.ipynb", PID, FORM)


@pytest.fixture
def site(start, notebook, folder):
    return start(notebook, folder)


def opened(link, **headers):
    """Status, page and cookies of a printed address."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with urllib.request.urlopen(urllib.request.Request(link, headers=sent)) as answer:
            return answer.status, answer.read().decode(), answer.headers.get_all("Set-Cookie")
    except urllib.error.HTTPError as refusal:
        with refusal:
            cookies = refusal.headers.get_all("Set-Cookie") or []
            return refusal.code, refusal.read().decode(), cookies


def test_a_used_address_opens_nothing_and_the_next_is_printed(site):
    status, page, cookies = opened(site.printed[0])
    assert status == 403
    assert "Open the address that okrkit serve has printed last" in page
    assert not any(cookie.startswith("okrkit") for cookie in cookies)
    assert opened(site.next_link())[0] == 200


def test_the_cookie_is_for_this_server_and_this_browser_session_only(site):
    (cookie,) = (one for one in opened(site.next_link())[2] if not one.startswith("_xsrf"))
    name, _, attributes = cookie.partition("=")
    assert name == f"okrkit-{urlsplit(site.url).port}"
    assert {one.strip() for one in attributes.split(";")[1:]} == {
        "HttpOnly", "Path=/", "SameSite=Strict",
    }  # fmt: skip


def test_a_browser_that_fetches_ahead_does_not_use_the_address_up(site):
    link = site.next_link()
    assert opened(link, Sec_Purpose="prefetch")[0] == 403
    assert opened(link, Sec_Fetch_Site="cross-site", Sec_Fetch_Dest="image")[0] == 403
    assert opened(link, Host="evil.example")[0] == 403
    assert opened(link)[0] == 200


def test_a_browser_that_is_in_already_keeps_its_session(site):
    status, page, cookies = opened(site.next_link(), Cookie=site.cookie)
    assert status == 200
    assert "Open the audit" in page
    assert [cookie for cookie in cookies if not cookie.startswith("_xsrf")] == []
    assert site.get("readiness")[0] == 200


def test_a_cookie_changed_in_one_letter_is_refused(site):
    last = "A" if site.cookie[-1] != "A" else "B"
    status, page, _ = site.get("audit", Cookie=site.cookie[:-1] + last)
    assert status == 403
    assert "harbour" not in page


def test_a_restart_ends_every_session(start, notebook, folder):
    port = own_port()
    site = start(notebook, folder, port=port)
    before = site.cookie
    site.stop()
    again = start(notebook, folder, port=port)
    assert again.url == site.url
    assert again.get("audit", Cookie=before)[0] == 403
    assert again.get("readiness")[0] == 200


def test_another_browser_cannot_end_a_page_it_has_not_opened(site):
    _, page, answered = site.get()
    kernel = re.search(r'"kernelId": "([^"]+)"', page)[1]
    mine = site.cookie
    cookies = opened(site.next_link())[2]
    theirs = next(one.partition(";")[0] for one in cookies if one.startswith("okrkit"))
    assert site.get(f"api/kernels/{kernel}", Cookie=theirs)[0] == 404
    token = re.search(r"_xsrf=([^;]+)", answered["Set-Cookie"])[1]
    request = urllib.request.Request(
        f"{site.url}voila/api/shutdown/{kernel}", method="POST", data=f"_xsrf={token}".encode(),
        headers={"Cookie": f"_xsrf={token}; {theirs}"},
    )  # fmt: skip
    with pytest.raises(urllib.error.HTTPError, match="404") as refusal:
        urllib.request.urlopen(request)
    refusal.value.close()
    assert is_running(int(re.search(r"pid (\d+)", page)[1]))
    assert site.get(f"api/kernels/{kernel}", Cookie=mine)[0] == 200
    site.close(kernel, answered)


def test_a_hundred_strangers_start_no_kernel(site):
    assert gone(int(re.search(r"pid (\d+)", site.visit())[1]))
    until(lambda: len(kernels(site.process.pid)) == 2)  # what is copied, and the next page's
    before = kernels(site.process.pid)
    for _ in range(50):
        assert site.get("audit", Cookie="")[0] == 403
        assert site.get("calibration", Cookie="okrkit=1")[0] == 403
    assert kernels(site.process.pid) == before


@pytest.mark.parametrize("sabotage", [GUARDLESS, FREE])
def test_a_server_that_answers_strangers_does_not_stay_up(notebook, folder, sabotage):
    command = [sys.executable, "-P", "-c", sabotage + START, str(notebook), str(folder), "0"]
    said = subprocess.run(
        command, capture_output=True, text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert said.returncode != 0
    assert said.stdout == ""
    assert re.search(r"answered with (200|302|500) instead of 403", said.stderr)


def test_a_route_that_goes_round_the_guard_is_refused():
    assert all_guarded([("/", LandingPage)]) == [("/", LandingPage)]
    with pytest.raises(TypeError, match="/voila/new"):
        all_guarded([("/", LandingPage), ("/voila/new", JupyterHandler)])


def test_no_log_keeps_a_key_a_kernel_or_what_was_typed(start, notebook, folder):
    site = start(notebook, folder, code=LOUD + START)
    _, page, answered = site.get()
    kernel = re.search(r'"kernelId": "([^"]+)"', page)[1]
    link = site.next_link()
    for cookie in (site.cookie, ""):
        for path in (f"api/kernels/{kernel}", "Ada-Example.csv", "audit?who=Ada-Example"):
            _, other, answer = site.get(path, Cookie=cookie)
            if found := re.search(r'"kernelId": "([^"]+)"', other):
                site.close(found[1], answer)
        site.get(f"api/kernels/{kernel}/channels", Cookie=cookie)
        site.get("front/../Ada-Example", Cookie=cookie)
        site.get(f"{link.removeprefix(site.url)}", Cookie=cookie)
    site.close(kernel, answered)
    site.stop()
    log = site.log.read_text()
    assert "GET PageHandler 200" in log
    for secret in (site.printed[0][-32:], link[-32:], site.cookie[-32:], kernel, "Ada-Example"):
        assert secret not in log


def test_the_browser_is_given_a_private_file_and_no_key(notebook, folder, tmp_path):
    told = tmp_path / "told"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$@" > "{told}.new"; mv "{told}.new" "{told}"\n')
    browser.chmod(0o700)
    code = START.replace("open_browser=False", "open_browser=True")
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", code, str(notebook), str(folder), "0"],
        stdout=subprocess.PIPE, text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT), "BROWSER": str(browser)},
    )  # fmt: skip
    try:
        link = process.stdout.readline().strip()
        until(told.exists)
        address = told.read_text().strip()
        assert address.startswith("file://")
        page = Path(address.removeprefix("file://"))
        assert link in page.read_text()
        assert stat.S_IMODE(page.stat().st_mode) == 0o600
        assert stat.S_IMODE(page.parent.stat().st_mode) == 0o700
    finally:
        process.terminate()
        process.wait(STOP_SECONDS)
        process.stdout.close()
    assert not page.exists()
