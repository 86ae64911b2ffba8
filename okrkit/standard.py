"""The client's one-page OKR standard: every threshold okrkit uses, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any

CYCLE_LENGTHS = ("year", "quarter", "month", "other")
DATE_ORDERS = ("", "dmy", "mdy")
STATUSES = (
    "green",
    "yellow",
    "red",
    "not_started",
    "done",
    "missed",
    "dropped",
    "paused",
    "unknown",
)


@dataclass(frozen=True)
class Scale:
    """A grading scale: from `low` to `high`, or `letters` from worst to best."""

    name: str
    low: float
    high: float
    letters: tuple[str, ...] = ()

    def fraction(self, grade: float) -> float:
        """`grade` as a fraction of the way from `low` to `high`.

        >>> Scale("1-5", 1, 5).fraction(4)
        0.75
        """
        return (grade - self.low) / (self.high - self.low)


BUILT_IN_SCALES: Mapping[str, Scale] = MappingProxyType(
    {
        "0-1": Scale("0-1", 0, 1),
        "0-100": Scale("0-100", 0, 100),
        "0-10": Scale("0-10", 0, 10),
        "1-5": Scale("1-5", 1, 5),
        "A-E": Scale("A-E", 0, 4, ("E", "D", "C", "B", "A")),
    }
)

NOT_DUE = ("done", "missed", "dropped", "paused")  # no further status is due after one of these

# Words that mean the same colour in every tool we know. "At risk" and "behind" do not: they are
# yellow in some tools and red in others, so a client's standard has to say which.
PLAIN_STATUSES: Mapping[str, str] = MappingProxyType(
    {
        "green": "green", "g": "green", "on track": "green",
        "yellow": "yellow", "amber": "yellow", "y": "yellow", "a": "yellow",
        "red": "red", "r": "red", "off track": "red",
        "not started": "not_started", "pending": "not_started",
        "done": "done", "completed": "done", "complete": "done", "achieved": "done",
        "accomplished": "done",
        "missed": "missed", "not achieved": "missed",
        "dropped": "dropped", "abandoned": "dropped", "cancelled": "dropped", "canceled": "dropped",
        "paused": "paused", "postponed": "paused", "on hold": "paused",
    }
)  # fmt: skip


def setting(default: Any, reason: str, unit: str = "") -> Any:  # noqa: ANN401
    """A field of the standard with the reason for its default and its unit."""
    metadata = {"reason": reason, "unit": unit}
    if isinstance(default, Mapping):
        frozen = MappingProxyType(dict(default))
        return field(default_factory=lambda: frozen, metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True)
class Standard:
    """A client's settings. Build a variant with `dataclasses.replace`.

    `okrkit.standard_file.read_standard` reads one from a TOML file.
    """

    version: str = setting("okrkit default", "Names this page, so a report can say which it used.")
    client: str = setting("", "The client's name as printed on every page.")

    # The house rules of the programme (statement 1).
    scale: str = setting("0-1", "Grades run from 0.0 to 1.0; 0.7 is a hard goal well met.")
    scales: Mapping[str, Mapping[str, Any]] = setting(
        {}, 'Further scales: scales."0-5" = {low = 0, high = 5}, or {letters = ["C", "B", "A"]}.'
    )
    cycle_length: str = setting(
        "quarter", "One length for all teams; long enough to move a metric."
    )
    cycle_exceptions: tuple[str, ...] = setting(
        (), "Teams agreed to be on another cycle; a written exception is not a deviation."
    )
    templates: Mapping[str, str] = setting(
        {}, "The template agreed for each function; without an entry one template is expected."
    )
    objectives_max: Mapping[str, int] = setting(
        {"company": 3, "department": 5, "team": 3, "individual": 3},
        "More than this and nothing is a priority.",
        "objectives a team and cycle",
    )
    key_results_max: int = setting(4, "Three is the rule, four the ceiling.", "an objective")
    counts_share_min: float = setting(0.9, "One team in ten may have a reason.", "share of teams")
    cadence_share_min: float = setting(0.9, "One team in ten may have a reason.", "share of teams")
    cadence_slack: float = setting(
        0.5,
        "A weekly check-in may slip by half a week and still be weekly.",
        "share of the cadence",
    )

    # Part of the regular meetings (statement 2).
    regular_meetings: tuple[str, ...] = setting(
        ("planning", "sprint", "review", "retrospective", "stand-up", "standup"),
        "A check-in counts as held in a regular meeting when its meeting's name has one of these.",
    )
    regular_meetings_min: float = setting(
        0.5,
        "At least every other check-in where the work is discussed anyway.",
        "share of check-ins",
    )
    work_linked_min: float = setting(
        0.3, "Running the business takes most hours; under a third moves no goal.", "share of hours"
    )
    silence_days_max: int = setting(14, "Two missed weekly check-ins in a row.", "days")

    # Priorities across teams (statement 3).
    co_owners_share_min: float = setting(
        0.9, "A shared priority without named co-owners belongs to nobody.", "share of objectives"
    )
    same_objectives_max: int = setting(0, "One priority is one shared objective.", "objectives")
    dependencies_agreed_min: float = setting(
        0.9, "An unagreed dependency is found when it fails.", "share of dependencies"
    )

    # Ownership and weekly status (statement 4).
    one_driver_min: float = setting(
        0.95, "Shared ownership is no ownership.", "share of key results"
    )
    cadence_days: int = setting(7, "A weekly status leaves twelve chances to act.", "days")
    weekly_status_min: float = setting(
        0.8, "Holidays and closings cost about two weeks in a quarter.", "share of weeks"
    )
    red_plan_min: float = setting(
        0.9, "Red is a request for help; help needs a plan.", "share of red key results"
    )
    frozen_green_weeks: int = setting(
        6, "Half a quarter without movement is worth a question.", "weeks"
    )
    frozen_green_max: float = setting(
        0.1, "Some metrics move only at the end.", "share of green key results"
    )

    # Outcomes (statement 5).
    outputs_max: float = setting(
        0.3, "Some deliverables are worth naming; a third is a to-do list.", "share of key results"
    )
    measured_min: float = setting(
        0.7, "A goal without a number can be neither missed nor met.", "share of key results"
    )
    from_to_min: float = setting(
        0.5, "Without a baseline nobody knows how far the target is.", "share of key results"
    )

    # How far records and answers carry.
    coverage_min: float = setting(
        0.5,
        "Records of fewer than half of the teams, dependencies or grades do not speak for all.",
        "share of teams, dependencies or grades",
    )
    group_min: int = setting(5, "Fewer answers could point at a person.", "people")
    wave_min: int = setting(
        10, "Before a wave closes, fewer would show who has just answered.", "people"
    )
    gap_min: float = setting(0.1, "A smaller gap could be one person's answer.", "share of answers")
    gap_wide_min: float = setting(
        0.3, "When a third sees it differently, the group cannot see it alike.", "share of answers"
    )

    # For the comparison of managers.
    practical_difference: float = setting(
        0.05, "Half a step on a scale of tenths; less changes no decision.", "grade points"
    )
    people_min: int = setting(5, "A difference seen on fewer may be one person's.", "people graded")
    grades_min: int = setting(8, "Fewer grades tell too little of who gave them.", "grades")
    managers_min: int = setting(3, "Of two who differ nobody can say which one does.", "managers")
    false_flags_max: float = setting(
        0.1, "Of ten managers named as differing at most one should not.", "share of flags"
    )
    no_difference_max: float = setting(
        0.1,
        "No material difference is said as carefully as a difference, and never because managers "
        "happen to look alike.",
        "chance of a material difference",
    )
    separation_min: float = setting(
        0.2,
        "Below a fifth a difference rests on teams being equally good, which nobody has checked.",
        "share of a manager's evidence",
    )
    no_difference_separation_min: float = setting(
        0.3,
        "With less, a manager is called like the others mostly because the others are alike.",
        "share of a manager's evidence",
    )
    sorting_max: float = setting(
        0.05,
        "Good people with generous managers: one warning in twenty may be chance; with severe "
        "ones, one in forty.",
        "p-value",
    )
    self_graded_max: float = setting(
        0.5, "When most grades are people's own, no manager's hand shows.", "share of grades"
    )
    computed_max: float = setting(
        0.8, "A grade that is the attainment was computed; nobody judged.", "share of grades"
    )
    computed_grades_min: int = setting(20, "A few may agree by chance.", "grades")
    cases_min: int = setting(5, "Of fewer cases one odd one decides.", "common cases a manager")
    measured_share_min: float = setting(
        0.5, "The grades that carry an attainment must speak for the others.", "share of grades"
    )
    measured_grades_min: int = setting(50, "Fewer cannot tell attainment from hand.", "grades")
    grade_scatter: float = setting(
        0.15,
        "How far grades of one hand for like work usually lie apart, until the client's tell.",
        "grade points",
    )
    deals: int = setting(100, "Enough for a mean number of flags to one decimal.", "deals")
    deal_seed: int = setting(20260101, "The same deals each time, so that a number can be traced.")

    # How files are read.
    date_order: str = setting("", "dmy or mdy when dates can be read two ways; else left empty.")
    statuses: Mapping[str, str] = setting(
        {}, 'What the client\'s status words mean: "at risk" = "yellow". Plain colours are known.'
    )

    def all_scales(self) -> tuple[Scale, ...]:
        """The built-in scales and the client's own, which win over a built-in of the same name."""
        own = {name: _scale(name, parts) for name, parts in self.scales.items()}
        return tuple({**BUILT_IN_SCALES, **own}.values())

    def scale_named(self, name: str) -> Scale | None:
        """The scale called `name`, in any case and with any dash; None if there is none."""
        return {scale_key(scale.name): scale for scale in self.all_scales()}.get(scale_key(name))

    def status_of(self, word: str) -> str | None:
        """The status a source's own `word` stands for; None if the standard does not say."""
        own = {_status_key(known): status for known, status in self.statuses.items()}
        return own.get(_status_key(word)) or PLAIN_STATUSES.get(_status_key(word))

    @classmethod
    def settings(cls) -> tuple[tuple[str, str, str], ...]:
        """(name, reason, unit) of every setting, in order."""
        return tuple((f.name, f.metadata["reason"], f.metadata["unit"]) for f in fields(cls))


def _scale(name: str, parts: Mapping[str, Any]) -> Scale:
    letters = tuple(parts.get("letters", ()))
    if letters:
        return Scale(name, 0, len(letters) - 1, letters)
    return Scale(name, float(parts["low"]), float(parts["high"]))


def scale_key(name: str) -> str:
    """The name of a scale without its case, spaces and kind of dash."""
    dashes = name.replace("–", "-").replace("—", "-").replace(" to ", "-")  # noqa: RUF001
    return "".join(dashes.casefold().split())


def _status_key(word: str) -> str:
    return " ".join(word.casefold().replace("_", " ").replace("-", " ").split())


DEFAULT_STANDARD = Standard()
