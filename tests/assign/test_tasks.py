"""Who must do what: every form in which a document lays a duty, read from invented documents."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.analyse import analyse
from pipeline.model import Document, Task

HEAD = """ỦY BAN NHÂN DÂN
TỈNH LÀO CAI
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 45/{code}-UBND
Lào Cai, ngày 12 tháng 3 năm 2024
{type}
Phát triển thư viện cơ sở năm 2024
"""
CENTRAL = """{issuer}
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 45/{code}
Hà Nội, ngày 12 tháng 11 năm 2024
{type}
Về phát triển thư viện cơ sở
"""
TAIL = """Nơi nhận:
- Như trên;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Trần Văn Mẫu
"""
Reader = Callable[..., Document]


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    def read(*body: str, code: str = "KH", type: str = "KẾ HOẠCH", head: str = HEAD) -> Document:
        file = tmp_path / "van-ban.txt"
        file.write_text(head.format(code=code, type=type) + "\n".join(body) + "\n" + TAIL, encoding="utf-8")
        return analyse(file)

    return read


def brief(task: Task) -> tuple[list[str], str, str]:
    return task.agencies, task.role, task.text


FORMS = tomllib.loads((Path(__file__).parent / "duty_forms.toml").read_text("utf-8"))["form"]


@pytest.mark.parametrize("form", FORMS, ids=[form["name"] for form in FORMS])
def test_every_way_of_saying_who_does_what(read: Reader, form: dict[str, Any]) -> None:
    doc = read(*form["lines"].strip().splitlines(), type=form.get("type", "KẾ HOẠCH"), code=form.get("code", "KH"))
    found = []
    for task in doc.tasks:
        due = [doc.dates[i].text for i in task.deadlines]
        found.append(" | ".join(["; ".join(task.agencies), "; ".join(task.partners), "; ".join(due), task.role]))
    assert [words.split() for words in found] == [words.split() for words in form["tasks"]]


def test_bullets_under_an_agency_heading(read: Reader) -> None:
    doc = read(
        "V. TỔ CHỨC THỰC HIỆN",
        "1. Sở Văn hóa và Thể thao",
        "- Chủ trì, phối hợp với Sở Tài chính lập danh mục thư viện.",
        "- Phối hợp với Sở Giáo dục và Đào tạo mở điểm đọc sách; báo cáo UBND tỉnh trước ngày 15/11/2024.",
        "2. Sở Tài chính: Bố trí kinh phí mua sách.",
    )
    library, finance = "Sở Văn hóa và Thể thao tỉnh Lào Cai", "Sở Tài chính tỉnh Lào Cai"
    assert [brief(t)[:2] for t in doc.tasks] == [([library], "lead"), ([library], "coordinate"), ([finance], "lead")]
    assert doc.tasks[0].partners == [finance]
    assert [doc.dates[i].text for i in doc.tasks[1].deadlines] == ["trước ngày 15/11/2024"]
    assert doc.tasks[1].report_to == "Ủy ban nhân dân tỉnh Lào Cai"
    assert doc.tasks[2].text == "Bố trí kinh phí mua sách."


def test_plus_bullets_belong_to_whoever_the_dash_names(read: Reader) -> None:
    doc = read(
        "V. TỔ CHỨC THỰC HIỆN",
        "1. Sở Nội vụ",
        "- Chỉ đạo Trung tâm Lưu trữ lịch sử tỉnh:",
        "+ Số hóa tài liệu quý.",
        "+ Mở phòng đọc.",
        "- Tổng hợp kết quả.",
    )
    owners = [t.agency for t in doc.tasks]
    assert owners == ["Trung tâm Lưu trữ lịch sử tỉnh Lào Cai"] * 2 + ["Sở Nội vụ tỉnh Lào Cai"]


def test_a_numbered_sentence_that_opens_with_the_agency(read: Reader) -> None:
    doc = read(
        "IV. TỔ CHỨC THỰC HIỆN",
        "1. Sở Nội vụ chủ trì, phối hợp với Sở Tư pháp rà soát quy chế.",
        "2. Đề nghị Hội Nông dân tỉnh vận động hội viên đọc sách.",
    )
    assert [t.role for t in doc.tasks] == ["lead", "propose"]
    assert doc.tasks[0].text == "Sở Nội vụ chủ trì, phối hợp với Sở Tư pháp rà soát quy chế."
    assert [s.role for s in doc.sections[1:]] == ["agency_assignment"] * 2


def test_one_paragraph_that_charges_several_in_turn(read: Reader) -> None:
    doc = read(
        "III. NHIỆM VỤ",
        "Giao Sở Nội vụ rà soát biên chế thư viện; giao Sở Tài chính cân đối kinh phí trong quý III/2024.",
    )
    assert [(t.agency, t.text) for t in doc.tasks] == [
        ("Sở Nội vụ tỉnh Lào Cai", "Giao Sở Nội vụ rà soát biên chế thư viện"),
        ("Sở Tài chính tỉnh Lào Cai", "giao Sở Tài chính cân đối kinh phí trong quý III/2024."),
    ]
    assert doc.tasks[0].deadlines == []
    assert [doc.dates[i].kind for i in doc.tasks[1].deadlines] == ["quarter"]


def test_lines_below_a_duty_name_its_doers(read: Reader) -> None:
    doc = read(
        "II. NỘI DUNG",
        "1. Tập huấn thủ thư",
        "- Nội dung thực hiện: Tập huấn nghiệp vụ cho thủ thư cấp xã.",
        "- Cơ quan chủ trì: Sở Văn hóa và Thể thao.",
        "- Cơ quan phối hợp: Sở Nội vụ, các đơn vị liên quan.",
        "- Thời gian thực hiện: Quý II/2024.",
    )
    (task,) = doc.tasks
    assert task.text == "Tập huấn nghiệp vụ cho thủ thư cấp xã."
    assert task.agencies == ["Sở Văn hóa và Thể thao tỉnh Lào Cai"]
    assert task.partners == ["Sở Nội vụ tỉnh Lào Cai"]
    assert [doc.dates[i].text for i in task.deadlines] == ["Quý II/2024"]


def test_the_closing_charges_and_its_first_clause_does_not_hide_the_doer(read: Reader) -> None:
    doc = read(
        "IV. TỔ CHỨC THỰC HIỆN",
        "1. Sở Nội vụ",
        "- Theo dõi việc thực hiện.",
        "Yêu cầu các cơ quan, đơn vị, UBND các huyện, thị xã, thành phố báo cáo trước ngày 05/12 hằng năm./.",
        "Căn cứ Kế hoạch này, các sở, ban, ngành tổ chức thực hiện.",
    )
    assert [t.agencies for t in doc.tasks[1:]] == [
        ["Ủy ban nhân dân các huyện, thị xã, thành phố"],
        ["Các sở, ban, ngành"],
    ]
    assert [doc.dates[i].month_day for i in doc.tasks[1].deadlines] == ["12-05"]


def test_a_report_asks_but_does_not_charge_for_what_was_done(read: Reader) -> None:
    doc = read(
        "I. KẾT QUẢ THỰC HIỆN",
        "Giao Sở Văn hóa và Thể thao mở 10 thư viện.",
        "II. ĐỀ XUẤT, KIẾN NGHỊ",
        "- Đề nghị Bộ Tài chính bổ sung kinh phí mua sách.",
        code="BC",
        type="BÁO CÁO",
    )
    assert [brief(t) for t in doc.tasks] == [
        (["Bộ Tài chính"], "propose", "Đề nghị Bộ Tài chính bổ sung kinh phí mua sách.")
    ]


def test_solutions_that_name_no_one_are_no_tasks(read: Reader) -> None:
    doc = read(
        "III. NHIỆM VỤ, GIẢI PHÁP",
        "- Tăng cường tuyên truyền về văn hóa đọc.",
        "- Tổ chức thực hiện nghiêm các quy định về xuất bản.",
        "- Các doanh nghiệp tích cực tham gia tặng sách.",
    )
    assert doc.tasks == []


def test_owners_named_by_kind_are_agencies_too(read: Reader) -> None:
    doc = read("IV. TỔ CHỨC THỰC HIỆN", "1. Các sở, ngành có liên quan: Lồng ghép nội dung đọc sách.")
    assert doc.tasks[0].agencies == ["Các sở, ngành có liên quan"]
    assert "Các sở, ngành có liên quan" in [a.name for a in doc.agencies]


def test_an_article_of_enforcement_binds_all_it_names(read: Reader) -> None:
    doc = read(
        "QUYẾT ĐỊNH:",
        "Điều 1. Phê duyệt danh mục thư viện cơ sở.",
        "Điều 2. Chánh Văn phòng UBND tỉnh; Giám đốc các sở; Thủ trưởng các ban, ngành cấp tỉnh; Giám đốc: Thư viện "
        "tỉnh, Bảo tàng tỉnh; Chủ tịch UBND các xã và các tổ chức liên quan chịu trách nhiệm thi hành Quyết định này.",
        code="QĐ",
        type="QUYẾT ĐỊNH",
    )
    (task,) = doc.tasks
    for owner in ("Văn phòng Ủy ban nhân dân tỉnh Lào Cai", "Các sở", "Các ban, ngành cấp tỉnh"):
        assert owner in task.agencies
    assert "Ủy ban nhân dân các xã" in task.agencies


def test_rules_give_powers_and_the_issuer_may_keep_some(read: Reader) -> None:
    doc = read(
        "Điều 3. Phân cấp thẩm quyền",
        "1. Ủy ban nhân dân tỉnh quyết định thành lập thư viện cấp tỉnh.",
        "2. Các sở, ban, ngành thuộc tỉnh quyết định thành lập phòng đọc của cơ quan mình.",
        "3. Chủ tịch Ủy ban nhân dân các xã, phường phê duyệt danh mục sách.",
        code="QĐ",
        type="QUYẾT ĐỊNH",
    )
    assert [t.agencies for t in doc.tasks] == [
        ["Ủy ban nhân dân tỉnh Lào Cai"],
        ["Các sở, ban, ngành thuộc tỉnh"],
        ["Ủy ban nhân dân các xã, phường"],
    ]


def test_a_heading_of_responsibility_binds_a_kind_of_bodies(read: Reader) -> None:
    doc = read(
        "QUYẾT ĐỊNH:",
        "Điều 1. Trách nhiệm của các cơ quan, đơn vị sử dụng kho sách",
        "1. Lập sổ mượn trả và kiểm kê mỗi năm một lần.",
        "2. Bố trí người trông coi kho.",
        "Điều 2. Trách nhiệm của cá nhân mượn sách",
        "1. Giữ gìn sách đã mượn.",
        code="QĐ",
        type="QUYẾT ĐỊNH",
    )
    assert {tuple(t.agencies) for t in doc.tasks} == {("Các cơ quan, đơn vị sử dụng kho sách",)}
    assert len(doc.tasks) == 2


def test_one_line_may_name_doers_partners_and_time(read: Reader) -> None:
    doc = read(
        "II. NHIỆM VỤ",
        "1. Công tác tuyên truyền",
        "- Tổ chức 10 lớp đọc sách.",
        "Đơn vị chủ trì: Sở Văn hóa và Thể thao. Đơn vị phối hợp: Sở Tài chính; Sở Nội vụ. Thời gian: Quý II/2024.",
    )
    (task,) = doc.tasks
    assert task.agencies == ["Sở Văn hóa và Thể thao tỉnh Lào Cai"]
    assert task.partners == ["Sở Tài chính tỉnh Lào Cai", "Sở Nội vụ tỉnh Lào Cai"]
    assert [doc.dates[i].text for i in task.deadlines] == ["Quý II/2024"]


def test_lines_of_partners_name_classes_that_the_issuer_commands_too(read: Reader) -> None:
    doc = read(
        "II. NHIỆM VỤ",
        "1. Tổ chức 10 lớp đọc sách.",
        "- Đơn vị chủ trì: Sở Văn hóa và Thể thao.",
        "- Đơn vị phối hợp: Sở Tài chính, các sở, ban, ngành tỉnh và các cơ quan, đơn vị liên quan.",
        "2. Tổ chức 5 lớp viết sách.",
        "- Đơn vị chủ trì: Sở Văn hóa và Thể thao.",
        "- Đơn vị phối hợp: Sở Tài chính; viện, trường; các sở, ngành có liên quan.",
    )
    assert doc.tasks[0].partners == ["Sở Tài chính tỉnh Lào Cai", "Các sở, ban, ngành tỉnh"]
    assert doc.tasks[1].partners == ["Sở Tài chính tỉnh Lào Cai"]


def test_a_decision_may_speak_to_persons_before_their_offices(read: Reader) -> None:
    doc = read(
        "Điều 3. Hiệu lực",
        "Các ông (bà): Giám đốc Sở Tài chính, Giám đốc Sở Nội vụ chịu trách nhiệm thi hành Quyết định này./.",
    )
    assert doc.tasks[0].agencies == ["Sở Tài chính tỉnh Lào Cai", "Sở Nội vụ tỉnh Lào Cai"]


def test_brackets_at_the_end_name_the_doer(read: Reader) -> None:
    doc = read(
        "II. NHIỆM VỤ",
        "1. Công tác đào tạo (Sở Nội vụ chủ trì)",
        "- Mở 15 lớp cho thủ thư.",
        "2. Công tác tuyên truyền",
        "- Phát 5.000 tờ rơi (giao Sở Y tế thực hiện, phối hợp với Sở Tài chính, hoàn thành trước ngày 30/6/2024).",
        "- Treo 100 pa nô (theo kế hoạch năm 2023).",
    )
    assert [(t.agencies, t.partners) for t in doc.tasks] == [
        (["Sở Nội vụ tỉnh Lào Cai"], []),
        (["Sở Y tế tỉnh Lào Cai"], ["Sở Tài chính tỉnh Lào Cai"]),
    ]
    assert [doc.dates[i].text for i in doc.tasks[1].deadlines] == ["trước ngày 30/6/2024"]


def test_sections_side_by_side_name_duties_doers_and_time(read: Reader) -> None:
    doc = read(
        "II. NHIỆM VỤ",
        "1. Về kho sách",
        "a) Nhiệm vụ:",
        "- Rà soát, phân loại kho sách của các thư viện cơ sở.",
        "- Phối hợp với Sở Tài chính thanh lý sách hư hỏng.",
        "b) Cơ quan thực hiện:",
        "- Đơn vị chủ trì: Sở Văn hóa và Thể thao.",
        "- Đơn vị phối hợp: UBND các xã.",
        "c) Thời gian thực hiện: Quý II năm 2024.",
    )
    assert [t.agencies for t in doc.tasks] == [["Sở Văn hóa và Thể thao tỉnh Lào Cai"]] * 2
    assert doc.tasks[1].partners == ["Ủy ban nhân dân các xã", "Sở Tài chính tỉnh Lào Cai"]
    assert [[doc.dates[i].text for i in t.deadlines] for t in doc.tasks] == [["Quý II năm 2024"]] * 2


def test_a_lead_in_hands_its_partners_down(read: Reader) -> None:
    doc = read(
        "V. TỔ CHỨC THỰC HIỆN",
        "1. Sở Văn hóa và Thể thao",
        "a) Chủ trì, phối hợp với Giám đốc Sở Tài chính",
        "- Lập dự toán mua sách cho các thư viện cơ sở.",
        "- Thẩm định giá sách.",
        "2. Sở Tài chính",
        "Trên cơ sở đề nghị của Sở Văn hóa và Thể thao, tham mưu UBND tỉnh bố trí kinh phí mua sách.",
    )
    library, finance = "Sở Văn hóa và Thể thao tỉnh Lào Cai", "Sở Tài chính tỉnh Lào Cai"
    assert [(t.agencies, t.partners) for t in doc.tasks] == [([library], [finance])] * 2 + [([finance], [])]


def test_units_of_territory_act_where_a_higher_body_speaks(read: Reader) -> None:
    doc = read(
        "I. NHIỆM VỤ TRỌNG TÂM",
        "1. Về kho sách",
        "a) Các tỉnh Nghệ An, Cao Bằng khẩn trương hoàn thiện danh mục sách.",
        "b) Thành phố Hà Nội và các tỉnh Bắc Ninh, Gia Lai đẩy nhanh việc lập dự án.",
        "c) UBND các tỉnh, thành phố: Tuyên Quang, Hồ Chí Minh quyết liệt chỉ đạo các chủ đầu tư.",
        "d) Yêu cầu các bộ, ngành, địa phương, các thủ thư tích cực đọc sách.",
        code="TB-VPCP",
        type="THÔNG BÁO",
        head=CENTRAL.replace("{issuer}", "VĂN PHÒNG CHÍNH PHỦ"),
    )
    assert [t.agencies for t in doc.tasks] == [
        ["Ủy ban nhân dân tỉnh Nghệ An", "Ủy ban nhân dân tỉnh Cao Bằng"],
        ["Ủy ban nhân dân thành phố Hà Nội", "Ủy ban nhân dân tỉnh Bắc Ninh", "Ủy ban nhân dân tỉnh Gia Lai"],
        ["Ủy ban nhân dân tỉnh Tuyên Quang", "Ủy ban nhân dân Thành phố Hồ Chí Minh"],
        ["Các bộ, ngành, địa phương"],
    ]


def test_a_kind_alone_is_the_unit_of_which_the_document_speaks(read: Reader) -> None:
    doc = read(
        "Tại buổi làm việc với lãnh đạo tỉnh Điện Biên, Ủy ban nhân dân tỉnh Điện Biên đã báo cáo.",
        "II. NHIỆM VỤ TRỌNG TÂM",
        "1. Trong thời gian tới, Tỉnh tổ chức thực hiện nghiêm túc các nhiệm vụ được giao.",
        "2. Tỉnh căn cứ quy định hiện hành để bố trí xe.",
        code="TB-VPCP",
        type="THÔNG BÁO",
        head=CENTRAL.replace("{issuer}", "VĂN PHÒNG CHÍNH PHỦ"),
    )
    assert [t.agencies for t in doc.tasks] == [["Ủy ban nhân dân tỉnh Điện Biên"], ["Ủy ban nhân dân tỉnh Điện Biên"]]


def test_groups_deputies_and_party_committees_act_and_what_informs_is_none(read: Reader) -> None:
    doc = read(
        "1. Các Tập đoàn kinh tế chủ động cân đối nguồn lực mua sách.",
        "2. Giao các Phó Thủ tướng Chính phủ theo nhiệm vụ được phân công đôn đốc các bộ mở thư viện.",
        "3. Các cấp ủy, tổ chức đảng tổ chức đọc sách mỗi quý.",
        "(Đính kèm Kế hoạch số 83-KH/TU ngày 12/6/2024)./.",
        "Văn phòng Chính phủ thông báo để các bộ, ngành, địa phương biết, thực hiện./.",
        code="TB-VPCP",
        type="THÔNG BÁO",
        head=CENTRAL.replace("{issuer}", "VĂN PHÒNG CHÍNH PHỦ"),
    )
    assert [t.agencies for t in doc.tasks] == [
        ["Các Tập đoàn kinh tế"],
        ["Các Phó Thủ tướng Chính phủ"],
        ["Các cấp ủy, tổ chức đảng"],
    ]


def test_partners_that_open_each_item_below_a_joint_lead_in(read: Reader) -> None:
    doc = read(
        "V. TỔ CHỨC THỰC HIỆN",
        "1. Sở Văn hóa và Thể thao",
        "a) Chủ trì, phối hợp",
        "- Sở Tài chính và các đơn vị có liên quan cân đối kinh phí mua sách.",
        "- Sở Nội vụ bố trí biên chế thủ thư.",
        "b) Báo cáo kết quả trước ngày 15/11/2024.",
    )
    library = "Sở Văn hóa và Thể thao tỉnh Lào Cai"
    assert [t.agencies for t in doc.tasks] == [[library]] * 3
    assert [t.partners for t in doc.tasks] == [["Sở Tài chính tỉnh Lào Cai"], ["Sở Nội vụ tỉnh Lào Cai"], []]


def test_how_many_fall_to_whom_is_no_duty(read: Reader) -> None:
    doc = read(
        "V. TỔ CHỨC THỰC HIỆN",
        "1. Khen thưởng",
        "a) Sở Văn hóa và Thể thao: Không quá 05 cá nhân;",
        "b) Sở Tài chính: 01 cá nhân/01 phòng.",
        "2. Sở Tài chính: Bố trí kinh phí khen thưởng.",
    )
    assert [t.text for t in doc.tasks] == ["Bố trí kinh phí khen thưởng."]


def test_the_role_is_that_of_the_deed_not_of_what_it_rests_on(read: Reader) -> None:
    doc = read(
        "V. TỔ CHỨC THỰC HIỆN",
        "1. Sở Tài chính",
        "- Căn cứ khả năng cân đối ngân sách địa phương, phối hợp với Sở Văn hóa và Thể thao trình UBND tỉnh kinh phí.",
        "- Trong quý I của năm sau, phối hợp với Sở Văn hóa và Thể thao mua sách; hoàn thành trong năm 2025.",
    )
    assert [t.role for t in doc.tasks] == ["coordinate", "coordinate"]
    assert "trong năm 2025" in [doc.dates[i].text for i in doc.tasks[1].deadlines]


def test_lists_after_a_colon_and_the_formula_of_the_government(read: Reader) -> None:
    doc = read(
        "Để phát triển thư viện cơ sở, Thủ tướng Chính phủ yêu cầu:",
        "1. Các Bộ: Công Thương, Giao thông vận tải, Xây dựng:",
        "a) Khẩn trương ban hành kế hoạch thư viện của ngành.",
        "b) Chủ trì, phối hợp với Bộ Nội vụ rà soát kho sách.",
        "2. Bộ trưởng, Thủ trưởng cơ quan ngang bộ, Thủ trưởng cơ quan thuộc Chính phủ, Chủ tịch UBND các tỉnh,"
        " thành phố trực thuộc trung ương tổ chức thực hiện nghiêm Chỉ thị này.",
        code="CT-TTg",
        type="CHỈ THỊ",
        head=CENTRAL.replace("{issuer}", "THỦ TƯỚNG CHÍNH PHỦ"),
    )
    ministries = ["Bộ Công Thương", "Bộ Giao thông vận tải", "Bộ Xây dựng"]
    assert [t.agencies for t in doc.tasks[:2]] == [ministries] * 2
    assert doc.tasks[2].agencies[0] == "Các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ"


def test_the_steps_of_a_tier_are_its_bodys(read: Reader) -> None:
    doc = read(
        "QUYẾT ĐỊNH:",
        "Điều 1. Công bố thủ tục lập danh mục thư viện",
        "1. Các bước lập danh mục",
        "- Cấp xã (Ủy ban nhân dân cấp xã):",
        "Bước 1: Căn cứ tiêu chí quy định để xác định thư viện đạt chuẩn.",
        "Bước 2: Lập báo cáo kết quả gửi Sở Sây dựng.",
        code="QĐ",
        type="QUYẾT ĐỊNH",
    )
    assert [t.agencies for t in doc.tasks] == [["Ủy ban nhân dân cấp xã"]] * 2
    assert "Sở Xây dựng tỉnh Lào Cai" in {a.name for a in doc.agencies}


def test_a_report_asks_those_whom_its_proposals_name(read: Reader) -> None:
    doc = read(
        "I. KẾT QUẢ THỰC HIỆN",
        "1. Đối với các xã: Đã mở 12 thư viện.",
        "II. KIẾN NGHỊ, ĐỀ XUẤT",
        "1. Đối với Bộ Văn hóa, Thể thao và Du lịch",
        "- Ban hành quy chuẩn kho sách.",
        "- Hỗ trợ kinh phí mua sách.",
        "2. Đối với các sở, ban, ngành trên địa bàn tỉnh",
        "Thường xuyên kiểm tra kho sách của đơn vị.",
        "Ủy ban nhân dân tỉnh trân trọng báo cáo./.",
        code="BC",
        type="BÁO CÁO",
    )
    ministry, offices = "Bộ Văn hóa, Thể thao và Du lịch", "Các sở, ban, ngành trên địa bàn tỉnh"
    assert [(t.agencies, t.role) for t in doc.tasks] == [([ministry], "propose")] * 2 + [([offices], "propose")]


def test_a_body_in_brackets_is_meant_and_abbreviations_are_written_out(read: Reader) -> None:
    doc = read(
        "II. NHIỆM VỤ",
        "1. Yêu cầu Nhà đầu tư (Công ty Cổ phần Sách Mới) rà soát kế hoạch xây kho sách.",
        "2. Từng cơ quan, đơn vị thuộc UBND tỉnh chủ động mua sách.",
    )
    assert [t.agencies for t in doc.tasks] == [
        ["Công ty Cổ phần Sách Mới"],
        ["Các cơ quan, đơn vị thuộc Ủy ban nhân dân tỉnh"],
    ]


def test_office_holders_stand_for_their_office_with_their_second_office_aside(read: Reader) -> None:
    doc = read(
        "IV. TỔ CHỨC THỰC HIỆN",
        "1. Đồng chí Phó Giám đốc Sở Văn hóa và Thể thao - Phó Trưởng tiểu ban: Chủ động tham mưu kế hoạch mua sách.",
        "2. Đồng chí Giám đốc Sở Tài chính - Ủy viên: Bố trí kinh phí mua sách.",
    )
    assert [t.agencies for t in doc.tasks] == [
        ["Sở Văn hóa và Thể thao tỉnh Lào Cai"],
        ["Sở Tài chính tỉnh Lào Cai"],
    ]
    assert doc.tasks[1].text == "Bố trí kinh phí mua sách."


def test_a_plain_line_that_names_the_doer_leads_in(read: Reader) -> None:
    government = CENTRAL.replace("{issuer}", "CHÍNH PHỦ")
    doc = read(
        "II. NHIỆM VỤ, GIẢI PHÁP",
        "1. Phòng đọc ở thôn",
        "Ủy ban nhân dân các tỉnh, thành phố:",
        "a) Bố trí nơi đặt tủ sách.",
        "b) Cử người trông coi.",
        "2. Khuyến khích các địa phương chủ động trao đổi sách với nhau.",
        "3. Các bộ, cơ quan trung ương, địa phương:",
        "a) Đẩy mạnh đọc sách điện tử.",
        "4. Chính phủ trân trọng đề nghị Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam, các tổ chức chính trị - xã hội, "
        "Hội Chữ thập đỏ Việt Nam, theo nhiệm vụ, quyền hạn của mình vận động quyên góp sách.",
        code="NQ-CP",
        type="NGHỊ QUYẾT",
        head=government,
    )
    provinces = ["Ủy ban nhân dân các tỉnh, thành phố"]
    asked = [
        "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam",
        "Các tổ chức chính trị - xã hội",
        "Hội Chữ thập đỏ Việt Nam",
    ]
    assert [(t.agencies, t.role) for t in doc.tasks] == [
        (provinces, "lead"),
        (provinces, "lead"),
        (["Các địa phương"], "lead"),
        (["Các bộ, cơ quan trung ương, địa phương"], "lead"),
        (asked, "propose"),
    ]


def test_a_heading_gives_the_duties_of_the_body_it_names(read: Reader) -> None:
    ministry = CENTRAL.replace("{issuer}", "BỘ VĂN HÓA, THỂ THAO VÀ DU LỊCH")
    doc = read(
        "II. NHIỆM VỤ CHỦ YẾU CỦA BỘ VĂN HÓA, THỂ THAO VÀ DU LỊCH",
        "1. Chủ trì, phối hợp với Bộ Tài chính lập danh mục sách; yêu cầu các tổ chức, doanh nghiệp góp sách.",
        "2. Mở các lớp cho người quản lý thư viện.",
        code="KH-BVHTTDL",
        head=ministry,
    )
    owner = ["Bộ Văn hóa, Thể thao và Du lịch"]
    assert [(t.agencies, t.partners) for t in doc.tasks] == [(owner, ["Bộ Tài chính"]), (owner, [])]
    assert doc.tasks[0].text.endswith("góp sách.")


def test_a_reason_stands_below_its_duty_and_is_none(read: Reader) -> None:
    doc = read(
        "4. Đề xuất, kiến nghị",
        "Đề nghị Bộ Văn hóa, Thể thao và Du lịch:",
        "(1). Sớm ban hành tiêu chuẩn thư viện xã.",
        "Lý do: Hiện nay mỗi nơi làm một cách.",
        "(2). Mở thêm lớp cho người trông coi thư viện.",
        code="BC",
        type="BÁO CÁO",
    )
    assert [(t.role, t.text[:3]) for t in doc.tasks] == [("propose", "Sớm"), ("propose", "Mở ")]


def test_doers_that_no_body_is_keep_their_own_words(read: Reader) -> None:
    doc = read(
        "II. PHÂN CÔNG",
        "1.1. Soạn hướng dẫn đọc sách.",
        "- Đơn vị chủ trì: Đồng chí Phó Trưởng ban phụ trách văn xã.",
        "- Thời gian hoàn thành: Tháng 11/2024.",
        "1.2. Nhận hồ sơ mượn sách.",
        "- Đơn vị thực hiện: Cán bộ Công an cấp xã được phân công.",
        "III. TỔ CHỨC THỰC HIỆN",
        "1. Chuyên viên phụ trách lĩnh vực văn hóa",
        "- Lập danh mục sách.",
    )
    assert [(t.agencies, len(t.deadlines)) for t in doc.tasks] == [
        (["Phó Trưởng ban phụ trách văn xã"], 1),
        (["Công an cấp xã"], 0),
        (["Chuyên viên phụ trách lĩnh vực văn hóa"], 0),
    ]


def test_doers_and_time_may_stand_in_sections_below_one_that_holds_them(read: Reader) -> None:
    doc = read(
        "I. PHÁT TRIỂN BẠN ĐỌC",
        "1. Nội dung, biện pháp",
        "a) Mở điểm đọc sách ở thôn;",
        "b) Tổ chức ngày hội đọc sách.",
        "2. Cơ quan chủ trì, phối hợp",
        "a) Cơ quan chủ trì",
        "- Sở Văn hóa và Thể thao.",
        "- Sở Giáo dục và Đào tạo.",
        "b) Cơ quan phối hợp",
        "- Hội Liên hiệp Phụ nữ tỉnh.",
        "3. Thời gian thực hiện: trước ngày 30/11/2024.",
        "II. KHEN THƯỞNG",
        "1. Nội dung, biện pháp",
        "- Chọn gia đình đọc sách tiêu biểu.",
        "2. Chủ trì thực hiện",
        "- Sở Nội vụ.",
    )
    both = ["Sở Văn hóa và Thể thao tỉnh Lào Cai", "Sở Giáo dục và Đào tạo tỉnh Lào Cai"]
    women = ["Hội Liên hiệp Phụ nữ tỉnh Lào Cai"]
    assert [(t.text[:10], t.agencies, t.partners, len(t.deadlines)) for t in doc.tasks] == [
        ("Mở điểm đọ", both, women, 1),
        ("Tổ chức ng", both, women, 1),
        ("Chọn gia đ", ["Sở Nội vụ tỉnh Lào Cai"], [], 0),
    ]


def test_agencies_counted_below_their_kind_share_what_follows(read: Reader) -> None:
    doc = read(
        "III. TỔ CHỨC THỰC HIỆN",
        "1. Các sở quản lý chuyên ngành",
        "Giao các sở quản lý chuyên ngành gồm:",
        "- Sở Xây dựng (đối với thư viện đô thị);",
        "- Sở Văn hóa và Thể thao (đối với thư viện xã).",
        "Có trách nhiệm:",
        "a) Lập danh mục thư viện.",
        "2. Sở Tài chính",
        "a) Phối hợp với Sở Nội vụ hướng dẫn:",
        "- Bố trí kinh phí mua sách.",
    )
    assert [brief(t) for t in doc.tasks] == [
        (["Sở Xây dựng tỉnh Lào Cai", "Sở Văn hóa và Thể thao tỉnh Lào Cai"], "lead", "Lập danh mục thư viện."),
        (["Sở Tài chính tỉnh Lào Cai"], "coordinate", "Bố trí kinh phí mua sách."),
    ]


def test_the_last_words_charge_each_body_in_its_turn(read: Reader) -> None:
    doc = read(
        "1. Giao Sở Nội vụ chủ trì chấm điểm các xã.",
        "2. Ủy ban nhân dân cấp xã: đầu tư giá sách.",
        "Căn cứ ý kiến chỉ đạo trên, yêu cầu các Sở, ngành, địa phương triển khai thực hiện; đề nghị Ủy ban Mặt trận "
        "Tổ quốc Việt Nam tỉnh và các tổ chức chính trị - xã hội tỉnh Lào Cai phối hợp thực hiện./.",
    )
    front = ["Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Lào Cai", "Các tổ chức chính trị - xã hội tỉnh Lào Cai"]
    assert [(t.agencies, t.role) for t in doc.tasks] == [
        (["Sở Nội vụ tỉnh Lào Cai"], "lead"),
        (["Ủy ban nhân dân cấp xã"], "lead"),
        (["Các Sở, ngành, địa phương"], "lead"),
        (front, "propose"),
    ]


def test_parts_of_a_council_and_heads_of_several_offices_are_all_bound(read: Reader) -> None:
    doc = read(
        "Điều 2. Tổ chức thực hiện",
        "1. Thường trực Hội đồng nhân dân, các Ban của Hội đồng nhân dân và các đại biểu Hội đồng nhân dân tỉnh căn cứ "
        "nhiệm vụ, quyền hạn giám sát việc thực hiện.",
        "Điều 3. Chánh Văn phòng UBND tỉnh; Giám đốc Sở: Nội vụ, Tài chính chịu trách nhiệm thi hành Quyết định này./.",
        code="QĐ",
        type="QUYẾT ĐỊNH",
    )
    council, office = "Hội đồng nhân dân tỉnh Lào Cai", "Văn phòng Ủy ban nhân dân tỉnh Lào Cai"
    assert [t.agencies for t in doc.tasks] == [
        [f"Thường trực {council}", f"Các Ban của {council}"],
        [office, "Sở Nội vụ tỉnh Lào Cai", "Sở Tài chính tỉnh Lào Cai"],
    ]


def test_the_issuer_speaks_below_the_last_section_too(read: Reader) -> None:
    doc = read(
        "III. TỔ CHỨC THỰC HIỆN",
        "1. Thư viện xã mở cửa hằng ngày.",
        "2. Sở Nội vụ chấm điểm thi đua.",
        "Bộ Văn hóa, Thể thao và Du lịch yêu cầu các Sở Tài chính chỉ đạo các đơn vị mua sách.",
        head=CENTRAL.format(
            issuer="BỘ VĂN HÓA, THỂ THAO VÀ DU LỊCH", code="BVHTTDL-TV", type="V/v phát triển thư viện"
        ),
    )
    assert doc.tasks[-1].agencies == ["Các Sở Tài chính"]


def test_a_line_of_a_report_due_charges_each_who_is_named_in_it(read: Reader) -> None:
    doc = read(
        "4. Chế độ báo cáo",
        "- Báo cáo năm: Các cơ quan, đơn vị gửi Sở Tài chính trước ngày 15/12; Sở Tài chính tổng hợp, báo cáo Ủy ban "
        "nhân dân tỉnh trước ngày 20/12.",
    )
    assert [(t.agencies, len(t.deadlines)) for t in doc.tasks] == [
        (["Các cơ quan, đơn vị"], 1),
        (["Sở Tài chính tỉnh Lào Cai"], 1),
    ]


def test_papers_in_a_list_and_particulars_of_a_report_are_no_duties(read: Reader) -> None:
    doc = read(
        "III. TỔ CHỨC THỰC HIỆN",
        "1. Sở Nội vụ",
        "- Lập hồ sơ khen thưởng, bao gồm:",
        "+ Biên bản họp xét.",
        "+ Tờ trình (01 bản).",
        "- Báo cáo UBND tỉnh.",
        "- Cơ quan nhận báo cáo: UBND tỉnh.",
        "- Hồ sơ gồm:",
        "+ Đơn đề nghị.",
    )
    assert [t.text for t in doc.tasks] == ["Lập hồ sơ khen thưởng, bao gồm:", "Báo cáo UBND tỉnh."]


def test_whoever_is_in_charge_acts_without_an_article(read: Reader) -> None:
    doc = read(
        "III. TỔ CHỨC THỰC HIỆN",
        "1. Cơ quan phối hợp có trách nhiệm cử cán bộ tham gia.",
        "2. Cơ quan chủ trì tổ chức cuộc họp.",
        "3. Cơ sở KCB BHYT: Cử cán bộ tham dự.",
    )
    assert [t.agencies for t in doc.tasks] == [
        ["Cơ quan phối hợp"],
        ["Cơ quan chủ trì"],
        ["Cơ sở khám bệnh, chữa bệnh bảo hiểm y tế"],
    ]


def test_the_offices_of_a_ministry_are_its_own(read: Reader) -> None:
    doc = read(
        "Điều 3. Chánh Văn phòng Bộ, Vụ trưởng Vụ Thư viện, Vụ trưởng Vụ Kế hoạch - Tài chính và Thủ trưởng các đơn vị "
        "có liên quan chịu trách nhiệm thi hành Quyết định này./.",
        head=CENTRAL.format(issuer="BỘ VĂN HÓA, THỂ THAO VÀ DU LỊCH", code="QĐ-BVHTTDL", type="QUYẾT ĐỊNH"),
    )
    office = "Văn phòng Bộ Văn hóa, Thể thao và Du lịch"
    assert [t.agencies for t in doc.tasks] == [[office, "Vụ Thư viện", "Vụ Kế hoạch - Tài chính"]]


LETTER = """UBND TỈNH LÀO CAI
SỞ XÂY DỰNG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 45/SXD-KT
V/v khai thác đá
Lào Cai, ngày 12 tháng 3 năm 2024
Kính gửi: {to}.
"""


def test_the_enterprise_that_a_letter_is_written_to_is_meant_by_its_kind(read: Reader) -> None:
    quarry = "Công ty cổ phần Đá Mường Hum"
    doc = read(
        f"{quarry} được cấp giấy phép ngày 01/3/2024. Sở Xây dựng đề nghị Công ty thực hiện các nội dung sau:",
        "1. Trước khi khai thác",
        "- Cắm mốc khu vực khai thác.",
        "- Nộp đủ tiền trước ngày 30/6/2024.",
        head=LETTER.replace("{to}", quarry),
    )
    assert [brief(t)[:2] for t in doc.tasks] == [([quarry], "propose")] * 2


def test_an_authority_that_a_letter_is_written_to_is_asked_inside_a_sentence(read: Reader) -> None:
    doc = read(
        "Trên cơ sở ý kiến của các xã, đề nghị Cục Thuế tỉnh xác định số tiền phải nộp của mỗi mỏ.",
        head=LETTER.replace("{to}", "Cục Thuế tỉnh Lào Cai"),
    )
    assert [brief(t)[:2] for t in doc.tasks] == [(["Cục Thuế tỉnh Lào Cai"], "propose")]


def test_whoever_a_letter_is_written_to_is_meant_by_a_word_of_courtesy(read: Reader) -> None:
    doc = read(
        "Để thống nhất, kính đề nghị Quý cơ quan gửi ý kiến về Sở Xây dựng.",
        head=LETTER.replace("{to}", "Ủy ban nhân dân các xã, phường"),
    )
    assert [brief(t)[:2] for t in doc.tasks] == [(["Ủy ban nhân dân các xã, phường"], "propose")]


@pytest.mark.parametrize("issuer", ["SỞ XÂY DỰNG", "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM TỈNH LÀO CAI"])
def test_departments_and_the_front_only_ask_people_s_committees(read: Reader, issuer: str) -> None:
    doc = read(
        "1. Đề nghị Ủy ban nhân dân các xã, phường chỉ đạo các trường mở thư viện.",
        head=LETTER.replace("SỞ XÂY DỰNG", issuer).replace("{to}", "Ủy ban nhân dân các xã, phường"),
    )
    assert [brief(t)[:2] for t in doc.tasks] == [(["Ủy ban nhân dân các xã, phường"], "propose")]


def test_what_opens_a_sentence_is_of_the_turn_it_opens(read: Reader) -> None:
    doc = read("V. TỔ CHỨC", "1. Sở Y tế lập danh mục sách. Trên cơ sở đó, Sở Tài chính bố trí kinh phí.")
    assert [t.text for t in doc.tasks] == [
        "Sở Y tế lập danh mục sách.",
        "Trên cơ sở đó, Sở Tài chính bố trí kinh phí.",
    ]
