"""The provision (điểm, khoản, điều ...) of the document that is named next."""

from __future__ import annotations

import re

from patterns import forms

_FORMS = forms("citations")
_REACH = 200
_SEAMS = re.compile(r"\s*[,;]\s*|\s+(?:và|hoặc)\s+")


def read_pinpoint(words: str, end: int) -> tuple[dict[str, str] | None, int]:
    """The provision that ends where a mention begins, inner to outer, and where it begins itself.

    ``điểm a, c khoản 2 Điều 7`` is ``{"điểm": "a, c", "khoản": "2", "điều": "7"}``.
    """
    m = _FORMS["pinpoint"].pattern.search(words, max(0, end - _REACH), end)
    if not m:
        return None, end
    found: dict[str, list[str]] = {}
    for p in _FORMS["provision"].pattern.finditer(m["provisions"]):
        labels = found.setdefault(" ".join(p["level"].lower().split()), [])
        labels += [label for label in _SEAMS.split(p["labels"]) if label not in labels]
    return {level: ", ".join(labels) for level, labels in found.items()}, m.start()
