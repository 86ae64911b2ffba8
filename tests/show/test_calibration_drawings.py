"""The drawings of the comparison: where marks stand, worked by hand."""

import re

import pytest

from okrkit.show.calibration_svg import (
    Axis,
    axis_for,
    dot_strip,
    histogram,
    interval,
    share_bar,
    signed,
)

from .invented_calibration import shown
from .test_style import contrast

AXIS = Axis(span=0.2, material=0.05)


def marks(markup, name):
    return re.findall(rf'class="{name}" (?:x1|cx|x)="([\d.]+)%"', str(markup))


def test_the_interval_the_point_and_the_band_stand_where_the_numbers_say():
    drawn = interval(shown(0.1, half=0.1), AXIS, "generous", "words")
    assert marks(drawn, "i95") == ["50.00"]  # from 0 …
    assert 'class="i95" x1="50.00%" x2="100.00%"' in drawn  # … to 0.2
    assert marks(drawn, "pt") == ["75.00"]
    assert 'class="band" x="37.50%" width="25.00%"' in drawn  # −0.05 to 0.05 of −0.2 to 0.2
    assert 'aria-label="words"' in drawn


def test_an_interval_that_leaves_the_axis_ends_at_its_edge():
    drawn = interval(shown(0.1, half=0.9), AXIS, "cannot", "words")
    assert 'class="i95" x1="0.00%" x2="100.00%"' in drawn
    assert "<circle" not in drawn


@pytest.mark.parametrize(("half", "span"), [(0.05, 0.2), (0.21, 0.25), (0.3, 0.3), (0.9, 0.4)])
def test_the_axis_is_wide_enough_for_what_is_shown_within_reason(half, span):
    assert axis_for([shown(0.0, half=half)], 0.05).span == pytest.approx(span)


def test_the_axis_holds_the_band_even_of_a_wide_limit():
    assert axis_for([], 0.15).span == pytest.approx(0.3)


def test_dots_that_would_overlap_stand_in_lanes_and_none_is_lost():
    drawn = dot_strip([shown(0.0)] * 3 + [shown(0.1)], AXIS, "four")
    assert marks(drawn, "pt") == ["50.00", "50.00", "50.00", "75.00"]
    heights = re.findall(r'cy="([\d.]+)"', str(drawn))
    assert len(set(heights[:3])) == 3
    assert heights[0] == heights[3]


def test_four_hundred_dots_stay_within_a_hands_breadth():
    drawn = dot_strip([shown(0.0)] * 400, AXIS, "many")
    assert float(re.search(r'height="([\d.]+)"', str(drawn)).group(1)) < 180


def test_bars_are_as_high_as_grades_are_many_and_the_words_hold_every_count():
    drawn = str(histogram([0, 4, 2, *[0] * 8], [], height=42))
    assert "M11 41V1.0h8V41z" in drawn  # four of four: the whole 40 pixels
    assert "M21 41V21.0h8V41z" in drawn  # two of four: half of them
    assert "Grades from 0.0 to 1.0: 0, 4, 2, 0, 0, 0, 0, 0, 0, 0, 0" in drawn


def test_shares_stand_side_by_side():
    drawn = share_bar([("a", 0.25, 0.1, 0.4), ("b", 0.75, 0.6, 0.9)])
    assert 'class="sh1" x="0.00%"' in drawn
    assert 'class="sh2" x="25.00%"' in drawn


def test_a_difference_that_rounds_to_nothing_has_no_sign():
    assert [signed(value) for value in (0.004, -0.004, -0.006)] == ["0.00", "0.00", "−0.01"]  # noqa: RUF001


@pytest.mark.parametrize("tone", ["severe", "generous", "same", "cannot"])
@pytest.mark.parametrize("ground", ["paper", "wash", "wash-2", "accent-tint"])
def test_verdict_words_and_marks_can_be_read_on_every_ground(tone, ground):
    assert contrast(tone, ground) >= 4.5
