"""The plan that is kept: beside no client's files, whole or not at all, and never lost."""

from __future__ import annotations

import json
import os
import stat
from dataclasses import replace

import pytest

from okrkit.errors import InputError, UsageError
from okrkit.judge.plan import PlanStep, keep_plan
from okrkit.keep import plan_file
from okrkit.keep.plan_file import (
    erase_from_plan,
    load_plan,
    merge_plans,
    plan_path,
    save_plan,
    steps_about,
)

DRIVER = PlanStep("4.driver", 4, "Name one driver.", "this week", "8 have none.", owner="Ada")
TRAIN = PlanStep(
    "5.train", 5, "Train on own examples.", "one cycle", due="2026-10-01", status="agreed",
    comment="after the fair\nin Łódź",
)  # fmt: skip


def test_before_anything_is_filled_in_nothing_is_kept(client, home):
    assert load_plan(client, home=home) == ()
    assert not home.exists()


def test_what_was_filled_in_comes_back_as_it_was(client, home):
    save_plan(client, [DRIVER, TRAIN], home=home)
    assert load_plan(client, home=home) == (DRIVER, TRAIN)


def test_a_step_with_nothing_filled_in_is_not_kept(client, home):
    save_plan(client, [replace(DRIVER, owner=""), TRAIN], home=home)
    assert load_plan(client, home=home) == (TRAIN,)


def test_the_clients_folder_is_never_written_to(client, home):
    save_plan(client, [DRIVER], home=home)
    assert list(client.iterdir()) == []
    assert not plan_path(client, home=home).is_relative_to(client)


def test_a_client_reached_by_another_path_is_the_same_client(client, home, monkeypatch):
    save_plan(client, [DRIVER], home=home)
    (client.parent / "shortcut").symlink_to(client)
    monkeypatch.chdir(client)
    for way in (".", str(client), client.parent / "other" / ".." / client.name, "../shortcut"):
        assert load_plan(way, home=home) == (DRIVER,)


def test_two_clients_whose_folders_have_one_name_keep_two_plans(tmp_path, home):
    first, second = tmp_path / "a" / "q3", tmp_path / "b" / "q3"
    save_plan(first, [DRIVER], home=home)
    save_plan(second, [TRAIN], home=home)
    assert load_plan(first, home=home) == (DRIVER,)
    assert load_plan(second, home=home) == (TRAIN,)


@pytest.mark.parametrize("name", ["…", "a" * 200, "Zürich & Co", "-"])
def test_any_name_of_a_folder_gives_a_name_every_computer_takes(tmp_path, home, name):
    place = plan_path(tmp_path / name, home=home).parent.name
    assert len(place) <= 60
    assert not set('<>:"/\\|?* &…') & set(place)
    save_plan(tmp_path / name, [DRIVER], home=home)
    assert load_plan(tmp_path / name, home=home) == (DRIVER,)


def test_without_a_home_the_plan_lies_in_the_readers_data_folder(client, tmp_path, monkeypatch):
    monkeypatch.setattr(plan_file, "user_data_path", lambda name: tmp_path / "share" / name)
    save_plan(client, [DRIVER])
    assert plan_path(client).is_relative_to(tmp_path / "share" / "okrkit")
    assert load_plan(client) == (DRIVER,)


def test_only_its_owner_can_read_the_plan(client, home):
    save_plan(client, [DRIVER], home=home)
    path = plan_path(client, home=home)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_computer_that_stops_midway_leaves_the_earlier_plan(client, home, monkeypatch):
    save_plan(client, [DRIVER], home=home)

    def stop(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", stop)
    with pytest.raises(UsageError, match="No space left on device"):
        save_plan(client, [TRAIN], home=home)
    assert load_plan(client, home=home) == (DRIVER,)
    assert [path.name for path in plan_path(client, home=home).parent.iterdir()] == ["plan.json"]


GOOD = {"key": "4.driver", "killer": 4, "step": "Name one.", "takes": "this week", "owner": "Ada"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"version": 2, "steps": []}',
        '{"version": 1}',
        '{"version": 1, "steps": 4}',
        '{"version": 1, "steps": [4]}',
        json.dumps({"version": 1, "steps": [GOOD | {"killer": 9}]}),
        json.dumps({"version": 1, "steps": [GOOD | {"owner": 4}]}),
        json.dumps({"version": 1, "steps": [GOOD | {"due": "soon"}]}),
        json.dumps({"version": 1, "steps": [GOOD | {"mood": "calm"}]}),
        json.dumps({"version": 1, "steps": [GOOD, GOOD]}),
        b"\xff\xfe\x00".decode("latin-1"),
    ],
)
def test_a_damaged_plan_is_told_and_neither_read_nor_written_over(client, home, text):
    path = plan_path(client, home=home)
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="latin-1")
    for use in (
        lambda: load_plan(client, home=home),
        lambda: save_plan(client, [TRAIN], home=home),
    ):
        with pytest.raises(InputError, match="move it away to begin a new plan") as refused:
            use()
        assert refused.value.problems[0].file == str(path)
    assert path.read_text(encoding="latin-1") == text


def test_what_is_filled_in_last_wins_field_by_field_and_a_blank_wins_nothing():
    filled = replace(DRIVER, owner="", due="2026-11-01", comment="new")
    (merged,) = merge_plans([replace(DRIVER, due="2026-10-01")], [filled])
    assert (merged.owner, merged.due, merged.comment) == ("Ada", "2026-11-01", "new")


def test_merging_keeps_the_steps_of_both():
    assert merge_plans([DRIVER], [TRAIN]) == (DRIVER, TRAIN)
    assert merge_plans((), ()) == ()


def test_a_kept_plan_returns_in_the_next_audit(client, home):
    save_plan(client, [DRIVER, TRAIN], home=home)
    plan = keep_plan(
        [replace(DRIVER, owner="", because="6 have none.")], load_plan(client, home=home)
    )
    assert (plan[0].owner, plan[0].because) == ("Ada", "6 have none.")
    assert (plan[1].key, plan[1].because) == ("5.train", "no longer asked for")


def test_a_person_is_erased_from_every_text_of_the_plan_and_nobody_else(client, home):
    steps = [
        replace(DRIVER, owner="Ada Reed", comment="with Ada Reed's team", due="2026-10-01"),
        replace(TRAIN, owner="P1; P2", comment="See P11 and Adam."),
        PlanStep("1.window", 1, "Set one window.", "one cycle", because="P1", status="open"),
        PlanStep("2.own", 2, "Meet.", "one cycle", owner="Bo"),
    ]
    save_plan(client, steps, home=home)
    assert steps_about(steps, "P1", ["Ada Reed"]) == tuple(steps[:3])
    assert erase_from_plan(client, "P1", ["Ada Reed"], home=home) == 3
    assert load_plan(client, home=home) == (
        replace(DRIVER, owner="", comment="", due="2026-10-01"),
        replace(TRAIN, owner="", comment="See P11 and Adam."),
        replace(steps[2], because=""),
        steps[3],
    )
    assert "Ada Reed" not in plan_path(client, home=home).read_text()
    assert erase_from_plan(client, "P1", ["Ada Reed"], home=home) == 0


def test_erasing_from_no_plan_makes_none(client, home):
    assert erase_from_plan(client, "P1", home=home) == 0
    assert not home.exists()
