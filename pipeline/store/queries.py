"""What one can ask of the store: every function gives plain records (dictionaries), in a fixed order of fields."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from sqlite_utils import Database

from pipeline.due import Deadline, is_overdue, next_day, soonest, within
from pipeline.model import Document
from pipeline.names import fold, name_key
from pipeline.store import current, load
from pipeline.store.match import match_agency, match_issuers

Record = dict[str, Any]

STATUS_FIELDS = ("stage", "outcome", "files")
ERROR_FIELDS = ("file", "stage", "code", "message", "advice", "finished_at")
DOCUMENT_FIELDS = (
    "document_id", "document", "doc_type", "symbol", "issuer", "title", "issued_on", "place", "draft", "signer",
    "file", "format", "pages", "tasks", "citations", "paths", "twins", "same_as", "reviewed",
)  # fmt: skip
TASK_FIELDS = (
    "task_id", "document_id", "document", "issued_on", "issuer", "section", "agency", "agency_key", "role",
    "agencies", "partners", "text", "deadlines", "report_to", "page", "next_due", "due_status", "repeats",
    "repeated_by", *current.FIELDS, "reviewed",
)  # fmt: skip
CITATION_FIELDS = (
    "citation_id", "document_id", "document", "type", "symbol", "issued_on", "issuer", "title", "pinpoint",
    "relation", "text", "section", "page", "key", "reviewed",
)  # fmt: skip
TARGET_FIELDS = (
    "cited_id", "type", "symbol", "issued_on", "issuer", "title", "mentions", "documents", "cited_by", "key",
)  # fmt: skip


class Page(NamedTuple):
    """Which of the rows: ``limit`` of them (all where None), after the first ``offset``."""

    limit: int | None = None
    offset: int = 0

    def of(self, records: list[Record]) -> list[Record]:
        """This page of records already fetched."""
        return records[self.offset :][: self.limit]

    @property
    def sql(self) -> str:
        """This page as the end of a query."""
        return f" LIMIT {-1 if self.limit is None else int(self.limit)} OFFSET {int(self.offset)}"


ALL = Page()


class Where:
    """Conditions joined by AND, with their parameters."""

    def __init__(self) -> None:
        self.conditions: list[str] = []
        self.parameters: list[Any] = []

    def add(self, condition: str, *parameters: Any) -> None:
        self.conditions.append(condition)
        self.parameters += parameters

    @property
    def sql(self) -> str:
        return f" WHERE {' AND '.join(self.conditions)}" if self.conditions else ""


def fetch(db: Database, sql: str, parameters: list[Any] | dict[str, Any] | None = None) -> list[Record]:
    """The rows of a query as records."""
    cursor = db.execute(sql, parameters or [])
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def status(db: Database) -> list[Record]:
    """How many files stand where: by stage and outcome."""
    return fetch(
        db, "SELECT stage, outcome, count(*) AS files FROM files GROUP BY stage, outcome ORDER BY outcome, stage"
    )


def errors(db: Database, page: Page = ALL) -> list[Record]:
    """Every file that failed, and why."""
    return fetch(
        db,
        "SELECT path AS file, stage, code, message, advice, finished_at FROM files WHERE outcome = 'failed'"
        " ORDER BY path" + page.sql,
    )


def documents(db: Database, page: Page = ALL, everything: bool = False) -> list[Record]:
    """One row a work, with the other documents that are the same one (``twins``); or one row a document."""
    found = fetch(
        db,
        "SELECT d.id AS document_id, label AS document, doc_type, symbol, issuer, title, issued_on, place, draft,"
        " signer_name AS signer, name AS file, format, pages,"
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
        record["paths"], record["twins"] = json.loads(record["paths"]), json.loads(record["twins"])
    return found


def document(db: Database, document_id: int) -> Document | None:
    """One document, with what people corrected."""
    return load.load(db, document_id)


#: The document that holds what was found in one: itself, or the one that leads its work.
LEAD = "(SELECT coalesce(lead_id, id) FROM documents WHERE id = ?)"
#: A section's heading on one line; in queries that join ``sections s``.
SECTION = "replace(s.text, char(10), ' ')"
_NAMES = """(SELECT json_group_array(name) FROM (SELECT a.name FROM {0} o JOIN agencies a ON a.id = o.agency_id
    WHERE o.task_id = t.id ORDER BY o.position))"""
_DEADLINES = """(SELECT json_group_array(json_object('text', text, 'from', "from", 'to', "to", 'month_day', month_day,
    'recurrence', recurrence)) FROM (SELECT x.* FROM task_deadlines l JOIN dates x ON x.id = l.date_id
    WHERE l.task_id = t.id ORDER BY l.position))"""


class TaskFilter(NamedTuple):
    """What tasks to list; names and texts as typed.

    ``as_of``: say who holds each duty on that day; an agency asked for is then also found as the holder. ``today`` is
    the day from which ``overdue``, the next ``coming`` days and each row's next deadline count.
    """

    agency: str | None = None
    role: str | None = None
    place: str | None = None
    document: int | None = None
    issuer: str | None = None
    due_after: date | None = None
    due_before: date | None = None
    query: str | None = None
    as_of: date | None = None
    overdue: bool = False
    coming: int | None = None
    today: date | None = None


TASK_ORDERS = {
    "document": "t.document_id, t.position",
    "agency": "w.name_key, t.document_id, t.position",
    "deadline": "t.due, t.document_id, t.position",
    "issued": "d.issued_on IS NULL, d.issued_on DESC, t.document_id, t.position",
}


def tasks(
    db: Database,
    wanted: TaskFilter = TaskFilter(),  # noqa: B008
    page: Page = ALL,
    order: str = "document",
) -> list[Record]:
    """One row a task, with the owner that was asked for (else the first); mostly in the order of documents and text."""
    where, owner = _tasks(db, wanted)
    found = fetch(
        db,
        f"SELECT t.id AS task_id, t.document_id, d.label AS document, d.issued_on, d.issuer, {SECTION} AS section,"
        f' w.name AS agency, w."key" AS agency_key, t.role, {_NAMES.format("task_agencies")} AS agencies,'
        f" {_NAMES.format('task_partners')} AS partners, t.text, {_DEADLINES} AS deadlines, t.report_to, t.page,"
        " t.reviewed,"
        " r.repeats_id AS repeats, (SELECT json_group_array(task_id) FROM task_repeats WHERE repeats_id = t.id)"
        " AS repeated_by, d.province, d.district"
        f" FROM tasks t JOIN documents d ON d.id = t.document_id JOIN agencies w ON w.id = {owner}"
        " LEFT JOIN sections s ON s.id = t.section_id LEFT JOIN task_repeats r ON r.task_id = t.id"
        f"{where.sql} ORDER BY {TASK_ORDERS[order]}" + page.sql,
        where.parameters,
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
    row |= current.fields(row, as_of) if as_of else current.NOT_ASKED
    return {field: row[field] for field in TASK_FIELDS}


def count_tasks(db: Database, wanted: TaskFilter, most: int) -> int:
    """How many tasks there are; counting ends at ``most``."""
    where, owner = _tasks(db, wanted)
    sql = f"SELECT 1 FROM tasks t JOIN documents d ON d.id = t.document_id JOIN agencies w ON w.id = {owner}{where.sql}"
    return _count(db, sql, where, most)


def _count(db: Database, sql: str, where: Where, most: int) -> int:
    return int(db.execute(f"SELECT count(*) FROM ({sql} LIMIT {int(most)})", where.parameters).fetchone()[0])


def _tasks(db: Database, wanted: TaskFilter) -> tuple[Where, str]:
    """The conditions of a task, and an expression for the id of the owner to show."""
    where = Where()
    owner = _owner(db, wanted, where)
    if wanted.role:
        where.add("t.role = ?", wanted.role)
    if wanted.document is not None:
        where.add(f"t.document_id = {LEAD}", wanted.document)
    if wanted.issuer:
        where.add("d.issuer IN (SELECT value FROM json_each(?))", json.dumps(match_issuers(db, wanted.issuer)))
    if wanted.place:
        _in_place(where, wanted.place)
    for word in fold(wanted.query or "").split():
        where.add("' ' || t.folded || ' ' LIKE ?", f"% {word} %")
    _due(db, wanted, where)
    return where, owner


def _owner(db: Database, wanted: TaskFilter, where: Where) -> str:
    """Ask for the tasks of an agency; an expression for the id of the owner to show."""
    if not wanted.agency:
        return "t.agency_id"
    held = current.held_now(db, wanted.agency, wanted.as_of) if wanted.as_of else []
    match = match_agency(db, wanted.agency, loosely=not held)
    ids = ", ".join(map(str, sorted(match.agencies))) or "NULL"
    pairs = ", ".join(f"({a}, {d})" for a, d in sorted(match.held)) or "(NULL, NULL)"
    meant = f"o.agency_id IN ({ids}) OR (o.agency_id, t.document_id) IN (VALUES {pairs})"
    if held:
        with db.conn:
            db.execute("CREATE TEMP TABLE IF NOT EXISTS held_now (task_id INTEGER, agency_id INTEGER)")
            db.execute("DELETE FROM held_now")
            db.conn.executemany("INSERT INTO held_now VALUES (?, ?)", held)
        meant += " OR (o.task_id, o.agency_id) IN (SELECT task_id, agency_id FROM held_now)"
    owner = (
        f"(SELECT o.agency_id FROM task_agencies o WHERE o.task_id = t.id AND ({meant}) ORDER BY o.position LIMIT 1)"
    )
    where.add(f"{owner} IS NOT NULL")
    return owner


def _in_place(where: Where, asked: str) -> None:
    """Ask for what lies in a place: issued there, or laid on a body there."""
    place = name_key(asked)
    named = "(' ' || {0} || ' ') LIKE ?"
    columns = [named.format(f"coalesce(d.{c}, '')") for c in ("province", "district", "commune")]
    owner = (
        "EXISTS (SELECT 1 FROM task_agencies o JOIN agencies a ON a.id = o.agency_id WHERE o.task_id = t.id AND "
        + named.format("a.name_key")
        + ")"
    )
    where.add(f"({' OR '.join([*columns, owner])})", *[f"% {place} %"] * 4)


_FALLS = """SELECT next_due(x.text, x."from", x."to", x.month_day, x.recurrence, d.issued_on, ?) AS day
    FROM task_deadlines l JOIN dates x ON x.id = l.date_id WHERE l.task_id = t.id"""
_DATED = """EXISTS (SELECT 1 FROM task_deadlines l JOIN dates x ON x.id = l.date_id
    WHERE l.task_id = t.id AND coalesce(x."to", x."from") IS NOT NULL)"""


def _due(db: Database, wanted: TaskFilter, where: Where) -> None:
    """Ask for tasks with a deadline between two days, both included; what comes round counts whenever it does."""

    def next_due(
        text: str, first: str, last: str, month_day: str, recurrence: str, issued: str, since: str
    ) -> str | None:
        day = next_day(Deadline(text, first, last, month_day, recurrence, issued), date.fromisoformat(since))
        return day.isoformat() if day else None

    db.conn.create_function("next_due", 7, next_due)
    today = wanted.today or date.today()
    if wanted.due_after or wanted.due_before:
        after, before = wanted.due_after or date.min, wanted.due_before or date.max
        where.add(f"(SELECT min(day) FROM ({_FALLS})) <= ?", after.isoformat(), before.isoformat())
    if wanted.coming is not None:
        until = within(today, wanted.coming)
        where.add(f"(SELECT min(day) FROM ({_FALLS})) <= ?", today.isoformat(), until.isoformat())
    if wanted.overdue:
        where.add(f"{_DATED} AND (SELECT min(day) FROM ({_FALLS})) IS NULL", today.isoformat())


class CitationFilter(NamedTuple):
    """What citations to list; names and symbols as typed."""

    symbol: str | None = None
    doc_type: str | None = None
    issuer: str | None = None
    cited_by: int | None = None


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
    where = cited_where(db, wanted)
    found = fetch(
        db,
        "SELECT c.id AS citation_id, c.document_id, d.label AS document, x.doc_type AS type,"
        " coalesce(c.symbol, x.symbol) AS symbol, coalesce(c.issued_on, x.issued_on) AS issued_on,"
        " coalesce(c.issuer, x.issuer) AS issuer, coalesce(c.title, x.title) AS title, c.pinpoint, c.relation, c.text,"
        f' {SECTION} AS section, c.page, x."key", c.reviewed'
        " FROM citations c LEFT JOIN cited_documents x ON x.id = c.cited_id JOIN documents d ON d.id = c.document_id"
        f" LEFT JOIN sections s ON s.id = c.section_id{where.sql} ORDER BY {CITATION_ORDERS[order]}" + page.sql,
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
) -> list[Record]:
    """One row a cited document, the most cited first, with the documents that cite it."""
    where = cited_where(db, wanted)
    found = fetch(
        db,
        "SELECT x.id AS cited_id, x.doc_type AS type, x.symbol, x.issued_on, x.issuer, x.title, count(*) AS mentions,"
        " count(DISTINCT c.document_id) AS documents,"
        " json_group_array(DISTINCT json_object('document_id', d.id, 'document', d.label)) AS cited_by, x.\"key\""
        " FROM citations c JOIN cited_documents x ON x.id = c.cited_id JOIN documents d ON d.id = c.document_id"
        f"{where.sql} GROUP BY x.id ORDER BY {TARGET_ORDERS[order]}" + page.sql,
        where.parameters,
    )
    for record in found:
        record["cited_by"] = sorted(json.loads(record["cited_by"]), key=lambda d: int(d["document_id"]))
    return found


def count_citations(db: Database, wanted: CitationFilter, most: int, by_target: bool = False) -> int:
    """How many mentions, or cited documents, there are; counting ends at ``most``."""
    where = cited_where(db, wanted)
    sql = f"SELECT {'DISTINCT x.id' if by_target else '1'} FROM citations c"
    sql += f" JOIN cited_documents x ON x.id = c.cited_id{where.sql}"
    return _count(db, sql, where, most)


def cited_where(db: Database, wanted: CitationFilter) -> Where:
    where = Where()
    if wanted.symbol:
        symbol = fold(wanted.symbol)  # 126/2007 is 126/2007/NĐ-CP, and not 1126/2007/NĐ-CP
        where.add("(x.symbol_key = ? OR x.symbol_key LIKE ?)", symbol, f"{symbol} %")
    if wanted.doc_type:
        db.conn.create_function("folded", 1, fold, deterministic=True)
        where.add("folded(x.doc_type) = ?", fold(wanted.doc_type))
    if wanted.issuer:
        issuers = match_issuers(db, wanted.issuer, "cited_documents.issuer")
        where.add("x.issuer IN (SELECT value FROM json_each(?))", json.dumps(issuers))
    if wanted.cited_by is not None:
        where.add(f"c.document_id = {LEAD}", wanted.cited_by)
    return where


def contents(db: Database) -> Iterator[bytes]:
    """Every document with what people corrected, one line of JSON each."""
    corrected = "EXISTS (SELECT 1 FROM review_corrections WHERE document_id = d.id AND undone_at IS NULL)"
    for document_id, content, reviewed in db.execute(f"SELECT id, content, {corrected} FROM documents d ORDER BY id"):
        held = load.load(db, document_id) if reviewed else None
        yield (held.model_dump_json().encode() if held else zlib.decompress(content)) + b"\n"


_EXPORTED = {
    "dates": 'document_id, text, kind, "from", "to", month_day, relation, recurrence, page, reviewed',
    "quantities": 'document_id, text, value, value_max, "of", unit, per, comparator, indicator, aspect, page, reviewed',
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
    columns = ("document_id", "name", "key", "level", "collective", "text", "page", "reviewed")
    sheets["agencies"] = (
        fetch(
            db,
            'SELECT document_id, name, "key", level, collective, text, page, m.reviewed FROM agency_mentions m'
            " JOIN agencies a ON a.id = m.agency_id ORDER BY document_id, position",
        ),
        columns,
    )
    sheets["errors"] = (errors(db), ERROR_FIELDS)
    return sheets
