"""Per cents: the rate of the number before them, the same rate at another level, a share of what was planned."""

from __future__ import annotations

from patterns import data, forms
from pipeline.compare.clauses import Clause, Clauses
from pipeline.compare.earlier import Earlier
from pipeline.compare.model import Figure
from pipeline.indicators import Catalogue, Match
from pipeline.model import Document, Quantity
from pipeline.telling import says_nothing

_BACK = 60  # letters behind a per cent in which one looks for what it is a share of


class Rates:
    """The per cents of one document."""

    def __init__(self, document: Document, catalogue: Catalogue, clauses: Clauses, earlier: Earlier) -> None:
        self._document, self._catalogue, self._text = document, catalogue, document.text
        self._clauses, self._earlier = clauses, earlier

    def of(self, plain: Figure, q: Quantity, clause: Clause, said: list[Figure]) -> Figure | None:
        """The rate that the number said before it makes up (``1.842 hộ nghèo, chiếm 17,6%``), not of what was planned.

        A share of the plan is a rate of its own where ``indicators.toml`` says so (``giải ngân 98 tỷ đồng, đạt 61%``).
        """
        form = forms("indicators")
        last = said[-1] if said else None
        whole = last if last and last.part and self._earlier.makes_up(q, last, said) else self._earlier.last(said, None)
        if whole:
            whole = self._some_of(whole, said)
        if not whole or self._earlier.end(whole) <= clause.stop or q.aspect == "change":
            return None
        behind = self._clauses.masked(q.end, q.end + _BACK)
        between = self._clauses.masked(self._earlier.end(whole), q.start)
        reached = self._catalogue.indicators.get(data("indicators")["shares"].get(whole.indicator_id, ""))
        if reached and form["reach"].pattern.search(f" {between}") and form["of_plan"].pattern.match(behind):
            return plain.known(Match(reached, whole.strength))
        if form["plan_said"].pattern.search(between + behind[:20]):
            return None
        names = [whole.indicator] if whole.part else [whole.words, whole.indicator]
        likely = [f"{data('indicators')['words']['rate']} {name}" for name in names]
        called = form["rate"].pattern.match(between.rstrip().removesuffix(":").lstrip(" ,("))
        own = not called and ":" in between and clause.head  # a head of its own says what it is the rate of
        of_all = form["of_all"].pattern.match(behind) or self._of_its_kind(whole, behind)
        told = not own and (called or form["rate"].pattern.match(clause.short)) and of_all
        borne_out = clause.hollow and self._earlier.makes_up(q, whole, said)
        best = self._catalogue.best(reversed(likely), q.unit, "") if told or borne_out else None
        if best:  # of equals that which the number's own indicator names
            return plain.known(best)._replace(words=likely[0])
        return plain._replace(words=likely[0], indicator=likely[0]) if borne_out else None

    def _some_of(self, whole: Figure, said: list[Figure]) -> Figure:
        """The figure of those among all there are, where these were told last (``218 hộ trong tổng số 24.915 hộ``)."""
        q = self._document.quantities[whole.position]
        before = said[said.index(whole) - 1] if whole in said[1:] else whole
        among = forms("indicators")["all_of"].pattern.search(self._text[self._earlier.end(before) : q.start])
        return before if among else whole

    def _of_its_kind(self, whole: Figure, behind: str) -> bool:
        """Whether a per cent is of all that the number counts (``39 trường đạt chuẩn, bằng 84% số trường``)."""
        unit = self._document.quantities[whole.position].unit or ""
        opening = forms("indicators")["number_of"].pattern.match(behind)
        said = behind[opening.end() :] if opening else ""
        return bool(unit) and said.startswith(unit) and not said[len(unit) :][:1].isalnum()

    def level(self, q: Quantity, said: list[Figure], clause: Clause) -> Figure | None:
        """The rate of the same sentence that now stands at another level (``giảm từ 21,4% xuống 14,9%``)."""
        last = said[-1] if said else None
        if not last or self._document.quantities[last.position].unit != "%" or last.share or last.part:
            return None
        return (
            last
            if self._earlier.end(last) > clause.sentence
            and not forms("indicators")["makes_up"].pattern.search(self._text[self._earlier.end(last) : q.start])
            else None
        )

    def of_plan(self, q: Quantity, clause: Clause, said: list[Figure]) -> bool:
        """Whether a per cent is a share of what was planned, or says by how much the figure before it has changed."""
        form = forms("indicators")
        if not clause.hollow and clause.alone:
            return False
        if q.aspect == "change" and clause.hollow:
            return True
        reached = form["reach"].pattern.search(" " + self._clauses.masked(max(clause.sentence, q.start - 40), q.start))
        short = form["reach"].pattern.sub("", f" {clause.short}")
        return bool(
            reached and says_nothing(short) and form["of_plan"].pattern.match(self._clauses.masked(q.end, q.end + 40))
        )
