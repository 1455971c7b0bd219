"""When a figure holds, as titles, headings and the heads of columns say it."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.analyse import recognise
from pipeline.compare.figures import figures
from pipeline.compare.periods import said_in
from pipeline.indicators import known
from pipeline.model import Line, Source, Table


def periods(title: str, *body: str | list[list[str]]) -> list[str | None]:
    """The periods of the figures in a report of July 2024 with this title."""
    head = ["ỦY BAN NHÂN DÂN", "HUYỆN SUỐI TRAI", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    head += ["Số: 12/BC-UBND", "Suối Trai, ngày 10 tháng 7 năm 2024", "BÁO CÁO", title]
    blocks: list[Line | Table] = [Line(text, whole=True) for text in head]
    blocks += [Line(part, whole=True) if isinstance(part, str) else Table(part) for part in body]
    document = recognise(Source(name="bc.docx", sha256="0", format="docx", blocks=blocks))
    return [f.period.label for f in figures(document, known())]


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("Kết quả 6 tháng đầu năm, nhiệm vụ 6 tháng cuối năm 2024", "6 tháng/2024"),
        ("Tổng kết năm học 2023 - 2024", "2023-2024"),
        ("KẾT QUẢ THỰC HIỆN 9 THÁNG ĐẦU NĂM", "9 tháng/2026"),
        ("Kết quả mười tháng đầu năm 2025", "10 tháng/2025"),
        ("Kết quả quý III/2024", "quý III/2024"),
    ],
)
def test_what_a_heading_says(words: str, label: str) -> None:
    assert said_in(words, 2026)[0].label == label


def test_months_of_a_year_that_nothing_says_are_none() -> None:
    assert said_in("KẾT QUẢ 6 THÁNG ĐẦU NĂM") == ()


def test_february_ends_when_it_ends() -> None:
    [period] = said_in("Kết quả 2 tháng đầu năm 2024")
    assert period.end == date(2024, 2, 29)


def test_the_year_stands_further_on_in_the_title() -> None:
    title = "Sơ kết 6 tháng đầu năm, nhiệm vụ 6 tháng cuối năm 2024"
    assert periods(title, "Đã tạo việc làm cho 512 lao động.") == ["6 tháng/2024"]


def test_a_school_year_is_a_period() -> None:
    assert periods("Tổng kết năm học 2023 - 2024", "Huy động 98% trẻ 5 tuổi ra lớp.")[0] == "2023-2024"


def test_the_plan_of_the_year_stands_beside_what_its_months_brought() -> None:
    rows = [["Chỉ tiêu", "Kế hoạch năm", "Thực hiện 6 tháng"], ["Tổng đàn bò (con)", "8.000", "7.900"]]
    assert periods("Kết quả 6 tháng đầu năm 2024", "Kết quả như sau:", rows) == ["2024", "6 tháng/2024"]


def test_months_before_a_value_are_no_month_of_the_calendar() -> None:
    line = "Tổng thu ngân sách 9 tháng 96,8 tỷ đồng, trong đó thu tiền sử dụng đất 14,2 tỷ đồng."
    assert periods("Kết quả 9 tháng năm 2024", line) == ["9 tháng/2024", "9 tháng/2024"]


def test_the_year_behind_a_value_is_not_when_another_came_from_it() -> None:
    line = "Tỷ lệ trẻ em bỏ học giảm từ 2,4% cuối năm 2022 xuống còn 1,9%; tỷ lệ học sinh lưu ban 0,7%."
    assert periods("Kết quả năm học của huyện năm 2024", line) == ["2022", "2024", "2024"]


def test_a_value_compared_with_the_end_of_another_year_is_of_its_own() -> None:
    assert periods("Kết quả năm 2024", "So với cuối năm 2023, số chợ đạt chuẩn là 12 chợ.") == ["2024"]


def test_the_year_of_a_plan_is_not_when_a_share_of_it_is_reached() -> None:
    line = "Đã giải ngân 35,2% kế hoạch vốn đầu tư công năm 2024."
    assert periods("Tình hình đầu tư công 6 tháng đầu năm 2024", line) == ["6 tháng/2024"]
    assert periods("Tình hình đầu tư công 6 tháng đầu năm 2024", "Trồng 120 ha rừng trong năm 2023.") == ["2023"]
