"""A store with one open wave, a clock that stands until it is moved, and records to save."""

from __future__ import annotations

import random
import shutil
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import count
from pathlib import Path

import pytest

from okrkit.keep.invites import Wanted, open_invitations
from okrkit.keep.person import Who, open_person_file
from okrkit.keep.records import Answer, Profile, Sending
from okrkit.keep.store import open_store

WAVE = "2026-Q3"


@pytest.fixture
def client(tmp_path):
    folder = tmp_path / "Harbour & Sons"
    folder.mkdir()
    return folder


@pytest.fixture
def home(tmp_path):
    return tmp_path / "data"


class Clock:
    """Half past ten on the last Wednesday of September 2026, until somebody waits."""

    def __init__(self) -> None:
        self.at = datetime(2026, 9, 30, 10, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def wait(self, **time: float) -> None:
        self.at += timedelta(**time)


class Says:
    """Records of visitors called by a number or a name, each with a new key unless one is given."""

    def __init__(self) -> None:
        self.keys = (f"key-{number:012}" for number in count())

    def who(self, who: object) -> str:
        return sha256(str(who).encode()).hexdigest()[:32]

    def answer(self, who=0, statement=1, answer="yes", comment="", *, key="", wave=WAVE) -> Answer:
        return Answer(key or next(self.keys), wave, self.who(who), statement, answer, comment)

    def profile(
        self, who=0, team="T1", level="leader", mode="own", *, key="", wave=WAVE
    ) -> Profile:
        return Profile(key or next(self.keys), wave, self.who(who), team, level, mode)

    def done(self, who=0, *, key="", wave=WAVE) -> Sending:
        return Sending(key or next(self.keys), wave, self.who(who))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def says() -> Says:
    return Says()


@pytest.fixture(scope="session")
def new_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which one wave was opened; copied, never used."""
    path = tmp_path_factory.mktemp("new") / "answers.sqlite"
    with open_store(path, now=Clock()) as store:
        store.open_wave(WAVE)
    return path


@pytest.fixture(scope="session")
def full_store(new_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with three rows in each table; copied, never used."""
    path = tmp_path_factory.mktemp("full") / "answers.sqlite"
    shutil.copy(new_store, path)
    says = Says()
    with open_store(path, now=Clock()) as store:
        for who in range(3):
            store.save_answer(says.answer(who, comment="as it was"))
            store.save_profile(says.profile(who))
            store.send(says.done(who))
        for wave in ("a", "b"):
            store.open_wave(wave)
    with open_invitations(path, now=Clock()) as invitations:
        later = Clock().at + timedelta(days=14)
        wanted = [
            Wanted("respondent", later, mode="single"),
            Wanted("manager", later, "M1"),
            Wanted("hr", later, mode="single"),
        ]
        for number, issued in enumerate(invitations.issue(wanted)):
            invitations.end(invitations.exchange(issued.token, f"key-{number:012}").sid)
    with open_store(path, now=Clock()) as store:
        for statement in (1, 2, 3):
            store.save_answer(says.answer("gone", statement, wave="a"))
    with open_person_file(path, now=Clock()) as file:
        file.erase(Who("", says.who("gone")))
    return path


@pytest.fixture
def path(new_store: Path, tmp_path: Path) -> Path:
    """The file of a store with one open wave."""
    place = tmp_path / "client" / "answers.sqlite"
    place.parent.mkdir(mode=0o700)
    shutil.copy(new_store, place)
    return place


@pytest.fixture
def store(path: Path, clock: Clock):
    """A store with one open wave."""
    with open_store(path, now=clock, token_bytes=random.Random(4).randbytes) as opened:
        yield opened


@pytest.fixture
def invitations(path, clock):
    with open_invitations(path, now=clock, token_bytes=random.Random(4).randbytes) as opened:
        yield opened


@pytest.fixture
def invite(invitations, clock):
    """Makes an invitation that opens for a fortnight; gives its token and id."""

    def issue(role="hr", **said):
        (issued,) = invitations.issue([Wanted(role, clock() + timedelta(days=14), **said)])
        return issued

    return issue
