"""The crossed model beside the same model written out in full, its closed forms and its laws."""

from __future__ import annotations

import numpy as np
import pytest

from okrkit.measure.grading import equations
from okrkit.measure.grading.criterion import deviance, gradient
from okrkit.measure.grading.crossed import fit_crossed
from okrkit.measure.grading.equations import eliminate, solve
from okrkit.measure.grading.sums import ModelError, Sums, absorb, sum_rows

LEVELS = {"manager": 6, "person": 15, "team": 3}


class Written:
    """An unbalanced, weighted sample, and everything about it from matrices of all rows."""

    def __init__(self, seed: int, n: int = 70) -> None:
        chance = np.random.default_rng(seed)
        self.labels = {name: chance.integers(0, size, n) for name, size in LEVELS.items()}
        for name, size in LEVELS.items():
            self.labels[name][:size] = np.arange(size)
        self.covariate = chance.normal(size=n)
        self.weights = chance.uniform(0.5, 3.0, n)
        effects = sum(
            chance.normal(0, 0.1, size)[self.labels[name]] for name, size in LEVELS.items()
        )
        self.grade = 0.6 + 0.05 * self.covariate + effects + chance.normal(0, 0.1, n)
        self.design = np.column_stack([np.ones(n), self.covariate])
        self.z = {name: np.eye(size)[self.labels[name]] for name, size in LEVELS.items()}

    def sums(self) -> Sums:
        fixed = {"covariate": self.covariate}
        return sum_rows(self.grade, self.labels, fixed=fixed, weights=self.weights)

    def covariance(self, ratios: dict[str, float]) -> np.ndarray:
        parts = [ratios[name] * z @ z.T for name, z in self.z.items()]
        return np.diag(1 / self.weights) + np.sum(parts, axis=0)

    def deviance(self, ratios: dict[str, float], criterion: str, design: np.ndarray | None = None):
        x = self.design if design is None else design
        h = np.linalg.inv(self.covariance(ratios))
        df = len(self.grade) - (x.shape[1] if criterion == "REML" else 0)
        b = np.linalg.solve(x.T @ h @ x, x.T @ h @ self.grade)
        left = self.grade - x @ b
        logs = np.linalg.slogdet(self.covariance(ratios))[1]
        if criterion == "REML":
            logs += np.linalg.slogdet(x.T @ h @ x)[1]
        return logs + df * (1 + np.log(2 * np.pi * (left @ h @ left) / df))

    def predictions(self, ratios: dict[str, float]) -> tuple[dict, dict]:
        """Best linear unbiased predictions, and Var(predicted - true) over s²."""
        x, h = self.design, np.linalg.inv(self.covariance(ratios))
        p = h - h @ x @ np.linalg.solve(x.T @ h @ x, x.T @ h)
        effects = {k: ratios[k] * z.T @ p @ self.grade for k, z in self.z.items()}
        spread = {k: np.diag(ratios[k] * np.eye(z.shape[1]) - ratios[k] ** 2 * z.T @ p @ z) for k, z in self.z.items()}  # fmt: skip
        return effects, spread


RATIOS = [
    {"manager": 0.5, "person": 1.3, "team": 0.2},
    {"manager": 0.0, "person": 0.8, "team": 0.4},
    {"manager": 2.0, "person": 0.0, "team": 0.0},
]


@pytest.mark.parametrize("criterion", ["REML", "ML"])
@pytest.mark.parametrize("ratios", RATIOS)
def test_the_deviance_is_that_of_the_model_written_out_in_full(ratios, criterion):
    sample = Written(1)
    ours = deviance(solve(sample.sums(), ratios), criterion)
    assert ours == pytest.approx(sample.deviance(ratios, criterion), abs=1e-8)


@pytest.mark.parametrize("ratios", RATIOS)
def test_predictions_and_their_variances_are_those_of_the_model_written_out_in_full(ratios):
    sample = Written(2)
    fit = fit_crossed(sample.sums(), held=ratios)
    effects, spread = sample.predictions(ratios)
    for name in LEVELS:
        assert fit.effects[name] == pytest.approx(effects[name], abs=1e-10)
        ours = fit.prediction_variance(name) / fit.residual_sd**2
        assert ours == pytest.approx(spread[name], abs=1e-9)


@pytest.mark.parametrize("criterion", ["REML", "ML"])
@pytest.mark.parametrize("ratios", RATIOS)
def test_the_gradient_is_the_slope_of_the_deviance(ratios, criterion):
    sums = Written(3).sums()

    def at(name: str, ratio: float) -> float:
        return deviance(solve(sums, {**ratios, name: ratio}), criterion)

    solution = solve(sums, ratios)
    slopes = gradient(solution, solution.equations.inverse(), criterion)
    step = 1e-4
    for name, here in ratios.items():
        if here > 0:
            slope = (at(name, here + step) - at(name, here - step)) / (2 * step)
        else:  # at the edge: from one side, to the same order
            slope = (4 * at(name, step) - at(name, 2 * step) - 3 * at(name, 0.0)) / (2 * step)
        assert slopes[name] == pytest.approx(slope, rel=1e-4, abs=1e-4)


@pytest.mark.parametrize("criterion", ["REML", "ML"])
@pytest.mark.parametrize("seed", range(6))
def test_no_variances_nearby_fit_better(seed, criterion):
    sample = Written(seed)
    fit = fit_crossed(sample.sums(), criterion=criterion)
    best = sample.deviance(dict(fit.ratios), criterion)
    assert fit.deviance == pytest.approx(best, abs=1e-7)
    for name, ratio in fit.ratios.items():
        for moved in (ratio * 1.02 + 1e-3, max(ratio * 0.98 - 1e-3, 0.0)):
            assert sample.deviance({**fit.ratios, name: moved}, criterion) >= best - 1e-8


@pytest.mark.parametrize("begun", [1e-3, 0.2, 50.0])
def test_where_the_search_begins_does_not_matter(begun):
    for seed in range(6):
        sums = Written(seed).sums()
        usual = fit_crossed(sums)
        other = fit_crossed(sums, start=dict.fromkeys(usual.ratios, begun))
        assert other.deviance == pytest.approx(usual.deviance, abs=1e-7)
        assert dict(other.sd) == pytest.approx(dict(usual.sd), abs=1e-4)


def test_absorbed_people_are_fixed_columns():
    sample = Written(4)
    ratios = {"manager": 0.5, "team": 0.2, "person": np.inf}
    fit = fit_crossed(absorb(sample.sums()), held=ratios)
    # The same with a column for every person but the first.
    sample.design = np.column_stack([sample.design, sample.z["person"][:, 1:]])
    finite = {**ratios, "person": 0.0}
    effects, spread = sample.predictions(finite)
    for name in ("manager", "team"):
        assert fit.effects[name] == pytest.approx(effects[name], abs=1e-10)
        ours = fit.prediction_variance(name) / fit.residual_sd**2
        assert ours == pytest.approx(spread[name], abs=1e-9)
    assert fit.df == 70 - 15 - 1
    assert fit.aliased == ("intercept",)
    assert fit.fixed.keys() == {"covariate"}


def test_absorbing_is_the_limit_of_a_large_variance():
    sums = Written(5).sums()
    ratios = {"manager": 0.5, "team": 0.2}
    absorbed = fit_crossed(absorb(sums), held={**ratios, "person": np.inf})
    large = fit_crossed(sums, held={**ratios, "person": 1e7})
    assert absorbed.effects["manager"] == pytest.approx(large.effects["manager"], abs=1e-6)


def test_balanced_grades_have_a_closed_form():
    """Three managers grade the same four people: REML is the analysis of variance."""
    table = np.array([[0.7, 0.6, 0.5, 0.4], [0.9, 0.7, 0.8, 0.6], [0.5, 0.3, 0.5, 0.3]])
    manager, person = (labels.ravel() for labels in np.indices(table.shape))
    fit = fit_crossed(sum_rows(table.ravel(), {"manager": manager, "person": person}))
    rows, columns = table.mean(axis=1), table.mean(axis=0)
    left = table - rows[:, None] - columns + table.mean()
    residual = (left**2).sum() / (2 * 3)
    of_managers = (4 * rows.var(ddof=1) - residual) / 4
    of_people = (3 * columns.var(ddof=1) - residual) / 3
    assert fit.residual_sd**2 == pytest.approx(residual, rel=1e-5)
    assert fit.sd["manager"] ** 2 == pytest.approx(of_managers, rel=1e-5)
    assert fit.sd["person"] ** 2 == pytest.approx(of_people, rel=1e-5)
    shrunken = (rows - table.mean()) * of_managers / (of_managers + residual / 4)
    assert fit.effects["manager"] == pytest.approx(shrunken, rel=1e-5)


def test_shrinkage_of_unequal_groups_follows_their_sizes():
    """One factor, held ratio g: an effect is n g / (1 + n g) of its group's mean residual."""
    grade = np.array([0.9, 0.8, 0.4, 0.5, 0.6, 0.2])
    group = np.array([0, 0, 1, 1, 1, 2])
    fit = fit_crossed(sum_rows(grade, {"manager": group}), held={"manager": 0.5})
    n = np.array([2, 3, 1])
    keep = n / (1 + 0.5 * n)
    means = np.array([0.85, 0.5, 0.2])
    level = (keep * means).sum() / keep.sum()
    assert fit.fixed["intercept"] == pytest.approx(level)
    assert fit.effects["manager"] == pytest.approx(0.5 * keep * (means - level))


def test_the_order_of_rows_and_the_names_of_levels_do_not_matter():
    sample = Written(6)
    fit = fit_crossed(sample.sums())
    order = np.random.default_rng(0).permutation(len(sample.grade))
    names = np.array(["f", "c", "a", "e", "b", "d"])
    again = fit_crossed(
        sum_rows(
            sample.grade[order],
            {
                "team": sample.labels["team"][order],
                "person": sample.labels["person"][order],
                "manager": names[sample.labels["manager"]][order],
            },
            fixed={"covariate": sample.covariate[order]},
            weights=sample.weights[order],
        )
    )
    assert again.deviance == pytest.approx(fit.deviance, abs=1e-8)
    assert again.sd == pytest.approx(fit.sd, rel=1e-4)
    assert again.levels["manager"].tolist() == sorted(names)
    assert again.effects["manager"] == pytest.approx(fit.effects["manager"][np.argsort(names)], abs=1e-6)  # fmt: skip


def test_a_shift_moves_the_intercept_and_a_stretch_the_rest():
    sample = Written(7)
    fit = fit_crossed(sample.sums())
    sample.grade = 1000 + 10 * sample.grade
    moved = fit_crossed(sample.sums())
    assert moved.fixed["intercept"] == pytest.approx(1000 + 10 * fit.fixed["intercept"], abs=1e-4)
    assert moved.sd == pytest.approx({name: 10 * sd for name, sd in fit.sd.items()}, rel=1e-4)
    assert moved.effects["manager"] == pytest.approx(10 * fit.effects["manager"], abs=1e-4)


def test_only_the_proportions_of_weights_matter():
    sample = Written(8)
    fit = fit_crossed(sample.sums())
    sample.weights = 4 * sample.weights
    heavier = fit_crossed(sample.sums())
    assert heavier.sd == pytest.approx(fit.sd, rel=1e-4)
    assert heavier.residual_sd == pytest.approx(2 * fit.residual_sd, rel=1e-4)
    assert heavier.effects["person"] == pytest.approx(fit.effects["person"], abs=1e-6)
    assert heavier.deviance == pytest.approx(fit.deviance, abs=1e-6)


def test_a_grade_given_twice_is_one_grade_of_weight_two():
    sample = Written(9)
    sample.weights = np.full(len(sample.grade), 2.0)
    ratios = {"manager": 0.5, "person": 1.3, "team": 0.2}
    once = fit_crossed(sample.sums(), held=ratios)
    twice = fit_crossed(
        sum_rows(
            np.tile(sample.grade, 2),
            {name: np.tile(labels, 2) for name, labels in sample.labels.items()},
            fixed={"covariate": np.tile(sample.covariate, 2)},
        ),
        held=ratios,
    )
    for name in LEVELS:
        assert twice.effects[name] == pytest.approx(once.effects[name], abs=1e-10)
    assert twice.solution.residual == pytest.approx(once.solution.residual)


def test_it_does_not_matter_which_factor_is_eliminated():
    sample = Written(10)
    fits = [
        fit_crossed(sum_rows(sample.grade, sample.labels, eliminate=name), criterion="ML")
        for name in LEVELS
    ]
    for fit in fits[1:]:
        assert fit.deviance == pytest.approx(fits[0].deviance, abs=1e-7)
        for name in LEVELS:
            ours, theirs = fit.conditional_variance(name), fits[0].conditional_variance(name)
            assert ours == pytest.approx(theirs, rel=1e-3, abs=1e-9)


def test_a_small_and_a_large_company_are_summed_to_the_same_bits(monkeypatch):
    sums = Written(5, n=400).sums()
    shrink = np.random.default_rng(5).uniform(0, 1, sums.counts.size)
    small = eliminate(sums, shrink)
    monkeypatch.setattr(equations, "SMALL", 0)
    assert eliminate(sums, shrink).tobytes() == small.tobytes()


def test_a_column_said_before_is_left_out_and_named():
    sample = Written(11)
    half = (np.arange(len(sample.grade)) % 2).astype(float)
    fixed = {"even": 1 - half, "odd": half, "covariate": sample.covariate}
    fit = fit_crossed(sum_rows(sample.grade, sample.labels, fixed=fixed))
    assert fit.aliased == ("odd",)
    assert list(fit.fixed) == ["intercept", "even", "covariate"]


def test_at_the_best_variances_the_deviance_is_flat_or_rises_from_zero():
    """300 small tables of up to three factors, many with variances of 0 or hardly any residual."""
    chance = np.random.default_rng(5)
    told = 0
    for _ in range(300):
        n = int(chance.integers(12, 60))
        names = ["manager", "person", "team"][: int(chance.integers(1, 4))]
        factors = {name: chance.integers(0, int(chance.integers(2, 9)), n) for name in names}
        effects = [chance.choice([0, 0.3]) * chance.normal(size=9)[factors[name]] for name in names]
        try:
            fit = fit_crossed(sum_rows(chance.normal(size=n) + np.sum(effects, axis=0), factors))
        except ModelError:
            continue
        told += 1
        for name, slope in gradient(fit.solution, fit.inverse).items():
            ratio = fit.ratios[name]
            assert slope > -1e-3 if ratio == 0 else abs(slope) * np.sqrt(ratio) < 1e-2
    assert told > 290
