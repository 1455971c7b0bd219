"""Who must do what: every form in which a document lays a duty, read from invented documents."""

from collections.abc import Callable
from pathlib import Path

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
    def read(*body: str, code: str = "KH", type: str = "KẾ HOẠCH") -> Document:
        file = tmp_path / "van-ban.txt"
        file.write_text(HEAD.format(code=code, type=type) + "\n".join(body) + "\n" + TAIL, encoding="utf-8")
        return analyse(file)

    return read


def brief(task: Task) -> tuple[list[str], str, str]:
    return task.agencies, task.role, task.text


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
