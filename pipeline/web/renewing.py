"""Figures of all documents read again in the background, after the catalogue of indicators has changed."""

from __future__ import annotations

import logging
from pathlib import Path
from threading import Lock, Thread

from pipeline.store import StoreError, open_store
from pipeline.store.renewal import renew, stale

_log = logging.getLogger("vanban.web")


class Renewal:
    """Reads what must be read again, unless it does so already; ``done`` of ``total`` documents, and what failed."""

    def __init__(self, store: Path) -> None:
        self.store = store
        self.done = self.total = 0
        self.failed: str | None = None
        self._thread: Thread | None = None
        self._lock = Lock()
        self._closed = False

    @property
    def works(self) -> bool:
        """Whether documents are being read."""
        return self._thread is not None and self._thread.is_alive()

    def begin(self) -> None:
        """Look for what must be read again, and read it."""
        with self._lock:
            if not self.works and not self._closed:
                self._thread = Thread(target=self._work, daemon=True, name="vanban-figures")
                self._thread.start()

    def close(self) -> None:
        """Stop after the documents in work; the others are read another time."""
        self._closed = True
        if self._thread:
            self._thread.join(timeout=5)

    def _work(self) -> None:
        try:
            with open_store(self.store) as db:
                waiting = stale(db)
                self.done, self.total, self.failed = 0, len(waiting), None
                for done in renew(db, waiting):
                    self.done = done
                    if self._closed:
                        return
        except StoreError as error:
            self.failed = str(error)
        except Exception:
            _log.exception("reading figures again")
            self.failed = "Lỗi bên trong chương trình khi đọc lại số liệu. Xem chi tiết ở cửa sổ chạy «vanban serve»."
