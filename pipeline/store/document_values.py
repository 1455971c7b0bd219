"""What the store keeps of one document as plain values, worked out where the document is read.

The one process that writes the store gives them their ids and nothing else. A section, an agency or a cited document
is told by its place in the list of these.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

from pipeline.model import AgencyMention, Citation, DateMention, Document, Item, Quantity, Task
from pipeline.names import fold, name_key, read_name
from pipeline.store.places import Place, locate
from pipeline.store.writing import dumps

Values = tuple[Any, ...]


class Found(NamedTuple):
    """What was found: its words, where it stands (section, then text to column), and what its kind tells besides.

    What the first own value of a citation, a mention or a task tells is a place in ``cited`` or ``agencies``.
    """

    section: int | None
    place: Values
    own: Values


class Deadline(NamedTuple):
    """A deadline of a task: its date, its day, else how it comes round (:func:`_falls`)."""

    task: int
    date: int
    position: int
    day: str | None
    way: tuple[str, str, str] | None
    since: str | None


class DocumentValues(NamedTuple):
    """A document as rows without ids; ``head`` are the columns of its own row.

    ``named`` and ``partners`` hold of each task's agencies: task, agency, position.
    """

    head: dict[str, Any]
    sections: list[Values]
    paragraphs: list[tuple[int | None, Values]]
    tables: list[Values]
    cited: list[Values]
    agencies: list[Values]
    found: dict[str, list[Found]]
    named: list[tuple[int, int, int]]
    partners: list[tuple[int, int, int]]
    deadlines: list[Deadline]


def values_of(document: Document) -> DocumentValues:
    """The values of a document."""
    return _Reader(document).values()


class _Reader:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.page_starts = [p.start for p in document.pages]
        self.pictured = set(document.source.ocr_pages)
        self.sections = {s.id: i for i, s in enumerate(document.sections)}
        self.cited: dict[Values, int] = {}
        self.agencies: dict[Values, int] = {}  # what is told of them, in the order in which it comes
        self.named: dict[str, int] = {}

    def values(self) -> DocumentValues:
        document = self.document
        found = {
            "citations": self._found(document.citations, self._citation),
            "dates": self._found(document.dates, _date),
            "quantities": self._found(document.quantities, _quantity),
            "agency_mentions": self._found(document.agencies, self._mention),
            "tasks": self._found(document.tasks, self._task),
        }
        named, partners = (self._of_tasks([getattr(t, of) for t in document.tasks]) for of in ("agencies", "partners"))
        return DocumentValues(
            head=_head(document),
            sections=[
                (s.id, s.parent, s.level, s.label, s.heading, s.text, s.start, s.end, s.body_start, s.body_end,
                 self._page(s.start), s.role, s.ocr)
                for s in document.sections
            ],
            paragraphs=self._paragraphs(),
            tables=[
                (i, t.page, t.start, t.end, t.caption, dumps(t.header), dumps(t.rows), t.page in self.pictured)
                for i, t in enumerate(document.tables)
            ],
            cited=list(self.cited),
            agencies=list(self.agencies),
            found=found,
            named=named,
            partners=partners,
            deadlines=[
                Deadline(task, d, i, *self._falls(document.dates[d]))
                for task, t in enumerate(document.tasks)
                for i, d in enumerate(dict.fromkeys(t.deadlines))
            ],
        )  # fmt: skip

    def _page(self, offset: int) -> int | None:
        i = bisect_right(self.page_starts, offset) - 1
        return self.document.pages[i].page if i >= 0 else None

    def _paragraphs(self) -> list[tuple[int | None, Values]]:
        start, found = 0, []
        for line in self.document.text.split("\n"):
            if line.strip():
                page = self._page(start)
                found.append((self._section_at(start), (line, start, start + len(line), page, page in self.pictured)))
            start += len(line) + 1
        return found

    def _section_at(self, offset: int) -> int | None:
        """The innermost section that holds an offset: the last to begin among those that do."""
        holding = (s for s in reversed(self.document.sections) if s.start <= offset < max(s.end, s.body_end))
        section = next(holding, None)
        return self.sections[section.id] if section else None

    def _found(self, items: Sequence[Any], own: Callable[[Any], Values]) -> list[Found]:
        return [Found(self.sections.get(item.section), self._place(item), own(item)) for item in items]

    def _place(self, item: Item) -> Values:
        return (item.text, item.start, item.end, self._page(item.start), item.table, item.row, item.column, item.ocr)

    def _citation(self, c: Citation) -> Values:
        pinpoint = dumps(c.pinpoint) if c.pinpoint else None
        return (self._cited(c), c.doc_type, c.symbol, _iso(c.issued_on), c.issuer, c.title, c.relation,
                c.defined_alias, pinpoint)  # fmt: skip

    def _cited(self, c: Citation) -> int:
        key = c.key or fold(f"{c.doc_type} {c.symbol or c.title or c.text}")
        symbol_key = fold(c.symbol) if c.symbol else None
        told = (key, c.doc_type, c.symbol, _iso(c.issued_on), c.issuer, c.title, symbol_key)
        return self.cited.setdefault(told, len(self.cited))

    def _mention(self, mention: AgencyMention) -> Values:
        name = mention.name
        collective = mention.collective or bool(read_name(name).members)
        told = (name, mention.key, mention.level, collective, name_key(name))
        at = self.agencies.setdefault(told, len(self.agencies))
        return self.named.setdefault(name, at), mention.source

    def _agency(self, name: str) -> int:
        """A body that is named by a task, maybe nowhere else."""
        if name not in self.named:
            told = (name, None, None, bool(read_name(name).members), name_key(name))
            self.named[name] = self.agencies.setdefault(told, len(self.agencies))
        return self.named[name]

    def _task(self, t: Task) -> Values:
        return self._agency(t.agency), t.role, t.report_to, fold(t.text), self._due(t)

    def _of_tasks(self, names: Iterable[Sequence[str]]) -> list[tuple[int, int, int]]:
        return [
            (task, self._agency(name), i)
            for task, told in enumerate(names)
            for i, name in enumerate(dict.fromkeys(told))
        ]

    def _falls(self, mention: DateMention) -> tuple[str | None, tuple[str, str, str] | None, str | None]:
        """When a deadline falls: on its last day, or else as often as it comes round since its document was issued."""
        day = mention.to or mention.from_
        way = (mention.text, mention.month_day or "", mention.recurrence or "")
        if day or not any(way[1:]):
            return _iso(day), None, None
        return None, way, _iso(self.document.header.issued_on) or ""

    def _due(self, task: Task) -> str:
        """By what a task is sorted by deadline: its first day, those of every year and those without one last."""
        dates = [self.document.dates[d] for d in task.deadlines]
        days = [str(d.to or d.from_ or f"9998-{d.month_day}") for d in dates if d.to or d.from_ or d.month_day]
        return min(days, default="9999")


def _head(document: Document) -> dict[str, Any]:
    """The columns of a document that follow from it alone."""
    header, source, where = document.header, document.source, _place_of(document)
    label = header.symbol or header.title or source.name
    words = fold(f"{label} {header.title or ''} {source.name}")
    return {
        "sha256": source.sha256,
        "label": label,
        "name": source.name,
        "format": source.format,
        "pages": source.pages,
        "ocr_pages": dumps(source.ocr_pages),
        "ocr_confidence": dumps(source.ocr_confidence),
        **header.model_dump(
            mode="json", include={"doc_type", "symbol", "issuer", "title", "place", "issued_on", "draft"}
        ),
        **{f"signer_{field}": value for field, value in header.signer.model_dump().items()},
        "addressees": dumps(header.addressees),
        "recipients": dumps(header.recipients),
        "folded": f" {words} ",
        "symbol_key": fold(header.symbol) if header.symbol else None,
        "title_key": fold(header.title) if header.title else None,
        "legal_bases": dumps(header.legal_bases),
        "province": where.province or None,
        "district": where.district or None,
        "commune": where.commune or None,
        "text_length": len(document.text),
    }


def _place_of(document: Document) -> Place:
    """Where the issuer is; the other bodies that the document names tell apart units of the same name."""
    if not document.header.issuer:
        return Place()
    place = read_name(document.header.issuer).place
    hints = (p for a in document.agencies if (p := read_name(a.name).place))
    return locate(place, chain(hints, [name_key(document.header.place or "")])) if place else Place()


# Field by field: dumping one small model after the other would be slow.


def _date(d: DateMention) -> Values:
    return d.kind, _iso(d.from_), _iso(d.to), d.month_day, d.relation, d.recurrence


def _quantity(q: Quantity) -> Values:
    per = dumps(q.per) if q.per else "[]"
    return q.value, q.value_max, q.of, q.unit, q.comparator, q.indicator, q.aspect, per


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
