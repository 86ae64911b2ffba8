"""What to do about an active killer: steps of the playbook with owner and date left to fill."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from .finding import Finding, Verdict

NO_LONGER = "no longer asked for"
STEPS_MIN = 3


@dataclass(frozen=True)
class PlanStep:
    """One row of the plan; its stable `key` lets a filled-in owner and date survive a re-audit."""

    key: str
    killer: int
    step: str
    takes: str  #: "this week", "two weeks", "one cycle", ...
    because: str = ""  #: the finding or answer that asks for it
    owner: str = ""
    due: str = ""  #: ISO date, or empty
    status: str = ""  #: open, agreed, done, dropped; empty means not agreed
    comment: str = ""

    @property
    def is_filled_in(self) -> bool:
        """Whether somebody has written an owner, a date, a status or a comment."""
        return bool(self.owner or self.due or self.status or self.comment)


@dataclass(frozen=True)
class Play:
    """One step of the playbook; `rule` names the finding that it mends, if there is one."""

    key: str
    step: str
    takes: str
    rule: str = ""

    @property
    def killer(self) -> int:
        """The killer it works against: the number before the dot of its key."""
        return int(self.key.partition(".")[0])


PLAYBOOK = (
    Play(
        "1.one_scale",
        "Name the teams on another scale; write each exception down or end it.",
        "this week",
        "one_scale",
    ),
    Play(
        "1.one_length",
        "Name the teams on another cycle; write each exception down or end it.",
        "this week",
        "one_cycle_length",
    ),
    Play(
        "1.one_page",
        "Draft the one-page standard (template, scale, cycle, rhythm) and review it with "
        "those who will use it; hand it out, train and adjust the week after.",
        "two weeks",
    ),
    Play(
        "1.counts",
        "Cut objectives and key results to the agreed number for each level.",
        "one planning round",
        "counts_per_level",
    ),
    Play(
        "1.window",
        "Set one planning window and one review rhythm for the whole organisation.",
        "one cycle",
    ),
    Play(
        "2.standing_line",
        "Put the key results on the agenda of the next planning or review meeting, as a "
        "standing line.",
        "this week",
        "regular_meetings",
    ),
    Play(
        "2.silent",
        "Take the key results that were silent longest: still wanted, and who takes them up?",
        "this week",
        "longest_silence",
    ),
    Play(
        "2.visible",
        "Show key results where the work is tracked: board, chat, tickets.",
        "two weeks",
    ),
    Play(
        "2.link_work",
        "Name the key result on each new piece of work that serves one.",
        "two weeks",
        "work_linked",
    ),
    Play(
        "2.one_meeting",
        "End the separate OKR meeting once the standing line holds.",
        "one cycle",
    ),
    Play(
        "3.ask_leads",
        "Ask every team lead: who else depends on you to reach their OKRs, and how do you "
        "make sure you do not derail them?",
        "this week",
    ),
    Play(
        "3.co_owners",
        "Name a co-owner in each team for every objective that needs more than one.",
        "two weeks",
        "co_owners",
    ),
    Play(
        "3.same",
        "Turn objectives that stand in several teams into one shared objective.",
        "two weeks",
        "same_objective",
    ),
    Play(
        "3.dependencies",
        "Bring each open dependency to both teams; agree on it or drop it.",
        "two weeks",
        "dependencies_agreed",
    ),
    Play(
        "3.sideways",
        "Before goals are locked, plan across teams: direction from the top, then negotiation "
        "sideways.",
        "one cycle",
    ),
    Play(
        "4.driver",
        "Name one driver for each key result that has none or several.",
        "this week",
        "one_driver",
    ),
    Play(
        "4.red_plan",
        "Give every red key result a plan and one request for help.",
        "this week",
        "red_with_plan",
    ),
    Play(
        "4.frozen",
        "Look at the greens that did not move: target reached, measure too slow, or habit?",
        "this week",
        "frozen_green",
    ),
    Play(
        "4.check_in",
        "Hold a weekly check-in with three questions: the score and what changed; what works "
        "and what is stuck; the next move and what it needs.",
        "two weeks",
        "weekly_status",
    ),
    Play(
        "4.candour",
        "Leaders answer the first reds with help, where others can see it.",
        "one cycle",
    ),
    Play(
        "5.ask",
        "Ask of each output: once it is complete, what will be different? Write that down as "
        "the key result.",
        "this week",
        "worded_as_outputs",
    ),
    Play(
        "5.clinic",
        "Take the most visible outputs to a key-result clinic; the activity becomes the "
        "project behind the outcome.",
        "two weeks",
    ),
    Play(
        "5.measure",
        "Give key results without a number a metric, or pair the milestone with the metric it "
        "should move.",
        "two weeks",
        "has_measure",
    ),
    Play(
        "5.baseline",
        "Find the baseline of each key result that has only a target.",
        "two weeks",
        "from_to",
    ),
    Play(
        "5.train",
        "Train on the teams' own examples before the next cycle is locked.",
        "one cycle",
    ),
)


def plan_for(killer: int, findings: Sequence[Finding], answered: str) -> tuple[PlanStep, ...]:
    """The playbook's steps against one killer, smallest first.

    Steps for findings that are met are left out, and those that cannot be judged as well, unless
    fewer than three would remain. `answered` says what people answered, if that asks for the step.
    """
    by_rule = {finding.rule: finding for finding in findings}
    against = [finding for finding in findings if finding.verdict is Verdict.NOT_MET]
    general = answered or (against[0].claim if against else "")
    plays = [play for play in PLAYBOOK if play.killer == killer]
    asked = [play for play in plays if not play.rule or by_rule[play.rule] in against]
    for verdict in (Verdict.NOT_ENOUGH_DATA, Verdict.MET):
        spare = [play for play in plays if play.rule and by_rule[play.rule].verdict is verdict]
        asked += spare[: max(0, STEPS_MIN - len(asked))]
    return tuple(
        PlanStep(
            play.key, killer, play.step, play.takes,
            by_rule[play.rule].claim if play.rule and by_rule[play.rule] in against else general,
        )
        for play in plays if play in asked
    )  # fmt: skip


def steps_for(killer: int, findings: Sequence[Finding]) -> tuple[PlanStep, ...]:
    """Only the steps that findings not met ask for, where the statement itself stands."""
    against = {one.rule: one for one in findings if one.verdict is Verdict.NOT_MET}
    return tuple(
        PlanStep(play.key, killer, play.step, play.takes, against[play.rule].claim)
        for play in PLAYBOOK
        if play.killer == killer and play.rule in against
    )


def keep_plan(steps: Iterable[PlanStep], kept: Iterable[PlanStep]) -> tuple[PlanStep, ...]:
    """Carry what people filled in over to the steps of a new audit, by `key`.

    Steps with anything filled in that are no longer asked for stay at the end and say so.

    Examples
    --------
    >>> new = PlanStep("4.driver", 4, "Name one driver.", "this week")
    >>> keep_plan([new], [replace(new, owner="Ada")])[0].owner
    'Ada'
    """
    before = {step.key: step for step in kept}
    plan = [
        replace(step, owner=old.owner, due=old.due, status=old.status, comment=old.comment)
        if (old := before.pop(step.key, None))
        else step
        for step in steps
    ]
    rest = [replace(step, because=NO_LONGER) for step in before.values() if step.is_filled_in]
    return (*plan, *rest)
