"""What the audit asks of the store: the citations of documents with the words beside them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlite_utils import Database

from pipeline.audit.catalogue import Catalogue
from pipeline.audit.citations import audit_citations
from pipeline.audit.following import Charge, unfollowed
from pipeline.audit.model import REACH, Finding, Mention, Severity, Source, doubt, vietnamese
from pipeline.audit.report import Passage
from pipeline.store import findings
from pipeline.store.acceptance import with_ids
from pipeline.store.catalogue import entries
from pipeline.store.rows import Record

FIELDS = (
    "finding", "severity", "document_id", "document", "page", "text", "symbol", "expected", "evidence", "citation_id",
    "quantity_ids", "finding_id", "accepted",
)  # fmt: skip


class AuditFilter(NamedTuple):
    """Which findings; every kind, severity and document where nothing is asked."""

    documents: tuple[int, ...] = ()
    findings: tuple[str, ...] = ()
    severities: tuple[Severity, ...] = ()
    accepted: bool = False  # those that somebody accepted, instead of the open ones


def audit(db: Database, wanted: AuditFilter = AuditFilter()) -> list[Record]:  # noqa: B008
    """One row a finding, by document in the order of its text."""
    return [_record(f) for f in findings_of(db, wanted)]


def findings_of(db: Database, wanted: AuditFilter = AuditFilter()) -> list[Finding]:  # noqa: B008
    """The findings, by document in the order of its text."""
    known = sources(db, wanted.documents)
    told = mentions(db, wanted.documents, known)
    found = audit_citations(told, Catalogue(entries(db), known), wanted.documents)
    found += findings.of_documents(db, wanted.documents)
    if not wanted.findings or "unfollowed" in wanted.findings:
        found += unfollowed(_charges(db, wanted.documents), known, told)
    found = [f for f in found if not wanted.documents or f.document_id in wanted.documents]
    found = list(doubt(found, _pictured(db, found)))
    found = with_ids(db, sorted(found, key=lambda f: (f.document_id, f.start)))
    return [f for f in found if _asked(f, wanted)]


def _pictured(db: Database, found: Sequence[Finding]) -> dict[int, list[int]]:
    """The pages that were read from a picture, of each document with findings."""
    ids = json.dumps(sorted({f.document_id for f in found}))
    sql = "SELECT d.id, ocr_pages FROM json_each(?) j CROSS JOIN documents d ON d.id = j.value WHERE ocr_pages <> '[]'"
    rows = db.execute(sql, [ids])
    return {document_id: json.loads(pages) for document_id, pages in rows.fetchall()}


def _asked(f: Finding, wanted: AuditFilter) -> bool:
    return (
        (not wanted.findings or f.finding in wanted.findings)
        and (not wanted.severities or f.severity in wanted.severities)
        and (f.accepted is not None) == wanted.accepted
    )


def _record(f: Finding) -> Record:
    return {name: getattr(f, name) for name in FIELDS}


_MENTIONS = """
    SELECT c.document_id, c.id, c.start, c."end", c.page, c.text, c.doc_type, coalesce(c.symbol, x.symbol), c.issued_on,
        c.issuer, c.title, c.relation, x."key", p.text, p.start, c.pinpoint IS NOT NULL
    FROM citations c JOIN cited_documents x ON x.id = c.cited_id
    LEFT JOIN paragraphs p ON p.id = (SELECT id FROM paragraphs WHERE document_id = c.document_id AND start <= c.start
        ORDER BY start DESC LIMIT 1)
"""
_IDS = "SELECT value FROM json_each(:ids)"
# The symbols that some documents cite, and their own.
_SYMBOLS = f"""
    SELECT y.symbol_key FROM citations o JOIN cited_documents y ON y.id = o.cited_id WHERE o.document_id IN ({_IDS})
    UNION SELECT symbol_key FROM documents WHERE id IN ({_IDS})
"""
_OF_DOCUMENTS = f"""
    WHERE c.id IN (SELECT id FROM citations WHERE document_id IN ({_IDS})
        UNION SELECT o.id FROM cited_documents y JOIN citations o ON o.cited_id = y.id
        WHERE y.symbol_key IN ({_SYMBOLS}))
"""


def mentions(db: Database, documents: Sequence[int], works: Sequence[Source]) -> list[Mention]:
    """Every citation in the store; or those of some documents, with all mentions of what these cite.

    ``works`` are the ``sources`` of the same documents.
    """
    known = {s.id: s for s in works}
    sql = _MENTIONS + (_OF_DOCUMENTS if documents else "") + " ORDER BY c.document_id, c.position"
    return [_mention(known[row[0]], row) for row in db.execute(sql, {"ids": json.dumps(list(documents))})]


def _mention(source: Source, row: Sequence[Any]) -> Mention:
    words, at = row[13] or "", row[14] or 0
    start, end = row[2] - at, row[3] - at
    told = [*row[1:8], _date(row[8]), *row[9:13]]
    beside = (words[max(0, start - REACH) : start], words[end : end + REACH])
    return Mention._make([source, *told, *beside, bool(row[15])])


_CHARGES = """
    SELECT t.document_id, a.name, t.text, min(t.start), t."end", t.page
    FROM tasks t JOIN task_agencies o ON o.task_id = t.id JOIN agencies a ON a.id = o.agency_id
    WHERE t.role IN ('lead', 'direct') AND a.name IN (SELECT issuer FROM documents)
"""


def _charges(db: Database, documents: Sequence[int]) -> list[Charge]:
    """The first task that each document lays on each agency whose documents the store has."""
    only = " AND t.document_id IN (SELECT value FROM json_each(:ids))" if documents else ""
    parameters = {"ids": json.dumps(list(documents))} if documents else {}
    rows = db.execute(f"{_CHARGES}{only} GROUP BY t.document_id, a.id ORDER BY t.document_id", parameters)
    return [Charge._make(row) for row in rows.fetchall()]


_CONCERNED = f"""
    AND id IN ({_IDS} UNION SELECT document_id FROM citations c{_OF_DOCUMENTS}
        UNION SELECT id FROM documents WHERE symbol_key IN ({_SYMBOLS})
        UNION SELECT d.id FROM tasks t JOIN task_agencies o ON o.task_id = t.id JOIN agencies a ON a.id = o.agency_id
            JOIN documents d ON d.issuer = a.name WHERE t.document_id IN ({_IDS}))
"""


def sources(db: Database, documents: Sequence[int] = ()) -> list[Source]:
    """Every work of the store as the audit knows it; or those that what some documents cite and charge concerns."""
    rows = db.execute(
        "SELECT id, label, doc_type, symbol, issuer, title, issued_on FROM documents WHERE lead_id IS NULL"
        f"{_CONCERNED if documents else ''} ORDER BY id",
        {"ids": json.dumps(list(documents))},
    )
    return [Source._make([*row[:6], _date(row[6])]) for row in rows.fetchall()]


def _date(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None


def passages(db: Database, found: Sequence[Finding]) -> list[Passage]:
    """Findings with the paragraphs that hold them."""
    sql = "SELECT text, start FROM paragraphs WHERE document_id = ? AND start <= ? ORDER BY start DESC LIMIT 1"
    placed = []
    for f in found:
        text, start = db.execute(sql, [f.document_id, f.start]).fetchone() or (f.text, f.start)
        placed.append(Passage(f, text, f.start - start, min(f.end - start, len(text))))
    return placed


def names(db: Database) -> dict[int, str]:
    """What each document is called in a report: symbol, issuer, date and title."""
    return {s.id: _name(s) for s in sources(db)}


def _name(s: Source) -> str:
    when = f"ngày {vietnamese(s.issued_on)}" if s.issued_on else None
    parts = [s.symbol, when, s.issuer and f"của {s.issuer}"] if s.symbol else [s.issuer, when]
    head = " ".join(filter(None, parts))
    return f"{head}: {s.title}" if head and s.title else head or s.label
