"""The comparison as plain values with stable keys, for machines."""

from __future__ import annotations

from typing import Any

from .result import Calibration, Check, ComparedManager, Evidence, Model, Permuted, Refusal, Shown


def calibration_to_dict(calibration: Calibration) -> dict[str, Any]:
    """The comparison with the keys of `okrkit calibrate --json`; what is unknown is None.

    A manager's `difference`, `low`, `high` and `probability_material` are what `verdict` rests on;
    `people` holds the same of what `distribution` rests on. In tier d no verdict is given: there
    the two are one, and speak of the grades of a manager's people alone, whatever the reason.
    Numbers are grade points.

    Examples
    --------
    >>> from okrkit.judge.calibration.run import run_calibration
    >>> from okrkit.tables import empty_tables
    >>> found = calibration_to_dict(run_calibration(empty_tables()))
    >>> found["tier"], found["managers"], found["model"]
    ('d', [], None)
    """
    return {
        "client": calibration.client,
        "as_of": None if calibration.as_of is None else calibration.as_of.isoformat(),
        "cycles": list(calibration.cycles),
        "standard": calibration.standard.version,
        "practical_difference": calibration.standard.practical_difference,
        "verdict": calibration.verdict,
        "facts": [{"number": number, "text": text} for number, text in calibration.facts],
        "comparable": [_check(check) for check in calibration.comparable],
        "tier": calibration.tier.value,
        "told": calibration.told,
        "ladder": [_evidence(one) for one in calibration.ladder],
        "settle": calibration.settle,
        "model": None if calibration.model is None else _model(calibration.model),
        "shares": [
            {"of": label, "share": share, "low": low, "high": high}
            for label, share, low, high in calibration.shares
        ],
        "expected_false_flags": calibration.expected_false_flags,
        "expected_false_names": calibration.expected_false_names,
        "permuted": None if calibration.permuted is None else _permuted(calibration.permuted),
        "sorting": calibration.sorting,
        "pooled": calibration.pooled,
        "managers": [_manager(one) for one in calibration.managers],
        "refused": [_refusal(one) for one in calibration.refused],
        "notes": [note.to_dict() for note in calibration.notes],
    }


def _check(check: Check) -> dict[str, Any]:
    return {
        "check": check.check,
        "label": check.label,
        "verdict": check.verdict.value,
        "claim": check.claim,
        "count": check.count,
        "n": check.n,
    }


def _evidence(one: Evidence) -> dict[str, Any]:
    return {"tier": one.tier.value, "label": one.label, "status": one.status, "claim": one.claim}


def _model(model: Model) -> dict[str, Any]:
    return {
        "method": model.method,
        "criterion": model.criterion,
        "residual_sd": model.residual_sd,
        "sd": dict(model.sd),
        "low": dict(model.low),
        "high": dict(model.high),
        "n": model.n,
        "n_managers": model.n_managers,
        "n_people": model.n_people,
    }


def _permuted(permuted: Permuted) -> dict[str, Any]:
    names = ("times", "seed", "p_value", "flags", "runs_with_flags")
    return {name: getattr(permuted, name) for name in names}


def _manager(one: ComparedManager) -> dict[str, Any]:
    return {
        "manager": one.manager,
        "name": one.name,
        "team": one.team,
        "group": one.group,
        "n": one.n,
        "n_people": one.n_people,
        "mean": one.mean,
        **_shown(one.estimate),
        "distribution": one.distribution.value,
        "verdict": one.verdict.value,
        "why": one.why,
        "innocent": one.innocent,
        "information": one.information,
        "people": None if one.people is None else _shown(one.people),
        "counts": [{"grade": grade, "count": count} for grade, count in one.counts],
        "expected": list(one.expected),
    }


def _shown(shown: Shown | None) -> dict[str, Any]:
    names = ("difference", "low", "high", "low80", "high80", "probability_material")
    return {name: None if shown is None else getattr(shown, name) for name in names}


def _refusal(one: Refusal) -> dict[str, Any]:
    return {"what": one.what, "why": one.why, "managers": list(one.managers), "n": one.n}
