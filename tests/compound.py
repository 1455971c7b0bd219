"""Compound files ([MS-CFB]) for tests: the container of .msg and .doc, with streams padded to whole sectors."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Union

Tree = Mapping[str, Union[bytes, "Tree"]]

_SECTOR, _LEAST = 512, 4096  # shorter streams would stand in a stream of their own
_FREE, _END, _FAT, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def compound(tree: Tree) -> bytes:
    """A compound file with these storages and streams."""
    sectors: list[bytes] = []
    chain: list[int] = []

    def store(data: bytes) -> int:
        first = len(sectors)
        blocks = [data[i : i + _SECTOR].ljust(_SECTOR, b"\0") for i in range(0, len(data), _SECTOR)]
        sectors.extend(blocks)
        chain.extend([*range(first + 1, first + len(blocks)), _END])
        return first

    entries: list[list[int | str]] = []

    def add(name: str, node: bytes | Tree, kind: int) -> int:
        number = len(entries)
        entry: list[int | str] = [name, kind, _NONE, _NONE, 0, 0]  # its next, its first child, first sector, size
        entries.append(entry)
        if isinstance(node, bytes):
            entry[4], entry[5] = store(node.ljust(_LEAST, b"\0")), max(len(node), _LEAST)
        else:
            before = -1
            for inner, child in node.items():
                at = add(inner, child, 2 if isinstance(child, bytes) else 1)
                if before < 0:
                    entry[3] = at
                else:
                    entries[before][2] = at
                before = at
        return number

    add("Root Entry", tree, 5)
    entries[0][4] = _END
    directory = b"".join(map(_entry, entries))
    directory_at = store(directory.ljust(-(-len(directory) // _SECTOR) * _SECTOR, b"\0"))
    fat_at = len(sectors)
    count = -(-(fat_at + 1) // (_SECTOR // 4 - 1))
    table = struct.pack(f"<{fat_at}I", *chain) + struct.pack("<I", _FAT) * count
    fat = table.ljust(count * _SECTOR, b"\xff")
    header = struct.pack(
        "<8s16sHHHHHHIIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE, 9, 6, 0, 0,
        0, count, directory_at, 0, _LEAST, _END, 0, _END, 0,
    )  # fmt: skip
    header += struct.pack("<109I", *range(fat_at, fat_at + count), *[_FREE] * (109 - count))
    return header + b"".join(sectors) + fat


def _entry(entry: list[int | str]) -> bytes:
    name, kind, following, child, first, size = entry
    raw = str(name).encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBBIII16sIQQIQ", raw, len(raw), kind, 1, _NONE, following, child, bytes(16), 0, 0, 0, first, size
    )
