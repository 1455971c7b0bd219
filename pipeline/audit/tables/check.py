"""Tables against themselves: total rows and columns, sub-totals, columns that are a product or a percentage of others.

How a table adds up is read from the table itself: a rule (this column is the sum of those two) holds where most of its
rows, or most of its columns, keep it; what breaks such a rule is a finding. Where no rule is kept nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain, product

from patterns import forms
from pipeline.audit.lines import Page, number
from pipeline.audit.model import Finding
from pipeline.audit.tables.columns import difference_columns, total_columns
from pipeline.audit.tables.grid import Found, Grid, found_at, grid_of, is_total, same
from pipeline.audit.tables.lone_rows import wrong_lone_rows
from pipeline.audit.tables.product_columns import wrong_product_columns
from pipeline.audit.tables.ratios import wrong_ratios
from pipeline.audit.tables.subtotals import wrong_subtotals

_FORMS = {name: form.pattern for name, form in forms("figures").items()}
_ROMAN = re.compile(r"[IVX]+|[A-H]")


def wrong_tables(page: Page) -> Iterator[Finding]:
    """What does not add up in the tables of a document."""
    for n, table in enumerate(page.document.tables):
        grid = grid_of(table, n)
        if grid and len(grid.cells) == 1:
            yield from (found.finding for found in wrong_lone_rows(page, grid))
        if grid and len(grid.cells) > 1:
            told: set[tuple[int, int]] = set()
            sums = _crossing(page, grid, list(_total_rows(page, grid)), list(total_columns(page, grid)))
            checks = (difference_columns, wrong_subtotals, wrong_product_columns, wrong_ratios)
            for found in chain(sums, (found for check in checks for found in check(page, grid))):
                if not told & set(found.cells):
                    told |= {found.cells[0]}
                    yield found.finding


def _crossing(page: Page, grid: Grid, down: list[Found], across: list[Found]) -> list[Found]:
    """The findings about sums of columns and of rows; where one cell explains two of them, that cell alone."""
    found: list[Found] = []
    for v, h in product(down, across):
        cell = next((c for c in v.cells if c in h.cells and _correction(v, c) == _correction(h, c)), None)
        if cell and v in down and h in across:
            down, across = [f for f in down if f is not v], [f for f in across if f is not h]
            r, c = cell
            right = number((grid.cells[r][c] or Decimal(0)) + _correction(v, cell))
            evidence = f"{h.finding.evidence}; {v.finding.evidence}"
            cells = [cell, *{*v.cells, *h.cells} - {cell}]
            found.append(found_at(page, grid, cells, "wrong_sum", evidence, right))
    return [*found, *down, *across]


def _correction(found: Found, cell: tuple[int, int]) -> Decimal:
    """What added to a cell would mend the sum that a finding is about."""
    return found.off if cell == found.cells[0] else -found.off


# --------------------------------------------------------------------------- total rows


def _total_rows(page: Page, grid: Grid) -> Iterator[Found]:
    """Rows called total against the rows that they can be the total of."""
    totals = [r for r, row in enumerate(grid.raw) if is_total(row)]
    last = len(grid.raw) - 1
    if last not in totals and _FORMS["total_opens"].match(grid.label(last)):
        totals.append(last)  # ``Tổng thu``, if its columns prove it
    columns = grid.additive()
    for r in totals:
        best: tuple[int, list[int], dict[int, Decimal]] | None = None
        for rows in _summands(grid, r, totals):
            if len(rows) < 2:
                continue
            sums = {c: grid.sum_of(c, rows) for c in columns if grid.cells[r][c] is not None}
            kept = sum(same(added, grid.cells[r][c]) for c, added in sums.items())
            if sums and (best is None or kept > best[0]):
                best = (kept, rows, sums)
        if best:
            yield from _wrong_totals(page, grid, r, *best)


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


def _wrong_totals(
    page: Page, grid: Grid, r: int, kept: int, rows: list[int], sums: dict[int, Decimal]
) -> Iterator[Found]:
    """The columns in which a total row fails, where enough of the others prove what it is the total of."""
    wrong = {c: added for c, added in sums.items() if not same(added, grid.cells[r][c])}
    for c, added in wrong.items():
        told = grid.cells[r][c] or Decimal(0)
        near = bool(told) and abs(added - told) <= told / 10
        filled = sum(grid.cells[i][c] is not None for i in rows)
        proven = kept >= len(wrong) and kept > 0
        alone = near and len(sums) == 1 and is_total(grid.raw[r])
        if filled < 2 or not ((proven and abs(added - told) <= told / 2) or alone):
            continue
        parts = " + ".join(number(v) for i in rows if (v := grid.cells[i][c]) is not None)
        evidence = f"Cột «{grid.header(c)}»: {parts} = {number(added)}, dòng «{grid.label(r)}» ghi {number(told)}"
        cells = [(r, c), *((i, c) for i in rows if grid.cells[i][c] is not None)]
        yield found_at(page, grid, cells, "wrong_sum", evidence, number(added))._replace(off=added - told)
