"""The tables with which a store began; never changed, for what came since is told by the migrations of ``schema``.

Every table of findings carries where its words stand: ``document_id``, ``start`` and ``end`` in the document's text,
``page``, ``section_id`` and, in a table, ``table_no``, ``row_no`` and ``column_no``.
"""

from __future__ import annotations

_PLACE = """
    document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    position INTEGER NOT NULL, text TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, page INTEGER,
    section_id INTEGER REFERENCES sections(id), table_no INTEGER, row_no INTEGER, column_no INTEGER
"""

TABLES = f"""
CREATE TABLE documents (
    id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, label TEXT NOT NULL, name TEXT NOT NULL, format TEXT NOT NULL,
    pages INTEGER, ocr_pages TEXT NOT NULL, program TEXT NOT NULL,
    doc_type TEXT, symbol TEXT, issuer TEXT, title TEXT, place TEXT, issued_on TEXT, draft INTEGER NOT NULL,
    signer_capacity TEXT, signer_position TEXT, signer_on_behalf_of TEXT, signer_name TEXT,
    addressees TEXT NOT NULL, recipients TEXT NOT NULL, legal_bases TEXT NOT NULL,
    province TEXT, district TEXT, commune TEXT,
    text_length INTEGER NOT NULL, content BLOB NOT NULL
);
CREATE TABLE files (
    id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, name TEXT NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL,
    program TEXT NOT NULL, stage TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('running', 'done', 'failed', 'stopped')),
    code TEXT, message TEXT, advice TEXT, started_at TEXT NOT NULL, finished_at TEXT,
    document_id INTEGER REFERENCES documents(id) ON DELETE SET NULL
);
CREATE INDEX files_document ON files(document_id);
CREATE INDEX files_outcome ON files(outcome, stage);
CREATE TABLE sections (
    id INTEGER PRIMARY KEY, document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    number INTEGER NOT NULL, parent INTEGER, level INTEGER NOT NULL, label TEXT, heading TEXT NOT NULL,
    text TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    body_start INTEGER NOT NULL, body_end INTEGER NOT NULL, page INTEGER, role TEXT NOT NULL
);
CREATE INDEX sections_document ON sections(document_id);
CREATE TABLE paragraphs (
    id INTEGER PRIMARY KEY, document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    text TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, page INTEGER,
    section_id INTEGER REFERENCES sections(id)
);
CREATE INDEX paragraphs_document ON paragraphs(document_id);
CREATE INDEX paragraphs_section ON paragraphs(section_id);
-- unicode61 cannot fold đ, so both columns come folded (names.toned, names.fold).
CREATE VIRTUAL TABLE paragraph_words USING fts5(toned, folded, tokenize = "unicode61 remove_diacritics 0");
CREATE TRIGGER paragraphs_gone AFTER DELETE ON paragraphs
    BEGIN DELETE FROM paragraph_words WHERE rowid = old.id; END;
CREATE TABLE tables (
    id INTEGER PRIMARY KEY, document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    number INTEGER NOT NULL, page INTEGER, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    caption TEXT, header TEXT NOT NULL, rows TEXT NOT NULL
);
CREATE INDEX tables_document ON tables(document_id);
CREATE TABLE cited_documents (
    id INTEGER PRIMARY KEY, "key" TEXT NOT NULL UNIQUE, doc_type TEXT NOT NULL,
    symbol TEXT, issued_on TEXT, issuer TEXT, title TEXT, symbol_key TEXT
);
CREATE TABLE citations (
    id INTEGER PRIMARY KEY, {_PLACE},
    cited_id INTEGER NOT NULL REFERENCES cited_documents(id), doc_type TEXT NOT NULL, symbol TEXT, issued_on TEXT,
    issuer TEXT, title TEXT, pinpoint TEXT, relation TEXT NOT NULL, defined_alias TEXT
);
CREATE INDEX citations_document ON citations(document_id);
CREATE INDEX citations_section ON citations(section_id);
CREATE INDEX citations_cited ON citations(cited_id);
CREATE TABLE dates (
    id INTEGER PRIMARY KEY, {_PLACE},
    kind TEXT NOT NULL, "from" TEXT, "to" TEXT, month_day TEXT, relation TEXT, recurrence TEXT
);
CREATE INDEX dates_document ON dates(document_id);
CREATE INDEX dates_section ON dates(section_id);
CREATE TABLE quantities (
    id INTEGER PRIMARY KEY, {_PLACE},
    value REAL NOT NULL, value_max REAL, "of" REAL, unit TEXT, per TEXT NOT NULL, comparator TEXT NOT NULL,
    indicator TEXT, aspect TEXT
);
CREATE INDEX quantities_document ON quantities(document_id);
CREATE INDEX quantities_section ON quantities(section_id);
CREATE TABLE agencies (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, "key" TEXT, level TEXT, collective INTEGER NOT NULL,
    name_key TEXT NOT NULL
);
CREATE TABLE agency_mentions (
    id INTEGER PRIMARY KEY, {_PLACE}, agency_id INTEGER NOT NULL REFERENCES agencies(id), source TEXT NOT NULL
);
CREATE INDEX agency_mentions_document ON agency_mentions(document_id);
CREATE INDEX agency_mentions_section ON agency_mentions(section_id);
CREATE INDEX agency_mentions_agency ON agency_mentions(agency_id);
CREATE TABLE tasks (
    id INTEGER PRIMARY KEY, {_PLACE},
    agency_id INTEGER NOT NULL REFERENCES agencies(id), role TEXT NOT NULL, report_to TEXT, folded TEXT NOT NULL
);
CREATE INDEX tasks_document ON tasks(document_id);
CREATE INDEX tasks_section ON tasks(section_id);
CREATE INDEX tasks_agency ON tasks(agency_id);
CREATE TABLE task_agencies (
    task_id INTEGER NOT NULL REFERENCES tasks(id) ON DELETE CASCADE,
    agency_id INTEGER NOT NULL REFERENCES agencies(id), position INTEGER NOT NULL, PRIMARY KEY (task_id, agency_id)
);
CREATE INDEX task_agencies_agency ON task_agencies(agency_id);
CREATE TABLE task_partners (
    task_id INTEGER NOT NULL REFERENCES tasks(id) ON DELETE CASCADE,
    agency_id INTEGER NOT NULL REFERENCES agencies(id), position INTEGER NOT NULL, PRIMARY KEY (task_id, agency_id)
);
CREATE INDEX task_partners_agency ON task_partners(agency_id);
CREATE TABLE task_deadlines (
    task_id INTEGER NOT NULL REFERENCES tasks(id) ON DELETE CASCADE,
    date_id INTEGER NOT NULL REFERENCES dates(id) ON DELETE CASCADE, position INTEGER NOT NULL,
    PRIMARY KEY (task_id, date_id)
);
CREATE INDEX task_deadlines_date ON task_deadlines(date_id);
"""
