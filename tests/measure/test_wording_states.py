"""States, foreign texts, vague wishes and placeholders of key results, on sentences made up here."""

from __future__ import annotations

import pytest

from okrkit.measure.wording import word_key_result

STATES = """\
Checkout time cut from 6 to 4 minutes
Planning error for fresh goods below 7 %
Yearly cost of painted parts at most 40 thousand euros
Fewer parents switch to another nursery
Fewer deliveries arrive at the wrong gate
Less rework between cutting and welding
More bakeries mention us at the fair
More pharmacies order a second time
No serious findings in the kitchen
Booking offices of hotels call us before anyone else
Faults at the press are noticed before the shift ends
Guests solve small problems on their own
Nurses ask for the tool more often
Pupils remember the safety rules a month later
Parcels sent back: at most 6 %
Mean time to a first answer: 4 hours
Calls from lost visitors: 12
Evening class: 300 guests who come back
Fewer warning letters
Fewer than four pages had to be printed again
The booking engine handles 900 guests an hour
Our tasting evenings will raise the number of new customers by a fifth
Idle time of the presses 12 % instead of a fifth of the shift""".splitlines()

GRANTS = """\
Lead tenant signs the lease for the ground floor
Pilot hospital accepts the scanner in daily use
4 municipalities sign the supply agreement
Two insurers confirm the new terms
The lender approves the extension
Tender of the tram company awarded to us
Approved bidder status with the ministry granted
ISO 9001 readiness
PCI compliance
Pressure test of the vessels passed at the independent laboratory
The harbour authority waives the second survey
The state fund approves our tool shop
A publisher picks us for the new series
Two banks offer a loan
Board and works council conclude the agreement on shifts""".splitlines()

OWN_WORK = """\
Close 9 open tickets on the old mailbox
Make 14 visits to farms
Draw up a cleaning plan for guest returns
Carry out 6 fire drills
Do a make-or-buy analysis
Turn on two-step sign-in
Work with recruiting so that forms are 100 % digitised
Get 80 % of delivery notes digitised
Route planning
Four open evenings
Demand for evening tours has been assessed
Application to the state fund submitted
Strengthen ties with the other workshops""".splitlines()

WISHES = """\
Improve onboarding
Streamline purchasing
Strengthen the way we work together""".splitlines()

VAGUE = """\
Improve
Reduce
Achieve operational excellence across the group
One voice towards the outside
The next level of hospitality""".splitlines()

PLACEHOLDERS = [
    "TBD",
    "tbc",
    "KR 3",
    "KR3",
    "KR 2: TBD",
    "To be defined",
    "Target to be set",
    "xxx",
    "none",
]

NOT_ENGLISH = [
    ("Wartezeit von 12 auf 5 Tage senken bis 31.03.2027", True, True),
    ("Kundenzufriedenheit auf 90 % erhöhen", False, False),
    ("Réduire le délai de réponse de 12 à 5 jours", True, False),
    ("Reducir las quejas de 40 a 20 en Q3", True, True),
    ("Ridurre gli scarti da 8 % a 4 %", True, False),
    ("Klachten verminderen van 70 naar 35", True, False),
    ("زيادة المبيعات من 10 إلى 20", True, False),
    ("Снизить отток клиентов", False, False),
    ("顧客満足度を高める", False, False),
    ("Handbuch veröffentlichen", False, False),
]

ENGLISH_ALL_THE_SAME = [
    "Open the Café Zürich in March",
    "Hire Müller as head of sales",
    "Cut € 5k of spend",
    "Win 3 clients in São Paulo",
    "Get 20 naïve testers to sign up",
    "Publish the “Unser Haus” brochure for staff",
]


@pytest.mark.parametrize("text", STATES)
def test_a_state_of_others_or_of_a_metric_is_an_outcome_without_a_verb_of_change(text):
    assert word_key_result(text).kind == "outcome"


@pytest.mark.parametrize("text", GRANTS)
def test_what_an_outside_party_signs_accepts_or_awards_is_a_milestone(text):
    assert word_key_result(text).kind == "milestone_outcome"


@pytest.mark.parametrize("text", OWN_WORK)
def test_own_work_is_an_output_whatever_verb_or_noun_names_it(text):
    assert word_key_result(text).kind == "output"


@pytest.mark.parametrize("text", VAGUE)
def test_a_wish_without_metric_change_or_deliverable_is_unclear_and_says_what_is_missing(text):
    reading = word_key_result(text)
    assert reading.kind == "unclear"
    assert "no metric" in str(reading.evidence[-1])


@pytest.mark.parametrize("text", WISHES)
def test_a_wish_to_improve_is_vague_and_told_with_no_more_confidence_than_a_measure(text):
    reading = word_key_result(text)
    assert reading.vague
    assert reading.confidence <= word_key_result("Raise renewals to 90 %").confidence


@pytest.mark.parametrize("text", PLACEHOLDERS)
def test_a_placeholder_is_no_key_result(text):
    reading = word_key_result(text)
    assert reading.kind == "unclear"
    assert [str(piece) for piece in reading.evidence] == ["a placeholder, no key result yet"]


@pytest.mark.parametrize(("text", "from_to", "deadline"), NOT_ENGLISH)
def test_a_text_that_is_not_english_is_not_read_but_its_numbers_are(text, from_to, deadline):
    reading = word_key_result(text)
    assert reading.kind == "unclear"
    assert [str(piece) for piece in reading.evidence] == [
        "not read: the text does not seem to be English"
    ]
    assert reading.has_baseline_and_target is from_to
    assert reading.has_deadline is deadline


@pytest.mark.parametrize("text", ENGLISH_ALL_THE_SAME)
def test_a_foreign_name_or_sign_does_not_make_a_text_foreign(text):
    assert word_key_result(text).kind != "unclear"
