"""When a figure holds: the nearest date of its sentence, else of its headings, of the title, else the year of issue."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from patterns import data, forms, low
from pipeline.annotate.periods import months_of
from pipeline.fold import lower
from pipeline.model import DateMention, Document, Section

_SPANS = ("year", "half_year", "nine_months", "period")
_AHEAD = ("targets", "objectives", "outlook", "tasks_solutions")


class Period(NamedTuple):
    """A stretch of time, both days included; null where it is open."""

    start: date | None
    end: date | None

    @property
    def label(self) -> str | None:
        """The period as people write it, short."""
        a, b = self.start, self.end
        if not a or not b:
            day = b or a
            return str(day.year) if day else None
        if (a.month, a.day) == (1, 1) and (b.month, b.day) == (12, 31):
            return str(a.year) if a.year == b.year else f"{a.year}-{b.year}"
        if a.year == b.year and a.day == 1 and a.month == b.month:
            return f"{a.month}/{a.year}"
        if a.year == b.year and a.day == 1 and b.month - a.month == 2:
            return f"quý {['I', 'II', 'III', 'IV'][a.month // 3]}/{a.year}"
        if a.year == b.year and a.month == 1 and a.day == 1:
            return f"{b.month} tháng/{a.year}"
        if a.year == b.year and (a.month, b.month, b.day) == (7, 12, 31):
            return f"6 tháng cuối/{a.year}"
        return f"{a:%d/%m/%Y}-{b:%d/%m/%Y}"


NEVER = Period(None, None)


def year(number: int) -> Period:
    """A whole year."""
    return Period(date(number, 1, 1), date(number, 12, 31))


@lru_cache(4096)
def said_in(words: str, around: int | None = None) -> Sequence[Period]:
    """The years, quarters and spans that a heading or a title names, in order.

    Months from the start of a year that is not said (``6 tháng đầu năm``) are of the next year that the words name,
    else of the year ``around``.
    """
    found = (_read(m, around) for m in forms("indicators")["period"].pattern.finditer(words))
    return tuple(period for period in found if period)


def _read(m: re.Match[str], around: int | None) -> Period | None:
    if m["from"]:
        return Period(date(int(m["from"]), 1, 1), date(int(m["to"]), 12, 31))
    if m["months"]:
        later = forms("indicators")["year_named"].pattern.search(m.string, m.end())
        said = m["year_first"] or m["year_of"] or (later and later["year"]) or around
        return Period(*months_of(int(said), 1, _number(m["months"]))) if said else None
    if m["quarter"]:
        last = 3 * _number(m["quarter"])
        return Period(*months_of(int(m["quarteryear"]), last - 2, last))
    return year(int(m["year"]))


def _number(said: str) -> int:
    """The number of a quarter or of months, in figures, Roman figures or words."""
    return int(said) if said.isdigit() else int(data("dates")["numerals"][said.lower()])


class Clock:
    """The periods of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.dates = [d for d in document.dates if d.kind != "day" and self._own(d)]
        self.starts = [d.start for d in self.dates]
        self.parents = {s.id: s for s in document.sections}
        issued = document.header.issued_on
        self.issued = issued.year if issued else None

    def _own(self, d: DateMention) -> bool:
        """Whether a date says when, rather than with what a value is compared."""
        before = self.document.text[max(0, d.start - 30) : d.start]
        return not low("indicators", "compared").search(lower(before))

    def of(self, start: int, stop: int, clause: int, behind: int, section: Section | None) -> Period:
        """The period of a figure: its sentence begins at ``stop``, its clause runs from ``clause`` to ``behind``.

        Of the clauses before it in the sentence only years and parts of a year count, no deadlines.
        """
        first, here, last = (bisect_left(self.starts, offset) for offset in (stop, start, behind))
        before = [d for d in self.dates[first:here] if d.start >= clause or d.kind in _SPANS]
        after = self.dates[here:last]
        for d in [*after[:1], *before[-1:]]:
            if (d.from_ or d.to) and not (d in after and self._of_plan(d, start)):
                return self._span(d)
        ahead = section is not None and section.role in _AHEAD
        while section:
            if said := said_in(section.heading, self.issued):
                return said[-1 if ahead else 0]
            section = self.parents.get(section.parent) if section.parent is not None else None
        return self._document(ahead)

    def _of_plan(self, d: DateMention, start: int) -> bool:
        """Whether a year is that of the plan of which a value is a share, in a report on a part of it."""
        when = self._document(ahead=False)
        within = d.from_ and when.start and when.end and d.kind == "year" and d.from_.year == when.end.year
        told = forms("indicators")["plan_year"].pattern.search(self.document.text[start : d.start])
        return bool(within and told)

    def _document(self, ahead: bool) -> Period:
        header = self.document.header
        if said := said_in(header.title or "", self.issued):
            return said[-1 if ahead else 0]
        if header.issued_on:
            return year(header.issued_on.year)
        years = Counter(d.from_.year for d in self.dates if d.kind == "year" and d.from_)
        return year(years.most_common(1)[0][0]) if years else NEVER

    def _span(self, d: DateMention) -> Period:
        """What a date covers; ``từ năm 2023 đến nay`` lasts to the year of issue."""
        issued = self.document.header.issued_on
        if d.relation == "from" and d.from_ and issued and issued.year > d.from_.year:
            return Period(d.from_, date(issued.year, 12, 31))
        return Period(d.from_ or d.to, d.to or d.from_)
