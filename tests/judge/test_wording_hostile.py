"""However long or odd a text is, it is judged in so many steps and not more."""

from __future__ import annotations

import sys

import pytest

from okrkit.judge.wording import KEY_RESULT, OBJECTIVE, Text, judge_texts
from okrkit.language.tokens import WORDS_READ, tokenise

LONGEST = 32_000
STEPS_MAX = 1_000_000  # calls of functions; the worst found takes 490,000, a key result 4,500

#: what cost most of 1,000 texts that were tried
WORST = ["€1m ", "1 and ", "and ", "5 to 5 ", "within 5 days if <1weaves "]
#: each kind of word again and again
OTHERS = [
    "a", "a ", "1", "1 ", "1,", "1k ", "1-2 ", "1h2m ", "١ ", "5 of 5 ", "from 1 to 2 ", "a.", "a-",
    "-", "(", "(a) ", "1/", "q1/", "x@", "&", "'", "\n", "; ", ", ", "one and ", "are a and ",
    "tier 1, ", "ensure that ", "to run ", "so that a ", "while a ", "by running ", "gets 1,",
    "number of ", "time to ", "customers use ", "approved by the board ", "1 complete ",
    "by 5 shakes ", "applicants 5 of 5 &sending ", "\U0001f642", "\u200b", "\u202e", "é",
    "مرحبا 5 % ",
]  # fmt: skip


def steps(text: str, role: str) -> int:
    """How many calls of functions it takes to judge `text`."""
    count = 0

    def heard(_frame: object, event: str, _what: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(heard)
    try:
        judge_texts([Text("1", text, role)])
    finally:
        sys.setprofile(before)
    return count


def judged_in_few_steps(part: str) -> bool:
    text = (part * LONGEST)[:LONGEST]
    assert len(tokenise(text)) <= WORDS_READ
    return all(steps(text, role) < STEPS_MAX for role in (KEY_RESULT, OBJECTIVE))


@pytest.mark.parametrize("part", WORST)
def test_the_longest_text_takes_a_bounded_number_of_steps(part):
    assert judged_in_few_steps(part)


@pytest.mark.long
@pytest.mark.parametrize("part", OTHERS)
def test_so_does_any_other_kind_of_word(part):
    assert judged_in_few_steps(part)
