"""The lines and tables of a page in reading order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.extract.corrections import as_meant
from pipeline.extract.pdf.glyphs import Array
from pipeline.extract.pdf.lines import rows_of
from pipeline.extract.pdf.order import in_reading_order
from pipeline.extract.pdf.tables import Grid, grids, in_cells
from pipeline.model import Box, Line

if TYPE_CHECKING:
    from pipeline.extract.ocr import OcrPage


def blocks_of(letters: Array, rules: list[Box], number: int, width: float) -> list[Line | Grid]:
    """The blocks of a page (from 1) of this width from top to bottom; what stands in a table is not read again as
    lines."""
    tables = sorted(grids(rules, letters, number), key=lambda g: g.box.top)
    if tables:
        letters = letters.compress(in_cells(letters, [grid.box for grid in tables]) < 0)
    rows = rows_of(letters, number)
    blocks: list[Line | Grid] = []
    for grid in tables:
        above = [row for row in rows if row.base < grid.box.bottom]
        rows = rows[len(above) :]
        blocks += [*in_reading_order(above, width), grid]
    return blocks + list(in_reading_order(rows, width))


def blocks_read(page: OcrPage, number: int, width: float) -> list[Line | Grid]:
    """The blocks of a page that was read from its picture, as they are meant; lines without letters and figures are
    dirt and left out."""
    found: list[Line | Grid] = []
    for block in blocks_of(page.letters, page.rules, number, width):
        if isinstance(block, Grid):
            block.table.rows = [[as_meant(cell) for cell in row] for row in block.table.rows]
            found.append(block)
            continue
        text = as_meant(block.text)
        if any(c.isalnum() for c in text):
            found.append(replace(block, text=text))
    return found
