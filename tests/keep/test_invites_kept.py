"""How long a session lasts, which keys sign a link, and what is kept of an invitation."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest

from okrkit.errors import StoreError, UsageError
from okrkit.keep.invites import Wanted, open_invitations
from okrkit.keep.store import open_store

KEY = "made-by-the-start-page"
OTHER = "made-by-another-start-page"


# How long a session lasts


def test_a_session_ends_after_half_an_hour_of_silence_and_stays_ended(
    invitations, invite, clock, path
):
    sid = invitations.exchange(invite().token, KEY).sid
    for _ in range(3):
        clock.wait(minutes=29)
        assert invitations.session_of(sid)
    clock.wait(minutes=31)
    assert invitations.session_of(sid) is None
    with open_invitations(path, now=clock) as after_a_restart:
        assert after_a_restart.session_of(sid) is None


def test_a_session_ends_after_eight_hours_however_busy(invitations, invite, clock):
    sid = invitations.exchange(invite().token, KEY).sid
    for _ in range(23):
        clock.wait(minutes=20)
        assert invitations.session_of(sid)
    clock.wait(minutes=20)
    assert invitations.session_of(sid) is None


def test_a_session_outlives_a_restart_of_the_server(invitations, invite, path, clock):
    sid = invitations.exchange(invite().token, KEY).sid
    clock.wait(hours=7)
    with open_invitations(path, now=clock) as after_a_restart:
        assert after_a_restart.session_of(sid)
        clock.wait(hours=1)
        assert after_a_restart.session_of(sid) is None


def test_a_respondents_session_lasts_to_the_end_of_the_next_day(invitations, invite, clock):
    sid = invitations.exchange(invite("respondent").token, KEY).sid
    clock.at = datetime(2026, 10, 1, 23, 59, 59, tzinfo=UTC)
    assert invitations.session_of(sid)
    clock.wait(seconds=1)
    assert invitations.session_of(sid) is None


def test_who_leaves_has_left(invitations, invite):
    token = invite().token
    sid = invitations.exchange(token, KEY).sid
    invitations.end(sid)
    invitations.end(sid)
    invitations.end("nobody's")
    assert invitations.session_of(sid) is None
    with pytest.raises(UsageError, match="has been used"):
        invitations.exchange(token, KEY)  # the page with that Start is old
    assert invitations.exchange(token, OTHER)


@pytest.mark.parametrize("sid", ["", "x", "é" * 43, "A" * 43, "A" * 10_000])
def test_a_made_up_cookie_is_no_session(invitations, invite, sid):
    invitations.exchange(invite().token, KEY)
    assert invitations.session_of(sid) is None


# Keys


def test_links_signed_before_a_new_key_still_open_until_the_old_one_is_taken_out(
    invitations, invite, path
):
    before = invite().token
    invitations.add_key()
    after = invite().token
    assert all(invitations.look_up(token) for token in (before, after))
    keys = path.with_name("invite.keys")
    keys.write_text(keys.read_text().splitlines()[1] + "\n")
    assert invitations.look_up(before) is None
    assert invitations.look_up(after)


def test_the_keys_are_made_once_and_only_their_owner_reads_them(invitations, path, clock):
    keys = path.with_name("invite.keys")
    assert keys.stat().st_mode & 0o777 == 0o600
    before = keys.read_bytes()
    open_invitations(path, now=clock).close()
    assert keys.read_bytes() == before


@pytest.mark.parametrize("held", ["", "short\n", "=" * 42, "two keys in a line\n", "é" * 50])
def test_a_file_that_holds_no_keys_is_refused_and_left_as_it_is(invitations, invite, path, held):
    token = invite().token
    keys = path.with_name("invite.keys")
    keys.write_text(held, encoding="utf-8")
    for use in (lambda: invitations.look_up(token), invite, invitations.add_key):
        with pytest.raises(StoreError, match="Put a copy in its place"):
            use()
    assert keys.read_text(encoding="utf-8") == held
    assert len(invitations.invites()) == 1


def test_keys_others_may_read_are_refused(invitations, invite, path):
    token = invite().token
    path.with_name("invite.keys").chmod(0o640)
    with pytest.raises(StoreError, match="may be read by others. Run chmod 600"):
        invitations.look_up(token)


# What is made, and kept


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"role": "boss"}, "role: expected one of respondent"),
        ({"mode": "often"}, "mode: expected single or resumable"),
        ({"role": "manager"}, "subject: expected a text"),
        ({"role": "respondent", "subject": "Ada"}, "subject: expected nothing"),
        ({"role": "manager", "subject": "a\nb"}, "subject: expected one line"),
        ({"not_before": datetime(2027, 1, 1, tzinfo=UTC)}, "expires: expected a time after"),
    ],
)
def test_what_cannot_be_an_invitation_is_refused_by_name(said, told):
    fits = {"role": "hr", "expires": datetime(2026, 10, 14, tzinfo=UTC)}
    with pytest.raises(UsageError, match=told):
        Wanted(**fits | said)


@pytest.mark.parametrize("key", ["", "short", "x" * 65, "no spaces in a key", "é" * 20])
def test_a_start_page_without_a_proper_key_uses_nothing_up(invitations, invite, key):
    token = invite(mode="single").token
    with pytest.raises(UsageError, match="^key: "):
        invitations.exchange(token, key)
    assert invitations.look_up(token).state == "open"


def test_every_change_has_its_audit_row(invitations, invite, path, clock):
    issued = [invite(), invite(mode="single")]
    sids = [invitations.exchange(one.token, KEY).sid for one in issued]
    invitations.end(sids[0])
    invitations.revoke(issued[1].id)
    with closing(sqlite3.connect(path)) as file:
        actions = [row[0] for row in file.execute("select action from audit_row order by seq")]
    assert actions == ["change_wave", "issue", "issue", "begin_session", "begin_session", "end", "end"]  # fmt: skip
    with open_store(path, now=clock) as store:
        assert store.verify().ok


@pytest.mark.parametrize(
    "change",
    [
        "used = 0 where used = 1", "used = 2 where used = 0", "used = used", "role = 'hr'", "expires = '2999'",
        "used = 1, mode = 'single' where used = 0",
    ],
)  # fmt: skip
def test_of_an_invitation_nothing_can_be_changed_but_that_it_is_used(
    invitations, invite, path, change
):
    invitations.exchange(invite("respondent", mode="single").token, KEY)
    invite("respondent")
    with closing(sqlite3.connect(path)) as file, pytest.raises(sqlite3.IntegrityError):
        file.execute(f"update invite set {change}")


def test_a_used_invitation_made_new_by_other_means_is_found_out(invitations, invite, path, clock):
    invitations.exchange(invite(mode="single").token, KEY)
    with closing(sqlite3.connect(path)) as file:
        file.execute("drop trigger invite_no_update")
        file.execute("update invite set used = 0")
        file.commit()
    with open_store(path, now=clock) as store:
        assert store.verify().faults == (
            "0 single-use invitations are used; 1 have begun a session.",
        )


def test_no_link_cookie_or_key_is_in_any_byte_of_the_files(invitations, invite, path):
    issued = [invite(), invite("respondent", mode="single")]
    admitted = [invitations.exchange(one.token, KEY) for one in issued]
    secrets = [one.sid for one in admitted] + [KEY]
    for one in issued:
        secrets += [one.token, *one.token.split("."), invitations._envelope.open(one.token)]
    held = b"".join(file.read_bytes() for file in path.parent.glob("answers.sqlite*"))
    assert [secret for secret in secrets if secret.encode() in held] == []
    said = repr(issued) + repr(admitted) + repr(invitations.invites())
    assert [secret for secret in secrets if secret in said] == []


def test_invitations_are_in_a_backup(invitations, invite, path, clock, tmp_path):
    token = invite().token
    with open_store(path, now=clock) as store:
        store.backup(tmp_path / "copy" / "answers.sqlite")
    shutil.copy(path.with_name("invite.keys"), tmp_path / "copy")
    with open_invitations(tmp_path / "copy" / "answers.sqlite", now=clock) as restored:
        assert restored.exchange(token, KEY)
