"""Running heads, running feet and page numbers: what stands on every page and belongs to none."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from pipeline import layout
from pipeline.model import Line, Table

_NUMBER = re.compile(r"^\d{1,4}\s+|\s+\d{1,4}$")
_EDGE = 3  # lines from the top and the bottom of a page that may be running heads
_SENTENCE = 20  # letters from which a line is running text and not a cell or a name


def without_heads(blocks: list[Line | Table]) -> list[Line | Table]:
    """The blocks without running heads and page numbers."""
    paged = any(isinstance(b, Line) and b.page for b in blocks)
    dropped = _on_pages(blocks) if paged else _between_lines(blocks)
    return [b for i, b in enumerate(blocks) if i not in dropped]


def _on_pages(blocks: list[Line | Table]) -> set[int]:
    pages: dict[int, list[int]] = defaultdict(list)
    for i, block in enumerate(blocks):
        if isinstance(block, Line) and block.page and block.text and not block.note:
            pages[block.page].append(i)
    edges = {page: [*lines[:_EDGE], *lines[-_EDGE:]] for page, lines in pages.items()}
    repeated = _repeated(blocks, edges)
    dropped = set()
    for lines in edges.values():
        for i in dict.fromkeys(lines):
            block = blocks[i]
            if isinstance(block, Line) and (
                layout.is_a("page_number", block.text)
                or layout.is_a("running_head", block.text)
                or _shape(block.text) in repeated
            ):
                dropped.add(i)
    return dropped


def _repeated(blocks: list[Line | Table], edges: dict[int, list[int]]) -> set[str]:
    """The shapes of lines that stand at the edge of most pages."""
    if len(edges) < 3:
        return set()
    shapes: Counter[str] = Counter()
    for lines in edges.values():
        texts = (block.text for block in (blocks[i] for i in lines) if isinstance(block, Line))
        shapes.update({_shape(text) for text in texts if not layout.opens(text)})
    return {shape for shape, count in shapes.items() if count > 0.5 * len(edges)}


def _shape(text: str) -> str:
    """A line without the page number before or after its words."""
    return _NUMBER.sub("", text)


def _between_lines(blocks: list[Line | Table]) -> set[int]:
    """Page numbers in text without pages: a number alone, blank lines around it, running text before or after."""
    dropped = set()
    for i, block in enumerate(blocks):
        if not isinstance(block, Line) or block.whole or not block.text:
            continue
        if layout.is_a("running_head", block.text) or (layout.is_a("page_number", block.text) and _apart(blocks, i)):
            dropped.add(i)
    return dropped


def _apart(blocks: list[Line | Table], i: int) -> bool:
    around = [_neighbour(blocks, i, step) for step in (-1, 1)]
    blank = all(distance > 1 or text is None for text, distance in around)
    return blank and all(text is None or len(text) > _SENTENCE for text, _ in around)


def _neighbour(blocks: list[Line | Table], i: int, step: int) -> tuple[str | None, int]:
    """The next line with words in a direction, and how far it is; None at the end of the text."""
    j = i + step
    while 0 <= j < len(blocks):
        block = blocks[j]
        if not isinstance(block, Line):
            return None, j - i
        if block.text:
            return block.text, abs(j - i)
        j += step
    return None, abs(j - i)
