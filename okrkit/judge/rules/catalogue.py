"""Every rule in one place: its label, unit, setting, and what else could explain the records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from okrkit.judge.finding import Finding, Verdict
from okrkit.standard import Standard

ALL = 1.0  # the limit of rules whose setting is a word: every team, as the statement says

EXCEPTION = "A written exception that is not in the standard would not show here."
ELSEWHERE = "Records kept in another tool would not show here."
READING = "This is a reading of the wording, made by rules, and can be argued with."


def _rule(  # noqa: PLR0913 - a rule in one call is the point
    rule: str, statement: int, label: str, unit: str, setting: str, innocent: str
) -> Finding:
    """A finding before anything is known; a setting that ends in `max` is an upper limit."""
    return Finding(
        rule=rule,
        statement=statement,
        label=label,
        verdict=Verdict.NOT_ENOUGH_DATA,
        claim="",
        unit=unit,
        setting=setting,
        at_least=not setting.endswith("_max"),
        innocent=innocent,
    )


_RULES = (
    _rule("one_scale", 1, "Teams on the house scale", "share of teams", "scale", EXCEPTION),
    _rule(
        "one_cycle_length", 1, "Teams on the house cycle length",
        "share of teams", "cycle_length", EXCEPTION,
    ),
    _rule(
        "one_template", 1, "Teams on an agreed template",
        "share of teams", "templates", EXCEPTION,
    ),
    _rule(
        "one_cadence", 1, "Teams checking in at the standard’s rhythm",
        "share of teams", "cadence_share_min", ELSEWHERE,
    ),
    _rule(
        "counts_per_level", 1, "Teams within the standard’s number of goals",
        "share of teams", "counts_share_min",
        "Goals kept only for the record may be among those counted.",
    ),
    _rule(
        "regular_meetings", 2, "Check-ins held in a regular meeting",
        "share of check-ins", "regular_meetings_min",
        "A regular meeting may go by another name; list it under regular_meetings in the standard.",
    ),
    _rule(
        "work_linked", 2, "Hours linked to a key result", "share of hours", "work_linked_min",
        "Work may serve a key result without the link having been recorded.",
    ),
    _rule(
        "longest_silence", 2, "Longest silence of a key result, median",
        "days", "silence_days_max", ELSEWHERE,
    ),
    _rule(
        "co_owners", 3, "Cross-team objectives with named co-owners",
        "share of cross-team objectives", "co_owners_share_min",
        "Teams may have agreed on co-owners without writing them down here.",
    ),
    _rule(
        "same_objective", 3, "Objectives that stand in several teams",
        "objectives", "same_objectives_max", "The same words may stand for different work.",
    ),
    _rule(
        "dependencies_agreed", 3, "Dependencies agreed with the other team",
        "share of dependencies", "dependencies_agreed_min",
        "An agreement made in conversation would not show here.",
    ),
    _rule(
        "one_driver", 4, "Key results with exactly one driver",
        "share of key results", "one_driver_min",
        "A driver whom everybody knows may not have been written down.",
    ),
    _rule(
        "weekly_status", 4, "Weekly statuses given",
        "share of weeks", "weekly_status_min", ELSEWHERE,
    ),
    _rule(
        "red_with_plan", 4, "Red key results with a plan",
        "share of red key results", "red_plan_min",
        "A plan may exist without having been recorded beside the status.",
    ),
    _rule(
        "frozen_green", 4, "Long green without movement",
        "share of green key results", "frozen_green_max",
        "Some metrics move only at the end, or are read less often than the status is given.",
    ),
    _rule(
        "worded_as_outputs", 5, "Key results worded as an output",
        "share of key results", "outputs_max", READING,
    ),
    _rule(
        "has_measure", 5, "Key results with a number", "share of key results", "measured_min",
        "A milestone that somebody else grants can be clear without a number.",
    ),
    _rule(
        "from_to", 5, "Key results with baseline and target",
        "share of key results", "from_to_min",
        "The team may know the baseline without having written it down.",
    ),
)  # fmt: skip

CATALOGUE: Mapping[str, Finding] = MappingProxyType({finding.rule: finding for finding in _RULES})


def blank(rule: str, standard: Standard) -> Finding:
    """The finding of a rule before anything is known, with its limit from the standard."""
    finding = CATALOGUE[rule]
    value = getattr(standard, finding.setting)
    return replace(finding, limit=float(value) if isinstance(value, int | float) else ALL)
