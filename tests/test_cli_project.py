"""`okrkit project` as a consultant types it, and its retention as a timer runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date, timedelta

import pytest
from typer.testing import CliRunner

from okrkit.cli import app
from okrkit.keep.place import store_path
from okrkit.keep.projects import Project, keep_project, projects
from okrkit.read import read_folder
from okrkit.standard_file import client_brand, read_standard

from .pictures import png

TODAY = date(2026, 9, 30)
LATER = "2999-12-31"  # also for a process that has a clock of its own
NEW = ("--keep-until", LATER)


@pytest.fixture(autouse=True)
def data(tmp_path, monkeypatch):
    monkeypatch.setattr("okrkit.cli_project._today", lambda: TODAY)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data" / "okrkit"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "harbour"


def run(*words, typed=""):
    return CliRunner().invoke(app, [str(word) for word in words], input=typed)


def kept(folder, days: int, slug="harbour"):
    """A project whose last day is `days` from today, with a store and an open wave."""
    folder.mkdir()
    project = Project(slug, folder.resolve(), TODAY + timedelta(days=days))
    keep_project(project)
    assert run("wave", "open", folder, "--name", "Q4").exit_code == 0
    return project


def test_a_new_client_gets_a_folder_that_can_be_read_in_its_own_look(folder, tmp_path):
    (tmp_path / "mark.png").write_bytes(png())
    brand = ("--name", "Harbour & Sons", "--colour", "#AA0011", "--logo", tmp_path / "mark.png")
    done = run("project", "new", "harbour", folder, *NEW, *brand)
    assert done.exit_code == 0, done.stderr
    assert {path.name for path in folder.iterdir()} == {
        "okr-tables.xlsx", "standard.toml", "logo.png",
    }  # fmt: skip
    assert read_standard(folder / "standard.toml").client == "Harbour & Sons"
    assert (client_brand(folder).colour, client_brand(folder).logo) == ("#aa0011", png())
    assert read_folder(folder).standard.client == "Harbour & Sons"
    assert f"Project harbour: Harbour & Sons, kept until {LATER}." in done.stdout


def test_a_folder_that_is_there_only_gets_the_standard_it_lacks(folder):
    folder.mkdir()
    (folder / "people.csv").write_text("person\nP1\n")
    assert run("project", "new", "harbour", folder, *NEW, "--name", "Harbour").exit_code == 0
    assert {path.name for path in folder.iterdir()} == {"people.csv", "standard.toml"}
    assert (folder / "people.csv").read_text() == "person\nP1\n"


def test_a_folder_that_may_only_be_read_is_entered_as_it_is(folder):
    folder.mkdir()
    (folder / "teams.csv").write_text("team\nT1\n", encoding="utf-8")
    folder.chmod(0o555)
    rights = ["setpriv", "--bounding-set", "-dac_override"] if os.geteuid() == 0 else []
    okrkit = [sys.executable, "-c", "from okrkit.cli import main; main()", "project", "new"]
    words = [*rights, *okrkit, "harbour", str(folder), *NEW]
    done = subprocess.run([*words, "--name", "x"], capture_output=True, text=True)
    assert "cannot be written to (Permission denied)" in done.stderr
    assert projects() == ()
    done = subprocess.run(words, capture_output=True, text=True)
    assert done.stdout.startswith("Project harbour: ")
    assert [path.name for path in folder.iterdir()] == ["teams.csv"]


def test_a_standard_that_is_there_stays_as_it_is(folder):
    folder.mkdir()
    (folder / "standard.toml").write_text('client = "Their own"')
    refused = run("project", "new", "harbour", folder, *NEW, "--name", "Harbour")
    assert refused.exit_code == 2
    assert "is there and stays as it is" in refused.stderr
    assert projects() == ()
    assert run("project", "new", "harbour", folder, *NEW).exit_code == 0
    assert (folder / "standard.toml").read_text() == 'client = "Their own"'


def test_nothing_is_written_through_a_link(folder, tmp_path):
    folder.mkdir()
    (folder / "standard.toml").symlink_to(tmp_path / "elsewhere.toml")
    assert run("project", "new", "harbour", folder, *NEW).exit_code == 0
    assert not (tmp_path / "elsewhere.toml").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "Until when is it kept?"),
        (("--keep-until", "soon"), "expected a day such as 2027-12-31, or never"),
        (("--keep-until", "2020-01-01"), "this day has passed"),
        (("--keep-until", "never"), "Give a reason"),
        ((*NEW, "--colour", "navy"), "--colour navy: expected six digits"),
        ((*NEW, "--logo", "no.png"), "no.png, which cannot be opened"),
        ((*NEW, "--name", "two\nlines"), "--name: expected one line"),
    ],
)
def test_what_cannot_be_used_is_refused_and_nothing_is_written(folder, data, options, said):
    refused = run("project", "new", "harbour", folder, *options)
    assert refused.exit_code == 2
    assert said in refused.stderr
    assert not folder.exists()
    assert not data.exists()


def test_a_name_or_a_folder_is_not_given_twice(folder, tmp_path):
    run("project", "new", "harbour", folder, *NEW)
    assert (
        "There is a project 'harbour'"
        in run("project", "new", "harbour", tmp_path / "b", *NEW).stderr
    )
    assert (
        "the folder of the project 'harbour'" in run("project", "new", "other", folder, *NEW).stderr
    )
    assert not (tmp_path / "b").exists()


def test_the_list_says_what_stands_and_what_is_missing(folder, tmp_path):
    kept(folder, 5)
    never = ("--keep-until", "never", "--because", "their archive")
    run("project", "new", "zoo", tmp_path / "zoo", *never, "--name", "Zoo")
    for path in (tmp_path / "zoo").iterdir():
        path.unlink()
    (tmp_path / "zoo").rmdir()
    said = run("project", "list").stdout
    assert f"harbour: harbour, kept until {TODAY + timedelta(days=5)} (in 5 days)" in said
    assert "Open waves: Q4." in said
    assert "zoo: zoo, kept without end: their archive" in said
    assert f"{tmp_path / 'zoo'} (this folder is missing)" in said
    assert "Nothing has been answered or sent." in said
    rows = json.loads(run("project", "list", "--json").stdout)["projects"]
    assert [
        (row["slug"], row["folder_there"], row["store"], row["open_waves"], row["keep_until"])
        for row in rows
    ] == [
        ("harbour", True, True, ["Q4"], str(TODAY + timedelta(days=5))),
        ("zoo", False, False, [], None),
    ]


def test_a_store_that_cannot_be_read_does_not_hide_the_list(folder):
    kept(folder, 5)
    store_path(folder).write_bytes(b"no store")
    assert "cannot be read: see okrkit store info" in run("project", "list").stdout
    assert json.loads(run("project", "list", "--json").stdout)["projects"][0]["open_waves"] is None


def test_no_project_yet_is_said():
    assert "There is no project" in run("project", "list").stdout


def test_a_project_is_ended_only_by_its_name(folder, data):
    kept(folder, 5)
    for typed in ("\n", "yes\n", "harbor\n"):
        assert run("project", "end", "harbour", typed=typed).exit_code != 0
    assert len(projects()) == 1
    done = run("project", "end", "harbour", typed="harbour\n")
    assert done.exit_code == 0
    assert "harbour: ended. Removed 1 files" in done.stdout
    assert [path for path in data.rglob("*") if path.is_file()] == []
    assert folder.is_dir()


def test_a_script_ends_one_with_yes(folder):
    kept(folder, 5)
    assert run("project", "end", "harbour", "--yes").exit_code == 0
    assert projects() == ()


@pytest.mark.parametrize("words", [(), ("harbour", "--due")])
def test_one_is_named_or_all_that_are_due(words):
    assert "Which?" in run("project", "end", *words).stderr


def test_the_timer_ends_what_is_past_its_day_and_warns_a_week_before(tmp_path, data):
    for days in (-1, 0, 7, 8, 400):
        kept(tmp_path / f"of{days}", days, f"in{days}".replace("-", "m"))
    done = run("project", "end", "--due")
    assert done.exit_code == 0
    assert "inm1: ended." in done.stdout
    assert f"in0: will be ended after {TODAY}, today." in done.stdout
    assert f"in7: will be ended after {TODAY + timedelta(days=7)}, in 7 days." in done.stdout
    assert "in8" not in done.stdout
    assert [one.slug for one in projects()] == ["in0", "in400", "in7", "in8"]
    assert not store_path(tmp_path / "of-1").parent.exists()
    assert store_path(tmp_path / "of0").exists()


def test_one_that_cannot_be_ended_stops_no_other(tmp_path):
    for name in ("a1", "b1"):
        kept(tmp_path / name, -3, name)
    (tmp_path / "a1").rmdir()
    (tmp_path / "a1").symlink_to(tmp_path / "b1")
    done = run("project", "end", "--due")
    assert done.exit_code == 2
    assert "now leads to" in done.stderr
    assert [one.slug for one in projects()] == ["a1"]


def test_open_serves_the_folder_of_the_project(folder, monkeypatch):
    import okrkit.publish.serve as site

    asked = []
    monkeypatch.setattr(site, "serve", lambda *words, **named: asked.append((words, named)))
    kept(folder, 5)
    assert run("project", "open", "harbour", "--port", "0", "--no-browser").exit_code == 0
    assert asked == [((folder.resolve(),), {"port": 0, "open_browser": False})]
    assert "There is no project 'harbor'" in run("project", "open", "harbor").stderr
