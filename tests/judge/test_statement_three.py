"""Statement 3, worked by hand on the small company."""

from __future__ import annotations

import pytest

from okrkit.judge.finding import Verdict


def test_a_co_owner_of_another_team_makes_a_shared_objective(found, spaced):
    finding = found("co_owners")
    assert (finding.verdict, finding.count, finding.n) == (Verdict.MET, 1, 1)
    assert spaced(finding.claim) == (
        "1 of 1 objective (100 %) that needs more than one team names an owner and co-owners "
        "from at least two teams."
    )


def test_drivers_below_the_owning_team_do_not_make_it_cross_team(found, company):
    # K2 of Sales is also driven by P2 of Field, a team below Sales
    objectives = company["objectives"].assign(co_owners=[None, None, None, "P1", None])
    finding = found("co_owners", {"objectives": objectives})
    assert (finding.count, finding.n) == (1, 1)


def test_a_driver_of_another_line_or_a_dependency_makes_it_cross_team(found, company, table):
    key_results = company["key_results"].assign(driver=["P0", "P1", "P4", "P2", "P3", None, None])
    needs = table("objective | depends_on", "O2 | O3")
    finding = found("co_owners", {"key_results": key_results, "dependencies": needs})
    # O1 by its driver P4 (with co-owner P3), O2 by what it needs; O3 is only needed by another
    assert (finding.verdict, finding.count, finding.n) == (Verdict.NOT_MET, 1, 2)
    assert finding.where.ids == ("O2",)


@pytest.mark.parametrize("co_owner", ["P4", "P3"])
def test_a_co_owner_of_the_same_team_or_the_owner_is_not_a_second_team(
    found, company, table, co_owner
):
    objectives = company["objectives"].assign(co_owners=[None, None, None, co_owner, None])
    finding = found("co_owners", {"objectives": objectives})
    assert (finding.verdict, finding.n) == (Verdict.NOT_ENOUGH_DATA, None)
    needs = table("objective | depends_on", "O3 | O2")
    finding = found("co_owners", {"objectives": objectives, "dependencies": needs})
    assert (finding.verdict, finding.count, finding.n) == (Verdict.NOT_MET, 0, 1)


def test_co_owners_of_unknown_team_leave_it_open(found, company):
    objectives = company["objectives"].assign(co_owners=[None, "P99", None, None, None])
    finding = found("co_owners", {"objectives": objectives})
    assert finding.verdict is Verdict.NOT_ENOUGH_DATA
    assert "for 1 more the teams of the co-owners are not known" in finding.claim
    assert finding.why == "Add the co-owners to people.csv (person, team)."


def test_without_co_owners_the_column_is_asked_for_and_cross_team_objectives_are_counted(
    found, company, table
):
    objectives = company["objectives"].assign(co_owners=None)
    needs = table("objective | depends_on", "O2 | O3")
    finding = found("co_owners", {"objectives": objectives, "dependencies": needs})
    assert (finding.verdict, finding.n, finding.value) == (Verdict.NOT_ENOUGH_DATA, 1, None)
    assert finding.why == "Add the column co_owners to objectives.csv."


@pytest.mark.parametrize("title", ["RENEWALS need  no effort!", "Renewals need no effort"])
def test_the_same_words_in_two_teams_are_found(found, company, title):
    titles = [*company["objectives"]["title"]]
    titles[3] = title
    finding = found("same_objective", {"objectives": company["objectives"].assign(title=titles)})
    assert (finding.verdict, finding.value, finding.limit) == (Verdict.NOT_MET, 2, 0)
    assert finding.where.ids == ("O1", "O3")
    assert not finding.is_share


def test_a_child_copied_from_its_parent_still_counts_and_is_said(found, company, spaced):
    titles = [*company["objectives"]["title"]]
    titles[2] = titles[1]
    finding = found("same_objective", {"objectives": company["objectives"].assign(title=titles)})
    assert spaced(finding.claim) == (
        "2 of 4 objectives (50 %) have a title that also stands in another team; "
        "2 of them are parent and child, copied down."
    )


@pytest.mark.parametrize("title", ["TBD", "-", "n/a", "To be defined"])
def test_titles_that_hold_a_place_are_not_the_same_objective(found, company, title):
    titles = [*company["objectives"]["title"]]
    titles[1] = titles[3] = title
    finding = found("same_objective", {"objectives": company["objectives"].assign(title=titles)})
    assert (finding.verdict, finding.value) == (Verdict.MET, 0)


def test_objectives_of_one_team_in_the_judged_cycle_are_not_called_all_there_is(found, company):
    objectives = company["objectives"].assign(team=["T1", "T1", "T1", "T1", "T3"])
    finding = found("same_objective", {"objectives": objectives})
    assert finding.claim == "The objectives of the cycles judged here are not of two teams."


def test_agreed_dependencies_are_counted_among_those_recorded(found, table, spaced):
    needs = table(
        "objective | depends_on | agreed",
        "O1 | O3 | yes",
        "O2 | O3 | no",
        "O3 | O1 | ",
        "O1 | O0 | yes",
    )
    finding = found("dependencies_agreed", {"dependencies": needs})
    assert (finding.verdict, finding.count, finding.n) == (Verdict.NOT_MET, 2, 3)
    assert spaced(finding.claim) == (
        "2 of 3 dependencies (67 %) between teams are agreed; for 1 the records do not say."
    )
    assert finding.where.ids == ("O2 > O3",)


def test_mostly_blank_agreements_cannot_tell(found, table):
    needs = table("objective | depends_on | agreed", "O1 | O3 | yes", "O2 | O3 | ", "O3 | O1 | ")
    finding = found("dependencies_agreed", {"dependencies": needs})
    assert (finding.verdict, finding.count, finding.n) == (Verdict.NOT_ENOUGH_DATA, 1, 1)


def test_dependencies_within_a_team_do_not_count(found, company, table):
    objectives = company["objectives"].assign(team="T1")
    needs = table("objective | depends_on | agreed", "O1 | O3 | no")
    finding = found("dependencies_agreed", {"objectives": objectives, "dependencies": needs})
    assert finding.verdict is Verdict.NOT_ENOUGH_DATA
    assert finding.why == "Add dependencies.csv (objective, depends_on, agreed)."
