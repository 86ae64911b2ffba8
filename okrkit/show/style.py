"""The look that pages, notebooks and reports share; read without loading any analysis."""

from __future__ import annotations

from pathlib import Path

ASSETS = Path(__file__).resolve().parent / "assets"
SHEETS = ("tokens.css", "kit.css", "audit.css")


def stylesheet() -> str:
    """All styles, scoped under the class `okr` so that they can stand in anybody's page."""
    return "\n".join((ASSETS / name).read_text(encoding="utf-8") for name in SHEETS)
