"""A client's colour and logo, from the section [brand] of its standard."""

from __future__ import annotations

import base64
import difflib
import re
import stat
import struct
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from .errors import Problem

OWN_COLOUR = "#12506a"  # okrkit's accent, when a client has no colour
COLOUR_EXAMPLE = "#1f4e79"
LOGO_BYTES_MAX = 200_000  # it stands in every page and report that is sent
LOGO_SIDES = range(16, 2001)  # pixels: sharp in print, and quick to unpack
CONTRAST_MIN = 4.5  # of text, as WCAG 2.2 asks at level AA
DARKEST = "#eaeeec"  # what a page draws on at the darkest
LOGO_TAKES = (
    f"a PNG of at most {LOGO_BYTES_MAX:,} bytes, {LOGO_SIDES.start} to {LOGO_SIDES.stop - 1:,}"
    " pixels wide and high"
)
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_END = b"\x00\x00\x00\x00IEND\xaeB`\x82"
_KEYS = ("colour", "logo")


@dataclass(frozen=True)
class Brand:
    """What a client's pages and reports look like; without a colour or a logo, as okrkit does.

    Examples
    --------
    >>> Brand("#1f4e79").on_colour, Brand("#ffd200").on_colour, Brand().is_own
    ('#ffffff', '#000000', False)
    """

    colour: str = OWN_COLOUR  #: of a band or a bar, as #rrggbb
    logo: bytes | None = field(default=None, repr=False)  #: a PNG file
    logo_file: str = ""  #: its name in the client's folder

    @property
    def is_own(self) -> bool:
        """Whether the client has given a colour or a logo."""
        return self != Brand()

    @property
    def on_colour(self) -> str:
        """The colour of text on `colour`: black or white, whichever stands out more.

        The contrast is never below `CONTRAST_MIN`, whatever the colour.
        """
        return max(("#ffffff", "#000000"), key=lambda text: contrast(text, self.colour))

    @property
    def accent(self) -> str:
        """The colour of what a chart or a page points out: ours where `colour` is too pale.

        >>> Brand("#b00020").accent, Brand("#ffd200").accent == OWN_COLOUR
        ('#b00020', True)
        """
        return self.colour if contrast(self.colour, DARKEST) >= CONTRAST_MIN else OWN_COLOUR

    @property
    def logo_size(self) -> tuple[int, int]:
        """Width and height of the logo in pixels; (0, 0) without one."""
        return _size(self.logo) if self.logo else (0, 0)

    @property
    def logo_uri(self) -> str:
        """The logo as an address that holds it, for pages; empty without one."""
        return f"data:image/png;base64,{base64.b64encode(self.logo).decode()}" if self.logo else ""


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours as WCAG 2 defines it, from 1 to 21.

    Examples
    --------
    >>> contrast("#000000", "#ffffff")
    21.0
    """
    lower, higher = sorted((_luminance(one), _luminance(other)))
    return (higher + 0.05) / (lower + 0.05)


def brand_in(section: object, file: Path) -> tuple[Brand, tuple[Problem, ...]]:
    """The brand in the section [brand] of the standard in `file`, and all that is wrong with it.

    What is wrong is left out of the brand. The logo is a file beside `file`.
    """
    if not isinstance(section, dict):
        return Brand(), (_problem(file, "", section, "a table", "Write it under [brand]."),)
    problems = [_unknown(file, key) for key in section if key not in _KEYS]
    colour, name = section.get("colour", OWN_COLOUR), section.get("logo", "")
    if not isinstance(colour, str) or not re.fullmatch("#[0-9a-fA-F]{6}", colour):
        expected = f'six digits such as "{COLOUR_EXAMPLE}"'
        problems.append(_problem(file, "colour", colour, expected, "Write red, green and blue."))
        colour = OWN_COLOUR
    logo = None
    if "logo" in section:
        remedy = "Put a PNG file beside the standard and write its name alone."
        if not isinstance(name, str) or not re.fullmatch(r"[^/\\:\0]+\.(png|PNG)", name):
            expected = 'the name of a file such as "logo.png"'
            problems.append(_problem(file, "logo", name, expected, remedy))
        elif isinstance(read := read_logo(file.with_name(name)), str):
            problems.append(Problem(file.name, read, LOGO_TAKES, remedy, column="brand.logo"))
        else:
            logo = read
    return Brand(colour.lower(), logo, name if logo else ""), tuple(problems)


def read_logo(path: Path) -> bytes | str:
    """The PNG file at `path`, or what is wrong with it in words."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return f"{path.name}, which is no file"
        if path.resolve().parent != path.parent.resolve():
            return f"{path.name}, a link that leads out of the folder"
        with path.open("rb") as opened:
            logo = opened.read(LOGO_BYTES_MAX + 1)
    except (OSError, ValueError, RuntimeError) as error:
        return f"{path.name}, which cannot be opened ({getattr(error, 'strerror', None) or error})"
    if len(logo) > LOGO_BYTES_MAX:
        return f"{path.name} of more than {LOGO_BYTES_MAX:,} bytes"
    if not _is_png(logo):
        return f"{path.name}, which is no whole PNG file"
    width, height = _size(logo)
    if width not in LOGO_SIDES or height not in LOGO_SIDES:
        return f"{path.name} of {width:,} by {height:,} pixels"
    return logo


def _is_png(logo: bytes) -> bool:
    """Whether it begins with the header of a PNG, whole, and ends as one."""
    begins = logo[:8] == _SIGNATURE and logo[8:16] == b"\x00\x00\x00\rIHDR"
    return (
        begins and logo[29:33] == struct.pack(">I", zlib.crc32(logo[12:29])) and logo.endswith(_END)
    )


def _size(logo: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", logo[16:24])
    return width, height


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _problem(file: Path, key: str, value: object, expected: str, remedy: str) -> Problem:
    column = f"brand.{key}" if key else "brand"
    return Problem(file.name, repr(value), expected, remedy, column=column)


def _unknown(file: Path, key: str) -> Problem:
    near = difflib.get_close_matches(key, _KEYS, n=1, cutoff=0.5)
    remedy = f"Did you mean {near[0]}?" if near else "Take it out."
    found = "a setting okrkit does not know"
    return Problem(file.name, found, " or ".join(_KEYS), remedy, column=f"brand.{key}")
