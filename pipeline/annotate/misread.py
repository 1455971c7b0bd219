"""Letters that a machine mistook for others when it read a page, read as they are meant: ``1O5/QD-UBND``.

Only where nothing else can stand (``patterns/misread.toml``), and one letter for one, so that every offset holds for
the words as written too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import patterns
from pipeline.model import Item, Section, Text

_FORMS = patterns.forms("misread")
_MEANT = {name: str.maketrans(letters) for name, letters in patterns.data("misread")["meant"].items()}


def as_meant(text: Text) -> Text:
    """The text with such letters replaced; the same text where there are none."""
    suspect = _FORMS["suspect"].pattern
    words = "\n".join(_meant(line) if suspect.search(line) else line for line in text.text.split("\n"))
    return text if words == text.text else replace(text, text=words)


def _meant(line: str) -> str:
    for name, letters in _MEANT.items():
        line = _FORMS[name].pattern.sub(lambda m, letters=letters: m[0].translate(letters), line)  # type: ignore[misc]
    return line


def keep_written(items: Iterable[Item | Section], text: Text) -> None:
    """Give findings in a text as meant the words of the text as written."""
    for item in items:
        item.text = text.text[item.start : item.end]
