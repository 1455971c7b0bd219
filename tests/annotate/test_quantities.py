"""Quantities: numbers, units, ranges, comparators, tables, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.annotate.dates import find_dates
from pipeline.annotate.quantities import find_quantities
from pipeline.model import Cell, Context, Frame, Header, Paragraph, Quantity, Section, TableText, Text, ZoneSpan


def quantities(words: str, sections: list[Section] | None = None) -> list[Quantity]:
    text = Text(words, [Paragraph(0, len(words))])
    frame = Frame(Header(), [ZoneSpan("body", 0, len(words))])
    found = find_quantities(text, frame, sections or [], taken=find_dates(text, frame, Context()))
    assert all(words[q.start : q.end] == q.text for q in found)
    return found


@pytest.mark.parametrize(
    ("words", "value", "high", "of", "unit"),
    [
        ("tư vấn cho 1.085 lao động", 1085, None, None, "lao động"),
        ("đáp ứng 01 trong 02 tiêu chí sau", 1, None, 2, "tiêu chí"),
        ("thuộc một trong hai trường hợp", 1, None, 2, "trường hợp"),
        ("được hưởng ít nhất một trong các dịch vụ cơ bản", 1, None, None, "dịch vụ"),
        ("có ít nhất một cơ sở y tế", 1, None, None, "cơ sở y tế"),
        ("giảm còn 18 ca sinh/1.000 phụ nữ", 18, None, None, "ca sinh"),
        ("huy động trẻ ra lớp 36,5%", 36.5, None, None, "%"),
        ("số hộ nghèo dân tộc thiểu số 1.720 hộ", 1720, None, None, "hộ"),
        ("trong vòng 15 ngày làm việc", 15, None, None, "ngày làm việc"),
        ("trả một (01) lần", 1, None, None, "lần"),
        ("trong mười lăm (15) ngày", 15, None, None, "ngày"),
        ("tuyên truyền pháp luật 64 cuộc", 64, None, None, "cuộc"),
        ("quy mô các cấp 18.730 em", 18_730, None, None, "em"),
        ("đã cấp 2.450 giấy", 2450, None, None, "giấy"),
        ("học sinh đến lớp 20.940 em", 20_940, None, None, "em"),
        ("đến 30/11 giải ngân 98 tỷ đồng", 98_000_000_000, None, None, "đồng"),
        ("qua đào tạo 55,7%, trong đó có chứng chỉ từ sơ cấp trở lên", 55.7, None, None, "%"),
        ("ở độ cao 200 mét", 200, None, None, "mét"),
        ("hỗ trợ 14,6 tỷ đồng", 14_600_000_000, None, None, "đồng"),
        ("đạt 47,5 nghìn tỷ đồng", 47_500_000_000_000, None, None, "đồng"),
        ("dư nợ 27 tỷ 450 triệu đồng", 27_450_000_000, None, None, "đồng"),
        ("thu hồi 165 triệu đồng", 165_000_000, None, None, "đồng"),
        ("dân số 46.370 người", 46_370, None, None, "người"),
        ("vốn 285,3 tỷ.", 285_300_000_000, None, None, "đồng"),
        ("xuất khẩu 1.219,11 triệu USD", 1_219_110_000, None, None, "USD"),
        ("đạt 7.53% kế hoạch", 7.53, None, None, "%"),
        ("có 12 000 hộ nghèo", 12_000, None, None, "hộ"),
        ("có 12,000 hộ", 12_000, None, None, "hộ"),
        ("trồng 3.819,5ha lúa", 3819.5, None, None, "ha"),
        ("đến 19/19 xã, thị trấn", 19, None, 19, "xã"),
        ("đã đưa 02/5 người đi làm", 2, None, 5, "người"),
        ("chi 560 tỷ đồng/690 tỷ đồng", 560_000_000_000, None, 690_000_000_000, "đồng"),
        ("ít nhất 2/3 tổng số thành viên", 2, None, 3, "thành viên"),
        ("dày 100-150mm", 100, 150, None, "mm"),
        ("tăng từ 1 đến 1,5%", 1, 1.5, None, "%"),
        ("trẻ từ 06 tháng đến 36 tháng tuổi", 6, 36, None, "tháng"),
        ("từ 100 triệu đồng/người đến 150 triệu đồng/người", 100_000_000, 150_000_000, None, "đồng"),
        ("từ đủ 12 tuổi đến dưới 18 tuổi", 12, 18, None, "tuổi"),
        ("chính quyền địa phương hai cấp", 2, None, None, "cấp"),
        ("thu hút ba mươi lăm doanh nghiệp", 35, None, None, "doanh nghiệp"),
        ("trong thời hạn 05 (năm) ngày làm việc", 5, None, None, "ngày làm việc"),
        ("thành lập được 12 Câu lạc bộ", 12, None, None, "câu lạc bộ"),
        ("phục vụ 3.800 lượt người", 3800, None, None, "lượt người"),
        ("hoạt động của 617 HTX", 617, None, None, "hợp tác xã"),
        ("thả 250 lồng nuôi", 250, None, None, "lồng"),
        ("(Bằng chữ: Ba nghìn bảy trăm chín mươi tỷ đồng)", 3_790_000_000_000, None, None, "đồng"),
        ("Bảy nghìn không trăm chín mươi ba tỷ, tám trăm triệu đồng", 7_093_800_000_000, None, None, "đồng"),
        ("axit điện tử (dự án 60.000 tấn/năm)", 60_000, None, None, "tấn"),
        ("tổ chức trong 1/2 ngày", 0.5, None, None, "ngày"),
        ("Thời gian thực hiện Dự án: 36 tháng sau khi phê duyệt", 36, None, None, "tháng"),
        ("hình thành Danh mục 16 dự án thu hút đầu tư", 16, None, None, "dự án"),
    ],
)
def test_one_quantity(words: str, value: float, high: float | None, of: float | None, unit: str) -> None:
    (found,) = quantities(words)
    assert (found.value, found.value_max, found.of, found.unit) == (value, high, of, unit)


def test_amounts_in_words_beside_each_other_stay_apart() -> None:
    assert [q.value for q in quantities("gồm hai triệu đồng, ba triệu đồng")] == [2_000_000, 3_000_000]
    assert [q.value for q in quantities("hai tỷ đồng, một trăm hộ")] == [2_000_000_000, 100]


def test_any_noun_is_a_unit() -> None:
    assert [q.unit for q in quantities("cấp phát 15.000 quyển lịch bàn, 30 vở kịch ngắn, 12 phác đồ điều trị")] == [
        "quyển",
        "vở",
        "phác đồ",
    ]


@pytest.mark.parametrize(
    ("words", "comparator", "text"),
    [
        ("cho trên 70 người", ">", "trên 70 người"),
        ("tư vấn hơn 2.500 lao động", ">", "hơn 2.500 lao động"),
        ("cấp gần 15.000 tờ rơi", "~", "gần 15.000 tờ rơi"),
        ("ước đạt 86,7% kế hoạch", "~", "ước đạt 86,7%"),
        ("cao hơn gần gấp 3 lần", "~", "gần gấp 3 lần"),
        ("phải có ít nhất 04 lao động trở lên tham dự", ">=", "ít nhất 04 lao động trở lên"),
        ("đưa từ 85 lao động trở lên", ">=", "từ 85 lao động trở lên"),
        ("Có ≥ 30% hộ", ">=", "≥ 30%"),
        ("không quá 10% tập thể", "<=", "không quá 10%"),
        ("Điểm thưởng: Tối đa (03 điểm)", "<=", "Tối đa (03 điểm)"),
        ("cho vay đến 100 triệu đồng", "<=", "đến 100 triệu đồng"),
        ("giảm xuống dưới 3%", "<", "dưới 3%"),
        ("cao hơn 5% so với cùng kỳ", "=", "5%"),
        ("triển khai trên cả ba lĩnh vực", "=", "ba lĩnh vực"),
        ("khoảng từ 17 triệu đồng/tháng đến 20 triệu đồng/tháng", "~", None),
    ],
)
def test_comparators(words: str, comparator: str, text: str | None) -> None:
    (found,) = quantities(words)
    assert (found.comparator, found.text) == (comparator, text or words)


def test_a_bound_holds_for_the_rest_of_its_list() -> None:
    assert [q.comparator for q in quantities("xét tối đa 2 tập thể và 4 cá nhân")] == ["<=", "<="]
    outer, inner = quantities("đưa từ 60 lao động (mỗi xã, thị trấn từ 04 lao động) trở lên")
    assert (outer.comparator, inner.comparator, inner.per) == (">=", ">=", ["xã"])


def test_what_it_is_counted_by() -> None:
    assert quantities("thu nhập 26.000.000 đồng/người/tháng")[0].per == ["người", "tháng"]
    assert quantities("trung bình mỗi năm đưa 60 lao động")[0].per == ["năm"]
    assert quantities("trị giá 50 triệu đồng/01 đơn vị")[0].per == ["đơn vị"]
    assert [(q.value, q.unit) for q in quantities("mở 04 lớp/120 học viên")] == [(4, "lớp"), (120, "học viên")]


@pytest.mark.parametrize(
    "words",
    [
        "1. Công tác tuyên truyền",
        "2.1 Công tác tuyên truyền",
        "(3) Sở Nội vụ",
        "4 Ghi rõ họ tên người đăng ký",
        "tại khoản 2, 3 Điều 5 Quy chế này",
        "theo các điều 46, 46a, 47 và 54 Nghị định này",
        "học sinh lớp 12 và sinh viên",
        "thi vòng 2 - đợt 1 kỳ tuyển chọn",
        "Ban Chấp hành khóa 12 và Tiểu dự án 3 của Dự án 5",
        "Kế hoạch số 33-KH/HU, Công văn 65/SLĐTB",
        "ngày 05/3/2024 và năm 2025",
        "dịch bệnh Covid-19 gây khó khăn",
        "đứng thứ 04/34 tỉnh, thành phố",
        "hoạt động 24/7, trực 24/24 giờ",
        "trước 16h00 hằng ngày",
        "phủ sóng 5G và 4G",
        "bản đồ tỷ lệ 1/5000",
        "là một giải pháp quan trọng, một bước tiến",
        "một số đơn vị, một bộ phận người dân",
        "thuận lợi 5 để người lao động thực hiện",
        "điện thoại: 0263 3822 123",
        "định kỳ 6 tháng báo cáo",
        "cơn bão số 13 và báo động 3",
        "Ban Chỉ đạo 1237 cấp tỉnh và Ban Chỉ đạo 35 tỉnh",
        "tại nút giao IC 18 đường cao tốc",
        "ở khoảng 22,0 độ vĩ Bắc; 107,6 độ kinh Đông",
        "Hồi 04 giờ, tâm bão ở phía nam",
        "tối đa từ 6 giờ đến 23 giờ hàng ngày",
        "- Báo cáo 6 tháng: gửi về Sở Tài chính",
    ],
)
def test_what_is_no_quantity(words: str) -> None:
    assert quantities(words) == []


def test_indicator_and_aspect() -> None:
    (share,) = quantities("Phấn đấu 100% hồ sơ được số hóa.")
    assert (share.indicator, share.aspect) == ("hồ sơ được số hóa", "target")
    (rate,) = quantities("tỷ lệ hộ nghèo còn dưới 3%")
    assert rate.indicator == "tỷ lệ hộ nghèo"
    (rise,) = quantities("doanh thu tăng 14% so với cùng kỳ")
    assert (rise.indicator, rise.aspect) == ("doanh thu", "change")
    words = "mở 33 lớp"
    results = Section(
        id=1, level=1, heading="", text="", start=0, end=0, body_start=0, body_end=len(words), role="results"
    )
    assert quantities(words, [results])[0].aspect == "result"


def table(header: list[str], rows: list[list[str]], caption: str | None = None) -> list[Quantity]:
    lines, paragraphs, offset = [], [], 0
    for r, row in enumerate(rows):
        cells, at = [], offset
        for c, cell in enumerate(row):
            if cell:
                cells.append(Cell(at, at + len(cell), c))
            at += len(cell) + 3
        line = " | ".join(row)
        lines.append(line)
        paragraphs.append(Paragraph(offset, offset + len(line), table=0, row=r, cells=cells))
        offset += len(line) + 1
    words = "\n".join(lines)
    tables = [TableText(start=0, end=len(words), caption=caption, header=header, rows=rows)]
    text = Text(words, paragraphs, tables=tables)
    return find_quantities(text, Frame(Header(), [ZoneSpan("body", 0, len(words))]), [], taken=[])


def test_cells_take_the_unit_of_their_column() -> None:
    found = table(
        ["TT", "Đơn vị", "Số hộ", "Diện tích (ha)", "Kinh phí (triệu đồng)"], [["1", "Xã A", "120", "3,5", "1.250"]]
    )
    assert [(q.value, q.unit) for q in found] == [(120, "hộ"), (3.5, "ha"), (1_250_000_000, "đồng")]
    (merged,) = table(["TT", "Đơn vị", "Hộ nghèo Số hộ"], [["1", "Thị trấn Phú Khê", "86"]])
    assert (merged.value, merged.unit) == (86, "hộ")


def test_cells_take_the_unit_of_their_row_or_table() -> None:
    rows = [["1", "Sản lượng", "tấn", "574.341"], ["2", "Tốc độ tăng", "%", "8,00"]]
    assert [(q.value, q.unit) for q in table(["STT", "Chỉ tiêu", "Đơn vị tính", "Năm 2025"], rows)] == [
        (574_341, "tấn"),
        (8, "%"),
    ]
    (total,) = table(["STT", "Nội dung", "Năm 2025"], [["I", "Tổng thu", "10.052"]], "Đơn vị tính: Triệu đồng")
    assert (total.value, total.unit, total.indicator) == (10_052_000_000, "đồng", "Tổng thu - Năm 2025")
    (bare,) = table(["STT", "Nội dung", "Kết quả"], [["1", "Tổ chức họp", "15"]])
    assert (bare.value, bare.unit) == (15, None)


def test_a_cell_may_explain_its_number_in_brackets() -> None:
    header = ["TT", "Vị trí đo", "Mực nước (m) 16h 05/10", "Số hộ"]
    found = table(header, [["1", "Sông Cầu", "5,63 (<BĐ1: 0,37)", "120 (8,5%)"]])
    assert [(q.value, q.unit) for q in found] == [(5.63, "m"), (0.37, "m"), (120, "hộ"), (8.5, "%")]


def test_ordinals_and_coordinates_of_a_table_are_none() -> None:
    assert table(["TT", "Điểm", "X", "Tọa độ"], [["1", "Cầu A", "574945.0", "1506250.8"]]) == []


def grouped(n: int, mark: str) -> str:
    return f"{n:,}".replace(",", mark)


UNITS = st.sampled_from(["người", "hộ", "xã", "lớp", "tấn", "ha", "đồng", "lao động"])
BEFORE = st.sampled_from(["với ", "tổ chức được ", "- Hỗ trợ ", "(trong đó ", "gồm  "])
AFTER = st.sampled_from(["", ".", ";", ", trong đó", ") và", " trên địa bàn"])


@given(n=st.integers(0, 10**12), unit=UNITS, before=BEFORE, after=AFTER, mark=st.sampled_from([".", ""]))
def test_a_whole_number_reads_back(n: int, unit: str, before: str, after: str, mark: str) -> None:
    (found,) = quantities(f"{before}{grouped(n, mark)} {unit}{after}")
    assert (found.value, found.unit, found.comparator) == (n, unit, "=")


@given(n=st.integers(0, 10**6), cents=st.integers(1, 99), unit=st.sampled_from(["%", "ha", "tấn", "km"]), before=BEFORE)
def test_a_decimal_reads_back(n: int, cents: int, unit: str, before: str) -> None:
    (found,) = quantities(f"{before}{grouped(n, '.')},{cents:02d} {unit}.")
    assert found.value == float(f"{n}.{cents:02d}")


@given(
    low=st.integers(1, 500),
    more=st.integers(1, 500),
    joint=st.sampled_from(["-", " - ", "–", " đến ", " — "]),
    unit=UNITS,
)
def test_a_range_reads_back(low: int, more: int, joint: str, unit: str) -> None:
    (found,) = quantities(f"hỗ trợ từ {low}{joint}{low + more} {unit}")
    assert (found.value, found.value_max, found.unit) == (low, low + more, unit)


@given(st.text(alphabet="0123456789.,/-%() nămtừđếnxãtriệuđồnghai\u00a0", max_size=80))
def test_anything_goes_in(words: str) -> None:
    quantities(words)


def test_a_bound_holds_for_all_of_its_list() -> None:
    assert [(q.value, q.unit, q.comparator) for q in quantities("Tiêu đề.\nXét tối đa 2 tập thể và 4 cá nhân.")] == [
        (2, "tập thể", "<="),
        (4, "cá nhân", "<="),
    ]


@pytest.mark.parametrize("words", ["có 9,4 bác sĩ trên 10.000 dân", "có 9,4 bác sĩ/vạn dân", "có 9,4 bác sĩ/1 vạn dân"])
def test_inhabitants_that_a_value_is_counted_by(words: str) -> None:
    [q] = quantities(words)
    assert (q.value, q.unit, q.per) == (9.4, "bác sĩ", ["vạn dân"])
