"""The rule for silent killers, and what it makes of one person's answers; loads no tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from okrkit.errors import UsageError
from okrkit.schemas import ANSWERS

from .finding import Verdict
from .phrases import agree, counted, number
from .result import Killer, KillerStatus, Outcome
from .statements import STATEMENTS

YES_NEEDED = 4  # three or fewer yes: at least one silent killer is active
STATUS_OF = {
    Outcome.YES: KillerStatus.NOT_ACTIVE,
    Outcome.NO: KillerStatus.ACTIVE,
    Outcome.UNKNOWN: KillerStatus.UNKNOWN,
}


def active_killer(outcomes: Iterable[Outcome]) -> bool | None:
    """Whether at least one silent killer is active: three or fewer yes; None if it cannot be told.

    Examples
    --------
    >>> yes, no, unknown = Outcome.YES, Outcome.NO, Outcome.UNKNOWN
    >>> [active_killer([yes] * 3 + two) for two in ([no, no], [yes, no], [no, unknown])]
    [True, False, None]
    """
    given = list(outcomes)
    yes, unknown = given.count(Outcome.YES), given.count(Outcome.UNKNOWN)
    if yes >= YES_NEEDED:
        return False
    return True if yes + unknown < YES_NEEDED else None


@dataclass(frozen=True)
class PersonResult:
    """One person's own result: how many statements they say yes to and what follows from it."""

    yes: int
    active_killer: bool | None  #: None: not all five are answered, and it depends on the others
    killers: tuple[Killer, ...]  #: all five in order; by the answers only
    sentence: str


def judge_person(answers: Mapping[int, str]) -> PersonResult:
    """Apply the rule to one person's answers: yes, no, dont_know or not_applicable by statement.

    Three or fewer yes: at least one silent killer is active. Don't know and not applicable count as
    no yes and name no killer. A statement that is not answered yet may still become a yes.

    Raises
    ------
    UsageError
        If a statement or an answer is none of these.

    Examples
    --------
    >>> result = judge_person({1: "yes", 2: "no", 3: "yes", 4: "yes", 5: "yes"})
    >>> result.active_killer, result.killers[1].status.value
    (False, 'active')
    """
    wrong = [key for key, word in answers.items() if key not in range(1, 6) or word not in ANSWERS]
    if wrong:
        words = ", ".join(ANSWERS)
        found = f"{wrong[0]!r}: {answers[wrong[0]]!r}"
        raise UsageError(f"Answers are {words} to statements 1 to 5; found {found}.")
    outcomes = {"yes": Outcome.YES, "no": Outcome.NO}
    status = {key: STATUS_OF[outcomes.get(word, Outcome.UNKNOWN)] for key, word in answers.items()}
    yes = list(answers.values()).count("yes")
    open_ = len(STATEMENTS) - len(answers)
    active = False if yes >= YES_NEEDED else (True if yes + open_ < YES_NEEDED else None)
    killers = tuple(
        Killer(
            id=asked.id,
            name=asked.killer,
            tagline=asked.tagline,
            statement=asked.id,
            status=status.get(asked.id, KillerStatus.UNKNOWN),
            records=Verdict.NOT_ENOUGH_DATA,
            because="",
        )
        for asked in STATEMENTS
    )
    says = f"You say yes to {number(yes)} of five statements"
    if active is None:
        left = f"{counted(open_, 'statement')} {agree(open_, 'is', 'are')} not answered yet"
        return PersonResult(yes, active, killers, f"{says}; {left}.")
    return PersonResult(yes, active, killers, _person_sentence(says, killers, yes < YES_NEEDED))


def _person_sentence(says: str, killers: tuple[Killer, ...], active: bool) -> str:  # noqa: FBT001
    named = [killer.name for killer in killers if killer.status is KillerStatus.ACTIVE]
    if active:
        return f"{says}, so at least one silent killer is active."
    if named:
        return f"{says}, so none is active by the rule; the one to watch is {named[0]}."
    return f"{says}, so no silent killer is active by your answers."
