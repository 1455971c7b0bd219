"""What a figure counts that is told together with another: things of one deed, parts of one phrase, a plan beside."""

from __future__ import annotations

from patterns import Patterns, data
from pipeline.compare.clauses import Clause, Clauses, unit_of
from pipeline.compare.earlier import Earlier
from pipeline.compare.model import Figure
from pipeline.compare.series import exchanged, shared
from pipeline.indicators import Catalogue, Match
from pipeline.model import Document, Quantity
from pipeline.telling import measuring, says_nothing

_FORMS = Patterns("indicators")
_SURE = 0.9  # below this, words of two figures do not name an indicator


def joined_words(words: str, counted: str) -> str:
    """What was counted before and what is counted with it, as one phrase (``lớp đào tạo nghề với học viên``)."""
    return f"{words} {data('indicators')['words']['joining']} {counted}".strip()


class Together:
    """The figures of one document that are told beside others, ``said`` those before in their line."""

    def __init__(self, document: Document, catalogue: Catalogue, clauses: Clauses, earlier: Earlier) -> None:
        self._document, self._text = document, document.text
        self._catalogue, self._clauses, self._earlier = catalogue, clauses, earlier

    def planned(self, q: Quantity, said: list[Figure]) -> Figure | None:
        """What was planned of the value right before (``341 tỷ đồng/dự toán 298 tỷ đồng``)."""
        back = self._earlier.last(said, q.unit, per=q.per)
        if not back or not _FORMS["against_plan"].fullmatch(self._text[self._earlier.end(back) : q.start]):
            return None
        return back._replace(aspect="target")

    def joined(self, q: Quantity, clause: Clause, said: list[Figure]) -> Match | None:
        """What a figure counts that is joined to the one before it (``18 lớp đào tạo nghề với 540 học viên``)."""
        before = self._earlier.last(said, None)
        if not before or self._earlier.end(before) <= max(clause.stop, clause.headed if clause.head else 0):
            return None
        if not _FORMS["joined"].match(clause.short):
            return None
        joined = joined_words(before.words, f"{clause.unit} {clause.after}")
        return self._catalogue.best([joined], q.unit, clause.heard)

    def shared(self, plain: Figure, q: Quantity, clause: Clause, said: list[Figure]) -> Figure | None:
        """Another thing counted by what was said before both (``thành lập mới 35 doanh nghiệp và 6 hợp tác xã``)."""
        opening = self.opening(said, q, clause) if clause.unit else ""
        counted = f"{clause.unit} {clause.after}".strip()
        best = shared(self._catalogue, opening, counted, q.unit, clause.heard) if opening else None
        return plain.known(best)._replace(words=f"{opening}{counted}") if best else None

    def contrasted(self, q: Quantity, clause: Clause, said: list[Figure]) -> Match | None:
        """What a figure counts whose words are put for others of the one before (``đúng hạn 99%, quá hạn 1%``)."""
        back = self._earlier.row(q, said)
        words = exchanged(back.words, clause.short) if back and self._earlier.end(back) > clause.stop else ""
        best = self._catalogue.match(words, q.unit, clause.heard) if words else None
        return best if best and best.strength >= _SURE else None

    def of_same(self, q: Quantity, clause: Clause, said: list[Figure]) -> Match | None:
        """What a unit counts of the number before it (``dạy nghề 924 người/29 lớp``, ``924 người, tổ chức 29 lớp``)."""
        number = self._earlier.last(said, None)
        if not number or not clause.unit or number.unit in measuring():
            return None
        between = self._clauses.masked(self._earlier.end(number), q.start)
        if between.strip() == "/":
            return self._catalogue.best([f"{number.words} {clause.unit}"], q.unit, clause.heard)
        beside = data("indicators")["beside"].get(number.indicator_id, {}).get(q.unit, "")
        entry = self._catalogue.indicators.get(beside)
        near = self._earlier.end(number) > clause.stop and ";" not in between
        return Match(entry, number.strength) if entry and near else None

    def opening(self, said: list[Figure], q: Quantity, clause: Clause) -> str:
        """The words before the figure beside which another thing is counted (``kiểm tra 14 tổ chức, 38 đảng viên``)."""
        back = said[-1] if said else None
        other = self._document.quantities[back.position] if back else None
        if not back or not other or other.unit == "%" or (other.unit == q.unit and says_nothing(clause.after)):
            return ""
        own = unit_of(other)
        beside = own and _FORMS["beside"].fullmatch(self._clauses.masked(other.end, q.start).strip())
        return back.words.rpartition(own)[0] if beside else ""

    def ahead(self, q: Quantity, clause: Clause) -> Match | None:
        """What a figure counts whose last words stand behind the next (``bắt 26 vụ, 31 đối tượng tội phạm ma túy``)."""
        if clause.after or not clause.unit or not clause.tail:
            return None
        best = self._catalogue.match(f"{clause.short} {clause.unit} {clause.tail}", q.unit, clause.heard)
        return best if best and best.strength >= _SURE else None
