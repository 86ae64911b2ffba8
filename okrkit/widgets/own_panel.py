"""A manager's own grades as a panel: plain HTML without a widget, so the page holds no more."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from IPython.display import HTML, display

from okrkit.errors import OkrkitError
from okrkit.html import Markup, style
from okrkit.judge.calibration.own import own_comparison
from okrkit.judge.calibration.run import run_calibration
from okrkit.read import read_folder
from okrkit.show.own_page import own_page, own_style, own_unread
from okrkit.tables import Tables, empty_tables

from .audit_panel import notebook_style
from .project import has_frame


@dataclass(frozen=True, eq=False)
class OwnPanel:
    """What `own_panel` shows: the page, and no controls."""

    page: Markup

    def _ipython_display_(self) -> None:
        if not has_frame():
            display(HTML(notebook_style()))
        display(HTML(style(own_style().replace(".okr.own", ".okr.okr.own")) + self.page))


def own_panel(source: str | Path | Tables, manager: str, *, as_of: date | None = None) -> OwnPanel:
    """One manager's grades beside those of all others pooled; nobody else's figures.

    `manager` is the id in the tables. For nobody (an empty id) no record is read. When the files
    cannot be read the page says only that: where the mistake is would tell of others.

    Examples
    --------
    >>> from okrkit.tables import empty_tables
    >>> "no grades of yours" in own_panel(empty_tables(), "M01").page
    True
    """
    try:
        tables = _tables(source) if manager else empty_tables()
        standard = replace(tables.standard, deals=0)  # what chance deals tells of all, not of one
        calibration = run_calibration(tables, standard=standard, as_of=as_of)
    except OkrkitError:
        return OwnPanel(own_unread())
    return OwnPanel(own_page(own_comparison(calibration, manager)))


def _tables(source: str | Path | Tables) -> Tables:
    return source if isinstance(source, Tables) else read_folder(Path(source))
