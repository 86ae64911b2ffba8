"""The fits behind a comparison: people's grades, the managers themselves, and attainment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from okrkit.errors import OkrkitError
from okrkit.measure.grading.comparison import Comparison, compare
from okrkit.measure.grading.connections import Connections
from okrkit.measure.grading.crossed import CrossedFit
from okrkit.measure.grading.permuted import Deals, deal_people
from okrkit.measure.grading.posterior import separated_information
from okrkit.measure.grading.rows import Rows, fit_rows
from okrkit.measure.grading.sorting import Sorting, measure_sorting
from okrkit.measure.grading.terms import Terms

Progress = Callable[[str, float], None]
CROSSED = "managers and people crossed"
SEPARATED = "managers told from people by within-person contrasts alone"
MEASURED = "managers and people crossed, at equal measured attainment"
EXERCISE = "exercise"
LEAST_SPREAD = 0.01  # grade points; a standard may ask for no practical difference at all
PRIOR_ROWS = 10  # what the scatter of the grades counts for in that of the exercise


@dataclass(frozen=True, eq=False)
class Fits:
    """Whatever could be fitted; what could not is None."""

    people: Comparison | None = None  #: all compared grades, as they are
    own: Comparison | None = None  #: managers within connected groups, common cases included
    information: Mapping[str, float] = field(default_factory=dict)  #: by manager of `own`
    sorting: Sorting | None = None
    is_sorted: bool = False  #: whether `own` rests on within-person contrasts alone
    adjusted: Comparison | None = None  #: managers at equal measured attainment
    slope: tuple[float, float] = (0.0, 0.0)  #: rise of the grade with attainment; its error
    deals: Deals | None = None
    chance: float | None = None  #: share of deals in which managers differ at least as much
    case_scatter: float | None = None  #: sd of grades of a case, as weighed; None without cases
    refusal: str = ""  #: why nothing was fitted


@dataclass(frozen=True, eq=False)
class Crossed:
    """A crossed fit with its rows and the comparison it gives."""

    rows: Rows
    fit: CrossedFit
    comparison: Comparison
    groups: np.ndarray | None = None  #: of each manager of the fit; None is one for all


def fit_grades(
    compared: pd.DataFrame,
    exercise: pd.DataFrame,
    links: Connections,
    terms: Terms,
    tell: Progress,
) -> Fits:
    """Fit all that the compared grades can carry."""
    who = len(links.table)
    if who < terms.managers_min:
        have = {0: "No manager has", 1: "One manager has"}.get(who, f"{who} managers have")
        few = f"{have} grades that may be compared; at least {terms.managers_min} are needed."
        return Fits(refusal=few)
    tell("Comparing the grades of managers' people", 0.05)
    rows = grade_rows(compared)
    try:
        fit = fit_rows(rows)
        people = compare(fit, compared, None, CROSSED)
    except OkrkitError as error:
        return Fits(refusal=_refusal(compared, error))
    tell("Telling managers from their people", 0.2)
    first = Crossed(rows, fit, people)
    fits, dealt = _own(compared, exercise, groups_compared(links, terms), terms, first)
    tell("Holding grades against attainment", 0.4)
    adjusted, slope = _adjusted(compared, terms)
    tell("Dealing people to managers by chance", 0.45)
    dealt = dealt or first
    deals = _deals(dealt, terms, tell)
    chance = None if deals is None else deals.share_at_least(dealt.fit.sd["manager"])
    return replace(fits, people=people, adjusted=adjusted, slope=slope, deals=deals, chance=chance)


def _refusal(compared: pd.DataFrame, error: OkrkitError) -> str:
    """Why the grades cannot carry a comparison, in the words of the domain."""
    pairs = compared[["manager", "person"]].drop_duplicates()
    if compared["grade"].nunique() == 1:
        return (
            "All grades that may be compared are equal: nobody differs, and nothing can be judged."
        )
    if not compared["manager"].duplicated().any():
        return "Every manager gave one grade: the manager and the work cannot be told apart."
    if pairs["person"].nunique() == 1:
        return "All grades are of one person: there is nobody to compare with."
    if not pairs["manager"].duplicated().any():
        return "Every manager graded one person: the manager and the person cannot be told apart."
    return f"The grades cannot carry a comparison. {error}"


def grade_rows(compared: pd.DataFrame, **also: np.ndarray) -> Rows:
    """The compared grades for the model, cycle and type as fixed columns, and `also` more."""
    types = compared["type"].fillna("")
    return Rows(
        grade=compared["grade"].to_numpy(float),
        manager=compared["manager"].to_numpy(object),
        person=compared["person"].to_numpy(object),
        cycle=compared["cycle"].to_numpy(object),
        fixed={**_dummies("cycle", compared["cycle"]), **_dummies("type", types), **also},
    )


def _dummies(name: str, labels: pd.Series) -> dict[str, np.ndarray]:
    """A column for every label but the most common."""
    rest = labels.value_counts().index[1:]
    return {f"{name} {label}": labels.eq(label).to_numpy(float) for label in sorted(rest)}


def _own(
    compared: pd.DataFrame,
    exercise: pd.DataFrame,
    groups: pd.Series[int],
    terms: Terms,
    first: Crossed,
) -> tuple[Fits, Crossed | None]:
    """Managers beside those they are connected with, and the crossed fit that it starts from."""
    graded = compared[compared["manager"].isin(groups.index)]
    cases = exercise[exercise["manager"].isin(groups.index)]
    cases = cases[cases["case"].duplicated(keep=False)]
    if groups.empty:
        return Fits(), None
    case_scatter = None
    try:
        if len(cases) or len(graded) < len(compared) or groups.nunique() > 1:
            rows, fit, case_scatter = _fit_own(graded, cases, groups, first.fit.residual_sd)
            codes = groups.reindex(fit.levels["manager"]).to_numpy()
            first = Crossed(rows, fit, compare(fit, graded, codes, CROSSED), codes)
        fits, dealt = _told(first, graded, terms)
        return replace(fits, case_scatter=case_scatter), dealt
    except OkrkitError:  # these rows cannot carry a comparison of managers; people's grades can
        return Fits(), None


def groups_compared(links: Connections, terms: Terms) -> pd.Series[int]:
    """The group of each manager who is compared within it, by manager."""
    table = links.table.set_index("manager")
    least = np.where(table["group"].eq(1), terms.managers_min, terms.apart_min)
    return table.loc[table["group_size"].ge(least), "group"]


def _fit_own(
    graded: pd.DataFrame, cases: pd.DataFrame, groups: pd.Series[int], scatter: float
) -> tuple[Rows, CrossedFit, float | None]:
    """Grades and cases in one fit; each group has a level of its own, and so has the exercise.

    The last is the scatter of the cases' grades that they were weighed by.
    """
    apart = _dummies("group", graded["manager"].map(groups))
    rows = grade_rows(graded, **apart)
    if cases.empty:
        return rows, fit_rows(rows), None
    own_scatter, n = _scatter(cases)

    def of_cases(scatter: float) -> float:
        return float(np.sqrt((n * own_scatter**2 + PRIOR_ROWS * scatter**2) / (n + PRIOR_ROWS)))

    def join(scatter: float) -> Rows:
        return _with_cases(rows, cases, groups, (scatter / of_cases(scatter)) ** 2)

    scatter = fit_rows(join(scatter)).residual_sd  # once more, as the grades scatter here
    joined = join(scatter)
    return joined, fit_rows(joined), of_cases(scatter)


def _scatter(cases: pd.DataFrame) -> tuple[float, int]:
    """The residual sd of the exercise alone, and how many rows it rests on."""
    n = len(cases) - cases["manager"].nunique() - cases["case"].nunique() + 1
    try:
        return fit_rows(_case_rows(cases)).residual_sd, max(n, 0)
    except OkrkitError:
        return 0.0, 0


def _case_rows(cases: pd.DataFrame) -> Rows:
    return Rows(
        grade=cases["grade"].clip(upper=1.0).to_numpy(float),
        manager=cases["manager"].to_numpy(object),
        person=("case " + cases["case"].astype(object)).to_numpy(object),
        cycle=np.full(len(cases), EXERCISE, dtype=object),
    )


def _with_cases(rows: Rows, cases: pd.DataFrame, groups: pd.Series[int], weight: float) -> Rows:
    """Grades and cases one below the other; a case weighs as much as its smaller scatter says."""
    added = _case_rows(cases)
    none, all_ = np.zeros(len(cases)), np.ones(len(cases))
    fixed = {name: np.concatenate([column, none]) for name, column in rows.fixed.items()}
    for name in rows.fixed:
        if name.startswith("group "):
            own = cases["manager"].map(groups).eq(int(name.removeprefix("group ")))
            fixed[name] = np.concatenate([rows.fixed[name], own.to_numpy(float)])
    fixed[EXERCISE] = np.concatenate([np.zeros(len(rows.grade)), all_])
    return Rows(
        grade=np.concatenate([rows.grade, added.grade]),
        manager=np.concatenate([rows.manager, added.manager]),
        person=np.concatenate([rows.person, added.person]),
        cycle=np.concatenate([rows.cycle, added.cycle]),
        fixed=fixed,
        weights=np.concatenate([np.ones(len(rows.grade)), weight * all_]),
    )


def _told(crossed: Crossed, graded: pd.DataFrame, terms: Terms) -> tuple[Fits, Crossed]:
    """What can be told within groups; by within-person contrasts alone when people are sorted."""
    rows, fit, own, codes = crossed.rows, crossed.fit, crossed.comparison, crossed.groups
    sorting = measure_sorting(rows, fit)
    is_sorted = sorting is not None and sorting.p_value < terms.sorting_max
    # How much could be told of managers who differ as they do here, or at least materially.
    spread = max(own.posterior.typical_sd("manager"), terms.material, LEAST_SPREAD)
    information = separated_information(fit, sd=spread)
    if is_sorted:
        own = _separated(own, compare(fit_rows(rows, people_fixed=True), graded, codes, SEPARATED))
    by_manager = dict(zip(fit.levels["manager"], map(float, information), strict=True))
    fits = Fits(own=own, information=by_manager, sorting=sorting, is_sorted=is_sorted)
    return fits, crossed


def _separated(crossed: Comparison, separated: Comparison) -> Comparison:
    """The separated comparison, with the spread of people that only the crossed fit tells."""
    ordinary, fitted = crossed.fitted, separated.fitted
    told = replace(
        fitted,
        sd={**ordinary.sd, **fitted.sd},
        low={**ordinary.low, **fitted.low},
        high={**ordinary.high, **fitted.high},
    )
    return replace(separated, fitted=told)


def _deals(dealt: Crossed, terms: Terms, tell: Progress) -> Deals | None:
    """What happens when whole persons are dealt to managers by chance."""
    try:
        deals = deal_people(
            dealt.rows,
            seed=terms.seed,
            times=terms.deals,
            groups=dealt.groups,
            progress=lambda share: tell(
                "Dealing people to managers by chance", 0.45 + 0.55 * share
            ),
        )
    except OkrkitError:
        return None
    return deals if deals.times else None


def _adjusted(
    compared: pd.DataFrame, terms: Terms
) -> tuple[Comparison | None, tuple[float, float]]:
    """Managers at equal measured attainment, on the grades that have one."""
    graded = compared[compared["attainment"].notna()]
    if graded["manager"].nunique() < terms.managers_min:
        return None, (0.0, 0.0)
    rows = grade_rows(graded, attainment=graded["attainment"].to_numpy(float))
    try:
        fit = fit_rows(rows)
    except OkrkitError:
        return None, (0.0, 0.0)
    if "attainment" not in fit.fixed:  # the same for all
        return None, (0.0, 0.0)
    slope = (fit.fixed["attainment"], fit.fixed_se["attainment"])
    return compare(fit, graded, None, MEASURED), slope
