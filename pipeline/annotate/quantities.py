"""Counted and measured values."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model import Frame, Item, Quantity, Section, Text


def find_quantities(text: Text, frame: Frame, sections: list[Section], taken: Sequence[Item]) -> list[Quantity]:
    """Every quantity in title and body, in text order; ``taken`` are dates and citations, whose numbers are not."""
    return []
