"""The audit hears both sources of answers: the client's file and the store."""

from datetime import UTC, datetime

import pandas as pd
import pytest

from okrkit.judge.audit import run_audit
from okrkit.keep.codes import new_code, respondent_of
from okrkit.keep.join import with_stored_answers
from okrkit.keep.place import store_path
from okrkit.keep.records import Answer, Sending
from okrkit.keep.store import open_store
from okrkit.tables import Tables


def now():
    return datetime(2026, 10, 5, 9, 30, tzinfo=UTC)


def respond(store, person, word, wave="W1"):
    respondent = respondent_of(new_code(lambda count: person.to_bytes(count, "big")))
    for statement in range(1, 6):
        store.save_answer(
            Answer(
                key=f"person-{person:04}-statement-{statement}",
                wave=wave,
                respondent=respondent,
                statement=statement,
                answer=word,
            )
        )
    store.send(Sending(key=f"person-{person:04}-has-sent", wave=wave, respondent=respondent))
    return respondent


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "client").mkdir()
    return tmp_path / "client"


@pytest.fixture
def store(folder, tmp_path):
    path = store_path(folder, home=tmp_path / "home")
    with open_store(path, now=now) as opened:
        opened.open_wave("W1")
        yield opened


def joined(tables, folder, tmp_path):
    return with_stored_answers(tables, folder, now=now, home=tmp_path / "home")


def test_without_a_store_nothing_changes_and_none_is_made(folder, tmp_path):
    tables = Tables.from_frames()
    assert joined(tables, folder, tmp_path).answers.empty
    assert not (tmp_path / "home").exists()


def test_a_closed_wave_is_heard_exactly_as_it_was_said(folder, tmp_path, store):
    for person in range(6):
        respond(store, person, "yes" if person < 4 else "no")
    store.close_wave("W1")
    said = run_audit(joined(Tables.from_frames(), folder, tmp_path)).statements[0].said
    assert (said.yes, said.no, said.dont_know) == (4, 2, 0)


def test_an_open_wave_with_fewer_than_ten_is_held_back_and_says_so(folder, tmp_path, store):
    for person in range(9):
        respond(store, person, "yes")
    tables = joined(Tables.from_frames(), folder, tmp_path)
    assert tables.answers.empty
    assert ["held back" in note.text for note in tables.notes] == [True]
    respond(store, 9, "yes")
    assert len(joined(Tables.from_frames(), folder, tmp_path).answers) == 50


def test_of_one_answer_in_both_sources_the_stores_counts(folder, tmp_path, store):
    respondent = respond(store, 0, "no")
    store.close_wave("W1")
    file = pd.DataFrame(
        {"respondent": [respondent, "R2"], "statement": "1", "answer": "yes", "wave": "W1"}
    )
    answers = joined(Tables.from_frames(answers=file), folder, tmp_path).answers
    first = answers[answers["statement"].eq("1")].set_index("respondent")["answer"]
    assert first.to_dict() == {respondent: "no", "R2": "yes"}


def file_of(wave, people=38):
    respondents = [f"R{person}" for person in range(people)]
    return Tables.from_frames(
        answers=pd.DataFrame(
            {"respondent": respondents, "statement": "1", "answer": "yes", "wave": wave}
        )
    )


@pytest.mark.parametrize("wave", ["Autumn", "2026 autumn", "2026-10", "2026-Q4"])
@pytest.mark.parametrize("given", ["2026-Q3", "2027-Q1", ""])
def test_the_wave_asked_last_is_the_latest_whatever_it_is_called(
    folder, tmp_path, store, wave, given
):
    store.open_wave(wave)
    for person in range(6):
        respond(store, person, "no", wave)
    store.close_wave(wave)
    tables = joined(file_of(given), folder, tmp_path)
    audit = run_audit(tables)
    assert (audit.wave, audit.statements[0].said.no, audit.statements[0].said.yes) == (wave, 6, 0)
    of = f"of the file's wave {given}" if given else "without a wave in the file"
    assert [(note.text, note.count) for note in tables.notes if wave in note.text] == [
        (
            f"answers {of} (38 people) are not counted: those of the wave {wave}, kept by okrkit, are",
            38,
        )
    ]
    assert not [note for note in audit.notes if "of waves before" in note.text]


def test_an_earlier_wave_of_the_store_is_left_out_by_when_it_was_opened(folder, tmp_path, store):
    store.open_wave("Autumn")
    for wave, people, word in (("W1", range(7), "yes"), ("Autumn", range(10, 16), "no")):
        for person in people:
            respond(store, person, word, wave)
        store.close_wave(wave)
    tables = joined(Tables.from_frames(), folder, tmp_path)
    assert set(tables.answers["wave"]) == {"Autumn"}
    assert [(note.text, note.count) for note in tables.notes] == [
        ("answers of the wave W1 (7 people) are older than the wave Autumn and are not counted", 35)
    ]


def test_while_the_store_shows_nothing_the_file_stands_as_it_is(folder, tmp_path, store):
    for person in range(9):
        respond(store, person, "no")
    tables = joined(file_of("2026-Q3"), folder, tmp_path)
    assert (set(tables.answers["wave"]), len(tables.answers)) == ({"2026-Q3"}, 38)
    assert ["the wave W1 are held back" in note.text for note in tables.notes] == [True]


def test_an_audit_while_a_wave_is_open_says_how_many_it_shows_and_until_when(
    folder, tmp_path, store
):
    for person in range(12):
        respond(store, person, "yes")
    tables = joined(Tables.from_frames(), folder, tmp_path)
    assert run_audit(tables).statements[0].said.yes == 10
    assert [note.text.partition(", ")[2] for note in tables.notes] == [
        "12 people have sent theirs; 10 are shown until 15 have"
    ]
