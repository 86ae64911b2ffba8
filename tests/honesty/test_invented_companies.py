"""The invented companies are what they claim, and a few of them are judged right; cannot fail by chance."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from okrkit.show.calibration_page import FAR, FAR_HELD, FAR_HELD_HEAVY
from okrkit.tables import Tables

from .bars import BARS
from .company import BY_NAME, SCENARIOS, invent
from .page import PAGE, SEED
from .samples import FIGURES as OF_SAMPLES
from .study import FIGURES, LARGE, figures, look_at_all, ratio, study


def company(name: str, **also: object):
    return invent(replace(BY_NAME[name], **also), np.random.default_rng(1))


def test_an_invented_company_is_what_the_door_would_make_of_its_frames():
    own = company("S8").tables
    frames = own.key_results.assign(objective="O1", text="Grow")
    through = Tables.from_frames(
        grades=own.grades.dropna(axis="columns", how="all"),
        key_results=frames.dropna(axis="columns", how="all"),
    )
    assert through.notes == ()
    pd.testing.assert_frame_equal(through.grades, own.grades, check_index_type=False)
    pd.testing.assert_frame_equal(through.key_results, frames, check_index_type=False)


def test_spreads_are_those_the_scenario_names():
    large = company("S2", managers=2000, grades_each=2)
    assert large.generosity.std() == pytest.approx(0.06, rel=0.05)
    grades = large.tables.grades
    off = grades["grade"] - large.generosity[grades["manager"]].to_numpy()
    within = (
        off.groupby(grades["person"]).var().mean()
    )  # scatter and types; the limits take a little
    assert within == pytest.approx(0.15**2 + np.var([0.62, 0.57, 0.66, 0.52]), rel=0.06)


def test_sorted_people_are_better_where_managers_are_generous_and_others_are_not():
    sorted_one, plain = company("S5", managers=2000), company("S3", managers=2000)
    # The mean ability of a team rises by 0.5 * 0.10 / 0.06 for each point of generosity.
    slopes = [
        np.polyfit(one.generosity[one.ability.index], one.ability, 1)[0]
        for one in (sorted_one, plain)
    ]
    assert slopes == pytest.approx([0.5 * 0.10 / 0.06, 0.0], abs=0.1)


def test_where_nobody_moves_everybody_has_one_manager():
    pairs = company("S3").tables.grades[["manager", "person"]].drop_duplicates()
    assert not pairs["person"].duplicated().any()
    moved = company("S1").tables.grades[["manager", "person"]].drop_duplicates()
    assert moved["person"].duplicated().any()


def test_a_figure_is_a_share_of_all_with_the_error_of_its_runs():
    tops, bottoms = pd.Series([1.0, 3.0]), pd.Series([2.0, 4.0])
    found = ratio(tops, bottoms)
    assert found.value == 4 / 6
    # The runs are off by 1 - 2 * 4/6 = -1/3 and 3 - 4 * 4/6 = 1/3.
    assert found.error == pytest.approx(np.sqrt(2 / 9) / 6)
    assert np.isnan(ratio(tops, pd.Series([0.0, 0.0])).value)


def test_every_bar_speaks_of_figures_and_scenarios_that_exist():
    known = {*FIGURES, *OF_SAMPLES, "rmse", "raw rmse", "rmse ratio"}
    assert {bar.figure for bar in BARS} <= known
    assert {name for bar in BARS for name in bar.scenarios} <= {*BY_NAME, "sample"}


def test_the_page_tells_every_company_its_seed_and_the_command():
    page = PAGE.read_text(encoding="utf-8")
    assert all(f"| {one.name} | {one.says} ({one.runs})" in page for one in SCENARIOS)
    assert f"Seed {SEED}," in page
    assert "python scripts/honesty.py" in page


def test_what_the_app_says_of_managers_far_out_is_what_the_page_found():
    section = PAGE.read_text(encoding="utf-8").split("## Managers far out")[1].split("\n## ")[0]
    found = [line.split(" | ")[3] for line in section.splitlines() if line.startswith("| S")]
    held = [round(float(one.split(" ")[0]), 2) for one in found]
    assert held == [FAR_HELD, FAR_HELD_HEAVY]
    assert FAR == LARGE


def test_equal_managers_are_not_named_and_their_intervals_hold_nought():
    found = study(replace(BY_NAME["S0"], deals=0), seed=1, runs=8)
    assert found["flags"].value == 0
    assert found["no flag"].value == 1
    assert found["coverage"].value > 0.99
    assert found["wrongly said equal"].value == 0


def test_when_nobody_moves_every_verdict_is_refused_however_far_grades_lie_apart():
    found = study(BY_NAME["S5"], seed=1, runs=6)
    assert found["refused"].value == 1
    assert found["verdicts"].value == 0
    assert found["information"].value == 0
    assert found["distribution flags"].value > 1


def test_the_same_run_says_the_same_twice():
    small = BY_NAME["M5"]
    one, two = (pd.DataFrame(look_at_all(small, seed=2, runs=range(2))) for _ in range(2))
    pd.testing.assert_frame_equal(one, two)
    assert figures(one)["coverage"] == figures(two)["coverage"]
