"""The identity of cited documents: symbol, date and issuer completed from the document itself, and a key for each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache

from patterns import forms, rows
from pipeline.annotate.agency_phrases import canonical_name
from pipeline.annotate.citations import read_day
from pipeline.annotate.laws import proper_title
from pipeline.fold import fold
from pipeline.model import Citation, Context, Text
from pipeline.symbols import agency_code, folded, is_party, meant, parse

_FORMS = {name: form.pattern for name, form in forms("citations").items()}
_REACH = 200
_VERB = 32  # letters in which the verb right before a mention stands


def resolve_citations(citations: list[Citation], text: Text, context: Context) -> list[Citation]:
    """The citations with symbols, dates and issuers completed from the document itself, and with their keys."""
    done = [c.model_copy() for c in citations]
    _complete_symbols(done)
    issuers: dict[str, str] = {}
    for before, c in zip([None, *done], done, strict=False):
        _read_before(c, text)
        if before and before.issued_on and c.issued_on is None and _is_one_more(before, c, text):
            c.issued_on, c.issuer = before.issued_on, c.issuer or before.issuer
        if c.issuer:
            if c.issuer not in issuers:
                issuers[c.issuer] = canonical_name(c.issuer, context) or _placed(c.issuer, context)
            c.issuer = issuers[c.issuer]
    for group in _unnumbered_laws(done).values():
        _share(group, "issued_on", _same_year)
    for group in _by_symbol(done).values():
        _share(group, "issued_on", _same_issuer)
        _share(group, "issuer", _same_date)
        for c in group:
            c.issuer = c.issuer or implied_issuer(c, context)
    titles = _symbols_by_title(done)
    for c in done:
        c.key = identity(c, context, titles)
    for group in _by_symbol(done).values():
        _share_keys(group)
    return done


def _by_symbol(citations: Iterable[Citation]) -> dict[str, list[Citation]]:
    groups: dict[str, list[Citation]] = defaultdict(list)
    for c in citations:
        if c.symbol:
            groups[folded(c.symbol)].append(c)
    return groups


def _unnumbered_laws(citations: Iterable[Citation]) -> dict[str, list[Citation]]:
    groups: dict[str, list[Citation]] = defaultdict(list)
    for c in citations:
        if c.title and not c.symbol and c.doc_type in ("Luật", "PL"):
            groups[_title_key(c)].append(c)
    return groups


def _complete_symbols(citations: list[Citation]) -> None:
    """Give a number without its code, or with the first alone, the one full symbol that the document shows of it."""
    full: dict[tuple[str, str], set[str]] = defaultdict(set)
    for c in citations:
        parsed = parse(c.symbol) if c.symbol else None
        if c.symbol and parsed and parsed.codes:
            year = f"/{parsed.year}" if parsed.year else ""
            shorter = [f"{parsed.number}{year}/{parsed.codes[0]}"] if len(parsed.codes) > 1 else []
            for short in (parsed.number, f"{parsed.number}/{parsed.year}", *shorter):
                full[c.doc_type, folded(short)].add(c.symbol)
    for c in citations:
        if c.symbol and not ((parsed := parse(c.symbol)) and len(parsed.codes) > 1):
            candidates = full[c.doc_type, folded(c.symbol)]
            if len({folded(s) for s in candidates}) == 1:
                c.symbol = min(candidates)


def _read_before(citation: Citation, text: Text) -> None:
    """``ngày 31/12/2019 UBND huyện ban hành Quyết định số 7/QĐ-UBND``: date and issuer told before the mention."""
    left = text.text[max(0, citation.start - _REACH) : citation.start].rpartition("\n")[2]
    if not _FORMS["promulgated"].search(left[-_VERB:]):
        return
    if citation.issued_on is None and (m := _FORMS["promulgated_before"].search(left)):
        citation.issued_on = read_day(m["day"])
        citation.issuer = citation.issuer or m["issuer"]
    if citation.issuer is None and (m := _FORMS["issued_by_before"].search(left)):
        citation.issuer = m["issuer"]


def _is_one_more(first: Citation, citation: Citation, text: Text) -> bool:
    """Whether a mention goes on with the list of those that were given out on the day told before the first one."""
    listed = _FORMS["list_goes_on"].match(text.text[first.end : citation.start])
    return bool(listed and _FORMS["one_more"].match(citation.text) and not _FORMS["day_said"].search(first.text))


# --------------------------------------------------------------------------- within one document


def _same_issuer(a: Citation, b: Citation) -> bool:
    """Whether two mentions may be of one issuer; the Party's are also called by less than their name.

    ``Kế hoạch số 83-KH/TU của Tỉnh ủy`` is that of its ``Ban Thường vụ``.
    """
    if not (a.issuer and b.issuer) or a.issuer == b.issuer:
        return True
    parsed = parse(a.symbol) if a.symbol else None
    return parsed is not None and is_party(parsed) and (a.issuer in b.issuer or b.issuer in a.issuer)


def _same_date(a: Citation, b: Citation) -> bool:
    return not (a.issued_on and b.issued_on) or a.issued_on == b.issued_on


def _same_year(a: Citation, b: Citation) -> bool:
    """Whether neither of two mentions of a law tells a year (``Luật Đất đai năm 2013``) that is not the other's."""
    told = {int(m[1]) for c in (a, b) if (m := _FORMS["year_at_end"].search(c.text))}
    return len(told | {c.issued_on.year for c in (a, b) if c.issued_on}) == 1


def _year_agrees(citation: Citation) -> bool:
    """Whether the date of a mention falls in the year that its symbol carries."""
    parsed = parse(citation.symbol) if citation.symbol else None
    return not (parsed and parsed.year and citation.issued_on) or parsed.year == citation.issued_on.year


def _share(group: list[Citation], name: str, fits: Callable[[Citation, Citation], bool]) -> None:
    """Fill a missing field from the nearest mention of the same symbol: the last one before, else the next one."""
    told = [(i, c) for i, c in enumerate(group) if getattr(c, name) is not None and _year_agrees(c)]
    told = told or [(i, c) for i, c in enumerate(group) if getattr(c, name) is not None]
    for i, c in enumerate(group):
        if getattr(c, name) is None:
            near = [o for j, o in reversed(told) if j < i and fits(c, o)] or [
                o for j, o in told if j > i and fits(c, o)
            ]
            if near:
                setattr(c, name, getattr(near[0], name))


def _share_keys(group: list[Citation]) -> None:
    """A key that lacks its place is that of a mention of the same symbol and time that has it."""
    for c in group:
        if c.key.endswith("|"):
            c.key = next((o.key for o in group if o.key != c.key and o.key.startswith(c.key)), c.key)


# --------------------------------------------------------------------------- issuers


@cache
def _issuers() -> dict[str, tuple[str, str]]:
    """Whoever issues under a code (folded: titles are in capitals), and at which level where many places share it."""
    return {fold(row["code"]): (row["issuer"], row["place"]) for row in rows("symbol_issuers")}


def implied_issuer(citation: Citation, context: Context) -> str | None:
    """The issuer that a symbol's code tells, with the place that the context makes certain; else null."""
    symbol = parse(citation.symbol) if citation.symbol else None
    code = agency_code(symbol) if symbol else None
    if not code or citation.doc_type in ("TTLT", "NQLT"):
        return None
    name, place = _issuers().get(fold(code), (None, ""))
    if name is None or not place:
        return name
    if place == "own":
        return _own_body(name, context)
    if place == "commune":
        return None
    unit = context.province if place == "province" else context.district
    if not unit or (place == "district" and context.level not in ("district", "commune")):
        return None
    if name.endswith("ủy"):
        return ("Thành ủy " if unit.startswith("thành phố") else name + " ") + _bare(unit)
    return canonical_name(f"{name} {unit}", context) or f"{name} {unit}"


def _placed(issuer: str, context: Context) -> str:
    """The words of an issuer that no registry knows, with the place that a bare unit at their end stands for."""
    place = {"tỉnh": context.province, "thành phố": context.province, "huyện": context.district, "xã": context.commune}
    name = issuer[0].upper() + issuer[1:]
    for unit, full in place.items():
        if full and full.startswith(unit) and fold(name).endswith(f" {unit}"):
            return f"{name[: -len(unit)]}{full}"
    return name


def _own_body(name: str, context: Context) -> str | None:
    """The people's committee or council of the unit whose authority issued the citing document itself."""
    issuer = context.issuer or ""
    if not issuer.startswith(("Ủy ban nhân dân ", "Hội đồng nhân dân ")):
        return None
    return f"{name} {issuer.split(' nhân dân ', 1)[1]}"


def _bare(unit: str) -> str:
    return re.sub(r"^(?:thành phố|thị xã|thị trấn|đặc khu|\S+) ", "", unit)


# --------------------------------------------------------------------------- keys


def identity(citation: Citation, context: Context, titles: dict[str, str]) -> str:
    """The key of a cited document: equal for every mention of it, different for different documents.

    ``luat|72/2020/qh14``, ``qppl|61/2015/nđ-cp``, ``hc|90/qđ-ttg|2022``, ``dang|20/ct-tw|2022-12-12``; codes that many
    bodies share carry the place of the issuer: ``hc|1923/kh-ubnd|2023|lai châu``.
    """
    year = _FORMS["year_at_end"].search(citation.text)
    if citation.doc_type in ("Luật", "PL", "HP"):
        told = int(year[1]) if year else None
        symbol = citation.symbol or _of_year(titles.get(_title_key(citation)), told)
        symbol = symbol or _known_law(citation, told, context.issued_on)
        return f"luat|{_number(symbol)}" if symbol else f"luat|{_title_key(citation)}|{year[1] if year else ''}"
    symbol = citation.symbol
    parsed = parse(symbol) if symbol else None
    if not symbol or not parsed:
        return f"khac|{citation.doc_type}|{fold(symbol or citation.title or '')}|{citation.issued_on or ''}"
    code = agency_code(parsed)
    shared = not code or (not code.endswith("TW") and _issuers().get(fold(code), ("", "any"))[1] != "")
    place = [_place(citation.issuer)] if shared else []
    if parsed.year:
        return "|".join(["qppl", _number(symbol), *place])
    when = (
        str(citation.issued_on or "")
        if is_party(parsed)
        else str(citation.issued_on.year if citation.issued_on else "")
    )
    return "|".join(["dang" if is_party(parsed) else "hc", _number(symbol), when or (year[1] if year else ""), *place])


def _of_year(symbol: str | None, year: int | None) -> str | None:
    """A law's symbol, null where it is of another year than the one told."""
    parsed = parse(symbol) if symbol else None
    return symbol if year is None or parsed is None or parsed.year in (None, year) else None


def _number(symbol: str) -> str:
    """A symbol as keys carry it: ``317-KH-HU``, ``317/KH-HU`` and ``0317-KH/HU`` are all ``317/kh-hu``."""
    parsed = parse(symbol)
    if not parsed:
        return folded(symbol)
    head = [fold(parsed.number).lstrip("0"), *([str(parsed.year)] if parsed.year else [])]
    return "/".join([*head, "-".join(fold(c).replace("&", "") for c in meant(parsed).codes)])


def _place(issuer: str | None) -> str:
    m = _FORMS["place_of_issuer"].search(fold(issuer or ""))
    return m[1] if m else fold(issuer or "")


def _title_key(citation: Citation) -> str:
    return fold(proper_title(citation.title or "") or citation.title or "")


def _symbols_by_title(citations: list[Citation]) -> dict[str, str]:
    """The one symbol that the document itself gives for a law's title."""
    symbols: dict[str, set[str]] = defaultdict(set)
    for c in citations:
        if c.doc_type in ("Luật", "PL") and c.symbol and c.title:
            symbols[_title_key(c)].add(c.symbol)
    return {title: min(found) for title, found in symbols.items() if len({folded(s) for s in found}) == 1}


@cache
def _laws_by_title() -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows("laws"):
        if row["symbol"]:
            found[fold(row["title"])].append(row)
    return found


def _known_law(citation: Citation, year: int | None, on: date | None) -> str | None:
    """The one known law of a title: of the year or day told, else the only one made and not expired when cited."""
    if citation.doc_type == "HP":
        return None
    known = _laws_by_title().get(_title_key(citation), [])
    if citation.issued_on:
        known = [r for r in known if r["issued_on"] == str(citation.issued_on)]
    elif year:
        known = [r for r in known if _made(r).startswith(str(year))]
    elif on:
        known = [r for r in known if _made(r) <= str(on) and not "" < r["expired_on"] <= str(on)]
    return known[0]["symbol"] if len(known) == 1 else None


def _made(law: dict[str, str]) -> str:
    """When a law was issued; the year of its symbol where no more is known."""
    parsed = parse(law["symbol"])
    return law["issued_on"] or str(parsed.year if parsed else "")
