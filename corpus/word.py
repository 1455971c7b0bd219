"""Samples as Word files in the form of Nghị định 30/2020/NĐ-CP (Party: Hướng dẫn 36-HD/VPTW)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from corpus.plain import address_lines, block_text, number_line, place_line
from corpus.source import Block, Grid, Sample

FONT = "Times New Roman"
ITALIC = ("basis", "note", "unit")
EPOCH = (2024, 1, 1, 0, 0, 0)
# Levels of the automatic numbering: what a typed label looks like, Word's number format, and its text.
LEVELS = [
    (r"[IVX]+", "upperRoman", "%1."),
    (r"\d+", "decimal", "%2."),
    (r"\d+\.\d+", "decimal", "%2.%3."),
    (r"[a-e]", "lowerLetter", "%4)"),
    (r"-", "bullet", "-"),
]


def word_file(sample: Sample) -> bytes:
    """The document as the bytes of a .docx, the same every time."""
    return _same_bytes(_Word(sample).build())


class _Word:
    """One Word document in the making."""

    def __init__(self, sample: Sample) -> None:
        self.sample = sample
        self.head = sample.head
        self.doc: Any = Document()
        self.numbered = bool(sample.head.get("numbering"))
        self.list_number = 1

    def build(self) -> bytes:
        self._page()
        if self.numbered:
            self._numbering()
        self._letterhead()
        self._title()
        closed = False
        for block in self.sample.blocks:
            if isinstance(block, Grid):
                self._grid(block)
            elif block.kind == "close":
                closed = True
                self._closing()
                self._annex()
            else:
                self._block(block)
        if not closed:
            self._closing()
        props = self.doc.core_properties
        props.author = props.last_modified_by = "Văn thư"
        props.title = self.sample.title.text[:250]
        props.created = props.modified = datetime(*EPOCH[:3])
        buffer = io.BytesIO()
        self.doc.save(buffer)
        return buffer.getvalue()

    def _page(self) -> None:
        section = self.doc.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin = section.bottom_margin = Mm(20)
        section.left_margin, section.right_margin = Mm(30), Mm(15 if self.head.get("party") else 20)
        section.different_first_page_header_footer = True
        header = section.header.paragraphs[0]
        header.alignment = ALIGN.CENTER
        field = f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>'
        header._p.append(parse_xml(field))
        style = self.doc.styles["Normal"]
        style.font.name, style.font.size = FONT, Pt(14)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
        style.paragraph_format.space_after = Pt(6)
        style.paragraph_format.line_spacing = 1.1

    def _numbering(self) -> None:
        """Define the automatic numbers: ``style`` hangs them on paragraph styles, ``direct`` on each paragraph."""
        levels = "".join(
            f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
            f'<w:suff w:val="space"/><w:lvlText w:val="{text}"/></w:lvl>'
            for i, (_, kind, text) in enumerate(LEVELS)
        )
        numbering = self.doc.part.numbering_part.element
        for child in list(numbering):
            numbering.remove(child)
        xml = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="1"><w:multiLevelType w:val="multilevel"/>{levels}'
        numbering.append(parse_xml(xml + "</w:abstractNum>"))
        numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="1"><w:abstractNumId w:val="1"/></w:num>'))
        if self.head["numbering"] == "style":
            for i in range(len(LEVELS)):
                style = self.doc.styles.add_style(f"De muc {i + 1}", 1)
                style.base_style = self.doc.styles["Normal"]
                style.element.get_or_add_pPr().append(_num_pr(i))

    def _restart(self) -> None:
        """Let the automatic numbers begin anew under a heading with a typed label."""
        self.list_number += 1
        starts = "".join(
            f'<w:lvlOverride w:ilvl="{i}"><w:startOverride w:val="1"/></w:lvlOverride>' for i in range(len(LEVELS))
        )
        xml = f'<w:num {nsdecls("w")} w:numId="{self.list_number}"><w:abstractNumId w:val="1"/>{starts}</w:num>'
        self.doc.part.numbering_part.element.append(parse_xml(xml))

    def _letterhead(self) -> None:
        table = self._plain_table((70, 100))
        left, right = table.rows[0].cells
        if self.head.get("superior"):
            self._line(left, self.head["superior"], size=13)
        for name in self.head["letterhead"]:
            self._line(left, name, bold=True, size=13)
        if not self.head.get("party"):
            self._line(left, "_______", size=8)
        self._line(left, number_line(self.sample), size=13)
        if not self.head.get("type_line"):
            self._line(left, f"V/v {self.sample.title.text}", size=12)
        if self.head.get("draft"):
            self._line(left, "(DỰ THẢO)", size=12)
        if self.head.get("party"):
            self._line(right, "ĐẢNG CỘNG SẢN VIỆT NAM", bold=True, size=15)
        else:
            self._line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, size=12)
            self._line(right, "Độc lập - Tự do - Hạnh phúc", bold=True, size=13)
            self._line(right, "_____________________", size=8)
        self._line(right, place_line(self.sample), italic=True, size=13)

    def _title(self) -> None:
        self.doc.add_paragraph()
        if self.head.get("type_line"):
            self._centred(self.head["type_line"])
            self._centred(self.sample.title.text)
            self._centred("-----" if self.head.get("party") else "_________", bold=False)
        for line in address_lines(self.sample):
            self.doc.add_paragraph().add_run(line)

    def _block(self, block: Block) -> None:
        if block.kind == "centre":
            self._centred(block.words.text)
        elif block.kind == "heading" and (block.label or "").upper().startswith("PHỤ LỤC"):
            self._centred(block.words.text.partition(": ")[0])
            self._centred(block.words.text.partition(": ")[2])
        elif block.kind == "heading":
            self._heading(block)
        else:
            bullet = block.kind == "bullet" and self.head.get("numbering") == "style"
            paragraph = self._numbered(4) if bullet else self._paragraph()
            run = paragraph.add_run(block.words.text if bullet else block_text(block))
            run.italic = block.kind in ITALIC
            paragraph.alignment = {"note": ALIGN.CENTER, "unit": ALIGN.RIGHT}.get(block.kind, ALIGN.JUSTIFY)

    def _heading(self, block: Block) -> None:
        """A heading, its typed label or the automatic number that makes it; run-in text after it is not bold."""
        level = next((i for i, (form, _, _) in enumerate(LEVELS) if re.fullmatch(form, block.label or "")), None)
        text = block.words.text
        if self.numbered and level is not None:
            paragraph = self._numbered(level)
            text = text.removeprefix(block.label or "").lstrip(".)-/ ")
        else:
            paragraph = self._paragraph()
            if self.head.get("numbering") == "direct" and block.label:
                self._restart()
        place = text.find(block.heading) if block.heading else -1
        end = place + len(block.heading) if place >= 0 else len(block.label or "") + 1
        paragraph.add_run(text[:end]).bold = True
        paragraph.add_run(text[end:])
        paragraph.paragraph_format.keep_with_next = end >= len(text)

    def _numbered(self, level: int) -> Any:
        if self.head["numbering"] == "style":
            paragraph = self.doc.add_paragraph(style=f"De muc {level + 1}")
        else:
            paragraph = self.doc.add_paragraph()
            paragraph._p.get_or_add_pPr().append(_num_pr(level, self.list_number))
        paragraph.alignment = ALIGN.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Mm(10)
        return paragraph

    def _grid(self, grid: Grid) -> None:
        """A ruled table; its header rows repeat on every page."""
        columns = len(grid.rows[0])
        table = self.doc.add_table(rows=len(grid.rows), cols=columns)
        table.style = "Table Grid"
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        _set_widths(table, grid.widths)
        for r, row in enumerate(grid.rows):
            for c, words in enumerate(row):
                cell = table.cell(r, c)
                if words.text == "<":
                    table.cell(r, c - 1).merge(cell)
                elif words.text == "^":
                    table.cell(r - 1, c).merge(cell)
                else:
                    paragraph = cell.paragraphs[0]
                    run = paragraph.add_run(words.text)
                    run.font.size, run.bold = Pt(12), r < grid.header
                    if r < grid.header or re.fullmatch(r"[\d.,%IVX]*", words.text):
                        paragraph.alignment = ALIGN.CENTER
            if r < grid.header:
                table.rows[r]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
        _drop_empty_paragraphs(table)
        self.doc.add_paragraph()

    def _closing(self) -> None:
        table = self._plain_table((80, 80))
        table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
        left, right = table.rows[0].cells
        self._line(left, "Nơi nhận:", bold=True, italic=True, size=12, align=ALIGN.LEFT)
        for line in self.head["recipients"]:
            self._line(left, f"- {line}", size=11, align=ALIGN.LEFT)
        signer = self.head["signer"]
        for key in ("on_behalf_of", "capacity", "position"):
            if signer.get(key):
                self._line(right, signer[key], bold=True)
        for _ in range(3):
            self._line(right, "")
        if signer.get("name"):
            self._line(right, signer["name"], bold=True)

    def _annex(self) -> None:
        """What follows the signature is on a page of its own, lying where the source says so."""
        section = self.doc.add_section()
        if self.head.get("annex") == "landscape":
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = Mm(297), Mm(210)

    def _plain_table(self, widths: tuple[float, float]) -> Any:
        table = self.doc.add_table(rows=1, cols=2)
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        _set_widths(table, widths)
        return table

    def _line(
        self, cell: Any, text: str, bold: bool = False, italic: bool = False, size: int = 14, align: Any = ALIGN.CENTER
    ) -> None:
        first = cell.paragraphs[0]
        paragraph = cell.add_paragraph() if first.runs else first
        run = paragraph.add_run(text)
        run.bold, run.italic, run.font.size = bold, italic, Pt(size)
        paragraph.alignment = align
        paragraph.paragraph_format.space_after = Pt(0)

    def _paragraph(self) -> Any:
        paragraph = self.doc.add_paragraph()
        paragraph.alignment = ALIGN.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Mm(12.7)
        return paragraph

    def _centred(self, text: str, bold: bool = True) -> None:
        paragraph = self.doc.add_paragraph()
        paragraph.alignment = ALIGN.CENTER
        paragraph.add_run(text).bold = bold


def _set_widths(table: Any, widths: Sequence[float]) -> None:
    """Fix the columns' widths, in millimetres; without any, Word shares the page out evenly."""
    if widths:
        table.autofit = False
    for column, width in zip(table.columns, widths, strict=False):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _num_pr(level: int, number: int = 1) -> Any:
    return parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def _drop_empty_paragraphs(table: Any) -> None:
    """Merging leaves the swallowed cells' empty paragraphs behind."""
    for row in table.rows:
        for cell in row.cells:
            for paragraph in cell.paragraphs[1:]:
                if not paragraph.text:
                    paragraph._p.getparent().remove(paragraph._p)


def _same_bytes(content: bytes) -> bytes:
    """Pack the file again with fixed times, so that the same words give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return out.getvalue()
