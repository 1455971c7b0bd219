"""Bare numbers in table cells: their unit comes from the column, the row or the table's caption."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from patterns import forms
from pipeline.annotate.measures import Measure, is_unit, unit_named
from pipeline.annotate.numbers import plain
from pipeline.annotate.units import Unit as Counted
from pipeline.model import Quantity, TableText, Text, Unit
from pipeline.table_heads import has_second_row


def cell_quantities(text: Text, unit: Unit) -> list[Quantity]:
    """The quantities of a cell that get their unit from its table; empty where it is a label, a code or words.

    A cell is a number alone, or has an aside behind it: ``5,63 (<BĐ1: 0,37)``.
    """
    if unit.table is None or unit.row is None or unit.column is None or unit.table >= len(text.tables):
        return []
    table = text.tables[unit.table]
    words = text.text[unit.start : unit.end]
    found = [m for name in ("cell_value", "cell_aside") if (m := _form(name).search(words))]
    if unit.row >= len(table.rows) or not found:
        return []
    row = table.rows[unit.row]
    if _is_label(table, row, unit.column, words.strip()):
        return []
    counted, scale = _unit_of(table, row, unit.column)
    indicator = " - ".join(p for p in (_row_header(row), _header(table, row, unit.column)) if p) or None
    return [_value(m, counted, scale, indicator) for m in found]


def _value(m: re.Match[str], counted: Counted | None, scale: int | None, indicator: str | None) -> Quantity:
    """The quantity of a number in a cell, with its sign."""
    raw, figures = m["value"], m["value"].lstrip("-−")
    value = Measure(0, len(raw), figures, scale=scale, unit=counted).value(figures)
    return Quantity(
        text=raw,
        start=m.start("value"),
        end=m.end("value"),
        value=plain(value if figures == raw else -value),
        unit=counted.name if counted else None,
        indicator=indicator,
    )


def _is_label(table: TableText, row: list[str], column: int, raw: str) -> bool:
    """Whether a number is an ordinal, a code or a coordinate: its column says so, or words follow it at the edge."""
    if _form("no_values").match(_header(table, row, column)) or _form("coordinate").match(raw):
        return True
    if row is table.rows[0] and has_second_row(table):
        return True
    if any(row[:column]):
        return False
    return column == 0 or any(c.isalpha() for c in _cell(row, column + 1))


def _unit_of(table: TableText, row: list[str], column: int) -> tuple[Counted | None, int | None]:
    """The unit of a column, of a row (its own cell, or its heading), or of the whole table; null where none says."""
    for phrase in _phrases(table, row, column):
        counted, scale = unit_named(phrase)
        if counted:
            return counted, scale
    return None, None


def _phrases(table: TableText, row: list[str], column: int) -> Iterator[str]:
    """Where a unit may be said, the nearest first."""
    header = _header(table, row, column)
    yield from _said(header)
    if _form("rate_column").match(header):
        yield "%"
    unit_columns, said = _said_of_table(tuple(table.header), table.caption or "")
    for i in unit_columns:
        yield _cell(row, i)
    if len(header.split()) <= 2 and not any(c.isdigit() for c in header):
        yield header
    yield from _said(_row_header(row))
    yield from said


@lru_cache(maxsize=64)
def _said_of_table(header: tuple[str, ...], caption: str) -> tuple[list[int], list[str]]:
    """The columns that give each row's unit, and the units that headings and caption give to the whole table."""
    columns = [i for i, name in enumerate(header) if _form("unit_column").match(name)]
    return columns, [m["unit"] for name in (*header, caption) if (m := _form("unit_said").search(name))]


@lru_cache(maxsize=1024)
def _said(name: str) -> list[str]:
    """What a heading says of its unit: all that stands in brackets (``(ha)``), or what it counts (``Số hộ``)."""
    bracketed = [m["unit"] for m in _form("unit_bracketed").finditer(name)]
    said = [m["unit"] for form in ("unit_said", "counted") if (m := _form(form).search(name))]
    return [unit for unit in bracketed if is_unit(unit.split("/")[0])] + said


def _form(name: str) -> re.Pattern[str]:
    return forms("quantities")[name].pattern


def _header(table: TableText, row: list[str], column: int) -> str:
    """The heading of a cell's column; a row whose ordinal stands one column late is read as if it did not."""
    late = not row[0] and len(row) > 1 and _form("row_ordinal").match(row[1]) and not _cell(table.header, len(row) - 1)
    if late and _form("no_values").match(_cell(table.header, 0)):
        column -= 1
    return _cell(table.header, column)


def _row_header(row: list[str]) -> str:
    """The first cell of a row that holds words."""
    return next((cell for cell in row[:3] if any(c.isalpha() for c in cell) and len(cell) > 3), "")


def _cell(row: list[str], column: int) -> str:
    return row[column].strip() if 0 <= column < len(row) else ""
