"""Numbers of a column: what is read, what is refused, what is said about it."""

import pytest

from okrkit.door.numbers import read_numbers


def values(cells, **options):
    numbers = read_numbers(cells, **options)
    assert not numbers.bad, numbers.bad
    return numbers.values


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1", "2.5", "-3"], [1, 2.5, -3]),
        (["0,7", "0,85"], [0.7, 0.85]),
        (["1,234.50", "12"], [1234.5, 12]),
        (["1.234,50", "12"], [1234.5, 12]),
        (["1 234", "12 345 678"], [1234, 12345678]),
        (["1\u202f234,5", "2"], [1234.5, 2]),
        (["1,234,567"], [1234567]),
        (["0,750"], [0.75]),
        (["1,200", "0,5"], [1.2, 0.5]),
        (["1e3", "2E-2"], [1000, 0.02]),
        (["−4"], [-4]),
        ([1, 2.5, None, "3"], [1, 2.5, None, 3]),
        (["TBD", "n/a", "-", "#N/A", "nan", "4"], [None, None, None, None, None, 4]),
    ],
)
def test_a_consistent_column_is_read(cells, expected):
    assert values(cells) == expected


def test_a_mixture_of_decimal_points_and_commas_is_refused():
    (bad,) = read_numbers(["0.7", "0,7"]).bad
    assert "decimal points and decimal commas" in bad.found
    assert bad.positions == (0, 1)


def test_a_thousand_or_a_decimal_comma_is_settled_by_how_the_file_separates_its_cells():
    assert values(["1,234", "5,678"], delimiter=",") == [1234, 5678]
    (bad,) = read_numbers(["1,234", "5,678"], delimiter=";").bad
    assert "a thousand or a decimal comma" in bad.found


def test_thousands_separators_and_decimal_commas_are_noted():
    (change,) = read_numbers(["1,200", "7"]).changes
    assert change.text == "thousands separators were read (1,200 is 1200)"
    (change,) = read_numbers(["0,7", "7"]).changes
    assert change.text == "decimal commas were read (0,7 is 0.7)"


def test_words_for_none_are_counted_by_word():
    changes = read_numbers(["TBD", "TBD", "-", "1"]).changes
    assert [(c.text, len(c.positions)) for c in changes] == [
        ("'TBD' was read as none", 2),
        ("'-' was read as none", 1),
    ]


@pytest.mark.parametrize(
    "cell", ["five", "5 €", "1.2.3", "1,23,4", "inf", True, "12/3", "0x10", "١٢x"]
)
def test_what_is_no_number_is_refused(cell):
    assert read_numbers([cell]).bad


def test_percent_signs_are_reported_with_their_number():
    numbers = read_numbers(["70 %", "70%", "0.7"])
    assert numbers.values == [70, 70, 0.7]
    assert numbers.percent == [True, True, False]
