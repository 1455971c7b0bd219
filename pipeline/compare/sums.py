"""Sums of money that are told of what the figure before them counts."""

from __future__ import annotations

from patterns import data, forms
from pipeline.compare.clauses import Clause
from pipeline.compare.earlier import Earlier
from pipeline.compare.model import Figure
from pipeline.indicators import Catalogue, Match
from pipeline.model import Quantity

_MONEY: str = data("figures")["unit_of_money"]


class Sums:
    """The sums of one document, each with what it was paid for."""

    def __init__(self, catalogue: Catalogue, earlier: Earlier) -> None:
        self._catalogue, self._earlier = catalogue, earlier

    def paid(self, q: Quantity, clause: Clause, said: list[Figure]) -> Match | None:
        """What was paid to those whom the figure before counts (``trợ cấp cho 412 người, hết 2,6 tỷ đồng``)."""
        back = self._right_before(q, said) if q.unit == _MONEY else None
        paid = self._catalogue.indicators.get(data("indicators")["paid"].get(back.indicator_id, "")) if back else None
        words = f"{clause.short} {clause.after}".strip() or clause.head
        only = forms("indicators")["paid"].pattern.fullmatch(words)
        return Match(paid, back.strength) if back and paid and only else None

    def of(self, plain: Figure, q: Quantity, clause: Clause, said: list[Figure]) -> Figure | None:
        """The money of what the figure before it counts (``61 lao động vay vốn, số tiền 6,1 tỷ đồng``)."""
        back = self._before(clause, said)
        if not back or not forms("indicators")["amount"].pattern.fullmatch(f"{clause.short} {clause.after}".strip()):
            return None
        words = f"{clause.short} {back.words}"
        best = self._catalogue.best([words], q.unit, clause.heard)
        return plain.known(best) if best else plain._replace(words=words, indicator=words)

    def _before(self, clause: Clause, said: list[Figure]) -> Figure | None:
        """The figure right before one in its sentence."""
        return said[-1] if said and self._earlier.end(said[-1]) > clause.stop else None

    def _right_before(self, q: Quantity, said: list[Figure]) -> Figure | None:
        """The figure before one that no full stop parts from it (``trợ cấp cho 412 người; số tiền 2,6 tỷ đồng``)."""
        return said[-1] if said and ". " not in self._earlier.between(said[-1], q) else None
