"""Who speaks, where and when."""

from __future__ import annotations

from pipeline.model import Context, Frame, Text


def context_of(text: Text, frame: Frame) -> Context:
    """The context that abbreviated names and undated deadlines of this document lean on."""
    issued = frame.header.issued_on
    return Context(
        issuer=frame.header.issuer,
        issued_on=issued,
        year=issued.year if issued else None,
        doc_type=frame.header.doc_type,
    )
