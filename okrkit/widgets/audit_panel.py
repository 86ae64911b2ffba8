"""The audit as a panel: the same page in the served app and in JupyterLab."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from IPython.display import HTML, display

from okrkit.errors import InputError, Problem, StoreError
from okrkit.html import Markup, style
from okrkit.judge.audit import run_audit
from okrkit.keep.join import with_stored_answers
from okrkit.keep.plan_file import load_plan
from okrkit.read import read_folder
from okrkit.show.audit_page import PageContext, audit_page, problems_markup
from okrkit.show.style import stylesheet
from okrkit.tables import Tables

from .pack_maker import PackMaker
from .plan_editor import PlanEditor
from .project import has_frame, local_now, page_context


@dataclass(frozen=True, eq=False)
class AuditPanel:
    """What `audit_panel` shows: plain HTML, within it forms for the plan and the pack, if any."""

    page: Markup
    editor: PlanEditor | None = None
    maker: PackMaker | None = None
    back: Markup = Markup("")

    def _ipython_display_(self) -> None:
        if not has_frame():
            display(HTML(notebook_style()))
        display(HTML(self.page))
        if self.editor is not None:
            display(self.editor)
        if self.maker is not None:
            display(self.maker)
        if self.back:
            display(HTML(self.back))


def notebook_style() -> Markup:
    """The styles with each selector doubled, so that they win over JupyterLab's own for tables."""
    return style(stylesheet().replace(".okr", ".okr.okr"))


def audit_panel(source: str | Path | Tables, *, as_of: date | None = None) -> AuditPanel:
    """Audit a client's folder and show it: the verdict, both halves, killers, and the plan to fill.

    The page needs no widget to be read. The plan's entries are saved in the reader's own data
    folder and shown again next time; the client's folder is only read. For `Tables`, which have no
    folder, the plan is shown without a form. When the files cannot be read, the page lists every
    problem with its remedy instead.

    Examples
    --------
    >>> from okrkit.tables import empty_tables
    >>> audit_panel(empty_tables()).editor is None
    True
    """
    try:
        if isinstance(source, Tables):
            audit = run_audit(source, as_of=as_of)
            return AuditPanel(audit_page(audit, context=PageContext(audit.client)).whole())
        folder = Path(source)
        tables = with_stored_answers(read_folder(folder), folder, now=local_now)
        audit = run_audit(tables, as_of=as_of, plan=load_plan(folder))
    except InputError as error:
        return AuditPanel(problems_markup(error.problems))
    except StoreError as error:
        remedy = "okrkit store info FOLDER tells more; okrkit store backup keeps a copy."
        kept = Problem("the answers kept here", str(error), "answers that can be read", remedy)
        return AuditPanel(problems_markup([kept]))
    page = audit_page(audit, context=page_context(folder, audit.client))
    editor = PlanEditor(audit, folder) if audit.plan else None
    front = page.front if editor else page.front + page.plan
    return AuditPanel(front, editor, PackMaker(folder, as_of=as_of), page.back)
