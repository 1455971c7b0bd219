"""Any number of documents made from the samples: other places, other numbers, sentences added; mixed formats.

The samples are shorter than what offices send: each is lengthened by annexes that say what other samples do.
"""

from __future__ import annotations

import html
import random
import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

from corpus.plain import document_lines, plain_text
from corpus.source import Block, Grid, Sample, Words, samples
from corpus.word import word_file

CORPUS = Path(__file__).parents[2] / "corpus"
sys.path.append(str(Path(__file__).parents[1] / "extract"))  # the tests' writer of PDF files

#: How many of twenty documents come in each format.
MIX = {"docx": 9, "pdf": 5, "txt": 3, "html": 2, "odt": 1}
#: Characters on a page: the mean of 457 pages that offices published as PDF (the samples, with much white, have 1,400).
PAGE = 1_680
#: Characters of a sample with its annexes: with the sentences that are added to it, five pages on the mean.
_LENGTH = 7_400
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
    mix = [form for form, share in MIX.items() for _ in range(share)]
    names = sorted(_lengthened())
    total = 0
    for i in range(count):
        form, name = mix[i % len(mix)], names[(i // len(mix) + i) % len(names)]
        content = _WRITERS[form](name, Variation(i))
        (folder / f"{i:06}.{form}").write_bytes(content)
        total += len(content)
    return total


@cache
def _lengthened() -> dict[str, Sample]:
    """The samples, each with annexes until it has its pages."""
    known = samples()
    return {
        sample.name: replace(sample, blocks=[*_closed(sample), *_annexes(sample, known[i + 1 :] + known[:i])])
        for i, sample in enumerate(known)
    }


def _closed(sample: Sample) -> list[Block | Grid]:
    closed = any(isinstance(block, Block) and block.kind == "close" for block in sample.blocks)
    return sample.blocks if closed else [*sample.blocks, Block("close")]


def _annexes(sample: Sample, others: list[Sample]) -> Iterator[Block | Grid]:
    """What other samples say, an annex each, as much as has room on a sample's pages."""
    room = _LENGTH - _length(sample)
    for number, other in enumerate(others, 1):
        if room <= 0:
            return
        yield Block("heading", Words(f"PHỤ LỤC {number}: {other.title.text}"), level=1, label=f"PHỤ LỤC {number}")
        for block in other.blocks:
            if isinstance(block, Block) and block.kind == "close":
                break
            room -= _length(replace(sample, blocks=[block])) - _length(replace(sample, blocks=[]))
            if room <= 0:
                return
            yield block


def _length(sample: Sample) -> int:
    return sum(len(line) + 1 for line in document_lines(sample))


@cache
def _word_file(name: str) -> bytes:
    return word_file(_lengthened()[name])


def _docx(name: str, variation: Variation) -> bytes:
    return _repacked(BytesIO(_word_file(name)), "word/document.xml", variation)


def _odt(name: str, variation: Variation) -> bytes:
    """One of the two samples there are, whatever the name."""
    written = variation.chance.choice(sorted((CORPUS / "forms").glob("*.odt")))
    short = next(sample for sample in samples() if sample.name == written.stem)
    annexes = list(document_lines(_lengthened()[written.stem]))[len(list(document_lines(short))) :]
    added = "".join(f"<text:p>{html.escape(line)}</text:p>" for line in annexes)
    return _repacked(written, "content.xml", variation, (b"</office:text>", f"{added}</office:text>".encode()))


def _repacked(
    written: Path | BytesIO, part: str, variation: Variation, exchanged: tuple[bytes, bytes] = (b"", b"")
) -> bytes:
    """A packed document with one part varied, after a stretch of it was exchanged."""
    out = BytesIO()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == part:
                content = variation.markup(content.replace(*exchanged, 1).decode()).encode()
            new.writestr(info, content)
    return out.getvalue()


def _lines(name: str, variation: Variation) -> list[str]:
    return [variation.words(line) for line in plain_text(_lengthened()[name]).splitlines()]


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
