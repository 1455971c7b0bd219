"""Ruled tables of PDF pages, and the joining of those that a page break cut."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Any

import pypdfium2.raw as pdfium

from pipeline import layout
from pipeline.extract.pdf.glyphs import Glyph
from pipeline.extract.pdf.lines import rows_of
from pipeline.model import Box, Line, Table

_THIN, _LONG = 3.0, 15.0  # points: a path is a rule if it is thinner and longer than these


def has_grid(page: Any) -> bool:
    """Whether the page has rules in both directions, enough for a table; a letterhead's rules go in one only."""
    across = down = 0
    for path in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3):
        left, bottom, right, top = path.get_bounds()
        wide, high = right - left, top - bottom
        if wide > _LONG and high > _LONG:
            across, down = across + 2, down + 2
        elif wide > _LONG and high < _THIN:
            across += 1
        elif high > 0.5 * _LONG and wide < _THIN:
            down += 1
        if across >= 2 and down >= 2:
            return True
    return False


class TableFinder:
    """The tables of a file's pages; opens the file for this only when a page asks."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: Any = None

    def __enter__(self) -> TableFinder:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._file is not None:
            self._file.close()

    def tables(self, number: int, glyphs: list[Glyph]) -> list[Table]:
        """The tables of a page (from 1), their cells filled with the page's glyphs."""
        if self._file is None:
            import pdfplumber

            self._file = pdfplumber.open(self._path)
        page = self._file.pages[number - 1]
        try:
            found = [_table(t, number, glyphs) for t in page.find_tables()]
        finally:
            page.close()
        return [t for t in found if t]


def _table(found: Any, number: int, glyphs: list[Glyph]) -> Table | None:
    rows = [[_cell_text(cell, number, glyphs) for cell in row.cells] for row in found.rows]
    filled = [cell for row in rows for cell in row if cell]
    columns = max((sum(1 for c in row.cells if c) for row in found.rows), default=0)
    if columns < 2 or len(rows) < 2 or len(filled) < 3:
        return None
    if sum(layout.is_a("letterhead", c) or layout.is_a("recipients", c) for c in filled) > 1:
        return None
    return Table(rows, page=number, box=Box(*found.bbox))


def _cell_text(cell: tuple[float, float, float, float] | None, number: int, glyphs: list[Glyph]) -> str:
    if cell is None:
        return ""
    inside = [g for g in glyphs if is_inside(g, Box(*cell))]
    return " ".join(s.text for row in rows_of(inside, number) for s in row.segments)


def is_inside(glyph: Glyph, box: Box) -> bool:
    """Whether a letter stands in a box."""
    middle = glyph.base - 0.3 * glyph.size
    return box.x0 <= (glyph.x0 + glyph.x1) / 2 <= box.x1 and box.top <= middle <= box.bottom


def merge_cut(blocks: list[Line | Table]) -> list[Line | Table]:
    """Tables that go on at the head of the next page, made whole."""
    result: list[Line | Table] = []
    whole: Table | None = None
    last_page = since = 0
    for block in blocks:
        if isinstance(block, Line):
            since += not _is_head(block)
        elif whole and not since and block.page == last_page + 1 and len(block.rows[0]) == len(whole.rows[0]):
            _append(whole, block)
            last_page += 1
            continue
        else:
            whole, last_page, since = block, block.page or 0, 0
        result.append(block)
    return result


def _is_head(line: Line) -> bool:
    return layout.is_a("page_number", line.text) or layout.is_a("running_head", line.text)


def _append(whole: Table, rest: Table) -> None:
    """Add the rows of the next page: a repeated header once, a row that the break cut as one row."""
    rows = rest.rows
    header = whole.rows[: whole.header_rows]
    if len(rows) > len(header) and rows[: len(header)] == header:
        rows = rows[len(header) :]
    if _is_rest(whole.rows[-1], rows[0]):
        whole.rows[-1] = [f"{a} {b}".strip() for a, b in zip(whole.rows[-1], rows[0], strict=True)]
        rows = rows[1:]
    whole.rows += rows


def _is_rest(before: list[str], row: list[str]) -> bool:
    """Whether a row is the lower part of the one before: no number of its own, and its words go on."""
    pairs = [(a, b) for a, b in zip(before, row, strict=True) if b]
    return bool(before[0]) and not row[0] and any(layout.starts_lower(b) or a[-1:].isalpha() for a, b in pairs)
