"""A manager who wants to know what another gave, and knows the rules: every small company tried."""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import replace
from types import SimpleNamespace

import pytest

from okrkit.judge.calibration.own import own_comparison
from okrkit.judge.calibration.result import (
    Calibration,
    Check,
    ComparedManager,
    Distribution,
    ManagerVerdict,
    Shown,
    Tier,
)
from okrkit.judge.finding import Verdict
from okrkit.standard import DEFAULT_STANDARD

LEVELS = (3, 5, 7)  # tenths that are given in these companies
MINE = (1, 0, 2)  # grades of the attacker at each level
ESTIMATE = Shown(0.1, 0.05, 0.15, 0.07, 0.13, 0.9)


def manager(name, given, **more):
    """A manager who gave so many grades at each level."""
    counts = [0] * 11
    for tenth, n in zip(LEVELS, given, strict=True):
        counts[tenth] = n
    n = sum(given)
    values = {
        "manager": name, "name": f"Name of {name}", "team": f"Team of {name}", "group": 1, "n": n,
        "n_people": 5, "mean": sum(t * k for t, k in zip(LEVELS, given, strict=True)) / (10 * n),
        "estimate": ESTIMATE, "people": ESTIMATE, "information": 0.9,
        "distribution": Distribution.SIMILAR, "verdict": ManagerVerdict.MORE_GENEROUS, "why": "",
        "innocent": "", "counts": tuple((t / 10, k) for t, k in enumerate(counts)),
        "expected": (0.0,) * 11,
    }  # fmt: skip
    return ComparedManager(**(values | more))


def company(*managers, tier=Tier.COMMON_CASES):
    """A comparison of these; what the model would say is held fixed."""
    n = sum(one.n for one in managers)
    claim = f"{n} grades of {', '.join(one.manager for one in managers)}."
    return Calibration(
        client="", as_of=None, cycles=("Q1",), verdict=claim, facts=((str(n), "grades"),),
        comparable=(Check("one_scale", "One scale", Verdict.NOT_MET, claim, n, n),), tier=tier,
        told="Managers can be told from their teams.", ladder=(), settle="", model=SimpleNamespace(),
        shares=(), expected_false_flags=None, expected_false_names=None, permuted=None, sorting="", pooled=0.6,
        managers=tuple(managers), refused=(), notes=(), standard=DEFAULT_STANDARD,
    )  # fmt: skip


def seen_by_me(others):
    """All that the attacker is told in a company with these others."""
    me = manager("me", MINE)
    return own_comparison(company(me, *(manager(f"o{k}", o) for k, o in enumerate(others))), "me")


def given(most):
    """Every way to give one to `most` grades at three levels."""
    ways = itertools.product(range(most + 1), repeat=len(LEVELS))
    return [way for way in ways if 1 <= sum(way) <= most]


def figures(way):
    """What nobody else is to know of a manager: counts, mean, lowest and highest grade."""
    used = [tenth for tenth, n in zip(LEVELS, way, strict=True) if n]
    mean = sum(t * n for t, n in zip(LEVELS, way, strict=True)) / sum(way)
    return {"low": used[0], "high": used[-1], "mean": mean, **dict(zip(LEVELS, way, strict=True))}


def test_with_fewer_than_five_others_nothing_changes_whatever_the_others_gave():
    for size in range(1, 5):
        worlds = itertools.combinations_with_replacement(given(2), size)
        assert len({repr(seen_by_me(others)) for others in worlds}) == 1


def worlds_by_view(size, knows_n):
    """Companies that look alike to the attacker, who may know how many grades each other gave."""
    alike = defaultdict(list)
    for others in itertools.combinations_with_replacement(given(2), size):
        view = seen_by_me(others)
        n = tuple(sorted(map(sum, others))) if knows_n else ()
        alike[repr(view), n].append(others)
    return alike


@pytest.mark.parametrize("size", [5, 6])
def test_each_other_may_have_given_all_own_grades_in_a_band_or_none(size):
    """Also for one who knows how many grades each gave, of all companies that look like this one."""
    shown = 0
    for (_, n), worlds in worlds_by_view(size, knows_n=True).items():
        bands = seen_by_me(worlds[0]).bands
        if bands[0].others is None:
            continue
        shown += 1
        for own_n in set(n):
            # Whoever gave `own_n` grades can be any of those in any of these worlds.
            ways = [way for world in worlds for way in world if sum(way) == own_n]
            for band in bands:
                assert {inside(band, way) for way in ways} == set(range(own_n + 1))
            for name in ("low", "high", "mean"):
                assert len({figures(way)[name] for way in ways}) > 1
    assert shown > 1


def inside(band, way):
    return sum(n for t, n in zip(LEVELS, way, strict=True) if band.low <= t / 10 <= band.high)


def test_how_many_grades_the_others_gave_is_not_told():
    few = [(2, 3, 2)] * 6
    assert repr(seen_by_me(few)) == repr(seen_by_me([(6, 9, 6)] * 6))
    assert seen_by_me(few).bands[1].others == 43


@pytest.mark.parametrize("size", [5, 6])
def test_without_knowing_that_no_figure_of_another_follows_either(size):
    for (_, n), worlds in worlds_by_view(size, knows_n=False).items():
        assert n == ()
        ways = [figures(way) for world in worlds for way in world]
        for name in ways[0]:
            assert len({way[name] for way in ways}) > 1


def test_without_the_bands_the_same_attack_succeeds():
    """The attack can find something: with plain tenths and their shares, everybody's is known."""
    alike = defaultdict(list)
    for others in itertools.combinations_with_replacement(given(2), 5):
        total = [sum(column) for column in zip(*others, strict=True)]
        shares = tuple(round(100 * k / sum(total)) for k in total)
        alike[shares, tuple(sorted(map(sum, others)))].append(others)
    known = [
        worlds for worlds in alike.values()
        if len({figures(way)["high"] for world in worlds for way in world}) == 1
    ]  # fmt: skip
    assert known


def test_all_others_giving_the_same_grade_is_not_told():
    assert {band.others for band in seen_by_me([(0, 9, 0)] * 8).bands} == {None}


def test_the_lowest_and_the_highest_grade_of_the_others_are_not_told():
    one_end = seen_by_me([(3, 3, 3)] * 7 + [(1, 0, 0)])
    wide = manager("o9", (3, 3, 3), counts=tuple((t / 10, 1) for t in range(11)), n=11)
    me = manager("me", MINE)
    others = [manager(f"o{k}", (3, 3, 3)) for k in range(7)]
    for own in (one_end, own_comparison(company(me, *others, wide), "me")):
        assert [(band.low, band.high) for band in own.bands] == [(0.0, 0.3), (0.4, 0.5), (0.6, 1.0)]


def test_one_who_gave_most_of_the_others_grades_hides_them():
    small = [(1, 1, 1)] * 5
    assert seen_by_me([*small, (5, 5, 5)]).verdict is not None
    for way in ((5, 5, 6), (16, 0, 0)):
        assert seen_by_me([*small, way]).hidden
        assert seen_by_me([*small, way]).verdict is None


def test_a_group_compared_within_itself_needs_five_others_of_its_own():
    def view(group_size):
        everybody = [manager(f"o{k}", (2, 2, 2)) for k in range(20)]
        apart = [replace(one, group=2) for one in everybody[:group_size]]
        me = replace(manager("me", MINE), group=2)
        return own_comparison(company(me, *apart, *everybody[group_size:]), "me")

    for size in range(5):
        assert (view(size).verdict, view(size).difference) == (None, None)
        assert view(size).hidden == ""  # the grades themselves are held against everybody's
    assert view(5).difference == ESTIMATE


def test_attainment_is_held_against_everybodys_whatever_the_groups():
    me = replace(manager("me", MINE), group=None)
    others = [manager(f"o{k}", (2, 2, 2), group=None) for k in range(5)]
    told = own_comparison(company(me, *others, tier=Tier.MEASURED_ATTAINMENT), "me")
    assert told.difference == ESTIMATE


def test_fewer_than_five_people_behind_the_others_hide_them():
    me = manager("me", MINE)
    others = [manager(f"o{k}", (2, 2, 2), n_people=4) for k in range(6)]
    told = own_comparison(company(me, *others), "me")
    assert told.hidden
    assert (told.verdict, told.people) == (None, None)


def test_nothing_that_belongs_to_another_is_in_what_is_handed_on():
    told = repr(seen_by_me([(2, 2, 2), (1, 2, 3), (3, 1, 1), (0, 4, 2), (5, 0, 1)]))
    assert "Name of me" in told
    assert not any(
        f"{what}o{k}" in told for k in range(5) for what in ("Name of ", "Team of ", "'")
    )
