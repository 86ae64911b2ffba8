"""Statement 1, worked by hand on the small company: Sales, Field, Product and the company itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from okrkit.judge.claims import settled
from okrkit.judge.finding import Verdict
from okrkit.judge.phrases import limit_words, value_words
from okrkit.standard import DEFAULT_STANDARD


def test_a_team_on_another_scale_is_counted_and_named(found, spaced):
    finding = found("one_scale")
    assert (finding.verdict, finding.count, finding.n, finding.value) == (
        Verdict.NOT_MET,
        3,
        4,
        0.75,
    )
    assert spaced(finding.claim) == "3 of 4 teams (75 %) grade on the 0-1 scale; Product does not."
    assert finding.where.ids == ("O3",)
    assert finding.rows.rows == (("Product", "1-5", "1"),)


def test_without_the_house_scale_the_most_common_one_is_taken_and_said(found, spaced):
    finding = found("one_scale", standard=replace(DEFAULT_STANDARD, scale="0-100"))
    assert finding.count == 3
    assert "no team uses the standard’s scale, 0-100" in finding.claim


def test_unrecorded_scales_are_not_a_deviation(found, company):
    finding = found("one_scale", {"objectives": company["objectives"].assign(scale=None)})
    assert (finding.verdict, finding.value) == (Verdict.NOT_ENOUGH_DATA, None)
    assert finding.why == "Add the column scale to objectives.csv."


def test_scales_of_one_team_in_four_do_not_speak_for_all(found, company):
    objectives = company["objectives"].assign(scale=["0-1", None, None, None, None])
    finding = found("one_scale", {"objectives": objectives})
    assert (finding.verdict, finding.count, finding.n) == (Verdict.NOT_ENOUGH_DATA, 1, 1)
    assert finding.why == "Only 1 of 4 teams has a record of a scale."


def test_company_objectives_do_not_count_for_the_cycle_length(found):
    finding = found("one_cycle_length")
    assert (finding.verdict, finding.count, finding.n) == (Verdict.MET, 3, 3)


def test_a_team_on_another_cycle_length_is_found_unless_it_is_an_agreed_exception(
    found, company, table
):
    cycles = table(
        "cycle | start | end | length",
        "Q1 | 2026-01-05 | 2026-04-05 | quarter",
        "T1 | 2026-01-05 | 2026-05-03 | other",
    )
    objectives = company["objectives"].assign(cycle=["Q1", "Q1", "Q1", "T1", "Q1"])
    changes = {"cycles": cycles, "objectives": objectives[:4]}
    finding = found("one_cycle_length", changes)
    assert (finding.verdict, finding.count, finding.n) == (Verdict.NOT_MET, 2, 3)
    assert finding.where.ids == ("O3",)
    agreed = replace(DEFAULT_STANDARD, cycle_exceptions=("T3",))
    finding = found("one_cycle_length", changes, standard=agreed)
    assert (finding.verdict, finding.count, finding.n) == (Verdict.MET, 2, 2)


def test_one_cycle_cannot_show_that_there_are_no_others(found, company):
    changes = {"cycles": company["cycles"][1:], "objectives": company["objectives"][:4]}
    finding = found("one_cycle_length", changes)
    assert finding.verdict is Verdict.NOT_ENOUGH_DATA
    assert finding.claim == "All objectives we were given are set for one cycle, Q1 (quarter)."


def test_one_template_for_all_is_met(found, spaced):
    finding = found("one_template")
    assert finding.verdict is Verdict.MET
    assert spaced(finding.claim) == "4 of 4 teams (100 %) use the template “page”."


def test_only_a_template_outside_the_list_of_functions_deviates(found, company):
    objectives = company["objectives"].assign(
        template=["Page", "Quota", "Page", "Milestone", "Milestone"]
    )
    listed = replace(DEFAULT_STANDARD, templates={"sales": "quota", "product": "milestone"})
    finding = found("one_template", {"objectives": objectives}, standard=listed)
    # the company has no function: any listed template would do, "Page" is none; Field is sales
    assert (finding.count, finding.n) == (2, 4)
    assert finding.where.ids == ("O0", "O2")


def test_the_rhythm_of_a_team_is_its_median_gap(found):
    # Sales: 7, 7, 7; Field: 14; Product: 7; the company has no check-ins
    finding = found("one_cadence")
    assert (finding.verdict, finding.count, finding.n) == (Verdict.NOT_MET, 2, 3)
    assert finding.rows.rows == (("Field", "14", "2"),)
    assert "1 of 4 teams has no record of two check-ins on one key result: Company" in finding.claim


def test_too_many_objectives_for_the_level_are_found(found, company, table):
    more = table(
        "objective | title | team | cycle",
        *(f"X{number} | Another aim {number} | T2 | Q1" for number in range(3)),
    )
    finding = found("counts_per_level", {"objectives": _joined(company["objectives"], more)})
    assert (finding.verdict, finding.count, finding.n) == (Verdict.NOT_MET, 3, 4)
    assert finding.rows.rows == (("Field", "team", "Q1", "4", "3", "1"),)


def test_objectives_of_individuals_are_counted_by_person(found, company, table):
    own = table(
        "objective | title | team | cycle | level | owner",
        *(f"I{number} | My aim {number} | T2 | Q1 | individual | P{number}" for number in range(4)),
    )
    finding = found("counts_per_level", {"objectives": _joined(company["objectives"], own)})
    assert finding.verdict is Verdict.MET


def test_too_many_key_results_in_one_objective_are_found(found, company, table):
    more = table(
        "key_result | objective | text",
        *(f"X{number} | O3 | Raise the score to {number}" for number in range(3)),
    )
    finding = found("counts_per_level", {"key_results": _joined(company["key_results"], more)})
    assert (finding.count, finding.n) == (3, 4)
    assert finding.rows.rows[0][-1] == "5"


@pytest.mark.parametrize(
    ("scale", "count"), [(["0-1"] * 4, 4), (["1-5", "0-1", "0-1", "1-5"], 2), ([None] * 4, 4)]
)
def test_the_share_of_statement_one_counts_teams_that_follow_all_that_is_recorded(
    audited, company, scale, count
):
    objectives = company["objectives"].assign(scale=[*scale, None])
    done = audited({"objectives": objectives}).statements[0].done
    assert (done.count, done.n, done.share) == (count, 4, count / 4)


def test_nothing_recorded_gives_no_share(audited, company):
    objectives = company["objectives"][:4].assign(scale=None, template=None)
    done = audited({"objectives": objectives}).statements[0].done
    assert (done.share, done.why) == (None, "Add the columns scale and template to objectives.csv.")


def _joined(first, second):
    rows = [*first.to_dict("records"), *second.to_dict("records")]
    return first.__class__(
        rows, columns=list(dict.fromkeys([*first.columns, *second.columns])), dtype=object
    )


def test_spellings_of_one_scale_are_one_scale(found, company):
    objectives = company["objectives"].assign(scale=["0-1", "0 – 1", "0-1", "0—1", None])
    finding = found("one_scale", {"objectives": objectives})
    assert (finding.verdict, finding.count, finding.n) == (Verdict.MET, 4, 4)


def test_the_house_scale_is_found_in_another_spelling(found):
    finding = found("one_scale", standard=replace(DEFAULT_STANDARD, scale="0 – 1"))
    assert finding.count == 3
    assert "no team uses" not in finding.claim


def test_spellings_of_one_template_are_one_and_the_most_frequent_is_quoted(found, company, spaced):
    objectives = company["objectives"].assign(template=["Page", "PAGE", "Page", "page", None])
    finding = found("one_template", {"objectives": objectives})
    assert spaced(finding.claim) == "4 of 4 teams (100 %) use the template “Page”."


@pytest.mark.parametrize("rule", ["one_scale", "one_template", "one_cycle_length", "one_cadence"])
def test_one_team_alone_shows_nothing_about_every_team(found, company, rule):
    objectives = company["objectives"].assign(team="T2")
    finding = found(rule, {"objectives": objectives})
    assert finding.verdict is Verdict.NOT_ENOUGH_DATA
    assert finding.why == "One team alone cannot show what every team does."


def test_the_rhythm_of_key_results_without_a_team_says_nothing_about_teams(found):
    finding = found("one_cadence", {"objectives": None, "cycles": None, "teams": None})
    assert finding.verdict is Verdict.NOT_ENOUGH_DATA
    assert "name no team" in finding.claim


def test_teams_without_two_check_ins_on_a_key_result_have_no_rhythm(found, company):
    # Sales alone has a second check-in: one of four teams can be measured
    check_ins = company["check_ins"].iloc[[0, 1, 4, 6]]
    finding = found("one_cadence", {"check_ins": check_ins})
    assert finding.verdict is Verdict.NOT_ENOUGH_DATA
    assert finding.why == "Only 1 of 4 teams has a record of two check-ins on one key result."


def test_the_share_of_statement_one_names_only_what_is_recorded(audited, company):
    objectives = company["objectives"].assign(template=None)
    label = audited({"objectives": objectives}).statements[0].done.label
    assert label == "teams on one scale and cycle length"


def test_without_levels_the_claim_speaks_of_key_results_only(found, spaced):
    finding = found("counts_per_level", {"teams": None})
    assert "objectives for their level" not in finding.claim
    assert "at most 4 key results an objective" in spaced(finding.claim)


def test_a_cycle_that_is_not_in_the_records_is_named_as_such(audited, company):
    objectives = company["objectives"].assign(cycle=["Q1", "Q1", "Q1", "Q1", "Q7"])
    audit = audited({"objectives": objectives})
    assert ("1", "objective names a cycle that is not in cycles.csv") in audit.facts
    assert not [text for _, text in audit.facts if "other cycles" in text]
    finding = audit.statements[0].findings[1]
    assert finding.claim.startswith("1 objective names a cycle that is not in cycles.csv; ")
    assert finding.why.startswith("Add the cycles that objectives name to cycles.csv")


def test_a_value_just_below_the_limit_is_not_shown_as_the_limit(found, company, spaced):
    objectives = company["objectives"]
    finding = found("one_scale", {"objectives": objectives})
    near = replace(finding, value=0.7996, limit=0.8, unit="share of teams")
    assert spaced(value_words(near)) == "79.96 %"
    assert spaced(limit_words(near)) == "≥ 80 %"
    one = replace(near, value=1, limit=1, unit="days", at_least=False)
    assert (value_words(one), limit_words(one)) == ("1 day", "≤ 1 day")


def test_a_share_that_reaches_the_limit_but_for_rounding_of_floats_is_met(found):
    near = replace(found("one_scale"), value=0.1 + 0.7, limit=0.8)
    assert settled(near, DEFAULT_STANDARD).verdict is Verdict.MET
