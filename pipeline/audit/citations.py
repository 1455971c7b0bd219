"""Findings about citations: symbols that break their form, dates that cannot be right, documents no longer in force.

Goes in: the citations of documents, and the legal catalogue. Comes out: findings, each with the evidence that makes it
certain; where the catalogue was not checked on a point, nothing is said about it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from patterns import data, rows
from pipeline.annotate.laws import proper_title
from pipeline.audit.model import Finding, Mention, Severity, finding_of
from pipeline.symbols import Symbol, agency_code, folded, is_party, meant, parse

Row = Mapping[str, str]
_HISTORY = re.compile(r"(?:trước đây|hết hiệu lực|đã được thay thế)[^.;]{0,60}$", re.IGNORECASE)


def audit_citations(mentions: Sequence[Mention], catalogue: Sequence[Row] | None = None) -> list[Finding]:
    """The findings about some mentions, in their order; the catalogue is the known one by default."""
    known = _Catalogue(rows("catalogue") if catalogue is None else catalogue)
    elsewhere = _by_identity(mentions)
    found: list[Finding] = []
    undated: set[tuple[int, str]] = set()
    for m in mentions:
        found += _malformed(m)
        found += _wrong_date(m, known)
        found += _future_date(m)
        found += _out_of_force(m, known)
        found += _inconsistent(m, elsewhere.get(_register(m), []))
        if (m.source.id, m.key) not in undated:
            found += _missing_date(m)
            undated.add((m.source.id, m.key))
    return found


def _day(day: date | str) -> str:
    return "/".join(reversed(str(day).split("-")))


# --------------------------------------------------------------------------- the catalogue


class _Catalogue:
    """The known documents by their folded symbols."""

    def __init__(self, entries: Iterable[Row]) -> None:
        self._by_symbol: dict[str, list[Row]] = defaultdict(list)
        for row in entries:
            self._by_symbol[folded(row["symbol"])].append(row)

    def of(self, citation: Mention) -> list[Row]:
        """The entries of a citation's symbol; where numbers start anew each year, those of its year alone."""
        symbol = parse(citation.symbol) if citation.symbol else None
        if not citation.symbol or not symbol:
            return []
        entries = self._by_symbol.get(folded(citation.symbol), [])
        if symbol.year or symbol.term:
            return entries
        year = str(citation.issued_on.year) if citation.issued_on else None
        return [row for row in entries if year and row["issued_on"].startswith(year)]

    def in_force(self, symbols: str, on: date) -> str | None:
        """The successor that is in force on a day, along the chain of replacements."""
        symbol, passed = symbols.split("|")[0], set[str]()
        while symbol and symbol not in passed:
            passed.add(symbol)
            entries = self._by_symbol.get(folded(symbol), [])
            if not entries or not 0 < _days(entries[0]["expired_on"]) <= on.toordinal():
                return symbol
            symbol = entries[0]["replaced_by"].split("|")[0]
        return None


def _days(day: str) -> int:
    return date.fromisoformat(day).toordinal() if day else 0


def _source(row: Row) -> str:
    return f"Danh mục: {row['symbol']} ngày {_day(row['issued_on'])}, {row['title']}"


# --------------------------------------------------------------------------- form


def _malformed(m: Mention) -> Iterator[Finding]:
    """A symbol that breaks the form of its type: hyphen for slash, a year left out, letters without their marks."""
    citation = m
    symbol = parse(citation.symbol) if citation.symbol else None
    if not citation.symbol or not symbol:
        return
    expected = expected_form(citation, symbol)
    first, last = data("audit")["terms"].get(symbol.term, (0, 9999))
    if symbol.year and not first <= symbol.year <= last:
        evidence = f"{symbol.term} là khóa của các năm {first} - {last}, ký hiệu mang năm {symbol.year}"
        yield finding_of(m, "malformed", "warning", evidence, _same_law(citation, symbol))
    elif expected and expected != citation.symbol:
        yield finding_of(m, "malformed", "warning", _rule(symbol), expected)
    elif _lacks_year(citation, symbol):
        year = citation.issued_on.year if citation.issued_on else None
        full = f"{symbol.number}/{year}/{'-'.join(symbol.codes)}" if year else None
        yield finding_of(m, "malformed", "warning", "Ký hiệu văn bản quy phạm pháp luật có năm ban hành.", full)


def expected_form(citation: Mention, symbol: Symbol) -> str | None:
    """The symbol as the form of its kind has it; null where the kind is not certain."""
    codes = meant(symbol).codes
    number, year = symbol.number, f"/{symbol.year}" if symbol.year else ""
    if is_party(symbol):
        return f"{number}-{codes[0]}/{'-'.join(codes[1:])}"
    if (
        len(codes) < 2
        or citation.doc_type in ("TTLT", "NQLT")
        or agency_code(symbol) not in data("audit")["state_codes"]
    ):
        return None
    units = (citation.symbol or "").split(symbol.codes[1], 1)[-1] if len(codes) > 2 else ""
    return f"{number}{year}/{codes[0]}-{codes[1]}{units}"


def _same_law(citation: Mention, symbol: Symbol) -> str | None:
    """The one law of the title told that carries this number and term, in whatever year."""
    title = proper_title(citation.title or "")
    same = {
        r["symbol"] for r in rows("laws") if r["title"] == title and (p := parse(r["symbol"])) and p.term == symbol.term
    }
    same = {s for s in same if s.startswith(f"{symbol.number}/")}
    return same.pop() if len(same) == 1 else None


def _rule(symbol: Symbol) -> str:
    if is_party(symbol):
        return "Ký hiệu văn bản của Đảng: số-loại/cơ quan (Hướng dẫn 36-HD/VPTW)."
    if symbol.year:
        return "Ký hiệu văn bản quy phạm pháp luật: số/năm/loại-cơ quan (Nghị định 30/2020/NĐ-CP)."
    return "Ký hiệu văn bản hành chính: số/loại-cơ quan (Nghị định 30/2020/NĐ-CP)."


def _lacks_year(citation: Mention, symbol: Symbol) -> bool:
    always = citation.doc_type in ("NĐ", "TT", "TTLT") and symbol.codes[:1] == (citation.doc_type,)
    recent = citation.issued_on is None or citation.issued_on.year >= data("audit")["year_in_symbol_since"]
    return always and recent and symbol.year is None and len(symbol.codes) > 1 and not is_party(symbol)


# --------------------------------------------------------------------------- dates


def _wrong_date(m: Mention, known: _Catalogue) -> Iterator[Finding]:
    """A date unlike the one checked in the catalogue, or of another year than the symbol's."""
    citation, told = m, m.issued_on
    if not told or not citation.dated:
        return
    entries = [r for r in known.of(citation) if r["issued_on"]]
    checked = [r for r in entries if r["verified"] == "yes"]
    symbol = parse(citation.symbol or "")
    if checked and not any(r["issued_on"] == str(told) for r in entries):
        yield finding_of(m, "wrong_date", "error", _source(checked[0]), _day(checked[0]["issued_on"]))
    elif symbol and symbol.year and symbol.year != told.year and not checked:
        evidence = f"Ký hiệu {citation.symbol} mang năm {symbol.year}, ngày nêu kèm là {_day(told)}"
        yield finding_of(m, "wrong_date", "error", evidence)


def _future_date(m: Mention) -> Iterator[Finding]:
    """A date after that of the citing document itself."""
    told, own = m.issued_on, m.source.issued_on
    if told and own and told > own and m.dated:
        yield finding_of(
            m, "future_date", "error", f"Văn bản viện dẫn ban hành ngày {_day(own)}, trước ngày {_day(told)}"
        )


def _missing_date(m: Mention) -> Iterator[Finding]:
    """A symbol whose number comes back each year (or term), with no date anywhere in the document."""
    symbol = parse(m.symbol or "")
    if symbol and not symbol.year and not symbol.term and m.issued_on is None:
        evidence = "Số này được đánh lại từ đầu mỗi năm (của Đảng: mỗi nhiệm kỳ); văn bản không nêu ngày ở chỗ nào"
        yield finding_of(m, "missing_date", "info", evidence)


# --------------------------------------------------------------------------- force


def _out_of_force(m: Mention, known: _Catalogue) -> Iterator[Finding]:
    """A document replaced or expired on the day of the citing one; a hint only where that was not checked."""
    own = m.source.issued_on
    entries = known.of(m)
    if not own or len(entries) != 1 or entries[0]["verified"] != "yes":
        return
    (row,) = entries
    if not 0 < _days(row["expired_on"]) <= own.toordinal():
        return
    evidence = f"{_source(row)}; hết hiệu lực từ {_day(row['expired_on'])}"
    if row["replaced_by"]:
        evidence += f", được thay thế bởi {row['replaced_by'].replace('|', ', ')}"
    checked = "replacement" in row["source"]
    if not checked:
        evidence += " (quan hệ thay thế chưa đối chiếu với bản gốc)"
    name = "replaced" if row["replaced_by"] else "expired"
    expected = known.in_force(row["replaced_by"], own)
    yield finding_of(m, name, _severity(m) if checked else "info", evidence, expected)


def _severity(m: Mention) -> Severity:
    """Information where the document is named as history; an error where something is based on it."""
    if m.relation in ("amends", "replaces", "repeals") or _HISTORY.search(m.before):
        return "info"
    return "error" if m.relation in ("basis", "implements") else "warning"


# --------------------------------------------------------------------------- one document against another


def _register(citation: Mention) -> str:
    """What two mentions share that can only be one document: key, without the day that Party keys carry."""
    return re.sub(r"\|(\d{4})-\d\d-\d\d", r"|\1", citation.key)


def _by_identity(mentions: Iterable[Mention]) -> dict[str, list[Mention]]:
    groups: dict[str, list[Mention]] = defaultdict(list)
    for m in mentions:
        if m.symbol and m.dated:
            groups[_register(m)].append(m)
    return groups


def _inconsistent(m: Mention, others: Sequence[Mention]) -> Iterator[Finding]:
    """One symbol, issuer and year with another day elsewhere; silent where most mentions agree with this one."""
    told = m.issued_on
    if not told or not m.dated or m.key.endswith("|"):
        return
    days: dict[date, set[int]] = defaultdict(set)
    for o in others:
        if o.issued_on:
            days[o.issued_on].add(o.source.id)
    if len(days) < 2:
        return
    counts = {day: sum(o.issued_on == day for o in others) for day in days}
    most = max(counts.values())
    if counts[told] == most and list(counts.values()).count(most) == 1:
        return
    other = next(o for o in others if o.issued_on != told)
    where = f"{other.source.label}" + (f", trang {other.page}" if other.page else "")
    likely = [day for day, n in counts.items() if n == most]
    expected = _day(likely[0]) if len(likely) == 1 else None
    yield finding_of(m, "inconsistent", "warning", f"{where}: «{other.text}»", expected)
