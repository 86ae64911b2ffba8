"""Compare a client's managers: measure once, judge as often as a standard changes."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from okrkit.judge.phrases import counted
from okrkit.judge.scope import last_day
from okrkit.measure.grading.comparability import LATER
from okrkit.measure.grading.fits import Progress
from okrkit.measure.grading.severity import Grading, measure_grading
from okrkit.measure.grading.terms import Terms
from okrkit.standard import Standard
from okrkit.tables import Note, Tables

from .checks import checks
from .ladder import ladder, settle, told
from .refusals import refusals
from .result import DIFFER, Calibration, ComparedManager, Model, Permuted, Tier
from .ruling import Ruling, flagged
from .summary import facts, sorting_sentence, verdict_sentence
from .verdicts import judge_managers

SHARES = {"manager": "manager", "person": "person", "residual": "everything else"}


def run_calibration(
    tables: Tables,
    *,
    standard: Standard | None = None,
    as_of: date | None = None,
    progress: Progress | None = None,
) -> Calibration:
    """Compare how managers grade, as far as the grades allow.

    `standard` is the client's page of settings; without one, the page the tables were read with.
    Grades of cycles that end after `as_of` are not known yet; without a day all grades count.
    `progress` is called with words and a share from 0 to 1.

    Examples
    --------
    >>> from okrkit.tables import empty_tables
    >>> run_calibration(empty_tables()).verdict
    'No grades were given, so there is nothing to compare.'
    """
    page = tables.standard if standard is None else standard
    return judge_grading(grading_of(tables, standard=page, as_of=as_of, progress=progress), page)


def grading_of(
    tables: Tables,
    *,
    standard: Standard | None = None,
    as_of: date | None = None,
    progress: Progress | None = None,
) -> Grading:
    """What `run_calibration` measures before it judges; `judge_grading` judges it."""
    page = tables.standard if standard is None else standard
    last = last_day(tables)
    early = as_of is not None and (last is None or pd.Timestamp(as_of) < last)
    scale = page.scale_named(page.scale)
    terms = Terms(
        scale=page.scale if scale is None else scale.name,
        managers_min=page.managers_min,
        apart_min=page.group_min,
        material=page.practical_difference,
        sorting_max=page.sorting_max,
        deals=page.deals,
        seed=page.deal_seed,
        as_of=last if as_of is None else pd.Timestamp(as_of),
        cut=early,
    )
    return measure_grading(tables, terms, progress)


def judge_grading(grading: Grading, standard: Standard) -> Calibration:
    """Judge what was measured by a standard. Nothing is fitted again, so this takes no time."""
    ruling = Ruling(grading, standard)
    managers = judge_managers(ruling)
    day, found = grading.terms.as_of, grading.comparability
    basis = ruling.basis
    return Calibration(
        client=standard.client,
        as_of=None if day is None else day.date(),
        cycles=tuple(sorted(found.compared["cycle"].unique())),
        verdict=verdict_sentence(ruling, managers),
        facts=facts(ruling, managers),
        comparable=checks(ruling),
        tier=ruling.tier,
        told=told(ruling),
        ladder=ladder(ruling),
        settle=settle(ruling),
        model=_model(ruling),
        shares=_shares(ruling),
        expected_false_flags=None if (dealt := _flags(ruling)) is None else float(dealt.mean()),
        expected_false_names=_false_names(managers),
        permuted=_permuted(ruling, dealt),
        sorting=sorting_sentence(ruling),
        pooled=None if basis is None else basis.pooled,
        managers=managers,
        refused=refusals(ruling),
        notes=(*grading.tables.notes, *_notes(grading)),
        standard=standard,
    )


def _model(ruling: Ruling) -> Model | None:
    """The model verdicts rest on."""
    if ruling.basis is None:
        return None
    fitted = ruling.basis.fitted
    names = (
        "method",
        "criterion",
        "residual_sd",
        "sd",
        "low",
        "high",
        "n",
        "n_managers",
        "n_people",
    )
    return Model(**{name: getattr(fitted, name) for name in names})


def _shares(ruling: Ruling) -> tuple[tuple[str, float, float, float], ...]:
    """What part of the differences between grades goes with what, by the grades of all."""
    people = ruling.people
    if people is None:
        return ()
    return tuple(
        (SHARES[name], *people.fitted.shares[name])
        for name in SHARES
        if name in people.fitted.shares
    )


def _flags(ruling: Ruling) -> np.ndarray | None:
    """How many managers each deal of people by chance would flag.

    None where verdicts rest on another model than the deals do: on attainment, or on contrasts
    within people alone.
    """
    deals, basis = ruling.grading.fits.deals, ruling.basis
    apart = ruling.tier is Tier.MEASURED_ATTAINMENT or (
        ruling.grading.fits.is_sorted and ruling.tier is not Tier.NOTHING
    )
    if deals is None or basis is None or apart:
        return None
    may = ruling.enough(basis) if ruling.tier is Tier.NOTHING else ruling.candidates
    eligible = pd.Series(may, basis.table.index).reindex(deals.levels, fill_value=False).to_numpy()
    within = 1 - deals.probability_beyond(ruling.standard.practical_difference)
    most = ruling.standard.false_flags_max
    return np.array([flagged(row, eligible, most).sum() for row in within])


def _false_names(managers: tuple[ComparedManager, ...]) -> float | None:
    """Of the managers named, how many are expected not to differ materially.

    Each is named wrongly with the chance that the difference is not material, so these add up.
    None where nobody is named.
    """
    named = [one.estimate for one in managers if one.verdict in DIFFER and one.estimate is not None]
    return sum(1 - shown.probability_material for shown in named) if named else None


def _permuted(ruling: Ruling, flags: np.ndarray | None) -> Permuted | None:
    deals, chance = ruling.grading.fits.deals, ruling.grading.fits.chance
    if flags is None or deals is None or chance is None:
        return None
    return Permuted(
        times=deals.times,
        seed=deals.seed,
        p_value=chance,
        flags=float(flags.mean()),
        runs_with_flags=float((flags > 0).mean()),
    )


def _notes(grading: Grading) -> list[Note]:
    """What the comparison itself left out."""
    later = len(grading.comparability.aside(LATER))
    if not later or grading.terms.as_of is None:
        return []
    day = f"{grading.terms.as_of:%Y-%m-%d}"
    text = f"{counted(later, 'grade')} of cycles that end after {day}, not known yet"
    return [Note("left_out", text, table="grades", count=later)]
