"""How key results are worded: outcome or output, with a number, a baseline, a deadline."""

from .clause_kind import HEALTH, MILESTONE, OUTCOME, OUTPUT, UNCLEAR
from .reading import KINDS, Reading, word_key_result
from .table import Wording, measure_wording

__all__ = [
    "HEALTH",
    "KINDS",
    "MILESTONE",
    "OUTCOME",
    "OUTPUT",
    "UNCLEAR",
    "Reading",
    "Wording",
    "measure_wording",
    "word_key_result",
]
