"""The slips that the samples tell of themselves are found, and nothing else is accused."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from pipeline.analyse import analyse
from pipeline.audit.report import as_page, by_target
from pipeline.store import acceptance, open_store
from pipeline.store.audit import AuditFilter, audit, findings_of, names, passages
from pipeline.store.load import save

CORPUS = Path(__file__).parents[2] / "corpus" / "docx"
SOURCES = CORPUS.parent / "sources"
#: Slips between two documents, and of agencies, are for other commands; those out of force have one finding.
ELSEWHERE = {("conflicting_figure", "bc-so-ldtbxh-2024"), ("defunct_agency", "cd-ung-pho-mua-lu-2025")}
SAME = {"expired": "replaced", "repealed": "replaced"}
#: Findings that come of a slip told under another name: a table's total that the text contradicts shows in its share.
OTHER_NAME = {("wrong_sum", "bc-so-ldtbxh-2024"): "wrong_percentage"}


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with open_store(tmp_path_factory.mktemp("audit") / "vanban.db") as opened:
        with opened.conn:
            for path in sorted(CORPUS.glob("*.docx")):
                save(opened, analyse(path), "1")
        yield opened


def told_slips() -> set[tuple[str, str]]:
    """The slips by finding and sample, as the samples' sources tell them."""
    heads = {p.stem: tomllib.loads(p.read_text(encoding="utf-8").split("+++")[1]) for p in SOURCES.glob("*.src")}
    told = {(slip.split(":")[0], name) for name, head in heads.items() for slip in head.get("slips", [])} - ELSEWHERE
    return {(OTHER_NAME.get((finding, name), SAME.get(finding, finding)), name) for finding, name in told}


def test_the_slips_of_the_samples_are_found_and_nothing_else(db: Database) -> None:
    files = dict(db.execute("SELECT id, name FROM documents").fetchall())
    found = {
        (SAME.get(r["finding"], r["finding"]), files[r["document_id"]].removesuffix(".docx"))
        for r in audit(db)
        if r["severity"] != "info"
    }
    assert found == told_slips()


def test_every_finding_has_its_evidence_and_place(db: Database) -> None:
    for p in passages(db, findings_of(db)):
        f = p.finding
        assert f.evidence
        assert p.paragraph[p.start : p.end] and f.text.startswith(p.paragraph[p.start : p.end].strip())
        assert f.citation_id or f.quantity_ids or f.finding in ("impossible_date", "unfollowed")


def test_findings_of_one_document_are_those_of_all(db: Database) -> None:
    every = audit(db)
    for (i,) in db.execute("SELECT id FROM documents").fetchall():
        assert audit(db, AuditFilter((i,))) == [r for r in every if r["document_id"] == i]


def test_ids_lead_to_the_words(db: Database) -> None:
    for r in audit(db):
        if r["citation_id"]:
            assert db.execute("SELECT text FROM citations WHERE id = ?", [r["citation_id"]]).fetchone()[0] == r["text"]
        for i in r["quantity_ids"]:
            assert db.execute("SELECT document_id FROM quantities WHERE id = ?", [i]).fetchone()[0] == r["document_id"]


def test_a_row_for_each_cited_document(db: Database) -> None:
    rows = by_target(findings_of(db, AuditFilter(severities=("error", "warning"))))
    assert Counter(r["symbol"] for r in rows).most_common(1)[0][1] == 1
    decree = next(r for r in rows if r["symbol"] == "38/2020/NĐ-CP")
    assert (decree["findings"], decree["expected"]) == (["replaced"], "112/2021/NĐ-CP")
    assert decree["cited_by"][0]["document"] == "512/BC-UBND"


def test_the_page_marks_the_words(db: Database) -> None:
    page = as_page(passages(db, findings_of(db, AuditFilter(severities=("error",)))), names(db))
    assert "<mark>132/150 lao động, đạt 90%</mark>" in page
    assert "512/BC-UBND ngày 03/12/2024 của Ủy ban nhân dân huyện Phú Khê" in page
    assert "<script" not in page


def test_an_accepted_finding_stays_accepted_when_its_document_is_read_again(tmp_path: Path) -> None:
    path = CORPUS / "bc-huyen-phu-khe-2024.docx"
    with open_store(tmp_path / "vanban.db") as db:
        with db.conn:
            save(db, analyse(path), "1")
        found = findings_of(db)
        chosen = next(f for f in found if f.finding == "wrong_percentage")
        acceptance.accept(db, found, [chosen.finding_id], "Chỉ tiêu đã điều chỉnh", "an")
        with db.conn:
            save(db, analyse(path), "2")
        assert chosen.finding_id not in {f.finding_id for f in findings_of(db)}
        (accepted,) = audit(db, AuditFilter(accepted=True))
        assert (accepted["finding_id"], accepted["accepted"]) == (chosen.finding_id, "Chỉ tiêu đã điều chỉnh")
        assert acceptance.take_back(db, [chosen.finding_id], "binh") == 1
        assert len(findings_of(db)) == len(found) and acceptance.take_back(db, [chosen.finding_id], "binh") == 0
        (told,) = acceptance.decisions(db)
        assert (told["author"], told["reopened_by"], told["document_id"]) == ("an", "binh", chosen.document_id)
        with pytest.raises(acceptance.UnknownFinding):
            acceptance.accept(db, found, ["x"], "y", "an")
