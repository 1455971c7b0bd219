"""Force: cited documents that were no longer, or not yet, in force on the day of the citing one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from patterns import data, forms
from pipeline.annotate.relations import ended_behind
from pipeline.audit.law.catalogue import Catalogue, Entry
from pipeline.audit.model import Finding, Mention, Severity, finding_of, vietnamese
from pipeline.fold import fold
from pipeline.symbols import folded, parse

#: A report tells of months that lie behind it: what ended since is told as it then was.
_SEASON = 100
#: Days after its issue in which whoever carries a document out still prepares for its day of force.
_NEW = 30
_FORMS = {name: form.pattern for name, form in forms("audit").items()}


def out_of_force(m: Mention, known: Catalogue, on: date) -> Iterator[Finding]:
    """Expired, replaced or repealed on a day; a hint only where that was not checked."""
    e = _meant(m, known, on)
    if e and e.expired(on) and e.verified:
        sure = "force" in e.verified
        evidence = _ended(e) + ("" if sure else " (quan hệ thay thế chưa đối chiếu với bản gốc)")
        expected = known.successor(e.replaced_by, on)
        told = _beside_successor(m, [*e.replaced_by, *([expected] if expected else [])])
        yield finding_of(m, _name(e), _severity(m, e, on) if sure and not told else "info", evidence, expected)


def soon_out_of_force(m: Mention, known: Catalogue, on: date) -> Iterator[Finding]:
    """A hint: still in force on a day, but what will replace it was issued already."""
    e = _meant(m, known, on)
    if e and not e.expired(on) and "force" in e.verified and (new := _issued_successor(e, known, on)):
        evidence = f"Còn hiệu lực khi viện dẫn. {_ended(e)}; văn bản thay thế đã ban hành: {new.label}"
        yield finding_of(m, "replaced", "info", evidence, new.symbol)


def _meant(m: Mention, known: Catalogue, on: date) -> Entry | None:
    """The one entry of a mention; of a law named without year the one in force."""
    entries = known.of(m)
    if not entries and m.doc_type == "Luật" and m.title and not m.symbol:
        entries = [e for e in known.titled(m.title) if (e.effective_on or e.issued_on or date.max) <= on]
        entries = [e for e in entries if not e.expired(on)]
    return entries[0] if len(entries) == 1 else None


def _beside_successor(m: Mention, successors: Iterable[str]) -> bool:
    """Whether the paragraph names what came after too: who does knows which of them held when.

    ``Đầu nhiệm kỳ theo Luật ... số 77/2015/QH13; từ khi Luật số 72/2025/QH15 có hiệu lực ...``; but for the bases that
    a document opens with, which must all be in force.
    """
    if _FORMS["rules_now"].match(m.after) or _FORMS["opens_bases"].match(m.before):
        return False
    around = re.sub(r"\s", "", f"{m.before} {m.after}").lower()
    return any(symbol.lower() in around for symbol in successors)


def _name(e: Entry) -> str:
    return "repealed" if e.repealed_by else "replaced" if e.replaced_by else "expired"


def _ended(e: Entry) -> str:
    evidence = e.label
    if e.expired_on:
        evidence += f"; hết hiệu lực từ {vietnamese(e.expired_on)}"
    for words, others in (("được thay thế bởi", e.replaced_by), ("bị bãi bỏ bởi", e.repealed_by)):
        if others:
            evidence += f", {words} {', '.join(others)}"
    return evidence


def _issued_successor(e: Entry, known: Catalogue, on: date) -> Entry | None:
    """The successor that was issued already when the old document was still in force."""
    new = known.entry(e.replaced_by[0]) if e.replaced_by else None
    return new if new and new.issued_on and new.issued_on <= on else None


def is_history(m: Mention) -> bool:
    """Whether a document is named as what was, or as the object of an amendment, replacement or repeal.

    A document about what ended names it so, but for the bases that it opens with.
    """
    tells_of_ends = _FORMS["tells_of_ends"].search(m.source.title or "") and not _FORMS["opens_bases"].match(m.before)
    return (
        m.relation in ("amends", "replaces", "repeals")
        or bool(_FORMS["history_before"].search(m.before))
        or any(_FORMS[name].search(m.before) for name in ("still_under", "inside_title"))
        or bool(_FORMS["history_after"].match(m.after))
        or bool(tells_of_ends)
    )


def _severity(m: Mention, e: Entry, on: date) -> Severity:
    """Information where the document is named as history; an error where something is based on it."""
    if is_history(m) or _of_a_time_before(m, e):
        return "info"
    if m.relation == "basis":
        return "error"
    ended = e.expired_on or on
    told_of_then = m.source.doc_type == "BC" and (on - ended).days < _SEASON and not _FORMS["ahead"].search(m.before)
    return "info" if told_of_then else "warning"


def _of_a_time_before(m: Mention, e: Entry) -> bool:
    """Whether the sentence tells of a time in which the document was still in force (``Năm 2021, ... theo ...``)."""
    if not e.expired_on:
        return False
    before = _FORMS["cases_before"].search(m.before)
    if before and (day := _FORMS["day"].match(before["day"])) and _day(day) <= e.expired_on:
        return True
    begun = _FORMS["begun_in"].search(m.before)
    if begun and int(begun["year"]) < e.expired_on.year:
        return True
    opening = _FORMS["time_told"].search(m.before)
    if not opening:
        years = _FORMS["years_told"].search(m.source.title or "")
        return bool(years and int(years["first"]) <= e.expired_on.year and _FORMS["that_time"].search(m.before))
    if (days := list(_FORMS["day"].finditer(opening["time"]))) and days[-1].end() == len(opening["time"]):
        return m.issued_on != _day(days[-1]) <= e.expired_on  # that it was given out then tells no time
    year, part = int(opening["time"][-4:]), _FORMS["part_of_year_told"].search(m.before[: opening.end("time")])
    return year < e.expired_on.year or bool(part and year == e.expired_on.year and _month(part) < e.expired_on.month)


def _month(told: re.Match[str]) -> int:
    """The last month of a part of a year."""
    if told["quarter"]:
        return 3 * (("I", "II", "III", "IV").index(told["quarter"].upper()) + 1)
    return int(told.groupdict().get("months") or told["month"])


def _day(told: re.Match[str]) -> date:
    """A day of the calendar; one that there is not is the latest of all."""
    try:
        return date(int(told["y"]), int(told["m"]), int(told["d"]))
    except ValueError:
        return date.max


def not_yet_in_force(m: Mention, known: Catalogue, on: date) -> Iterator[Finding]:
    """Effective only after the citing document; whoever prepares for a coming law may name it."""
    entries = known.of(m)
    if len(entries) != 1 or (not m.symbol and m.key.startswith("luat") and not re.search(r"\d{4}", m.text)):
        return
    (e,) = entries
    if e.identified and e.effective_on and e.issued_on and e.issued_on <= on < e.effective_on:
        evidence = f"{e.label}; có hiệu lực từ {vietnamese(e.effective_on)}"
        ruled = m.relation == "basis" or bool(_FORMS["rules_now"].match(m.after) or _FORMS["in_use"].search(m.before))
        new = m.relation == "implements" and (on - e.issued_on).days < _NEW
        ruled = ruled or not (new or _FORMS["prepares"].search(m.before) or _FORMS["to_come"].search(m.after))
        ahead = _looks_ahead(m, e.effective_on, on) and not _done_before(m, e.effective_on)
        preparing = is_history(m) or not ruled or ahead or _is_about(m, e)
        preparing = preparing or any(
            _day(told) == e.effective_on for told in _FORMS["day"].finditer(f"{m.before} {m.after}")
        )
        yield finding_of(m, "not_yet_in_force", "info" if preparing else "warning", evidence)


def _looks_ahead(m: Mention, effective: date, on: date) -> bool:
    """Whether the citing document itself is one of the coming time: a normative one, or one for a later year.

    What it opens with, or tells to be in use, must be in force when that year begins; what a normative document rests
    on that only ends others, at once.
    """
    symbol = parse(m.source.symbol) if m.source.symbol else None
    years = [int(told["year"]) for told in _FORMS["year_begun"].finditer(m.source.title or "")]
    ahead = [year for year in years if on.year < effective.year <= year]
    opens = _FORMS["opens_bases"].match(m.before)
    if opens and any(year <= on.year for year in years):
        return False  # what is done this year needs its bases now
    if ahead and (opens or _FORMS["in_use"].search(m.before)):
        return effective <= date(min(ahead), 1, 1)
    ends = opens and _FORMS["tells_of_ends"].search(m.source.title or "")
    return bool((symbol and symbol.year and not ends) or ahead)


def _done_before(m: Mention, effective: date) -> bool:
    """Whether the sentence tells what was done already, or in a month before some day."""
    if _FORMS["told_as_done"].search(m.before):
        return True
    told = list(_FORMS["month_told"].finditer(m.before, max(m.before.rfind(end) for end in ".;") + 1))
    return bool(told) and (int(told[-1]["year"]), _month(told[-1])) < (effective.year, effective.month)


def _is_about(m: Mention, e: Entry) -> bool:
    """Whether the citing document is about the cited one, as a plan to carry out a coming law is."""
    title = fold(m.source.title or "")
    return bool(title) and (fold(e.symbol) in title or bool(m.title and fold(m.title) in title))


def amended(m: Mention, known: Catalogue, on: date, cited: set[str]) -> Iterator[Finding]:
    """Amended before the citing date, the amendment nowhere in the citing document (``cited``: folded symbols)."""
    entries = known.of(m)
    if len(entries) != 1 or not entries[0].identified or entries[0].expired(on) or is_history(m):
        return
    amending = [a for s in entries[0].amended_by if (a := known.entry(s)) and a.issued_on]
    then = [a for a in amending if (a.effective_on or a.issued_on or date.max) <= on and not a.expired(on)]
    if then and not any(folded(a.symbol) in cited for a in then):
        evidence = f"{entries[0].label}; được sửa đổi, bổ sung bởi {', '.join(a.label.split(': ', 1)[1] for a in then)}"
        yield finding_of(m, "amended", "info", evidence, "; ".join(a.symbol for a in then))


def replaced_by_documents(mentions: list[Mention]) -> dict[str, list[Mention]]:
    """Mentions in which a document of the store says that it replaces or repeals another, by the other's key."""
    found: dict[str, list[Mention]] = {}
    for m in mentions:
        if m.relation in ("replaces", "repeals") and not m.partial and _by_this_document(m):
            found.setdefault(m.key, []).append(m)
    return found


def _by_this_document(m: Mention) -> bool:
    """Whether it is the citing document itself that ends the cited one."""
    decides = m.source.doc_type in data("audit")["deciding_types"]
    if _FORMS["this_document"].search(m.before) or (decides and _FORMS["article_ends"].search(m.before)):
        return True
    return decides and ended_behind(m.before + m.text + m.after, len(m.before), len(m.before + m.text)) is not None


def ended_by_document(m: Mention, by: list[Mention], on: date) -> Iterator[Finding]:
    """Replaced or repealed by a document of the store that was issued before the citing one."""
    earlier = [o for o in by if o.source.issued_on and o.source.issued_on < on and o.source.id != m.source.id]
    if not earlier or is_history(m):
        return
    new = earlier[0]
    page = f", trang {new.page}" if new.page else ""
    words = re.sub(r"\s+", " ", f"{new.before[-60:].lstrip()}{new.text}")
    evidence = f"{new.source.label} ngày {vietnamese(new.source.issued_on or on)} (văn bản số {new.source.id} trong kho"
    evidence += f"{page}): «{words}»"
    name = "replaced" if new.relation == "replaces" else "repealed"
    expected = new.source.symbol if name == "replaced" else None
    yield finding_of(m, name, "error" if m.relation == "basis" else "warning", evidence, expected)
