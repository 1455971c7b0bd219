"""What the audit asks of the store: the citations of documents with the words beside them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlite_utils import Database

from pipeline.audit.law.catalogue import Catalogue, register
from pipeline.audit.law.citations import audit_citations
from pipeline.audit.law.disagreement import settled
from pipeline.audit.law.subjects import unlike
from pipeline.audit.model import REACH, Finding, Mention, Severity, Source, doubt, vietnamese
from pipeline.audit.report import Passage
from pipeline.names import fold
from pipeline.store import findings, following
from pipeline.store.acceptance import with_ids
from pipeline.store.catalogue import entries
from pipeline.store.following import SOURCE, day_of, source_of_row
from pipeline.store.provisions import absent_provisions
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
    known = Catalogue(entries(db), sources(db, wanted.documents))
    told = _told(db, wanted.documents, known)
    found = audit_citations(told, known, wanted.documents)
    found += absent_provisions(db, told, known)
    found += findings.of_documents(db, wanted.documents)
    if not wanted.findings or "unfollowed" in wanted.findings:
        found += following.unfollowed_by(db, wanted.documents)
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


_MENTIONS = f"""
    SELECT {SOURCE}, c.id, c.start, c."end", c.page, c.text, c.doc_type, coalesce(c.symbol, x.symbol), c.issued_on,
        c.issuer, c.title, c.relation, x."key", p.text, p.start, c.pinpoint IS NOT NULL
    FROM citations c JOIN cited_documents x ON x.id = c.cited_id JOIN documents d ON d.id = c.document_id
    LEFT JOIN paragraphs p ON p.id = (SELECT id FROM paragraphs WHERE document_id = c.document_id AND start <= c.start
        ORDER BY start DESC LIMIT 1)
"""
_IDS = "(SELECT value FROM json_each(:ids))"


def _told(db: Database, documents: Sequence[int], known: Catalogue) -> list[Mention]:
    """Every citation in the store; or those of some documents, with what others say of what these cite."""
    if not documents:
        return _mentions(db, "", ())
    own = _mentions(db, f"WHERE c.document_id IN {_IDS}", documents)
    beside = _mentions(
        db,
        f"WHERE c.id IN {_IDS}",
        _dated_otherwise(db, own, known, documents) + _of_other_subjects(db, own, known) + _ending(db, documents),
    )
    return sorted({m.citation_id: m for m in own + beside}.values(), key=lambda m: (m.source.id, m.citation_id))


def _mentions(db: Database, where: str, ids: Sequence[int]) -> list[Mention]:
    rows = db.execute(f"{_MENTIONS} {where} ORDER BY c.document_id, c.position", {"ids": json.dumps(list(ids))})
    return [_mention(source_of_row(row), row[7:]) for row in rows.fetchall()]


def _mention(source: Source, row: Sequence[Any]) -> Mention:
    words, at = row[12] or "", row[13] or 0
    start, end = row[1] - at, row[2] - at
    told = [*row[:7], day_of(row[7]), *row[8:12]]
    beside = (words[max(0, start - REACH) : start], words[end : end + REACH])
    return Mention._make([source, *told, *beside, bool(row[14])])


def _symbols(db: Database, documents: Sequence[int]) -> list[str]:
    """The symbols, folded, that some documents cite; of what is named by its title that of its key."""
    rows = db.execute(
        'SELECT DISTINCT x.symbol_key, x."key" FROM citations c JOIN cited_documents x ON x.id = c.cited_id'
        f" WHERE c.document_id IN {_IDS}",
        {"ids": json.dumps(list(documents))},
    )
    return sorted({symbol or fold(key.split("|")[1]) for symbol, key in rows.fetchall()} - {""})


#: The cited documents of some symbols, and those that some documents cite, with the first and last date told of each.
_DAYS = f"""
    SELECT x.id, x."key", (SELECT min(issued_on) FROM citations WHERE cited_id = x.id),
        (SELECT max(issued_on) FROM citations WHERE cited_id = x.id)
    FROM cited_documents x WHERE x.symbol_key IN (SELECT value FROM json_each(:symbols))
        OR x.id IN (SELECT cited_id FROM citations WHERE document_id IN {_IDS})
"""


def _dated_otherwise(db: Database, own: Sequence[Mention], known: Catalogue, documents: Sequence[int]) -> list[int]:
    """The dated citations anywhere of what some mentions date in a way that neither the catalogue nor all others do."""
    days: dict[str, set[str]] = defaultdict(set)
    cited: dict[str, list[int]] = defaultdict(list)
    asked = {"symbols": json.dumps(_symbols(db, documents)), "ids": json.dumps(list(documents))}
    for cited_id, key, *told in db.execute(_DAYS, asked).fetchall():
        days[register(key)] |= set(filter(None, told))
        cited[register(key)].append(cited_id)
    open_keys = {register(m.key) for m in own if m.issued_on and not settled(m, known)}
    told_otherwise = [i for key in open_keys if len(days[key]) > 1 for i in cited[key]]
    sql = f"SELECT id FROM citations WHERE cited_id IN {_IDS} AND issued_on IS NOT NULL"
    return [row[0] for row in db.execute(sql, {"ids": json.dumps(told_otherwise)}).fetchall()]


#: The subjects that anybody tells of what some citations cite, with the same date.
_SUBJECTS = f"""
    SELECT DISTINCT o.id, o.title, c.title FROM citations o
    JOIN citations c ON c.cited_id = o.cited_id AND c.issued_on = o.issued_on
    WHERE o.id IN {_IDS} AND c.title <> o.title
"""


def _of_other_subjects(db: Database, own: Sequence[Mention], known: Catalogue) -> list[int]:
    """The citations anywhere of what some mentions tell another subject of than somebody else does."""
    open_ids = [m.citation_id for m in own if m.issued_on and m.title and not any(e.title for e in known.of(m))]
    rows = db.execute(_SUBJECTS, {"ids": json.dumps(open_ids)}).fetchall()
    apart = sorted({citation_id for citation_id, one, other in rows if unlike(one, other)})
    sql = (
        f"SELECT DISTINCT c.id FROM citations o JOIN citations c ON c.cited_id = o.cited_id WHERE o.id IN {_IDS}"
        " AND c.issued_on = o.issued_on"
    )
    return [row[0] for row in db.execute(sql, {"ids": json.dumps(apart)}).fetchall()]


def _ending(db: Database, documents: Sequence[int]) -> list[int]:
    """The citations that replace or repeal what some documents cite."""
    sql = (
        "SELECT e.id FROM (SELECT DISTINCT cited_id FROM citations WHERE document_id IN"
        f" {_IDS}) o CROSS JOIN citations e ON e.cited_id = o.cited_id AND e.relation IN ('replaces', 'repeals')"
    )
    return [row[0] for row in db.execute(sql, {"ids": json.dumps(list(documents))}).fetchall()]


def sources(db: Database, documents: Sequence[int] = ()) -> list[Source]:
    """Every work of the store as the audit knows it; or those that some documents may cite."""
    through, asked = "documents d", []
    if documents:
        through = "json_each(?) j CROSS JOIN documents d INDEXED BY documents_symbol ON d.symbol_key = j.value"
        asked = [json.dumps(_symbols(db, documents))]
    rows = db.execute(f"SELECT {SOURCE} FROM {through} WHERE d.lead_id IS NULL ORDER BY d.id", asked)
    return [source_of_row(row) for row in rows.fetchall()]


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
