"""What a summary is made of, whether it is shown as a web page or as a Word document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.summary.drawing import Drawing


class Linked(NamedTuple):
    """Words that stand on the source with this number."""

    text: str
    source: int


Cell = str | Linked


class Heading(NamedTuple):
    """A heading of the first or second level."""

    text: str
    level: int = 1


class Said(NamedTuple):
    """A paragraph."""

    text: str


class Grid(NamedTuple):
    """A table with its heads; ``numeric`` are the columns that stand at the right."""

    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    numeric: frozenset[int] = frozenset()


class Picture(NamedTuple):
    """A chart, with the name of its file."""

    name: str
    drawing: Drawing


class Source(NamedTuple):
    """Where something is said: a document, its page, and its words with the stretch that is meant."""

    document: str
    page: int | None
    text: str
    start: int
    end: int

    @property
    def label(self) -> str:
        """The document, and the page where one is known."""
        return f"{self.document}, trang {self.page}" if self.page else self.document


Block = Heading | Said | Grid | Picture


@dataclass(slots=True)
class Summary:
    """A title, what it is about, and its blocks; ``sources`` are numbered from 1."""

    title: str
    subject: str
    blocks: list[Block] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)

    def cite(self, text: str, source: Source | None) -> Cell:
        """Words linked to their source, which is added to the list unless it is there."""
        if source is None:
            return text
        if source not in self.sources:
            self.sources.append(source)
        return Linked(text, self.sources.index(source) + 1)
