"""Drawings: marks stand where the numbers say, and words say the same."""

import re

import pytest

from okrkit.show.svg import dumbbell, stacked_bar


def at(markup, name, attribute):
    return re.search(rf'class="{name}" {attribute}="([^"]+)"', str(markup))[1]


def test_marks_stand_at_their_share():
    drawn = dumbbell(0.82, 0.41, "words")
    assert at(drawn, "c-say", "cx") == "82.00%"
    assert at(drawn, "c-do", "cx") == "41.00%"
    assert 'aria-label="words"' in drawn


@pytest.mark.parametrize(("say", "do"), [(0.8, 0.4), (0.4, 0.8), (0.5, 0.5), (0.0, 1.0)])
def test_labels_stand_outside_the_two_marks_so_they_never_meet(say, do):
    drawn = str(dumbbell(say, do, ""))
    side = {
        name: re.search(rf'class="{name}"[^>]*text-anchor="(\w+)"', drawn)[1]
        for name in ("t-say", "t-do")
    }
    assert set(side.values()) == {"start", "end"}
    left = min(("t-say", say), ("t-do", do), key=lambda pair: (pair[1], pair[0] == "t-do"))[0]
    assert side[left] == "end"


@pytest.mark.parametrize(("say", "do", "marks"), [(None, None, 0), (0.5, None, 1), (None, 0.5, 1)])
def test_what_is_not_known_is_not_drawn(say, do, marks):
    drawn = str(dumbbell(say, do, ""))
    assert drawn.count("<circle") == marks
    assert "between" not in drawn


def test_a_bar_is_filled_by_its_answers():
    # 6 of 10 yes, 3 no, 1 don't know: 60 %, 30 % and 10 % of the width
    drawn = str(stacked_bar((6, 3, 1, 0), "words"))
    assert re.findall(r'class="(b-\w+)" x="([\d.]+)%" y="1" width="([\d.]+)%"', drawn) == [
        ("b-yes", "0.00", "60.00"), ("b-no", "60.00", "30.00"), ("b-dk", "90.00", "10.00"),
    ]  # fmt: skip


def test_words_are_escaped():
    assert "<b>" not in dumbbell(0.1, 0.2, '"><b>')
