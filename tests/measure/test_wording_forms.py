"""Forms in which key results are written elsewhere: we have done, get it approved, by the end of."""

from __future__ import annotations

import pytest

from okrkit.measure.wording import word_key_result, word_objective

GRANTED = """\
Receive the authority to operate
ATO granted for the new portal
Get the library accepted into the distribution
The plan is approved by the water board
Get our patch merged upstream
Secure a sponsor for the meetup
Get non-profit status
Get sign off from legal
Sign-off from the steering group on the budget
Elect a new chair
Establish formal partnerships with 3 agencies
Get the proposal ratified by members
Contract in place with a payroll provider
The service passes its assessment
Close the seed round
Raise seed capital
Get a commitment from 3 mentors
Three cities commit to pilot the tool
Make 2 key hires
Identify and hire a lead developer
We have offers accepted by two cooks
SOC2 certification""".splitlines()

OUTCOMES = """\
We have cut the cost per parcel by a third
The agency has avoided €5m of rent
Letters: raise the share answered in a week to 90 %
Grow the letter to 900 readers
Add 6 restaurants to the list of 40 members, 12 members in all
Finish the year with 24 more clients
Queues at the desk are shorter than at the post office
Rejections at the gate are 0
Zero lost parcels
Fewer than 5 pages have an error rate above 10 %
Visitors find the exit in less time
Our depots carry twice as many parcels as before
Increase the number of pages read per visitor
Towns posting offers: 80
Increase in customer satisfaction
Remove 40 hours of paperwork a month""".splitlines()

OUTPUTS = """\
We have published the price list
We have a system for answering people who write to us
Get feedback from every person in the choir
90 % of our depots have a written plan
The team completes 90 % of its planned work
Increase blog posts from 15 to 30
Better internal processes
Reliable monitoring of all pumps
Improve the form that visitors fill in""".splitlines()


@pytest.mark.parametrize("text", GRANTED)
def test_a_yes_of_others_is_a_milestone_in_whichever_form_it_is_said(text):
    assert word_key_result(text).kind == "milestone_outcome"


@pytest.mark.parametrize("text", OUTCOMES)
def test_what_has_changed_or_compares_is_an_outcome(text):
    assert word_key_result(text).kind == "outcome"


@pytest.mark.parametrize("text", OUTPUTS)
def test_own_things_are_outputs_however_many_they_are_and_whoever_holds_them(text):
    assert word_key_result(text).kind == "output"


DUE = """\
by the end of the semester
by mid quarter
(Q2)
throughout 2027
by week 6
by the 15th
by year end
- due 3/15
by the end of the project
by close of Q2
by Q-4
starting in May
this summer
in the summer
by end of summer
by the beginning of Q3
by EOY27
by sprint 4
prior to the move
within the next 6 months
over the next quarter
with a tent this quarter
in the quarter
ahead of the January rush
before first frost
no later than the 2nd of June
in time for the fair
by New Year's Eve
from 1 April on
from September onwards
in the first week of June
(end of May)
(12 Jan)
early July
this fiscal year
by project end
at year end
in the next 90 days""".splitlines()

NOT_DUE = """\
Focus the talks on 2027 plans
Cut churn compared to Q2
Hold a retrospective every sprint
Reduce first year attrition
Half of new hires stay a year
Report the end of year figures
Keep the winter stock below 50 units
Raise attendance in year 9 to 95 %
Scrap down by half
Have 60 % of guests plan to return next year
Refunds 2 % lower than in the prior year
A list kept by the release manager
Guests ask the guide prior to calling
Each guide is checked before he or she starts
Half of joiners stay for the first year after training
A calendar for the coming year""".splitlines()


@pytest.mark.parametrize("moment", DUE)
def test_a_moment_after_a_word_that_leads_to_it_is_a_deadline(moment):
    assert word_key_result(f"Open two depots {moment}").has_deadline


@pytest.mark.parametrize("text", NOT_DUE)
def test_a_period_that_only_names_something_is_no_deadline(text):
    assert not word_key_result(text).has_deadline


SEVERAL = [
    ("The server scales smoothly and restarts do not take more than 2 minutes", True),
    ("Every office names two risks and documents them in the register", True),
    ("Pages load in under 1m30s at noon and 2m30s at night", True),
    ("Offers, plans and letters are filed", False),
    ("Collect the answers and print them", False),
    ("Cut the time to find and mend a leak", False),
    ("Cut waste by half, towards a goal of 5 tons", False),
    ("Half of the bins are gone. Exact share TBD", False),
    ("Scan the old maps and move them into the archive", True),
    ("Repaint the hall, label all doors", True),
    ("Sort the files and defrag the disks", True),
    ("Print the ballot and import old lists", True),
    ("Hire a mason & 2 joiners", True),
    ("Recruit 3 nurses and a porter", True),
    ("Roof survey complete, gutters cleared", True),
    ("Raise sales and support quality", False),
    ("Guests can find a form in the hall and fill it in", False),
    ("By 30 June, print a map with 4 trails", False),
    ("Record 9 talks, three of them in Welsh", False),
    ("Book 40 stalls, thereof 9 with food", False),
    ("Print a map with 9 trails", False),
    ("Manual rewritten, with the figures checked by finance", False),
]


@pytest.mark.parametrize(("text", "compound"), SEVERAL)
def test_targets_are_several_when_each_could_be_graded(text, compound):
    assert word_key_result(text).compound is compound


VAGUE = [
    ("The new hall is successfully managed", True),
    ("Understand where the letters go", True),
    ("Talk to our landlords soon", True),
    ("Backups do not fail", False),
    ("No parcel has a wrong label", False),
    ("Fewer letters get lost", True),
    ("Guests book a table more often", True),
    ("Do something about parking", True),
    ("Help the choir", True),
    ("Tidy up the attic", True),
    ("Letters are not sorted by hand any more", False),
    ("More guests than last year", False),
]


@pytest.mark.parametrize(("text", "vague"), VAGUE)
def test_what_one_case_would_settle_is_not_vague(text, vague):
    assert word_key_result(text).vague is vague


OBJECTIVES = [
    ("Understand our neighbours", "goal_like"),
    ("Create value for all members", "goal_like"),
    ("Build a lively community", "goal_like"),
    ("Volunteer handbook", "todo"),
    ("Give visitors more quiet corners", "goal_like"),
    ("Offices are in line with the new rules", "goal_like"),
    ("Crush our number in the south", "goal_like"),
    ("Double down on families", "goal_like"),
    ("Double the number of members", "metric_as_objective"),
    ("Nail the first visit", "goal_like"),
    ("Ship faster without breaking things", "goal_like"),
    ("Launch faster search", "todo"),
    ("World class kitchens", "goal_like"),
]


@pytest.mark.parametrize(("text", "kind"), OBJECTIVES)
def test_an_objective_that_serves_others_is_a_goal_and_a_thing_named_alone_a_todo(text, kind):
    assert word_objective(text).kind == kind


FITS = [
    ("Design system adopted by 5 studios", "outcome"),
    ("Get the test suite below 10 min", "outcome"),
    ("Playbook adopted by all squads", "output"),
    ("Recipes are read by 900 people", "outcome"),
    ("Press mentions: 10", "outcome"),
    ("Podcast: 2k downloads per episode", "outcome"),
    ("Blog posts: 10", "output"),
    ("Downloads: 9,000", "outcome"),
    ("Downloads exceed 9,000", "outcome"),
    ("Weekly visits reach 900", "outcome"),
    ("Error rate of the booking form below 2%", "outcome"),
    ("Response rate of the survey at 75%", "outcome"),
    ("Be the most trusted vet in town", "outcome"),
    ("Ready for the SOC 2 audit", "milestone_outcome"),
    ("Auditors sign off the accounts", "milestone_outcome"),
    ("Stock turns from 4 to 6", "outcome"),
    ("First paying guests in Graz", "outcome"),
    ("Be ready for ISO 27001", "milestone_outcome"),
    ("Complete the ISO 27001 gap analysis", "output"),
    ("Protocol approved by the working group", "milestone_outcome"),
]


@pytest.mark.parametrize(("text", "kind"), FITS)
def test_what_stands_behind_a_name_decides_although_the_name_looks_like_an_order(text, kind):
    assert word_key_result(text).kind == kind


def test_a_pair_belongs_to_its_own_clause():
    reading = word_key_result("Open two depots and cut delivery time from 5 to 3 days")
    assert reading.kind == "outcome"
    assert reading.has_baseline_and_target


@pytest.mark.parametrize("arrow", ["->", "→", "=>"])
def test_an_arrow_leads_from_a_baseline_to_a_target(arrow):
    assert word_key_result(f"Trust score: 30 {arrow} 45").has_baseline_and_target
