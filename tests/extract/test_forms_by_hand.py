"""RTF, web pages, Word 97 and spreadsheets as offices make them, written by hand; and damage to each."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from old_letters import bytes_in, encoded
from openpyxl import Workbook

from pipeline.errors import Code, ReadError
from pipeline.extract import extract, html, rtf, sheet
from pipeline.model import Line, Table

FORMS = Path(__file__).parent.parent.parent / "corpus" / "forms"
SENTENCE = "Ủy ban nhân dân xã Phú Khê báo cáo kết quả thực hiện nhiệm vụ."


def lines(blocks: list[Line | Table]) -> list[str]:
    return [" ".join(b.text.split()) for b in blocks if isinstance(b, Line)]


def tables(blocks: list[Line | Table]) -> list[list[list[str]]]:
    return [b.rows for b in blocks if isinstance(b, Table)]


def read(tmp_path: Path, name: str, data: bytes) -> list[Line | Table]:
    (tmp_path / name).write_bytes(data)
    return extract(tmp_path / name).blocks


# --------------------------------------------------------------------------- RTF


def hexed(text: str, name: str) -> str:
    return "".join(chr(b) if 32 <= b < 127 else f"\\'{b:02x}" for b in bytes_in(text, name))


def as_rtf(body: str, fonts: str = r"{\f0 Times New Roman;}") -> bytes:
    return rf"{{\rtf1\ansi\ansicpg1252\deff0{{\fonttbl{fonts}}}{body}}}".encode("ascii")


@pytest.mark.parametrize(
    ("name", "font"),
    [("tcvn3", ".VnTime"), ("vni", "VNI-Times"), ("vps", "VPS Times"), ("viscii", "VI Times")],
)
def test_rtf_in_old_fonts(tmp_path: Path, name: str, font: str) -> None:
    fonts = rf"{{\f0 Times New Roman;}}{{\f1 {font};}}{{\f2 .VnTimeH;}}"
    small = SENTENCE[0].lower() + SENTENCE[1:]
    upper = rf"{{\f2 {hexed('độc lập', 'tcvn3')}}}\par "
    body = rf"{upper}{{\f0 S\u7889?: 5/BC-UBND}} {{\f1 {hexed(small, name)}}}\par"
    assert lines(read(tmp_path, "a.rtf", as_rtf(body, fonts))) == ["ĐỘC LẬP", f"Số: 5/BC-UBND {small}"]


def test_rtf_in_code_page_1258(tmp_path: Path) -> None:
    body = rf"{{\f0 {hexed(SENTENCE, 'cp1258')}}}\par"
    assert lines(read(tmp_path, "a.rtf", as_rtf(body, r"{\f0\fcharset163 Arial;}"))) == [SENTENCE]


def test_rtf_labels_notes_and_what_is_not_seen(tmp_path: Path) -> None:
    body = (
        r"{\header Trang 1}{\listtext 1.\tab}M\u7909?c ti\u234?u{\super\chftn{\footnote\pard Theo li\u7879?u}}\par"
        r"{\field{\*\fldinst HYPERLINK x}{\fldrslt xem}} {\v an}{\deleted xoa}th\u234?m\par{\pict 0102}{\*\generator x}"
    )
    assert lines(read(tmp_path, "a.rtf", as_rtf(body))) == ["1. Mục tiêu", "xem thêm", "[1] Theo liệu"]


def test_rtf_tables(tmp_path: Path) -> None:
    sides = r"\clbrdrt\brdrs\clbrdrl\brdrs\clbrdrb\brdrs\clbrdrr\brdrs"
    cells = [rf"{sides}\cellx{1000 * i}" for i in (1, 2, 3)]
    body = (
        rf"\trowd\trhdr{cells[0]}{sides}\cellx3000 \pard\intbl X\u227?\cell Ng\u432?\u7901?i\cell\row"
        rf"\trowd{''.join(cells)}\pard\intbl A\cell 1\cell 2\cell\row"
        rf"\trowd{''.join(cells)}\pard\intbl B\cell 3\cell 4\cell\row\pard Sau\par"
    )
    blocks = read(tmp_path, "a.rtf", as_rtf(body))
    assert tables(blocks) == [[["Xã", "Người", ""], ["A", "1", "2"], ["B", "3", "4"]]]
    assert lines(blocks) == ["Sau"]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_rtf_ends(data: bytes) -> None:
    reader = rtf._Reader()
    reader.read(b"{\\rtf1 " + data)


def test_rtf_within_rtf_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as raised:
        read(tmp_path, "a.rtf", b"{\\rtf1 " + b"{" * 100_000)
    assert raised.value.code == Code.DAMAGED


# --------------------------------------------------------------------------- pages


PAGE = """<html><head><style>p.x{font-family:".VnTime"} .an{display:none}</style><title>Trang</title></head><body>
<div id=top><a href=/>Trang chủ</a> <a href=/vb>Văn bản pháp luật</a><div>Tìm kiếm văn bản theo số hiệu, nội dung và
lĩnh vực của cơ quan ban hành trong cả nước</div></div>
<div><div class=noi-dung><table border=0><tr><td><p>UBND TỈNH LÂM GIANG</p><p>Số: 5/QĐ-UBND</p></td>
<td><p align=center><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b></p></td></tr></table>
<p align=center>QUYẾT&nbsp;ĐỊNH</p><p>Điều 1. Giao<br>Sở Nội vụ <span class=an>ẩn</span>chủ trì.</p>
<ol start=2 type=a><li>Một<li>Hai</ol>
<table border=1><tr><td rowspan=2>Xã</td><td colspan=2>Số</td></tr><tr><td>2023</td><td>2024</td></tr>
<tr><td>A</td><td>1</td><td>2</td></tr></table></div>
<div><a href=1>Văn bản liên quan thứ nhất</a><a href=2>Văn bản liên quan thứ hai</a></div></div></body></html>"""


def test_the_document_on_a_page(tmp_path: Path) -> None:
    blocks = read(tmp_path, "a.html", PAGE.encode())
    assert lines(blocks) == [
        "UBND TỈNH LÂM GIANG",
        "Số: 5/QĐ-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "QUYẾT ĐỊNH",
        "Điều 1. Giao Sở Nội vụ chủ trì.",
        "b) Một",
        "c) Hai",
    ]
    assert tables(blocks) == [[["Xã", "Số", ""], ["", "2023", "2024"], ["A", "1", "2"]]]
    assert next(b.header_rows for b in blocks if isinstance(b, Table)) == 2


@pytest.mark.parametrize("charset", ["windows-1252", "windows-1258", "utf-8"])
def test_pages_that_word_saved(tmp_path: Path, charset: str) -> None:
    words = encoded(SENTENCE, "cp1258").encode("cp1252") if charset == "windows-1258" else SENTENCE.encode(
        "cp1252" if charset == "windows-1252" else "utf-8", "xmlcharrefreplace"
    )  # fmt: skip
    page = (
        f"<html><head><meta http-equiv=Content-Type content='text/html; charset={charset}'></head><body>"
        "<!--[if gte mso 9]><xml>thừa</xml><![endif]--><p class=MsoNormal><![if !supportLists]>1.<![endif]> @</p>"
    ).encode("ascii", "xmlcharrefreplace")
    (found,) = extract_text(tmp_path, page.replace(b"@", words))
    assert found == f"1. {SENTENCE}"


def extract_text(tmp_path: Path, data: bytes) -> list[str]:
    import unicodedata

    return [unicodedata.normalize("NFC", text) for text in lines(read(tmp_path, "a.htm", data))]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_page_with_a_byte_order_mark_is_a_page(tmp_path: Path, encoding: str) -> None:
    page = f"<html><head><meta charset=unicode></head><body><p>{SENTENCE}</p></body></html>"
    assert extract_text(tmp_path, page.encode(encoding)) == [SENTENCE]


@pytest.mark.parametrize(
    ("mark", "back"),
    [
        ("<a href='#_ftn1' name='_ftnref1'>[1]</a>", "<a href='#_ftnref1' name='_ftn1'><span>[1]</span></a> "),
        ("<a class=x href='#sdfootnote1sym'>1</a>", "<a class=x href='#sdfootnote1anc'>1</a>"),
    ],
)
def test_footnotes_of_a_page_say_their_number(tmp_path: Path, mark: str, back: str) -> None:
    page = f"<html><body><p>Một{mark}, hai</p><div id=ftn1><p>{back}Ghi chú</p></div></body></html>"
    assert extract_text(tmp_path, page.encode()) == ["Một, hai", "[1] Ghi chú"]


def test_a_page_in_an_old_font(tmp_path: Path) -> None:
    body = f'<style>p.x{{font-family:".VnTime"}}</style><p class=x>{encoded("độc lập, tự do", "tcvn3")}</p>'
    assert extract_text(tmp_path, f"<html><body>{body}</body></html>".encode()) == ["độc lập, tự do"]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_page_ends(text: str) -> None:
    try:
        html.read_page(f"<html><body>{text}".encode("utf-8", "replace"))
    except ReadError as error:
        assert error.code == Code.NO_TEXT


def test_entities_do_not_grow(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><html><body>&b;&b; chào'
    assert len("".join(extract_text(tmp_path, bomb.encode()))) < 200


# --------------------------------------------------------------------------- old fonts in Word


def test_runs_in_old_fonts_beside_unicode(tmp_path: Path) -> None:
    made = docx.Document()
    paragraph = made.add_paragraph()
    for text, font in (
        (encoded("quyết định", "tcvn3"), ".VnTimeH"),
        (" số 5 về ", "Times New Roman"),
        (encoded("thủy lợi, ", "tcvn3"), ".VnTime"),
        (encoded("Đường sá", "vni"), "VNI-Times"),
    ):
        paragraph.add_run(text).font.name = font
    made.styles["Normal"].font.name = ".VnTime"
    made.add_paragraph(encoded("Lưu ý: kiểu chữ của đoạn.", "tcvn3"))
    made.save(str(tmp_path / "a.docx"))
    found = lines(extract(tmp_path / "a.docx").blocks)
    assert found == ["QUYẾT ĐỊNH số 5 về thủy lợi, Đường sá", "Lưu ý: kiểu chữ của đoạn."]


# --------------------------------------------------------------------------- spreadsheets


def book(path: Path) -> None:
    made = Workbook()
    made.active.title = "Việc làm"
    rows = [["Biểu số 1"], ["Xã", "Kế hoạch", "Tỷ lệ", "Ngày"], ["A", 1234.5, 0.875, date(2024, 5, 1)]]
    for row in rows:
        made.active.append(row)
    made.active["B3"].number_format, made.active["C3"].number_format = "#,##0.0", "0.0%"
    made.create_sheet("Ẩn").append(["không", "thấy", "được"])
    made["Ẩn"].sheet_state = "hidden"
    made.create_sheet("Dạy nghề").append(["Xã", "Lớp", "Người"])
    made["Dạy nghề"].append(["A", 2, "=1+1"])
    made.save(path)


def test_workbooks_say_what_they_show(tmp_path: Path) -> None:
    book(tmp_path / "a.xlsx")
    blocks = extract(tmp_path / "a.xlsx").blocks
    assert lines(blocks) == ["Biểu số 1", "Dạy nghề"]
    assert tables(blocks) == [
        [["Xã", "Kế hoạch", "Tỷ lệ", "Ngày"], ["A", "1.234,5", "87,5%", "01/05/2024"]],
        [["Xã", "Lớp", "Người"], ["A", "2", ""]],
    ]


def test_formulas_without_results_are_told(tmp_path: Path) -> None:
    book(tmp_path / "a.xlsx")
    (warning,) = extract(tmp_path / "a.xlsx").warnings
    assert warning.startswith("1 ô ") and "Dạy nghề!C2" in warning and "lưu lại" in warning


def test_a_formula_whose_result_is_no_words_is_not_told(tmp_path: Path) -> None:
    book(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as made, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as changed:
        for name in made.namelist():
            changed.writestr(name, made.read(name).replace(b'<c r="C2"><f>', b'<c r="C2" t="str"><f>'))
    assert extract(tmp_path / "b.xlsx").warnings == []


@pytest.mark.parametrize(
    ("value", "form", "said"),
    [
        (1234, "General", "1234"),
        (0.1 + 0.2, "General", "0,3"),
        (1234567.891, "#,##0.00", "1.234.567,89"),
        (-5.5, "0.0", "-5,5"),
        (0.5, "0%", "50%"),
        (True, "General", "Đúng"),
        (None, "General", ""),
    ],
)
def test_numbers_in_the_vietnamese_way(value: object, form: str, said: str) -> None:
    assert sheet.shown(value, form) == said


@pytest.mark.parametrize(
    ("text", "value", "said"),
    [("1,234.5", 1234.5, "1.234,5"), ("1.234,5", 1234.5, "1.234,5"), ("1234", 1234, "1234"), ("87.5%", 87.5, "87,5%")],
)
def test_numbers_in_whatever_language(text: str, value: float, said: str) -> None:
    assert sheet.vietnamese(text, value) == said


# --------------------------------------------------------------------------- damage


@pytest.mark.parametrize("path", sorted(FORMS.glob("*.*")), ids=lambda p: p.name)
@pytest.mark.parametrize("harm", [lambda d, r: d[: len(d) // 2], lambda d, r: noise(d, r)], ids=["cut", "noise"])
def test_damaged_files_are_read_or_refused(
    tmp_path: Path, path: Path, harm: Callable[[bytes, random.Random], bytes]
) -> None:
    for seed in range(3):
        try:
            read(tmp_path, path.name, harm(path.read_bytes(), random.Random(seed)))
        except ReadError as error:
            assert error.message and error.advice


def noise(data: bytes, chance: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(len(out) // 200):
        out[chance.randrange(len(out))] = chance.randrange(256)
    return bytes(out)
