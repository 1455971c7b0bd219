"""Names that a letterhead has in capitals and no table knows, in the letters of a sentence.

``CHI CỤC KIỂM LÂM TỈNH SƠN LA`` is written Chi cục Kiểm lâm tỉnh Sơn La: the head as the patterns have it, then the
field with its first letter large, then the place. Of schools and enterprises every word of their own name begins so.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import takewhile

import patterns
from pipeline.resolve.places import UNIT_LEVELS, fold

_OPEN = patterns.data("agency_grammar")["open"]
_PARTS = tuple(f"{kind} " for kind in patterns.data("agency_grammar")["parts_of_communes"])
_HEADS = {fold(head): head for head in sorted(_OPEN["heads"], key=len, reverse=True)}  # the longest first
_NAMED = {
    **dict.fromkeys(_OPEN["long_heads"], frozenset(_OPEN["kinds_of_enterprise"])),
    _OPEN["school_head"]: frozenset(_OPEN["school"]),
}
_SYLLABLE = re.compile(r"(?:ngh?|[cgknpt]h|gi|qu|tr|[bcdđghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|nh|ng|[cmnpt])?")
_PLACE = re.compile(rf"\s(?P<kind>{'|'.join(UNIT_LEVELS)})\s(?P<name>\S.*)$")


def in_small(name: str) -> str:
    """A name with the words that stand in capitals at its beginning in small letters; any other as it is."""
    words = name.split()
    loud = list(takewhile(lambda word: not any(c.islower() for c in word), words))
    if len(loud) < 2:  # an abbreviation alone
        return name
    low = fold(" ".join(loud))
    head = next((written for h, written in _HEADS.items() if f"{low} ".startswith(f"{h} ")), "")
    own = low[len(head) :].strip()
    place = _PLACE.search(f" {own}")
    field = own[: place.start()].strip() if place else own
    parts = [head, _cased(field, head, loud)]
    if place:
        parts.append(f"{place['kind']} {place['name'].title()}")
    return " ".join(filter(None, [*parts, *words[len(loud) :]]))


def _cased(field: str, head: str, loud: list[str]) -> str:
    """The words between head and place: a field as in a sentence, the own name of a school or an enterprise in full."""
    short = {fold(word): word for word in loud if not _is_syllable(word)}
    words = [short.get(word, word) for word in field.split()]
    if part := next((kind for kind in _PARTS if field.startswith(kind)), None):  # CHI BỘ THÔN NÀ KHOANG
        told = len(part.split())
        return " ".join([*words[:told], *map(str.capitalize, words[told:])])
    kinds = next((known for named, known in _NAMED.items() if head.startswith(named)), None)
    told = len(list(takewhile(lambda word: word in short.values() or word in (kinds or ()), words)))
    large = slice(told, None) if kinds is not None else slice(told, 1)
    words[large] = [word if word in short.values() else word.capitalize() for word in words[large]]
    return " ".join(words)


def _is_syllable(word: str) -> bool:
    """Whether a word can be spoken; abbreviations (``THPT``, ``QLDA``) cannot."""
    letters = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if c.isalpha())
    return _SYLLABLE.fullmatch(letters) is not None
