"""The store as Parquet: every row once, in the part of its province and year, with types that tools understand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from store.test_queries import document, put

from pipeline.cli import cli
from pipeline.store import open_store

pyarrow = pytest.importorskip("pyarrow")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "x.db"
    with open_store(path) as db:
        put(db, document(), document(district="Tam Đường", symbol="16/KH-UBND"))
    return path


def export(store: Path, folder: Path) -> tuple[int, str]:
    told = CliRunner().invoke(cli, ["export", str(folder), "--format", "parquet", "--db", str(store)])
    return told.exit_code, told.output


def test_every_row_in_its_part(store: Path, tmp_path: Path) -> None:
    from pyarrow import dataset

    folder = tmp_path / "out"
    assert export(store, folder) == (0, f"Đã ghi {folder}.\n")
    with open_store(store) as db:
        for table in ("documents", "tasks", "citations", "figures", "dates"):
            read = dataset.dataset(folder / table, partitioning="hive").to_table()
            assert read.num_rows == db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] > 0
    read = dataset.dataset(folder / "documents", partitioning="hive").to_table().to_pylist()
    assert {(d["province"], d["year"]) for d in read} == {("tinh lai chau", 2024)}
    assert all(isinstance(d["issued_on"], date) and d["draft"] is False for d in read)
    tasks = dataset.dataset(folder / "tasks", partitioning="hive").to_table().to_pylist()
    assert all(t["agencies"] for t in tasks)
    assert any(deadline["to"] for t in tasks for deadline in t["deadlines"])


def test_a_folder_with_files_is_left_alone(store: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("x", encoding="utf-8")
    code, told = export(store, tmp_path / "out")
    assert (code, "Hãy chọn một thư mục mới" in told) == (2, True)
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["mine.txt"]
    assert not list(tmp_path.glob(".out*"))


def test_without_pyarrow_it_says_what_to_install(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    code, told = export(store, tmp_path / "out")
    assert (code, ".[parquet]" in told) == (2, True)
