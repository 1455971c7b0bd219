"""What a figure counts where no wording of the catalogue says it, and where its sentence says it only in part."""

from __future__ import annotations

import pytest
from compared import named, read

from pipeline.indicators import Catalogue

WELLS = Catalogue(
    [
        {
            "id": "wells",
            "name": "Số giếng khoan được trám lấp",
            "units": "giếng",
            "synonyms": "trám lấp giếng khoan|giếng khoan hư hỏng được trám lấp|trám lấp giếng khoan không dùng",
        },
        {
            "id": "wells-salted",
            "name": "Số giếng khoan nhiễm mặn",
            "units": "giếng",
            "synonyms": "giếng khoan bị nhiễm mặn|giếng khoan nhiễm mặn nặng",
        },
    ]
)


@pytest.mark.parametrize(
    "words",
    [
        "trám lấp giếng hư hỏng",  # leaves out what not every wording has
        "trám lấp giếng khoan hư hỏng không dùng",  # what several wordings have together
        "giếng khoan hư hỏng không dùng đã được trám lấp",
    ],
)
def test_what_some_wordings_leave_out_may_be_missing_and_what_others_have_may_be_more(words: str) -> None:
    found = WELLS.match(words, "giếng")
    assert found and found.indicator.id == "wells"


@pytest.mark.parametrize(
    "words",
    ["giếng khoan", "giếng khoan nhiễm phèn", "giếng khoan hư hỏng", "trám lấp hố"],
)
def test_what_all_wordings_have_may_not_be_missing(words: str) -> None:
    assert WELLS.match(words, "giếng") is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tổng đàn hươu của huyện là 120 con.", "Duy trì đàn hươu ở mức 130 con."),
        ("Diện tích trồng sâm đạt 12 ha.", "Trồng sâm với diện tích 15 ha."),
        ("Tỷ lệ tổ dân phố có camera an ninh đạt 62%.", "Có 55% khu phố có camera an ninh."),
        ("Xảy ra 05 vụ sạt lở bờ kè.", "Sạt lở bờ kè: 06 vụ."),
        ("Toàn huyện có 12 tổ tự quản đường sông.", "Số tổ tự quản đường sông: 14 tổ."),
        ("Trao giải ném pao cho 25 đoàn viên.", "Số đoàn viên được trao giải ném pao: 30 người."),
        ("Có 18 học sinh đạt giải ném pao.", "Số học sinh đạt giải ném pao là 20 em."),
        ("Kê khai nhà bè, ao nuôi cho 40 người.", "Số người kê khai nhà bè, ao nuôi: 45 người."),
        ("Nhung hươu: sản lượng 120 tấn.", "Sản lượng nhung hươu 130 tấn."),
        ("82% tổ vớt lục bình xếp loại tốt trở lên.", "Tỷ lệ tổ vớt lục bình tốt đạt 80%."),
    ],
)
def test_wordings_of_no_catalogue_stand_together(one: str, other: str) -> None:
    [(_, a)], [(_, b)] = read(one), read(other)
    assert a.indicator_id is b.indicator_id is None
    assert (a.key, a.unit) == (b.key, b.unit)


def test_figures_of_no_catalogue_stay_apart_where_a_word_differs() -> None:
    for one, other in (
        ("Diện tích trồng sâm đạt 12 ha.", "Diện tích sâm bị bệnh 3 ha."),
        ("Tỷ lệ thuyền thúng bền, đẹp đạt 70%.", "Tỷ lệ nhà bè bền, đẹp đạt 70%."),
        ("Sâm: sản lượng 12 tấn.", "Đẳng sâm: sản lượng 12 tấn."),
    ):
        [(_, a)], [(_, b)] = read(one), read(other)
        assert a.key != b.key


def test_a_table_with_places_over_its_columns_counts_what_its_rows_say() -> None:
    table = [
        ["Chỉ tiêu", "Đơn vị tính", "Huyện Suối Trai", "Huyện Nậm Lương"],
        ["Đàn gia súc", "Con", "83.260", "57.418"],
        ["Số thuyền thúng", "Chiếc", "12", "31"],
    ]
    found = [(f.indicator_id, f.place, f.key) for _, f in read("Kết quả như sau:", table)]
    assert [place for _, place, _ in found] == ["huyện Suối Trai", "huyện Nậm Lương"] * 2
    assert [i for i, _, _ in found] == ["gia-suc", "gia-suc", None, None]
    assert found[2][2] == found[3][2] != found[0][2]


def test_the_fall_of_a_rate_is_not_the_rate_in_a_table_either() -> None:
    table = [["Chỉ tiêu", "Năm 2024"], ["Tỷ lệ hộ nghèo (%)", "7,2%"], ["Giảm tỷ lệ hộ nghèo", "2,1%"]]
    assert named("Kết quả như sau:", table) == [(7.2, "ty-le-ho-ngheo"), (2.1, "muc-giam-ngheo")]


def test_a_row_of_kinds_is_counted_together() -> None:
    assert named("Đàn trâu, bò, lợn, dê hiện có 71.900 con.") == [(71900, "gia-suc")]
    assert named("Đàn dê hiện có 1.900 con.") == [(1900, "dan-de")]


def test_all_there_are_is_another_figure_than_those_among_them() -> None:
    [(_, among), (_, all_there_are)] = read("Toàn huyện còn 218 hộ nghèo trong tổng số 24.915 hộ.")
    assert among.indicator_id == "ho-ngheo" and all_there_are.indicator_id == "tong-so-ho"


def test_who_did_it_does_not_hide_what_was_done() -> None:
    assert named("Các ban của huyện ủy và các hội đã tiếp 96 lượt công dân.") == [(96, "tiep-cong-dan")]


def test_the_head_of_a_list_says_what_is_sown() -> None:
    assert named("- Cây lúa: Diện tích gieo cấy 312 ha.") == [(312, "lua-dien-tich")]


def test_people_are_people_whatever_they_are_called() -> None:
    assert named("Đã đưa 31 nam thanh niên nhập ngũ.") == [(31, "nhap-ngu")]
    assert {f.unit for _, f in read("Giao 12 tân binh nhập ngũ.", "Có 15 công dân nhập ngũ.")} == {"công dân"}


def test_the_whole_of_a_sentence_makes_its_part_known() -> None:
    line = "Xảy ra 22 vụ tai nạn giao thông, làm chết 9 người, bị thương 19 người."
    assert named(line) == [(22, "tai-nan-giao-thong"), (9, "nguoi-chet-tngt"), (19, "nguoi-thuong-tngt")]
    assert named("Xảy ra 06 vụ cháy, làm chết 02 người.") == [(6, "chay"), (2, "nguoi-chet-chay")]


def test_the_words_before_a_colon_are_read_with_those_behind_it() -> None:
    assert named("Trật tự an toàn giao thông: xảy ra 18 vụ.") == [(18, "tai-nan-giao-thong")]


@pytest.mark.parametrize(
    "line",
    [
        "Toàn huyện còn 1.245 hộ nghèo, tỷ lệ 9,87%; 988 hộ cận nghèo, tỷ lệ 7,83%.",
        "Hộ nghèo toàn huyện còn 1.245 hộ, chiếm 9,87%; hộ cận nghèo 988 hộ, chiếm 7,83%.",
    ],
)
def test_a_rate_is_that_of_the_number_before_it(line: str) -> None:
    assert named(line) == [
        (1245, "ho-ngheo"), (9.87, "ty-le-ho-ngheo"), (988, "ho-can-ngheo"), (7.83, "ty-le-ho-can-ngheo"),
    ]  # fmt: skip


def test_a_share_of_the_plan_is_no_rate() -> None:
    assert named("Đã đưa 88 lao động đi làm việc ở nước ngoài, đạt 88%.") == [(88, "lao-dong-nuoc-ngoai")]
    assert named("Có 38/49 trường đạt chuẩn quốc gia, đạt 77,6% kế hoạch.") == [(38, "so-truong-chuan")]
    assert named("Có 38/49 trường đạt chuẩn quốc gia, đạt 77,6%.") == [(38, "so-truong-chuan"), (77.6, "truong-chuan")]


def test_the_share_of_the_investment_plan_is_an_indicator() -> None:
    line = "Vốn đầu tư công đã giải ngân 98 tỷ đồng, đạt 61,4% kế hoạch."
    assert named(line) == [(98e9, "von-giai-ngan"), (61.4, "giai-ngan")]


def test_a_heading_before_a_colon_makes_no_parts() -> None:
    line = "2. Về nông nghiệp: đàn trâu hiện có 2.130 con, đàn bò hiện có 8.470 con, đàn lợn hiện có 29.800 con."
    assert named(line) == [(2130, "dan-trau"), (8470, "dan-bo"), (29800, "dan-lon")]


def test_parts_go_with_the_whole_before_their_list() -> None:
    found = read("Đã đưa 73 lao động đi làm việc ở nước ngoài, trong đó: Ba Lan 61 lao động, Hung-ga-ri 12 lao động.")
    assert [f.part for _, f in found] == [False, True, True]
    assert all(f.indicator.startswith(found[0][1].indicator) for _, f in found)


def test_a_value_after_a_comma_is_what_its_whole_sentence_counts() -> None:
    line = "Tỷ lệ số hóa hồ sơ đạt 91,5%. Mức độ hài lòng của người dân, tổ chức đạt 95,8%."
    assert named(line) == [(91.5, "so-hoa"), (95.8, "hai-long")]


def test_beds_and_doctors_by_inhabitants_are_other_indicators_than_their_number() -> None:
    assert named("Bình quân có 7,9 bác sĩ/vạn dân; 22,7 giường bệnh trên 10.000 dân.") == [
        (7.9, "bac-si"), (22.7, "giuong-benh"),
    ]  # fmt: skip
    assert named("Tổng số giường bệnh: 185 giường.") == [(185, "so-giuong-benh")]


def test_a_second_row_of_heads_tells_target_from_result() -> None:
    rows = [
        ["Chỉ tiêu", "Đơn vị tính", "Năm 2024", ""],
        ["", "", "Kế hoạch", "Thực hiện"],
        ["Tổng đàn trâu", "con", "7.050", "7.020"],
    ]
    found = read("Kết quả như sau:", rows)
    assert [(float(q.value), f.indicator_id, f.aspect, f.period.label) for q, f in found] == [
        (7050, "dan-trau", "target", "2024"), (7020, "dan-trau", "result", "2024"),
    ]  # fmt: skip


def test_what_the_council_gave_is_a_target() -> None:
    rows = [["Chỉ tiêu", "Nghị quyết giao năm 2024", "Kết quả"], ["Tỷ lệ hộ nghèo (%)", "25,5%", "25,1%"]]
    assert [f.aspect for _, f in read("Kết quả như sau:", rows)] == ["target", "result"]


def test_the_years_of_a_poverty_line_are_not_when_the_rate_holds() -> None:
    [(_, figure)] = read("Tỷ lệ hộ nghèo (theo chuẩn nghèo giai đoạn 2021 - 2025) là 7,25%.")
    assert figure.period.label == "2024"


def test_where_a_value_stood_when_the_year_began_is_no_result() -> None:
    line = "Đầu năm toàn huyện có 2.960 hộ nghèo, tỷ lệ 38,7%; cuối năm còn 2.510 hộ nghèo, tỷ lệ 32,4%."
    assert [f.aspect for _, f in read(line)] == ["baseline", "baseline", "result", "result"]


def test_a_number_in_words_within_a_name_does_not_part_it() -> None:
    assert named("Tổng diện tích gieo cấy lúa hai vụ đạt 980 ha.")[-1] == (980, "lua-dien-tich")
    assert named("Số bác sĩ trên một vạn dân là 9,4 bác sĩ.")[-1] == (9.4, "bac-si")


def test_a_plan_in_brackets_is_that_of_the_figure_before() -> None:
    [(_, done), (q, planned)] = read("Lâm nghiệp: Trồng rừng tập trung 215 ha (kế hoạch 200 ha).")
    assert q.value == 200 and planned.aspect == "target"
    assert done.indicator_id == planned.indicator_id == "trong-rung"


def test_the_share_of_a_number_of_all_is_a_rate_of_what_both_count() -> None:
    assert named("Có 18/24 thôn đạt thôn văn hóa, bằng 75%.")[-1] == (75, "thon-van-hoa")


def test_a_cell_without_a_unit_is_counted_as_its_indicator_is() -> None:
    table = [
        ["Chỉ tiêu", "Năm 2024"],
        ["Tổng đàn lợn", "12.450"],
        ["Độ che phủ rừng", "54,1"],
        ["Tổng mức bán lẻ hàng hóa", "1.260"],
    ]
    assert [(f.indicator_id, f.unit) for _, f in read("Kết quả như sau:", table)] == [
        ("dan-lon", "con"), ("che-phu-rung", "%"), ("ban-le", None),
    ]  # fmt: skip


def test_what_is_said_of_the_figure_before_is_not_said_of_the_next() -> None:
    line = "Có 3 thôn đạt chuẩn nông thôn mới kiểu mẫu và 4 xã đạt chuẩn nông thôn mới."
    assert named(line) == [(3, "thon-ntm-kieu-mau"), (4, "xa-nong-thon-moi")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Giá trị sản xuất công nghiệp 386 tỷ đồng.", "Giá trị sản xuất công nghiệp - xây dựng 386 tỷ đồng."),
        ("Tổng đàn gia súc 45.200 con.", "Tổng đàn gia súc, gia cầm 45.200 con."),
        ("Tổng sản lượng lương thực 15.200 tấn.", "Tổng sản lượng lương thực vụ Đông xuân 15.200 tấn."),
        ("Số hộ nghèo là 320 hộ.", "Số hộ nghèo được vay vốn là 320 hộ."),
        ("Năng suất lúa đạt 52 tạ/ha.", "Năng suất lúa nương đạt 12 tạ/ha."),
        ("Tỷ lệ hồ sơ giải quyết đúng hạn 98%.", "Tỷ lệ hồ sơ giải quyết quá hạn 2%."),
    ],
)
def test_indicators_that_share_words_stay_apart(one: str, other: str) -> None:
    [(_, a)], [(_, b)] = read(one), read(other)
    assert a.indicator_id and b.indicator_id and a.indicator_id != b.indicator_id


def test_the_rate_of_a_number_is_not_that_of_the_words_before_the_colon() -> None:
    line = "Giảm nghèo: toàn huyện còn 1.420 hộ nghèo (tỷ lệ 8,6%), 930 hộ cận nghèo (tỷ lệ 5,6%)."
    assert [i for _, i in named(line)] == ["ho-ngheo", "ty-le-ho-ngheo", "ho-can-ngheo", "ty-le-ho-can-ngheo"]


def test_a_column_held_against_the_plan_holds_shares() -> None:
    table = [
        ["Chỉ tiêu", "ĐVT", "TH 2024", "So với KH (%)", "So với CK (%)"],
        ["Tổng đàn trâu", "con", "6.180", "100,5", "99,1"],
    ]
    assert [f.share for _, f in read("Kết quả như sau:", table)] == [False, True, True]


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("Công an huyện triệt phá 11 vụ ma túy.", [(11, "ma-tuy")]),
        ("Bà con các hộ nuôi 21.300 con gia cầm.", [(21300, "gia-cam")]),
        ("Các tầng lớp nhân dân đóng góp Quỹ Đền ơn đáp nghĩa 136 triệu đồng.", [(136e6, "quy-den-on")]),
    ],
)
def test_who_did_it_and_how_need_not_be_known(line: str, meant: list[tuple[float, str]]) -> None:
    assert named(line) == meant


def test_the_name_of_a_body_tells_whose_members_it_counts() -> None:
    assert named("Hội Nông dân có 1.130 hội viên.") == [(1130, "hoi-vien-nong-dan")]
    assert named("Thanh tra huyện đã triển khai 07 cuộc thanh tra.") == [(7, "cuoc-thanh-tra")]


def test_the_head_of_a_list_makes_few_words_another_indicator() -> None:
    assert named("Công nghiệp - tiểu thủ công nghiệp: GTSX 46,2 tỷ đồng.") == [(46.2e9, "gia-tri-cong-nghiep")]
    assert named("Về xuất khẩu lao động: có 142 người đăng ký.") == [(142, "dang-ky-nuoc-ngoai")]


def test_what_is_said_of_a_row_is_said_of_all_in_it() -> None:
    assert named("Kiểm tra 14 tổ chức đảng và 38 đảng viên.")[0] == (14, "kiem-tra-to-chuc-dang")
    assert named("Kiểm tra 14 tổ chức đảng và 38 đảng viên.")[1] != (38, "dang-vien")


def test_companies_of_a_list_do_not_hide_what_its_head_counts() -> None:
    line = "Đưa 86 lao động đi làm việc ở nước ngoài: Công ty cổ phần Hoa Mai (63 lao động)."
    assert named(line)[0] == (86, "lao-dong-nuoc-ngoai")


def test_a_part_counts_another_thing_than_its_whole_but_for_places_and_times() -> None:
    assert named("Triển khai 8 cuộc thanh tra, trong đó theo kế hoạch 06 cuộc.") == [(8, "cuoc-thanh-tra"), (6, None)]
    line = "Triển khai 8 cuộc thanh tra, trong đó quý I triển khai 2 cuộc thanh tra."
    assert named(line) == [(8, "cuoc-thanh-tra"), (2, "cuoc-thanh-tra")]


def test_cases_are_counted_as_what_they_are_cases_of() -> None:
    assert named("Số lao động bỏ trốn là 12 trường hợp.") == [(12, "bo-tron")]
    [(_, figure)] = read("Toàn huyện có 137 trường hợp.")
    assert figure.indicator_id is None and figure.unit != "trường"


def test_cooperatives_at_work_are_not_those_that_stopped() -> None:
    assert named("Có 33 hợp tác xã hoạt động theo Luật.") == [(33, "hop-tac-xa")]


def test_what_only_qualifies_goes_with_the_figure_that_it_qualifies() -> None:
    [(_, all_of_them), (_, women), (_, poor)] = read(
        "Xuất cảnh: 192 lao động; nữ 64 lao động; thuộc hộ nghèo 21 lao động."
    )
    assert all_of_them.indicator_id == "lao-dong-nuoc-ngoai"
    assert women.part and poor.part and women.key != poor.key
    [(_, _), (_, others)] = read("Giải quyết việc làm cho 1.745 lao động, riêng lao động nữ 803 lao động.")
    assert others.key != women.key


def test_the_money_of_a_figure_is_that_of_what_it_counts() -> None:
    [(_, _), (_, lent)] = read("Có 61 lao động vay vốn đi làm việc ở nước ngoài, số tiền 6,1 tỷ đồng.")
    [(_, _), (_, paid)] = read("Có 785 người hưởng trợ cấp thất nghiệp với số tiền 14,6 tỷ đồng.")
    assert lent.key != paid.key


def test_the_head_of_a_list_is_not_each_thing_in_it() -> None:
    line = "Lao động đi làm việc ở nước ngoài: 118 người; thị trường Nhật 57 người; thị trường Ba Lan 31 người."
    assert named(line) == [(118, "lao-dong-nuoc-ngoai"), (57, "lao-dong-nhat-ban"), (31, None)]


def test_a_unit_of_several_words_counts_before_the_head_of_its_list() -> None:
    line = "Hộ nghèo, cận nghèo: cuối năm còn 845 hộ nghèo, 1.015 hộ cận nghèo."
    assert named(line) == [(845, "ho-ngheo"), (1015, "ho-can-ngheo")]


def test_what_a_figure_is_for_may_stand_behind_the_next() -> None:
    line = "Ngân hàng cho 22 lao động vay 1.760 triệu đồng để đi làm việc ở nước ngoài."
    assert (22, "viec-lam-vay-von") not in named(line)


def test_by_how_much_a_rate_fell_is_an_indicator_itself() -> None:
    line = "Tỷ lệ hộ nghèo còn 15,0%, giảm 4,2 điểm % so với năm trước."
    assert named(line) == [(15, "ty-le-ho-ngheo"), (4.2, "muc-giam-ngheo")]
    assert named("Tỷ lệ hộ nghèo giảm 3,4%.") == [(3.4, "muc-giam-ngheo")]
    assert named("Tỷ lệ hộ nghèo giảm còn 7,2%.") == [(7.2, "ty-le-ho-ngheo")]
    assert named("Tỷ lệ hộ nghèo là 8,2%, tăng 0,2 điểm phần trăm.")[-1] == (0.2, "ty-le-ho-ngheo")


def test_members_who_work_abroad_are_not_all_who_do() -> None:
    assert named("Số đảng viên, đoàn viên đi làm việc ở nước ngoài là 48 người.") == [(48, None)]


def test_what_a_bank_pays_out_is_no_public_investment() -> None:
    line = "Chi nhánh Ngân hàng Chính sách xã hội bảo đảm giải ngân 95% kế hoạch."
    assert all(i != "giai-ngan" for _, i in named(line))


@pytest.mark.parametrize(
    ("lines", "value", "indicator"),
    [
        (["Tỷ lệ bao phủ BHYT đạt 97,4%, số người có thẻ 58.940 người."], 58940, "bhyt-so"),
        (["Có 812 trẻ em có hoàn cảnh đặc biệt, được trợ giúp 790 trẻ."], 790, "tre-em-tro-giup"),
        (["I. ĐI LÀM VIỆC Ở NƯỚC NGOÀI", "Năm nay, đăng ký 350 lao động."], 350, "dang-ky-nuoc-ngoai"),
        (["Tai nạn giao thông xảy ra 11 vụ, va chạm 07 vụ."], 7, "va-cham-giao-thong"),
    ],
)
def test_what_a_line_is_about_completes_the_words_of_its_figures(
    lines: list[str], value: float, indicator: str
) -> None:
    assert (value, indicator) in named(*lines)


@pytest.mark.parametrize(
    "line",
    [
        "Tổ chức 02 phiên giao dịch việc làm, thu hút 1.150 lượt người tham gia.",
        "Bàn giao 318 căn nhà thay nhà tạm, gồm xây mới 204 căn, sửa chữa 114 căn.",
    ],
)
def test_what_counts_another_thing_or_a_part_is_not_completed(line: str) -> None:
    first, *others = named(line)
    assert all(indicator is None for _, indicator in others), (first, others)


def test_a_closed_bracket_holds_no_part_of_what_follows() -> None:
    line = "Trẻ dưới 1 tuổi được tiêm chủng đầy đủ 45,8% (6 tháng); trẻ em nhẹ cân dưới 5 tuổi 21,6%."
    assert {(45.8, "tiem-chung"), (21.6, "suy-dinh-duong-nhe-can")} <= set(named(line))


@pytest.mark.parametrize(
    ("line", "value", "indicator"),
    [
        ("Chi trả trợ cấp bảo trợ xã hội cho 412 người, hết 2.610 triệu đồng.", 2.61e9, "chi-btxh"),
        (
            "Có 526 lao động vay vốn giải quyết việc làm, tổng số tiền cho vay 19,3 tỷ đồng.",
            1.93e10,
            "doanh-so-viec-lam",
        ),
        ("Toàn huyện có 39 trường đạt chuẩn quốc gia, bằng 84,1% số trường.", 84.1, "truong-chuan"),
        ("Đào tạo nghề cho lao động nông thôn được 924 người/29 lớp.", 29, "lop-dao-tao-nghe"),
        ("Lao động đã qua đào tạo đạt 54,3%, trong đó có văn bằng, chứng chỉ 21,7%.", 54.3, "qua-dao-tao"),
        ("Lao động đã qua đào tạo đạt 54,3%, trong đó có văn bằng, chứng chỉ 21,7%.", 21.7, "bang-cap"),
        ("Vốn đầu tư công năm 2024 là 174 tỷ đồng, giải ngân được 139 tỷ đồng, đạt 80%.", 80, "giai-ngan"),
    ],
)
def test_a_figure_is_told_of_the_one_before(line: str, value: float, indicator: str) -> None:
    assert (value, indicator) in named(line)


def test_a_head_of_its_own_is_not_the_rate_of_the_number_before() -> None:
    line = "Có 40 thôn văn hóa (88,9%). Thể dục, thể thao thường xuyên: 34% dân số."
    assert (34, "thon-van-hoa") not in named(line)


def test_a_second_row_of_heads_may_tell_years() -> None:
    table = [
        ["Nội dung", "Đơn vị", "Thực hiện", "", ""],
        ["", "", "2021", "2022", "2023"],
        ["Số lao động được tạo việc làm", "Lao động", "1.210", "1.455", "1.590"],
    ]
    found = [(float(q.value), f.indicator_id, f.period.label) for q, f in read("Kết quả qua các năm", table)]
    assert found == [(1210, "viec-lam", "2021"), (1455, "viec-lam", "2022"), (1590, "viec-lam", "2023")]
