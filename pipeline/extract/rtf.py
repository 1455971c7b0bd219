"""Rich Text Format: words by their fonts, list labels as written, tables by the edges of their cells."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.encodings import of_font, wide
from pipeline.errors import Code, ReadError
from pipeline.extract import grid
from pipeline.extract.grid import EdgedRow, GridCell
from pipeline.extract.prose import Run, lines, reading
from pipeline.extract.reading import Reading
from pipeline.model import Line, Table

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z'])"
    rb"|(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)|\\"
)
_SKIPPED = frozenset(
    [
        *("colortbl", "stylesheet", "info", "pict", "header", "headerl", "headerr", "headerf", "footer", "footerl"),
        *("footerr", "footerf", "object", "nonshppict", "shprslt", "sp", "fldinst", "xe", "tc", "rxe", "ftnsep"),
        *("ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "annotation", "filetbl", "revtbl", "listtable"),
    ]
)
_STARRED = frozenset(["shpinst", "shptxt", "ud", "footnote", "listtext", "pntext"])  # read although marked optional
_SIGNS = {"tab": "\t", "line": "\n", "lbr": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’",
          "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " "}  # fmt: skip
_CHARSETS = {2: "symbol", 128: "cp932", 134: "gbk", 163: "cp1258", 204: "cp1251", 238: "cp1250"}
_DEPTH = 500  # of groups within groups
_BORDER = re.compile(r"(?:cl|tr)brdr(?P<side>[tlbrhv])$")
_NO_BORDER = frozenset(["brdrnone", "brdrnil", "brdrtbl"])


def read(path: Path) -> Reading:
    """The text of an RTF file; headers, pictures and objects are left out."""
    reader = _Reader()
    reader.read(path.read_bytes())
    return reading([*reader.blocks, *reader.notes], "Tệp RTF")


@dataclass(slots=True)
class _State:
    """What holds within a group."""

    target: str = "text"  # or skip, fonts, label, starred, doubled
    font: int = 0
    bold: bool = False
    italic: bool = False
    hidden: bool = False
    skip: int = 1  # letters after a Unicode letter that stand for it in older programs
    centred: bool = False
    in_table: bool = False
    leaves: str | None = None  # what ends with the group: note, box


@dataclass(slots=True)
class _CellForm:
    """What the row says of one of its cells."""

    edge: int = 0
    sides: set[str] = field(default_factory=set)
    merged: bool = False
    continues: bool = False
    joined: bool = False  # with the cell to its left


class _Reader:
    def __init__(self) -> None:
        self.blocks: list[Line | Table] = []
        self.notes: list[Line] = []
        self._state = _State()
        self._stack: list[_State] = []
        self._fonts: dict[int, tuple[str, int]] = {}
        self._font_name = bytearray()
        self._codepage = "cp1252"
        self._default_font = 0
        self._bytes = bytearray()  # not decoded yet
        self._pending = 0  # letters still to skip after a Unicode letter
        self._surrogate = 0
        self._runs: list[Run] = []
        self._label = ""
        self._kept: list[tuple[list[Run], str, list[Line | Table]]] = []  # paragraphs around a note or a box
        # tables
        self._rows: list[EdgedRow] = []
        self._cells: list[list[Line | Table]] = []
        self._cell: list[Line | Table] = []
        self._left = 0
        self._forms: list[_CellForm] = []
        self._form = _CellForm()
        self._side = ""
        self._drawn: set[str] = set()  # sides with borders
        self._repeated = 0
        self._is_header = False

    # ------------------------------------------------------------------ tokens

    def read(self, data: bytes) -> None:
        at = 0
        while match := _TOKEN.match(data, at):
            at = match.end()
            if match["word"]:
                word = match["word"].decode("ascii")
                number = int(match["number"]) if match["number"] else None
                if word == "bin":
                    at += max(0, number or 0)
                else:
                    self._control(word, number)
            elif match["hex"]:
                self._letters(bytes.fromhex(match["hex"].decode("ascii")))
            elif match["sign"]:
                self._sign(match["sign"])
            elif match["brace"] == b"{":
                self._open()
            elif match["brace"]:
                self._close()
            elif match["text"]:
                self._letters(match["text"])
        self._end_paragraph()
        self._end_table()

    def _open(self) -> None:
        self._decode()
        if len(self._stack) > _DEPTH:
            raise ReadError(Code.DAMAGED, "Tệp RTF lồng quá nhiều tầng.", "Hãy mở bằng Word, lưu lại rồi thử lại.")
        self._stack.append(self._state)
        self._state = replace(self._state, leaves=None)
        self._pending = 0

    def _close(self) -> None:
        self._decode()
        if self._state.leaves:
            self._leave(self._state.leaves)
        if self._stack:
            self._state = self._stack.pop()
        self._pending = 0

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            if self._state.target == "text":
                self._state.target = "starred"
        elif sign in (b"\r", b"\n"):
            self._control("par", None)
        elif sign in (b"\\", b"{", b"}"):
            self._letters(sign)
        else:
            self._say({b"~": "\u00a0", b"_": "-"}.get(sign, ""))

    def _letters(self, data: bytes) -> None:
        if self._pending:
            skipped = min(self._pending, len(data))
            self._pending -= skipped
            data = data[skipped:]
        if self._state.target == "fonts":
            self._font_name += data
            if b";" in data:
                name = bytes(self._font_name).decode("cp1252", "replace").strip("; ")
                self._fonts[self._state.font] = (name, self._fonts.get(self._state.font, ("", 0))[1])
                self._font_name.clear()
        elif self._state.target in ("text", "label"):
            self._bytes += data

    def _decode(self) -> None:
        """Bytes so far as letters, by the font they stand in."""
        if not self._bytes:
            return
        data = bytes(self._bytes)
        self._bytes.clear()
        name, charset = self._fonts.get(self._state.font, ("", 0))
        codec = _CHARSETS.get(charset, self._codepage)
        if of_font(name):
            self._say(wide(data))
        elif codec == "symbol":
            self._say("".join(chr(0xF000 + b) if b > 127 else chr(b) for b in data))
        else:
            self._say(data.decode(codec, "replace"))

    def _say(self, words: str) -> None:
        if not words or self._state.hidden:
            return
        if self._bytes:
            self._decode()
        if self._state.target == "label":
            self._label += words
        elif self._state.target == "text":
            name = self._fonts.get(self._state.font, (None, 0))[0]
            self._runs.append(Run(words, self._state.bold, self._state.italic, name))

    def _unicode(self, number: int) -> None:
        self._decode()
        code = number & 0xFFFF
        if 0xD800 <= code < 0xDC00:
            self._surrogate = code
        elif 0xDC00 <= code < 0xE000:
            if self._surrogate:
                self._say(chr(0x10000 + ((self._surrogate - 0xD800) << 10) + code - 0xDC00))
            self._surrogate = 0
        else:
            self._say(chr(code))
        self._pending = self._state.skip

    # ------------------------------------------------------------------ control words

    def _control(self, word: str, number: int | None) -> None:
        self._pending = 0
        state = self._state
        if word == "u":
            if state.target in ("text", "label"):
                self._unicode(number or 0)
            else:
                self._pending = state.skip
            return
        self._decode()
        if state.target == "starred":
            state.target = "text" if word in _STARRED else "skip"
        if state.target == "doubled" and word == "ud":
            state.target = "text"
        if state.target in ("skip", "doubled"):
            return
        if word == "upr":
            state.target = "doubled"  # said twice: without Unicode, then in a group with it
        elif word in _SKIPPED:
            state.target = "skip"
        elif word in _SIGNS:
            self._say(_SIGNS[word])
        elif word == "fonttbl":
            state.target = "fonts"
        elif state.target == "fonts":
            self._font(word, number)
        elif word in ("listtext", "pntext"):
            state.target = "label"
        elif word in ("footnote", "shptxt"):
            self._enter(word)
        elif not self._look(word, number) and not self._paragraphs(word):
            self._table(word, number)

    def _font(self, word: str, number: int | None) -> None:
        if word == "f":
            self._state.font = number or 0
            self._font_name.clear()
        elif word == "fcharset":
            self._fonts[self._state.font] = (self._fonts.get(self._state.font, ("", 0))[0], number or 0)

    def _look(self, word: str, number: int | None) -> bool:
        state, on = self._state, number != 0
        if word == "f":
            state.font = number or 0
        elif word == "b":
            state.bold = on
        elif word == "i":
            state.italic = on
        elif word in ("v", "deleted"):
            state.hidden = on
        elif word == "plain":
            state.bold = state.italic = state.hidden = False
            state.font = self._default_font
        elif word == "uc":
            state.skip = max(0, min(number or 0, 10))
        elif word == "deff":
            self._default_font = state.font = number or 0
        elif word == "ansicpg":
            self._codepage = f"cp{number}" if _is_codec(f"cp{number}") else "cp1252"
        else:
            return False
        return True

    def _paragraphs(self, word: str) -> bool:
        state = self._state
        if word == "pard":
            state.centred = state.in_table = False
        elif word in ("qc", "ql", "qr", "qj"):
            state.centred = word == "qc"
        elif word == "intbl":
            state.in_table = True
        elif word in ("par", "sect", "nestcell"):
            if state.target == "text":
                self._end_paragraph()
        else:
            return False
        return True

    def _end_paragraph(self) -> None:
        self._decode()
        found = list(lines(self._runs, self._state.centred, self._label.replace("\t", " ")))
        self._runs, self._label = [], ""
        if self._state.in_table or self._kept:
            self._cell += found
        else:
            self._end_table()
            self.blocks += found

    def _enter(self, word: str) -> None:
        """Begin a note or a text box in the middle of a paragraph."""
        self._kept.append((self._runs, self._label, self._cell))
        self._runs, self._label, self._cell = [], "", []
        self._state.leaves = word

    def _leave(self, word: str) -> None:
        self._end_paragraph()
        found = self._cell
        self._runs, self._label, self._cell = self._kept.pop()
        if word == "footnote":
            self.notes.append(Line(f"[{len(self.notes) + 1}] {' '.join(grid.texts(found))}", whole=True))
        elif self._state.in_table or self._kept:
            self._cell += found
        else:
            self.blocks += found

    # ------------------------------------------------------------------ tables

    def _table(self, word: str, number: int | None) -> None:
        border = _BORDER.match(word)
        if word == "trowd":
            self._forms, self._form, self._left, self._is_header = [], _CellForm(), 0, False
        elif word == "trleft":
            self._left = number or 0
        elif word == "trhdr":
            self._is_header = True
        elif word == "cellx":
            self._form.edge = number or 0
            self._forms.append(self._form)
            self._form = _CellForm()
        elif word in ("clvmgf", "clvmrg"):
            self._form.merged, self._form.continues = True, word == "clvmrg"
        elif word == "clmrg":
            self._form.joined = True
        elif border:
            self._side = border["side"]
        elif word.startswith("brdr") and word not in _NO_BORDER and self._side:
            if word not in ("brdrw", "brdrcf", "brsp"):
                self._form.sides.add(self._side)
                self._side = ""
        elif word == "cell":
            self._state.in_table = True
            self._end_paragraph()
            self._cells.append(self._cell)
            self._cell = []
        elif word == "row":
            if self._cells:
                self._repeated += self._is_header and len(self._rows) == self._repeated
                self._end_row()
            self._cells = []

    def _end_row(self) -> None:
        row = EdgedRow(self._left, [], [])
        for i, blocks in enumerate(self._cells):
            form = self._forms[i] if i < len(self._forms) else _CellForm()
            if form.joined and row.cells:
                row.cells[-1].blocks += blocks
                row.edges[-1] = form.edge
            else:
                row.cells.append(GridCell(blocks, merged=form.merged, continues=form.continues))
                row.edges.append(form.edge)
            self._drawn |= form.sides
        self._rows.append(row)
        self._cells = []

    def _end_table(self) -> None:
        """Give out the rows so far as a table."""
        if self._cells or self._cell:  # a row that never ended
            self._cells.append(self._cell)
            self._cell = []
            self._end_row()
        if self._rows:
            ruled = bool(self._drawn & {"t", "b", "h"}) and bool(self._drawn & {"l", "r", "v"})
            self.blocks += grid.table(grid.columns(self._rows), ruled, self._repeated)
        self._rows, self._drawn, self._repeated = [], set(), 0


def _is_codec(name: str) -> bool:
    try:
        return codecs.lookup(name) is not None
    except LookupError:
        return False
