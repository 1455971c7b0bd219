"""Folding of words for comparison: case and the place of a tone mark, letter for letter."""

from __future__ import annotations

_NEW = "oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ"
_OLD = "òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy"
_PAIRS = list(zip(_NEW.split(), _OLD.split(), strict=True))


def fold(words: str) -> str:
    """Lower case, tone marks in their older place (``hoà`` becomes ``hòa``); as many letters as before."""
    low = words.lower()
    if len(low) != len(words):  # a few letters of other scripts grow when lowered
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in words)
    for new, old in _PAIRS:
        if new in low:
            low = low.replace(new, old)
    return low
