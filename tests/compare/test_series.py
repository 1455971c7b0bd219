"""Figures that go on with a row of like ones, each said by what differs alone, and figures of other grades."""

from __future__ import annotations

import pytest
from compared import named, read


def test_a_row_says_its_head_once() -> None:
    line = "Tỷ lệ hộ nghèo khu vực nông thôn 1,31%, khu vực thành thị 0,42%; chung toàn tỉnh 1,03%."
    assert named(line) == [
        (1.31, "ty-le-ho-ngheo-nong-thon"), (0.42, "ty-le-ho-ngheo-thanh-thi"), (1.03, "ty-le-ho-ngheo"),
    ]  # fmt: skip
    assert named("Tỷ lệ hộ nghèo 9,62%; cận nghèo 3,05%.") == [(9.62, "ty-le-ho-ngheo"), (3.05, "ty-le-ho-can-ngheo")]


def test_what_holds_for_all_levels_is_their_whole() -> None:
    line = "Tỷ lệ trường mầm non đạt chuẩn quốc gia 94,9%; trường tiểu học đạt chuẩn 100%. Chung các cấp học 92,1%."
    assert named(line) == [
        (94.9, "truong-mam-non-chuan"), (100, "truong-tieu-hoc-chuan"), (92.1, "truong-chuan"),
    ]  # fmt: skip


def test_a_row_of_no_catalogue_is_named_in_full() -> None:
    line = "Tỷ lệ chợ đạt chuẩn văn minh ở khu vực đồng bằng 60%, khu vực miền núi 20%."
    assert [f.indicator for _, f in read(line)][1] == "Tỷ lệ chợ đạt chuẩn văn minh ở khu vực miền núi"


@pytest.mark.parametrize(
    ("line", "last"),
    [
        ("Lũy kế có 51 sản phẩm OCOP đạt 3 sao trở lên, trong đó 6 sản phẩm OCOP đạt 4 sao.", (6, "ocop-4-sao")),
        ("Số trường đạt chuẩn quốc gia mức độ 2: 31 trường.", (31, "truong-chuan-muc-2")),
        ("Toàn huyện có 105 trường đạt chuẩn quốc gia.", (105, "so-truong-chuan")),
        ("Tỷ lệ huy động trẻ mẫu giáo 5 tuổi 100%.", (100, "tre-nam-tuoi")),
        ("Tỷ lệ huy động trẻ mẫu giáo 97%.", (97, "mau-giao")),
    ],
)
def test_figures_of_other_grades_stay_apart(line: str, last: tuple[float, str | None]) -> None:
    found = [n for n, (q, _) in zip(named(line), read(line), strict=True) if q.unit not in ("sao", "tuổi")]
    assert found[-1] == last


def test_what_the_words_before_a_colon_say_need_not_be_said_again() -> None:
    line = "Giải ngân vốn đầu tư công: đến nay đã giải ngân 87,5 tỷ đồng, đạt 63,4% kế hoạch."
    assert named(line) == [(87.5e9, "von-giai-ngan"), (63.4, "giai-ngan")]
    assert named("Lương thực có hạt: sản lượng 1.228 tấn.") == [(1228, "luong-thuc")]


def test_a_share_of_all_there_are_is_a_rate() -> None:
    assert named("Lao động qua đào tạo chiếm 58,3% tổng số lao động.") == [(58.3, "qua-dao-tao")]
    line = "Có 91.240 người tham gia BHYT, đạt tỷ lệ bao phủ 98,9% dân số."
    assert named(line) == [(91240, "bhyt-so"), (98.9, "bhyt")]


def test_a_change_counted_by_something_goes_on_from_its_value() -> None:
    line = "Năng suất lúa đạt 57,9 tạ/ha, tăng 0,6 tạ/ha so với năm 2023."
    assert [(f.indicator_id, f.aspect) for _, f in read(line)] == [
        ("lua-nang-suat", "result"), ("lua-nang-suat", "change"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "aspect"),
    [
        ("Kế hoạch năm 2025: tỷ lệ hộ nghèo 33%.", "target"),
        ("Bình quân giai đoạn 2021 - 2025 giảm tỷ lệ hộ nghèo 5,5%/năm.", "change"),
        ("Vốn các chương trình mục tiêu quốc gia giải ngân 42 tỷ đồng.", "result"),
    ],
)
def test_what_a_value_is(line: str, aspect: str) -> None:
    assert [f.aspect for _, f in read(line)] == [aspect]


def test_a_per_cent_that_two_numbers_bear_out_is_a_rate() -> None:
    line = "Tiếp nhận 145 đơn khiếu nại, tố cáo, đã giải quyết xong 138 đơn, đạt 95,2%."
    assert named(line) == [(145, "khieu-nai"), (138, "don-giai-quyet"), (95.2, "ty-le-giai-quyet-don")]
    line = "Tổng số hươu 400 con, trong đó hươu được tiêm phòng 300 con, đạt 75%."
    [_, _, (_, rate)] = read(line)
    assert (rate.share, rate.unit) == (False, "%")
    [_, _, (_, share)] = read("Tổng số hươu 400 con, trong đó hươu được tiêm phòng 300 con, đạt 90%.")
    assert share.share


def test_the_words_before_the_next_figure_are_its_own() -> None:
    line = "Tiếp nhận 24.318 hồ sơ TTHC, đã giải quyết 24.102 hồ sơ."
    assert named(line) == [(24318, "ho-so-tiep-nhan"), (24102, "ho-so-giai-quyet")]


def test_each_item_of_a_list_has_its_own_head() -> None:
    line = "Hồ sơ tiếp nhận: 112 hồ sơ; số hồ sơ đã giải quyết: 110 hồ sơ; tỷ lệ đúng hạn, trước hạn 98,9%."
    assert named(line) == [(112, "ho-so-tiep-nhan"), (110, "ho-so-giai-quyet"), (98.9, "ho-so-dung-han")]
    found = read("Tỷ lệ hồ sơ hoàn trả của cấp huyện 8,7%.", "Tỷ lệ hồ sơ hoàn trả của cấp xã 9,8%.")
    assert len({f.key for _, f in found}) == 2


def test_a_figure_of_no_catalogue_is_named_without_its_unit() -> None:
    assert [f.indicator for _, f in read("Chứng thực di chúc 61 trường hợp.")] == ["Chứng thực di chúc"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "Chất thải rắn sinh hoạt ở đô thị được thu gom đạt 91%, ở nông thôn đạt 68%.",
            [(91, "chat-thai-do-thi"), (68, "chat-thai-nong-thon")],
        ),
        (
            "Số người tham gia bảo hiểm xã hội bắt buộc là 3.120 người, tự nguyện 1.480 người.",
            [(3120, "bhxh-bat-buoc"), (1480, "bhxh-tu-nguyen")],
        ),
        (
            "Thành lập mới 14 doanh nghiệp và 3 hợp tác xã.",
            [(14, "doanh-nghiep-moi"), (3, "hop-tac-xa-moi")],
        ),
        ("Trên địa bàn có 14 chợ và 61 hợp tác xã.", [(14, "cho"), (61, "hop-tac-xa")]),
    ],
)
def test_what_is_said_of_one_is_said_of_its_contrast_or_of_what_stands_beside_it(
    line: str, expected: list[tuple[float, str]]
) -> None:
    assert named(line) == expected
