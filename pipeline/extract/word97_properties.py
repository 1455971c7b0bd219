"""Properties of characters and paragraphs in a Word 97-2003 file, as its lists of single modifiers tell them.

[MS-DOC] 2.6; a modifier is a code and its operand.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field


@dataclass(slots=True)
class Looks:
    """Properties of characters."""

    bold: bool = False
    italic: bool = False
    hidden: bool = False
    special: bool = False
    font: int | None = None
    symbol: str | None = None


@dataclass(slots=True)
class Shape:
    """Properties of a paragraph; of a table row where it ends one."""

    style: int = 0
    centred: bool = False
    in_table: bool = False
    ends_row: bool = False
    depth: int = 1
    list_number: int = 0
    level: int = 0
    header: bool = False
    edges: list[int] = field(default_factory=list)  # the left one first
    merges: list[int] = field(default_factory=list)  # by cell: 0, 1 goes on with the cell above, 3 begins
    joined: list[bool] = field(default_factory=list)  # by cell: belongs to the cell on its left
    ruled: bool = False


def change_looks(looks: Looks, base: Looks, code: int, operand: bytes) -> None:
    """Let a modifier change the properties of characters; ``base`` are those of their style, which some turn round."""
    value = int.from_bytes(operand[:2], "little")
    if code == 0x0835:
        looks.bold = _toggled(value, base.bold)
    elif code == 0x0836:
        looks.italic = _toggled(value, base.italic)
    elif code in (0x083C, 0x0800):  # hidden, deleted
        looks.hidden = looks.hidden or _toggled(value, base.hidden)
    elif code == 0x0855:
        looks.special = bool(value & 1)
    elif code == 0x4A4F:
        looks.font = value
    elif code == 0x6A09 and len(operand) == 4:
        looks.symbol = chr(int.from_bytes(operand[2:], "little"))


def _toggled(value: int, inherited: bool) -> bool:
    value &= 0xFF
    return inherited if value == 0x80 else not inherited if value == 0x81 else bool(value)


def change_shape(shape: Shape, code: int, operand: bytes) -> None:
    """Let a modifier change the properties of a paragraph, or of the row that it ends."""
    value = int.from_bytes(operand[:4], "little")
    if code in (0x2403, 0x2461):
        shape.centred = value == 1
    elif code == 0x2416:
        shape.in_table = bool(value)
    elif code == 0x2417:
        shape.ends_row = bool(value)
    elif code == 0x6649:
        shape.depth = max(1, value)
    elif code == 0x460B:
        shape.list_number = value if value < 0x7FF else 0
    elif code == 0x260A:
        shape.level = value & 0xF
    elif code == 0x3404:
        shape.header = bool(value)
    elif code == 0xD608:
        _row(shape, operand)
    elif code == 0xD62B and len(operand) >= 2 and operand[0] < len(shape.merges):
        shape.merges[operand[0]] = operand[1] & 3
    elif code in (0xD605, 0xD613):  # borders of the whole row: type of line in each
        size = 4 if code == 0xD605 else 8
        kinds = [operand[i + (1 if size == 4 else 5)] for i in range(0, len(operand) - size + 1, size)]
        drawn = [kind not in (0, 255) for kind in kinds] + [False] * 6
        shape.ruled = (drawn[0] or drawn[2] or drawn[4]) and (drawn[1] or drawn[3] or drawn[5])


def _row(shape: Shape, operand: bytes) -> None:
    """The cells of a row: their edges, merges and borders."""
    count = min(operand[0], 64) if operand else 0
    if len(operand) < 1 + 2 * (count + 1):
        return
    shape.edges = list(struct.unpack_from(f"<{count + 1}h", operand, 1))
    shape.merges, shape.joined = [0] * count, [False] * count
    across = down = False
    for i in range(count):
        cell = operand[1 + 2 * (count + 1) + 20 * i :][:20]
        if len(cell) == 20:
            flags = int.from_bytes(cell[:2], "little")
            shape.merges[i], shape.joined[i] = flags >> 5 & 3, flags & 3 == 1
            drawn = [cell[4 + 4 * side + 1] not in (0, 255) and cell[4 + 4 * side] not in (0, 255) for side in range(4)]
            across, down = across or drawn[0] or drawn[2], down or drawn[1] or drawn[3]
    shape.ruled = shape.ruled or (across and down)
