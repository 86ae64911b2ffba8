"""A project is a client's folder under a short name; its end leaves nothing of the client here."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest

from okrkit.errors import InputError, UsageError
from okrkit.keep.invites import Wanted, open_invitations
from okrkit.keep.place import client_place, store_path
from okrkit.keep.plan_file import plan_path, save_plan
from okrkit.keep.projects import (
    Project,
    end_project,
    keep_project,
    new_project,
    project_named,
    projects,
)
from okrkit.keep.store import open_store

from .test_plan_file import DRIVER

CANARY = "Zebedee-Canary-7731"
DAY = date(2027, 12, 31)


def entered(slug, folder, home, until=DAY, reason="") -> Project:
    folder.mkdir(exist_ok=True)
    project = new_project(slug, folder, until, reason, home=home)
    keep_project(project, home=home)
    return project


def filled(folder, home, clock, says) -> None:
    """Everything okrkit keeps of a client, each with the canary or its respondent in it."""
    path = store_path(folder, home=home)
    with open_store(path, now=clock) as store:
        store.open_wave("2026-Q3")
        store.save_answer(says.answer(CANARY, comment=CANARY))
        store.save_profile(says.profile(CANARY, team=CANARY))
        store.backup(path.with_name("answers.sqlite.before-0099-20260930T103000.bak"))
    with open_invitations(path, now=clock) as invitations:
        later = clock().replace(year=2027)
        (issued,) = invitations.issue([Wanted("manager", later, CANARY)])
        invitations.exchange(issued.token, "key-000000000001")
        path.with_name(path.name + "-wal").write_bytes(CANARY.encode())  # as a kill leaves it
    save_plan(folder, [replace(DRIVER, owner=CANARY)], home=home)


def hits(place, *texts: str) -> list[str]:
    """Files below `place` that hold one of the texts, in a name or in their bytes."""
    return [
        str(path)
        for path in place.rglob("*")
        for text in texts
        if text in path.name or (path.is_file() and text.encode() in path.read_bytes())
    ]


def test_a_project_is_kept_and_found_again(home, tmp_path):
    made = entered("harbour", tmp_path / "Harbour & Sons", home)
    endless = entered("zoo", tmp_path / "Łódź", home, None, "the  client's\nown archive")
    assert projects(home=home) == (made, endless)
    assert project_named("zoo", home=home) == endless
    assert endless.reason == "the client's own archive"
    assert made.folder == (tmp_path / "Harbour & Sons").resolve()


def test_a_server_can_ask_for_projects_without_loading_anything_heavy():
    command = "import sys, okrkit.keep.projects; print(*sys.modules)"
    asked = subprocess.run(
        [sys.executable, "-c", command], check=True, capture_output=True, text=True
    )
    assert {"pandas", "numpy", "sqlalchemy", "jinja2"}.isdisjoint(asked.stdout.split())


def test_its_file_is_for_its_owner_only(home, tmp_path):
    entered("harbour", tmp_path / "a", home)
    assert (home / "projects" / "harbour.toml").stat().st_mode & 0o777 == 0o600
    assert (home / "projects").stat().st_mode & 0o777 == 0o700


def test_the_name_is_that_of_the_standard_or_the_folder(home, tmp_path):
    project = entered("harbour", tmp_path / "folder-7", home)
    assert project.name == "folder-7"
    (tmp_path / "folder-7" / "standard.toml").write_text('client = "Harbour"')
    assert project.name == "Harbour"


@pytest.mark.parametrize("slug", ["a", "A-b", "a_b", "a" * 41, "../a", "-ab", "é-b", "a.b", "ab\n"])
def test_a_name_that_cannot_be_used_is_refused(home, tmp_path, slug):
    with pytest.raises(UsageError, match="cannot name a project"):
        new_project(slug, tmp_path, DAY, home=home)
    with pytest.raises(UsageError, match="There is no project"):
        project_named(slug, home=home)


def test_no_two_projects_share_a_name_or_a_folder(home, tmp_path):
    entered("one", tmp_path / "one", home)
    (tmp_path / "link").symlink_to(tmp_path / "one")
    with pytest.raises(UsageError, match="There is a project 'one'"):
        new_project("one", tmp_path / "two", DAY, home=home)
    for same in (tmp_path / "one", tmp_path / "link", tmp_path / "x" / ".." / "one"):
        with pytest.raises(UsageError, match="the folder of the project 'one' already"):
            new_project("two", same, DAY, home=home)


def test_without_a_last_day_there_must_be_a_reason(home, tmp_path):
    with pytest.raises(UsageError, match="Give a reason"):
        new_project("one", tmp_path, None, "  ", home=home)


@pytest.mark.parametrize(
    "text",
    ["", "\x00", 'folder = "here"', 'folder = "here"\nkeep_until = "never"\nreason = "x"',
     'folder = "{0}"\nkeep_until = "soon"\nreason = ""', 'folder = "{0}"\nkeep_until = "never"\nreason = ""',
     'folder = "{0}"\nkeep_until = 2027-12-31T10:00:00\nreason = ""'],
)  # fmt: skip
def test_a_damaged_file_is_refused_by_name_and_left_as_it_is(home, tmp_path, text):
    entered("one", tmp_path / "one", home)
    path = home / "projects" / "two.toml"
    path.write_text(text.format(tmp_path))
    for ask in (lambda: projects(home=home), lambda: project_named("two", home=home)):
        with pytest.raises(InputError) as caught:
            ask()
        assert caught.value.problems[0].file == str(path)
    assert path.read_text() == text.format(tmp_path)


def test_the_end_of_a_project_leaves_nothing_of_its_client(home, tmp_path, clock, says):
    one, two = (entered(name, tmp_path / name, home) for name in ("one", "two"))
    (one.folder / "people.csv").write_text(f"person\n{CANARY}\n")
    filled(one.folder, home, clock, says)
    assert len(hits(home, CANARY)) >= 4
    filled(two.folder, home, clock, says)
    kept = {path: path.read_bytes() for path in _files(client_place(two.folder, home))}
    count = len(_files(client_place(one.folder, home)))
    assert end_project(one, home=home) == count >= 5
    place = client_place(one.folder, home)
    left = [path for path in hits(home, CANARY, says.who(CANARY)) if place.name in path]
    assert (left, place.exists()) == ([], False)
    assert projects(home=home) == (two,)
    assert kept == {path: path.read_bytes() for path in _files(client_place(two.folder, home))}
    end_project(two, home=home)
    assert hits(home, CANARY, says.who(CANARY), "one", "two") == []
    assert (one.folder / "people.csv").read_text() == f"person\n{CANARY}\n"


def test_a_project_without_anything_kept_or_without_its_folder_can_be_ended(home, tmp_path):
    project = entered("one", tmp_path / "one", home)
    project.folder.rmdir()
    assert end_project(project, home=home) == 0
    assert projects(home=home) == ()


def test_a_folder_that_became_a_link_to_another_client_ends_neither(home, tmp_path):
    one, two = (entered(name, tmp_path / name, home) for name in ("one", "two"))
    save_plan(two.folder, [DRIVER], home=home)
    one.folder.rmdir()
    one.folder.symlink_to(two.folder)
    with pytest.raises(UsageError, match="Nothing was removed"):
        end_project(one, home=home)
    assert plan_path(two.folder, home=home).exists()
    assert projects(home=home) == (one, two)


def test_an_end_that_was_cut_off_can_be_repeated(home, tmp_path, clock, says, monkeypatch):
    project = entered("one", tmp_path / "one", home)
    filled(project.folder, home, clock, says)
    whole = os.unlink

    def refuse_keys(path, *more, **named):
        if str(path).endswith("invite.keys"):
            raise PermissionError(13, "held by another program", str(path))
        whole(path, *more, **named)

    with monkeypatch.context() as patch:
        patch.setattr(os, "unlink", refuse_keys)
        with pytest.raises(UsageError, match="held by another program.*Stop the site"):
            end_project(project, home=home)
    assert projects(home=home) == (project,)
    end_project(project, home=home)
    assert _files(home) == []


def _files(place):
    return [path for path in place.rglob("*") if path.is_file()]
