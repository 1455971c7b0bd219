"""OpenDocument texts and spreadsheets (ISO/IEC 26300): ODT and ODS."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from pipeline.errors import Code, ReadError
from pipeline.extract import grid, sheet
from pipeline.extract.grid import GridCell
from pipeline.extract.numbering import Level, ListForm, Numbering
from pipeline.extract.odf_styles import OFFICE, STYLE, TEXT, Styles
from pipeline.extract.ooxml import open_package
from pipeline.extract.prose import Run, lines, reading
from pipeline.extract.reading import Reading
from pipeline.model import Line, Table

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
_LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"

_FORMATS = {"I": "upperRoman", "i": "lowerRoman", "A": "upperLetter", "a": "lowerLetter", "": "none", None: "none"}
_SKIPPED = {f"{TEXT}tracked-changes", f"{OFFICE}annotation", f"{TEXT}hidden-text", f"{OFFICE}forms",
            f"{TEXT}sequence-decls", f"{TEXT}variable-decls"}  # fmt: skip
_WHITE = re.compile(r"[ \t\r\n]+")
_PLACE = re.compile(r"%(\d)%")
_MOST_SPACES = 200


def read(path: Path) -> Reading:
    """The text or the sheets of an OpenDocument file."""
    with open_package(path) as package:
        manifest = package.xml("META-INF/manifest.xml")
        if manifest is not None and next(manifest.iter(f"{_MANIFEST}encryption-data"), None) is not None:
            raise ReadError(
                Code.ENCRYPTED,
                "Tệp OpenDocument được đặt mật khẩu.",
                "Hãy mở tệp bằng mật khẩu, lưu bản không đặt mật khẩu rồi thử lại.",
            )
        content = package.xml("content.xml")
        styles = package.xml("styles.xml")
    body = content.find(f"{OFFICE}body") if content is not None else None
    if body is None or not len(body):
        raise ReadError(
            Code.DAMAGED, "Tệp OpenDocument không có phần nội dung đọc được.", "Hãy mở ra, lưu lại rồi thử lại."
        )
    reader = _Reader(Styles([root for root in (styles, content) if root is not None]))
    root = body[-1]
    if root.tag == f"{OFFICE}spreadsheet":
        tables = root.iterchildren(f"{TABLE}table")
        return sheet.reading(_sheet(t) for t in tables if not reader.styles.is_hidden(t.get(f"{TABLE}style-name")))
    blocks = list(reader.blocks(root))
    return reading([*blocks, *reader.notes], "Tệp OpenDocument")


class _Reader:
    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.notes: list[Line] = []
        self._numbering = Numbering(None)
        self._lists: dict[str, str] = {}  # by xml:id and by style, the latest list
        self._made = 0

    def blocks(self, parent: Any) -> Iterator[Line | Table]:
        """The paragraphs and tables of a body, section, cell or text box."""
        for child in parent.iterchildren():
            if not isinstance(child.tag, str) or child.tag in _SKIPPED:
                continue
            if child.tag in (f"{TEXT}p", f"{TEXT}h"):
                yield from self._paragraph(child)
            elif child.tag == f"{TEXT}list":
                yield from self._list(child)
            elif child.tag == f"{TABLE}table":
                yield from self._table(child)
            else:  # sections, indexes, frames
                yield from self.blocks(child)

    # ------------------------------------------------------------------ paragraphs

    def _paragraph(self, p: Any, label: str = "") -> Iterator[Line | Table]:
        look = self.styles.of_paragraph(p.get(f"{TEXT}style-name"))
        boxes: list[Any] = []
        runs = list(self._runs(p, look, boxes))
        yield from lines(runs, look.centred, label)
        for box in boxes:
            yield from self.blocks(box)

    def _runs(self, parent: Any, look: Any, boxes: list[Any]) -> Iterator[Run]:
        def run(words: str | None) -> Run:
            return Run(_WHITE.sub(" ", words or ""), look.bold, look.italic, look.font)

        yield run(parent.text)
        for child in parent.iterchildren():
            if not isinstance(child.tag, str) or child.tag in _SKIPPED:
                pass
            elif child.tag == f"{TEXT}s":
                count = child.get(f"{TEXT}c", "1")
                yield Run(" " * min(int(count) if count.isdecimal() else 1, _MOST_SPACES), look.bold, look.italic)
            elif child.tag == f"{TEXT}tab":
                yield Run("\t")
            elif child.tag == f"{TEXT}line-break":
                yield Run("\n")
            elif child.tag == f"{TEXT}note":
                self._note(child)
            elif child.tag.startswith(DRAW):
                boxes += _outermost(child, f"{DRAW}text-box")
            else:
                inner = self.styles.of_text(child.get(f"{TEXT}style-name"), look)
                yield from self._runs(child, inner, boxes)
            yield run(child.tail)

    def _note(self, note: Any) -> None:
        body = note.find(f"{TEXT}note-body")
        if body is not None:
            text = " ".join(grid.texts(self.blocks(body)))
            self.notes.append(Line(f"[{len(self.notes) + 1}] {text}", whole=True))

    # ------------------------------------------------------------------ lists

    def _list(self, element: Any, outer: str | None = None, level: int = 0) -> Iterator[Line | Table]:
        number = outer or self._identity(element)
        for item in element.iterchildren(f"{TEXT}list-item", f"{TEXT}list-header"):
            start = item.get(f"{TEXT}start-value")
            if start and start.isdecimal():
                self._numbering.start_at(number, level, int(start))
            numbered = item.tag == f"{TEXT}list-item"
            for child in item.iterchildren():
                if child.tag == f"{TEXT}list":
                    yield from self._list(child, number, level + 1)
                elif child.tag in (f"{TEXT}p", f"{TEXT}h"):
                    label = self._numbering.label(number, level) if numbered else ""
                    numbered = False
                    yield from self._paragraph(child, label)
                elif child.tag == f"{TABLE}table":
                    yield from self._table(child)

    def _identity(self, element: Any) -> str:
        """The list that an element goes on with, or a new one."""
        style = element.get(f"{TEXT}style-name", "")
        earlier = element.get(f"{TEXT}continue-list")
        if element.get(f"{TEXT}continue-numbering") == "true":
            earlier = earlier or f"style {style}"
        number = self._lists.get(earlier or "")
        if number is None:
            self._made += 1
            number = str(self._made)
            self._numbering.add(number, ListForm(number, _levels(self.styles.lists.get(style))))
        for key in (element.get("{http://www.w3.org/XML/1998/namespace}id", ""), f"style {style}"):
            if key:
                self._lists[key] = number
        return number

    # ------------------------------------------------------------------ tables

    def _table(self, table: Any) -> Iterator[Line | Table]:
        rows = list(_rows(table))
        repeated = sum(row.getparent().tag == f"{TABLE}table-header-rows" for row in rows)
        cells = [list(self._cells(row)) for row in rows]
        borders: set[str] = set()
        for cell in table.iter(f"{TABLE}table-cell"):
            borders |= self.styles.borders(cell.get(f"{TABLE}style-name"))
        ruled = bool(borders & {"top", "bottom"}) and bool(borders & {"left", "right"})
        yield from grid.table(cells, ruled, repeated)

    def _cells(self, row: Any) -> Iterator[GridCell]:
        covered = 0  # cells of this row under the one before
        for cell in row.iterchildren(f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
            if cell.tag == f"{TABLE}covered-table-cell":
                for _ in range(_count(cell, "number-columns-repeated")):
                    if covered:
                        covered -= 1
                    else:
                        yield GridCell(merged=True, continues=True)
            else:
                covered = _count(cell, "number-columns-spanned") - 1
                down = _count(cell, "number-rows-spanned")
                yield GridCell(list(self.blocks(cell)), covered + 1, down > 1)


def _outermost(parent: Any, tag: str) -> Iterator[Any]:
    """The elements of a name in another, but for those within one of them."""
    for child in parent.iterchildren(tag=etree.Element):
        if child.tag == tag:
            yield child
        else:
            yield from _outermost(child, tag)


def _rows(table: Any) -> Iterator[Any]:
    for child in table.iterchildren():
        if child.tag == f"{TABLE}table-row":
            yield child
        elif child.tag in (f"{TABLE}table-header-rows", f"{TABLE}table-rows", f"{TABLE}table-row-group"):
            yield from _rows(child)


def _count(element: Any, name: str, most: int = grid.MAX_SPAN) -> int:
    value = element.get(f"{TABLE}{name}", "1")
    return max(1, min(int(value), most)) if value.isdecimal() and len(value) < 9 else 1


def _levels(style: Any | None) -> dict[int, Level]:
    """The levels of a list style."""
    levels: dict[int, Level] = {}
    for element in style.iterchildren() if style is not None else ():
        depth = element.get(f"{TEXT}level", "")
        if not depth.isdecimal():
            continue
        alignment = element.find(f".//{STYLE}list-level-label-alignment")
        nothing = alignment is not None and alignment.get(f"{TEXT}label-followed-by") == "nothing"
        level = int(depth)
        if element.tag == f"{TEXT}list-level-style-bullet":
            text, form = element.get(f"{TEXT}bullet-char", "-"), "bullet"
        else:
            form = _FORMATS.get(element.get(f"{STYLE}num-format"), "decimal")
            text = _written(element, level, form)
        start = element.get(f"{TEXT}start-value", "1")
        levels[level - 1] = Level(
            form, text, int(start) if start.isdecimal() else 1, "nothing" if nothing else "tab", restart=None
        )
    return levels


def _written(element: Any, level: int, form: str) -> str:
    """What stands at an item: ``%1.`` for ``1.``; LibreOffice writes it out, others give its pieces."""
    whole = element.get(f"{_LOEXT}num-list-format")
    if whole is not None:
        return _PLACE.sub(r"%\1", whole)
    shown = element.get(f"{TEXT}display-levels", "1")
    first = level - (int(shown) if shown.isdecimal() else 1) + 1
    places = ".".join(f"%{i}" for i in range(max(first, 1), level + 1)) if form != "none" else ""
    return f"{element.get(f'{STYLE}num-prefix', '')}{places}{element.get(f'{STYLE}num-suffix', '')}"


# --------------------------------------------------------------------------- spreadsheets


def _sheet(table: Any) -> sheet.Sheet:
    """One sheet of a spreadsheet; hidden rows and columns count as shown, since sums speak of them."""
    found = sheet.Sheet(table.get(f"{TABLE}name", ""))
    at = 0
    for row in _rows(table):
        times = _count(row, "number-rows-repeated", 1_048_576)
        column = 0
        cells = row.iterchildren(f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
        for cell in cells:
            text = _shown(cell)
            width = _count(cell, "number-columns-repeated", 16_384)
            if text and cell.tag == f"{TABLE}table-cell":
                for i in range(min(times, 100)):
                    for j in range(min(width, 100)):
                        found.put(at + i, column + j, text)
                right, down = _count(cell, "number-columns-spanned"), _count(cell, "number-rows-spanned", 1000)
                if right > 1 or down > 1:
                    found.merged.append((at, column, at + down - 1, column + right - 1))
            column += width
        at += times
    return found


def _shown(cell: Any) -> str:
    """What a cell shows, numbers in the Vietnamese way whatever the office program's language."""
    text = "\n".join("".join(p.itertext()) for p in cell.iterchildren(f"{TEXT}p")).strip()
    value = cell.get(f"{OFFICE}value")
    if cell.get(f"{OFFICE}value-type") in ("float", "percentage", "currency") and value:
        return sheet.vietnamese(text, float(value) * (100 if text.endswith("%") else 1))
    day = cell.get(f"{OFFICE}date-value", "")
    if re.fullmatch(r"\d{4}-\d\d-\d\d(?:T00:00:00)?", day):
        return f"{day[8:10]}/{day[5:7]}/{day[:4]}"
    return text
