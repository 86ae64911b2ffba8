"""Key results and objectives judged by their wording: findings, rewrites, and what a set shows."""

from .advice import Advice, advise
from .as_json import item_to_dict, wording_to_dict
from .clinic import KEY_RESULT, OBJECTIVE, ROLES, Judged, Text, judge_texts
from .convert import Coach, Draft, rewrite
from .in_set import SetFinding, WordingSet, judge_set, texts_of
from .objective import rewrite_objective
from .sentence import Rewrite

__all__ = [
    "KEY_RESULT",
    "OBJECTIVE",
    "ROLES",
    "Advice",
    "Coach",
    "Draft",
    "Judged",
    "Rewrite",
    "SetFinding",
    "Text",
    "WordingSet",
    "advise",
    "item_to_dict",
    "judge_set",
    "judge_texts",
    "rewrite",
    "rewrite_objective",
    "texts_of",
    "wording_to_dict",
]
