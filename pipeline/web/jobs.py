"""Files sent in through the pages: kept beside the store, read one batch after the other in the background."""

from __future__ import annotations

import hashlib
import logging
import queue
import secrets
import unicodedata
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from tempfile import NamedTemporaryFile
from threading import Lock, Thread
from typing import IO

from pipeline.discover import discover
from pipeline.ingest import Options, ingest
from pipeline.store import StoreError, open_store

_CHUNK = 2**20
_KEPT = 100
_LONGEST = 150  # bytes of a name

_log = logging.getLogger("vanban.web")


@dataclass
class Batch:
    """Some files sent in together: what became of those read so far, by path."""

    name: str
    paths: list[Path] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    became: dict[str, str] = field(default_factory=dict)
    state: str = "waiting"
    failed: str | None = None

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state == "over"


class Jobs:
    """The background worker and its batches, the newest kept to be looked at."""

    def __init__(self, store: Path) -> None:
        self.store = store
        self.folder = store.with_name(store.name + ".files")
        self._batches: OrderedDict[str, Batch] = OrderedDict()
        self._queue: queue.Queue[Batch | None] = queue.Queue()
        self._thread: Thread | None = None
        self._lock = Lock()

    def close(self) -> None:
        """Let the batch in work end, and no other begin."""
        if self._thread:
            self._queue.put(None)
            self._thread.join(timeout=5)

    def keep(self, name: str, content: IO[bytes]) -> Path:
        """Write a file under its content's hash, so that the same file sent again is the same file."""
        self.folder.mkdir(exist_ok=True)
        digest = hashlib.sha256()
        with NamedTemporaryFile(dir=self.folder, prefix=".new-", delete=False) as out:
            while chunk := content.read(_CHUNK):
                digest.update(chunk)
                out.write(chunk)
        folder = self.folder / digest.hexdigest()[:24]
        folder.mkdir(exist_ok=True)
        return Path(out.name).replace(folder / safe_file_name(name))

    def begin(self, paths: list[Path]) -> Batch:
        """Have files read."""
        batch = Batch(secrets.token_urlsafe(9), paths)
        with self._lock:
            self._batches[batch.name] = batch
            while len(self._batches) > _KEPT:
                self._batches.popitem(last=False)
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._work, daemon=True, name="vanban-ingest")
                self._thread.start()
        self._queue.put(batch)
        return batch

    def batch(self, name: str) -> Batch | None:
        """A batch by its name."""
        return self._batches.get(name)

    def _work(self) -> None:
        while batch := self._queue.get():
            try:
                batch.state = "reading"
                self._read(batch)
            except StoreError as error:
                batch.failed = str(error)
            except Exception:
                _log.exception("reading files sent in")
                batch.failed = "Lỗi bên trong chương trình. Hãy đưa tệp vào lại."
            finally:
                batch.state = "over"

    def _read(self, batch: Batch) -> None:
        entries = discover(batch.paths)
        batch.labels = [e.label for e in entries]

        def progress(entry: object, became: str) -> None:
            batch.became[entry.label] = became  # type: ignore[attr-defined]

        with open_store(self.store) as db:
            ingest(db, entries, Options(jobs=1, retry_failed=True), progress)


def safe_file_name(name: str) -> str:
    """The last part of a name that a browser sent, without what a file system or a shell could take amiss."""
    last = PurePosixPath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    kept = "".join(c if c.isalnum() or c in " ._-()[]&,+" else "_" for c in last if c.isprintable()).strip(" .")
    stem, dot, suffix = kept.rpartition(".")
    if len(kept.encode()) > _LONGEST:
        kept = stem.encode()[:_LONGEST].decode("utf-8", "ignore") + dot + suffix[:10]
    return kept or "tep"
