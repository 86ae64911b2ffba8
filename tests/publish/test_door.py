"""A link that was sent: what opens it, how often, until when, and how the visit ends."""

from __future__ import annotations

import json
import re
import resource
import secrets
from datetime import UTC, datetime, timedelta

import pytest
from tornado.netutil import bind_sockets

from okrkit.keep.codes import new_code
from okrkit.keep.invites import Wanted
from okrkit.keep.place import store_path
from okrkit.publish.frame import STORE_TROUBLE
from okrkit.publish.invited import VISITS
from okrkit.publish.server import Listening
from okrkit.show.form import day

from .asking import WAVE, open_wave, rows
from .conftest import gone, is_running
from .visiting import SOCKET, Browser, invitations, invite, start_for_others, two_clients


class Place:
    def __init__(self, site, folder):
        self.site, self.acme, self.data = site, folder / "acme", folder / "data"
        self.beta = folder / "beta"

    def invite(self, role, subject="", **said):
        return invite(self.acme, self.data, role, subject, **said)

    def browser(self):
        return Browser(self.site.url)

    def inside(self, role, subject=""):
        browser = self.browser()
        assert browser.enter("/acme/", self.invite(role, subject))[0] == 303
        return browser


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("others")
    said = json.dumps(two_clients(folder))
    site = start_for_others(said, tmp_path_factory.mktemp("log") / "stderr.txt", folder / "data")
    yield Place(site, folder)
    site.stop()


def test_looking_at_a_link_changes_nothing_so_a_mail_scanner_may(place):
    token = place.invite("hr", mode="single")
    for _ in range(3):
        scanner = place.browser()
        status, page, _ = scanner.ask("GET", f"/acme/i/{token}")
        assert status == 200
        assert "Start" in page
        assert [name for name in scanner.cookies if name != "_xsrf"] == []
    assert place.browser().enter("/acme/", token)[0] == 303


def test_the_page_with_start_says_how_long_the_link_opens_and_whose_it_is(place):
    said = {}
    for role, words in (("respondent", {}), ("hr", {}), ("consultant", {"mode": "single"})):
        token = place.invite(role, **words)
        said[role] = place.browser().ask("GET", f"/acme/i/{token}")[1]
        with invitations(place.acme, place.data) as kept:
            last = kept.look_up(token).expires.astimezone()
        assert (f"whenever you need it, until {day(last)}." in said[role]) is not bool(words)
    assert "one set of answers: do not pass it on" in said["respondent"]
    assert "comes in as you" not in said["respondent"]
    assert "comes in as you" in said["hr"]
    assert "This link opens once" in said["consultant"]
    assert "Your code and answers" not in said["hr"]


def test_a_browser_that_fetches_ahead_is_refused(place):
    token = place.invite("hr")
    for header in ({"Sec-Purpose": "prefetch"}, {"Sec-Purpose": "prefetch;prerender"}):
        assert place.browser().ask("GET", f"/acme/i/{token}", headers=header)[0] == 403


def test_a_single_link_opens_one_browser_and_the_same_start_twice_is_one_visit(place):
    token, key = place.invite("hr", mode="single"), secrets.token_urlsafe(24)
    first, again, shared = place.browser(), place.browser(), place.browser()
    assert first.enter("/acme/", token, key)[0] == 303
    fields = {"_xsrf": "x", "key": key}
    again.cookies["_xsrf"] = "x"
    assert again.ask("POST", f"/acme/i/{token}", fields)[0] == 303
    assert again.cookies == first.cookies | {"_xsrf": "x"}
    status, page, _ = shared.ask("GET", f"/acme/i/{token}")
    assert status == 410
    assert "has been used" in page
    fields["key"] = secrets.token_urlsafe(24)
    shared.cookies["_xsrf"] = "x"
    assert shared.ask("POST", f"/acme/i/{token}", fields)[0] == 410


def test_a_link_that_is_not_whole_not_ours_or_another_clients_is_not_there(place):
    token = place.invite("hr")
    other = invite(place.beta, place.data, "hr")
    for wrong in (token[:-1], token + "A", token.swapcase(), other, "A" * 60, "a.b"):
        status, page, _ = place.browser().ask("GET", f"/acme/i/{wrong}")
        assert status == 404, wrong
        assert wrong not in page


def test_without_the_token_of_the_page_start_does_nothing(place):
    token = place.invite("hr", mode="single")
    browser = place.browser()
    assert browser.ask("POST", f"/acme/i/{token}", {"key": "k" * 32})[0] == 403
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    browser.cookies["_xsrf"] = "x"
    fields = {"_xsrf": "x", "key": "k" * 32}
    assert browser.ask("POST", f"/acme/i/{token}", fields, elsewhere)[0] == 403
    assert place.browser().enter("/acme/", token)[0] == 303


def test_an_early_a_late_and_a_revoked_link_say_so(place):
    now = datetime.now(UTC)
    day = timedelta(days=1)
    with invitations(place.acme, place.data, now - day) as kept:
        early, gone_by, back = kept.issue(
            [
                Wanted("hr", now + 2 * day, not_before=now + day),
                Wanted("hr", now - timedelta(seconds=1)),
                Wanted("hr", now + day),
            ]
        )
        kept.revoke(back.id)
    said = [place.browser().ask("GET", f"/acme/i/{one.token}") for one in (early, gone_by, back)]
    assert [status for status, _, _ in said] == [410] * 3
    for (_, page, _), words in zip(said, ("not open yet", "has expired", "withdrawn"), strict=True):
        assert words in page


def test_the_cookie_is_sent_to_this_client_only_and_to_no_script(place):
    browser = place.inside("hr")
    (given,) = (one for one in browser.given if not one.startswith("_xsrf"))
    attributes = {part.strip() for part in given.split(";")[1:]}
    assert attributes == {"HttpOnly", "Path=/acme/", "SameSite=Lax"}
    assert browser.ask("GET", "/beta/")[0] == 403


def test_each_role_goes_on_to_what_the_invitation_is_for(place):
    for role, page in (("respondent", "readiness"), ("manager", "own"), ("hr", "")):
        browser = place.browser()
        token = place.invite(role, "M1" if role == "manager" else "")
        assert browser.enter("/acme/", token)[1]["Location"] == f"/acme/{page}"


def test_the_first_page_leads_only_to_what_the_visitor_may_open(place):
    links = {"readiness", "audit", "calibration", "own"}
    for role, may in {
        "respondent": {"readiness"}, "manager": {"own"}, "facilitator": {"audit"},
        "hr": {"audit", "calibration"},
    }.items():  # fmt: skip
        browser = place.inside(role, "M1" if role == "manager" else "")
        page = browser.ask("GET", "/acme/")[1]
        assert {one for one in links if f'"/acme/{one}"' in page} <= may
        assert str(place.acme) not in page


def test_a_kernel_is_told_role_and_subject_and_no_other_clients_folder(place):
    told = place.inside("manager", "M-77").ask("GET", "/acme/own")[1]
    assert "OKRKIT_ROLE=manager" in told
    assert "OKRKIT_SUBJECT=M-77" in told
    assert f"OKRKIT_PROJECT={place.acme}" in told
    assert str(place.beta) not in told
    told = place.inside("hr").ask("GET", "/acme/calibration?OKRKIT_ROLE=owner&subject=M1")[1]
    assert "OKRKIT_ROLE=hr" in told
    assert "OKRKIT_ROLE=owner" not in told


def test_leaving_ends_the_session_and_its_kernels(place):
    browser = place.inside("hr")
    kernel = browser.kernel("/acme/audit")
    assert browser.ask("GET", f"/acme/api/kernels/{kernel}")[0] == 200
    held = dict(browser.cookies)
    assert browser.ask("POST", "/acme/leave")[0] == 200
    browser.cookies = held
    assert browser.ask("GET", f"/acme/api/kernels/{kernel}")[0] == 403
    assert browser.ask("GET", "/acme/audit")[0] == 403


def test_a_socket_from_another_site_is_refused(place):
    browser = place.inside("hr")
    kernel = browser.kernel("/acme/audit")
    for origin in (
        "http://evil.example",
        "null",
        place.site.url.replace("127.0.0.1", "localhost")[:-1],
    ):
        path = f"/acme/api/kernels/{kernel}/channels"
        assert browser.ask("SOCKET", path, headers=SOCKET | {"Origin": origin})[0] == 403, origin
    own = SOCKET | {"Origin": place.site.url.rstrip("/")}
    assert browser.ask("SOCKET", path, headers=own)[0] == 101


def test_it_answers_only_to_the_names_it_goes_by(place):
    browser = place.inside("hr")
    for host in ("evil.example", "10.0.0.7", "acme.example:80"):
        assert browser.ask("GET", "/acme/", headers={"Host": host})[0] == 403


def test_the_log_names_no_token_no_cookie_no_id(place):
    browser = place.inside("manager", "M-secret-31")
    browser.ask("GET", "/acme/own")
    kept = place.site.log.read_text(encoding="utf-8")
    assert re.search(r"^GET PageHandler 200 \d+ ms$", kept, re.M)
    for secret in ("M-secret-31", *browser.cookies.values(), "/i/"):
        assert secret not in kept


def test_leaving_is_for_who_is_inside(place):
    assert place.browser().ask("POST", "/acme/leave")[0] == 403


def answered(browser, code):
    answer = {"code": code, "wave": WAVE, "key": secrets.token_urlsafe(18), "statement": 1,
              "answer": "yes", "comment": ""}  # fmt: skip
    return browser.ask("POST", "/acme/readiness/answer", json.dumps(answer))[:2]


def test_one_link_gives_one_set_of_answers_and_one_begun_anew_however_often_it_is_opened(place):
    open_wave(place.acme, place.data)
    token, before = place.invite("respondent"), rows(place.acme, place.data)["answer"]
    codes = [new_code(secrets.token_bytes) for _ in range(4)]
    said = []
    for code in codes:
        browser = place.browser()
        assert browser.enter("/acme/", token)[0] == 303
        said.append(answered(browser, code)[0])
    assert said == [200, 200, 409, 409]
    assert answered(browser, codes[0])[0] == 200  # a device goes on with the first code
    assert rows(place.acme, place.data)["answer"] == before + 3


def test_a_respondents_link_that_is_begun_over_and_over_is_no_persons(place):
    token = place.invite("respondent")
    said = [place.browser().enter("/acme/", token)[0] for _ in range(VISITS + 1)]
    assert said == [303] * VISITS + [410]


def test_a_visitor_hears_that_the_store_cannot_be_used_and_not_where_it_lies(place):
    open_wave(place.acme, place.data)
    browser, token = place.inside("respondent"), place.invite("respondent")
    keys = store_path(place.acme, home=place.data / "okrkit").with_name("invite.keys")
    keys.rename(keys.with_suffix(".away"))
    status, page, _ = place.browser().ask("GET", f"/acme/i/{token}")
    keys.with_suffix(".away").rename(keys)
    assert status == 500
    assert STORE_TROUBLE in page
    assert str(place.data) not in page
    server = place.site.process.pid
    before = resource.prlimit(server, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
    status, reply = answered(browser, new_code(secrets.token_bytes))
    resource.prlimit(server, resource.RLIMIT_FSIZE, before)
    assert (status, json.loads(reply)["why"]) == (503, STORE_TROUBLE)


def test_who_sees_results_answers_nothing(place):
    open_wave(place.acme, place.data)
    for role in ("facilitator", "consultant", "hr"):
        assert place.inside(role).ask("POST", "/acme/readiness/answer", "{}")[0] == 403


def test_what_a_proxy_says_counts_on_loopback_only(place):
    for host, sockets in (("127.0.0.1", True), ("0.0.0.0", False)):
        (listening,) = bind_sockets(0, host)
        at = Listening([listening], "http://127.0.0.1:1/", "https://okr.example.org/", frozenset())
        assert at.behind_proxy is sockets
        listening.close()


@pytest.mark.long
def test_the_kernel_of_a_revoked_session_ends_within_a_minute_though_its_page_is_open(place):
    token, browser = place.invite("hr"), place.browser()
    browser.enter("/acme/", token)
    status, page, _ = browser.ask("GET", "/acme/audit")
    pid = int(re.search(r"pid (\d+)", page)[1])
    assert is_running(pid)
    with invitations(place.acme, place.data) as kept:
        kept.revoke(kept.look_up(token).id)
    assert browser.ask("GET", "/acme/audit")[0] == 403
    assert gone(pid, 60)
