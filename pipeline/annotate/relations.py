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


def read_relation(words: str, end: int) -> CitationRelation | None:
    """The relation told by the words directly before ``end``, where a mention begins; null where they tell none."""
    left = _SENTENCE.split(words[max(0, end - _REACH) : end])[-1]
    return next((relation for name, relation in _CUES if _FORMS[name].pattern.search(left)), None)


def list_relation(words: str) -> CitationRelation | None:
    """What a paragraph says is done to the documents listed below it (``Bãi bỏ các Quyết định sau đây:``)."""
    opening = _FORMS["ends_listed"].pattern.match(words) if words.rstrip().endswith(":") else None
    if not opening:
        return None
    return "replaces" if opening["replaces"] else "repeals"
