"""Documents cited in a text, found by the forms in which officials write them."""

import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.annotate.citations import find_citations
from pipeline.model import Cell, Citation, Frame, Header, Paragraph, Text, ZoneSpan


def cited(words: str, own: str | None = None) -> list[Citation]:
    """The citations of a text whose lines are all body."""
    paragraphs, at = [], 0
    for line in words.split("\n"):
        cells = []
        if " | " in line:
            start = at
            for column, cell in enumerate(line.split(" | ")):
                cells.append(Cell(start, start + len(cell), column))
                start += len(cell) + 3
        paragraphs.append(Paragraph(at, at + len(line), cells=cells))
        at += len(line) + 1
    text = Text(words, paragraphs)
    found = find_citations(text, Frame(Header(symbol=own), [ZoneSpan("body", 0, len(words))]))
    assert all(words[c.start : c.end] == c.text for c in found)
    return found


def one(words: str) -> Citation:
    (citation,) = cited(words)
    return citation


def test_a_full_citation_gives_all_its_fields() -> None:
    c = one(
        "Căn cứ Nghị định số 15/2021/NĐ-CP ngày 03/3/2021 của Chính phủ quy định chi tiết một số nội dung về xây dựng;"
    )
    assert c.text == "Nghị định số 15/2021/NĐ-CP ngày 03/3/2021 của Chính phủ"
    assert (c.doc_type, c.symbol, c.issued_on, c.issuer) == ("NĐ", "15/2021/NĐ-CP", date(2021, 3, 3), "Chính phủ")
    assert c.title == "quy định chi tiết một số nội dung về xây dựng"
    assert c.relation == "basis"


@pytest.mark.parametrize(
    ("words", "doc_type", "symbol"),
    [
        ("Nghị định 15/2021/NĐ-CP", "NĐ", "15/2021/NĐ-CP"),
        ("NĐ 15/2021/NĐ-CP", "NĐ", "15/2021/NĐ-CP"),
        ("theo nghị định số 15/2021/NĐ- CP", "NĐ", "15/2021/NĐ-CP"),
        ("Luật số 69/2020/QH14", "Luật", "69/2020/QH14"),
        ("Quyết định số 90/QĐ-TTg", "QĐ", "90/QĐ-TTg"),
        ("Nghị quyết 30a/2008/NQ-CP", "NQ", "30a/2008/NQ-CP"),
        ("Nghị quyết số 66.7/2025/NQ-CP", "NQ", "66.7/2025/NQ-CP"),
        ("Nghị quyết số 24/2021/QH15", "NQ", "24/2021/QH15"),
        ("Chỉ thị số 20-CT/TW", "CT", "20-CT/TW"),
        ("Chỉ thị 20/CT-TW", "CT", "20/CT-TW"),
        ("Kế hoạch số 41-KH-HU", "KH", "41-KH-HU"),
        ("Chương trình hành động số 29- CTr/TU", "CTr", "29-CTr/TU"),
        ("Thông tư số 21/2007-TT-BLĐTBXH", "TT", "21/2007-TT-BLĐTBXH"),
        ("Thông tư 21/2007/ TT - BLĐTBXH", "TT", "21/2007/TT-BLĐTBXH"),
        ("Tờ trình số 164/TTr- SKHCN", "TTr", "164/TTr-SKHCN"),
        ("Công văn số 65/SLĐTB&XH -VL-ATLĐ", "CV", "65/SLĐTB&XH-VL-ATLĐ"),
        ("văn bản 4912/UBND-NC", "VB", "4912/UBND-NC"),
        ("Thông tư liên tịch số 09/2016/TTLT-BLĐTBXH-BTC", "TTLT", "09/2016/TTLT-BLĐTBXH-BTC"),
        ("Thông báo kết luận số 148/TB-VPCP", "TB", "148/TB-VPCP"),
        ("Công điện số 19/CĐ-TTg", "CĐ", "19/CĐ-TTg"),
        ("Báo cáo giải trình, tiếp thu số 47/BC-UBND", "BC", "47/BC-UBND"),
        ("Quyết định của Thủ tướng Chính phủ số 90/QĐ-TTg", "QĐ", "90/QĐ-TTg"),
        ("KẾ HOẠCH SỐ 0130/KH-UBND", "KH", "0130/KH-UBND"),
        ("theoNghị định số131/2021/NĐ-CP", "NĐ", "131/2021/NĐ-CP"),
        ("Nghị định số 61/2015 của Chính phủ", "NĐ", "61/2015"),
        ("Công văn số 90 ngày 18/01/2022", "CV", "90"),
    ],
)
def test_types_and_symbols_are_read_as_they_are_meant(words: str, doc_type: str, symbol: str) -> None:
    c = one(f"Thực hiện {words}; các đơn vị báo cáo.")
    assert (c.doc_type, c.symbol) == (doc_type, symbol)


@pytest.mark.parametrize(
    "words",
    [
        "Kế hoạch số /KH-UBND ngày /02/2023",
        "(Kèm theo Quyết định số /2025/QĐ-UBND)",
        "giai đoạn 2021 - 2025 đạt 19/19 xã",
        "QCVN 01:2021/BXD, TCVN 5687:2010/BXD",
        "Mẫu số 01/ĐKKD theo quy định",
        "thực hiện Kế hoạch này và Nghị quyết này",
        "kế hoạch 05 năm 2021 - 2025",
        "vi phạm pháp luật, kỷ luật; Luật sư; Luật này; Hiến pháp và pháp luật",
    ],
)
def test_what_cites_nothing(words: str) -> None:
    assert cited(words) == []


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("ngày 09/7/2015", date(2015, 7, 9)),
        (", ngày 9-7-2015", date(2015, 7, 9)),
        ("ngày ngày 09.7.2015", date(2015, 7, 9)),
        ("ngày 09 tháng 7 năm 2015", date(2015, 7, 9)),
        ("09 tháng 7 năm 2015", date(2015, 7, 9)),
        ("NGÀY 09 THÁNG 7 NĂM 2015", date(2015, 7, 9)),
        ("ngày    tháng 7 năm 2015", None),
        ("ngày 31/02/2015", None),
    ],
)
def test_the_date_belongs_to_the_mention(words: str, day: date | None) -> None:
    c = one(f"Quyết định số 12/QĐ-UBND{'' if words[0] == ',' else ' '}{words}, tỉnh đã giao")
    assert c.issued_on == day
    assert c.text.endswith("2015")


@pytest.mark.parametrize(
    ("after", "issuer"),
    [
        ("của Bộ trưởng Bộ Xây dựng ban hành", "Bộ trưởng Bộ Xây dựng"),
        ("của Ban Chấp hành Đảng bộ Tỉnh khóa XI về", "Ban Chấp hành Đảng bộ Tỉnh khóa XI"),
        ("của sở Lao động - TB&XH tỉnh Hòa Giang về việc", "sở Lao động - TB&XH tỉnh Hòa Giang"),
        ("của Bộ Văn hóa, Thể thao và Du lịch; Kế hoạch", "Bộ Văn hóa, Thể thao và Du lịch"),
        ("của Ban Chỉ đạo về chuyển đổi số, cải cách tỉnh ban hành", "Ban Chỉ đạo về chuyển đổi số, cải cách tỉnh"),
        ("của Quốc hội khoảng 10 tỷ đồng", "Quốc hội"),
        ("của UBND tỉnh và các sở, ngành", "UBND tỉnh"),
    ],
)  # fmt: skip
def test_the_issuer_ends_where_its_name_ends(after: str, issuer: str) -> None:
    assert one(f"Quyết định số 12/QĐ-XYZ ngày 02/3/2023 {after} X").issuer == issuer


def test_an_issuer_may_stand_before_the_date_or_close_to_it() -> None:
    c = one("Nghị quyết số 57-NQ/TW của Bộ Chính trị ngày 22/12/2024 về đột phá")
    assert (c.issuer, c.issued_on) == ("Bộ Chính trị", date(2024, 12, 22))
    assert one("Nghị định số 12/2020/NĐ-CP ngày 01 tháng 8 năm 2020của Chính phủ").issuer == "Chính phủ"


def test_numbers_of_a_list_share_type_code_and_date() -> None:
    found = cited("các Quyết định số 318, 319 và 320/QĐ-UBND ngày 08/3/2022 của UBND huyện")
    assert [c.symbol for c in found] == ["318/QĐ-UBND", "319/QĐ-UBND", "320/QĐ-UBND"]
    assert {(c.doc_type, c.issued_on, c.issuer) for c in found} == {("QĐ", date(2022, 3, 8), "UBND huyện")}


def test_a_list_may_leave_out_the_type() -> None:
    found = cited("Nghị định số 27/2022/NĐ-CP, số 38/2023/NĐ-CP; các Công văn số 12/UBND-NC, 15/UBND-NC")
    assert [(c.doc_type, c.symbol) for c in found] == [
        ("NĐ", "27/2022/NĐ-CP"),
        ("NĐ", "38/2023/NĐ-CP"),
        ("CV", "12/UBND-NC"),
        ("CV", "15/UBND-NC"),
    ]


def test_a_law_in_a_title_takes_no_date_of_the_next_in_the_list() -> None:
    words = "các Nghị định: số 7/2025/NĐ-CP ngày 01/4/2025 hướng dẫn Luật Đất đai; số 18/2025/NĐ-CP ngày 01/7/2025"
    assert [c.issued_on for c in cited(words)] == [date(2025, 4, 1), None, date(2025, 7, 1)]


def test_a_date_in_a_list_is_no_number_of_it() -> None:
    found = cited("Các Công điện: số 007/CĐ-UBND ngày 17/11/2025, số 008/CĐ-UBND và số 009/CĐ-UBND ngày 19/11/2025")
    days = [date(2025, 11, 17), date(2025, 11, 19), date(2025, 11, 19)]
    assert [c.symbol for c in found] == ["007/CĐ-UBND", "008/CĐ-UBND", "009/CĐ-UBND"]
    assert [c.issued_on for c in found] == days


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        (
            "theo quy định của Luật Ngân sách nhà nước và Luật Việc làm, Luật Đầu tư công và pháp luật có liên quan",
            ["Luật Ngân sách nhà nước", "Luật Việc làm", "Luật Đầu tư công"],
        ),
        ("TRIỂN KHAI LUẬT VIỆC LÀM TRÊN ĐỊA BÀN TỈNH", ["Luật Việc làm"]),
        ("các Luật: Đất đai, Nhà ở và Xây dựng", ["Luật Đất đai", "Luật Nhà ở", "Luật Xây dựng"]),
        ("Bộ luật Dân sự năm 2015; Luật Phòng, chống ma túy", ["Bộ luật Dân sự", "Luật Phòng, chống ma túy"]),
        ("Pháp lệnh Ưu đãi người có công với cách mạng", ["Pháp lệnh Ưu đãi người có công với cách mạng"]),
        (
            "Luật sửa đổi, bổ sung một số điều của Luật Công đoàn và Luật Thanh niên ngày 02/3/2023",
            ["Luật sửa đổi, bổ sung một số điều của Luật Công đoàn và Luật Thanh niên"],
        ),
        ("Luật Kinh tế biển xanh được Quốc hội thông qua", ["Luật Kinh tế biển xanh"]),
        ("một số điều của luật người khuyết tật.", ["Luật người khuyết tật"]),
        ("Căn cứLuật Việc làm;", ["Luật Việc làm"]),
        ("Luật thuế TNCN; Luật Việc làm (sửa đổi) (nếu có)", ["Luật Thuế thu nhập cá nhân", "Luật Việc làm (sửa đổi)"]),
    ],
)
def test_laws_are_named_by_title(words: str, titles: list[str]) -> None:
    assert [c.title for c in cited(words)] == titles


def test_a_law_may_carry_title_number_year_and_date() -> None:
    c = one("Luật Tổ chức chính quyền địa phương số 72/2025/QH15 ngày 16/6/2025")
    assert (c.title, c.symbol) == ("Luật Tổ chức chính quyền địa phương", "72/2025/QH15")
    assert c.issued_on == date(2025, 6, 16)
    assert one("Luật Thủy sản năm 2017;").text == "Luật Thủy sản năm 2017"
    assert one("Luật Công nghiệp công nghệ số số 71/2025/QH15").symbol == "71/2025/QH15"


def test_the_number_of_the_document_itself_under_the_title_of_an_annex_is_a_mention() -> None:
    own = "(Kèm theo Kế hoạch số 0134/KH-UBND ngày 25/11/2025 của UBND tỉnh)"
    assert [c.text for c in cited(own, own="134/KH-UBND")] == [own[10:-1]]
    assert cited("Tổ chức thực hiện Kế hoạch này.", own="134/KH-UBND") == []


def test_no_mention_crosses_a_cell() -> None:
    found = cited("Quyết định số 12/QĐ-UBND | ngày 02/3/2023 | Nghị quyết số 5/NQ-HĐND")
    assert [c.text for c in found] == ["Quyết định số 12/QĐ-UBND", "Nghị quyết số 5/NQ-HĐND"]


def test_an_alias_is_told_and_its_own_number_is_a_mention_too() -> None:
    full, short = cited("Kế hoạch số 41-KH/HU ngày 02/3/2023 của Huyện ủy (sau đây gọi tắt là Kế hoạch số 41-KH/HU) và")
    assert full.defined_alias == "Kế hoạch số 41-KH/HU"
    assert short.text == "Kế hoạch số 41-KH/HU"


def test_a_number_alone_is_a_mention_where_the_document_shows_it_in_full() -> None:
    found = cited("Nghị quyết số 57-NQ/TW ngày 22/12/2024.\nTheo Nghị quyết 57, tỉnh có 57 xã và Kế hoạch 57 việc.")
    assert [c.text for c in found] == ["Nghị quyết số 57-NQ/TW ngày 22/12/2024", "Nghị quyết 57"]


@pytest.mark.parametrize(
    ("words", "pinpoint"),
    [
        ("điểm a khoản 2 Điều 5 Nghị định số 12/2020/NĐ-CP", {"điểm": "a", "khoản": "2", "điều": "5"}),
        ("Khoản 2, Điều 5 của Nghị định số 12/2020/NĐ-CP", {"khoản": "2", "điều": "5"}),
        ("các khoản 1, 2 và 3 Điều 14 Luật Việc làm", {"khoản": "1, 2, 3", "điều": "14"}),
        (
            "điểm a, c khoản 2 và khoản 5 Điều 7 Nghị định số 12/2020/NĐ-CP",
            {"điểm": "a, c", "khoản": "2, 5", "điều": "7"},
        ),
        ("theo Nghị định số 12/2020/NĐ-CP", None),
    ],
)
def test_pinpoints(words: str, pinpoint: dict[str, str] | None) -> None:
    assert one(words).pinpoint == pinpoint


@pytest.mark.parametrize(
    ("words", "relations"),
    [
        ("Căn cứ Luật Việc làm; Nghị định số 12/2020/NĐ-CP", ["basis", "basis"]),
        ("Thực hiện Kế hoạch số 1/KH-UBND và Kế hoạch số 2/KH-UBND", ["implements", "implements"]),
        (
            "theo Nghị định số 2/2021/NĐ-CP sửa đổi, bổ sung một số điều của Nghị định số 1/2020/NĐ-CP",
            ["basis", "amends"],
        ),
        ("Bãi bỏ Quyết định số 1/2020/QĐ-UBND", ["repeals"]),
        ("Chấm dứt hiệu lực thi hành của Quyết định số 1/2020/QĐ-UBND", ["repeals"]),
        ("Bãi bỏ toàn bộ: Quyết định số 1/2020/QĐ-UBND", ["repeals"]),
        (
            "Quyết định số 1/2020/QĐ-UBND và Quyết định số 2/2019/QĐ-UBND của Ủy ban nhân dân tỉnh hết hiệu lực kể từ "
            "ngày Quyết định này có hiệu lực.",
            ["repeals", "repeals"],
        ),
        ("Kể từ ngày Nghị quyết này có hiệu lực, Nghị quyết số 1/2020/NQ-HĐND bị bãi bỏ.", ["repeals"]),
        ("Quyết định số 1/2020/QĐ-UBND hết hiệu lực từ ngày 01/7/2025.", ["mentions"]),
        (
            "Các Quyết định bị bãi bỏ gồm:\n1. Quyết định số 1/2020/QĐ-UBND;\n2. Quyết định số 2/2020/QĐ-UBND.",
            ["repeals", "repeals"],
        ),
        (
            "Quyết định này có hiệu lực từ ngày 01/7/2025 và thay thế các Quyết định sau:\n"
            "a) Quyết định số 1/2020/QĐ-UBND;",
            ["replaces"],
        ),
        (
            "DANH MỤC VĂN BẢN BÃI BỎ\n1 | Quyết định số 1/2020/QĐ-UBND | 10/4/2020\n"
            "2 | Quyết định số 2/2020/QĐ-UBND | 10/5/2020",
            ["repeals", "repeals"],
        ),
        ("thay thế Quyết định số 1/2020/QĐ-UBND", ["replaces"]),
        ("văn bản quy định chi tiết, hướng dẫn thi hành Luật Việc làm", ["guides"]),
        ("nâng cao nhận thức về Luật Việc làm", ["mentions"]),
    ],
)  # fmt: skip
def test_relations(words: str, relations: list[str]) -> None:
    assert [c.relation for c in cited(words)] == relations


# --------------------------------------------------------------------------- properties

NUMBERS = st.integers(1, 9999).map(str) | st.sampled_from(["05", "0130", "30a"])
YEARS = st.integers(1990, 2026)
STATE = {"Quyết định": "QĐ", "Kế hoạch": "KH", "Báo cáo": "BC", "Tờ trình": "TTr", "Chỉ thị": "CT", "Nghị quyết": "NQ"}
PARTY = {"Chỉ thị": "CT", "Nghị quyết": "NQ", "Kết luận": "KL", "Chương trình hành động": "CTr"}
NORMATIVE = {"Nghị định": "NĐ-CP", "Thông tư": "TT-BTC", "Quyết định": "QĐ-TTg", "Nghị quyết": "NQ-HĐND"}
CODES = {"Nghị định": "NĐ", "Thông tư": "TT"} | STATE | PARTY


@st.composite
def symbols(draw: st.DrawFn) -> tuple[str, str]:
    """A type's name and a symbol of that type."""
    number = draw(NUMBERS)
    match draw(st.sampled_from(["state", "party", "normative", "letter"])):
        case "state":
            name = draw(st.sampled_from(sorted(STATE)))
            return name, f"{number}/{STATE[name]}-{draw(st.sampled_from(['UBND', 'TTg', 'BNV', 'SKHCN', 'UBND-VX']))}"
        case "party":
            name = draw(st.sampled_from(sorted(PARTY)))
            return name, f"{number}-{PARTY[name]}/{draw(st.sampled_from(['TW', 'TU', 'HU', 'ĐU']))}"
        case "normative":
            name = draw(st.sampled_from(sorted(NORMATIVE)))
            return name, f"{number}/{draw(YEARS)}/{NORMATIVE[name]}"
    return "Công văn", f"{number}/{draw(st.sampled_from(['UBND-NC', 'SNV-TCCB', 'LĐTBXH-TE', 'TTg-ĐP']))}"


@st.composite
def mentions(draw: st.DrawFn) -> tuple[str, str, str, date | None]:
    """The words of a citation with the slips that occur, and what it says."""
    name, symbol = draw(symbols())
    written = symbol
    if draw(st.booleans()):  # a line break once stood after a hyphen
        written = written.replace("-", draw(st.sampled_from(["- ", " -", "–", "-"])), 1)
    words = draw(st.sampled_from([name, name.lower(), name.upper()]))
    words += draw(st.sampled_from([" số ", " Số ", " số: ", "  số  ", " "])) + written
    day = draw(st.none() | st.dates(date(1990, 1, 1), date(2026, 12, 31)))
    if day:
        form = draw(
            st.sampled_from([f"{day.day:02}/{day.month}/{day.year}", f"{day.day} tháng {day.month:02} năm {day.year}"])
        )
        words += draw(st.sampled_from([" ngày ", ", ngày ", " ngày  "])) + form
    return words, CODES.get(name, "CV"), symbol, day


@given(st.lists(mentions(), min_size=1, max_size=4), st.sampled_from(["; ", " và ", ", "]))
@settings(max_examples=200, deadline=None)
def test_citations_of_every_form_read_back(told: list[tuple[str, str, str, date | None]], seam: str) -> None:
    found = cited("Thực hiện " + seam.join(words for words, *_ in told) + " trên địa bàn.")
    assert [(c.doc_type, c.symbol, c.issued_on) for c in found] == [tuple(rest) for _, *rest in told]
    assert [c.text for c in found] == [words for words, *_ in told]


@given(st.text(alphabet="aA1 /-,.;():ĐQđluật sốngày0tháng\n", max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_without_failing_and_mentions_never_overlap(words: str) -> None:
    found = cited(words)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    "seed",
    ["1, 2, ", "khoản 1 ", "((", "Luật ", "1/A-", "ngày ", "của Bộ A và ", "sửa đổi, bổ sung ", "Điều 5 và ", "A-A/",
     "12/KH-UBND, ", "Luật sửa đổi, bổ sung một số điều của ", "    ", "Luật Việc làm    ", "số   "],
)  # fmt: skip
def test_hostile_paragraphs_take_time_in_proportion(seed: str) -> None:
    words = "Quyết định số 12/QĐ-UBND " + seed * (40_000 // len(seed)) + "Nghị định số 5/2020/NĐ-CP"
    began = time.process_time()
    assert cited(words)
    assert time.process_time() - began < 5
