"""A small drawing of rectangles, lines and words, written as SVG or as PNG; words are measured so that none is cut."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

Anchor = Literal["start", "middle", "end"]

# The widest first: what is measured by it is cut in none of the others.
_FAMILY = "'DejaVu Sans', Verdana, Arial, sans-serif"
_FONTS = {
    False: ("DejaVuSans.ttf", "verdana.ttf", "Verdana.ttf", "NotoSans-Regular.ttf", "arial.ttf", "Arial.ttf"),
    True: (
        "DejaVuSans-Bold.ttf",
        "verdanab.ttf",
        "Verdana Bold.ttf",
        "NotoSans-Bold.ttf",
        "arialbd.ttf",
        "Arial Bold.ttf",
    ),
}
_LETTERS = "ệởựẵđ"  # of which some fonts of these names lack a few
_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "C:/Windows/Fonts")
_WIDE = 0.62  # of its size, a letter of unknown width
_PNG_SCALE = 2


@dataclass(slots=True)
class Rectangle:
    """A filled rectangle, round at its corners where ``radius`` is given."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    radius: float = 0


@dataclass(slots=True)
class Segment:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    colour: str
    width: float = 1


@dataclass(slots=True)
class Words:
    """One line of words; ``y`` is its base line."""

    x: float
    y: float
    text: str
    size: float
    anchor: Anchor = "start"
    bold: bool = False
    colour: str = "#222222"


@dataclass(slots=True)
class Drawing:
    """Shapes on a white ground."""

    width: float
    height: float
    title: str
    shapes: list[Rectangle | Segment | Words] = field(default_factory=list)

    def words(
        self,
        x: float,
        y: float,
        lines: list[str],
        size: float,
        anchor: Anchor = "start",
        bold: bool = False,
        colour: str = "#222222",
    ) -> None:
        """Lines of words, one under the other, the first on the base line ``y``."""
        for i, line in enumerate(lines):
            self.shapes.append(Words(x, y + i * size * 1.25, line, size, anchor, bold, colour))

    def svg(self) -> str:
        """The drawing as an SVG document."""
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width:g} {self.height:g}"'
            f' width="{self.width:g}" height="{self.height:g}" role="img" font-family="{_FAMILY}">',
            f"<title>{escape(self.title)}</title>",
            f'<rect width="{self.width:g}" height="{self.height:g}" fill="#ffffff"/>',
            *map(_svg, self.shapes),
            "</svg>",
        ]
        return "\n".join(parts) + "\n"

    def png(self) -> bytes | None:
        """The drawing as a PNG; null where the machine has no font with Vietnamese letters."""
        from PIL import Image, ImageDraw

        if _font(10, False) is None:
            return None
        n = _PNG_SCALE
        image = Image.new("RGB", (round(self.width * n), round(self.height * n)), "#ffffff")
        canvas = ImageDraw.Draw(image)
        for s in self.shapes:
            if isinstance(s, Rectangle):
                box = (s.x * n, s.y * n, (s.x + max(s.width, 0.5)) * n, (s.y + s.height) * n)
                canvas.rounded_rectangle(box, s.radius * n, fill=s.fill)
            elif isinstance(s, Segment):
                canvas.line((s.x1 * n, s.y1 * n, s.x2 * n, s.y2 * n), fill=s.colour, width=round(s.width * n))
            else:
                font = _font(s.size * n, s.bold)
                at = {"start": "ls", "middle": "ms", "end": "rs"}[s.anchor]
                canvas.text((s.x * n, s.y * n), s.text, fill=s.colour, font=font, anchor=at)
        out = io.BytesIO()
        image.save(out, "PNG")
        return out.getvalue()


def _svg(s: Rectangle | Segment | Words) -> str:
    if isinstance(s, Rectangle):
        return (
            f'<rect x="{s.x:.1f}" y="{s.y:.1f}" width="{s.width:.1f}" height="{s.height:.1f}" rx="{s.radius:g}"'
            f' fill="{s.fill}"/>'
        )
    if isinstance(s, Segment):
        return (
            f'<line x1="{s.x1:.1f}" y1="{s.y1:.1f}" x2="{s.x2:.1f}" y2="{s.y2:.1f}" stroke="{s.colour}"'
            f' stroke-width="{s.width:g}"/>'
        )
    weight = ' font-weight="bold"' if s.bold else ""
    return (
        f'<text x="{s.x:.1f}" y="{s.y:.1f}" font-size="{s.size:g}" text-anchor="{s.anchor}" fill="{s.colour}"{weight}>'
        f"{escape(s.text)}</text>"
    )


def width_of(text: str, size: float, bold: bool = False) -> float:
    """How wide a line of words is."""
    font = _font(100, bold)
    return float(font.getlength(text)) * size / 100 if font else len(text) * size * _WIDE


def wrap(text: str, size: float, width: float, bold: bool = False) -> list[str]:
    """A text in lines of a width at most; a word that is wider alone is parted."""
    lines, line = list[str](), ""
    for word in text.split():
        while width_of(word, size, bold) > width and len(word) > 1:
            n = next(n for n in range(len(word) - 1, 0, -1) if n == 1 or width_of(word[:n], size, bold) <= width)
            lines += [line] if line else []
            lines.append(word[:n])
            line, word = "", word[n:]
        longer = f"{line} {word}".strip()
        if line and width_of(longer, size, bold) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line] if line else lines or [""]


@cache
def _font(size: float, bold: bool) -> FreeTypeFont | None:
    from PIL import ImageFont

    path = _font_file(bold)
    return ImageFont.truetype(str(path), round(size)) if path else None


@cache
def _font_file(bold: bool) -> Path | None:
    """A font of this machine that has the Vietnamese letters."""
    for name in _FONTS[bold]:
        for folder in _FOLDERS:
            for path in sorted(Path(folder).rglob(name)):
                if _has_letters(path):
                    return path
    return None


def _has_letters(path: Path) -> bool:
    from PIL import ImageFont

    font = ImageFont.truetype(str(path), 20)
    missing = bytes(font.getmask("\uffff"))
    return all(bytes(font.getmask(letter)) != missing for letter in _LETTERS)
