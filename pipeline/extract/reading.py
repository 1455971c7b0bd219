"""What a reader of one format hands back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pipeline.model import Line, Table, Word

#: Which pages are read from their picture: those without words of their own, none, or all.
Ocr = Literal["auto", "never", "always"]


@dataclass(slots=True)
class Reading:
    """Lines and tables in reading order; how many pages there are in formats that have pages, and which of them were
    read from their picture, with the words as they stand there and how sure the reader was of them (0 to 100); what
    could not be read, as sentences with what to do."""

    blocks: list[Line | Table]
    pages: int | None = None
    ocr_pages: list[int] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    ocr_confidence: list[float] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
