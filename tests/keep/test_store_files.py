"""What leaves the store: rows for the audit, CSV files, backups; each whole, private and safe to open."""

from __future__ import annotations

import csv
import shutil
import threading
from datetime import date
from itertools import count
from pathlib import Path

import pytest

import okrkit
from okrkit.errors import StoreError, UsageError
from okrkit.keep.answers import merge_answers, stored_answers
from okrkit.keep.export import safe_cell
from okrkit.keep.place import refuse_network_drive, store_path
from okrkit.keep.plan_file import plan_path
from okrkit.keep.release import HeldBack, Stored
from okrkit.keep.store import open_store
from okrkit.standard import DEFAULT_STANDARD as STANDARD
from okrkit.standard_file import standard_from

WAVE = "2026-Q3"


def sent_by(store, says, people, wave=WAVE):
    for who in people:
        store.save_answer(says.answer(who, wave=wave))
        store.send(says.done(who, wave=wave))


# The store as a source of the table answers


def test_the_store_lies_beside_the_plan_and_never_in_the_clients_folder(client, home):
    path = store_path(client, home=home)
    assert path.parent == plan_path(client, home=home).parent
    assert not path.is_relative_to(client)
    assert store_path(client).name == "answers.sqlite"


def test_a_client_without_a_store_has_no_stored_answers_and_gets_none(client, home, clock):
    stored = stored_answers(client, now=clock, standard=STANDARD, home=home)
    assert stored == Stored((), (), ())
    assert not home.exists()


def test_an_open_wave_is_held_back_until_enough_have_sent(client, home, clock, says):
    with open_store(store_path(client, home=home), now=clock) as store:
        store.open_wave("earlier")
        sent_by(store, says, range(3), "earlier")
        store.close_wave("earlier")
        store.open_wave(WAVE)
        store.save_answer(says.answer("still at it"))
        waits = (HeldBack(WAVE, sent=9, shown=0, until=10),)
        for people, rows, held in ((range(9), 3, waits), (range(9, 10), 13, ())):
            sent_by(store, says, people)
            stored = stored_answers(client, now=clock, standard=STANDARD, home=home)
            assert (len(stored.rows), stored.held_back) == (rows, held)


def test_a_closed_wave_is_given_however_few_have_answered(client, home, clock, says):
    with open_store(store_path(client, home=home), now=clock) as store:
        store.open_wave(WAVE, date(2026, 9, 30))
        store.save_answer(says.answer())
    assert stored_answers(client, now=clock, standard=STANDARD, home=home).waves == ()
    clock.wait(days=1)
    assert len(stored_answers(client, now=clock, standard=STANDARD, home=home).rows) == 1


def test_further_answers_of_an_open_wave_are_shown_five_people_at_a_time(client, home, clock, says):
    with open_store(store_path(client, home=home), now=clock) as store:
        store.open_wave(WAVE)
        shown = []
        for who in reversed(range(16)):  # the order of sending, not of the respondents' names
            sent_by(store, says, [who])
            stored = stored_answers(client, now=clock, standard=STANDARD, home=home)
            shown.append({row["respondent"] for row in stored.rows})
            held = stored.held_back
        assert [len(people) for people in shown] == [0] * 9 + [10] * 5 + [15] * 2
        assert shown[9] == shown[13] == {says.who(who) for who in range(6, 16)}
        assert held == (HeldBack(WAVE, sent=16, shown=15, until=20),)
        assert "16 people have sent theirs; 15 are shown until 20 have" in str(held[0])
        store.close_wave(WAVE)
    assert len(stored_answers(client, now=clock, standard=STANDARD, home=home).rows) == 16


def test_the_clients_own_standard_says_how_large_a_step_is(store, says):
    sent_by(store, says, range(13))
    own = standard_from({"wave_min": 6, "group_min": 6})
    assert [len(store.released(one).rows) for one in (STANDARD, own)] == [10, 12]


def test_stored_rows_are_rows_of_the_table_answers(store, says):
    store.save_profile(says.profile(team="T1"))
    sent_by(store, says, [0])
    import pandas as pd

    frame = pd.DataFrame([row.as_cells() for row in store.answers()])
    answers = okrkit.Tables.from_frames(answers=frame).answers
    assert answers.iloc[0].to_dict() == store.answers()[0].as_cells()


def test_where_both_sources_have_an_answer_the_store_wins():
    nan = float("nan")
    given = [
        {"respondent": "R1", "statement": 1, "answer": "no", "wave": WAVE},
        {"respondent": "R1", "statement": 1, "answer": "no", "wave": nan},
        {"respondent": "R1", "statement": 2, "answer": "no", "wave": WAVE},
        {"respondent": "R2", "statement": "1", "answer": "no", "wave": WAVE},
    ]
    stored = [
        {"respondent": "R1", "statement": "1", "answer": "yes", "wave": WAVE},
        {"respondent": "R3", "statement": "1", "answer": "yes", "wave": WAVE},
        {"respondent": "R1", "statement": "1", "answer": "dont_know", "wave": ""},
    ]
    merged = merge_answers(given, stored)
    assert [row["answer"] for row in merged] == ["yes", "dont_know", "no", "no", "yes"]
    assert [row["answer"] for row in given] == ["no"] * 4
    assert merge_answers(given, []) == [dict(row) for row in given]


# Export


def test_an_export_holds_the_table_answers_and_every_row(store, says, tmp_path):
    store.save_answer(says.answer(0, answer="no", comment="at first"))
    store.save_profile(says.profile(0, team="T1"))
    sent_by(store, says, [0, 1])
    store.save_answer(says.answer("not sent"))
    store.close_wave(WAVE)
    files, _ = store.export(tmp_path / "out", STANDARD, history=True)
    assert {file.relative_to(tmp_path / "out").as_posix() for file in files} == {
        "answers.csv", "history/answer.csv", "history/profile.csv", "history/sent.csv", "history/wave_event.csv",
        "history/invite.csv", "history/session.csv", "history/ended.csv", "history/erased.csv",
        "history/audit_row.csv",
    }  # fmt: skip
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    with (tmp_path / "out" / "history" / "answer.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["answer"], row["comment"]) for row in rows][:2] == [
        ("no", "at first"),
        ("yes", ""),
    ]
    assert len(rows) == store.info().rows["answer"]


def test_an_exported_folder_can_be_audited(store, says, tmp_path):
    sent_by(store, says, range(6))
    store.close_wave(WAVE)
    store.export(tmp_path / "out", STANDARD)
    read = okrkit.read_folder(tmp_path / "out").answers
    assert sorted(read["respondent"]) == sorted(says.who(who) for who in range(6))
    assert set(read["wave"]) == {WAVE}


def test_an_export_of_an_open_wave_holds_nobody_whom_the_audit_does_not_show(store, says, tmp_path):
    sent_by(store, says, range(9))
    files, _ = store.export(tmp_path / "nine", STANDARD)
    assert [file.name for file in files] == ["answers.csv"]
    assert files[0].read_text().count(WAVE) == 0
    assert list(files[0].parent.iterdir()) == list(files)
    sent_by(store, says, range(9, 12))
    (file,), stored = store.export(tmp_path / "twelve", STANDARD)
    assert file.read_text().count(WAVE) == len(stored.rows) == 10


def test_an_export_writes_over_nothing(store, tmp_path):
    (tmp_path / "answers.csv").write_text("respondent,statement,answer\nR1,1,yes\n")
    with pytest.raises(UsageError, match="answers.csv exists"):
        store.export(tmp_path, STANDARD, history=True)
    assert (tmp_path / "answers.csv").read_text().endswith("R1,1,yes\n")
    assert not (tmp_path / "history").exists()


FORMULAS = [
    "=1+1",
    "+1",
    "-1+2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\u00a0=1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    '=cmd|"/c calc"!A0',
]  # noqa: RUF001, E501


@pytest.mark.parametrize("text", FORMULAS)
def test_no_exported_cell_runs_as_a_formula(store, says, tmp_path, text):
    store.save_answer(says.answer(comment=text))
    store.export(tmp_path / "out", STANDARD, history=True)
    with (tmp_path / "out" / "history" / "answer.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["comment"] == f"'{text}"


def test_numbers_and_plain_texts_are_exported_as_they_are():
    assert [safe_cell(value) for value in (-1, 0, "a - b", "", None, "'quoted")] == [
        "-1",
        "0",
        "a - b",
        "",
        "",
        "'quoted",
    ]


# Backup


def test_a_backup_is_one_checked_private_file_with_everything_in_it(store, says, tmp_path, clock):
    sent_by(store, says, range(4))
    target = tmp_path / "backups" / "monday.sqlite"
    assert store.backup(target) == store.verify()
    assert [file.name for file in target.parent.iterdir()] == ["monday.sqlite"]
    assert target.stat().st_mode & 0o777 == 0o600
    with open_store(target, now=clock) as restored:
        assert restored.answers() == store.answers()
        assert restored.save_answer(says.answer("after")).repeated is False


def test_a_backup_writes_over_nothing(store, tmp_path):
    (tmp_path / "there").write_text("mine")
    with pytest.raises(UsageError, match="exists"):
        store.backup(tmp_path / "there")
    assert (tmp_path / "there").read_text() == "mine"


def test_backups_taken_while_others_save_hold_all_that_was_acknowledged_before(
    store, says, tmp_path, clock
):
    acknowledged, stop = [], threading.Event()

    def save() -> None:
        for who in count():
            answer = says.answer(who)
            store.save_answer(answer)
            acknowledged.append(answer.respondent)
            if stop.is_set():
                return

    thread = threading.Thread(target=save)
    thread.start()
    try:
        for number in range(10):
            before = set(acknowledged)
            assert store.backup(tmp_path / f"{number}.sqlite").ok
            with open_store(tmp_path / f"{number}.sqlite", now=clock) as copy:
                copy.close_wave(WAVE)
                assert before <= {row.respondent for row in copy.answers()}
    finally:
        stop.set()
        thread.join()
    assert store.verify().ok


def test_of_a_store_that_was_tampered_with_no_backup_is_made(store, says, path, tmp_path, clock):
    import sqlite3
    from contextlib import closing

    store.save_answer(says.answer())
    store.close()
    with closing(sqlite3.connect(path)) as file:
        file.execute("drop trigger answer_no_update")
        file.execute("update answer set answer = 'no'")
        file.commit()
    why = "answer/1 is not what audit row 2 says"
    with open_store(path, now=clock) as opened, pytest.raises(StoreError, match=why) as refused:
        opened.backup(tmp_path / "b.sqlite")
    assert refused.value.saved
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == []


# Where it may lie


def test_a_network_drive_is_refused_by_name():
    mounts = (
        "/dev/sda1 / ext4 rw 0 0\nserver:/x /mnt/our\\040data nfs4 rw 0 0\n"
        "tmpfs /mnt/our\\040data/fast tmpfs rw 0 0\n//s/y /share cifs rw 0 0\n"
    )
    for place in ("/mnt/our data/okrkit/answers.sqlite", "/share/a"):
        with pytest.raises(StoreError, match="network drive"):
            refuse_network_drive(Path(place), mounts)
    for place in ("/var/ada/a", "/mnt/our data/fast/a", "/shared/a"):
        refuse_network_drive(Path(place), mounts)


def test_a_copied_store_is_a_store(path, tmp_path, clock):
    shutil.copy(path, tmp_path / "copy.sqlite")
    with open_store(tmp_path / "copy.sqlite", now=clock) as copy:
        assert [wave.name for wave in copy.waves()] == [WAVE]
