"""The catalogue is sound: sources, dates in order, no circle of replacement, symbols of the form of their type."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlite_utils import Database

from pipeline.audit.law.catalogue import Catalogue, Entry, dated, entry, shipped
from pipeline.audit.law.lists import ListError, read_list
from pipeline.audit.model import Mention, Source
from pipeline.store import catalogue
from pipeline.symbols import folded, is_party, parse, type_of_symbol

ENTRIES = shipped()
STATUSES = {"in_force", "amended", "partly_expired", "expired", "not_yet", "unknown"}


def test_no_row_without_source() -> None:
    assert [e.symbol for e in ENTRIES if not e.source] == []


def test_what_is_verified_has_what_was_verified() -> None:
    assert [e.symbol for e in ENTRIES if e.identified and not e.issued_on] == []
    assert [e.symbol for e in ENTRIES if not e.verified <= {"identity", "force", "title"}] == []
    assert [e.symbol for e in ENTRIES if "title" in e.verified and not e.title] == []


def test_dates_are_in_order() -> None:
    def in_order(e: Entry) -> bool:
        days = [d for d in (e.issued_on, e.effective_on, e.expired_on) if d]
        return days == sorted(days)

    known = {"09/2011/QĐ-TTg"}  # in force from a day before it was issued
    assert {e.symbol for e in ENTRIES if not in_order(e)} <= known


def test_no_decree_waits_for_its_force_for_years() -> None:
    decrees = [e for e in ENTRIES if e.doc_type in ("NĐ", "TT") and e.issued_on and e.effective_on and dated(e)]
    slips = [
        e
        for e in decrees
        if e.identified and e.effective_on and e.issued_on and e.effective_on.year > e.issued_on.year + 2
    ]
    assert [e.symbol for e in slips] == []


def test_no_document_replaces_itself_in_the_end() -> None:
    after = {folded(e.symbol): [folded(s) for s in e.replaced_by] for e in ENTRIES}
    for start in after:
        passed, ahead = {start}, list(after[start])
        while ahead:
            symbol = ahead.pop()
            assert symbol != start, start
            if symbol not in passed:
                passed.add(symbol)
                ahead += after.get(symbol, [])


def test_symbols_have_the_form_of_their_type() -> None:
    for e in ENTRIES:
        parsed = parse(e.symbol)
        assert parsed and parsed.codes and re.fullmatch(r"[^\W_]+([./&-][^\W_]+)+", e.symbol), e.symbol
        told = type_of_symbol(e.symbol)
        if (
            told
            and parsed.year
            and not parsed.term
            and not is_party(parsed)
            and e.doc_type in ("NĐ", "TT", "QĐ", "TTLT")
        ):
            assert told in (e.doc_type, "QyĐ", "NQ", "CT", "TT"), e.symbol
        if e.doc_type == "NĐ" and e.issued_on and e.issued_on.year > 1998:
            assert parsed.year or "CP" in parsed.codes, e.symbol


def test_a_year_in_a_symbol_is_that_of_its_date() -> None:
    def apart(e: Entry) -> bool:
        parsed = parse(e.symbol)
        return bool(parsed and parsed.year and e.issued_on and abs(parsed.year - e.issued_on.year) > 1)

    assert [e.symbol for e in ENTRIES if apart(e)] == []


def test_statuses_are_known_ones() -> None:
    assert {e.status for e in ENTRIES} <= STATUSES
    assert len(ENTRIES) > 4500


# --------------------------------------------------------------------------- lists that people bring

CSV = (
    "Số ký hiệu;Trích yếu;Cơ quan ban hành;Ngày ban hành;Ngày có hiệu lực;Ngày hết hiệu lực;Văn bản thay thế\n"
    "12/2020/QĐ-UBND;Nuôi ong;UBND tỉnh Lâm Giang;03/02/2020;15/02/2020;01/01/2023;Quyết định số 9/2022/QĐ-UBND\n"
    "không có số;x;;;;;\n"
    "13/2020/QĐ-UBND;Ngày sai;;31/02/2020;;;\n"
    "14/2020/QĐ-UBND;Ngày ngược;;03/02/2020;;01/01/2019;\n"
)


def test_a_list_is_read_by_its_headings(tmp_path: Path) -> None:
    path = tmp_path / "danh-muc.csv"
    path.write_text(CSV, encoding="utf-8-sig")
    rows, bad = read_list(path)
    assert [r["symbol"] for r in rows] == ["12/2020/QĐ-UBND"]
    assert (rows[0]["expired_on"], rows[0]["replaced_by"]) == ("2023-01-01", "9/2022/QĐ-UBND")
    assert (rows[0]["status"], rows[0]["verified"]) == ("expired", "identity|force")
    assert "danh-muc.csv" in rows[0]["source"]
    assert [b.number for b in bad] == [2, 3, 4]


def test_a_workbook_with_a_title_above_its_headings_is_read(tmp_path: Path) -> None:
    book = Workbook()
    for row in (["DANH MỤC"], ["STT", "Số, ký hiệu", "Ngày ban hành", "Tình trạng hiệu lực"],
                [1, "38/2020/NĐ-CP", date(2020, 4, 3), "Hết hiệu lực toàn bộ"]):  # fmt: skip
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    rows, bad = read_list(tmp_path / "a.xlsx")
    assert not bad and (rows[0]["issued_on"], rows[0]["status"]) == ("2020-04-03", "expired")


@pytest.mark.parametrize("content", [b"a,b\n1,2\n", b"", b"\xff\xfe\x00"])
def test_what_is_no_list_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(ListError):
        read_list(tmp_path / "a.csv")


def test_imported_rows_come_before_those_of_the_program(tmp_path: Path, db: Database) -> None:
    path = tmp_path / "a.csv"
    path.write_text("symbol,title,issued_on\n38/2020/NĐ-CP,Của mình,2020-04-04\n", encoding="utf-8")
    assert catalogue.keep(db, read_list(path)[0]) == 1
    (record,) = catalogue.listed(db, "38/2020/NĐ-CP")
    assert (record["title"], record["issued_on"], record["imported"]) == ("Của mình", "2020-04-04", True)
    assert [r["symbol"] for r in catalogue.listed(db, imported=True)] == ["38/2020/NĐ-CP"]
    assert catalogue.listed(db, query="viec lam ngoai nuoc")


def test_a_number_that_many_provinces_share_needs_its_place() -> None:
    row = {"symbol": "12/2020/QĐ-UBND", "issued_on": "2020-02-03", "issuer": "Ủy ban nhân dân tỉnh Lâm Giang"}
    known = Catalogue([entry(row)])

    def cited(key: str) -> Mention:
        source = Source(1, "a")
        return Mention(source, 0, 0, 1, None, "x", "QĐ", "12/2020/QĐ-UBND", None, None, None, "mentions", key)

    assert known.of(cited("qppl|12/2020/qđ-ubnd|lâm giang"))
    assert not known.of(cited("qppl|12/2020/qđ-ubnd|lai châu"))
