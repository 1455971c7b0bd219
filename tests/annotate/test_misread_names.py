"""Names of places and bodies that pages read from their picture misspell."""

from __future__ import annotations

import pytest

from pipeline.analyse import recognise
from pipeline.annotate.misread_names import as_named
from pipeline.model import Line, PageSpan, Source, Text


def named(words: str, pages: int = 1) -> str:
    """The words as those of pages read from their picture, or of none."""
    return as_named(Text(words, []), [PageSpan(page=1, start=0, end=len(words))][:pages]).text


OFTEN = "UBND huyện Nậm Lương giao.\nCông an huyện Nậm Lương.\nHuyện ủy Nậm Lương.\n"


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("ỦY BAN NHÂN DÂN HUYỆN\nNẠM LƯƠNG", "ỦY BAN NHÂN DÂN HUYỆN\nNẬM LƯƠNG"),
        ("Nâm Lương, ngày 20 tháng 02 năm 2024", "Nậm Lương, ngày 20 tháng 02 năm 2024"),
        ("Phòng Tư pháp huyện Nạm Lương", "Phòng Tư pháp huyện Nậm Lương"),
        ("Nguyễn Nam Lương", "Nguyễn Nam Lương"),  # a person
        ("nằm lượng", "nằm lượng"),
    ],
)
def test_a_name_is_read_as_it_mostly_stands(read: str, meant: str) -> None:
    assert named(OFTEN + read) == OFTEN + meant
    assert named(OFTEN + read, pages=0) == OFTEN + read


def test_names_that_stand_as_often_or_are_known_stay() -> None:
    twice = "UBND xã Tân Lâp. UBND xã Tấn Lập."
    assert named(twice) == twice
    known = "Huyện Phú Lưu. Huyện Phú Lưu. Huyện Phú Lưu. Xã Phù Lưu."
    assert named(known) == known


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Đề nghị Ủy ban Mặt trận Tố quốc Việt Nam huyện", "Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam huyện"),
        ("2. SỞ NỘI VU", "2. SỞ NỘI VỤ"),
        ("Sở Nông nghiệp và Mỗi trường", "Sở Nông nghiệp và Môi trường"),
        ("Uỷ ban Thường vụ Quốc hội", "Uỷ ban Thường vụ Quốc hội"),
        ("tăng số nội vụ", "tăng số nội vụ"),
        ("Sỡ Nổi vu", "Sỡ Nổi vu"),  # more is wrong than right
    ],
)
def test_a_body_is_read_as_the_registry_spells_it(read: str, meant: str) -> None:
    assert named(read) == meant
    assert named(read, pages=0) == read


def test_the_words_stay_as_read_and_the_issuer_is_as_meant() -> None:
    lines = ["ỦY BAN NHÂN DÂN", "HUYỆN NẠM LƯƠNG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    lines += ["Số: 45/KH-UBND", "Nậm Lương, ngày 20 tháng 02 năm 2024", "KẾ HOẠCH", "Giải quyết việc làm năm 2024"]
    lines += ["Ủy ban nhân dân huyện Nậm Lương ban hành Kế hoạch trên địa bàn huyện Nậm Lương như sau:"]
    blocks = [Line(line, page=1, whole=True) for line in lines]
    source = Source(name="a.pdf", sha256="0", format="pdf", blocks=list(blocks), pages=1, ocr_pages=[1])
    document = recognise(source)
    assert document.header.issuer == "Ủy ban nhân dân huyện Nậm Lương" and "NẠM LƯƠNG" in document.text
