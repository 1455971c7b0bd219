"""The header is read from letterheads of every form, and from the text where the letterhead is missing."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lines_as_text import text_of

from pipeline.model import Header
from pipeline.segment.header import read_frame

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
BODY = """
Căn cứ Luật Tổ chức chính quyền địa phương;
I. MỤC ĐÍCH, YÊU CẦU
Nâng cao nhận thức của cán bộ, công chức.
Nơi nhận:
- Như trên;
- Các phòng, ban
huyện;
- Lưu: VT.
"""


def header_of(lines: str) -> Header:
    return read_frame(text_of(lines)).header


def test_state_letterhead() -> None:
    header = header_of(
        "ỦY BAN NHÂN DÂN\nHUYỆN PHONG THỔ\n"
        + STATE
        + "Số: 12/KH-UBND\nPhong Thổ, ngày 05 tháng 02 năm 2024\nKẾ HOẠCH\nCải cách hành chính năm 2024"
        + BODY
        + "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)\nLò Văn Bình"
    )
    assert header.doc_type == "KH"
    assert header.symbol == "12/KH-UBND"
    assert header.issuer == "Ủy ban nhân dân huyện Phong Thổ"
    assert header.title == "Cải cách hành chính năm 2024"
    assert (header.place, header.issued_on) == ("Phong Thổ", date(2024, 2, 5))
    assert header.recipients == ["Như trên", "Các phòng, ban huyện", "Lưu: VT"]
    assert header.signer.on_behalf_of == "TM. ỦY BAN NHÂN DÂN"
    assert header.signer.capacity == "KT. CHỦ TỊCH"
    assert header.signer.position == "PHÓ CHỦ TỊCH"
    assert header.signer.name == "Lò Văn Bình"


def test_party_letterhead() -> None:
    header = header_of(
        "ĐẢNG BỘ TỈNH LAI CHÂU\nHUYỆN UỶ SÌN HỒ\n*\nSố 105-KH/HU\nĐẢNG CỘNG SẢN VIỆT NAM\n"
        "Sìn Hồ, ngày 01 tháng 3 năm 2022\nKẾ HOẠCH\nBAN CHẤP HÀNH ĐẢNG BỘ HUYỆN\n"
        "thực hiện Nghị quyết số 21-NQ/TW\n-----" + BODY + "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\nVàng A Sử"
    )
    assert (header.doc_type, header.symbol) == ("KH", "105-KH/HU")
    assert header.issuer == "Huyện ủy Sìn Hồ"
    assert header.title == "thực hiện Nghị quyết số 21-NQ/TW"
    assert (header.signer.on_behalf_of, header.signer.position) == ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ")


def test_columns_that_ran_into_one_line() -> None:
    header = header_of(
        "UBND TỈNH LÀO CAI CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ Y TẾ Độc lập - Tự do - Hạnh phúc\n"
        "Số : 12 /BC - SYT Lào Cai, ngày 3 tháng 4 năm 2024\nBÁO CÁO\nKết quả công tác năm 2023" + BODY
    )
    assert header.issuer == "Sở Y tế tỉnh Lào Cai"
    assert (header.symbol, header.place, header.issued_on) == ("12/BC-SYT", "Lào Cai", date(2024, 4, 3))


def test_lines_in_another_order() -> None:
    header = header_of(
        "Số: 55/QĐ-UBND\n" + STATE + "UBND THÀNH PHỐ LAI CHÂU\nLai Châu, ngày 10 tháng 10 năm 2022\n"
        "QUYẾT ĐỊNH\nVề việc thành lập Tổ công tác\nCHỦ TỊCH ỦY BAN NHÂN DÂN THÀNH PHỐ LAI CHÂU" + BODY
    )
    assert header.issuer == "Ủy ban nhân dân thành phố Lai Châu"
    assert (header.doc_type, header.symbol) == ("QĐ", "55/QĐ-UBND")
    assert header.title == "Về việc thành lập Tổ công tác"


def test_blank_number_and_date_of_a_draft() -> None:
    header = header_of(
        "DỰ THẢO\nUBND HUYỆN TAM ĐƯỜNG\n" + STATE + "Số:        /TB-UBND\n"
        "Tam Đường, ngày      tháng 4 năm 2023\nTHÔNG BÁO\nKết luận cuộc họp" + BODY
    )
    assert header.draft
    assert (header.symbol, header.issued_on, header.place) == (None, None, "Tam Đường")
    assert header.doc_type == "TB"


def test_letter_with_subject_and_addressees() -> None:
    header = header_of(
        "UBND HUYỆN PHONG THỔ\nPHÒNG NỘI VỤ\nSố: 45/NV\nV/v đôn đốc báo cáo\nkết quả sáp nhập bản\n"
        + STATE
        + "Phong Thổ, ngày 3 tháng 4 năm 2023\nKính gửi:\n- Ủy ban nhân dân các xã, thị trấn;\n- Hội Nông dân\nhuyện.\n"
        "Thực hiện Công văn số 5/UBND-NC, Phòng đề nghị các đơn vị báo cáo trước ngày 15/4/2023." + BODY
    )
    assert header.doc_type == "CV"
    assert header.title == "đôn đốc báo cáo kết quả sáp nhập bản"
    assert header.issuer == "Phòng Nội vụ huyện Phong Thổ"
    assert header.addressees == ["Ủy ban nhân dân các xã, thị trấn", "Hội Nông dân huyện"]


@pytest.mark.parametrize(
    ("lead_in", "manner"),
    [
        ("Thực hiện Công văn số 12/SNV-TCBC, UBND huyện An Linh báo cáo kết quả thực hiện như sau:", "BC"),
        ("Sở Nội vụ đề nghị UBND các huyện báo cáo kết quả thực hiện như sau:", "CV"),
    ],
)
def test_a_letter_that_reports_is_built_as_a_report(lead_in: str, manner: str) -> None:
    lines = f"""UBND HUYỆN AN LINH
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 45/UBND-NV
An Linh, ngày     tháng 5 năm 2024
V/v tình hình cải cách hành chính
Kính gửi: Sở Nội vụ.
{lead_in}
I. KẾT QUẢ
1. Ban Chỉ đạo huyện được kiện toàn"""
    frame = read_frame(text_of(lines))
    assert (frame.header.doc_type, frame.body_type) == ("CV", manner)
    assert (frame.header.issued_on, frame.year) == (None, 2024)


def test_a_letter_is_no_directive_though_its_symbol_says_ct() -> None:
    header = header_of(
        "BỘ TÀI CHÍNH\nCỤC THUẾ\n" + STATE + "Số:\n5680/CT-CS\nV/v chính sách thuế\n"
        "Hà Nội, ngày 01 tháng 12 năm 2025\nKính gửi: Thuế tỉnh Sơn La\nCục Thuế có ý kiến như sau:" + BODY
    )
    assert (header.doc_type, header.symbol, header.issuer) == ("CV", "5680/CT-CS", "Cục Thuế")


@pytest.mark.parametrize(
    "subject",
    [
        "V/v triển khai Nghị định số 178/2026/NĐ-CP ngày 20/5/2026 của Chính phủ",
        "V/v triển khai Nghị định\nsố 178/2026/NĐ-CP ngày 20/5/2026 của Chính phủ",
        "Về: triển khai Nghị định số 178/2026/NĐ-CP, ngày 20/5/2026 của Chính phủ",
    ],
)
@pytest.mark.parametrize("day_first", [True, False])
def test_what_a_subject_cites_is_not_the_letters_own(subject: str, day_first: bool) -> None:
    day = "Lào Cai, ngày 15 tháng 9 năm 2026\n"
    header = header_of(
        "ỦY BAN NHÂN DÂN\nTỈNH LÀO CAI\n" + STATE + (day if day_first else "") + f"Số: 93 /UBND-KT\n{subject}\n"
        f"{'' if day_first else day}Kính gửi: Các sở, ban, ngành\nChủ tịch yêu cầu các sở thực hiện." + BODY
    )
    assert (header.symbol, header.issued_on, header.place) == ("93/UBND-KT", date(2026, 9, 15), "Lào Cai")
    assert header.title and header.title.startswith("triển khai Nghị định số 178/2026/NĐ-CP")
    assert header.title.endswith("ngày 20/5/2026 của Chính phủ")


def test_a_letter_of_the_party_has_its_subject_right_below_its_number() -> None:
    header = header_of(
        "ĐẢNG BỘ TỈNH LÀO CAI\nĐẢNG ỦY XÃ BẢN LẦU\n*\nSố       -CV/ĐU\n"
        "Tham mưu triển khai thực hiện Kế hoạch số 41-KH/TU của Ban Thường vụ Tỉnh ủy\n"
        "ĐẢNG CỘNG SẢN VIỆT NAM\nBản Lầu, ngày     tháng 6 năm 2026\nKính gửi: Các chi bộ trực thuộc.\n"
        "Thực hiện Kế hoạch số 41-KH/TU, Đảng ủy xã yêu cầu các chi bộ tổ chức học tập."
    )
    assert (header.doc_type, header.symbol) == ("CV", None)
    assert header.title == "Tham mưu triển khai thực hiện Kế hoạch số 41-KH/TU của Ban Thường vụ Tỉnh ủy"


def test_an_issuer_may_be_named_by_the_decision_that_set_it_up() -> None:
    header = header_of(
        "SỞ CÔNG THƯƠNG\nĐOÀN KIỂM TRA THEO QUYẾT ĐỊNH SỐ 50/QĐ-SCT\nSố: 105/KH-ĐKT\n"
        + STATE
        + "Lào Cai, ngày 10 tháng 3 năm 2026\nKẾ HOẠCH\nKiểm tra kho vật liệu nổ"
        + BODY
    )
    assert header.symbol == "105/KH-ĐKT"
    assert header.issuer == "ĐOÀN KIỂM TRA THEO QUYẾT ĐỊNH SỐ 50/QĐ-SCT"


def test_recipients_go_on_below_how_they_get_it() -> None:
    header = header_of(
        "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO\nSố: 12/PGDĐT\nV/v giao ban\n"
        + STATE
        + "Hòa Giang, ngày 03 tháng 9 năm 2020\nKính gửi: Các trường mầm non.\nPhòng tổ chức giao ban tháng 9.\n"
        + "Nơi nhận:\n- Lưu: VT;\nBản điện tử:\n- Như trên;\n- Lãnh đạo phòng.\nTRƯỞNG PHÒNG\nPhạm Văn Minh"
    )
    assert header.recipients == ["Lưu: VT", "Như trên", "Lãnh đạo phòng"]
    assert header.signer.name == "Phạm Văn Minh"


def test_the_subject_of_a_letter_is_a_title_in_the_text() -> None:
    words = f"UBND TỈNH LÀO CAI\n{STATE}Số: 93/UBND-KT\nV/v triển khai Nghị định số 178/2026/NĐ-CP\nKính gửi: Các sở"
    frame = read_frame(text_of(words))
    titles = [words[z.start : z.end] for z in frame.zones if z.zone == "title"]
    assert titles == ["V/v triển khai Nghị định số 178/2026/NĐ-CP"]


def test_a_name_with_a_comma_is_whole() -> None:
    header = header_of(
        "BAN CHỈ ĐẠO QUỐC GIA VỀ TÌM KIẾM, QUY TẬP HÀI CỐT LIỆT SĨ\n" + STATE + "Số: 5/KH-BCĐQG1237\nKẾ HOẠCH\nNăm 2014"
    )
    assert header.issuer == "Ban Chỉ đạo quốc gia về tìm kiếm, quy tập hài cốt liệt sĩ"
    assert header.symbol == "5/KH-BCĐQG1237"


def test_a_report_without_head_and_title() -> None:
    header = header_of("Thực hiện Thông báo số 7/TB-UBND, Sở Công Thương báo cáo và đề xuất như sau:\nI. TÌNH HÌNH")
    assert (header.doc_type, header.issuer) == ("BC", "Sở Công Thương")


@pytest.mark.parametrize(
    ("opening", "doc_type", "issuer"),
    [
        ("KẾ HOẠCH\nPhòng, chống rét năm 2023", "KH", "Ủy ban nhân dân huyện Mường Tè"),
        ("BÁO CÁO Kết quả phòng, chống rét;\ncông tác năm 2023", "BC", "Ủy ban nhân dân huyện Mường Tè"),
        ("", "KH", "Ủy ban nhân dân huyện Mường Tè"),
    ],
)
def test_missing_letterhead(opening: str, doc_type: str, issuer: str) -> None:
    header = header_of(
        opening + "\nThực hiện Kế hoạch số 1/KH-UBND ngày 02/01/2023 của Ủy ban nhân dân tỉnh Lai Châu, "
        "UBND huyện Mường Tè ban hành Kế hoạch phòng, chống rét như sau:" + BODY
    )
    assert (header.doc_type, header.issuer) == (doc_type, issuer)
    assert header.symbol is None and header.issued_on is None


def test_zones_part_the_text() -> None:
    text = text_of(
        "UBND XÃ MƯỜNG SO\n" + STATE + "Số: 7/QĐ-UBND\nQUYẾT ĐỊNH\nVề việc ban hành Quy chế làm việc" + BODY
        + "CHỦ TỊCH\nĐèo Văn Ún\nQUY CHẾ\nLàm việc của cơ quan\n(Ban hành kèm theo Quyết định số 7/QĐ-UBND)"
    )  # fmt: skip
    frame = read_frame(text)
    zones = [(z.zone, text.text[z.start : z.end].split("\n")[0]) for z in frame.zones]
    assert zones == [
        ("letterhead", "UBND XÃ MƯỜNG SO"),
        ("title", "QUYẾT ĐỊNH"),
        ("body", "Căn cứ Luật Tổ chức chính quyền địa phương;"),
        ("closing", "Nơi nhận:"),
        ("body", "QUY CHẾ"),
    ]


def test_footnotes_after_the_signature_are_body() -> None:
    note = "[1] Kế hoạch số 5/KH-UBND ngày 02/3/2023 của Ủy ban nhân dân tỉnh Lai Châu."
    text = text_of("UBND XÃ MƯỜNG SO\n" + STATE + "Số: 7/KH-UBND\nKẾ HOẠCH" + BODY + "CHỦ TỊCH\nĐèo Văn Ún\n" + note)
    frame = read_frame(text)
    assert frame.zone_at(text.text.index(note)) == "body"
    assert not any("[1]" in r for r in frame.header.recipients)


@pytest.mark.parametrize("annex", ["Biểu 02", "Phụ lục II", "Phân công nhiệm vụ"])
def test_what_follows_the_signers_name_is_no_recipient(annex: str) -> None:
    words = "UBND XÃ MƯỜNG SO\n" + STATE + "Số: 7/KH-UBND\nKẾ HOẠCH\nTrồng rừng\nI. MỤC ĐÍCH\nGiữ đất.\n"
    rest = "1 | Rà soát quỹ đất | Phòng Kinh tế"
    text = text_of(f"{words}Nơi nhận:\n- Như trên;\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nĐèo Văn Ún\n{annex}\n{rest}")
    frame = read_frame(text)
    assert frame.header.recipients == ["Như trên"]
    assert frame.zone_at(text.text.index(rest)) == "body"


@pytest.mark.parametrize("doc_type", ["KẾ HOẠCH", "QUYẾT ĐỊNH"])
@pytest.mark.parametrize(
    "line",
    [
        "CÔNG TÁC PHÒNG CHỐNG DỊCH",
        "CHÍNH SÁCH XÃ HỘI",
        "BAN HÀNH VĂN BẢN",
        "QUỐC DÂN GIAI ĐOẠN 2026 - 2030",
        "TRÊN ĐỊA BÀN TỈNH",
    ],
)
def test_a_title_in_capitals_goes_on_in_the_next_line(doc_type: str, line: str) -> None:
    authority = "ỦY BAN NHÂN DÂN TỈNH SƠN LA\n" if doc_type == "QUYẾT ĐỊNH" else ""
    header = header_of(
        f"UBND TỈNH SƠN LA\n{STATE}Số: 7/QĐ-UBND\n{doc_type}\nTRIỂN KHAI NHIỆM VỤ TRỌNG TÂM\n{line}\n{authority}"
        "Thực hiện Nghị định số 5/2024/NĐ-CP ngày 10/01/2024 của Chính phủ, Ủy ban nhân dân tỉnh ban hành như sau:\n"
        "I. MỤC ĐÍCH\nNâng cao chất lượng.\n"
    )
    assert header.title == f"TRIỂN KHAI NHIỆM VỤ TRỌNG TÂM {line}"


@pytest.mark.parametrize(
    "authority", ["CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH SƠN LA", "HỘI ĐỒNG NHÂN DÂN TỈNH SƠN LA\nKHÓA V, KỲ HỌP THỨ 3"]
)
def test_who_decides_is_no_part_of_the_title_above(authority: str) -> None:
    header = header_of(
        f"UBND TỈNH SƠN LA\n{STATE}Số: 7/QĐ-UBND\nQUYẾT ĐỊNH\nCÔNG BỐ THỦ TỤC TRÊN ĐỊA BÀN TỈNH\n{authority}\n"
        "Căn cứ Luật Việc làm;\nQUYẾT ĐỊNH:\nĐiều 1. Ban hành quy chế.\n"
    )
    assert header.title == "CÔNG BỐ THỦ TỤC TRÊN ĐỊA BÀN TỈNH"


def test_the_president_signs_with_the_name_of_the_state() -> None:
    text = "CHỦ TỊCH NƯỚC\n" + STATE + "Số: 7/QĐ-CTN\nQUYẾT ĐỊNH\nVề việc tặng thưởng\nĐiều 1. Tặng thưởng.\n"
    signer = header_of(f"{text}CHỦ TỊCH\nNƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nLò Văn Ún").signer
    assert signer.name == "Lò Văn Ún"


def test_a_letterhead_below_what_a_web_page_shows() -> None:
    header = header_of(
        "Công văn số 77/SNV-CCVC về việc báo cáo biên chế\nTải bản đầy đủ (.doc)\nSỞ NỘI VỤ TỈNH SƠN LA\n"
        "Số: 77/SNV-CCVC\nV/v báo cáo biên chế\nnăm 2024\n" + STATE
        + "Sơn La, ngày 5 tháng 2 năm 2024\nKính gửi: Các sở, ngành.\nSở Nội vụ đề nghị các đơn vị báo cáo." + BODY
    )  # fmt: skip
    assert (header.doc_type, header.symbol, header.place) == ("CV", "77/SNV-CCVC", "Sơn La")
    assert (header.title, header.issuer) == ("báo cáo biên chế năm 2024", "Sở Nội vụ tỉnh Sơn La")


def test_a_decision_without_the_line_of_its_type() -> None:
    header = header_of(
        f"ỦY BAN NHÂN DÂN\n{STATE}Số: 41/2019/QĐ-UBND\nSơn La, ngày 22 tháng 10 năm 2019\n"
        "BAN HÀNH QUY ĐỊNH CHẾ ĐỘ BÁO CÁO ĐỊNH KỲ\nỦY BAN NHÂN DÂN TỈNH SƠN LA\nCăn cứ Luật Việc làm;\n"
        "QUYẾT ĐỊNH:\nĐiều 1. Ban hành quy định.\n"
    )
    assert (header.doc_type, header.title) == ("QĐ", "BAN HÀNH QUY ĐỊNH CHẾ ĐỘ BÁO CÁO ĐỊNH KỲ")
    assert header.issuer == "Ủy ban nhân dân tỉnh Sơn La"


@pytest.mark.parametrize(
    ("body", "authority", "title"),
    [
        ("SỞ NỘI VỤ", "GIÁM ĐỐC SỞ NỘI VỤ", "BAN HÀNH QUY CHẾ LÀM VIỆC"),
        ("KIỂM TOÁN NHÀ NƯỚC", "TỔNG KIỂM TOÁN NHÀ NƯỚC", "BAN HÀNH QUY CHẾ LÀM VIỆC"),
        ("KIỂM TOÁN NHÀ NƯỚC", "TỔNG KIỂM TOÁN NHÀ NƯỚC", None),
    ],
)
def test_who_decides_names_no_second_issuer_and_no_title(body: str, authority: str, title: str | None) -> None:
    above = f"{title}\n" if title else ""
    header = header_of(
        f"{body}\n{STATE}Số: 8/QĐ-KTNN\nHà Nội, ngày 5 tháng 11 năm 2021\n{above}{authority}\nCăn cứ Luật Lưu trữ;\n"
        "QUYẾT ĐỊNH:\nĐiều 1. Ban hành quy chế.\n"
    )
    assert (header.doc_type, header.title) == ("QĐ", title)
    assert (header.issuer or "").lower() == body.lower()


def test_a_signature_in_small_letters() -> None:
    text = (
        "UBND TỈNH SƠN LA\n"
        + STATE
        + "Số: 7/QĐ-UBND\nQUYẾT ĐỊNH\nVề việc công nhận trường\nĐiều 1. Công nhận trường.\n"
    )
    signer = header_of(f"{text}TM. Ủy ban nhân dân tỉnh\nChủ tịch\n(Đã ký)\nLò Văn Thông").signer
    assert (signer.on_behalf_of, signer.position, signer.name) == (
        "TM. Ủy ban nhân dân tỉnh",
        "Chủ tịch",
        "Lò Văn Thông",
    )


def test_a_name_glued_to_the_office_and_the_typists_path() -> None:
    text = "UBND TỈNH SƠN LA\n" + STATE + "Số: 7/KH-UBND\nKẾ HOẠCH\nTrồng rừng\nI. MỤC ĐÍCH\nGiữ rừng.\n"
    closing = "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nD\\2018\\CV\\trong rung\nTL. CHỦ TỊCH\nCHÁNH VĂN PHÒNGLò Thị Mai"
    signer = header_of(text + closing).signer
    assert (signer.position, signer.name) == ("CHÁNH VĂN PHÒNG", "Lò Thị Mai")


def test_a_party_letter_has_its_subject_below_its_number() -> None:
    header = header_of(
        "TỈNH ỦY SƠN LA\nĐẢNG CỘNG SẢN VIỆT NAM\nBAN TUYÊN GIÁO\n*\nSơn La, ngày 15 tháng 6 năm 2021\n"
        "Số 369-CV/BTGTU\nGửi Đề cương tuyên truyền kỷ niệm ngày lễ\nKính gửi:\n- Các ban, ngành.\nThực hiện kế hoạch."
        + BODY
    )
    assert header.title == "Gửi Đề cương tuyên truyền kỷ niệm ngày lễ"


def test_a_deputy_signs_in_short() -> None:
    text = "TRUNG TÂM VĂN HÓA\n" + STATE + "Số: 7/KH-TTVH\nKẾ HOẠCH\nHội thi\nI. MỤC ĐÍCH\nGiao lưu.\n"
    signer = header_of(f"{text}Nơi nhận:\n- Như trên.\nP. GIÁM ĐỐC\n(đã kỹ)\nLò Thị Mai").signer
    assert (signer.position, signer.name) == ("P. GIÁM ĐỐC", "Lò Thị Mai")


def test_layout_table_with_both_columns() -> None:
    header = header_of(
        "UBND TỈNH SƠN LA | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 9/KH-UBND | Sơn La, ngày 1 tháng 2 năm 2024\n"
        "KẾ HOẠCH\nPhòng cháy, chữa cháy rừng\nI. MỤC ĐÍCH\nGiữ rừng.\n"
        "Nơi nhận: - Chính phủ; - Lưu: VT. | TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Hà Văn Yên"
    )
    assert header.recipients == ["Chính phủ", "Lưu: VT"]
    assert (header.signer.capacity, header.signer.position) == ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    assert header.signer.name == "Hà Văn Yên"


def test_digital_signature_leftovers_are_no_names() -> None:
    header = header_of(
        "Người ký: Ủy ban nhân dân tỉnh Sơn La\nEmail: vanthu@sonla.gov.vn\nUBND TỈNH SƠN LA\n" + STATE
        + "Số: 9/KH-UBND\nSơn La, ngày 1 tháng 2 năm 2024\nKẾ HOẠCH\nPhòng cháy, chữa cháy rừng" + BODY
    )  # fmt: skip
    assert (header.issuer, header.symbol) == ("Ủy ban nhân dân tỉnh Sơn La", "9/KH-UBND")


def test_a_law_is_dated_by_its_passing() -> None:
    header = header_of(
        "QUỐC HỘI\n" + STATE + "Luật số: 10/2020/QH14\nLUẬT\nTHỎA THUẬN QUỐC TẾ\nCăn cứ Hiến pháp;\n"
        "Điều 1. Phạm vi điều chỉnh\nLuật này quy định về thỏa thuận quốc tế.\n"
        "Luật này được Quốc hội khóa XIV thông qua ngày 13 tháng 11 năm 2020.\nCHỦ TỊCH QUỐC HỘI\nNguyễn Thị Bình"
    )
    assert (header.doc_type, header.issuer, header.issued_on) == ("Luật", "Quốc hội", date(2020, 11, 13))
    assert header.signer.position == "CHỦ TỊCH QUỐC HỘI"


@given(st.text(alphabet="AÀĐaà .,:;|-/\n0123456789()“”*SốTM.KHẾOẠC", max_size=400))
def test_any_text_has_a_frame_whose_zones_tile_it(words: str) -> None:
    text = text_of(words.split("\n"))
    zones = read_frame(text).zones
    assert all(a.end == b.start for a, b in pairwise(zones))
    assert not zones or (zones[0].start, zones[-1].end) == (0, len(text.text))


def test_the_number_of_a_consolidated_text_stands_in_its_certificate() -> None:
    header = header_of(
        STATE
        + "THÔNG TƯ\nHướng dẫn quản lý lao động\nCăn cứ Luật Lao động;\nĐiều 1. Phạm vi\nThông tư này quy định.\n"
        + "BỘ LAO ĐỘNG - THƯƠNG BINH\nVÀ XÃ HỘI\nXÁC THỰC VĂN BẢN HỢP NHẤT\nSố: 466/VBHN-BLĐTBXH\n"
        + "Hà Nội, ngày 10 tháng 02 năm 2025\nKT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\nLê Văn An"
    )
    assert (header.symbol, header.issued_on, header.place) == ("466/VBHN-BLĐTBXH", date(2025, 2, 10), "Hà Nội")


@pytest.mark.parametrize(
    "stamp",
    [
        "ĐẾN Số: 1247\nNgày 14/3/2025",
        "SỞ NỘI VỤ\nĐẾN\nSố: 1247\nNgày: 14/3/2025\nChuyển: VX",
        "VĂN PHÒNG\nCÔNG VĂN ĐẾN\nSố: 1247 Ngày 14 tháng 3 năm 2025",
        "- SN 132:",
    ],
)
@pytest.mark.parametrize("wrapped", [False, True])
def test_the_stamp_of_who_received_it_is_no_letterhead(stamp: str, wrapped: bool) -> None:
    state = STATE.replace("NGHĨA ", "NGHĨA\n") if wrapped else STATE
    head = "ỦY BAN NHÂN DÂN\nHUYỆN PHONG THỔ\n" + state + "Số: 12/KH-UBND\nPhong Thổ, ngày 05 tháng 02 năm 2025\n"
    header = header_of(f"{stamp}\n{head}KẾ HOẠCH\nCải cách hành chính năm 2025{BODY}")
    assert header == header_of(f"{head}KẾ HOẠCH\nCải cách hành chính năm 2025{BODY}")
    assert header.symbol and header.issued_on == date(2025, 2, 5)


def test_the_stamp_of_who_received_it_may_stand_below_the_number() -> None:
    head = "ỦY BAN NHÂN DÂN\nHUYỆN PHONG THỔ\n" + STATE + "Số: 12/UBND-VX\n"
    stamp = "SỞ NỘI VỤ\nĐẾN\nSố: 88\nNgày: 14/3/2025\n"
    rest = f"Phong Thổ, ngày 05 tháng 02 năm 2025\nV/v báo cáo kết quả tuyên truyền{BODY}"
    assert header_of(head + stamp + rest) == header_of(head + rest)


@pytest.mark.parametrize(
    ("closing", "name"),
    [
        ("Nơi nhận:\n- Như trên;\n- Lưu\nLò Văn Thuận", "Lò Văn Thuận"),
        ("Nơi nhận:\n- Lưu: VT.\nQ. CHỦ TỊCH\n* Lò Thị Tuyết", "Lò Thị Tuyết"),
        ("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nĐã ký: Lò Đức Viễn", "Lò Đức Viễn"),
        ("Nơi nhận:\nBTT UBTW MTTQ VN; (để b/c)\nUBND xã;\n- Lưu VP.\nCHỦ TỊCH\nLò Chí Thành", "Lò Chí Thành"),
    ],
)
def test_a_name_as_typists_leave_it(closing: str, name: str) -> None:
    text = "UBND TỈNH SƠN LA\n" + STATE + "Số: 7/BC-UBND\nBÁO CÁO\nKết quả\nI. KẾT QUẢ\nĐã xong./.\n"
    assert header_of(text + closing).signer.name == name


def test_a_number_broken_behind_its_word_is_no_name() -> None:
    header = header_of(f"CHÍNH PHỦ\n{STATE}Số:\n/2017/NĐ-CP\nHà Nội, ngày tháng năm 2017\nNGHỊ ĐỊNH\nVề hụi" + BODY)
    assert (header.issuer, header.symbol, header.doc_type) == ("Chính phủ", None, "NĐ")


def test_a_letterhead_that_has_lost_its_second_line_is_completed_by_the_text() -> None:
    header = header_of(
        f"BẢO HIỂM XÃ HỘI\n{STATE}Số: 5/BHXH-BC\nHà Nội, ngày 20 tháng 12 năm 2012\nKính gửi: Các đơn vị\n"
        "Để chi trả kịp thời, Bảo hiểm xã hội Việt Nam thông báo kế hoạch cấp kinh phí như sau:" + BODY
    )
    assert header.issuer == "Bảo hiểm xã hội Việt Nam"


@pytest.mark.parametrize(
    ("title", "authority"),
    [
        ("Phê chuẩn kết quả bầu Chủ tịch\nỦy ban nhân dân huyện Mường La khóa XX", "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH"),
        ("Giao chỉ tiêu tuyển sinh\nTrường THPT chuyên;\nTrường THPT Mường La\nnăm học 2024", "ỦY BAN NHÂN DÂN TỈNH"),
        ("PHÊ DUYỆT ĐỀ ÁN", "CHỦ TỊCH ỦY BAN NHÂN\nDÂN TỈNH"),
    ],
)
def test_a_title_runs_to_the_line_of_who_decides(title: str, authority: str) -> None:
    header = header_of(
        f"ỦY BAN NHÂN DÂN\nTỈNH SƠN LA\n{STATE}Số: 7/QĐ-UBND\nSơn La, ngày 5 tháng 2 năm 2024\nQUYẾT ĐỊNH\n{title}\n"
        f"{authority}\nCăn cứ Luật Việc làm;\nQUYẾT ĐỊNH:\nĐiều 1. Phê duyệt.\n"
    )
    assert header.title == title.replace("\n", " ")
    assert header.issuer == "Ủy ban nhân dân tỉnh Sơn La"


def test_a_number_repeated_in_the_title_is_taken_out_of_it() -> None:
    header = header_of(
        f"BỘ TÀI CHÍNH\n{STATE}Số: 15-BTC/TT\nHà Nội, ngày 16 tháng 3 năm 1991\nTHÔNG TƯ\n"
        "SỐ 15-BTC/TT NGÀY 16-3-1991 CỦA BỘ TÀI CHÍNH QUY ĐỊNH CHẾ ĐỘ QUẢN LÝ VỐN\nCăn cứ Nghị định số 196-HĐBT;" + BODY
    )
    assert (header.symbol, header.title) == ("15-BTC/TT", "QUY ĐỊNH CHẾ ĐỘ QUẢN LÝ VỐN")


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("Thủ tướng Chính phủ đã ban hành Chỉ thị số 3/CT-TTg. Sở Y tế đề nghị các đơn vị rà soát.", "Sở Y tế"),
        (
            "Ngày 5/3/2024, Thủ tướng Chính phủ có ý kiến về khắc phục mưa lũ.\n1. Cấp gạo.\n"
            "Văn phòng Chính phủ thông báo để các cơ quan biết, thực hiện./.",
            "Văn phòng Chính phủ",
        ),
        (
            "Vừa qua, Sở Văn hóa, Thể thao và Du lịch (sau đây gọi là Sở) yêu cầu các đơn vị như sau:\n1. Rà soát.",
            "Sở Văn hóa, Thể thao và Du lịch",
        ),
        (
            "Để kịp thời, Ủy ban nhân dân thành phố Hà Nội yêu cầu như sau:\n1. Rà soát.\n"
            "Ủy ban nhân dân Thành phố yêu cầu các sở thực hiện nghiêm túc./.",
            "Ủy ban nhân dân thành phố Hà Nội",
        ),
        ("Hội nghị viên chức được tổ chức ngày 7/10/2020.", None),
    ],
)
def test_who_issues_by_the_voice_of_the_text(text: str, issuer: str | None) -> None:
    header = header_of(f"THÔNG BÁO\nKết luận về khắc phục mưa lũ\n{text}\nNơi nhận:\n- Như trên;\n- Lưu: VT.")
    assert header.issuer == issuer


@pytest.mark.parametrize(("day", "issued"), [("07", date(2020, 10, 7)), ("    ", None)])
def test_place_and_day_above_the_signature(day: str, issued: date | None) -> None:
    header = header_of(
        f"{STATE}NGHỊ QUYẾT HỘI NGHỊ VIÊN CHỨC\nI. KẾT QUẢ\nĐạt.\nMường So, ngày {day} tháng 10 năm 2020\n"
        "HIỆU TRƯỞNG\nLò Văn Minh"
    )
    assert (header.place, header.issued_on) == ("Mường So", issued)


def test_whose_an_attached_text_is_goes_on_with_no_signature() -> None:
    text = f"UBND TỈNH SƠN LA\n{STATE}Số: 7/QĐ-UBND\nQUYẾT ĐỊNH\nBan hành Quy chế\nĐiều 1. Ban hành.\n"
    header = header_of(
        f"{text}TM. ỦY BAN NHÂN DÂN\nCỦA ỦY BAN NHÂN DÂN TỈNH SƠN LA NHIỆM KỲ 2016 - 2021\nĐiều 1. Phạm vi\n"
    )
    assert header.signer.on_behalf_of == "TM. ỦY BAN NHÂN DÂN"
