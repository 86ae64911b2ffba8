"""The one sentence a reader takes away, and the numbers below it."""

from __future__ import annotations

from collections.abc import Sequence

from okrkit.judge.phrases import agree, number

from .result import ComparedManager, ManagerVerdict, Tier
from .ruling import Ruling
from .words import few, managers

SORTED = (
    "People who earn better grades tend to sit with more generous managers. So verdicts rest only "
    "on people and cases graded by several managers, and adjusting grades may punish strong teams."
)
CROSSED = (
    "People who earn better grades tend to sit with more severe managers, so the grades of teams "
    "hide how far managers differ. Verdicts rest only on people and cases graded by several "
    "managers."
)


def sorting_sentence(ruling: Ruling) -> str:
    """A warning that people and managers do not sit together by chance; empty without a sign."""
    found = ruling.grading.fits.sorting
    if found is None or not ruling.grading.fits.is_sorted or ruling.tier is Tier.NOTHING:
        return ""
    return SORTED if found.excess > 0 else CROSSED


def verdict_sentence(ruling: Ruling, judged: Sequence[ComparedManager]) -> str:
    """The verdict, at most 35 words."""
    if not judged:
        return "No grades were given, so there is nothing to compare."
    if ruling.stopped:
        return f"Nothing can be said about {_all(len(judged))}. {ruling.stopped}"
    if ruling.tier is Tier.NOTHING:
        return (
            f"Nothing can be said about {_all(len(judged))}: a strict manager cannot be told from "
            f"a weak team. It would take {ruling.settling_words}."
        )
    verdicts = [one.verdict for one in judged]
    up, down, same, open_ = (
        verdicts.count(verdict)
        for verdict in (
            ManagerVerdict.MORE_GENEROUS,
            ManagerVerdict.MORE_SEVERE,
            ManagerVerdict.NO_MATERIAL_DIFFERENCE,
            ManagerVerdict.CANNOT_TELL,
        )
    )
    first = few(up + down)
    verb = "differs" if up + down == 1 else "differ"
    ways = [f"{few(n)} {way}" for n, way in ((up, "more generous"), (down, "more severe")) if n]
    told = f"{first[:1].upper()}{first[1:]} of {managers(len(judged))} clearly {verb}"
    told += " from the pooled level"
    told += f", {' and '.join(ways)}" if ways else ""
    rest = [f"for {few(same)} there is no material difference"] if same else []
    rest += [f"for {few(open_)} the data cannot tell"] if open_ else []
    return f"{told}; {', and '.join(rest)}." if rest else f"{told}."


def _all(count: int) -> str:
    return "the one manager" if count == 1 else f"any of {managers(count)}"


def facts(ruling: Ruling, judged: Sequence[ComparedManager]) -> tuple[tuple[str, str], ...]:
    """Numbers with what they count."""
    found, basis = ruling.grading.comparability, ruling.basis
    n, compared = len(found.known), len(found.compared)
    lines = [
        (number(n), f"{agree(n, 'grade', 'grades')} read, {number(compared)} compared"),
        (number(len(judged)), agree(len(judged), "manager", "managers")),
    ]
    people = found.compared["person"].nunique()
    if people:
        lines.append((number(people), f"{agree(people, 'person', 'people')} graded"))
    if basis is not None:
        lines.append((f"{basis.pooled:.2f}", "pooled level"))
    material = f"{ruling.standard.practical_difference:.2f}"
    return (*lines, (material, "is the least difference that counts as material"))
