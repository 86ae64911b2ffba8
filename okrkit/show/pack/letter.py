"""A manager's letter: the own grades beside everybody's, and nobody else's figures."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterable

from okrkit import __version__
from okrkit.brand import Brand
from okrkit.judge.calibration.own import OwnComparison
from okrkit.judge.phrases import shortened
from okrkit.show.audit_page import VERDICTS
from okrkit.show.own_page import (
    OF_PEOPLE,
    TALK,
    band_rows,
    grades_note,
    grades_title,
    own_facts,
    own_limits,
    own_picture,
)

from .content import Cell, Chart, Kind, Number, Pack, Section, Series, Table, count, share

CONFIDENTIAL = "Confidential: for the manager it is written to, and HR."
PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)  # no files on Windows


def letter(own: OwnComparison, *, inputs: str, brand: Brand | None = None) -> Pack:
    """What one manager may see of a comparison, as sections; a refusal is a letter that says why.

    Examples
    --------
    >>> from okrkit.judge.calibration.own import own_comparison
    >>> from okrkit.judge.calibration.run import run_calibration
    >>> from okrkit.tables import empty_tables
    >>> own = own_comparison(run_calibration(empty_tables()), "M01")
    >>> letter(own, inputs="0" * 16).verdict
    'There are no grades of yours in these records.'
    """
    who = f"{own.name} ({own.manager})" if own.name else own.manager
    return Pack(
        name="letter",
        title=f"Letter to {shortened(who)}",
        client=own.client,
        as_of=own.as_of,
        cycles=(),
        standard=own.standard.version,
        version=__version__,
        inputs=inputs,
        verdict=own.told.sentence,
        facts=tuple(own_facts(own)),
        sections=(
            _why(own),
            _grades(own),
            _sure(own),
            Section("limits", "What this can and cannot say", own_limits(own)),
            _talk(own),
        ),
        brand=brand or Brand(),
        confidential=CONFIDENTIAL,
    )


def letter_names(managers: Iterable[str]) -> dict[str, str]:
    """A file's name for each id: the id itself where it is safe on every system, else made safe.

    Ids that differ only by case, or whose unsafe signs are replaced, get a piece of their hash.

    >>> letter_names(["P004", "../etc", "con", "p1", "P1"])["P004"]
    'P004'
    >>> letter_names(["../etc"])["../etc"]
    'etc-f7f9121f'
    """
    ids = list(managers)
    folded = [one.casefold() for one in ids]
    return {
        one: one if _is_safe(one) and folded.count(one.casefold()) == 1 else _made_safe(one)
        for one in ids
    }


def _is_safe(manager: str) -> bool:
    return bool(PLAIN.fullmatch(manager)) and not RESERVED.fullmatch(manager)


def _made_safe(manager: str) -> str:
    kept = re.sub(r"[^A-Za-z0-9]+", "-", manager).strip("-")[:40] or "letter"
    return f"{kept}-{hashlib.sha256(manager.encode()).hexdigest()[:8]}"


def _why(own: OwnComparison) -> Section:
    innocent = f"What else could explain it: {own.told.innocent}" if own.told.innocent else ""
    told = tuple(filter(None, (own.told.why, innocent)))
    return Section("why", "What that means", told or (own.told.sentence,))


def _grades(own: OwnComparison) -> Section:
    title, rows = grades_title(own), band_rows(own)
    if not rows:
        return Section("grades", title, unknown=own.hidden or own.told.why or own.told.sentence)
    total = sum(band.own for band in own.bands)
    beside = any(band.others is not None for band in own.bands)
    told: list[tuple[Cell, ...]] = [
        (
            row.grades,
            share(band.own / total) if total else "",
            count(band.own),
            *([] if band.others is None else [Number(band.others / 100, row.others)]),
        )
        for row, band in zip(rows, own.bands, strict=True)
    ]
    columns = ("Grade", "Share of yours", "Yours", *(["Share of all others’"] if beside else []))
    note = grades_note(own)
    charts = _bands_chart(own) if beside and total else ()
    return Section(
        "grades",
        title,
        (note,) if note else (),
        (Table("bands", "Grade by grade", columns, tuple(told)),),
        charts,
    )


def _bands_chart(own: OwnComparison) -> tuple[Chart, ...]:
    """The share of each band, the own beside all others'."""
    rows, total = band_rows(own), sum(band.own for band in own.bands)
    mine = tuple(
        Number(band.own / total, row.own) for row, band in zip(rows, own.bands, strict=True)
    )
    others = tuple(
        Number((band.others or 0) / 100, row.others)
        for row, band in zip(rows, own.bands, strict=True)
    )
    most = math.ceil(10 * max(one.value for one in (*mine, *others))) / 10
    told = tuple(
        f"{one.words} of yours, {other.words} of all others’"
        for one, other in zip(mine, others, strict=True)
    )
    return (
        Chart(
            "bands",
            Kind.DUMBBELL,
            "Share of grades",
            tuple(row.grades for row in rows),
            (Series("All others’", others), Series("Yours", mine)),
            told,
            (0.0, most),
            how="A disc is the share of yours, a ring that of all others’.",
        ),
    )


def _sure(own: OwnComparison) -> Section:
    """The interval of the verdict, or of the grades of the manager's people."""
    title, drawn = "How sure that is", own_picture(own)
    words = [] if own.distribution is None else [OF_PEOPLE[own.distribution]]
    if drawn is None and not words:
        return Section("sure", title, unknown=own.told.why or own.told.sentence)
    if drawn is not None:
        limit = own.standard.practical_difference
        likely = f"Most likely {drawn.difference}; " if drawn.difference else ""
        low, high = drawn.span.split(" to ")
        words.insert(
            0,
            f"{drawn.of}, difference from the pooled level in grade points: {likely}95 % sure "
            f"between {low} and {high}. Up to {limit:.2f} either way a difference does not matter.",
        )
    return Section("sure", title, tuple(words))


def _talk(own: OwnComparison) -> Section:
    """Whom to talk to, and which checks of whether grades may be compared are met."""
    checked: dict[str, list[str]] = {}
    for label, verdict in own.checks:
        checked.setdefault(VERDICTS[verdict][1], []).append(label[:1].lower() + label[1:])
    told = " ".join(f"{verdict}: {', '.join(labels)}." for verdict, labels in checked.items())
    words = (TALK, *([f"Whether grades may be compared was checked. {told}"] if told else []))
    return Section("talk", "Whom to talk to", words)
