"""PDF pages: letters by place, columns of letterheads, ruled tables, pages without text."""

import re
import unicodedata
import zlib
from pathlib import Path
from types import SimpleNamespace
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paper import LEFT, RIGHT, Page, width, write
from pdfplumber.table import TableFinder

from pipeline.errors import Code, ReadError
from pipeline.extract import extract, ocr
from pipeline.extract.pdf.tables import Grid, cells_of, merge_cut
from pipeline.model import Box, Line, Table
from pipeline.normalise import normalise

SAMPLES = Path(__file__).parents[2] / "corpus" / "pdf"
BODY = (
    "Ủy ban nhân dân huyện yêu cầu các phòng, ban, đơn vị trực thuộc rà soát toàn bộ hồ sơ đã tiếp nhận trong sáu tháng"
    " đầu năm, lập danh sách những hồ sơ còn thiếu và báo cáo kết quả trước ngày 15 tháng 6 để tổng hợp, xử lý."
)


def lines_of(path: Path) -> list[str]:
    return normalise(extract(path)).text.split("\n")


def letter(page: Page) -> None:
    """A letterhead in two columns, as plans and reports have it."""
    page.text(LEFT + 20, 60, "ỦY BAN NHÂN DÂN")
    page.text(LEFT + 170, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13)
    page.text(LEFT + 30, 78, "HUYỆN YÊN MINH")
    page.text(LEFT + 220, 78, "Độc lập - Tự do - Hạnh phúc", 13)
    page.text(LEFT + 35, 110, "Số: 45/KH-UBND", 13)
    page.text(LEFT + 210, 110, "Yên Minh, ngày 03 tháng 5 năm 2024", 13)
    page.y = 200


def test_wrapped_lines_become_paragraphs(tmp_path: Path) -> None:
    page = Page()
    page.paragraph(BODY)
    page.paragraph("1. Phòng Nội vụ: " + BODY)
    assert lines_of(write(tmp_path / "a.pdf", [page])) == [BODY, "1. Phòng Nội vụ: " + BODY]


def test_letterhead_is_read_left_column_first(tmp_path: Path) -> None:
    page = Page()
    letter(page)
    page.centred(160, "KẾ HOẠCH")
    page.centred(178, "Rà soát hồ sơ tồn đọng trên địa bàn huyện")
    page.paragraph(BODY)
    assert lines_of(write(tmp_path / "a.pdf", [page])) == [
        "ỦY BAN NHÂN DÂN",
        "HUYỆN YÊN MINH",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 45/KH-UBND",
        "Yên Minh, ngày 03 tháng 5 năm 2024",
        "KẾ HOẠCH",
        "Rà soát hồ sơ tồn đọng trên địa bàn huyện",
        BODY,
    ]


def test_a_title_goes_on_after_a_full_line(tmp_path: Path) -> None:
    page = Page()
    letter(page)
    page.centred(160, "BÁO CÁO")
    first = "Kết quả thực hiện công tác giải quyết việc làm, xuất khẩu lao động năm"
    page.text(LEFT, 178, first, (RIGHT - LEFT) / width(first), "B")
    page.centred(197, "2024 và phương hướng năm 2025")
    page.y = 230
    page.paragraph(BODY)
    assert lines_of(write(tmp_path / "a.pdf", [page]))[7:] == [f"{first} 2024 và phương hướng năm 2025", BODY]


def test_columns_that_nearly_meet_are_two(tmp_path: Path) -> None:
    page = Page()
    page.text(LEFT, 60, "ỦY BAN NHÂN DÂN")
    page.text(LEFT + width("ỦY BAN NHÂN DÂN") * 14 + 9, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    page.text(LEFT + 10, 78, "HUYỆN YÊN MINH")
    page.text(LEFT + 220, 78, "Độc lập - Tự do - Hạnh phúc")
    assert lines_of(write(tmp_path / "a.pdf", [page])) == [
        "ỦY BAN NHÂN DÂN", "HUYỆN YÊN MINH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
    ]  # fmt: skip


def test_a_small_line_of_a_letterhead_stays_in_its_column(tmp_path: Path) -> None:
    page = Page()
    page.text(LEFT, 60, "UBND TỈNH LÂM GIANG")
    page.text(LEFT + 190, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13)
    page.text(LEFT, 78, "SỞ LAO ĐỘNG - THƯƠNG")
    page.text(LEFT + 240, 78, "Độc lập - Tự do - Hạnh phúc", 13)
    page.text(LEFT + 60, 96, "BINH", 7)  # capitals without marks are low, so readers of pictures take them for small
    page.text(LEFT + 220, 106, "Lâm Giang, ngày 20 tháng 12 năm 2024", 13)
    page.text(LEFT + 40, 114, "VÀ XÃ HỘI")
    assert lines_of(write(tmp_path / "a.pdf", [page]))[:5] == [
        "UBND TỈNH LÂM GIANG", "SỞ LAO ĐỘNG - THƯƠNG", "BINH", "VÀ XÃ HỘI", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    ]  # fmt: skip


def test_recipients_come_before_the_signature_beside_them(tmp_path: Path) -> None:
    page = Page()
    page.paragraph(BODY)
    page.text(LEFT, 300, "Nơi nhận:", 12)
    page.text(LEFT + 250, 302, "TM. ỦY BAN NHÂN DÂN")
    for i, item in enumerate(["- Như trên;", "- Lưu: VT."]):
        page.text(LEFT, 314 + 14 * i, item, 11)
    page.text(LEFT + 270, 320, "KT. CHỦ TỊCH")
    page.text(LEFT + 265, 338, "PHÓ CHỦ TỊCH")
    page.text(LEFT + 270, 400, "Giàng A Páo")
    assert lines_of(write(tmp_path / "a.pdf", [page]))[1:] == [
        "Nơi nhận:", "- Như trên;", "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Giàng A Páo",
    ]  # fmt: skip


def test_accented_letters_of_another_font_stand_in_their_places(tmp_path: Path) -> None:
    page = Page()
    x = LEFT
    plain, accented = [], []
    for c in "Thực hiện Chương trình giảm nghèo bền vững":
        (plain if c.isascii() else accented).append((x, c))
        x += width(c) * 14
    page.scatter(100, plain, "F")
    page.scatter(100, accented, "O")
    assert lines_of(write(tmp_path / "a.pdf", [page])) == ["Thực hiện Chương trình giảm nghèo bền vững"]


def test_a_horn_that_reaches_into_a_space_leaves_the_space(tmp_path: Path) -> None:
    page = Page()
    x = LEFT
    letters = []
    for word in ("ĐẦU", "TƯ", "DỰ", "ÁN"):
        for c in word:
            letters.append((x, c))
            x += width(c) * 14
        x += 0.07 * 14 if word[-1] in "ƯỰ" else 0.25 * 14
    page.scatter(100, letters, "O")
    assert lines_of(write(tmp_path / "a.pdf", [page])) == ["ĐẦU TƯ DỰ ÁN"]


def test_running_heads_and_page_numbers_go(tmp_path: Path) -> None:
    pages = []
    for number in range(1, 5):
        page = Page()
        page.text(300, 30, str(number))
        page.text(LEFT, 800, "Hệ thống quản lý văn bản huyện")
        page.paragraph(f"Trang này nói về việc thứ {number} của năm.")
        pages.append(page)
    assert lines_of(write(tmp_path / "a.pdf", pages)) == [
        f"Trang này nói về việc thứ {n} của năm." for n in range(1, 5)
    ]


def test_a_paragraph_goes_on_over_the_page(tmp_path: Path) -> None:
    first, second = Page(), Page()
    first.paragraph(BODY)
    first.paragraph("Đề nghị Thủ trưởng các cơ quan, đơn vị liên quan trên địa bàn huyện tổ chức triển khai, thực hiện")
    second.text(300, 30, "2")
    second.paragraph("nghiêm túc các nội dung nêu trên./.", indent=0)
    assert lines_of(write(tmp_path / "a.pdf", [first, second]))[-1].endswith(
        "thực hiện nghiêm túc các nội dung nêu trên./."
    )


def test_pages_tell_where_the_text_came_from(tmp_path: Path) -> None:
    first, second = Page(), Page()
    first.paragraph("Nội dung của trang thứ nhất.")
    second.paragraph("Nội dung của trang thứ hai.")
    text = normalise(extract(write(tmp_path / "a.pdf", [first, second])))
    assert [text.text[p.start : p.end].strip() for p in text.pages] == [
        "Nội dung của trang thứ nhất.",
        "Nội dung của trang thứ hai.",
    ]
    box = text.paragraphs[1].boxes[0]
    assert box.page == 2 and text.text[box.start : box.end] == "Nội dung của trang thứ hai."
    assert box.box.x0 == pytest.approx(LEFT + 36, abs=1) and box.box.bottom < 80


def test_ruled_table_is_read_by_cells(tmp_path: Path) -> None:
    page = Page()
    page.paragraph(BODY)
    page.grid(
        [LEFT, 120, 350, RIGHT],
        [150, 190, 230],
        [["TT", "Nội dung", "Cơ quan chủ trì"], ["1", "Rà soát hồ sơ\ntồn đọng", "Phòng Nội vụ"]],
    )
    source = extract(write(tmp_path / "a.pdf", [page]))
    (table,) = [b for b in source.blocks if isinstance(b, Table)]
    assert table.rows == [["TT", "Nội dung", "Cơ quan chủ trì"], ["1", "Rà soát hồ sơ tồn đọng", "Phòng Nội vụ"]]
    assert not any("Phòng Nội vụ" in b.text for b in source.blocks if isinstance(b, Line))


@pytest.mark.parametrize("ruling", ["bars", "stroke", "form"])
def test_rules_may_be_drawn_in_many_ways(ruling: Literal["bars", "stroke", "form"], tmp_path: Path) -> None:
    page = Page(ruling=ruling)
    rows = [["TT", "Nội dung", "Chủ trì"], ["1", "Rà soát hồ sơ", "Văn phòng"]]
    page.grid([LEFT, 120, 350, RIGHT], [150, 190, 230], rows)
    (table,) = [b for b in extract(write(tmp_path / "a.pdf", [page])).blocks if isinstance(b, Table)]
    assert table.rows == rows


sides = st.integers(0, 4).flatmap(
    lambda at: st.tuples(st.booleans(), st.just(at), st.integers(0, 3), st.integers(1, 4))
)


@given(st.lists(sides, max_size=24))
@settings(deadline=None)
def test_cells_are_those_that_pdfplumber_finds(drawn: list[tuple[bool, int, int, int]]) -> None:
    rules = []
    for level, at, start, length in drawn:
        side, begin, end = 90.0 * at, 90.0 * start, 90.0 * min(start + length, 4)
        rules.append(Box(begin, side, end, side) if level else Box(side, begin, side, end))
    edges = [
        {**r._asdict(), "object_type": "line", "width": r.x1 - r.x0, "height": r.bottom - r.top, "orientation": way}
        for r in rules
        for way in ["h" if r.top == r.bottom else "v"]
    ]
    theirs = [sorted(table.cells) for table in TableFinder(SimpleNamespace(edges=edges)).tables]  # type: ignore[arg-type]
    ours = [sorted(map(tuple, cells)) for cells in cells_of(rules)]
    columns, rows = {r.x0 for r in rules if r.x0 == r.x1}, {r.top for r in rules if r.top == r.bottom}
    assert ours == (theirs if len(columns) >= 3 and len(rows) >= 2 else [])


def test_table_cut_by_the_page_is_one_table(tmp_path: Path) -> None:
    first, second = Page(), Page()
    xs = [LEFT, 120, 350, RIGHT]
    head = ["TT", "Nội dung", "Cơ quan chủ trì"]
    first.grid(xs, [650, 690, 730], [head, ["1", "Rà soát toàn bộ hồ sơ", "Phòng Nội vụ"]])
    second.text(300, 30, "2")
    second.grid(xs, [60, 100, 140, 180], [head, ["", "còn tồn đọng", ""], ["2", "Tổng hợp, báo cáo", "Văn phòng"]])
    (table,) = [b for b in extract(write(tmp_path / "a.pdf", [first, second])).blocks if isinstance(b, Table)]
    assert table.rows == [
        head,
        ["1", "Rà soát toàn bộ hồ sơ còn tồn đọng", "Phòng Nội vụ"],
        ["2", "Tổng hợp, báo cáo", "Văn phòng"],
    ]


def test_a_word_that_a_narrow_cell_parts_is_one_word(tmp_path: Path) -> None:
    page = Page()
    cells = ["Trư\nờng", "1.321.0\n00", "ST\nT", "05/2023/TT-\nBNV", "Đơn\nvị"]
    widths = [max(width(line) for line in cell.split("\n")) * 12 + 6 for cell in cells]
    page.grid([LEFT + sum(widths[:i]) for i in range(6)], [100, 150], [cells])
    (table,) = [b for b in extract(write(tmp_path / "a.pdf", [page])).blocks if isinstance(b, Table)]
    assert table.rows == [["Trường", "1.321.000", "STT", "05/2023/TT-BNV", "Đơn vị"]]


def test_lines_that_have_room_in_their_cell_are_parted(tmp_path: Path) -> None:
    page = Page()
    page.grid([LEFT, 200, 300, 400], [100, 150], [["Thú\ny", "1.321.\n000", "ST\nT"]])
    (table,) = [b for b in extract(write(tmp_path / "a.pdf", [page])).blocks if isinstance(b, Table)]
    assert table.rows == [["Thú y", "1.321. 000", "ST T"]]


def test_a_row_without_number_that_the_page_cut_in_a_word_or_bracket_is_one(tmp_path: Path) -> None:
    first, second = Page(), Page()
    xs = [LEFT, 250, 400, RIGHT]
    first.grid(xs, [650, 690, 730], [["Chỉ tiêu", "Số", "Tiền"], ["Độ mặn (quan trắc tại", "6", "7.263.25"]])
    second.grid(xs, [60, 100, 140], [["hiện trường)", "", "2"], ["Độ kiềm", "5", "7.263.252"]])
    (table,) = [b for b in extract(write(tmp_path / "a.pdf", [first, second])).blocks if isinstance(b, Table)]
    assert table.rows[1:] == [
        ["Độ mặn (quan trắc tại hiện trường)", "6", "7.263.252"],
        ["Độ kiềm", "5", "7.263.252"],
    ]


def test_of_a_header_of_two_rows_the_first_may_be_repeated(tmp_path: Path) -> None:
    first, second = Page(), Page()
    xs = [LEFT, 200, 330, RIGHT]
    first.grid(
        xs, [620, 650, 690, 730], [["Xã", "Kết quả", ""], ["", "Số lớp", "Người"], ["Mường So thuộc", "6", "72"]]
    )
    first.rules.remove((LEFT, 650, RIGHT, 650))
    first.rules.append((200, 650, RIGHT, 650))
    second.grid(xs, [60, 100, 140, 180], [["Xã", "Kết quả", ""], ["huyện cũ"], ["Khổng Lào", "5", "72"]])
    (table,) = [b for b in extract(write(tmp_path / "a.pdf", [first, second])).blocks if isinstance(b, Table)]
    assert [row[0] for row in table.rows].count("Xã") == 1
    assert table.rows[-1] == ["Khổng Lào", "5", "72"]


def test_a_row_without_number_that_goes_on_in_one_cell_is_one(tmp_path: Path) -> None:
    first, second = Page(), Page()
    xs = [LEFT, 120, 330, 430, RIGHT]
    first.grid(xs, [650, 690, 730], [["TT", "Chỉ tiêu", "Số", "Tiền"], ["", "Vay lại từ nguồn Chính", "6", "720"]])
    second.grid(
        xs, [60, 100, 140, 180], [["", "phủ vay ngoài nước (1)"], ["", "Trong đó"], ["", "Vay khác", "5", "72"]]
    )
    (table,) = [b for b in extract(write(tmp_path / "a.pdf", [first, second])).blocks if isinstance(b, Table)]
    assert [row[1] for row in table.rows[1:]] == [
        "Vay lại từ nguồn Chính phủ vay ngoài nước (1)",
        "Trong đó",
        "Vay khác",
    ]


def test_a_foreign_word_is_whole_where_the_file_keeps_spaces_at_line_ends(tmp_path: Path) -> None:
    page = Page()
    cells = ["Sulfu\nr", "Colif\norm ", "tin \nblog ", "Tin \nmail ", "tại \nphố "]
    widths = [max(width(line.rstrip()) for line in cell.split("\n")) * 12 + 6 for cell in cells]
    page.grid([LEFT + sum(widths[:i]) for i in range(6)], [100, 150], [cells])
    (table,) = [b for b in extract(write(tmp_path / "a.pdf", [page])).blocks if isinstance(b, Table)]
    assert table.rows == [["Sulfur", "Coliform", "tin blog", "Tin mail", "tại phố"]]


def test_a_page_with_figures_only_is_read(tmp_path: Path) -> None:
    first, second = Page(), Page()
    xs = [LEFT, 250, RIGHT]
    first.grid(xs, [650, 690, 730], [["TT", "Thôn"], ["1", "Thôn Bản"]])
    second.grid(xs, [60, 100], [["", "215"]])
    (table,) = [b for b in extract(write(tmp_path / "a.pdf", [first, second])).blocks if isinstance(b, Table)]
    assert table.rows[-1] == ["1", "Thôn Bản 215"]


def test_a_row_that_the_page_cut_after_a_hyphen_is_one(tmp_path: Path) -> None:
    first, second = Page(), Page()
    xs = [LEFT, 120, RIGHT]
    first.grid(xs, [650, 690, 730], [["TT", "Nội dung"], ["1", "Gửi Phòng Lao động -"]])
    second.grid(xs, [60, 100, 140], [["", "Thương binh và Xã hội"], ["2", "Tổng hợp"]])
    (table,) = [b for b in extract(write(tmp_path / "a.pdf", [first, second])).blocks if isinstance(b, Table)]
    assert table.rows[1:] == [["1", "Gửi Phòng Lao động - Thương binh và Xã hội"], ["2", "Tổng hợp"]]


def test_a_table_without_rules_is_read_row_by_row_and_told(tmp_path: Path) -> None:
    page = Page()
    page.paragraph(BODY)
    rows = [["1", "Xã Đông Khê", "415", "422"], ["2", "Xã Suối Khe", "320", "332"], ["3", "Xã Vĩnh Lĩnh", "810", "838"]]
    for i, row in enumerate(rows):
        for x, cell in zip((LEFT, 130, 300, 400), row, strict=True):
            page.text(x, 200 + 20 * i, cell, 12)
    source = extract(write(tmp_path / "a.pdf", [page]))
    lines = [block.text for block in source.blocks if isinstance(block, Line)]
    assert lines[-3:] == [" ".join(row) for row in rows]
    (warning,) = source.warnings
    assert warning.startswith("Trang 1 có bảng không kẻ khung")


def test_rules_of_a_letterhead_make_no_table(tmp_path: Path) -> None:
    page = Page()
    letter(page)
    page.rules += [(120, 84, 180, 84), (330, 84, 450, 84)]
    page.paragraph(BODY)
    assert not any(isinstance(b, Table) for b in extract(write(tmp_path / "a.pdf", [page])).blocks)


def test_sideways_page_is_read_level(tmp_path: Path) -> None:
    page = Page(turn=90)
    page.paragraph("Biểu tổng hợp kết quả rà soát hồ sơ năm 2024.")
    assert lines_of(write(tmp_path / "a.pdf", [page])) == ["Biểu tổng hợp kết quả rà soát hồ sơ năm 2024."]


def test_bold_is_told_by_the_font(tmp_path: Path) -> None:
    page = Page()
    page.paragraph("I. MỤC ĐÍCH", font="B")
    page.paragraph(BODY)
    paragraphs = normalise(extract(write(tmp_path / "a.pdf", [page]))).paragraphs
    assert [p.bold for p in paragraphs] == [True, False]


def test_pages_without_text_are_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "present", lambda: False)
    written, scanned = Page(), Page(picture=1)
    written.paragraph(BODY)
    source = extract(write(tmp_path / "a.pdf", [written, scanned]))
    assert source.pages == 2 and normalise(source).text == BODY
    (warning,) = source.warnings
    assert warning.startswith("Trang 2 ") and "tesseract" in warning


def garbled(path: Path) -> Path:
    """A sample whose fonts tell other letters than they show."""
    data = (SAMPLES / "kh-xa-phong-ret-2025.pdf").read_bytes()

    def mixed(found: re.Match[bytes]) -> bytes:
        try:
            told = zlib.decompress(found[1])
        except zlib.error:
            return found[0]
        if b"beginbfchar" not in told:
            return found[0]
        letters = iter(sorted(re.findall(rb"<[0-9A-F]{4}>(?=\n)", told), reverse=True))
        told = re.sub(rb"<[0-9A-F]{4}>(?=\n)", lambda _: next(letters), told)
        packed = zlib.compress(re.sub(rb"/CIDSystemInfo<<.*?>> def\n", b"", told, flags=re.DOTALL), 9)
        assert len(packed) <= len(found[1])
        return b"stream\n" + packed.ljust(len(found[1]), b"\0") + b"\nendstream"

    path.write_bytes(re.sub(rb"stream\n(.*?)\nendstream", mixed, data, flags=re.DOTALL))
    return path


def test_a_page_whose_font_tells_wrong_letters_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "present", lambda: False)
    with pytest.raises(ReadError) as caught:
        extract(garbled(tmp_path / "a.pdf"))
    assert caught.value.code == Code.NEEDS_OCR


@pytest.mark.skipif(not ocr.present(), reason="tesseract-ocr-vie is not installed")
def test_a_page_whose_font_tells_wrong_letters_is_read_as_it_looks(tmp_path: Path) -> None:
    source = extract(garbled(tmp_path / "a.pdf"))
    assert source.ocr_pages == list(range(1, (source.pages or 0) + 1))
    assert "Số: 57/KH-UBND" in normalise(source).text.split("\n")


def test_only_scanned_pages_need_ocr(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "present", lambda: False)
    scanned = Page(picture=1)
    scanned.text(LEFT, 30, "CÔNG BÁO/Số 12/Ngày 01-02-2024")
    with pytest.raises(ReadError) as caught:
        extract(write(tmp_path / "a.pdf", [scanned]))
    assert caught.value.code == Code.NEEDS_OCR


@pytest.mark.parametrize(("share", "words", "needs"), [(0.4, 1, True), (0.4, 100, False), (0.1, 1, False)])
def test_a_scan_pasted_below_a_few_words_is_a_scan(
    share: float, words: int, needs: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "present", lambda: False)
    page = Page(picture=share)
    page.paragraph(" ".join((BODY.upper().split() * words)[: 4 * words]))
    path = write(tmp_path / "a.pdf", [page])
    if not needs:
        assert extract(path).blocks
        return
    with pytest.raises(ReadError) as caught:
        extract(path)
    assert caught.value.code == Code.NEEDS_OCR


def test_a_cover_before_scanned_pages_is_not_the_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "present", lambda: False)
    cover = Page()
    cover.centred(300, "ĐIỀU ƯỚC QUỐC TẾ")
    with pytest.raises(ReadError) as caught:
        extract(write(tmp_path / "a.pdf", [cover, *(Page(picture=1) for _ in range(4))]))
    assert caught.value.code == Code.NEEDS_OCR


def test_composed_letters_come_out_as_one(tmp_path: Path) -> None:
    page = Page()
    page.paragraph(unicodedata.normalize("NFD", "Thực hiện tốt."))
    assert lines_of(write(tmp_path / "a.pdf", [page])) == ["Thực hiện tốt."]


def to_be_signed() -> tuple[Page, list[float]]:
    """A report without number and date, and where those are to stand."""
    page = Page()
    page.text(LEFT, 60, "UBND TỈNH LÀO CAI", 13)
    page.text(330, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 11)
    page.text(LEFT, 100, "Số:          /BC-UBND", 13)
    page.text(330, 100, "Lào Cai, ngày      tháng      năm 2024", 13)
    page.stamp(LEFT, 300, ["Ký bởi: UBND tỉnh Lào Cai", "Thời gian ký: 05.12.2024 10:45:09 +07:00"], 8)
    page.y = 200
    page.paragraph("Ủy ban nhân dân tỉnh báo cáo kết quả thực hiện công tác thư viện năm 2024 như sau:")
    return page, [
        LEFT + 13 * width("Số:  "),
        330 + 13 * width("Lào Cai, ngày "),
        330 + 13 * width("Lào Cai, ngày      tháng "),
    ]


def assert_signed(path: Path) -> None:
    text = normalise(extract(path)).text
    assert "329/BC-UBND" in text.replace(" ", "")
    assert "ngày 05 tháng 12 năm 2024" in text
    assert "Ký bởi" not in text and "10:45" not in text


@pytest.mark.parametrize("astray", [-8, -3, 0, 3, 8])
def test_number_and_date_stamped_by_a_signature_take_their_place(tmp_path: Path, astray: float) -> None:
    page, places = to_be_signed()
    for x, figures in zip(places, ("329", "05", "12"), strict=True):
        page.stamp(x, 100 + astray, [figures], 13)
    assert_signed(write(tmp_path / "a.pdf", [page]))


def test_number_and_date_in_fields_without_a_look_take_their_place(tmp_path: Path) -> None:
    page, places = to_be_signed()
    for x, figures in zip(places, ("329", "05", "12"), strict=True):
        page.fill(x, 100, figures, 13)
    assert_signed(write(tmp_path / "a.pdf", [page]))


def test_a_table_goes_on_where_the_next_sheet_lay_askew_on_the_glass() -> None:
    first = Table([["STT", "Xã", "Số hộ"], ["1", "An Phú", "12"]], 1)
    rest = Table([["2", "An Lạc", "15"]], 2, header_rows=0)
    grids = [
        Grid(first, [82.6, 122.4, 264.5], Box(82.6, 674, 349.4, 790)),
        Grid(rest, [77.8, 117.2, 259.2], Box(77.8, 55, 344.2, 249)),
    ]
    (whole,) = merge_cut(grids)
    assert isinstance(whole, Table)
    assert whole.rows == [["STT", "Xã", "Số hộ"], ["1", "An Phú", "12"], ["2", "An Lạc", "15"]]


def test_footnotes_stand_at_the_end_with_their_marks(tmp_path: Path) -> None:
    first, second = Page(), Page()
    first.paragraph("Thực hiện nhiệm vụ được giao, các sở đã phối hợp rà soát, thống nhất số liệu của từng xã, phường.")
    words = "Toàn tỉnh có 152 thư viện xã, đạt 95% kế hoạch"
    end = LEFT + 14 * width(words)
    first.text(LEFT, first.y, words)
    first.text(end, first.y - 5, "1", 8)
    first.text(end + 5, first.y, ", tăng 12")
    first.rules.append((LEFT, 700, LEFT + 144, 700))
    for y, mark, note in (
        (716, "1", "Kế hoạch số 38/KH-UBND ngày 25/01/2024 của Ủy ban nhân dân tỉnh."),
        (730, "2", "Năm 2023 có 140 thư viện, năm 2022 có 131 thư viện của xã, phường và trường học, trong đó"),
        (744, "", "03 thư viện tư nhân và một tủ sách."),
    ):
        first.text(LEFT, y - 4, mark or " ", 6)
        first.text(LEFT + 5, y, note, 10)
    first.centred(800, "1", 13)
    second.text(LEFT, second.y, "thư viện so với năm 2023.")
    text = normalise(extract(write(tmp_path / "a.pdf", [first, second])))
    assert text.text.split("\n")[1:] == [
        f"{words}, tăng 12 thư viện so với năm 2023.",
        "[1] Kế hoạch số 38/KH-UBND ngày 25/01/2024 của Ủy ban nhân dân tỉnh.",
        "[2] Năm 2023 có 140 thư viện, năm 2022 có 131 thư viện của xã, phường và trường học, trong đó"
        " 03 thư viện tư nhân và một tủ sách.",
    ]
    note = text.text.index("[2]")
    assert [span.page for span in text.pages] == [1, 2, 1]
    assert next(span.page for span in text.pages if span.start <= note < span.end) == 1


def test_marks_of_footnotes_need_not_be_raised(tmp_path: Path) -> None:
    page = Page()
    page.paragraph("Toàn tỉnh có 152 thư viện xã, đạt 95% kế hoạch.")
    page.rules.append((LEFT, 700, LEFT + 144, 700))
    for i, note in enumerate(("1 Kế hoạch của tỉnh nêu các", "3 huyện vùng cao.", "2 Số liệu sơ bộ.")):
        page.text(LEFT, 716 + 14 * i, note, 10)
    assert lines_of(write(tmp_path / "a.pdf", [page]))[1:] == [
        "[1] Kế hoạch của tỉnh nêu các",
        "3 huyện vùng cao.",
        "[2] Số liệu sơ bộ.",
    ]


@pytest.mark.parametrize(("length", "size"), [(400.0, 10.0), (144.0, 14.0)])
def test_what_stands_below_another_rule_is_no_footnote(tmp_path: Path, length: float, size: float) -> None:
    page = Page()
    page.paragraph("Toàn tỉnh có 152 thư viện xã, đạt 95% kế hoạch.")
    page.rules.append((LEFT, 300, LEFT + length, 300))
    page.text(LEFT, 320, "1 thư viện tỉnh.", size)
    assert lines_of(write(tmp_path / "a.pdf", [page]))[-1] == "1 thư viện tỉnh."


def test_a_watermark_that_lies_level_goes(tmp_path: Path) -> None:
    page = Page()
    page.text(LEFT, 120, "BẢN SAO", 90, "B")
    sentence = "Toàn tỉnh có 152 thư viện xã, đạt 95% kế hoạch, trong đó 12 thư viện mở cửa cả ngày nghỉ trong tuần. "
    page.paragraph(sentence * 3)
    assert lines_of(write(tmp_path / "a.pdf", [page])) == [(sentence * 3).strip()]


def test_a_large_title_stays(tmp_path: Path) -> None:
    page = Page()
    page.text(LEFT, 120, "KỶ YẾU", 60, "B")
    page.y = 160
    page.paragraph("Toàn tỉnh có 152 thư viện xã, đạt 95% kế hoạch.")
    assert lines_of(write(tmp_path / "a.pdf", [page]))[0] == "KỶ YẾU"
