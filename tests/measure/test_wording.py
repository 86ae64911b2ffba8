"""The plain wording check, on sentences made up here; kinds by the label definitions, not by the code."""

from __future__ import annotations

import pytest

from okrkit.measure.wording import KINDS, word_key_result

WEAK_AND_STRONG = [
    ("Write 10 blog posts", "Generate 500 qualified leads from organic search"),
    (
        "Launch the new mobile app",
        "Achieve 10,000 daily active users on the mobile app with a crash rate under 0.1 %",
    ),
    (
        "Run a training workshop for managers",
        "Increase the manager effectiveness score from 7.5 to 8.5 in the next pulse survey",
    ),
    (
        "Complete the customer advisory board program",
        "Achieve a net promoter score of 45 among advisory-board customers, up from 32",
    ),
    ("Launch the campaign", "Lift demo requests from 80 to 200 per month by end of Q3"),
]

OUTCOMES = """\
Reduce average resolution time from 48 hours to 24 hours while maintaining a CSAT score of 90 %
Renewal rate above 92 %
Churn falls below 2 % a month
40 % of new customers finish the set-up without calling us
Cut the share of late deliveries by a third
Page load time under 2 seconds on a phone
95 % of invoices paid within 30 days
Win 12 customers in the public sector
Double the number of returning visitors
Fewer than 3 safety incidents on the ring road site
Staff turnover drops from 18 % to 12 %
Grow recurring revenue by €1.2m
1,000 new subscribers to the museum's podcast
At least 60 % of pupils read at grade level
Waiting time for a first appointment is at most 10 days
A 20 % reduction in food waste across the canteens
Team engagement score > 4.2
Raise gross margin to 41 %
Gift shop sales per visitor up to £6
Improve first-call resolution from 61 % to 75 %
85 % of participants say they would come again
Attract 300 volunteers to the spring clean-up
Shorten the month-end close by two days
Half of all bookings come through the new channel
Customers rely on the portal instead of the phone line
Recover 70 % of abandoned baskets
Get 25 partner companies to contribute to the open standard
Exceed 5,000 ticket sales for the winter season
The search is fast enough that nobody complains
Patients seen within 4 hours rise to 96 %
Save 400 hours of manual bookkeeping a month
Drive 30 % more traffic to the pricing page
Eliminate unplanned downtime on line 4
Close 8 deals above €50k
Ahead of plan on bookings
Average basket value of €42
Launch version 2 and lift activation from 22 % to 35 % within 60 days
Rework the invoice so that questions about it fall by 40 %
70 % of households in the district recycle glass
Pupils miss fewer than 4 days a term
The number of complaints about noise is halved
Smoking prevalence below 15 %
Delivery within 2 days for 95 % of orders
15 % more repeat guests
Food cost at 28 % of sales
60 new members join the club
Rank in the top 3 for our main search term
Become the most recommended bakery in the valley
Ticket backlog under 50
Less than 1 % of parcels damaged
Response time to enquiries cut from 3 days to 1
More women apply for technical posts
Increase awareness of the helpline among carers
Average order value grows from €38 to €45
Conversion from trial to paid > 12 %
Cycle time: 9 days -> 5 days
No customer waits longer than 15 minutes
Reach 2 million listeners
Defect rate down to 0.4 %
p95 latency below 300 ms on the checkout service
Respond to 95 % of tickets within 4 hours
Reduce the number of flaky tests by half
Close 3 enterprise deals
Users find an answer in the docs without asking in the forum
Increase test coverage from 60 % to 80 %
Zero regressions reach production
80 % of new hires ramp within 60 days
At least 10 companies run the beta in production
Reach 300 stars on the repository
Mean time to recovery under one hour
Trial-to-paid conversion improves by 5 points
Bring cloud spend under $20k a month
More than 200 registrations for the virtual summit""".splitlines()

OUTPUTS = """\
Hold five interviews with former members
Publish the annual impact report by 30 June
100 % of staff have completed the safety training
Document the returns process for all three warehouses
Admins can export the audit trail
New office in Leeds opened
Migrate the archive to k8s
Visit 40 schools in the region
Prepare for ISO 27001 certification
Draft a contract with the caterer
Improve the onboarding checklist
Create a dashboard for renewal rate
Customer satisfaction survey sent to all members
Every department has a written plan
Increase the number of blog posts to 12 a month
Conduct 25 customer interviews
Ensure all policies are reviewed
Two webinars per month
Website redesign finished
Train 30 nurses in the new triage method
Our engineers are trained in threat modelling
Maintain the wiki
Weekly newsletter to donors
Research three suppliers of packaging
Roll out v3 of the scheduling tool to every depot
Set up a mentoring programme for new teachers
Standard operating procedure for cold storage in place
Plan the H2 offsite
Automate 80 % of the regression tests
Review the pricing model with Finance and agree next steps
Start a podcast
Tier 1 support handbook
Fundraising strategy
Coach 6 team leads
Reporting line clarified for the SOC 2 project
Safeguarding policy reviewed and published on the website
The committee meets every month and minutes are circulated
All new starters receive an induction within their first week
Two open days
Develop partnerships with local charities
Board receives quarterly finance reports
Ensure compliance with the new fire code
Strengthen governance structures
Budget drafted
Speak at 3 conferences
Explore options for a second site
Weekly stand-ups with the warehouse
Inventory of all chemicals
Appraisals completed for all staff
Design system v2 released
Develop a mobile app that increases customer satisfaction
Measure NPS every month
Build 3 landing pages
Newsletter
Create awareness of the new values
Attend 4 trade fairs
Give every volunteer a briefing
API documentation complete
Map the customer journey
Users can sign in with their company account
Index built for the k8s repositories
Support Python 3 and Java 17 in the parser
Migrate 50 % of services to the new cluster
Rust bindings
Specification for pubsub merged
Have a plan for on-call rotation
Remove 30 % of dead code
Enable dark mode
Create 4 customer case studies with Marketing
Define SLOs for 5 services
Get the new pricing page live
Continue rollout of the design system
Every incident has a postmortem
Rewrite the onboarding flow based on 5 user interviews
Meet with 10 analysts
Partner marketing plan with 4 partners
Have weekly 1:1s with all reports""".splitlines()

MILESTONES = """\
Obtain ISO 27001 certification
Pass the SOC 2 audit without findings
Hire two nurses for the night shift
Sign a contract with the regional hospital
Board approves the merger plan
Head of Sales hired by 1 May
Talk accepted at two international conferences
Planning permit granted for the east wing
Partnership agreement signed with the university
Secure funding of €200k from the foundation
Series A closed
Building licence obtained
Charity registration granted by the regulator
Accredited as a teaching hospital
Lease signed for the Harbour Street shop
Get board approval for the 2027 budget
Hire 3 engineers
Get the B-Corp certification
Seed round closed
Receive approval from the ethics committee
Fill the VP Engineering role
Hire a technical writer and two SREs
SOC 2 Type II report received from the auditor""".splitlines()

HEALTH_METRICS = """\
Maintain an uptime of 99.9 %
Keep churn below 2 %
Customer satisfaction stays above 90 %
99.95 % availability of the booking system
Keep the error budget above 20 %
Sustain a CSAT of 4.5
Hold accident rate under 1 per 10,000 hours
Keep staff turnover under 10 %
Maintain our five-star hygiene rating
Uptime 99.9 %
Error rate remains below 0.5 %
Keep error budget burn under 50 %
Maintain gross margin above 70 %
API availability of 99.95 %
Response SLA met 95 % of the time""".splitlines()

UNCLEAR = ["", "   ", "TBD", "…", "?", "N/A", "42", "\U0001f642", "Synergy", "-", "(  )"]

SENTENCES = [*OUTCOMES, *OUTPUTS, *MILESTONES, *HEALTH_METRICS]


@pytest.mark.parametrize(("weak", "strong"), WEAK_AND_STRONG)
def test_every_weak_example_is_an_output_and_every_strong_one_an_outcome(weak, strong):
    assert word_key_result(weak).kind == "output"
    assert word_key_result(strong).kind == "outcome"


@pytest.mark.parametrize("text", OUTCOMES)
def test_a_change_or_level_for_others_is_an_outcome(text):
    assert word_key_result(text).kind == "outcome"


@pytest.mark.parametrize("text", OUTPUTS)
def test_work_in_the_teams_own_hands_is_an_output_numbered_or_not(text):
    assert word_key_result(text).kind == "output"


@pytest.mark.parametrize("text", MILESTONES)
def test_what_somebody_else_must_grant_is_a_milestone(text):
    assert word_key_result(text).kind == "milestone_outcome"


@pytest.mark.parametrize("text", HEALTH_METRICS)
def test_a_level_to_be_kept_is_a_health_metric(text):
    assert word_key_result(text).kind == "health_metric"


@pytest.mark.parametrize("text", UNCLEAR)
def test_a_text_that_says_nothing_is_unclear(text):
    assert word_key_result(text).kind == "unclear"


def test_hiring_decides_over_the_search_for_candidates():
    assert word_key_result("Interview 30 candidates and hire 2 cooks").kind == "milestone_outcome"


def test_preparing_for_a_certificate_is_not_the_certificate():
    assert word_key_result("Prepare the ISO 9001 certification").kind == "output"
    assert word_key_result("Receive the ISO 9001 certification").kind == "milestone_outcome"


def test_a_measured_purpose_outweighs_the_deliverable_before_it():
    assert word_key_result("Redesign the form").kind == "output"
    assert word_key_result("Redesign the form so that returns fall by 30 %").kind == "outcome"


def test_the_means_do_not_turn_an_outcome_into_an_output():
    assert (
        word_key_result("Cut waiting time to 9 minutes by opening a second desk").kind == "outcome"
    )


def test_the_evidence_quotes_the_words_of_the_text():
    reading = word_key_result("Raise the Renewal rate to 92 %")
    said = ["leading verb “raise”", "metric “Renewal rate” with a target"]
    assert [str(piece) for piece in reading.evidence] == said
    reading = word_key_result("Publish the returns handbook")
    said = ["leading verb “publish”", "artefact “returns handbook”"]
    assert [str(piece) for piece in reading.evidence] == said


@pytest.mark.parametrize("text", [*SENTENCES, *UNCLEAR])
def test_every_kind_comes_with_the_words_that_decided_it(text):
    reading = word_key_result(text)
    assert reading.kind in KINDS
    assert reading.evidence
    for piece in reading.evidence:
        words = text[piece.start : piece.end].casefold()
        assert all(word.casefold() in words for word in " ".join(piece.words).split())
        assert str(piece)
        assert piece.reason


@pytest.mark.parametrize("text", SENTENCES)
def test_spaces_around_a_capital_and_a_full_stop_change_nothing(text):
    reading = word_key_result(text)
    assert word_key_result(f"  {text} \n") == reading
    assert word_key_result(f"{text}.") == reading
    assert word_key_result(text[0].swapcase() + text[1:]) == reading
