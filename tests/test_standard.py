"""The standard: every threshold with its reason, read and written without surprises."""

from dataclasses import fields

import pytest

from okrkit.errors import StandardError
from okrkit.standard import BUILT_IN_SCALES, DEFAULT_STANDARD, Scale, Standard
from okrkit.standard_file import read_standard, standard_from, write_standard


def problems_of(settings):
    with pytest.raises(StandardError) as caught:
        standard_from(settings)
    return {problem.column: problem for problem in caught.value.problems}


def test_every_setting_has_a_reason():
    assert all(reason.endswith(".") for _, reason, _ in Standard.settings())
    assert len(Standard.settings()) == len(fields(Standard))


def test_the_file_that_is_written_reads_back_as_the_default(tmp_path):
    write_standard(tmp_path / "standard.toml")
    assert read_standard(tmp_path / "standard.toml") == DEFAULT_STANDARD


def test_the_file_that_is_written_holds_every_setting_and_every_reason(tmp_path):
    write_standard(tmp_path / "standard.toml")
    text = (tmp_path / "standard.toml").read_text(encoding="utf-8")
    for name, reason, _ in Standard.settings():
        assert f"\n{name} = " in text
        assert reason in text


def test_all_that_is_wrong_is_listed_at_once_and_near_names_are_suggested():
    found = problems_of({"cadence_day": 7, "outputs_max": 30, "group_min": 2, "statuses": {"at risk": "orange"},
                         "date_order": "ddmm", "scales": {"0-5": {"low": 5, "high": 0}}, "templates": "one"})  # fmt: skip
    assert found["cadence_day"].remedy == "Did you mean cadence_days?"
    assert found["outputs_max"].remedy == "Write 0.9 for 90 %."
    assert set(found) == {
        "cadence_day",
        "outputs_max",
        "group_min",
        "statuses",
        "date_order",
        "scales",
        "templates",
    }


def test_groups_of_fewer_than_five_cannot_be_asked_for():
    assert "from 5 up" in problems_of({"group_min": 4})["group_min"].expected


def test_a_house_scale_nobody_knows_is_refused():
    assert "0-1" in problems_of({"scale": "stars"})["scale"].expected


@pytest.mark.parametrize("text", ["cadence_days = ", "\x00", "a = 1\na = 2"])
def test_what_is_no_toml_is_refused_with_the_way_to_start(tmp_path, text):
    (tmp_path / "standard.toml").write_text(text)
    with pytest.raises(StandardError) as caught:
        read_standard(tmp_path / "standard.toml")
    assert "okrkit standard --new" in caught.value.problems[0].remedy


@pytest.mark.parametrize(
    ("name", "grade", "fraction"),
    [("0-1", 0.7, 0.7), ("0-100", 70, 0.7), ("0-10", 7, 0.7), ("1-5", 3, 0.5), ("A-E", 4, 1.0)],
)
def test_built_in_scales_run_from_worst_to_best(name, grade, fraction):
    assert BUILT_IN_SCALES[name].fraction(grade) == pytest.approx(fraction)


def test_scales_are_found_whatever_the_dash_and_own_scales_win():
    assert DEFAULT_STANDARD.scale_named("0 – 100") is BUILT_IN_SCALES["0-100"]
    own = standard_from({"scales": {"1-5": {"low": 0, "high": 5}}})
    assert own.scale_named("1-5") == Scale("1-5", 0, 5)


@pytest.mark.parametrize(
    ("word", "status"), [("On_Track", "green"), ("off-track", "red"), ("AMBER", "yellow")]
)
def test_plain_status_words_are_known(word, status):
    assert DEFAULT_STANDARD.status_of(word) == status


@pytest.mark.parametrize("word", ["at risk", "behind", "progressing", "closed"])
def test_words_that_differ_between_tools_are_not_guessed(word):
    assert DEFAULT_STANDARD.status_of(word) is None


def test_naming_one_level_keeps_the_limits_of_the_others():
    own = standard_from({"objectives_max": {"team": 2}})
    assert dict(own.objectives_max) == {**DEFAULT_STANDARD.objectives_max, "team": 2}
    assert (
        "company, department, team, individual"
        in problems_of({"objectives_max": {"teams": 2}})["objectives_max"].expected
    )


@pytest.mark.parametrize(
    "scale", [{"low": float("-inf"), "high": 5}, {"letters": ["A", "A"]}, {"letters": ["A"]}]
)
def test_a_scale_has_two_ends(scale):
    assert problems_of({"scales": {"own": scale}})
