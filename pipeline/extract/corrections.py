"""What a reader of pictures commonly mistakes, set right where only one thing can be meant (``patterns/ocr.toml``).

Only words read from pictures come here; everything found in them is marked as read by OCR in any case.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

import patterns
from pipeline.names import fold

Meant = str | Callable[[re.Match[str]], str]

_PAIR = re.compile(r"(?<!\w)(?=([^\W\d_]+) ([^\W\d_]+)(?!\w))")
_TONES = str.maketrans("", "", "\u0300\u0301\u0303\u0306\u0309\u0323")  # and the bow of ă, which hides a hook


@cache
def _forms() -> list[tuple[re.Pattern[str], Meant]]:
    meant = {form["name"]: form["meant"] for form in patterns.data("ocr")["form"] if "meant" in form}
    forms = patterns.forms("ocr")
    return [(forms[name].pattern, _lower if text == "lower" else text) for name, text in meant.items()]


def _lower(found: re.Match[str]) -> str:
    return found[0].lower()


def as_meant(text: str) -> str:
    """A line or cell as it is meant; the same where nothing is known to be wrong with it."""
    for pattern, meant in _forms():
        text = pattern.sub(meant, text)
    kind = _types().get(fold(text)) if text.isupper() else None
    return kind if kind and len(kind) == len(text) else _with_tones(text)


@cache
def _types() -> dict[str, str]:
    """The types of documents in capitals, as they stand alone on a line, by their letters without tones."""
    return {fold(row["name"]): row["name"].upper() for row in patterns.rows("document_types") if " " in row["name"]}


@cache
def _words() -> dict[str, tuple[str, str]]:
    """The words that only one set of tones makes, by their letters without tones."""
    return {
        _toneless(word): (first, second) for word in patterns.data("ocr")["words"] for first, second in [word.split()]
    }


def _toneless(text: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", text.lower()).translate(_TONES))


def _with_tones(text: str) -> str:
    """A text with its well-known words of two syllables as they are written."""
    parts: list[str] = []
    end = 0
    for found in _PAIR.finditer(text):
        word = _words().get(_toneless(f"{found[1]} {found[2]}")) if found.start() >= end else None
        if not word:
            continue
        capitals = found[1].isupper() and found[2].isupper()
        meant = " ".join(_written(a, b, capitals) for a, b in zip(word, found.groups(), strict=True))
        if _pieces(meant) != _pieces(f"{found[1]} {found[2]}"):
            parts += [text[end : found.start()], meant]
            end = found.end(2)
    return "".join([*parts, text[end:]])


def _written(meant: str, read: str, capitals: bool) -> str:
    """A syllable in capitals or with one, as the one that was read."""
    return meant.upper() if capitals else meant.capitalize() if read[0].isupper() else meant


def _pieces(text: str) -> list[str]:
    """The letters and marks of a text, wherever the marks stand: ``uỷ`` is ``ủy``."""
    return sorted(unicodedata.normalize("NFD", text))
