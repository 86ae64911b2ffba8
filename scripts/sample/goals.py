"""Objectives and key results: how many a team has, how they are worded, how well they will go."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from .company import CYCLES, OTHER_CYCLE, Company, Person, Team
from .dice import Dice
from .phrasebook import Phrasebook, Wording

YEAR = "2026"
PERIODS = {
    YEAR: (date(2026, 1, 1), date(2026, 12, 31), "year"),
    "2026-Q1": (date(2026, 1, 1), date(2026, 3, 31), "quarter"),
    "2026-Q2": (date(2026, 4, 1), date(2026, 6, 30), "quarter"),
    "2026-Q3": (date(2026, 7, 1), date(2026, 9, 30), "quarter"),
    "2026-T1": (date(2026, 1, 1), date(2026, 4, 30), "other"),
    "2026-T2": (date(2026, 5, 1), date(2026, 8, 31), "other"),
    "2026-T3": (date(2026, 9, 1), date(2026, 12, 31), "other"),
}
LAST_DAY = date(2026, 9, 30)
KEY_RESULTS = 343  #: below the company, a cycle and site
FORMS = {  # form of the wording -> kind and share of key results
    "outputs": ("output", 142 / 352),
    "outputs_numbered": ("output", 80 / 352),
    "from_to": ("outcome", 40 / 352),
    "level": ("outcome", 26 / 352),
    "plain": ("outcome", 22 / 352),
    "milestones": ("milestone_outcome", 27 / 352),
    "milestones_numbered": ("milestone_outcome", 8 / 352),
    "health": ("health_metric", 4 / 352),
    "unclear": ("unclear", 3 / 352),
}
# How much a function leans to deliverables.
LEANING = {
    "engineering": 2.4,
    "product": 1.6,
    "sales": 0.5,
    "marketing": 2.6,
    "customer success": 1.2,
    "operations": 1.5,
    "finance": 1.5,
    "people": 1.8,
}
FOUR_OBJECTIVES = "Field Metro"
FIVE_KEY_RESULTS = "Platform"
TWO_OBJECTIVES = ("Recruiting", "Learning", "Legal")
# Second objectives of the third quarter that were written for a reason: title and subject.
FIRST_MONTH = "Make the first month with a new instrument effortless"
SAME_DAY = "Answer every request for a quotation the same day"
PLANTED = {
    "Onboarding": (FIRST_MONTH, "new laboratories"),
    "Success West": (FIRST_MONTH, "western customers"),
    "Inside Sales": (SAME_DAY, "small accounts"),
    "Partners": (SAME_DAY, "resellers"),
    "Test and Release": (
        "Freeze firmware changes until the October certification audit",
        "certification builds",
    ),
    "Devices": ("Ship device configuration 3.0 in September", "handheld gauges"),
}
SKILLS = (
    "client presentation",
    "technical architecture",
    "negotiation",
    "data analysis",
    "clear writing",
    "project planning",
    "process design",
)
WEAK_SKILL = "financial modelling"
WEAK_QUALITY = 0.3
WEAK_SKILL_TEAMS = (
    "Discovery",
    "Inside Sales",
    "Partners",
    "Demand",
    "Onboarding",
    "Procurement",
    "Logistics",
)


@dataclass(eq=False)
class Objective:
    """One objective."""

    id: str
    title: str
    team: Team
    period: str
    subject: str
    created: date
    approved: date
    owner: Person | None = None
    co_owners: list[Person] = field(default_factory=list)
    parent: str = ""
    theme: str = ""


@dataclass(eq=False)
class KeyResult:
    """One key result, with what the tables do not tell: its kind, quality and story."""

    id: str
    objective: Objective
    form: str
    wording: Wording
    quality: float
    drivers: list[Person] = field(default_factory=list)
    skill: str = ""
    story: str = "steady"
    current: float | None = None

    @property
    def kind(self) -> str:
        """Outcome, output and so on, as it was meant."""
        return FORMS[self.form][0]

    @property
    def period(self) -> str:
        """The cycle of its objective."""
        return self.objective.period

    @property
    def team(self) -> Team:
        """The team of its objective."""
        return self.objective.team


@dataclass
class Goals:
    """All objectives and key results."""

    objectives: list[Objective]
    key_results: list[KeyResult]

    def of(self, cycle: str) -> list[KeyResult]:
        """Key results of a quarter, with those of other cycles of the same number."""
        return [
            key_result
            for key_result in self.key_results
            if number_of(key_result.period) == cycle[-1]
        ]


def number_of(period: str) -> str:
    """The last digit of a quarter or of a third of the year; 0 for the year."""
    return "0" if period == YEAR else period[-1]


def build_goals(seed: int, company: Company, book: Phrasebook) -> Goals:
    """The objectives and key results of all cycles, without people and links yet."""
    objectives = _company_objectives(company, book, Dice(seed, "company objectives"))
    for cycle in CYCLES:
        objectives += _objectives(Dice(seed, f"objectives {cycle}"), company, book, cycle)
    sites = sum(
        team.level == "department" and team.function == "engineering" for team in company.teams
    )
    key_results: list[KeyResult] = []
    for digit in "0123":
        dice = Dice(seed, f"key results {digit}")
        chosen = [objective for objective in objectives if number_of(objective.period) == digit]
        slots = _slots(dice, chosen, KEY_RESULTS * sites if digit != "0" else 9)
        forms = _forms(dice, slots)
        for number, (objective, form) in enumerate(zip(slots, forms, strict=True), 1):
            key_results.append(_key_result(dice, book, objective, form, f"KR-{digit}{number:03d}"))
    return Goals(objectives, key_results)


def _company_objectives(company: Company, book: Phrasebook, dice: Dice) -> list[Objective]:
    top = company.teams[0]
    days = (date(2025, 12, 4), date(2025, 12, 15))
    themes = ("trust", "growth", "flow")
    made = []
    for number, (theme, subject) in enumerate(
        zip(themes, dice.some(top.subjects, 3), strict=True), 1
    ):
        title = book.objective(top.function, subject)
        made.append(Objective(f"O-0{number:03d}", title, top, YEAR, subject, *days, theme=theme))
    return made


def _objectives(dice: Dice, company: Company, book: Phrasebook, cycle: str) -> list[Objective]:
    made: list[Objective] = []
    for team in company.teams[1:]:
        count = 2 if team.name in TWO_OBJECTIVES else 3
        if team.name == FOUR_OBJECTIVES and cycle == CYCLES[-1]:
            count = 4
        period = f"2026-T{cycle[-1]}" if team.name == OTHER_CYCLE else cycle
        for place, subject in enumerate(dice.some(team.subjects, count)):
            title = book.objective(team.function, subject)
            if cycle == CYCLES[-1] and place == 1 and team.name in PLANTED:
                title, subject = PLANTED[team.name]
            created, approved = _days(dice, team, period)
            number = f"O-{cycle[-1]}{len(made) + 1:03d}"
            made.append(Objective(number, title, team, period, subject, created, approved))
    return made


def _days(dice: Dice, team: Team, period: str) -> tuple[date, date]:
    """Day written and day agreed: level after level in the first cycle, all at once later."""
    start = PERIODS[period][0]
    if number_of(period) == "1":
        first = {"department": -17, "team": 12}[team.level]
        created = start + timedelta(first + dice.whole(0, 6))
        return created, created + timedelta(12 + dice.whole(0, 8))
    created = start - timedelta(dice.whole(6, 12))
    return created, created + timedelta(dice.whole(2, 5))


def _slots(dice: Dice, objectives: list[Objective], total: int) -> list[Objective]:
    """An objective for each key result: three as a rule, two or four at times, five once."""
    counts = {objective.id: 3 for objective in objectives}
    for objective in objectives:
        if objective.team.level == "team" and dice.chance(0.2):
            counts[objective.id] = dice.pick((2, 4))
    five = [objective.id for objective in objectives if objective.team.name == FIVE_KEY_RESULTS]
    if five:
        counts[five[0]] = 5
    order = dice.shuffled([o.id for o in objectives if o.id not in five])
    while (surplus := sum(counts.values()) - total) != 0:
        step = 1 if surplus < 0 else -1
        name = next(
            name
            for name in order
            if counts[name] == (3 if step == 1 else 4) or (step == -1 and counts[name] == 3)
        )
        counts[name] += step
    return [objective for objective in objectives for _ in range(counts[objective.id])]


def _forms(dice: Dice, slots: list[Objective]) -> list[str]:
    """A form for each key result, in the shares of `FORMS`; functions lean to outputs."""
    if slots[0].period == YEAR:
        return ["from_to", "level", "level"] * 3
    whole = len(slots) + 9  # the company's nine are all outcomes
    wanted = {form: round(share * whole) for form, (_, share) in FORMS.items()}
    wanted["from_to"] -= 3
    wanted["level"] -= 6
    wanted["outputs"] += len(slots) - sum(wanted.values())
    leaning = [dice.unit() ** (1 / LEANING[slot.team.function]) for slot in slots]
    order = sorted(range(len(slots)), key=lambda place: -leaning[place])
    outputs = wanted["outputs"] + wanted["outputs_numbered"]
    bag = dice.shuffled(
        ["outputs"] * wanted["outputs"] + ["outputs_numbered"] * wanted["outputs_numbered"]
    )
    rest = [
        form
        for form, count in wanted.items()
        if not form.startswith("outputs")
        for _ in range(count)
    ]
    forms = dict(zip(order, bag + dice.shuffled(rest), strict=True)) if outputs else {}
    return [forms[place] for place in range(len(slots))]


def _key_result(
    dice: Dice, book: Phrasebook, objective: Objective, form: str, name: str
) -> KeyResult:
    wording = book.key_result(objective.team.function, form, objective.subject)
    if form == "outputs" and dice.chance(0.17):
        month = (PERIODS[objective.period][0] + timedelta(dice.whole(35, 85))).strftime("%B")
        wording = Wording(wording.text + book.deadline(month), sort=wording.sort)
    mean = {"output": 0.69, "outcome": 0.62, "milestone_outcome": 0.66}.get(FORMS[form][0], 0.66)
    skill = dice.pick(SKILLS) if dice.chance(0.55) else ""
    return KeyResult(name, objective, form, wording, dice.normal(mean, 0.09), skill=skill)
