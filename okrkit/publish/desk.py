"""Where the served site keeps answers, and the client's lists; no page waits for another's disk."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import TypeVar

from okrkit.errors import StoreError
from okrkit.keep.inbox import Reply, current_wave, refusal, reply_to
from okrkit.keep.place import store_path
from okrkit.keep.store import Store, open_store
from okrkit.keep.waves import Wave
from okrkit.show.form import browser_place, own_result
from okrkit.show.landing import command_to_open
from okrkit.standard_file import client_standard

from .places import Shown

LOCK_SECONDS = 3.0  # a store held by another program is waited for; then the page tries again
CHOICES_SECONDS = 5.0  # a first page waits so long for the client's list of teams
WRITERS = 8  # forty pages hear of a held store before they give up waiting for the server
READERS = 4  # of their own: reading goes on while writing has to wait

T = TypeVar("T")
_log = logging.getLogger("okrkit.survey")


@dataclass(frozen=True)
class Choices:
    """The teams and levels people choose from; see `okrkit.read.choices`."""

    teams: tuple[tuple[str, str], ...] = ()
    levels: tuple[str, ...] = ()


class Desk:
    """The store of the client shown, opened once there is one, and the client's lists."""

    def __init__(self, shown: Shown) -> None:
        self.shown = shown
        self._path = store_path(shown.folder)
        self.place = browser_place(self._path)
        self.standard = client_standard(shown.folder)
        self._store: Store | None = None
        self._trouble = ""  # why nothing could be saved, as it was last told in the log
        self._opening = Lock()
        self._writers = ThreadPoolExecutor(WRITERS, thread_name_prefix="save")
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="read")
        self._choices: asyncio.Task[Choices] | None = None
        self._known: Choices | None = None
        self._read_at: object = None

    async def reply_to(self, kind: str, said: object) -> Reply:
        """What comes of something a page sent."""
        if kind == "profile" and not _is_listed(said, await self.choices()):
            return refusal("Choose a team and a level of the lists. Reload the page to see them.")
        threads = self._readers if kind == "draft" else self._writers
        return await _apart(threads, lambda: self._reply_to(kind, said))

    async def wave(self) -> Wave | None:
        """The open wave that was opened last, else the last one; None before there is any."""
        return await _apart(self._readers, self._wave)

    async def choices(self) -> Choices:
        """The client's teams and levels; empty if the folder cannot be read.

        When a file has changed it is read again, and pages get what was known before meanwhile.
        """
        found = _fingerprint(self.shown.folder)
        if self._choices is None or found != self._read_at:
            self._read_at = found
            self._choices = asyncio.ensure_future(_read_choices(self.shown.folder))
        if self._choices.done():
            self._known = self._choices.result()
        if self._known is not None:
            return self._known
        try:
            return await asyncio.wait_for(asyncio.shield(self._choices), CHOICES_SECONDS)
        except TimeoutError:
            return Choices()

    def command_to_open(self) -> str:
        """How to open a wave for this client, as it is to be typed."""
        return command_to_open(self.shown.folder, datetime.now().astimezone().date())

    def close(self) -> None:
        """Let go of the file once what is being saved is saved."""
        self._writers.shutdown()
        self._readers.shutdown()
        if self._store is not None:
            self._store.close()

    def _open(self) -> Store | None:
        with self._opening:
            if self._store is None and self._path.exists():
                self._store = open_store(
                    self._path, now=lambda: datetime.now().astimezone(), timeout=LOCK_SECONDS
                )
            return self._store

    def _wave(self) -> Wave | None:
        store = self._open()
        return None if store is None else current_wave(store)

    def _reply_to(self, kind: str, said: object) -> Reply:
        reply = self._tried(kind, said)
        if kind != "draft":
            trouble = str(reply["why"]) if reply.get("again") else ""
            if trouble and trouble != self._trouble:
                _log.error("%s Open pages keep what was entered and try again.", trouble)
            self._trouble = trouble
        return reply

    def _tried(self, kind: str, said: object) -> Reply:
        try:
            store = self._open()
            if store is None:
                return refusal("No wave has been opened yet.", over=True)
            reply = reply_to(store, kind, said)
            if reply.get("sent_at"):
                reply["result"] = own_result(reply)
            return reply
        except StoreError as error:
            return refusal(str(error), again=True)
        except Exception as error:  # noqa: BLE001 - its text may hold what somebody wrote
            _log.error("The survey met an error of kind %s", type(error).__name__)
            return refusal("Something went wrong inside okrkit.", again=True)


async def _apart(threads: ThreadPoolExecutor, work: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(threads, work)


def _is_listed(said: object, choices: Choices) -> bool:
    """Whether the team and level in `said` are among the client's, as far as it has lists."""
    if not isinstance(said, Mapping):
        return True  # refused later, for that
    teams = [id_ for id_, _ in choices.teams]
    team, level = said.get("team", ""), said.get("level", "")
    return not teams or (team in ("", *teams) and level in ("", *choices.levels))


def _fingerprint(folder: Path) -> object:
    """Changes when a file in `folder` does."""
    try:
        return tuple(
            sorted(
                (one.name, one.stat().st_mtime_ns, one.stat().st_size) for one in os.scandir(folder)
            )
        )
    except OSError:
        return None


async def _read_choices(folder: Path) -> Choices:
    """Ask a process of its own: this one loads no tables."""
    command = [sys.executable, "-P", "-m", "okrkit.read.choices", str(folder)]
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    printed, _ = await process.communicate()
    try:
        found = json.loads(printed)
        return Choices(tuple((id_, name) for id_, name in found["teams"]), tuple(found["levels"]))
    except (ValueError, KeyError):
        return Choices()
