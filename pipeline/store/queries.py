"""What one can ask of the store: every function gives plain records (dictionaries), in a fixed order of fields."""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from sqlite_utils import Database

from pipeline.due import Deadline, is_overdue, soonest
from pipeline.model import Document
from pipeline.names import fold
from pipeline.store import current, duties, load
from pipeline.store.duties import Chosen, chosen
from pipeline.store.duties import TaskFilter as TaskFilter
from pipeline.store.match import match_issuers
from pipeline.store.places import area_of
from pipeline.store.rows import ALL as ALL
from pipeline.store.rows import LEAD, SECTION, TASK_AGENCIES, TASK_DEADLINES, TASK_PARTNERS, Record, Where, fetch
from pipeline.store.rows import Page as Page

STATUS_FIELDS = ("stage", "outcome", "files")
ERROR_FIELDS = ("file", "stage", "code", "message", "advice", "finished_at")
DOCUMENT_FIELDS = (
    "document_id", "document", "doc_type", "symbol", "issuer", "title", "issued_on", "place", "draft", "signer",
    "file", "format", "pages", "ocr_pages", "ocr_confidence", "tasks", "citations", "paths", "twins", "same_as",
    "reviewed",
)  # fmt: skip
TASK_FIELDS = (
    "task_id", "document_id", "document", "issued_on", "issuer", "section", "agency", "agency_key", "agency_level",
    "agency_place", "role", "agencies", "partners", "text", "deadlines", "report_to", "page", "next_due", "due_status",
    "repeats", "repeated_by", *current.FIELDS, "ocr", "reviewed",
)  # fmt: skip
CITATION_FIELDS = (
    "citation_id", "document_id", "document", "type", "symbol", "issued_on", "issuer", "title", "pinpoint",
    "relation", "text", "section", "page", "key", "ocr", "reviewed",
)  # fmt: skip
TARGET_FIELDS = (
    "cited_id", "type", "symbol", "issued_on", "issuer", "title", "mentions", "documents", "cited_by", "key",
)  # fmt: skip


def status(db: Database) -> list[Record]:
    """How many files stand where: by stage and outcome."""
    return fetch(
        db, "SELECT stage, outcome, count(*) AS files FROM files GROUP BY stage, outcome ORDER BY outcome, stage"
    )


def errors(db: Database, page: Page = ALL, code: str | None = None) -> list[Record]:
    """Every file that failed (with one code), and why."""
    return fetch(
        db,
        "SELECT path AS file, stage, code, message, advice, finished_at FROM files INDEXED BY files_outcome"
        " WHERE outcome = 'failed'"
        f"{' AND code = ?' if code else ''} ORDER BY path" + page.sql,
        [code] if code else [],
    )


def documents(db: Database, page: Page = ALL, everything: bool = False) -> list[Record]:
    """One row a work, with the other documents that are the same one (``twins``); or one row a document."""
    found = fetch(
        db,
        "SELECT d.id AS document_id, label AS document, doc_type, symbol, issuer, title, issued_on, place, draft,"
        " signer_name AS signer, name AS file, format, pages, ocr_pages, ocr_confidence,"
        " (SELECT count(*) FROM tasks WHERE document_id = d.id) AS tasks,"
        " (SELECT count(*) FROM citations WHERE document_id = d.id) AS citations,"
        " (SELECT json_group_array(path) FROM (SELECT path FROM (SELECT d.id AS id, NULL AS lead_id UNION ALL"
        "   SELECT id, lead_id FROM documents INDEXED BY documents_lead WHERE lead_id = d.id) w"
        "   CROSS JOIN files f ON f.document_id = w.id ORDER BY w.lead_id, path)) AS paths,"
        " (SELECT json_group_array(json_object('document_id', t.id, 'file', t.name, 'format', t.format,"
        "   'draft', json(iif(t.draft, 'true', 'false')))) FROM documents t INDEXED BY documents_lead"
        "   WHERE t.lead_id = d.id) AS twins,"
        " lead_id AS same_as, reviewed"
        f" FROM documents d {'' if everything else 'WHERE lead_id IS NULL'} ORDER BY d.id" + page.sql,
    )
    for record in found:
        record["draft"] = bool(record["draft"])
        for field in ("paths", "twins", "ocr_pages", "ocr_confidence"):
            record[field] = json.loads(record[field])
    return found


def document(db: Database, document_id: int) -> Document | None:
    """One document, with what people corrected."""
    return load.load(db, document_id)


def tasks(
    db: Database,
    wanted: TaskFilter = TaskFilter(),  # noqa: B008
    page: Page = ALL,
    order: str = "document",
) -> list[Record]:
    """One row a task, with the owner that was asked for (else the first); mostly in the order of documents and text."""
    return _rows(db, chosen(db, wanted, order), wanted, page, order)


class Counted(NamedTuple):
    """Tasks on a page; how many there are in all, ``more`` than ``total`` if so; who owns most, where all are known."""

    rows: list[Record]
    total: int
    more: bool
    owners: list[Record]


def counted_tasks(db: Database, wanted: TaskFilter, page: Page, order: str, most: int) -> Counted:
    """The rows of ``tasks`` with their number, counted up to ``most`` at the most."""
    asked = chosen(db, wanted, order, few=most)
    owners = _owners(db, asked) if wanted.agency and not asked.more else []
    return Counted(_rows(db, asked, wanted, page, order), asked.total, asked.more, owners)


def _rows(db: Database, asked: Chosen, wanted: TaskFilter, page: Page, order: str) -> list[Record]:
    found = fetch(
        db,
        f"SELECT t.id AS task_id, t.document_id, d.label AS document, d.issued_on, d.issuer, {SECTION} AS section,"
        ' w.name AS agency, w."key" AS agency_key, w.level AS agency_level, t.role,'
        f" {TASK_AGENCIES} AS agencies,"
        f" {TASK_PARTNERS} AS partners, t.text, {TASK_DEADLINES} AS deadlines, t.report_to, t.page,"
        " t.ocr, t.reviewed,"
        " r.repeats_id AS repeats, (SELECT json_group_array(task_id) FROM task_repeats WHERE repeats_id = t.id)"
        " AS repeated_by, d.province, d.district"
        f" FROM ({asked.ids(page.sql)}) k CROSS JOIN tasks t ON t.id = k.id"
        " JOIN documents d ON d.id = t.document_id JOIN agencies w ON w.id = owner_id"
        " LEFT JOIN sections s ON s.id = t.section_id LEFT JOIN task_repeats r ON r.task_id = t.id"
        f" ORDER BY {duties.ORDERS[order]}",
        asked.parameters,
    )
    today = wanted.today or date.today()
    return [_task(record, today, wanted.as_of) for record in found]


def _task(row: Record, today: date, as_of: date | None) -> Record:
    """A row of the query as the record of a task."""
    for field in ("agencies", "partners", "deadlines", "repeated_by"):
        row[field] = json.loads(row[field])
    issued = row["issued_on"]
    deadlines = [
        Deadline(d["text"], d["from"], d["to"], d["month_day"], d["recurrence"], issued) for d in row["deadlines"]
    ]
    coming = soonest(deadlines, today)
    row["next_due"] = coming.isoformat() if coming else None
    row["due_status"] = "upcoming" if coming else "overdue" if is_overdue(deadlines, today) else None
    row["agency_place"] = area_of(row["agency"], row["issuer"], row["agency_level"])
    row |= current.fields(row, as_of) if as_of else current.NOT_ASKED
    return {field: row[field] for field in TASK_FIELDS}


def _owners(db: Database, asked: Chosen, most: int = 12) -> list[Record]:
    """Which bodies own most of the tasks meant, and how many."""
    return fetch(
        db,
        f"SELECT a.name AS agency, a.level, count(*) AS tasks FROM ({asked.ids()}) JOIN agencies a ON a.id = owner_id"
        f" GROUP BY a.id ORDER BY tasks DESC, a.name LIMIT {int(most)}",
        asked.parameters,
    )


class CitationFilter(NamedTuple):
    """What citations to list; names and symbols as typed."""

    symbol: str | None = None
    doc_type: str | None = None
    issuer: str | None = None
    cited_by: int | None = None


#: Mentions of the documents asked for are looked up one by one where they are so few, else gone through in their order.
FEW = 5_000
CITATION_ORDERS = {
    "document": "c.document_id, c.position",
    "symbol": "x.symbol_key IS NULL, x.symbol_key, c.document_id, c.position",
    "issued": "x.issued_on IS NULL, x.issued_on DESC, c.document_id, c.position",
}
TARGET_ORDERS = {
    "mentions": 'mentions DESC, x.symbol_key, x."key"',
    "symbol": 'x.symbol_key IS NULL, x.symbol_key, x."key"',
    "issued": 'x.issued_on IS NULL, x.issued_on DESC, x."key"',
}


def citations(
    db: Database,
    wanted: CitationFilter = CitationFilter(),  # noqa: B008
    page: Page = ALL,
    order: str = "document",
) -> list[Record]:
    """One row a mention."""
    where = _mentions(db, wanted)
    found = fetch(
        db,
        "SELECT c.id AS citation_id, c.document_id, d.label AS document, x.doc_type AS type,"
        " coalesce(c.symbol, x.symbol) AS symbol, coalesce(c.issued_on, x.issued_on) AS issued_on,"
        " coalesce(c.issuer, x.issuer) AS issuer, coalesce(c.title, x.title) AS title, c.pinpoint, c.relation, c.text,"
        f' {SECTION} AS section, c.page, x."key", c.ocr, c.reviewed'
        f" FROM (SELECT c.id FROM citations c LEFT JOIN cited_documents x ON x.id = c.cited_id{where.sql}"
        f" ORDER BY {CITATION_ORDERS[order]}{page.sql}) k CROSS JOIN citations c ON c.id = k.id"
        " JOIN cited_documents x ON x.id = c.cited_id JOIN documents d ON d.id = c.document_id"
        f" LEFT JOIN sections s ON s.id = c.section_id ORDER BY {CITATION_ORDERS[order]}",
        where.parameters,
    )
    for record in found:
        record["pinpoint"] = json.loads(record["pinpoint"]) if record["pinpoint"] else None
    return found


def cited_documents(
    db: Database,
    wanted: CitationFilter = CitationFilter(),  # noqa: B008
    page: Page = ALL,
    order: str = "mentions",
    named: int | None = None,
) -> list[Record]:
    """One row a cited document, the most cited first, with the documents (the first ``named``) that cite it."""
    source, n, where = _targets(db, wanted)
    found = fetch(
        db,
        "SELECT x.id AS cited_id, x.doc_type AS type, x.symbol, x.issued_on, x.issuer, x.title,"
        f' {n}.mentions AS mentions, {n}.documents AS documents, NULL AS cited_by, x."key" FROM {source}{where.sql}'
        f" ORDER BY {TARGET_ORDERS[order]}{page.sql}",
        where.parameters,
    )
    only, of = ("", []) if wanted.cited_by is None else (f" AND document_id = {LEAD}", [wanted.cited_by])
    citing = {
        record["cited_id"]: _ids(
            db,
            "SELECT DISTINCT document_id FROM citations INDEXED BY citations_citing"
            f" WHERE cited_id = ?{only} ORDER BY document_id LIMIT ?",
            [record["cited_id"], *of, -1 if named is None else named],
        )
        for record in found
    }
    labels = _labels(db, {i for ids in citing.values() for i in ids})
    for record in found:
        record["cited_by"] = [{"document_id": i, "document": labels[i]} for i in citing[record["cited_id"]]]
    return found


def _ids(db: Database, sql: str, parameters: Sequence[object]) -> list[int]:
    return [row[0] for row in db.execute(sql, parameters).fetchall()]


def _labels(db: Database, documents: Collection[int]) -> dict[int, str]:
    """What documents are called, without reading them."""
    sql = "SELECT d.id, d.label FROM json_each(?) j CROSS JOIN documents d INDEXED BY documents_told ON d.id = j.value"
    return dict(db.execute(sql, [json.dumps(sorted(documents))]).fetchall())


def count_citations(db: Database, wanted: CitationFilter, most: int, by_target: bool = False) -> int:
    """How many mentions, or cited documents, there are; counting ends at ``most``."""
    source, n, where = _targets(db, wanted)
    counted = "count(*)" if by_target else f"coalesce(sum({n}.mentions), 0)"
    row = db.execute(f"SELECT {counted} FROM {source}{where.sql}", where.parameters).fetchone()
    return min(int(row[0]), most)


def _targets(db: Database, wanted: CitationFilter) -> tuple[str, str, Where]:
    """Where cited documents ``x`` come from; what of it says how often they are cited; the conditions."""
    where = _cited(db, wanted)
    if wanted.cited_by is None:
        return "cited_documents x", "x", where
    own = f"SELECT cited_id, count(*) AS mentions, 1 AS documents FROM citations WHERE document_id = {LEAD}"
    where.parameters.insert(0, wanted.cited_by)
    return f"({own} GROUP BY cited_id) n CROSS JOIN cited_documents x ON x.id = n.cited_id", "n", where


def _mentions(db: Database, wanted: CitationFilter) -> Where:
    """The conditions of a citation ``c``: of a document, or of some cited documents."""
    cited = _cited(db, wanted)
    if wanted.cited_by is not None:
        cited.add(f"c.document_id = {LEAD}", wanted.cited_by)
        return cited
    if not cited.conditions:
        return cited
    where = Where()
    found = db.execute(f"SELECT x.id, x.mentions FROM cited_documents x{cited.sql}", cited.parameters).fetchall()
    few = sum(mentions for _, mentions in found) <= FEW
    ids = json.dumps([row[0] for row in found])
    where.add(f"{'' if few else '+'}c.cited_id IN (SELECT value FROM json_each(?))", ids)
    return where


def _cited(db: Database, wanted: CitationFilter) -> Where:
    """The conditions of a cited document ``x``."""
    where = Where()
    if wanted.symbol:
        symbol = fold(wanted.symbol)  # 126/2007 is 126/2007/NĐ-CP, and not 1126/2007/NĐ-CP
        where.add("(x.symbol_key = ? OR x.symbol_key >= ? AND x.symbol_key < ?)", symbol, f"{symbol} ", f"{symbol}!")
    if wanted.doc_type:
        types = [row[0] for row in db.execute("SELECT DISTINCT doc_type FROM cited_documents").fetchall()]
        alike = [t for t in types if fold(t) == fold(wanted.doc_type)]
        where.add("x.doc_type IN (SELECT value FROM json_each(?))", json.dumps(alike))
    if wanted.issuer:
        issuers = match_issuers(db, wanted.issuer, "cited_documents.issuer")
        where.add("x.issuer IN (SELECT value FROM json_each(?))", json.dumps(issuers))
    return where


def contents(db: Database) -> Iterator[bytes]:
    """Every document with what people corrected, one line of JSON each."""
    corrected = "EXISTS (SELECT 1 FROM review_corrections WHERE document_id = d.id AND undone_at IS NULL)"
    for document_id, content, reviewed in db.execute(f"SELECT id, content, {corrected} FROM documents d ORDER BY id"):
        held = load.load(db, document_id) if reviewed else None
        yield (held.model_dump_json().encode() if held else zlib.decompress(content)) + b"\n"


_EXPORTED = {
    "dates": 'document_id, text, kind, "from", "to", month_day, relation, recurrence, page, ocr, reviewed',
    "quantities": (
        'document_id, text, value, value_max, "of", unit, per, comparator, indicator, aspect, page, ocr, reviewed'
    ),
}


def everything(db: Database) -> dict[str, tuple[list[Record], tuple[str, ...]]]:
    """The whole store as sets of rows with their fields, by name."""
    sheets: dict[str, tuple[list[Record], tuple[str, ...]]] = {
        "documents": (documents(db), DOCUMENT_FIELDS),
        "tasks": (tasks(db), TASK_FIELDS),
        "citations": (citations(db), CITATION_FIELDS),
        "cited_documents": (cited_documents(db), TARGET_FIELDS),
    }
    for table, fields in _EXPORTED.items():
        columns = tuple(f.strip(' "') for f in fields.split(","))
        sheets[table] = fetch(db, f"SELECT {fields} FROM {table} ORDER BY document_id, position"), columns
    columns = ("document_id", "name", "key", "level", "collective", "text", "page", "ocr", "reviewed")
    sheets["agencies"] = (
        fetch(
            db,
            'SELECT document_id, name, "key", level, collective, text, page, m.ocr, m.reviewed FROM agency_mentions m'
            " JOIN agencies a ON a.id = m.agency_id ORDER BY document_id, position",
        ),
        columns,
    )
    sheets["errors"] = (errors(db), ERROR_FIELDS)
    return sheets
