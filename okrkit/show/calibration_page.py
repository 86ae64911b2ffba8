"""The comparison of managers as a page: comparable, what can be told, who grades how, how sure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from okrkit.judge.calibration.result import Calibration, ManagerVerdict, Tier
from okrkit.judge.calibration.words import about
from okrkit.judge.phrases import number, percent

from .audit_page import ENVIRONMENT, PageContext
from .calibration_groups import TONES, people_rows, trace_rows, verdict_axis, verdict_groups
from .calibration_method import CAN_SAY, WITH_NAMES, WITHOUT_NAMES, cannot_say, method_rows
from .calibration_svg import scale_marks, share_bar
from .shareable import Shareable

STYLE = Path(__file__).resolve().parent / "assets" / "calibration.css"
VERDICT_ORDER = (
    ManagerVerdict.MORE_SEVERE,
    ManagerVerdict.MORE_GENEROUS,
    ManagerVerdict.NO_MATERIAL_DIFFERENCE,
    ManagerVerdict.CANNOT_TELL,
)
FAR = 0.10  #: grade points from which a manager counts as far out in docs/honesty.md
FAR_HELD, FAR_HELD_HEAVY = 0.79, 0.62  #: of their intervals there, in S1 and in S6
RUNGS = {"used": "on", "not used": "no", "does not apply": "no"}


@dataclass(frozen=True)
class CalibrationPage:
    """The page in the parts that change together, escaped."""

    top: Markup  #: the verdict and its facts
    evidence: Markup  #: comparable? what can be told? how much is the manager?
    judged: Markup  #: who grades how, the grades themselves, how sure
    method: Markup  #: what this can and cannot say, how each number was made, the standard

    def whole(self) -> Markup:
        """All parts, one after the other."""
        return self.top + self.evidence + self.judged + self.method


def calibration_page(
    result: Calibration | Shareable, *, context: PageContext, asked: float | None = None
) -> CalibrationPage:
    """The inside of the page, for HR or, given what is shareable, for others.

    `asked` is the client's own limit for a material difference when `result` was judged with
    another one: the page then says "what if".
    """
    shared = isinstance(result, Shareable)
    calibration = result.calibration if isinstance(result, Shareable) else result
    counts = result.counts if isinstance(result, Shareable) else {}
    around = {
        "c": calibration,
        "context": context,
        "shared": shared,
        "counts": [(one, counts[one]) for one in VERDICT_ORDER if counts.get(one)],
        "others": result.others if isinstance(result, Shareable) else 0,
        "asked": asked,
        "judges": calibration.tier is not Tier.NOTHING,
        "tones": TONES,
        "material": f"{calibration.standard.practical_difference:.2f}",
    }
    return CalibrationPage(
        top=_part("top", **around),
        evidence=_part("evidence", **around, rungs=RUNGS, bar=share_bar(calibration.shares)),
        judged=_part("judged", **around, **_judged(calibration, shared=shared)),
        method=_part(
            "method",
            **around,
            can_say=CAN_SAY,
            cannot_say=cannot_say(calibration.standard),
            use=WITHOUT_NAMES if shared else WITH_NAMES,
            rows=method_rows(calibration),
            trace=trace_rows(calibration.managers),
        ),
    )


def calibration_part(shared: Shareable) -> Markup:
    """The comparison as a part of the audit's report, which clients see: without names."""
    calibration = shared.calibration
    return _part(
        "part",
        c=calibration,
        shared=True,
        tones=TONES,
        counts=[(one, shared.counts[one]) for one in VERDICT_ORDER if shared.counts.get(one)],
        others=shared.others,
        bar=share_bar(calibration.shares),
        rungs=RUNGS,
        sure=sure_rows(calibration),
    )


def desk_markup(least: float, most: float, *, names: bool) -> Markup:
    """Controls around the page, its parts still empty: view (`names` if offered), what-if, find."""
    return _part("desk", least=least, most=most, names=names)


def calibration_style() -> str:
    """The page's own styles; they need those of `stylesheet`."""
    return STYLE.read_text(encoding="utf-8")


def sure_rows(calibration: Calibration) -> list[tuple[str, str, str]]:
    """Question, answer and explanation of how sure the comparison is."""
    expected, chance = calibration.expected_false_flags, calibration.permuted
    wrong = calibration.expected_false_names
    rows = []
    if expected is not None:
        deals = "deals" if chance is None else f"{number(chance.times)} deals"
        told = f"Managers flagged though all grade alike: the mean over {deals} by chance."
        rows.append(("With equal managers we would flag", about(expected), told))
    if wrong is not None:
        told = (
            "Each may be named wrongly, with the chance that the difference is not material; here "
            "these chances are added up. The rule keeps them at "
            f"{percent(calibration.standard.false_flags_max)} of those named or below."
        )
        rows.append(("Of those named, wrongly named", about(wrong), told))
    if chance is not None:
        told = (
            f"Whole people were dealt to managers by chance {number(chance.times)} times (seed "
            f"{chance.seed}); {percent(chance.runs_with_flags)} of the deals flagged anybody."
        )
        share = f"{percent(chance.p_value)} of deals"
        rows.append(("Managers differ at least as much in", share, told))
    if calibration.model is not None:
        told = (
            "What neither the manager nor the person explains, as a standard deviation in grade "
            "points. Few grades cannot average it out."
        )
        spread = f"{calibration.model.residual_sd:.2f}"
        rows.append(("A grade lies off what is explained by about", spread, told))
    if calibration.model is not None:
        told = (
            "Not in 95 %. Intervals are drawn toward the pooled level: right on average, too far "
            f"for the few who truly lie {FAR:.2f} or more from it, who are then farther out than "
            f"shown. Found on invented companies; {percent(FAR_HELD_HEAVY)} where most managers "
            "are alike and a few far out."
        )
        share = f"{percent(FAR_HELD)} of cases"
        rows.append(("The intervals of managers far out hold in", share, told))
    told = f"Your standard: {_reason('practical_difference', calibration)}"
    material = f"{calibration.standard.practical_difference:.2f}"
    return [*rows, ("A difference is material above", material, told)]


def _judged(calibration: Calibration, *, shared: bool) -> Mapping[str, object]:
    groups = verdict_groups(calibration)
    first, others = ((), ()) if shared else people_rows(calibration)
    return {
        "groups": groups,
        "marks": scale_marks(verdict_axis(calibration)),
        "people_first": first,
        "people_others": others,
        "sure": sure_rows(calibration),
    }


def _reason(name: str, calibration: Calibration) -> str:
    reasons = {one: reason for one, reason, _ in calibration.standard.settings()}
    return reasons[name]


def _part(name: str, **values: object) -> Markup:
    text = ENVIRONMENT.get_template(f"calibration/{name}.html.j2").render(**values)
    return Markup(text)  # noqa: S704 - the template escapes
