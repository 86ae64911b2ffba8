"""The tables around the goals: work, commitments, reviews, pay, development, groups, changes."""

from __future__ import annotations

from datetime import date, timedelta

from .company import CYCLES, Company, Person, Team
from .dice import Dice
from .goals import LAST_DAY, PERIODS, SKILLS, WEAK_SKILL, Goals, KeyResult
from .phrasebook import Phrasebook, plain

FIRST_WEEK, LAST_WEEK = 27, 39  #: ISO weeks of the work log; the last ends before LAST_DAY
COMMITTED_FROM = 32
LINKED = 0.29  #: chance of a linked item a person and week; about 9 % of hours
RATINGS = ("below expectations", "meets expectations", "exceeds expectations", "outstanding")
LOWERED = 14  #: targets lowered in the last three weeks of the second quarter

Rows = list[tuple[str, ...]]


def log_work(seed: int, company: Company, goals: Goals) -> Rows:
    """(item, person, team, week, hours, key_result, rework)."""
    dice = Dice(seed, "work")
    rows: Rows = []
    for week in range(FIRST_WEEK, LAST_WEEK + 1):
        running = _running(goals, week)
        for person in company.people:
            if person.leads:
                continue
            team, left = person.teams[CYCLES[-1]], dice.whole(33, 40)
            if dice.chance(LINKED):
                hours = dice.whole(6, 16)
                rows.append(_item(dice, person, week, hours, dice.pick(running[team.id]).id))
                left -= hours
            half = dice.whole(left // 3, left // 2)
            rows += [_item(dice, person, week, hours, "") for hours in (half, left - half)]
    digits = max(5, len(str(len(rows))))
    return [(f"W{number:0{digits}d}", *row) for number, row in enumerate(rows, 1)]


def _running(goals: Goals, week: int) -> dict[str, list[KeyResult]]:
    """The key results each team works on in a week."""
    last = date.fromisocalendar(2026, week, 7)
    running: dict[str, list[KeyResult]] = {}
    for key_result in goals.key_results:
        start, end, _ = PERIODS[key_result.period]
        if start <= last <= end:
            running.setdefault(key_result.team.id, []).append(key_result)
    return running


def _item(dice: Dice, person: Person, week: int, hours: int, key_result: str) -> tuple[str, ...]:
    rework = "yes" if dice.chance(0.12) else "no"
    return (
        person.id,
        person.teams[CYCLES[-1]].id,
        f"2026-W{week:02d}",
        str(hours),
        key_result,
        rework,
    )


def commit(seed: int, company: Company, goals: Goals, book: Phrasebook) -> Rows:
    """(person, week, text, key_result) of three people a team; some have nothing to name."""
    dice = Dice(seed, "commitments")
    rows: Rows = []
    teams = [team for team in company.teams if team.level == "team"]
    people = [p for team in teams for p in team.members(company.people, CYCLES[-1])[:3]]
    for week in range(COMMITTED_FROM, LAST_WEEK + 1):
        running = _running(goals, week)
        for person in people:
            if dice.chance(0.25):
                continue
            if dice.chance(0.09):
                rows.append(
                    (person.id, f"2026-W{week}", dice.pick(book.everyday["no_commitments"]), "")
                )
                continue
            own = running[person.teams[CYCLES[-1]].id]
            key_result = dice.pick(own)
            text = dice.pick(book.everyday["commitments"]).format(s=key_result.objective.subject)
            rows.append(
                (person.id, f"2026-W{week}", text, key_result.id if dice.chance(0.6) else "")
            )
    return rows


def review(seed: int, company: Company) -> tuple[Rows, Rows]:
    """(person, cycle, rating) of the half-year review, and (person, cycle, compa_ratio)."""
    dice = Dice(seed, "reviews")
    reviews: Rows = []
    pay: Rows = []
    for person in company.people[1:]:
        mark = person.ability / 0.06 + dice.normal(0, 0.8)
        place = sum(mark > limit for limit in (-1.6, 0.7, 2.0))
        reviews.append((person.id, CYCLES[1], RATINGS[place]))
        pay.append((person.id, CYCLES[1], f"{dice.normal(1.0, 0.07):.2f}"))
    return reviews, pay


def develop(seed: int, company: Company, weak: list[Person]) -> Rows:
    """(person, skill, item, status, due); of those who miss the weak skill one has an item."""
    dice = Dice(seed, "development")
    items = (
        "Course with the training partner",
        "Work a month beside a colleague",
        "Present to the leadership team",
        "Read and discuss two cases",
        "Lead one small project",
    )
    rows: Rows = [
        (weak[0].id, WEAK_SKILL, "Build one margin model with controlling", "open", "2026-06-30")
    ]
    for person in dice.some(
        [p for p in company.people if p not in weak], 150 * len(company.people) // 400
    ):
        due = date(2026, 3, 31) + timedelta(dice.whole(0, 260))
        status = dice.pick(
            ("open", "in progress", "done") if due > LAST_DAY else ("done", "done", "in progress")
        )
        rows.append((person.id, dice.pick(SKILLS), dice.pick(items), status, due.isoformat()))
    return sorted(rows)


def group(seed: int, company: Company) -> Rows:
    """(person, gender, age_band, site, contract), drawn without regard to anything else."""
    dice = Dice(seed, "groups")
    return [
        (
            person.id,
            dice.pick(("woman",) * 46 + ("man",) * 53 + ("non-binary",)),
            dice.pick(("under 30", "30 to 44", "30 to 44", "45 to 59", "45 to 59", "60 and over")),
            dice.pick(("main works", "main works", "harbour office", "home")),
            dice.pick(("full time", "full time", "full time", "part time")),
        )
        for person in company.people
    ]


def change(seed: int, company: Company, goals: Goals) -> Rows:
    """(key_result, date, field, before, after): targets lowered late, new drivers."""
    dice = Dice(seed, "changes")
    rows: Rows = []
    lowered = [k for k in goals.of(CYCLES[1]) if k.wording.target and k.period == CYCLES[1]]
    for key_result in dice.some(lowered, LOWERED):
        day = PERIODS[CYCLES[1]][1] - timedelta(dice.whole(2, 19))
        rows.append((key_result.id, day.isoformat(), "target", *_eased(key_result)))
    free = [k for k in goals.of(CYCLES[2]) if len(k.drivers) == 1 and k.team.level == "team"]
    for key_result in dice.some([k for k in free if k.period == CYCLES[2]], 12):
        day = date(2026, 7, 1) + timedelta(dice.whole(14, 70))
        before = dice.pick(
            [p for p in _steady(company, key_result.team) if p not in key_result.drivers]
        )
        rows.append((key_result.id, day.isoformat(), "driver", before.id, key_result.drivers[0].id))
    return sorted(rows, key=lambda row: (row[1], row[0]))


def _steady(company: Company, team: Team) -> list[Person]:
    return [p for p in team.members(company.people, CYCLES[-1]) if p.steady]


def _eased(key_result: KeyResult) -> tuple[str, str]:
    """The harder target that stood before, and the one that stands now."""
    wording = key_result.wording
    start, target = wording.start or 0.0, wording.target or 0.0
    step = 10.0**-wording.digits
    harder = target + max(abs(target - start) * 0.25, step) * (1 if target > start else -1)
    return plain(round(harder, wording.digits)), plain(target)
