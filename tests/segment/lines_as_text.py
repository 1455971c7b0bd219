"""Texts as normalisation would hand them on, made from lines."""

from __future__ import annotations

from pipeline.model import Cell, Paragraph, Text


def text_of(lines: str | list[str]) -> Text:
    """A text of one paragraph a line; a line with `` | `` is a table row."""
    lines = lines.strip("\n").split("\n") if isinstance(lines, str) else lines
    paragraphs, offset = [], 0
    for line in lines:
        paragraph = Paragraph(offset, offset + len(line))
        if " | " in line:
            at = offset
            paragraph.table, paragraph.row = 0, 0
            for column, cell in enumerate(line.split(" | ")):
                paragraph.cells.append(Cell(at, at + len(cell), column))
                at += len(cell) + 3
        paragraphs.append(paragraph)
        offset += len(line) + 1
    return Text("\n".join(lines), paragraphs)
