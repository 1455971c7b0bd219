"""Numbers and symbols (số, ký hiệu) of documents: how they are built, written and compared.

Nghị định 30/2020/NĐ-CP, Phụ lục III, for the state; Hướng dẫn 36-HD/VPTW for the Party.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from patterns import data, forms, rows
from pipeline.fold import fold

_DASHES = str.maketrans("–—‑−Ð", "----Đ")
_PARTS = re.compile(
    r"(?P<number>\d+[a-zđ]?(?:\.\d+)?)(?P<first>[/-])(?:(?P<year>(?:19|20)\d\d)(?P<second>[/-]|$))?(?P<codes>.*)"
)


class Symbol(NamedTuple):
    """``61/2015/NĐ-CP`` is number ``61``, year 2015, codes ``NĐ`` and ``CP``."""

    number: str
    year: int | None
    codes: tuple[str, ...]
    separators: str

    @property
    def term(self) -> str | None:
        """The code of the assembly and its term that laws carry: ``QH15``."""
        return self.codes[0] if self.codes and re.fullmatch(r"QH\d+", self.codes[0]) else None


def canonical(raw: str) -> str:
    """A symbol as it is written, without spaces, with plain hyphens and without the mark of a footnote behind it."""
    written = re.sub(r"\s+", "", raw).translate(_DASHES)
    return forms("citations")["note_mark"].pattern.sub("", written)


@lru_cache(maxsize=1 << 12)
def parse(symbol: str) -> Symbol | None:
    """The parts of a canonical symbol; null where it is none."""
    m = _PARTS.fullmatch(symbol)
    if not m:
        return None
    codes = tuple(c for c in re.split(r"[-/._]", m["codes"]) if c)
    separators = m["first"] + (m["second"] or "") + "".join(re.findall(r"[-/._]", m["codes"]))
    return Symbol(m["number"], int(m["year"]) if m["year"] else None, codes, separators)


def meant(symbol: Symbol) -> Symbol:
    """A symbol with its mistyped codes put right: ``ND-CP`` is ``NĐ-CP``."""
    slips: dict[str, str] = data("citations")["code_slips"]
    return symbol._replace(codes=tuple(slips.get(c, c) for c in symbol.codes))


@lru_cache(maxsize=1 << 12)
def folded(symbol: str) -> str:
    """A symbol for comparison: case, leading zeros and the choice of separators do not count."""
    parsed = parse(symbol)
    if not parsed:
        return fold(symbol).lstrip("0")
    head = [parsed.number.lstrip("0"), *([str(parsed.year)] if parsed.year else [])]
    return fold("-".join([*head, *meant(parsed).codes]))


@cache
def _types() -> tuple[dict[str, str], dict[str, str]]:
    """Type codes by folded name, and by the abbreviation that symbols carry."""
    names: dict[str, str] = {}
    abbreviations: dict[str, str] = {}
    for row in rows("document_types"):
        for name in (row["name"], *filter(None, row["aliases"].split("|"))):
            names[fold(name)] = row["code"]
        for abbreviation in filter(None, row["abbreviations"].split("|")):
            abbreviations.setdefault(abbreviation, row["code"])
    return names, abbreviations


@cache
def names_by_type() -> dict[str, str]:
    """The name of each type of document, by its code."""
    names: dict[str, str] = {}
    for row in rows("document_types"):
        names.setdefault(row["code"], row["name"])
    return names


def type_names() -> list[str]:
    """Every name of a document type, longest first."""
    names = [n for row in rows("document_types") for n in (row["name"], *filter(None, row["aliases"].split("|")))]
    return sorted(names, key=len, reverse=True)


def type_abbreviations() -> list[str]:
    """Every abbreviation of a document type, longest first."""
    return sorted(_types()[1], key=len, reverse=True)


def type_of_name(name: str) -> str | None:
    """The code of a type by its name or abbreviation (``Chương trình hành động``, ``QĐ``)."""
    names, abbreviations = _types()
    return abbreviations.get(name) or names.get(fold(" ".join(name.split())))


@lru_cache(maxsize=1 << 12)
def type_of_symbol(symbol: str) -> str | None:
    """The code of the type that a symbol itself tells; null for a công văn, whose symbol opens with an agency."""
    parts = parse(symbol)
    if not parts or not parts.codes:
        return None
    parts = meant(parts)
    if parts.term:
        return "Luật"
    if parts.codes[0].startswith("UBTVQH"):
        return "NQ"
    return _types()[1].get(parts.codes[0])


def is_party(symbol: Symbol) -> bool:
    """Whether a symbol is of the Party's form: ``20-CT/TW``, and its slips ``20-CT-TW`` and ``20/CT/TW``."""
    return symbol.year is None and len(symbol.codes) > 1 and bool(_PARTY.fullmatch(symbol.codes[1]))


_PARTY = re.compile(
    r"(?:VP|BTC|UBKT|BTG|BDV|BTGDV|BNC|ĐUK)?(?:TW|TU|HU|QU|ThU|THU|TxU|TXU|ĐU)|BTV\w*|CB|BCSĐ\w*|ĐĐ\w*|BCĐTW"
)


@lru_cache(maxsize=1 << 12)
def agency_code(symbol: Symbol) -> str | None:
    """The code of the issuing body in a symbol: ``TTg`` of ``90/QĐ-TTg``, ``UBND`` of ``12/UBND-NC``."""
    codes = meant(symbol).codes
    if len(codes) > 1 and codes[0] in _types()[1]:
        codes = codes[1:]
    code = codes[0].replace("&", "") if codes else ""
    return re.sub(r"^(QH|UBTVQH|HĐND)[\dIVX]+$", r"\1", code) or None
