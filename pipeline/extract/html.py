"""Web pages and pages saved by Word: the document in them, not the navigation around it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from lxml import html

from pipeline import layout
from pipeline.extract import css, grid
from pipeline.extract.grid import GridCell
from pipeline.extract.numbering import written
from pipeline.extract.prose import Run, lines, reading
from pipeline.extract.reading import Reading
from pipeline.model import Line, Table


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SKIPPED = _names(
    "head script style noscript template nav aside footer button select option textarea input iframe object svg"
    " canvas audio video map del dialog"
)
_BLOCKS = _names(
    "html body div p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd center blockquote pre section article main header form"
    " fieldset figure figcaption address hr caption details summary"
)
_BOLD, _ITALIC = _names("b strong h1 h2 h3 h4 h5 h6 th"), _names("i em cite address")
_NUMBERS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s{0,4}=\s{0,4}[\"']?([\w-]{1,40})", re.IGNORECASE)
_WHITE = re.compile(r"[ \t\r\n\f]+")
_TO_NOTE_MARK = re.compile(r"#(?:_ftnref|_ednref|sdfootnote\d+anc|sdendnote\d+anc)")
_HEAD = 20_000
_MOST_COLUMNS = 256  # beyond them no cell reaches into the next row
_BEFORE = 60  # small letters that may stand before the name of the state: the issuer's name is in capitals
_LINKED = 0.5  # the share of links from which text is navigation


def read(path: Path) -> Reading:
    """The document on a page."""
    return read_page(path.read_bytes())


def read_page(data: bytes) -> Reading:
    """The document on a page of these bytes."""
    text = _decoded(data).replace("\0", "")
    root = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8", no_network=True))
    rules = css.Rules("\n".join(style.text or "" for style in root.iter("style")))
    page = _Page(rules)
    return reading(page.blocks(_document(root, page)), "Trang web")


def _decoded(data: bytes) -> str:
    """The text of a page: what its bytes are, then what it declares; Word declares windows-1252 and uses entities."""
    for mark, name in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            return data.decode(name, "replace").lstrip("\ufeff")
    declared = _CHARSET.search(data[:_HEAD])
    names = ["utf-8", declared[1].decode("ascii", "replace")] if declared else ["utf-8"]
    for name in names:
        try:
            return data.decode("cp1252" if name.lower() == "iso-8859-1" else name)
        except (LookupError, ValueError):
            continue
    broken = data.decode("utf-8", "replace")
    few = broken.count("\ufffd") < 0.001 * len(broken)
    return broken if few else data.decode("cp1252", "replace")


def _document(root: Any, page: _Page) -> Any:
    """The element that holds the document: around its letterhead, without the bars above and lists below it."""
    body = root.find("body")
    body = root if body is None else body
    spans = page.spans(body)
    anchor = next((e for e in spans if layout.is_a("state_name", " ".join((e.text or "").split()))), None)
    if anchor is None:
        found = [e for e in spans if e.tag in ("article", "main")]
        return found[0] if len(found) == 1 else body
    chosen = anchor = next((e for e in reversed(list(anchor.iterancestors("table"))) if e in spans), anchor)
    while chosen is not body:
        outer, inner = spans[chosen.getparent()], spans[chosen]
        more, links = outer.letters - inner.letters, outer.links - inner.links
        if spans[anchor].before - outer.before > _BEFORE or links > _LINKED * more:
            break
        chosen = chosen.getparent()
    return chosen


class _Span(NamedTuple):
    """How many small letters a page shows before an element, and how many letters it holds itself, also in links."""

    before: int
    letters: int
    links: int


class _Look(NamedTuple):
    """What an element hands down to its words."""

    bold: bool = False
    italic: bool = False
    centred: bool = False
    font: str | None = None
    as_typed: bool = False


class _Page:
    def __init__(self, rules: css.Rules) -> None:
        self._rules = rules

    # ------------------------------------------------------------------ what is there to see

    def spans(self, root: Any) -> dict[Any, _Span]:
        """The elements below a root that are shown, in the page's order."""
        spans: dict[Any, _Span] = {}
        small = letters = links = 0

        def walk(element: Any, linked: bool) -> None:
            at = small, letters, links
            spans[element] = _Span(small, 0, 0)
            linked = linked or (element.tag == "a" and element.get("href") is not None)
            count(element.text, linked)
            for child in element:
                if self._is_shown(child):
                    walk(child, linked)
                count(child.tail, linked)
            spans[element] = _Span(at[0], letters - at[1], links - at[2])

        def count(words: str | None, linked: bool) -> None:
            nonlocal small, letters, links
            if words := (words or "").strip():
                small += sum(map(str.islower, words))
                letters += len(words)
                links += len(words) if linked else 0

        walk(root, linked=False)
        return spans

    def _is_shown(self, element: Any) -> bool:
        if not isinstance(element.tag, str) or element.tag in _SKIPPED or element.get("role") == "navigation":
            return False
        style = self._rules.of(element)
        return style.get("display") != "none" and style.get("mso-hide") != "all" and element.get("hidden") is None

    # ------------------------------------------------------------------ paragraphs and tables

    def blocks(self, element: Any, look: _Look = _Look()) -> Iterator[Line | Table]:  # noqa: B008
        """The paragraphs and tables of an element."""
        runs: list[Run] = []
        own = self._look(element, look)
        yield from self._flow(element, own, runs)
        yield from self._flush(runs, own)

    def _flow(self, element: Any, look: _Look, runs: list[Run]) -> Iterator[Line | Table]:
        """Collect the words of an element; wherever a block begins, give out what was collected before."""
        self._say(element.text, look, runs)
        counter = _Counter(element)
        for child in element:
            if not self._is_shown(child):
                pass
            elif child.tag == "br":
                runs.append(Run("\n"))
            elif child.tag == "table":
                yield from self._flush(runs, look)
                yield from self._table(child, look)
            elif child.tag in _BLOCKS:
                yield from self._flush(runs, look)
                found = self.blocks(child, look)
                yield from _labelled(found, counter.label(child)) if child.tag == "li" else found
            elif number := _number_of_note(child):
                runs.append(Run(f"[{number}] "))
            elif not _is_note_mark(child):
                yield from self._flow(child, self._look(child, look), runs)
            self._say(child.tail, look, runs)

    @staticmethod
    def _flush(runs: list[Run], look: _Look) -> Iterator[Line | Table]:
        found = list(runs)
        runs.clear()
        return lines(found, look.centred)

    @staticmethod
    def _say(words: str | None, look: _Look, runs: list[Run]) -> None:
        if words:
            text = words if look.as_typed else _WHITE.sub(" ", words)
            if text != " " or (runs and not runs[-1].text.endswith((" ", "\n"))):
                runs.append(Run(text, look.bold, look.italic, look.font))

    def _look(self, element: Any, look: _Look) -> _Look:
        style = self._rules.of(element)
        weight = style.get("font-weight", "")
        slant = style.get("font-style", "")
        align = style.get("text-align") or (element.get("align") or "").lower()
        face = style.get("font-family") or (element.get("face") if element.tag == "font" else None)
        return _Look(
            weight in ("bold", "bolder", "600", "700", "800", "900")
            or (not weight and (look.bold or element.tag in _BOLD)),
            slant in ("italic", "oblique") or (not slant and (look.italic or element.tag in _ITALIC)),
            align == "center" if align else look.centred or element.tag in ("center", "th"),
            face.split(",")[0].strip(" \"'") if face else look.font,
            look.as_typed or element.tag == "pre",
        )

    def _table(self, table: Any, look: _Look) -> Iterator[Line | Table]:
        rows = [r for r in table.iter("tr") if next(r.iterancestors("table")) is table and self._is_shown(r)]
        own = self._look(table, look)._replace(centred=False)
        caption = table.find("caption")
        if caption is not None:
            yield from self.blocks(caption, own)
        yield from grid.table(self._cells(rows, own), self._is_ruled(table, rows), _marked(rows))

    def _cells(self, rows: list[Any], look: _Look) -> list[list[GridCell]]:
        """The cells of each row, those that reach down from rows above among them."""
        grid_rows: list[list[GridCell]] = []
        reaching: dict[int, tuple[int, int]] = {}  # by column: over how many more rows, and how wide
        for row in rows:
            line: list[GridCell] = []
            column = 0
            below: dict[int, tuple[int, int]] = {}
            for cell in [*(c for c in row if c.tag in ("td", "th") and self._is_shown(c)), None]:
                while column in reaching:
                    left, width = reaching.pop(column)
                    line.append(GridCell(columns=width, merged=True, continues=True))
                    below |= {column: (left - 1, width)} if left > 1 else {}
                    column += width
                if cell is not None:
                    width, down = _span(cell, "colspan"), _span(cell, "rowspan")
                    line.append(GridCell(list(self.blocks(cell, look)), width, down > 1))
                    below |= {column: (down - 1, width)} if down > 1 and column < _MOST_COLUMNS else {}
                    column += width
            reaching = below
            grid_rows.append(line)
        return grid_rows

    def _is_ruled(self, table: Any, rows: list[Any]) -> bool:
        """Whether both directions have rules: a line below a letterhead alone makes no grid."""
        drawn = set().union(*(self._rules.borders(c) for r in rows for c in r if c.tag in ("td", "th")))
        if not drawn and self._rules.of(table).get("border") != "none":
            attribute = table.get("border")
            return attribute not in (None, "0") or self._rules.borders(table) >= {"top", "left"}
        return bool(drawn & {"top", "bottom"}) and bool(drawn & {"left", "right"})


def _labelled(blocks: Iterator[Line | Table], label: str) -> Iterator[Line | Table]:
    """An item of a list, its label before its first words."""
    for block in blocks:
        if label and isinstance(block, Line):
            block, label = replace(block, text=label + block.text), ""
        yield block


class _Counter:
    """The numbers of the items of a list."""

    def __init__(self, element: Any) -> None:
        self._ordered = element.tag == "ol"
        self._form = _NUMBERS.get(element.get("type", "1"), "decimal")
        self._next = _whole(element.get("start"), 1)

    def label(self, item: Any) -> str:
        if not self._ordered:
            return "- "
        number = _whole(item.get("value"), self._next)
        self._next = number + 1
        mark = ")" if self._form == "lowerLetter" else "."
        return f"{written(number, self._form)}{mark} "


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.strip().isdecimal() and len(text) < 6 else default


def _span(cell: Any, name: str) -> int:
    return max(1, min(_whole(cell.get(name), 1), grid.MAX_SPAN if name == "colspan" else 1000))


def _marked(rows: list[Any]) -> int:
    """How many rows at the top are a header by their author's word."""
    count = 0
    for row in rows:
        cells = [c for c in row if c.tag in ("td", "th")]
        if row.getparent().tag != "thead" and not (cells and all(c.tag == "th" for c in cells)):
            break
        count += 1
    return count


def _is_note_mark(element: Any) -> bool:
    """Whether an element refers to a footnote, as Word and LibreOffice write it."""
    target = element.get("href") or ""
    return (
        element.tag == "a"
        and target.startswith(("#_ftn", "#_edn", "#sdfootnote", "#sdendnote"))
        and not _TO_NOTE_MARK.match(target)
    )


def _number_of_note(element: Any) -> str:
    """The number of the footnote that an element opens, as it refers back to its mark; empty for other elements."""
    if element.tag != "a" or not _TO_NOTE_MARK.match(element.get("href") or ""):
        return ""
    number: str = element.text_content().strip(" []()\xa0\r\n\t")
    return number if number.isdecimal() else ""
