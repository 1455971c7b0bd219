"""The numbers of a table by row and column, and findings about its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from patterns import forms
from pipeline.annotate.numbers import parse_figures
from pipeline.audit.lines import Page
from pipeline.audit.model import Finding
from pipeline.model import TableText

_FORMS = {name: form.pattern for name, form in forms("figures").items()}
_NUMBER = re.compile(r"\d{1,3}(?:[.\s]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?")

_SIGNED = re.compile(r"[+−–-]\s?(?=\d)")


class Grid(NamedTuple):
    """A table's numbers by row and column; null where a cell holds none."""

    table: TableText
    number: int
    cells: list[list[Decimal | None]]
    raw: list[list[str]]

    def column(self, c: int) -> list[Decimal | None]:
        """The numbers of a column."""
        return [row[c] for row in self.cells]

    def header(self, c: int) -> str:
        """The head of a column."""
        return self.table.header[c] if c < len(self.table.header) else ""

    def label(self, r: int) -> str:
        """The first words of a row."""
        return next((cell.strip() for cell in self.raw[r] if cell.strip() and value(cell) is None), "")

    def counts(self, c: int) -> bool:
        """Whether a column holds numbers, and more than the order of its rows."""
        return sum(v is not None for v in self.column(c)) > 1 and not _ordinal(self.column(c))

    def additive(self) -> list[int]:
        """The columns that hold numbers which can be added."""
        return [
            c for c in range(len(self.raw[0])) if self.counts(c) and not _FORMS["not_additive"].search(self.header(c))
        ]

    def sum_of(self, c: int, rows: Sequence[int]) -> Decimal:
        """What the numbers of a column in some rows add up to."""
        return sum((v for r in rows if (v := self.cells[r][c]) is not None), Decimal(0))


class Found(NamedTuple):
    """A finding and the cells that it is about, the accused one first; ``off``: what a sum lacks of its parts."""

    cells: list[tuple[int, int]]
    finding: Finding
    off: Decimal = Decimal(0)


def grid_of(table: TableText, n: int) -> Grid | None:
    """The n-th table of a document as numbers; null where it has but one column."""
    width = max((len(r) for r in table.rows), default=0)
    raw = [[*r, *[""] * (width - len(r))] for r in table.rows]
    return Grid(table, n, [[value(cell) for cell in row] for row in raw], raw) if width > 1 else None


def value(cell: str) -> Decimal | None:
    """The number that is all a cell holds, with its sign."""
    m = _SIGNED.match(cell.strip())
    words = cell.strip()[m.end() if m else 0 :].removesuffix("%").strip()
    if not _NUMBER.fullmatch(words):
        return None
    found = parse_figures(words, whole=True)
    return -found if m and m[0].strip() != "+" else found


def is_total(row: list[str]) -> bool:
    """Whether a row is called a total in its first words."""
    words = [cell for cell in row[:3] if cell.strip() and value(cell) is None]
    return bool(words) and bool(_FORMS["total_row"].match(words[0]) or _FORMS["total_row"].match(words[-1]))


def places(told: Decimal) -> int:
    """How many decimal figures a number has."""
    exponent = told.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def same(added: Decimal, told: Decimal | None) -> bool:
    """Whether a sum is told rightly; numbers with decimals may each be rounded."""
    if told is None:
        return False
    return added == told or (places(told) > 0 and abs(added - told) <= Decimal(3).scaleb(-places(told)))


def _ordinal(values: list[Decimal | None]) -> bool:
    """Whether a column only counts its rows."""
    told = [v for v in values if v is not None]
    return len(told) > 2 and all(b == a + 1 for a, b in pairwise(told))


def found_at(page: Page, grid: Grid, cells: Sequence[tuple[int, int]], name: str, evidence: str, right: str) -> Found:
    """A finding about the first of some cells."""
    (row, column), ids = cells[0], []
    for i, q in enumerate(page.document.quantities):
        if q.table == grid.number and (q.row, q.column) in cells:
            ids.append(i)
    return Found(list(cells), page.finding(name, "error", _span(page, grid, row, column), evidence, right, ids))


def _span(page: Page, grid: Grid, row: int, column: int) -> tuple[int, int]:
    """Where a cell stands in the text: by its quantity, else its row's line."""
    own = [q for q in page.document.quantities if (q.table, q.row, q.column) == (grid.number, row, column)]
    if own:
        return own[0].start, own[0].end
    lines = [line for line in page.lines if grid.table.start <= line.start < grid.table.end]
    below = lines[len(lines) - len(grid.raw) :] if len(lines) >= len(grid.raw) else lines
    line = below[min(row, len(below) - 1)] if below else None
    return (line.start, line.start + len(line.text)) if line else (grid.table.start, grid.table.end)
