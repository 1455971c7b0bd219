"""Samples as plain text: clean (a paragraph a line) or as crawled from the web (hard-wrapped, page numbers left in)."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from corpus.source import Block, Grid, Sample

WIDTH, PAGE = 82, 38  # characters a line and lines a page of crawled text


def plain_text(sample: Sample) -> str:
    """The whole document as text, in the way its source asks for (``txt = "crawled"``)."""
    lines = list(document_lines(sample))
    return _crawled(lines) if sample.head.get("txt") == "crawled" else "\n".join(lines) + "\n"


def document_lines(sample: Sample) -> Iterator[str]:
    """Every paragraph and table row of the document, one a line, letterhead and signature included."""
    head = sample.head
    yield from filter(None, [head.get("superior"), *head["letterhead"]])
    if head.get("party"):
        yield f"{number_line(sample)}"
        yield "ĐẢNG CỘNG SẢN VIỆT NAM"
    else:
        yield "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
        yield "Độc lập - Tự do - Hạnh phúc"
        yield number_line(sample)
    yield place_line(sample)
    if head.get("type_line"):
        yield head["type_line"]
        yield sample.title.text
    else:
        yield f"V/v {sample.title.text}"
    yield from address_lines(sample)
    closed = False
    for block in sample.blocks:
        if isinstance(block, Grid):
            yield from (" | ".join(_merged(c.text) for c in row) for row in block.rows)
        elif block.kind == "close":
            closed = True
            yield from closing_lines(sample)
        else:
            yield block_text(block)
    if not closed:
        yield from closing_lines(sample)


def number_line(sample: Sample) -> str:
    """``Số: 12/KH-UBND``; Party documents have no colon."""
    return f"{'Số' if sample.head.get('party') else 'Số:'} {sample.head.get('number') or sample.head['symbol']}"


def place_line(sample: Sample) -> str:
    return f"{sample.head['place']}, {sample.head['date']}"


def address_lines(sample: Sample) -> list[str]:
    """Kính gửi: on one line where there is one addressee, else a list."""
    addressees = sample.head.get("addressees", [])
    opening = sample.head.get("address_opening", "Kính gửi:")
    if len(addressees) < 2:
        return [f"{opening} {a}." for a in addressees]
    ends = [";"] * (len(addressees) - 1) + ["."]
    return [opening, *(f"- {a}{end}" for a, end in zip(addressees, ends, strict=True))]


def closing_lines(sample: Sample) -> list[str]:
    signer = sample.head["signer"]
    recipients = ["Nơi nhận:", *(f"- {line}" for line in sample.head["recipients"])]
    return [*recipients, *(signer[k] for k in ("on_behalf_of", "capacity", "position", "name") if signer.get(k))]


def block_text(block: Block) -> str:
    """A block with its bullet."""
    return {"bullet": "- ", "subbullet": "+ "}.get(block.kind, "") + block.words.text


def _merged(cell: str) -> str:
    return "" if cell in ("<", "^") else cell


def _crawled(lines: list[str]) -> str:
    """Hard-wrapped lines with a blank one after each, and a page number between pages."""
    out: list[str] = []
    page = 1
    for line in lines:
        for piece in textwrap.wrap(line, WIDTH, break_long_words=False, break_on_hyphens=False) or [""]:
            out += [piece + " ", ""]
            if len(out) // 2 % PAGE == 0:
                page += 1
                out += [f"{page} ", ""]
    return "\n".join(["", *out])
