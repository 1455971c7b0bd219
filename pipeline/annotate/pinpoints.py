"""The provision (điểm, khoản, điều ...) of the document that is named next."""

from __future__ import annotations

import re

from patterns import forms

_FORMS = forms("citations")
_REACH = 200
_SEAMS = re.compile(r"\s*[,;]\s*|\s+(?:và|hoặc)\s+")


def read_pinpoint(left: str) -> tuple[dict[str, str], int] | None:
    """The provision at the end of the words before a mention, inner to outer, and where in ``left`` it begins.

    ``điểm a, c khoản 2 Điều 7`` is ``{"điểm": "a, c", "khoản": "2", "điều": "7"}``.
    """
    offset = max(0, len(left) - _REACH)
    m = _FORMS["pinpoint"].pattern.search(left, offset)
    if not m:
        return None
    found: dict[str, list[str]] = {}
    for p in _FORMS["provision"].pattern.finditer(m["provisions"]):
        labels = found.setdefault(" ".join(p["level"].lower().split()), [])
        labels += [label for label in _SEAMS.split(p["labels"]) if label not in labels]
    return {level: ", ".join(labels) for level, labels in found.items()}, m.start()
