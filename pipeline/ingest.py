"""Many files into the store: discover, hash, read in worker processes, load.

Each file has a row from before work on it begins. A run can be stopped anywhere, killed even: what is stored is whole,
and the same command run again does what is left.
"""

from __future__ import annotations

import hashlib
import math
import sqlite3
import time
from collections import Counter, deque
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from sqlite_utils import Database

import pipeline
from pipeline.discover import Entry, is_document, opened
from pipeline.errors import Code, ReadError
from pipeline.extract.reading import Ocr
from pipeline.kept import reader
from pipeline.read import EXTRACT, read_file
from pipeline.store import files
from pipeline.store.files import Failure, Input
from pipeline.store.load import Unindexed, document_of, extraction_of, index
from pipeline.store.writing import transaction
from pipeline.workers import (
    Event,
    Failed,
    Limits,
    Processes,
    Read,
    Reader,
    Readers,
    Result,
    Stage,
    collect_rarely,
    forked,
    internal,
)

HASH, LOAD = "hash", "load"  # the stages before and after those of reading
_LIMITS = Limits()
_MANY = 500  # new documents after which the store is surveyed
_TOGETHER = 8  # documents in one transaction: they touch the same pages of the indexes, which are written once for all
_LARGE = 2**20  # bytes: a packed document that is not kept waiting in memory
_SOON = 0.5  # seconds after which a document waits for no other
_UNFIT = (sqlite3.IntegrityError, ValueError, LookupError, TypeError)  # what a document that makes no sense raises


@dataclass(frozen=True, slots=True)
class Options:
    """How to go about it."""

    jobs: int = 1
    force: bool = False
    retry_failed: bool = False
    ocr: Ocr = "auto"
    limits: Limits = _LIMITS
    read: Read = read_file
    program: str = pipeline.__version__
    readers: Readers | None = None  # processes of this machine where none are given

    @property
    def reading(self) -> Read:
        """How a file is read."""
        return self.read if self.ocr == "auto" else partial(read_file, ocr=self.ocr)

    @property
    def processes(self) -> Processes:
        """Processes of this machine that read so."""
        processes = Processes(self.jobs, self.reading, self.limits)
        return replace(processes, context=forked("pipeline.ready")) if self.read is read_file else processes


@dataclass(slots=True)
class Summary:
    """What became of the files: ``new``, ``unchanged``, ``updated``, ``duplicate``, ``skipped`` or ``failed``.

    The failed and the skipped are named; skipped are those in a folder or an archive that are no documents.
    """

    counts: Counter[str] = field(default_factory=Counter)
    failed: list[tuple[str, Failure]] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    traces: list[str] = field(default_factory=list)

    @property
    def reasons(self) -> Counter[str]:
        """How many files failed for which reason."""
        return Counter(why.code for _, why in self.failed)


Progress = Callable[[Entry, str], None]


def ingest(
    db: Database, entries: list[Entry], options: Options, progress: Progress = lambda entry, became: None
) -> Summary:
    """Bring files into the store; ``progress`` is told what became of each."""
    run = _Run(db, options, progress)
    run.go(entries)
    return run.summary


@dataclass(slots=True)
class _Work:
    """A file in the hands of a worker."""

    entry: Entry
    given: Input
    updates: bool
    unpacked: ExitStack
    stage: str = EXTRACT


class _Run:
    def __init__(self, db: Database, options: Options, progress: Progress) -> None:
        self.db, self.options, self.progress = db, options, progress
        self.summary = Summary()
        self.readers: Readers = options.readers or options.processes
        self.works: dict[Reader, deque[_Work]] = {}
        self.read: list[tuple[_Work, Result]] = []
        self.due = math.inf  # when what was read is to be loaded at the latest

    def go(self, entries: list[Entry]) -> None:
        # With its log SQLite stays whole through a power cut even so; what was written last is then read again.
        self.db.execute("PRAGMA synchronous = NORMAL")
        self.db.execute("PRAGMA cache_size = -65536")  # KB: what each document touches of every index stays at hand
        self.db.execute("PRAGMA wal_autocheckpoint = 4096")  # pages: what many documents touch is moved only once
        collect_rarely()
        try:
            for entry in entries:
                self._prepare(entry)
                self._load_read()
            while any(self.works.values()) or self.read:
                self._listen()
                self._load_read()
            if self.summary.counts["new"] >= _MANY:
                files.survey(self.db)
        finally:
            self._stop()

    def _stop(self) -> None:
        """End the workers; what they were at is left for the next run."""
        for worker in self.works:
            worker.stop()
        self.readers.close()
        given = [work for works in self.works.values() for work in works]
        for work in given:
            work.unpacked.close()
        if unfinished := [*given, *(work for work, _ in self.read)]:
            files.stop(self.db, [work.given.path for work in unfinished])

    # ----------------------------------------------------------------- before reading

    def _prepare(self, entry: Entry) -> None:
        """Hash a file and, unless that settles it, write its row and hand it to a worker."""
        with ExitStack() as stack:
            try:
                path = stack.enter_context(opened(entry))
                given = Input(entry.label, entry.name, *_hash(path))
            except FileNotFoundError:
                why = Failure(HASH, Code.NOT_FOUND, "Không tìm thấy tệp.", "Hãy kiểm tra lại đường dẫn.")
                self._tell_failed(entry, why)  # no file, no row
                return
            except (ReadError, OSError) as error:
                given = Input(entry.label, entry.name, "", 0)
                files.begin(self.db, given, self.options.program, HASH)
                self._fail(entry, _refusal(error))
                return
            if self._settled(entry, given):
                return
            if entry.named or is_document(entry.name, path) or files.state(self.db, given.path):
                self._submit(entry, given, path, stack.pop_all())
            else:
                self.summary.skipped.append(entry.label)
                self._tell(entry, "skipped")

    def _settled(self, entry: Entry, given: Input) -> bool:
        """Whether the content is known to the store already, read by this version of the program."""
        options, known = self.options, files.state(self.db, given.path)
        if options.force:
            return False
        if known and (known.sha256, known.program) == (given.sha256, options.program):
            if known.outcome == "done" and not self._is_wanted_as_pictures(given):
                self._tell(entry, "unchanged")
                return True
            why = files.failure(self.db, given.path)
            if why and not options.retry_failed:
                self._tell_failed(entry, why)
                return True
        document = document_of(self.db, given.sha256)
        if document and document[1] == options.program and not self._is_wanted_as_pictures(given):
            files.link(self.db, given, document[0], options.program, HASH)
            self._tell(entry, "updated" if known and known.document_id else "duplicate")
            return True
        return False

    def _is_wanted_as_pictures(self, given: Input) -> bool:
        """Whether pages that were read by their words are asked for by their pictures."""
        kept = extraction_of(self.db, given.sha256) if self.options.ocr == "always" else None
        return kept is not None and kept.reader != reader("always")

    def _submit(self, entry: Entry, given: Input, path: Path, unpacked: ExitStack) -> None:
        kept = None if self.options.force else extraction_of(self.db, given.sha256)
        while (worker := self._reader(alone=kept is not None)) is None:
            self._listen()
            self._load_read()
        known = files.state(self.db, given.path)
        self.works[worker].append(_Work(entry, given, bool(known and known.document_id), unpacked))
        files.begin(self.db, given, self.options.program, EXTRACT)
        worker.submit(path, kept)

    def _reader(self, *, alone: bool) -> Reader | None:
        """Who can be given a file, one who has none before others; null where all have enough, or, ``alone``, any."""
        for worker, works in self.works.items():
            if not works:
                return worker
        if len(self.works) < self.readers.jobs:
            started: Reader = self.readers.start()
            self.works[started] = deque()
            return started
        most = 1 if alone else self.readers.ahead
        return next((worker for worker, works in self.works.items() if len(works) < most), None)

    # ----------------------------------------------------------------- while reading and after

    def _listen(self) -> None:
        """Take in what the workers have to tell."""
        self.readers.wait([w for w, works in self.works.items() if works], max(0.0, self.due - time.monotonic()))
        for worker, works in self.works.items():
            while works and (event := worker.event()):
                self._take(works, event)

    def _take(self, works: deque[_Work], event: Event) -> None:
        work = works[0]
        if isinstance(event, Stage):
            work.stage = event.name
            files.advance(self.db, work.given.path, event.name)
            return
        works.popleft()
        if isinstance(event, Result):
            self.read.append((work, event))
            large = len(event.prepared.content) > _LARGE
            self.due = min(self.due, time.monotonic() + (0.0 if large else _SOON))
        else:
            self._failed(work, event)
        work.unpacked.close()

    def _load_read(self) -> None:
        """Load what was read, several documents at a stroke; those who read them have been given the next files."""
        waits = any(self.works.values()) and len(self.read) < _TOGETHER and time.monotonic() < self.due
        if waits or not self.read:
            return
        try:
            with transaction(self.db):
                later: Unindexed = {}
                became: list[str | Failed] = [self._load(*one, later) for one in self.read]
                index(self.db, later)
        except _UNFIT:  # one of them cannot be loaded: all is as before, and each is loaded by itself
            became = [self._load_alone(*one) for one in self.read]
        for (work, _), outcome in zip(self.read, became, strict=True):
            if isinstance(outcome, Failed):
                self._failed(work, outcome)
            else:
                self._tell(work.entry, outcome)
        self.read.clear()
        self.due = math.inf

    def _load_alone(self, work: _Work, read: Result) -> str | Failed:
        """Load one document, whole or not at all; say what became of it."""
        try:
            return self._load(work, read)
        except _UNFIT as error:
            return internal(error)

    def _load(self, work: _Work, read: Result, later: Unindexed | None = None) -> str:
        """Load one document; say what became of it."""
        work.stage = LOAD
        new = files.finish(self.db, work.given.path, read.prepared, self.options.program, LOAD, read.kept, later)
        return "updated" if work.updates else "new" if new else "duplicate"

    def _failed(self, work: _Work, event: Failed) -> None:
        if event.trace:
            self.summary.traces.append(f"{work.entry.label}\n{event.trace}")
        self._fail(work.entry, Failure(work.stage, event.code, event.message, event.advice))

    def _fail(self, entry: Entry, why: Failure) -> None:
        files.fail(self.db, entry.label, why)
        self._tell_failed(entry, why)

    def _tell_failed(self, entry: Entry, why: Failure) -> None:
        self.summary.failed.append((entry.label, why))
        self._tell(entry, "failed")

    def _tell(self, entry: Entry, became: str) -> None:
        self.summary.counts[became] += 1
        self.progress(entry, became)


def _refusal(error: ReadError | OSError) -> Failure:
    if isinstance(error, ReadError):
        return Failure(HASH, error.code, error.message, error.advice)
    return Failure(HASH, Code.NOT_FOUND, "Không đọc được tệp.", "Hãy kiểm tra quyền truy cập và ổ đĩa.")


def _hash(path: Path) -> tuple[str, int]:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size
