"""What the comparison of documents works on: quantities that are known by what they count, when and where."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.compare.periods import Period
from pipeline.indicators import Match
from pipeline.model import Aspect
from pipeline.telling import subject_key

#: Words of an indicator of no catalogue, at most.
LONGEST = 14


class Figure(NamedTuple):
    """A quantity (by its place in the document) with what it counts, when, where; ``share`` of a plan, not a value.

    ``counted`` are the words of its unit, which may leave unsaid in the indicator's what is counted.
    """

    position: int
    words: str
    indicator_id: str | None
    indicator: str
    strength: float
    aspect: Aspect | None
    period: Period
    place: str | None
    place_key: str
    unit: str | None = None
    share: bool = False
    part: bool = False
    counted: str = ""

    def known(self, match: Match) -> Figure:
        """The same figure, of an indicator of the catalogue."""
        entry = match.indicator
        return self._replace(indicator_id=entry.id, indicator=entry.name, strength=match.strength)

    @property
    def key(self) -> str:
        """What figures of one indicator share."""
        own = self.indicator_id or "~" + subject_key(f"{self.indicator} {self.counted}")
        return f"%{own}" if self.share else own
