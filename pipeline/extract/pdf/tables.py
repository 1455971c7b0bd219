"""Ruled tables of PDF pages, and the joining of those that a page break cut."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any

import pypdfium2.raw as pdfium

from pipeline import layout
from pipeline.extract.pdf.glyphs import Glyph
from pipeline.extract.pdf.lines import rows_of
from pipeline.model import Box, Line, Table

_THIN = 3.0  # points: a thinner path is a rule
_NEAR = 5.0  # points: rules nearer than this are one
_BOX_SEGMENTS = 8  # more than a rectangle has: a grid drawn in one stroke


def has_grid(page: Any, level: bool) -> bool:
    """Whether the page has rules enough for a table of two columns: three that go down and two that go across.

    A letterhead's rules go across only, and a frame around text has two that go down. On a page whose text is not
    ``level`` with it, down is across.
    """
    across: set[int] = set()
    down: set[int] = set()
    for path in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3):
        left, bottom, right, top = path.get_bounds()
        wide, high = right - left > _THIN, top - bottom > _THIN
        if wide and high and pdfium.FPDFPath_CountSegments(path.raw) > _BOX_SEGMENTS:
            return True
        if high:
            down |= {round(left / _NEAR), round(right / _NEAR)} if wide else {round(left / _NEAR)}
        if wide:
            across |= {round(bottom / _NEAR), round(top / _NEAR)} if high else {round(bottom / _NEAR)}
    return min(len(across), len(down)) >= 2 and max(len(across), len(down)) >= 3 and len(down if level else across) >= 3


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

    def tables(self, number: int, glyphs: list[Glyph], turn: int) -> list[Table]:
        """The tables of a page (from 1), their cells filled with the page's glyphs, which ``turn`` made level."""
        if self._file is None:
            import pdfplumber

            self._file = pdfplumber.open(self._path)
        page = self._file.pages[number - 1]
        try:
            quarter = (turn - (page.rotation or 0)) % 360
            found = [[_turned(c, quarter, page.width, page.height) for c in t.cells] for t in page.find_tables()]
        finally:
            page.close()
        tables = (_table(cells, number, glyphs) for cells in found)
        return [t for t in tables if t]


def _turned(cell: tuple[float, float, float, float], quarter: int, width: float, height: float) -> Box:
    """A box of a page after the page was turned clockwise."""
    x0, top, x1, bottom = cell
    if quarter == 90:
        return Box(height - bottom, x0, height - top, x1)
    if quarter == 180:
        return Box(width - x1, height - bottom, width - x0, height - top)
    if quarter == 270:
        return Box(top, width - x1, bottom, width - x0)
    return Box(x0, top, x1, bottom)


def _table(cells: list[Box], number: int, glyphs: list[Glyph]) -> Table | None:
    tops, lefts = _steps(c.top for c in cells), _steps(c.x0 for c in cells)
    rows = [[""] * len(lefts) for _ in tops]
    for cell in cells:
        rows[_step(tops, cell.top)][_step(lefts, cell.x0)] = _cell_text(cell, number, glyphs)
    filled = [text for row in rows for text in row if text]
    if len(lefts) < 2 or len(rows) < 2 or len(filled) < 3:
        return None
    if sum(layout.is_a("letterhead", c) or layout.is_a("recipients", c) for c in filled) > 1:
        return None
    box = Box(
        min(c.x0 for c in cells), min(c.top for c in cells), max(c.x1 for c in cells), max(c.bottom for c in cells)
    )
    return Table(rows, page=number, box=box, header_rows=_header_rows(cells, tops))


def _header_rows(cells: list[Box], tops: list[float]) -> int:
    """How many rows the cells of the first row reach over."""
    depth = max((c.bottom for c in cells if _step(tops, c.top) == 0), default=0.0)
    return max(1, sum(top < depth - _THIN for top in tops)) if len(tops) > 1 else 1


def _steps(values: Iterable[float]) -> list[float]:
    """Different values in order, those hardly apart as one."""
    steps: list[float] = []
    for value in sorted(values):
        if not steps or value - steps[-1] > _THIN:
            steps.append(value)
    return steps


def _step(steps: list[float], value: float) -> int:
    return min(range(len(steps)), key=lambda i: abs(steps[i] - value))


def _cell_text(cell: Box, number: int, glyphs: list[Glyph]) -> str:
    inside = [g for g in glyphs if is_inside(g, cell)]
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
