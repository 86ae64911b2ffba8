"""What 38 of 46 invited people answered to the five statements."""

from __future__ import annotations

from .company import Company
from .dice import Dice

WAVE = "2026-Q3"
INVITED = 46
# How many answered by department: (head, leads and deputies); the company's own row is its chief.
ANSWERED = {
    "Quillmere Instruments": (1, 0),
    "Engineering": (1, 6),
    "Product": (1, 4),
    "Sales": (1, 6),
    "Marketing": (1, 4),
    "Customer Success": (1, 5),
    "Operations": (1, 4),
    "Finance and Legal": (0, 1),
    "People": (0, 1),
}
# statement -> (yes, no, dont_know, not_applicable), and how many of the seven leaders say yes
ANSWERS = {
    1: (28, 9, 1, 0),
    2: (22, 13, 3, 0),
    3: (16, 16, 4, 2),
    4: (31, 7, 0, 0),
    5: (24, 10, 3, 1),
}
LEADERS_YES = {1: 6, 2: 6, 3: 5, 4: 6, 5: 5}
WORDS = ("yes", "no", "dont_know", "not_applicable")

Row = tuple[str, int, str, str, str, str]


def answer(seed: int, company: Company) -> list[Row]:
    """(respondent, statement, answer, team, level, wave), by respondent."""
    dice = Dice(seed, "answers")
    codes = sorted(dice.some([f"R{number:02d}" for number in range(1, INVITED + 1)], 38))
    people = []
    for department, (heads, leads) in ANSWERED.items():
        team = company.team(department).id
        people += [(team, "leader")] * heads + [(team, "team lead")] * leads
    people = dice.shuffled(people)
    rows = []
    for statement in ANSWERS:
        words = _words(dice, statement, [level for _, level in people])
        for code, (team, level), word in zip(codes, people, words, strict=True):
            rows.append((code, statement, word, team, level, WAVE))
    return sorted(rows)


def _words(dice: Dice, statement: int, levels: list[str]) -> list[str]:
    """An answer for everybody, in the planned counts; leaders say yes more often."""
    counts = ANSWERS[statement]
    leaders, sure = levels.count("leader"), LEADERS_YES[statement]
    of_leaders = ["yes"] * sure + ["no"] * (leaders - sure)
    rest = [word for word, count in zip(WORDS, counts, strict=True) for _ in range(count)]
    for word in of_leaders:
        rest.remove(word)
    bags = {"leader": dice.shuffled(of_leaders), "team lead": dice.shuffled(rest)}
    return [bags[level].pop() for level in levels]
