"""What a reader of pictures commonly mistakes, set right where only one thing can be meant (``patterns/ocr.toml``).

Only words read from pictures come here; everything found in them is marked as read by OCR in any case.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import patterns

Meant = str | Callable[[re.Match[str]], str]


@cache
def _forms() -> list[tuple[re.Pattern[str], Meant]]:
    meant = {form["name"]: form["meant"] for form in patterns.data("ocr")["form"]}
    forms = patterns.forms("ocr").items()
    return [(form.pattern, _lower if meant[name] == "lower" else meant[name]) for name, form in forms]


def _lower(found: re.Match[str]) -> str:
    return found[0].lower()


def as_meant(text: str) -> str:
    """A line or cell as it is meant; the same where nothing is known to be wrong with it."""
    for pattern, meant in _forms():
        text = pattern.sub(meant, text)
    return text
