"""``vanban review`` and ``vanban users`` as one types them."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from invented import document

from pipeline.cli import cli
from pipeline.store import files, open_store, queries
from pipeline.store.files import Input

OFFICE = "Phòng Nội vụ huyện Phong Thổ"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "vanban.db"
    with open_store(path) as db:
        files.begin(db, Input("/a.txt", "a.txt", "", 1), "1", "extract")
        files.finish(db, "/a.txt", document(), "1", "load")
    return path


def run(store: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["review", "--db", str(store), *words])


def owners(store: Path) -> list[str]:
    with open_store(store) as db:
        return [task["agency"] for task in queries.tasks(db)]


@pytest.mark.parametrize("finding", ["1/task-0", "task:1"])
def test_a_finding_is_corrected_listed_and_taken_back(store: Path, finding: str) -> None:
    before = owners(store)
    told = run(store, "--correct", finding, "--set", f"agencies={OFFICE}", "--author", "Lan")
    assert (told.exit_code, told.stdout) == (0, "") and "«vanban review --undo 1»" in told.stderr
    assert owners(store)[0] == OFFICE
    (row,) = json.loads(run(store, "--format", "json").output)
    assert (row["author"], row["action"], row["changes"]) == ("Lan", "correct", {"agencies": [OFFICE]})
    shown = run(store, "--format", "table").output
    assert "correction_id" not in shown and "nhiệm vụ" in shown
    assert run(store, "--undo", str(row["correction_id"])).exit_code == 0
    assert owners(store) == before


def test_reviewed_documents_are_written_as_gold(store: Path, tmp_path: Path) -> None:
    run(store, "--dismiss", "1/quantity-0")
    assert run(store, "--gold", str(tmp_path / "gold")).exit_code == 0
    (path,) = (tmp_path / "gold").iterdir()
    assert [q["text"] for q in json.loads(path.read_text(encoding="utf-8"))["quantities"]] == ["30"]


@pytest.mark.parametrize(
    "words",
    [
        ("--accept", "9/task-0"),
        ("--accept", "task"),
        ("--accept", "thing:1"),
        ("--correct", "1/task-0"),
        ("--correct", "1/task-0", "--set", "role"),
        ("--correct", "1/task-0", "--set", "role=boss"),
        ("--correct", "1/task-0", "--set", "text=x"),
        ("--correct", "1/date-0", "--set", "to=mai"),
        ("--undo", "7"),
    ],
)
def test_what_makes_no_sense_is_bad_usage(store: Path, words: tuple[str, ...]) -> None:
    result = run(store, *words)
    assert result.exit_code == 2 and result.output.strip()


def test_accounts_are_added_listed_removed(tmp_path: Path) -> None:
    path = str(tmp_path / "tai-khoan")
    added = CliRunner().invoke(cli, ["users", path, "--add", "lan", "--role", "reviewer"], input="mat-khau-dai\n")
    assert added.output == "lan\treviewer\n"
    assert CliRunner().invoke(cli, ["users", path, "--add", "x", "--role", "reader"], input="ngan\n").exit_code == 2
    assert CliRunner().invoke(cli, ["users", path, "--remove", "lan"]).output == ""
    assert CliRunner().invoke(cli, ["users", path, "--remove", "lan"]).exit_code == 1


def test_an_open_server_needs_accounts(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["serve", "--host", "0.0.0.0", "--db", str(tmp_path / "x.db")])
    assert result.exit_code == 2 and "--users" in result.output


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    pytest.importorskip("uvicorn")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = CliRunner().invoke(cli, ["serve", "--port", port, "--db", str(tmp_path / "x.db")])
    assert result.exit_code == 2 and f"cổng {port}" in result.output and "--port" in result.output
