"""Audit and comparison on the pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from invented import document
from visitors import put


def answered(store: Path) -> None:
    """A report that cites the first plan, with its date wrong."""
    report = document(name="bao-cao.txt", symbol="20/BC-UBND")
    report.header.doc_type = "BC"
    cited = report.citations[0]
    cited.doc_type, cited.symbol, cited.issuer = "KH", "15/KH-UBND", "Ủy ban nhân dân huyện Phong Thổ"
    cited.issued_on, cited.key = document().header.issued_on, "hc|15/kh-ubnd|2024|phong tho"
    put(store, report)


@pytest.mark.parametrize(
    "address",
    ["/audit", "/audit?severity=info", "/audit?document=1&finding=unknown", "/audit?document=99", "/audit?severity=x"],
)
def test_the_audit_opens(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200 and "Kiểm tra viện dẫn" in answer.text


def test_hints_are_shown_where_they_are_asked_for(client: TestClient) -> None:
    assert "s-info" not in client.get("/audit").text
    assert "s-info" in client.get("/audit?severity=info").text and "s-info" in client.get("/audit?severity=").text


def test_the_audit_is_exported(client: TestClient) -> None:
    shown = client.get("/audit").text.count('data-label="Căn cứ"')
    rows = client.get("/audit?format=csv").content.decode("utf-8-sig").strip().split("\n")
    assert rows[0].startswith("finding,severity") and len(rows) >= shown


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
