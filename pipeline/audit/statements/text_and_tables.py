"""Figures of the text against the cells of the document's own tables: one indicator, period and place, two values.

A cell tells what a figure of the text tells where both are read as one indicator of the catalogue, for one time, place
and aspect; or where the heads of its row, column and table hold every telling word of the figure's clause, and the
clause every word of the row's head. One cell with the same value is enough to be silent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain

from patterns import forms
from pipeline.audit.lines import MONEY, Page, alike_units, amount, few, mistyped, near
from pipeline.audit.model import Finding
from pipeline.audit.statements.cells import Cell, cells_of, words_of_heads
from pipeline.audit.statements.told import Told
from pipeline.audit.statements.told_in_tables import slips_of_cells
from pipeline.audit.statements.words import moments_in, names_in, telling, years_in
from pipeline.compare.model import Figure as Known

_FORMS = {name: form.pattern for name, form in forms("figures").items()}
_SURE = 0.85
_MEASURED = (MONEY, "%")  # units that heads tell in brackets, not in their words
_FEW = 3  # telling words that a clause must have to be one with a total row


def unlike_tables(page: Page, tells: Iterable[Told]) -> Iterator[Finding]:
    """Every figure of the text (``tells``) that the cells which tell the same contradict."""
    cells = cells_of(page)
    if not cells:
        return
    read = page.read
    alike = _by_indicator(read, cells)
    counting: dict[str | None, list[Cell]] = {}
    done: set[int] = set()
    found = list(tells)
    for told in found:
        if not told.level or told.figure.quantity.of is not None or _FORMS["other_time"].search(told.clause):
            continue
        unit = told.figure.quantity.unit
        if unit not in counting:
            counting[unit] = _counting(cells, unit)
        worded = list(_of_the_same_words(page, told, counting[unit]))
        known_as = _known_as(told, read[told.figure.id], alike, page.source.title or "")
        same = [c for c in worded or known_as if _aspects_agree(read[told.figure.id], read[c.id])]
        if any(c.value == told.figure.value for c in (*same, *known_as)) or len({c.value for c in same}) != 1:
            continue
        if _slip(told, same[0], bool(worded)):
            done.add(told.figure.id)
            yield _finding(page, told, same[0])
    for told, cell in slips_of_cells(page, found, cells):
        if told.figure.id not in done:
            yield _finding(page, told, cell)


# --------------------------------------------------------------------------- one indicator of the catalogue

_Key = tuple[str, object, str, str | None]


def _key(f: Known) -> _Key | None:
    if not f.indicator_id or f.share or f.part or f.strength < _SURE:
        return None
    return f.indicator_id, f.period, f.place_key, f.unit


def _by_indicator(read: list[Known], cells: dict[str, list[Cell]]) -> dict[_Key | None, list[Cell]]:
    """The cells by the indicator, period, place and unit that they are read as."""
    found: dict[_Key | None, list[Cell]] = defaultdict(list)
    for cell in chain.from_iterable(cells.values()):
        if key := _key(read[cell.id]):
            found[key].append(cell)
    return found


def _known_as(told: Told, known: Known, alike: dict[_Key | None, list[Cell]], title: str) -> list[Cell]:
    """The cells that are read as what a figure is, also those without a unit where their heads name what it counts.

    Where they hold several values, those of the total rows that are told of the same time and place.
    """
    if not (key := _key(known)):
        return []
    counted = telling(known.unit or "")
    bare = [c for c in alike.get((*key[:3], None), ()) if counted and counted <= c.label_words | c.header_words]
    found = [*alike.get(key, ()), *bare]
    if len({c.value for c in found}) > 1 and not any(c.value == told.figure.value for c in found):
        found = [c for c in found if c.total and c.header_words <= told.around and _when_and_where(told, c, title)]
    return found


def _aspects_agree(a: Known, b: Known) -> bool:
    """Whether no target is set against what was reached; what is left open goes with either."""
    return not ({a.aspect, b.aspect} >= {"target", "result"})


# --------------------------------------------------------------------------- the same words


def _counting(cells: dict[str, list[Cell]], unit: str | None) -> list[Cell]:
    """The cells that count what a unit counts; where a cell tells no unit, its heads must name what is counted."""
    alike = [c for own in cells if alike_units(own, unit) for c in cells[own]]
    counted = telling(unit or "")
    return alike + [c for c in cells.get("", ()) if counted and counted <= c.label_words | c.header_words]


def _of_the_same_words(page: Page, told: Told, cells: list[Cell]) -> Iterator[Cell]:
    """The cells whose heads say what the clause of a figure says, no more and no less."""
    q, title = told.figure.quantity, page.source.title or ""
    said = words_of_heads(told.words) - (telling(q.unit) if q.unit in _MEASURED else set())
    ours = telling(title)
    for cell in cells:
        if said and _says(cell, said, cell.caption_words | ours) and _when_and_where(told, cell, title):
            yield cell


def _says(cell: Cell, said: frozenset[str], about: frozenset[str]) -> bool:
    """Whether a cell's heads say just these words; ``about`` are those that the whole table is headed with."""
    label = frozenset() if cell.total else cell.label_words
    if not said <= label | cell.header_words | about:
        return False
    if cell.total:
        return len(said) >= _FEW and cell.lone
    return len(label) > 1 and label <= said and cell.header_words <= said | about


def _when_and_where(told: Told, cell: Cell, title: str) -> bool:
    """Whether time and place of a cell, as far as its heads name them, are those of the figure."""
    years = years_in(cell.header) or years_in(cell.label) or years_in(cell.caption)
    moments, meant = moments_in(cell.heads), moments_in(title)
    if (years and years != told.years) or not (moments <= told.moments | meant and told.moments <= moments | meant):
        return False
    names = {name.lower() for name in told.names if name not in title}
    heads = cell.heads.lower()
    return all(name in heads for name in names) and names_in(cell.caption) <= names_in(title) | told.names


# --------------------------------------------------------------------------- findings


def _slip(told: Told, cell: Cell, worded: bool) -> bool:
    """Whether one value can be a slip of the other; where the words are the same, of two figures as well."""
    if few(told.figure.quantity, cell.quantity):
        return worded and told.year_told
    return near(told.figure.value, cell.value) or mistyped(told.figure.value, cell.value, 2 if worded else 3)


def _finding(page: Page, told: Told, cell: Cell) -> Finding:
    q = told.figure.quantity
    right = amount(cell.value, cell.quantity.unit)
    table = f"Bảng «{cell.caption[:80]}»" if cell.caption else f"Bảng thứ {(cell.quantity.table or 0) + 1}"
    evidence = f"{table}, dòng «{cell.label}», cột «{cell.header}» ghi {right}"
    return page.finding("conflicting_figure", "warning", (q.start, q.end), evidence, right, [told.figure.id, cell.id])
