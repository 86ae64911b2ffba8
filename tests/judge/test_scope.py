"""Which day, which cycles, which records: what an audit looks at."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from okrkit.judge.scope import NO_TEAM, cycles_judged, last_day, scope_of
from okrkit.tables import Tables


def tables_of(company, **changes) -> Tables:
    return Tables.from_frames(**{**company, **changes})


def test_the_last_day_is_the_last_thing_observed(company, table):
    assert last_day(tables_of(company)) == pd.Timestamp("2026-01-26")
    work = table("item | week | hours", "W1 | 2026-W06 | 8")
    assert last_day(tables_of(company, work=work)) == pd.Timestamp("2026-02-08")


def test_without_any_date_the_last_cycle_ends_the_audit(company):
    company.pop("check_ins")
    assert last_day(tables_of(company)) == pd.Timestamp("2026-04-05")
    company.pop("cycles")
    assert last_day(tables_of(company)) is None


@pytest.mark.parametrize(
    ("day", "cycles"),
    [
        ("2025-12-01", ["Q4"]),
        ("2026-01-04", ["Q4"]),
        ("2026-01-05", ["Q1"]),
        ("2026-06-01", ["Q1"]),  # nothing runs: the one that ended last
        ("2025-01-01", ["Q4"]),  # before the first: the first
    ],
)
def test_the_cycle_of_the_day_is_judged(company, day, cycles):
    assert cycles_judged(tables_of(company), pd.Timestamp(day)) == cycles


@pytest.mark.parametrize(
    ("day", "cycles"),
    [("2026-03-01", ["Q1", "Y"]), ("2026-04-20", ["Q1", "Y"]), ("2026-09-01", ["Y"])],
)
def test_a_running_year_does_not_push_out_the_quarter_that_has_just_ended(table, day, cycles):
    tables = Tables.from_frames(
        cycles=table(
            "cycle | start | end | length",
            "Y | 2026-01-01 | 2026-12-31 | year",
            "Q1 | 2026-01-01 | 2026-03-31 | quarter",
        ),
        objectives=table(
            "objective | title | team | cycle", "O1 | Grow | T | Y", "O2 | Renew | T | Q1"
        ),
    )
    assert cycles_judged(tables, pd.Timestamp(day)) == cycles


def test_a_cycle_nobody_set_an_objective_for_is_not_judged(company, table):
    cycles = table(
        "cycle | start | end | length",
        "Q1 | 2026-01-05 | 2026-04-05 | quarter",
        "Q2 | 2026-04-06 | 2026-07-05 | quarter",
    )
    assert cycles_judged(tables_of(company, cycles=cycles), pd.Timestamp("2026-05-01")) == ["Q1"]


def test_objectives_naming_no_cycle_of_the_table_are_all_judged(company):
    scope = scope_of(tables_of(company, cycles=company["cycles"][:0]), None)
    assert (len(scope.objectives), scope.left_out, scope.cycles) == (5, 0, ("Q1", "Q4"))


def test_other_cycles_are_left_out_and_counted(company):
    scope = scope_of(tables_of(company), date(2026, 2, 1))
    assert scope.left_out == 1
    assert set(scope.key_results["key_result"]) == {"K0", "K1", "K2", "K3", "K4", "K5"}
    assert set(scope.check_ins["key_result"]) == {"K1", "K3", "K4"}


def test_what_is_dated_after_the_day_is_not_known_yet(company):
    created = company["key_results"].assign(created=[None, None, "2026-01-20", *[None] * 4])
    scope = scope_of(tables_of(company, key_results=created), date(2026, 1, 12))
    assert len(scope.check_ins) == 4
    assert "K2" not in set(scope.key_results["key_result"])


def test_a_key_result_opens_when_it_was_created_within_its_cycle(company):
    created = company["key_results"].assign(created=["2025-12-20", "2026-01-20", *[None] * 5])
    scope = scope_of(tables_of(company, key_results=created), date(2026, 2, 1))
    opens = scope.key_results.set_index("key_result")["opens"].dt.strftime("%m-%d")
    assert opens[["K0", "K1", "K2"]].tolist() == ["01-05", "01-20", "01-05"]
    assert set(scope.key_results["closes"]) == {pd.Timestamp("2026-02-01")}


def test_key_results_of_unknown_objectives_stay_as_a_group(company):
    strays = company["key_results"].assign(objective=["O1", "lost", *["O1"] * 5])
    scope = scope_of(tables_of(company, key_results=strays), date(2026, 2, 1))
    assert scope.key_results.set_index("key_result")["team"]["K1"] == NO_TEAM
    assert scope.teams == ("T1",)


def test_a_team_that_is_its_own_ancestor_does_not_hang(company):
    loop = company["teams"].assign(parent_team=["T2", "T0", "T1", None])
    scope = scope_of(tables_of(company, teams=loop), None)
    assert scope.line(["T1"]) == {"T0", "T1", "T2"}


def test_the_teams_below_each_of_eight_hundred_are_looked_up_once(table):
    lines = [f"T{n} | T{n - 1} | team" for n in range(1, 800)]
    teams = table("team | parent_team | level", "T0 |  | company", *lines)
    scope = scope_of(Tables.from_frames(teams=teams), None)
    assert len(scope.line(["T0"])) == 800
    assert scope._children is scope._children
    assert scope.line(["T799"]) == {"T799"}
