"""What a figure counts whose own words leave out what its sentence, line or heading is about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.compare.clauses import BULLET, Clause, Clauses
from pipeline.compare.model import LONGEST, Figure
from pipeline.indicators import Catalogue, Match
from pipeline.model import Document, Quantity, Section
from pipeline.segment.tree import SectionTree

_NAMED = 0.9  # what a heading must reach that names a part
_OPENING = 120  # letters of a line, at most, that say what it is about
_STOP = re.compile(r"[:;,.](?=\s)|\d")


class Subjects:
    """What the sentences, lines and headings of one document are about."""

    def __init__(self, document: Document, catalogue: Catalogue, clauses: Clauses, tree: SectionTree) -> None:
        self._title = document.header.title
        self._catalogue, self._clauses, self._tree = catalogue, clauses, tree

    def completed(
        self, q: Quantity, clause: Clause, section: Section | None, said: list[Figure], whole: Figure | None
    ) -> Match | None:
        """The indicator that a figure's words name with the nearest subject that makes it sure.

        ``whole`` is what it is a part of, where it stands in a list of parts.
        """
        near = [*said[-1:], *([whole] if whole else [])]
        for subject in dict.fromkeys(self._subjects(q, clause, section, near)):
            if best := self._catalogue.completed(clause.variants, subject, q.unit, clause.heard):
                return best
        return None

    def refined(self, match: Match, section: Section | None, unit: str | None) -> Match:
        """Under a heading that names a part of what is counted, it is that part that is counted."""
        while section:
            said = self._catalogue.match(section.heading, unit)
            if said and said.indicator.part_of == match.indicator.id and said.strength >= _NAMED:
                return said
            section = self._tree.parent(section)
        return match

    def _subjects(self, q: Quantity, clause: Clause, section: Section | None, near: list[Figure]) -> Iterator[str]:
        """What was said before a figure, the nearest first.

        The head of its list, else the figures near it and what its line opens with; its headings; the title.
        """
        if clause.head:
            yield clause.head
        else:
            yield from (f.words for f in near)
            start = self._clauses.start_of(self._clauses.line_of(q.start))
            opening = BULLET.sub("", self._clauses.masked(start, min(q.start, start + _OPENING)))
            if stop := _STOP.search(opening):
                yield opening[: stop.start()]
        while section:
            yield " ".join(BULLET.sub("", section.heading).split()[:LONGEST])
            section = self._tree.parent(section)
        if self._title:
            yield " ".join(self._title.split()[:LONGEST])
