"""Invented companies that once were refused for no reason of theirs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from okrkit.judge.calibration.run import grading_of
from okrkit.standard import DEFAULT_STANDARD

from .company import BY_NAME, invent  # noqa: TID252


def test_variances_settle_where_the_average_information_overstates_the_curve():
    company = invent(BY_NAME["S9"], np.random.default_rng([20261122, *b"S9", 100]))
    grading = grading_of(company.tables, standard=replace(DEFAULT_STANDARD, deals=0))
    assert grading.fits.own is not None
    assert grading.fits.sorting is not None
