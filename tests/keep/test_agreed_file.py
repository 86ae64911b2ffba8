"""Agreed grades: each with its reason, only added to, and a person's can be found and erased."""

from __future__ import annotations

from dataclasses import replace

import pytest

from okrkit.errors import InputError, UsageError
from okrkit.judge.agreed import Agreed
from okrkit.keep.agreed_file import (
    Decision,
    add_agreed,
    agreed_about,
    agreed_path,
    erase_from_agreed,
    load_agreed,
    standing,
)

FIRST = Decision(
    Agreed("K1", "M1", "P1", "Q1", 0.6, 0.7, "Late."), "2026-10-01T10:00:00+00:00", "a" * 16
)
SECOND = Decision(Agreed("K2", "M2", "P2", "Q1", 0.5, 0.5), "2026-10-01T10:00:00+00:00", "a" * 16)  # fmt: skip


def test_decisions_are_kept_in_order_outside_the_clients_folder(client, home):
    add_agreed(client, [FIRST], home=home)
    add_agreed(client, [SECOND], home=home)
    assert load_agreed(client, home=home) == (FIRST, SECOND)
    assert list(client.iterdir()) == []
    assert agreed_path(client, home=home).stat().st_mode & 0o077 == 0


def test_the_last_word_on_a_grade_counts_and_earlier_ones_stay(client, home):
    later = replace(FIRST, agreed=replace(FIRST.agreed, agreed=0.8, reason="Counted again."))
    back = replace(FIRST, agreed=replace(FIRST.agreed, agreed=None, reason=""))
    add_agreed(client, [FIRST, SECOND, later], home=home)
    kept = load_agreed(client, home=home)
    assert standing(kept) == {FIRST.agreed.ids: later.agreed, SECOND.agreed.ids: SECOND.agreed}
    add_agreed(client, [back], home=home)
    assert standing(load_agreed(client, home=home)) == {SECOND.agreed.ids: SECOND.agreed}
    assert len(load_agreed(client, home=home)) == 4


@pytest.mark.parametrize(
    "changes", [{"reason": ""}, {"agreed": 70.0}, {"agreed": float("nan")}, {"manager": 3}, {"reason": "x" * 501}]
)  # fmt: skip
def test_one_that_is_none_keeps_all_of_them_out(client, home, changes):
    wrong = replace(FIRST, agreed=replace(FIRST.agreed, **changes))
    with pytest.raises(UsageError):
        add_agreed(client, [SECOND, wrong], home=home)
    assert load_agreed(client, home=home) == ()


@pytest.mark.parametrize("line", ["{}", "[]", "no", '{"key_result": "K1"}'])
def test_a_damaged_line_is_named_and_nothing_is_written_over_it(client, home, line):
    add_agreed(client, [FIRST], home=home)
    path = agreed_path(client, home=home)
    with path.open("a") as file:
        file.write(line + "\n")
    before = path.read_bytes()
    with pytest.raises(InputError) as refused:
        add_agreed(client, [SECOND], home=home)
    assert [one.row for one in refused.value.problems] == [2]
    assert path.read_bytes() == before


def test_what_is_kept_of_a_person_is_found_and_erased(client, home):
    named = replace(SECOND, agreed=replace(SECOND.agreed, reason="As Zebedee Canary said."))
    add_agreed(client, [FIRST, named], home=home)
    kept = load_agreed(client, home=home)
    assert agreed_about(kept, "P1") == (FIRST,)
    assert agreed_about(kept, "P9", ["Zebedee Canary"]) == (named,)
    assert erase_from_agreed(client, "M1", ["Zebedee Canary"], home=home) == 2
    text = agreed_path(client, home=home).read_text()
    assert [word for word in ("M1", "P1", "Canary") if word in text] == []
    assert len(load_agreed(client, home=home)) == 1
    assert erase_from_agreed(client, "M1", home=home) == 0
