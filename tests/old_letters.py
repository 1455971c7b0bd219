"""Vietnamese in the old encodings, for tests: what old machines wrote."""

from __future__ import annotations

import unicodedata

import patterns
from pipeline import encodings

TABLE = {
    name: {row["letter"]: bytes.fromhex(row[name]) for row in patterns.rows("legacy_letters") if row[name]}
    for name in ("tcvn3", "vni", "vps", "viscii")
}


def encoded(text: str, name: str) -> str:
    """A text as the windows-1252 letters of its bytes in an old encoding."""
    if name == "cp1258":
        parts = []
        for letter in text:
            base = unicodedata.normalize("NFD", letter)
            tone = [c for c in base if c in "\u0300\u0301\u0303\u0309\u0323"]
            parts.append(unicodedata.normalize("NFC", "".join(c for c in base if c not in tone)) + "".join(tone))
        return encodings.wide("".join(parts).encode("cp1258"))
    return "".join(encodings.wide(TABLE[name][c]) if c in TABLE[name] else c for c in text)


def bytes_in(text: str, name: str) -> bytes:
    """A text as bytes in an old encoding."""
    table = {encodings.wide(bytes([b])): b for b in range(256)}
    return bytes(table[c] for c in encoded(text, name))
