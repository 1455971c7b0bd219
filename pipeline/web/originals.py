"""The files that documents were read from: served only while they are what was read."""

from __future__ import annotations

import hashlib
import multiprocessing
from collections import OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from pipeline.discover import discover, opened
from pipeline.errors import ReadError
from pipeline.web import paper
from pipeline.web.paper import Sheet

T = TypeVar("T")

_SECONDS = 30
_KEPT = 200
_ARCHIVED = "!/"


class Unavailable(Exception):
    """The original cannot be shown; the message is a Vietnamese sentence."""


class Originals:
    """Opens originals, checks that they are unchanged, draws their pages in a process of its own."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._lock = Lock()
        self._kept: OrderedDict[Any, Any] = OrderedDict()

    def close(self) -> None:
        """End the process that draws."""
        with self._lock:
            if self._pool:
                self._pool.shutdown(cancel_futures=True)
                self._pool = None

    @contextmanager
    def open(self, paths: list[tuple[str, str]]) -> Iterator[Path]:
        """The first of these paths (each with the hash its content had) that still has the same content."""
        for path, sha256 in paths:
            archive, _, member = path.partition(_ARCHIVED)
            entries = discover([Path(archive)]) if Path(archive).is_file() else []
            entry = next((e for e in entries if e.label == path), None)
            if entry is None or (not entry.inside and member):
                continue
            try:
                with opened(entry) as file:
                    if self._sha256(file) == sha256:
                        yield file
                        return
            except (ReadError, OSError):
                continue
        raise Unavailable("Không còn tệp gốc ở chỗ cũ, hoặc tệp đã đổi sau khi đọc. Hãy đưa tệp vào lại.")

    def _sha256(self, path: Path) -> str:
        stat = path.stat()
        key = ("sha256", str(path), stat.st_mtime_ns, stat.st_size, stat.st_ino)
        with path.open("rb") as file:
            return self._remember(key, lambda: hashlib.file_digest(file, "sha256").hexdigest())

    def picture(self, path: Path, sha256: str, number: int) -> bytes:
        """A page of a PDF file as a PNG picture."""
        return self._remember(("picture", sha256, number), lambda: self._run(paper.picture, path, number))

    def sheet(self, path: Path, sha256: str, number: int) -> Sheet:
        """The letters of a page of a PDF file."""
        return self._remember(("sheet", sha256, number), lambda: self._run(paper.sheet, path, number))

    def _run(self, work: Callable[[Path, int], T], path: Path, number: int) -> T:
        with self._lock:
            if self._pool is None:
                context = multiprocessing.get_context("spawn")
                self._pool = ProcessPoolExecutor(1, mp_context=context)
            pool = self._pool
        try:
            return pool.submit(work, path, number).result(timeout=_SECONDS)
        except (BrokenProcessPool, TimeoutError) as error:
            self._renew(pool)
            raise Unavailable("Không vẽ được trang này.") from error
        except Exception as error:  # whatever a damaged file makes the library say
            raise Unavailable("Không vẽ được trang này.") from error

    def _renew(self, broken: ProcessPoolExecutor) -> None:
        """Do away with a process that died or hangs; the next page starts another."""
        for process in list((broken._processes or {}).values()):
            process.kill()
        broken.shutdown(wait=False, cancel_futures=True)
        with self._lock:
            if self._pool is broken:
                self._pool = None

    def _remember(self, key: Any, make: Callable[[], T]) -> T:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]  # type: ignore[no-any-return]
        value = make()
        with self._lock:
            self._kept[key] = value
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return value
