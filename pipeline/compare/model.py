"""What the comparison of documents works on: quantities that are known by what they count, when and where."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.compare.periods import Period
from pipeline.indicators import subject_key
from pipeline.model import Aspect

#: Words of an indicator of no catalogue, at most.
LONGEST = 14


class Figure(NamedTuple):
    """A quantity (by its place in the document) with what it counts, when, where; ``share`` of a plan, not a value."""

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

    @property
    def key(self) -> str:
        """What figures of one indicator share."""
        own = self.indicator_id or "~" + subject_key(self.indicator)
        return f"%{own}" if self.share else own
