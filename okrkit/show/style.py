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
    """The client's colours as tokens, for the band and the charts; nothing without a brand."""
    if not brand.is_own:
        return ""
    mixed = "color-mix(in srgb, var(--accent)"
    return (
        f".okr {{ --brand: {brand.colour}; --on-brand: {brand.on_colour}; "
        f"--accent: {brand.accent}; --accent-strong: {mixed} 80%, black); "
        f"--accent-tint: {mixed} 10%, white); }}\n"
    )
