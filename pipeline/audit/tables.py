"""Tables against themselves: total rows and columns, sub-totals, columns that are a product or a percentage of others.

How a table adds up is read from the table itself: a rule (this column is the sum of those two) holds where most of its
rows, or most of its columns, keep it; what breaks such a rule is a finding. Where no rule is kept nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from patterns import forms
from pipeline.audit.grid import Found, Grid, found_at, grid_of, is_total, same
from pipeline.audit.lines import Page, number
from pipeline.audit.model import Finding
from pipeline.audit.product_columns import wrong_product_columns
from pipeline.audit.ratios import wrong_ratios
from pipeline.audit.subtotals import wrong_subtotals

_FORMS = {name: form.pattern for name, form in forms("figures").items()}
_ROMAN = re.compile(r"[IVX]+|[A-H]")
_MOST = Decimal("0.6")


def wrong_tables(page: Page) -> Iterator[Finding]:
    """What does not add up in the tables of a document."""
    for n, table in enumerate(page.document.tables):
        grid = grid_of(table, n)
        if grid and len(grid.cells) > 1:
            told: set[tuple[int, int]] = set()
            checks = (_total_rows, _total_columns, wrong_subtotals, wrong_product_columns, wrong_ratios)
            for found in (found for check in checks for found in check(page, grid)):
                if not told & set(found.cells):
                    told |= {found.cells[0]}
                    yield found.finding


# --------------------------------------------------------------------------- total rows


def _total_rows(page: Page, grid: Grid) -> Iterator[Found]:
    """Rows called total against the rows that they can be the total of."""
    totals = [r for r, row in enumerate(grid.raw) if is_total(row)]
    columns = grid.additive()
    for r in totals:
        best: tuple[int, list[int], dict[int, Decimal]] | None = None
        for rows in _summands(grid, r, totals):
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
    if len(rows) < 2:
        return
    wrong = {c: added for c, added in sums.items() if not same(added, grid.cells[r][c])}
    for c, added in wrong.items():
        told = grid.cells[r][c] or Decimal(0)
        near = bool(told) and abs(added - told) <= told / 10
        filled = sum(grid.cells[i][c] is not None for i in rows)
        proven = kept >= len(wrong) and kept > 0
        if filled < 2 or not ((proven and abs(added - told) <= told / 2) or (near and len(sums) == 1)):
            continue
        parts = " + ".join(number(v) for i in rows if (v := grid.cells[i][c]) is not None)
        evidence = f"Cột «{grid.header(c)}»: {parts} = {number(added)}, dòng «{grid.label(r)}» ghi {number(told)}"
        cells = [(r, c), *((i, c) for i in rows if grid.cells[i][c] is not None)]
        yield found_at(page, grid, cells, "wrong_sum", evidence, number(added))


# --------------------------------------------------------------------------- total columns


def _total_columns(page: Page, grid: Grid) -> Iterator[Found]:
    """Columns against the run of columns beside them that most rows prove to be their parts.

    Two rows prove it of a column called total, three that hold several parts of any other.
    """
    columns = grid.additive()
    for t in columns:
        called = bool(_FORMS["total_column"].search(grid.header(t)))
        best: tuple[list[int], list[int], list[int]] | None = None
        for run in _runs(columns, t):
            rows = [r for r in range(len(grid.cells)) if _filled(grid, r, [t, *run])]
            kept = [r for r in rows if same(_row_sum(grid, r, run), grid.cells[r][t])]
            proof = len(kept) if called else sum(_several(grid, r, run) for r in kept)
            enough = proof >= (2 if called else 3) and len(kept) >= _MOST * len(rows)
            if enough and (best is None or len(kept) > len(best[1])):
                best = (run, kept, rows)
        if best:
            run, kept, rows = best
            for r in (r for r in rows if r not in kept):
                told, added = grid.cells[r][t] or Decimal(0), _row_sum(grid, r, run)
                parts = " + ".join(number(grid.cells[r][c] or Decimal(0)) for c in run)
                where = f"Dòng «{grid.label(r)}»"
                evidence = f"{where}: {parts} = {number(added)}, cột «{grid.header(t)}» ghi {number(told)}"
                yield found_at(page, grid, [(r, t), *((r, c) for c in run)], "wrong_sum", evidence, number(added))


def _runs(columns: list[int], t: int) -> Iterator[list[int]]:
    """The runs of two columns or more that begin right after a column or end right before it."""
    at = columns.index(t)
    for end in range(at + 3, len(columns) + 1):
        yield columns[at + 1 : end]
    for start in range(at - 1):
        yield columns[start:at]


def _several(grid: Grid, r: int, run: list[int]) -> bool:
    """Whether a row holds several parts, so that its sum is more than a copy."""
    return sum(bool(grid.cells[r][c]) for c in run) > 1


def _filled(grid: Grid, r: int, columns: list[int]) -> bool:
    return grid.cells[r][columns[0]] is not None and any(grid.cells[r][c] is not None for c in columns[1:])


def _row_sum(grid: Grid, r: int, columns: list[int]) -> Decimal:
    return sum((v for c in columns if (v := grid.cells[r][c]) is not None), Decimal(0))
