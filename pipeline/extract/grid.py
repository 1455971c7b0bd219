"""Tables of any format: the cells with their spans, as a table, or as lines where they only lay out a form."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pipeline.extract.prose import is_form
from pipeline.model import Line, Table

_FORM_ROWS, _FORM_COLUMNS = 6, 3  # at most, of a table that is the letterhead or the signature block
MAX_SPAN = 64
_NEAR = 40  # twentieths of a point by which edges of one column may differ


@dataclass(slots=True)
class GridCell:
    """A cell as its row has it: its contents, the columns it covers, whether it goes on with the cell above."""

    blocks: list[Line | Table] = field(default_factory=list)
    columns: int = 1
    merged: bool = False  # with cells below; or, if it continues, with the one above
    continues: bool = False


def table(rows: list[list[GridCell]], ruled: bool, repeated: int = 0) -> Iterator[Line | Table]:
    """A table, or its lines in reading order where it only lays out a letterhead or a signature block.

    ``repeated`` is how many rows at the top its author marked as header.
    """
    width = max((len(row) for row in rows), default=0)
    if width and _lays_out(rows, width, ruled):
        for row in rows:
            for cell in row:
                yield from cell.blocks
    elif width:
        texts = [_spread(row) for row in rows]
        columns = max(len(row) for row in texts)
        yield Table(
            [row + [""] * (columns - len(row)) for row in texts],
            header_rows=max(repeated, _merged_down(rows)),
        )


@dataclass(slots=True)
class EdgedRow:
    """A row of a format that gives where its cells end and not what columns they cover; in twentieths of a point."""

    left: int
    cells: list[GridCell]
    edges: list[int]


def columns(rows: list[EdgedRow]) -> list[list[GridCell]]:
    """The rows with what columns their cells cover, by the edges of all rows together."""
    edges: list[int] = []
    for edge in sorted({edge for row in rows for edge in row.edges}):
        if not edges or edge - edges[-1] > _NEAR:
            edges.append(edge)
    for row in rows:
        left = row.left
        for cell, right in zip(row.cells, row.edges, strict=False):
            cell.columns = max(1, bisect_right(edges, right + _NEAR) - bisect_right(edges, left + _NEAR))
            left = max(left, right)
    return [row.cells for row in rows]


def texts(blocks: Iterable[Line | Table]) -> Iterator[str]:
    """The words of blocks, a table's cell by cell."""
    for block in blocks:
        if isinstance(block, Line):
            yield block.text.strip()
        else:
            yield from (cell for row in block.rows for cell in row if cell)


def _lays_out(rows: list[list[GridCell]], width: int, ruled: bool) -> bool:
    """Whether a table is none to its reader: a frame, a letterhead, a signature block."""
    if width == 1:
        return True
    if width > _FORM_COLUMNS or len(rows) > _FORM_ROWS:
        return False
    marks = sum(is_form(text) for row in rows for cell in row for text in texts(cell.blocks))
    return marks > 1 or (not ruled and (marks > 0 or (width == 2 and len(rows) <= 2)))


def _spread(cells: list[GridCell]) -> list[str]:
    """The texts of a row over the columns of the grid."""
    row: list[str] = []
    for cell in cells:
        text = "" if cell.continues else " ".join(texts(cell.blocks))
        row += [text] + [""] * (min(cell.columns, MAX_SPAN) - 1)
    return row


def _merged_down(rows: list[list[GridCell]]) -> int:
    """How many rows the merged cells of the first row reach over."""
    count = 1
    if any(cell.merged for cell in rows[0]):
        while count < len(rows) and any(cell.continues for cell in rows[count]):
            count += 1
    return count
