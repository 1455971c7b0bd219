"""The text, put together: paragraphs and table rows as lines, with their offsets, pages and boxes."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.layout import seam
from pipeline.model import Cell, LineBox, PageSpan, Paragraph, Table, TableText, Text
from pipeline.normalise.paragraphs import Joined
from pipeline.normalise.tables import caption_of, header_of

_CELL = " | "


def build(blocks: Iterable[Joined | Table]) -> Text:
    """The text of paragraphs and tables."""
    builder = _Builder()
    for block in blocks:
        if isinstance(block, Table):
            builder.add_table(block)
        else:
            builder.add_paragraph(block)
    return Text("\n".join(builder.lines), builder.paragraphs, builder.pages(), builder.tables)


class _Builder:
    def __init__(self) -> None:
        self.lines: list[str] = []
        self.paragraphs: list[Paragraph] = []
        self.tables: list[TableText] = []
        self.offset = 0
        self.turns: list[tuple[int, int]] = []  # page, offset of its first letter

    def add_paragraph(self, joined: Joined) -> None:
        boxes = []
        start = at = self.offset
        for i, line in enumerate(joined.lines):
            at += len(seam(joined.lines[i - 1].text, line.text)) if i else 0
            end = at + len(line.text)
            if line.page:
                self._turn(line.page, at, line.note)
                if line.box:
                    boxes.append(LineBox(at, end, line.page, line.box))
            at = end
        lines = joined.lines
        self._add(
            Paragraph(
                start,
                at,
                page=lines[0].page,
                bold=all(line.bold for line in lines),
                italic=all(line.italic for line in lines),
                centred=all(line.centred for line in lines),
                boxes=boxes,
            ),
            joined.text,
        )

    def add_table(self, table: Table) -> None:
        rows = [row for row in table.rows if any(row)]
        if not rows:
            return
        header, body = header_of(rows, table.header_rows)
        caption = caption_of(self.lines, self.paragraphs, table.page)
        start = self.offset
        if table.page:
            self._turn(table.page, start)
        for i, row in enumerate(rows):
            self._add_row(row, len(self.tables), i - body if i >= body else None, table.page)
        self.tables.append(
            TableText(
                page=table.page, start=start, end=self.offset - 1, caption=caption, header=header, rows=rows[body:]
            )
        )

    def _add_row(self, row: list[str], table: int, number: int | None, page: int | None) -> None:
        cells = []
        at = self.offset
        for column, text in enumerate(row):
            if text:
                cells.append(Cell(at, at + len(text), column))
            at += len(text) + len(_CELL)
        text = _CELL.join(row)
        self._add(Paragraph(self.offset, self.offset + len(text), page, table=table, row=number, cells=cells), text)

    def _add(self, paragraph: Paragraph, text: str) -> None:
        self.lines.append(text)
        self.paragraphs.append(paragraph)
        self.offset += len(text) + 1

    def _turn(self, page: int, at: int, note: bool = False) -> None:
        if not self.turns or page > self.turns[-1][0] or (note and page < self.turns[-1][0]):
            self.turns.append((page, at))

    def pages(self) -> list[PageSpan]:
        """The pages, each from its first letter to the first of the next; those with notes again after the last."""
        if not self.turns:
            return []
        ends = [start for _, start in self.turns[1:]] + [max(self.offset - 1, 0)]
        return [PageSpan(page=p, start=s, end=e) for (p, s), e in zip(self.turns, ends, strict=True)]
