"""Ingest at several sizes: documents a second, store size, memory of the workers; ingest again beside plain hashing.

What a document takes of a processor says more than the clock where the machine does other things too.
"""

from __future__ import annotations

import hashlib
import os
import resource
import time
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import NamedTuple

from benchmarks.documents import PAGE, make
from pipeline.discover import discover
from pipeline.ingest import Options, ingest
from pipeline.store import open_store


class Measured(NamedTuple):
    """One size."""

    documents: int
    pages: float  # of a document on the mean, reckoned from its characters
    failed: int
    seconds: float
    main: float  # seconds of a processor in the process that writes
    workers: float  # in those that read, their start included
    store: int  # bytes
    early: int  # bytes: the most a worker held in the first third of the time
    most: int  # in all of it
    again: float  # seconds to ingest the unchanged folder
    hashing: float  # seconds to hash it

    @property
    def rate(self) -> float:
        return self.documents / self.seconds


class _Memory(Thread):
    """Looks twice a second at what the workers hold."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.done, self.seen = Event(), [0]

    def run(self) -> None:
        while not self.done.wait(0.5):
            self.seen.append(max((_resident(child) for child in _children()), default=0))

    @property
    def early(self) -> int:
        return max(self.seen[: len(self.seen) // 3 + 1])


def _children() -> list[int]:
    with suppress(OSError):
        listed = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii")
        return [int(child) for child in listed.split()]
    return []


def _resident(process: int) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) * 1024
    return 0


def _of_children() -> float:
    """The seconds of a processor that processes took which have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(folder: Path, count: int, jobs: int) -> Measured:
    """Make documents, ingest them, ingest them again."""
    make(folder / "in", count)
    store, memory = folder / "x.db", _Memory()
    entries = discover([folder / "in"])
    with open_store(store) as db:
        memory.start()
        began, main, workers = time.perf_counter(), time.process_time(), _of_children()
        summary = ingest(db, entries, Options(jobs=jobs))
        seconds, main = time.perf_counter() - began, time.process_time() - main
        workers = _of_children() - workers
        memory.done.set()
        began = time.perf_counter()
        ingest(db, discover([folder / "in"]), Options(jobs=jobs))
        again = time.perf_counter() - began
        length = db.execute("SELECT avg(text_length) FROM documents").fetchone()[0]
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    began = time.perf_counter()
    for path in sorted((folder / "in").iterdir()):
        with path.open("rb") as file:
            hashlib.file_digest(file, "sha256").hexdigest()
    hashing = time.perf_counter() - began
    most = max(memory.seen)
    failed, size = summary.counts["failed"], store.stat().st_size
    return Measured(count, length / PAGE, failed, seconds, main, workers, size, memory.early, most, again, hashing)
