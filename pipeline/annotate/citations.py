"""Mentions of other documents, as they stand.

A mention is found by its number and symbol, or by the title of a law; then its type is read leftwards, its date,
issuer, subject and alias rightwards.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from patterns import any_of, data, forms, matches
from pipeline.annotate.laws import find_laws
from pipeline.annotate.pinpoints import read_pinpoint
from pipeline.annotate.relations import ended_behind, list_relation, read_relation
from pipeline.model import Citation, CitationRelation, Frame, Text, Unit
from pipeline.symbols import canonical, parse, type_abbreviations, type_names, type_of_name, type_of_symbol

_FORMS = {name: form.pattern for name, form in forms("citations").items()}
_NUMBERED = re.compile(r"\d(?:[a-zđ]?\s?[/–—‑−-]\s?[\dA-ZĐÐ]|\s*,?\s*(?i:ngày))")
_FIGURES = re.compile(r"\d+")
_LAW = re.compile(r"[LlPpHh](?i:(?<=l)uật|(?<=p)háp\s+lệnh|(?<=h)iến\s+pháp)")
_SO, _DAY = data("citations")["part"]["SO"], data("citations")["part"]["DAY"]
_DAY_TOLD = re.compile(rf"(?i:ngày)\s+(?P<day>{_DAY})")
_NAMES = any_of(type_names(), lambda name: re.escape(name).replace(r"\ ", r"\s+"))
_ABBREVIATIONS = any_of(type_abbreviations())
# "Căn cứNghị định": two words run together, told apart by the capital.
_TYPE = rf"(?:(?<!\w)|(?<=[a-zà-ỹ])(?=[A-ZĐ][a-zà-ỹ]))(?P<type>(?i:{_NAMES})|{_ABBREVIATIONS})"
_TYPE_BEFORE = re.compile(rf"{_TYPE}\s*:?\s*(?:{_SO}(?![^\W\d]))?\s*[:.]?\s*$")
_QUALIFIED_TYPE_BEFORE = re.compile(
    rf"^.*{_TYPE}(?P<qualifier>\s*,?\s(?:(?i:ngày)\s+(?:{_DAY}),?\s+)?[^;.:()\d|“”\"]{{1,90}}?:?)\s{_SO}\s*:?\s*$"
)
_SO_BEFORE = re.compile(rf"(?<!\w){_SO}\s*:?\s*$")
_LAW_NUMBER = re.compile(
    rf"(?:\s*\(sửa\s+đổi[^()]{{0,20}}\))?\s*(?:,\s*|(?P<paren>\()\s*)?(?:(?:[Bb]ộ\s+)?[Ll]uật\s+)?(?:{_SO})?\s*:?\s*"
)
_LAW_YEAR = re.compile(r"\s+(?P<year>(?:19|20)\d\d)(?![\d/-])")
_SHORT = re.compile(
    r"(?P<number>\d(?<![\w/.,-].)\d{1,4}[a-zđ]?)(?![\w/%]|[.,-]\d|\s?[/-]\s?\w|\s+(?i:năm|tháng|ngày|tuần|giờ|quý)(?!\w))"
)
_NUMBERED_BY_YEAR: frozenset[str] = frozenset(data("citations")["numbered_by_year"])
_TYPE_REACH = 60
_QUALIFIED_REACH = 150
_LONGEST_SUBJECT = 1500
_LONGEST_TAIL = 600


@dataclass(slots=True)
class _Head:
    """What makes a mention: type with number or title; ``elided`` where the type is left to the one before."""

    start: int
    end: int
    doc_type: str
    symbol: str | None = None
    title: str | None = None
    elided: bool = False


def find_citations(text: Text, frame: Frame) -> list[Citation]:
    """Every mention in title and body, in text order; issuers as written, symbols without their spaces."""
    found: list[Citation] = []
    listed: CitationRelation | None = None  # what a list of documents below its opening words does to them
    for unit, words in _units(text, frame):
        own: list[Citation] = []
        if _NUMBERED.search(words) or _LAW.search(words):
            own = _in_unit(words)
        if listed and own and _is_item(words[: own[0].start], unit):
            own[0].relation = listed
        elif not (listed and (unit.column is not None or _FORMS["goes_with_this"].match(words))):
            listed = None if own else list_relation(words)
        found += [_at(c, unit.start) for c in own]
    found += _short_mentions(text, frame, found)
    return sorted(found, key=lambda c: c.start)


def _is_item(before: str, unit: Unit) -> bool:
    """Whether the words before a paragraph's first mention make it an item of a list, or it opens a cell."""
    return bool(_FORMS["listed_item"].match(before)) or (unit.column is not None and not before.strip(" -"))


def _units(text: Text, frame: Frame) -> Iterator[tuple[Unit, str]]:
    for unit in text.units():
        if frame.zone_at(unit.start) in ("title", "body"):
            yield unit, text.text[unit.start : unit.end]


def _at(citation: Citation, offset: int) -> Citation:
    citation.start += offset
    citation.end += offset
    return citation


# --------------------------------------------------------------------------- one paragraph or cell


def _in_unit(words: str) -> list[Citation]:
    heads = _heads(words)
    found: list[Citation] = []
    top: tuple[Citation, int] | None = None  # the last mention outside any subject, and where its subject and alias end
    limits = [*(h.start for h in heads[1:]), len(words)]
    for head, limit in zip(heads, limits, strict=False):
        citation = _extend(words, head, limit)
        citation.pinpoint, lead = read_pinpoint(words, head.start)
        nested = top is not None and head.start < top[1]
        listed = top is not None and not nested and _FORMS["list_seam"].search(words[max(top[1], lead - 40) : lead])
        inherited = top[0].relation if top and listed else "mentions"
        citation.relation = read_relation(words, lead) or ended_behind(words, head.start, citation.end) or inherited
        after = _read_subject(words, citation)
        if not nested:
            top = citation, after
        found.append(citation)
    _share_dates(words, heads, found)
    return found


def _heads(words: str) -> list[_Head]:
    """The heads of all mentions in order, none overlapping another."""
    covered = bytearray(len(words))
    heads: list[_Head] = []

    def take(head: _Head) -> None:
        if not any(covered[head.start : head.end]):
            covered[head.start : head.end] = b"\1" * (head.end - head.start)
            heads.append(head)

    for head in _law_heads(words):
        take(head)
    previous = 0
    figures = [m.start() for m in _FIGURES.finditer(words)]
    for m in matches(_FORMS["symbol"], words, figures):
        if not covered[m.start()]:
            for head in _numbered_heads(words, m, previous, heads[-1] if heads else None):
                take(head)
        previous = m.end()
    for head in _codeless_heads(words, figures):
        take(head)
    return sorted(heads, key=lambda h: h.start)


def _law_heads(words: str) -> Iterator[_Head]:
    if not _LAW.search(words):
        return
    for law in find_laws(words):
        head = _Head(law.start, law.end, law.doc_type, title=law.title)
        lead = _LAW_NUMBER.match(words, law.end, law.end + _TYPE_REACH)
        number = _FORMS["symbol"].match(words, lead.end()) if lead else None
        if number and (parsed := parse(canonical(number[0]))) and "QH" in "".join(parsed.codes):
            head.symbol, head.end = canonical(number[0]), number.end()
            if lead and lead["paren"] and words[head.end : head.end + 1] == ")":
                head.end += 1
        yield head


def _numbered_heads(words: str, number: re.Match[str], floor: int, before: _Head | None) -> Iterator[_Head]:
    """The heads that a symbol makes: one, or one for each number of the list before it."""
    symbol = canonical(number[0])
    left_start = max(floor, number.start() - _QUALIFIED_REACH)
    left = words[left_start : number.start()]
    others = _FORMS["numbers_before"].search(left)
    lead = left[: others.start()] if others else left
    doc_type, start, elided = _type_before(lead, symbol, before)
    if doc_type is None:
        return
    start += left_start
    if others:
        tail = symbol[len(number["number"]) :]
        for i, n in enumerate(re.finditer(r"\d+[a-zđ]?", others[0])):
            at = left_start + others.start() + n.start()
            yield _Head(start if i == 0 else at, at + len(n[0]), doc_type, n[0] + tail, elided=i > 0 or elided)
        start, elided = number.start(), True
    yield _Head(start, number.end(), doc_type, symbol, elided=elided)


def _type_before(left: str, symbol: str, before: _Head | None) -> tuple[str | None, int, bool]:
    """The type of a symbol from the words before it, where it begins in them, and whether it is left out there."""
    own_type = type_of_symbol(symbol)
    if m := _TYPE_BEFORE.search(left[-_TYPE_REACH:]):
        return type_of_name(m["type"]), max(0, len(left) - _TYPE_REACH) + m.start(), False
    if (m := _QUALIFIED_TYPE_BEFORE.search(left)) and (told := type_of_name(m["type"])):
        short = len(m["qualifier"]) < 40 and not m["qualifier"].strip().startswith(("tại", "theo"))
        if told == own_type or (told == "NQ" and own_type == "Luật") or (own_type is None and short):
            return told, m.start("type"), m["qualifier"].rstrip().endswith(":")
    so = _SO_BEFORE.search(left)
    start = so.start() if so else len(left)
    if own_type:
        return own_type, start, True
    if before and before.symbol and (so or _FORMS["list_seam"].search(left)):
        this, other = parse(symbol), parse(before.symbol)
        if this and other and this.codes[:1] == other.codes[:1]:
            return before.doc_type, start, True
    return None, start, True


def _codeless_heads(words: str, figures: list[int]) -> Iterator[_Head]:
    """Mentions whose symbol lacks its code: ``Quyết định số 90 ngày 18/01/2022``, ``Nghị định 61/2015``."""
    for m in _FORMS["bare_number"].finditer(words):
        kind = _TYPE_BEFORE.search(words[max(0, m.start() - _TYPE_REACH) : m.start()])
        if kind:
            start = max(0, m.start() - _TYPE_REACH) + kind.start()
            for i, n in enumerate(re.finditer(r"\d+[a-zđ]?", m["numbers"])):
                at = m.start("numbers") + n.start()
                yield _Head(
                    start if i == 0 else at, at + len(n[0]), type_of_name(kind["type"]) or "VB", n[0], elided=i > 0
                )
    for m in matches(_FORMS["number_and_year"], words, figures):
        kind = _TYPE_BEFORE.search(words[max(0, m.start() - _TYPE_REACH) : m.start()])
        doc_type = type_of_name(kind["type"]) if kind else None
        if kind and doc_type in _NUMBERED_BY_YEAR:
            yield _Head(max(0, m.start() - _TYPE_REACH) + kind.start(), m.end(), doc_type, m["number"])


# --------------------------------------------------------------------------- rightwards


def _extend(words: str, head: _Head, limit: int) -> Citation:
    """The mention that a head begins, run on over the date and issuer that follow directly."""
    end, issued_on, issuer = head.end, None, None
    if told := _DAY_TOLD.search(words, head.start, head.end):  # ``Nghị định ngày 09/3/2021 của Chính phủ số ...``
        issued_on = read_day(told["day"])
    limit = min(limit, end + _LONGEST_TAIL)
    for _ in range(2):  # the issuer may stand before the date
        if issued_on is None and (m := _FORMS["date_after"].match(words, end, limit)):
            if issuer and "," in m[0] and _FORMS["dates_the_next"].match(words, m.end()):
                break
            issued_on, end = read_day(m["day"]), m.end()
        if issuer is None and (m := _FORMS["issuer_after"].match(words, end, limit)):
            issuer, end = " ".join(m["issuer"].split()), m.end()
    if issuer is None and (m := _FORMS["given_out_after"].match(words, end, limit)):
        issuer, end = " ".join(m["issuer"].split()), m.end()
        issued_on = issued_on or read_day(m["day"] or m["dated"] or "")
    if end == head.end and (m := _FORMS["year_after"].match(words, end, limit) or _year_of_law(words, head, limit)):
        end = m.end()
        if m := _FORMS["issuer_after"].match(words, end, limit):
            issuer, end = " ".join(m["issuer"].split()), m.end()
    return Citation(
        text=words[head.start : end],
        start=head.start,
        end=end,
        doc_type=head.doc_type,
        symbol=head.symbol,
        issued_on=issued_on,
        issuer=issuer,
        title=head.title,
    )


def _year_of_law(words: str, head: _Head, limit: int) -> re.Match[str] | None:
    return _LAW_YEAR.match(words, head.end, limit) if head.title else None


def read_day(words: str) -> date | None:
    """The day that ``18/01/2022`` or ``18 tháng 01 năm 2022`` names; null where part of it is blank or impossible."""
    numbers = [int(n) for n in re.findall(r"\d+", words)]
    if len(numbers) != 3:
        return None
    try:
        return date(numbers[2], numbers[1], numbers[0])
    except ValueError:
        return None


def _read_subject(words: str, citation: Citation) -> int:
    """Give the mention its subject and alias; where both of them end."""
    after = _read_alias(words, citation.end, citation)
    opening = _FORMS["subject_opening"].search(words[after : after + 60])
    if not opening:
        return after
    start = after + opening.end()
    after = _subject_end(words, start)
    if citation.title is None:
        citation.title = " ".join(words[start:after].split()).strip(' .,“”"') or None
    return _read_alias(words, after, citation)


def _subject_end(words: str, start: int) -> int:
    """Where the subject ends that begins at ``start``; brackets inside it do not end it."""
    limit = min(len(words), start + _LONGEST_SUBJECT)
    depth, counted = 0, start
    for m in _FORMS["subject_end"].finditer(words, start, limit):
        depth += words.count("(", counted, m.start())
        if m[0] != ")" or depth == 0:
            return m.start()
        depth, counted = depth - 1, m.end()
    return limit


def _read_alias(words: str, start: int, citation: Citation) -> int:
    """Give the mention the alias that stands in brackets at ``start``, if any; where it ends."""
    m = None if citation.defined_alias else _FORMS["alias"].search(words[start : start + 260])
    if not m:
        return start
    alias = " ".join((m["alias"] or m["bare"]).split())
    citation.defined_alias = _FORMS["symbol"].sub(lambda n: canonical(n[0]), alias)
    return start + m.end()


def _share_dates(words: str, heads: list[_Head], found: list[Citation]) -> None:
    """``số 8/CĐ-UBND và số 9/CĐ-UBND ngày 19/11/2025``: the date and issuer at a list's end hold for all of it."""
    for i in range(len(found) - 1, 0, -1):
        before, this = found[i - 1], found[i]
        if not heads[i].elided or before.issued_on or not _FORMS["list_seam"].search(words[before.end : this.start]):
            continue
        if before.symbol is None:
            continue  # a law by its title, in the words of another document: hướng dẫn Luật X; số 2/2025/NĐ-CP ngày ...
        parsed = parse(before.symbol)
        if this.issued_on and (parsed is None or parsed.year in (None, this.issued_on.year)):
            before.issued_on = this.issued_on
        before.issuer = before.issuer or this.issuer


# --------------------------------------------------------------------------- the whole document


def _short_mentions(text: Text, frame: Frame, found: list[Citation]) -> list[Citation]:
    """``Nghị quyết 57`` where the document names 57-NQ/TW in full elsewhere; the symbol stays the number as written."""
    numbers: dict[str, set[str]] = defaultdict(set)
    for c in found:
        if c.symbol and (parsed := parse(c.symbol)) and parsed.codes:
            numbers[parsed.number].add(c.doc_type)
    if not numbers:
        return []
    covered = bytearray(len(text.text))
    for c in found:
        covered[c.start : c.end] = b"\1" * (c.end - c.start)
    short: list[Citation] = []
    for unit, words in _units(text, frame):
        for m in _SHORT.finditer(words):
            types = numbers.get(m["number"])
            kind = _TYPE_BEFORE.search(words[max(0, m.start() - _TYPE_REACH) : m.start()]) if types else None
            doc_type = type_of_name(kind["type"]) if kind else None
            if not kind or not types or doc_type not in types:
                continue
            start = max(0, m.start() - _TYPE_REACH) + kind.start()
            if any(covered[unit.start + start : unit.start + m.end()]):
                continue
            citation = _extend(words, _Head(start, m.end(), doc_type, m["number"]), len(words))
            citation.relation = read_relation(words, start) or "mentions"
            short.append(_at(citation, unit.start))
    return short
