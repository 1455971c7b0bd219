"""The little of style sheets that reading needs: fonts, weight, alignment, borders, what is hidden."""

from __future__ import annotations

import re
from typing import Any

_COMMENT = re.compile(r"/\*[^*]*\*+(?:[^/*][^*]*\*+)*/|<!--|-->")
_LONGEST = 2000  # letters of a list of selectors
_SELECTOR = re.compile(r"[a-z][a-z0-9]*|[a-z0-9]*\.[\w-]+", re.IGNORECASE)
_KNOWN = ("font-family", "font-weight", "font-style", "text-align", "display", "mso-hide", "border")
_SIDES = ("top", "right", "bottom", "left")
_NONE = re.compile(r"\b(?:none|hidden|0(?:px|pt|cm)?)(?![\w.])")

Style = dict[str, str]


class Rules:
    """The rules of a page's style sheets that go by tag and class."""

    def __init__(self, sheet: str) -> None:
        self._rules: dict[str, Style] = {}
        for rule in _COMMENT.sub(" ", sheet).split("}"):
            before, _, declarations = rule.rpartition("{")
            selectors = before[-_LONGEST:].rpartition("{")[2]  # what stands within @media counts as well
            style = _parsed(declarations)
            for selector in selectors.split(",") if style else ():
                if _SELECTOR.fullmatch(selector.strip()):
                    self._rules.setdefault(selector.strip().lower(), {}).update(style)

    def of(self, element: Any) -> Style:
        """What holds for an element itself: by its tag, its classes, its own attribute, the later the stronger."""
        names = (element.get("class") or "").lower().split()
        style: Style = {}
        for name in (element.tag, *(f".{n}" for n in names), *(f"{element.tag}.{n}" for n in names)):
            style.update(self._rules.get(name, {}))
        style.update(_parsed(element.get("style") or ""))
        return style

    def borders(self, element: Any) -> set[str]:
        """The sides on which an element has a visible border."""
        style = self.of(element)
        drawn = set(_SIDES) if "border" in style and not _NONE.search(style["border"]) else set()
        for side in _SIDES:
            value = style.get(f"border-{side}")
            if value:
                (drawn.discard if _NONE.search(value) else drawn.add)(side)
        return drawn


def _parsed(declarations: str) -> Style:
    style: Style = {}
    for declaration in declarations.split(";"):
        name, _, value = declaration.partition(":")
        name = name.strip().lower()
        if name in _KNOWN or name.startswith("border-"):
            style[name] = " ".join(value.replace("!important", "").lower().split())
    return style
