"""A manager who was invited: real invitation, real server, real HTTP; the own page and no other."""

from __future__ import annotations

import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass

import pytest

from okrkit.publish.application import MODULES

from ..show.invented_calibration import write_client  # noqa: TID252
from .inviting import invited_site

OTHERS = re.compile(r"Ossa[^3]|Harbour\d|K00[^3]|K1\d\d|Zanzibar")


@dataclass
class Browser:
    """A browser with its cookies."""

    url: str

    def __post_init__(self):
        jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))

    def ask(self, path, data=None, **headers):
        """Status and text of the answer, redirects followed."""
        body = None if data is None else urllib.parse.urlencode(data).encode()
        request = urllib.request.Request(self.url + path, body, headers)
        try:
            with self.opener.open(request, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.code, refusal.read().decode()

    def come_in(self, token):
        """Open an invitation's link and press Start; the page one is led to."""
        status, start = self.ask(f"i/{token}")
        assert status == 200
        said = dict(re.findall(r'name="(_xsrf|key)" value="([^"]+)"', start))
        return self.ask(f"i/{token}", said)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A company of canaries, served to invited people."""
    place = tmp_path_factory.mktemp("own")
    with invited_site(write_client(place / "harbour"), place) as site:
        yield site


def invited(site, role, who):
    """A browser, and the token of an invitation for `who`."""
    return Browser(site.url), site.token(role, who)


@pytest.fixture(scope="module")
def manager(site):
    """The browser of the manager K003, and what came first after pressing Start."""
    browser, token = invited(site, "manager", "K003")
    return browser, *browser.come_in(token)


def test_start_leads_to_the_own_page_which_holds_nothing_of_anybody_else(manager):
    _, status, page = manager
    assert status == 200
    assert "Canary Ossa3" in page
    assert "<b>24</b> grades of yours" in page
    assert "Your grades beside those of all others" in page
    assert OTHERS.findall(page.replace("harbour", "")) == []


def test_the_page_names_no_kernel_and_needs_none(manager):
    page = manager[2]
    assert "jupyter-config-data" not in page
    assert "kernelId" not in page
    assert "widget" not in page.lower()


@pytest.mark.parametrize("path", ["audit", "calibration", "readiness", "calibration?role=hr", "audit?subject=K001"])  # fmt: skip
def test_every_other_page_is_refused(manager, path):
    status, page = manager[0].ask(path)
    assert status == 403
    assert OTHERS.findall(page.replace("harbour", "")) == []


def test_the_first_page_leads_to_the_own_page_only(manager):
    status, page = manager[0].ask("")
    assert status == 200
    assert "/own" in page
    assert not re.search(r'href="/(audit|calibration|readiness)"', page)


def test_nothing_in_the_address_or_the_headers_makes_it_another_managers(manager):
    status, page = manager[0].ask(
        "own?subject=K001&OKRKIT_SUBJECT=K001", **{"X-OKRKIT-SUBJECT": "K001", "X-Okrkit-Role": "hr"}
    )  # fmt: skip
    assert status == 200
    assert "Canary Ossa3" in page
    assert OTHERS.findall(page.replace("harbour", "")) == []


def test_without_a_session_the_own_page_is_refused(site):
    assert Browser(site.url).ask("own")[0] == 403


def test_an_invitation_for_an_id_that_gave_no_grade_says_so(site):
    browser, token = invited(site, "manager", "P999")
    status, page = browser.come_in(token)
    assert status == 200
    assert "There are no grades of yours in these records." in page
    assert not re.search(r"Ossa|K\d\d\d", page)


@pytest.mark.long
@pytest.mark.parametrize("role", ["respondent", "facilitator", "consultant", "hr"])
def test_the_own_page_is_for_managers_only(site, role):
    browser, token = invited(site, role, "K003")
    assert browser.come_in(token)[0] == 200
    assert browser.ask("own")[0] == 403


def test_kernels_have_the_panel_ready():
    assert "okrkit.widgets.own_panel" in MODULES
