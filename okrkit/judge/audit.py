"""The five-question readiness audit: what people say beside what the records show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from okrkit.measure.answers import Answers, measure_answers
from okrkit.standard import Standard
from okrkit.tables import Note, Tables

from .finding import Finding, Verdict
from .gap import gap_text, gap_word
from .person import STATUS_OF, active_killer, judge_person
from .phrases import agree, counted, limit_words, listed, number, value_words
from .plan import PlanStep, keep_plan, plan_for, steps_for
from .result import Audit, Done, GroupAnswers, Killer, KillerStatus, Outcome, Said, Statement
from .rules import Judged, judge_records
from .say import said
from .scope import Scope, scope_of, stands_apart
from .statements import STATEMENTS
from .verdict import facts, verdict_sentence

__all__ = [
    "Audit",
    "Done",
    "GroupAnswers",
    "Killer",
    "KillerStatus",
    "Outcome",
    "Said",
    "Statement",
    "judge_person",
    "run_audit",
]


def run_audit(
    tables: Tables,
    *,
    standard: Standard | None = None,
    as_of: date | None = None,
    plan: Iterable[PlanStep] = (),
) -> Audit:
    """Judge the five statements on people's answers and on the records.

    `standard` is the client's page of settings; without one, the page the tables were read with.
    `as_of` is the day to judge on; without one, the last day observed in the data. Records dated
    later are not known yet. `plan` holds the steps of an earlier plan, whose owners, dates and
    comments are carried over.

    Examples
    --------
    >>> from okrkit.tables import empty_tables
    >>> audit = run_audit(empty_tables())
    >>> audit.active_killer is None, {statement.records.value for statement in audit.statements}
    (True, {'not_enough_data'})
    """
    page = tables.standard if standard is None else standard
    scope = scope_of(tables, as_of, page)
    answers = measure_answers(tables.answers, group_min=page.group_min)
    judged = judge_records(scope, page)
    statements = _statements(scope, page, answers, judged)
    killers = tuple(map(_killer, statements, judged))
    respondents = answers.respondents if answers.respondents >= page.group_min else None
    return Audit(
        client=page.client,
        as_of=None if scope.as_of is None else scope.as_of.date(),
        cycles=scope.cycles,
        verdict=verdict_sentence(statements, page),
        facts=facts(scope, statements, respondents),
        statements=statements,
        killers=killers,
        active_killer=active_killer(one.said.outcome for one in statements),
        plan=keep_plan(_steps(statements, killers), plan),
        notes=(*tables.notes, *_notes(scope, answers), *_day_notes(scope, as_of)),
        standard=page,
        respondents=respondents,
        wave=answers.wave,
    )


def _statements(
    scope: Scope, standard: Standard, answers: Answers, judged: tuple[Judged, ...]
) -> tuple[Statement, ...]:
    """Both halves of each statement, side by side."""
    shares, asides = _same_teams(scope, answers, judged, standard)
    people = said(answers, scope, standard)
    return tuple(
        Statement(
            id=asked.id,
            text=asked.text,
            short=asked.short,
            said=heard,
            done=done,
            findings=records.findings,
            records=records.verdict,
            gap_word=gap_word(heard, done, standard),
            gap=gap_text(asked, heard, done, asides),
        )
        for asked, heard, done, records in zip(STATEMENTS, people, shares, judged, strict=True)
    )


def _same_teams(
    scope: Scope, answers: Answers, judged: Sequence[Judged], standard: Standard
) -> tuple[tuple[Done, ...], tuple[str, ...]]:
    """The records' shares for the teams the answers come from, and sentences that say so."""
    everyone = tuple(one.done for one in judged)
    hidden = answers.respondents < standard.group_min
    if hidden or not answers.teams or not scope.teams:
        return everyone, ()
    if answers.without_team:
        return everyone, ("Some answers name no team, so the records of all teams are shown.",)
    shares, asides = everyone, []
    line = scope.line(answers.teams)
    if not line.issuperset(scope.teams):
        shares = tuple(one.done for one in judge_records(scope.only(line), standard))
        both, every = len(line.intersection(scope.teams)), len(scope.teams)
        asides.append(
            "Only the teams that answered, and those below them, are compared: "
            f"{number(both)} of {counted(every, 'team')} with key results."
        )
    alone = [team for team in answers.teams if not scope.line([team]).intersection(scope.teams)]
    if alone:
        named = scope.names([team for team in alone if team in answers.large_teams])
        further = len(alone) - len(named)
        if further:
            named.append(counted(further, "further team" if named else "team"))
        names = listed(named, len(named) if len(named) < 5 else 3)
        asides.append(f"{names} answered too, and the records hold no key results for them.")
    return shares, tuple(asides)


def _killer(statement: Statement, records: Judged) -> Killer:
    asked = STATEMENTS[statement.id - 1]
    against = [finding for finding in records.findings if finding.verdict is Verdict.NOT_MET]
    heading = [finding for finding in against if finding in records.headlines]
    met = [finding for finding in records.headlines if finding.verdict is Verdict.MET]
    told = (*heading, *against, *met)
    return Killer(
        id=asked.id,
        name=asked.killer,
        tagline=asked.tagline,
        statement=asked.id,
        status=STATUS_OF[statement.said.outcome],
        records=statement.records,
        because=in_short(told[0]) if told else "",
    )


def in_short(finding: Finding) -> str:
    """The finding in a few words: its label, its value and its limit."""
    if finding.value is None or finding.limit is None:
        return f"{finding.label}: not enough data"
    limit = limit_words(finding).replace("≥", "at least").replace("≤", "at most")
    return f"{finding.label}: {value_words(finding)}, limit {limit}"


def _steps(statements: Sequence[Statement], killers: Sequence[Killer]) -> list[PlanStep]:
    steps: list[PlanStep] = []
    for statement, killer in zip(statements, killers, strict=True):
        active = killer.status is KillerStatus.ACTIVE
        if active or statement.records is Verdict.NOT_MET:
            yes, no = statement.said.yes or 0, statement.said.no or 0
            answered = f"{number(yes)} of {number(yes + no)} answers say yes." if active else ""
            steps += plan_for(killer.id, statement.findings, answered)
        else:
            steps += steps_for(killer.id, statement.findings)
    return steps


def _notes(scope: Scope, answers: Answers) -> list[Note]:
    """What the audit itself left out of the tables, with counts."""
    judged = listed(scope.cycles, 4) or "those judged"
    later = 0 if scope.as_of is None else int(scope.tables.check_ins["date"].gt(scope.as_of).sum())
    day = f"{scope.as_of:%Y-%m-%d}" if later else ""
    strays = f"not judged, {agree(scope.stray, 'it names', 'they name')}"
    left_out = (
        ("objectives", scope.left_out, "objective", f"of other cycles than {judged}, not judged"),
        ("check_ins", later, "check-in", f"after {day}, not known yet"),
        ("objectives", scope.stray, "objective", f"{strays} a cycle that is not in cycles.csv"),
        ("answers", answers.earlier, "answer", f"of waves before {answers.wave}, not counted"),
    )
    return [
        Note("left_out", f"{counted(count, noun)} {why}", table=table, count=count)
        for table, count, noun, why in left_out
        if count
    ]


def _day_notes(scope: Scope, as_of: date | None) -> list[Note]:
    """What is odd about the day judged on."""
    notes = []
    if scope.ending and scope.as_of is not None:
        day = f"{scope.as_of:%Y-%m-%d}"
        notes.append(f"{scope.ending}; nothing after that counts as missing on {day}")
    apart = stands_apart(scope.tables) if as_of is None else None
    if apart is not None:
        notes.append(f"one date, {apart:%Y-%m-%d}, stands far after all others; use --as-of")
    return [Note("left_out", text[:1].upper() + text[1:]) for text in notes]
