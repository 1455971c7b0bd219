"""The rows of one document: itself, its sections, paragraphs and tables, and everything found in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

from pipeline.prepared import Prepared
from pipeline.review.apply import Corrected
from pipeline.store.document_values import DocumentValues, Values
from pipeline.store.figures import write_figures
from pipeline.store.writing import id_of

Row = dict[str, Any]

#: The kind of finding that a table holds, and what it tells beside the place.
_KINDS = {
    "citations": ("citation", (
        "cited_id", "doc_type", "symbol", "issued_on", "issuer", "title", "relation", "defined_alias", "pinpoint",
    )),
    "dates": ("date", ("kind", "from", "to", "month_day", "relation", "recurrence")),
    "quantities": ("quantity", (
        "value", "value_max", "of", "unit", "comparator", "indicator", "aspect", "per",
    )),
    "agency_mentions": ("agency", ("agency_id", "source")),
    "tasks": ("task", ("agency_id", "role", "report_to", "folded", "due")),
}  # fmt: skip
#: Where an item stands.
_PLACED = (
    "id", "document_id", "position", "section_id",
    "text", "start", "end", "page", "table_no", "row_no", "column_no", "ocr", "reviewed",
)  # fmt: skip


def document_row(prepared: Prepared, corrected: Corrected | None, document_id: int, program: str) -> Row:
    """The row of a document: its header as it holds, its packed content as it was extracted."""
    said = set(corrected.reviewed["header"]) if corrected else set()
    reviewed = "corrected" if "corrected" in said else "accepted" if "accepted" in said else None
    own = {"id": document_id, "program": program, "reviewed": reviewed, "content": prepared.content}
    return {**prepared.values.head, **own}


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
    """Writes what was found in one document but its words; its rows keep their ids where these are still free.

    ``corrected`` tells which findings people spoke of, where they did.
    """

    def __init__(
        self, db: Database, prepared: Prepared, corrected: Corrected | None, document_id: int, firsts: dict[str, int]
    ) -> None:
        self.db, self.prepared, self.corrected = db, prepared, corrected
        self.document_id, self.firsts = document_id, firsts
        self.values: DocumentValues = prepared.values
        self.first_section = self._first("sections", len(self.values.sections))
        self.recurrence_ids: dict[tuple[str, ...], int] = {}

    def load(self) -> None:
        """Write it all, within a transaction of the caller."""
        self._sections()
        self._paragraphs()
        self._insert(
            "tables",
            ("document_id", "number", "page", "start", "end", "caption", "header", "rows", "ocr"),
            [(self.document_id, *table) for table in self.values.tables],
        )
        self._items("citations", list(map(self._cited, self.values.cited)))
        count_citations(self.db, self.document_id, 1)
        first_date = self._items("dates")
        quantities = range(first := self._items("quantities"), first + len(self.values.found["quantities"]))
        write_figures(self.db, self.document_id, quantities, self.prepared.mark, self.prepared.figures)
        agency_ids = list(map(self._agency, self.values.agencies))
        self._items("agency_mentions", agency_ids)
        self._tasks(agency_ids, first_date)

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

    def _section(self, section: int | None) -> int | None:
        return None if section is None else self.first_section + section

    def _reviewed(self, kind: str, count: int) -> Sequence[str | None]:
        return self.corrected.reviewed[kind] if self.corrected else [None] * count

    def _sections(self) -> None:
        sections = self.values.sections
        said = zip(sections, self._reviewed("section", len(sections)), strict=True)
        self._insert(
            "sections",
            ("id", "document_id", "reviewed", "number", "parent", "level", "label", "heading", "text", "start", "end",
             "body_start", "body_end", "page", "role", "ocr"),
            [(i, self.document_id, reviewed, *told) for i, (told, reviewed) in enumerate(said, self.first_section)],
        )  # fmt: skip

    def _paragraphs(self) -> None:
        paragraphs = self.values.paragraphs
        first = self._first("paragraphs", len(paragraphs))
        self._insert(
            "paragraphs",
            ("id", "document_id", "section_id", "text", "start", "end", "page", "ocr"),
            [(i, self.document_id, self._section(at), *told) for i, (at, told) in enumerate(paragraphs, first)],
        )

    def _items(self, table: str, ids: Sequence[int] = ()) -> int:
        """Write what was found, ``ids`` being those of what the first own value tells; return the first id."""
        kind, columns = _KINDS[table]
        items = self.values.found[table]
        first = self._first(table, len(items))
        positions = self.corrected.origin[kind] if self.corrected else range(len(items))
        said = zip(items, positions, self._reviewed(kind, len(items)), strict=True)
        self._insert(
            table,
            (*_PLACED, *columns),
            [
                (i, self.document_id, position, self._section(item.section), *item.place, reviewed,
                 *((ids[item.own[0]], *item.own[1:]) if ids else item.own))
                for i, (item, position, reviewed) in enumerate(said, first)
            ],
        )  # fmt: skip
        return first

    def _cited(self, told: Values) -> int:
        """The identity of a cited document. Of several readings the first in order stays, whoever is loaded first."""
        columns = ("symbol", "issued_on", "issuer", "title")
        merged = ", ".join(f"{k} = min(coalesce({k}, excluded.{k}), coalesce(excluded.{k}, {k}))" for k in columns)
        row = self.db.execute(
            'INSERT INTO cited_documents("key", doc_type, symbol, issued_on, issuer, title, symbol_key)'
            f' VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT("key") DO UPDATE SET {merged},'
            " symbol_key = coalesce(symbol_key, excluded.symbol_key) RETURNING id",
            told,
        ).fetchone()
        return int(row[0])

    def _agency(self, told: Values) -> int:
        row = self.db.execute(
            'INSERT INTO agencies(name, "key", level, collective, name_key) VALUES (?, ?, ?, ?, ?)'
            ' ON CONFLICT(name) DO UPDATE SET "key" = coalesce("key", excluded."key"),'
            " level = coalesce(level, excluded.level), collective = max(collective, excluded.collective)"
            " RETURNING id",
            told,
        ).fetchone()
        return int(row[0])

    def _tasks(self, agency_ids: Sequence[int], first_date: int) -> None:
        first = self._items("tasks", agency_ids)
        for table, told in (("task_agencies", self.values.named), ("task_partners", self.values.partners)):
            self._insert(
                table,
                ("task_id", "agency_id", "position"),
                [(first + task, agency_ids[agency], position) for task, agency, position in told],
            )
        self._insert(
            "task_deadlines",
            ("task_id", "date_id", "position", "day", "recurrence_id", "since"),
            [
                (first + d.task, first_date + d.date, d.position, d.day, self._recurrence(d.way), d.since)
                for d in self.values.deadlines
            ],
        )

    def _recurrence(self, way: tuple[str, str, str] | None) -> int | None:
        if way is None:
            return None
        if way not in self.recurrence_ids:
            self.recurrence_ids[way] = id_of(self.db, "recurrences", ("text", "month_day", "recurrence"), way)
        return self.recurrence_ids[way]
