"""Statement 4, worked by hand on the small company."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd

from okrkit.judge.finding import Verdict
from okrkit.standard import DEFAULT_STANDARD


def test_blank_drivers_are_none_once_the_column_is_used(found, spaced):
    finding = found("one_driver")
    assert (finding.verdict, finding.count, finding.n) == (Verdict.NOT_MET, 4, 6)
    assert spaced(finding.claim) == (
        "4 of 6 key results (67 %) have exactly one driver; 1 has none; 1 has more than one."
    )
    assert finding.where.ids == ("K2", "K5")


def test_an_unused_driver_column_is_not_a_no(found, company):
    finding = found("one_driver", {"key_results": company["key_results"].assign(driver=None)})
    assert finding.verdict is Verdict.NOT_ENOUGH_DATA
    assert finding.why == "Add key_results.csv (key_result, objective, text, driver)."


def test_a_driver_with_the_name_of_a_team_is_not_known_to_be_a_person(found, company):
    finding = found("one_driver", {"key_results": company["key_results"].assign(driver="sales")})
    assert (finding.verdict, finding.value, finding.count) == (Verdict.NOT_ENOUGH_DATA, 1, 6)
    assert "6 of these drivers have the name of a team" in finding.claim


def test_weekly_statuses_are_counted_in_full_weeks_since_the_cycle_began(found, spaced):
    # 5 January to 1 February: K1 4 of 4, K2 0, K3 2, K4 2, K5 0; the company has no record
    finding = found("weekly_status")
    assert (finding.verdict, finding.count, finding.n, finding.value) == (
        Verdict.NOT_MET,
        8,
        20,
        0.4,
    )
    assert spaced(finding.claim) == (
        "8 of 20 weekly statuses (40 %) were given for 5 key results; "
        "1 of 4 teams has no record of check-ins: Company."
    )
    given = [(row[0], row[1], row[2], row[4]) for row in finding.rows.rows]
    assert given == [("Product", "2", "8", "4"), ("Field", "2", "4", "1"), ("Sales", "4", "8", "4")]


def test_an_unfinished_week_is_not_due(found):
    assert found("weekly_status", as_of=date(2026, 1, 31)).n == 15
    assert found("weekly_status", as_of=date(2026, 1, 10)).verdict is Verdict.NOT_ENOUGH_DATA


def test_check_ins_of_few_teams_do_not_speak_for_all(found, company):
    finding = found("weekly_status", {"check_ins": company["check_ins"][:4]})
    assert (finding.verdict, finding.count, finding.n) == (Verdict.NOT_ENOUGH_DATA, 4, 8)
    assert finding.why == "Only 1 of 4 teams has a record of check-ins."


def test_another_cadence_counts_other_windows(found):
    # 28 days are two windows of a fortnight: K1 2, K3 2, K4 1
    finding = found("weekly_status", standard=replace(DEFAULT_STANDARD, cadence_days=14))
    assert (finding.count, finding.n) == (5, 10)
    assert finding.label == "Statuses due every 14 days given"


def test_key_results_without_an_objective_stay_as_a_group(found, company):
    finding = found("weekly_status", {"objectives": None, "cycles": None, "teams": None})
    # no cycle: from the first check-in on record, K9's of 1 December, nine weeks until 1 February
    assert finding.n == 7 * 9
    assert finding.count == 4 + 2 + 2 + 1
    assert finding.rows.rows[0][0] == "no team recorded"


def test_a_red_with_a_plan_is_counted_in_teams_that_record_plans(found, spaced):
    # K1 was red twice, once with a plan; K4 was red in a team that records no plans
    finding = found("red_with_plan")
    assert (finding.verdict, finding.count, finding.n) == (Verdict.MET, 1, 1)
    assert "1 of 2 teams has no record of plans: Product" in finding.claim


def test_a_next_step_counts_where_the_plan_is_blank(found, company):
    steps = [None] * 7 + ["Ask two customers", None]
    check_ins = company["check_ins"].assign(
        has_plan=[*[None] * 3, "no", *[None] * 5], next_step=steps
    )
    finding = found("red_with_plan", {"check_ins": check_ins})
    # K1: one red says no plan, the other says nothing; K4: a next step
    assert (finding.verdict, finding.count, finding.n) == (Verdict.NOT_MET, 1, 2)
    assert finding.where.ids == ("K1",)


def test_no_reds_cannot_tell(found, company):
    finding = found("red_with_plan", {"check_ins": company["check_ins"].assign(status="green")})
    assert finding.verdict is Verdict.NOT_ENOUGH_DATA
    assert finding.claim == "No key result judged here was reported red."
    assert finding.why == ""


def _greens(values: dict[str, list[float | None]]) -> pd.DataFrame:
    days = pd.date_range("2026-01-05", periods=12, freq="7D")
    rows = [
        (key_result, day, "green", value)
        for key_result, each in values.items()
        for day, value in zip(days, each, strict=False)
    ]
    return pd.DataFrame(rows, columns=["key_result", "date", "status", "value"])


def test_long_greens_that_do_not_move_are_found(found, spaced):
    greens = _greens({"K1": [5] * 6, "K3": [5, 5, 5, 6, 6, 6], "K4": [1] * 5, "K5": [None] * 7})
    finding = found("frozen_green", {"check_ins": greens}, as_of=date(2026, 4, 1))
    # K4 was green for five weeks only; K5 has no values
    assert (finding.verdict, finding.count, finding.n) == (Verdict.NOT_MET, 1, 2)
    assert spaced(finding.claim) == (
        "1 of 2 key results (50 %) that were green for 6 weeks or more in a row did not move then; "
        "1 more has no values to compare; 1 of 4 teams has no record of check-ins: Company."
    )
    assert finding.where.ids == ("K1",)


def test_greens_without_values_ask_for_the_column(found):
    finding = found(
        "frozen_green", {"check_ins": _greens({"K1": [None] * 6})}, as_of=date(2026, 4, 1)
    )
    assert finding.why == "Add the column value to check_ins.csv."


def test_unknown_words_leave_the_weekly_status_between_two_bounds(found, company):
    check_ins = company["check_ins"].assign(status="going strong")
    finding = found("weekly_status", {"check_ins": check_ins})
    # 8 of 20 at most: below 80 % whatever the words mean
    assert (finding.verdict, finding.count) == (Verdict.NOT_MET, 8)
    assert "8 of them only in words the standard does not know" in finding.claim
    low = replace(DEFAULT_STANDARD, weekly_status_min=0.3)
    finding = found("weekly_status", {"check_ins": check_ins}, standard=low)
    assert finding.verdict is Verdict.NOT_ENOUGH_DATA
    assert finding.why == (
        "8 check-ins have words the standard does not know (“going strong”): say what they mean "
        "under [statuses] in standard.toml."
    )


def test_unknown_words_may_hide_reds_and_greens(found, company):
    check_ins = company["check_ins"].assign(status="going strong")
    for rule in ("red_with_plan", "frozen_green"):
        finding = found(rule, {"check_ins": check_ins})
        assert finding.verdict is Verdict.NOT_ENOUGH_DATA
        assert finding.claim.endswith("in a word the standard knows.")
        assert "under [statuses] in standard.toml" in finding.why


def test_nobody_and_joined_names_are_not_one_driver(found, company):
    drivers = ["P0", "TBD", "Ada & Ben", "P2", "P3", "P3", None]
    finding = found("one_driver", {"key_results": company["key_results"].assign(driver=drivers)})
    assert (finding.verdict, finding.count, finding.n) == (Verdict.NOT_MET, 5, 6)
    assert "1 has none" in finding.claim
    assert "1 of these drivers may be several people" in finding.claim


def test_a_person_with_the_id_of_a_team_is_a_person(found, company, table):
    people = table("person | team", "T1 | T1")
    key_results = company["key_results"].assign(driver="T1")
    finding = found("one_driver", {"people": people, "key_results": key_results})
    assert finding.verdict is Verdict.MET


def test_long_greens_that_all_moved_are_said_so(found):
    greens = _greens({"K1": [5, 6] * 3, "K3": [5, 6] * 3})
    finding = found("frozen_green", {"check_ins": greens}, as_of=date(2026, 4, 1))
    assert finding.verdict is Verdict.MET
    assert finding.claim.startswith(
        "All 2 key results that were green for 6 weeks or more in a row moved"
    )
