"""Word 97-2003 documents: paragraphs with their list numbers, tables, notes. Nothing in the file is run."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import Code, ReadError
from pipeline.extract import grid
from pipeline.extract.grid import EdgedRow, GridCell
from pipeline.extract.prose import Run, lines, reading
from pipeline.extract.reading import Reading
from pipeline.extract.word97 import Word97
from pipeline.extract.word97_properties import Looks, Shape
from pipeline.model import Line, Table

_MARK, _VERSION = 0xA5EC, 193
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_LETTERS = {"\x0b": "\n", "\x1e": "-", "\x1f": "", "\x07": "", "\x0d": "", "\x0c": " ", "\x0e": " ", "\t": "\t"}
_SPECIAL = "\x01\x02\x03\x04\x05\x08"  # pictures, note marks, comments
_MAX_STREAM = 100 * 2**20


def read(path: Path) -> Reading:
    """The body of a document, its text boxes and notes after it; no headers and footers."""
    file = _open(path)
    reader = _Reader(file)
    blocks = list(reader.blocks(0, file.body_end))
    blocks += reader.blocks(*file.boxes)
    for number, (start, end) in enumerate(file.notes(), 1):
        if text := " ".join(grid.texts(reader.blocks(start, end))):
            blocks.append(Line(f"[{number}] {text}", whole=True))
    return reading(blocks, "Tệp Word")


def _open(path: Path) -> Word97:
    import olefile

    with olefile.OleFileIO(path) as container:

        def stream(name: str) -> bytes:
            if not container.exists(name):
                return b""
            data: bytes = container.openstream(name).read(_MAX_STREAM)
            return data

        document = stream("WordDocument")
        if len(document) < 0x2FA or int.from_bytes(document[:2], "little") != _MARK:
            raise ReadError(Code.DAMAGED, "Tệp Word bị hỏng: không có phần nội dung.", "Hãy mở bằng Word, lưu lại.")
        version, flags = struct.unpack_from("<H6xH", document, 2)
        if version < _VERSION:
            raise ReadError(
                Code.UNKNOWN_FORMAT,
                "Tệp Word đời trước 1997 chưa đọc được.",
                "Hãy mở bằng Word hoặc LibreOffice, lưu lại thành DOCX rồi thử lại.",
            )
        if flags & _ENCRYPTED:
            raise ReadError(
                Code.ENCRYPTED,
                "Tệp Word được đặt mật khẩu.",
                "Hãy mở tệp bằng mật khẩu, lưu bản không đặt mật khẩu rồi thử lại.",
            )
        return Word97(document, stream("1Table" if flags & _SECOND_TABLE else "0Table"), stream("Data"))


class _Reader:
    def __init__(self, file: Word97) -> None:
        self._file = file
        self._numbering = file.numbering()

    def blocks(self, start: int, end: int) -> Iterator[Line | Table]:
        """The paragraphs and tables of a stretch of characters."""
        rows: list[EdgedRow] = []
        shapes: list[Shape] = []
        cells: list[list[Line | Table]] = []
        cell: list[Line | Table] = []
        for first, last in self._paragraphs(start, end):
            shape = self._file.shape(last)
            if not shape.in_table:
                cell, cells = [], []
                yield from _table(rows, shapes)
                rows, shapes = [], []
                yield from self._paragraph(first, last, shape)
            elif shape.ends_row and shape.depth == 1:
                rows.append(_row(cells, shape))
                shapes.append(shape)
                cell, cells = [], []
            else:
                cell += self._paragraph(first, last, shape)
                if self._file.text[last] == "\x07" and shape.depth == 1:
                    cells.append(cell)
                    cell = []
        yield from _table(rows, shapes)

    def _paragraphs(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The first character and the mark at the end of each paragraph."""
        text = self._file.text
        first = start
        for at in range(start, min(end, len(text))):
            if text[at] in "\r\x07\x0c":
                yield first, at
                first = at + 1
        if first < min(end, len(text)):
            yield first, min(end, len(text)) - 1

    def _paragraph(self, first: int, last: int, shape: Shape) -> Iterator[Line | Table]:
        runs = list(self._runs(first, last + 1, shape.style))
        if not any(run.text.strip() for run in runs):
            return
        label = self._numbering.label(str(shape.list_number), shape.level) if shape.list_number else ""
        yield from lines(runs, shape.centred, label)

    def _runs(self, first: int, end: int, style: int) -> Iterator[Run]:
        """The words that are seen: no field codes, no hidden and deleted text."""
        fields: list[bool] = []  # of the open fields, whether their result has begun
        for text, looks in self._file.runs(first, end, style):
            words = []
            for letter in text:
                if letter == "\x13":
                    fields.append(False)
                elif letter == "\x14" and fields:
                    fields[-1] = True
                elif letter == "\x15" and fields:
                    fields.pop()
                elif all(fields) and not looks.hidden:
                    words.append(_letter(letter, looks))
            yield Run("".join(words), looks.bold, looks.italic, self._file.font(looks.font))


def _letter(letter: str, looks: Looks) -> str:
    if looks.special and letter == "(" and looks.symbol:
        return looks.symbol
    if looks.special and letter in _SPECIAL:
        return ""
    return _LETTERS.get(letter, letter if letter >= " " else "")


def _row(cells: list[list[Line | Table]], shape: Shape) -> EdgedRow:
    row = EdgedRow(shape.edges[0] if shape.edges else 0, [], [])
    for i, blocks in enumerate(cells):
        edge = shape.edges[i + 1] if i + 1 < len(shape.edges) else 0
        merge = shape.merges[i] if i < len(shape.merges) else 0
        if i < len(shape.joined) and shape.joined[i] and row.cells:
            row.cells[-1].blocks += blocks
            row.edges[-1] = edge
        else:
            row.cells.append(GridCell(blocks, merged=merge > 0, continues=merge == 1))
            row.edges.append(edge)
    return row


def _table(rows: list[EdgedRow], shapes: list[Shape]) -> Iterator[Line | Table]:
    if rows:
        repeated = next((i for i, shape in enumerate(shapes) if not shape.header), len(shapes))
        yield from grid.table(grid.columns(rows), any(shape.ruled for shape in shapes), repeated)
