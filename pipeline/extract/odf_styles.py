"""The styles of an OpenDocument file: looks of paragraphs and words, borders of cells, lists."""

from __future__ import annotations

from typing import Any

from pipeline.extract.styles import Look

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"

_DEPTH = 12  # of styles that build on each other
_SIDES = ("top", "right", "bottom", "left")


class Styles:
    """The styles of all parts of a file by family and name."""

    def __init__(self, roots: list[Any]) -> None:
        self._styles: dict[tuple[str, str], Any] = {}
        self._fonts: dict[str, str] = {}
        self.lists: dict[str, Any] = {}
        for root in roots:
            for style in root.iter(f"{STYLE}style"):
                self._styles[style.get(f"{STYLE}family", ""), style.get(f"{STYLE}name", "")] = style
            for face in root.iter(f"{STYLE}font-face"):
                self._fonts[face.get(f"{STYLE}name", "")] = face.get(f"{_SVG}font-family", "").strip("'\"")
            for style in root.iter(f"{TEXT}list-style"):
                self.lists[style.get(f"{STYLE}name", "")] = style

    def of_paragraph(self, name: str | None) -> Look:
        """The look that a paragraph style gives."""
        chain = self._chain("paragraph", name)
        align = _first(chain, "paragraph", f"{FO}text-align")
        return self._look(chain, Look())._replace(centred=align == "center")

    def of_text(self, name: str | None, outer: Look) -> Look:
        """The look of words of a style within others."""
        return self._look(self._chain("text", name), outer) if name else outer

    def borders(self, name: str | None) -> set[str]:
        """The sides on which a cell of a style has a visible border."""
        chain = self._chain("table-cell", name)
        whole = _first(chain, "table-cell", f"{FO}border")
        found = set(_SIDES) if whole and not whole.startswith("none") else set()
        for side in _SIDES:
            value = _first(chain, "table-cell", f"{FO}border-{side}")
            if value and not value.startswith("none"):
                found.add(side)
        return found

    def is_hidden(self, name: str | None) -> bool:
        """Whether a table style hides the sheet."""
        return _first(self._chain("table", name), "table", f"{_TABLE}display") == "false"

    def _look(self, chain: list[Any], outer: Look) -> Look:
        weight, slant = (_first(chain, "text", f"{FO}{name}") for name in ("font-weight", "font-style"))
        name = _first(chain, "text", f"{STYLE}font-name")
        font = self._fonts.get(name, name) if name else _first(chain, "text", f"{FO}font-family")
        return Look(
            weight in ("bold", "600", "700", "800", "900") if weight else outer.bold,
            slant in ("italic", "oblique") if slant else outer.italic,
            outer.centred,
            font or outer.font,
        )

    def _chain(self, family: str, name: str | None) -> list[Any]:
        """A style and those it is based on, nearest first."""
        chain: list[Any] = []
        while name and (family, name) in self._styles and len(chain) < _DEPTH:
            chain.append(self._styles[family, name])
            name = chain[-1].get(f"{STYLE}parent-style-name")
        return chain


def _first(chain: list[Any], kind: str, name: str) -> str | None:
    """A property, from the nearest style that has it."""
    for style in chain:
        properties = style.find(f"{STYLE}{kind}-properties")
        value = properties.get(name) if properties is not None else None
        if value is not None:
            return str(value)
    return None
