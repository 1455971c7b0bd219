"""Plain text in the encodings that old machines left behind, and with the columns that converters set."""

import unicodedata
from pathlib import Path

import pytest

from pipeline.extract import extract
from pipeline.model import Table
from pipeline.normalise import normalise

WORDS = "Thực hiện Kế hoạch số 12/KH-UBND của Ủy ban nhân dân huyện về đẩy mạnh chuyển đổi số."


def cp1258(text: str) -> bytes:
    """Windows' own Vietnamese: letters with their shape, tones as marks of their own."""
    out = b""
    for letter in unicodedata.normalize("NFC", text):
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            *base, tone = unicodedata.normalize("NFD", letter)
            if tone not in "\u0300\u0301\u0303\u0309\u0323":
                base, tone = [letter_of(base[0], tone)], base[1]
            out += unicodedata.normalize("NFC", "".join(base)).encode("cp1258") + tone.encode("cp1258")
    return out


def letter_of(base: str, mark: str) -> str:
    return unicodedata.normalize("NFC", base + mark)


@pytest.mark.parametrize(
    "encode",
    [
        lambda t: t.encode(),
        lambda t: t.encode("utf-8-sig"),
        lambda t: t.encode("utf-16"),
        lambda t: t.encode("utf-16-le"),
        lambda t: unicodedata.normalize("NFD", t).encode(),
        cp1258,
    ],
    ids=["utf-8", "bom", "utf-16", "utf-16-le", "decomposed", "cp1258"],
)
def test_encodings(tmp_path: Path, encode) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "a.txt").write_bytes(encode(WORDS))
    assert normalise(extract(tmp_path / "a.txt")).text == WORDS


def test_a_cut_letter_does_not_spoil_the_rest(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(WORDS.encode()[:-4])
    assert normalise(extract(tmp_path / "a.txt")).text.startswith("Thực hiện Kế hoạch số 12/KH-UBND của Ủy ban")


def test_form_feeds_are_page_breaks(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Trang một.\n\n1\n\fTrang hai.\n\n2\n", encoding="utf-8")
    source = extract(tmp_path / "a.txt")
    text = normalise(source)
    assert source.pages == 2 and text.text == "Trang một.\nTrang hai."
    assert [(p.page, text.text[p.start : p.end].strip()) for p in text.pages] == [(1, "Trang một."), (2, "Trang hai.")]


def test_columns_side_by_side_are_read_one_after_the_other(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "ỦY BAN NHÂN DÂN                 CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "HUYỆN YÊN MINH                       Độc lập - Tự do - Hạnh phúc\n"
        "Số: 45/KH-UBND                    Yên Minh, ngày 03 tháng 5 năm 2024\n"
        "\n"
        "                         KẾ HOẠCH\n",
        encoding="utf-8",
    )
    assert normalise(extract(tmp_path / "a.txt")).text.split("\n") == [
        "ỦY BAN NHÂN DÂN",
        "HUYỆN YÊN MINH",
        "Số: 45/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Yên Minh, ngày 03 tháng 5 năm 2024",
        "KẾ HOẠCH",
    ]


def test_blanks_of_a_draft_are_no_columns(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Số:        /KH-UBND\nYên Minh, ngày      tháng 3 năm 2024\n", encoding="utf-8")
    lines = normalise(extract(tmp_path / "a.txt")).text.split("\n")
    assert lines == ["Số: /KH-UBND", "Yên Minh, ngày tháng 3 năm 2024"]


def test_rows_parted_by_tabs_are_a_table(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Kết quả:\nXã\tNam\tNữ\nTân Lập\t12\t15\nNà Mường\t10\t9\nUBND xã báo cáo.\n", encoding="utf-8")
    (table,) = [b for b in extract(path).blocks if isinstance(b, Table)]
    assert table.rows == [["Xã", "Nam", "Nữ"], ["Tân Lập", "12", "15"], ["Nà Mường", "10", "9"]]


def test_letterheads_set_by_tabs_are_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("UBND TỈNH\t\tCỘNG HÒA\nSỞ NỘI VỤ\t\tĐộc lập\nSố: 12/SNV\t\tngày 05/4/2024\n", encoding="utf-8")
    assert not any(isinstance(b, Table) for b in extract(path).blocks)


def test_a_row_that_is_one_cell_short_stays_in_its_table(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    rows = ["TT | Xã | Nam | Nữ", "1 | Tân Lập | 12 | 15", "2 | Nà Mường | 10 | 9", "Tổng cộng | 22 | 24"]
    path.write_text("\n".join(["Kết quả:", *rows, "UBND xã báo cáo."]), encoding="utf-8")
    (table,) = [b for b in extract(path).blocks if isinstance(b, Table)]
    assert table.rows[-1] == ["", "Tổng cộng", "22", "24"]
    path.write_text("Xã | Nam | Nữ\nTân Lập | 12 | 15\nTổng cộng | 12\n", encoding="utf-8")
    (table,) = [b for b in extract(path).blocks if isinstance(b, Table)]
    assert table.rows[-1] == ["Tổng cộng", "12", ""]


def test_outer_bars_and_ruled_lines_are_no_cells(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("| Xã | Nam | Nữ |\n|---|:--:|---|\n| Tân Lập | 12 | 15 |\n", encoding="utf-8")
    (table,) = [b for b in extract(path).blocks if isinstance(b, Table)]
    assert table.rows == [["Xã", "Nam", "Nữ"], ["Tân Lập", "12", "15"]]


def test_rows_of_one_bar_are_a_table_where_they_hold_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Nhóm | Số người\nHưu trí | 288.785\nHọc sinh | 598.215\n", encoding="utf-8")
    (table,) = [b for b in extract(path).blocks if isinstance(b, Table)]
    assert table.rows == [["Nhóm", "Số người"], ["Hưu trí", "288.785"], ["Học sinh", "598.215"]]
    path.write_text("UBND XÃ TÂN LẬP | CỘNG HÒA\nVĂN PHÒNG | Độc lập\nSố: 12/BC | Tân Lập\n", encoding="utf-8")
    assert not any(isinstance(b, Table) for b in extract(path).blocks)
