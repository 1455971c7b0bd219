"""What cited documents are: fields completed from the document itself, and keys."""

from datetime import date

import pytest

from pipeline.annotate.citations import find_citations
from pipeline.model import Citation, Context, Frame, Header, Paragraph, Text, ZoneSpan
from pipeline.resolve.citations import resolve_citations

TUAN_GIAO = Context(
    issuer="Ủy ban nhân dân huyện Tuần Giáo",
    level="district",
    province="tỉnh Điện Biên",
    district="huyện Tuần Giáo",
    issued_on=date(2023, 5, 1),
)


def resolved(words: str, context: Context = TUAN_GIAO) -> list[Citation]:
    paragraphs, at = [], 0
    for line in words.split("\n"):
        paragraphs.append(Paragraph(at, at + len(line)))
        at += len(line) + 1
    text, frame = Text(words, paragraphs), Frame(Header(), [ZoneSpan("body", 0, len(words))])
    return resolve_citations(find_citations(text, frame), text, context)


def keys(words: str, context: Context = TUAN_GIAO) -> list[str]:
    return [c.key for c in resolved(words, context)]


def test_a_mention_takes_the_date_and_issuer_told_elsewhere() -> None:
    words = "Kế hoạch 33-KH/HU phải làm tốt.\nKế hoạch số 33-KH/HU ngày 28/02/2022 của Huyện ủy; Kế hoạch 33-KH/HU"
    found = resolved(words)
    assert {c.issued_on for c in found} == {date(2022, 2, 28)}
    assert len({c.issuer for c in found}) == 1 and len({c.key for c in found}) == 1


def test_the_party_is_also_called_by_less_than_its_name() -> None:
    words = "Kế hoạch số 41-KH/TU ngày 12/6/2026 của Ban Thường vụ Tỉnh ủy; theo Kế hoạch số 41-KH/TU của Tỉnh ủy"
    assert [c.issued_on for c in resolved(words)] == [date(2026, 6, 12)] * 2
    words = "Quyết định số 4/QĐ-UBND ngày 12/6/2023 của UBND tỉnh; theo Quyết định số 4/QĐ-UBND của UBND huyện"
    assert [c.issued_on for c in resolved(words)] == [date(2023, 6, 12), None]


def test_a_law_named_by_title_takes_the_date_told_elsewhere_unless_it_tells_another_year() -> None:
    words = "Luật Đất đai ngày 29/11/2013; Luật Đất đai; Luật Đất đai năm 2013; Luật Đất đai năm 2003"
    assert [c.issued_on for c in resolved(words)] == [*[date(2013, 11, 29)] * 3, None]


def test_the_nearest_date_before_wins_where_a_symbol_comes_back_each_year() -> None:
    words = "Kế hoạch số 5/KH-UBND ngày 01/02/2022; Kế hoạch số 5/KH-UBND ngày 03/3/2023; theo Kế hoạch số 5/KH-UBND"
    assert [c.issued_on for c in resolved(words)] == [date(2022, 2, 1), date(2023, 3, 3), date(2023, 3, 3)]


def test_a_date_of_another_year_than_the_symbols_is_not_passed_on() -> None:
    words = (
        "Nghị định số 8/2024/NĐ-CP ngày 01/02/2025; Nghị định số 8/2024/NĐ-CP ngày 01/02/2024; Nghị định 8/2024/NĐ-CP"
    )
    assert resolved(words)[2].issued_on == date(2024, 2, 1)


def test_date_and_issuer_may_stand_before() -> None:
    (c,) = resolved("Ngày 31/12/2019 UBND huyện ban hành Quyết định số 87/QĐ-UBND về giao chỉ tiêu")
    assert (c.issued_on, c.issuer) == (date(2019, 12, 31), "Ủy ban nhân dân huyện Tuần Giáo")


def test_a_day_told_before_a_list_holds_for_all_of_it() -> None:
    found = resolved(
        "Ngày 03/10/2025 UBND huyện có các Văn bản: số 31/UBND-NC về đảm bảo an toàn; số 32/UBND-NC về phòng bão.\n"
        "Kế hoạch số 5/KH-UBND ngày 01/02/2022; Kế hoạch số 6/KH-UBND"
    )
    assert [c.issued_on for c in found] == [date(2025, 10, 3), date(2025, 10, 3), date(2022, 2, 1), None]


def test_a_symbol_without_its_tail_is_the_one_shown_in_full() -> None:
    words = "Nghị quyết liên tịch số 102/2025/NQLT/UBTVQH15-CP; theo Nghị quyết liên tịch số 102/2025/NQLT"
    assert {c.symbol for c in resolved(words)} == {"102/2025/NQLT/UBTVQH15-CP"}
    words = "Kế hoạch số 5/KH-UBND; Kế hoạch số 5/KH-HĐND; Kế hoạch số 5/KH"
    assert resolved(words)[2].symbol == "5/KH"


@pytest.mark.parametrize(
    ("words", "issuer"),
    [
        ("Quyết định số 90/QĐ-TTg", "Thủ tướng Chính phủ"),
        ("Nghị định số 12/2020/NĐ-CP", "Chính phủ"),
        ("Luật số 69/2020/QH14", "Quốc hội"),
        ("Nghị quyết số 70/2025/UBTVQH15", "Ủy ban Thường vụ Quốc hội"),
        ("Thông tư số 12/2020/TT-BTC", "Bộ Tài chính"),
        ("Quyết định số 12/QĐ-BXD của Bộ trưởng Bộ Xây dựng", "Bộ Xây dựng"),
        ("Kế hoạch số 12/KH-UBND", "Ủy ban nhân dân huyện Tuần Giáo"),
        ("Kế hoạch số 12/KH-UBND của UBND tỉnh", "Ủy ban nhân dân tỉnh Điện Biên"),
        ("Đề án số 10-ĐA/TU", "Tỉnh ủy Điện Biên"),
        ("Kế hoạch số 10-KH/HU", "Huyện ủy Tuần Giáo"),
        ("Chỉ thị số 20-CT/TW", None),
        ("Công văn số 12/XYZ-AB", None),
    ],
)
def test_issuers_are_told_or_implied_by_the_symbol(words: str, issuer: str | None) -> None:
    (c,) = resolved(f"Thực hiện {words}.")
    assert c.issuer == issuer


def test_a_number_without_its_code_is_completed_from_the_document() -> None:
    words = (
        "Nghị quyết số 57-NQ/TW; Nghị định số 61/2015/NĐ-CP.\nTheo Nghị quyết 57 và Nghị định số 61/2015 của Chính phủ"
    )
    assert [c.symbol for c in resolved(words)][2:] == ["57-NQ/TW", "61/2015/NĐ-CP"]


def test_keys_are_equal_for_one_document_however_it_is_written() -> None:
    assert len(set(keys("Nghị định số 05/2020/NĐ-CP; NĐ 5/2020/NĐ- CP"))) == 1
    assert len(set(keys("Nghị định số 5/2020/ND-CP; Nghị định số 5/2020/NĐ-CP"))) == 1
    assert len(set(keys("Kế hoạch số 41-KH-HU ngày 02/3/2023; Kế hoạch số 41-KH/HU"))) == 1
    assert len(set(keys("Luật Trẻ em số 102/2016/QH13; luật trẻ em; LUẬT TRẺ EM"))) == 1
    assert keys("Công văn số 5/SLĐTB&XH-VP ngày 1/2/2021") == keys("Công văn số 05/SLĐTBXH-VP ngày 1/2/2021")

    assert len(set(keys("CHỈ THỊ SỐ 27/CT-TTG NGÀY 15/8/2024; Chỉ thị số 27/CT-TTg ngày 15/8/2024"))) == 1


def test_the_field_xa_hoi_is_no_commune_of_a_key() -> None:
    assert keys("Công văn số 5/SLĐTBXH-VP ngày 1/2/2021 của Sở Lao động - Thương binh và Xã hội tỉnh Điện Biên") == [
        "hc|5/slđtbxh-vp|2021|điện biên"
    ]


def test_keys_differ_for_different_documents() -> None:
    words = """Kế hoạch số 5/KH-UBND ngày 01/02/2022 của UBND tỉnh; Kế hoạch số 5/KH-UBND ngày 01/02/2022 của UBND huyện
Kế hoạch số 5/KH-UBND ngày 01/02/2023 của UBND tỉnh
Chỉ thị số 20-CT/TW ngày 05/11/2012; Chỉ thị số 20-CT/TW ngày 12/12/2022
Nghị quyết số 12/NQ-HĐND ngày 01/02/2022; Nghị quyết số 12/2022/NQ-HĐND"""
    found = keys(words)
    assert len(set(found)) == len(found) == 7


def test_a_law_by_title_is_the_one_of_its_year_or_in_force() -> None:
    assert keys("Luật Việc làm") == ["luat|38/2013/qh13"]
    assert keys("Luật Việc làm", Context(issued_on=date(2026, 3, 1))) == ["luat|74/2025/qh15"]
    assert keys("Luật Việc làm năm 2025") == ["luat|74/2025/qh15"]
    assert keys("Luật Việc làm ngày 16/11/2013", Context(issued_on=date(2026, 3, 1))) == ["luat|38/2013/qh13"]
    assert keys("Luật Việc làm", Context(issued_on=date(2025, 11, 1))) == [
        "luat|luật việc làm|"
    ]  # the old one or the new
    assert keys("Luật Kinh tế biển xanh") == ["luat|luật kinh tế biển xanh|"]
