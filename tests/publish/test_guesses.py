"""Ten thousand guesses near the truth: links with a character changed, and other visitors' kernels."""

from __future__ import annotations

import json
import random
import re
import string
import uuid

import pytest
from voila import __version__ as voila_version

from .visiting import ONE_MINUTE, OTHERS, SOCKET, Browser, invite, start_for_others, two_clients

SEED = 20261122
SIGNS = string.ascii_letters + string.digits + "-_."
MANY = pytest.param(10_000, marks=pytest.mark.long)
EACH = (
    1_000  # guesses a session makes before the next goes on: a session may ask 1200 times a minute
)


class Place:
    def __init__(self, site, folder):
        self.site, self.folder, self.data = site, folder, folder / "data"

    def token(self, client="acme", role="hr"):
        return invite(self.folder / client, self.data, role)

    def inside(self, role="hr"):
        browser = Browser(self.site.url)
        assert browser.enter("/acme/", self.token(role=role))[0] == 303
        return browser


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("guesses")
    said = json.dumps(two_clients(folder))
    site = start_for_others(said, folder / "stderr.txt", folder / "data", ONE_MINUTE + OTHERS)
    yield Place(site, folder)
    site.stop()


# What a careless site would do: not look at a link's signature, or not ask whose a kernel is.
ANY_SIGNATURE = """
from base64 import urlsafe_b64decode as plain
from okrkit.keep.signing import Envelope
def careless(_, token):
    try: return json.loads(plain(token.partition('.')[0] + '=='))
    except ValueError: return None
Envelope.open = careless
"""
ANY_OWNER = """
from okrkit.publish.kernels import KernelPool
class Anybody(str):
    __ne__ = lambda *_: False
KernelPool.owner = lambda *_: Anybody()
"""


def mutated(chance, text, signs):
    """The text with one thing wrong with it."""
    at = chance.randrange(len(text))
    other = chance.choice(signs)
    done = chance.choice([
        text[:at] + other + text[at + 1 :],
        text[:at] + text[at + 1 :],
        text[:at] + other + text[at:],
        text[:at],
        text[at:],
        text[: at + 1] + text[at:],
        text[:at] + text[at:].swapcase(),
        text[::-1],
    ])  # fmt: skip
    return done if done not in ("", text) else text + other


def asked(browser, path, method="GET"):
    headers = SOCKET if method == "SOCKET" else {}
    return browser.ask(method, path, "{}" if method == "POST" else None, headers)[0]


@pytest.mark.parametrize("count", [400, MANY])
def test_no_changed_link_opens_and_who_tries_many_is_slowed_down(place, count):
    chance = random.Random(SEED)  # noqa: S311
    stranger = Browser(place.site.url)
    tokens = [place.token(role=role) for role in ("hr", "respondent")]
    said = [
        asked(stranger, f"/acme/i/{mutated(chance, tokens[i % 2], SIGNS)}") for i in range(count)
    ]
    assert set(said) <= {403, 404, 429}
    assert count < 400 or said.count(429) > count / 5
    for token in tokens:
        assert asked(stranger, f"/acme/i/{token}") == 200  # the true ones open all the while
    assert asked(stranger, f"/acme/i/{place.token('beta')}") in (404, 429)
    assert "_xsrf" in stranger.cookies
    assert [name for name in stranger.cookies if name != "_xsrf"] == []


UP = (
    "../", "%2e%2e/", "..%2f", "%2e%2e%2f", "..%252f", "%252e%252e%252f", "..\\", "..%5c",
    "%2e%2e%5c", "..%c0%af", "%c0%ae%c0%ae/", "..%e0%80%af", "....//", "..;/", "./../", "..%00/",
)  # fmt: skip
OUTSIDE = ("etc/passwd", "etc/passwd%00.css", "stderr.txt", "acme/grades.csv", "beta/grades.csv")


@pytest.mark.parametrize("count", [60, MANY])
def test_no_address_leads_to_a_file_outside(place, count):
    chance, stranger = random.Random(SEED), Browser(place.site.url)  # noqa: S311
    front = f"front/{voila_version}"
    below = "", "assets/", "i/", "readiness/", f"{front}/static/", f"{front}/extensions/anywidget/"
    addresses = [
        f"/acme/{start}{up * depth}{file}"
        for start in below for up in UP for depth in (1, 9) for file in OUTSIDE
    ]  # fmt: skip
    addresses += [f"/acme/{start}/{file}" for start in below for file in OUTSIDE]
    chance.shuffle(addresses)
    for number, address in enumerate(addresses[:count]):
        if number % EACH == 0:
            browser = place.inside()
        asks = browser if number % 2 else stranger
        status, page, _ = asks.ask("GET", address)
        assert status in (400, 403, 404, 405, 429), address
        assert not re.search("root:|grade\n0.4|Traceback", page), address


@pytest.mark.parametrize("count", [400, MANY])
def test_no_guessed_kernel_is_another_visitors(place, count):
    chance = random.Random(SEED)  # noqa: S311
    kernel = place.inside().kernel("/acme/audit")
    browser, said = None, []
    for number in range(count):
        if number % EACH == 0:
            browser = place.inside("consultant")
            browser.ask("GET", "/acme/")
        near = kernel if number % 7 == 0 else mutated(chance, kernel, "0123456789abcdef")
        guess = str(uuid.UUID(int=chance.getrandbits(128))) if number % 5 == 0 else near
        method, path = chance.choice([
            ("GET", f"/acme/api/kernels/{guess}"),
            ("SOCKET", f"/acme/api/kernels/{guess}/channels"),
            ("POST", f"/acme/voila/api/shutdown/{guess}"),
        ])  # fmt: skip
        said.append(asked(browser, path, method))
    assert set(said) <= {404, 405}  # 405: with what is no kernel's address


@pytest.mark.parametrize("count", [400, MANY])
def test_no_changed_cookie_is_a_session(place, count):
    chance = random.Random(SEED)  # noqa: S311
    cookies = place.inside().cookies
    name = next(name for name in cookies if name != "_xsrf")
    said = []
    for _ in range(count):
        guess = mutated(chance, cookies[name], SIGNS)
        said.append(Browser(place.site.url, {name: guess}).ask("GET", "/acme/")[0])
    assert set(said) <= {403, 429}
    assert 429 in said


@pytest.mark.parametrize(
    ("weakness", "guess"),
    [
        (ANY_SIGNATURE, test_no_changed_link_opens_and_who_tries_many_is_slowed_down),
        (ANY_OWNER, test_no_guessed_kernel_is_another_visitors),
    ],
    ids=["any signature", "any owner"],
)
def test_the_guesses_find_a_site_that_looks_less_closely(tmp_path, weakness, guess):
    said = json.dumps(two_clients(tmp_path))
    code = ONE_MINUTE + OTHERS.replace("said = json", f"{weakness}said = json", 1)
    site = start_for_others(said, tmp_path / "stderr.txt", tmp_path / "data", code)
    try:
        with pytest.raises(AssertionError, match="<="):
            guess(Place(site, tmp_path), 40)
    finally:
        site.stop()
