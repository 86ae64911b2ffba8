"""The five statements, word for word, and the silent killer behind a no to each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Asked:
    """One statement as it is asked, its killer, and what to ask when answers and records differ."""

    id: int
    text: str
    short: str
    killer: str
    tagline: str
    ask: str  #: goes after "ask"
    topic: str  #: goes into "the widest gap is ..."


STATEMENTS = (
    Asked(
        1,
        "Every team in the org uses the same OKR template, scoring scale, and cycle length.",
        "One template, scale and cycle",
        "Lack of standardization",
        "flexibility becomes chaos",
        "which team writes or grades its OKRs in another way, and since when",
        "one standard",
    ),
    Asked(
        2,
        "OKRs show up in our regular planning, sprint, and review meetings, not just in their own "
        "dedicated meeting.",
        "OKRs in regular meetings",
        "Isolation from existing systems",
        "OKRs become a side quest",
        "to see the notes of the last planning meeting and where a key result stands in them",
        "regular meetings",
    ),
    Asked(
        3,
        "Cross-functional priorities have a single shared OKR with named co-owners.",
        "Shared OKR with co-owners",
        "Alignment theater",
        "the look of cohesion without the substance",
        "two teams that share a priority to name the owner on each side",
        "shared objectives",
    ),
    Asked(
        4,
        "Every key result has one named driver and a green/yellow/red status updated weekly.",
        "One driver, weekly status",
        "Weak accountability loops",
        "ownership evaporates within weeks",
        "one team to show where last week’s status was given",
        "the weekly status",
    ),
    Asked(
        5,
        "If our team completed every action implied by our key results, the intended outcome would "
        "actually happen.",
        "Actions would bring the outcome",
        "Task-based key results",
        "activity is rewarded instead of impact",
        "of one key result: once it is complete, what will be different, and for whom",
        "outcome wording",
    ),
)
