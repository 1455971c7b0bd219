"""The parts of a Word 97-2003 file ([MS-DOC]): characters, which properties hold for which of them, styles, lists."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any, NamedTuple

from pipeline.encodings import wide
from pipeline.errors import Code, ReadError
from pipeline.extract.numbering import Level, ListForm, Numbering
from pipeline.extract.word97_properties import Looks, Shape, change_looks, change_shape

_CLX, _CHPX, _PAPX, _FONTS, _STYLES, _LISTS, _LIST_USES, _NOTES, _ENDNOTES = 33, 12, 13, 15, 1, 73, 74, 3, 47
_PAGE = 512
_DEPTH = 12  # of styles that build on each other
_MOST = 100_000  # entries of any table
_OPERAND = (1, 1, 2, 4, 2, 2, 0, 3)  # sizes by the last three bits of a property's code; 0: said in the first byte
_NUMBER_FORMS = {0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter",
                 22: "decimalZero", 23: "bullet", 255: "none"}  # fmt: skip


class Piece(NamedTuple):
    """Characters that stand together in the file: from which character on, at which byte, how many bytes each."""

    start: int
    at: int
    width: int


class Word97:
    """An open file. ``text`` holds the body, then notes and what else stands in the file's one row of characters."""

    def __init__(self, document: bytes, table: bytes, data: bytes) -> None:
        self._document, self._table, self._data = document, table, data
        lengths = struct.unpack_from("<8i", document, 0x4C)
        self.body_end, self.notes_end = lengths[0], lengths[0] + lengths[1]
        after_headers = self.notes_end + lengths[2] + lengths[3] + lengths[4]
        self.endnotes = (after_headers, after_headers + lengths[5])
        self.boxes = (self.endnotes[1], self.endnotes[1] + lengths[6])
        self.pieces, self.text = self._read_text()
        self._fonts = self._read_fonts()
        self._looks = list(self._properties(_CHPX, self._looks_at))
        self._shapes = list(self._properties(_PAPX, self._shape_at))
        self._starts = [piece.start for piece in self.pieces]
        self._look_starts, self._shape_starts = ([f[0] for f in found] for found in (self._looks, self._shapes))
        self._styles = self._read_styles()
        self._default = Looks(font=self._default_font())
        self._style_cache: dict[int, tuple[Looks, Shape]] = {}

    def _part(self, index: int) -> bytes:
        at, size = struct.unpack_from("<II", self._document, 0x9A + 8 * index)
        return self._table[at : at + size]

    # ------------------------------------------------------------------ characters

    def _read_text(self) -> tuple[list[Piece], str]:
        clx = self._part(_CLX)
        at = 0
        while at < len(clx) and clx[at] == 1:
            at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
        if at >= len(clx) or clx[at] != 2:
            raise ReadError(Code.DAMAGED, "Tệp Word bị hỏng: không tìm thấy chữ.", "Hãy mở bằng Word, lưu lại.")
        plc = clx[at + 5 :]
        count = min((len(plc) - 4) // 12, _MOST)
        ends = struct.unpack_from(f"<{count + 1}I", plc)
        if any(a > b for a, b in pairwise(ends)) or ends[-1] > len(self._document):
            raise ReadError(Code.DAMAGED, "Tệp Word bị hỏng: chữ không theo thứ tự.", "Hãy mở bằng Word, lưu lại.")
        pieces, texts = [], []
        for i in range(count):
            place = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * i + 2)[0]
            narrow = bool(place & 0x40000000)
            at = (place & 0x3FFFFFFF) // (2 if narrow else 1)
            length = ends[i + 1] - ends[i]
            pieces.append(Piece(ends[i], at, 1 if narrow else 2))
            raw = self._document[at : at + length * (1 if narrow else 2)]
            words = (
                wide(raw) if narrow else "".join(map(chr, struct.unpack(f"<{len(raw) // 2}H", raw[: len(raw) & ~1])))
            )
            texts.append(words.ljust(length, "\0"))
        return pieces, "".join(texts)

    def _byte(self, position: int) -> int:
        """Where a character stands in the file."""
        piece = self.pieces[bisect_right(self._starts, position) - 1]
        return piece.at + (position - piece.start) * piece.width

    def runs(self, start: int, end: int, style: int) -> Iterator[tuple[str, Looks]]:
        """The characters of a stretch by their looks."""
        base = self._style(style)[0]
        while start < end:
            index = bisect_right(self._starts, start) - 1
            piece = self.pieces[index]
            limit = min(end, self.pieces[index + 1].start if index + 1 < len(self.pieces) else end)
            byte = piece.at + (start - piece.start) * piece.width
            looks, until = base, None
            found = bisect_right(self._look_starts, byte) - 1
            if found >= 0 and byte < self._looks[found][1]:
                looks, until = self._merged(self._looks[found][2], base), self._looks[found][1]
            elif found + 1 < len(self._looks):
                until = self._looks[found + 1][0]
            if until is not None:
                limit = min(limit, start + max(1, -(-(until - byte) // piece.width)))
            limit = max(limit, start + 1)
            yield self.text[start:limit], looks
            start = limit

    def shape(self, position: int) -> Shape:
        """The properties of the paragraph that ends with a character."""
        byte = self._byte(position)
        found = bisect_right(self._shape_starts, byte) - 1
        properties: list[tuple[int, bytes]] = []
        style = 0
        if found >= 0 and byte < self._shapes[found][1]:
            style, properties = self._shapes[found][2]
        shape = replace(self._style(style)[1], style=style)
        for code, operand in properties:
            change_shape(shape, code, operand)
        return shape

    # ------------------------------------------------------------------ properties

    def _properties(self, index: int, read: Any) -> Iterator[tuple[int, int, Any]]:
        """What the pages of a table of properties say: from which byte to which."""
        plc = self._part(index)
        count = min(max(0, (len(plc) - 4) // 8), _MOST)
        for number in struct.unpack_from(f"<{count}I", plc, 4 * (count + 1)) if count else ():
            page = self._document[(number & 0x3FFFFF) * _PAGE :][:_PAGE]
            if len(page) < _PAGE or not page[-1] or 4 * (page[-1] + 1) > _PAGE:
                continue
            bounds = struct.unpack_from(f"<{page[-1] + 1}I", page)
            for i in range(page[-1]):
                yield bounds[i], bounds[i + 1], read(page, 4 * (page[-1] + 1), i)

    def _looks_at(self, page: bytes, base: int, i: int) -> list[tuple[int, bytes]]:
        at = page[base + i] * 2
        return list(self._sprms(page[at + 1 : at + 1 + page[at]])) if at else []

    def _shape_at(self, page: bytes, base: int, i: int) -> tuple[int, list[tuple[int, bytes]]]:
        at = page[base + 13 * i] * 2 if base + 13 * i < _PAGE else 0
        if not at:
            return 0, []
        size, first = (2 * page[at] - 1, at + 1) if page[at] else (2 * page[at + 1], at + 2)
        raw = page[first : first + size]
        return (int.from_bytes(raw[:2], "little"), list(self._sprms(raw[2:]))) if len(raw) >= 2 else (0, [])

    def _sprms(self, raw: bytes) -> Iterator[tuple[int, bytes]]:
        """The single properties of a list of them: code and operand."""
        at = 0
        while at + 2 < len(raw) + 1 and at + 2 <= len(raw):
            code = int.from_bytes(raw[at : at + 2], "little")
            at += 2
            size = _OPERAND[code >> 13]
            if not size:
                if code == 0xD608:  # a row's cells
                    size, at = int.from_bytes(raw[at : at + 2], "little") - 1, at + 2
                else:
                    size, at = (raw[at] if at < len(raw) else 0), at + 1
            operand = raw[at : at + size]
            at += max(size, 0)
            if code in (0x6645, 0x6646) and len(operand) == 4:  # too many for the page: in another stream
                far = int.from_bytes(operand, "little")
                length = int.from_bytes(self._data[far : far + 2], "little")
                if code != int.from_bytes(self._data[far + 2 : far + 4], "little"):
                    yield from self._sprms(self._data[far + 2 : far + 2 + length])
            else:
                yield code, operand

    def _merged(self, properties: list[tuple[int, bytes]], base: Looks) -> Looks:
        looks = base
        for code, operand in properties:
            if code == 0x4A30 and len(operand) >= 2:  # a style of characters
                looks = self._style(int.from_bytes(operand[:2], "little"), looks)[0]
        looks = replace(looks)
        for code, operand in properties:
            change_looks(looks, base, code, operand)
        return looks

    # ------------------------------------------------------------------ fonts and styles

    def font(self, number: int | None) -> str | None:
        """The name of a font."""
        return self._fonts.get(number) if number is not None else None

    def _read_fonts(self) -> dict[int, str]:
        part = self._part(_FONTS)
        fonts: dict[int, str] = {}
        at = 4
        while at < len(part) and len(fonts) < 5000:
            size = part[at] + 1
            name = part[at + 40 : at + size].decode("utf-16-le", "replace").partition("\0")[0]
            fonts[len(fonts)] = name
            at += size
        return fonts

    def _read_styles(self) -> list[tuple[int, int, list[bytes]]]:
        """The styles: kind, the style they are based on, their lists of properties."""
        part = self._part(_STYLES)
        styles: list[tuple[int, int, list[bytes]]] = []
        if len(part) < 6:
            return styles
        header, count, base = struct.unpack_from("<HHH", part)
        at = 2 + header
        while at + 2 <= len(part) and len(styles) < count:
            size = struct.unpack_from("<H", part, at)[0]
            styles.append(_style(part[at + 2 : at + 2 + size], base))
            at += 2 + size + size % 2
        return styles

    def _default_font(self) -> int | None:
        """The font of words whose style names none."""
        part = self._part(_STYLES)
        return int.from_bytes(part[14:16], "little") if len(part) >= 16 else None

    def _style(self, number: int, outer: Looks | None = None, depth: int = 0) -> tuple[Looks, Shape]:
        """The looks and the shape that a style gives."""
        if outer is None and number in self._style_cache:
            return self._style_cache[number]
        looks, shape = replace(outer or self._default), Shape()
        if number < len(self._styles) and depth < _DEPTH:
            kind, base, lists = self._styles[number]
            if base != 0xFFF:
                based_looks, based_shape = self._style(base, outer, depth + 1)
                looks, shape = replace(based_looks), replace(based_shape)
            inherited = replace(looks)
            if kind == 1 and lists:
                for code, operand in self._sprms(lists[0][2:]):
                    change_shape(shape, code, operand)
            for code, operand in self._sprms(lists[-1]) if lists and kind in (1, 2) else ():
                change_looks(looks, inherited, code, operand)
        if outer is None:
            self._style_cache[number] = (looks, shape)
        return looks, shape

    # ------------------------------------------------------------------ notes and lists

    def notes(self) -> list[tuple[int, int]]:
        """Where each footnote's and endnote's characters stand."""
        found = []
        for index, start, end in ((_NOTES, self.body_end, self.notes_end), (_ENDNOTES, *self.endnotes)):
            part = self._part(index)
            bounds = [start + b for b in struct.unpack_from(f"<{len(part) // 4}I", part)]
            found += [(a, b) for a, b in pairwise(bounds) if start <= a < b <= end]
        return found

    def numbering(self) -> Numbering:
        """The lists; a paragraph's ``list_number`` is the name of its own."""
        numbering = Numbering(None)
        abstracts = self._read_lists()
        uses = self._part(_LIST_USES)
        count = min(int.from_bytes(uses[:4], "little"), _MOST, max(0, (len(uses) - 4) // 16))
        overrides = 4 + 16 * count
        for i in range(count):
            identity, levels_over = struct.unpack_from("<I8xB", uses, 4 + 16 * i)
            levels = dict(abstracts.get(identity, {}))
            starts: dict[int, int] = {}
            overrides += 4
            for _ in range(levels_over):
                if overrides + 8 > len(uses):
                    break
                start, flags = struct.unpack_from("<II", uses, overrides)
                overrides += 8
                if flags & 0x10 and not flags & 0x20:
                    starts[flags & 0xF] = start
                if flags & 0x20:
                    levels[flags & 0xF], overrides = _level(uses, overrides)
            numbering.add(str(i + 1), ListForm(str(identity), levels, starts))
        return numbering

    def _read_lists(self) -> dict[int, dict[int, Level]]:
        at, size = struct.unpack_from("<II", self._document, 0x9A + 8 * _LISTS)
        if not size:
            return {}
        count = min(int.from_bytes(self._table[at : at + 2], "little"), 10_000)
        levels_at = at + size
        lists: dict[int, dict[int, Level]] = {}
        for i in range(count):
            identity, simple = struct.unpack_from("<I22xB", self._table, at + 2 + 28 * i)
            levels = lists.setdefault(identity, {})
            for depth in range(1 if simple & 1 else 9):
                levels[depth], levels_at = _level(self._table, levels_at)
        return lists


def _level(raw: bytes, at: int) -> tuple[Level, int]:
    """A level of a list, and where the next one stands."""
    start, form, flags, follow = struct.unpack_from("<IBB9xB", raw, at)
    looks, shapes, restart = struct.unpack_from("<BBB", raw, at + 24)
    at += 28 + looks + shapes
    length = int.from_bytes(raw[at : at + 2], "little")
    letters = raw[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
    text = "".join(f"%{ord(c) + 1}" if ord(c) < 9 else c for c in letters)
    level = Level(
        _NUMBER_FORMS.get(form, "decimal"),
        text,
        min(start, 10_000),
        ("tab", "space", "nothing")[min(follow, 2)],
        bool(flags & 4),
        restart if flags & 8 else None,
    )
    return level, at + 2 + 2 * length


def _style(raw: bytes, base: int) -> tuple[int, int, list[bytes]]:
    if len(raw) < 10:
        return 0, 0xFFF, []
    kinds, counts = struct.unpack_from("<HH", raw, 2)
    at = base
    at += 2 + 2 * int.from_bytes(raw[at : at + 2], "little") + 2  # its name
    lists = []
    for _ in range(counts & 0xF):
        size = int.from_bytes(raw[at : at + 2], "little")
        lists.append(raw[at + 2 : at + 2 + size])
        at += 2 + size + size % 2
    return kinds & 0xF, kinds >> 4, lists
