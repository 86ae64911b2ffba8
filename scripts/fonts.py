"""Cut the Noto fonts of the Debian package fonts-noto-core to the signs a PDF of okrkit may use.

    python scripts/fonts.py /usr/share/fonts/truetype/noto

Writes okrkit/show/pack/fonts/: the fonts, and SIGNS.txt with the signs each has. Run again only to
take newer fonts: the bytes of every PDF change with them.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

PLACE = Path(__file__).resolve().parent.parent / "okrkit" / "show" / "pack" / "fonts"
# Latin, Greek, Cyrillic, punctuation, currencies; arrows, mathematics and shapes; Hebrew; Arabic.
EUROPE = [
    *range(0x20, 0x7F), *range(0xA0, 0x250), *range(0x2B0, 0x530), *range(0x1E00, 0x2150),
]  # fmt: skip
MARKS = [*range(0x25A0, 0x2600), *range(0x2713, 0x2719)]
# Without ligatures: the engine's pictures lose a sign of a text that holds one.
FEATURES = ["ccmp", "locl", "mark", "mkmk", "kern", "init", "medi", "fina", "rlig", "calt", "tnum"]
CUT = {
    "NotoSans-Regular": EUROPE,
    "NotoSans-Bold": EUROPE,
    "NotoSansMath-Regular": range(0x2190, 0x2300),
    "NotoSansSymbols2-Regular": MARKS,
    "NotoSansHebrew-Regular": range(0x590, 0x600),
    "NotoSansHebrew-Bold": range(0x590, 0x600),
    "NotoSansArabic-Regular": range(0x600, 0x700),
    "NotoSansArabic-Bold": range(0x600, 0x700),
}


def cut(source: Path, signs: list[int] | range) -> tuple[str, set[int]]:
    """Write the font with these signs alone; its family, and those of them it has."""
    font = TTFont(source, recalcTimestamp=False)
    options = Options(hinting=False, layout_features=FEATURES, notdef_outline=True)
    options.drop_tables += ["DSIG", "MATH"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=signs)
    subsetter.subset(font)
    font.save(PLACE / source.name)
    return str(font["name"].getBestFamilyName()), set(font.getBestCmap())


def ranges(signs: set[int]) -> str:
    """`20-7e a0-24f`, for each run of signs."""
    ends = [one for one in sorted(signs) if one + 1 not in signs]
    starts = [one for one in sorted(signs) if one - 1 not in signs]
    return " ".join(f"{start:x}-{end:x}" for start, end in zip(starts, ends, strict=True))


def main() -> None:
    """Write the fonts and what they have, a line a family."""
    PLACE.mkdir(exist_ok=True)
    given = Path(sys.argv[1])
    families = dict(cut(given / f"{name}.ttf", own) for name, own in CUT.items())
    lines = [f"{family}: {ranges(signs)}\n" for family, signs in families.items()]
    (PLACE / "SIGNS.txt").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
