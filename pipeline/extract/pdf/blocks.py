"""The lines and tables of pages in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from pipeline.extract.corrections import as_meant
from pipeline.extract.pdf.glyphs import Array
from pipeline.extract.pdf.lines import Row, rows_of
from pipeline.extract.pdf.notes import parted as notes_parted
from pipeline.extract.pdf.order import in_reading_order
from pipeline.extract.pdf.tables import Grid, grids, in_cells
from pipeline.model import Box, Line

if TYPE_CHECKING:
    from pipeline.extract.ocr import OcrPage

_ALONE = "ABCDEIVX"  # letters that stand alone on a line as numbers of parts
TOGETHER = 32  # pages that are read at once
_FIGURE = re.compile(r"[-+]?\d[\d.,]*%?")
_ROWS, _COLUMNS, _FIGURES = 3, 3, 2  # of a table without rules at least: rows, columns, figures in a row


class Sheet(NamedTuple):
    """A page (from 1) by what stands on it: its width in points, its letters, its rules."""

    number: int
    width: float
    letters: Array
    rules: list[Box]


def blocks_of(sheets: Iterable[Sheet], unruled: list[int]) -> Iterator[tuple[int, list[Line | Grid]]]:
    """The number of each page and its blocks from top to bottom; what stands in a table is not read again as lines.

    A table without rules is read row by row; the numbers of pages with such a table are added to ``unruled``.
    Pages are read some at a time: what is done for all of their letters takes hardly longer than for those of one.
    """
    sheets = iter(sheets)
    while some := list(islice(sheets, TOGETHER)):
        tables = {sheet.number: _tables(sheet) for sheet in some}
        rows = rows_of({sheet.number: _outside(sheet, tables[sheet.number]) for sheet in some})
        for number, width, letters, rules in some:
            if _has_columns(rows[number]):
                unruled.append(number)
            body, notes = notes_parted(rows[number], rules, letters)
            yield number, [*_in_order(body, tables[number], width), *notes]


def _has_columns(rows: list[Row]) -> bool:
    """Whether rows one below the other have figures in columns."""
    in_a_row = 0
    for row in rows:
        if len(row.segments) < _COLUMNS or _figures(row) < _FIGURES:
            in_a_row = 0
        elif (in_a_row := in_a_row + 1) == _ROWS:
            return True
    return False


def _figures(row: Row) -> int:
    return sum(_FIGURE.fullmatch(segment.text) is not None for segment in row.segments)


def _tables(sheet: Sheet) -> list[Grid]:
    return sorted(grids(sheet.rules, sheet.letters, sheet.number), key=lambda grid: grid.box.top)


def _outside(sheet: Sheet, tables: list[Grid]) -> Array:
    """The letters of a page that stand in no table."""
    if not tables:
        return sheet.letters
    return sheet.letters.compress(in_cells(sheet.letters, [grid.box for grid in tables]) < 0)


def _in_order(rows: list[Row], tables: list[Grid], width: float) -> list[Line | Grid]:
    """The lines and tables of a page of this width."""
    blocks: list[Line | Grid] = []
    for grid in tables:
        above = [row for row in rows if row.base < grid.box.bottom]
        rows = rows[len(above) :]
        blocks += [*in_reading_order(above, width), grid]
    return blocks + list(in_reading_order(rows, width))


def blocks_read(page: OcrPage, number: int, width: float) -> list[Line | Grid]:
    """The blocks of a page that was read from its picture, as they are meant; lines without letters and figures are
    dirt and left out, as is a single letter that numbers no part of a document."""
    found: list[Line | Grid] = []
    ((_, blocks),) = blocks_of([Sheet(number, width, page.letters, page.rules)], [])
    for block in blocks:
        if isinstance(block, Grid):
            block.table.rows = [[as_meant(cell) for cell in row] for row in block.table.rows]
            found.append(block)
            continue
        text = as_meant(block.text)
        written = "".join(filter(str.isalnum, text))
        if written and (len(written) > 1 or written in _ALONE or written.isdigit()):
            found.append(replace(block, text=text))
    return found
