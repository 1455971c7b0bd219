"""``vanban compare``, ``overview`` and ``summary``, as a person meets them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner, Result
from compared import sample

from pipeline.cli import cli
from pipeline.cli.compare import ASPECTS, ROLES
from pipeline.model import Aspect, Role
from pipeline.store import load, open_store
from pipeline.store.writing import transaction

NAMES = ("kh-tinh-viec-lam-2024", "bc-huyen-phu-khe-2024", "bc-huyen-nam-luong-2024", "kh-huyen-nam-luong-2024")
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs a command on a store with a plan (1), two reports (2, 3) and a district's plan (4)."""
    path = tmp_path_factory.mktemp("command") / "vanban.db"
    with open_store(path) as db:
        for name in NAMES:
            with transaction(db):
                load.save(db, sample(name), "1")
    return lambda *args: CliRunner().invoke(cli, [args[0], "--db", str(path), *args[1:]])


def rows(result: Result) -> list[dict[str, object]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_codes_are_those_of_the_model() -> None:
    assert get_args(Aspect) == ASPECTS and get_args(Role) == ROLES


def test_an_indicator(run: Run) -> None:
    found = rows(run("compare", "xuất khẩu lao động", "--place", "huyen phu khe", "--aspect", "result"))
    assert [(r["value"], r["of"], r["text"]) for r in found] == [(132, 150, "132/150 lao động")]


def test_a_plan_and_its_reports(run: Run) -> None:
    found = rows(run("compare", "di lam viec o nuoc ngoai", "--plan", "1", "--reports"))
    assert {r["place"]: r["result"] for r in found} == {
        "tỉnh Lâm Giang": None, "huyện Phú Khê": 132, "huyện Nậm Lương": 52, "huyện Đại Sơn": None,
        "huyện An Lĩnh": None, "thị xã Hòa Giang": None,
    }  # fmt: skip


def test_follow_sections_versions_overview(run: Run) -> None:
    told = {r["agency"]: r["status"] for r in rows(run("compare", "--follow", "1"))}
    assert told["Ủy ban nhân dân huyện Nậm Lương"] == "plan_and_report"
    assert told["Ủy ban nhân dân huyện An Lĩnh"] == "none"
    assert {r["document_id"] for r in rows(run("compare", "--section", "limitations", "--plan", "1"))} == {2, 3}
    assert {r["change"] for r in rows(run("compare", "--versions", "2", "3"))} >= {"added", "dropped"}
    assert rows(run("overview", "--top", "3"))


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_every_view_has_every_format(run: Run, form: str) -> None:
    for options in (("xuất cảnh",), ("--plan", "1", "--reports"), ("--follow", "1"), ("--versions", "2", "3")):
        assert run("compare", *options, "--format", form).exit_code == 0


def test_what_is_not_there_is_said(run: Run) -> None:
    assert run("compare", "--follow", "99").exit_code == 1
    assert run("compare", "--reports").exit_code == 2
    assert run("compare", "--follow", "1", "--section", "results").exit_code == 2
    assert rows(run("compare", "khong co chi tieu nay")) == []


def test_staff_add_indicators_from_a_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "them.csv"
    file.write_text(
        "id,name,units,topic,part_of,synonyms,excluded\nto-roi,Số tờ rơi,tờ rơi,Tuyên truyền,,phát tờ rơi|tờ rơi,\n",
        encoding="utf-8",
    )
    found = rows(run("compare", "to roi", "--indicators", str(file)))
    assert ("Số tờ rơi", 5200) in {(r["indicator"], r["value"]) for r in found}
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    assert run("compare", "--indicators", str(file)).exit_code == 2


def test_a_summary_is_written(run: Run, tmp_path: Path) -> None:
    result = run("summary", "1", str(tmp_path / "out"))
    assert result.exit_code == 0
    assert {Path(line).name for line in result.stdout.splitlines()} >= {
        "tong-hop.html",
        "tong-hop.docx",
        "so-lieu.xlsx",
    }
    assert run("summary", "99", str(tmp_path / "none")).exit_code == 1


def test_figures_that_another_catalogue_gave_are_read_again_and_that_is_told(tmp_path: Path) -> None:
    path = tmp_path / "vanban.db"
    with open_store(path) as db, transaction(db):
        load.save(db, sample(NAMES[1]), "1")
        db.execute("UPDATE figured SET catalogue = 'another'")
        db.execute("DELETE FROM figures")
        db.execute("INSERT INTO figure_names(indicator_key, folded) VALUES ('~gone', 'gone')")
    asked = ["compare", "--db", str(path), "xuất khẩu lao động", "--aspect", "result"]
    first, second = (CliRunner().invoke(cli, asked) for _ in range(2))
    assert "đọc lại số liệu của 1 văn bản" in first.stderr and not second.stderr
    assert rows(first) == rows(second) != []
    with open_store(path) as db:
        assert not db.execute("SELECT 1 FROM figure_names WHERE folded = 'gone'").fetchone()
