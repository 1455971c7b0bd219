"""The header of a document and which part of the text is what (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

from __future__ import annotations

from pipeline.model import Frame, Header, Text, ZoneSpan


def read_frame(text: Text) -> Frame:
    """The header, state or Party form, letterhead present or not, and the zones of the text."""
    return Frame(Header(), [ZoneSpan("body", 0, len(text.text))])
