"""Findings set aside with a reason: kept in order, never changed, never in the client's folder."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest

from okrkit.errors import InputError, UsageError
from okrkit.keep.dismissals import (
    REASON_MAX,
    Dismissal,
    dismiss,
    dismissals_path,
    load_dismissals,
    set_aside,
)

ENTRY = Dismissal(
    "Write 10 posts", "counted_work", "Agreed with\nthe board.", "2026-11-22T10:00:00"
)


def test_what_is_set_aside_is_kept_in_order_and_the_last_entry_decides(tmp_path):
    home, folder = tmp_path / "home", tmp_path / "client"
    folder.mkdir()
    again = replace(ENTRY, withdrawn=True, reason="")
    for entry in (ENTRY, again, replace(ENTRY, reason="Once more.")):
        dismiss(folder, entry, home=home)
    kept = load_dismissals(folder, home=home)
    assert [entry.reason for entry in kept] == ["Agreed with\nthe board.", "", "Once more."]
    assert set_aside(kept) == {("Write 10 posts", "counted_work"): "Once more."}
    assert set_aside(kept[:2]) == {}
    assert list(folder.iterdir()) == []


def test_earlier_lines_are_never_touched_and_only_their_owner_reads_them(tmp_path):
    dismiss(tmp_path, ENTRY, home=tmp_path)
    path = dismissals_path(tmp_path, home=tmp_path)
    before = path.read_bytes()
    dismiss(tmp_path, ENTRY, home=tmp_path)
    assert path.read_bytes().startswith(before)
    if os.name == "posix":
        assert path.stat().st_mode & 0o077 == 0


def test_nothing_kept_is_nothing_set_aside(tmp_path):
    assert load_dismissals(tmp_path, home=tmp_path) == ()


@pytest.mark.parametrize(
    "entry",
    [
        replace(ENTRY, reason="  "),
        replace(ENTRY, reason="x" * (REASON_MAX + 1)),
        replace(ENTRY, text=None),
    ],
)
def test_without_a_fitting_reason_nothing_is_set_aside(tmp_path, entry):
    with pytest.raises(UsageError):
        dismiss(tmp_path, entry, home=tmp_path)
    assert not dismissals_path(tmp_path, home=tmp_path).exists()


@pytest.mark.parametrize("line", ["{", "[]", '{"text": "a"}', "\x00"])
def test_a_damaged_file_is_refused_with_its_line_and_left_as_it_is(tmp_path, line):
    dismiss(tmp_path, ENTRY, home=tmp_path)
    path = dismissals_path(tmp_path, home=tmp_path)
    with path.open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    before = path.read_bytes()
    with pytest.raises(InputError) as caught:
        dismiss(tmp_path, ENTRY, home=tmp_path)
    assert caught.value.problems[0].row == 2
    assert path.read_bytes() == before
