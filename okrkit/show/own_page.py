"""One manager's own grades as a page: for a reader without statistics, and for a letter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from okrkit.judge.calibration.own import Band, OwnComparison
from okrkit.judge.calibration.result import Distribution, Shown
from okrkit.judge.phrases import NO_BREAK, agree, number, percent

from .audit_page import ENVIRONMENT
from .calibration_groups import PEOPLE_TONES, TONES, span_words
from .calibration_svg import axis_for, interval, signed
from .svg import at

STYLE = Path(__file__).resolve().parent / "assets" / "own.css"
OF_PEOPLE: Mapping[Distribution, str] = {
    Distribution.HIGHER: "The grades of your people lie higher than the pooled level. That is "
    "about the grades, not about you: a strong team, an easy year and a more generous manager look "
    "alike here.",
    Distribution.LOWER: "The grades of your people lie lower than the pooled level. That is about "
    "the grades, not about you: a weak team, a hard year and a more severe manager look alike "
    "here.",
    Distribution.SIMILAR: "The grades of your people do not clearly lie higher or lower than the "
    "pooled level. That is about the grades, not about you: how strong a team is, how hard a year "
    "and how generous or severe a manager cannot be told apart here.",
    Distribution.TOO_FEW: "Too few of your people or grades to say whether these grades lie higher "
    "or lower.",
}

COMPARABLE = (
    "A comparable grade is a grade as it would be at the pooled level: where grades would lie if "
    "all managers graded alike."
)
CANNOT = (
    "It cannot say which grade is right, how good a manager you are, or how good your people are."
)
QUESTION = "It is a question to talk about. Grades are not changed by it."
TALK = (
    "HR. They see this comparison with the names of all managers; you see your own grades, and no "
    "other manager’s figures. Bring what explains your grades: the targets, the year, the people."
)
BANDS = (
    "Shares of the grades given. Grades stand together in bands wide enough that no other "
    "manager’s can be told."
)


@dataclass(frozen=True)
class BandRow:
    """Grades of one band: how many are the reader's, and the shares beside each other."""

    grades: str
    count: str
    own: str
    own_bar: Markup
    others: str  #: empty when hidden
    others_bar: Markup


@dataclass(frozen=True)
class Picture:
    """An interval as a drawing, with what it is of."""

    of: str
    drawing: Markup
    difference: str
    span: str


def own_page(own: OwnComparison) -> Markup:
    """The inside of the page; nothing on it is of another manager, person or team.

    Examples
    --------
    >>> from okrkit.judge.calibration.own import own_comparison
    >>> from okrkit.judge.calibration.run import run_calibration
    >>> from okrkit.tables import empty_tables
    >>> nobody = own_comparison(run_calibration(empty_tables()), "")
    >>> "There are no grades of yours" in own_page(nobody)
    True
    """
    text = ENVIRONMENT.get_template("own.html.j2").render(
        own=own,
        facts=own_facts(own),
        grades_title=grades_title(own),
        grades_note=grades_note(own),
        limits=own_limits(own),
        talk=TALK,
        rows=band_rows(own),
        picture=own_picture(own),
        of_people="" if own.distribution is None else OF_PEOPLE[own.distribution],
        material=f"{own.standard.practical_difference:.2f}",
    )
    return Markup(text)  # noqa: S704 - the template escapes


def own_unread() -> Markup:
    """The page when the records cannot be read: which place is wrong would tell of others."""
    return Markup(ENVIRONMENT.get_template("own_unread.html.j2").render())  # noqa: S704


def own_style() -> str:
    """The page's own styles; they need those of `stylesheet`."""
    return STYLE.read_text(encoding="utf-8")


def own_limits(own: OwnComparison) -> tuple[str, ...]:
    """What the comparison can and cannot say to this manager, as sentences."""
    return tuple(filter(None, (COMPARABLE, CANNOT, QUESTION, own.told.can, own.told.settle)))


def grades_title(own: OwnComparison) -> str:
    """What stands above the grades: whether others' stand beside them."""
    beside = any(band.others is not None for band in own.bands)
    return "Your grades beside those of all others" if beside else "The grades you gave"


def grades_note(own: OwnComparison) -> str:
    """What the shares are, or why the others' are not shown."""
    beside = any(band.others is not None for band in own.bands)
    return own.hidden or (BANDS if beside else "")


def own_facts(own: OwnComparison) -> list[tuple[str, str]]:
    """How many grades and people, and the mean; empty without a grade."""
    if own.n is None or own.mean is None:
        return []
    facts = [(number(own.n), f"{agree(own.n, 'grade', 'grades')} of yours")]
    if own.n_people:
        facts.append((number(own.n_people), agree(own.n_people, "person", "people")))
    return [*facts, (f"{own.mean:.2f}", "their mean, from 0 to 1")]


def band_rows(own: OwnComparison) -> list[BandRow]:
    """The grades by band, the own ones beside those of all others."""
    total = sum(band.own for band in own.bands)
    shares = [band.own / total for band in own.bands] if total else []
    pooled = [(band.others or 0) / 100 for band in own.bands]
    most = max([*shares, *pooled], default=1.0)
    return [
        BandRow(
            grades=_grades(band),
            count=number(band.own),
            own=percent(share),
            own_bar=_bar("mine", share / most),
            others=_others(band),
            others_bar=_bar("all", pool / most),
        )
        for band, share, pool in zip(own.bands, shares, pooled, strict=False)
    ]


def _grades(band: Band) -> str:
    """`0.5`, or `0.0 to 0.4`."""
    if band.low == band.high:
        return f"{band.low:.1f}"
    return f"{band.low:.1f}{NO_BREAK}to{NO_BREAK}{band.high:.1f}"


def _others(band: Band) -> str:
    if band.others is None:
        return ""
    return f"under 1{NO_BREAK}%" if band.others == 0 else f"{band.others}{NO_BREAK}%"


def _bar(name: str, share: float) -> Markup:
    """A bar; the number stands beside it."""
    return Markup(
        '<svg class="{}" width="100%" height="10" aria-hidden="true" focusable="false">'
        '<rect width="{}" height="10"/></svg>'
    ).format(name, at(share))


def own_picture(own: OwnComparison) -> Picture | None:
    """The interval of the verdict, else of the grades of the manager's people."""
    limit = own.standard.practical_difference
    if own.difference is not None and own.verdict is not None:
        tone = TONES[own.verdict][0]
        return _drawn("Your grades, for comparable work", own.difference, tone, limit)
    if own.people is not None and own.distribution is not None:
        tone = PEOPLE_TONES[own.distribution][0]
        return _drawn("The grades of your people, as they are", own.people, tone, limit)
    return None


def _drawn(of: str, shown: Shown, tone: str, limit: float) -> Picture:
    difference = "" if tone == "cannot" else signed(shown.difference)
    span = span_words(shown)
    words = f"{of}: {difference}, {span}" if difference else f"{of}: {span}"
    drawing = interval(shown, axis_for([shown], limit), tone, words)
    return Picture(of, drawing, difference, span)
