"""The command line, as a person meets it."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from invented import PHONG, XA, document
from sqlite_utils import Database

from pipeline.cli import cli
from pipeline.errors import Code, ReadError
from pipeline.store import files, open_store, queries
from pipeline.store.files import Failure, Input
from pipeline.store.schema import migrations

Run = Callable[..., Result]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with a document and a file that failed."""
    path = tmp_path / "vanban.db"
    with open_store(path) as db:
        doc = document()
        files.begin(db, Input("/in/a.txt", "a.txt", doc.source.sha256, 1), "1", "extract")
        files.finish(db, "/in/a.txt", doc, "1", "load")
        files.begin(db, Input("/in/b.pdf", "b.pdf", "0", 1), "1", "extract")
        files.fail(db, "/in/b.pdf", Failure("extract", "encrypted", "Tệp có mật khẩu.", "Hãy bỏ mật khẩu."))
    return path


@pytest.fixture
def run(store: Path) -> Run:
    """Runs a command on that store."""

    def call(*arguments: object) -> Result:
        return CliRunner().invoke(cli, list(map(str, arguments)), env={"VANBAN_DB": str(store)})

    return call


def rows(result: Result) -> list[dict[str, object]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_an_older_store_is_said_to_be_brought_up_to_date(tmp_path: Path, run: Run) -> None:
    with sqlite3.connect(tmp_path / "old.db") as connection:
        migrations.apply(Database(connection), stop_before="whole_words")
    told = [run("status", "--db", tmp_path / name).stderr for name in ("old.db", "old.db", "new.db")]
    assert "Đang cập nhật kho dữ liệu" in told[0] and "old.db" in told[0]
    assert told[1:] == ["", ""]


def test_help_starts_without_heavy_modules() -> None:
    code = (
        "import sys\nfrom pipeline.cli import cli\n"
        "try: cli(['--help'])\nexcept SystemExit: pass\n"
        "heavy = {'spacy', 'underthesea', 'pdfplumber', 'sqlite_utils', 'pydantic', 'openpyxl', 'rich'}\n"
        "sys.exit(', '.join(heavy & set(sys.modules)) or None)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    assert "Cách dùng: " in result.stdout


def test_rows_in_a_pipe_are_jsonl(run: Run) -> None:
    found = rows(run("tasks", "--agency", "phong ldtbxh"))
    assert [tuple(row) for row in found] == [queries.TASK_FIELDS] * 2
    assert found[0]["agency"] == PHONG
    assert rows(run("tasks", "--agency", "ubnd xa muong so"))[0]["agency"] == XA
    assert len(rows(run("citations"))) == len(rows(run("citations", "--by", "target"))) == 1
    assert len(rows(run("search", "dao tao"))) == 1
    assert rows(run("documents"))[0]["symbol"] == "15/KH-UBND"
    assert rows(run("errors"))[0]["advice"] == "Hãy bỏ mật khẩu."
    assert {row["outcome"]: row["files"] for row in rows(run("status"))} == {"done": 1, "failed": 1}
    assert all(row["present"] for row in rows(run("doctor")))


def test_limits_and_days(run: Run) -> None:
    assert len(rows(run("tasks", "--limit", 1))) == 1
    assert len(rows(run("tasks", "--offset", 2))) == 0
    assert len(rows(run("tasks", "--due-before", "10/6/2024"))) == 1
    assert len(rows(run("tasks", "--due-before", "2024-06-09", "--query", "dao tao"))) == 0


@pytest.mark.parametrize("name", ["tasks", "citations", "documents", "errors", "status", "doctor"])
@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv", "xlsx"])
def test_every_list_in_every_format(run: Run, tmp_path: Path, name: str, form: str) -> None:
    path = tmp_path / f"x.{form}"
    result = run(name, "--format", form, "-o", path)
    assert result.exit_code == 0, result.output
    assert path.stat().st_size > 0


def test_the_suffix_tells_the_format(run: Run, tmp_path: Path) -> None:
    result = run("citations", "-o", tmp_path / "x.xlsx")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", f"Đã ghi 1 dòng vào {tmp_path / 'x.xlsx'}.\n")
    assert openpyxl.load_workbook(tmp_path / "x.xlsx").sheetnames == ["Viện dẫn"]


def test_no_rows_is_no_failure(run: Run) -> None:
    assert rows(run("tasks", "--agency", "so khong co")) == []
    assert run("tasks", "--agency", "so khong co", "--format", "table").exit_code == 0


def test_show(run: Run) -> None:
    assert json.loads(run("show", 1).stdout) == json.loads(document().model_dump_json())
    shown = run("show", 1, "--format", "table").stdout
    for words in ("15/KH-UBND", "TỔ CHỨC THỰC HIỆN", PHONG, "70/2023/NĐ-CP", "trước ngày 10/6/2024"):
        assert words in " ".join(shown.split())
    missing = run("show", 99)
    assert missing.exit_code == 1
    assert "không có" in missing.stderr.lower()


def test_export(run: Run, tmp_path: Path) -> None:
    assert run("export", tmp_path / "x.jsonl").exit_code == 0
    assert json.loads((tmp_path / "x.jsonl").read_text()) == json.loads(document().model_dump_json())
    assert run("export", tmp_path / "x.xlsx").exit_code == 0
    assert "Nhiệm vụ" in openpyxl.load_workbook(tmp_path / "x.xlsx").sheetnames
    assert run("export", tmp_path / "folder").exit_code == 0
    assert (tmp_path / "folder" / "tasks.csv").read_text("utf-8-sig").startswith("task_id,")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["task"], "Không có lệnh «task»"),
        (["tasks", "--agnecy", "x"], "Không có tùy chọn --agnecy"),
        (["tasks", "--role", "boss"], "phải là một trong: lead, coordinate, direct, propose"),
        (["audit", "--finding", "typo"], "phải là một trong: wrong_date, wrong_issuer, wrong_type"),
        (["tasks", "--due-before", "31/02/2024"], "không phải là ngày"),
        (["tasks", "--limit", "-1"], "không phải là số đếm"),
        (["ingest"], "Thiếu PATH..."),
        (["tasks", "-o", "/none/x.csv"], "Không ghi được /none/x.csv: thư mục ấy không có."),
        (["catalogue", "import", "none.csv"], "«none.csv» không có."),
        (["serve", "--port", "70000"], "phải là số từ 0 đến 65535"),
    ],
)
def test_bad_usage_is_told_in_vietnamese(run: Run, arguments: list[str], words: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert words in result.stderr


def test_an_ambiguous_name_lists_what_it_may_be(run: Run) -> None:
    result = run("tasks", "--agency", "xa")
    assert result.exit_code == 2
    assert f"  {PHONG}" in result.stderr.splitlines()


def test_a_store_that_cannot_be_used(run: Run, tmp_path: Path) -> None:
    (tmp_path / "no.db").write_text("no database" * 100)
    for name in ("tasks", "status"):
        result = run(name, "--db", tmp_path / "no.db")
        assert result.exit_code == 3
        assert "không phải là kho dữ liệu" in result.stderr
        assert "Traceback" not in result.output


def test_ingest_of_what_is_not_there(run: Run, tmp_path: Path) -> None:
    result = run("ingest", tmp_path / "none.txt")
    assert result.exit_code == 1
    assert "none.txt: Không tìm thấy tệp." in result.stderr
    assert "lỗi: 1" in result.stdout


def test_ingest_of_nothing_says_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = run("ingest", tmp_path / "empty")
    assert (result.exit_code, "Không thấy tệp nào để đọc" in result.stderr) == (0, True)


def test_ingest_leaves_out_the_store_that_lies_among_the_files(run: Run, store: Path) -> None:
    result = run("ingest", store.parent)
    assert (result.exit_code, result.stdout) == (0, "Tổng số: 0 tệp\n")


def test_extract_goes_on_after_a_file_that_cannot_be_read(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bad.txt").write_text("x")
    (tmp_path / "bug.txt").write_text("y")

    def analyse(path: Path, ocr: str) -> object:
        if path.name == "bad.txt":
            raise ReadError(Code.DAMAGED, "Tệp bị hỏng.")
        if path.name == "bug.txt":
            raise KeyError("x")
        return document()

    monkeypatch.setattr("pipeline.analyse.analyse", analyse)
    result = run("extract", *(tmp_path / f"{n}.txt" for n in ("bad", "bug", "good")))
    bad, bug, good = map(json.loads, result.stdout.splitlines())
    assert result.exit_code == 1
    assert bad["error"] == {"code": "damaged", "message": "Tệp bị hỏng."}
    assert len(bad["source"]["sha256"]) == 64
    assert bug["error"]["code"] == "internal"
    assert good["schema"] == "vanban/1"
    assert "Traceback" not in result.output
