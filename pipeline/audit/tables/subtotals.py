"""Sub-totals: the rows of a table that head a group, against the rows of the group below them.

Groups are read from the labels in the first column (``I``, ``1``, ``1.1``, ``-``). That a table's heads are sums of
their groups is proven by most of them being so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from pipeline.audit.lines import Page, number
from pipeline.audit.tables.grid import Found, Grid, found_at, is_total, same
from pipeline.audit.totals.parts import overlaps

#: The kinds of labels, the outermost first.
_LEVELS = tuple(
    re.compile(label) for label in (r"[A-H]", r"[IVX]+", r"\d{1,2}", r"\d+\.\d+|[a-hđ]\)?", r"[-–+*]|\d+\.\d+\.\d+")
)
_DEEPEST = len(_LEVELS)
_WORDED = re.compile(r"\s*([A-H]|[IVX]+|\d{1,2}(?:\.\d{1,2})*)[.)]\s+(?=\D)")
_MOST = Decimal("0.6")


class _Check(NamedTuple):
    """A head's cell and the cells below that it should be the sum of."""

    head: int
    column: int
    rows: list[int]
    added: Decimal


def wrong_subtotals(page: Page, grid: Grid) -> Iterator[Found]:
    """Heads of groups that are not the sum of their group, where most heads of the table are."""
    checks = list(_checks(grid))
    if not checks:
        return
    kept = {(c.head, c.column) for c in checks if same(c.added, grid.cells[c.head][c.column])}
    if len(kept) < 2 or len(kept) < _MOST * len(checks):
        checks = [check for check in checks if _head_of_total(grid, check)]
    for check in checks:
        head, column, rows, added = check
        told = grid.cells[head][column] or Decimal(0)
        if (head, column) in kept or not _believable(check, told, kept):
            continue
        parts = " + ".join(number(v) for r in rows if (v := grid.cells[r][column]) is not None)
        evidence = (
            f"Cột «{grid.header(column)}»: {parts} = {number(added)}, dòng «{_name(grid, head)}» ghi {number(told)}"
        )
        cells = [(head, column), *((r, column) for r in rows if grid.cells[r][column] is not None)]
        yield found_at(page, grid, cells, "wrong_sum", evidence, number(added))


def _head_of_total(grid: Grid, check: _Check) -> bool:
    """Whether a total row is the sum of a head and those beside it, and its own group can only be a partition.

    Or that of those beside it and of its group, so that nothing but the head is wrong.
    """
    levels = _levels(grid)
    beside = [r for r, level in enumerate(levels) if level == levels[check.head]]
    totals = [v for r, level in enumerate(levels) if level == -1 and (v := grid.cells[r][check.column]) is not None]
    words = ". ".join(grid.label(r) for r in check.rows)
    told, head = grid.sum_of(check.column, beside), grid.cells[check.head][check.column] or Decimal(0)
    if len(beside) > 1 and told - head + check.added in totals:
        return True
    return told in totals and not overlaps(words, None, "", len(check.rows))


def _name(grid: Grid, r: int) -> str:
    """A row by its number and its words."""
    return " ".join(cell.strip() for cell in grid.raw[r][:2] if cell.strip())


def _believable(check: _Check, told: Decimal, kept: set[tuple[int, int]]) -> bool:
    """Whether a group that does not add up was meant to: its other columns do, its column's others, or nearly equal."""
    off = abs(check.added - told)
    proven = any(head == check.head for head, _ in kept) or sum(column == check.column for _, column in kept) > 1
    return off <= told / 2 if proven else off <= told / 10


def _checks(grid: Grid) -> Iterator[_Check]:
    levels = _levels(grid)
    columns = grid.additive()
    for head, level in enumerate(levels):
        if level is None:
            continue
        rows = _below(levels, head, level)
        for c in columns:
            filled = [r for r in rows if grid.cells[r][c] is not None]
            if len(filled) > 1 and grid.cells[head][c] and not any(_cut(grid, r, c) for r in rows):
                yield _Check(head, c, rows, grid.sum_of(c, rows))


def _cut(grid: Grid, r: int, c: int) -> bool:
    """Whether a cell is empty because its number went astray: to another column, or into a row without words below."""
    if grid.cells[r][c] is not None:
        return False
    astray = r + 1 < len(grid.raw) and not grid.label(r + 1) and any(v is not None for v in grid.cells[r + 1])
    return astray or any(v is not None for v in grid.cells[r][1:])


def _levels(grid: Grid) -> list[int | None]:
    """How deep each row stands; where labels stand before words in a cell (``I. Cụm Đông``), rows without go below."""
    levels = [_level(row) for row in grid.raw]
    worded = any(_WORDED.match(row[0]) for row in grid.raw)
    return [
        _DEEPEST if worded and level is None and row[0].strip() else level
        for level, row in zip(levels, grid.raw, strict=True)
    ]


def _level(row: list[str]) -> int | None:
    """How deep a row stands; null for a row without a label that tells."""
    worded = _WORDED.match(row[0])
    label = worded[1] if worded else row[0].strip().rstrip(".").strip()
    if is_total(row):
        return -1
    return next((level for level, form in enumerate(_LEVELS) if form.fullmatch(label)), None)


def _below(levels: list[int | None], head: int, level: int) -> list[int]:
    """The rows of a head's group that stand highest in it."""
    if level < 0:
        return []
    inside: list[int] = []
    for r in range(head + 1, len(levels)):
        own = levels[r]
        if own is not None and own <= level:
            break
        inside.append(r)
    deeper = [own for r in inside if (own := levels[r]) is not None]
    return [r for r in inside if levels[r] == min(deeper)] if deeper else []
