"""Dates of a column: one reading or none."""

from datetime import date, datetime

import pytest

from okrkit.door.dates import read_dates, read_weeks


def test_iso_days_and_times_give_the_written_day():
    cells = ["2025-01-13", "2025-01-13T23:59:59Z", "2025-01-13 10:22", "2025-01-13T00:30+02:00"]
    assert read_dates(cells).values == [date(2025, 1, 13)] * 4


def test_spreadsheet_dates_are_taken_as_they_are():
    cells = [date(2025, 1, 13), datetime(2025, 1, 13, 9, 30), None]
    assert read_dates(cells).values == [date(2025, 1, 13), date(2025, 1, 13), None]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["13.01.2025", "03.02.2025"], [date(2025, 1, 13), date(2025, 2, 3)]),
        (["01/13/2025", "02/03/2025"], [date(2025, 1, 13), date(2025, 2, 3)]),
        (["2025/01/13", "2025.2.3"], [date(2025, 1, 13), date(2025, 2, 3)]),
        (["05.05.2025"], [date(2025, 5, 5)]),
        (["13.01.2025 10:22", "2025-02-03"], [date(2025, 1, 13), date(2025, 2, 3)]),
    ],
)
def test_a_column_that_leaves_one_reading_is_read(cells, expected):
    parsed = read_dates(cells)
    assert parsed.values == expected
    assert not parsed.bad


def test_the_order_that_was_found_is_noted():
    (change,) = read_dates(["13.01.2025", "03.02.2025"]).changes
    assert change.text == "dates were read as day, month, year"
    assert len(change.positions) == 2


def test_days_that_can_be_exchanged_are_refused_and_the_standard_settles_them():
    (bad,) = read_dates(["03.02.2025"]).bad
    assert "exchanged" in bad.found
    assert "date_order" in bad.remedy
    assert read_dates(["03.02.2025"], order="dmy").values == [date(2025, 2, 3)]
    assert read_dates(["03.02.2025"], order="mdy").values == [date(2025, 3, 2)]


def test_two_orders_in_one_column_are_refused():
    (bad,) = read_dates(["13.01.2025", "01.13.2025"]).bad
    assert "two orders" in bad.found


@pytest.mark.parametrize(
    ("cell", "remedy"),
    [
        ("45660", "Format the column as a date"),
        (45660.0, "Format the column as a date"),
        ("13.01.25", "four digits"),
        ("2025-02-30", "in no calendar"),
        ("31.02.2025", "in no calendar"),
        ("next week", "Write the day as 2025-01-31"),
        ("1925-01-01", "Correct the year"),
        ("2101-01-01", "Correct the year"),
    ],
)
def test_what_is_no_date_is_refused_with_its_remedy(cell, remedy):
    (bad,) = read_dates([cell]).bad
    assert remedy in bad.remedy


def test_weeks_are_iso_weeks_or_days_in_them():
    cells = ["2025-W03", "2025W3", "2025-01-13", date(2024, 12, 30), None]
    # 30 December 2024 is the Monday of the first ISO week of 2025
    assert read_weeks(cells).values == ["2025-W03", "2025-W03", "2025-W03", "2025-W01", None]


def test_a_week_that_does_not_exist_is_refused():
    (bad,) = read_weeks(["2025-W53"]).bad
    assert "exists" in bad.expected
