"""Why a document is named: as a basis, to carry it out, to amend it ..."""

from __future__ import annotations

import re

from patterns import forms
from pipeline.model import CitationRelation

_FORMS = forms("citations")
_REACH = 120
_CUES: tuple[tuple[str, CitationRelation], ...] = (
    ("amended_by", "mentions"),
    ("basis", "basis"),
    ("amends", "amends"),
    ("replaces", "replaces"),
    ("repeals", "repeals"),
    ("guides", "guides"),
    ("implements", "implements"),
)
_SENTENCE = re.compile(r"[.;]\s")
_ENDS = _FORMS["may_end"].pattern


def read_relation(words: str, end: int) -> CitationRelation | None:
    """The relation told by the words directly before ``end``, where a mention begins; null where they tell none."""
    left = _SENTENCE.split(words[max(0, end - _REACH) : end])[-1]
    return next((relation for name, relation in _CUES if _FORMS[name].pattern.search(left)), None)


def list_relation(words: str) -> CitationRelation | None:
    """What a paragraph says is done to the documents listed below it (``Bãi bỏ các Quyết định sau đây:``)."""
    opening = _FORMS["ends_listed"].pattern.match(words) if _ENDS.search(words) else None
    if not opening:
        return None
    return "replaces" if opening["replaces"] or opening["replaced"] else "repeals"


def ended_behind(words: str, start: int, end: int) -> CitationRelation | None:
    """What the words behind a mention say that the document does to it (``hết hiệu lực từ ngày Luật này ...``)."""
    if not _ENDS.search(words, end):
        return None
    left, right = words[max(0, start - 2 * _REACH) : start], words[end : end + 3 * _REACH]
    name = "then_ends" if _FORMS["since_this"].pattern.search(left) else "ends_with_this"
    ends = _FORMS[name].pattern.match(right)
    return ("replaces" if ends["replaces"] else "repeals") if ends else None
