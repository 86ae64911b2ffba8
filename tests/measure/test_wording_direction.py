"""Numbers that run the other way than the words: said only where it is certain."""

from __future__ import annotations

import pytest

from okrkit.measure.wording import word_key_result

AGAINST = [
    "Cut response time from 7 to 8 days",
    "increase from 40 % to 30 %",
    "Reduce churn from 5 % to 5 %",
    "Improve NPS from 40 to 40",
    "Churn falls from 5 % to 6 %",
    "Reduce scrap to 5 % (currently 4 %)",
    "Grow revenue from 2m to 900k",
    "Cut the wait from 90 minutes to 2 hours",
    "Raise runway from 12 months to 9 months",
    "Ship v2 and lift activation from 35 % to 22 %",
]
INNOCENT = [
    "Improve our rank from 8 to 7",
    "Lift our position from 12 to 5",
    "Increase the speed of delivery from 9 days to 6 days",
    "Cut the wait from 2 days to 4 hours",
    "Keep the team from 5 to 5",
    "Raise NPS from -10 to 5",
    "Lower overdue payments from 376 to 226 thousand euros",
    "Grow from 900k to 1.2m",
    "Raise repeat orders from 1 in 10 to 1 in 4",
    "Increase the share of shops that close the month from 9 to 5 days",
    "Cut costs with utilisation up from 60 % to 70 %",
    "Reduce churn from 7 % to under 8 %",
    "Gross margin from 61 % to 58 %",
    "Raise renewals from 82 % to 90 %",
]


@pytest.mark.parametrize("text", AGAINST)
def test_a_figure_that_goes_the_other_way_or_stands_still_is_told(text):
    said = [piece.words[0] for piece in word_key_result(text).against]
    assert len(said) in {2, 3}
    assert all(words.casefold() in text.casefold() for words in said)


@pytest.mark.parametrize("text", INNOCENT)
def test_what_may_be_meant_is_not_called_a_contradiction(text):
    assert word_key_result(text).against == ()
