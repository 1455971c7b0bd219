"""Where each figure holds: the place named nearest to it, else in its headings, else that of the issuer."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from patterns import data, forms
from pipeline.compare.clauses import Clause, Clauses, blanked
from pipeline.compare.places import canonical, issuer_place, place_form
from pipeline.model import Document, Quantity, Section
from pipeline.names import fold, unit_of


class _Named(NamedTuple):
    """A place that the text names."""

    start: int
    end: int
    name: str


class Locations:
    """The places of one document; ``home`` is that of its issuer, null where none is known."""

    def __init__(self, document: Document, clauses: Clauses) -> None:
        self._document, self._clauses = document, clauses
        self._sections = {s.id: s for s in document.sections}
        self.home = issuer_place(document)
        self._rank = _rank(unit_of(fold(self.home or "")))
        self._headed: dict[int, str | None] = {}
        self._named = list(self._read())
        self._named_at = [place.start for place in self._named]

    def of(self, q: Quantity, clause: Clause, section: Section | None) -> str | None:
        """Where a quantity of running text holds."""
        first, here, after = (bisect_left(self._named_at, offset) for offset in (clause.sentence, q.start, q.end))
        behind = [place for place in self._named[after : after + 1] if place.end <= clause.behind]
        if near := self._named[first:here][-1:] or behind:
            return near[0].name
        line = max(self._clauses.start_of(self._clauses.line_of(q.start)), clause.begin)
        if not forms("indicators")["whole_said"].pattern.search(self._document.text[line : q.start]):
            return self._in_heading(section)
        return self.home

    def _in_heading(self, section: Section | None) -> str | None:
        """Where a section holds: the place that its heading names, else one above it."""
        if section is None:
            return self.home
        if section.id not in self._headed:
            named = place_form().search(section.heading)
            above = self._sections.get(section.parent) if section.parent is not None else None
            self._headed[section.id] = self._below(named[0]) or self.home if named else self._in_heading(above)
        return self._headed[section.id]

    def _read(self) -> Iterator[_Named]:
        """The places named in the text, citations aside, that lie at or below the issuer's level."""
        for m in place_form().finditer(blanked(self._document.text, self._document.citations)):
            if place := self._below(m[0]):
                yield _Named(m.start(), m.end(), place)

    def _below(self, place: str) -> str | None:
        """A place as its name, unless it is of a higher level than the issuer's (``tỉnh`` in a district's report)."""
        name, rank = _ranked(place)
        return None if rank < self._rank else name


@lru_cache(4096)
def _ranked(place: str) -> tuple[str, int]:
    """The name of a place, and the rank of its level."""
    name = canonical(place)
    return name, _rank(unit_of(fold(name)))


@cache
def _rank(unit: str) -> int:
    for rank, units in enumerate(data("names")["units"].values()):
        if unit in {fold(u) for u in units}:
            return rank
    return -1
