"""What styles make of paragraphs, runs and tables of a Word document: bold, centred, listed, ruled."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from pipeline.extract.ooxml import W, parsed

_BOLD, _ITALIC, _HIDDEN, _FONTS, _VALUE = (f"{W}{name}" for name in ("b", "i", "vanish", "rFonts", "val"))
_DEPTH = 12  # of styles that build on each other
_USUAL = 2**20  # bytes: greater ones are not kept for the next file

#: What a paragraph, run, cell, table or style says of itself (``pPr``, ``rPr`` ...), by tag.
Properties = dict[str, Any]


class Look(NamedTuple):
    """How a paragraph or run looks, in Word and OpenDocument files."""

    bold: bool = False
    italic: bool = False
    centred: bool = False
    font: str | None = None


def properties(element: Any, name: str) -> Properties:
    """What an element says of itself under a name; of what it says twice the first."""
    said = next(element.iterchildren(f"{W}{name}"), None)
    return {} if said is None else {child.tag: child for child in said.iterchildren(reversed=True)}


class Styles:
    """The styles of a document by their names."""

    def __init__(self, root: Any | None) -> None:
        self._styles = {s.get(f"{W}styleId"): s for s in root.iterchildren(f"{W}style")} if root is not None else {}
        defaults = (
            i for i, s in self._styles.items() if s.get(f"{W}type") == "paragraph" and s.get(f"{W}default") == "1"
        )
        self._default = next(defaults, None)
        default_runs = root.find(f"{W}docDefaults/{W}rPrDefault") if root is not None else None
        self._font = _font([properties(default_runs, "rPr")] if default_runs is not None else [])
        self._said: dict[tuple[str | None, str], list[Properties]] = {}
        self._looks: dict[str | None, Look] = {}

    def _of_style(self, name: str | None, part: str) -> list[Properties]:
        """What a style and those it is based on say under ``pPr``, ``rPr`` or ``tblPr``, the nearest first."""
        if (name, part) not in self._said:
            said: list[Properties] = []
            above = name
            while above in self._styles and len(said) < _DEPTH:
                style = self._styles[above]
                said.append(properties(style, part))
                above = _val(style.find(f"{W}basedOn"))
            self._said[name, part] = said
        return self._said[name, part]

    def of_paragraph(self, own: Properties) -> Look:
        """The look that a paragraph's style and its own properties give it."""
        name = self._style_of(own)
        if name not in self._looks:
            runs = self._of_style(name, "rPr")
            self._looks[name] = Look(_switch(runs, _BOLD), _switch(runs, _ITALIC), False, _font(runs, self._font))
        look = self._looks[name]
        justified = (_val(said.get(f"{W}jc")) for said in (own, *self._of_style(name, "pPr")))
        return Look(look.bold, look.italic, next(filter(None, justified), None) == "center", look.font)

    def of_run(self, own: Properties, paragraph: Look) -> Look:
        """The look of a run within a paragraph."""
        if not own:
            return paragraph
        sources = [own, *self._of_style(_val(own.get(f"{W}rStyle")), "rPr")]
        return Look(
            _switch(sources, _BOLD, paragraph.bold),
            _switch(sources, _ITALIC, paragraph.italic),
            paragraph.centred,
            _font(sources, paragraph.font),
        )

    def list_of(self, own: Properties) -> tuple[str, int] | None:
        """The list and level of a paragraph, its own or its style's."""
        number: str | None = None
        level: str | None = None
        for said in (own, *self._of_style(self._style_of(own), "pPr")):
            listed = said.get(f"{W}numPr")
            if listed is not None:
                number = number or _val(listed.find(f"{W}numId"))
                level = level or _val(listed.find(f"{W}ilvl"))
        if not number or number == "0":
            return None
        return number, int(level) if level and level.isdigit() else 0

    def is_ruled(self, tbl: Any) -> bool:
        """Whether a table has visible rules inside or around it."""
        own = properties(tbl, "tblPr")
        sources = [own, *self._of_style(_val(own.get(f"{W}tblStyle")), "tblPr")]
        borders = next((b for said in sources if (b := said.get(f"{W}tblBorders")) is not None), None)
        cells = tbl.iterfind(f"{W}tr/{W}tc/{W}tcPr/{W}tcBorders")
        return _visible(borders) or any(_visible(b) for b in cells)

    def _style_of(self, own: Properties) -> str | None:
        return _val(own.get(f"{W}pStyle")) or self._default


def styles_in(content: bytes | None) -> Styles:
    """The styles that a part of a file holds. Files made from one template share this part, their greatest by far."""
    if content is None:
        return Styles(None)
    return _kept(content) if len(content) <= _USUAL else Styles(parsed(content))


@lru_cache(maxsize=4)
def _kept(content: bytes) -> Styles:
    return Styles(parsed(content))


def is_hidden(own: Properties) -> bool:
    """Whether a run is hidden text."""
    return _switch([own], _HIDDEN)


def _switch(sources: list[Properties], name: str, default: bool = False) -> bool:
    """An on-off property, from the first source that has it."""
    for source in sources:
        found = source.get(name)
        if found is not None:
            return found.get(_VALUE, "1") not in ("0", "false", "none", "off")
    return default


def _font(sources: list[Properties], default: str | None = None) -> str | None:
    """The font of Latin letters, from the first source that has one."""
    for source in sources:
        fonts = source.get(_FONTS)
        name = None if fonts is None else fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi")
        if name:
            return str(name)
    return default


def _val(element: Any | None) -> str | None:
    return None if element is None else element.get(_VALUE)


def _visible(borders: Any | None) -> bool:
    """Whether both directions have rules: a line below a letterhead alone makes no grid."""
    if borders is None:
        return False
    drawn = {b.tag.removeprefix(W) for b in borders if b.get(f"{W}val") not in (None, "none", "nil")}
    across, down = {"top", "bottom", "insideH"}, {"left", "right", "start", "end", "insideV"}
    return bool(drawn & across) and bool(drawn & down)
