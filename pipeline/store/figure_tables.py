"""What the steps of ``schema`` made of figures: quantities on common indicators, with their names; never changed."""

from __future__ import annotations

FIGURES = """
-- What each quantity counts, when and where, on common indicators (compare.figures).
CREATE TABLE figures (
    quantity_id INTEGER PRIMARY KEY REFERENCES quantities(id) ON DELETE CASCADE,
    document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    indicator_key TEXT NOT NULL, indicator_id TEXT, indicator TEXT NOT NULL, folded TEXT NOT NULL, words TEXT NOT NULL,
    strength REAL NOT NULL, aspect TEXT, period TEXT, period_from TEXT, period_to TEXT,
    place TEXT, place_key TEXT NOT NULL, share INTEGER NOT NULL, part INTEGER NOT NULL
);
CREATE INDEX figures_indicator ON figures(indicator_key, place_key);
CREATE INDEX figures_document ON figures(document_id);
-- By which catalogue of indicators the figures of a document were read.
CREATE TABLE figured (
    document_id INTEGER PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE, catalogue TEXT NOT NULL
);
-- Indicators that staff added, as rows of patterns/indicators.csv.
CREATE TABLE indicators (id TEXT PRIMARY KEY, entry TEXT NOT NULL);
CREATE INDEX cited_documents_symbol ON cited_documents(symbol_key);
CREATE INDEX documents_issuer ON documents(issuer);
CREATE INDEX sections_role ON sections(role, document_id);
CREATE INDEX tasks_role ON tasks(role);
"""

REPEATED = """
ALTER TABLE figures ADD COLUMN again INTEGER NOT NULL DEFAULT 0; -- what the document has said better elsewhere
CREATE INDEX figures_place ON figures(place_key);
DELETE FROM figured;
"""

NAMES = """
-- How the figures of each indicator are called: few names, as against the figures. A name may outlive its figures.
CREATE TABLE figure_names (
    id INTEGER PRIMARY KEY, indicator_key TEXT NOT NULL, folded TEXT NOT NULL, UNIQUE (indicator_key, folded)
);
INSERT INTO figure_names(indicator_key, folded) SELECT DISTINCT indicator_key, folded FROM figures;
CREATE VIRTUAL TABLE figure_words USING fts5(
    folded, content = 'figure_names', content_rowid = 'id', detail = none, columnsize = 0,
    tokenize = "unicode61 remove_diacritics 0"
);
INSERT INTO figure_words(figure_words) VALUES ('rebuild');
CREATE TRIGGER figure_names_come AFTER INSERT ON figure_names
    BEGIN INSERT INTO figure_words(rowid, folded) VALUES (new.id, new.folded); END;
CREATE TRIGGER figure_names_gone AFTER DELETE ON figure_names
    BEGIN INSERT INTO figure_words(figure_words, rowid, folded) VALUES ('delete', old.id, old.folded); END;
ALTER TABLE figures DROP COLUMN folded;
"""

PERIODS = """
DROP INDEX figures_listed;
CREATE INDEX figures_listed ON figures(
    indicator_key, unit, period_from, period_to, place_key, aspect, document_id, share, again, period
);
"""

ASPECTS = """
-- The figures that are listed, in their order; and in the same order those of one aspect.
DROP INDEX figures_listed;
CREATE INDEX figures_listed ON figures(
    indicator_key, unit, period_from, period_to, place_key, aspect, document_id, quantity_id, period, share, again
) WHERE share = 0 AND again = 0;
DROP INDEX figures_indicator;
CREATE INDEX figures_aspect ON figures(
    indicator_key, share, again, aspect, unit, period_from, period_to, place_key, document_id, quantity_id, period
);
"""
