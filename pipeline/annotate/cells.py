"""Bare numbers in table cells: their unit comes from the column, the row or the table's caption."""

from __future__ import annotations

from collections.abc import Iterator

from patterns import forms
from pipeline.annotate.measures import Measure, figure, unit_named
from pipeline.annotate.numbers import plain
from pipeline.annotate.units import Unit as Counted
from pipeline.model import Quantity, TableText, Text, Unit


def cell_quantity(text: Text, unit: Unit) -> Quantity | None:
    """The quantity of a cell that holds nothing but a number; null where it is a label, a code or no number."""
    if unit.table is None or unit.row is None or unit.column is None or unit.table >= len(text.tables):
        return None
    table = text.tables[unit.table]
    raw = text.text[unit.start : unit.end].strip()
    figures = raw.lstrip("-−")
    if unit.row >= len(table.rows) or not figure().fullmatch(figures) or _is_label(table, unit.column, raw):
        return None
    counted, scale = _unit_of(table, unit.row, unit.column)
    measure = Measure(0, len(raw), figures, scale=scale, unit=counted)
    value = measure.value(figures)
    start = text.text.index(raw, unit.start) - unit.start
    return Quantity(
        text=raw,
        start=start,
        end=start + len(raw),
        value=plain(value if figures == raw else -value),
        unit=counted.name if counted else None,
        indicator=" - ".join(p for p in (_row_header(table, unit.row), _header(table, unit.column)) if p) or None,
    )


def _is_label(table: TableText, column: int, raw: str) -> bool:
    """Whether a number is an ordinal or a code: its column says so, or counts 1, 2, 3 at the table's edge."""
    if forms("quantities")["no_values"].pattern.match(_header(table, column)):
        return True
    if column > 1 or not raw.isdigit():
        return column == 0 and raw.replace(".", "").isdigit()
    ordinals = [int(cell) for row in table.rows if (cell := _cell(row, column)).isdigit()]
    return column == 0 or ordinals in (list(range(1, len(ordinals) + 1)), sorted(set(ordinals)))


def _unit_of(table: TableText, row: int, column: int) -> tuple[Counted | None, int | None]:
    """The unit of a column, of a row (its own cell, or its heading), or of the whole table; null where none says."""
    for phrase in _phrases(table, row, column):
        counted, scale = unit_named(phrase)
        if counted:
            return counted, scale
    return None, None


def _phrases(table: TableText, row: int, column: int) -> Iterator[str]:
    """Where a unit may be said, the nearest first."""
    header, heading = _header(table, column), _row_header(table, row)
    yield from _said(header)
    for i, name in enumerate(table.header):
        if forms("quantities")["unit_column"].pattern.match(name):
            yield _cell(table.rows[row], i)
    yield from _said(heading)
    for name in table.header:
        if m := forms("quantities")["unit_said"].pattern.search(name):
            yield m["unit"]
    if table.caption and (m := forms("quantities")["unit_said"].pattern.search(table.caption)):
        yield m["unit"]


def _said(name: str) -> Iterator[str]:
    """What a heading says of its unit: ``(ha)`` at its end, ``Số hộ``, or the unit itself."""
    for form in ("unit_bracketed", "unit_said", "counted"):
        if m := forms("quantities")[form].pattern.search(name):
            yield m["unit"]
    if "%" in name:
        yield "%"
    if len(name.split()) <= 2:
        yield name


def _header(table: TableText, column: int) -> str:
    return _cell(table.header, column)


def _row_header(table: TableText, row: int) -> str:
    """The first cell of a row that holds words."""
    return next((cell for cell in table.rows[row][:3] if any(c.isalpha() for c in cell) and len(cell) > 3), "")


def _cell(row: list[str], column: int) -> str:
    return row[column].strip() if column < len(row) else ""
