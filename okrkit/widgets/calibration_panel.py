"""The comparison of managers as a panel: names or none, and a what-if that judges again at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import anywidget
import traitlets
from IPython.display import HTML, display

from okrkit.errors import InputError, UsageError
from okrkit.judge.calibration.result import Calibration, ManagerVerdict
from okrkit.judge.calibration.run import grading_of, judge_grading
from okrkit.judge.phrases import counted, number
from okrkit.measure.grading.severity import Grading
from okrkit.read import read_folder
from okrkit.show.audit_page import PageContext, problems_markup
from okrkit.show.calibration_page import calibration_page, calibration_style, desk_markup
from okrkit.show.shareable import shareable
from okrkit.tables import Tables

from .answering import trouble_of
from .audit_panel import notebook_style
from .pack_maker import PackMaker
from .project import has_frame, page_context, sees_names

ASSETS = Path(__file__).resolve().parent / "assets"
LEAST, MOST = 0.01, 0.2  #: grade points a material difference may be tried with


class CalibrationDesk(anywidget.AnyWidget):
    """The page with its controls. It measures once, when a page shows it, and then only judges.

    What the page sends is taken as anybody's word: `begin` and `judge` are all it can ask for, and
    who may not see names gets none, whatever is asked.
    """

    _esm = ASSETS / "calibration_panel.js"
    _css = (calibration_style() + (ASSETS / "calibration_panel.css").read_text("utf-8")).replace(
        ".okr.cal", ".okr.okr.cal"
    )
    desk = traitlets.Unicode().tag(sync=True)
    top = traitlets.Unicode().tag(sync=True)
    evidence = traitlets.Unicode().tag(sync=True)
    judged = traitlets.Unicode().tag(sync=True)
    method = traitlets.Unicode().tag(sync=True)
    state = traitlets.Unicode().tag(sync=True)
    progress = traitlets.Float(0.0).tag(sync=True)
    shown: traitlets.Dict[str, Any] = traitlets.Dict().tag(sync=True)

    def __init__(self, source: Path | Tables, *, as_of: date | None = None) -> None:
        self._source, self._as_of = source, as_of
        self._grading: Grading | None = None
        self._context = PageContext()
        self._names = sees_names()
        desk = desk_markup(LEAST, MOST, names=self._names)
        super().__init__(desk=str(desk), state="Reading the records …")
        self.on_msg(self._answer)

    def begin(self) -> None:
        """Read, measure and judge, telling how far it is; a second page finds it done."""
        if self.top:
            return
        try:
            tables = self._tables()
        except InputError as error:
            self.top, self.state, self.progress = str(problems_markup(error.problems)), "", 1.0
            return
        self._grading = grading_of(tables, as_of=self._as_of, progress=self._tell)
        self.judge(tables.standard.practical_difference, without_names=not self._names)
        self.state, self.progress = "", 1.0

    def judge(self, practical_difference: object, *, without_names: object) -> None:
        """Judge again with another limit for a material difference, and show that.

        Without names the standard's limit holds whatever is asked: two limits side by side would
        show the managers that one of them hides.

        Raises
        ------
        UsageError
            If the limit is no number in range, the view is neither of the two, or names are asked
            for by a visitor who may not see them.
        """
        if self._grading is None:
            raise UsageError("The comparison is not ready yet.")
        if not isinstance(without_names, bool):
            raise UsageError("The view is with or without names. Reload the page.")
        if not (without_names or self._names):
            raise UsageError("The view with names is for HR. This page shows the one without.")
        standard = self._grading.tables.standard
        own = standard.practical_difference
        asked = _limit(practical_difference, own)
        limit = own if without_names else asked
        result = judge_grading(self._grading, replace(standard, practical_difference=limit))
        shared = shareable(result)
        page = calibration_page(
            shared if without_names else result,
            context=self._context,
            asked=None if limit == own else own,
        )
        with self.hold_sync():  # one message: no page ever shows half of each view
            for part in ("top", "evidence", "judged", "method"):
                setattr(self, part, str(getattr(page, part)))
            self.shown = {"limit": limit, "standard": own, "without_names": without_names}
            told = shared.calibration.verdict if without_names else _judged_words(result)
            self.state = f"Judged with {limit:.2f}: {told}"

    def _tables(self) -> Tables:
        if isinstance(self._source, Tables):
            self._context = PageContext(self._source.standard.client)
            return self._source
        tables = read_folder(self._source)
        self._context = page_context(self._source, tables.standard.client)
        return tables

    def _tell(self, words: str, share: float) -> None:
        self.state, self.progress = f"{words} …", share

    def _answer(self, _: object, sent: object, __: object) -> None:
        """Do what the page asks for; what it cannot have is told in words."""
        if not isinstance(sent, Mapping):
            return
        if trouble := trouble_of(lambda: self._do(sent)):
            self.state, self.progress = trouble, 1.0

    def _do(self, sent: Mapping[str, object]) -> None:
        if sent.get("kind") == "begin":
            self.begin()
        elif sent.get("kind") == "judge":
            self.judge(sent.get("limit"), without_names=sent.get("without_names"))


@dataclass(frozen=True, eq=False)
class CalibrationPanel:
    """What `calibration_panel` shows."""

    desk: CalibrationDesk
    maker: PackMaker | None = None

    def _ipython_display_(self) -> None:
        if not has_frame():
            display(HTML(notebook_style()))
        display(self.desk)
        if self.maker is not None:
            display(self.maker)


def calibration_panel(
    source: str | Path | Tables, *, as_of: date | None = None
) -> CalibrationPanel:
    """Compare how a client's managers grade: for HR, with names, or shareable, without.

    The work begins when a page shows the panel, which tells how far it is. Moving the limit for a
    material difference judges again and fits nothing anew. Names stay out of a saved notebook: the
    page is made each time it is shown. The client's folder is only read.

    Examples
    --------
    >>> from okrkit.tables import empty_tables
    >>> panel = calibration_panel(empty_tables())
    >>> panel.desk.begin()
    >>> "nothing to compare" in panel.desk.top
    True
    """
    folder = source if isinstance(source, Tables) else Path(source)
    desk = CalibrationDesk(folder, as_of=as_of)
    if isinstance(folder, Tables):
        return CalibrationPanel(desk)
    first = "calibration-confidential" if sees_names() else "calibration"
    return CalibrationPanel(desk, PackMaker(folder, first=first, as_of=as_of))


def _limit(sent: object, own: float) -> float:
    """A limit as the page may ask for it: a number in range, in hundredths, or the standard's."""
    if isinstance(sent, bool) or not isinstance(sent, int | float) or sent != sent:  # noqa: PLR0124 - NaN
        raise UsageError("A material difference is a number of grade points. Reload the page.")
    if own - 1e-9 < sent < own + 1e-9:
        return own
    if not LEAST <= sent <= MOST:
        raise UsageError(f"Try a material difference from {LEAST:.2f} to {MOST:.2f} grade points.")
    return round(float(sent), 2)


def _judged_words(result: Calibration) -> str:
    """What came of judging again, for those who do not see the page change."""
    counts = Counter(one.verdict for one in result.managers)
    up, down = counts[ManagerVerdict.MORE_GENEROUS], counts[ManagerVerdict.MORE_SEVERE]
    alike, open_ = counts[ManagerVerdict.NO_MATERIAL_DIFFERENCE], counts[ManagerVerdict.CANNOT_TELL]
    return (
        f"{counted(up + down, 'manager')} clearly differ, "
        f"{number(alike)} without a material difference, {number(open_)} cannot be told."
    )
