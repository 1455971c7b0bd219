"""Tables of one row, whose heads alone say how its cells hang together (``Cấp huyện | Cấp xã | Cộng``)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from patterns import forms
from pipeline.audit.lines import Page, agrees, mistyped, near, number, written
from pipeline.audit.tables.grid import Found, Grid, found_at, places, same

_FORMS = {name: form.pattern for name, form in forms("figures").items()}
_FEWEST = 2  # parts of a total


def wrong_lone_rows(page: Page, grid: Grid) -> Iterator[Found]:
    """A total that the cells before it contradict, and a share of a plan that plan and result do."""
    if len(grid.cells) != 1:
        return
    row = grid.cells[0]
    told = [c for c, v in enumerate(row) if v is not None]
    for t in told:
        before = [c for c in told if c < t]
        if _FORMS["total_column"].search(grid.header(t)):
            yield from _total(page, grid, t, before)
        elif _FORMS["share_of_plan_column"].search(grid.header(t)):
            yield from _share(page, grid, t, before)


def _total(page: Page, grid: Grid, t: int, before: list[int]) -> Iterator[Found]:
    row, told = grid.cells[0], grid.cells[0][t] or Decimal(0)
    parts = [c for c in before if not _FORMS["not_additive"].search(grid.header(c))]
    added = grid_sum(row, parts)
    slip = near(added, told) or mistyped(added, told, 2)
    if len(parts) < _FEWEST or len(parts) < len(before) or not told or same(added, told) or not slip:
        return
    shown = " + ".join(number(row[c] or Decimal(0)) for c in parts)
    evidence = f"Dòng «{grid.label(0)}»: {shown} = {number(added)}, cột «{grid.header(t)}» ghi {number(told)}"
    yield found_at(page, grid, [(0, t), *((0, c) for c in parts)], "wrong_sum", evidence, number(added))


def _share(page: Page, grid: Grid, t: int, before: list[int]) -> Iterator[Found]:
    row, told = grid.cells[0], grid.cells[0][t] or Decimal(0)
    plans = [c for c in before if _FORMS["plan_column"].search(grid.header(c))]
    results = [c for c in before if _FORMS["result_column"].search(grid.header(c))]
    if len(plans) != 1 or len(results) != 1 or plans == results:
        return
    part, whole = row[results[0]] or Decimal(0), row[plans[0]] or Decimal(0)
    actual = 100 * part / whole if whole else Decimal(0)
    if not whole or agrees(actual, told, places(told)) or not near(actual, told):
        return
    evidence = f"Dòng «{grid.label(0)}»: {number(part)}/{number(whole)} = {written(actual, 2)}%, "
    evidence += f"cột «{grid.header(t)}» ghi {number(told)}"
    cells = [(0, t), (0, results[0]), (0, plans[0])]
    yield found_at(page, grid, cells, "wrong_percentage", evidence, written(actual, max(1, places(told))))


def grid_sum(row: list[Decimal | None], columns: list[int]) -> Decimal:
    """What the numbers of some cells of a row add up to."""
    return sum((v for c in columns if (v := row[c]) is not None), Decimal(0))
