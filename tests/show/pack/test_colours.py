"""The colours of office files are those of the pages."""

from __future__ import annotations

import re

from okrkit.show.pack import colours
from okrkit.show.style import ASSETS

NAMES = {
    "INK": "ink",
    "QUIET": "ink-2",
    "PAPER": "paper",
    "WASH": "wash",
    "EDGE": "edge",
    "LINE": "line",
}


def test_office_files_have_the_colours_of_the_pages():
    sheet = (ASSETS / "tokens.css").read_text(encoding="utf-8").partition("@media")[0]
    token = dict(re.findall(r"--([\w-]+): #([0-9a-f]{6});", sheet))
    for name, called in NAMES.items():
        assert getattr(colours, name).lower() == token[called], name
    assert {tone: colour.lower() for tone, colour in colours.TONES.items()} == {
        tone: token[tone] for tone in colours.TONES
    }
    assert colours.FILLS[-1][0].lower() == token["wash-2"]
