"""The store as tables for analysis elsewhere, cut by province and year of the documents."""

from __future__ import annotations

from typing import NamedTuple

from sqlite_utils import Database

from pipeline.store.rows import TASK_AGENCIES, TASK_DEADLINES, TASK_PARTNERS, Record, fetch


class Table(NamedTuple):
    """The rows that documents ``d`` give, and of which kind each column is."""

    sql: str
    columns: dict[str, str]


class Part(NamedTuple):
    """The documents of a province and year; None where they tell none."""

    province: str | None
    year: str | None


TABLES = {
    "documents": Table(
        "SELECT d.id AS document_id, label AS document, doc_type, symbol, issuer, title, issued_on, place, draft,"
        " signer_name AS signer, district, commune, name AS file, format, pages, sha256 FROM documents d WHERE {0}",
        {
            "document_id": "number", "document": "text", "doc_type": "text", "symbol": "text", "issuer": "text",
            "title": "text", "issued_on": "day", "place": "text", "draft": "yes", "signer": "text",
            "district": "text", "commune": "text", "file": "text", "format": "text", "pages": "number",
            "sha256": "text",
        },
    ),
    "tasks": Table(
        f'SELECT t.id AS task_id, t.document_id, t.position, w.name AS agency, w."key" AS agency_key, t.role,'
        f" {TASK_AGENCIES} AS agencies, {TASK_PARTNERS} AS partners, t.text,"
        f" {TASK_DEADLINES} AS deadlines, t.report_to, t.page, t.reviewed FROM documents d"
        " CROSS JOIN tasks t ON t.document_id = d.id JOIN agencies w ON w.id = t.agency_id WHERE {0}",
        {
            "task_id": "number", "document_id": "number", "position": "number", "agency": "text",
            "agency_key": "text", "role": "text", "agencies": "words", "partners": "words", "text": "text",
            "deadlines": "deadlines", "report_to": "text", "page": "number", "reviewed": "text",
        },
    ),
    "citations": Table(
        'SELECT c.id AS citation_id, c.document_id, c.position, x."key", x.doc_type AS type,'
        " coalesce(c.symbol, x.symbol) AS symbol, coalesce(c.issued_on, x.issued_on) AS issued_on,"
        " coalesce(c.issuer, x.issuer) AS issuer, coalesce(c.title, x.title) AS title, c.pinpoint, c.relation, c.text,"
        " c.page, c.reviewed FROM documents d CROSS JOIN citations c ON c.document_id = d.id"
        " JOIN cited_documents x ON x.id = c.cited_id WHERE {0}",
        {
            "citation_id": "number", "document_id": "number", "position": "number", "key": "text", "type": "text",
            "symbol": "text", "issued_on": "day", "issuer": "text", "title": "text", "pinpoint": "text",
            "relation": "text", "text": "text", "page": "number", "reviewed": "text",
        },
    ),
    "figures": Table(
        "SELECT f.quantity_id, f.document_id, f.indicator_id, f.indicator, f.aspect, f.period, f.period_from,"
        ' f.period_to, f.place, q.value, q.value_max, q."of", q.comparator, coalesce(f.unit, q.unit) AS unit, f.share,'
        " f.part, f.again, f.strength, q.text, q.page, q.reviewed FROM documents d"
        " CROSS JOIN figures f ON f.document_id = d.id JOIN quantities q ON q.id = f.quantity_id WHERE {0}",
        {
            "quantity_id": "number", "document_id": "number", "indicator_id": "text", "indicator": "text",
            "aspect": "text", "period": "text", "period_from": "day", "period_to": "day", "place": "text",
            "value": "amount", "value_max": "amount", "of": "amount", "comparator": "text", "unit": "text",
            "share": "yes", "part": "yes", "again": "yes", "strength": "amount", "text": "text", "page": "number",
            "reviewed": "text",
        },
    ),
    "dates": Table(
        'SELECT x.document_id, x.text, x.kind, x."from", x."to", x.month_day, x.relation, x.recurrence, x.page,'
        " x.reviewed FROM documents d CROSS JOIN dates x ON x.document_id = d.id WHERE {0}",
        {
            "document_id": "number", "text": "text", "kind": "text", "from": "day", "to": "day", "month_day": "text",
            "relation": "text", "recurrence": "text", "page": "number", "reviewed": "text",
        },
    ),
    "agencies": Table(
        'SELECT m.document_id, a.name, a."key", a.level, a.collective, m.text, m.page, m.reviewed FROM documents d'
        " CROSS JOIN agency_mentions m ON m.document_id = d.id JOIN agencies a ON a.id = m.agency_id WHERE {0}",
        {
            "document_id": "number", "name": "text", "key": "text", "level": "text", "collective": "yes",
            "text": "text", "page": "number", "reviewed": "text",
        },
    ),
}  # fmt: skip


def parts(db: Database) -> list[Part]:
    """Every province and year that documents tell."""
    found = db.execute("SELECT DISTINCT province, year FROM documents WHERE lead_id IS NULL ORDER BY 1, 2").fetchall()
    return [Part(*row) for row in found]


def rows(db: Database, table: Table, part: Part) -> list[Record]:
    """The rows of a table that come from the documents of a part; works that several documents hold count once."""
    condition = "d.lead_id IS NULL AND d.province IS ? AND d.year IS ? ORDER BY d.id"
    return fetch(db, table.sql.format(condition), list(part))
