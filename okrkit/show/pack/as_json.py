"""A pack as JSON with stable keys, for machines."""

from __future__ import annotations

import json
from typing import Any

from .content import Cell, Chart, Number, Pack, Section, Table


def json_bytes(pack: Pack) -> bytes:
    """The pack as a JSON file; the same pack gives the same bytes.

    A number is `{"value": 0.41, "words": "41 %"}`; rows are lists in the order of `columns`.
    """
    text = json.dumps(pack_to_dict(pack), ensure_ascii=False, indent=1, allow_nan=False)
    return f"{text}\n".encode()


def pack_to_dict(pack: Pack) -> dict[str, Any]:
    """The pack as plain values."""
    return {
        "pack": pack.name,
        "title": pack.title,
        "client": pack.client,
        "as_of": None if pack.as_of is None else pack.as_of.isoformat(),
        "cycles": list(pack.cycles),
        "standard": pack.standard,
        "okrkit": pack.version,
        "inputs": pack.inputs,
        "confidential": pack.confidential or None,
        "verdict": pack.verdict,
        "facts": [{"number": number, "text": text} for number, text in pack.facts],
        "sections": [_section(section) for section in pack.sections],
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "key": section.key,
        "title": section.title,
        "unknown": section.unknown,
        "paragraphs": list(section.paragraphs),
        "tables": [_table(table) for table in section.tables],
        "charts": [_chart(chart) for chart in section.charts],
    }


def _table(table: Table) -> dict[str, Any]:
    rows = [[_cell(cell) for cell in row] for row in table.rows]
    return {"key": table.key, "title": table.title, "columns": list(table.columns), "rows": rows}


def _chart(chart: Chart) -> dict[str, Any]:
    series = [
        {"name": one.name, "values": [None if cell is None else _cell(cell) for cell in one.values]}
        for one in chart.series
    ]
    return {
        "key": chart.key,
        "kind": chart.kind.value,
        "title": chart.title,
        "names": list(chart.names),
        "series": series,
        "axis": list(chart.axis),
        "band": None if chart.band is None else list(chart.band),
        "alt": chart.alt,
    }


def _cell(cell: Cell) -> str | dict[str, Any]:
    return {"value": cell.value, "words": cell.words} if isinstance(cell, Number) else cell
