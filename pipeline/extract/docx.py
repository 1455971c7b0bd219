"""Word documents: paragraphs with their list numbers, letterhead tables as lines, other tables as tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline import layout
from pipeline.errors import Code, ReadError
from pipeline.extract.columns import uncolumn
from pipeline.extract.numbering import Numbering
from pipeline.extract.ooxml import MC, M, W, open_package
from pipeline.extract.reading import Reading
from pipeline.extract.styles import Styles
from pipeline.model import Line, Table

_INSIDE = {f"{W}{name}" for name in ("hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple",
                                     "customXml", "dir", "bdo")} | {f"{M}oMath", f"{M}oMathPara", f"{M}r"}  # fmt: skip
_LETTERS = {
    f"{W}tab": "\t",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}ptab": "\t",
}
_FORM_ROWS, _FORM_COLUMNS = 6, 3  # at most, of a table that is the letterhead or the signature block


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
        styles = Styles(package.beside(main, "styles.xml"))
        numbering = Numbering(package.beside(main, "numbering.xml"))
        reader = _Reader(styles, numbering)
        blocks = _uncolumned(list(reader.blocks(body)))
        for kind in ("footnote", "endnote"):
            blocks += reader.notes(package.beside(main, f"{kind}s.xml"), kind)
    if not any(b.text.strip() if isinstance(b, Line) else any(map(any, b.rows)) for b in blocks):
        raise ReadError(
            Code.NO_TEXT,
            "Tệp Word không có chữ nào (có thể chỉ có ảnh).",
            "Nếu nội dung là ảnh quét, hãy xuất thành PDF và nhận dạng chữ (OCR).",
        )
    return Reading(blocks)


def _uncolumned(blocks: list[Line | Table]) -> list[Line | Table]:
    """Letterheads that tabs set in two columns, the left one before the right."""
    result: list[Line | Table] = []
    lines: list[Line] = []
    for block in blocks:
        if isinstance(block, Line):
            lines.append(block)
        else:
            result += [*uncolumn(lines), block]
            lines = []
    return result + list(uncolumn(lines))


class _Reader:
    """What reading a paragraph needs to know of the document, and the notes it met."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.styles = styles
        self.numbering = numbering
        self.met: dict[str, list[str]] = {"footnote": [], "endnote": []}

    def blocks(self, parent: Any) -> Iterator[Line | Table]:
        """The paragraphs and tables of a body, cell, text box or note."""
        for child in parent.iterchildren():
            if child.tag == f"{W}p":
                yield from self.paragraph(child)
            elif child.tag == f"{W}tbl":
                yield from self.table(child)
            elif child.tag == f"{MC}AlternateContent":
                yield from self.blocks(_chosen(child))
            elif child.tag in _INSIDE:
                yield from self.blocks(child)

    # ------------------------------------------------------------------ paragraphs

    def paragraph(self, p: Any) -> Iterator[Line | Table]:
        """A paragraph's lines: one, or more where it breaks its lines as a letterhead does; then its text boxes."""
        properties = p.find(f"{W}pPr")
        label = self._label(properties)
        runs = list(self._runs(p))
        text = "".join(words for words, _ in runs)
        if text.strip():
            style = self.styles.of_paragraph(properties)
            looks = [self.styles.of_run(r, style) for words, r in runs if words.strip()]
            line = Line(
                "",
                bold=all(look.bold for look in looks),
                italic=all(look.italic for look in looks),
                centred=style.centred,
                whole=True,
            )
            for piece in _pieces(label + text):
                yield replace(line, text=piece)
        for box in _text_boxes(p):
            yield from self.blocks(box)

    def _label(self, properties: Any | None) -> str:
        listed = self.styles.list_of(properties)
        return self.numbering.label(*listed) if listed else ""

    def _runs(self, parent: Any) -> Iterator[tuple[str, Any]]:
        """The words of each run, with the run."""
        for child in parent.iterchildren():
            if child.tag == f"{W}r":
                if not self.styles.is_hidden(child):
                    yield self._words(child), child
            elif child.tag == f"{M}t":
                yield child.text or "", parent
            elif child.tag in _INSIDE:
                yield from self._runs(child)
            elif child.tag == f"{MC}AlternateContent":
                yield from self._runs(_chosen(child))

    def _words(self, run: Any) -> str:
        words = []
        for child in run.iterchildren():
            if child.tag == f"{W}t":
                words.append(child.text or "")
            elif child.tag == f"{W}br":
                words.append("\n" if child.get(f"{W}type") in (None, "textWrapping") else " ")
            elif child.tag == f"{W}sym":
                words.append(_symbol(child))
            elif child.tag in _LETTERS:
                words.append(_LETTERS[child.tag])
            elif child.tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                kind = "footnote" if "foot" in child.tag else "endnote"
                self.met[kind].append(child.get(f"{W}id", ""))
        return "".join(words)

    def notes(self, root: Any | None, kind: str) -> list[Line | Table]:
        """The notes that the text refers to, in its order: ``[1] words of the note``."""
        found = {n.get(f"{W}id"): n for n in root.iterchildren(f"{W}{kind}")} if root is not None else {}
        blocks: list[Line | Table] = []
        for number, identity in enumerate(dict.fromkeys(self.met[kind]), 1):
            if identity in found:
                text = " ".join(_texts(self.blocks(found[identity])))
                blocks.append(Line(f"[{number}] {text}", whole=True))
        return blocks

    # ------------------------------------------------------------------ tables

    def table(self, tbl: Any) -> Iterator[Line | Table]:
        """A table, or its lines in reading order where it only lays out a letterhead or a signature block."""
        rows = [(row, list(_cells(row))) for row in _within(tbl, f"{W}tr")]
        grid = [[list(self.blocks(cell)) for cell in cells] for _, cells in rows]
        columns = max((len(cells) for cells in grid), default=0)
        if columns and _lays_out(grid, columns, self.styles.is_ruled(tbl)):
            for row in grid:
                for cell in row:
                    yield from cell
        elif columns:
            texts = [_spread(cells, blocks) for (_, cells), blocks in zip(rows, grid, strict=True)]
            width = max(len(row) for row in texts)
            header = [row for row, _ in rows]
            yield Table(
                [row + [""] * (width - len(row)) for row in texts],
                header_rows=max(_repeated(header), _merged_down(rows)),
            )


def _chosen(alternate: Any) -> Any:
    """The one of several forms of the same content that is read."""
    for name in ("Choice", "Fallback"):
        if (form := alternate.find(f"{MC}{name}")) is not None:
            return form
    return alternate


def _text_boxes(element: Any) -> Iterator[Any]:
    """The contents of the text boxes that hang on a paragraph, each once."""
    for child in element.iterchildren():
        if child.tag == f"{W}txbxContent":
            yield child
        elif child.tag == f"{MC}AlternateContent":
            yield from _text_boxes(_chosen(child))
        elif len(child):
            yield from _text_boxes(child)


def _symbol(sym: Any) -> str:
    code = sym.get(f"{W}char", "")
    try:
        return chr(int(code, 16))
    except ValueError:
        return ""


def _pieces(text: str) -> Iterator[str]:
    """A paragraph's text cut at those of its line breaks that part paragraphs."""
    piece = ""
    for line in text.split("\n"):
        plain = line.strip()
        if piece.strip() and plain and _parts(piece.strip(), plain):
            yield piece
            piece = line
        else:
            piece = f"{piece} {line}" if piece else line
    if piece.strip():
        yield piece


def _parts(before: str, after: str) -> bool:
    form = any(
        layout.is_a(name, text) for name in ("letterhead", "recipients", "signature") for text in (before, after)
    )
    heading = layout.is_upper(before) and not layout.starts_lower(after)
    return form or heading or layout.opens(after) or (layout.ends_sentence(before) and not layout.starts_lower(after))


def _is_form(text: str) -> bool:
    return any(layout.is_a(name, text) for name in ("letterhead", "recipients", "signature"))


def _texts(blocks: Iterator[Line | Table] | list[Line | Table]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Line):
            yield block.text.strip()
        else:
            yield from (cell for row in block.rows for cell in row if cell)


def _within(parent: Any, tag: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, also where content controls wrap them."""
    for child in parent.iterchildren():
        if child.tag == tag:
            yield child
        elif child.tag in _INSIDE:
            yield from _within(child, tag)


def _cells(row: Any) -> Iterator[Any]:
    return _within(row, f"{W}tc")


def _lays_out(grid: list[list[list[Line | Table]]], columns: int, ruled: bool) -> bool:
    """Whether a table is none to its reader: a frame, a letterhead, a signature block."""
    if columns == 1:
        return True
    if columns > _FORM_COLUMNS or len(grid) > _FORM_ROWS:
        return False
    texts = [text for row in grid for cell in row for text in _texts(cell)]
    marks = sum(map(_is_form, texts))
    return marks > 1 or (not ruled and (marks > 0 or (columns == 2 and len(grid) <= 2)))


def _property(cell: Any, name: str) -> Any | None:
    return cell.find(f"{W}tcPr/{W}{name}")


def _span(cell: Any) -> int:
    span = _property(cell, "gridSpan")
    value = span.get(f"{W}val", "") if span is not None else ""
    return max(1, min(int(value), 64)) if value.isdigit() else 1


def _continues(cell: Any) -> bool:
    """Whether a cell only goes on with the merged cell above it."""
    merge = _property(cell, "vMerge")
    return merge is not None and merge.get(f"{W}val", "continue") == "continue"


def _spread(cells: list[Any], contents: list[list[Line | Table]]) -> list[str]:
    """The texts of a row over the columns of the grid."""
    row: list[str] = []
    for cell, blocks in zip(cells, contents, strict=True):
        text = "" if _continues(cell) else " ".join(_texts(blocks))
        row += [text] + [""] * (_span(cell) - 1)
    return row


def _repeated(rows: list[Any]) -> int:
    """How many rows at the top repeat on every page: the header, as its author marked it."""
    count = 0
    for row in rows:
        if row.find(f"{W}trPr/{W}tblHeader") is None:
            break
        count += 1
    return count


def _merged_down(rows: list[tuple[Any, list[Any]]]) -> int:
    """How many rows the merged cells of the first row reach over."""
    count = 1
    if any(_property(cell, "vMerge") is not None for cell in rows[0][1]):
        while count < len(rows) and any(_continues(cell) for cell in rows[count][1]):
            count += 1
    return count
