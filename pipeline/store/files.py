"""The life of a file: a row from before work on it begins until it succeeds or fails."""

from __future__ import annotations

import json
from typing import NamedTuple

from sqlite_utils import Database

from pipeline.kept import Kept
from pipeline.model import Document
from pipeline.prepared import Prepared
from pipeline.store import load
from pipeline.store.writing import now, transaction


class Input(NamedTuple):
    """One file as it came: where it is (a path, or a path in an archive), its name, content hash and size."""

    path: str
    name: str
    sha256: str
    size: int


class State(NamedTuple):
    """What the store knows of a path."""

    sha256: str
    program: str
    outcome: str
    document_id: int | None


class Failure(NamedTuple):
    """Why a file could not be read."""

    stage: str
    code: str
    message: str
    advice: str


def state(db: Database, path: str) -> State | None:
    """What the store knows of a path."""
    row = db.execute("SELECT sha256, program, outcome, document_id FROM files WHERE path = ?", [path]).fetchone()
    return State(*row) if row else None


def failure(db: Database, path: str) -> Failure | None:
    """Why a path failed when it was last tried."""
    row = db.execute("SELECT stage, code, message, advice FROM files WHERE path = ? AND outcome = 'failed'", [path])
    found = row.fetchone()
    return Failure(*found) if found else None


def begin(db: Database, given: Input, program: str, stage: str) -> None:
    """Say that work on a file begins. The document of its earlier content stays until the new one is there."""
    with transaction(db):
        _write(db, given, program, stage)


def _write(db: Database, given: Input, program: str, stage: str) -> None:
    db.execute(
        "INSERT INTO files(path, name, sha256, size, program, stage, outcome, started_at)"
        " VALUES (?, ?, ?, ?, ?, ?, 'running', ?) ON CONFLICT(path) DO UPDATE SET name = excluded.name,"
        " sha256 = excluded.sha256, size = excluded.size, program = excluded.program, stage = excluded.stage,"
        " outcome = 'running', code = NULL, message = NULL, advice = NULL, started_at = excluded.started_at,"
        " finished_at = NULL",
        [given.path, given.name, given.sha256, given.size, program, stage, now()],
    )


def advance(db: Database, path: str, stage: str) -> None:
    """Say which stage a file has reached."""
    with transaction(db):
        db.execute("UPDATE files SET stage = ? WHERE path = ?", [stage, path])


def fail(db: Database, path: str, why: Failure) -> None:
    """Say that a file failed. What its earlier content gave is gone with that content."""
    with transaction(db):
        old = _document(db, path)
        db.execute(
            "UPDATE files SET stage = ?, code = ?, message = ?, advice = ?, outcome = 'failed', finished_at = ?,"
            " document_id = NULL WHERE path = ?",
            [*why, now(), path],
        )
        _drop_unless_used(db, old)


def stop(db: Database, paths: list[str]) -> None:
    """Say that work on these files was broken off, to be taken up by the next run."""
    with transaction(db):
        db.execute(
            "UPDATE files SET outcome = 'stopped' WHERE outcome = 'running'"
            " AND path IN (SELECT value FROM json_each(?))",
            [json.dumps(paths)],
        )


def finish(
    db: Database,
    path: str,
    given: Document | Prepared,
    program: str,
    stage: str,
    extraction: Kept | None = None,
    later: load.Unindexed | None = None,
) -> bool:
    """Store what a file gave and say that it is done, at one stroke; tell whether the document is new to the store.

    ``later`` takes the document's words (``load.save``).
    """
    with transaction(db):
        old = _document(db, path)
        new = load.document_of(db, load.content_of(given)) is None
        alone = old is not None and _paths(db, old) == 1
        document_id = load.save(db, given, program, old if alone else None, later)
        if extraction:
            load.keep_extraction(db, document_id, extraction)
        _done(db, path, document_id, stage)
        _drop_unless_used(db, old, later)
    return new


def link(db: Database, given: Input, document_id: int, program: str, stage: str) -> None:
    """Remember one more path of a stored document."""
    with transaction(db):
        old = _document(db, given.path)
        _write(db, given, program, stage)
        _done(db, given.path, document_id, stage)
        _drop_unless_used(db, old)


def survey(db: Database) -> None:
    """Let SQLite learn how the rows are spread, from a sample; it then finds them by the right index."""
    db.execute("PRAGMA analysis_limit = 400")
    db.execute("ANALYZE")


def _done(db: Database, path: str, document_id: int, stage: str) -> None:
    db.execute(
        "UPDATE files SET stage = ?, outcome = 'done', code = NULL, message = NULL, advice = NULL, finished_at = ?,"
        " document_id = ? WHERE path = ?",
        [stage, now(), document_id, path],
    )


def _document(db: Database, path: str) -> int | None:
    row = db.execute("SELECT document_id FROM files WHERE path = ?", [path]).fetchone()
    return row[0] if row else None


def _paths(db: Database, document_id: int) -> int:
    return int(db.execute("SELECT count(*) FROM files WHERE document_id = ?", [document_id]).fetchone()[0])


def _drop_unless_used(db: Database, document_id: int | None, unindexed: load.Unindexed | None = None) -> None:
    if document_id is not None and not _paths(db, document_id):
        load.delete(db, document_id, unindexed)
