"""The audit, the comparison or a manager's letter as one HTML file: no script, no network."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import TYPE_CHECKING

from markupsafe import Markup

from okrkit.judge.audit import Audit

from .audit_page import ENVIRONMENT, PageContext, audit_page
from .calibration_page import calibration_page, calibration_part, calibration_style
from .own_page import own_page, own_style
from .shareable import Shareable, shareable
from .style import brand_style, stylesheet

if TYPE_CHECKING:
    from okrkit.judge.calibration.own import OwnComparison
    from okrkit.judge.calibration.result import Calibration
    from okrkit.judge.compare import Comparison


def render_report(
    audit: Audit,
    *,
    context: PageContext | None = None,
    comparison: Comparison | None = None,
    calibration: Calibration | None = None,
) -> str:
    """The audit as the text of one HTML file; the same audit gives the same bytes.

    Clients see this report, so the comparison of managers stands in it without names, and only
    when grades allow one. `render_calibration` names managers, for HR.

    Examples
    --------
    >>> from okrkit.judge.audit import run_audit
    >>> from okrkit.tables import empty_tables
    >>> render_report(run_audit(empty_tables()))[:15]
    '<!doctype html>'
    """
    around = context or PageContext(audit.client)
    parts = audit_page(audit, context=around, comparison=comparison)
    managers = Markup("")
    if calibration is not None and calibration.model is not None:
        managers = calibration_part(shareable(calibration))
    page = parts.front + managers + parts.plan + parts.back
    return _sheet("Readiness audit", page, audit, around)


def render_calibration(
    result: Calibration | Shareable,
    *,
    context: PageContext | None = None,
    more: Markup | None = None,
) -> str:
    """The comparison of managers as the text of one HTML file: for HR, or what is shareable.

    `more` stands before how each number was made.
    """
    calibration = result.calibration if isinstance(result, Shareable) else result
    around = context or PageContext(calibration.client)
    page = calibration_page(result, context=around)
    whole = page.top + page.evidence + page.judged + (more or "") + page.method
    return _sheet("Manager comparison", whole, calibration, around)


def render_own(own: OwnComparison, *, context: PageContext | None = None) -> str:
    """One manager's letter as the text of one HTML file: the own grades, nobody else's figures.

    Examples
    --------
    >>> from okrkit.judge.calibration.own import own_comparison
    >>> from okrkit.judge.calibration.run import run_calibration
    >>> from okrkit.tables import empty_tables
    >>> render_own(own_comparison(run_calibration(empty_tables()), "M01"))[:15]
    '<!doctype html>'
    """
    around = context or PageContext(own.client)
    return _sheet("Your grades beside everybody's", own_page(own), own, around)


def _sheet(
    title: str, page: Markup, result: Audit | Calibration | OwnComparison, context: PageContext
) -> str:
    base = (stylesheet(), calibration_style(), own_style(), "body { margin: 0; }")
    css = "\n".join((*base, brand_style(context.brand), _each_page(context.confidential)))
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return ENVIRONMENT.get_template("report.html.j2").render(
        title=title,
        result=result,
        context=context,
        css=Markup(css),  # noqa: S704 - our own sheet, not a client's text
        css_hash=digest,
        page=page,
    )


def _each_page(confidential: str) -> str:
    """What the head of each printed page says; our own words, nothing of a client's."""
    if not confidential:
        return ""
    words = json.dumps(confidential, ensure_ascii=False)
    return f"@page {{ @top-left {{ content: {words}; font: 700 7.5pt sans-serif; }} }}"
