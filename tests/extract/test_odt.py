"""OpenDocument texts: revisions, comments, notes, text boxes, tables in tables, headers and footers."""

import zipfile
from pathlib import Path

import pytest

from pipeline.extract import extract
from pipeline.extract.grid import texts
from pipeline.model import Line, Table

NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table", "style")
) + (
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:xlink="http://www.w3.org/1999/xlink"'
)


def read(folder: Path, body: str, styles: str = "") -> list[Line | Table]:
    content = f"<office:document-content {NAMES}><office:body><office:text>{body}</office:text></office:body>"
    with zipfile.ZipFile(folder / "a.odt", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", f"{content}</office:document-content>")
        if styles:
            archive.writestr("styles.xml", f"<office:document-styles {NAMES}>{styles}</office:document-styles>")
    return extract(folder / "a.odt").blocks


def box(inner: str) -> str:
    return f"<draw:frame><draw:text-box>{inner}</draw:text-box></draw:frame>"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info>'
            "<dc:creator>A</dc:creator></office:change-info><text:p>100 </text:p></text:deletion></text:changed-region>"
            '<text:changed-region text:id="c2"><text:insertion/></text:changed-region></text:tracked-changes>'
            '<text:p>Kinh phí <text:change text:change-id="c1"/><text:change-start text:change-id="c2"/>200 triệu'
            '<text:change-end text:change-id="c2"/> đồng.</text:p>',
            ["Kinh phí 200 triệu đồng."],
        ),
        (
            "<text:p>Giao Sở<office:annotation><dc:creator>B</dc:creator><text:p>Xem lại.</text:p></office:annotation>"
            " Tài chính<office:annotation-end/>.</text:p>",
            ["Giao Sở Tài chính."],
        ),
        (
            "<text:p>Đạt 40%<text:note><text:note-citation>1</text:note-citation><text:note-body>"
            "<text:p>Số liệu sơ bộ.</text:p></text:note-body></text:note> kế hoạch.</text:p><text:p>Hết.</text:p>",
            ["Đạt 40% kế hoạch.", "Hết.", "[1] Số liệu sơ bộ."],
        ),
        (
            f"<text:p>Ngoài{box('<text:p>Khung' + box('<text:p>Trong khung</text:p>') + '</text:p>')}</text:p>",
            ["Ngoài", "Khung", "Trong khung"],
        ),
        ('<text:section text:name="a"><text:p>Trong phần.</text:p></text:section>', ["Trong phần."]),
        ('<text:p><text:a xlink:href="http://a">Xem</text:a> <text:span>thêm</text:span>.</text:p>', ["Xem thêm."]),
    ],
    ids=["revisions", "comments", "notes", "boxes", "sections", "links"],
)
def test_what_is_read_of_a_text(tmp_path: Path, body: str, said: list[str]) -> None:
    assert list(texts(read(tmp_path, body))) == said


def test_headers_and_footers_stay_out(tmp_path: Path) -> None:
    head = (
        '<office:master-styles><style:master-page style:name="Standard"><style:header><text:p>Trang 1</text:p>'
        "</style:header></style:master-page></office:master-styles>"
    )
    assert list(texts(read(tmp_path, "<text:p>Nội dung.</text:p>", head))) == ["Nội dung."]


def table(rows: list[list[str]]) -> str:
    """A table whose cells hold elements."""
    cells = ["".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in row) for row in rows]
    inner = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    return f"<table:table>{inner}</table:table>"


def words(*cells: str) -> list[str]:
    return [f"<text:p>{cell}</text:p>" for cell in cells]


def test_a_table_in_a_table_is_read_into_its_cell(tmp_path: Path) -> None:
    (number, _, last) = words("1", "", "5")
    inner = table([words("Trong", "ô")])
    (found,) = read(tmp_path, table([words("TT", "Nội dung", "Số"), [number, inner, last], words("2", "B", "6")]))
    assert isinstance(found, Table)
    assert found.rows == [["TT", "Nội dung", "Số"], ["1", "Trong ô", "5"], ["2", "B", "6"]]
