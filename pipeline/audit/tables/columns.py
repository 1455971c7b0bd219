"""Columns of a table against others beside them: totals of a run, differences of two, what is left at a period's end.

That a column follows from others is proven by most rows keeping the rule; a row that breaks it is a finding.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import permutations, product
from typing import NamedTuple

from patterns import forms
from pipeline.audit.lines import Page, number
from pipeline.audit.tables.grid import Found, Grid, found_at, is_total, same

_FORMS = {name: form.pattern for name, form in forms("figures").items()}
_MOST = Decimal("0.6")
_NEAR = 6  # columns before one among which those stand that it follows from


class _Sum(NamedTuple):
    """A column that is the sum of others, each with its sign; ``unsigned`` where a fall is told without its sign."""

    target: int
    terms: tuple[tuple[int, int], ...]
    unsigned: bool = False

    def actual(self, grid: Grid, r: int) -> Decimal:
        """What the others give in a row; a cell without a number adds nothing."""
        value = sum((sign * v for sign, c in self.terms if (v := grid.cells[r][c]) is not None), Decimal(0))
        if self.unsigned and value < 0 and not grid.cells[r][self.target]:
            return Decimal(0)  # nothing is left where more was done than there was to do
        return abs(value) if self.unsigned else value

    def kept(self, grid: Grid, r: int) -> bool:
        """Whether a row keeps the rule."""
        return same(self.actual(grid, r), grid.cells[r][self.target])

    def off(self, grid: Grid, r: int) -> Decimal:
        """By how much a row breaks it."""
        return self.actual(grid, r) - (grid.cells[r][self.target] or 0)

    def finding(self, page: Page, grid: Grid, r: int) -> Found:
        """What a row that breaks the rule says."""
        told, added = grid.cells[r][self.target] or Decimal(0), self.actual(grid, r)
        shown = "".join(
            f" {'+' if sign > 0 else '-'} {number(grid.cells[r][c] or Decimal(0))}" for sign, c in self.terms
        ).removeprefix(" + ")
        head = grid.header(self.target)
        evidence = f"Dòng «{grid.label(r)}»: {shown} = {number(added)}, cột «{head}» ghi {number(told)}"
        cells = [(r, self.target), *((r, c) for _, c in self.terms)]
        return found_at(page, grid, cells, "wrong_sum", evidence, number(added))._replace(off=added - told)


def total_columns(page: Page, grid: Grid) -> Iterator[Found]:
    """Columns against the run of columns beside them that most rows prove to be their parts.

    Two rows prove it of a column called total, three that hold several parts of any other. Where the total row fails
    by as much as one other row, it only carries that row's slip on.
    """
    columns = grid.additive()
    for t in columns:
        called = bool(_FORMS["total_column"].search(grid.header(t)))
        best: tuple[_Sum, list[int], list[int]] | None = None
        for run in _runs(columns, t):
            rule = _Sum(t, tuple((1, c) for c in run))
            rows = [r for r in range(len(grid.cells)) if _filled(grid, r, [t, *run])]
            kept = [r for r in rows if rule.kept(grid, r)]
            carried = _carried_on(grid, rule, [r for r in rows if r not in kept])
            rows = [r for r in rows if r != carried]
            proof = len(kept) if called or carried is not None else sum(_several(grid, r, run) for r in kept)
            enough = proof >= (2 if called or carried is not None else 3) and len(kept) >= _MOST * len(rows)
            if enough and (best is None or len(kept) > len(best[1])):
                best = (rule, kept, rows)
        if best:
            rule, kept, rows = best
            yield from (rule.finding(page, grid, r) for r in rows if r not in kept and not _none_left(grid, rule, r))


def _none_left(grid: Grid, rule: _Sum, r: int) -> bool:
    """Whether nothing is left in a row because more was done than there was to do."""
    left = [c for _, c in rule.terms if _FORMS["difference_column"].search(grid.header(c))]
    return rule.off(grid, r) > 0 and any(not grid.cells[r][c] for c in left)


def _runs(columns: list[int], t: int) -> Iterator[list[int]]:
    """The runs of two columns or more that begin right after a column or end right before it."""
    at = columns.index(t)
    for end in range(at + 3, len(columns) + 1):
        yield columns[at + 1 : end]
    for start in range(at - 1):
        yield columns[start:at]


def _carried_on(grid: Grid, rule: _Sum, wrong: list[int]) -> int | None:
    """The total row, where it and one other row break a rule by the same."""
    totals = [r for r in wrong if is_total(grid.raw[r])]
    if len(wrong) != 2 or len(totals) != 1 or rule.off(grid, wrong[0]) != rule.off(grid, wrong[1]):
        return None
    return totals[0]


def _several(grid: Grid, r: int, run: list[int]) -> bool:
    """Whether a row holds several parts, so that its sum is more than a copy."""
    return sum(bool(grid.cells[r][c]) for c in run) > 1


def _filled(grid: Grid, r: int, columns: list[int]) -> bool:
    return grid.cells[r][columns[0]] is not None and any(grid.cells[r][c] is not None for c in columns[1:])


# --------------------------------------------------------------------------- differences


def difference_columns(page: Page, grid: Grid) -> Iterator[Found]:
    """Columns of what is left, or of what rose and fell, against those that they are the difference of."""
    for t in range(len(grid.raw[0])):
        head = grid.header(t)
        if not grid.counts(t) or _FORMS["percentage_column"].search(head):
            continue
        before = [c for c in range(t) if grid.counts(c) and not _FORMS["percentage_column"].search(grid.header(c))]
        if _FORMS["difference_column"].search(head):
            yield from _breaks(page, grid, list(_differences(grid, t, before[-_NEAR:])))
        elif _FORMS["end_column"].search(head):
            yield from _breaks(page, grid, list(_balances(grid, t, before)))


def _differences(grid: Grid, t: int, before: list[int]) -> Iterator[_Sum]:
    unsigned = not any(v is not None and v < 0 for v in grid.column(t))
    for a, b in permutations(before, 2):
        yield _Sum(t, ((1, a), (-1, b)), unsigned)


def _balances(grid: Grid, t: int, before: list[int]) -> Iterator[_Sum]:
    """What there was at first, with the columns up to the end added or taken off."""
    first = next((c for c in before if _FORMS["begin_column"].search(grid.header(c))), None)
    between = [c for c in before if first is not None and c > first]
    if first is not None and 1 < len(between) <= _NEAR - 2:
        for signs in product((1, -1), repeat=len(between)):
            yield _Sum(t, ((1, first), *zip(signs, between, strict=True)))


def _breaks(page: Page, grid: Grid, rules: list[_Sum]) -> Iterator[Found]:
    """The rows that break the rule which most rows keep, two of them with more than a copy."""
    best: tuple[_Sum, list[int], list[int]] | None = None
    for rule in rules:
        rows = [r for r in range(len(grid.cells)) if all(grid.cells[r][c] is not None for _, c in rule.terms)]
        rows = [r for r in rows if grid.cells[r][rule.target] is not None]
        kept = [r for r in rows if rule.kept(grid, r)]
        carried = _carried_on(grid, rule, [r for r in rows if r not in kept])
        rows = [r for r in rows if r != carried]
        proof = sum(all(grid.cells[r][c] for _, c in rule.terms) for r in kept)
        works = any(grid.cells[r][rule.target] for r in kept)
        if works and proof >= 2 and len(kept) >= _MOST * len(rows) and (best is None or len(kept) > len(best[1])):
            best = (rule, kept, rows)
    if best:
        rule, kept, rows = best
        yield from (rule.finding(page, grid, r) for r in rows if r not in kept)
