"""Vietnamese encodings from before Unicode: TCVN3, VNI, VPS, VISCII, windows-1258, and Unicode in pieces.

A text in such an encoding reaches us as the letters that its bytes are in windows-1252 (``Céng hßa`` for ``Cộng hòa``):
old fonts drew them as Vietnamese. The font of a run tells the encoding (:func:`in_font`); where no font is known, the
encoding under which the words become Vietnamese syllables tells itself (:func:`guess`, :func:`repaired`).
The data are ``patterns/legacy_letters.csv`` and ``patterns/legacy.toml``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache
from itertools import chain
from typing import NamedTuple

import patterns
from pipeline.model import Line, Table

_WORD = re.compile(r"[^\s.,;:!?()\[\]\"/“”‘’'–…\d-]+")
_HALF = re.compile(r"[\ud800-\udfff]")  # of a letter: UTF-16 gone wrong, which no text may hold
_TONES = str.maketrans("", "", "\u0300\u0301\u0303\u0309\u0323")
_MARKS = re.compile("[\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323]{2,}")
_MARK = re.compile("[\u0300-\u036f]")
_PIECES = re.compile("[\u0300-\u036f\ud800-\udfff]")
_SHAPES = "\u031b\u0302\u0306"
_PLAIN_TONE = re.compile(f"[a-z][\u0300\u0301\u0303\u0309\u0323](?![{_SHAPES}])")  # on a letter without a shape
_STOPPED = ("c", "ch", "p", "t")
_SAMPLE = 60_000  # letters of a text that tell its encoding
_ENOUGH = 3  # words with letters beyond ASCII, at least, that tell an encoding
_SURE = 0.8  # the share of such words that are syllables in Vietnamese that is read right; names and English are not


class Coding(NamedTuple):
    """How a font draws letters."""

    name: str
    capitals: bool = False


# --------------------------------------------------------------------------- one encoding


@cache
def _letters(name: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """The letters of an encoding by their windows-1252 spelling, and the pattern that finds them."""
    table = {}
    for row in patterns.rows("legacy_letters"):
        if row[name]:
            table[wide(bytes.fromhex(row[name]))] = row["letter"]
    if name == "vni":  # typed with the marks of the other case now and then
        swapped = {key[0] + key[1:].swapcase(): letter for key, letter in table.items() if len(key) == 2}
        table = {**swapped, **table}
    longest_first = sorted(table, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), table


def wide(data: bytes) -> str:
    """Bytes as windows-1252; the five that it leaves open are the control characters of the same number."""
    return "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in data)


@cache
def _beyond() -> re.Pattern[str]:
    """Finds letters that windows-1252 has not."""
    return re.compile(r"[^\W\d_" + re.escape(wide(bytes(range(256)))) + "]")


def is_wide(text: str) -> bool:
    """Whether a text could stand for bytes: it has no letter that windows-1252 has not."""
    return not _beyond().search(text)


def decode(text: str, name: str) -> str:
    """The Vietnamese of a text whose letters stand for the bytes of an encoding."""
    if text.isascii() and name != "viscii" and name != "vps":
        return text
    if name == "cp1258":
        return unicodedata.normalize("NFC", text.translate(_windows_1258()))
    pattern, table = _letters(name)
    found = pattern.sub(lambda m: table[m[0]], text)
    return _raised(text, found) if name == "tcvn3" else found


@cache
def _windows_1258() -> dict[int, str]:
    high = [bytes([b]) for b in range(128, 256)]
    return {ord(wide(b)): b.decode("cp1258", "ignore") or wide(b) for b in high}


def _raised(before: str, after: str) -> str:
    """TCVN3 typed in capitals in a font without them: ``Céng`` stays, ``CéNG`` is meant as ``CỘNG``."""
    if len(before) != len(after):
        return after
    plain = {word.span(): _plain_letters(word[0]) for word in _WORD.finditer(before) if not word[0].isascii()}
    loud = [span for span, letters in plain.items() if len(letters) > 1 and letters.isupper()]
    if (
        loud and _plain_letters(before).isupper()
    ):  # ``X·`` beside them too; but ``Sè`` before an abbreviation is no such
        return after.upper()
    result = list(after)
    for start, end in loud:
        result[start:end] = after[start:end].upper()
    return "".join(result)


def _plain_letters(text: str) -> str:
    return "".join(c for c in text if c.isascii() and c.isalpha())


# --------------------------------------------------------------------------- told by the font


@cache
def of_font(font: str | None) -> Coding | None:
    """The encoding that a font by its name carries; None for Unicode fonts."""
    low = (font or "").strip().lower()
    for entry in patterns.data("legacy")["font"]:
        if low.startswith(tuple(entry["prefixes"])):
            capitals = entry.get("capitals")
            return Coding(entry["encoding"], bool(capitals) and low.endswith(capitals))
    return None


def in_font(text: str, font: str | None) -> str:
    """A run's text as its font draws it. A text with letters that no old encoding has is Unicode already."""
    coding = of_font(font)
    if coding is None or not is_wide(text):
        return text
    found = decode(text, coding.name)
    return found.upper() if coding.capitals else found


# --------------------------------------------------------------------------- told by the letters


@cache
def _syllables() -> tuple[frozenset[str], tuple[str, ...]]:
    syllable = patterns.data("legacy")["syllable"]
    rimes = frozenset(rime for line in syllable["rimes"] for rime in line.split())
    return rimes, tuple(sorted(syllable["onsets"], key=len, reverse=True))


@cache
def is_syllable(word: str) -> bool:
    """Whether a word could be a Vietnamese syllable, its tone mark where it may stand: on the letter with a shape."""
    if word[1:] != word[1:].lower() and word != word.upper():
        return False
    pieces = unicodedata.normalize("NFD", word.lower())
    plain = unicodedata.normalize("NFC", pieces.translate(_TONES))
    tones = len(pieces) - len(pieces.translate(_TONES))
    if tones > 1 or (_PLAIN_TONE.search(pieces) and any(shape in pieces for shape in _SHAPES)):
        return False
    rimes, onsets = _syllables()
    for onset in onsets:
        rime = plain.removeprefix(onset)
        if plain.startswith(onset) and rime in rimes:
            level = "\u0301" in pieces or "\u0323" in pieces
            return level or not rime.endswith(_STOPPED)
        if onset == "gi" and plain.startswith("gi") and f"i{rime}" in rimes:
            return True
    return False


def score(text: str) -> tuple[float, int]:
    """The share of words with letters beyond ASCII that are Vietnamese syllables, and the number of such words."""
    words = [w for w in _WORD.findall(text) if not w.isascii()]
    return (sum(map(is_syllable, words)) / len(words) if words else 0.0), len(words)


def guess(text: str) -> str | None:
    """The old encoding under which a text is Vietnamese, None where it reads well as it is or under none."""
    text = text[:_SAMPLE]
    best, (as_is, count) = None, score(text)
    if count < _ENOUGH or as_is > _SURE:
        return None
    top = as_is + 0.1
    for name in patterns.data("legacy")["encodings"]:
        share, _ = score(decode(text, name))
        if share > max(top, _SURE):
            best, top = name, share
    return best


def repaired(blocks: Sequence[Line | Table]) -> list[Line | Table]:
    """The same blocks in Unicode, where their letters tell an old encoding; each line on its own in mixed documents."""
    texts = _texts(blocks)
    name = guess(_HALF.sub("\ufffd", "\n".join(filter(_is_strange, texts))))
    if not name and not _PIECES.search("\n".join(texts)):
        return list(blocks)
    old_all_through = all(map(is_wide, texts))
    return _each(blocks, lambda text: _mended(_HALF.sub("\ufffd", text), name, old_all_through))


def _each(blocks: Iterable[Line | Table], change: Callable[[str], str]) -> list[Line | Table]:
    return [_changed(b, change) for b in blocks]


def _changed(block: Line | Table, change: Callable[[str], str]) -> Line | Table:
    if isinstance(block, Table):
        return replace(block, rows=[[change(cell) for cell in row] for row in block.rows])
    text = change(block.text)
    return block if text == block.text else replace(block, text=text)


def _texts(blocks: Iterable[Line | Table]) -> list[str]:
    texts: list[str] = []
    for block in blocks:
        if isinstance(block, Line):
            texts.append(block.text)
        else:
            texts.extend(chain.from_iterable(block.rows))
    return texts


def _is_strange(text: str) -> bool:
    return not text.isascii() and is_wide(text) and score(text)[0] <= _SURE


def _mended(text: str, name: str | None, old_all_through: bool) -> str:
    """A text in Unicode; one that reads well either way is taken for Unicode, except where nothing else is."""
    if name and (_is_strange(text) or (old_all_through and not text.isascii())):
        found = decode(text, name)
        before, now = score(text)[0], score(found)[0]
        if now > before or (old_all_through and now == before > _SURE):
            return found
    return composed(text)


def composed(text: str) -> str:
    """Decomposed Unicode as single letters, its marks in whatever order."""
    if not _MARK.search(text):
        return text
    text = unicodedata.normalize("NFD", text)
    text = _MARKS.sub(lambda m: "".join(sorted(m[0], key=lambda mark: mark not in _SHAPES)), text)
    return unicodedata.normalize("NFC", text)


def legacy(data: bytes) -> str:
    """Bytes that are no Unicode, in the encoding under which they read best."""
    text = wide(data)
    name = guess(text)
    return decode(text, name) if name else text
