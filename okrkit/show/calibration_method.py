"""How each number of the comparison of managers is made: in words, by which function, from what."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from okrkit.judge.calibration.result import Calibration
from okrkit.judge.calibration.words import about, few
from okrkit.judge.phrases import number
from okrkit.standard import Standard

CAN_SAY = (
    (
        "Whether a manager’s grades differ materially from those of others, with people and cases "
        "taken into account, and how sure that is."
    ),
    (
        "Whether the grades of a manager’s people are higher or lower than the pooled level, "
        "whatever the reason."
    ),
    (
        "That nobody can tell, and what would settle it. This is a result, never a pass and "
        "never a charge."
    ),
)
WITHOUT_NAMES = (
    "This looks at individuals who grade. Names are left out; managers are called by "
    "pseudonyms, in an order that only who has all the grades could undo."
)
WITH_NAMES = (
    "This looks at individuals who grade. It is for HR, and for a talk with each manager "
    "before anything is concluded. Agree its use with the works council or the people’s "
    "representatives first."
)


def cannot_say(standard: Standard) -> tuple[str, ...]:
    """What no comparison of grades can say."""
    return (
        (
            "Why a manager differs. Harder targets, a stronger team, a harder year and a "
            "generous hand can look alike."
        ),
        (
            "Which grade is right. A comparable grade is one that another manager would likely "
            "have given, nothing more."
        ),
        (
            f"Anything about fewer than {standard.people_min} people or {standard.grades_min} "
            "grades, or across groups that share nobody."
        ),
        "What anyone should earn. Grades are input to judgement; nothing here computes pay.",
    )


@dataclass(frozen=True)
class MethodRow:
    """One number of the page and where it comes from."""

    number: str
    words: str
    here: str  #: its value or inputs on this page
    function: str  #: dotted, inside okrkit
    settings: tuple[str, ...] = ()


def method_rows(calibration: Calibration) -> tuple[MethodRow, ...]:
    """Every number of the page with its formula in words, its function, its inputs, its setting."""
    return (
        *_inputs(calibration),
        *_fit(calibration),
        *_verdicts(calibration),
        *_mistakes(calibration),
    )


def _inputs(calibration: Calibration) -> tuple[MethodRow, ...]:
    model, standard = calibration.model, calibration.standard
    n = "" if model is None else f"{number(model.n)} grades compared"
    return (
        MethodRow(
            "Grades compared",
            "One row a grade, as a fraction of its scale; above 1 counts as 1. A row is set aside "
            "for the first reason that holds: graded by oneself, another scale or cycle length "
            "than most, nobody known who was graded, one manager alone in a cycle.",
            n,
            "measure.grading.comparability.measure_comparability",
            ("scale", "self_graded_max", "computed_max"),
        ),
        MethodRow(
            "Groups that can be compared",
            "Managers are in one group when people they graded, or cases, link them. The largest "
            f"is compared from {few(standard.managers_min)} managers up, another from "
            f"{few(standard.group_min)}; nothing is compared across groups.",
            _groups(calibration),
            "measure.grading.connections.measure_connections",
            ("managers_min", "group_min"),
        ),
    )


def _groups(calibration: Calibration) -> str:
    """How many groups are compared; empty where managers are shown without their group."""
    sizes = Counter(one.group for one in calibration.managers if one.group is not None)
    standard = calibration.standard
    least = {group: standard.managers_min if group == 1 else standard.group_min for group in sizes}
    compared = sum(size >= least[group] for group, size in sizes.items())
    return f"{number(compared)} of {number(len(sizes))} compared" if sizes else ""


def _fit(calibration: Calibration) -> tuple[MethodRow, ...]:
    model = calibration.model
    if model is None:
        return ()
    spread = ", ".join(f"{name} {sd:.3f}" for name, sd in model.sd.items())
    return (
        MethodRow(
            "Spread of managers and people",
            "Crossed random intercepts for manager and person, fixed effects for cycle and type of "
            "key result, fitted by restricted maximum likelihood.",
            f"{model.method}: {spread}, rest {model.residual_sd:.3f}; "
            f"criterion {model.criterion:,.2f}",
            "measure.grading.crossed.fit_crossed",
        ),
        MethodRow(
            "Difference and its intervals",
            "The manager’s effect minus the precision-weighted mean of the comparison group; a "
            "Student t for each pair of spreads, mixed by how well the pair fits the grades.",
            f"{number(model.n_managers)} managers, {number(model.n_people)} people",
            "measure.grading.posterior.difference",
        ),
        MethodRow(
            "Separated",
            "One minus the variance of a manager’s effect, people held fixed, over the spread of "
            "managers: the share of the evidence that does not assume equal teams.",
            "by manager, below",
            "measure.grading.severity.measure_grading",
            ("separation_min",),
        ),
        MethodRow(
            "Good people with generous or severe managers",
            "Mean grades of a manager’s people are held against the separated differences; a "
            "slope above or below one is a sign of sorting (Student t, managers less two; the "
            "rarer way, below one, must be twice as unlikely).",
            "a sign" if calibration.sorting else "no sign",
            "measure.grading.sorting.measure_sorting",
            ("sorting_max",),
        ),
    )


def _verdicts(calibration: Calibration) -> tuple[MethodRow, ...]:
    standard = calibration.standard
    return (
        MethodRow(
            "Pooled level",
            "Mean grade of the comparison group, each manager by how much the grades tell.",
            "" if calibration.pooled is None else f"{calibration.pooled:.3f}",
            "measure.grading.comparison.compare",
        ),
        MethodRow(
            "P material",
            "Probability that the difference is larger than the practical difference, either way.",
            f"above {standard.practical_difference:.2f}",
            "measure.grading.posterior.Posterior.probability_beyond",
            ("practical_difference",),
        ),
        MethodRow(
            "Verdict",
            "Managers sorted by the probability of no material difference; flagged while the mean "
            "of those kept is at most the share of false flags allowed. No material difference "
            "when P material is at most no_difference_max, and still so if managers differ as "
            "widely as the upper half of what the grades allow; it takes more separated evidence "
            "than a difference does. Else cannot tell.",
            f"at most {standard.false_flags_max:.2f} of flags expected to be false",
            "judge.calibration.run.judge_grading",
            (
                "false_flags_max",
                "no_difference_max",
                "no_difference_separation_min",
                "people_min",
                "grades_min",
            ),
        ),
    )


def _mistakes(calibration: Calibration) -> tuple[MethodRow, ...]:
    chance = calibration.permuted
    expected, wrong = calibration.expected_false_flags, calibration.expected_false_names
    return (
        MethodRow(
            "Flags with equal managers",
            "Whole people, within a cycle, are dealt to managers by chance; the same rule is "
            "applied to each deal, by the ordinary model with its variances as estimated. Types "
            "are allowed for, not dealt within. The number is the mean of flags.",
            "" if expected is None or chance is None
            else f"{about(expected)} in {number(chance.times)} deals, seed {chance.seed}",
            "measure.grading.permuted.deal_people",
            ("deals", "deal_seed"),
        ),
        MethodRow(
            "Of those named, wrongly named",
            "One minus P material, added up over the managers named.",
            "" if wrong is None else about(wrong),
            "judge.calibration.run.judge_grading",
            ("false_flags_max",),
        ),
    )  # fmt: skip
