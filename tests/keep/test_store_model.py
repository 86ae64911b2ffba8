"""Whatever is saved, sent again, cut off or reopened, in any order: the store says what a dict would."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import event

from okrkit.errors import StoreError, UsageError
from okrkit.keep.records import Answer, Profile, Sending
from okrkit.keep.store import open_store

WAVES = ("Q3", "Q4")
whos = st.sampled_from([f"{who:032x}" for who in range(2)])
waves = st.sampled_from(WAVES)
texts = st.text(max_size=20)


class StoreMachine(RuleBasedStateMachine):
    """Beside the store: per record what was acknowledged, per wave whether it is open."""

    new_file: Path  # a store with one open wave, copied for every run

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "answers.sqlite"
        shutil.copy(self.new_file, self.path)
        self.at = datetime(2026, 9, 30, 12, tzinfo=UTC)
        self.keys = (f"key-{number:012}" for number in count())
        self.kept: dict[str, object] = {}  # by key, in the order they were kept
        self.pending: list[object] = []  # what a visitor still has to send again
        self.open: dict[str, bool] = {"Q3": True}
        self.statements_left = -1
        self.start()

    def start(self) -> None:
        self.store = open_store(self.path, now=lambda: self.at)
        event.listen(self.store._engine, "before_cursor_execute", self.cut)
        event.listen(self.store._engine, "commit", self.cut)

    def cut(self, *_: object) -> None:
        """The connection to the disk is lost before the statement whose turn it is."""
        if self.statements_left == 0:
            raise sqlite3.OperationalError("cut off")
        self.statements_left -= 1

    def teardown(self) -> None:
        self.store.close()
        shutil.rmtree(self.folder)

    # What the model expects

    def sent(self, record) -> bool:
        mine = (record.wave, record.respondent)
        return any(
            isinstance(r, Sending) and (r.wave, r.respondent) == mine for r in self.kept.values()
        )

    def answers(self, who: str, wave: str) -> dict[int, tuple[str, str]]:
        return {
            r.statement: (r.answer, r.comment)
            for r in self.kept.values()
            if isinstance(r, Answer) and (r.respondent, r.wave) == (who, wave)
        }

    def is_refused(self, record) -> bool:
        if not self.open.get(record.wave):
            return True
        if isinstance(record, Sending):
            said = self.answers(record.respondent, record.wave).values()
            return not any(answer for answer, _ in said)
        return self.sent(record)

    def save(self, record) -> None:
        do = {
            Answer: self.store.save_answer,
            Profile: self.store.save_profile,
            Sending: self.store.send,
        }
        if record.key in self.kept or (isinstance(record, Sending) and self.sent(record)):
            assert do[type(record)](record).repeated
        elif self.is_refused(record):
            with pytest.raises(UsageError):
                do[type(record)](record)
        else:
            assert do[type(record)](record).repeated is False
            self.kept[record.key] = record
        self.pending = [one for one in self.pending if one is not record]

    # What can happen

    @rule(
        who=whos,
        wave=waves,
        statement=st.integers(1, 5),
        said=st.sampled_from(["yes", "no", "dont_know", ""]),
        comment=texts,
    )
    def answer(self, who, wave, statement, said, comment):
        self.save(Answer(next(self.keys), wave, who, statement, said, comment))

    @rule(who=whos, wave=waves, team=st.sampled_from(["T1", "T2"]))
    def profile(self, who, wave, team):
        self.save(Profile(next(self.keys), wave, who, team))

    @rule(who=whos, wave=waves)
    def send(self, who, wave):
        self.save(Sending(next(self.keys), wave, who))

    @rule(who=whos, wave=waves, statement=st.integers(1, 5), after=st.integers(0, 12))
    def answer_cut_off(self, who, wave, statement, after):
        record = Answer(next(self.keys), wave, who, statement, "no", "cut off")
        self.statements_left = after
        try:
            self.save(record)
        except StoreError as error:
            assert not error.saved
            self.pending.append(record)
        self.statements_left = -1

    @precondition(lambda self: self.pending)
    @rule()
    def send_again_what_was_cut_off(self):
        self.save(self.pending[0])

    @precondition(lambda self: self.kept)
    @rule(data=st.data())
    def send_again_what_was_kept(self, data):
        self.save(data.draw(st.sampled_from(list(self.kept.values()))))

    @precondition(lambda self: self.kept)
    @rule(data=st.data(), who=whos)
    def use_a_key_for_something_else(self, data, who):
        key = data.draw(st.sampled_from(list(self.kept)))
        with pytest.raises(UsageError, match="something else"):
            self.store.save_answer(Answer(key, "Q3", who, 1, "no", "not what it was"))

    @rule(wave=waves)
    def open_wave(self, wave):
        self.open[wave] = self.store.open_wave(wave).is_open
        assert self.open[wave]

    @precondition(lambda self: self.open)
    @rule(data=st.data())
    def close_wave(self, data):
        wave = data.draw(st.sampled_from(sorted(self.open)))
        self.open[wave] = self.store.close_wave(wave).is_open
        assert not self.open[wave]

    @rule()
    def reopen_the_file(self):
        self.store.close()
        self.start()

    @rule(hours=st.integers(-2, 30))
    def time_passes(self, hours):
        self.at += timedelta(hours=hours)

    # What always holds

    @invariant()
    def drafts_are_what_was_acknowledged(self):
        for who in (f"{who:032x}" for who in range(2)):
            for wave in WAVES:
                draft = self.store.draft(who, wave)
                assert {
                    s: (one.answer, one.comment) for s, one in draft.answers.items()
                } == self.answers(who, wave)
                teams = [
                    r.team
                    for r in self.kept.values()
                    if isinstance(r, Profile) and (r.respondent, r.wave) == (who, wave)
                ]
                assert draft.team == (teams[-1] if teams else "")
                assert (draft.sent_at is not None) == self.sent(Sending("k" * 16, wave, who))

    @invariant()
    def what_counts_was_sent_or_its_wave_is_closed(self):
        expected = {
            (who, wave, statement, answer)
            for who in (f"{who:032x}" for who in range(2))
            for wave in WAVES
            for statement, (answer, _) in self.answers(who, wave).items()
            if answer and (not self.open[wave] or self.sent(Sending("k" * 16, wave, who)))
        }
        rows = self.store.answers()
        assert {(row.respondent, row.wave, row.statement, row.answer) for row in rows} == expected
        assert len(rows) == len(expected)

    @invariant()
    def every_row_has_its_audit_row(self):
        assert self.store.verify().ok
        rows = dict(self.store.info().rows)
        assert rows.pop("audit_row") == sum(rows.values())
        assert rows["answer"] + rows["profile"] + rows["sent"] == len(self.kept)


@pytest.fixture
def machine(tmp_path):
    path = tmp_path / "answers.sqlite"
    with open_store(path, now=lambda: datetime(2026, 9, 30, tzinfo=UTC)) as store:
        store.open_wave("Q3")
    StoreMachine.new_file = path
    return StoreMachine


def test_the_store_is_a_dict_that_survives(machine):
    quick = settings(
        max_examples=12, stateful_step_count=25, deadline=None, phases=[Phase.generate]
    )  # shrinking takes minutes: left to the test below
    run_state_machine_as_test(machine, settings=quick)


@pytest.mark.long
def test_the_store_is_a_dict_that_survives_for_longer(machine):
    longer = settings(max_examples=300, stateful_step_count=50, deadline=None)
    run_state_machine_as_test(machine, settings=longer)
