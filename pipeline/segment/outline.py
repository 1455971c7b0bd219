"""The section tree: labels, headings, levels, roles."""

from __future__ import annotations

from pipeline.model import AgencyMention, Frame, Section, Text


def outline(text: Text, frame: Frame, agencies: list[AgencyMention]) -> list[Section]:
    """The sections in text order."""
    return []
