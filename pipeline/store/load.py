"""From a :class:`~pipeline.model.Document` to rows and back; one transaction a document."""

from __future__ import annotations

import json
import zlib

from sqlite_utils import Database

from pipeline.kept import Kept
from pipeline.model import Document
from pipeline.prepared import Prepared, pack, prepare
from pipeline.review.apply import Corrected, apply
from pipeline.searched import Words
from pipeline.store import charges, findings, repeats, twins
from pipeline.store.corrections import active, adopt, leave, tell_lost
from pipeline.store.document_rows import Loader, Row, count_citations, document_row, next_id
from pipeline.store.figures import catalogue
from pipeline.store.writing import dumps

# In the order in which they can be deleted; what hangs on tasks goes with them.
_CHILDREN = (
    "tasks",
    "citations",
    "dates",
    "quantities",
    "agency_mentions",
    "figure_findings",
    "figured",
    "paragraphs",
    "tables",
    "sections",
)


#: Documents that are loaded, with the words of their paragraphs, which are in no index yet.
Unindexed = dict[int, list[Words]]


def save(
    db: Database,
    given: Document | Prepared,
    program: str,
    replaces: int | None = None,
    later: Unindexed | None = None,
) -> int:
    """Store a document, within a transaction of the caller; return its id.

    The same content has one id whatever its path; ``replaces`` is the document whose id new content takes over.
    Where it was made ready already it is made so anew only where the store knows more: corrections, or other
    indicators. Where ``later`` is given it takes the words, for the caller to :func:`index` them with those of other
    documents in the same transaction.
    """
    unindexed = {} if later is None else later
    sha256 = content_of(given)
    found = document_of(db, sha256)
    known = found[0] if found else replaces
    document_id = known or next_id(db, "documents")
    before, firsts = (_shared(db, known), _first_ids(db, known)) if known else ({}, {})
    _clear(db, known, unindexed)
    adopt(db, document_id, sha256)
    prepared, corrected = _as_it_holds(db, document_id, given)
    tell_lost(db, document_id, corrected.lost if corrected else [])
    _write_document(db, document_row(prepared, corrected, document_id, program))
    work = twins.settle(db, document_id)
    for other in work.displaced:
        _empty(db, other, unindexed)
    if work.lead == document_id:
        Loader(db, prepared, corrected, document_id, firsts).load()
        unindexed[document_id] = prepared.words
        charges.write(db, document_id)
        findings.keep(db, document_id, prepared.findings)
        repeats.link(db, document_id)
    _prune(db, before)
    for other in work.released:
        renew(db, other, unindexed)
    if later is None:
        index(db, unindexed)
    return document_id


def content_of(given: Document | Prepared) -> str:
    """The hash of what a document was read from."""
    return given.source.sha256 if isinstance(given, Document) else str(given.values.head["sha256"])


def _as_it_holds(db: Database, document_id: int, given: Document | Prepared) -> tuple[Prepared, Corrected | None]:
    """What is to be written of a document, and what people said of it if they did; its content as it was extracted."""
    corrections, indicators = active(db, document_id), catalogue(db)
    if isinstance(given, Prepared) and given.mark == indicators.mark and not corrections:
        return given, None
    document = given.document() if isinstance(given, Prepared) else given
    corrected = apply(document, corrections)
    prepared = prepare(corrected.document, indicators)
    if corrections:
        bases = {"legal_bases": dumps(document.header.legal_bases)}  # places among the citations as extracted
        values = prepared.values._replace(head=prepared.values.head | bases)
        prepared = prepared._replace(content=pack(document), values=values)
    return prepared, corrected


def index(db: Database, unindexed: Unindexed) -> None:
    """Put the words of documents into the full-text indexes, within a transaction of the caller.

    SQLite writes what it holds of such an index before each statement that it may have to undo, so these come last.
    """
    rows = [
        (row[0], *said) for i, words in unindexed.items() for row, said in zip(_paragraphs(db, i), words, strict=True)
    ]
    db.conn.executemany("INSERT INTO paragraph_words(rowid, toned, folded) VALUES (?, ?, ?)", rows)
    db.conn.executemany(
        "INSERT INTO task_words(rowid, folded) SELECT id, folded FROM tasks WHERE document_id = ?",
        [(document_id,) for document_id in unindexed],
    )


def _paragraphs(db: Database, document_id: int) -> list[tuple[int]]:
    return db.execute("SELECT id FROM paragraphs WHERE document_id = ? ORDER BY start", [document_id]).fetchall()


def _write_document(db: Database, row: Row) -> None:
    # Not by ``upsert`` of sqlite-utils: on a full disk it takes SQLite for an older one and loses the row in silence.
    columns, places = ", ".join(row), ", ".join(f":{name}" for name in row)
    changed = ", ".join(f"{name} = excluded.{name}" for name in row if name != "id")
    db.execute(f"INSERT INTO documents({columns}) VALUES ({places}) ON CONFLICT(id) DO UPDATE SET {changed}", row)


def _empty(db: Database, document_id: int, unindexed: Unindexed) -> None:
    """Remove what was found in a document that another one leads from now on."""
    before = _shared(db, document_id)
    _clear(db, document_id, unindexed)
    _prune(db, before)


def renew(db: Database, document_id: int, later: Unindexed | None = None) -> None:
    """Write anew what holds in a document whose corrections changed, within a transaction of the caller."""
    row = db.execute("SELECT program FROM documents WHERE id = ?", [document_id]).fetchone()
    if row and (document := extracted(db, document_id)):
        save(db, document, row[0], later=later)


def delete(db: Database, document_id: int, unindexed: Unindexed | None = None) -> None:
    """Remove a document and everything found in it, within a transaction of the caller; it may be ``unindexed`` yet."""
    before = _shared(db, document_id)
    _clear(db, document_id, {} if unindexed is None else unindexed)
    leave(db, document_id)
    followers = twins.follow(db, document_id)
    db.execute("DELETE FROM documents WHERE id = ?", [document_id])
    _prune(db, before)
    for follower in followers:
        renew(db, follower, unindexed)


def document_of(db: Database, sha256: str) -> tuple[int, str] | None:
    """The id of the document with this content and the program version that read it."""
    row = db.execute("SELECT id, program FROM documents WHERE sha256 = ?", [sha256]).fetchone()
    return (row[0], row[1]) if row else None


def keep_extraction(db: Database, document_id: int, extraction: Kept) -> None:
    """Keep what was extracted for a document, within a transaction of the caller."""
    db.execute("INSERT OR REPLACE INTO extractions(document_id, reader, content) VALUES (?, ?, ?)",
               [document_id, *extraction])  # fmt: skip


def extraction_of(db: Database, sha256: str) -> Kept | None:
    """What was extracted from this content when it was last read."""
    row = db.execute(
        "SELECT reader, x.content FROM extractions x JOIN documents d ON d.id = x.document_id WHERE sha256 = ?",
        [sha256],
    ).fetchone()
    return Kept(*row) if row else None


def load(db: Database, document_id: int) -> Document | None:
    """A stored document as it holds: what was extracted, with the corrections."""
    document = extracted(db, document_id)
    return apply(document, active(db, document_id)).document if document else None


def extracted(db: Database, document_id: int) -> Document | None:
    """A stored document as it was extracted."""
    row = db.execute("SELECT content FROM documents WHERE id = ?", [document_id]).fetchone()
    return Document.model_validate_json(zlib.decompress(row[0])) if row else None


def _first_ids(db: Database, document_id: int) -> dict[str, int]:
    """Where the rows of a document begin in each table."""
    tables = [table for table in _CHILDREN if not table.startswith("figure")]
    found = {t: db.execute(f"SELECT min(id) FROM {t} WHERE document_id = ?", [document_id]).fetchone() for t in tables}
    return {table: row[0] for table, row in found.items() if row[0] is not None}


def _clear(db: Database, document_id: int | None, unindexed: Unindexed) -> None:
    """Remove what was found in a document, out of the indexes as well; of one that is new there is nothing."""
    if document_id is None:
        return
    if document_id in unindexed:
        index(db, {document_id: unindexed.pop(document_id)})
    count_citations(db, document_id, -1)
    for table in _CHILDREN:
        db.execute(f"DELETE FROM {table} WHERE document_id = ?", [document_id])


_USED = {
    "agencies": """
        SELECT agency_id FROM agency_mentions WHERE {0} UNION SELECT agency_id FROM tasks WHERE {0}
        UNION SELECT a.agency_id FROM task_agencies a JOIN tasks ON tasks.id = task_id WHERE {1}
        UNION SELECT p.agency_id FROM task_partners p JOIN tasks ON tasks.id = task_id WHERE {1}""",
    "cited_documents": "SELECT cited_id FROM citations WHERE {0}",
    "charges": "SELECT charge_id FROM task_charges WHERE {0}",
    "recurrences": "SELECT l.recurrence_id FROM task_deadlines l JOIN tasks ON tasks.id = l.task_id WHERE {1}",
}


def _shared(db: Database, document_id: int) -> dict[str, list[int]]:
    """The rows of a document that others may have in common with it."""
    own = f"document_id = {int(document_id)}"
    return {
        table: [row[0] for row in db.execute(sql.format(own, f"tasks.{own}")).fetchall()]
        for table, sql in _USED.items()
    }


_NAMED_BY = {
    "cited_documents": "citations WHERE cited_id",
    "charges": "task_charges WHERE charge_id",
    "recurrences": "task_deadlines WHERE recurrence_id",
}


def _prune(db: Database, before: dict[str, list[int]]) -> None:
    """Remove those of these rows that nothing names any more."""
    if not before:
        return
    for table, named in _NAMED_BY.items():
        db.execute(
            f"DELETE FROM {table} WHERE id IN (SELECT value FROM json_each(?))"
            f" AND NOT EXISTS (SELECT 1 FROM {named} = {table}.id)",
            [json.dumps(before[table])],
        )
    unused = " AND ".join(
        f"NOT EXISTS (SELECT 1 FROM {table} t WHERE t.agency_id = agencies.id)"
        for table in ("agency_mentions", "tasks", "task_agencies", "task_partners")
    )
    db.execute(
        f"DELETE FROM agencies WHERE id IN (SELECT value FROM json_each(?)) AND {unused}",
        [json.dumps(before["agencies"])],
    )
