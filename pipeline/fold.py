"""Folding of words for comparison: case and the place of a tone mark, letter for letter."""

from __future__ import annotations

import re

_NEW = "oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ"
_OLD = "òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy"
_PLACED = dict(zip(_NEW.split(), _OLD.split(), strict=True))
_NEWER = {old: new for new, old in _PLACED.items()}
_OLDER = re.compile("|".join(_NEWER))
_MISPLACED = re.compile("o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ]")


def lower(words: str) -> str:
    """Lower case, as many letters as before."""
    low = words.lower()
    if len(low) != len(words):  # a few letters of other scripts grow when lowered
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in words)
    return low


def fold(words: str) -> str:
    """Lower case, tone marks in their older place (``hoà`` becomes ``hòa``); as many letters as before."""
    return _MISPLACED.sub(lambda m: _PLACED[m[0]], lower(words))


def in_either_place(pattern: str) -> str:
    """A regular expression in whose words the tone mark may stand in either place: ``cấp ủy``, ``cấp uỷ``."""
    older = _MISPLACED.sub(lambda m: _PLACED[m[0]], pattern)
    return _OLDER.sub(lambda m: f"(?:{m[0]}|{_NEWER[m[0]]})", older)
