"""An invitation opens for whom it was made, as often and as long as it says, and for nobody else."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from datetime import timedelta

import pytest
from itsdangerous import URLSafeSerializer

from okrkit.errors import UsageError
from okrkit.keep.invites import open_invitations
from okrkit.keep.store import open_store

KEY = "made-by-the-start-page"
OTHER = "made-by-another-start-page"


def refused(invitations, token, key=KEY) -> str:
    with pytest.raises(UsageError) as told:
        invitations.exchange(token, key)
    return str(told.value)


# From a link to a session


def test_a_link_leads_to_a_session_with_what_its_row_says(invitations, invite, clock):
    admitted = invitations.exchange(invite("manager", subject="M07").token, KEY)
    session = invitations.session_of(admitted.sid)
    assert session == admitted.session
    assert (session.role, session.subject, session.created) == ("manager", "M07", clock())
    assert session.ends == clock() + timedelta(hours=8)


def test_looking_changes_nothing_so_a_mail_scanner_uses_nothing_up(invitations, invite, path):
    token = invite(mode="single").token
    before = dump(path)
    assert [invitations.look_up(token).state for _ in range(2)] == ["open", "open"]
    assert dump(path) == before
    assert invitations.exchange(token, KEY).session.role == "hr"


def dump(path) -> list[str]:
    with closing(sqlite3.connect(path)) as file:
        return list(file.iterdump())


def test_a_single_use_link_opens_once(invitations, invite):
    token = invite(mode="single").token
    invitations.exchange(token, KEY)
    assert invitations.look_up(token).state == "used"
    assert "has been used" in refused(invitations, token, OTHER)


def test_a_resumable_link_opens_as_often_as_wanted_each_time_with_a_new_session(
    invitations, invite
):
    token = invite(mode="resumable").token
    sids = {invitations.exchange(token, key).sid for key in (KEY, OTHER)}
    assert len(sids) == 2
    assert all(invitations.session_of(sid) for sid in sids)


def test_start_pressed_twice_or_sent_again_gives_the_same_session(invitations, invite, path):
    token = invite(mode="single").token
    first = invitations.exchange(token, KEY)
    before = dump(path)
    assert invitations.exchange(token, KEY) == first
    assert dump(path) == before


def test_of_two_who_press_start_at_once_one_comes_in(path, clock, invite):
    for _ in range(10):
        token = invite(mode="single").token
        came = at_once(path, clock, token, [f"{KEY}-{number}" for number in range(4)])
        assert sorted(came) == ["came in", "used", "used", "used"]
    with open_store(path, now=clock) as store:
        assert store.verify().ok
        assert store.info().rows["session"] == 10


def at_once(path, clock, token, keys) -> list[str]:
    came, barrier = [], threading.Barrier(len(keys))

    def press(key: str) -> None:
        with open_invitations(path, now=clock) as opened:
            barrier.wait()
            try:
                opened.exchange(token, key)
                came.append("came in")
            except UsageError as error:
                came.append("used" if "has been used" in str(error) else str(error))

    threads = [threading.Thread(target=press, args=[key]) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


# Forged, early, expired, revoked


def test_a_forged_or_damaged_link_is_none_of_ours(invitations, invite, path):
    token = invite().token
    key = path.with_name("invite.keys").read_text().strip()
    wrong = [
        "", "x" * 60, token[:-1], token + "A", token.swapcase(), token.replace(".", ""), f"{token}é", "A" * 10_000,
        URLSafeSerializer("guessed", salt="okrkit.invitation").dumps("jti"),
        URLSafeSerializer(key, salt="another purpose").dumps("x" * 32),
    ]  # fmt: skip
    for number in range(0, len(token), 7):
        other = "A" if token[number] != "A" else "B"
        wrong.append(token[:number] + other + token[number + 1 :])
    for one in wrong:
        assert invitations.look_up(one) is None
        assert "no invitation of ours" in refused(invitations, one)


def test_a_signed_link_without_a_row_is_none_of_ours(invitations):
    token = invitations._envelope.seal("x" * 32)
    assert invitations.look_up(token) is None
    assert "no invitation of ours" in refused(invitations, token)


def test_a_link_of_another_client_is_none_of_ours(invite, tmp_path, clock):
    with open_invitations(tmp_path / "other" / "answers.sqlite", now=clock) as other:
        assert other.look_up(invite().token) is None


def test_a_link_opens_until_it_expires(invitations, invite, clock):
    token = invite().token
    clock.wait(days=14, seconds=-1)
    assert invitations.look_up(token).state == "open"
    clock.wait(seconds=1)
    assert invitations.look_up(token).state == "expired"
    assert "has expired" in refused(invitations, token)


def test_a_link_that_opens_later_is_refused_until_then(invitations, invite, clock):
    token = invite(not_before=clock() + timedelta(days=1)).token
    assert "not open yet" in refused(invitations, token)
    clock.wait(days=1)
    assert invitations.exchange(token, KEY)


def test_a_clock_set_back_a_little_keeps_nobody_out(invitations, invite, clock):
    token = invite().token
    admitted = invitations.exchange(token, KEY)
    clock.wait(seconds=-60)
    assert invitations.look_up(token).state == "open"
    assert invitations.session_of(admitted.sid)


def test_a_revoked_link_opens_no_more_and_its_sessions_end_at_once(invitations, invite):
    issued, other = invite(), invite()
    sids = [invitations.exchange(one.token, KEY).sid for one in (issued, other)]
    assert invitations.revoke(issued.id[:8]).state == "revoked"
    assert invitations.session_of(sids[0]) is None
    assert invitations.session_of(sids[1])
    assert "withdrawn" in refused(invitations, issued.token)
    assert "withdrawn" in refused(invitations, issued.token, OTHER)


def test_revoking_all_ends_every_session_of_respondents_too(invitations, invite):
    issued = [invite("respondent"), invite("hr")]
    sids = [invitations.exchange(one.token, KEY).sid for one in issued]
    invitations.revoke(issued[0].id)
    assert invitations.session_of(sids[0])  # whose it is, nobody knows
    assert invitations.revoke_all() == 1
    assert [invitations.session_of(sid) for sid in sids] == [None, None]
    assert invitations.revoke_all() == 0


@pytest.mark.parametrize("start", ["", "%", "_", "nothing", "' or 1=1 --"])
def test_an_id_that_names_no_invitation_revokes_none(invitations, invite, start):
    invite()
    with pytest.raises(UsageError, match="No invitation has an id that begins with"):
        invitations.revoke(start)
    assert [one.state for one in invitations.invites()] == ["open"]


def test_an_id_that_names_several_invitations_revokes_none(invitations, invite):
    starts = [invite().id[0] for _ in range(17)]
    twice = next(start for start in starts if starts.count(start) > 1)
    with pytest.raises(UsageError, match="Several invitations have"):
        invitations.revoke(twice)
    assert {one.state for one in invitations.invites()} == {"open"}
