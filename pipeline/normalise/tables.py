"""What a table says of itself: its header, and the caption above it."""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline import layout
from pipeline.model import Paragraph

_INDEX = re.compile(r"\(?\s*(?:\d{1,2}|[A-ZĐ])\s*\)?(?:\s?=.*)?$")
_ASIDE = re.compile(r"\([^()]*\)")
_CAPTION_LINES = 4


def header_of(rows: list[list[str]], marked: int) -> tuple[list[str], int]:
    """The header's cell of each column, and at which row the body begins; ``marked`` rows are its author's header.

    A row that numbers the columns (``A | B | 1 | 2=1+3``) ends the header and gives it no words.
    """
    count = max(1, min(marked, len(rows) - 1))
    index = next((i for i in range(1, min(5, len(rows))) if _numbers_columns(rows[i])), None)
    if index is not None:
        return _merged(rows[:index]), index + 1
    if len(rows) == 1:
        return [], 0
    return _merged(rows[:count]), count


def _numbers_columns(row: list[str]) -> bool:
    filled = [cell for cell in row if cell]
    return len(filled) >= 2 and len(filled) >= 0.6 * len(row) and all(_INDEX.match(cell) for cell in filled)


def _merged(rows: list[list[str]]) -> list[str]:
    """Several header rows as one: a cell over several columns counts for each of them."""
    spread = [list(row) for i, row in enumerate(rows) if not i or not _displaced(rows[0], row)]
    for upper, lower in pairwise(spread):
        for c in range(1, len(upper)):
            if not upper[c] and c < len(lower) and lower[c]:
                upper[c] = upper[c - 1]
    width = max(len(row) for row in spread)
    return [" ".join(dict.fromkeys(row[c] for row in spread if c < len(row) and row[c])) for c in range(width)]


def _displaced(upper: list[str], lower: list[str]) -> bool:
    """Whether a second header row lost the places of its cells: it fills the first column, which is merged down."""
    return bool(upper[0] and lower[0]) and not lower[-1]


def caption_of(lines: list[str], paragraphs: list[Paragraph], page: int | None) -> str | None:
    """The lines just above a table that name it or give its unit."""
    caption: list[str] = []
    for text, paragraph in zip(reversed(lines[-_CAPTION_LINES:]), reversed(paragraphs[-_CAPTION_LINES:]), strict=True):
        upper = layout.is_upper(_ASIDE.sub("", text))  # DỰ TOÁN KINH PHÍ (đơn vị tính: đồng)
        named = upper or layout.is_a("caption", text) or layout.is_a("unit_line", text)
        headed = paragraph.centred or (paragraph.bold and not layout.ends_sentence(text))
        if paragraph.table is not None or paragraph.page != page or not (named or headed):
            break
        caption.insert(0, text)
        if layout.is_a("annex", text):
            break
    return " ".join(caption) or None
