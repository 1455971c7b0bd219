"""Is it the document that its symbol says? Date, issuer and type of a mention against the catalogue and the symbol."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from patterns import data, forms, rows
from pipeline.audit.law.catalogue import Catalogue, Entry
from pipeline.audit.model import Finding, Mention, finding_of, vietnamese
from pipeline.fold import fold
from pipeline.symbols import Symbol, agency_code, names_by_type, parse, type_of_symbol

_FORMS = {name: form.pattern for name, form in forms("audit").items()}
_LAW_YEAR = re.compile(r"\|\D+\|(\d{4})$")


def wrong_date(m: Mention, known: Catalogue) -> Iterator[Finding]:
    """A date unlike the one checked in the catalogue, or of another year than the symbol's."""
    told = m.issued_on
    yield from _other_law_year(m, known)
    if not told or not m.dated:
        return
    entries = [e for e in known.of(m) if e.issued_on]
    checked = [e for e in entries if e.identified]
    symbol = parse(m.symbol or "")
    if checked and not any(e.issued_on == told for e in entries):
        if symbol and symbol.year and (other := known.dated_alike(m)):
            yield finding_of(m, "wrong_date", "error", f"{checked[0].label}; {other[0].label}", other[0].symbol)
        else:
            yield finding_of(m, "wrong_date", "error", checked[0].label, _day(checked[0]))
    elif symbol and symbol.year and not checked and _other_year(symbol.year, told):
        evidence = f"Ký hiệu {m.symbol} mang năm {symbol.year}, ngày nêu kèm là {vietnamese(told)}"
        other = known.dated_alike(m)
        if other:
            evidence += f"; {other[0].label}"
        yield finding_of(m, "wrong_date", "error", evidence, other[0].symbol if other else None)
    elif not entries:
        yield from _slip_of_date(m, told, known)


def _other_year(year: int, told: date) -> bool:
    """Whether a date lies outside a symbol's year; around New Year both years are seen."""
    return year != told.year and not (told.year == year + 1 and told.month == 1)


def _other_law_year(m: Mention, known: Catalogue) -> Iterator[Finding]:
    """A law named by a year beside its own, as by that of its force (``Luật Phòng, chống tham nhũng năm 2019``).

    A law that amended it then may be meant by that year.
    """
    year = _LAW_YEAR.search(m.key)
    if m.symbol or m.doc_type != "Luật" or not year:
        return
    laws = [e for e in known.titled(m.title or "") if e.identified and e.issued_on]
    near = [e for e in laws if e.issued_on and abs(e.issued_on.year - int(year[1])) == 1]
    amending = [parse(s) for e in near for s in e.amended_by]
    if len(near) == 1 and not any(symbol and symbol.year == int(year[1]) for symbol in amending):
        yield finding_of(m, "wrong_date", "warning", near[0].label, f"năm {near[0].symbol.split('/')[1]}")


def _slip_of_date(m: Mention, told: date, known: Catalogue) -> Iterator[Finding]:
    """Near the one known document of this title in that year, or of this number, of no other subject, on that day of
    another year."""
    if m.doc_type == "Luật" and not m.symbol:
        near = [e for e in known.titled(m.title or "") if e.identified and e.issued_on]
        near = [e for e in near if e.issued_on and _near(e.issued_on, told)]
    else:
        near = [e for e in known.numbered(m) if e.identified and e.issued_on]
        near = [e for e in near if not m.title or same_subject(e.title, m.title)]
        near = [e for e in near if e.issued_on and (e.issued_on.day, e.issued_on.month) == (told.day, told.month)]
    if len(near) == 1:
        yield finding_of(m, "wrong_date", "error", near[0].label, _day(near[0]))


def _near(a: date, b: date) -> bool:
    return a.year == b.year or (a.day, a.month) == (b.day, b.month)


def _day(e: Entry) -> str | None:
    return vietnamese(e.issued_on) if e.issued_on else None


def same_subject(a: str, b: str) -> bool:
    """Whether two subjects share most of their words."""
    one, other = set(re.findall(r"\w+", fold(a))), set(re.findall(r"\w+", fold(b)))
    fewer = min(len(one), len(other))
    return fewer >= 4 and len(one & other) >= 0.7 * fewer


# --------------------------------------------------------------------------- type


def wrong_type(m: Mention, known: Catalogue) -> Iterator[Finding]:
    """A type's name that is not the one in the symbol (``Quyết định số 30/2020/NĐ-CP``), or in the catalogue."""
    symbol = parse(m.symbol) if m.symbol else None
    own = type_of_symbol(m.symbol) if m.symbol else None
    if not symbol or not own or not m.text[:1].isalpha():
        return
    if (e := _of_another_type(m, known)) and (own != m.doc_type or symbol.term):
        yield finding_of(m, "wrong_type", "error", e.label, names_by_type().get(e.doc_type, e.doc_type))
        return
    if own == m.doc_type:
        return
    names, alike, executive = names_by_type(), data("audit")["alike_types"], data("audit")["executive_types"]
    if symbol.term:
        if m.doc_type in executive:
            evidence = f"Ký hiệu {m.symbol} là của văn bản Quốc hội ban hành, không phải {names[m.doc_type]}"
            yield finding_of(m, "wrong_type", "error", evidence)
        return
    numbered_law = own in executive and _FORMS["law_by_number"].match(m.text)
    if (_says_no_type(m, symbol) and not numbered_law) or any({own, m.doc_type} <= set(group) for group in alike):
        return
    evidence = f"Ký hiệu {m.symbol} là của {names.get(own, own)}, không phải {names.get(m.doc_type, m.doc_type)}"
    yield finding_of(m, "wrong_type", "error", evidence, names.get(own, own))


def _of_another_type(m: Mention, known: Catalogue) -> Entry | None:
    """The document of that very symbol and day, where it is of another type."""
    entries = [e for e in known.of(m) if e.identified and e.issued_on and e.document_id is None]
    if len(entries) != 1 or not m.dated or entries[0].issued_on != m.issued_on:
        return None
    told, right = m.doc_type, entries[0].doc_type
    alike: list[list[str]] = data("audit")["alike_types"]
    judged = told in (*data("audit")["of_one_kind"], "TTLT") and right in (*data("audit")["of_one_kind"], "TT")
    return entries[0] if judged and told != right and not any({told, right} <= set(g) for g in alike) else None


def _says_no_type(m: Mention, symbol: Symbol) -> bool:
    """Whether a type's name says no more than "a document"; a công văn's symbol has no type before the body's code."""
    if m.doc_type == "CV" and len(symbol.codes) > 1 and symbol.codes[1] in data("audit")["numbering_bodies"]:
        return False
    return m.doc_type in data("audit")["general_types"]


# --------------------------------------------------------------------------- issuer


def wrong_issuer(m: Mention, known: Catalogue) -> Iterator[Finding]:
    """An issuer, told by the mention itself, that is not that of the catalogue or of the symbol's code."""
    told = _body(m.issuer or "")
    if not _kind(told) or m.doc_type in ("TTLT", "NQLT"):
        return
    if not _FORMS["issuer_told"].search(m.text) and not m.given_out_by:
        return
    entries = [e for e in known.of(m) if e.identified and e.issuer and e.document_id is None]
    entries = [e for e in entries if not m.issued_on or e.issued_on == m.issued_on]
    symbol = parse(m.symbol) if m.symbol else None
    code = agency_code(symbol) if symbol else None
    own, place = _issuers().get(code or "", ("", ""))
    if len(entries) == 1 and _kind(_body(entries[0].issuer)):
        right = entries[0].issuer
        if not _agree(told, _body(right), m.source.issued_on):
            yield finding_of(m, "wrong_issuer", "error", f"{entries[0].label} ({right})", right)
    elif own and not (
        _agree(*((_kind(told) or "", _kind(_body(own)) or "") if place else (told, _body(own))), m.source.issued_on)
        or (not (symbol and symbol.year) and _of_one_branch(told, _body(own)))
    ):
        yield finding_of(m, "wrong_issuer", "error", f"{code} trong ký hiệu {m.symbol} là mã của {own}", own)


@cache
def _issuers() -> dict[str, tuple[str, str]]:
    bodies = {row["code"]: (row["issuer"], row["place"]) for row in rows("symbol_issuers")}
    return {code: body for code, body in bodies.items() if _kind(_body(body[0]))}


@cache
def _body(name: str) -> str:
    """A body for comparison; its head stands for it."""
    return _FORMS["head_of"].sub("", fold(name)).strip()


def _kind(body: str) -> str | None:
    """The kind of a body; null for those that are not judged."""
    kinds: list[str] = data("audit")["bodies"]
    kind = next((kind for kind in kinds if f"{body} ".startswith(f"{kind} ")), None)
    return kind if kind != "bộ" or body.startswith(tuple(_ministries())) else None


@cache
def _ministries() -> frozenset[str]:
    return frozenset(fold(row["issuer"]) for row in rows("symbol_issuers") if row["issuer"].startswith("Bộ "))


def _of_one_branch(told: str, right: str) -> bool:
    """Whether two bodies are those of one branch at two levels, of which the lower often numbers as the higher does."""
    return told.partition(" ")[2].startswith(right.partition(" ")[2]) and told.startswith("sở ")


def _agree(told: str, right: str, on: date | None) -> bool:
    """Whether two names can mean one body on the day of a document: one begins with the other, or a group has both."""
    if told.startswith(right) or right.startswith(told):
        return True
    content = data("audit")
    groups: list[list[str]] = content["alike_issuers"]
    if on is None or on >= content["merged_since"]:
        groups = groups + content["merged_issuers"]
    return any(all(any(body.startswith(name) for name in group) for body in (told, right)) for group in groups)
