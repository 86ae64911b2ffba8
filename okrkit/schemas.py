"""The tables okrkit works on: their columns, keys, fixed words and two example rows each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from .standard import CYCLE_LENGTHS

Kind = Literal[
    "id",  # one id: trimmed, NFC, no ";"
    "ids",  # ids separated by ";"
    "text",  # anything
    "number",
    "share",  # a fraction from 0 to 1, or written with a percent sign
    "date",
    "week",  # an ISO week such as 2025-W03, or a day in it
    "word",  # one of `words`
    "yes_no",
    "status",  # green, yellow, red, ... ; the source's own word is kept as `status_word`
    "grade",  # on the scale of the key result's objective; kept as a fraction
]


@dataclass(frozen=True)
class Column:
    """What one column holds. `references` names the tables whose ids it may hold."""

    name: str
    kind: Kind
    about: str
    required: bool = False
    words: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Schema:
    """One table: its columns (key first), what identifies a row, and two rows to learn from."""

    name: str
    about: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    examples: tuple[tuple[str, ...], tuple[str, ...]]
    skip_without: str = ""  #: rows without this column's value are left out and counted
    open_ended: bool = False  #: further columns are kept as text (groups: one an attribute)

    def column(self, name: str) -> Column:
        """The column called `name`."""
        return next(column for column in self.columns if column.name == name)

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the columns that must be there."""
        return tuple(column.name for column in self.columns if column.required)


def _c(  # noqa: PLR0913 - a column in one line is the point
    name: str,
    kind: Kind,
    about: str,
    *references: str,
    words: tuple[str, ...] = (),
    low: float | None = None,
    high: float | None = None,
) -> Column:
    """A column; `name!` is required."""
    return Column(name.rstrip("!"), kind, about, name.endswith("!"), words, references, low, high)


LEVELS = ("company", "department", "team", "individual")
ANSWERS = ("yes", "no", "dont_know", "not_applicable")

_TABLES = (
    Schema(
        "teams", "Who works together, and under whom.", ("team",),
        (
            _c("team!", "id", "id of the team"),
            _c("name", "text", "the team's name"),
            _c("parent_team", "id", "the team above it", "teams"),
            _c("level!", "word", "where it stands", words=LEVELS),
            _c("leader", "id", "the person who leads it", "people"),
            _c("function", "text", "sales, engineering, ...: chooses the template"),
        ),
        (("T1", "Company", "", "company", "P1", ""), ("T2", "Sales", "T1", "department", "P2", "sales")),
    ),
    Schema(
        "people", "Who is in which team, and who manages whom.", ("person",),
        (
            _c("person!", "id", "id of the person; a code will do"),
            _c("name", "text", "the person's name"),
            _c("manager", "id", "the person's manager", "people"),
            _c("team", "id", "the person's team", "teams"),
            _c("role", "text", "what the person does"),
            _c("is_leader", "yes_no", "yes for people who lead others"),
        ),
        (("P1", "", "", "T1", "chief executive", "yes"), ("P2", "", "P1", "T2", "head of sales", "yes")),
    ),
    Schema(
        "groups", "Attributes for the fairness screen; read by HR only.", ("person",),
        (_c("person!", "id", "id of the person", "people"),),
        (("P1",), ("P2",)),
        open_ended=True,
    ),
    Schema(
        "cycles", "The periods objectives are set for.", ("cycle",),
        (
            _c("cycle!", "id", "id of the cycle"),
            _c("start!", "date", "first day"),
            _c("end!", "date", "last day"),
            _c("length!", "word", "how long", words=CYCLE_LENGTHS),
        ),
        (("2026-Q1", "2026-01-01", "2026-03-31", "quarter"),
         ("2026-Q2", "2026-04-01", "2026-06-30", "quarter")),
    ),
    Schema(
        "objectives", "What teams want to reach.", ("objective",),
        (
            _c("objective!", "id", "id of the objective"),
            _c("title!", "text", "the objective in words"),
            _c("team!", "id", "the team it belongs to", "teams"),
            _c("owner", "id", "the person who owns it", "people"),
            _c("co_owners", "ids", "people from other teams who own it too; separate with ;", "people"),
            _c("parent", "id", "the objective or key result it serves", "objectives", "key_results"),
            _c("cycle!", "id", "the cycle it is set for", "cycles"),
            _c("level", "word", "where it stands", words=LEVELS),
            _c("theme", "text", "the strategic theme it belongs to"),
            _c("ambition", "word", "a promise or a stretch", words=("committed", "aspirational")),
            _c("template", "text", "the OKR template it was written in"),
            _c("scale", "text", "the scale its key results are graded on, e.g. 0-1 or 1-5"),
            _c("created", "date", "the day it was written"),
            _c("approved", "date", "the day it was agreed"),
        ),
        (("O1", "Make renewals effortless", "T1", "P1", "P2", "", "2026-Q1", "company", "", "",
          "standard", "0-1", "2025-12-10", "2025-12-18"),
         ("O2", "Win customers in the north", "T2", "P2", "", "O1", "2026-Q1", "department", "", "",
          "standard", "0-1", "2025-12-12", "2025-12-19")),
    ),
    Schema(
        "key_results", "How a team knows it got there.", ("key_result",),
        (
            _c("key_result!", "id", "id of the key result"),
            _c("objective!", "id", "the objective it belongs to", "objectives"),
            _c("text!", "text", "the key result in words"),
            _c("driver", "ids", "the one person who drives it", "people"),
            _c("type", "text", "what it is about: revenue, quality, speed, milestone, people, ..."),
            _c("metric", "text", "what is measured"),
            _c("unit", "text", "unit of the values"),
            _c("direction", "word", "where the metric should go", words=("increase", "decrease", "maintain")),
            _c("baseline", "number", "value at the start"),
            _c("target", "text", "value to reach"),
            _c("stretch", "number", "value beyond the target"),
            _c("current", "number", "latest value"),
            _c("weight", "number", "its weight within the objective", low=0),
            _c("due", "date", "the day it is due; without one, the cycle's end"),
            _c("skill", "text", "the skill it needs most"),
            _c("created", "date", "the day it was written"),
        ),
        (("KR1", "O1", "Raise renewals from 82 % to 90 % by March", "P2", "revenue", "renewal rate", "%",
          "increase", "82", "90", "", "84", "", "", "", "2025-12-10"),
         ("KR2", "O2", "Cut the time to a quote from 6 to 2 days", "P2", "speed", "days to quote", "days",
          "decrease", "6", "2", "", "5", "", "", "", "2025-12-12")),
    ),
    Schema(
        "links", "Parents of a goal that has several.", ("child", "parent"),
        (
            _c("child!", "id", "the objective or key result", "objectives", "key_results"),
            _c("parent!", "id", "what it serves", "objectives", "key_results"),
            _c("weight", "number", "how much of it serves this parent", low=0),
        ),
        (("O2", "O1", "1"), ("O2", "KR1", "1")),
    ),
    Schema(
        "changes", "What was changed on a key result, and when.", (),
        (
            _c("key_result!", "id", "id of the key result", "key_results"),
            _c("date!", "date", "day of the change"),
            _c("field!", "text", "what was changed, e.g. target"),
            _c("before", "text", "the old value"),
            _c("after", "text", "the new value"),
        ),
        (("KR1", "2026-02-02", "target", "92", "90"), ("KR2", "2026-02-09", "driver", "P1", "P2")),
    ),
    Schema(
        "check_ins", "One row each time somebody gave a status.", (),
        (
            _c("key_result!", "id", "id of the key result", "key_results"),
            _c("date!", "date", "day of the check-in"),
            _c("status!", "status", "green, yellow or red"),
            _c("value", "number", "the metric's value that day"),
            _c("confidence", "share", "how sure, from 0 to 1 or as 70 %", low=0, high=1),
            _c("note", "text", "what changed"),
            _c("next_step", "text", "what happens next"),
            _c("author", "id", "who wrote it", "people"),
            _c("meeting", "text", "the meeting it was given in, e.g. sprint planning"),
            _c("has_plan", "yes_no", "for yellow and red: is there a plan?"),
        ),
        (("KR1", "2026-01-12", "green", "83", "0.7", "two renewals early", "call the next five", "P2",
          "weekly planning", ""),
         ("KR1", "2026-01-19", "red", "82", "0.4", "one customer left", "ask support for help", "P2",
          "weekly planning", "yes")),
        skip_without="status",
    ),
    Schema(
        "grades", "Grades given to key results.", ("key_result", "manager", "person", "cycle"),
        (
            _c("key_result!", "id", "id of the key result", "key_results"),
            _c("manager!", "id", "the person who gave the grade", "people"),
            _c("person", "id", "the person graded", "people"),
            _c("cycle!", "id", "the cycle graded", "cycles"),
            _c("grade!", "grade", "the grade before any calibration"),
            _c("self_grade", "grade", "the person's own grade"),
            _c("final_grade", "grade", "the grade after calibration"),
        ),
        (("KR1", "P1", "P2", "2026-Q1", "0.7", "0.8", ""), ("KR2", "P1", "P2", "2026-Q1", "0.5", "", "")),
        skip_without="grade",
    ),
    Schema(
        "answers", "What people answered to the five statements.", ("respondent", "statement", "wave"),
        (
            _c("respondent!", "id", "a code for the person who answered"),
            _c("statement!", "id", "1 to 5, or the item of another instrument"),
            _c("answer!", "word", "the answer", words=ANSWERS),
            _c("team", "id", "the respondent's team", "teams"),
            _c("level", "text", "leader, team lead, member, ..."),
            _c("wave", "text", "which round of asking"),
        ),
        (("R1", "1", "yes", "T2", "leader", "2026-Q1"), ("R1", "2", "dont_know", "T2", "leader", "2026-Q1")),
    ),
    Schema(
        "work", "Hours worked, and for which key result.", ("item", "person", "week"),
        (
            _c("item!", "id", "id of the work item"),
            _c("person", "id", "who worked on it", "people"),
            _c("team", "id", "the team that worked on it", "teams"),
            _c("week!", "week", "ISO week such as 2026-W03, or a day in it"),
            _c("hours!", "number", "hours worked", low=0),
            _c("key_result", "id", "the key result it served", "key_results"),
            _c("rework", "yes_no", "yes if it repeated earlier work"),
        ),
        (("W1", "P2", "T2", "2026-W03", "12", "KR1", "no"), ("W2", "P2", "T2", "2026-W03", "20", "", "no")),
    ),
    Schema(
        "commitments", "The one thing somebody set out to do in a week.", (),
        (
            _c("person!", "id", "who committed", "people"),
            _c("week!", "week", "ISO week such as 2026-W03, or a day in it"),
            _c("text!", "text", "the commitment in words"),
            _c("key_result", "id", "the key result it serves", "key_results"),
        ),
        (("P2", "2026-W03", "Call the five customers due in March", "KR1"),
         ("P2", "2026-W04", "Try the short quote form with two customers", "KR2")),
    ),
    Schema(
        "dependencies", "Which objective needs another team's objective.", ("objective", "depends_on"),
        (
            _c("objective!", "id", "the objective that needs something", "objectives"),
            _c("depends_on!", "id", "the objective it needs", "objectives"),
            _c("agreed", "yes_no", "yes if the other team has agreed"),
        ),
        (("O2", "O1", "yes"), ("O1", "O2", "no")),
    ),
    Schema(
        "reviews", "Results of performance reviews.", ("person", "cycle"),
        (
            _c("person!", "id", "the person reviewed", "people"),
            _c("cycle!", "id", "the cycle reviewed", "cycles"),
            _c("rating!", "text", "the rating, a word or a number"),
        ),
        (("P1", "2026-Q1", "meets expectations"), ("P2", "2026-Q1", "exceeds expectations")),
    ),
    Schema(
        "pay", "Where a salary stands in its band; input to judgement only.", ("person", "cycle"),
        (
            _c("person!", "id", "the person", "people"),
            _c("cycle!", "id", "the cycle", "cycles"),
            _c("compa_ratio!", "number", "salary divided by the middle of its band", low=0),
        ),
        (("P1", "2026-Q1", "1.02"), ("P2", "2026-Q1", "0.97")),
    ),
    Schema(
        "development", "Items of development plans.", ("person", "skill", "item"),
        (
            _c("person!", "id", "the person", "people"),
            _c("skill!", "text", "the skill to build"),
            _c("item!", "text", "what is planned"),
            _c("status!", "text", "where it stands"),
            _c("due", "date", "the day it is due"),
        ),
        (("P1", "client presentation", "Present the plan to two customers", "open", "2026-03-31"),
         ("P2", "financial modelling", "Build the renewal model with finance", "done", "2026-02-28")),
    ),
    Schema(
        "exercise", "Grades all managers gave to the same cases.", ("manager", "case"),
        (
            _c("manager!", "id", "the person who graded", "people"),
            _c("case!", "id", "id of the case"),
            _c("grade!", "grade", "the grade given"),
        ),
        (("P1", "C1", "0.7"), ("P2", "C1", "0.6")),
        skip_without="grade",
    ),
)  # fmt: skip

SCHEMAS: Mapping[str, Schema] = MappingProxyType({schema.name: schema for schema in _TABLES})
