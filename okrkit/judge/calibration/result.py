"""What a comparison of managers consists of: checks, evidence, managers, refusals, the whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from okrkit.judge.finding import Verdict
from okrkit.standard import Standard

if TYPE_CHECKING:
    from okrkit.tables import Note


class Distribution(StrEnum):
    """How the grades of a manager's people lie against everybody's; says nothing of the manager."""

    HIGHER = "higher"
    LOWER = "lower"
    SIMILAR = "similar"  #: not shown to differ; that it cannot be ruled out stands in `why`
    TOO_FEW = "too_few"  #: people or grades


class ManagerVerdict(StrEnum):
    """What can be said of a manager. That nothing can be said is an outcome, never a pass."""

    MORE_GENEROUS = "more_generous"
    MORE_SEVERE = "more_severe"
    NO_MATERIAL_DIFFERENCE = "no_material_difference"
    CANNOT_TELL = "cannot_tell"

    @property
    def words(self) -> str:
        """The verdict as it is printed: `cannot tell`."""
        return self.value.replace("_", " ")


DIFFER = (ManagerVerdict.MORE_SEVERE, ManagerVerdict.MORE_GENEROUS)


class Tier(StrEnum):
    """What separates a manager from the people graded, best first."""

    COMMON_CASES = "a"
    MEASURED_ATTAINMENT = "b"
    SHARED_PEOPLE = "c"
    NOTHING = "d"


@dataclass(frozen=True)
class Check:
    """Whether grades may be compared in one respect."""

    check: (
        str  #: stable id: "one_scale", "one_cycle_length", "type_known", "judged_by_another", ...
    )
    label: str  #: short name for a table row
    verdict: Verdict
    claim: str  #: a full sentence with its numbers
    count: int | None = None
    n: int | None = None


@dataclass(frozen=True)
class Evidence:
    """One rung of the ladder: a kind of evidence, whether it is used, and why."""

    tier: Tier
    label: str
    status: str  #: "used", "not used", "not given"; of the last rung "applies" or not
    claim: str


@dataclass(frozen=True)
class Shown:
    """An estimate in grade points with its intervals; positive is more generous."""

    difference: float
    low: float  #: 95 %
    high: float
    low80: float
    high80: float
    probability_material: float


@dataclass(frozen=True)
class ComparedManager:
    """One manager beside the pooled level of the comparison group.

    `estimate` is what `verdict` rests on (in tier d: what `distribution` rests on); `people` is
    always what `distribution` rests on: the grades of this manager's people as they are.
    """

    manager: str
    name: str  #: empty if not known
    team: str  #: name of the manager's team; empty if not known
    group: int | None  #: connected group, 1 is the largest; None when connected with nobody
    n: int | None  #: grades compared; of a manager with none of these, the grades given
    n_people: int | None  #: people behind them; None when nobody knows who was graded
    mean: float | None  #: of these grades, as given
    estimate: Shown | None  #: None when refused: `why` says so
    people: Shown | None
    information: float | None  #: share of the evidence that does not assume equal teams, 0 to 1
    distribution: Distribution
    verdict: ManagerVerdict
    why: str  #: a sentence
    innocent: str  #: what else could explain a difference; empty without one
    counts: tuple[tuple[float, int], ...]  #: (grade, how often), every tenth from 0 to 1
    expected: tuple[float, ...] = ()  #: what the pooled distribution would give of each tenth


@dataclass(frozen=True)
class Refusal:
    """What is not compared, and why."""

    what: str
    why: str
    managers: tuple[str, ...] = ()
    n: int = 0  #: grades set aside


@dataclass(frozen=True)
class Model:
    """The fitted model in grade points."""

    method: str
    criterion: float
    residual_sd: float
    sd: Mapping[str, float]  #: "manager", "person", ...
    low: Mapping[str, float]  #: 95 % interval of each sd
    high: Mapping[str, float]
    n: int
    n_managers: int
    n_people: int


@dataclass(frozen=True)
class Permuted:
    """What happens when whole persons are dealt to managers by chance."""

    times: int
    seed: int
    p_value: float  #: share of deals in which managers differ at least as much as here
    flags: float  #: managers flagged a deal, on average
    runs_with_flags: float  #: share of deals with any flag


@dataclass(frozen=True)
class Calibration:
    """The judged comparison of a client's managers."""

    client: str
    as_of: date | None
    cycles: tuple[str, ...]
    verdict: str  #: the one sentence, at most 35 words
    facts: tuple[tuple[str, str], ...]
    comparable: tuple[Check, ...]
    tier: Tier
    told: str  #: one sentence: what can be told here, in plain words
    ladder: tuple[Evidence, ...]
    settle: str  #: what would settle what cannot be told; empty if nothing is open
    model: Model | None
    shares: tuple[
        tuple[str, float, float, float], ...
    ]  #: (label, share, low, high) of all variance
    expected_false_flags: float | None  #: how many would be named if all graded alike
    expected_false_names: float | None  #: of those named, how many do not differ; None without one
    permuted: Permuted | None
    sorting: str  #: a warning as a sentence; empty without a sign of it
    pooled: float | None  #: the pooled level
    managers: tuple[ComparedManager, ...]
    refused: tuple[Refusal, ...]
    notes: tuple[Note, ...]
    standard: Standard
