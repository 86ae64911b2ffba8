"""The invented company as the rows of CSV files."""

from __future__ import annotations

import csv
from pathlib import Path

from .answers import answer
from .check_ins import CheckIn, check_in
from .company import BONUS_LINE, CYCLES, ONLY_SEVENTY, Company, build_company, severity
from .dice import Dice
from .goals import PERIODS, WEAK_SKILL_TEAMS, Goals, KeyResult, Objective, build_goals
from .grading import Grade, give_grades, grade_cases, written
from .phrasebook import Phrasebook, plain
from .records import change, commit, develop, group, log_work, review
from .sharing import share
from .staffing import staff
from .stories import tell

HEADERS = {
    "teams": "team,name,parent_team,level,leader,function",
    "people": "person,name,manager,team,role,is_leader",
    "groups": "person,gender,age_band,site,contract",
    "cycles": "cycle,start,end,length",
    "objectives": (
        "objective,title,team,owner,co_owners,parent,cycle,level,theme,ambition,template,scale,"
        "created,approved"
    ),
    "key_results": (
        "key_result,objective,text,driver,type,metric,unit,direction,baseline,target,current,"
        "skill,created"
    ),
    "links": "child,parent,weight",
    "changes": "key_result,date,field,before,after",
    "check_ins": "key_result,date,status,value,confidence,note,next_step,author,meeting,has_plan",
    "grades": "key_result,manager,person,cycle,grade,self_grade,final_grade",
    "answers": "respondent,statement,answer,team,level,wave",
    "work": "item,person,team,week,hours,key_result,rework",
    "commitments": "person,week,text,key_result",
    "dependencies": "objective,depends_on,agreed",
    "reviews": "person,cycle,rating",
    "pay": "person,cycle,compa_ratio",
    "development": "person,skill,item,status,due",
    "exercise": "manager,case,grade",
    # Not part of the sample: what was planted, for tests.
    "truth_key_results": "key_result,kind,story",
    "truth_managers": "manager,team,adds,habit",
}
TRUTH = ("truth_key_results", "truth_managers")
TEMPLATE = "Quillmere page"

Rows = list[tuple[object, ...]]


def make_tables(seed: int, scale: int) -> dict[str, Rows]:
    """All tables by name."""
    company = build_company(seed, scale)
    book = Phrasebook(Dice(seed, "phrases"))
    goals = build_goals(seed, company, book)
    staff(seed, company, goals)
    sharing = share(seed, company, goals)
    tell(seed, company, goals)
    check_ins = check_in(seed, goals, book)
    weak = [
        next(p for p in company.team(name).members(company.people, CYCLES[-1]) if p.steady)
        for name in WEAK_SKILL_TEAMS
    ]
    reviews, pay = review(seed, company)
    tables: dict[str, Rows] = {
        **_structure(company),
        "groups": [*group(seed, company)],
        "objectives": _objectives(Dice(seed, "ambition"), goals),
        "key_results": [_key_result(key_result) for key_result in goals.key_results],
        "links": [*sharing.links],
        "changes": [*change(seed, company, goals)],
        "check_ins": [_check_in(row) for row in check_ins],
        "grades": [_grade(row) for row in give_grades(seed, company, goals)],
        "answers": [*answer(seed, company)],
        "work": [*log_work(seed, company, goals)],
        "commitments": [*commit(seed, company, goals, book)],
        "dependencies": [*sharing.dependencies],
        "reviews": [*reviews],
        "pay": [*pay],
        "development": [*develop(seed, company, weak)],
        "exercise": [
            (who.id, case, f"{grade:.1f}") for who, case, grade in grade_cases(seed, company)
        ],
        "truth_key_results": [(k.id, k.kind, k.story) for k in goals.key_results],
        "truth_managers": _habits(company),
    }
    return {name: tables[name] for name in HEADERS}


def write_table(folder: Path, name: str, rows: Rows) -> None:
    """Write `rows` as NAME.csv, the same bytes on every machine."""
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADERS[name].split(","))
        writer.writerows(rows)


def _structure(company: Company) -> dict[str, Rows]:
    teams: Rows = [
        (
            t.id,
            t.name,
            t.parent.id if t.parent else "",
            t.level,
            t.leader.id,
            "" if t.level == "company" else t.function,
        )
        for t in company.teams
    ]
    people: Rows = []
    for person in company.people:
        manager = person.manager(CYCLES[-1])
        people.append(
            (
                person.id,
                person.name,
                manager.id if manager else "",
                person.teams[CYCLES[-1]].id,
                person.role,
                "yes" if person.leads else "no",
            )
        )
    cycles: Rows = [(name, *(str(part) for part in period)) for name, period in PERIODS.items()]
    return {"teams": teams, "people": people, "cycles": cycles}


def _objectives(dice: Dice, goals: Goals) -> Rows:
    return [_objective(dice, objective) for objective in goals.objectives]


def _objective(dice: Dice, objective: Objective) -> tuple[object, ...]:
    team = objective.team
    ambition = "aspirational" if dice.chance(0.3) else "committed"
    return (
        objective.id,
        objective.title,
        team.id,
        objective.owner.id if objective.owner else "",
        ";".join(person.id for person in objective.co_owners),
        objective.parent,
        objective.period,
        team.level,
        objective.theme,
        ambition,
        TEMPLATE,
        team.scale,
        objective.created,
        objective.approved,
    )


def _key_result(key_result: KeyResult) -> tuple[object, ...]:
    wording = key_result.wording
    has_metric = wording.target is not None
    return (
        key_result.id,
        key_result.objective.id,
        wording.text,
        ";".join(p.id for p in key_result.drivers),
        wording.sort,
        wording.metric if has_metric else "",
        wording.unit,
        wording.direction,
        _number(wording.start) if wording.from_to else "",
        _number(wording.target),
        _number(key_result.current),
        key_result.skill,
        key_result.objective.created,
    )


def _check_in(row: CheckIn) -> tuple[object, ...]:
    drivers = row.key_result.drivers
    author = drivers[0].id if drivers else ""
    confidence = "" if row.confidence is None else f"{row.confidence:.2f}"
    return (
        row.key_result.id,
        row.day,
        row.status,
        _number(row.value),
        confidence,
        row.note,
        row.step,
        author,
        row.meeting,
        row.plan,
    )


def _grade(row: Grade) -> tuple[object, ...]:
    team = row.key_result.team
    marks = (written(grade, team) for grade in (row.grade, row.self_grade, row.final_grade))
    return (row.key_result.id, row.manager.id, row.person.id, row.key_result.period, *marks)


def _number(number: float | None) -> str:
    return "" if number is None else plain(number)


def _habits(company: Company) -> Rows:
    habits = {ONLY_SEVENTY: "only 0.7", BONUS_LINE: "lifts to 0.7"}
    return [
        (
            who.id,
            who.teams[CYCLES[0]].name,
            severity(who),
            habits.get(who.teams[CYCLES[0]].name, ""),
        )
        for who in company.managers
    ]
