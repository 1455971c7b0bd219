"""What styles make of paragraphs, runs and tables of a Word document: bold, centred, listed, ruled."""

from __future__ import annotations

from typing import Any, NamedTuple

from pipeline.extract.ooxml import W

_DEPTH = 12  # of styles that build on each other


class Look(NamedTuple):
    """How a paragraph or run looks, in Word and OpenDocument files."""

    bold: bool = False
    italic: bool = False
    centred: bool = False
    font: str | None = None


class Styles:
    """The styles of a document by their names."""

    def __init__(self, root: Any | None) -> None:
        self._styles = {s.get(f"{W}styleId"): s for s in root.iterchildren(f"{W}style")} if root is not None else {}
        defaults = (
            i for i, s in self._styles.items() if s.get(f"{W}type") == "paragraph" and s.get(f"{W}default") == "1"
        )
        self._default = next(defaults, None)
        default_fonts = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr") if root is not None else None
        self._font = _font([default_fonts] if default_fonts is not None else [])
        self._chains: dict[str | None, list[Any]] = {}
        self._looks: dict[str | None, tuple[Look, str | None]] = {}

    def _chain(self, name: str | None) -> list[Any]:
        """A style and those it is based on, nearest first."""
        if name not in self._chains:
            chain: list[Any] = []
            above = name
            while above in self._styles and len(chain) < _DEPTH:
                chain.append(self._styles[above])
                above = _val(chain[-1].find(f"{W}basedOn"))
            self._chains[name] = chain
        return self._chains[name]

    def of_paragraph(self, properties: Any | None) -> Look:
        """The look that a paragraph's style and its own properties give it."""
        look, justified = self._of_style(self._style_of(properties))
        own = None if properties is None else _val(properties.find(f"{W}jc"))
        return look._replace(centred=(own or justified) == "center")

    def _of_style(self, name: str | None) -> tuple[Look, str | None]:
        """The look that a style gives its paragraphs, and how it justifies them."""
        if name not in self._looks:
            chain = self._chain(name)
            runs = _each(chain, "rPr")
            justified = next((j for p in _each(chain, "pPr") if (j := _val(p.find(f"{W}jc")))), None)
            self._looks[name] = Look(_switch(runs, "b"), _switch(runs, "i"), False, _font(runs, self._font)), justified
        return self._looks[name]

    def of_run(self, run: Any, paragraph: Look) -> Look:
        """The look of a run within a paragraph."""
        own = run.find(f"{W}rPr")
        if own is None:
            return paragraph
        sources = [own, *_each(self._chain(_val(own.find(f"{W}rStyle"))), "rPr")]
        return Look(
            _switch(sources, "b", paragraph.bold),
            _switch(sources, "i", paragraph.italic),
            paragraph.centred,
            _font(sources, paragraph.font),
        )

    @staticmethod
    def is_hidden(run: Any) -> bool:
        """Whether a run is hidden text."""
        own = run.find(f"{W}rPr")
        return own is not None and _switch([own], "vanish")

    def list_of(self, properties: Any | None) -> tuple[str, int] | None:
        """The list and level of a paragraph, its own or its style's."""
        own = [properties] if properties is not None else []
        number: str | None = None
        level: str | None = None
        for source in own + _each(self._chain(self._style_of(properties)), "pPr"):
            listed = source.find(f"{W}numPr")
            if listed is not None:
                number = number or _val(listed.find(f"{W}numId"))
                level = level or _val(listed.find(f"{W}ilvl"))
        if not number or number == "0":
            return None
        return number, int(level) if level and level.isdigit() else 0

    def is_ruled(self, tbl: Any) -> bool:
        """Whether a table has visible rules inside or around it."""
        properties = tbl.find(f"{W}tblPr")
        name = _val(properties.find(f"{W}tblStyle")) if properties is not None else None
        sources = ([properties] if properties is not None else []) + _each(self._chain(name), "tblPr")
        borders = next((b for s in sources if (b := s.find(f"{W}tblBorders")) is not None), None)
        cells = tbl.iterfind(f"{W}tr/{W}tc/{W}tcPr/{W}tcBorders")
        return _visible(borders) or any(_visible(b) for b in cells)

    def _style_of(self, properties: Any | None) -> str | None:
        own = _val(properties.find(f"{W}pStyle")) if properties is not None else None
        return own or self._default


def _each(chain: list[Any], name: str) -> list[Any]:
    return [found for style in chain if (found := style.find(f"{W}{name}")) is not None]


def _switch(sources: list[Any], name: str, default: bool = False) -> bool:
    """An on-off property, from the first source that has it."""
    for source in sources:
        found = source.find(f"{W}{name}")
        if found is not None:
            return found.get(f"{W}val", "1") not in ("0", "false", "none", "off")
    return default


def _font(sources: list[Any], default: str | None = None) -> str | None:
    """The font of Latin letters, from the first source that has one."""
    for source in sources:
        fonts = source.find(f"{W}rFonts")
        name = None if fonts is None else fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi")
        if name:
            return str(name)
    return default


def _val(element: Any | None) -> str | None:
    return None if element is None else element.get(f"{W}val")


def _visible(borders: Any | None) -> bool:
    """Whether both directions have rules: a line below a letterhead alone makes no grid."""
    if borders is None:
        return False
    drawn = {b.tag.removeprefix(W) for b in borders if b.get(f"{W}val") not in (None, "none", "nil")}
    across, down = {"top", "bottom", "insideH"}, {"left", "right", "start", "end", "insideV"}
    return bool(drawn & across) and bool(drawn & down)
