"""The figures before one in its line: the one that it goes on from, its whole, the number that its rate is of."""

from __future__ import annotations

from collections.abc import Sequence

from patterns import data
from pipeline.compare.clauses import time_units
from pipeline.compare.model import Figure
from pipeline.model import Document, Quantity
from pipeline.telling import plain_unit

_ROUNDED = 0.06  # by how much a per cent with one decimal may differ from what it is reckoned from
_BACK = 60  # figures of a line among which one looks for what another goes on from


class Earlier:
    """The figures of a line that were told before one, ``said`` in their order, with their quantities."""

    def __init__(self, document: Document) -> None:
        self._quantities, self._text = document.quantities, document.text

    def end(self, figure: Figure) -> int:
        """Where a figure ends in the text."""
        return self._quantities[figure.position].end

    def between(self, figure: Figure, q: Quantity) -> str:
        """The words from a figure before one to it."""
        return self._text[self.end(figure) : q.start]

    def last(
        self, said: list[Figure], unit: str | None, until: int | None = None, per: Sequence[str] = ()
    ) -> Figure | None:
        """The last figure of this unit (of any but times where null) that is no share and no part, before an offset.

        It is counted by ``per`` (``tạ/ha``) as the one that it is sought for.
        """
        for f in reversed(said[-_BACK:]):
            q = self._quantities[f.position]
            same = plain_unit(q.unit) == plain_unit(unit) if unit else q.unit not in time_units() and q.unit != "%"
            if same and not f.share and not f.part and list(per) == q.per and (until is None or q.end <= until):
                return f
        return None

    def beside(self, said: list[Figure], q: Quantity) -> Figure | None:
        """The part that a bracket goes on from (``thu nội địa 500 tỷ đồng, tăng 10% so cùng kỳ (433 tỷ đồng)``)."""
        alike = (f for f in reversed(said) if self._quantities[f.position].unit == q.unit and not f.share)
        last = next(alike, None)
        if not last or not last.part:
            return None
        between = self._text[self.end(last) : q.start]
        return last if "(" in between and ";" not in between else None

    def row(self, q: Quantity, said: list[Figure]) -> Figure | None:
        """The figure right before one, counted alike, of which it may go on."""
        graded = data("indicators")["units"]["grade"]
        told = (f for f in reversed(said) if not f.share and self._quantities[f.position].unit not in graded)
        back = next(told, None)
        other = self._quantities[back.position] if back else None
        alike = other and other.unit == q.unit and other.per == q.per and other.aspect != "change" != q.aspect
        return back if alike else None

    def makes_up(self, q: Quantity, part: Figure, said: list[Figure]) -> bool:
        """Whether a per cent is what a number makes up of one before it (``145 đơn, giải quyết 138, đạt 95,2%``)."""
        told = [self._quantities[f.position] for f in said if not f.share]
        own = self._quantities[part.position]
        if own.of:
            return abs(100 * own.value / own.of - q.value) <= _ROUNDED
        wholes = [o for o in told if o.unit == own.unit and o.end < own.start and o.value > own.value and not o.of]
        return any(abs(100 * own.value / o.value - q.value) <= _ROUNDED for o in wholes[-2:])
