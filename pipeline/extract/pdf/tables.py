"""Ruled tables of PDF pages, and the joining of those that a page break cut."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
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
_NARROW = 12.0  # points: an empty column must be wider to be one
_BOX_SEGMENTS = 8  # more than a rectangle has: a grid drawn in one stroke


def has_grid(page: Any, level: bool) -> bool:
    """Whether the page has rules enough for a table of two columns: three that go down and two that go across.

    A letterhead's rules go across only, and a frame around text has two that go down. On a page whose text is not
    ``level`` with it, down is across.
    """
    across: list[float] = []
    down: list[float] = []
    for path in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3):
        left, bottom, right, top = path.get_bounds()
        wide, high = right - left > _THIN, top - bottom > _THIN
        if not (wide and high):
            (across if wide else down).append(bottom if wide else left)
        elif _is_stroked(path):
            if pdfium.FPDFPath_CountSegments(path.raw) > _BOX_SEGMENTS:
                return True
            across += [bottom, top]
            down += [left, right]
    rows, columns = (across, down) if level else (down, across)
    return len(_steps(rows)) >= 2 and len(_steps(columns)) >= 3


def _is_stroked(path: Any) -> bool:
    """Whether a path has an outline; without one it is a shade behind text."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(pdfium.FPDFPath_GetDrawMode(path.raw, fill, stroke)) and bool(stroke.value)


@dataclass(slots=True)
class Grid:
    """A table, and where its columns begin."""

    table: Table
    lefts: list[float]
    box: Box


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

    def tables(self, number: int, glyphs: list[Glyph], turn: int) -> list[Grid]:
        """The tables of a page (from 1), their cells filled with the page's glyphs, which ``turn`` made level."""
        if self._file is None:
            import pdfplumber

            self._file = pdfplumber.open(self._path)
        page = self._file.pages[number - 1]
        try:
            quarter = (turn - (page.rotation or 0)) % 360
            tables = page.filter(_is_rule).find_tables()
            found = [[_turned(c, quarter, page.width, page.height) for c in t.cells] for t in tables]
        finally:
            page.close()
        grids = (_grid(cells, number, glyphs) for cells in found)
        return [g for g in grids if g]


def _is_rule(thing: dict[str, Any]) -> bool:
    """Whether something on a page may be a rule of a table; letters and shades are none."""
    if thing["object_type"] not in ("line", "rect", "curve"):
        return False
    return bool(thing.get("stroke")) or min(thing["width"], thing["height"]) <= _THIN


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


def _grid(cells: list[Box], number: int, glyphs: list[Glyph]) -> Grid | None:
    tops, lefts = _steps(c.top for c in cells), _steps(c.x0 for c in cells)
    rows = [[""] * len(lefts) for _ in tops]
    for cell in cells:
        rows[_step(tops, cell.top)][_step(lefts, cell.x0)] = _cell_text(cell, number, glyphs)
    header = _header_rows(cells, tops)
    right = max(c.x1 for c in cells)
    rows, lefts = _without_empty(rows, lefts, right)
    filled = [text for row in rows for text in row if text]
    if len(lefts) < 2 or not filled:
        return None
    if sum(layout.is_a("letterhead", c) or layout.is_a("recipients", c) for c in filled) > 1:
        return None
    box = Box(min(c.x0 for c in cells), min(c.top for c in cells), right, max(c.bottom for c in cells))
    return Grid(Table(rows, page=number, box=box, header_rows=header), lefts, box)


def _without_empty(rows: list[list[str]], lefts: list[float], right: float) -> tuple[list[list[str]], list[float]]:
    """Without empty rows and the narrow columns that double rules make between the true ones."""
    wide = [b - a > _NARROW for a, b in pairwise([*lefts, right])]
    kept = [c for c in range(len(lefts)) if wide[c] or any(row[c] for row in rows)]
    return [[row[c] for c in kept] for row in rows if any(row)], [lefts[c] for c in kept]


def _header_rows(cells: list[Box], tops: list[float]) -> int:
    """How many rows the cells of the first row reach over."""
    depth = max((c.bottom for c in cells if _step(tops, c.top) == 0), default=0.0)
    return max(1, sum(top < depth - _THIN for top in tops)) if len(tops) > 1 else 1


def _steps(values: Iterable[float]) -> list[float]:
    """Different values in order, those hardly apart as one."""
    steps: list[float] = []
    for value in sorted(values):
        if not steps or value - steps[-1] > _NEAR:
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


def merge_cut(blocks: Iterable[Line | Grid]) -> list[Line | Table]:
    """Tables that go on at the head of the next page, made whole."""
    result: list[Line | Table] = []
    whole: Grid | None = None
    last_page = since = 0
    for block in blocks:
        if isinstance(block, Line):
            since += not _is_head(block)
            result.append(block)
        elif whole and not since and block.table.page == last_page + 1 and _is_aligned(whole, block):
            _append(whole, block)
            last_page += 1
        else:
            whole, last_page, since = block, block.table.page or 0, 0
            result.append(block.table)
    return result


def _is_head(line: Line) -> bool:
    return layout.is_a("page_number", line.text) or layout.is_a("running_head", line.text)


def _is_aligned(whole: Grid, rest: Grid) -> bool:
    """Whether two tables have the same width and nearly the same columns."""
    edges = abs(whole.box.x0 - rest.box.x0) < 2 * _NEAR and abs(whole.box.x1 - rest.box.x1) < 2 * _NEAR
    shared = sum(any(abs(a - b) <= _NEAR for b in whole.lefts) for a in rest.lefts)
    return edges and shared >= 0.6 * min(len(whole.lefts), len(rest.lefts))


def _append(whole: Grid, rest: Grid) -> None:
    """Add the rows of the next page: a repeated header once, a row that the break cut as one row."""
    lefts = _steps([*whole.lefts, *rest.lefts])
    table = whole.table
    table.rows, rows = _over(lefts, whole.lefts, table.rows), _over(lefts, rest.lefts, rest.table.rows)
    whole.lefts = lefts
    header = table.rows[: table.header_rows]
    if len(rows) > len(header) and rows[: len(header)] == header:
        rows = rows[len(header) :]
    if _is_rest(table.rows[-1], rows[0]):
        table.rows[-1] = [f"{a} {b}".strip() for a, b in zip(table.rows[-1], rows[0], strict=True)]
        rows = rows[1:]
    table.rows += rows


def _over(lefts: list[float], own: list[float], rows: list[list[str]]) -> list[list[str]]:
    """Rows over the columns of a finer grid."""
    places = [_step(lefts, left) for left in own]
    spread = [[""] * len(lefts) for _ in rows]
    for target, row in zip(spread, rows, strict=True):
        for place, text in zip(places, row, strict=True):
            target[place] = text
    return spread


def _is_rest(before: list[str], row: list[str]) -> bool:
    """Whether a row is the lower part of the one before: no number of its own, and its words go on."""
    pairs = [(a, b) for a, b in zip(before, row, strict=True) if b]
    return bool(before[0]) and not row[0] and any(layout.starts_lower(b) or a[-1:].isalpha() for a, b in pairs)
