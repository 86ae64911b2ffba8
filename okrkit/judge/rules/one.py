"""Statement 1: one template, one scoring scale, one cycle length."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import pandas as pd

from okrkit.judge.claims import Columns, lacking, reach, rows, settled
from okrkit.judge.finding import Finding, Verdict, Where
from okrkit.judge.phrases import agree, counted, listed, number, part, sentence
from okrkit.judge.result import Done
from okrkit.judge.scope import NO_TEAM, Scope, looked_up
from okrkit.measure.uniformity import Usage, measure_cadence, measure_counts, measure_usage
from okrkit.standard import Standard

from .catalogue import blank

ADD_OBJECTIVES = "add objectives.csv (objective, title, team, cycle)"
ALONE = "One team alone cannot show what every team does."


@dataclass(frozen=True, eq=False)
class Alike:
    """Which word each team uses: the table of `Usage` with `follows`, yes for the house word."""

    table: pd.DataFrame
    house: str
    teams: tuple[str, ...]  #: teams that could record the word

    def by_team(self) -> pd.Series[bool]:
        """Whether everything a team recorded follows."""
        return self.table.groupby("team")["follows"].all()


def _house(usage: Usage, wanted: str) -> str:
    """The standard's word if any team uses it, else the most common one."""
    return wanted if usage.table["word"].eq(wanted).any() else usage.most_common


def scales(scope: Scope, standard: Standard) -> Alike:
    """The scales teams grade on."""

    def named(word: str) -> str:
        scale = standard.scale_named(word)
        return word if scale is None else scale.name

    words = scope.objectives["scale"].map(named, na_action="ignore")
    usage = measure_usage(scope.objectives.assign(scale=words), "scale")
    house = _house(usage, named(standard.scale))
    table = usage.table.assign(follows=usage.table["word"].eq(house))
    return Alike(table, house, tuple(scope.objectives["team"].unique()))


def lengths(scope: Scope, standard: Standard) -> Alike:
    """The cycle lengths of teams below company level, agreed exceptions left out.

    No team is listed when the records hold a single cycle: one cycle shows no other lengths.
    """
    below = scope.objectives["level"].ne("company")
    agreed = scope.objectives["team"].isin(standard.cycle_exceptions)
    expected = scope.objectives[below & ~agreed]
    length = looked_up(expected["cycle"], scope.tables.cycles.set_index("cycle")["length"])
    usage = measure_usage(expected.assign(length=length), "length")
    house = _house(usage, standard.cycle_length)
    table = usage.table.assign(follows=usage.table["word"].eq(house))
    several = len(_cycles_used(scope)) > 1
    return Alike(table if several else table[:0], house, tuple(expected["team"].unique()))


def _cycles_used(scope: Scope) -> pd.DataFrame:
    cycles = scope.tables.cycles
    return cycles[cycles["cycle"].isin(scope.tables.objectives["cycle"])]


def templates(scope: Scope, standard: Standard) -> Alike:
    """The templates teams write in, against those agreed for their function."""
    words = scope.objectives["template"]
    keys = words.map(lambda word: " ".join(word.casefold().split()), na_action="ignore")
    usage = measure_usage(scope.objectives.assign(template=_most_spelled(words, keys)), "template")
    word = usage.table["word"].str.casefold()
    if standard.templates:
        agreed = {key.casefold(): name.casefold() for key, name in standard.templates.items()}
        functions = scope.tables.teams.set_index("team")["function"]
        own = looked_up(usage.table["team"], functions).str.casefold().map(agreed)
        follows = word.eq(own) | own.isna() & word.isin(agreed.values())
    else:
        follows = word.eq(usage.most_common.casefold())
    table = usage.table.assign(follows=follows.astype(bool))
    return Alike(table, usage.most_common, tuple(scope.objectives["team"].unique()))


def _most_spelled(words: pd.Series, keys: pd.Series) -> pd.Series:
    """Each word as it is spelled most often among those with its key."""
    spelled = words.groupby(keys).agg(lambda same: same.mode().iloc[0])
    return keys.map(spelled)


@dataclass(frozen=True)
class _Says:
    """What teams do, for a claim: one team, many teams, the word's name, and an aside."""

    one: str
    many: str
    word: str
    aside: str = ""


def _judged(
    finding: Finding, scope: Scope, standard: Standard, alike: Alike, says: _Says
) -> Finding:
    """The finding on the share of teams that follow the house word."""
    by_team = alike.by_team()
    count, n = int(by_team.sum()), len(by_team)
    reached = reach(says.word, by_team.index, alike.teams)
    off = alike.table[~alike.table["follows"]]
    deviating = sorted(off["team"].unique())
    do = f"{listed(scope.names(deviating))} {agree(len(deviating), 'does', 'do')} not"
    claim = sentence(
        f"{part(count, n, 'team')} {agree(count, says.one, says.many)}",
        do if deviating and count else "",
        says.aside,
        reached.words(scope),
    )
    shown: Columns = {
        "Team": scope.names(off["team"]),
        "Found": off["word"],
        "Objectives": off["objectives"],
    }
    where = Where("objectives", _objectives_of(scope, deviating))
    told = replace(finding, value=count / n, count=count, n=n, claim=claim)
    told = settled(replace(told, where=where, rows=rows(shown)), standard, reached)
    return _not_alone(told)


def _not_alone(told: Finding) -> Finding:
    """The finding, left open when a single team is all there is to compare."""
    if told.verdict is Verdict.NOT_ENOUGH_DATA or (told.n or 0) > 1:
        return told
    return lacking(told, told.claim, ALONE)


def _objectives_of(scope: Scope, teams: list[str]) -> tuple[str, ...]:
    mine = scope.objectives["team"].isin(teams)
    return tuple(sorted(scope.objectives.loc[mine, "objective"]))


def _aside(what: str, wanted: str, alike: Alike) -> str:
    """A house word that is not the standard's is said to be only the most common one."""
    if alike.house == wanted:
        return ""
    return f"no team uses the standard’s {what}, {wanted}, so the most common one is taken"


def one_scale(scope: Scope, standard: Standard) -> Finding:
    """All teams grade on the house scale."""
    alike = scales(scope, standard)
    finding = blank("one_scale", standard)
    if alike.table.empty:
        none = "The records we were given do not say on which scale teams grade."
        return lacking(finding, none, "add the column scale to objectives.csv")
    on = f"on the {alike.house} scale"
    house = standard.scale_named(standard.scale)
    aside = _aside("scale", standard.scale if house is None else house.name, alike)
    says = _Says(f"grades {on}", f"grade {on}", "a scale", aside)
    return _judged(finding, scope, standard, alike, says)


def one_cycle_length(scope: Scope, standard: Standard) -> Finding:
    """All teams below company level work in cycles of one length."""
    alike = lengths(scope, standard)
    finding = blank("one_cycle_length", standard)
    used = _cycles_used(scope)
    if alike.table.empty and len(used) == 1:
        return lacking(finding, *_one_cycle(scope, used))
    if alike.table.empty:
        none = "The records we were given do not say how long the cycles of teams are."
        add = "add cycles.csv (cycle, start, end, length)"
        if len(scope.tables.cycles):
            add = "add the cycles that objectives name to cycles.csv (cycle, start, end, length)"
        return lacking(finding, none, add)
    on = f"the cycle length “{alike.house}”"
    aside = _aside("length", standard.cycle_length, alike)
    says = _Says(f"has {on}", f"have {on}", "a cycle length", aside)
    return _judged(finding, scope, standard, alike, says)


def _one_cycle(scope: Scope, used: pd.DataFrame) -> tuple[str, str]:
    """What can be said of a single known cycle, and what to add."""
    only = f"one cycle, {used['cycle'].iloc[0]} ({used['length'].iloc[0]})"
    if scope.stray:
        name = agree(scope.stray, "names", "name")
        stray = f"{counted(scope.stray, 'objective')} {name} a cycle that is not in cycles.csv"
        return (
            f"{stray}; the others are set for {only}.",
            "add the cycles that objectives name to cycles.csv (cycle, start, end, length)",
        )
    return (
        f"All objectives we were given are set for {only}.",
        "add further cycles to cycles.csv and objectives.csv (one cannot show other lengths)",
    )


def one_template(scope: Scope, standard: Standard) -> Finding:
    """All teams write in a template agreed for their function, or all in the same."""
    alike = templates(scope, standard)
    finding = blank("one_template", standard)
    if alike.table.empty:
        none = "The records we were given do not say which template teams use."
        return lacking(finding, none, "add the column template to objectives.csv")
    agreed = "a template agreed for their function"
    which = agreed if standard.templates else f"the template “{alike.house}”"
    says = _Says(f"uses {which}", f"use {which}", "a template")
    return _judged(finding, scope, standard, alike, says)


def one_cadence(scope: Scope, standard: Standard) -> Finding:
    """Most teams check in about as often as the standard asks."""
    finding = blank("one_cadence", standard)
    cadence = measure_cadence(scope.check_ins).table
    timed = cadence[cadence["median_days"].notna()]
    if timed.empty:
        none = "No key result judged here has two check-ins in the records we were given."
        return lacking(finding, none, "add check_ins.csv (key_result, date, status)")
    timed = timed[timed["team"].ne(NO_TEAM)]
    if timed.empty:
        none = "The records we were given name no team for the key results that have check-ins."
        return lacking(finding, none, ADD_OBJECTIVES)
    days = standard.cadence_days * (1 + standard.cadence_slack)
    slow = timed[timed["median_days"] > days].sort_values(["median_days", "team"], ascending=False)
    count, n = len(timed) - len(slow), len(timed)
    reached = reach("two check-ins on one key result", timed["team"], scope.teams)
    claim = sentence(
        f"{part(count, n, 'team')} typically {agree(count, 'lets', 'let')} {number(days)} days or "
        "fewer pass between two check-ins on a key result",
        reached.words(scope),
    )
    shown: Columns = {
        "Team": scope.names(slow["team"]),
        "Median days between check-ins": slow["median_days"],
        "Check-ins": slow["check_ins"],
    }
    where = Where("teams", tuple(slow["team"]))
    told = replace(finding, value=count / n, count=count, n=n, claim=claim)
    return _not_alone(settled(replace(told, where=where, rows=rows(shown)), standard, reached))


def counts_per_level(scope: Scope, standard: Standard) -> Finding:
    """Most teams keep to the number of objectives and key results; fewer is never flagged."""
    finding = blank("counts_per_level", standard)
    counts = measure_counts(scope.objectives, scope.key_results).table
    if counts.empty:
        none = "The records we were given hold no objectives."
        return lacking(finding, none, ADD_OBJECTIVES)
    counts = counts.assign(most=counts["level"].map(dict(standard.objectives_max)))
    crowded = counts["objectives"].gt(counts["most"])
    crowded |= counts["key_results"].gt(standard.key_results_max)
    sets = (~crowded).groupby([counts["team"], counts["cycle"]]).all()
    over = counts[crowded].sort_values(["objectives", "key_results", "team"], ascending=False)
    count, n = int(sets.sum()), len(sets)
    keeping = part(count, n, "team")
    if n > counts["team"].nunique():
        keeping = f"{part(count, n, 'set of goals')}, one a team and cycle,"
    unknown = int(counts["most"].isna().sum())
    several = f"at most {standard.key_results_max} key results in each"
    if unknown == len(counts):
        several = f"at most {standard.key_results_max} key results an objective"
    else:
        several = f"the standard’s number of objectives for their level and to {several}"
    claim = sentence(
        f"{keeping} {agree(count, 'keeps', 'keep')} to {several}",
        f"for {number(unknown)} no level is recorded that the standard has a number for, so only "
        "key results count"
        if unknown
        else "",
    )
    shown: Columns = {
        "Team": scope.names(over["team"]),
        "Level": over["level"],
        "Cycle": over["cycle"],
        "Objectives": over["objectives"],
        "At most": over["most"],
        "Most key results in one": over["key_results"],
    }
    where = Where("objectives", _objectives_of(scope, list(over["team"])))
    told = replace(finding, value=count / n, count=count, n=n, claim=claim)
    return settled(replace(told, where=where, rows=rows(shown)), standard)


THREE: Mapping[str, Callable[[Scope, Standard], Alike]] = MappingProxyType(
    {"scale": scales, "cycle length": lengths, "template": templates}
)
RULES = (one_scale, one_cycle_length, one_template, one_cadence, counts_per_level)
HEADLINES = ("one_scale", "one_cycle_length", "one_template")


def done(scope: Scope, standard: Standard, _findings: tuple[Finding, ...]) -> Done:
    """Share of teams that follow scale, cycle length and template, as far as recorded."""
    each = {name: alike(scope, standard) for name, alike in THREE.items()}
    recorded = {name: one for name, one in each.items() if len(one.table)}
    label = f"teams on one {listed(list(recorded or each))}"
    if not recorded:
        return Done(label, None, why="Add the columns scale and template to objectives.csv.")
    follows = pd.concat([one.by_team() for one in recorded.values()]).groupby(level=0).all()
    count, n = int(follows.sum()), len(follows)
    reached = reach("any of the three", follows.index, scope.objectives["team"].unique())
    if not reached.enough(standard):
        return Done(label, None, why=reached.why())
    if n < 2:
        return Done(label, None, why=ALONE)
    return Done(label, count / n, count, n)
