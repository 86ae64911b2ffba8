"""Answers are saved once, go on where they were, and count when they are sent or the wave closes."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okrkit.errors import UsageError
from okrkit.keep.store import open_store

WAVE = "2026-Q3"


# Saving


def test_an_answer_is_acknowledged_with_its_time_and_found_again(store, says, clock):
    assert store.save_answer(says.answer(statement=3, answer="dont_know")).at == clock()
    draft = store.draft(says.who(0), WAVE)
    assert {statement: said.answer for statement, said in draft.answers.items()} == {3: "dont_know"}
    assert draft.answers[3].at == clock()


def test_the_same_answer_sent_again_is_kept_once_and_acknowledged_with_its_first_time(
    store, says, clock
):
    answer = says.answer()
    first = store.save_answer(answer)
    clock.wait(minutes=5)
    again = store.save_answer(answer)
    assert (again.at, again.repeated, first.repeated) == (first.at, True, False)
    assert store.info().rows == {
        "answer": 1,
        "profile": 0,
        "sent": 0,
        "wave_event": 1,
        "invite": 0,
        "session": 0,
        "ended": 0,
        "erased": 0,
        "audit_row": 2,
    }


@pytest.mark.parametrize(
    "other",
    [
        {"answer": "no"},
        {"comment": "and more"},
        {"statement": 2},
        {"who": "somebody else"},
    ],
)
def test_a_key_that_stands_for_something_else_is_refused(store, says, other):
    store.save_answer(says.answer(key="k" * 16))
    with pytest.raises(UsageError, match="stands for something else"):
        store.save_answer(says.answer(**{"key": "k" * 16, **other}))
    with pytest.raises(UsageError, match="stands for something else"):
        store.save_profile(says.profile(key="k" * 16))
    assert store.info().rows["audit_row"] == 2


def test_a_changed_answer_takes_the_place_of_the_earlier_one(store, says):
    for said in ("yes", "no", "not_applicable"):
        store.save_answer(says.answer(answer=said))
    assert store.draft(says.who(0), WAVE).answers[1].answer == "not_applicable"
    assert store.info().rows["answer"] == 3


def test_a_clock_that_goes_back_does_not_bring_an_earlier_answer_back(store, says, clock):
    store.save_answer(says.answer(answer="yes"))
    clock.wait(hours=-1)
    store.save_answer(says.answer(answer="no"))
    assert store.draft(says.who(0), WAVE).answers[1].answer == "no"


def test_the_draft_of_one_person_shows_nothing_of_another_or_of_another_wave(store, says):
    store.open_wave("2026-Q4")
    store.save_answer(says.answer("ada"))
    store.save_answer(says.answer("bo", statement=2))
    store.save_answer(says.answer("ada", statement=3, wave="2026-Q4"))
    assert list(store.draft(says.who("ada"), WAVE).answers) == [1]
    assert list(store.draft(says.who("ada"), "2026-Q4").answers) == [3]
    assert store.draft(says.who("nobody"), WAVE).answers == {}


def test_team_level_and_mode_are_kept_and_can_be_changed(store, says):
    store.save_profile(says.profile(team="T1", level="leader"))
    store.save_profile(says.profile(team="T2", level="member", mode="together"))
    draft = store.draft(says.who(0), WAVE)
    assert (draft.team, draft.level, draft.mode) == ("T2", "member", "together")


def test_everything_is_there_after_the_store_is_opened_again(store, says, path, clock):
    store.save_answer(says.answer(comment="so far"))
    store.save_profile(says.profile())
    store.send(says.done())
    before = store.draft(says.who(0), WAVE)
    store.close()
    with open_store(path, now=clock) as reopened:
        assert reopened.draft(says.who(0), WAVE) == before
        assert reopened.verify().ok


COMMENTS = [
    "", "e\u0301 é ﷽ 👩🏽‍🚀 \u202eright to left\u202c \ufeff", "<script>alert('x')</script> & <b>", "a\0b", "\r\n\t \u2028",
    "'; DROP TABLE answer; --", "=HYPERLINK(\"x\")", "🙂" * 32_000, "\U0010ffff\uffff",
]  # fmt: skip


@pytest.mark.parametrize("comment", COMMENTS, ids=range(len(COMMENTS)))
def test_a_comment_comes_back_sign_by_sign(store, says, comment):
    store.save_answer(says.answer(comment=comment))
    assert store.draft(says.who(0), WAVE).answers[1].comment == comment
    assert store.verify().ok


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(), min_size=20, max_size=20))
def test_any_comment_comes_back_sign_by_sign(store, says, comments):
    comment = "".join(comments)
    store.save_answer(says.answer(comment=comment))
    assert store.draft(says.who(0), WAVE).answers[1].comment == comment


def test_threads_that_save_at_once_lose_nothing(store, says):
    answers = [says.answer(who, statement) for who in range(8) for statement in range(1, 6)]
    threads = [
        threading.Thread(
            target=lambda part=answers[at::4]: [store.save_answer(one) for one in part]
        )
        for at in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.info().rows["answer"] == 40
    assert store.verify().ok


# Sending and counting


def test_answers_count_once_they_are_sent(store, says):
    store.save_answer(says.answer("ada", answer="no", comment="why"))
    store.save_answer(says.answer("bo"))
    store.save_profile(says.profile("ada", team="T7", level="member"))
    assert store.answers() == ()
    store.send(says.done("ada"))
    (row,) = store.answers()
    assert (row.respondent, row.answer, row.comment, row.mode) == (
        says.who("ada"),
        "no",
        "why",
        "own",
    )
    assert row.as_cells() == {
        "respondent": says.who("ada"), "statement": "1", "answer": "no", "team": "T7", "level": "member",
        "wave": WAVE,
    }  # fmt: skip


def test_when_the_wave_closes_what_was_not_sent_counts_too(store, says):
    store.save_answer(says.answer("bo"))
    store.close_wave(WAVE)
    assert [row.respondent for row in store.answers()] == [says.who("bo")]


def test_a_comment_without_an_answer_is_kept_and_does_not_count(store, says):
    store.save_answer(says.answer(answer="", comment="we talked about it"))
    assert store.draft(says.who(0), WAVE).answers[1].comment == "we talked about it"
    store.close_wave(WAVE)
    assert store.answers() == ()


def test_answers_of_one_wave_can_be_asked_for(store, says):
    store.open_wave("2026-Q4")
    for wave in (WAVE, "2026-Q4"):
        store.save_answer(says.answer(wave=wave))
        store.send(says.done(wave=wave))
    assert [row.wave for row in store.answers("2026-Q4")] == ["2026-Q4"]
    assert len(store.answers()) == 2


def test_after_sending_nothing_can_be_changed(store, says):
    answer = says.answer()
    store.save_answer(answer)
    sent = store.send(says.done())
    for change in (says.answer(answer="no"), says.answer(statement=2)):
        with pytest.raises(UsageError, match="have been sent"):
            store.save_answer(change)
    with pytest.raises(UsageError, match="have been sent"):
        store.save_profile(says.profile())
    assert store.save_answer(answer).repeated
    assert store.draft(says.who(0), WAVE).sent_at == sent.at


def test_sending_twice_is_the_same_as_once(store, says, clock):
    store.save_answer(says.answer())
    first = store.send(says.done())
    clock.wait(minutes=1)
    again = store.send(says.done())
    assert (again.at, again.repeated) == (first.at, True)
    assert store.info().rows["sent"] == 1


def test_there_is_nothing_to_send_without_an_answer(store, says):
    store.save_answer(says.answer(answer="", comment="not sure yet"))
    with pytest.raises(UsageError, match="no answer yet"):
        store.send(says.done())


# Waves


def test_a_wave_says_since_when_until_when_and_how_many(store, says, clock):
    store.open_wave("autumn", date(2026, 10, 31))
    for who in range(3):
        store.save_answer(says.answer(who, wave="autumn"))
    store.send(says.done(0, wave="autumn"))
    wave = store.wave_status("autumn")
    assert (wave.is_open, wave.opened_at, wave.closes_on) == (True, clock(), date(2026, 10, 31))
    assert (wave.closed_at, wave.started, wave.sent) == (None, 3, 1)
    assert [one.name for one in store.waves()] == [WAVE, "autumn"]


def test_who_took_every_answer_back_or_only_commented_has_not_started(store, says):
    store.save_answer(says.answer("answered"))
    store.save_answer(says.answer("answered", 2, ""))
    store.save_answer(says.answer("took it back"))
    store.save_answer(says.answer("took it back", answer=""))
    store.save_answer(says.answer("commented", answer="", comment="not sure yet"))
    store.save_answer(says.answer("came back", answer=""))
    store.save_answer(says.answer("came back", answer="no"))
    assert store.wave_status(WAVE).started == 2
    assert store.info().waves[0].started == 2


def test_a_wave_is_open_to_the_end_of_its_last_day_where_the_clock_is(store, says, clock):
    clock.at = datetime(2026, 9, 30, 9, tzinfo=timezone(timedelta(hours=9)))
    store.open_wave("day", date(2026, 9, 30))
    clock.wait(hours=14, minutes=59)
    store.save_answer(says.answer(wave="day"))
    clock.wait(minutes=1)
    assert clock().astimezone(UTC).date() == date(2026, 9, 30)
    assert not store.wave_status("day").is_open
    with pytest.raises(UsageError, match="'day' is closed"):
        store.save_answer(says.answer(statement=2, wave="day"))


def test_a_closed_wave_takes_no_change_and_still_acknowledges_what_it_has(store, says):
    answer = says.answer()
    store.save_answer(answer)
    assert not store.close_wave(WAVE).is_open
    with pytest.raises(UsageError, match="is closed"):
        store.save_answer(says.answer(answer="no"))
    with pytest.raises(UsageError, match="is closed"):
        store.send(says.done())
    assert store.save_answer(answer).repeated


def test_a_closed_wave_can_be_opened_again(store, says):
    store.close_wave(WAVE)
    assert store.open_wave(WAVE, date(2026, 10, 2)).is_open
    store.save_answer(says.answer())
    assert store.info().rows["wave_event"] == 3


def test_opening_and_closing_twice_is_the_same_as_once(store):
    store.open_wave(WAVE)
    store.close_wave(WAVE)
    first = store.close_wave(WAVE)
    assert store.close_wave(WAVE) == first
    assert store.info().rows["wave_event"] == 2


def test_a_wave_nobody_opened_is_refused_with_those_there_are(store, says, path, clock):
    for ask in (
        lambda: store.save_answer(says.answer(wave="Q9")),
        lambda: store.wave_status("Q9"),
        lambda: store.close_wave("Q9"),
    ):
        with pytest.raises(UsageError, match="no wave 'Q9'. There are '2026-Q3'"):
            ask()
    with (
        open_store(path.with_name("empty.sqlite"), now=clock) as empty,
        pytest.raises(UsageError, match="None has been opened"),
    ):
        empty.close_wave("Q9")


@pytest.mark.parametrize("name", ["", " Q3", "Q\n3", "x" * 201, None])
def test_a_wave_needs_a_name_of_one_line(store, name):
    with pytest.raises(UsageError, match="wave: expected"):
        store.open_wave(name)


def test_a_wave_cannot_close_on_a_day_that_has_passed(store):
    with pytest.raises(UsageError, match="2026-09-29 has passed"):
        store.open_wave("late", date(2026, 9, 29))


# The file as a whole


def test_a_new_store_is_empty_and_private(tmp_path, clock):
    path = tmp_path / "clients" / "harbour" / "answers.sqlite"
    with open_store(path, now=clock) as store:
        info = store.info()
        assert (info.path, info.waves, info.head.seq) == (path, (), 0)
        assert set(info.rows.values()) == {0}
        assert info.bytes > 0
        modes = {file.stat().st_mode & 0o777 for file in path.parent.iterdir()}
    assert (modes, path.parent.stat().st_mode & 0o777) == ({0o600}, 0o700)


def test_the_server_can_load_the_store_without_the_analysis():
    import subprocess
    import sys

    command = (
        "import sys, okrkit.keep.store, okrkit.keep.answers, okrkit.keep.codes; print(*sys.modules)"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", command], check=True, capture_output=True, text=True
    )
    heavy = {"pandas", "numpy", "okrkit.judge", "okrkit.measure", "okrkit.tables", "okrkit.read"}
    assert heavy.isdisjoint(loaded.stdout.split())
