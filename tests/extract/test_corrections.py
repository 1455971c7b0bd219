"""Words read from pictures, set right where only one thing can be meant; right words stay."""

from pathlib import Path

import pytest

from pipeline.extract.corrections import as_meant
from pipeline.extract.ocr import OcrPage
from pipeline.extract.pdf.blocks import blocks_read
from pipeline.extract.pdf.glyphs import WholeWord, spread
from pipeline.model import Line

TEXTS = sorted((Path(__file__).parents[2] / "corpus" / "txt").glob("*.txt"))

OTHER_WORDS = [
    "THÔNG BẢO TÀNG",
    "phổ biến pháp luật",
    "kiến nghị đình chỉ",
    "lãnh đạo tạo điều kiện",
    "quan hệ thông qua",
    "cần đổi mới",
]


@pytest.mark.parametrize(
    "read, meant",
    [
        ("SỞ Lao động - Thương bỉnh và Xã hội", "Sở Lao động - Thương binh và Xã hội"),
        ("đi làm việc Ởở nước ngoài", "đi làm việc ở nước ngoài"),
        ("Số: 09/CĐĐ-UBND", "Số: 09/CĐ-UBND"),
        ("Quyết định số 90/QĐ-I1g", "Quyết định số 90/QĐ-TTg"),
        ("` — PHO CHU TỊCH :", "PHÓ CHỦ TỊCH"),
        ("TỈNHỦY LÂM GIANG", "TỈNH ỦY LÂM GIANG"),
        ("xây dựng nền tẳng số theo KẾ hoạch", "xây dựng nền tảng số theo Kế hoạch"),
        ("YÊU CÂU, MỤC TIỂU", "YÊU CẦU, MỤC TIÊU"),
        ("85 lao đông", "85 lao động"),
        ("BẢO CAO", "BÁO CÁO"),
        ("THÔNG BẢO", "THÔNG BÁO"),
        ("Nghị đinh số 61/2015/NĐ-CP", "Nghị định số 61/2015/NĐ-CP"),
        ("hàng năm", "hàng năm"),
        ("I.MỤC ĐÍCH, YÊU CÂU", "I. MỤC ĐÍCH, YÊU CẦU"),
        ("- Thường trực Tỉnh ủy (b/€);", "- Thường trực Tỉnh ủy (b/c);"),
    ],
)
def test_what_only_can_be_meant(read: str, meant: str) -> None:
    assert as_meant(read) == meant


@pytest.mark.parametrize(
    "line", ["Uỷ ban nhân dân", "người chưa thành niên", "các phường hướng dẫn", "chi phí hỗ trợ", *OTHER_WORDS]
)
def test_words_that_tones_could_make_another_stay(line: str) -> None:
    assert as_meant(line) == line


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.stem)
def test_right_words_stay(path: Path) -> None:
    for line in path.read_text("utf-8").splitlines():
        line = " ".join(line.split()).strip("| ")
        assert as_meant(line) == line


def test_lines_of_marks_only_are_left_out() -> None:
    words = ((": .", 100.0), ("I. MỤC TIÊU", 120.0), ("~", 140.0), ("F", 160.0), ("A", 180.0), ("5", 200.0))
    letters = spread([WholeWord(text, 100.0, 300.0, base, 13.0) for text, base in words])
    read = blocks_read(OcrPage(letters, 90.0, [], []), 1, 595)
    assert [block.text for block in read if isinstance(block, Line)] == ["I. MỤC TIÊU", "A", "5"]
