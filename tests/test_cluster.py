"""A Dask cluster of two processes on this machine gives the store that one process gives, and says what is amiss."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlite_utils import Database
from test_crash import contents

from pipeline.cli import cli
from pipeline.store import open_store

distributed = pytest.importorskip("distributed")

_NUMBERED = re.compile(r'"document_id": \d+')
CORPUS = Path(__file__).parent.parent / "corpus"


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """The address of a cluster of two worker processes."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, silence_logs=50
    ) as cluster:
        yield cluster.scheduler_address


def ingest(folder: Path, store: Path, *options: str) -> tuple[int, str]:
    told = CliRunner().invoke(cli, ["ingest", str(folder), "--db", str(store), *options])
    return told.exit_code, told.output


def everything(db: Database) -> dict[str, list[str]]:
    """Every row, without the ids that the order of loading gives."""
    found = {table: rows for table, rows in contents(db).items() if not table.startswith("sqlite_")}
    return {table: sorted(_NUMBERED.sub("", repr(row)) for row in rows) for table, rows in found.items()}


def test_the_same_store_as_one_process(tmp_path: Path, scheduler: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for path in [*sorted((CORPUS / "docx").glob("*.docx"))[:6], *sorted((CORPUS / "txt").glob("*.txt"))[6:9]]:
        shutil.copy(path, folder)
    (folder / "damaged.docx").write_bytes(b"PK\3\4 no archive")
    home, far = tmp_path / "home.db", tmp_path / "far.db"
    assert ingest(folder, home, "--jobs", "1")[0] == 1
    code, told = ingest(folder, far, "--scheduler", scheduler)
    assert code == 1 and "mới: 9" in told, told
    with open_store(home) as one, open_store(far) as other:
        assert everything(one) == everything(other)
    code, told = ingest(folder, far, "--scheduler", scheduler)
    assert "không đổi: 9" in told


def test_a_cluster_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.cluster._PATIENCE", 1)
    code, told = ingest(CORPUS / "txt", tmp_path / "x.db", "--scheduler", "tcp://127.0.0.1:9")
    assert (code, "Không kết nối được cụm máy tcp://127.0.0.1:9" in told) == (2, True), told


def test_machines_of_another_version(tmp_path: Path, scheduler: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.__version__", "0.0.0")
    code, told = ingest(CORPUS / "txt", tmp_path / "x.db", "--scheduler", scheduler)
    assert (code, "khác máy này" in told) == (2, True), told
