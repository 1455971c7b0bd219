"""Days that no calendar or week has so, deadlines already past, periods that end before they begin."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from itertools import chain

from patterns import data, forms, matches
from pipeline.audit.lines import Page
from pipeline.audit.model import REACH, Finding, vietnamese
from pipeline.fold import fold
from pipeline.model import DateMention

_FORMS = {name: form.pattern for name, form in forms("figures").items()}
_SENTENCE = re.compile(r"[.;]\s")
_QUARTERS = ("I", "II", "III", "IV")


def impossible_dates(page: Page) -> Iterator[Finding]:
    """Every date or period that cannot be."""
    yield from _no_such_day(page)
    yield from _wrong_weekday(page)
    yield from _backward(page)
    yield from _past(page)


def _no_such_day(page: Page) -> Iterator[Finding]:
    text = page.document.text
    for m in _FORMS["day"].finditer(text):
        if reason := _impossible(int(m["d"]), int(m["m"]), int(m["y"])):
            yield page.finding("impossible_date", "error", m.span(), reason, None, [])
    for m in matches(_FORMS["day_in_words"], text, _before_each("gày", text)):
        if reason := _impossible(int(m["d"]), int(m["m"] or m["m2"]), int(m["y"]) if m["y"] else None):
            yield page.finding("impossible_date", "error", m.span(), reason, None, [])
    for m in matches(_FORMS["month"], text, _before_each("háng", text)):
        if not 1 <= int(m["m"]) <= 12 and not _FORMS["day_in_words"].search(text[max(0, m.start() - 12) : m.end()]):
            yield page.finding("impossible_date", "error", m.span(), f"Không có tháng {m['m']}.", None, [])


def _before_each(rest: str, text: str) -> list[int]:
    """Where words begin whose first letter, small or capital, stands before a rest that nothing else is sought for."""
    return [m.start() - 1 for m in re.finditer(rest, text) if m.start()]


#: A day further back is no deadline that slipped, but a condition (``đã sử dụng trước ngày``).
_YEAR = 366


def _impossible(day: int, month: int, year: int | None) -> str | None:
    """Why there is no such day; without a year February may have 29."""
    if not 1 <= month <= 12:
        return f"Không có tháng {month}."
    last = monthrange(year or 2024, month)[1]
    if 1 <= day <= last:
        return None
    return f"Tháng {month}{f' năm {year}' if year else ''} chỉ có {last} ngày." if day else "Không có ngày 0."


def _wrong_weekday(page: Page) -> Iterator[Finding]:
    """Days that fall on another day of the week than the text says."""
    for line in page.lines:
        if not _FORMS["weekday_said"].search(line.text):
            continue
        for m in _FORMS["weekday"].finditer(line.text):
            day = _date(m["d"], m["m"], m["y"])
            told = fold(" ".join((m["name"] or m["after"]).split()))
            if day and told not in (fold(name) for name in _weekdays()[day.weekday()]):
                right = _weekdays()[day.weekday()][0]
                start = line.start + (m.start("name") if m["name"] else m.start("first"))
                evidence = f"Ngày {vietnamese(day)} là {right}."
                span = (start, line.start + m.end())
                yield page.finding("impossible_date", "error", span, evidence, right, [])


def _weekdays() -> list[list[str]]:
    """What each day of the week is called, Monday first."""
    days: list[list[str]] = data("figures")["weekdays"]
    return days


def _backward(page: Page) -> Iterator[Finding]:
    text = page.document.text
    for m in _FORMS["year_period"].finditer(text):
        if int(m["first"]) > int(m["last"]):
            evidence = f"Bắt đầu năm {m['first']}, kết thúc năm {m['last']}."
            yield page.finding("impossible_date", "error", m.span(), evidence, None, [])
    starts = [m.start() for m in matches(_FORMS["from_time"], text, _before_each("ừ", text))]
    for name, kind in (("month_period", "tháng"), ("quarter_period", "quý")):
        for m in matches(_FORMS[name], text, starts):
            if (int(m["y"]), _place(m["first"])) > (int(m["y2"]), _place(m["last"])):
                evidence = f"Bắt đầu {kind} {m['first']}/{m['y']}, kết thúc {kind} {m['last']}/{m['y2']}."
                yield page.finding("impossible_date", "error", m.span(), evidence, None, [])
    for m in matches(_FORMS["days_of_month"], text, starts):
        if int(m["first"]) > int(m["last"]):
            evidence = f"Bắt đầu ngày {m['first']}, kết thúc ngày {m['last']} của cùng một tháng."
            yield page.finding("impossible_date", "error", m.span(), evidence, None, [])
    for m in chain(matches(_FORMS["day_period"], text, starts), _FORMS["opens_and_closes"].finditer(text)):
        first = _date(m["d"], m["m"], m["y"] or m["y2"])
        last = _date(m["d2"], m["m2"], m["y2"])
        if first and last and first > last and (m["y"] or first.month <= last.month):
            evidence = f"Bắt đầu ngày {vietnamese(first)}, kết thúc ngày {vietnamese(last)}."
            yield page.finding("impossible_date", "error", m.span(), evidence, None, [])


def _place(number: str) -> int:
    """The place of a month or a quarter in its year."""
    return int(number) if number.isdigit() else _QUARTERS.index(number.upper()) + 1


def _date(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _before(page: Page, mention: DateMention) -> str:
    """The words before a day in its paragraph."""
    return page.document.text[max(0, mention.start - REACH) : mention.start].rpartition("\n")[2]


def _laid_on_somebody(page: Page, mention: DateMention) -> bool:
    """Whether a day ends a sentence that lays a duty on somebody, though none of the known tasks."""
    before = _before(page, mention)
    sentence = _SENTENCE.split(before)[-1] + re.split(r"\d", mention.text)[0]
    duty = bool(_FORMS["duty_before"].match(before))
    if duty and mention.relation in ("before", "until"):
        return True
    return _asked_for(page, mention, sentence, duty) and not _FORMS["already_done"].search(sentence)


def _asked_for(page: Page, mention: DateMention, sentence: str, duty: bool) -> bool:
    """Whether a sentence asks for something by a day, a month or a quarter; one that reports must say that it aims."""
    reports = page.source.doc_type == "BC" and not _looks_ahead(page, mention)
    if mention.kind in ("month", "quarter"):
        aimed = _FORMS["aimed_at"].search(sentence)
        return bool(mention.relation and aimed and (aimed["aim"] or duty or not reports))
    asked = mention.relation in ("before", "until") and _FORMS["handed_in"].search(sentence)
    if not asked or not reports:
        return bool(asked)
    aimed = _FORMS["aimed_at"].search(sentence)
    return bool(aimed and aimed["aim"])


def _looks_ahead(page: Page, mention: DateMention) -> bool:
    """Whether a day stands in a section, or a paragraph, that tells what is to be done."""
    if _FORMS["asks_first"].match(_before(page, mention)):
        return True
    role = next((s.role for s in page.document.sections if s.id == mention.section), None)
    return role in data("figures")["roles_ahead"]


def _is_condition(page: Page, mention: DateMention) -> bool:
    """Whether a day says which cases are meant (``Hồ sơ nộp trước ngày 01/01/2024 thì ...``)."""
    return bool(_FORMS["condition_after"].match(page.document.text[mention.end : mention.end + REACH]))


def _past(page: Page) -> Iterator[Finding]:
    """Deadlines of tasks, their year told, before the day of the document that sets them."""
    own = page.document.header.issued_on
    due = {d for task in page.document.tasks for d in task.deadlines}
    cited = [(c.start, c.end) for c in page.document.citations]
    for i, mention in enumerate(page.document.dates):
        if not own or not mention.to or not 0 < (own - mention.to).days < _YEAR:
            continue
        if any(start <= mention.start < end for start, end in cited):
            continue  # the day on which a document was given out
        if mention.recurrence or mention.kind == "period" or mention.relation not in ("before", "until", "on", None):
            continue
        if not re.search(rf"(?<!\d){mention.to.year}(?!\d)", mention.text):
            continue
        if i not in due and not _laid_on_somebody(page, mention):
            continue
        if not _FORMS["no_deadline"].search(_before(page, mention)) and not _is_condition(page, mention):
            evidence = f"Văn bản ban hành ngày {vietnamese(own)}, sau thời hạn {vietnamese(mention.to)}."
            yield page.finding("impossible_date", "warning", (mention.start, mention.end), evidence, None, [])
