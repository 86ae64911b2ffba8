"""The crossed model beside lme4 and MixedModels.jl, on data everybody has.

lme4 1.1-31 under R 4.2.2, bobyqa with rhoend 1e-12; MixedModels.jl where its own tests hold the
value. Tolerances: criterion 1e-4, standard deviations and effects 1e-4 of their size, conditional
variances 1e-3. InstEval, which is larger, is compared in benchmarks/crossed_model.py.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from okrkit.measure.grading.criterion import Criterion
from okrkit.measure.grading.crossed import CrossedFit, fit_crossed
from okrkit.measure.grading.sums import sum_rows

DATA = Path(__file__).parent / "data"


def fit(name: str, value: str, factors: list[str], criterion: Criterion = "REML") -> CrossedFit:
    frame = pd.read_csv(DATA / f"{name}.csv")
    codes = {factor: frame[factor].to_numpy() for factor in factors}
    return fit_crossed(sum_rows(frame[value].to_numpy(float), codes), criterion=criterion)


@pytest.mark.parametrize(
    ("name", "value", "criterion", "deviance", "sd", "residual"),
    [
        # MixedModels.jl test/pls.jl
        ("penicillin", "diameter", "ML", 332.1883486700085, {"plate": 0.845571948, "sample": 1.770666461}, 0.549931907),
        ("pastes", "strength", "ML", 247.9944658624955, {"sample": 2.904077936, "batch": 1.095060801}, 0.823407389),
        ("dyestuff", "yield", "ML", 327.32705988, {"batch": 37.26034462}, 49.51010346),
        ("dyestuff2", "yield", "ML", 162.87303665, {"batch": 0.0}, 3.65323135),
        # lme4; balanced data have a closed form: the sd of sample is 1.9315584
        ("penicillin", "diameter", "REML", 330.860588991, {"plate": 0.846704399, "sample": 1.9315584}, 0.549923127),
        ("pastes", "strength", "REML", 246.990745853, {"sample": 2.904077578, "batch": 1.287365189}, 0.823407545),
        ("dyestuff", "yield", "REML", 319.654276842, {"batch": 42.00059463}, 49.5101000907),
    ],
)  # fmt: skip
def test_variances_are_those_of_other_programs(name, value, criterion, deviance, sd, residual):
    result = fit(name, value, list(sd), criterion)
    assert result.deviance == pytest.approx(deviance, abs=1e-4)
    assert result.sd == pytest.approx(sd, rel=1e-4)
    assert result.residual_sd == pytest.approx(residual, rel=1e-4)


def test_a_variance_without_evidence_is_exactly_zero():
    assert fit("dyestuff2", "yield", ["batch"]).sd["batch"] == 0.0
    assert fit("dyestuff2", "yield", ["batch"], "ML").sd["batch"] == 0.0


def test_effects_and_their_variances_are_those_of_lme4():
    result = fit("penicillin", "diameter", ["plate", "sample"], "ML")
    samples = [
        2.1856597654,
        -1.0098301448,
        1.9366605516,
        -0.0968330276,
        -0.0138332897,
        -3.0018238550,
    ]
    plates = [0.8044037145, 0.8044037145, 0.1816395484, 0.3373305900, 0.0259485069, -0.4411246176]
    assert result.effects["sample"] == pytest.approx(samples, abs=1e-4)
    assert result.effects["plate"][:6] == pytest.approx(plates, abs=1e-4)
    assert result.conditional_variance("sample") == pytest.approx(0.0405159058, rel=1e-3)
    assert result.conditional_variance("plate") == pytest.approx(0.0733135965, rel=1e-3)
    assert result.fixed_se["intercept"] == pytest.approx(0.744603781, rel=1e-4)


def test_effects_of_nested_factors_are_those_of_lme4():
    result = fit("pastes", "strength", ["sample", "batch"])
    batches = [
        0.8006444316,
        -0.2725084963,
        0.7222680941,
        -0.1278137195,
        -1.5024140990,
        0.3545022031,
    ]
    samples = [1.7746868528, 0.3326509831, 1.9669583021, 0.8836557037, -2.4810946589, 0.2107056312]
    assert result.effects["batch"][:6] == pytest.approx(batches, abs=1e-4)
    assert result.effects["sample"][:6] == pytest.approx(samples, abs=1e-4)
    assert result.conditional_variance("batch") == pytest.approx(1.05779919, rel=1e-3)
    assert result.conditional_variance("sample") == pytest.approx(1.30352632, rel=1e-3)


@pytest.mark.parametrize(
    ("weighted", "deviance", "sd", "residual", "fixed", "se", "effects", "variance"),
    [
        (
            False, 1786.46508539, 37.1238271042, 30.9912338710, [251.4051048, 10.4672860], [9.746716, 0.804221],
            [40.78370989, -77.84955392, -63.10856750], [89.7882863] * 3,
        ),
        (
            True, 1796.9049374, 36.1252891730, 31.8215474191, [251.4578513, 10.2978928], [9.444578, 0.765369],
            [30.75079923, -76.44230876, -61.38299784], [82.4875399, 76.2742224, 85.9899203],
        ),
    ],
)  # fmt: skip
def test_a_fixed_column_and_weights_are_treated_as_in_lme4(
    weighted, deviance, sd, residual, fixed, se, effects, variance
):
    """lmer(reaction ~ days + (1 | subject), weights = rep(c(1, 2, 0.5), 60))."""
    frame = pd.read_csv(DATA / "sleepstudy.csv")
    sums = sum_rows(
        frame["reaction"].to_numpy(float),
        {"subject": frame["subject"].to_numpy()},
        fixed={"days": frame["days"].to_numpy(float)},
        weights=np.tile([1.0, 2.0, 0.5], 60) if weighted else None,
    )
    result = fit_crossed(sums)
    assert result.deviance == pytest.approx(deviance, abs=1e-4)
    assert result.sd["subject"] == pytest.approx(sd, rel=1e-4)
    assert result.residual_sd == pytest.approx(residual, rel=1e-4)
    assert list(result.fixed.values()) == pytest.approx(fixed, rel=1e-6)
    assert list(result.fixed_se.values()) == pytest.approx(se, rel=1e-4)
    assert result.effects["subject"][:3] == pytest.approx(effects, rel=1e-4)
    assert result.conditional_variance("subject")[:3] == pytest.approx(variance, rel=1e-3)
