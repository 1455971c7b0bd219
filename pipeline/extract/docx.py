"""Word documents: paragraphs with their list numbers, letterhead tables as lines, other tables as tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.errors import Code, ReadError
from pipeline.extract import grid
from pipeline.extract.grid import GridCell
from pipeline.extract.numbering import Numbering
from pipeline.extract.ooxml import MC, M, W, open_package
from pipeline.extract.prose import Run, lines, reading
from pipeline.extract.reading import Reading
from pipeline.extract.styles import Properties, Styles, is_hidden, properties, styles_in
from pipeline.model import Line, Table

_INSIDE = {f"{W}{name}" for name in ("hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple",
                                     "customXml", "dir", "bdo")} | {f"{M}oMath", f"{M}oMathPara", f"{M}r"}  # fmt: skip
_PARAGRAPH, _TABLE, _RUN, _TEXT, _BREAK, _SYMBOL = (f"{W}{name}" for name in ("p", "tbl", "r", "t", "br", "sym"))
_FORMULA, _ALTERNATE = f"{M}t", f"{MC}AlternateContent"
_NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
_TEXT_BOX = f"{W}txbxContent"
_LETTERS = {
    f"{W}tab": "\t",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}ptab": "\t",
}


def read(path: Path) -> Reading:
    """The body of a Word document: no headers and footers, revisions as accepted, notes at the end."""
    with open_package(path) as package:
        main = package.main_part()
        root = package.xml(main)
        body = root.find(f"{W}body") if root is not None else None
        if body is None:
            raise ReadError(
                Code.DAMAGED,
                "Tệp Word bị hỏng: không có phần nội dung.",
                "Hãy mở bằng Word, lưu lại rồi thử lại.",
            )
        folder = PurePosixPath(main).parent
        styles = styles_in(package.content(str(folder / "styles.xml")))
        numbering = Numbering(package.xml(str(folder / "numbering.xml")))
        reader = _Reader(styles, numbering)
        blocks = list(reader.blocks(body))
        for kind in ("footnote", "endnote"):
            blocks += reader.notes(package.xml(str(folder / f"{kind}s.xml")), kind)
    return reading(blocks, "Tệp Word")


class _Reader:
    """What reading a paragraph needs to know of the document, and the notes it met."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.styles = styles
        self.numbering = numbering
        self.met: dict[str, list[str]] = {"footnote": [], "endnote": []}

    def blocks(self, parent: Any) -> Iterator[Line | Table]:
        """The paragraphs and tables of a body, cell, text box or note."""
        for child in parent.iterchildren():
            tag = child.tag
            if tag == _PARAGRAPH:
                yield from self.paragraph(child)
            elif tag == _TABLE:
                yield from self.table(child)
            elif tag == _ALTERNATE:
                yield from self.blocks(_chosen(child))
            elif tag in _INSIDE:
                yield from self.blocks(child)

    # ------------------------------------------------------------------ paragraphs

    def paragraph(self, p: Any) -> Iterator[Line | Table]:
        """A paragraph's lines, then its text boxes."""
        own = properties(p, "pPr")
        label = self._label(own)
        style = self.styles.of_paragraph(own)
        runs = []
        for words, said in self._runs(p):
            look = self.styles.of_run(said, style)
            runs.append(Run(words, look.bold, look.italic, look.font))
        yield from lines(runs, style.centred, label)
        if next(p.iter(_TEXT_BOX), None) is not None:
            for box in _text_boxes(p):
                yield from self.blocks(box)

    def _label(self, own: Properties) -> str:
        listed = self.styles.list_of(own)
        return self.numbering.label(*listed) if listed else ""

    def _runs(self, parent: Any) -> Iterator[tuple[str, Properties]]:
        """The words of each run, with what it says of itself."""
        for child in parent.iterchildren():
            tag = child.tag
            if tag == _RUN:
                own = properties(child, "rPr")
                if not is_hidden(own):
                    yield self._words(child), own
            elif tag == _FORMULA:
                yield child.text or "", properties(parent, "rPr")
            elif tag in _INSIDE:
                yield from self._runs(child)
            elif tag == _ALTERNATE:
                yield from self._runs(_chosen(child))

    def _words(self, run: Any) -> str:
        words = []
        for child in run.iterchildren():
            tag = child.tag
            if tag == _TEXT:
                words.append(child.text or "")
            elif tag == _BREAK:
                words.append("\n" if child.get(f"{W}type") in (None, "textWrapping") else " ")
            elif tag == _SYMBOL:
                words.append(_symbol(child))
            elif tag in _LETTERS:
                words.append(_LETTERS[tag])
            elif tag in _NOTES:
                self.met[_NOTES[tag]].append(child.get(f"{W}id", ""))
        return "".join(words)

    def notes(self, root: Any | None, kind: str) -> list[Line | Table]:
        """The notes that the text refers to, in its order: ``[1] words of the note``."""
        found = {n.get(f"{W}id"): n for n in root.iterchildren(f"{W}{kind}")} if root is not None else {}
        blocks: list[Line | Table] = []
        for number, identity in enumerate(dict.fromkeys(self.met[kind]), 1):
            if identity in found:
                text = " ".join(grid.texts(self.blocks(found[identity])))
                blocks.append(Line(f"[{number}] {text}", whole=True))
        return blocks

    # ------------------------------------------------------------------ tables

    def table(self, tbl: Any) -> Iterator[Line | Table]:
        """A table, or the lines of a form that it lays out."""
        rows = list(_within(tbl, f"{W}tr"))
        cells = [[self._cell(cell) for cell in _within(row, f"{W}tc")] for row in rows]
        yield from grid.table(cells, self.styles.is_ruled(tbl), _repeated(rows))

    def _cell(self, cell: Any) -> GridCell:
        own = properties(cell, "tcPr")
        merge = own.get(f"{W}vMerge")
        continues = merge is not None and merge.get(f"{W}val", "continue") == "continue"
        return GridCell(list(self.blocks(cell)), _span(own.get(f"{W}gridSpan")), merge is not None, continues)


def _chosen(alternate: Any) -> Any:
    """The one of several forms of the same content that is read."""
    for name in ("Choice", "Fallback"):
        if (form := alternate.find(f"{MC}{name}")) is not None:
            return form
    return alternate


def _text_boxes(element: Any) -> Iterator[Any]:
    """The contents of the text boxes that hang on a paragraph, each once."""
    for child in element.iterchildren():
        if child.tag == _TEXT_BOX:
            yield child
        elif child.tag == _ALTERNATE:
            yield from _text_boxes(_chosen(child))
        elif len(child):
            yield from _text_boxes(child)


def _symbol(sym: Any) -> str:
    code = sym.get(f"{W}char", "")
    try:
        return chr(int(code, 16))
    except ValueError:
        return ""


def _within(parent: Any, tag: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, also where content controls wrap them."""
    for child in parent.iterchildren():
        if child.tag == tag:
            yield child
        elif child.tag in _INSIDE:
            yield from _within(child, tag)


def _span(span: Any | None) -> int:
    value = span.get(f"{W}val", "") if span is not None else ""
    return max(1, min(int(value), grid.MAX_SPAN)) if value.isdigit() else 1


def _repeated(rows: list[Any]) -> int:
    """How many rows at the top repeat on every page: the header, as its author marked it."""
    count = 0
    for row in rows:
        if row.find(f"{W}trPr/{W}tblHeader") is None:
            break
        count += 1
    return count
