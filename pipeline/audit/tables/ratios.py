"""Columns of percentages: of two other columns, as a growth from one to the other, or as shares of a total row."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import permutations
from typing import NamedTuple

from patterns import forms
from pipeline.audit.lines import Page, agrees, number, written
from pipeline.audit.tables.grid import Found, Grid, found_at, is_total, places

_FORMS = {name: form.pattern for name, form in forms("figures").items()}
_MOST = Decimal("0.6")
_HALF = Decimal("0.5")


class _Rule(NamedTuple):
    """How a column of percentages follows from others: ``part`` of ``whole``, or of one cell of a total row."""

    part: int
    whole: int
    total: int | None = None
    growth: bool = False

    def actual(self, grid: Grid, r: int) -> tuple[Decimal, Decimal, Decimal] | None:
        """Part, whole and the percentage that they give in a row; null where one is missing."""
        part = grid.cells[r][self.part]
        whole = grid.cells[r if self.total is None else self.total][self.whole]
        if part is None or not whole or r == self.total or _of_rates(grid, r):
            return None
        return part, whole, 100 * part / whole - (100 if self.growth else 0)


def _of_rates(grid: Grid, r: int) -> bool:
    """Whether a row holds rates, which are compared by points."""
    return any(map(_is_rate, grid.raw[r][:3]))


@lru_cache(1024)
def _is_rate(cell: str) -> bool:
    return bool(_FORMS["rate_row"].match(cell))


def wrong_ratios(page: Page, grid: Grid) -> Iterator[Found]:
    """Percentages that break the rule which most rows of their column keep."""
    for p in range(len(grid.raw[0])):
        if not _FORMS["percentage_column"].search(grid.header(p)):
            continue
        best: tuple[int, _Rule, list[int]] | None = None
        for rule in _rules(grid, p):
            rows = [r for r in range(len(grid.cells)) if grid.cells[r][p] is not None and rule.actual(grid, r)]
            kept = [r for r in rows if _right(grid, r, p, rule)]
            if len(kept) >= 2 and len(kept) >= _MOST * len(rows) and (best is None or len(kept) > best[0]):
                best = (len(kept), rule, [r for r in rows if r not in kept])
        if best:
            _, rule, wrong = best
            for r in wrong:
                yield _finding(page, grid, r, p, rule)


def _rules(grid: Grid, p: int) -> Iterator[_Rule]:
    """Every way in which a column of percentages can follow from the others."""
    columns = [c for c in range(len(grid.raw[0])) if c != p and sum(v is not None for v in grid.column(c)) > 1]
    pairs = list(permutations(columns, 2))
    yield from (_Rule(a, b) for a, b in pairs)
    if _FORMS["growth_column"].search(grid.header(p)):
        yield from (_Rule(a, b, growth=True) for a, b in pairs)
    for t in (r for r, row in enumerate(grid.raw) if is_total(row)):
        yield from (_Rule(c, c, total=t) for c in columns if grid.cells[t][c])


def _right(grid: Grid, r: int, p: int, rule: _Rule) -> bool:
    found, told = rule.actual(grid, r), grid.cells[r][p]
    if not found or told is None:
        return False
    part, whole, actual = found
    blur = 100 * (_blur(part) + part * _blur(whole) / whole) / whole
    if rule.growth and _FORMS["growth_column"].search(grid.header(p)) and agrees(-actual, told, places(told), blur):
        return True  # a fall told without its sign
    return agrees(actual, told, places(told), blur)


def _blur(value: Decimal) -> Decimal:
    """How far a rounded number may lie from the one meant; whole numbers are exact."""
    return _HALF.scaleb(-places(value)) if places(value) else Decimal(0)


def _finding(page: Page, grid: Grid, r: int, p: int, rule: _Rule) -> Found:
    part, whole, actual = rule.actual(grid, r) or (Decimal(0), Decimal(1), Decimal(0))
    told = grid.cells[r][p] or Decimal(0)
    ratio = f"{number(part)}/{number(whole)} = {written(100 * part / whole, 2)}%"
    if rule.growth:
        ratio += f" ({'tăng' if actual >= 0 else 'giảm'} {written(abs(actual), 2)}%)"
    evidence = f"Dòng «{grid.label(r)}»: {ratio}, cột «{grid.header(p)}» ghi {number(told)}"
    cells = [(r, p), (r, rule.part), (r if rule.total is None else rule.total, rule.whole)]
    return found_at(page, grid, cells, "wrong_percentage", evidence, written(actual, max(1, places(told))))
