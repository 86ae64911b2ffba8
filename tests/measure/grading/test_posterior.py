"""What is said of each manager's difference, beside the same written out and integrated."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import integrate, stats

from okrkit.measure.grading.criterion import deviance
from okrkit.measure.grading.equations import solve
from okrkit.measure.grading.grid import SD_MAX, ratio_grid
from okrkit.measure.grading.posterior import (
    NORMAL_FROM,
    Posterior,
    difference,
    difference_at_best,
    separated_information,
    student_below,
)
from okrkit.measure.grading.rows import Rows, fit_rows


def company(seed: int, managers: int = 6, spread: float = 0.08, moves: float = 0.3) -> Rows:
    """Six people a manager, four grades each; some grades by another manager."""
    chance = np.random.default_rng(seed)
    person = np.repeat(np.arange(6 * managers), 4)
    elsewhere = chance.random(person.size) < moves
    manager = np.where(elsewhere, chance.integers(0, managers, person.size), person % managers)
    level = (
        chance.normal(0, spread, managers)[manager] + chance.normal(0, 0.1, 6 * managers)[person]
    )
    grade = 0.6 + level + chance.normal(0, 0.15, person.size)
    return Rows(grade, manager, person, np.tile(np.arange(4), 6 * managers))


def test_a_difference_given_the_variances_is_that_of_the_model_written_out_in_full():
    rows = company(1)
    fit = fit_rows(rows)
    means, scales = difference_at_best(fit)
    z = np.eye(6)[rows.manager]
    people = np.eye(36)[rows.person]
    a, b = fit.ratios["manager"], fit.ratios["person"]
    h = np.linalg.inv(np.eye(rows.grade.size) + a * z @ z.T + b * people @ people.T)
    one = np.ones((rows.grade.size, 1))
    p = h - h @ one @ one.T @ h / (one.T @ h @ one)
    covariance = fit.residual_sd**2 * (a * np.eye(6) - a**2 * z.T @ p @ z)
    known = 1 - np.diag(np.eye(6) - a * z.T @ h @ z)
    pool = known / known.sum()
    contrast = np.eye(6) - pool
    assert means == pytest.approx(contrast @ (a * z.T @ p @ rows.grade), abs=1e-9)
    assert scales == pytest.approx(np.sqrt(np.diag(contrast @ covariance @ contrast.T)), rel=1e-6)
    assert difference(fit).pool == pytest.approx(pool)


@pytest.mark.parametrize("managers", [3, 8, 40])
def test_the_grid_averages_as_an_integral_over_both_standard_deviations_does(managers):
    rows = company(2, managers)
    fit = fit_rows(rows)
    most = SD_MAX / fit.residual_sd

    def weighted(of) -> float:
        """The average of a function of the roots, by a quadrature of its own (Gauss-Legendre)."""
        nodes, widths = np.polynomial.legendre.leggauss(24)
        edges = [0, 0.15, 0.3, 0.45, 0.6, 0.8, 1.0, 1.3, 1.7, most]
        points, sizes = [], []
        for low, high in zip(edges[:-1], edges[1:], strict=True):
            points += list((high - low) / 2 * nodes + (high + low) / 2)
            sizes += list((high - low) / 2 * widths)
        roots, sizes = np.array(points), np.array(sizes)
        best = fit.ratios["person"]
        logs = [deviance(solve(fit.sums, {"manager": r**2, "person": best})) for r in roots]
        mass = sizes * np.exp(-(np.array(logs) - fit.deviance) / 2)
        return float((mass * of(roots)).sum() / mass.sum())

    # One dimension at a time: with the person's variance held, the grid is over the manager's.
    solutions, weights = ratio_grid(replace(fit, held=frozenset({"person"})))
    roots = np.sqrt([solution.equations.ratios["manager"] for solution in solutions])
    assert weights @ roots == pytest.approx(weighted(lambda root: root), rel=0.02)
    assert weights @ roots**2 == pytest.approx(weighted(lambda root: root**2), rel=0.06)


def test_interval_and_probability_are_those_of_the_mixture():
    posterior = Posterior(
        levels=np.array(["A"]),
        pool=np.array([1.0]),
        weights=np.array([0.3, 0.7]),
        means=np.array([[0.1], [-0.02]]),
        scales=np.array([[0.02], [0.05]]),
        df=12,
        sds={"manager": np.array([0.05, 0.1]), "residual": np.array([0.15, 0.15])},
    )

    def density(x: float) -> float:
        return 0.3 * stats.t.pdf(x, 12, 0.1, 0.02) + 0.7 * stats.t.pdf(x, 12, -0.02, 0.05)

    beyond = integrate.quad(density, -2, -0.05)[0] + integrate.quad(density, 0.05, 2)[0]
    assert posterior.probability_beyond(0.05)[0] == pytest.approx(beyond, abs=1e-6)
    (low,), (high,) = posterior.interval(0.95)
    assert integrate.quad(density, low, high)[0] == pytest.approx(0.95, abs=1e-6)
    assert integrate.quad(density, -2, low)[0] == pytest.approx(0.025, abs=1e-6)
    # Half of all weight, that with the larger sd of managers, lies in the second part.
    wide = stats.t(12, -0.02, 0.05)
    only_wide = wide.cdf(-0.05) + wide.sf(0.05)
    assert posterior.chances_beyond(0.05)[1][0] == pytest.approx(only_wide, abs=1e-9)
    mean = integrate.quad(lambda x: x * density(x), -2, 2)[0]
    second = integrate.quad(lambda x: x**2 * density(x), -2, 2)[0]
    assert posterior.mean[0] == pytest.approx(mean, abs=1e-6)
    assert posterior.sd[0] == pytest.approx(np.sqrt(second - mean**2), abs=1e-6)
    assert posterior.typical_sd("manager") == pytest.approx(np.sqrt(0.3 * 0.05**2 + 0.7 * 0.1**2))
    share = 0.3 * 0.05**2 / (0.05**2 + 0.15**2) + 0.7 * 0.1**2 / (0.1**2 + 0.15**2)
    assert posterior.share("manager")[0] == pytest.approx(share)


def test_managers_estimated_to_be_equal_still_have_intervals_of_honest_width():
    rows = company(2, managers=5, spread=0.0)
    fit = fit_rows(rows)
    assert fit.sd["manager"] == 0.0
    posterior = difference(fit)
    low, high = posterior.interval()
    assert (high - low > 0.02).all()
    assert posterior.typical_sd("manager") > 0.01
    assert posterior.sd_interval("manager")[0] < 0.02


def test_the_posterior_is_wider_than_the_variances_taken_as_known_allow():
    for seed in (4, 5, 7):
        fit = fit_rows(company(seed, managers=4))
        assert fit.sd["manager"] > 0
        assert difference(fit).sd.mean() > 1.02 * difference_at_best(fit)[1].mean()


def test_each_group_is_compared_within_itself():
    rows = company(6)
    fit = fit_rows(rows)
    posterior = difference(fit, groups=np.array(["x", "x", "y", "y", "y", "x"]))
    assert np.sign(posterior.mean[[0, 1, 5]]).min() < 0 < np.sign(posterior.mean[[0, 1, 5]]).max()
    assert np.sign(posterior.mean[[2, 3, 4]]).min() < 0 < np.sign(posterior.mean[[2, 3, 4]]).max()
    # Two managers of one group differ by as much, whomever they are compared with.
    together = difference(fit)
    between = posterior.mean[0] - posterior.mean[5]
    assert between == pytest.approx(together.mean[0] - together.mean[5], abs=1e-9)


def test_a_manager_alone_in_a_group_has_no_difference():
    fit = fit_rows(company(7))
    posterior = difference(fit, groups=np.array([1, 1, 1, 1, 1, 2]))
    low, high = posterior.interval()
    assert np.isnan(
        [posterior.mean[5], low[5], high[5], posterior.probability_beyond(0.05)[5]]
    ).all()
    assert np.isfinite(posterior.mean[:5]).all()


def test_without_anybody_graded_by_two_nothing_separates_managers_from_people():
    fit = fit_rows(company(8, moves=0.0))
    assert separated_information(fit, sd=0.06) == pytest.approx(np.zeros(6), abs=1e-9)
    low, high = difference(fit_rows(company(8, moves=0.0), people_fixed=True)).interval()
    assert np.isfinite(low).all()
    assert (high > low).all()


def test_information_grows_with_moves_and_never_reaches_one():
    few, many = (
        separated_information(fit_rows(company(9, moves=moves)), sd=0.06) for moves in (0.1, 0.6)
    )
    assert few.mean() < many.mean() < 1 - 1 / 6


def test_information_when_everybody_grades_everybody_has_a_closed_form():
    """m managers grade p people: what remains is 1/m of the variance, and (1 - 1/m) / (1 + p g)."""
    managers, people, sd = 4, 5, 0.06
    manager, person = (labels.ravel() for labels in np.indices((managers, people)))
    grade = np.random.default_rng(10).normal(0.6, 0.15, manager.size)
    fit = fit_rows(Rows(grade, manager, person, np.zeros(manager.size)))
    ratio = (sd / fit.residual_sd) ** 2
    left = 1 / managers + (1 - 1 / managers) / (1 + people * ratio)
    assert separated_information(fit, sd=sd) == pytest.approx(1 - left, abs=1e-9)


def test_people_with_one_grade_each_are_part_of_the_residual():
    rows = company(11)
    once = Rows(rows.grade, rows.manager, np.arange(rows.grade.size), rows.cycle)
    fit = fit_rows(once)
    assert fit.held == {"person"}
    assert fit.sd["person"] == 0
    assert np.isfinite(difference(fit).mean).all()


def test_above_four_hundred_managers_only_their_own_variance_is_averaged_over():
    rows = company(12, managers=401)
    posterior = difference(fit_rows(rows))
    assert posterior.weights.size <= 11
    assert np.isfinite(posterior.mean).all()


@pytest.mark.long
@pytest.mark.parametrize("managers", [3, 5, 8, 20])
def test_nineteen_of_twenty_intervals_hold_the_truth_also_with_few_managers(managers):
    """300 companies each, 0.06 grade points between managers; seeds 0 to 299."""
    held, total = 0, 0
    for seed in range(300):
        rows = company(1000 + seed, managers, spread=0.0)
        true = np.random.default_rng(seed).normal(0, 0.06, managers)
        posterior = difference(fit_rows(replace(rows, grade=rows.grade + true[rows.manager])))
        low, high = posterior.interval()
        truth = true - posterior.pool @ true
        held += int(((low <= truth) & (truth <= high)).sum())
        total += managers
    assert held / total > 0.93


def test_students_t_becomes_the_normal_only_where_nobody_could_tell():
    values = np.linspace(-6, 6, 2001)
    for df in (1, 30, NORMAL_FROM - 1, NORMAL_FROM, 10**6):
        assert student_below(values, df) == pytest.approx(stats.t.cdf(values, df), abs=5e-5)
