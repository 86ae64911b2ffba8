"""A name for an input: the same records, standard and day have the same, on any machine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING

from okrkit.brand import Brand
from okrkit.judge.agreed import Agreed
from okrkit.judge.audit import Audit
from okrkit.show.audit_page import setting_words
from okrkit.tables import Tables

if TYPE_CHECKING:
    from okrkit.judge.compare import Comparison

DIGITS = 16  # one mistake in 18 trillion million; short enough to be read out


def inputs_digest(
    tables: Tables,
    audit: Audit,
    *,
    brand: Brand,
    comparison: Comparison | None = None,
    agreed: Iterable[Agreed] = (),
) -> str:
    """The first 16 hexadecimal digits of a SHA-256 over everything a pack is made of.

    That is every checked table with its rows' places, what was noted while reading, the standard,
    the day, the plan as filled in, the grades agreed on, the brand, and the baseline compared with.
    Answers kept in the store count when `tables` holds them. Files' names and their form (CSV or
    workbook) count only where a note names them.

    Examples
    --------
    >>> from okrkit.judge.audit import run_audit
    >>> from okrkit.tables import empty_tables
    >>> nothing = empty_tables()
    >>> len(inputs_digest(nothing, run_audit(nothing), brand=Brand()))
    16
    """
    digest = hashlib.sha256()
    for name, frame in tables:
        digest.update(name.encode() + frame.to_csv(lineterminator="\n").encode())
    standard = audit.standard
    told = {
        "client": audit.client,
        "as_of": str(audit.as_of),
        "standard": [(name, setting_words(standard, name)) for name, _, _ in standard.settings()],
        "plan": [asdict(step) for step in audit.plan],
        "notes": [note.to_dict() for note in audit.notes],
        "colour": brand.colour,
        "logo": hashlib.sha256(brand.logo or b"").hexdigest(),
        "comparison": None if comparison is None else asdict(comparison),
        "agreed": [asdict(one) for one in agreed],
    }
    digest.update(json.dumps(told, sort_keys=True).encode())
    return digest.hexdigest()[:DIGITS]
