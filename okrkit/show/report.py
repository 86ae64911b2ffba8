"""The audit as one HTML file: no script, no network, good on paper."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from markupsafe import Markup

from okrkit.judge.audit import Audit

from .audit_page import ENVIRONMENT, PageContext, audit_page
from .style import stylesheet

if TYPE_CHECKING:
    from okrkit.judge.compare import Comparison


def render_report(
    audit: Audit,
    *,
    context: PageContext | None = None,
    comparison: Comparison | None = None,
) -> str:
    """The audit as the text of one HTML file; the same audit gives the same bytes.

    Examples
    --------
    >>> from okrkit.judge.audit import run_audit
    >>> from okrkit.tables import empty_tables
    >>> render_report(run_audit(empty_tables()))[:15]
    '<!doctype html>'
    """
    around = context or PageContext(audit.client)
    css = stylesheet() + "\nbody { margin: 0; }\n"
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return ENVIRONMENT.get_template("report.html.j2").render(
        audit=audit,
        context=around,
        css=Markup(css),  # noqa: S704 - our own sheet, not a client's text
        css_hash=digest,
        page=audit_page(audit, context=around, comparison=comparison).whole(),
    )
