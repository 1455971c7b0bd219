"""What the steps of ``schema`` made of tasks, their charges and deadlines; never changed once released."""

from __future__ import annotations

REPEATS = """
ALTER TABLE documents ADD COLUMN symbol_key TEXT;
UPDATE documents SET symbol_key = folded(symbol);
CREATE INDEX documents_symbol ON documents(symbol_key);
-- A duty laid by a document that says again one of a document that it cites.
CREATE TABLE task_repeats (
    task_id INTEGER PRIMARY KEY REFERENCES tasks(id) ON DELETE CASCADE,
    repeats_id INTEGER NOT NULL REFERENCES tasks(id) ON DELETE CASCADE
);
CREATE INDEX task_repeats_repeats ON task_repeats(repeats_id);
"""

DUE = """
ALTER TABLE tasks ADD COLUMN due TEXT NOT NULL DEFAULT '9999'; -- first deadline, for sorting
UPDATE tasks SET due = coalesce((SELECT min(coalesce(x."to", x."from", '9998-' || x.month_day)) FROM task_deadlines l
    JOIN dates x ON x.id = l.date_id WHERE l.task_id = tasks.id), '9999');
CREATE INDEX tasks_due ON tasks(due, document_id, position);
CREATE INDEX dates_fixed ON dates(coalesce("to", "from"));
CREATE INDEX dates_recurring ON dates(id)
    WHERE "to" IS NULL AND "from" IS NULL AND (month_day IS NOT NULL OR recurrence IS NOT NULL);
"""

DEADLINES = """
DROP INDEX tasks_role;
CREATE INDEX tasks_role ON tasks(role, document_id, position);
-- The last day of a deadline that does not come round; no other table tells deadlines from other dates.
ALTER TABLE task_deadlines ADD COLUMN day TEXT;
UPDATE task_deadlines SET day = (SELECT coalesce("to", "from") FROM dates WHERE id = date_id);
CREATE INDEX task_deadlines_day ON task_deadlines(day, task_id);
DROP INDEX dates_fixed;
CREATE INDEX figured_catalogue ON figured(catalogue);
"""

CHARGES = """
-- A body as documents of one place and era charge it, with duties on some fields.
CREATE TABLE charges (
    id INTEGER PRIMARY KEY, agency_id INTEGER NOT NULL REFERENCES agencies(id) ON DELETE CASCADE,
    province TEXT NOT NULL, district TEXT NOT NULL, commune TEXT NOT NULL, fields TEXT NOT NULL, era TEXT NOT NULL,
    UNIQUE (agency_id, province, district, commune, fields, era)
);
-- Every task once for each body charged with it (``rank`` 0: the first), with all that lists filter and sort by.
CREATE TABLE task_charges (
    task_id INTEGER NOT NULL REFERENCES tasks(id) ON DELETE CASCADE, rank INTEGER NOT NULL,
    charge_id INTEGER NOT NULL REFERENCES charges(id), agency_id INTEGER NOT NULL,
    document_id INTEGER NOT NULL, position INTEGER NOT NULL, role TEXT NOT NULL, due TEXT NOT NULL,
    PRIMARY KEY (task_id, rank)
) WITHOUT ROWID;
"""

LISTED = """
CREATE INDEX task_charges_charge ON task_charges(charge_id, document_id, position, agency_id, role, due);
CREATE INDEX task_charges_document ON task_charges(document_id, position, charge_id, agency_id, role, due);
CREATE INDEX task_charges_due ON task_charges(due, document_id, position, charge_id, agency_id, role);
CREATE INDEX task_charges_agency ON task_charges(agency_id, document_id, position, charge_id, role, due);
DROP INDEX tasks_due;
CREATE INDEX documents_issued ON documents(issued_on IS NULL, issued_on DESC);
CREATE INDEX documents_dated ON documents(id, issued_on);
"""

RECURRENCES = """
-- The ways in which deadlines come round: few, as against the deadlines.
CREATE TABLE recurrences (
    id INTEGER PRIMARY KEY, text TEXT NOT NULL, month_day TEXT NOT NULL, recurrence TEXT NOT NULL,
    UNIQUE (text, month_day, recurrence)
);
INSERT INTO recurrences(text, month_day, recurrence)
    SELECT DISTINCT x.text, coalesce(x.month_day, ''), coalesce(x.recurrence, '')
    FROM task_deadlines l JOIN dates x ON x.id = l.date_id
    WHERE l.day IS NULL AND (x.month_day IS NOT NULL OR x.recurrence IS NOT NULL);
ALTER TABLE task_deadlines ADD COLUMN recurrence_id INTEGER REFERENCES recurrences(id);
UPDATE task_deadlines SET recurrence_id = (SELECT r.id FROM dates x JOIN recurrences r ON r.text = x.text
    AND r.month_day = coalesce(x.month_day, '') AND r.recurrence = coalesce(x.recurrence, '') WHERE x.id = date_id)
    WHERE day IS NULL;
CREATE INDEX task_deadlines_recurrence ON task_deadlines(recurrence_id, task_id) WHERE recurrence_id IS NOT NULL;
"""

SINCE = """
-- From when a deadline comes round: the day of its document, '' where that has none.
ALTER TABLE task_deadlines ADD COLUMN since TEXT;
DROP INDEX task_deadlines_recurrence;
DROP INDEX task_deadlines_task;
UPDATE task_deadlines SET since = coalesce((SELECT d.issued_on FROM tasks t JOIN documents d ON d.id = t.document_id
    WHERE t.id = task_id), '') WHERE recurrence_id IS NOT NULL;
CREATE INDEX task_deadlines_recurrence
    ON task_deadlines(recurrence_id, since, task_id) WHERE recurrence_id IS NOT NULL;
CREATE INDEX task_deadlines_task ON task_deadlines(task_id, day, recurrence_id, since);
"""
