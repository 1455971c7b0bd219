"""The cells of tables as figures: what they count is said by the heads of their column and row."""

from __future__ import annotations

import re
from functools import cache

from patterns import data, forms
from pipeline.compare.clauses import BULLET, plain_words, unit_of
from pipeline.compare.model import LONGEST, Figure
from pipeline.compare.periods import Clock, Period, said_in, year
from pipeline.compare.places import canonical, completed, place_form
from pipeline.indicators import Catalogue, Match
from pipeline.model import Document, Quantity, TableText
from pipeline.names import fold, name_key
from pipeline.segment.tree import SectionTree
from pipeline.table_heads import heads
from pipeline.telling import says_nothing

_ASIDE = re.compile(r"\([^()]*\)")
_ROWS_BACK = 4  # rows above one that only heads it, among which one looks for what it tells of


class Cells:
    """The cells of one document; ``home`` is the place of its issuer."""

    def __init__(
        self, document: Document, catalogue: Catalogue, clock: Clock, tree: SectionTree, home: str | None
    ) -> None:
        self._document, self._catalogue = document, catalogue
        self._clock, self._tree, self._home = clock, tree, home

    def fills(self, q: Quantity) -> bool:
        """Whether a quantity is all that stands in a cell of a table."""
        return q.table is not None and q.text == self._cell(q)

    def _cell(self, q: Quantity) -> str | None:
        if q.table is None or q.row is None or q.column is None or q.table >= len(self._document.tables):
            return None
        rows = self._document.tables[q.table].rows
        row = rows[q.row] if q.row < len(rows) else []
        return row[q.column].strip() if q.column < len(row) else None

    def figure(self, i: int, q: Quantity) -> Figure:
        """The figure of a quantity, the ``i``-th of the document, that fills its cell."""
        assert q.table is not None and q.row is not None and q.column is not None
        table = self._document.tables[q.table]
        row, form = table.rows[q.row], forms("indicators")
        header = heads(table)[q.column] if q.column < len(table.header) else ""
        label_at = next((c for c, cell in enumerate(row[:3]) if any(x.isalpha() for x in cell)), None)
        label = row[label_at].strip() if label_at is not None else ""
        label_head = table.header[label_at] if label_at is not None and label_at < len(table.header) else ""
        words = _ASIDE.sub(" ", header)
        share = q.unit == "%" and bool(form["share_column"].pattern.search(words))
        aspect = q.aspect
        for name, meant in (("target_column", "target"), ("result_column", "result")):
            if form[name].pattern.search(words):
                aspect = "target" if meant == "target" else "result"
                break
        for name in ("target_column", "result_column", *(["share_column"] if share else [])):
            words = form[name].pattern.sub(" ", words)
        row_place = place = self._row_place(label, label_head)
        if place is None and (m := place_form().search(header)):
            place, words = canonical(m[0]), place_form().sub(" ", words)
        parts = form["of_which"].pattern.split(words)
        variants = [parts[-1], words] if len(parts) > 1 else [words]
        if row_place is None and label:
            if falls := form["falls_by"].pattern.match(label):
                label = f"{data('indicators')['words']['fall']}{label[falls.end('falls') :]}"
            above = self._above(table, q.row, label_at or 0, label)
            variants = [label, f"{label} {words}", *variants] if not above else [f"{label} {above}"]
        variants = [" ".join(plain_words(v).split()) for v in variants]
        best = self._catalogue.best(variants, None if share else q.unit, "")
        if not best and form["all_counted"].pattern.fullmatch(label):
            entry = self._catalogue.indicators.get(data("indicators")["units"]["all"].get(q.unit, ""))
            best = Match(entry, 1.0) if entry else None
        section = self._tree.at(q.start)
        fallback = next((v for v in variants if v and not says_nothing(v)), " ".join(label.split())) or "?"
        when = self._clock.of(q.start, q.start, q.start, q.start, section)
        if said := _year_of(header):
            when = said
        elif when.end and form["whole_year"].pattern.search(header):
            when = year(when.end.year)
        return Figure(
            position=i,
            words=fallback,
            indicator_id=best.indicator.id if best else None,
            indicator=best.indicator.name if best else " ".join(fallback.split()[:LONGEST]),
            strength=best.strength if best else 0.0,
            aspect=aspect,
            period=when,
            place=place or self._home,
            place_key=name_key(place or self._home or ""),
            share=share,
            counted=unit_of(q),
        )

    def _above(self, table: TableText, row: int, column: int, label: str) -> str:
        """What the row above tells of which a row gives a further side (``- Sản lượng`` under ``Gieo trồng ngô``)."""
        form = forms("indicators")
        if not form["bare_head"].pattern.fullmatch(BULLET.sub("", label)):
            return ""
        for cells in reversed(table.rows[max(0, row - _ROWS_BACK) : row]):
            told = BULLET.sub("", cells[column].strip()) if column < len(cells) else ""
            subject = " ".join(form["head"].pattern.sub(" ", told).split())
            if subject and not says_nothing(subject):
                return subject
        return ""

    def _row_place(self, label: str, head: str) -> str | None:
        """The place that a row stands for; the issuer's own for a total; null where the row is no place."""
        if not label or forms("indicators")["whole"].pattern.match(label):
            return self._home
        if place_form().fullmatch(label):
            return canonical(label)
        return completed(label, self._document.text) if fold(head) in _heads_of_places() else None


@cache
def _heads_of_places() -> frozenset[str]:
    """The heads of columns that hold places, folded."""
    return frozenset(map(fold, data("indicators")["columns"]["places"]))


def _year_of(header: str) -> Period | None:
    """The period that the head of a column names."""
    if said := said_in(header):
        return said[0]
    m = forms("indicators")["year_column"].pattern.search(header)
    return Period(year(int(m["from"])).start, year(int(m["to"] or m["from"])).end) if m else None
