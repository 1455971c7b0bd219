"""Processes that read files apart from the one that writes the store.

A worker reads one file at a time and tells how far it is. One that dies, takes too long or wants too much memory costs
the file it was at: it is replaced, and the others go on undisturbed. (An executor of ``concurrent.futures`` would lose
every file in work with one dead process, and cannot stop a file that takes too long.)
"""

from __future__ import annotations

import gc
import math
import signal
import sys
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext, SpawnContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from pipeline.errors import Code, ReadError
from pipeline.kept import Kept
from pipeline.prepared import Prepared


class Stage(NamedTuple):
    """A file has reached a stage."""

    name: str


class Result(NamedTuple):
    """A file has been read: the document ready for the store, and what extraction gave where that is new."""

    prepared: Prepared
    kept: Kept | None = None


class Failed(NamedTuple):
    """A file could not be read."""

    code: str
    message: str
    advice: str
    trace: str = ""


Event = Stage | Result | Failed
#: Reads a file; what an earlier version of the program extracted from it may spare doing that again.
Read = Callable[[Path, Kept | None], Iterator[Stage | Result]]


class Limits(NamedTuple):
    """What one file may cost: seconds, and bytes of memory in use by the worker."""

    seconds: float = 600.0
    memory: int = 900 * 2**20


class Reader(Protocol):
    """What reads one file at a time, somewhere, in the order in which they are given."""

    def submit(self, path: Path, kept: Kept | None = None) -> None:
        """Give it a file."""

    def event(self) -> Event | None:
        """What it has to tell, None where nothing yet; after a result or a failure it turns to the next file."""

    def stop(self) -> None:
        """End it."""


class Readers(Protocol):
    """Where files are read: ``jobs`` at once; each reader may be given ``ahead`` files, the one in work among them."""

    jobs: int
    ahead: int

    def start(self) -> Any:
        """One more reader."""

    def wait(self, busy: Sequence[Any], most: float) -> None:
        """Return when one of these readers may have something to tell, after ``most`` seconds in any case."""

    def close(self) -> None:
        """End what the readers share."""


# A fresh interpreter for each worker: a forked one would share the store's connection and the progress bar's threads.
_fresh = get_context("spawn")


def forked(ready: str) -> ForkServerContext | SpawnContext:
    """Workers that are forked from a process of their own, which has imported the module ``ready`` once for all.

    Fresh ones where a process that has loaded much cannot be forked safely.
    """
    if sys.platform != "linux":
        return _fresh
    context = get_context("forkserver")
    context.set_forkserver_preload([ready])
    return context


def internal(error: BaseException) -> Failed:
    """A failure that no stage foresaw."""
    return Failed(
        Code.INTERNAL,
        f"Lỗi bên trong chương trình: {type(error).__name__}.",
        "Hãy chạy lại với --retry-failed --debug và báo lỗi kèm nội dung hiện ra.",
        "".join(traceback.format_exception(error)),
    )


_GRACE = 60  # seconds

DIED = Failed(
    Code.INTERNAL,
    "Tiến trình đọc tệp bị dừng đột ngột, có thể do thiếu bộ nhớ.",
    "Hãy đóng bớt chương trình khác, chạy lại với --jobs 1 --retry-failed, hoặc tách nhỏ tệp.",
)


def _too_long(seconds: float) -> Failed:
    return Failed(
        Code.TIMEOUT,
        f"Đọc tệp quá {seconds:g} giây nên đã dừng.",
        "Hãy tách nhỏ tệp rồi thử lại.",
    )


def _too_much(memory: int) -> Failed:
    return Failed(
        Code.MEMORY,
        f"Đọc tệp cần hơn {memory // 2**20} MB bộ nhớ nên đã dừng.",
        "Hãy tách nhỏ tệp hoặc giảm độ phân giải ảnh quét rồi thử lại.",
    )


def _limit_memory(most: int) -> None:
    """From here on the process is refused more memory than this, where the operating system knows such limits."""
    try:
        import resource
    except ImportError:  # Windows
        return
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def collect_rarely() -> None:
    """Let Python look for cycles more rarely: reading and loading make many objects and hardly a cycle."""
    gc.set_threshold(50_000)


def _serve(connection: Connection, read: Read, limits: Limits) -> None:
    """The life of a worker: read the files it is told to until nobody is there to tell."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who started it decides what Ctrl-C means
    _limit_memory(limits.memory)
    collect_rarely()
    while True:
        try:
            path, kept = connection.recv()
        except (EOFError, OSError):
            return
        if hasattr(signal, "alarm"):  # ends a file that never ends even when nobody is left to stop it
            signal.alarm(int(limits.seconds) + _GRACE)
        try:
            for event in read(path, kept):
                connection.send(event)
        except ReadError as error:
            connection.send(Failed(error.code, error.message, error.advice))
        except BrokenPipeError:
            return
        except MemoryError:
            connection.send(_too_much(limits.memory))
            return  # what filled the memory may still be there
        except Exception as error:
            connection.send(internal(error))


@dataclass(eq=False)
class Worker:
    """One process and the files that it was given: the first is the one it is at."""

    read: Read
    limits: Limits
    context: ForkServerContext | SpawnContext = _fresh
    given: deque[tuple[Path, Kept | None]] = field(default_factory=deque)
    deadline: float | None = None
    process: BaseProcess = field(init=False)
    connection: Connection = field(init=False)

    def __post_init__(self) -> None:
        self._start()

    def _start(self) -> None:
        self.connection, theirs = self.context.Pipe()
        self.process = self.context.Process(target=_serve, args=(theirs, self.read, self.limits), daemon=True)
        self.process.start()
        theirs.close()

    def submit(self, path: Path, kept: Kept | None = None) -> None:
        """Give it a file; while it reads another one, only without ``kept``, which might fill the pipe."""
        self.given.append((path, kept))
        if len(self.given) == 1:
            self._turn()
        self._send(path, kept)

    def _send(self, path: Path, kept: Kept | None) -> None:
        with suppress(BrokenPipeError):  # it died; the next look at it says so
            self.connection.send((path, kept))

    def _turn(self) -> None:
        """Time runs for the file that is first now."""
        self.deadline = time.monotonic() + self.limits.seconds if self.given else None

    def event(self) -> Event | None:
        """What it has to tell, None where nothing yet; after a result or a failure it turns to the next file."""
        if not self.connection.poll():
            if self.deadline is None or time.monotonic() < self.deadline:
                return None
            self._replace()
            return _too_long(self.limits.seconds)
        try:
            event: Event = self.connection.recv()
        except (EOFError, OSError):
            self._replace()
            return DIED
        if isinstance(event, Failed) and event.code == Code.MEMORY:
            self._replace()
        elif not isinstance(event, Stage):
            self.given.popleft()
            self._turn()
        return event

    def _replace(self) -> None:
        """A new process, for the files after the one at which this one fails."""
        self.stop()
        self.given.popleft()
        self._start()
        self._turn()
        for path, kept in self.given:
            self._send(path, kept)

    def stop(self) -> None:
        """End the process at once."""
        self.process.kill()
        self.process.join()
        self.connection.close()


def wait_for(workers: Sequence[Worker], most: float = math.inf) -> None:
    """Return when one of the workers has something to tell or has run out of time, or after ``most`` seconds."""
    busy = [w for w in workers if w.deadline is not None]
    if busy:
        soonest = min(w.deadline for w in busy if w.deadline is not None)
        wait([w.connection for w in busy], min(most, max(0.0, soonest - time.monotonic())))


@dataclass
class Processes:
    """Readers that are processes of this machine."""

    jobs: int
    read: Read
    limits: Limits
    context: ForkServerContext | SpawnContext = _fresh
    ahead: int = 4  # so that none waits for files while the one that writes the store is busy with what they read

    def start(self) -> Worker:
        """One more process."""
        return Worker(self.read, self.limits, self.context)

    def wait(self, busy: Sequence[Worker], most: float) -> None:
        """Return when one of the workers has something to tell or has run out of time, or after ``most`` seconds."""
        wait_for(busy, most)

    def close(self) -> None:
        """They share nothing."""
