"""The quantities of a document as figures that can stand beside those of others: indicator, period, place, aspect.

What a figure counts is read from its clause (the words before the number, its unit, the words behind it), else from
the figure that it goes on from (``6 tháng cuối năm có 69 lao động``), the head of its list or its heading; in a table
from the heads of its column and row. The words are then matched with the catalogue of indicators.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from patterns import Patterns, data
from pipeline.compare.cells import Cells
from pipeline.compare.clauses import BULLET, Clause, Clauses, unit_of
from pipeline.compare.earlier import Earlier
from pipeline.compare.locations import Locations
from pipeline.compare.model import LONGEST, Figure
from pipeline.compare.periods import NEVER, Clock, Period, year
from pipeline.compare.rates import Rates
from pipeline.compare.series import Told, continued, renamed, whole_of
from pipeline.compare.subjects import Subjects
from pipeline.compare.sums import Sums
from pipeline.compare.together import Together, joined_words
from pipeline.compare.wholes import Wholes
from pipeline.indicators import Catalogue, Match
from pipeline.model import Aspect, Document, Quantity, Section
from pipeline.names import fold, name_key
from pipeline.segment.tree import SectionTree
from pipeline.telling import adds_nothing, only_done, plain_unit, says_nothing

_FORMS = Patterns("indicators")
_INHERITED = 0.95
_HEADING = 0.9
_SURE = 0.85  # what a part of a whole must reach to be an indicator of its own
_NOT_TOLD = ("recommendations", "outlook", "targets", "objectives", "tasks_solutions")
_APART = re.compile(r"[:;]")  # between two figures of which the second says something else
_BACK = 60  # letters before a value in which one looks for whether it fell
_FEW, _MORE = 3, 5  # words that the head of a list may complete
_CERTAIN = 0.93  # what more than a few words must reach with it


class _Reader:
    """Reads the figures of one document."""

    def __init__(self, document: Document, catalogue: Catalogue) -> None:
        self.document, self.catalogue = document, catalogue
        self.text = document.text
        self.tree = SectionTree(document.sections)
        self.clock = Clock(document)
        self.clauses = Clauses(document)
        self.locations = Locations(document, self.clauses)
        self.earlier = Earlier(document)
        self.wholes = Wholes(document, self.earlier)
        self.rates = Rates(document, catalogue, self.clauses, self.earlier)
        self.sums = Sums(catalogue, self.earlier)
        self.together = Together(document, catalogue, self.clauses, self.earlier)
        self.subjects = Subjects(document, catalogue, self.clauses, self.tree)
        self.cells = Cells(document, catalogue, self.clock, self.tree, self.locations.home)

    def read(self) -> Iterator[Figure]:
        last: dict[int, list[Figure]] = {}
        for i, q in enumerate(self.document.quantities):
            line = self.clauses.line_of(q.start)
            if self.cells.fills(q):
                figure = self.cells.figure(i, q)
                yield figure._replace(unit=self._unit(figure, q))
            else:
                said = last.setdefault(line, [])
                figure = self._of_clause(i, q, said or last.get(self.clauses.lead_in(line), []))
                said.append(figure)
                yield figure

    def _unit(self, figure: Figure, q: Quantity) -> str | None:
        """The unit in which a figure stands together with others."""
        entry = self.catalogue.indicators.get(figure.indicator_id or "")
        return entry.common(q.unit) if entry else plain_unit(q.unit)

    # ----------------------------------------------------------------- running text

    def _of_clause(self, i: int, q: Quantity, said: list[Figure]) -> Figure:
        clause = self.clauses.of(q)
        section = self.tree.at(q.start)
        base = self._fallen(self._about(i, q, clause, section, said), q)
        place = self.locations.of(q, clause, section)
        period = self.clock.of(q.start, self._since(q, clause, said), clause.sentence, clause.behind, section)
        aspect = q.aspect or base.aspect or self._aspect(q, base, period, section, said)
        if aspect == "result" and _FORMS["year_start"].match(self.text[clause.sentence : q.start]):
            aspect = "baseline"
        start, end = period
        if aspect == "target" and clause.hollow and start and end and start.year == end.year:
            period = year(start.year)  # what was planned for the year, said beside what its months brought
        if aspect == "baseline" and start and _FORMS["year_before"].search(self.text[max(0, q.start - 40) : q.start]):
            period = year(start.year - 1)
        return base._replace(
            aspect=aspect,
            period=period,
            place=place,
            place_key=name_key(place or ""),
            unit=self._unit(base, q),
        )

    def _fallen(self, figure: Figure, q: Quantity) -> Figure:
        """By how much a rate fell, where that is an indicator itself (``tỷ lệ hộ nghèo giảm 2,2%``)."""
        fall = self.catalogue.indicators.get(data("indicators")["falls"].get(figure.indicator_id, ""))
        if not fall or q.aspect != "change" or figure.share:
            return figure
        fell = _FORMS["fell"].search(self.text[max(0, q.start - _BACK) : q.start])
        return figure.known(Match(fall, figure.strength)) if fell else figure

    def _since(self, q: Quantity, clause: Clause, said: list[Figure]) -> int:
        """From where the dates before a figure are its own: not where they say when the value was that it came from."""
        come_from = _FORMS["come_from"]
        for end in map(self.earlier.end, reversed(said)):
            if end <= clause.stop:
                break
            if left := come_from.match(self.text[end : q.start]):
                return end + left.end()
        return clause.stop

    def _aspect(
        self, q: Quantity, base: Figure, period: Period, section: Section | None, said: list[Figure]
    ) -> Aspect | None:
        """Where no word says what a value is: that of the figure it goes on from, else a result if its time is past."""
        if section and section.role in _NOT_TOLD:
            return None
        alike = (f.aspect for f in reversed(said) if f.indicator_id and f.indicator_id == base.indicator_id)
        if before := next((a for a in alike if a in ("target", "result")), None):
            return before
        header = self.document.header
        past = (
            header.issued_on
            and period.end
            and period.end < header.issued_on
            and header.doc_type not in data("followup")["types"]["plan"]
        )
        return "result" if header.doc_type == "BC" or q.of is not None or past else None

    def _about(self, i: int, q: Quantity, clause: Clause, section: Section | None, said: list[Figure]) -> Figure:
        words = " ".join(clause.variants[0].split()[:LONGEST]) or clause.unit
        called = clause.called if clause.called != clause.short or not clause.after else ""
        told = " ".join(f"{called} {clause.after}".split()[:LONGEST])
        name = words if says_nothing(called) else told  # its unit stands beside it
        plain = Figure(i, words, None, name, 0.0, q.aspect, NEVER, None, "", counted=clause.unit)
        if q.unit == "%" and (rate := self.rates.of(plain, q, clause, said)):
            return rate
        if q.unit == "%" and self.rates.of_plan(q, clause, said):
            back = next((f for f in reversed(said) if not f.share), None)
            return back._replace(position=i, share=q.aspect != "change") if back else plain
        points = (
            data("indicators")["units"]["change_of"].get(q.unit) if q.aspect == "change" and clause.hollow else None
        )
        rate = self.earlier.last(said, points) if points else None
        if rate and not _APART.search(self.text[self.earlier.end(rate) : q.start]):
            return rate._replace(position=i)
        if overall := self._overall(plain, q, said) or self.together.planned(q, said):
            return overall._replace(position=i)
        if other := self._of_rate(plain, q, said) or self._of_subject(plain, q, clause, said):
            return other
        if paid := self.sums.paid(q, clause, said):
            return plain.known(paid)
        parent = self.earlier.last(said, q.unit)
        whole = self.wholes.of(said, q, clause)
        if clause.hollow and clause.doer and (own := self._of_doer(q, clause)):
            return plain.known(own)
        if clause.hollow and clause.doer:
            named = f"{parent.indicator}: {clause.doer}" if parent else clause.doer
            return plain._replace(indicator=named, part=True)
        if clause.hollow and not says_nothing(clause.long) and whole:
            return plain._replace(indicator=f"{whole.indicator}: {clause.long}", part=True)
        if among := self._all_there_are(q, clause) or self._among(q, clause):
            return plain.known(among)
        if clause.hollow:
            return self._inherited(plain, q, clause, section, said)
        bare = says_nothing(_FORMS["head"].sub(" ", clause.short)) and not clause.after
        heard = f"{clause.head} {clause.heard}" if bare else clause.heard
        best = self.catalogue.best(clause.variants, q.unit, heard) or self.together.joined(q, clause, said)
        if contrasted := self.together.contrasted(q, clause, said):
            return plain.known(contrasted)
        if not clause.after and only_done(clause.short) and (same := self.together.of_same(q, clause, said)):
            return plain.known(same)
        if says_nothing(clause.short) and (beside := self.together.shared(plain, q, clause, said)):
            return beside
        if best and clause.head and (bare or len(clause.short.split()) <= _MORE):
            best = self._completed(best, q, clause)
        part = best and whole and best.indicator.id == whole.indicator_id and self.wholes.apart(whole, clause, q)
        if best and not (whole and best.strength < _SURE) and not part:
            return plain._replace(words=self._said(best, q, clause)).known(self.subjects.refined(best, section, q.unit))
        if series := self._series(plain, q, clause, said):
            better = None if series.indicator_id else self.subjects.completed(q, clause, section, said, whole)
            return self._of_further(plain, better, q, clause, said) if better else series
        further = self._with_head(q, clause, section) if not whole else None
        if further := self._part_of_known(q, clause, said) or further:
            return self._of_further(plain, further, q, clause, said)
        if spent := self.sums.of(plain, q, clause, said):
            return spent
        if further := self.together.ahead(q, clause) or self.subjects.completed(q, clause, section, said, whole):
            return self._of_further(plain, further, q, clause, said)
        if clause.head and bare:
            return plain._replace(indicator=f"{clause.short} {clause.head}")
        if whole := whole or self.wholes.qualified(q, clause, said):
            named = words.removesuffix(clause.unit).strip() or words
            return plain._replace(indicator=f"{whole.indicator}: {named}", part=True)
        return plain

    def _of_further(self, plain: Figure, found: Match, q: Quantity, clause: Clause, said: list[Figure]) -> Figure:
        """A figure that is known by more than its own words: of what one before it counts already, a part."""
        before = next((f for f in reversed(said) if f.indicator_id == found.indicator.id and not f.share), None)
        if not before or not self.wholes.differs(before, clause, q):
            return plain.known(found)
        return plain._replace(indicator=f"{before.indicator}: {clause.short}", part=True)

    def _completed(self, best: Match, q: Quantity, clause: Clause) -> Match:
        """What few words count together with the head of their list (``Lương thực có hạt: sản lượng 120 tấn``)."""
        headed = self.catalogue.match(f"{clause.head} {clause.called} {clause.after}".strip(), q.unit, clause.heard)
        few = len(clause.short.split()) <= _FEW
        least = best.strength if clause.after else min(best.strength, _SURE)
        least = least if few else max(least, _CERTAIN)
        return headed if headed and headed.strength >= least else best

    def _all_there_are(self, q: Quantity, clause: Clause) -> Match | None:
        """What all there are of a unit are counted as (``Toàn xã có 1.462 hộ``)."""
        entry = self.catalogue.indicators.get(data("indicators")["units"]["all"].get(clause.unit.lower(), ""))
        if not entry or not says_nothing(clause.after):
            return None
        said = _FORMS["all_counted"].search(self.text[clause.stop : q.start])
        return Match(entry, 1.0) if said else None

    def _among(self, q: Quantity, clause: Clause) -> Match | None:
        """What all there are of which a figure before told some (``98% hồ sơ đúng hạn trong số 382 hồ sơ đã nhận``)."""
        all_of = _FORMS["all_of"].search(clause.short) if clause.unit and clause.after else None
        return self.catalogue.match(f"{clause.unit} {clause.after}", q.unit, clause.heard) if all_of else None

    def _of_doer(self, q: Quantity, clause: Clause) -> Match | None:
        """What a body's figure counts that its name tells (``Hội Nông dân có 1.130 hội viên``), or the unit alone.

        Not in a bracket, where the body only says whose part it is (``Công ty A (63 lao động)``).
        """
        if not clause.unit or self.text[: q.start].rstrip().endswith("("):
            return None
        best = self.catalogue.best([f"{clause.doer} {clause.unit}", clause.unit], q.unit, clause.heard)
        return best if best and best.strength >= _SURE else None

    def _of_unit(self, q: Quantity, clause: Clause) -> Match | None:
        """What a unit of several words names alone (``1.015 hộ cận nghèo``)."""
        if q.unit is None or not clause.unit.lower().startswith(f"{q.unit} "):
            return None
        return self.catalogue.match(clause.unit, q.unit, clause.heard)

    def _said(self, best: Match, q: Quantity, clause: Clause) -> str:
        """The way to say what is counted by which it was known."""
        told = (v for v in clause.variants if (m := self.catalogue.match(v, q.unit, clause.heard)) and m == best)
        return next(told, clause.variants[0])

    def _with_head(self, q: Quantity, clause: Clause, section: Section | None) -> Match | None:
        """What a figure counts together with the words before the colon (``Tai nạn giao thông: xảy ra 18 vụ``).

        Else with those of its heading: ``35 xã đạt chuẩn`` under ``NÔNG THÔN MỚI``.
        """
        if clause.head:
            head = [clause.head] if adds_nothing(f"{clause.short} {clause.after}", clause.head) else []
            headed = [*head, *(f"{clause.head} {v}" for v in clause.variants)]
            return self.catalogue.best(headed, q.unit, clause.heard)
        if not section or len(section.heading.split()) > LONGEST:
            return None
        under = self.catalogue.match(f"{clause.variants[0]} {BULLET.sub('', section.heading)}", q.unit, clause.heard)
        return under if under and under.strength >= _SURE else None

    def _series(self, plain: Figure, q: Quantity, clause: Clause, said: list[Figure]) -> Figure | None:
        """What a figure counts that goes on in the sentence with a row of like ones."""
        back = self.earlier.row(q, said)
        if not back or self.earlier.end(back) <= clause.stop or says_nothing(clause.short):
            return None
        told = Told(back.words, back.indicator_id)
        if best := continued(self.catalogue, told, clause.short, clause.after, q.unit, clause.heard):
            return plain.known(best)
        named = renamed(told, clause.short)
        return plain._replace(words=named, indicator=" ".join(named.split()[:LONGEST])) if named else None

    def _overall(self, plain: Figure, q: Quantity, said: list[Figure]) -> Figure | None:
        """The whole of which parts were told before it (``nông thôn 1,3%; chung toàn tỉnh 1%``)."""
        back = self.earlier.row(q, said)
        if not back or not _FORMS["overall"].match(self.text[self.earlier.end(back) : q.start]):
            return None
        best = whole_of(self.catalogue, Told(back.words, back.indicator_id), q.unit)
        return plain.known(best)._replace(words=best.indicator.name) if best else None

    def _of_rate(self, plain: Figure, q: Quantity, said: list[Figure]) -> Figure | None:
        """The number of what the rate right before its bracket is told of (``trường đạt chuẩn 68,2% (30 trường)``)."""
        rate = said[-1] if said else None
        if not rate or rate.share or q.unit == "%" or self.document.quantities[rate.position].unit != "%":
            return None
        if self.text[self.earlier.end(rate) : q.start].strip() != "(":
            return None
        best = self.catalogue.best([rate.words, f"{unit_of(q)} {rate.words}"], q.unit, "")
        return plain.known(best) if best else None

    def _of_subject(self, plain: Figure, q: Quantity, clause: Clause, said: list[Figure]) -> Figure | None:
        """A figure whose words only head it: it tells of what the one before it in its line does.

        So ``sản lượng 210 tấn`` behind ``Lạc gieo trồng 120 ha``.
        """
        if not self._under(clause, said) or not _FORMS["bare_head"].fullmatch(f"{clause.short} {clause.after}".strip()):
            return None
        back = next((f for f in reversed(said) if self.document.quantities[f.position].unit in _headed()), None)
        subject = " ".join(_FORMS["head"].sub(" ", back.words).split()) if back else ""
        if not subject or says_nothing(subject):
            return None
        named = f"{clause.short} {subject}"
        best = self.catalogue.best([named, f"{named} {clause.head}".strip()], q.unit, clause.heard)
        plain = plain._replace(words=named, indicator=" ".join(named.split()[:LONGEST]))
        return plain.known(best) if best else None if clause.head else plain

    def _under(self, clause: Clause, said: list[Figure]) -> bool:
        """Whether the figure before stands behind the same head as this one, where there is one at all."""
        return bool(said) and (not clause.head or self.earlier.end(said[-1]) > clause.headed)

    def _part_of_known(self, q: Quantity, clause: Clause, said: list[Figure]) -> Match | None:
        """A part that its whole, said in the same sentence, makes known (``22 vụ tai nạn giao thông, 9 chết``)."""
        here = {f.indicator_id: f.indicator for f in said if f.indicator_id and self.earlier.end(f) > clause.stop}
        for whole, name in here.items():
            best = self.catalogue.best([f"{name} {v}" for v in clause.variants], q.unit, clause.heard)
            if best and best.indicator.part_of == whole:
                return best
        return None

    def _inherited(
        self, plain: Figure, q: Quantity, clause: Clause, section: Section | None, said: list[Figure]
    ) -> Figure:
        """A figure that says only when or where: it counts what the one before it, else its heading, counts."""
        if clause.unit and (all_of := _FORMS["all_of"].search(clause.short)):
            words = f"{clause.short[all_of.start() :]} {clause.unit} {clause.after}".strip()
            best = self.catalogue.match(words, q.unit, clause.heard)
            return plain.known(best) if best else plain._replace(words=words, indicator=words)
        if (own := self._of_unit(q, clause)) and own.strength >= _SURE:
            return plain.known(own)
        if beside := self.together.shared(plain, q, clause, said):
            return beside
        heads = dict.fromkeys((clause.head, f"{clause.head} {clause.unit}", *clause.head.split(", ")))
        if clause.head and (best := self.catalogue.best(heads, q.unit, clause.heard)):
            return plain.known(self.subjects.refined(best, section, q.unit))._replace(words=clause.head)
        number = self.earlier.last(said, None)
        between = self.clauses.masked(self.earlier.end(number), q.start) if number else ""
        if same := self.together.of_same(q, clause, said):
            return plain.known(same)
        said_by_head = f" {fold(clause.unit)} " in f" {fold(clause.head)} "
        alone = [f"{clause.short} {clause.unit}"] if clause.unit and not said_by_head else []
        counted = self.catalogue.best(alone, q.unit, f"{self.together.opening(said, q, clause)} {clause.heard}")
        whole = self.wholes.of(said, q, clause)
        if counted and counted.strength >= _SURE and not (whole and whole.indicator_id == counted.indicator.id):
            return plain.known(counted)
        back = self.earlier.beside(said, q) or self.earlier.last(said, q.unit, per=q.per)
        level = self.rates.level(q, said, clause) if q.unit == "%" else None
        if back and back is said[-1] and self.clauses.masked(self.earlier.end(back), q.start).lstrip().startswith("("):
            return back._replace(position=plain.position, strength=back.strength * _INHERITED)
        if level and not _APART.search(self.text[self.earlier.end(level) : q.start]):
            return level._replace(position=plain.position)
        if clause.head and not says_nothing(clause.head):
            named = f"{back.indicator}: {clause.head}" if back and clause.parts is not None else clause.head
            return plain._replace(indicator=named, words=clause.head, part=bool(back))
        if level:
            return level._replace(position=plain.position)
        if q.unit == "%" and number:
            rate: str = data("indicators")["words"]["rate"]
            rate = number.words if fold(number.words).startswith(fold(rate)) else f"{rate} {number.words}"
            return plain._replace(indicator=rate, words=rate)
        if back and back is whole and clause.long and self.wholes.apart(back, clause, q):
            return plain._replace(indicator=f"{back.indicator}: {clause.long}", part=True)
        if back and not self._counts_all(back, clause, q):
            return back._replace(position=plain.position, strength=back.strength * _INHERITED)
        if number and not q.per and _FORMS["joined"].match(between):
            phrase = joined_words(number.words, clause.unit)
            if best := self.catalogue.best([phrase], q.unit, clause.heard):
                return plain.known(best)
            return plain._replace(words=phrase, indicator=phrase)
        if section and not q.per:
            heading = self.catalogue.best([section.heading, f"{section.heading} {clause.unit}"], q.unit, "")
            if heading:
                return plain.known(heading._replace(strength=heading.strength * _HEADING))
        return plain._replace(indicator=" ".join((clause.head or plain.words).split()[:LONGEST]))

    def _counts_all(self, back: Figure, clause: Clause, q: Quantity) -> bool:
        """Whether a new sentence counts all there are (``Toàn tỉnh có 617 hợp tác xã``), not what the last one did."""
        said = self.text[clause.stop : q.start]
        return self.earlier.end(back) <= clause.stop and bool(_FORMS["all_there_are"].match(said))


def _headed() -> Collection[str]:
    """The units that imply the head of what they count."""
    heads: dict[str, str] = data("indicators")["units"]["head"]
    return heads.keys()


def figures(document: Document, catalogue: Catalogue) -> list[Figure]:
    """Every quantity of a document as a figure, in the order of the quantities."""
    return list(_Reader(document, catalogue).read())
