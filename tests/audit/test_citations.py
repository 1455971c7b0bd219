"""Findings about citations, each with its evidence."""

from datetime import date

import pytest
from mentions import mentions_of

from pipeline.annotate.citations import find_citations
from pipeline.audit.law.catalogue import Catalogue, entry, shipped
from pipeline.audit.law.citations import audit_citations
from pipeline.audit.model import Finding, Source
from pipeline.model import Context, Document, Frame, Header, PageSpan, Paragraph, SourceInfo, Text, ZoneSpan
from pipeline.resolve.citations import resolve_citations

FIELDS = "symbol,doc_type,title,issuer,issued_on,effective_on,expired_on,status,replaced_by,amended_by,verified,source"
CATALOGUE = [
    dict(zip(FIELDS.split(","), line.split(";"), strict=True))
    for line in (
        "12/2015/NĐ-CP;NĐ;Hỗ trợ nuôi ong;Chính phủ;2015-02-03;;2020-01-01;expired;7/2019/NĐ-CP;;identity|force;clause",
        "7/2019/NĐ-CP;NĐ;Hỗ trợ nuôi ong;Chính phủ;2019-11-05;;2024-01-01;expired;9/2023/NĐ-CP;;identity|force;clause",
        "9/2023/NĐ-CP;NĐ;Hỗ trợ nuôi ong;Chính phủ;2023-11-06;2024-01-01;;in_force;;;identity;note",
        "30/2016/NĐ-CP;NĐ;Trồng chè;Chính phủ;2016-03-04;2016-05-01;2021-01-01;expired;8/2020/NĐ-CP;;identity;note",
        "31/2016/NĐ-CP;NĐ;Trồng tre;Chính phủ;2016-03-04;2016-05-01;2021-01-01;expired;8/2020/NĐ-CP;;;",
        "90/QĐ-TTg;QĐ;Chương trình tre;Thủ tướng Chính phủ;2022-01-18;;;in_force;;;identity;note",
        "91/QĐ-TTg;QĐ;Chương trình chè;Thủ tướng Chính phủ;2022-01-18;;;in_force;;;;",
    )
]  # fmt: skip


def document(words: str, issued_on: date | None = date(2022, 5, 1), name: str = "bao-cao.txt") -> Document:
    text = Text(words, [Paragraph(0, len(words))])
    frame = Frame(Header(), [ZoneSpan("body", 0, len(words))])
    context = Context(province="tỉnh Điện Biên", issued_on=issued_on)
    return Document(
        source=SourceInfo(name=name, sha256="0", format="txt"),
        text=words,
        pages=[PageSpan(page=3, start=0, end=len(words))],
        header=Header(issued_on=issued_on),
        citations=resolve_citations(find_citations(text, frame), text, context),
    )


def findings(*documents: Document, only: str | None = None) -> list[Finding]:
    known = Catalogue(entry(row) for row in CATALOGUE)
    found = audit_citations([m for i, d in enumerate(documents) for m in mentions_of(d, i)], known)
    assert all(f.evidence for f in found)
    return [f for f in found if f.finding == only or (only is None and f.finding not in ("unknown", "amended"))]


def test_a_correct_citation_raises_nothing() -> None:
    assert findings(document("Căn cứ Quyết định số 90/QĐ-TTg ngày 18/01/2022 của Thủ tướng Chính phủ")) == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Thông tư số 21/2007-TT-BLĐTBXH ngày 8/10/2007", "21/2007/TT-BLĐTBXH"),
        ("Kế hoạch số 41-KH-HU ngày 02/3/2022", "41-KH/HU"),
        ("Chỉ thị số 20/CT-TW ngày 12/12/2012", "20-CT/TW"),
        ("Nghị quyết số 22/NQ-TU ngày 12/12/2012", "22-NQ/TU"),
        ("Quyết định số 15-QĐ/UBND ngày 12/02/2022", "15/QĐ-UBND"),
        ("Nghị định số 18/NĐ-CP ngày 02/03/2021", "18/2021/NĐ-CP"),
        ("Nghị định số 18/NĐ-CP", None),
        ("Nghị định số 18/2021/ND-CP", "18/2021/NĐ-CP"),
        ("Luật Phí và lệ phí số 97/2025/QH13", "97/2015/QH13"),
        ("Luật Nghĩa vụ quân sự số 78/2015-QH13", "78/2015/QH13"),
        ("Nghị định số 13/2021/CP-NĐ ngày 01/3/2021", "13/2021/NĐ-CP"),
        ("Nghị định 13/2021/CP", "13/2021/NĐ-CP"),
        ("Thông tư 11/2022/BLĐTBXH", "11/2022/TT-BLĐTBXH"),
        ("Quyết định số 1719-TTg ngày 14/10/2021", "1719/QĐ-TTg"),
        ("Nghị quyết số 76/UBTVQH15", None),
    ],
)
def test_malformed_symbols_and_the_form_meant(words: str, expected: str | None) -> None:
    (finding,) = findings(document(f"Thực hiện {words}."), only="malformed")
    assert (finding.expected, finding.severity, finding.page) == (expected, "warning", 3)


@pytest.mark.parametrize(
    "words",
    [
        "Nghị quyết liên tịch số 19/2008/NQLT/CP-UBTƯMTTQVN", "Thông tư liên tịch số 09/2016/TTLT-BLĐTBXH-BTC",
        "Pháp lệnh số 26/2005/PL-UBTVQH11", "Quyết định số 12/QĐ-UBND-NC", "Công văn số 4912/UBND-NC",
        "Nghị định số 27/CP ngày 02/3/1995", "Chỉ thị số 20-CT/TW", "Luật số 72/2020/QH14", "Thông tri số 02-TT/TU",
        "Quyết định số 12/QĐ-UBND.HC",
    ],
)  # fmt: skip
def test_regular_symbols_of_rarer_kinds_are_left_alone(words: str) -> None:
    assert findings(document(f"Thực hiện {words}."), only="malformed") == []


@pytest.mark.parametrize(
    "words",
    [
        "Dự án được phê duyệt năm 2018 thực hiện theo", "Quy chế cũ ban hành theo",
        "6 tháng đầu năm 2019, hoạt động theo", "Kinh phí năm 2018 được quyết toán theo",
    ],
)  # fmt: skip
def test_what_was_begun_under_an_old_document_is_no_fault(words: str) -> None:
    found = findings(document(f"{words} Nghị định số 12/2015/NĐ-CP ngày 03/02/2015 của Chính phủ."))
    assert [f for f in found if f.severity != "info"] == []


def test_a_date_is_wrong_against_a_checked_entry_of_its_year_only() -> None:
    (finding,) = findings(document("theo Quyết định số 90/QĐ-TTg ngày 19/01/2022"), only="wrong_date")
    assert (finding.expected, finding.severity) == ("18/01/2022", "error")
    assert "18/01/2022" in finding.evidence
    assert findings(document("theo Quyết định số 90/QĐ-TTg ngày 19/01/2021"), only="wrong_date") == []
    assert findings(document("theo Quyết định số 91/QĐ-TTg ngày 19/01/2022"), only="wrong_date") == []


def test_a_date_outside_the_year_of_the_symbol_is_wrong() -> None:
    (finding,) = findings(document("theo Quyết định số 46/2002/QĐ-UBND ngày 12/9/2012"), only="wrong_date")
    assert "2002" in finding.evidence


def test_a_date_taken_from_elsewhere_accuses_once() -> None:
    words = "theo Quyết định số 90/QĐ-TTg ngày 19/01/2022; Quyết định số 90/QĐ-TTg nêu"
    assert len(findings(document(words), only="wrong_date")) == 1


def test_force_is_judged_on_the_day_of_the_citing_document() -> None:
    words = "Căn cứ Nghị định số 12/2015/NĐ-CP ngày 03/02/2015"
    assert findings(document(words, date(2019, 6, 30))) == []
    (soon,) = findings(document(words, date(2019, 12, 31)))
    assert (soon.finding, soon.severity, soon.expected) == ("replaced", "info", "7/2019/NĐ-CP")
    (finding,) = findings(document(words, date(2022, 5, 1)))
    assert (finding.finding, finding.severity, finding.expected) == ("replaced", "error", "7/2019/NĐ-CP")
    assert findings(document(words, date(2025, 5, 1)))[0].expected == "9/2023/NĐ-CP"
    assert findings(document(words, None)) == []


@pytest.mark.parametrize(
    ("words", "severity"),
    [
        ("Căn cứ Nghị định số 12/2015/NĐ-CP", "error"),
        ("Nghị định số 12/2015/NĐ-CP được nhắc lại", "warning"),
        ("thay thế Nghị định số 12/2015/NĐ-CP", "info"),
        ("trước đây, căn cứ Nghị định số 12/2015/NĐ-CP", "info"),
        ("Căn cứ Nghị định số 30/2016/NĐ-CP", "info"),  # the replacement was not checked
        ("Trước 2020 nuôi ong theo Nghị định số 12/2015/NĐ-CP; từ khi Nghị định số 7/2019/NĐ-CP có hiệu lực", "info"),
    ],
)
def test_how_grave_it_is_depends_on_why_it_is_cited_and_on_what_was_checked(words: str, severity: str) -> None:
    assert [f.severity for f in findings(document(words), only="replaced")] == [severity]


def test_an_unchecked_entry_accuses_nobody() -> None:
    assert findings(document("Căn cứ Nghị định số 31/2016/NĐ-CP"), only="replaced") == []


def test_a_date_after_the_document_itself() -> None:
    (finding,) = findings(document("theo Kế hoạch số 5/KH-UBND ngày 02/6/2022 của UBND tỉnh"))
    assert (finding.finding, finding.severity) == ("future_date", "error")


def test_an_administrative_number_without_a_date_is_told_once() -> None:
    words = "theo Kế hoạch số 5/KH-UBND; Kế hoạch số 5/KH-UBND; Nghị định số 9/2023/NĐ-CP; Luật số 72/2020/QH14"
    (finding,) = findings(document(words), only="missing_date")
    assert finding.severity == "info"


def test_documents_that_disagree_on_a_date() -> None:
    right = "theo Kế hoạch số 5/KH-UBND ngày 02/3/2022 của UBND tỉnh Điện Biên"
    wrong = right.replace("02/3", "03/3")
    (finding,) = findings(document(right), document(wrong), document(right), only="wrong_date")
    assert (finding.document_id, finding.expected) == (1, "02/03/2022")
    assert right.removeprefix("theo ") in finding.evidence and "trang 3" in finding.evidence
    assert {f.document_id for f in findings(document(right), document(wrong), only="inconsistent")} == {0, 1}
    other = right.replace("Điện Biên", "Lai Châu").replace("02/3", "03/3")
    assert findings(document(right), document(other), only="inconsistent") == []


# --------------------------------------------------------------------------- against one another and the symbol


@pytest.mark.parametrize(
    ("words", "finding", "expected"),
    [
        ("Quyết định số 9/2023/NĐ-CP ngày 06/11/2023 của Chính phủ", "wrong_type", "Nghị định"),
        ("Luật số 9/2023/NĐ-CP ngày 06/11/2023", "wrong_type", "Nghị định"),
        ("Nghị định số 5/2022/QH15 về thực hiện dân chủ ở cơ sở", "wrong_type", None),
        ("Nghị định số 9/2023/NĐ-CP ngày 06/11/2023 của Thủ tướng Chính phủ", "wrong_issuer", "Chính phủ"),
        ("Quyết định số 55/QĐ-TTg ngày 06/11/2021 của Chính phủ", "wrong_issuer", "Thủ tướng Chính phủ"),
        ("Kế hoạch số 55/KH-UBND ngày 06/11/2021 của Sở Nội vụ", "wrong_issuer", "Ủy ban nhân dân"),
    ],
)
def test_type_and_issuer_against_the_symbol(words: str, finding: str, expected: str | None) -> None:
    found = [f for f in findings(document(f"Thực hiện {words}.", date(2024, 5, 1))) if f.severity != "info"]
    assert [(f.finding, f.expected) for f in found] == [(finding, expected)]


@pytest.mark.parametrize(
    "words",
    [
        "Quyết định số 55/QĐ-TTg ngày 06/11/2021 của Thủ tướng",
        "Thông tư số 5/2021/TT-BTC ngày 06/11/2021 của Bộ trưởng Bộ Tài chính",
        "Kế hoạch số 55/KH-UBND ngày 06/11/2021 của Chủ tịch UBND tỉnh",
        "Nghị quyết số 43/2022/QH15 ngày 11/01/2022 của Quốc hội",
        "Chỉ thị số 20-CT/TW ngày 12/12/2022 của Ban Bí thư",
    ],
)
def test_other_names_of_the_same_body_are_left_alone(words: str) -> None:
    assert findings(document(f"Thực hiện {words}.", date(2024, 5, 1))) == []


def test_not_yet_in_force() -> None:
    words = "Căn cứ Nghị định số 9/2023/NĐ-CP ngày 06/11/2023"
    (finding,) = findings(document(words, date(2023, 12, 1)))
    assert (finding.finding, finding.severity) == ("not_yet_in_force", "warning")
    assert findings(document(words, date(2024, 1, 1))) == []


@pytest.mark.parametrize(
    ("title", "words", "severity"),
    [
        ("Kế hoạch nuôi ong năm 2024", "Căn cứ {}", "info"),
        ("Kế hoạch nuôi ong giai đoạn 2023 - 2025", "Căn cứ {}", "warning"),
        ("Kế hoạch nuôi ong đến năm 2030", "Căn cứ {}", "warning"),
        ("Kết quả năm 2023, nhiệm vụ năm 2024", "Thực hiện hỗ trợ theo {}", "info"),
        ("Kết quả năm 2023, nhiệm vụ năm 2024", "Hỗ trợ các hộ tháng 12/2023 theo {}", "warning"),
        ("Kế hoạch nuôi ong năm 2024", "Xã đã hỗ trợ các hộ theo {}", "warning"),
        ("Kế hoạch nuôi ong năm 2024", "Năm nay tiếp nhận 14 hồ sơ của người dân theo {}", "warning"),
        ("Kết quả năm 2023", "Xác nhận 11 trường hợp theo trình tự tại {}", "warning"),
        ("Kết quả năm 2023", "Đã tổ chức 02 hội nghị phổ biến {}", "info"),
    ],
)
def test_what_is_done_already_needs_what_is_in_force(title: str, words: str, severity: str) -> None:
    citing = document(words.format("Nghị định số 9/2023/NĐ-CP ngày 06/11/2023"), date(2023, 12, 10))
    citing.header.title = title
    (finding,) = findings(citing)
    assert (finding.finding, finding.severity) == ("not_yet_in_force", severity)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Căn cứ Luật Nuôi ong ngày 02/3/2014; Nghị định số 12/2015/NĐ-CP ngày 03/02/2015;", [("replaced", "error")]),
        ("Căn cứ Nghị định số 9/2023/NĐ-CP ngày 06/11/2023;", [("not_yet_in_force", "warning")]),
        ("Theo Nghị định số 12/2015/NĐ-CP ngày 03/02/2015, tỉnh đã hỗ trợ", [("replaced", "info")]),
    ],
)
def test_a_decision_that_ends_others_rests_on_what_is_in_force(words: str, found: list[tuple[str, str]]) -> None:
    ending = document(words, issued_on=date(2023, 12, 1))
    ending.header.title, ending.header.symbol = "Bãi bỏ một số quyết định", "15/2023/QĐ-UBND"
    told = [(f.finding, f.severity) for f in findings(ending) if f.finding in ("replaced", "not_yet_in_force")]
    assert told == found


def test_an_amendment_that_is_not_cited() -> None:
    rows_ = [
        {"symbol": "1/2020/NĐ-CP", "issued_on": "2020-01-02", "verified": "identity", "amended_by": "2/2021/NĐ-CP"},
        {"symbol": "2/2021/NĐ-CP", "issued_on": "2021-01-02", "effective_on": "2021-02-01", "verified": "identity"},
    ]
    known = Catalogue(entry(row) for row in rows_)
    words = "Căn cứ Nghị định số 1/2020/NĐ-CP ngày 02/01/2020"

    def amended(text: str, on: date) -> list[str | None]:
        found = audit_citations(list(mentions_of(document(text, on), 0)), known)
        return [f.expected for f in found if f.finding == "amended"]

    assert amended(words, date(2022, 1, 1)) == ["2/2021/NĐ-CP"]
    assert amended(words, date(2021, 1, 15)) == []
    assert amended(f"{words}; Nghị định số 2/2021/NĐ-CP", date(2022, 1, 1)) == []


def test_a_document_of_the_store_replaces_another() -> None:
    new = document("Quyết định này có hiệu lực kể từ ngày ký và thay thế Quyết định số 7/2019/QĐ-UBND ngày 02/3/2019 "
                   "của UBND tỉnh Điện Biên.", date(2022, 5, 1))  # fmt: skip
    cited = "Căn cứ Quyết định số 7/2019/QĐ-UBND ngày 02/3/2019 của UBND tỉnh Điện Biên"
    (finding,) = findings(new, document(cited, date(2023, 1, 1)), only="replaced")
    assert (finding.document_id, finding.severity) == (1, "error")
    assert findings(new, document(cited, date(2021, 1, 1)), only="replaced") == []


def test_documents_of_the_store_tell_their_own_date() -> None:
    source = Source(9, "5/KH-UBND", "KH", "5/KH-UBND", "Ủy ban nhân dân tỉnh Điện Biên", "Trồng chè", date(2022, 3, 2))
    wrong = document("theo Kế hoạch số 5/KH-UBND ngày 03/3/2022 của UBND tỉnh Điện Biên")
    found = audit_citations(list(mentions_of(wrong, 0)), Catalogue([], [source]))
    assert [(f.finding, f.expected) for f in found] == [("wrong_date", "02/03/2022")]
    assert "Văn bản số 9 trong kho" in found[0].evidence


def test_a_law_about_to_be_replaced_is_told_once_and_gently() -> None:
    words = "Căn cứ Luật Người lao động Việt Nam đi làm việc ở nước ngoài theo hợp đồng năm 2006"
    found = audit_citations(
        list(mentions_of(document(f"{words}; {words}", date(2021, 1, 15)), 0)), Catalogue(shipped())
    )
    assert [(f.finding, f.severity, f.expected) for f in found] == [("replaced", "info", "69/2020/QH14")]
    found = audit_citations(list(mentions_of(document(words, date(2022, 1, 15)), 0)), Catalogue(shipped()))
    assert [(f.finding, f.severity, f.expected) for f in found] == [("replaced", "error", "69/2020/QH14")]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Thực hiện Luật Phòng, chống tham nhũng năm 2019", "năm 2018"),  # the year of its force
        ("Thực hiện Luật Phòng, chống tham nhũng năm 2018", None),
        ("Thực hiện Luật Phòng, chống tham nhũng năm 2005", None),  # an older law of that name
        ("Thực hiện Luật Tổ chức chính quyền địa phương năm 2019", None),  # the law that amended it then
    ],
)
def test_a_law_named_by_a_year_beside_its_own(words: str, expected: str | None) -> None:
    found = audit_citations(list(mentions_of(document(words, date(2022, 5, 1)), 0)), Catalogue(shipped()))
    assert [f.expected for f in found if f.finding == "wrong_date"] == ([expected] if expected else [])


def test_a_list_below_its_article_tells_what_a_decision_ends() -> None:
    words = "Điều 1. Bãi bỏ các văn bản do Ủy ban nhân dân tỉnh ban hành, gồm:\n"
    items = (
        "1. Quyết định số 34/2020/QĐ-UBND ngày 10/12/2020 của Ủy ban nhân dân tỉnh",
        "2. Quyết định số 35/2020/QĐ-UBND ngày 11/12/2020 của Ủy ban nhân dân tỉnh",
    )
    new = listing(words + "\n".join(items) + "\nĐiều 2. Sở Nội vụ thực hiện Quyết định số 36/2020/QĐ-UBND.")
    assert [c.relation for c in new.citations] == ["repeals", "repeals", "implements"]
    later = document("Căn cứ Quyết định số 35/2020/QĐ-UBND ngày 11/12/2020 của Ủy ban nhân dân tỉnh", date(2023, 5, 1))
    found = findings(new, later, only="repealed")
    assert [(f.document_id, f.severity) for f in found] == [(1, "error")]


def listing(words: str) -> Document:
    """A decision of several paragraphs."""
    starts = [0, *(i + 1 for i, c in enumerate(words) if c == "\n")]
    ends = [*(start - 1 for start in starts[1:]), len(words)]
    text = Text(words, [Paragraph(*span) for span in zip(starts, ends, strict=True)])
    on = date(2023, 1, 5)
    header = Header(issued_on=on, doc_type="QĐ", symbol="1/2023/QĐ-UBND")
    frame = Frame(header, [ZoneSpan("body", 0, len(words))])
    context = Context(province="tỉnh Điện Biên", issued_on=on)
    return Document(
        source=SourceInfo(name="quyet-dinh.txt", sha256="0", format="txt"),
        text=words,
        pages=[],
        header=header,
        citations=resolve_citations(find_citations(text, frame), text, context),
    )
