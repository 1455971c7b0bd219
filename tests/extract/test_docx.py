"""Word documents: list numbers, letterheads, tables with merged cells, notes, revisions, text boxes."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Doc
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from pipeline.extract import extract
from pipeline.extract.numbering import written
from pipeline.model import Line, Table
from pipeline.normalise import normalise

Read = Callable[[Doc], list[str]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def lines(document: Doc) -> list[str]:
        document.save(str(tmp_path / "a.docx"))
        return normalise(extract(tmp_path / "a.docx")).text.split("\n")

    return lines


def blocks(document: Doc, tmp_path: Path) -> list[Line | Table]:
    document.save(str(tmp_path / "a.docx"))
    return extract(tmp_path / "a.docx").blocks


def add_list(document: Doc, levels: list[tuple[str, str]], number: str = "90", starts: str = "") -> None:
    """A list of our own in numbering.xml: (format, text) of each level."""
    root = document.part.numbering_part.element
    shapes = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (form, text) in enumerate(levels)
    )
    if starts:
        root.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="90"/>{starts}</w:num>')
        )
        return
    root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{shapes}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="90"/></w:num>'))


def item(document: Doc, text: str, level: int, number: str = "90") -> None:
    properties = document.add_paragraph(text)._p.get_or_add_pPr()
    properties.append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
    )


def test_list_numbers_are_written_out(read: Read) -> None:
    document = Document()
    add_list(document, [("upperRoman", "%1."), ("decimal", "%2."), ("decimal", "%2.%3."), ("lowerLetter", "%4)")])
    for text, level in [("MỤC ĐÍCH", 0), ("Mục đích", 1), ("Chung", 2), ("Riêng", 2), ("Thi đua", 3), ("Yêu cầu", 1),
                        ("Kịp thời", 2), ("NỘI DUNG", 0), ("Phổ biến", 1)]:  # fmt: skip
        item(document, text, level)
    assert read(document) == [
        "I. MỤC ĐÍCH", "1. Mục đích", "1.1. Chung", "1.2. Riêng", "a) Thi đua", "2. Yêu cầu", "2.1. Kịp thời",
        "II. NỘI DUNG", "1. Phổ biến",
    ]  # fmt: skip


def test_a_list_may_start_anew(read: Read) -> None:
    document = Document()
    add_list(document, [("decimal", "%1.")])
    add_list(document, [], "91", '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>')
    for text, number in [("Một", "90"), ("Hai", "90"), ("Năm", "91"), ("Sáu", "91")]:
        item(document, text, 0, number)
    assert read(document) == ["1. Một", "2. Hai", "5. Năm", "6. Sáu"]


def test_bullets_and_styles_give_labels(read: Read) -> None:
    document = Document()
    add_list(document, [("bullet", "-"), ("bullet", "+")])
    item(document, "Rà soát", 0)
    item(document, "Hồ sơ cũ", 1)
    style = document.styles["Heading 1"].element.get_or_add_pPr()
    style.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="90"/></w:numPr>'))
    document.add_paragraph("Tổng hợp", style="Heading 1")
    assert read(document) == ["- Rà soát", "+ Hồ sơ cũ", "- Tổng hợp"]


@pytest.mark.parametrize(
    ("value", "form", "said"),
    [(4, "upperRoman", "IV"), (9, "lowerRoman", "ix"), (4, "lowerLetter", "d"), (28, "upperLetter", "BB"),
     (7, "decimalZero", "07"), (12, "decimal", "12"), (3, "none", "")],
)  # fmt: skip
def test_number_formats(value: int, form: str, said: str) -> None:
    assert written(value, form) == said


def letterhead(document: Doc) -> None:
    table = document.add_table(2, 2)
    table.cell(0, 0).text = "ỦY BAN NHÂN DÂN\nHUYỆN YÊN MINH"
    table.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    table.cell(1, 0).text = "Số: 45/KH-UBND"
    table.cell(1, 1).text = "Yên Minh, ngày 03 tháng 5 năm 2024"


def test_letterhead_and_signature_are_lines(read: Read) -> None:
    document = Document()
    letterhead(document)
    document.add_paragraph("KẾ HOẠCH")
    document.add_paragraph("Rà soát hồ sơ")
    closing = document.add_table(1, 2)
    closing.cell(0, 0).text = "Nơi nhận:\n- Như trên;\n- Lưu: VT."
    closing.cell(0, 1).text = "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\n\nGiàng A Páo"
    assert read(document) == [
        "ỦY BAN NHÂN DÂN", "HUYỆN YÊN MINH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        "Số: 45/KH-UBND", "Yên Minh, ngày 03 tháng 5 năm 2024", "KẾ HOẠCH", "Rà soát hồ sơ",
        "Nơi nhận:", "- Như trên;", "- Lưu: VT.", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Giàng A Páo",
    ]  # fmt: skip


def test_letterhead_set_with_tabs(read: Read) -> None:
    document = Document()
    document.add_paragraph("ỦY BAN NHÂN DÂN\t\t\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    document.add_paragraph("Số: 45/KH-UBND\t\t\tYên Minh, ngày 03 tháng 5 năm 2024")
    assert read(document)[:2] == ["ỦY BAN NHÂN DÂN", "Số: 45/KH-UBND"]


def test_title_over_several_centred_paragraphs_is_one(read: Read) -> None:
    document = Document()
    for text in ("KẾ HOẠCH", "Rà soát hồ sơ tồn đọng trên địa bàn huyện", "Giai đoạn 2024 - 2025"):
        paragraph = document.add_paragraph()
        paragraph.add_run(text).bold = True
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("Căn cứ Luật Việc làm;")
    assert read(document) == [
        "KẾ HOẠCH",
        "Rà soát hồ sơ tồn đọng trên địa bàn huyện Giai đoạn 2024 - 2025",
        "Căn cứ Luật Việc làm;",
    ]


def test_real_table_keeps_its_cells_and_merges(tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(4, 4, style="Table Grid")
    table.cell(0, 0).merge(table.cell(1, 0)).text = "TT"
    table.cell(0, 1).merge(table.cell(1, 1)).text = "Chỉ tiêu"
    table.cell(0, 2).merge(table.cell(0, 3)).text = "Kế hoạch"
    for row, texts in {
        1: ["", "", "2024", "2025"],
        2: ["1", "Lớp nghề", "3", "4"],
        3: ["2", "Học viên", "90", "120"],
    }.items():
        for column, text in enumerate(texts):
            if text:
                table.cell(row, column).text = text
    (found,) = [b for b in blocks(document, tmp_path) if isinstance(b, Table)]
    assert found.rows[0] == ["TT", "Chỉ tiêu", "Kế hoạch", ""] and found.rows[1] == ["", "", "2024", "2025"]
    text = normalise(extract(tmp_path / "a.docx"))
    assert text.tables[0].header == ["TT", "Chỉ tiêu", "Kế hoạch 2024", "Kế hoạch 2025"]
    assert text.tables[0].rows == [["1", "Lớp nghề", "3", "4"], ["2", "Học viên", "90", "120"]]
    assert "2 | Học viên | 90 | 120" in text.text.split("\n")


def test_nested_table_is_read_into_its_cell(tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(2, 2, style="Table Grid")
    table.cell(0, 0).text, table.cell(0, 1).text, table.cell(1, 0).text = "TT", "Nội dung", "1"
    inner = table.cell(1, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "Trong", "ô"
    (found,) = [b for b in blocks(document, tmp_path) if isinstance(b, Table)]
    assert found.rows[1] == ["1", "Trong ô"]


def test_revisions_fields_and_hidden_text(read: Read) -> None:
    document = Document()
    document.element.body.insert(
        0,
        parse_xml(
            f"<w:p {nsdecls('w')}><w:r><w:t xml:space='preserve'>Kinh phí </w:t></w:r>"
            "<w:del><w:r><w:delText>100 </w:delText></w:r></w:del><w:ins><w:r><w:t>200 </w:t></w:r></w:ins>"
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>giấu</w:t></w:r>"
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>"
            "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>triệu</w:t></w:r>"
            "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
            "<w:hyperlink><w:r><w:tab/><w:t>đồng</w:t></w:r></w:hyperlink></w:p>"
        ),
    )
    assert read(document) == ["Kinh phí 200 triệu đồng"]


def test_text_box_is_read_once(read: Read) -> None:
    document = Document()
    box = "<w:txbxContent><w:p><w:r><w:t>Dự thảo lần 2</w:t></w:r></w:p></w:txbxContent>"
    document.element.body.insert(
        0,
        parse_xml(
            f"<w:p {nsdecls('w')} xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'"
            " xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape'>"
            "<w:r><mc:AlternateContent>"
            f"<mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        ),
    )
    assert read(document) == ["Dự thảo lần 2"]


def test_line_breaks_part_a_title_but_not_a_sentence(read: Read) -> None:
    document = Document()
    document.add_paragraph("KẾ HOẠCH\nRà soát hồ sơ tồn đọng\ntrên địa bàn huyện")
    document.add_paragraph("Căn cứ Luật Việc làm và\ncác văn bản hướng dẫn thi hành;")
    assert read(document) == [
        "KẾ HOẠCH",
        "Rà soát hồ sơ tồn đọng trên địa bàn huyện",
        "Căn cứ Luật Việc làm và các văn bản hướng dẫn thi hành;",
    ]


def test_bold_italic_and_centred_reach_the_paragraphs(tmp_path: Path) -> None:
    document = Document()
    document.styles["Heading 1"].font.bold = True
    document.add_paragraph("I. MỤC ĐÍCH", style="Heading 1")
    mixed = document.add_paragraph()
    mixed.add_run("1. Mục đích:").bold = True
    mixed.add_run(" nâng cao nhận thức.")
    slanted = document.add_paragraph()
    slanted.add_run("Căn cứ Luật Việc làm;").italic = True
    slanted.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.save(str(tmp_path / "a.docx"))
    found = normalise(extract(tmp_path / "a.docx")).paragraphs
    assert [p.bold for p in found] == [True, False, False]
    assert [p.italic for p in found] == [False, False, True]
    assert [p.centred for p in found] == [False, False, True]


def test_headers_and_footers_stay_out(read: Read) -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Trang 1"
    document.add_paragraph("Nội dung.")
    assert read(document) == ["Nội dung."]


def test_footnotes_stand_at_the_end(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("Đạt 40% kế hoạch")
    mark = parse_xml(f'<w:r {nsdecls("w")}><w:footnoteReference w:id="2"/></w:r>')
    paragraph._p.append(mark)
    paragraph.add_run(" năm 2024.")
    document.save(str(tmp_path / "a.docx"))
    words = "<w:p><w:r><w:t>Số liệu sơ bộ.</w:t></w:r></w:p>"
    notes = f"<w:footnotes {nsdecls('w')}><w:footnote w:id='2'>{words}</w:footnote></w:footnotes>"
    with zipfile.ZipFile(tmp_path / "a.docx", "a") as archive:
        archive.writestr("word/footnotes.xml", notes)
    assert normalise(extract(tmp_path / "a.docx")).text.split("\n") == [
        "Đạt 40% kế hoạch năm 2024.",
        "[1] Số liệu sơ bộ.",
    ]


def test_content_controls_are_read_through(read: Read) -> None:
    document = Document()
    control = (
        f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>Trong khung.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    document.element.body.insert(0, parse_xml(control))
    assert document.element.body[0].tag == qn("w:sdt")
    assert read(document) == ["Trong khung."]
