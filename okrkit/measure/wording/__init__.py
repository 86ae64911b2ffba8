"""How key results and objectives are worded: outcome or output, with a number or a deadline."""

from .evidence import Evidence
from .kinds import HEALTH, MILESTONE, OUTCOME, OUTPUT, UNCLEAR
from .objective import ObjectiveReading, word_objective
from .reading import KINDS, Reading, word_key_result
from .table import Wording, measure_wording

__all__ = [
    "HEALTH",
    "KINDS",
    "MILESTONE",
    "OUTCOME",
    "OUTPUT",
    "UNCLEAR",
    "Evidence",
    "ObjectiveReading",
    "Reading",
    "Wording",
    "measure_wording",
    "word_key_result",
    "word_objective",
]
