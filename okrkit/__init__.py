"""Is an organisation ready for OKRs? What people say beside what the records show.

Three lines give an audit::

    tables = okrkit.read_folder("sample_data")
    audit = okrkit.run_audit(tables)
    print(audit.verdict)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from okrkit.errors import InputError, OkrkitError, Problem, StandardError, UsageError
    from okrkit.judge.as_json import audit_to_dict
    from okrkit.judge.audit import Audit, run_audit
    from okrkit.judge.calibration.as_json import calibration_to_dict
    from okrkit.judge.calibration.result import Calibration
    from okrkit.judge.calibration.run import run_calibration
    from okrkit.judge.finding import Finding, Verdict
    from okrkit.measure.wording import measure_wording
    from okrkit.read import read_folder
    from okrkit.show.report import render_report
    from okrkit.show.workbook import write_plan
    from okrkit.standard import DEFAULT_STANDARD, Standard
    from okrkit.tables import Note, Tables
    from okrkit.widgets.audit_panel import audit_panel
    from okrkit.widgets.calibration_panel import calibration_panel

__version__ = "0.1.0"

# Loaded when first asked for: `import okrkit` costs no pandas.
_HOME = {
    "Audit": "okrkit.judge.audit",
    "Calibration": "okrkit.judge.calibration.result",
    "DEFAULT_STANDARD": "okrkit.standard",
    "Finding": "okrkit.judge.finding",
    "InputError": "okrkit.errors",
    "Note": "okrkit.tables",
    "OkrkitError": "okrkit.errors",
    "Problem": "okrkit.errors",
    "Standard": "okrkit.standard",
    "StandardError": "okrkit.errors",
    "Tables": "okrkit.tables",
    "UsageError": "okrkit.errors",
    "Verdict": "okrkit.judge.finding",
    "audit_panel": "okrkit.widgets.audit_panel",
    "audit_to_dict": "okrkit.judge.as_json",
    "calibration_panel": "okrkit.widgets.calibration_panel",
    "calibration_to_dict": "okrkit.judge.calibration.as_json",
    "measure_wording": "okrkit.measure.wording",
    "read_folder": "okrkit.read",
    "render_report": "okrkit.show.report",
    "run_audit": "okrkit.judge.audit",
    "run_calibration": "okrkit.judge.calibration.run",
    "write_plan": "okrkit.show.workbook",
}

__all__ = [
    "DEFAULT_STANDARD",
    "Audit",
    "Calibration",
    "Finding",
    "InputError",
    "Note",
    "OkrkitError",
    "Problem",
    "Standard",
    "StandardError",
    "Tables",
    "UsageError",
    "Verdict",
    "audit_panel",
    "audit_to_dict",
    "calibration_panel",
    "calibration_to_dict",
    "measure_wording",
    "read_folder",
    "render_report",
    "run_audit",
    "run_calibration",
    "write_plan",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401
    if name not in _HOME:
        raise AttributeError(f"module 'okrkit' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return __all__
