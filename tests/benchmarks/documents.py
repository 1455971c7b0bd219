"""Any number of documents made from the samples: other places, other numbers, sentences added; mixed formats."""

from __future__ import annotations

import html
import random
import re
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

CORPUS = Path(__file__).parents[2] / "corpus"
sys.path.append(str(Path(__file__).parents[1] / "extract"))  # the tests' writer of PDF files

#: How many of twenty documents come in each format.
MIX = {"docx": 9, "pdf": 5, "txt": 3, "html": 2, "odt": 1}
_PLACES = ("Lâm Giang", "An Linh", "Đại Sơn", "Nam Lương", "Phú Khê", "Hòa Giang")
_FIRST = (
    "Thanh",
    "Vĩnh",
    "Tân",
    "Bình",
    "Yên",
    "Quảng",
    "Phước",
    "Long",
    "Mỹ",
    "Hưng",
    "Trường",
    "Xuân",
    "Kim",
    "Đông",
)
_SECOND = ("Lộc", "Thịnh", "Hà", "Khánh", "Dương", "Tiến", "Mỹ", "Thắng", "Phong", "Trạch", "Nghĩa", "Định", "Tường")
_NUMBER = re.compile(r"(?<!ngày )(?<!tháng )(?<!năm )(?<![\d/.,])\d{1,3}(?:\.\d{3})*(?:,\d+)?(?![\d/.])")
_SYMBOL = re.compile(r"(?<![\d/])\d+(?=/(?:20\d\d/)?[A-ZĐ]{2,})")
_IN_MARKUP = re.compile(r">([^<>]+)<")
_SENTENCE = " Tính đến tháng {month}, xã {place} có {many} hộ tham gia, đạt {share}% kế hoạch."


class Variation:
    """What one document says otherwise than its sample."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.places = {old: f"{self.chance.choice(_FIRST)} {self.chance.choice(_SECOND)}" for old in _PLACES}

    def words(self, text: str) -> str:
        """A stretch of text with other places and numbers, now and then with a sentence more."""
        for old, new in self.places.items():
            text = text.replace(old, new).replace(old.upper(), new.upper())
        text = _SYMBOL.sub(lambda _: str(self.chance.randrange(1, 5000)), text)
        text = _NUMBER.sub(self._number, text)
        if text.endswith(".") and len(text) > 80 and self.chance.random() < 0.3:
            text += _SENTENCE.format(
                month=self.chance.randrange(1, 13), place=self.places["Phú Khê"],
                many=self.chance.randrange(20, 900), share=self.chance.randrange(50, 101),
            )  # fmt: skip
        return text

    def _number(self, found: re.Match[str]) -> str:
        number = found[0]
        if len(number) < 2 or number.startswith("0") or self.chance.random() < 0.3:
            return number
        return "".join(str(self.chance.randrange(1, 10)) if c.isdigit() else c for c in number)

    def markup(self, text: str) -> str:
        """The words between tags."""
        return _IN_MARKUP.sub(lambda m: f">{self.words(m[1])}<", text)


def make(folder: Path, count: int) -> int:
    """Write so many documents, the same every time; tell how many bytes they have."""
    folder.mkdir(parents=True, exist_ok=True)
    names = sorted(p.stem for p in (CORPUS / "txt").glob("*.txt"))
    mix = [form for form, share in MIX.items() for _ in range(share)]
    total = 0
    for i in range(count):
        form, name = mix[i % len(mix)], names[(i // len(mix) + i) % len(names)]
        content = _WRITERS[form](name, Variation(i))
        (folder / f"{i:06}.{form}").write_bytes(content)
        total += len(content)
    return total


def _docx(name: str, variation: Variation) -> bytes:
    return _repacked(CORPUS / "docx" / f"{name}.docx", "word/document.xml", variation)


def _odt(name: str, variation: Variation) -> bytes:
    samples = sorted((CORPUS / "forms").glob("*.odt"))
    return _repacked(variation.chance.choice(samples), "content.xml", variation)


def _repacked(sample: Path, part: str, variation: Variation) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(sample) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info, variation.markup(content.decode()).encode() if info.filename == part else content)
    return out.getvalue()


def _lines(name: str, variation: Variation) -> list[str]:
    text = (CORPUS / "txt" / f"{name}.txt").read_text(encoding="utf-8")
    return [variation.words(line) for line in text.splitlines()]


def _txt(name: str, variation: Variation) -> bytes:
    return "\n".join(_lines(name, variation)).encode()


def _html(name: str, variation: Variation) -> bytes:
    body = "".join(f"<p>{html.escape(line)}</p>\n" for line in _lines(name, variation))
    return f'<html><head><meta charset="utf-8"></head><body>\n{body}</body></html>'.encode()


def _pdf(name: str, variation: Variation) -> bytes:
    from tempfile import TemporaryDirectory

    from paper import Page, write

    pages = [Page()]
    for line in _lines(name, variation):
        if pages[-1].y > 760:
            pages.append(Page())
        if line.strip():
            pages[-1].paragraph(line)
    with TemporaryDirectory() as folder:
        return write(Path(folder, "a.pdf"), pages).read_bytes()


_WRITERS: dict[str, Callable[[str, Variation], bytes]] = {
    "docx": _docx, "pdf": _pdf, "txt": _txt, "html": _html, "odt": _odt,
}  # fmt: skip
