"""The rows of one document: itself, its sections, paragraphs and tables, and everything found in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
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

#: The kind of finding that a table holds.
_KINDS = {
    "citations": "citation",
    "dates": "date",
    "quantities": "quantity",
    "agency_mentions": "agency",
    "tasks": "task",
}


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
    hints = [p for a in document.agencies if (p := read_name(a.name).place)]
    return locate(place, [*hints, name_key(document.header.place or "")]) if place else Place()


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
    """Writes what was found in one document; its rows keep their ids where these are still free."""

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
        self.agency_ids: dict[str, int] = {}
        self.told_of: set[tuple[object, ...]] = set()
        self.recurrence_ids: dict[tuple[str, ...], int] = {}

    def load(self) -> None:
        """Write it all, within a transaction of the caller."""
        self._sections()
        self._paragraphs()
        self._tables()
        self._items("citations", self.document.citations, self._citation)
        count_citations(self.db, self.document_id, 1)
        date_ids = self._items("dates", self.document.dates, _date)
        quantity_ids = self._items("quantities", self.document.quantities, _quantity)
        found = self.prepared
        write_figures(self.db, self.document_id, quantity_ids, found.mark, found.figures)
        self._items("agency_mentions", self.document.agencies, self._mention)
        self._tasks(date_ids)

    def _first(self, table: str, count: int) -> int:
        """The first id for so many rows of a table."""
        first = self.firsts.get(table)
        wanted = f"SELECT 1 FROM {table} WHERE id >= ? AND id < ?"
        if first is not None and not self.db.execute(wanted, [first, first + count]).fetchone():
            return first
        return next_id(self.db, table)

    def _insert(self, table: str, rows: Sequence[Row]) -> None:
        """Write rows that all have the columns of the first; sqlite-utils would be slow at this."""
        if rows:
            columns, places = ", ".join(f'"{name}"' for name in rows[0]), ", ".join("?" * len(rows[0]))
            values = [tuple(row.values()) for row in rows]
            self.db.conn.executemany(f"INSERT INTO {table}({columns}) VALUES ({places})", values)

    def _page(self, offset: int) -> int | None:
        i = bisect_right(self.page_starts, offset) - 1
        return self.document.pages[i].page if i >= 0 else None

    def _sections(self) -> None:
        self._insert(
            "sections",
            [
                {
                    "id": self.section_ids[s.id],
                    "document_id": self.document_id,
                    "number": s.id,
                    "page": self._page(s.start),
                    "reviewed": reviewed,
                    **s.model_dump(exclude={"id"}),
                }
                for s, reviewed in zip(self.document.sections, self.corrected.reviewed["section"], strict=True)
            ],
        )

    def _paragraphs(self) -> None:
        first, start = self._first("paragraphs", self.document.text.count("\n") + 1), 0
        rows: list[Row] = []
        for line in self.document.text.split("\n"):
            if line.strip():
                rows.append(
                    {
                        "id": first + len(rows),
                        "document_id": self.document_id,
                        "text": line,
                        "start": start,
                        "end": start + len(line),
                        "page": self._page(start),
                        "section_id": self._section_at(start),
                        "ocr": self._page(start) in self.pictured,
                    }
                )
            start += len(line) + 1
        self._insert("paragraphs", rows)
        words = [(row["id"], *said) for row, said in zip(rows, self.prepared.words, strict=True)]
        self.db.conn.executemany("INSERT INTO paragraph_words(rowid, toned, folded) VALUES (?, ?, ?)", words)

    def _section_at(self, offset: int) -> int | None:
        """The innermost section that holds an offset: the last to begin among those that do."""
        holding = (s for s in reversed(self.document.sections) if s.start <= offset < max(s.end, s.body_end))
        section = next(holding, None)
        return self.section_ids[section.id] if section else None

    def _tables(self) -> None:
        self._insert(
            "tables",
            [
                {
                    "document_id": self.document_id,
                    "number": i,
                    **t.model_dump(exclude={"header", "rows"}),
                    "header": dumps(t.header),
                    "rows": dumps(t.rows),
                    "ocr": t.page in self.pictured,
                }
                for i, t in enumerate(self.document.tables)
            ],
        )

    def _items(self, table: str, items: Sequence[Any], own: Any) -> list[int]:
        """Write items with what ``own`` says of each beside their place; return their ids."""
        first, kind = self._first(table, len(items)), _KINDS[table]
        origin, reviewed = self.corrected.origin[kind], self.corrected.reviewed[kind]
        self._insert(
            table,
            [
                {"id": first + i, **self._placed(item, origin[i]), "reviewed": reviewed[i], **own(item)}
                for i, item in enumerate(items)
            ],
        )
        return list(range(first, first + len(items)))

    def _placed(self, item: Item, position: int) -> Row:
        return {
            "document_id": self.document_id,
            "position": position,
            "text": item.text,
            "start": item.start,
            "end": item.end,
            "page": self._page(item.start),
            "section_id": self.section_ids.get(item.section) if item.section is not None else None,
            "table_no": item.table,
            "row_no": item.row,
            "column_no": item.column,
            "ocr": item.ocr,
        }

    def _citation(self, c: Citation) -> Row:
        return {
            "cited_id": self._cited(c),
            "doc_type": c.doc_type,
            "symbol": c.symbol,
            "issued_on": c.issued_on.isoformat() if c.issued_on else None,
            "issuer": c.issuer,
            "title": c.title,
            "relation": c.relation,
            "defined_alias": c.defined_alias,
            "pinpoint": dumps(c.pinpoint) if c.pinpoint else None,
        }

    def _cited(self, c: Citation) -> int:
        """The identity of a cited document. Of several readings the first in order stays, whoever is loaded first."""
        key = c.key or fold(f"{c.doc_type} {c.symbol or c.title or c.text}")
        columns = ("symbol", "issued_on", "issuer", "title")
        merged = ", ".join(f"{k} = min(coalesce({k}, excluded.{k}), coalesce(excluded.{k}, {k}))" for k in columns)
        row = self.db.execute(
            'INSERT INTO cited_documents("key", doc_type, symbol, issued_on, issuer, title, symbol_key)'
            f' VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT("key") DO UPDATE SET {merged},'
            " symbol_key = coalesce(symbol_key, excluded.symbol_key) RETURNING id",
            [
                key,
                c.doc_type,
                c.symbol,
                c.issued_on.isoformat() if c.issued_on else None,
                c.issuer,
                c.title,
                fold(c.symbol) if c.symbol else None,
            ],
        ).fetchone()
        return int(row[0])

    def _mention(self, mention: AgencyMention) -> Row:
        return {"agency_id": self._agency(mention.name, mention), "source": mention.source}

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
        ids = self._items(
            "tasks",
            tasks,
            lambda t: {
                "agency_id": self._agency(t.agency),
                "role": t.role,
                "report_to": t.report_to,
                "folded": fold(t.text),
                "due": self._due(t),
            },
        )
        self.db.execute(
            "INSERT INTO task_words(rowid, folded) SELECT id, folded FROM tasks WHERE document_id = ?",
            [self.document_id],
        )
        for table, names in (("task_agencies", "agencies"), ("task_partners", "partners")):
            self._insert(
                table,
                [
                    {"task_id": task_id, "agency_id": self._agency(name), "position": i}
                    for task_id, task in zip(ids, tasks, strict=True)
                    for i, name in enumerate(dict.fromkeys(getattr(task, names)))
                ],
            )
        self._insert(
            "task_deadlines",
            [
                {"task_id": task_id, "date_id": date_ids[d], "position": i, **self._falls(self.document.dates[d])}
                for task_id, task in zip(ids, tasks, strict=True)
                for i, d in enumerate(dict.fromkeys(task.deadlines))
            ],
        )

    def _falls(self, mention: DateMention) -> Row:
        """When a deadline falls: on its last day, or else as often as it comes round since it was issued."""
        day = mention.to or mention.from_
        way = (mention.text, mention.month_day or "", mention.recurrence or "")
        if day or not any(way[1:]):
            return {"day": day.isoformat() if day else None, "recurrence_id": None, "since": None}
        if way not in self.recurrence_ids:
            self.recurrence_ids[way] = id_of(self.db, "recurrences", ("text", "month_day", "recurrence"), way)
        issued = self.document.header.issued_on
        since = issued.isoformat() if issued else ""
        return {"day": None, "recurrence_id": self.recurrence_ids[way], "since": since}

    def _due(self, task: Task) -> str:
        """By what a task is sorted by deadline: its first day, those of every year and those without one last."""
        dates = [self.document.dates[d] for d in task.deadlines]
        days = [str(d.to or d.from_ or f"9998-{d.month_day}") for d in dates if d.to or d.from_ or d.month_day]
        return min(days, default="9999")


# Field by field: dumping one small model after the other would be slow.


def _date(d: DateMention) -> Row:
    return {
        "kind": d.kind,
        "from": d.from_.isoformat() if d.from_ else None,
        "to": d.to.isoformat() if d.to else None,
        "month_day": d.month_day,
        "relation": d.relation,
        "recurrence": d.recurrence,
    }


def _quantity(q: Quantity) -> Row:
    return {
        "value": q.value,
        "value_max": q.value_max,
        "of": q.of,
        "unit": q.unit,
        "comparator": q.comparator,
        "indicator": q.indicator,
        "aspect": q.aspect,
        "per": dumps(q.per),
    }
