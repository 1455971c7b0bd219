"""What a figure is a part of, and whether it is one: another kind of the same, not the same elsewhere or later."""

from __future__ import annotations

from patterns import forms
from pipeline.compare.clauses import Clause
from pipeline.compare.earlier import Earlier
from pipeline.compare.model import Figure
from pipeline.compare.places import place_form
from pipeline.model import Document, Quantity
from pipeline.telling import adds_nothing, only_qualifies


class Wholes:
    """The wholes of one document's figures."""

    def __init__(self, document: Document, earlier: Earlier) -> None:
        self._text, self._earlier = document.text, earlier

    def of(self, said: list[Figure], q: Quantity, clause: Clause) -> Figure | None:
        """What a figure is a part of: the figure of its unit said last before the list of parts that it stands in."""
        if clause.parts is None:
            return None
        whole = self._earlier.last(said, q.unit, clause.parts)
        return whole if whole and (self._earlier.end(whole) > clause.stop or clause.parts < clause.begin) else None

    def apart(self, whole: Figure, clause: Clause, q: Quantity) -> bool:
        """Whether no place or time tells a figure ``trong đó`` from its whole, so that it counts another thing."""
        return clause.parts is not None and self._text[clause.parts] not in ":(" and self._here_and_now(whole, q)

    def differs(self, before: Figure, clause: Clause, q: Quantity) -> bool:
        """Whether a figure says of what it tells more than its head does, of which one before it told already."""
        if not clause.short or adds_nothing(clause.short, clause.head):
            return False
        return not forms("indicators")["raised_to"].pattern.search(clause.short) and self._here_and_now(before, q)

    def qualified(self, q: Quantity, clause: Clause, said: list[Figure]) -> Figure | None:
        """The figure of its sentence that one only qualifies (``Xuất cảnh: 192 lao động; nữ 64 lao động``)."""
        back = self._earlier.last(said, q.unit, per=q.per)
        words = f"{clause.short} {clause.after}"
        only = back and self._earlier.end(back) > clause.stop and only_qualifies(words, clause.unit)
        return back if only else None

    def _here_and_now(self, whole: Figure, q: Quantity) -> bool:
        """Whether neither a place nor a time is named between two figures."""
        between = self._text[self._earlier.end(whole) : q.start]
        return not place_form().search(between) and not forms("indicators")["time"].pattern.search(between)
