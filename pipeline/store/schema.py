"""The tables, made and brought up to date by migrations; one function a step, never changed once released."""

from __future__ import annotations

from sqlite3 import complete_statement

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from pipeline.names import fold
from pipeline.searched import exactly
from pipeline.store import charges, figure_tables, task_tables
from pipeline.store.repeats import link
from pipeline.store.tables import TABLES

migrations = Migrations("vanban")


@migrations()
def first(db: Database) -> None:
    """Files, documents and everything found in them."""
    _run(db, TABLES)


_AUDIT = """
CREATE INDEX paragraphs_start ON paragraphs(document_id, start);
-- What a document's own figures and dates say against each other, found when it was loaded.
CREATE TABLE figure_findings (
    document_id INTEGER PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE,
    program TEXT NOT NULL, findings TEXT NOT NULL
);
-- Rows that people added; they come before those of the program.
CREATE TABLE catalogue (
    symbol_key TEXT NOT NULL, issued_on TEXT NOT NULL, entry TEXT NOT NULL, PRIMARY KEY (symbol_key, issued_on)
);
"""


@migrations()
def audit(db: Database) -> None:
    """What the audit reads: words beside a mention, findings about figures, the catalogue that people extend."""
    _run(db, _AUDIT)


@migrations()
def compare(db: Database) -> None:
    """Figures on common indicators, and what comparing looks up."""
    _run(db, figure_tables.FIGURES)


@migrations()
def repeats(db: Database) -> None:
    """Which documents cite which stored ones, and which duties repeat another."""
    db.conn.create_function("folded", 1, lambda symbol: fold(symbol) if symbol else None)
    _run(db, task_tables.REPEATS)
    for (document_id,) in db.execute("SELECT id FROM documents ORDER BY id").fetchall():
        link(db, document_id)


_REVIEW = """
-- What people said of findings; holds on to words (text, before, after), so it outlives what was extracted.
CREATE TABLE review_corrections (
    id INTEGER PRIMARY KEY, document_id INTEGER, sha256 TEXT NOT NULL, kind TEXT NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('accept', 'correct', 'merge', 'dismiss')),
    text TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL, start INTEGER NOT NULL,
    changes TEXT NOT NULL, was TEXT NOT NULL, author TEXT NOT NULL, made_at TEXT NOT NULL,
    undone_by TEXT, undone_at TEXT, lost INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX review_corrections_document ON review_corrections(document_id);
CREATE INDEX review_corrections_sha256 ON review_corrections(sha256);
ALTER TABLE sections ADD COLUMN reviewed TEXT;
ALTER TABLE citations ADD COLUMN reviewed TEXT;
ALTER TABLE dates ADD COLUMN reviewed TEXT;
ALTER TABLE quantities ADD COLUMN reviewed TEXT;
ALTER TABLE agency_mentions ADD COLUMN reviewed TEXT;
ALTER TABLE tasks ADD COLUMN reviewed TEXT;
"""


@migrations()
def review(db: Database) -> None:
    """What people say of findings: accepted, corrected, merged, dismissed."""
    _run(db, _REVIEW)


_TWINS = """
ALTER TABLE documents ADD COLUMN title_key TEXT;
UPDATE documents SET title_key = folded(title);
CREATE INDEX documents_title ON documents(title_key);
-- The document that leads where several are one work (PDF and DOCX, draft and issued form); null for those that lead.
ALTER TABLE documents ADD COLUMN lead_id INTEGER REFERENCES documents(id) ON DELETE SET NULL;
CREATE INDEX documents_lead ON documents(lead_id);
"""


@migrations()
def twins(db: Database) -> None:
    """Which documents are one work; those stored before are told apart when they are read again."""
    db.conn.create_function("folded", 1, lambda title: fold(title) if title else None)
    _run(db, _TWINS)


_EXTRACTIONS = """
-- What extraction gave (kept.Kept), so that new rules need not read the file again.
CREATE TABLE extractions (
    document_id INTEGER PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE, reader TEXT NOT NULL,
    content BLOB NOT NULL
);
"""


@migrations()
def extractions(db: Database) -> None:
    """What was extracted; of documents stored before it is kept when they are read again."""
    _run(db, _EXTRACTIONS)


@migrations()
def repeated_figures(db: Database) -> None:
    """Tell what a document says twice; the figures of stored documents are read again for it."""
    _run(db, figure_tables.REPEATED)


@migrations()
def figure_units(db: Database) -> None:
    """The unit in which figures of one indicator stand together; the figures of stored documents are read again."""
    db.conn.execute("ALTER TABLE figures ADD COLUMN unit TEXT")
    db.conn.execute("DELETE FROM figured")


_BROWSE = """
ALTER TABLE documents ADD COLUMN folded TEXT; -- label, title and file name
ALTER TABLE documents ADD COLUMN year TEXT GENERATED ALWAYS AS (substr(issued_on, 1, 4)) VIRTUAL;
UPDATE documents SET folded = folded(label || ' ' || coalesce(title, '') || ' ' || name);
-- Holds all that lists of documents ask for, so that none reads the documents themselves.
CREATE INDEX documents_browsed ON documents(
    lead_id, doc_type, issuer, draft, province, district, commune, year, issued_on, symbol, folded
);
"""


@migrations()
def browse(db: Database) -> None:
    """What lists of documents filter and sort by, in one index."""
    db.conn.create_function("folded", 1, lambda words: fold(words or ""))
    _run(db, _BROWSE)


@migrations()
def due(db: Database) -> None:
    """Tasks by deadline without looking at all of them."""
    _run(db, task_tables.DUE)


@migrations()
def citing(db: Database) -> None:
    """Which documents cite which, in one index."""
    db.conn.execute("CREATE INDEX citations_citing ON citations(cited_id, document_id)")
    db.conn.execute("DROP INDEX citations_cited")


_ACCEPTED = """
CREATE TABLE accepted_findings (
    finding_id TEXT PRIMARY KEY, finding TEXT NOT NULL, document TEXT NOT NULL, text TEXT NOT NULL,
    reason TEXT NOT NULL, author TEXT NOT NULL, made_at TEXT NOT NULL
);
"""


@migrations()
def accepted(db: Database) -> None:
    """Findings of the audit that somebody accepted, with the reason."""
    _run(db, _ACCEPTED)


@migrations()
def header_review(db: Database) -> None:
    """What people said of a header."""
    db.conn.execute("ALTER TABLE documents ADD COLUMN reviewed TEXT")


_LARGE = """
DROP INDEX tasks_document;
CREATE INDEX tasks_document ON tasks(document_id, position);
DROP INDEX task_agencies_agency;
CREATE INDEX task_agencies_agency ON task_agencies(agency_id, task_id);
CREATE INDEX agencies_name ON agencies(name_key);
CREATE INDEX documents_place ON documents(coalesce(province, ''), coalesce(district, ''), coalesce(commune, ''));
-- How often a document is cited, and by how many.
ALTER TABLE cited_documents ADD COLUMN mentions INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cited_documents ADD COLUMN documents INTEGER NOT NULL DEFAULT 0;
UPDATE cited_documents SET (mentions, documents) =
    (SELECT count(*), count(DISTINCT document_id) FROM citations WHERE cited_id = cited_documents.id);
CREATE INDEX cited_documents_mentions ON cited_documents(mentions DESC, symbol_key, "key");
CREATE INDEX cited_documents_type ON cited_documents(doc_type);
DROP INDEX citations_document;
CREATE INDEX citations_document ON citations(document_id, position);
DROP INDEX citations_citing;
CREATE INDEX citations_citing ON citations(cited_id, document_id, position);
-- The words of tasks, which stand folded in ``tasks``.
CREATE VIRTUAL TABLE task_words USING fts5(
    folded, content = 'tasks', content_rowid = 'id', detail = none, columnsize = 0,
    tokenize = "unicode61 remove_diacritics 0"
);
INSERT INTO task_words(task_words) VALUES ('rebuild');
CREATE TRIGGER tasks_come AFTER INSERT ON tasks
    BEGIN INSERT INTO task_words(rowid, folded) VALUES (new.id, new.folded); END;
CREATE TRIGGER tasks_gone AFTER DELETE ON tasks
    BEGIN INSERT INTO task_words(task_words, rowid, folded) VALUES ('delete', old.id, old.folded); END;
"""


@migrations()
def large(db: Database) -> None:
    """What finds few tasks among millions."""
    _run(db, _LARGE)


@migrations()
def recurring_dates(db: Database) -> None:
    """The ways in which deadlines come round, in one index."""
    db.conn.execute("DROP INDEX dates_recurring")
    db.conn.execute(
        "CREATE INDEX dates_recurring ON dates(text, month_day, recurrence, document_id, id)"
        ' WHERE "to" IS NULL AND "from" IS NULL AND (month_day IS NOT NULL OR recurrence IS NOT NULL)'
    )


_OCR_TABLES = ("sections", "paragraphs", "tables", "citations", "dates", "quantities", "agency_mentions", "tasks")


@migrations()
def ocr(db: Database) -> None:
    """Which rows were read from the picture of a page, and how sure the reader was of each page."""
    db.conn.execute("ALTER TABLE documents ADD COLUMN ocr_confidence TEXT NOT NULL DEFAULT '[]'")
    for table in _OCR_TABLES:
        db.conn.execute(f"ALTER TABLE {table} ADD COLUMN ocr INTEGER NOT NULL DEFAULT 0")
        db.conn.execute(
            f"UPDATE {table} SET ocr = 1 WHERE (document_id, page) IN (SELECT d.id, p.value"
            " FROM documents d, json_each(d.ocr_pages) p WHERE d.ocr_pages <> '[]')"
        )


@migrations()
def ordered_figures(db: Database) -> None:
    """The figures of an indicator in the order in which they are listed."""
    db.conn.execute(
        "CREATE INDEX figures_listed"
        " ON figures(indicator_key, unit, period_from, period_to, place_key, aspect, document_id)"
    )


@migrations()
def deadlines(db: Database) -> None:
    """The days of deadlines, told apart from other dates."""
    _run(db, task_tables.DEADLINES)


@migrations()
def charged(db: Database) -> None:
    """Tasks under their charges, so that lists go through few bytes and ask who holds what of few rows."""
    _run(db, task_tables.CHARGES)
    charges.write_all(db)
    _run(db, task_tables.LISTED)


@migrations()
def recurrences(db: Database) -> None:
    """How deadlines come round, told once for all that do so in the same way."""
    _run(db, task_tables.RECURRENCES)


_WORDS = """
DROP TABLE paragraph_words;
CREATE VIRTUAL TABLE paragraph_words USING fts5(toned, folded, tokenize = "unicode61 remove_diacritics 0");
"""


@migrations()
def exact_words(db: Database) -> None:
    """Words with tones apart from words without (``searched.exactly``)."""
    _run(db, _WORDS)
    rows = ((i, exactly(text), fold(text)) for i, text in db.execute("SELECT id, text FROM paragraphs"))
    db.conn.executemany("INSERT INTO paragraph_words(rowid, toned, folded) VALUES (?, ?, ?)", rows)


_SLIM = """
-- What is told of a document beside another, without reading it.
DROP INDEX documents_dated;
CREATE INDEX documents_told ON documents(id, issued_on, label);
DROP INDEX documents_issuer;
CREATE INDEX documents_issuer ON documents(issuer, issued_on);
-- All by which figures of an indicator are left out or in.
DROP INDEX figures_listed;
CREATE INDEX figures_listed
    ON figures(indicator_key, unit, period_from, period_to, place_key, aspect, document_id, share, again);
"""


@migrations()
def slim(db: Database) -> None:
    """What lists go through, in few bytes."""
    _run(db, _SLIM)


@migrations()
def figure_names(db: Database) -> None:
    """Figures found by the words of what they count without looking at all of them."""
    _run(db, figure_tables.NAMES)


_AUDITED = """
CREATE INDEX citations_told ON citations(cited_id, issued_on);
CREATE INDEX citations_ending ON citations(cited_id) WHERE relation IN ('replaces', 'repeals');
DROP INDEX documents_issuer;
CREATE INDEX documents_issuer ON documents(issuer, issued_on, lead_id);
"""


@migrations()
def audited(db: Database) -> None:
    """What others say of a cited document, and what a body has issued since, without reading either."""
    _run(db, _AUDITED)


@migrations()
def figure_periods(db: Database) -> None:
    """The figures of a period without reading those of others."""
    _run(db, figure_tables.PERIODS)


@migrations()
def deadlines_of_tasks(db: Database) -> None:
    """When a task falls due, from an index alone."""
    db.conn.execute("CREATE INDEX task_deadlines_task ON task_deadlines(task_id, day, recurrence_id)")


@migrations()
def whole_words(db: Database) -> None:
    """The words of a document between spaces, as they are looked for: to add these takes longer than to look."""
    db.conn.execute("UPDATE documents SET folded = ' ' || folded || ' '")


@migrations()
def since_issue(db: Database) -> None:
    """What comes round between two days, without reading its documents."""
    _run(db, task_tables.SINCE)


_REOPENED = """
-- Each time that a finding was accepted: with the content of its document, and who opened it again.
ALTER TABLE accepted_findings RENAME TO accepted_before;
CREATE TABLE accepted_findings (
    id INTEGER PRIMARY KEY, finding_id TEXT NOT NULL, finding TEXT NOT NULL, document TEXT NOT NULL,
    text TEXT NOT NULL, reason TEXT NOT NULL, author TEXT NOT NULL, made_at TEXT NOT NULL, sha256 TEXT,
    reopened_by TEXT, reopened_at TEXT
);
INSERT INTO accepted_findings(finding_id, finding, document, text, reason, author, made_at)
    SELECT finding_id, finding, document, text, reason, author, made_at FROM accepted_before ORDER BY made_at;
DROP TABLE accepted_before;
CREATE UNIQUE INDEX accepted_findings_finding ON accepted_findings(finding_id) WHERE reopened_at IS NULL;
CREATE INDEX accepted_findings_sha256 ON accepted_findings(sha256);
"""


@migrations()
def reopened(db: Database) -> None:
    """What was accepted and opened again, with who and when."""
    _run(db, _REOPENED)


@migrations()
def figure_aspects(db: Database) -> None:
    """The targets, or the results, of an indicator without going through its other figures."""
    _run(db, figure_tables.ASPECTS)


@migrations()
def task_words_at_once(db: Database) -> None:
    """The words of tasks come with their document: by a trigger SQLite would write their index anew for each task."""
    db.conn.execute("DROP TRIGGER tasks_come")


@migrations()
def paragraphs_by_start(db: Database) -> None:
    """The paragraphs of a document are found by the index of where they start as well."""
    db.conn.execute("DROP INDEX paragraphs_document")


def _run(db: Database, script: str) -> None:
    """Run a script statement by statement: ``executescript`` would end the migration's transaction."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if complete_statement(pending):
            db.conn.execute(pending)
            pending = ""
