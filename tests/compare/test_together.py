"""Figures that are told with others: of one deed, of one head, before the words that both have, beside their plan."""

from __future__ import annotations

import pytest
from compared import named, read


def test_a_deed_is_said_once_of_all_that_it_was_done_to() -> None:
    line = "Kết nạp 864 đoàn viên, 412 hội viên phụ nữ, 286 hội viên nông dân."
    assert named(line)[1:] == [(412, "hoi-vien-phu-nu-moi"), (286, "hoi-vien-nong-dan-moi")]
    assert named("Hội có 412 hội viên phụ nữ.") == [(412, "hoi-vien-phu-nu")]


def test_the_nearest_deed_counts_not_the_head_of_its_list() -> None:
    line = "Kiểm tra, giám sát: kiểm tra 36 tổ chức đảng và 84 đảng viên; giám sát 28 tổ chức đảng, 41 đảng viên."
    assert named(line) == [
        (36, "kiem-tra-to-chuc-dang"), (84, "kiem-tra-dang-vien"),
        (28, "giam-sat-to-chuc-dang"), (41, "giam-sat-dang-vien"),
    ]  # fmt: skip


def test_last_words_that_two_figures_have_stand_behind_the_second() -> None:
    assert named("Bắt 26 vụ, 31 đối tượng phạm tội về ma túy.") == [(26, "ma-tuy"), (31, "doi-tuong-ma-tuy")]


def test_classes_beside_those_who_learn_a_trade_are_classes_of_it() -> None:
    assert named("Dạy nghề cho 1.016 học viên, tổ chức 33 lớp.")[1] == (33, "lop-dao-tao-nghe")
    assert named("Dạy nghề cho 880 người, bố trí 26 lớp.")[1] == (26, "lop-dao-tao-nghe")
    assert named("Toàn huyện có 62 trường, 712 lớp.")[1] == (712, "so-lop")


@pytest.mark.parametrize(
    "line",
    [
        "Thu ngân sách trên địa bàn huyện: 341 tỷ đồng/dự toán 298 tỷ đồng.",
        "Thu ngân sách trên địa bàn 341 tỷ đồng/KH 298 tỷ đồng.",
    ],
)
def test_what_was_planned_stands_beside_what_was_reached(line: str) -> None:
    [(_, reached), (_, planned)] = read(line)
    assert reached.indicator_id == planned.indicator_id == "thu-ngan-sach"
    assert planned.aspect == "target" != reached.aspect


def test_a_head_goes_with_more_words_than_a_few() -> None:
    assert named("Nông, lâm nghiệp và thủy sản: giá trị sản xuất 1.640 tỷ đồng.") == [(1640e9, "gia-tri-nong-nghiep")]
    assert named("Người có công: trợ cấp hằng tháng 704 người.") == [(704, "nguoi-co-cong")]


def test_under_a_head_a_figure_tells_of_the_one_before_it() -> None:
    line = "Trồng trọt: lúa 618 ha, năng suất 55 tạ/ha; ngô 241 ha, năng suất 46 tạ/ha."
    assert [i for _, i in named(line)] == ["lua-dien-tich", "lua-nang-suat", "ngo-dien-tich", "ngo-nang-suat"]
    line = "Người có công: trợ cấp hằng tháng cho 412 người có công, kinh phí 26 tỷ đồng."
    assert named(line)[1] == (26e9, "chi-ncc")


def test_parts_are_known_by_their_whole_however_many_there_are() -> None:
    line = "Giá trị sản xuất (giá so sánh) 481 tỷ đồng, trong đó nông nghiệp 160 tỷ đồng, dịch vụ 118 tỷ đồng."
    assert [i for _, i in named(line)] == ["gia-tri-san-xuat", "gia-tri-nong-nghiep", "gia-tri-dich-vu"]


def test_a_bracket_behind_a_figure_says_of_which_kind_it_is() -> None:
    line = "Trẻ em dưới 5 tuổi suy dinh dưỡng: 14,2% (thể nhẹ cân), 23,8% (thể thấp còi)."
    assert named(line)[1:] == [(14.2, "suy-dinh-duong-nhe-can"), (23.8, "suy-dinh-duong-thap-coi")]


def test_a_rate_may_have_its_head_behind_a_comma() -> None:
    line = "Hộ nghèo toàn xã: 124 hộ, tỷ lệ: 1,72%. Hộ cận nghèo toàn xã: 263 hộ, tỷ lệ: 3,65%."
    assert [i for _, i in named(line)] == ["ho-ngheo", "ty-le-ho-ngheo", "ho-can-ngheo", "ty-le-ho-can-ngheo"]
    assert named("Giải ngân vốn đầu tư công 258 tỷ đồng, tức 97,5%.")[1] == (97.5, "giai-ngan")


def test_the_rate_of_a_part_is_not_that_of_all() -> None:
    line = "Giải quyết việc làm cho 400 lao động, trong đó lao động nữ 192 người, chiếm 48%."
    assert named(line)[-1] == (48, None)


def test_all_of_which_some_were_told() -> None:
    line = "98,2% hồ sơ trả đúng hẹn trong số 38.250 hồ sơ đã nhận."
    assert named(line) == [(98.2, "ho-so-dung-han"), (38250, "ho-so-tiep-nhan")]


def test_a_rate_behind_all_there_are_is_of_those_among_them() -> None:
    line = "Xã có 218 hộ nghèo trong tổng số 24.915 hộ, tương ứng 0,87%."
    assert named(line) == [(218, "ho-ngheo"), (24915, "tong-so-ho"), (0.87, "ty-le-ho-ngheo")]


def test_all_households_there_are() -> None:
    assert named("Toàn xã có 1.462 hộ với 5.860 nhân khẩu.") == [(1462, "tong-so-ho"), (5860, "dan-so")]
    assert named("Tổng số hộ toàn huyện: 2.460 hộ.") == [(2460, "tong-so-ho")]
    assert named("Hỗ trợ gạo cho 46 hộ, 182 khẩu.")[0][1] is None


def test_a_word_put_for_its_contrast_counts_the_rest_of_what_was_told() -> None:
    line = "Hồ sơ giải quyết đúng hạn đạt 99,3%, quá hạn 0,7%."
    assert named(line) == [(99.3, "ho-so-dung-han"), (0.7, "ty-le-qua-han")]


def test_a_head_changes_no_words_that_say_all_themselves() -> None:
    line = "Mùa vụ: gieo trồng 9.870 ha. Lúa cho năng suất 47,6 tạ/ha."
    assert named(line)[-1] == (47.6, "lua-nang-suat")


def test_a_unit_of_money_cut_short_is_one_in_a_table() -> None:
    rows = [["Chỉ tiêu", "ĐVT", "Thực hiện"], ["Vốn đầu tư công đã giải ngân", "Tr.đồng", "52.410"]]
    [(q, figure)] = read("Kết quả như sau:", rows)
    assert (figure.indicator_id, figure.unit, float(q.value)) == ("von-giai-ngan", "đồng", 52.41e9)


@pytest.mark.parametrize(
    ("words", "value", "indicator"),
    [
        ("Lao động: Dạy nghề nông thôn mở 12 lớp, thu hút 361 người theo học.", 361, "dao-tao-nghe"),
        ("Trợ cấp hằng tháng cho 2.340 đối tượng bảo trợ xã hội; tổng số tiền đã chi trả: 8 tỷ đồng.", 8, "chi-btxh"),
        ("Trợ cấp hằng tháng cho 2.340 đối tượng bảo trợ xã hội; số tiền từ đầu năm 8 tỷ đồng.", 8, "chi-btxh"),
        ("Nông thôn mới: thêm 02 xã về đích, nâng số xã cán đích lên 9 xã.", 9, "xa-nong-thon-moi"),
        ("Chăn nuôi: bò, heo, dê tổng cộng 4.120 con.", 4120, "gia-suc"),
        ("Sở tiếp nhận 5.318 HS TTHC.", 5318, "ho-so-tiep-nhan"),
    ],
)
def test_plain_reports_say_the_rest_beside(words: str, value: float, indicator: str) -> None:
    scale = 10**9 if "đồng" in words else 1
    assert (indicator, value * scale) in [(f.indicator_id, float(q.value)) for q, f in read(words)]
