"""A client's brand stands in one file: read whole or refused with what to do, and shown on reports."""

from __future__ import annotations

import base64
import os
import re
from itertools import product

import pytest
from typer.testing import CliRunner

from okrkit.brand import CONTRAST_MIN, LOGO_BYTES_MAX, OWN_COLOUR, Brand, contrast, read_logo
from okrkit.cli import app
from okrkit.errors import InputError, StandardError
from okrkit.read import read_folder
from okrkit.show.style import ASSETS, brand_style
from okrkit.standard_file import client_brand, read_brand, read_standard, write_standard

from .pictures import png

OBJECTIVES = "objective,title,team,cycle\nO1,Grow renewals,T1,Q1\n"


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "client"
    place.mkdir()
    (place / "objectives.csv").write_text(OBJECTIVES)
    (place / "logo.png").write_bytes(png())
    (place / "standard.toml").write_text(
        'client = "Harbour"\n[brand]\ncolour = "#FFD200"\nlogo = "logo.png"\n'
    )
    return place


def refused(folder, section: str):
    """The one problem of a standard with this section."""
    (folder / "standard.toml").write_text(section)
    with pytest.raises(StandardError) as caught:
        read_standard(folder / "standard.toml")
    (problem,) = caught.value.problems
    return problem


def test_colour_and_logo_come_from_the_standard(folder):
    brand = read_brand(folder / "standard.toml")
    assert (brand.colour, brand.logo, brand.logo_size) == ("#ffd200", png(), (64, 32))
    assert brand.logo_uri == f"data:image/png;base64,{base64.b64encode(png()).decode()}"
    assert brand == client_brand(folder)
    assert read_standard(folder / "standard.toml").client == "Harbour"


def test_without_a_brand_a_client_looks_as_okrkit_does(tmp_path):
    write_standard(tmp_path / "standard.toml")
    assert client_brand(tmp_path) == read_brand(tmp_path / "standard.toml") == Brand()
    assert not Brand().is_own
    assert f"--accent: {OWN_COLOUR}" in (ASSETS / "tokens.css").read_text()


def test_a_new_standard_holds_the_section_ready_to_be_used(tmp_path):
    path = tmp_path / "standard.toml"
    write_standard(path)
    text = path.read_text()
    section = text[text.index("# [brand]") :]
    assert section.splitlines() == ["# [brand]", '# colour = "#1f4e79"', '# logo = "logo.png"']
    path.write_text(text.replace(section, section.replace("# ", "")))
    (tmp_path / "logo.png").write_bytes(png())
    assert read_brand(path) == Brand("#1f4e79", png(), "logo.png")


def test_a_brand_that_is_given_is_written_and_reads_back(tmp_path):
    path = tmp_path / "standard.toml"
    (tmp_path / "our logo.png").write_bytes(png())
    write_standard(path, client='Sons "& Co"', colour="#0a0b0c", logo="our logo.png")
    assert read_standard(path).client == 'Sons "& Co"'
    assert read_brand(path) == Brand("#0a0b0c", png(), "our logo.png")


@pytest.mark.parametrize(
    ("section", "setting", "said"),
    [
        ('[brand]\ncolour = "navy"', "brand.colour", "'navy'. Expected six digits such as"),
        ("[brand]\ncolour = 12", "brand.colour", "12. Expected"),
        ('[brand]\ncolor = "#123456"', "brand.color", "Did you mean colour?"),
        ('brand = "blue"', "brand", "Write it under [brand]."),
        ('[brand]\nlogo = "../logo.png"', "brand.logo", "beside the standard"),
        ('[brand]\nlogo = "/etc/logo.png"', "brand.logo", "beside the standard"),
        ('[brand]\nlogo = "in\\\\logo.png"', "brand.logo", "beside the standard"),
        ('[brand]\nlogo = "logo.svg"', "brand.logo", "'logo.svg'. Expected the name of a file"),
        ('[brand]\nlogo = "none.png"', "brand.logo", "none.png, which cannot be opened"),
        ('[brand]\nlogo = "folder.png"', "brand.logo", "folder.png, which is no file"),
        ('[brand]\nlogo = "pipe.png"', "brand.logo", "pipe.png, which is no file"),
        ('[brand]\nlogo = "leads-out.png"', "brand.logo", "a link that leads out of the folder"),
        ('[brand]\nlogo = "text.png"', "brand.logo", "which is no whole PNG file"),
        ('[brand]\nlogo = "cut.png"', "brand.logo", "which is no whole PNG file"),
        ('[brand]\nlogo = "wide.png"', "brand.logo", "wide.png of 2,001 by 32 pixels. Expected a PNG"),
        ('[brand]\nlogo = "tiny.png"', "brand.logo", "tiny.png of 1 by 1 pixels"),
        ('[brand]\nlogo = "heavy.png"', "brand.logo", "heavy.png of more than 200,000 bytes"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_with_its_setting_and_what_to_do(
    folder, tmp_path, section, setting, said
):
    (folder / "folder.png").mkdir()
    os.mkfifo(folder / "pipe.png")
    (tmp_path / "outside.png").write_bytes(png())
    (folder / "leads-out.png").symlink_to(tmp_path / "outside.png")
    (folder / "text.png").write_bytes(b"<svg onload='x()'></svg>")
    (folder / "cut.png").write_bytes(png()[:-1])
    (folder / "wide.png").write_bytes(png(2001))
    (folder / "tiny.png").write_bytes(png(1, 1))
    (folder / "heavy.png").write_bytes(png() + bytes(LOGO_BYTES_MAX))
    problem = refused(folder, section)
    assert str(problem).startswith(f"standard.toml, setting {setting}: ")
    assert said in str(problem)
    assert problem.remedy
    assert client_brand(folder).logo is None


def test_a_header_that_does_not_fit_its_checksum_is_no_png(tmp_path):
    path = tmp_path / "logo.png"
    path.write_bytes(png().replace((64).to_bytes(4, "big"), (65).to_bytes(4, "big"), 1))
    assert "no whole PNG" in read_logo(path)


def test_the_brand_is_refused_together_with_what_else_is_wrong(folder):
    (folder / "standard.toml").write_text('cadence_day = 7\n[brand]\ncolour = "navy"')
    with pytest.raises(InputError) as caught:
        read_folder(folder)
    assert [one.column for one in caught.value.problems] == ["cadence_day", "brand.colour"]


def test_text_stands_out_on_any_colour():
    shades = ("00", "33", "4d", "66", "73", "76", "77", "80", "99", "cc", "ff")
    brands = [Brand("#" + "".join(parts)) for parts in product(shades, repeat=3)]
    assert min(contrast(one.on_colour, one.colour) for one in brands) >= CONTRAST_MIN


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#777777", "#ffffff", 4.48), ("#1f4e79", "#ffffff", 8.66)]
)
def test_contrast_is_that_of_wcag(one, other, ratio):
    """Worked by hand: 0.2126 R + 0.7152 G + 0.0722 B of the linear parts, plus 0.05 each."""
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)


def test_charts_and_links_of_a_page_take_the_clients_colour_where_it_can_be_read():
    for colour, drawn in (("#7a1f4e", "#7a1f4e"), ("#ffd200", OWN_COLOUR), ("#777777", OWN_COLOUR)):
        assert f"--accent: {drawn};" in brand_style(Brand(colour))
    shades = ("00", "33", "66", "80", "99", "ff")
    brands = [Brand("#" + "".join(parts)) for parts in product(shades, repeat=3)]
    for ground in ("wash", "wash-2", "paper"):
        (under,) = re.findall(rf"--{ground}: (#\w+);", (ASSETS / "tokens.css").read_text())[:1]
        assert min(contrast(one.accent, under) for one in brands) >= CONTRAST_MIN


def test_the_logo_is_not_noted_as_a_file_that_was_not_read(folder):
    (folder / "other.png").write_bytes(png())
    assert [note.file for note in read_folder(folder).notes if "CSV" in note.text] == ["other.png"]


def test_a_report_carries_colour_and_logo_in_its_head(folder, tmp_path):
    for command in (["report", folder, "-o"], ["calibrate", folder, "--html"]):
        out = tmp_path / "page.html"
        done = CliRunner().invoke(app, [*map(str, command), str(out)])
        assert done.exit_code == 0, done.stderr
        page = out.read_text(encoding="utf-8")
        (head,) = re.findall(r'<header class="report-head branded">(.*?)</header>', page)
        assert f'<img src="{client_brand(folder).logo_uri}" alt="">' in head
        assert "<b>Harbour</b>" in head
        assert ".okr { --brand: #ffd200; --on-brand: #000000; " in page


def test_a_report_without_a_brand_has_neither(folder, tmp_path):
    (folder / "standard.toml").unlink()
    out = tmp_path / "page.html"
    CliRunner().invoke(app, ["report", str(folder), "-o", str(out)])
    page = out.read_text(encoding="utf-8")
    assert '<header class="report-head"><b>okrkit</b>' in page
    assert "--brand:" not in page
