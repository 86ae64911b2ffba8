"""The look that pages, notebooks and reports share; read without loading any analysis."""

from __future__ import annotations

from pathlib import Path

from okrkit.brand import Brand

ASSETS = Path(__file__).resolve().parent / "assets"
SHEETS = ("tokens.css", "kit.css", "audit.css")


def stylesheet() -> str:
    """All styles, scoped under the class `okr` so that they can stand in anybody's page."""
    return "\n".join((ASSETS / name).read_text(encoding="utf-8") for name in SHEETS)


def brand_style(brand: Brand) -> str:
    """The client's colour, and a colour for text on it, as tokens; nothing without a brand."""
    if not brand.is_own:
        return ""
    return f".okr {{ --brand: {brand.colour}; --on-brand: {brand.on_colour}; }}\n"
