"""A summary as a Word document in the form of Nghị định 30/2020/NĐ-CP, Phụ lục I: a draft to number, date and sign.

A4, margins 20-20-30-15 mm, Times New Roman 13-14; the national name at the right, the issuer at the left, number,
place and date, the type of document and what it is about, the receivers at the left of the signature.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

from pipeline.summary.blocks import Cell, Grid, Heading, Linked, Picture, Said, Summary
from pipeline.summary.charts import WIDTH

_MM = 56.7  # twentieths of a point in a millimetre
_EMU_WIDE = 5_900_000  # the width of a chart, in English metric units; the text is 165 mm wide
_TEXT_WIDE = 9355
_CAPITAL, _DIGIT, _SMALL, _SIGN = 160, 112, 105, 72  # how wide the letters of a table are, in twentieths of a point
_EDGES, _MOST = 230, 2000  # what is left free beside words; a word that is wider is parted
_NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    '<Override PartName="/word/document.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same summary is the same file


def as_docx(made: Summary) -> bytes:
    """The document, as the bytes of a Word file."""
    images: list[bytes] = []
    body = [_letterhead(), _title(made)]
    for block in made.blocks:
        match block:
            case Heading():
                body.append(_paragraph(_run(block.text, bold=True), first=720 if block.level == 2 else 0, keep=True))
            case Said():
                body.append(_paragraph(_run(block.text), align="both", first=720))
            case Grid():
                body.append(_grid(block))
            case Picture():
                if png := block.drawing.png():
                    images.append(png)
                    body.append(_picture(len(images), block))
    body.append(_paragraph(_run("NGUỒN", bold=True), keep=True))
    for i, s in enumerate(made.sources, 1):
        words = _run(f"[{i}] {s.label}: “{s.text[: s.start]}", size=22)
        words += _run(s.text[s.start : s.end], size=22, bold=True) + _run(f"{s.text[s.end :]}”", size=22)
        body.append(_paragraph(_bookmark(i) + words, align="left" if "\n" in s.text else "both"))
    body.append(_closing())
    return _package("".join(body), images)


def _run(text: str, bold: bool = False, italic: bool = False, size: int = 28, link: bool = False) -> str:
    marks = "<w:b/>" * bold + "<w:i/>" * italic + '<w:color w:val="1F5FA8"/>' * link
    lines = escape("".join(c for c in text if c >= " " or c == "\n")).split("\n")
    words = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)
    font = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>'
    return f'<w:r><w:rPr>{font}{marks}<w:sz w:val="{size}"/></w:rPr>{words}</w:r>'


def _paragraph(runs: str, align: str = "left", first: int = 0, keep: bool = False, after: int = 120) -> str:
    kept = "<w:keepNext/>" if keep else ""
    return (
        f'<w:p><w:pPr>{kept}<w:spacing w:after="{after}"/><w:ind w:firstLine="{first}"/><w:jc w:val="{align}"/></w:pPr>'
        f"{runs}</w:p>"
    )


def _bookmark(i: int) -> str:
    return f'<w:bookmarkStart w:id="{i}" w:name="nguon{i}"/><w:bookmarkEnd w:id="{i}"/>'


def _columns(left: Sequence[str], right: Sequence[str], widths: tuple[int, int]) -> str:
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{w}" w:type="dxa"/></w:tcPr>{"".join(ps)}</w:tc>'
        for w, ps in zip(widths, (left, right), strict=True)
    )
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid><w:tr>{cells}</w:tr></w:tbl>"
    )


def _letterhead() -> str:
    def centred(text: str, bold: bool = False, italic: bool = False, size: int = 26) -> str:
        return _paragraph(_run(text, bold, italic, size), "center", after=0)

    left = [centred("TÊN CƠ QUAN CHỦ QUẢN"), centred("TÊN CƠ QUAN BAN HÀNH", bold=True), centred("Số: ...../BC-.....")]
    right = [
        centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, size=24),
        centred("Độc lập - Tự do - Hạnh phúc", bold=True, size=26),
        centred("....., ngày ..... tháng ..... năm .....", italic=True, size=26),
    ]
    return _columns(left, right, (3900, _TEXT_WIDE - 3900))


def _title(made: Summary) -> str:
    return (
        _paragraph("", after=120)
        + _paragraph(_run("BÁO CÁO", bold=True), "center", after=0)
        + _paragraph(_run(made.title, bold=True), "center")
        + (_paragraph(_run(made.subject, italic=True), "center") if made.subject else "")
    )


def _closing() -> str:
    left = [
        _paragraph(_run("Nơi nhận:", bold=True, italic=True, size=24), after=0),
        _paragraph(_run("- .....;", size=22), after=0),
        _paragraph(_run("- Lưu: VT, ......", size=22), after=0),
    ]
    right = [
        _paragraph(_run("QUYỀN HẠN, CHỨC VỤ CỦA NGƯỜI KÝ", bold=True), "center", after=900),
        _paragraph(_run("Họ và tên", bold=True), "center"),
    ]
    return _paragraph("") + _columns(left, right, (4400, _TEXT_WIDE - 4400)) + _paragraph("", after=0)


def _grid(grid: Grid) -> str:
    widths = _widths(grid)
    rows = [_row([_run(h, bold=True, size=22) for h in grid.heads], widths, ["center"] * len(widths), head=True)]
    aligned = ["right" if i in grid.numeric else "left" for i in range(len(widths))]
    rows += [_row([_cell(c) for c in row], widths, aligned) for row in grid.rows]
    edges = "".join(
        f'<w:{e} w:val="single" w:sz="4" w:color="808080"/>'
        for e in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    columns = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{"".join(rows)}</w:tbl>'
        + _paragraph("", after=60)
    )


def _widths(grid: Grid) -> list[int]:
    """Shares of the text's width by how much the columns hold, none narrower than its longest word where that fits."""
    columns = [[head, *(_words(row[i]) for row in grid.rows)] for i, head in enumerate(grid.heads)]
    least = [_EDGES + min(max(map(_widest, cells)), _MOST) for cells in columns]
    weights = [min(max(6, len(cells[0]) // 2, *(len(c) for c in cells[1:])), 45) for cells in columns]
    room = _TEXT_WIDE - sum(least)
    if room < 0:
        return [_TEXT_WIDE * n // sum(least) for n in least]
    return [n + room * w // sum(weights) for n, w in zip(least, weights, strict=True)]


def _widest(words: str) -> int:
    """How wide the widest word is, which may be parted behind a hyphen."""
    return max((sum(map(_wide, word)) for word in words.replace("-", "- ").split()), default=_SMALL)


def _wide(letter: str) -> int:
    if letter.isdigit():
        return _DIGIT
    return _CAPITAL if letter.isupper() else _SMALL if letter.isalpha() else _SIGN


def _words(cell: Cell) -> str:
    return cell.text if isinstance(cell, Linked) else cell


def _cell(cell: Cell) -> str:
    if isinstance(cell, Linked):
        return f'<w:hyperlink w:anchor="nguon{cell.source}">{_run(cell.text, size=22, link=True)}</w:hyperlink>'
    return _run(cell, size=22)


def _row(cells: Sequence[str], widths: Sequence[int], aligned: Sequence[str], head: bool = False) -> str:
    mark = "<w:tblHeader/>" if head else ""
    columns = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{w}" w:type="dxa"/></w:tcPr>{_paragraph(c, a, after=20)}</w:tc>'
        for c, w, a in zip(cells, widths, aligned, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{mark}</w:trPr>{columns}</w:tr>"


def _picture(n: int, picture: Picture) -> str:
    wide, high = _EMU_WIDE, round(_EMU_WIDE * picture.drawing.height / WIDTH)
    title = escape(picture.drawing.title, {'"': "&quot;"})
    return _paragraph(
        f'<w:r><w:drawing><wp:inline><wp:extent cx="{wide}" cy="{high}"/><wp:docPr id="{n}" name="{picture.name}"'
        f' descr="{title}"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{n}" name="{picture.name}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="rId{n}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
        f'<a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>",
        "center",
    )


def _package(body: str, images: Sequence[bytes]) -> bytes:
    top, left, right = round(20 * _MM), round(30 * _MM), round(15 * _MM)
    section = (
        f'<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="{top}" w:bottom="{top}" w:left="{left}"'
        f' w:right="{right}" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
    )
    xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    main = f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/>'
    pictures = "".join(
        f'<Relationship Id="rId{i}" Type="{_RELATIONS}/image" Target="media/{i}.png"/>'
        for i in range(1, len(images) + 1)
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'{xml}<Relationships xmlns="{_PACKAGE}">{main}</Relationships>',
        "word/document.xml": f"{xml}<w:document {_NS}><w:body>{body}{section}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'{xml}<Relationships xmlns="{_PACKAGE}">{pictures}</Relationships>',
        **{f"word/media/{i}.png": png for i, png in enumerate(images, 1)},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
