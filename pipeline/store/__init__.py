"""The store: SQLite schema, loading and queries. Nobody else knows SQL.

``open_store`` gives a connection brought to the newest schema; whatever goes wrong with the file is a ``StoreError``.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from pipeline.store.schema import migrations

BUSY_SECONDS = 60


class StoreError(Exception):
    """The store cannot be used; the message is a Vietnamese sentence that says what to do."""


_ADVICE = {
    "SQLITE_NOTADB": "không phải là kho dữ liệu của vanban. Hãy chọn tệp khác bằng --db.",
    "SQLITE_READONLY": "chỉ cho đọc. Hãy cấp quyền ghi cho tệp và thư mục chứa nó, hoặc chọn nơi khác bằng --db.",
    "SQLITE_CANTOPEN": "không mở được. Hãy kiểm tra thư mục có tồn tại và cho phép ghi không.",
    "SQLITE_FULL": "không ghi được vì đĩa đã đầy. Hãy dọn chỗ trống rồi chạy lại; những gì đã ghi vẫn nguyên vẹn.",
    "SQLITE_BUSY": "đang bị một chương trình khác giữ. Hãy đợi chương trình đó xong rồi chạy lại.",
    "SQLITE_LOCKED": "đang bị một chương trình khác giữ. Hãy đợi chương trình đó xong rồi chạy lại.",
    "SQLITE_CORRUPT": "bị hỏng. Hãy xóa tệp rồi chạy lại «vanban ingest», hoặc lấy lại bản sao lưu.",
    "SQLITE_IOERR": "gặp lỗi đọc ghi trên đĩa. Hãy kiểm tra ổ đĩa rồi chạy lại.",
}


def describe(path: Path, error: sqlite3.Error) -> StoreError:
    """What an error of SQLite means for the person at the keyboard."""
    name = getattr(error, "sqlite_errorname", None) or ""
    advice = next((a for prefix, a in _ADVICE.items() if name.startswith(prefix)), f"gặp lỗi: {error}")
    return StoreError(f"Kho dữ liệu {path} {advice}")


@contextmanager
def open_store(path: Path, renewing: Callable[[], None] = lambda: None) -> Iterator[Database]:
    """The store at a path, made when missing; any failure of SQLite inside the block becomes a ``StoreError``.

    ``renewing`` is called before a store of an older version is brought up to date: a large one takes minutes.
    """
    if path.is_dir():
        raise StoreError(f"{path} là thư mục. Hãy cho --db một tên tệp, ví dụ {path / 'vanban.db'}.")
    try:
        connection = _connect(path)
        try:
            db = Database(connection, execute_plugins=False)
            _bring_up_to_date(db, path, renewing)
            yield db
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise describe(path, error) from error


def _connect(path: Path) -> sqlite3.Connection:
    """A connection; where the file cannot be written, one that only reads."""
    if path.exists() and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        # Without a write-ahead log beside it nobody is writing, and none could be made here.
        mode = "mode=ro" if Path(f"{path}-wal").exists() else "immutable=1"
        return sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True, timeout=BUSY_SECONDS)
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS)
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _bring_up_to_date(db: Database, path: Path, renewing: Callable[[], None]) -> None:
    """Apply what migrations are missing; refuse files of other programs and of newer versions."""
    applied = {m.name for m in migrations.applied(db)}
    if not applied and db.table_names():
        raise StoreError(f"{path} là cơ sở dữ liệu của chương trình khác. Hãy chọn tệp khác bằng --db.")
    pending = migrations.pending(db)
    every = {m.name for m in migrations.pending(Database(memory=True, execute_plugins=False))}
    if newer := applied - every:
        raise StoreError(
            f"Kho dữ liệu {path} do phiên bản vanban mới hơn tạo ra ({', '.join(sorted(newer))}). Hãy cập nhật vanban."
        )
    if not pending:
        return
    if applied:
        renewing()
    _use_write_ahead_log(db.conn)
    with db.conn:
        db.conn.execute("BEGIN IMMEDIATE")  # two programs may meet here: the second waits, then finds nothing to do
        migrations.apply(db)


def _use_write_ahead_log(connection: sqlite3.Connection) -> None:
    """Readers and the writer then do not wait for each other. The switch itself ignores the busy timeout."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY" or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
