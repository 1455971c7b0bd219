"""A small writer of PDF files for the tests: any letters at any place, without font files.

The font is none of the reader's: its widths are Times', its letters are told by a ToUnicode map, so a test says where
each letter stands and needs nothing installed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pipeline.normalise.measure import width

TOP, LEFT, RIGHT = 60.0, 85.0, 540.0
_HEIGHT, _WIDTH = 842, 595


@dataclass
class Page:
    """One page; ``y`` counts from the top, as a reader sees it."""

    drawn: list[tuple[str, float, float, str, float]] = field(default_factory=list)
    scattered: list[tuple[str, float, list[tuple[float, str]], float]] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)
    y: float = TOP
    picture: float = 0.0  # the share of the page that a picture covers, from its foot up
    turn: int = 0
    stamped: list[tuple[float, float, list[str], float]] = field(default_factory=list)
    filled: list[tuple[float, float, str, float]] = field(default_factory=list)
    ruling: Literal["lines", "bars", "stroke", "form"] = (
        "lines"  # one by one, filled, all in one, half as large in a form
    )

    def stamp(self, x: float, y: float, lines: list[str], size: float = 14) -> None:
        """Text shown by an annotation, as signing programs stamp it; ``y`` is the first line's baseline."""
        self.stamped.append((x, y, lines, size))

    def fill(self, x: float, y: float, text: str, size: float = 14) -> None:
        """A form field with a value, whose look the file leaves to its reader."""
        self.filled.append((x, y, text, size))

    def text(self, x: float, y: float, text: str, size: float = 14, font: str = "F") -> None:
        self.drawn.append((font, x, y, text, size))

    def scatter(self, y: float, letters: list[tuple[float, str]], font: str, size: float = 14) -> None:
        """Single letters at their places, drawn in one go."""
        self.scattered.append((font, y, letters, size))

    def centred(self, y: float, text: str, size: float = 14, font: str = "B") -> None:
        self.text((LEFT + RIGHT - width(text) * size) / 2, y, text, size, font)

    def paragraph(self, text: str, indent: float = 36, size: float = 14, font: str = "F") -> None:
        """Text wrapped between the margins, set justified."""
        line: list[str] = []
        x = LEFT + indent
        for word in text.split():
            if line and x + width(" ".join([*line, word])) * size > RIGHT:
                self._justified(x, line, size, font)
                line, x = [], LEFT
            line.append(word)
        self.text(x, self.y, " ".join(line), size, font)
        self.y += 1.35 * size

    def _justified(self, x: float, words: list[str], size: float, font: str) -> None:
        free = RIGHT - x - sum(width(w) for w in words) * size
        for word in words:
            self.text(x, self.y, word, size, font)
            x += width(word) * size + free / max(len(words) - 1, 1)
        self.y += 1.35 * size

    def grid(self, xs: list[float], ys: list[float], cells: list[list[str]]) -> None:
        """A ruled table; a cell's text may have several lines."""
        self.rules += [(xs[0], y, xs[-1], y) for y in ys]
        self.rules += [(x, ys[0], x, ys[-1]) for x in xs]
        for row, top in zip(cells, ys, strict=False):
            for cell, x in zip(row, xs, strict=False):
                for i, line in enumerate(cell.split("\n")):
                    self.text(x + 3, top + 14 + 14 * i, line, 12)


def write(path: Path, pages: list[Page]) -> Path:
    """A PDF file with these pages."""
    texts = [text for p in pages for _, _, _, text, _ in p.drawn]
    texts += [c for p in pages for _, _, letters, _ in p.scattered for _, c in letters]
    texts += [line for p in pages for _, _, lines, _ in p.stamped for line in lines]
    texts += [text for p in pages for _, _, text, _ in p.filled]
    letters = sorted(set("".join(texts))) or [" "]
    code = {c: i + 1 for i, c in enumerate(letters)}
    objects: list[bytes] = []

    def add(body: str | bytes) -> int:
        objects.append(body.encode("latin-1") if isinstance(body, str) else body)
        return len(objects)

    def stream(data: str, extra: str = "") -> int:
        raw = data.encode("latin-1")
        return add(f"<< /Length {len(raw)} {extra} >>\nstream\n".encode() + raw + b"\nendstream")

    mapping = "\n".join(f"<{code[c]:04x}> <{c.encode('utf-16-be').hex()}>" for c in letters)
    unicode = stream(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(letters)} beginbfchar\n{mapping}\nendbfchar\nendcmap end end"
    )
    widths = " ".join(f"{code[c]} [{round(width(c) * 1000)}]" for c in letters)
    fonts = {}
    for name, face, flags in (("F", "Times-Roman", 34), ("B", "Times-Bold", 262178), ("O", "Helvetica", 34)):
        descriptor = add(
            f"<< /Type /FontDescriptor /FontName /{face} /Flags {flags} /FontBBox [0 -220 1000 900] /ItalicAngle 0"
            f" /Ascent 900 /Descent -220 /CapHeight 660 /StemV {140 if name == 'B' else 80} >>"
        )
        cid = add(
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{face} /DW 500 /W [{widths}]"
            f" /FontDescriptor {descriptor} 0 R"
            " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
        )
        fonts[name] = add(
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{face} /Encoding /Identity-H"
            f" /DescendantFonts [{cid} 0 R] /ToUnicode {unicode} 0 R >>"
        )
    picture = stream(
        "\x80", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
    )
    form = stream(
        "\n".join(
            _ruled([(2 * a, 2 * b, 2 * c, 2 * d) for a, b, c, d in p.rules]) for p in pages if p.ruling == "form"
        ),
        f"/Type /XObject /Subtype /Form /BBox [0 0 {2 * _WIDTH} {2 * _HEIGHT}] /Matrix [.5 0 0 .5 0 {_HEIGHT / 2}]",
    )
    resources = add(
        "<< /Font << " + " ".join(f"/{n} {i} 0 R" for n, i in fonts.items()) + " >>"
        f" /XObject << /P {picture} 0 R /R {form} 0 R >> >>"
    )
    tree = len(objects) + 2 * len(pages) + 2 * sum(len(p.stamped) for p in pages) + 1
    tree += sum(len(p.filled) for p in pages)
    kids, fields = [], []
    for page in pages:
        marks = [f"q {_WIDTH} 0 0 {_HEIGHT * page.picture:g} 0 0 cm /P Do Q"] if page.picture else []
        marks.append("/R Do" if page.ruling == "form" else _ruled(page.rules, page.ruling))
        for font, x, y, text, size in page.drawn:
            codes = "".join(f"{code[c]:04x}" for c in text)
            place = f"1 0 0 1 {x:.2f} {_HEIGHT - y:.2f}" if not page.turn else f"0 1 -1 0 {y:.2f} {x:.2f}"
            marks.append(f"BT /{font} {size} Tf {place} Tm <{codes}> Tj ET")
        for font, y, placed, size in page.scattered:
            shown, at = "", placed[0][0]
            for x, c in placed:
                shown += f"{(at - x) * 1000 / size:.1f} <{code[c]:04x}> "
                at = x + width(c) * size
            marks.append(f"BT /{font} {size} Tf 1 0 0 1 {placed[0][0]:.2f} {_HEIGHT - y:.2f} Tm [{shown}] TJ ET")
        content = stream("\n".join(marks))
        notes = []
        for x, y, lines, size in page.stamped:
            wide, high = max(width(line) for line in lines) * size, size * 1.2 * len(lines)
            shown = [
                f"BT /F {size} Tf 1 0 0 1 0 {high - size * (1 + 1.2 * i):.2f} Tm"
                f" <{''.join(f'{code[c]:04x}' for c in line)}> Tj ET"
                for i, line in enumerate(lines)
            ]
            look = stream(
                "\n".join(shown),
                f"/Type /XObject /Subtype /Form /BBox [0 -{size} {wide:.2f} {high:.2f}] /Resources {resources} 0 R",
            )
            low = _HEIGHT - y + size - high
            notes.append(
                add(
                    f"<< /Type /Annot /Subtype /Stamp /F 4 /AP << /N {look} 0 R >>"
                    f" /Rect [{x:.2f} {low - size:.2f} {x + wide:.2f} {low + high:.2f}] >>"
                )
            )
        for x, y, text, size in page.filled:
            low = _HEIGHT - y - 0.4 * size
            value = text.encode("utf-16-be").hex()
            fields.append(
                add(
                    f"<< /Type /Annot /Subtype /Widget /FT /Tx /T (f{len(fields)}) /V <feff{value}> /F 4"
                    f" /DA (/F {size} Tf 0 g)"
                    f" /Rect [{x:.2f} {low:.2f} {x + width(text) * size + 4:.2f} {low + 1.4 * size:.2f}] >>"
                )
            )
        notes += fields[len(fields) - len(page.filled) :]
        kids.append(
            add(
                f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {_WIDTH} {_HEIGHT}] /Rotate {page.turn}"
                f" /Resources {resources} 0 R /Contents {content} 0 R"
                f" /Annots [{' '.join(f'{n} 0 R' for n in notes)}] >>"
            )
        )
    add(f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{k} 0 R' for k in kids)}] >>")
    form = f"/AcroForm << /Fields [{' '.join(f'{n} 0 R' for n in fields)}] /DR {resources} 0 R /NeedAppearances true >>"
    root = add(f"<< /Type /Catalog /Pages {tree} 0 R {form if fields else ''} >>")
    _save(path, objects, root)
    return path


def _ruled(rules: list[tuple[float, float, float, float]], ruling: str = "lines") -> str:
    if ruling == "bars":
        return "\n".join(f"{x0} {_HEIGHT - y1} {x1 - x0 + 0.5} {y1 - y0 + 0.5} re f" for x0, y0, x1, y1 in rules)
    after = "" if ruling == "stroke" else " S"
    drawn = [f"{x0} {_HEIGHT - y0} m {x1} {_HEIGHT - y1} l{after}" for x0, y0, x1, y1 in rules]
    return "\n".join([*drawn, "S"] if ruling == "stroke" else drawn)


def _save(path: Path, objects: list[bytes], root: int) -> None:
    data = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    data += f"trailer << /Size {len(objects) + 1} /Root {root} 0 R >>\nstartxref\n{table}\n%%EOF\n".encode()
    path.write_bytes(data)
