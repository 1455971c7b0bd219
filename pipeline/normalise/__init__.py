"""From lines to paragraphs: NFC, running heads out, wrapped lines joined, tables as rows.

The words stay as they are; only what the page did to them is undone. Offsets, pages and boxes are kept.
"""

from __future__ import annotations

from pipeline.model import Line, Source, Table, Text
from pipeline.normalise.build import build
from pipeline.normalise.clean import clean
from pipeline.normalise.heads import without_heads
from pipeline.normalise.measure import measure
from pipeline.normalise.paragraphs import paragraphs
from pipeline.normalise.signing import without_signatures

__all__ = ["normalise"]


def normalise(source: Source) -> Text:
    """The text of a source, one paragraph a line, with offsets back to pages and boxes."""
    blocks = _notes_last(without_heads(without_signatures(clean(source.blocks))))
    return build(paragraphs(blocks, measure(blocks)))


def _notes_last(blocks: list[Line | Table]) -> list[Line | Table]:
    """Footnotes after all else, as in other formats: they part no paragraph that goes on overleaf."""
    return sorted(blocks, key=lambda block: isinstance(block, Line) and block.note)
