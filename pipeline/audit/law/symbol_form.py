"""Symbols that break the form of their type: hyphen for slash, a year left out, letters without their marks.

Nghị định 30/2020/NĐ-CP, Phụ lục III, for the state; Hướng dẫn 36-HD/VPTW for the Party.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from patterns import data, rows
from pipeline.annotate.laws import proper_title
from pipeline.audit.law.catalogue import Catalogue, Entry
from pipeline.audit.model import Finding, Mention, finding_of
from pipeline.symbols import Symbol, agency_code, is_party, meant, parse


def malformed(m: Mention, known: Catalogue) -> Iterator[Finding]:
    """A finding where the symbol breaks its form, with the form meant where that is certain."""
    symbol = parse(m.symbol) if m.symbol else None
    if not m.symbol or not symbol:
        return
    expected = expected_form(m, symbol)
    first, last = data("audit")["terms"].get(symbol.term, (0, 9999))
    if symbol.year and not first <= symbol.year <= last:
        evidence = f"{symbol.term} là khóa của các năm {first} - {last}, ký hiệu mang năm {symbol.year}"
        yield finding_of(m, "malformed", "warning", evidence, _same_law(m, symbol))
    elif expected and expected != m.symbol:
        parted = symbol._replace(codes=_parted(meant(symbol).codes, m.doc_type))
        yield finding_of(m, "malformed", "warning", _rule(parted), expected)
    elif _unmarked(m, m.symbol):
        yield finding_of(m, "malformed", "warning", "Chữ Đ trong ký hiệu bị viết thành D.", m.symbol)
    elif _lacks_year(m, symbol):
        year = m.issued_on.year if m.issued_on else None
        full = f"{symbol.number}/{year}/{'-'.join(symbol.codes)}" if year else None
        yield finding_of(m, "malformed", "warning", "Ký hiệu văn bản quy phạm pháp luật phải có năm ban hành.", full)
    elif (other := _year_misplaced(m, symbol, known)) is not None:
        rule = "không có năm" if symbol.year else "có năm ban hành"
        yield finding_of(m, "malformed", "warning", f"{other.label}: ký hiệu {rule}.", other.symbol)


def _unmarked(m: Mention, symbol: str) -> bool:
    """Whether the letters of a symbol lost their marks (``07/2021/ND-CP``) in words that have theirs."""
    written = re.sub(r"\s+", "", m.text)
    return "Đ" in symbol and symbol not in written and symbol.replace("Đ", "D") in written and not m.text.isascii()


def _year_misplaced(m: Mention, symbol: Symbol, known: Catalogue) -> Entry | None:
    """The document of that very day whose symbol lacks the year told (``90/2022/QĐ-TTg``), or has the one left out."""
    if not m.issued_on or not m.dated or symbol.term or is_party(symbol) or known.of(m):
        return None
    year = "" if symbol.year else f"/{m.issued_on.year}"
    return known.issued(f"{symbol.number}{year}/{'-'.join(symbol.codes)}", m.issued_on)


def expected_form(m: Mention, symbol: Symbol) -> str | None:
    """The symbol as the form of its kind has it; null where the kind is not certain."""
    codes = _parted(meant(symbol).codes, m.doc_type)
    number, year = symbol.number, f"/{symbol.year}" if symbol.year else ""
    if symbol.term and year:
        return f"{number}{year}/{'-'.join(symbol.codes)}"
    if is_party(symbol._replace(codes=codes)):
        return f"{number}-{codes[0]}/{'-'.join(codes[1:])}"
    if _lacks_type(m, symbol) and _state(codes[0]):
        return f"{number}{year}/{m.doc_type}-{codes[0]}"
    if len(codes) < 2 or m.doc_type in ("TTLT", "NQLT") or not _state(agency_code(symbol._replace(codes=codes))):
        return None
    units = (m.symbol or "").split(codes[1], 1)[-1] if len(codes) > 2 else ""
    return f"{number}{year}/{codes[0]}-{codes[1]}{units}"


def _lacks_type(m: Mention, symbol: Symbol) -> bool:
    """Whether a symbol tells the body alone (``150/2025/CP``), as was regular long ago."""
    told = symbol.year or (m.issued_on.year if m.issued_on else 0)
    return (
        len(symbol.codes) == 1
        and m.doc_type in data("audit")["typed"]
        and told >= data("audit")["year_in_symbol_since"]
    )


@cache
def _state(code: str | None) -> bool:
    """Whether a code is that of a state body whose symbols have one form."""
    heads = tuple(data("audit")["state_issuers"])
    central = {row["code"] for row in rows("symbol_issuers") if row["issuer"].startswith(heads)}
    return code in central or code in data("audit")["state_codes"]


def _parted(codes: tuple[str, ...], doc_type: str) -> tuple[str, ...]:
    """Codes with type before body: ``NĐCP`` and ``CP-NĐ`` are ``NĐ`` and ``CP``, ``CTTg`` ``CT`` and ``TTg``."""
    if len(codes) == 1 and codes[0].startswith(doc_type) and codes[0] != doc_type:
        rest = codes[0].removeprefix(doc_type)
        for body in (rest, doc_type[-1] + rest):
            if _state(body) or is_party(Symbol("", None, (doc_type, body), "")):
                return doc_type, body
    if len(codes) == 2 and codes[1] == doc_type and codes[0] != doc_type and _state(codes[0]):
        return codes[1], codes[0]  # the wrong way round
    return codes


def _same_law(m: Mention, symbol: Symbol) -> str | None:
    """The one law of the title told that carries this number and term, in whatever year."""
    title = proper_title(m.title or "")
    same = {
        r["symbol"] for r in rows("laws") if r["title"] == title and (p := parse(r["symbol"])) and p.term == symbol.term
    }
    same = {s for s in same if s.startswith(f"{symbol.number}/")}
    return same.pop() if len(same) == 1 else None


def _rule(symbol: Symbol) -> str:
    if is_party(symbol):
        return "Ký hiệu văn bản của Đảng viết là số-loại/cơ quan (Hướng dẫn 36-HD/VPTW)."
    if symbol.year:
        return "Ký hiệu văn bản quy phạm pháp luật viết là số/năm/loại-cơ quan (Nghị định 30/2020/NĐ-CP)."
    return "Ký hiệu văn bản hành chính viết là số/loại-cơ quan (Nghị định 30/2020/NĐ-CP)."


def _lacks_year(m: Mention, symbol: Symbol) -> bool:
    dated = tuple(data("audit")["symbols_with_year"])
    if symbol.term or (len(symbol.codes) == 1 and symbol.codes[0].startswith(dated)):
        return symbol.year is None
    always = m.doc_type in ("NĐ", "TT", "TTLT") and symbol.codes[:1] == (m.doc_type,)
    recent = m.issued_on is None or m.issued_on.year >= data("audit")["year_in_symbol_since"]
    return always and recent and symbol.year is None and len(symbol.codes) > 1 and not is_party(symbol)
