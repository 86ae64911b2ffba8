"""When the store cannot be written, the page says so, keeps what was entered, and saves it once when it can."""

from __future__ import annotations

import os
import re
import resource
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager

import pytest

from okrkit.keep.codes import respondent_of
from okrkit.keep.place import store_path

from ..publish.conftest import (  # noqa: TID252
    ROOT,
    Served,
    enter,
    first_link,
    read_start,
)
from .asked import Asked, all_saved, choice, code_of, comment, opened, state
from .conftest import let_in

AGAIN = "Not saved yet, trying again. What you entered is kept on this page."
TYPED = "typed while it could not be saved"
# Root may write where the rights say no; a server of root's is given up that power.
RIGHTS = ["setpriv", "--bounding-set", "-dac_override"] if os.geteuid() == 0 else []


@pytest.fixture(scope="module")
def asked(start_shared, tmp_path_factory):
    """One that has troubles one after the other."""
    return Asked(start_shared, tmp_path_factory.mktemp("asked"))


@pytest.fixture
def start_bound_by_rights(tmp_path):
    """Start the site as somebody for whom a read-only file is read-only."""
    running = []

    def begin(notebook, folder, *, port, code, **env):
        command = [
            *RIGHTS,
            sys.executable,
            "-P",
            "-c",
            code,
            str(notebook),
            str(folder),
            str(port),
        ]
        log = tmp_path / "log.txt"
        with log.open("w") as errors:
            process = subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=errors, text=True,
                env=os.environ | {"PYTHONPATH": str(ROOT)} | env,
            )  # fmt: skip
        printed = read_start(process.stdout)
        running.append(Served(process, enter(first_link(printed)), printed, log))
        return running[-1]

    yield begin
    for one in running:
        one.stop()


@pytest.fixture
def visitor(asked, watch):
    """A page with one answer saved."""
    return begun(opened(watch, asked))


def begun(page):
    choice(page, 1, "Yes").check()
    state(page, "Saved at")
    return page


def store_of(asked):
    return store_path(asked.client, home=asked.data / "okrkit")


@contextmanager
def held(path):
    """Another program holds the store."""
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.rollback()


@contextmanager
def full_disk(server):
    """The disk takes nothing more from the server."""
    before = resource.prlimit(server, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
    yield
    resource.prlimit(server, resource.RLIMIT_FSIZE, before)


def said(asked, page):
    """Every row of the page's visitor in the order they were stored, each with its audit row."""
    found = asked.rows()
    assert found["audit_row"] == found["answer"] + found["wave_event"]
    with closing(sqlite3.connect(store_of(asked))) as store:
        return store.execute(
            "SELECT statement, answer, comment FROM answer WHERE respondent = ? ORDER BY seq",
            [respondent_of(code_of(page))],
        ).fetchall()


def enter_in_trouble(asked, page, reason):
    """Answer and type; see what the page and the server's log say, and that nothing is stored."""
    choice(page, 2, "No").check()
    state(page, AGAIN)
    comment(page, 3).fill(TYPED)
    choice(page, 3, "Don’t know").check()
    choice(page, 1, "No").check()
    state(page, f"If this lasts, tell whoever invited you: This is not saved yet. {reason}")
    assert page.locator("[data-mark='answer:2']").inner_text() == "Not saved yet"
    assert said(asked, page) == [(1, "yes", "")]
    log = asked.site.log.read_text()
    assert log.count(reason) == 1
    assert TYPED not in log
    assert code_of(page) not in log


def see_it_saved(asked, page):
    """Nobody does anything, and each is stored once, in the order it was said."""
    state(page, "Saved at")
    all_saved(page)
    assert said(asked, page) == [
        (1, "yes", ""),
        (2, "no", ""),
        (3, "dont_know", TYPED),
        (1, "no", ""),
    ]


def test_while_another_program_holds_the_store(asked, visitor, watch):
    with held(store_of(asked)):
        enter_in_trouble(asked, visitor, "Another program holds the store.")
        other = watch(asked.url).open(asked.url)
        assert "Open until" in other.locator("main").inner_text()  # reading goes on
    see_it_saved(asked, visitor)


@pytest.mark.long
def test_while_another_program_holds_the_store_for_a_minute(asked, visitor):
    with held(store_of(asked)):
        until = time.monotonic() + 60
        enter_in_trouble(asked, visitor, "Another program holds the store.")
        while time.monotonic() < until:
            visitor.wait_for_timeout(1000)
            assert visitor.locator("[data-part=state]").inner_text().startswith(AGAIN)
    see_it_saved(asked, visitor)


def test_while_the_disk_is_full(asked, visitor):
    with full_disk(asked.site.process.pid):
        enter_in_trouble(asked, visitor, "The disk does not read or write: it may be full or gone.")
    see_it_saved(asked, visitor)


def test_while_the_stores_file_may_not_be_written(start, watch, tmp_path, start_bound_by_rights):
    asked = Asked(start, tmp_path)
    visitor = begun(opened(watch, asked))
    path = store_of(asked)
    asked.site.stop()
    path.chmod(0o444)
    asked.start = start_bound_by_rights
    asked.serve()
    let_in(visitor.context, asked.url)
    choice(visitor, 2, "No").check()
    state(visitor, AGAIN)
    state(visitor, re.compile("If this lasts, tell .*The file may not be written"))
    path.chmod(0o600)
    state(visitor, "Saved at")
    assert said(asked, visitor) == [(1, "yes", ""), (2, "no", "")]


def test_while_the_stores_file_is_elsewhere(asked, visitor):
    path = store_of(asked)
    aside = path.with_name("aside")
    path.rename(aside)
    choice(visitor, 2, "No").check()
    state(visitor, AGAIN)
    assert not path.exists()
    aside.rename(path)
    state(visitor, "Saved at")
    assert said(asked, visitor) == [(1, "yes", ""), (2, "no", "")]
