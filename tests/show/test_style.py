"""The look: enough contrast, no address, and everything scoped."""

import re
import subprocess
import sys

import pytest

from okrkit.show.style import ASSETS, stylesheet

TOKENS = dict(
    re.findall(
        r"--([\w-]+): (#[0-9a-f]{6})", (ASSETS / "tokens.css").read_text().split("@media")[0]
    )
)
TEXT = [("ink", g) for g in ("paper", "wash", "wash-2")] + [
    ("ink-2", g) for g in ("paper", "wash", "wash-2")
]
TEXT += [
    ("ink-3", "paper"),
    ("accent", "paper"),
    ("accent", "wash"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
]
TEXT += [
    (tone, ground)
    for tone in ("met", "not-met", "no-data")
    for ground in ("paper", "wash", f"{tone}-tint")
]


def luminance(colour):
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(TOKENS[one]), luminance(TOKENS[other])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_measured_as_the_standard_does():
    # WCAG: black on white is 21, #777777 on white 4.48
    TOKENS.update({"black": "#000000", "grey": "#777777"})
    assert contrast("black", "paper") == pytest.approx(21)
    assert contrast("grey", "paper") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_can_be_read_on_every_ground_it_stands_on(text, ground):
    assert contrast(text, ground) >= 4.5


@pytest.mark.parametrize(
    ("mark", "ground"),
    [("edge", "paper"), ("focus", "paper"), ("ink-2", "paper"), ("accent", "paper")],
)
def test_marks_and_borders_of_controls_stand_out(mark, ground):
    assert contrast(mark, ground) >= 3


def test_every_rule_is_scoped_and_nothing_is_fetched():
    css = re.sub(r"/\*.*?\*/", "", stylesheet(), flags=re.DOTALL)
    assert "http" not in css
    assert "url(" not in css
    for selector in re.findall(r"(?:^|[{};])\s*([^{};@]+)\{", css):
        assert all(".okr" in part for part in re.split(r",(?![^(]*\))", selector)), selector


def test_only_tokens_name_colours():
    others = "".join((ASSETS / name).read_text() for name in ("kit.css", "audit.css"))
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b", others)


def test_the_look_is_read_without_pandas():
    code = "import sys, okrkit.show.style; sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
