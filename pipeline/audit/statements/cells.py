"""The numbers of a document's tables, each with the heads that say what it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal
from typing import NamedTuple

from pipeline.audit.lines import Page
from pipeline.audit.statements.words import ASIDE, folded_words, telling
from pipeline.audit.tables.grid import is_total
from pipeline.model import Quantity, TableText

_MOST = 200  # characters of a line that heads a table


class Cell(NamedTuple):
    """A number of a table with the heads that say what it is; ``about`` is its table's caption, or the line above it.

    It is ``lone`` where its row has no other of its unit.
    """

    id: int
    quantity: Quantity
    label: str
    header: str
    caption: str
    total: bool
    lone: bool
    label_words: frozenset[str]
    header_words: frozenset[str]
    caption_words: frozenset[str]
    about: str

    @property
    def value(self) -> Decimal:
        return Decimal(str(self.quantity.value))

    @property
    def about_words(self) -> frozenset[str]:
        """The telling words that head the table."""
        return telling(self.about)

    @property
    def heads(self) -> str:
        """All that is said of the number."""
        return f"{self.label}. {self.header}. {self.caption}"


def cells_of(page: Page) -> dict[str, list[Cell]]:
    """The cells that hold a number and nothing else, by unit (empty where none is known)."""
    found: dict[str, list[Cell]] = defaultdict(list)
    tables = page.document.tables
    inside = [q for q in page.document.quantities if q.table is not None and q.table < len(tables)]
    above = {n: _above(page, tables[n]) for n in {q.table for q in inside if q.table is not None}}
    beside = Counter((q.table, q.row, q.unit) for q in inside)
    for i, q in enumerate(page.document.quantities):
        if q.table is None or q.row is None or q.column is None or q.table >= len(tables):
            continue
        table = tables[q.table]
        row = table.rows[q.row] if q.row < len(table.rows) else []
        if q.column < len(row) and row[q.column].strip() == q.text:
            header = table.header[q.column] if q.column < len(table.header) else ""
            label, caption = _label(row), table.caption or ""
            words = (words_of_heads(label), words_of_heads(header), telling(caption))
            about = caption or above[q.table]
            lone = beside[q.table, q.row, q.unit] == 1
            found[q.unit or ""].append(Cell(i, q, label, header, caption, is_total(row), lone, *words, about))
    return found


def _above(page: Page, table: TableText) -> str:
    """The line that a table stands under."""
    before = page.document.text[: table.start].rstrip().rpartition("\n")[2]
    return before if len(before) <= _MOST else ""


def _label(row: list[str]) -> str:
    """The words that head a row; no numeral of a group is one."""
    return next((cell.strip() for cell in row[:3] if sum(c.isalpha() for c in cell) > 3), "")


def words_of_heads(words: str) -> frozenset[str]:
    """What is counted, as far as some words tell it."""
    return telling(ASIDE.sub(" ", words)) - folded_words("beside_numbers")
