"""Findings about figures and dates: what a document says against itself, and what it may well say."""

from __future__ import annotations

import pytest

from pipeline.analyse import recognise
from pipeline.audit.figures import audit_figures
from pipeline.audit.model import Finding
from pipeline.model import Line, Source, Table

HEAD = (
    "ỦY BAN NHÂN DÂN", "HUYỆN PHÚ KHÊ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
    "Số: 12/BC-UBND", "Phú Khê, ngày 04 tháng 12 năm 2024", "BÁO CÁO", "Kết quả công tác năm 2024", "I. KẾT QUẢ",
)  # fmt: skip


def findings(*blocks: str | Table) -> list[Finding]:
    lines = [Line(b, whole=True) if isinstance(b, str) else b for b in (*HEAD, *blocks)]
    return audit_figures(recognise(Source("a.txt", "0", "txt", lines)), 1)


def raised(*blocks: str | Table) -> list[tuple[str, str | None]]:
    return [(f.finding, f.expected) for f in findings(*blocks)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Số người học nghề là 02/5 người đạt 45% KH.", "40,0%"),
        ("Đã đưa 355 lao động đi làm việc, đạt tỷ lệ 128% (kế hoạch năm 300 lao động).", "118,3%"),
        ("Xuất khẩu lao động 170/100 lao động đạt 160% kế hoạch.", "170,0%"),
        ("Có 132/150 lao động, đạt 90% kế hoạch tỉnh giao.", "88,0%"),
        ("Toàn huyện có 500 hộ, trong đó 123 hộ nghèo, chiếm 26,4%.", "24,6%"),
        ("Kế hoạch giao 300 lao động, thực hiện 360 lao động, đạt 110%.", "120,0%"),
        ("Thu 450 triệu đồng, tăng 15% so với cùng kỳ năm 2023 (400 triệu đồng).", "12,5%"),
        ("Huyện còn 3.384 hộ nghèo trên tổng số 8.460 hộ dân, chiếm 42,5% số hộ.", "40,0%"),
        ("Xuất cảnh 96/120 người, đạt 80% kế hoạch; lao động nữ 31 người, chiếm 39% số người xuất cảnh.", "32,3%"),
        ("Trong số 9.850 hộ, có 394 hộ nghèo, tỷ lệ 4,0%; hộ cận nghèo 620 hộ, tỷ lệ 7,9%.", "6,3%"),
        ("Đơn trực tuyến phát sinh 9.371 đơn; đơn thanh toán trực tuyến 2.812 đơn, đạt 41,5% đơn trực tuyến.", "30,0%"),
    ],
)
def test_a_share_that_its_part_and_whole_contradict(words: str, expected: str) -> None:
    assert raised(words) == [("wrong_percentage", expected)]


@pytest.mark.parametrize(
    "words",
    [
        "Số người học nghề là 02/5 người đạt 40% KH.",
        "Đã đưa 355 lao động đi làm việc, đạt tỷ lệ 118% (kế hoạch năm 300 lao động).",
        "Có 2/3 hộ tham gia, đạt 66% kế hoạch.",  # cut off, not rounded
        "Có 2/3 hộ tham gia, đạt 67% kế hoạch.",
        "Có 45/60 hộ tham gia, tăng 20% so với cùng kỳ.",
        "Có 45/60 hộ tham gia; tỷ lệ hộ nghèo còn 12%.",
        "Có 45/60 hộ tham gia, đạt 20% kế hoạch giai đoạn 2021 - 2025.",
        "Có 45/60 hộ tham gia, đạt trên 70% kế hoạch.",
        "Thu 450 triệu đồng, tăng 15% so với cùng kỳ.",
        "Có 120 hộ, trong đó 60 lao động, chiếm 30%.",
    ],
)
def test_a_share_that_may_be_right_is_left_alone(words: str) -> None:
    assert raised(words) == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Năm 2024 mở 33 lớp đào tạo nghề. Trong đó: 30 lớp nghề nông nghiệp; 2 lớp nghề may.", "32"),
        ("Có 428 lao động xuất cảnh, gồm: xã Bản Sen 98 lao động, xã Nậm Kha 332 lao động.", "430"),
        ("Giải quyết việc làm cho 80 lao động, trong đó 34 lao động ở vùng thấp, 45 lao động ở các xã còn lại.", "79"),
        ("Khám 48.620 lượt (kế hoạch 90.000 lượt), trong đó: tại huyện 27.350 lượt; tại xã 21.720 lượt.", "49.070"),
        (
            "Phạt 2.146 triệu đồng (nồng độ cồn 1.284 triệu đồng, tốc độ 512 triệu đồng, lỗi khác 340 triệu đồng).",
            "2,136 tỷ đồng",
        ),
        ("Toàn huyện có 52 đơn vị (mầm non 17 trường, tiểu học 19 trường, trung học 17 trường).", "53"),
        ("Kết nạp 12 đảng viên, gồm: khối thôn 7 đảng viên, khối trường học 4 đảng viên.", "11"),
        ("Tổng đàn trâu, bò 4.215 con, trong đó trâu 1.830 con, bò 2.355 con.", "4.185"),
    ],
)
def test_a_total_that_its_parts_contradict(words: str, expected: str) -> None:
    assert raised(words) == [("wrong_sum", expected)]


@pytest.mark.parametrize(
    "words",
    [
        "Năm 2024 mở 33 lớp đào tạo nghề. Trong đó: 31 lớp nghề nông nghiệp; 2 lớp nghề may.",
        "Có 500 lao động, trong đó nữ 210 lao động, dân tộc thiểu số 280 lao động.",
        "Có 500 lao động, trong đó xã Bản Sen 60 lao động, xã Nậm Kha 40 lao động.",
        "Mở 12 lớp với 360 học viên, gồm 05 lớp may (150 học viên), 07 lớp điện (210 học viên).",
        "Có 12 xã với 108 thôn; hỗ trợ 300 hộ, gồm hộ nghèo và hộ cận nghèo.",
    ],
)
def test_parts_that_need_not_be_all_are_left_alone(words: str) -> None:
    assert raised(words) == []


@pytest.mark.parametrize(
    ("words", "finding", "expected"),
    [
        ("Mở 20 lớp x 30 học viên/lớp = 650 học viên.", "wrong_sum", "600"),
        ("Mở 20 lớp tập huấn x 30 học viên/lớp = 600 học viên.", None, None),
        ("Chi 1.872.000.000 đồng (40 lớp x 48.600.000 đồng/lớp).", "wrong_sum", "1,944 tỷ đồng"),
        ("Hỗ trợ 570 người (50% của 1.140 người) x 100.000 đồng = 57.000.000 đồng.", None, None),
        ("Băng rôn 0,8 m x 8 m: 20 cái; pa nô 3 m x 4 m: 05 cái.", None, None),
        ("Chi (20 người + 5 người) x 30 triệu đồng = 900 triệu đồng.", None, None),  # brackets are not reckoned out
        ("Số vụ giảm từ 48 vụ xuống còn 36 vụ, giảm 33%.", "wrong_percentage", "25,0%"),
        ("Lập biên bản 1.862 trường hợp; đã xử lý 1.675 trường hợp, đạt 93,5%.", "wrong_percentage", "90,0%"),
        ("Giải ngân 612 tỷ đồng, tăng 102 tỷ đồng (tăng 25%).", "wrong_percentage", "20,0%"),
        ("Giải ngân 612 tỷ đồng, tăng 102 tỷ đồng (tăng 20%).", None, None),
        ("Giải ngân 612 tỷ đồng, tăng 102 tỷ đồng (25% kế hoạch).", None, None),
        ("Có 24 vụ (năm trước 32 vụ), giảm 8 vụ, tương đương giảm 30%.", "wrong_percentage", "25,0%"),
        ("Có 24 vụ (năm trước 32 vụ), giảm 8 vụ, tương đương giảm 25%.", None, None),
        ("Có 16/18 chi bộ hoàn thành tốt nhiệm vụ trở lên (đạt 92,8%).", "wrong_percentage", "88,9%"),
        ("Tỷ lệ hộ nghèo giảm từ 12,5% xuống còn 10%, giảm 2,5%.", None, None),  # points
        ("Tỷ lệ hộ nghèo giảm từ 12,5% xuống còn 10%, giảm 20% so với đầu năm.", None, None),  # a share of the rate
        ("Có 68.500 người, trong đó dân tộc thiểu số 34.250 người, chiếm 52%.", "wrong_percentage", "50,0%"),
        ("Có 1.842 hộ nghèo trên tổng số 23.025 hộ, chiếm tỷ lệ 8,8%.", "wrong_percentage", "8,0%"),
        ("Họp vào sáng thứ Năm, ngày 22/5/2024.", "impossible_date", "thứ Tư"),
        ("Khám 612.400 lượt, đạt 51% kế hoạch (1.200.000 lượt), tăng 3,8% so với cùng kỳ (590.000 lượt).", None, None),
        ("Họp vào sáng thứ 4, ngày 22/5/2024.", None, None),
    ],
)
def test_products_changes_and_days_of_the_week(words: str, finding: str | None, expected: str | None) -> None:
    assert raised(words) == ([(finding, expected)] if finding else [])


def test_parts_in_bullets() -> None:
    head = "Toàn huyện tuyển mới 150 lao động. Cụ thể:"
    assert raised(head, "- Xã Bản Sen: 80 lao động;", "- Xã Nậm Kha: 69 lao động.") == [("wrong_sum", "149")]
    assert raised(head, "- Xã Bản Sen: 80 lao động;", "- Xã Nậm Kha: 70 lao động.") == []


def table(*rows: str, header: str = "TT|Xã|Kế hoạch (hộ)|Thực hiện (hộ)|Tỷ lệ (%)") -> Table:
    return Table([row.split("|") for row in (header, *rows)])


RIGHT = ("1|Bản Sen|100|90|90,0", "2|Nậm Kha|200|150|75,0", "3|Lũng Pá|50|60|120,0", "|Tổng cộng|350|300|85,7")


def test_a_table_that_adds_up() -> None:
    assert raised(table(*RIGHT)) == []


def test_a_total_row_that_does_not() -> None:
    (finding,) = findings(table(*RIGHT[:3], "|Tổng cộng|350|310|88,6"))
    assert (finding.finding, finding.expected, finding.text) == ("wrong_sum", "300", "310")
    assert "90 + 150 + 60 = 300" in finding.evidence and len(finding.quantity_ids) == 4


def test_a_percentage_in_a_table() -> None:
    assert raised(table(RIGHT[0], "2|Nậm Kha|200|150|70,0", *RIGHT[2:])) == [("wrong_percentage", "75,0")]


def test_a_total_column() -> None:
    header = "TT|Xã|Tổng số (hộ)|Hộ nghèo (hộ)|Hộ khác (hộ)"
    rows_ = ["1|Bản Sen|30|10|20", "2|Nậm Kha|45|15|30", "3|Lũng Pá|28|8|19", "4|Bản Cò|12|5|7"]
    assert raised(table(*rows_, header=header)) == [("wrong_sum", "27")]


def test_groups_under_roman_heads() -> None:
    rows_ = ["I|Vùng thấp|30|20|66,7", "1|Bản Sen|10|8|80,0", "2|Nậm Kha|20|12|60,0",
             "II|Vùng cao|50|30|60,0", "3|Lũng Pá|50|30|60,0", "|Tổng cộng|80|50|62,5"]  # fmt: skip
    assert raised(table(*rows_)) == []


@pytest.mark.parametrize(
    "words",
    ["Báo cáo trước ngày 31/02/2025.", "Hoàn thành trước ngày 31 tháng 9 năm 2025.", "Chậm nhất ngày 30/2 hằng năm.",
     "Thực hiện giai đoạn 2025 - 2021.", "Tổ chức từ ngày 20/6/2025 đến ngày 15/5/2025."],
)  # fmt: skip
def test_days_and_periods_that_cannot_be(words: str) -> None:
    assert [f for f, _ in raised(words)] == ["impossible_date"]


@pytest.mark.parametrize(
    "words",
    ["Báo cáo trước ngày 29/02/2024.", "Thực hiện giai đoạn 2021 - 2025.", "Có 31/32 thôn đạt chuẩn.",
     "Từ ngày 20/12/2024 đến ngày 15/01/2025.", "Theo Quyết định số 30/QĐ-UBND ngày 28/02/2024."],
)  # fmt: skip
def test_days_and_periods_that_can_be(words: str) -> None:
    assert raised(words) == []


def test_one_thing_told_twice() -> None:
    first = "Có 127 lao động đi làm việc ở nước ngoài, vượt kế hoạch."
    assert raised(first, "Lần đầu huyện có 129 lao động đi làm việc ở nước ngoài.") == [("conflicting_figure", "127")]
    assert raised(first, "Xã Bản Sen có 129 lao động đi làm việc ở nước ngoài.") == []
    assert raised("Ghi nhận 27 ca mắc sốt xuất huyết.", "Toàn huyện ghi nhận 37 ca mắc sốt xuất huyết.") != []
    assert raised("Mở 86 buổi với 12.450 lượt người dự.", "Kết quả: 86 buổi, 12.540 lượt người dự.") != []
    assert raised("Mở 86 buổi với 12.450 lượt người dự.", "Kết quả: 96 buổi, 12.540 lượt người dự.") == []
    assert raised("Có 36 trường đạt chuẩn quốc gia.", "Nổi bật: có 39 trường đạt chuẩn quốc gia.") != []
    assert (
        raised("Chi 90 triệu đồng, ngân sách tỉnh 95 triệu đồng.", "Chi 98 triệu đồng, ngân sách tỉnh 98 triệu đồng.")
        == []
    )
    assert raised("I. TRỒNG TRỌT (19 TTHC)", "II. CHĂN NUÔI (15 TTHC)") == []
    assert raised(first, "Năm 2023 có 129 lao động đi làm việc ở nước ngoài, năm 2024 tăng.") == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Mở 22 lớp/770 học viên, nghề nông nghiệp 16 lớp/560 học viên, còn lại là nghề khác 6 lớp/240 học viên.",
         "800"),
        ("Giảm 5.600 hộ nghèo: Nậm Kha 1.450, Bản Sen 1.050, Mường Lý 1.300, Pa Tần 620, các xã còn lại 980.", "5.400"),
        ("Khuyết tật 934 người, cao tuổi 412 người, nhóm khác 229 người, nâng tổng số hưởng trợ cấp lên 1.755 người.",
         "1.575"),
        ("Kết nạp đảng viên: khối xã 62, khối cơ quan 25, lực lượng vũ trang 11, 9 tháng kết nạp 108 đảng viên.", "98"),
        ("Quản lý 214 người nghiện, cai bắt buộc 61, tự nguyện 48, điều trị Methadone 32, chưa cai 83.", "224"),
        ("Thu ngân sách 130,7 tỷ đồng, chiếm 56%; thu khác 58,9 tỷ đồng; còn lại là phí 32,7 tỷ đồng.", None),
        ("Toàn xã có 770 hộ, thôn Bản Sen 560 hộ, còn lại 210 hộ.", None),
    ],
)  # fmt: skip
def test_the_rest_of_a_list_and_totals_without_a_word_for_them(words: str, expected: str | None) -> None:
    assert raised(words) == ([("wrong_sum", expected)] if expected else [])


def test_a_last_row_called_the_total_of_something() -> None:
    rows = ("Lệ phí|3.200|864", "Đất|12.000|1.560", "Phí khác|950|304")
    head = "Khoản thu|Dự toán|Thực hiện"
    assert raised(table(*rows, "Tổng thu|16.150|2.782", header=head)) == [("wrong_sum", "2.728")]
    assert raised(table(*rows, "Tổng thu|16.150|2.728", header=head)) == []
    assert raised(table(*rows, "Tổng chi|9.100|2.150", header=head)) == []


def test_a_table_s_number_is_no_total_of_the_line_below_it() -> None:
    cells = table("Xã A|846|36,3", "Xã B|141|40,1", header="Xã|Số người|Tỷ lệ")
    assert raised(cells, "Bảo hiểm thất nghiệp: tiếp nhận 19 hồ sơ, giải quyết 17 hồ sơ.") == []


def test_a_share_of_the_difference_told_before_it() -> None:
    said = "Đầu năm có 1.640 hộ nghèo, đến nay giảm 410 hộ, tương đương giảm {}%, còn 1.230 hộ."
    assert raised(said.format(25)) == []


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("Quỹ khuyến học năm 2024 toàn huyện thu được 437 triệu đồng.",
         "Mức huy động quỹ khuyến học năm 2024 của huyện (347 triệu đồng) chưa cao.", "437 triệu đồng"),
        ("Toàn huyện còn thiếu 58 bác sĩ so với định mức.",
         "Do số bác sĩ thiếu so với định mức toàn huyện (85 người) chưa được bổ sung.", "58"),
        ("Bạo lực học đường: năm 2024 toàn huyện xảy ra 26 vụ.",
         "Nạn bạo lực học đường còn phức tạp với 62 vụ xảy ra trong năm 2024 toàn huyện.", "26"),
        ("Trong năm 2024 giảm 812 hộ thiếu nước sạch trên địa bàn huyện.",
         "Kết quả năm 2024 giảm 612 hộ thiếu nước sạch trên địa bàn huyện chưa bền vững.", "812"),
        ("Toàn xã lập 22 tổ hòa giải cơ sở với 198 hòa giải viên.",
         "198 hòa giải viên của 32 tổ hòa giải cơ sở hoạt động không đều.", "22"),
        ("Thu nhập bình quân đầu người năm 2024 đạt 49,5 triệu đồng.",
         "Nâng thu nhập bình quân đầu người từ 45,9 triệu đồng năm 2024 lên 53 triệu đồng năm 2025.",
         "49,5 triệu đồng"),
        ("Xã Nậm Kha báo cáo 486 hộ nghèo đến 31/8/2024 nhưng chưa họp dân.",
         "Yêu cầu xã Nậm Kha rà soát lại 684 hộ nghèo tại thời điểm 31/8/2024.", "486"),
        ("Có 83 câu lạc bộ phòng, chống đuối nước toàn huyện.",
         "Nhiều câu lạc bộ phòng, chống đuối nước ít sinh hoạt (toàn huyện hiện có 38 câu lạc bộ).", "83"),
        ("Tổng nhu cầu kinh phí cả giai đoạn 2025 - 2026 là 184,6 tỷ đồng.",
         "Sở Tài chính cân đối 148,6 tỷ đồng là tổng nhu cầu kinh phí cả giai đoạn 2025 - 2026.", "184,6 tỷ đồng"),
        ("Dự kiến cuối năm 2024 tỷ lệ hộ nghèo của huyện còn 16,35%.",
         "Từ mức tỷ lệ hộ nghèo 18,65% cuối năm 2024, phấn đấu giảm ít nhất 4 điểm phần trăm.", "16,35"),
        ("Vụ Đông Xuân 2023 - 2024 xuống giống 4.370 ha.",
         "Phấn đấu vận động nông dân liên kết trên cơ sở diện tích xuống giống vụ Đông Xuân 2023 - 2024 là 4.730 ha.",
         "4.370"),
        ("Thu ngân sách 9 tháng đạt 41,6 tỷ đồng.",
         "Xây dựng dự toán năm 2025 trước ngày 20/12/2024 trên cơ sở thu ngân sách 9 tháng 46.100 triệu đồng.",
         "41,6 tỷ đồng"),
        ("9 tháng đầu năm, Bộ phận một cửa giải quyết 18.906 hồ sơ.",
         "Phân loại 9 tháng đầu năm toàn huyện nhận 18.609 hồ sơ theo lĩnh vực.", "18.906"),
    ],
)  # fmt: skip
def test_one_thing_told_again_in_other_words(first: str, second: str, expected: str) -> None:
    assert raised(first, second) == [("conflicting_figure", expected)]


def test_a_known_number_below_the_heading_of_another_year() -> None:
    first, tasks = "Toàn huyện có 2.436 hộ nghèo.", "II. NHIỆM VỤ NĂM 2025"
    assert raised(first, tasks, "Hỗ trợ 2.346 hộ nghèo hiện có trên địa bàn huyện.") == [
        ("conflicting_figure", "2.436")
    ]
    assert raised(first, tasks, "Phấn đấu còn 2.346 hộ nghèo trên địa bàn huyện.") == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Sáu tháng đầu năm 2024 công nhận 41 sản phẩm OCOP.", "Cả năm 2024 công nhận 14 sản phẩm OCOP."),
        ("Năm 2023, tỷ lệ hộ cận nghèo là 13,8%.", "Năm 2024, tỷ lệ hộ cận nghèo là 18,3%."),
        ("Tiếp nhận 1.204 hồ sơ đất đai.", "Đã cấp giấy chứng nhận cho 1.024 thửa đất."),
        ("Toàn huyện có 1.342 hộ nghèo.", "Toàn huyện có 1.432 hộ cận nghèo."),
        ("Xã Bản Sen có 241 hộ thoát nghèo.", "Xã Nậm Kha có 214 hộ thoát nghèo."),
        ("Tiểu học: 15 trường, 8.204 học sinh.", "Trung học cơ sở: 14 trường, 6.222 học sinh."),
        ("Kế hoạch giao tạo việc làm cho 2.150 lao động.", "Kết quả đã tạo việc làm cho 2.510 lao động."),
        ("Thu ngân sách 9 tháng tăng so với cùng kỳ năm 2023 (155,5 tỷ đồng).",
         "Thu 9 tháng đạt 126,5 tỷ đồng, bằng 81,6% dự toán tỉnh giao (155 tỷ đồng)."),
        ("Quý I, huyện hỗ trợ 2.416 học sinh bán trú.", "Học kỳ I có 2.398 học sinh bán trú."),
        ("Trong 9 tháng tăng trưởng GRDP đạt 6,26%.", "Phấn đấu đạt mục tiêu tăng trưởng GRDP được giao (8%)."),
    ],
)  # fmt: skip
def test_figures_of_another_time_place_or_aspect_are_no_second_telling(first: str, second: str) -> None:
    assert raised(first, second) == []


WORK = ("1|Xã Bản Sen|600|598", "2|Xã Nậm Kha|420|436", "|Toàn huyện|1.020|1.034")


def test_the_text_against_its_own_tables() -> None:
    cells = table(
        *WORK, header="TT|Địa phương|Giải quyết việc làm Kế hoạch (lao động)|Giải quyết việc làm Thực hiện (lao động)"
    )
    said = "Trong năm, toàn huyện đã giải quyết việc làm cho {} lao động."
    (finding,) = findings(said.format("1.043"), cells)
    assert (finding.finding, finding.severity, finding.expected) == ("conflicting_figure", "warning", "1.034")
    assert "Toàn huyện" in finding.evidence and finding.text == "1.043 lao động"
    assert raised(said.format("1.034"), cells) == []
    assert raised("Xã Bản Sen đã giải quyết việc làm cho 598 lao động.", cells) == []
    assert raised("Năm 2023, toàn huyện giải quyết việc làm cho 1.043 lao động.", cells) == []


def test_the_total_row_of_a_column_whose_head_tells_the_unit() -> None:
    cells = table("Vùng cao|5|1.310|1.004", "Vùng thấp|6|1.220|917", "Toàn huyện|11|2.530|1.921",
                  header="Vùng|Số xã|Hộ nghèo đầu năm|Hộ nghèo đến 15/11/2024")  # fmt: skip
    said = "Đến 15/11/2024 toàn huyện còn {} hộ nghèo."
    assert raised(said.format("1.894"), cells) == [("conflicting_figure", "1.921")]
    assert raised(said.format("1.921"), cells) == []


def test_a_row_of_a_table_that_the_text_names() -> None:
    cells = table(
        "1|Bác sĩ|24|12|36", "2|Điều dưỡng|41|18|59", header="TT|Chức danh|Tại bệnh viện|Tại trạm y tế|Tổng số"
    )
    assert raised("Trung tâm hiện có 95 viên chức, trong đó có 32 bác sĩ.", cells) == [("conflicting_figure", "36")]
    assert raised("Trung tâm hiện có 95 viên chức, trong đó có 36 bác sĩ.", cells) == []
    assert raised("Trong năm đã cử 32 bác sĩ đi học.", cells) == []
    sums = table("1|Khen thưởng|68", "2|Tổng kinh phí tổ chức|622", header="TT|Nội dung|Kinh phí (triệu đồng)")
    assert raised("Kinh phí tổ chức: 612 triệu đồng (chi tiết kèm theo).", sums) == [
        ("conflicting_figure", "622 triệu đồng")
    ]
    assert raised("Kinh phí tổ chức: 612 triệu đồng[3] (chi tiết kèm theo).", sums) == []


INSURED = ("Hưu trí, bảo trợ xã hội|88.785", "Học sinh, sinh viên|98.215", "Cộng|187.000")


def test_a_figure_that_is_a_slip_of_what_a_table_s_heads_tell() -> None:
    cells = table(*INSURED, header="Nhóm đối tượng|Số người")
    above, said = "Biểu: Người tham gia bảo hiểm y tế", "Toàn huyện có {} người tham gia bảo hiểm y tế."
    assert raised(said.format("178.000"), above, cells) == [("conflicting_figure", "187.000")]
    assert raised(said.format("187.000"), above, cells) == []
    assert raised("Toàn huyện có 178.000 người tham gia bảo hiểm xã hội.", above, cells) == []
    assert raised("Toàn huyện có 98.125 người tham gia bảo hiểm y tế.", above, cells) == []  # of no group
    assert raised("Năm 2023, toàn huyện có 178.000 người tham gia bảo hiểm y tế.", above, cells) == []


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("Kinh phí 12.850 triệu đồng (12,58 tỷ đồng).", True),
        ("Kinh phí 12.850 triệu đồng (12,85 tỷ đồng).", False),
        ("Kinh phí 1.215,7 triệu đồng (hơn 1,2 tỷ đồng).", False),
        ("Tổng số tiền: 2.350.000.000 đồng (Bằng chữ: Hai tỷ, năm trăm ba mươi triệu đồng).", True),
        ("Tổng số tiền: 2.530.000.000 đồng (Bằng chữ: Hai tỷ, năm trăm ba mươi triệu đồng chẵn).", False),
    ],
)
def test_a_sum_told_again_in_another_unit_or_in_words(words: str, wrong: bool) -> None:
    assert [f for f, _ in raised(words)] == (["conflicting_figure"] if wrong else [])


def test_a_fraction_in_brackets_and_a_list_after_a_colon() -> None:
    assert raised("Hoàn thành, đạt 75% kế hoạch (255/300 lao động).") == [("wrong_percentage", "85,0%")]
    assert raised("Hoàn thành, đạt 85% kế hoạch (255/300 lao động).") == []
    listed = "Có {} lao động xuất cảnh: Nhật Bản 60 lao động, Đài Loan 40 lao động, Hàn Quốc 18 lao động."
    assert raised(listed.format(120)) == [("wrong_sum", "118")]
    assert raised(listed.format(118)) == raised(listed.format(300)) == []


def test_what_stands_outside_the_brackets_is_no_share_of_what_stands_inside() -> None:
    assert raised("Có 1.200 lao động (trong đó đi xa 100 lao động), đạt 96% kế hoạch.") == []
    assert raised("Tỷ lệ thất nghiệp 2,5%, giảm 0,3% so với năm 2023 (2,8%).") == []


def test_a_paragraph_of_very_many_figures_is_read_by_its_sentences() -> None:
    right = "Xã có 120 hộ, trong đó 60 hộ nghèo, chiếm 50%. "
    assert raised(right * 110) == []
    assert raised(right * 110 + "Xã có 120 hộ, trong đó 60 hộ nghèo, chiếm 55%.") == [("wrong_percentage", "50,0%")]
