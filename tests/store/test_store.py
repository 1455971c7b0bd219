"""Opening the store, and what can be wrong with it."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from invented import document
from sqlite_utils import Database

from pipeline.names import fold
from pipeline.store import StoreError, browse, load, open_store
from pipeline.store.browse import DocumentFilter
from pipeline.store.schema import migrations
from pipeline.store.writing import transaction


def refusal(path: Path) -> str:
    with pytest.raises(StoreError) as raised, open_store(path):
        pass
    return str(raised.value)


def test_a_store_is_made_when_missing(tmp_path: Path) -> None:
    with open_store(tmp_path / "new.db") as db:
        assert "tasks" in db.table_names()
        assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert db.execute("PRAGMA foreign_keys").fetchone()[0] == 1


def test_opening_twice_changes_nothing(tmp_path: Path) -> None:
    steps = set()
    for _ in range(2):
        with open_store(tmp_path / "new.db") as db:
            steps.add(db.execute("SELECT count(*) FROM _sqlite_migrations").fetchone()[0])
    assert steps == {len(migrations.pending(Database(memory=True)))}


def test_many_may_make_it_at_once(tmp_path: Path) -> None:
    def open_it(_: int) -> int:
        with open_store(tmp_path / "new.db") as db:
            return len(db.table_names())

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(open_it, range(16)))) == 1


def test_no_database(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    path.write_text("đây không phải cơ sở dữ liệu " * 100, encoding="utf-8")
    assert "không phải là kho dữ liệu" in refusal(path)


def test_the_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE notes (id)")
    assert "chương trình khác" in refusal(path)


def test_a_newer_schema(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with open_store(path) as db, db.conn:
        db.execute("INSERT INTO _sqlite_migrations(migration_set, name, applied_at) VALUES ('vanban', 'later', '')")
    assert "mới hơn" in refusal(path)


def test_folders_and_missing_folders(tmp_path: Path) -> None:
    assert "thư mục" in refusal(tmp_path)
    assert "không mở được" in refusal(tmp_path / "none" / "x.db")


def test_a_full_disk(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="đĩa đã đầy"), open_store(tmp_path / "x.db") as db:
        size = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {size}")
        with db.conn:
            db.execute("CREATE TABLE more AS SELECT randomblob(100000)")


def test_a_store_that_may_only_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.db"
    with open_store(path):
        pass
    monkeypatch.setattr("pipeline.store.os.access", lambda *_: False)
    with open_store(path) as db:
        assert db.execute("SELECT count(*) FROM files").fetchone()[0] == 0
    with pytest.raises(StoreError, match="chỉ cho đọc"), open_store(path) as db:
        db.execute("DELETE FROM files")


def test_what_an_older_version_stored_is_put_under_its_charges(tmp_path: Path) -> None:
    held = ("charges", "task_charges", "recurrences", "task_deadlines")
    with open_store(tmp_path / "new.db") as db:
        with transaction(db):
            for number in (15, 16):
                load.save(db, document(symbol=f"{number}/KH-UBND"), "1")
        wanted = {table: db.execute(f"SELECT * FROM {table}").fetchall() for table in held}
    with sqlite3.connect(tmp_path / "old.db") as connection:
        old = Database(connection)
        migrations.apply(old, stop_before="charged")
        connection.commit()
        connection.execute("ATTACH ? AS new", [str(tmp_path / "new.db")])
        for table in ("documents", "agencies", "tasks", "task_agencies", "dates", "task_deadlines"):
            shared = ", ".join(
                f'"{row[1]}"' for row in connection.execute(f"PRAGMA main.table_info({table})").fetchall()
            )
            connection.execute(f"INSERT INTO main.{table}({shared}) SELECT {shared} FROM new.{table}")
    with open_store(tmp_path / "old.db") as db:
        assert {table: db.execute(f"SELECT * FROM {table}").fetchall() for table in held} == wanted
    assert all(wanted.values())


def test_what_an_older_version_stored_is_found_by_the_names_of_its_figures(tmp_path: Path) -> None:
    held = "SELECT indicator_key, folded FROM figure_names ORDER BY 1, 2"
    with open_store(tmp_path / "new.db") as db:
        with transaction(db):
            load.save(db, document(), "1")
        wanted = db.execute(held).fetchall()
    with sqlite3.connect(tmp_path / "old.db") as connection:
        old = Database(connection)
        migrations.apply(old, stop_before="figure_names")
        connection.commit()
        connection.execute("ATTACH ? AS new", [str(tmp_path / "new.db")])
        connection.create_function("folded", 1, fold)
        for table, folded in (("documents", {}), ("quantities", {}), ("figures", {"folded": "folded(indicator)"})):
            rows = connection.execute(f"PRAGMA main.table_info({table})").fetchall()
            values = {f'"{row[1]}"': folded.get(row[1], f'"{row[1]}"') for row in rows}
            connection.execute(
                f"INSERT INTO main.{table}({', '.join(values)}) SELECT {', '.join(values.values())} FROM new.{table}"
            )
    with open_store(tmp_path / "old.db") as db:
        assert db.execute(held).fetchall() == wanted != []
        assert db.execute("SELECT rowid FROM figure_words WHERE figure_words MATCH 'so'").fetchall()
        db.execute("INSERT INTO figure_words(figure_words) VALUES ('integrity-check')")


def test_documents_that_an_older_version_stored_are_found_by_their_words(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "old.db") as connection:
        old = Database(connection)
        migrations.apply(old, stop_before="whole_words")
        connection.execute(
            "INSERT INTO documents(sha256, label, name, format, ocr_pages, program, draft, addressees, recipients,"
            " legal_bases, text_length, content, folded)"
            " VALUES ('', '', '', '', '', '', 0, '', '', '', 0, '', 'so ke hoach')"
        )
    with open_store(tmp_path / "old.db") as db:
        words = ("so ke", "hoach", "ke hoach so", "hoa", "o ke", "hoach 2")
        assert [browse.count(db, DocumentFilter(query=w)) for w in words] == [1, 1, 1, 0, 0, 0]
