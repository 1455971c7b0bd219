"""The section tree is read back from every way of numbering, and sentences are left alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lines_as_text import text_of

from pipeline.annotate.agencies import find_agencies
from pipeline.model import Frame, Header, Section, Text, ZoneSpan
from pipeline.resolve.context import context_of
from pipeline.segment.outline import outline

# --------------------------------------------------------------------------- random outlines

ROMAN = ["I", "II", "III", "IV", "V", "VI"]
WORDS = ["Công tác tuyên truyền", "Nguồn nhân lực", "Hạ tầng số", "Dữ liệu dùng chung", "Hợp tác với nước ngoài"]
STYLES = {
    "part": lambda n, above: (f"Phần {ROMAN[n]}", f"Phần {ROMAN[n]}. "),
    "letter": lambda n, above: ("ABCDE"[n], f"{'ABCDE'[n]}. "),
    "letter-dash": lambda n, above: ("ABCDE"[n], f"{'ABCDE'[n]}- "),
    "roman": lambda n, above: (ROMAN[n], f"{ROMAN[n]}. "),
    "roman-dash": lambda n, above: (ROMAN[n], f"{ROMAN[n]} - "),
    "arabic": lambda n, above: (str(n + 1), f"{n + 1}. "),
    "arabic-party": lambda n, above: (str(n + 1), f"{n + 1}/- "),
    "dotted": lambda n, above: (f"{above}.{n + 1}", f"{above}.{n + 1}. "),
    "alpha": lambda n, above: ("abcdđ"[n], f"{'abcdđ'[n]}) "),
    "parenthesised": lambda n, above: (str(n + 1), f"({n + 1}) "),
}
CHAINS = [
    ["part", "roman", "arabic", "alpha"],
    ["letter", "roman", "arabic", "dotted"],
    ["letter-dash", "roman-dash", "arabic-party", "alpha"],
    ["roman", "arabic", "dotted", "alpha", "parenthesised"],
    ["roman-dash", "arabic-party", "alpha"],
    ["arabic", "alpha"],
]


@dataclass
class Node:
    words: str
    body: str
    children: list[Node] = field(default_factory=list)


def nodes(depth: int) -> st.SearchStrategy[list[Node]]:
    """One to three sections, each with text or sections below."""
    below = nodes(depth - 1) if depth > 1 else st.just([])
    body = st.sampled_from(["- Rà soát, bổ sung quy định.", "Các xã đã làm tốt việc này.", "Nội dung | Thời gian"])
    node = st.builds(Node, st.sampled_from(WORDS), body, st.one_of(st.just([]), below))
    return st.lists(node, min_size=1, max_size=3)


Expected = list[tuple[str, str, int | None]]


def lay_out(tree: list[Node], chain: list[str]) -> tuple[list[str], Expected]:
    """The lines of a tree, and its labels, headings and parents (as indexes) in order."""
    lines: list[str] = []
    expected: Expected = []

    def write(siblings: list[Node], styles: list[str], parent: int | None, above: str) -> None:
        for n, node in enumerate(siblings):
            label, written = STYLES[styles[0]](n, above)
            index = len(expected)
            expected.append((label, node.words, parent))
            lines.append(written + node.words)
            if node.children and len(styles) > 1:
                write(node.children, styles[1:], index, label)
            else:
                lines.append(node.body)

    write(tree, chain, None, "")
    return lines, expected


def sections_of(text: Text, doc_type: str | None = "KH") -> list[Section]:
    frame = Frame(Header(doc_type=doc_type), [ZoneSpan("body", 0, len(text.text))])
    return outline(text, frame, find_agencies(text, frame, context_of(text, frame)))


@given(st.sampled_from(CHAINS).flatmap(lambda chain: st.tuples(st.just(chain), nodes(len(chain)))))
def test_a_tree_is_read_back_as_it_was_laid_out(case: tuple[list[str], list[Node]]) -> None:
    chain, tree = case
    lines, expected = lay_out(tree, chain)
    sections = sections_of(text_of(lines))
    assert [(s.label, s.heading, s.parent and s.parent - 1) for s in sections] == [
        (label, words, parent) for label, words, parent in expected
    ]


LINES = [
    "I. MỤC TIÊU", "1. Yêu cầu", "a) Rà soát;", "* Khó khăn: Thiếu vốn.", "Điều 1. Tên", "“1. Hết", "Chương I",
    "Phụ lục I", "Sở Nội vụ", "(Kèm theo)", "1.1. Dữ liệu", "- Gạch",
]  # fmt: skip


@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=14))
def test_bodies_nest_and_text_stands_where_it_says(lines: list[str]) -> None:
    text = text_of(lines)
    sections = sections_of(text)
    by_id = {s.id: s for s in sections}
    for s in sections:
        assert text.text[s.start : s.end] == s.text
        assert s.start <= s.end <= s.body_start <= s.body_end
        if s.parent:
            above = by_id[s.parent]
            assert above.start < s.start and s.body_end <= above.body_end and s.level == above.level + 1
    for a, b in pairwise(sections):
        assert a.start < b.start


# --------------------------------------------------------------------------- what is a heading


def outline_of(lines: str, doc_type: str = "KH") -> list[tuple[str | None, str, str]]:
    return [(s.label, s.heading, s.role) for s in sections_of(text_of(lines), doc_type)]


def test_a_longer_run_in_heading_stands_beside_others() -> None:
    """``3. <more than fourteen words>: ...`` after ``2. <few words>: ...``; alone it is a sentence."""
    long = "Khẩn trương xây dựng và ban hành bộ tiêu chí đánh giá cùng kế hoạch kiểm tra hằng năm"
    beside = outline_of(f"1. Hoàn thiện quy định: Rà soát văn bản.\n2. {long}: Hoàn thành trong quý I.", "TB")
    assert [heading for _, heading, _ in beside] == ["Hoàn thiện quy định", long]
    assert outline_of(f"1. {long}: Hoàn thành trong quý I.", "TB") == []


def test_run_in_headings_end_at_the_colon() -> None:
    assert outline_of("I. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích: Nâng cao nhận thức.\n2. Yêu cầu: Bảo đảm tiến độ.") == [
        ("I", "MỤC ĐÍCH, YÊU CẦU", "purpose_requirements"),
        ("1", "Mục đích", "purpose_requirements"),
        ("2", "Yêu cầu", "purpose_requirements"),
    ]


def test_numbered_sentences_are_no_sections() -> None:
    assert outline_of(
        "III. KINH PHÍ THỰC HIỆN\n1. Kinh phí được bố trí từ ngân sách huyện.\n2. Các nguồn vốn hợp pháp khác."
    ) == [("III", "KINH PHÍ THỰC HIỆN", "funding")]


def test_numbers_in_brackets_head_those_who_must_act_and_what_is_dealt_with() -> None:
    lines = (
        "1. Về các ý kiến còn khác nhau:\n(1) Về kinh phí: Thống nhất với đề xuất.\n(2) Về tiến độ: Giữ nguyên.\n"
        "2. Kết luận\n(1) Bộ Y tế chỉ đạo các bệnh viện.\n(2) Rà soát các quy định.\n(i) Bộ Tài chính bố trí vốn."
    )
    assert outline_of(lines, "TB") == [
        ("1", "Về các ý kiến còn khác nhau", "tasks_solutions"),
        ("1", "Về kinh phí", "funding"),
        ("2", "Về tiến độ", "tasks_solutions"),
        ("2", "Kết luận", "tasks_solutions"),
        ("1", "Bộ Y tế", "agency_assignment"),
    ]


def test_lines_that_tell_of_the_duty_above_head_nothing_behind_a_star_either() -> None:
    lines = (
        "1. Nâng cao năng lực\n- Rà soát tổ chức bộ máy.\n* Cơ quan thực hiện: Sở Nội vụ\n* Thời gian: Quý I.\n"
        "* Thuận lợi: Đủ điều kiện."
    )
    assert [heading for _, heading, _ in outline_of(lines)] == ["Nâng cao năng lực", "Thuận lợi"]


def test_a_part_that_shares_duties_out_is_of_the_execution() -> None:
    assert outline_of("2. Trách nhiệm của các đơn vị:\n2.1. Sở Tài chính:\n- Bố trí vốn.", "CV") == [
        ("2", "Trách nhiệm của các đơn vị", "implementation"),
        ("2.1", "Sở Tài chính", "agency_assignment"),
    ]


def test_an_article_may_say_in_its_title_who_has_to_do_what_is_below() -> None:
    lines = "Điều 5. Nội dung Công an tỉnh có trách nhiệm chủ trì\n1. Nắm tình hình.\n2. Kiểm tra."
    assert outline_of(lines, "QĐ") == [("Điều 5", "Nội dung Công an tỉnh có trách nhiệm chủ trì", "agency_assignment")]


def test_whoever_must_act_makes_a_heading() -> None:
    assert outline_of(
        "V. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ chủ trì, phối hợp với các sở tổng hợp kết quả.\n"
        "2. Giao Sở Tư pháp theo dõi việc thi hành.\n3. Công an tỉnh: Giữ vững an ninh.\n"
        "4. Đề nghị Hội Nông dân tỉnh\n- Vận động hội viên.\n5. Trong quá trình thực hiện, các xã báo cáo."
    ) == [
        ("V", "TỔ CHỨC THỰC HIỆN", "implementation"),
        ("1", "Sở Nội vụ", "agency_assignment"),
        ("2", "Giao Sở Tư pháp", "agency_assignment"),
        ("3", "Công an tỉnh", "agency_assignment"),
        ("4", "Đề nghị Hội Nông dân tỉnh", "agency_assignment"),
    ]


def test_what_a_report_tells_of_a_body_is_no_duty() -> None:
    assert outline_of("II. KẾT QUẢ\n1. Sở Nội vụ chủ trì tổ chức 05 lớp tập huấn cho cán bộ xã.", "BC") == [
        ("II", "KẾT QUẢ", "results")
    ]


def test_starred_headings_have_no_label() -> None:
    assert outline_of("II. KẾT QUẢ THỰC HIỆN\n* Thuận lợi: Đường đã thông.\n* Khó khăn: Trời mưa.", "BC") == [
        ("II", "KẾT QUẢ THỰC HIỆN", "results"),
        (None, "Thuận lợi", "achievements"),
        (None, "Khó khăn", "limitations"),
    ]


def test_articles_have_titles_or_none() -> None:
    assert outline_of(
        "Điều 1. Ban hành kèm theo Quyết định này Quy chế làm việc.\nĐiều 2. Hiệu lực thi hành\n"
        "1. Quyết định này có hiệu lực từ ngày ký.\n2. Sở Nội vụ chủ trì theo dõi việc thi hành.\n"
        "Điều 3. Chánh Văn phòng và Giám đốc Sở Nội vụ chịu trách nhiệm thi hành Quyết định này.",
        "QĐ",
    ) == [("Điều 1", "", "other"), ("Điều 2", "Hiệu lực thi hành", "other"), ("Điều 3", "", "implementation")]


def test_a_title_may_stand_below_its_label() -> None:
    assert outline_of("Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi điều chỉnh\nQuy chế này quy định việc họp.", "QĐ") == [
        ("Chương I", "QUY ĐỊNH CHUNG", "other"),
        ("Điều 1", "Phạm vi điều chỉnh", "purpose_requirements"),
    ]


def test_quoted_provisions_are_no_sections() -> None:
    assert outline_of(
        "1. Về thuế\nLuật quy định:\n“Điều 5. Người nộp thuế\n1. Cá nhân.\n2. Tổ chức.”\nCục trả lời.", "CV"
    ) == [("1", "Về thuế", "tasks_solutions")]


def test_lead_ins_are_no_sections() -> None:
    assert outline_of(
        "1. Sở Tài chính\na) Chủ trì, phối hợp với các sở:\n- Lập dự toán.\nb) Tham mưu ban hành:\n- Quy chế."
    ) == [("1", "Sở Tài chính", "agency_assignment")]


def test_annexes_are_appendices() -> None:
    assert outline_of("PHỤ LỤC II\nDANH MỤC NHIỆM VỤ\n(Kèm theo Kế hoạch số 1/KH-UBND)\nI. NHÓM MỘT\nKhông có.") == [
        ("PHỤ LỤC II", "DANH MỤC NHIỆM VỤ", "appendix"),
        ("I", "NHÓM MỘT", "appendix"),
    ]


def test_parts_of_a_procedure_in_an_annex_are_of_the_annex() -> None:
    assert outline_of(
        "PHỤ LỤC\nTHỦ TỤC NỘI BỘ\n1. Cấp thẻ\na) Yêu cầu, điều kiện thực hiện (nếu có): Không.\n"
        "b) Kết quả thực hiện: Thẻ.\nc) Căn cứ pháp lý\nLuật Việc làm.",
        "QĐ",
    ) == [
        ("PHỤ LỤC", "THỦ TỤC NỘI BỘ", "appendix"),
        ("1", "Cấp thẻ", "appendix"),
        ("a", "Yêu cầu, điều kiện thực hiện (nếu có)", "appendix"),
        ("b", "Kết quả thực hiện", "appendix"),
        ("c", "Căn cứ pháp lý", "legal_basis"),
    ]


def test_a_part_that_is_the_whole_attachment_holds_its_own_numbering() -> None:
    lines = (
        "PHẦN I\nDANH MỤC THỦ TỤC\n(Kèm theo Quyết định số 1/QĐ-UBND ngày 02/01/2025 của UBND tỉnh)\n"
        "Phần I. TÊN THỦ TỤC\nKhông có.\nPhần II. NỘI DUNG\nKhông có."
    )
    sections = sections_of(text_of(lines), "QĐ")
    assert [(s.label, s.parent) for s in sections] == [("PHẦN I", None), ("Phần I", 1), ("Phần II", 1)]


def test_the_title_of_an_attached_plan_holds_no_sections() -> None:
    own, attached = (
        "Điều 1. Ban hành Kế hoạch.\n",
        "KẾ HOẠCH\nPHÁT TRIỂN THƯ VIỆN NĂM 2025\n(Kèm theo Quyết định số 1/QĐ-UBND ngày 02/01/2025 của UBND tỉnh)\n"
        "I. MỤC ĐÍCH\nĐưa sách về xã.\n2.1.a. Lập danh mục:\n- Sách mới.\nII. KINH PHÍ\nNgân sách tỉnh.",
    )
    text = text_of(own + attached)
    zones = [ZoneSpan("body", 0, len(own)), ZoneSpan("body", len(own), len(text.text))]
    frame = Frame(Header(doc_type="QĐ"), zones)
    sections = outline(text, frame, [])
    assert [(s.label, s.parent, s.role) for s in sections] == [
        ("Điều 1", None, "other"),
        ("I", None, "purpose_requirements"),
        ("2.1.a", 2, "purpose_requirements"),
        ("II", None, "funding"),
    ]


@pytest.mark.parametrize(
    "title",
    ["QUY CHẾ\nPHỐI HỢP QUẢN LÝ CHỢ (Ban hành kèm theo Quyết định số 8/2025/QĐ-UBND)", "QUY CHẾ\nQuản lý chợ"],
)
def test_the_chapters_of_attached_rules_stand_by_themselves(title: str) -> None:
    own, attached = (
        "Điều 1. Ban hành Quy chế.\n",
        f"{title}\nChương I\nQUY ĐỊNH CHUNG\nĐiều 1. Nguyên tắc\n1. Đúng luật.",
    )
    text = text_of(own + attached)
    zones = [ZoneSpan("body", 0, len(own)), ZoneSpan("body", len(own), len(text.text))]
    sections = outline(text, Frame(Header(doc_type="QĐ"), zones), [])
    assert [(s.label, s.parent, s.role) for s in sections[1:]] == [
        ("Chương I", None, "other"),
        ("Điều 1", 2, "other"),
    ]


def test_a_sentence_that_numbers_what_is_below_is_a_section() -> None:
    assert outline_of(
        "II. MỤC TIÊU\n1. Đến cuối năm đạt các chỉ tiêu sau:\n1.1. Về việc làm\n- Tạo 100 việc làm.\n"
        "2. Tháng cao điểm.\na) Đợt một\nTrong tháng 3."
    ) == [
        ("II", "MỤC TIÊU", "objectives"),
        ("1", "Đến cuối năm đạt các chỉ tiêu sau", "targets"),
        ("1.1", "Về việc làm", "targets"),
        ("2", "Tháng cao điểm", "objectives"),
        ("a", "Đợt một", "objectives"),
    ]


def test_a_time_before_a_colon_is_no_heading() -> None:
    assert outline_of("1. Mục tiêu cụ thể\na) Đến hết năm 2026: Giảm 5% số hộ nghèo.\nb) Năm 2027: Giảm 8%.") == [
        ("1", "Mục tiêu cụ thể", "targets")
    ]


def test_the_number_of_a_stage_is_not_all_of_its_heading() -> None:
    lines = (
        "II. THỜI GIAN\n1. Đợt 1: Từ ngày 05/01/2025 đến ngày 20/02/2025:\n- Kiểm tra sổ sách.\n2. Đợt 2: Kiểm kê.\n"
    )
    assert [heading for _, heading, _ in outline_of(lines)][1:] == [
        "Đợt 1: Từ ngày 05/01/2025 đến ngày 20/02/2025",
        "Đợt 2",
    ]


def test_run_in_words_under_an_article_are_provisions_unless_beside_titles() -> None:
    article = "Điều 2. Tiêu chuẩn\n1. Giám sát viên: Có 03 năm kinh nghiệm.\n"
    assert outline_of(article + "2. Kế toán trưởng: Có 05 năm kinh nghiệm.", "QĐ") == [
        ("Điều 2", "Tiêu chuẩn", "other")
    ]
    assert outline_of(article + "2. Về trình độ:\na) Đại học: Trở lên.\nb) Trung cấp: Không.", "QĐ") == [
        ("Điều 2", "Tiêu chuẩn", "other"),
        ("1", "Giám sát viên", "other"),
        ("2", "Về trình độ", "other"),
    ]


def test_a_numbered_sentence_ends_the_section_before_it() -> None:
    lines = (
        "II. NỘI DUNG\n1. Tuyên truyền\n- Phát tờ rơi.\n2. Hộ nghèo được rà soát hằng năm. Việc này làm ngay.\n"
        "a) Bước một\nLập phiếu."
    )
    sections = sections_of(text_of(lines))
    assert [(s.label, s.parent) for s in sections] == [("II", None), ("1", 1), ("a", 1)]
    assert sections[1].body_end < sections[2].start - len("2. Hộ nghèo")


def test_the_main_parts_of_a_directive_are_duties() -> None:
    assert outline_of("1. Đẩy mạnh phòng cháy\n- Tuần tra.\n2. Tổ chức triển khai ứng dụng công nghệ\nLàm.", "CT") == [
        ("1", "Đẩy mạnh phòng cháy", "tasks_solutions"),
        ("2", "Tổ chức triển khai ứng dụng công nghệ", "tasks_solutions"),
    ]


def test_whoever_must_act_may_lead_in_to_a_list() -> None:
    assert outline_of(
        "II. NHIỆM VỤ\n1. Về nhà ở\n- Sửa nhà.\n2. Các sở, ngành tiếp tục triển khai các việc như sau:\n- Cấp vốn.",
        "NQ",
    ) == [
        ("II", "NHIỆM VỤ", "tasks_solutions"),
        ("1", "Về nhà ở", "tasks_solutions"),
        ("2", "Các sở, ngành", "agency_assignment"),
    ]


def test_bodies_unknown_to_any_registry_are_charged_among_others() -> None:
    duties = "".join(f"\n{n}. {who}\n- Làm." for n, who in enumerate(("Sở Nội vụ", "Sở Tài chính", "Các chủ đò"), 1))
    assert [role for _, _, role in outline_of(f"V. TỔ CHỨC THỰC HIỆN{duties}\n4. Chế độ báo cáo\nHằng quý.")] == [
        "implementation", "agency_assignment", "agency_assignment", "agency_assignment", "implementation",
    ]  # fmt: skip


def test_blanks_to_fill_in_are_no_sections() -> None:
    assert outline_of(
        "Mẫu số 01\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n1. Họ và tên: ............ Nam/Nữ: ......", "QĐ"
    ) == [("Mẫu số 01", "", "appendix")]


def test_a_stopped_line_between_plain_siblings_is_a_heading() -> None:
    assert outline_of(
        "II. NHIỆM VỤ\n1. Đổi mới công tác tuyên truyền\n- Phát tờ rơi.\n"
        "2. Mở rộng nguồn vốn để cho vay thêm nhiều hộ nghèo ở các xã vùng sâu, vùng xa của tỉnh.\n- Cân đối vốn."
    ) == [
        ("II", "NHIỆM VỤ", "tasks_solutions"),
        ("1", "Đổi mới công tác tuyên truyền", "tasks_solutions"),
        (
            "2",
            "Mở rộng nguồn vốn để cho vay thêm nhiều hộ nghèo ở các xã vùng sâu, vùng xa của tỉnh",
            "tasks_solutions",
        ),
    ]


def test_a_stopped_line_that_a_paragraph_says_more_of_is_a_heading_beside_others() -> None:
    lines = (
        "II. NỘI DUNG\n1. Phát triển các cụm công nghiệp\n- Rà soát.\n2. Hoàn thành di dời 02 cụm công nghiệp.\n"
        "Các xã chủ trì, phối hợp với Ban Quản lý giải phóng mặt bằng theo tiến độ đã cam kết."
    )
    assert outline_of(lines)[2] == ("2", "Hoàn thành di dời 02 cụm công nghiệp", "tasks_solutions")


def test_run_in_words_in_small_letters_are_headings_beside_others() -> None:
    lines = "1. Hiện trạng\na) Apatit: 12 giấy phép khai thác.\nb) Đồng: các mỏ ở phía bắc.\nc) Sắt: chưa khai thác."
    assert [h for _, h, _ in outline_of(lines, "BC")] == ["Hiện trạng", "Apatit", "Đồng", "Sắt"]
    assert [h for _, h, _ in outline_of("1. Hiện trạng\na) Đồng: các mỏ ở phía bắc.", "BC")] == ["Hiện trạng"]


def test_an_amount_behind_a_colon_is_no_part_of_the_heading() -> None:
    lines = (
        "IV. VỐN ĐẦU TƯ\n1. Vốn ngân sách: 1.2 tỷ đồng, gồm:\n- Hạ tầng.\n2. Vốn doanh nghiệp: 5.800 tỷ đồng\n- Nhà."
    )
    assert outline_of(lines) == [
        ("IV", "VỐN ĐẦU TƯ", "funding"),
        ("1", "Vốn ngân sách", "funding"),
        ("2", "Vốn doanh nghiệp", "funding"),
    ]


def test_an_article_that_names_whoever_must_act_before_a_list_is_theirs() -> None:
    lines = "Điều 1. Phê duyệt Dự án.\nĐiều 2. Giao Bộ Tài chính:\n- Thực hiện các thủ tục.\n- Chủ trì điều phối."
    assert outline_of(lines, "QĐ")[1] == ("Điều 2", "Giao Bộ Tài chính", "agency_assignment")


def test_an_article_without_a_title_is_of_the_execution_whoever_it_charges() -> None:
    lines = "Điều 2. Giao Sở Y tế mua sách.\nĐiều 3. Sở Nội vụ có trách nhiệm hướng dẫn.\nĐiều 4. Có hiệu lực."
    assert [role for _, _, role in outline_of(lines, "QĐ")] == ["implementation", "implementation", "other"]


def test_an_amount_for_a_body_is_no_duty_of_it() -> None:
    lines = "III. NHIỆM VỤ\n1. Sở Nội vụ: Theo dõi việc thực hiện.\n2. Sở Tài chính: 200.000 đồng/tháng."
    assert [role for _, _, role in outline_of(lines)] == ["tasks_solutions", "agency_assignment", "tasks_solutions"]


def test_bodies_that_a_plan_rewards_are_charged_with_nothing() -> None:
    lines = "IV. SỐ LƯỢNG ĐỀ NGHỊ KHEN THƯỞNG\n1. Các cơ quan, đơn vị cấp tỉnh\n- Mỗi đơn vị không quá 02 tập thể."
    assert [role for _, _, role in outline_of(lines)] == ["other", "other"]


def test_a_note_is_no_section() -> None:
    assert [h for _, h, _ in outline_of("II. NHIỆM VỤ\n* Lưu ý: Phải báo cáo ngay.\n* Thuận lợi: Đủ vốn.")] == [
        "NHIỆM VỤ",
        "Thuận lợi",
    ]


def test_the_second_paragraph_of_an_article_may_lay_its_execution_on_someone() -> None:
    lines = (
        "Điều 1. Ban hành Kế hoạch thời gian năm học.\nĐiều 3. Quyết định này có hiệu lực kể từ ngày ký.\n"
        "Chánh Văn phòng, Giám đốc các sở chịu trách nhiệm thi hành Quyết định này."
    )
    assert [role for _, _, role in outline_of(lines, "QĐ")] == ["other", "implementation"]


def test_whoever_demands_is_not_the_one_who_must_act() -> None:
    lines = "1. Sở Nội vụ chủ trì theo dõi.\n2. Chủ tịch UBND tỉnh yêu cầu Thủ trưởng các sở thực hiện nghiêm."
    assert [label for label, _, _ in outline_of(lines, "CV")] == ["1"]


def test_a_line_without_stop_that_tells_which_bodies_is_a_heading_as_a_whole() -> None:
    assert outline_of(
        "V. TỔ CHỨC THỰC HIỆN\n1. Các sở, ngành chủ trì, tham gia các dự án thuộc Chương trình\n- Lập kế hoạch.\n"
        "2. Cơ quan phối hợp có trách nhiệm trả lời đúng hạn.\n3. Mọi chủ tàu phải chấp hành lệnh cấm biển."
    ) == [
        ("V", "TỔ CHỨC THỰC HIỆN", "implementation"),
        ("1", "Các sở, ngành chủ trì, tham gia các dự án thuộc Chương trình", "agency_assignment"),
        ("2", "Cơ quan phối hợp", "agency_assignment"),
        ("3", "Mọi chủ tàu", "agency_assignment"),
    ]


def test_replies_to_proposals_are_sections_however_long() -> None:
    asked = "Về đề nghị bổ sung kinh phí để sửa chữa hồ chứa; hỗ trợ giống cây trồng cho các hộ bị thiệt hại sau bão"
    assert outline_of(f"III. VỀ KIẾN NGHỊ CỦA TỈNH\n1. {asked}: Bộ Tài chính xem xét.", "TB")[1] == (
        "1", asked, "recommendations",
    )  # fmt: skip


def test_a_contents_page_is_left_out() -> None:
    assert outline_of("I. MỤC TIÊU ........ 2\nII. KINH PHÍ ........ 5\nI. MỤC TIÊU\nGiảm nghèo.") == [
        ("I", "MỤC TIÊU", "objectives")
    ]


# --------------------------------------------------------------------------- roles


@pytest.mark.parametrize(
    ("doc_type", "above", "heading", "role"),
    [
        ("BC", "PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2024", "Giải pháp", "tasks_solutions"),
        ("BC", "KẾT QUẢ THỰC HIỆN", "Công tác tuyên truyền", "results"),
        ("BC", "KẾT QUẢ THỰC HIỆN", "Công tác lãnh đạo, chỉ đạo", "direction"),
        ("BC", "ĐÁNH GIÁ CHUNG", "Những kết quả đạt được", "achievements"),
        ("BC", "ĐÁNH GIÁ CHUNG", "Nguyên nhân của hạn chế", "causes"),
        ("BC", "ĐÁNH GIÁ CHUNG", "Ưu điểm và hạn chế", "assessment"),
        ("KH", "MỤC TIÊU", "Chỉ tiêu đến năm 2030", "targets"),
        ("KH", "NHIỆM VỤ, GIẢI PHÁP", "Đánh giá kết quả thực hiện chương trình", "tasks_solutions"),
        ("KH", "TỔ CHỨC THỰC HIỆN", "Kinh phí", "funding"),
        ("KH", "CƠ SỞ PHÁP LÝ", "Văn bản của tỉnh", "legal_basis"),
        ("KH", "NHIỆM VỤ, GIẢI PHÁP", "Tổ chức thực hiện công tác tuyên truyền", "tasks_solutions"),
        ("KH", "NHIỆM VỤ, GIẢI PHÁP", "Yêu cầu về kỹ thuật", "tasks_solutions"),
        ("KH", "TỔ CHỨC THỰC HIỆN", "Trách nhiệm của các bộ, ngành, địa phương", "agency_assignment"),
        ("KH", "TỔ CHỨC THỰC HIỆN", "Chuyên viên phụ trách tổng hợp", "agency_assignment"),
        ("KH", "TÌNH HÌNH THỰC HIỆN", "Đánh giá nguyên nhân tăng, giảm thu", "causes"),
        ("BC", "KẾT QUẢ THỰC HIỆN", "Phân tích, đánh giá thuận lợi và khó khăn", "assessment"),
    ],
)
def test_role_by_words_type_and_parent(doc_type: str, above: str, heading: str, role: str) -> None:
    assert outline_of(f"I. {above}\n1. {heading}\nCó nội dung.", doc_type)[1] == ("1", heading, role)


@pytest.mark.parametrize(
    ("doc_type", "role"),
    [("BC", "outlook"), ("TB", "tasks_solutions"), ("KH", "tasks_solutions")],
)
def test_tasks_of_a_report_are_its_outlook(doc_type: str, role: str) -> None:
    assert outline_of("IV. NHIỆM VỤ TRỌNG TÂM THỜI GIAN TỚI\nLàm tốt.", doc_type)[0][2] == role
