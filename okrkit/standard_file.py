"""The standard as a small TOML file: read with every problem at once, written with its reasons."""

from __future__ import annotations

import difflib
import math
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from types import MappingProxyType
from typing import Any

import tomlkit

from .brand import COLOUR_EXAMPLE, Brand, brand_in
from .errors import Problem, StandardError
from .standard import (
    BUILT_IN_SCALES,
    CYCLE_LENGTHS,
    DATE_ORDERS,
    DEFAULT_STANDARD,
    STATUSES,
    Standard,
)

_DEFAULTS = {field.name: getattr(DEFAULT_STANDARD, field.name) for field in fields(Standard)}


def read_standard(path: str | Path) -> Standard:
    """The standard in the TOML file at `path`; settings it leaves out keep their default.

    Raises
    ------
    StandardError
        Lists every setting that is unknown, of the wrong kind or out of range, also of the
        section [brand], which `read_brand` reads.
    """
    file = Path(path)
    settings = _settings(file)
    _, problems = brand_in(settings.pop("brand", {}), file)
    try:
        standard = standard_from(settings, file=file.name)
    except StandardError as error:
        raise StandardError((*error.problems, *problems)) from None
    if problems:
        raise StandardError(problems)
    return standard


def read_brand(path: str | Path) -> Brand:
    """The client's colour and logo in the standard at `path`.

    Raises
    ------
    StandardError
        Lists everything in the section [brand] that cannot be used.
    """
    file = Path(path)
    brand, problems = brand_in(_settings(file).get("brand", {}), file)
    if problems:
        raise StandardError(problems)
    return brand


def _settings(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise StandardError(
            [
                Problem(
                    file.name,
                    "no file that can be opened",
                    "a standard as TOML",
                    f"Check the path ({error.strerror}).",
                )
            ]
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise StandardError(
            [
                Problem(
                    file.name,
                    f"text that is no TOML ({error})",
                    "lines such as cadence_days = 7",
                    "Start from the file that okrkit standard --new FILE writes.",
                )
            ]
        ) from error


def standard_from(settings: Mapping[str, Any], *, file: str = "the standard") -> Standard:
    """A standard from settings by name.

    >>> standard_from({"cadence_days": 14}).cadence_days
    14
    """
    problems = [
        problem
        for name, value in settings.items()
        for problem in (
            [_unknown(name, file)] if name not in _DEFAULTS else _check(name, value, file)
        )
    ]
    if problems:
        raise StandardError(problems)
    whole = dict(settings)
    if "objectives_max" in whole:
        whole["objectives_max"] = {**_DEFAULTS["objectives_max"], **whole["objectives_max"]}
    standard = Standard(**{name: _frozen(value) for name, value in whole.items()})
    if standard.scale_named(standard.scale) is None:
        expected = ", ".join(scale.name for scale in standard.all_scales())
        raise StandardError(
            [_problem(file, "scale", standard.scale, expected, "Add it to scales.")]
        )
    return standard


def client_standard(folder: Path) -> Standard:
    """The standard in a client's folder, or okrkit's own when there is none that can be read.

    For pages that must stand whatever is wrong in the folder; the audit says what it is.
    """
    path = folder / "standard.toml"
    try:
        return read_standard(path) if path.is_file() else DEFAULT_STANDARD
    except StandardError:
        return DEFAULT_STANDARD


def client_brand(folder: Path) -> Brand:
    """The brand of the client in `folder`, or okrkit's own when none can be read; as above."""
    path = folder / "standard.toml"
    try:
        return read_brand(path) if path.is_file() else Brand()
    except StandardError:
        return Brand()


def write_standard(path: str | Path, *, client: str = "", colour: str = "", logo: str = "") -> None:
    """Write the default standard with the reason for every setting as a comment.

    The client's name, colour and logo are written if given; else they wait as comments.
    """
    document = tomlkit.document()
    document.add(
        tomlkit.comment("The OKR standard okrkit judges by. Delete what you leave as it is.")
    )
    for name, reason, unit in Standard.settings():
        value = client or _DEFAULTS[name] if name == "client" else _DEFAULTS[name]
        document.add(tomlkit.nl())
        document.add(tomlkit.comment(f"{reason}{f' [{unit}]' if unit else ''}"))
        if isinstance(value, Mapping):
            table = tomlkit.inline_table()
            table.update(value)
            document.add(name, table)
        else:
            document.add(name, list(value) if isinstance(value, tuple) else value)
    Path(path).write_text(tomlkit.dumps(document) + _brand_lines(colour, logo), encoding="utf-8")


def _brand_lines(colour: str, logo: str) -> str:
    """The section [brand]; what is not given stands as a comment."""
    section = "[brand]" if colour or logo else "# [brand]"
    lines = [
        "\n# What the client's pages and reports look like; the logo is a PNG beside this file.",
        section,
        f'colour = "{colour}"' if colour else f'# colour = "{COLOUR_EXAMPLE}"',
        f"logo = {tomlkit.item(logo).as_string()}" if logo else '# logo = "logo.png"',
    ]
    return "\n".join(lines) + "\n"


def _frozen(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, dict):
        return MappingProxyType({key: _frozen(inner) for key, inner in value.items()})
    return tuple(value) if isinstance(value, list) else value


def _problem(file: str, name: str, value: object, expected: str, remedy: str) -> Problem:
    return Problem(file, repr(value), expected, remedy, column=name)


def _unknown(name: str, file: str) -> Problem:
    near = difflib.get_close_matches(name, _DEFAULTS, n=1, cutoff=0.5)
    remedy = f"Did you mean {near[0]}?" if near else "okrkit standard lists the settings."
    return Problem(
        file, "a setting okrkit does not know", "a setting of the standard", remedy, column=name
    )


def _check(name: str, value: object, file: str) -> list[Problem]:
    """What is wrong with one setting: its kind first, then its range or words."""
    default = _DEFAULTS[name]
    if isinstance(default, Mapping):
        return _check_table(name, value, file)
    if isinstance(default, tuple):
        good = isinstance(value, list) and all(isinstance(item, str) for item in value)
        return (
            []
            if good
            else [_problem(file, name, value, "a list of texts", 'Write ["one", "two"].')]
        )
    if isinstance(default, str):
        good = isinstance(value, str)
        if good and name == "date_order":
            good = value in DATE_ORDERS
        if good and name == "cycle_length":
            good = value in CYCLE_LENGTHS
        return [] if good else [_problem(file, name, value, _words(name), "Use one of these.")]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return [_problem(file, name, value, "a number", "Write the number without quotes.")]
    return _check_number(name, value, file)


def _check_number(name: str, value: float, file: str) -> list[Problem]:
    default = _DEFAULTS[name]
    if isinstance(default, float):
        if 0 <= value <= 1:
            return []
        return [_problem(file, name, value, "a fraction from 0 to 1", "Write 0.9 for 90 %.")]
    lowest = {"group_min": 5, "wave_min": 5, "same_objectives_max": 0}.get(name, 1)
    if isinstance(value, int) and value >= lowest:
        return []
    return [_problem(file, name, value, f"a whole number from {lowest} up", "Correct the number.")]


def _check_table(name: str, value: object, file: str) -> list[Problem]:
    if not isinstance(value, dict):
        return [_problem(file, name, value, f"a table [{name}]", f"Write it under [{name}].")]
    if name == "statuses":
        good = all(status in STATUSES for status in value.values())
        expected = "statuses: " + ", ".join(STATUSES)
    elif name == "objectives_max":
        whole = all(type(n) is int and n > 0 for n in value.values())
        good = whole and set(value) <= set(_DEFAULTS[name])
        expected = f"a whole number for any of {', '.join(_DEFAULTS[name])}"
    elif name == "scales":
        good = all(_is_scale(parts) for parts in value.values())
        expected = f"low below high, or at least two letters, as {BUILT_IN_SCALES['1-5'].name} has"
    else:
        good = all(isinstance(text, str) for text in value.values())
        expected = "a text for each entry"
    return [] if good else [_problem(file, name, value, expected, "Correct the entry.")]


def _is_scale(parts: object) -> bool:
    if not isinstance(parts, dict):
        return False
    letters = parts.get("letters")
    if letters is not None:
        return (
            isinstance(letters, list)
            and all(isinstance(x, str) for x in letters)
            and len(set(letters)) == len(letters) > 1
        )
    low, high = parts.get("low"), parts.get("high")
    if not isinstance(low, int | float) or not isinstance(high, int | float):
        return False
    return math.isfinite(low) and math.isfinite(high) and low < high


def _words(name: str) -> str:
    return {
        "date_order": "dmy, mdy or nothing",
        "cycle_length": " or ".join(CYCLE_LENGTHS),
    }.get(name, "a text in quotes")
