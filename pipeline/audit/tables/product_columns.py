"""Columns that are the product of others: ``Số lượng × Đơn giá = Thành tiền``, with the days or months between them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from patterns import forms
from pipeline.audit.lines import Page, number, slipped
from pipeline.audit.tables.grid import Found, Grid, found_at, is_total, places

_FORMS = {name: form.pattern for name, form in forms("figures").items()}
_MOST = Decimal("0.6")
_SCALES = tuple(Decimal(10) ** power for power in (0, -3, 3, -6, 6, -2))  # a price in đồng, an amount in thousands
_FACTORS = (2, 3)
_NEAR = 6  # columns before an amount among which its factors stand
_FEW = 4  # rows that a rule is tried on first


class _Rule(NamedTuple):
    """A column that is the product of others, in another unit by ``scale``."""

    target: int
    factors: tuple[int, ...]
    scale: Decimal

    def actual(self, grid: Grid, r: int) -> Decimal | None:
        """What the factors of a row give; null where one is missing."""
        value = self.scale
        for c in self.factors:
            factor = grid.cells[r][c]
            if not factor:
                return None
            value *= factor
        return value

    def kept(self, grid: Grid, r: int) -> bool:
        """Whether a row tells its product rightly, rounded to the places that it shows."""
        told, actual = grid.cells[r][self.target], self.actual(grid, r)
        if told is None or actual is None:
            return False
        return abs(actual - told) <= (Decimal(1).scaleb(-places(told)) if actual != actual.to_integral_value() else 0)

    def proves(self, grid: Grid, r: int) -> bool:
        """Whether a row shows the rule at work: nothing is merely multiplied by one."""
        return self.kept(grid, r) and sum(grid.cells[r][c] != 1 for c in self.factors) > 1


def wrong_product_columns(page: Page, grid: Grid) -> Iterator[Found]:
    """Cells that break the product which most rows of their column keep."""
    rows = [r for r in range(len(grid.cells)) if not is_total(grid.raw[r])]
    columns = [c for c in range(len(grid.raw[0])) if grid.counts(c)]
    for target in columns:
        if _FORMS["product_column"].search(grid.header(target)):
            rule = _best(grid, rows, target, [c for c in columns if c < target][-_NEAR:])
            if rule is None:
                continue
            for r in rows:
                actual, told = rule.actual(grid, r), grid.cells[r][target]
                if actual and told and not rule.kept(grid, r) and slipped(actual, told):
                    yield _finding(page, grid, r, rule)


def _best(grid: Grid, rows: list[int], target: int, others: list[int]) -> _Rule | None:
    """The rule that most rows keep, two of them with factors that show it at work."""
    best: tuple[int, _Rule] | None = None
    for factors in (f for n in _FACTORS for f in combinations(others, n)):
        for scale in _SCALES:
            rule = _Rule(target, factors, scale)
            whole = [r for r in rows if grid.cells[r][target] is not None and rule.actual(grid, r) is not None]
            if not any(rule.kept(grid, r) for r in whole[:_FEW]):
                continue
            kept = [r for r in whole if rule.kept(grid, r)]
            proof = sum(rule.proves(grid, r) for r in kept)
            if proof >= 2 and len(kept) >= _MOST * len(whole) and (best is None or len(kept) > best[0]):
                best = len(kept), rule
    return best[1] if best else None


def _finding(page: Page, grid: Grid, r: int, rule: _Rule) -> Found:
    actual, told = rule.actual(grid, r) or Decimal(0), grid.cells[r][rule.target] or Decimal(0)
    shown = " × ".join(number(grid.cells[r][c] or Decimal(0)) for c in rule.factors)
    if rule.scale != 1:
        shown += f" (theo đơn vị của cột «{grid.header(rule.target)}»)"
    evidence = (
        f"Dòng «{grid.label(r)}»: {shown} = {number(actual)}, cột «{grid.header(rule.target)}» ghi {number(told)}"
    )
    cells = [(r, rule.target), *((r, c) for c in rule.factors)]
    return found_at(page, grid, cells, "wrong_sum", evidence, number(actual))
