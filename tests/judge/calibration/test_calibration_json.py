"""The keys machines rely on."""

from __future__ import annotations

import json

from okrkit.judge.calibration.as_json import calibration_to_dict

from .conftest import exercised, graded

STABLE = {
    "": {"comparable", "tier", "model", "expected_false_flags", "managers", "refused"},
    "comparable": {"check", "verdict", "claim"},
    "model": {"method", "criterion", "residual_sd", "sd"},
    "managers": {
        "manager", "group", "n", "n_people", "mean", "difference", "low", "high",
        "probability_material", "distribution", "verdict", "why",
    },
    "refused": {"what", "why"},
}  # fmt: skip


def test_every_promised_key_is_there(calibrated, root):
    lean = {0: 0.25}
    found = calibrated(grades=graded(8, 6, 3, lean=lean), exercise=exercised(6, 12, lean=lean))
    values = json.loads(json.dumps(calibration_to_dict(found), allow_nan=False))
    parts = {"": values, "model": values["model"]}
    parts |= {name: values[name][0] for name in ("comparable", "managers", "refused")}
    architecture = (root / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for name, keys in STABLE.items():
        assert keys <= set(parts[name])
        assert all(key in architecture for key in keys)
    assert set(values["model"]["sd"]) == {"manager", "person"}
    assert values["tier"] == "a"


def test_what_cannot_be_told_is_null(calibrated):
    found = calibrated(grades=graded(8, 6, 3).drop(columns="person"))
    values = calibration_to_dict(found)
    assert values["model"] is None
    one = values["managers"][0]
    assert (one["difference"], one["low"], one["high"], one["n_people"]) == (None,) * 4
    assert (one["n"], one["verdict"], one["distribution"]) == (18, "cannot_tell", "too_few")
