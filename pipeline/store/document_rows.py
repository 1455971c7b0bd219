"""The rows of one document: itself, its sections, paragraphs and tables, and everything found in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import date
from itertools import chain
from typing import Any

from sqlite_utils import Database

from pipeline.model import AgencyMention, Citation, DateMention, Document, Item, Quantity, Task
from pipeline.names import fold, name_key, read_name
from pipeline.prepared import Prepared
from pipeline.review.apply import Corrected
from pipeline.store.figures import write_figures
from pipeline.store.places import Place, locate
from pipeline.store.writing import dumps, id_of

Row = dict[str, Any]
Values = tuple[Any, ...]

#: The kind of finding that a table holds.
_KINDS = {
    "citations": "citation",
    "dates": "date",
    "quantities": "quantity",
    "agency_mentions": "agency",
    "tasks": "task",
}
#: Where an item stands, and what its kind tells besides.
_PLACED = (
    "document_id", "position", "text", "start", "end", "page", "section_id", "table_no", "row_no", "column_no", "ocr",
)  # fmt: skip
_CITATION = (
    "cited_id", "doc_type", "symbol", "issued_on", "issuer", "title", "relation", "defined_alias", "pinpoint",
)  # fmt: skip
_DATE = ("kind", "from", "to", "month_day", "relation", "recurrence")
_QUANTITY = ("value", "value_max", "of", "unit", "comparator", "indicator", "aspect", "per")


def document_row(document: Document, corrected: Corrected, document_id: int, program: str, content: bytes) -> Row:
    """The row of a document: its header as it holds, its packed content as it was extracted."""
    header, source, where = corrected.document.header, document.source, _place_of(corrected.document)
    said = set(corrected.reviewed["header"])
    label = header.symbol or header.title or source.name
    words = fold(f"{label} {header.title or ''} {source.name}")
    return {
        "id": document_id,
        "sha256": source.sha256,
        "label": label,
        "name": source.name,
        "format": source.format,
        "pages": source.pages,
        "ocr_pages": dumps(source.ocr_pages),
        "ocr_confidence": dumps(source.ocr_confidence),
        "program": program,
        **header.model_dump(
            mode="json", include={"doc_type", "symbol", "issuer", "title", "place", "issued_on", "draft"}
        ),
        **{f"signer_{field}": value for field, value in header.signer.model_dump().items()},
        "addressees": dumps(header.addressees),
        "recipients": dumps(header.recipients),
        "folded": f" {words} ",
        "symbol_key": fold(header.symbol) if header.symbol else None,
        "title_key": fold(header.title) if header.title else None,
        "legal_bases": dumps(document.header.legal_bases),
        "reviewed": "corrected" if "corrected" in said else "accepted" if "accepted" in said else None,
        "province": where.province or None,
        "district": where.district or None,
        "commune": where.commune or None,
        "text_length": len(document.text),
        "content": content,
    }


def _place_of(document: Document) -> Place:
    """Where the issuer is; the other bodies that the document names tell apart units of the same name."""
    if not document.header.issuer:
        return Place()
    place = read_name(document.header.issuer).place
    hints = (p for a in document.agencies if (p := read_name(a.name).place))
    return locate(place, chain(hints, [name_key(document.header.place or "")])) if place else Place()


def next_id(db: Database, table: str) -> int:
    """The id after the last of a table."""
    return int(db.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()[0])


def count_citations(db: Database, document_id: int, sign: int) -> None:
    """Count what a document cites in, or out."""
    db.execute(
        "UPDATE cited_documents SET mentions = mentions + :sign * n, documents = documents + :sign"
        " FROM (SELECT cited_id, count(*) AS n FROM citations WHERE document_id = :id GROUP BY cited_id)"
        " WHERE cited_documents.id = cited_id",
        {"id": document_id, "sign": sign},
    )


class Loader:
    """Writes what was found in one document but its words; its rows keep their ids where these are still free."""

    def __init__(
        self, db: Database, corrected: Corrected, prepared: Prepared, document_id: int, firsts: dict[str, int]
    ) -> None:
        self.db, self.corrected, self.prepared = db, corrected, prepared
        self.document_id, self.firsts = document_id, firsts
        self.document = document = corrected.document
        self.page_starts = [p.start for p in document.pages]
        self.pictured = set(document.source.ocr_pages)
        first = self._first("sections", len(document.sections))
        self.section_ids = {s.id: first + i for i, s in enumerate(document.sections)}
        self.cited_ids: dict[Values, int] = {}
        self.agency_ids: dict[str, int] = {}
        self.told_of: set[tuple[object, ...]] = set()
        self.recurrence_ids: dict[tuple[str, ...], int] = {}

    def load(self) -> None:
        """Write it all, within a transaction of the caller."""
        self._sections()
        self._paragraphs()
        self._tables()
        self._items("citations", _CITATION, self.document.citations, self._citation)
        count_citations(self.db, self.document_id, 1)
        date_ids = self._items("dates", _DATE, self.document.dates, _date)
        quantity_ids = self._items("quantities", _QUANTITY, self.document.quantities, _quantity)
        found = self.prepared
        write_figures(self.db, self.document_id, quantity_ids, found.mark, found.figures)
        self._items("agency_mentions", ("agency_id", "source"), self.document.agencies, self._mention)
        self._tasks(date_ids)

    def _first(self, table: str, count: int) -> int:
        """The first id for so many rows of a table."""
        first = self.firsts.get(table)
        wanted = f"SELECT 1 FROM {table} WHERE id >= ? AND id < ?"
        if first is not None and not self.db.execute(wanted, [first, first + count]).fetchone():
            return first
        return next_id(self.db, table)

    def _insert(self, table: str, columns: Sequence[str], rows: Sequence[Values]) -> None:
        """Write rows of these columns; sqlite-utils would be slow at this."""
        if rows:
            named, places = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
            self.db.conn.executemany(f"INSERT INTO {table}({named}) VALUES ({places})", rows)

    def _page(self, offset: int) -> int | None:
        i = bisect_right(self.page_starts, offset) - 1
        return self.document.pages[i].page if i >= 0 else None

    def _sections(self) -> None:
        self._insert(
            "sections",
            ("id", "document_id", "number", "parent", "level", "label", "heading", "text", "start", "end",
             "body_start", "body_end", "page", "role", "ocr", "reviewed"),
            [
                (self.section_ids[s.id], self.document_id, s.id, s.parent, s.level, s.label, s.heading, s.text, s.start,
                 s.end, s.body_start, s.body_end, self._page(s.start), s.role, s.ocr, reviewed)
                for s, reviewed in zip(self.document.sections, self.corrected.reviewed["section"], strict=True)
            ],
        )  # fmt: skip

    def _paragraphs(self) -> None:
        first, start = self._first("paragraphs", self.document.text.count("\n") + 1), 0
        rows: list[Values] = []
        for line in self.document.text.split("\n"):
            if line.strip():
                end, page = start + len(line), self._page(start)
                section = self._section_at(start)
                rows.append(
                    (first + len(rows), self.document_id, line, start, end, page, section, page in self.pictured)
                )
            start += len(line) + 1
        self._insert("paragraphs", ("id", "document_id", "text", "start", "end", "page", "section_id", "ocr"), rows)

    def _section_at(self, offset: int) -> int | None:
        """The innermost section that holds an offset: the last to begin among those that do."""
        holding = (s for s in reversed(self.document.sections) if s.start <= offset < max(s.end, s.body_end))
        section = next(holding, None)
        return self.section_ids[section.id] if section else None

    def _tables(self) -> None:
        self._insert(
            "tables",
            ("document_id", "number", "page", "start", "end", "caption", "header", "rows", "ocr"),
            [
                (self.document_id, i, t.page, t.start, t.end, t.caption, dumps(t.header), dumps(t.rows),
                 t.page in self.pictured)
                for i, t in enumerate(self.document.tables)
            ],
        )  # fmt: skip

    def _items(
        self, table: str, columns: Sequence[str], items: Sequence[Any], own: Callable[[Any], Values]
    ) -> list[int]:
        """Write items with what ``own`` says of each, in ``columns``, beside their place; return their ids."""
        first, kind = self._first(table, len(items)), _KINDS[table]
        said = zip(items, self.corrected.origin[kind], self.corrected.reviewed[kind], strict=True)
        rows = [(i, *self._placed(item, position), *own(item), reviewed)
                for i, (item, position, reviewed) in enumerate(said, first)]  # fmt: skip
        self._insert(table, ("id", *_PLACED, *columns, "reviewed"), rows)
        return list(range(first, first + len(items)))

    def _placed(self, item: Item, position: int) -> Values:
        section = self.section_ids.get(item.section) if item.section is not None else None
        return (self.document_id, position, item.text, item.start, item.end, self._page(item.start), section,
                item.table, item.row, item.column, item.ocr)  # fmt: skip

    def _citation(self, c: Citation) -> Values:
        pinpoint = dumps(c.pinpoint) if c.pinpoint else None
        return (self._cited(c), c.doc_type, c.symbol, _iso(c.issued_on), c.issuer, c.title, c.relation,
                c.defined_alias, pinpoint)  # fmt: skip

    def _cited(self, c: Citation) -> int:
        """The identity of a cited document. Of several readings the first in order stays, whoever is loaded first."""
        key = c.key or fold(f"{c.doc_type} {c.symbol or c.title or c.text}")
        told = (key, c.doc_type, c.symbol, _iso(c.issued_on), c.issuer, c.title)
        if told in self.cited_ids:
            return self.cited_ids[told]
        columns = ("symbol", "issued_on", "issuer", "title")
        merged = ", ".join(f"{k} = min(coalesce({k}, excluded.{k}), coalesce(excluded.{k}, {k}))" for k in columns)
        row = self.db.execute(
            'INSERT INTO cited_documents("key", doc_type, symbol, issued_on, issuer, title, symbol_key)'
            f' VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT("key") DO UPDATE SET {merged},'
            " symbol_key = coalesce(symbol_key, excluded.symbol_key) RETURNING id",
            [*told, fold(c.symbol) if c.symbol else None],
        ).fetchone()
        self.cited_ids[told] = int(row[0])
        return self.cited_ids[told]

    def _mention(self, mention: AgencyMention) -> Values:
        return self._agency(mention.name, mention), mention.source

    def _agency(self, name: str, mention: AgencyMention | None = None) -> int:
        told = (name, mention.key, mention.level, mention.collective) if mention else (name,)
        if name not in self.agency_ids or (mention and told not in self.told_of):
            self.told_of.add(told)
            row = self.db.execute(
                'INSERT INTO agencies(name, "key", level, collective, name_key) VALUES (?, ?, ?, ?, ?)'
                ' ON CONFLICT(name) DO UPDATE SET "key" = coalesce("key", excluded."key"),'
                " level = coalesce(level, excluded.level), collective = max(collective, excluded.collective)"
                " RETURNING id",
                [
                    name,
                    mention.key if mention else None,
                    mention.level if mention else None,
                    bool(mention and mention.collective) or bool(read_name(name).members),
                    name_key(name),
                ],
            ).fetchone()
            self.agency_ids[name] = int(row[0])
        return self.agency_ids[name]

    def _tasks(self, date_ids: list[int]) -> None:
        tasks = self.document.tasks
        columns = ("agency_id", "role", "report_to", "folded", "due")
        ids = self._items("tasks", columns, tasks, self._task)
        for table, names in (("task_agencies", "agencies"), ("task_partners", "partners")):
            self._insert(
                table,
                ("task_id", "agency_id", "position"),
                [
                    (task_id, self._agency(name), i)
                    for task_id, task in zip(ids, tasks, strict=True)
                    for i, name in enumerate(dict.fromkeys(getattr(task, names)))
                ],
            )
        self._insert(
            "task_deadlines",
            ("task_id", "date_id", "position", "day", "recurrence_id", "since"),
            [
                (task_id, date_ids[d], i, *self._falls(self.document.dates[d]))
                for task_id, task in zip(ids, tasks, strict=True)
                for i, d in enumerate(dict.fromkeys(task.deadlines))
            ],
        )

    def _task(self, t: Task) -> Values:
        return self._agency(t.agency), t.role, t.report_to, fold(t.text), self._due(t)

    def _falls(self, mention: DateMention) -> Values:
        """When a deadline falls: on its last day, or else as often as it comes round since its document was issued."""
        day = mention.to or mention.from_
        way = (mention.text, mention.month_day or "", mention.recurrence or "")
        if day or not any(way[1:]):
            return _iso(day), None, None
        if way not in self.recurrence_ids:
            self.recurrence_ids[way] = id_of(self.db, "recurrences", ("text", "month_day", "recurrence"), way)
        return None, self.recurrence_ids[way], _iso(self.document.header.issued_on) or ""

    def _due(self, task: Task) -> str:
        """By what a task is sorted by deadline: its first day, those of every year and those without one last."""
        dates = [self.document.dates[d] for d in task.deadlines]
        days = [str(d.to or d.from_ or f"9998-{d.month_day}") for d in dates if d.to or d.from_ or d.month_day]
        return min(days, default="9999")


# Field by field: dumping one small model after the other would be slow.


def _date(d: DateMention) -> Values:
    return d.kind, _iso(d.from_), _iso(d.to), d.month_day, d.relation, d.recurrence


def _quantity(q: Quantity) -> Values:
    per = dumps(q.per) if q.per else "[]"
    return q.value, q.value_max, q.of, q.unit, q.comparator, q.indicator, q.aspect, per


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
