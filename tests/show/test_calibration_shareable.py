"""The shareable view: no name anywhere, nobody singled out, in pages, text, JSON and the report."""

import dataclasses
import json
import re

import pytest

from okrkit.judge.audit import run_audit
from okrkit.show.calibration_text import calibration_text
from okrkit.show.report import render_calibration, render_report
from okrkit.show.shareable import shareable, shareable_to_dict
from okrkit.standard import DEFAULT_STANDARD
from okrkit.tables import empty_tables

from .invented_calibration import (
    CANNOT,
    GENEROUS,
    SAME,
    SEVERE,
    calibration,
    manager,
    no_grades,
    nothing_separates,
)

CANARY = re.compile(r"Canary|Ossa|Harbour|K\d\d\d|Zanzibar")


def with_canaries(size=40):
    """A comparison in which every place a client's word can stand holds one."""
    standard = dataclasses.replace(
        DEFAULT_STANDARD, cycle_exceptions=("Zanzibar",), statuses={"Zanzibar": "red"}
    )
    return calibration(size, standard=standard)


def outputs(result):
    """All the ways in which what is shareable leaves okrkit."""
    shared = shareable(result)
    audit = run_audit(empty_tables())
    return {
        "page": render_calibration(shared),
        "text": calibration_text(shared),
        "json": json.dumps(shareable_to_dict(shared), allow_nan=False),
        "report": render_report(audit, calibration=result),
    }


@pytest.mark.parametrize("name", ["page", "text", "json", "report"])
@pytest.mark.parametrize("make", [with_canaries, nothing_separates, no_grades])
def test_no_name_id_or_team_is_in_what_may_be_shared(make, name):
    assert CANARY.search(render_calibration(with_canaries()))
    assert CANARY.findall(outputs(make())[name]) == []


def test_managers_are_shown_one_by_one_only_where_five_share_a_verdict():
    shared = shareable(calibration())
    shown = [one.verdict for one in shared.calibration.managers]
    assert shared.counts == {SAME: 29}
    assert shown == [SAME] * 29


def test_counts_below_five_hide_together_with_the_next_so_that_no_total_gives_them_away():
    """2 severe, 2 generous, 7 unclear, 29 alike: 40 less 29 less 7 would leave the four."""
    shared = shareable(calibration())
    assert shared.others == 11
    told = json.loads(json.dumps(shareable_to_dict(shared)))
    assert told["verdicts"] == {
        "more_generous": None,
        "more_severe": None,
        "no_material_difference": 29,
        "cannot_tell": None,
    }
    assert told["expected_false_names"] is None
    assert shared.calibration.verdict == (
        "Of 40 managers, 29 show no material difference. The verdicts on the other 11 are not "
        "broken down, because some verdicts are shared by fewer than 5."
    )


@pytest.mark.parametrize(
    ("sizes", "told", "others"),
    [
        ((5, 6, 7, 8), (5, 6, 7, 8), 0),
        ((0, 0, 6, 8), (0, 0, 6, 8), 0),
        ((3, 3, 6, 8), (0, 0, 6, 8), 6),  # which of the six is which cannot be told
        ((3, 0, 6, 8), (0, 0, 0, 8), 9),
        ((4, 0, 0, 9), (0, 0, 0, 0), 13),
    ],
)
def test_a_count_is_shown_where_it_singles_out_fewer_than_five_nowhere(sizes, told, others):
    verdicts = (SEVERE, GENEROUS, CANNOT, SAME)
    who = [one for one, n in zip(verdicts, sizes, strict=True) for _ in range(n)]
    some = calibration(managers=tuple(manager(k, one) for k, one in enumerate(who)))
    shared = shareable(some)
    assert tuple(shared.counts.get(one, 0) for one in verdicts) == told
    assert shared.others == others
    assert {one.verdict for one in shared.calibration.managers} <= set(shared.counts)
    page = render_calibration(shared)
    assert ("Other verdicts" in page) == bool(others)
    assert ("Other verdicts" in calibration_text(shared)) == bool(others)
    assert (some.verdict in page) == (not others)


def test_who_has_too_few_grades_or_people_is_not_among_them():
    six = [manager(k, CANNOT, 0.02, n=7 if k == 1 else 60) for k in range(1, 7)]
    shown = shareable(calibration(managers=tuple(six))).calibration.managers
    assert len(shown) == 5
    fewer = [manager(k, CANNOT, 0.02, n_people=4 if k == 1 else 11) for k in range(1, 6)]
    assert shareable(calibration(managers=tuple(fewer))).calibration.managers == ()


def test_what_could_point_at_a_manager_is_left_out():
    for one in shareable(calibration()).calibration.managers:
        assert (one.n, one.n_people, one.mean, one.group, one.information, one.people) == (
            None,
        ) * 6
        assert (one.name, one.team, one.why, one.counts, one.expected) == ("", "", "", (), ())
        assert re.fullmatch(r"Manager \d+", one.manager)
    found = json.loads(json.dumps(shareable_to_dict(shareable(calibration()))))
    assert {one["mean"] for one in found["managers"]} == {None}
    assert {one["distribution"] for one in found["managers"]} == {None}


def test_below_five_compared_managers_nothing_is_shown():
    few = calibration(managers=tuple(manager(k, SAME) for k in range(1, 5)))
    shared = shareable(few)
    assert shared.counts == {}
    assert shared.calibration.managers == ()
    assert shared.calibration.model is None
    assert "Fewer than 5 managers" in shared.calibration.verdict
    kept = shared.calibration
    assert (kept.told, kept.settle, kept.ladder, kept.sorting) == ("", "", (), "")
    assert few.verdict not in render_calibration(shared)


def test_that_nobody_can_be_compared_may_be_shared_when_there_are_five_managers():
    apart = tuple(manager(k, CANNOT, half=None) for k in range(1, 6))
    refused = calibration(managers=apart, verdict="Nothing can be said about any of 5 managers.")
    shared = shareable(refused)
    assert shared.calibration.verdict == refused.verdict
    assert shared.counts == {CANNOT: 5}
    assert shareable(dataclasses.replace(refused, managers=apart[:4])).counts == {}


def test_pseudonyms_follow_neither_ids_nor_names_nor_verdicts():
    plain = calibration()
    numbers = {
        one.estimate.low: int(one.manager.split()[1])
        for one in shareable(plain).calibration.managers
        if one.verdict is SAME
    }
    ids = {one.estimate.low: int(one.manager[1:]) for one in plain.managers if one.verdict is SAME}
    together = [numbers[low] for low in sorted(numbers, key=lambda low: ids[low])]
    assert together != sorted(together)
    flipped = tuple(
        dataclasses.replace(one, verdict=GENEROUS) if one.verdict is SAME else one
        for one in plain.managers
    )
    again = shareable(dataclasses.replace(plain, managers=flipped)).calibration.managers
    named = {one.manager: one.estimate for one in again}
    for one in shareable(plain).calibration.managers:
        assert named[one.manager] == one.estimate  # a what-if renames nobody


def test_without_the_grades_the_order_cannot_be_worked_out_from_the_ids():
    plain = calibration()
    raised = tuple(dataclasses.replace(one, mean=one.mean + 1e-9) for one in plain.managers)
    first, second = (
        [(one.manager, one.estimate) for one in shareable(one_of).calibration.managers]
        for one_of in (plain, dataclasses.replace(plain, managers=raised))
    )
    assert first != second


def test_no_managers_grades_are_drawn_for_others():
    page = render_calibration(shareable(calibration()))
    assert 'class="hist"' not in page
    assert 'id="cal-people"' not in page


def test_the_report_holds_the_shareable_part_only_when_grades_allow_one():
    audit = run_audit(empty_tables())
    shown = render_report(audit, calibration=calibration())
    assert "Comparison of managers, without names" in shown
    assert "own page names managers and shows each interval." in shown
    assert shown.count("<h1") == 1
    assert "Comparison of managers" not in render_report(audit, calibration=no_grades())
    assert "Comparison of managers" not in render_report(audit)
