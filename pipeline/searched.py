"""The words by which a paragraph is found: as they are spelled, and folded; the store keeps both."""

from __future__ import annotations

from functools import lru_cache

from pipeline.names import fold, spelled, toned

#: The words with their tones (:func:`exactly`), and folded. Plain tuples: one a paragraph goes to the writer.
Words = tuple[str, str]


def words_of(text: str) -> Words:
    """The words of a text."""
    found = list(map(_word, spelled(text)))
    if not found:
        return "", ""
    said, folded = zip(*found, strict=True)
    return " ".join(said), " ".join(folded)


@lru_cache(maxsize=1 << 13)
def _word(word: str) -> Words:
    return exactly(word), fold(word)


def exactly(text: str) -> str:
    """The words with their tones, ``0`` behind those without one: unlike folded words, with which they share an index,
    so that SQLite passes over none of these in search of them."""
    return " ".join(word if word[-1] in "12345" else f"{word}0" for word in toned(text).split())
