"""The store of answers: what is acknowledged is on the disk, once, with its audit row."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection

from okrkit.errors import UsageError
from okrkit.standard import Standard

from . import audit_rows, backup, queries
from .audit_rows import Verification
from .export import write_export
from .faults import faults
from .queries import AnswerRow, Draft, StoreInfo
from .records import Answer, Profile, Record, Saved, Sending, one_line
from .release import Stored, released
from .schema import wave_event
from .store_file import StoreFile, ready_engine
from .waves import Wave, wave_named

__all__ = ["AnswerRow", "Draft", "Saved", "Store", "StoreInfo", "open_store"]


class Store(StoreFile):
    """The answers of one client. Threads and processes may share its file.

    The same record sent again, with the same key, is kept once and acknowledged each time, even
    after its wave has closed. A later record about the same statement takes the place of the
    earlier one, which stays in the history; so resend in the order things were said.
    """

    # What visitors say

    def save_answer(self, answer: Answer) -> Saved:
        """Save an answer to a statement.

        Raises
        ------
        UsageError
            If the respondent has sent theirs, the wave is not open, or the key stands for
            something else.
        StoreError
            If it could not be saved; `saved` is False.
        """
        return self._save(answer)

    def save_profile(self, profile: Profile) -> Saved:
        """Save team, level and mode; raises as `save_answer` does."""
        return self._save(profile)

    def send(self, sending: Sending) -> Saved:
        """Note that a respondent is done; sending twice is the same as once.

        Raises as `save_answer` does, and UsageError when there is no answer to send.
        """
        return self._save(sending)

    def draft(self, respondent: str, wave: str) -> Draft:
        """What a respondent has said in a wave so far, with which the form goes on."""
        with self._transaction("read") as connection:
            return queries.draft(connection, respondent, wave)

    # What consultants read

    def answers(self, wave: str | None = None) -> tuple[AnswerRow, ...]:
        """The latest answer of each respondent to each statement, of one wave or all.

        An answer counts once its respondent has sent theirs, or its wave has closed: until then
        it may still change. Comments without an answer are left out.
        """
        with self._transaction("read") as connection:
            return self._counting(connection, wave)

    def released(self, standard: Standard) -> Stored:
        """The answers that may be shown, as rows of the table `answers`, and what is held back."""
        with self._transaction("read") as connection:
            return self._released(connection, standard)

    def waves(self) -> tuple[Wave, ...]:
        """Every wave as it stands now, in the order they were first opened."""
        with self._transaction("read") as connection:
            return self._waves(connection)

    def wave_status(self, name: str) -> Wave:
        """One wave as it stands now. Raises UsageError if there is none of that name."""
        return wave_named(name, self.waves())

    # Waves

    def open_wave(self, name: str, closes_on: date | None = None) -> Wave:
        """Open a wave until the end of `closes_on`, or change that day, or reopen a closed wave.

        Raises
        ------
        UsageError
            If the name cannot be used or the day has passed.
        """
        one_line("wave", name, needed=True)
        with self._transaction("save") as connection:
            if closes_on is not None and closes_on < self._today():
                raise UsageError(f"{closes_on} has passed. Choose a later day.")
            last = queries.last_event(connection, name)
            day = None if closes_on is None else closes_on.isoformat()
            if last is None or (last["kind"], last["closes_on"]) != ("open", day):
                self._change_wave(connection, name, kind="open", closes_on=day)
            return wave_named(name, self._waves(connection))

    def close_wave(self, name: str) -> Wave:
        """Close a wave now. Raises UsageError if there is none of that name."""
        with self._transaction("save") as connection:
            wave = wave_named(name, self._waves(connection))
            if wave.closed_at is not None:
                return wave
            self._change_wave(connection, name, kind="close", closes_on=None)
            return wave_named(name, self._waves(connection))

    # Care of the file

    def info(self) -> StoreInfo:
        """What the store holds."""
        with self._transaction("read") as connection:
            return queries.info(connection, self.path, self._today())

    def verify(self) -> Verification:
        """Whether every row is as it was saved, with its audit row, in unbroken order."""
        with self._transaction("read") as connection:
            return backup.check(connection)

    def backup(self, path: Path) -> Verification:
        """Copy the store to `path` while it is in use, and check the copy.

        Raises
        ------
        UsageError
            If `path` exists.
        StoreError
            If no copy in order could be made.
        """
        with faults("copy"):
            return backup.copy_store(self.path, path)

    def export(
        self, folder: Path, standard: Standard, *, history: bool = False
    ) -> tuple[tuple[Path, ...], Stored]:
        """Write the answers that may be shown as CSV; returns the files and what they hold.

        `history` adds every row ever saved: single answers, times and comments, also of those
        who wait. Raises UsageError if one of the files exists.
        """
        with self._transaction("copy") as connection:
            stored = self._released(connection, standard)
            tables = queries.history(connection) if history else {}
            return write_export(folder, stored.rows, tables), stored

    # How

    def _save(self, record: Record) -> Saved:
        with self._transaction("save") as connection:
            earlier = queries.saved_at(connection, record)
            if earlier is not None:
                return Saved(earlier, repeated=True)
            wave = wave_named(record.wave, queries.uncounted_waves(connection, self._today()))
            if not wave.is_open:
                raise UsageError(f"The wave {wave.name!r} is closed; nothing can be changed.")
            if queries.has_sent(connection, record):
                raise UsageError("These answers have been sent; nothing can be changed.")
            if isinstance(record, Sending) and not queries.has_answered(connection, record):
                raise UsageError("There is no answer yet. Answer a statement, then send.")
            return Saved(self._append(connection, record.table, record.key, record.content()))

    def _change_wave(self, connection: Connection, name: str, **said: str | None) -> None:
        count = audit_rows.count(connection, wave_event.name)
        self._append(connection, "wave_event", f"wave:{count + 1}", {"wave": name, **said})

    def _waves(self, connection: Connection) -> tuple[Wave, ...]:
        return queries.waves(connection, self._today())

    def _counting(self, connection: Connection, wave: str | None = None) -> tuple[AnswerRow, ...]:
        waves = queries.uncounted_waves(connection, self._today())
        return queries.answers(connection, wave, {one.name for one in waves if not one.is_open})

    def _released(self, connection: Connection, standard: Standard) -> Stored:
        return released(self._counting(connection), self._waves(connection), standard)


def open_store(
    path: Path,
    *,
    now: Callable[[], datetime],
    token_bytes: Callable[[int], bytes] = secrets.token_bytes,
    timeout: float = 60.0,
) -> Store:
    """The store at `path`, created if there is none, upgraded if an earlier okrkit wrote it.

    `now` gives the time with its zone; a wave's days are those of that zone. An upgrade leaves a
    checked copy of the earlier file beside it. A lock held by another program is waited for
    `timeout` seconds.

    Raises
    ------
    StoreError
        If the file cannot be opened, is damaged, or was written by a newer okrkit.
    """
    return Store(path, ready_engine(path, now(), timeout), now, token_bytes)
