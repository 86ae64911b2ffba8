"""The comparison in a terminal: one screen, the verdict first."""

from okrkit.show.calibration_text import calibration_text
from okrkit.show.shareable import shareable

from .invented_calibration import calibration, no_grades, nothing_separates


def test_the_verdict_comes_first_and_all_fits_a_screen_or_so():
    for size in (40, 400):
        lines = calibration_text(calibration(size)).splitlines()
        assert lines[2].startswith("Four of")
        assert len(lines) <= 50
        assert max(map(len, lines)) <= 88


def test_who_differs_is_named_with_interval_and_who_is_set_aside_with_the_reason():
    text = calibration_text(calibration())
    assert "Canary Ossa1 (K001, Harbour1): more severe, −0.12 (−0.17 to −0.07)" in text  # noqa: RUF001
    assert "They share no people and no cases with the others." in text
    assert "29  No material difference" in text
    assert "With equal managers we would flag about 0.02." in text


def test_where_nothing_separates_managers_from_teams_no_verdict_is_counted():
    text = calibration_text(nothing_separates())
    assert "Managers by verdict" not in text
    assert "Clearly differ" not in text
    assert "about 10 common cases" in text


def test_without_grades_it_says_so():
    assert "There are no grades to compare." in calibration_text(no_grades())


def test_what_is_shareable_names_nobody_and_counts_all():
    text = calibration_text(shareable(calibration()))
    assert "without names" in text
    assert "  29  No material difference" in text
    assert "  11  Other verdicts" in text
    assert "Clearly more severe" not in text
    assert "Manager" in text
    assert "Ossa" not in text
