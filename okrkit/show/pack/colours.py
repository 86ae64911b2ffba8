"""The colours of the pages (`assets/tokens.css`) as office files take them."""

from __future__ import annotations

INK, QUIET, PAPER, WASH = "17211E", "44504B", "FFFFFF", "F5F7F6"
EDGE, LINE, BARS = "7C8984", "D8DEDB", "B4BEBA"
#: yes, no, don't know, not applicable: of a part of a bar, and of the number on it
FILLS = ((QUIET, PAPER), (PAPER, INK), (LINE, INK), ("EAEEEC", INK))
TONES = {"severe": "4A3A9A", "generous": "7A5600", "same": "56635E", "cannot": "5D6470"}
