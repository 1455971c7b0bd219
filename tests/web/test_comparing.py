"""Comparison on the pages."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event

import pytest
from fastapi.testclient import TestClient
from invented import document
from sqlite_utils import Database
from visitors import put

from pipeline.store import compare, open_store, renewal
from pipeline.store.figures import add_indicators
from pipeline.store.renewal import renew
from pipeline.store.writing import transaction
from pipeline.web.app import create_app


def answered(store: Path) -> None:
    """A report that cites the first plan, with its date wrong."""
    report = document(name="bao-cao.txt", symbol="20/BC-UBND")
    report.header.doc_type = "BC"
    cited = report.citations[0]
    cited.doc_type, cited.symbol, cited.issuer = "KH", "15/KH-UBND", "Ủy ban nhân dân huyện Phong Thổ"
    cited.issued_on, cited.key = document().header.issued_on, "hc|15/kh-ubnd|2024|phong tho"
    put(store, report)


def test_comparing_begins_with_what_there_are_figures_of(client: TestClient, store: Path) -> None:
    name = "Số người được đào tạo"
    entry = {"id": "dao-tao", "name": name, "units": "người", "topic": "Đào tạo", "synonyms": "đào tạo"}
    with open_store(store) as db:
        add_indicators(
            db,
            [
                {"part_of": "", "excluded": "", **entry},
                {**entry, "id": "khac", "name": "Số xe điện", "synonyms": "xe điện"},
            ],
        )
        renewal.refresh(db)
        assert compare.told_of(db) == {"Đào tạo": [name]}
    assert f">{name}</a>" in client.get("/compare").text
    assert "120 người" in client.get("/compare", params={"indicator": name}).text


def test_a_plan_stands_beside_its_answers(client: TestClient, store: Path) -> None:
    answered(store)
    html = client.get("/compare").text
    assert "15/KH-UBND (1 văn bản)" in html
    for view in ("results", "follow", "figures"):
        assert client.get(f"/compare?plan=1&view={view}").status_code == 200
    assert "Phòng Lao động" in client.get("/compare?plan=1&view=follow").text
    assert client.get("/compare?plan=1&view=follow&format=xlsx").content.startswith(b"PK")


def test_a_plan_that_is_not_there_is_told(client: TestClient) -> None:
    assert client.get("/compare?plan=99").status_code == 404
    assert "Không có số liệu" in client.get("/compare?indicator=khong+co+dau").text


def test_a_comparison_waits_for_figures_that_are_read_again(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.web import comparing, renewing

    go_on = Event()

    def slowly(db: Database, documents: Sequence[int]) -> Iterator[int]:
        for done in renew(db, documents):
            assert go_on.wait(60)
            yield done

    monkeypatch.setattr(comparing, "_AT_ONCE", 0)
    monkeypatch.setattr(renewing, "renew", slowly)
    monkeypatch.setattr(renewal, "_TOGETHER", 1)
    with open_store(store) as db, transaction(db):
        db.execute("UPDATE figured SET catalogue = 'another'")
    address = "/compare?indicator=so+nguoi"
    with TestClient(create_app(store), base_url="http://127.0.0.1") as client:
        waiting = client.get(address)
        assert waiting.status_code == 200 and "đang được đọc lại" in waiting.text
        assert client.get(f"{address}&format=csv").status_code == 503
        assert client.get("/tasks").status_code == 200
        assert "<progress" in client.get("/compare/renewal").text
        go_on.set()
        for _ in range(600):
            if "HX-Refresh" in (answer := client.get("/compare/renewal")).headers:
                break
            time.sleep(0.05)
        assert answer.headers["HX-Refresh"] == "true" and not answer.text
        assert "đang được đọc lại" not in client.get(address).text
