"""Weekly check-ins: nearly all in the first quarter, two weeks in three, then two in five."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from .company import CYCLES
from .dice import Dice
from .goals import LAST_DAY, PERIODS, Goals, KeyResult, number_of
from .phrasebook import Phrasebook

SHARE_GIVEN = {"1": 0.88, "2": 0.66, "3": 0.41}  #: of all weeks in which a status was due
SHARE_COMPANY = 0.62
SILENT_WEEKS = 2  #: the silent department checks in this long into the third quarter
FROZEN_WEEKS = 8
NEW_YEAR = date(2026, 1, 1)
NOTES = {"0": (0.7, 0.5), "1": (0.8, 0.55), "2": (0.65, 0.4), "3": (0.45, 0.25)}
REGULAR = {
    "engineering": ("sprint planning", "sprint review"),
    "product": ("sprint planning", "sprint review"),
    "sales": ("Monday planning", "pipeline review"),
    "operations": ("shift stand-up", "weekly planning"),
}
REGULAR_ELSEWHERE = ("weekly planning", "department review")
MEETINGS = (
    (0.223, "regular"),
    (0.34, "OKR meeting"),
    (0.40, "OKR review"),
    (0.96, "entered alone"),
    (1.0, ""),
)
CONFIDENCE = {"green": (0.6, 0.95), "yellow": (0.35, 0.65), "red": (0.1, 0.4)}
WITHOUT_STATUS = 6


@dataclass
class CheckIn:
    """One row of `check_ins`."""

    key_result: KeyResult
    day: date
    status: str
    value: float | None = None
    confidence: float | None = None
    note: str = ""
    step: str = ""
    meeting: str = ""
    plan: str = ""


@dataclass
class Diary:
    """The weeks of one key result in which a status was due, and those in which one was given."""

    key_result: KeyResult
    begin: date
    due: int
    endurance: float
    marks: list[float]
    must: set[int] = field(default_factory=set)
    only: int | None = None  #: nothing after this many weeks

    def weeks(self, patience: float) -> list[int]:
        """Weeks with a status when everybody is as patient as `patience`."""
        steady = self.endurance * patience * self.due
        given = {
            week for week in range(self.due) if self.marks[week] < (0.97 if week < steady else 0.1)
        }
        if self.only is not None:
            return list(range(min(self.only, self.due)))
        return sorted(given | self.must)


def check_in(seed: int, goals: Goals, book: Phrasebook) -> list[CheckIn]:
    """All check-ins, by day. Also sets the current value of each key result."""
    rows: list[CheckIn] = []
    given = due = 0
    for digit in ("0", "1", "2", "3"):
        dice = Dice(seed, f"check-ins {digit}")
        diaries = [_diary(dice, key_result) for key_result in goals.of(digit)]
        if digit == "0":
            patience = _patience(diaries, SHARE_COMPANY * sum(d.due for d in diaries))
            given, due = sum(len(d.weeks(patience)) for d in diaries), sum(d.due for d in diaries)
        else:
            wanted = SHARE_GIVEN[digit] * sum(d.due for d in diaries)
            # The company's year is judged together with the third quarter.
            wanted += (SHARE_GIVEN[digit] * due - given) if digit == "3" else 0
            patience = _patience(diaries, wanted)
        for diary in diaries:
            rows += _rows(dice, book, diary, diary.weeks(patience))
    rows.sort(key=lambda row: (row.day, row.key_result.id))
    for row in Dice(seed, "without status").some(
        [r for r in rows if r.day < date(2026, 6, 1)], WITHOUT_STATUS
    ):
        row.status = ""
    return rows


def _patience(diaries: list[Diary], wanted: float) -> float:
    """The patience at which the number of statuses comes nearest to `wanted`."""
    low, high = 0.0, 6.0
    for _ in range(40):
        middle = (low + high) / 2
        if sum(len(diary.weeks(middle)) for diary in diaries) < wanted:
            low = middle
        else:
            high = middle
    return low


def _diary(dice: Dice, key_result: KeyResult) -> Diary:
    start, end, _ = PERIODS[key_result.period]
    begin = max(start, key_result.objective.created)
    weeks = ((min(end, LAST_DAY) - begin).days + 1) // 7
    diary = Diary(
        key_result, begin, weeks, dice.between(0.25, 1.0), [dice.unit() for _ in range(weeks)]
    )
    story = key_result.story
    if story in ("done", "dropped", "paused"):
        diary.due = min(weeks, dice.whole(7, 10))
        diary.must = {0, diary.due - 1}
    elif story == "frozen":
        diary.must = set(range(min(weeks, FROZEN_WEEKS)))
    elif story.startswith("red"):
        diary.must = {0, 1, 2, 3}
    if key_result.team.silent and number_of(key_result.period) == "3":
        diary.only = SILENT_WEEKS
    return diary


def _rows(dice: Dice, book: Phrasebook, diary: Diary, weeks: list[int]) -> list[CheckIn]:
    key_result = diary.key_result
    days = [_day(dice, diary, week) for week in weeks]
    if weeks and weeks[-1] == 12 and key_result.period == CYCLES[-1] and dice.chance(0.3):
        days.append(LAST_DAY)
    statuses = _statuses(dice, key_result, len(days))
    values = _values(dice, diary, days)
    rows = []
    for day, status, value in zip(days, statuses, values, strict=True):
        row = CheckIn(key_result, day, status, value)
        _words(dice, book, row)
        rows.append(row)
    if rows:
        key_result.current = rows[-1].value
    return rows


def _day(dice: Dice, diary: Diary, week: int) -> date:
    """The team's own weekday, now and then a day later, never outside the week."""
    weekday = int(diary.key_result.team.id[1:]) % 5
    offset = (weekday - diary.begin.weekday()) % 7
    late = dice.chance(0.1) and weekday < 4 and offset < 6
    day = diary.begin + timedelta(7 * week + offset + late)
    return day + timedelta(day == NEW_YEAR)


def _statuses(dice: Dice, key_result: KeyResult, count: int) -> list[str]:
    story = key_result.story
    if story in ("done", "dropped", "paused"):
        return ["green" if story == "done" else "yellow"] * (count - 1) + [story]
    if story.startswith("red"):
        first = min(count - 1, dice.whole(1, 3))
        last = min(count, first + dice.whole(1, 4))
        return ["yellow"] * first + ["red"] * (last - first) + ["yellow"] * (count - last)
    chance = {"wobbling": 0.4, "slow": 0.75}.get(story, 0.0)
    return ["yellow" if dice.chance(chance) else "green" for _ in range(count)]


def _values(dice: Dice, diary: Diary, days: list[date]) -> list[float | None]:
    """Values that move towards the target at every check-in, but for the frozen ones."""
    wording = diary.key_result.wording
    if not wording.metric:
        return [None] * len(days)
    start, target, digits = 0.0, 100.0, 0
    if wording.start is not None and wording.target is not None:
        start, target, digits = (
            wording.start,
            wording.target,
            wording.digits + (wording.unit in ("%", "points")),
        )
    reach = min(max(dice.normal(diary.key_result.quality, 0.1), 0.08), 0.97)
    sign = 1 if target > start else -1
    step = sign * 10.0**-digits
    values: list[float | None] = []
    value = start
    length = max(7 * diary.due, 1)
    for day in days:
        progress = (
            reach * (((day - diary.begin).days + 1) / length) ** 0.9 * dice.between(0.94, 1.06)
        )
        new = round(start + (target - start) * progress, digits)
        value = new if (new - value) * sign > 0 else round(value + step, digits)
        values.append(value)
    if diary.key_result.story == "frozen":
        return [values[min(2, len(values) - 1)]] * len(values)
    if diary.key_result.story == "done":
        values[-1] = target
    return values


def _words(dice: Dice, book: Phrasebook, row: CheckIn) -> None:
    noted, stepped = NOTES[number_of(row.key_result.period)]
    row.note = dice.pick(book.everyday["notes"][row.status]) if dice.chance(noted) else ""
    row.step = dice.pick(book.everyday["steps"]["any"]) if dice.chance(stepped) else ""
    row.meeting = _meeting(dice, row.key_result.team.function)
    if row.status in CONFIDENCE and dice.chance(0.85):
        row.confidence = dice.between(*CONFIDENCE[row.status])
    if row.status == "red":
        row.plan = "yes" if row.key_result.story == "red with plan" else "no"
        row.step = row.step if row.plan == "yes" else ""


def _meeting(dice: Dice, function: str) -> str:
    mark = dice.unit()
    word = next(word for limit, word in MEETINGS if mark <= limit)
    return dice.pick(REGULAR.get(function, REGULAR_ELSEWHERE)) if word == "regular" else word
