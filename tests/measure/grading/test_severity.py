"""Everything measured about managers' grades: what goes into which fit, and what is counted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from okrkit.measure.grading.connections import measure_connections
from okrkit.measure.grading.crossed import fit_crossed
from okrkit.measure.grading.fits import grade_rows, groups_compared
from okrkit.measure.grading.severity import Grading, measure_grading
from okrkit.measure.grading.sums import sum_rows
from okrkit.measure.grading.terms import Terms
from okrkit.tables import Tables

TERMS = Terms(deals=5)


def company(*, managers: int = 8, people: int = 6, seed: int = 3, prefix: str = "") -> pd.DataFrame:
    """Two cycles; the last person of every team is graded by the next manager in the second."""
    rng = np.random.default_rng(seed)
    lines = []
    for m in range(managers):
        for p in range(people):
            able = rng.normal(0.6, 0.1)
            for cycle in ("Q1", "Q2"):
                moved = cycle == "Q2" and p == people - 1
                who = (m + 1) % managers if moved else m
                for k in range(2):
                    grade = round(float(np.clip(able + rng.normal(0, 0.12), 0, 1)), 1)
                    key = f"{prefix}K{m}.{p}.{cycle}.{k}"
                    lines.append((key, f"{prefix}M{who}", f"{prefix}P{m}.{p}", cycle, grade))
    return pd.DataFrame(lines, columns=["key_result", "manager", "person", "cycle", "grade"])


def cases(managers: int, count: int, scatter: float, seed: int = 4) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    lines = [
        (f"M{m}", f"C{c}", float(np.clip(0.4 + 0.03 * c + rng.normal(0, scatter), 0, 1)))
        for m in range(managers)
        for c in range(count)
    ]
    return pd.DataFrame(lines, columns=["manager", "case", "grade"])


def measured(terms: Terms = TERMS, **frames: pd.DataFrame) -> Grading:
    return measure_grading(Tables.from_frames(**frames), terms)


def test_without_cases_and_in_one_group_there_is_one_fit():
    found = measured(grades=company())
    assert found.fits.own is found.fits.people
    assert found.connections.groups == 1


def test_the_fit_is_the_crossed_model_on_managers_and_people_with_cycles_fixed():
    grades = company()
    found = measured(grades=grades)
    # witness: the model called by hand
    fixed = {"Q2": grades["cycle"].eq("Q2").to_numpy(float)}
    factors = {name: grades[name].to_numpy(object) for name in ("manager", "person")}
    fit = fit_crossed(sum_rows(grades["grade"].to_numpy(float), factors, fixed=fixed))
    assert found.fits.people.fitted.criterion == pytest.approx(fit.deviance)
    assert found.fits.people.fitted.sd == pytest.approx(dict(fit.sd))
    assert found.fits.people.fitted.residual_sd == pytest.approx(fit.residual_sd)


def test_the_pooled_level_is_what_grades_average_without_the_differences():
    grades = company()
    people = measured(grades=grades).fits.people
    lean = grades["manager"].map(people.table["mean"])
    assert people.pooled == pytest.approx((grades["grade"] - lean).mean())


def test_cases_are_added_to_the_managers_fit_only_and_count_as_nobodys_grades():
    alone = measured(grades=company())
    found = measured(grades=company(), exercise=cases(8, 12, 0.05))
    assert found.fits.people.fitted == alone.fits.people.fitted
    assert found.fits.own.table["n"].tolist() == alone.fits.people.table["n"].tolist()
    assert found.fits.own.fitted.n == len(company())
    informed = pd.Series(found.fits.information)
    assert (informed > pd.Series(alone.fits.information)).all()
    assert found.cases == 12


def test_the_closer_cases_agree_the_more_they_say():
    close, far = (measured(grades=company(), exercise=cases(8, 12, s)) for s in (0.03, 0.12))
    widths = [
        (one.fits.own.table["high"] - one.fits.own.table["low"]).mean() for one in (close, far)
    ]
    assert widths[0] < widths[1]


def test_nobody_who_moved_and_no_case_is_no_information():
    stay = company()
    stay = stay[~stay["person"].str.endswith(".5")]
    found = measured(grades=stay)
    assert found.fits.own is None  # nobody shares anybody: groups of one
    assert found.managers["information"].isna().all()
    assert found.fits.people is not None


def test_each_group_is_compared_within_itself_from_five_managers_up():
    large, small = company(), company(managers=4, prefix="x", seed=5)
    links = measure_connections(
        pd.concat([large, small]), pd.DataFrame({"manager": [], "case": []})
    )
    groups = groups_compared(links, TERMS)
    assert set(groups.index) == {f"M{m}" for m in range(8)}
    five = measure_connections(
        pd.concat([large, company(managers=5, prefix="x", seed=5)]),
        pd.DataFrame({"manager": [], "case": []}),
    )
    assert groups_compared(five, TERMS).nunique() == 2
    assert groups_compared(five, replace(TERMS, managers_min=9)).unique().tolist() == [2]


def test_a_group_apart_moves_nothing_in_the_other_group():
    large = company()
    higher = company(managers=5, prefix="x", seed=5)
    higher["grade"] = (higher["grade"] + 0.3).clip(upper=1)
    found = measured(grades=pd.concat([large, higher]))
    table = found.fits.own.table
    for prefix in ("M", "x"):  # within each group differences are about its own level
        assert abs(table.loc[table.index.str.startswith(prefix), "mean"].mean()) < 0.03
    people = found.fits.people.table
    assert (
        people.loc[people.index.str.startswith("x"), "mean"].min() > 0
    )  # as grades, they are higher


def test_types_are_held_constant():
    grades = company()
    hard = grades["manager"].isin(
        ["M0", "M1"]
    )  # all hard key results are theirs, and two easy ones
    easy = grades.index.isin(grades.index[hard][::4])
    kind = np.where(hard & ~easy, "hard", "easy")
    lower = grades.assign(grade=(grades["grade"] - 0.3 * (kind == "hard")).clip(lower=0).round(1))
    key_results = pd.DataFrame(
        {"key_result": grades["key_result"], "objective": "O1", "text": "Do", "type": kind}
    )
    with_types = measured(grades=lower, key_results=key_results).fits.people.table["mean"]
    without = measured(grades=lower).fits.people.table["mean"]
    assert with_types["M0"] > without["M0"] + 0.05


def test_rows_carry_a_column_for_every_cycle_and_type_but_one():
    grades = company().assign(type=["a", "b", "c", "c"] * 48)
    assert set(grade_rows(grades).fixed) == {"cycle Q2", "type a", "type b"}


def test_grades_are_counted_by_tenth_and_beside_what_all_would_give():
    rows = [("A", 0.04), ("A", 0.05), ("A", 1.2), ("B", 0.25), ("B", 0.7), ("C", 0.7)]
    grades = pd.DataFrame(rows, columns=["manager", "grade"])
    grades = grades.assign(key_result=range(6), person=list("pqrstu"), cycle="Q1")
    found = measured(grades=grades)
    by_tenth = dict(found.counts["A"])
    assert (by_tenth[0.0], by_tenth[0.1], by_tenth[1.0]) == (1, 1, 1)
    assert dict(found.counts["B"]) | {0.3: 1, 0.7: 1} == dict(found.counts["B"])
    assert found.expected["C"] == pytest.approx(np.array([1, 1, 0, 1, 0, 0, 0, 2, 0, 0, 1]) / 6)
    assert sum(found.expected["A"]) == pytest.approx(3)


def test_managers_carry_their_names_and_teams_where_known():
    people = pd.DataFrame({"person": ["M0", "M1"], "name": ["Ann", None], "team": ["T1", "T9"]})
    teams = pd.DataFrame({"team": ["T1"], "name": ["Sales"], "level": ["team"]})
    table = measured(grades=company(), people=people, teams=teams).managers.set_index("manager")
    assert table.loc["M0", ["name", "team"]].tolist() == ["Ann", "Sales"]
    assert table.loc["M1", ["name", "team"]].tolist() == ["", "T9"]
    assert table.loc["M2", ["name", "team"]].tolist() == ["", ""]


def test_the_same_grades_in_another_order_measure_the_same():
    grades = company()
    one, other = (
        measured(grades=frame) for frame in (grades, grades.sample(frac=1, random_state=1))
    )
    assert one.fits.people.table.to_numpy() == pytest.approx(
        other.fits.people.table.to_numpy(), abs=1e-6
    )
    assert one.managers["manager"].tolist() == other.managers["manager"].tolist()
