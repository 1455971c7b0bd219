"""What a digital signature shows of itself, printed into the page: ``Ký bởi: ...``, ``Thời gian ký: ...``."""

from __future__ import annotations

from pipeline import layout
from pipeline.model import Line, Table

_MOST = 12  # lines of such a block
_WRAPPED = 2  # lines at most over which one of its lines goes on
_SAME_SIZE, _SAME_EDGE = 0.6, 24.0  # points: how far sizes and left edges differ within a block


def without_signatures(blocks: list[Line | Table]) -> list[Line | Table]:
    """The blocks without those that tell by whom, when and why a file was signed; a clock time tells them apart."""
    kept: list[Line | Table] = []
    at = 0
    while at < len(blocks):
        end = _end(blocks, at)
        if end == at:
            kept.append(blocks[at])
        at = max(end, at + 1)
    return kept


def _end(blocks: list[Line | Table], start: int) -> int:
    """Where the block of a signature ends that begins at ``start``; ``start`` itself where none does."""
    first = blocks[start]
    if not isinstance(first, Line) or not layout.is_a("signing_opener", first.text):
        return start
    end, timed, texts = start + 1, start, first.text
    for at in range(start + 1, min(start + _MOST, len(blocks))):
        line = blocks[at]
        if not isinstance(line, Line) or at - end > _WRAPPED or (line.text and not _beside(first, line)):
            break
        if layout.is_a("signing_line", line.text):
            end = at + 1
            texts = " ".join(block.text for block in blocks[start:end] if isinstance(block, Line))
            timed = end if layout.is_a("signing_time", texts) else timed
        elif line.text and not line.box:
            break
    return timed


def _beside(first: Line, line: Line) -> bool:
    """Whether a line of a page may be of the block that another opens; nothing tells where there is no page."""
    if not (first.box and line.box and first.size and line.size):
        return first.box is line.box is None
    return (
        first.page == line.page
        and abs(first.size - line.size) < _SAME_SIZE
        and abs(first.box.x0 - line.box.x0) < _SAME_EDGE
    )
