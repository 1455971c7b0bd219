"""What a single line looks like: the forms of ``patterns/layout.toml`` as questions."""

from __future__ import annotations

import re
from functools import cache

import patterns

_FORMS = patterns.Patterns("layout")
_LAST_WORDS = 24  # letters in which the word that a line ends with stands


def is_a(form: str, text: str) -> bool:
    """Whether a line has a form of ``patterns/layout.toml``."""
    return bool(_FORMS[form].search(text))


def dangles(text: str) -> bool:
    """Whether a line cannot be the last of its paragraph, by the word at its end."""
    return is_a("dangling", text[-_LAST_WORDS:])


def find(form: str, text: str) -> re.Match[str] | None:
    """Where a line has a form."""
    return _FORMS[form].search(text)


def without(form: str, text: str) -> str:
    """A line without what a form finds in it."""
    return _FORMS[form].sub("", text)


def seam(upper: str, lower: str) -> str:
    """What stands between two lines of a paragraph: a space; nothing where a word was parted at hyphen or stroke."""
    if upper[-1:] in ("-", "/") and upper[-2:-1].isalnum() and lower[:1].isalnum():
        return ""
    return "" if lower[:1] == "/" and upper[-1:].isalnum() else " "


@cache
def _type_names() -> frozenset[str]:
    names = {n for row in patterns.rows("document_types") for n in (row["name"], *row["aliases"].split("|")) if n}
    suffixes = ["", *(f" {s}" for s in patterns.data("layout")["type_suffixes"])]
    return frozenset(name.upper() + suffix for name in names for suffix in suffixes)


def is_type_line(text: str) -> bool:
    """Whether a line is the name of a document's type and nothing else: ``KẾ HOẠCH``."""
    return text.isupper() and " ".join(text.split()) in _type_names()


def opens(text: str) -> bool:
    """Whether a line begins as paragraphs do: with a number, a bullet or words of opening."""
    return is_a("label", text) or is_a("bullet", text) or is_a("opening", text)


def is_upper(text: str) -> bool:
    """Whether a line is set in capitals."""
    return text.isupper() and sum(c.isalpha() for c in text) > 2


def starts_lower(text: str) -> bool:
    """Whether a line goes on in the middle of a sentence."""
    first = next((c for c in text if c.isalnum()), "")
    return first.islower()


def ends_sentence(text: str) -> bool:
    """Whether a line ends as paragraphs do."""
    return text.rstrip(' )”"’»')[-1:] in {".", ";", ":", "!", "?", "…"} or text.endswith("./.")
