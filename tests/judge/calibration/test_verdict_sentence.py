"""The one sentence at the head of the comparison."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from okrkit.judge.calibration.result import ManagerVerdict, Tier
from okrkit.judge.calibration.summary import verdict_sentence

UP, SAME, OPEN = (
    ManagerVerdict.MORE_GENEROUS,
    ManagerVerdict.NO_MATERIAL_DIFFERENCE,
    ManagerVerdict.CANNOT_TELL,
)


@pytest.mark.parametrize(
    ("verdicts", "end"),
    [
        ([UP, OPEN, OPEN], "; for two the data cannot tell."),
        ([UP, SAME, SAME], "; for two there is no material difference."),
        ([UP, SAME, OPEN], "; for one there is no material difference, and for one the data cannot tell."),
    ],
)  # fmt: skip
def test_what_nobody_is_told_is_left_out(verdicts, end):
    judged = [SimpleNamespace(verdict=one) for one in verdicts]
    ruling = SimpleNamespace(stopped="", tier=Tier.SHARED_PEOPLE)
    sentence = verdict_sentence(ruling, judged)
    assert sentence.endswith(end)
    assert "none" not in sentence
