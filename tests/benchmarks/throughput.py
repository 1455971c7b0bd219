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
            readers = [reader for child in _children() for reader in (child, *_children(child))]
            self.seen.append(max(map(_resident, readers), default=0))

    @property
    def early(self) -> int:
        return max(self.seen[: len(self.seen) // 3 + 1])


def _children(process: int = os.getpid()) -> list[int]:
    with suppress(OSError):
        listed = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
        return [int(child) for child in listed.split()]
    return []


def _resident(process: int) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) * 1024
    return 0


def _of_children() -> float:
    """The seconds of a processor that readers took which have ended, and the process from which they are forked."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime + sum(map(_used, _children()))


def _used(process: int) -> float:
    """The seconds of a processor that a process and those of its children that have ended took."""
    with suppress(OSError):
        told = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return sum(map(int, told[11:15])) / os.sysconf("SC_CLK_TCK")
    return 0.0


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
