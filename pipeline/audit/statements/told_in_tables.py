"""Figures of the text that are slips of a table's cell, judged as two figures of the text are.

What the heads of a cell's row and column say is read as the clause of a sentence; a total row counts what its table
is headed with. A number that the table holds too, or that the text tells beside the cell's, is none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from decimal import Decimal
from itertools import chain

from pipeline.audit.lines import Figure, Line, Page, counted_as, mistyped
from pipeline.audit.statements.cells import Cell
from pipeline.audit.statements.retold import sureness
from pipeline.audit.statements.slips import figures_of, mistyped_keys, turned, turned_key
from pipeline.audit.statements.told import Told, headings_of
from pipeline.audit.statements.words import ASIDE, telling

_MARKS = str.maketrans(".;:,", "    ")
_LONG, _SHORT = 4, 3  # figures of a number mistyped, or turned, that is like another one by no chance
_SURE = 4  # how surely two figures must tell one thing


def slips_of_cells(page: Page, tells: Iterable[Told], cells: dict[str, list[Cell]]) -> Iterator[tuple[Told, Cell]]:
    """Each figure of the text with the cell that it must be a slip of."""
    keyed, tells = _by_key(cells), list(tells)
    in_text = {(counted_as(t.figure.quantity.unit), t.figure.value) for t in tells}
    in_tables = {(counted_as(unit), c.value) for unit, own in cells.items() for c in own}
    headings = headings_of(page) if keyed else {}
    for told in tells:
        unit, value = counted_as(told.figure.quantity.unit), told.figure.value
        if not told.level or {(unit, value), ("", value)} & in_tables:
            continue
        alike = {c.id: c for key in _keys(value) for own in ("", unit) for c in keyed.get((own, key), ())}
        slips = [c for c in alike.values() if _slip(c.value, value) and (unit, c.value) not in in_text]
        sure = [c for c in slips if _of_one_thing(page, told, c, headings)]
        if sure and len({c.value for c in sure}) == 1:
            yield told, sure[0]


def _by_key(cells: dict[str, list[Cell]]) -> dict[Hashable, list[Cell]]:
    found: dict[Hashable, list[Cell]] = defaultdict(list)
    for unit, own in cells.items():
        for cell in own:
            for key in _keys(cell.value) if figures_of(cell.value) >= _SHORT else ():
                found[counted_as(unit), key].append(cell)
    return found


def _keys(value: Decimal) -> Iterator[Hashable]:
    return chain([turned_key(value)], mistyped_keys(value))


def _slip(one: Decimal, other: Decimal) -> bool:
    """Whether two numbers are of so many figures, and so alike, that one must be a slip of the other."""
    figures = max(figures_of(one), figures_of(other))
    return one != other and ((turned(one, other) and figures >= _SHORT) or mistyped(one, other, _LONG))


def _of_one_thing(page: Page, told: Told, cell: Cell, headings: dict[int | None, str]) -> bool:
    """Whether a cell's heads say what the clause of a figure says, and nothing that its sentence does not."""
    unit, title = told.figure.quantity.unit, telling(page.source.title or "")
    counted, about = telling(unit or ""), cell.about_words | title
    heads = cell.label_words | cell.header_words
    if not (cell.quantity.unit or counted <= heads | about) or not told.counted <= heads | about | counted:
        return False
    if not cell.header_words <= told.around | about or not cell.label_words <= told.around | cell.about_words:
        return False
    other = _as_told(page, cell, unit, headings)
    return not told.years.isdisjoint(other.years) and sureness(page, told, other) >= _SURE


def _as_told(page: Page, cell: Cell, unit: str | None, headings: dict[int | None, str]) -> Told:
    """A cell as if a sentence told it."""
    about = cell.about if cell.total or not cell.label_words else ""
    words = " ".join(ASIDE.sub(" ", f"{about} {cell.label} {cell.header}").translate(_MARKS).split())
    number = cell.quantity.text
    q = cell.quantity.model_copy(update={"start": len(words) + 1, "end": len(words) + 1 + len(number), "unit": unit})
    figure = Figure(cell.id, q)
    line = Line(0, f"{words} {number}", [figure])
    heading = f"{headings.get(cell.quantity.section, '')}. {cell.about}"
    year = str(page.source.issued_on.year) if page.source.issued_on else ""
    return Told(line, figure, False, heading, page.source.title or "", year)
