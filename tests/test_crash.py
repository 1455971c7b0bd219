"""Killed at any moment, the store stays whole, and the same command run again ends as if nothing had happened."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from sqlite_utils import Database

from pipeline.store import open_store

# Runs an ingest that kills itself (kill -9) at the n-th call of a function of the store.
SCRIPT = """
import os, signal, sys
sys.path[:0] = {path!r}
import readers
from pathlib import Path
from pipeline import ingest
from pipeline.discover import discover
from pipeline.store import document_rows, files, load, open_store

def deadly(function, left):
    def call(*args, **kwargs):
        left[0] -= 1
        if left[0] < 0 and {before}:
            os.kill(os.getpid(), signal.SIGKILL)
        result = function(*args, **kwargs)
        if left[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return result
    return call

if __name__ == "__main__":
    where, name = {where}, {name!r}
    if name:
        setattr(where, name, deadly(getattr(where, name), [{calls}]))
    with open_store(Path({db!r})) as db:
        options = ingest.Options(jobs={jobs}, read=readers.read, retry_failed=True)
        ingest.ingest(db, discover([Path({folder!r})]), options)
"""

MOMENTS = [
    ("files", "begin", True),
    ("files", "begin", False),
    ("files", "advance", False),
    ("files", "finish", True),
    ("load", "_clear", False),
    ("load", "document_row", False),
    ("document_rows.Loader", "_sections", False),
    ("document_rows.Loader", "_paragraphs", False),
    ("document_rows.Loader", "_tasks", False),
    ("files", "_done", False),
    ("files", "finish", False),
    ("files", "fail", True),
]


def run(tmp_path: Path, where: str = "files", name: str = "", before: bool = False, calls: int = 0) -> int:
    return start(tmp_path, where=where, name=name, before=before, calls=calls).wait(timeout=120)


def start(
    tmp_path: Path, where: str = "files", name: str = "", before: bool = False, calls: int = 0, jobs: int = 1
) -> subprocess.Popen[bytes]:
    script = SCRIPT.format(
        path=[str(Path(__file__).parent)],
        where=where,
        name=name,
        before=before,
        calls=calls,
        jobs=jobs,
        db=str(tmp_path / "x.db"),
        folder=str(tmp_path / "in"),
    )
    path = tmp_path / "run.py"
    path.write_text(script, encoding="utf-8")
    return subprocess.Popen([sys.executable, str(path)])


def contents(db: Database) -> dict[str, list[tuple[object, ...]]]:
    """Everything in the store but ids and times."""
    found = {}
    for table in db.table_names():
        if table.startswith(("_", "paragraph_words_", "sqlite_", "task_words_", "figure_words_")):
            continue
        kept = [c for c in db.table(table).columns_dict if c not in ("id", "started_at", "finished_at")]
        listed = ", ".join(f'"{c}"' for c in kept if not c.endswith("_id"))
        listed = listed or "count(*)"  # a table that only links rows
        found[table] = sorted(db.execute(f"SELECT {listed} FROM {table}").fetchall(), key=repr)
    return found


def inputs(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for i in range(2):
        (folder / f"{i}.txt").write_text(f"số {i}", encoding="utf-8")
    (folder / "damaged.txt").write_text("damaged", encoding="utf-8")


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[object, ...]]]:
    tmp_path = tmp_path_factory.mktemp("whole")
    inputs(tmp_path)
    assert run(tmp_path) == 0
    with open_store(tmp_path / "x.db") as db:
        return {table: rows for table, rows in contents(db).items() if table != "files"}


@pytest.mark.parametrize(("where", "name", "before"), MOMENTS)
def test_killed_and_run_again(
    tmp_path: Path, undisturbed: dict[str, list[tuple[object, ...]]], where: str, name: str, before: bool
) -> None:
    inputs(tmp_path)
    calls = 0 if name == "fail" else 1
    assert run(tmp_path, where, name, before, calls) == -signal.SIGKILL
    with open_store(tmp_path / "x.db") as db:
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        done = db.execute("SELECT count(*) FROM files WHERE outcome = 'done'").fetchone()[0]
        assert done == db.execute("SELECT count(*) FROM documents").fetchone()[0]
        assert db.execute("SELECT count(*) FROM tasks").fetchone()[0] == 2 * done
    assert run(tmp_path) == 0
    with open_store(tmp_path / "x.db") as db:
        outcomes = db.execute("SELECT name, stage, outcome, code FROM files ORDER BY name").fetchall()
        assert outcomes == [
            *((f"{i}.txt", "load", "done", None) for i in range(2)),
            ("damaged.txt", "extract", "failed", "damaged"),
        ]
        assert {table: rows for table, rows in contents(db).items() if table != "files"} == undisturbed


FILES = 12


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[float, dict[str, list[tuple[object, ...]]]]:
    """How long an undisturbed run of two workers takes, and what it leaves."""
    tmp_path = tmp_path_factory.mktemp("whole")
    slow_inputs(tmp_path)
    began = time.monotonic()
    assert start(tmp_path, jobs=2).wait(timeout=120) == 0
    took = time.monotonic() - began
    with open_store(tmp_path / "x.db") as db:
        return took, {table: rows for table, rows in contents(db).items() if table != "files"}


def slow_inputs(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for i in range(FILES):
        (tmp_path / "in" / f"{i}.txt").write_text(f"slow {i}", encoding="utf-8")


def children(process: int) -> list[int]:
    """The processes that a process started; none where the operating system does not tell."""
    with suppress(OSError):
        return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    return []


def test_killed_at_random_moments(
    tmp_path: Path, whole: tuple[float, dict[str, list[tuple[object, ...]]]], kill: int
) -> None:
    """The main process or one of its workers, again and again, until a last run goes through."""
    slow_inputs(tmp_path)
    took, wanted = whole
    chance = random.Random(kill)
    for _ in range(2):
        running = start(tmp_path, jobs=2)
        time.sleep(chance.uniform(0.2, 1.0) * took)
        victims = children(running.pid) if chance.random() < 0.5 else []
        with suppress(ProcessLookupError):
            os.kill(chance.choice(victims or [running.pid]), signal.SIGKILL)
        running.wait(timeout=120)
    with open_store(tmp_path / "x.db") as db:
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    assert start(tmp_path, jobs=2).wait(timeout=120) == 0
    with open_store(tmp_path / "x.db") as db:
        outcomes = db.execute("SELECT outcome, count(*) FROM files GROUP BY 1").fetchall()
        assert outcomes == [("done", FILES)]
        assert {table: rows for table, rows in contents(db).items() if table != "files"} == wanted
