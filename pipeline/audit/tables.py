"""Tables against themselves: total rows, total columns, percentages of other columns.

How a table adds up is read from the table itself: a rule (this column is the sum of those two) holds where most of its
rows, or most of its columns, keep it; what breaks such a rule is a finding. Where no rule is kept nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from patterns import forms
from pipeline.annotate.numbers import parse_figures
from pipeline.audit.lines import Page, agrees, number, written
from pipeline.audit.model import Finding
from pipeline.model import TableText

_FORMS = {name: form.pattern for name, form in forms("figures").items()}
_NUMBER = re.compile(r"\d{1,3}(?:[.\s]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?")
_ROMAN = re.compile(r"[IVX]+|[A-H]")
_MOST = Decimal("0.6")


class Grid(NamedTuple):
    """A table's numbers by row and column; null where a cell holds none."""

    table: TableText
    number: int
    cells: list[list[Decimal | None]]
    raw: list[list[str]]

    def column(self, c: int) -> list[Decimal | None]:
        """The numbers of a column."""
        return [row[c] for row in self.cells]


def wrong_tables(page: Page) -> Iterator[Finding]:
    """What does not add up in the tables of a document."""
    for n, table in enumerate(page.document.tables):
        grid = _grid(table, n)
        if grid and len(grid.cells) > 1:
            told: set[tuple[int, int]] = set()
            for found in (*_total_rows(page, grid), *_total_columns(page, grid), *_percentages(page, grid)):
                if not told & set(found.cells):
                    told |= {found.cells[0]}
                    yield found.finding


class _Found(NamedTuple):
    cells: list[tuple[int, int]]
    finding: Finding


def _grid(table: TableText, n: int) -> Grid | None:
    width = max((len(r) for r in table.rows), default=0)
    raw = [[*r, *[""] * (width - len(r))] for r in table.rows]
    return Grid(table, n, [[_value(cell) for cell in row] for row in raw], raw) if width > 1 else None


def _value(cell: str) -> Decimal | None:
    words = cell.strip().removesuffix("%").strip()
    return parse_figures(words, whole=True) if _NUMBER.fullmatch(words) else None


def _finding(page: Page, grid: Grid, cells: Sequence[tuple[int, int]], name: str, evidence: str, right: str) -> _Found:
    """A finding about the first of some cells."""
    (row, column), ids = cells[0], []
    for i, q in enumerate(page.document.quantities):
        if q.table == grid.number and (q.row, q.column) in cells:
            ids.append(i)
    span = _span(page, grid, row, column)
    finding = page.finding(name, "error", span, evidence, right, ids)
    return _Found(list(cells), finding)


def _span(page: Page, grid: Grid, row: int, column: int) -> tuple[int, int]:
    """Where a cell stands in the text: by its quantity, else its row's line."""
    own = [q for q in page.document.quantities if (q.table, q.row, q.column) == (grid.number, row, column)]
    if own:
        return own[0].start, own[0].end
    lines = [line for line in page.lines if grid.table.start <= line.start < grid.table.end]
    below = lines[len(lines) - len(grid.raw) :] if len(lines) >= len(grid.raw) else lines
    line = below[min(row, len(below) - 1)] if below else None
    return (line.start, line.start + len(line.text)) if line else (grid.table.start, grid.table.end)


def _header(grid: Grid, c: int) -> str:
    return grid.table.header[c] if c < len(grid.table.header) else ""


def _columns(grid: Grid) -> list[int]:
    """The columns that hold numbers which can be added."""
    return [
        c
        for c in range(len(grid.raw[0]))
        if sum(v is not None for v in grid.column(c)) > 1
        and not _FORMS["not_additive"].search(_header(grid, c))
        and not _ordinal(grid.column(c))
    ]


def _ordinal(values: list[Decimal | None]) -> bool:
    """Whether a column only counts its rows."""
    told = [v for v in values if v is not None]
    return len(told) > 2 and all(b == a + 1 for a, b in pairwise(told))


# --------------------------------------------------------------------------- total rows


def _total_rows(page: Page, grid: Grid) -> Iterator[_Found]:
    """Rows called total against the rows that they can be the total of."""
    totals = [r for r, row in enumerate(grid.raw) if _is_total(row)]
    columns = _columns(grid)
    for r in totals:
        best: tuple[int, list[int], dict[int, Decimal]] | None = None
        for rows in _summands(grid, r, totals):
            sums = {c: _sum(grid, c, rows) for c in columns if grid.cells[r][c] is not None}
            kept = sum(_same(added, grid.cells[r][c]) for c, added in sums.items())
            if sums and (best is None or kept > best[0]):
                best = (kept, rows, sums)
        if best:
            yield from _wrong_totals(page, grid, r, *best)


def _is_total(row: list[str]) -> bool:
    words = [cell for cell in row[:3] if cell.strip() and _value(cell) is None]
    return bool(words) and bool(_FORMS["total_row"].match(words[0]) or _FORMS["total_row"].match(words[-1]))


def _summands(grid: Grid, r: int, totals: list[int]) -> Iterator[list[int]]:
    """The rows that a total row can stand for: those before it, after it, of its stretch, or the groups' heads."""
    plain = [i for i in range(len(grid.raw)) if i not in totals]
    heads = [i for i in plain if _ROMAN.fullmatch(grid.raw[i][0].strip().rstrip("."))]
    single = [i for i in plain if i not in heads]
    before = max((t for t in totals if t < r), default=-1)
    after = min((t for t in totals if t > r), default=len(grid.raw))
    for rows in (single, plain, heads):
        yield [i for i in rows if i < r]
        yield [i for i in rows if i > r]
        yield [i for i in rows if before < i < r]
        yield [i for i in rows if r < i < after]
    yield [t for t in totals if t < r]
    yield [t for t in totals if t > r]


def _sum(grid: Grid, c: int, rows: list[int]) -> Decimal:
    return sum((v for i in rows if (v := grid.cells[i][c]) is not None), Decimal(0))


def _same(added: Decimal, told: Decimal | None) -> bool:
    """Whether a sum is told rightly; numbers with decimals may each be rounded."""
    if told is None:
        return False
    exponent = told.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return added == told or (places > 0 and abs(added - told) <= Decimal(3).scaleb(-places))


def _wrong_totals(
    page: Page, grid: Grid, r: int, kept: int, rows: list[int], sums: dict[int, Decimal]
) -> Iterator[_Found]:
    """The columns in which a total row fails, where enough of the others prove what it is the total of."""
    if len(rows) < 2:
        return
    wrong = {c: added for c, added in sums.items() if not _same(added, grid.cells[r][c])}
    for c, added in wrong.items():
        told = grid.cells[r][c] or Decimal(0)
        near = bool(told) and abs(added - told) <= told / 10
        filled = sum(grid.cells[i][c] is not None for i in rows)
        proven = kept >= len(wrong) and kept > 0
        if filled < 2 or not ((proven and abs(added - told) <= told / 2) or (near and len(sums) == 1)):
            continue
        parts = " + ".join(number(v) for i in rows if (v := grid.cells[i][c]) is not None)
        evidence = (
            f"Cột «{_header(grid, c)}»: {parts} = {number(added)}, dòng «{_label(grid.raw[r])}» ghi {number(told)}"
        )
        cells = [(r, c), *((i, c) for i in rows if grid.cells[i][c] is not None)]
        yield _finding(page, grid, cells, "wrong_sum", evidence, number(added))


def _label(row: list[str]) -> str:
    return next((cell.strip() for cell in row if cell.strip() and _value(cell) is None), "")


# --------------------------------------------------------------------------- total columns


def _total_columns(page: Page, grid: Grid) -> Iterator[_Found]:
    """Columns called total against the run of columns beside them that most rows prove to be their parts."""
    columns = _columns(grid)
    for t in columns:
        if not _FORMS["total_column"].search(_header(grid, t)):
            continue
        best: tuple[list[int], list[int], list[int]] | None = None
        for run in _runs(columns, t):
            rows = [r for r in range(len(grid.cells)) if _filled(grid, r, [t, *run])]
            kept = [r for r in rows if _same(_row_sum(grid, r, run), grid.cells[r][t])]
            if len(kept) >= 2 and len(kept) >= _MOST * len(rows) and (best is None or len(kept) > len(best[1])):
                best = (run, kept, rows)
        if best:
            run, kept, rows = best
            for r in (r for r in rows if r not in kept):
                told, added = grid.cells[r][t] or Decimal(0), _row_sum(grid, r, run)
                parts = " + ".join(number(grid.cells[r][c] or Decimal(0)) for c in run)
                where = f"Dòng «{_label(grid.raw[r])}»"
                evidence = f"{where}: {parts} = {number(added)}, cột «{_header(grid, t)}» ghi {number(told)}"
                yield _finding(page, grid, [(r, t), *((r, c) for c in run)], "wrong_sum", evidence, number(added))


def _runs(columns: list[int], t: int) -> Iterator[list[int]]:
    """The runs of two columns or more that begin right after a column or end right before it."""
    at = columns.index(t)
    for end in range(at + 3, len(columns) + 1):
        yield columns[at + 1 : end]
    for start in range(at - 1):
        yield columns[start:at]


def _filled(grid: Grid, r: int, columns: list[int]) -> bool:
    return grid.cells[r][columns[0]] is not None and any(grid.cells[r][c] is not None for c in columns[1:])


def _row_sum(grid: Grid, r: int, columns: list[int]) -> Decimal:
    return sum((v for c in columns if (v := grid.cells[r][c]) is not None), Decimal(0))


# --------------------------------------------------------------------------- percentages


def _percentages(page: Page, grid: Grid) -> Iterator[_Found]:
    """Columns of percentages against the two columns that most rows prove to be part and whole."""
    width = range(len(grid.raw[0]))
    for p in width:
        if not re.search(r"%|[Tt][ỷỉ] lệ", _header(grid, p)):
            continue
        best: tuple[int, int, list[int], list[int]] | None = None
        for a in width:
            for b in width:
                if len({a, b, p}) < 3:
                    continue
                rows = [
                    r
                    for r in range(len(grid.cells))
                    if grid.cells[r][a] is not None and grid.cells[r][b] and grid.cells[r][p] is not None
                ]
                kept = [r for r in rows if _ratio_right(grid, r, a, b, p)]
                if len(kept) >= 2 and len(kept) >= _MOST * len(rows) and (best is None or len(kept) > len(best[2])):
                    best = (a, b, kept, rows)
        if best:
            a, b, kept, rows = best
            for r in (r for r in rows if r not in kept):
                yield _wrong_ratio(page, grid, r, a, b, p)


def _ratio_right(grid: Grid, r: int, a: int, b: int, p: int) -> bool:
    part, whole, told = grid.cells[r][a], grid.cells[r][b], grid.cells[r][p]
    if part is None or not whole or told is None:
        return False
    return agrees(100 * part / whole, told, _places(told))


def _places(told: Decimal) -> int:
    exponent = told.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _wrong_ratio(page: Page, grid: Grid, r: int, a: int, b: int, p: int) -> _Found:
    part, whole, told = (grid.cells[r][c] or Decimal(0) for c in (a, b, p))
    actual = 100 * part / whole
    where = f"Dòng «{_label(grid.raw[r])}»: {number(part)}/{number(whole)} = {written(actual, 2)}%"
    evidence = f"{where}, cột «{_header(grid, p)}» ghi {number(told)}"
    right = written(actual, max(1, _places(told)))
    return _finding(page, grid, [(r, p), (r, a), (r, b)], "wrong_percentage", evidence, right)
