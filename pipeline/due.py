"""When a deadline falls: once, or on its next day where it comes round again."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

import patterns

_MONTH, _YEAR = 31, 366  # days
_MONTHS = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}


def typed_day(said: str) -> date:
    """A day typed as ``2026-06-30`` or ``30/6/2026``. Raises ``ValueError`` where it is none."""
    if m := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", said):
        return date(int(m[3]), int(m[2]), int(m[1]))
    return date.fromisoformat(said)


class Deadline(NamedTuple):
    """A deadline as it was read; ``month_day`` (``12-05``) and ``recurrence`` where it comes round.

    ``issued`` is the day of the document that set it: it comes round from then on.
    """

    text: str
    first: str | None
    last: str | None
    month_day: str | None
    recurrence: str | None
    issued: str | None = None


def next_day(deadline: Deadline, since: date) -> date | None:
    """The first day, not before ``since``, on which a deadline falls; None where it is past or bound to no day.

    >>> next_day(Deadline("trước ngày 25 hằng tháng", None, None, None, "monthly"), date(2025, 2, 26))
    datetime.date(2025, 3, 25)
    """
    if last := deadline.last or deadline.first:
        day = date.fromisoformat(last)
        return day if day >= since else None
    if deadline.issued:
        since = max(since, date.fromisoformat(deadline.issued))
    if deadline.month_day:
        return _yearly(deadline.month_day, since)
    if deadline.recurrence == "weekly":
        return within(since, (_weekday(deadline.text) - since.weekday()) % 7)
    if every := _MONTHS.get(deadline.recurrence or ""):
        return _monthly(every, _day_of_month(deadline.text), since)
    return None


def latest_day(deadline: Deadline, since: date, until: date) -> date | None:
    """The last day between two, both included, on which a deadline falls that comes round at least once a year.

    >>> latest_day(Deadline("trước ngày 25 hằng tháng", None, None, None, "monthly"), date.min, date(2025, 2, 26))
    datetime.date(2025, 2, 25)
    """
    for days in (_MONTH, _YEAR):
        start = max(since, until - timedelta(days=min(days, (until - date.min).days)))
        found = None
        while (day := next_day(deadline, start)) and day <= until:
            found = day
            if day == date.max:
                break
            start = day + timedelta(days=1)
        if found:
            return found
    return None


def is_overdue(deadlines: list[Deadline], today: date) -> bool:
    """Whether a duty's last day is past: it has dated deadlines, and none of all still comes."""
    dated = any(d.last or d.first for d in deadlines)
    return dated and all(next_day(d, today) is None for d in deadlines)


def _yearly(month_day: str, since: date) -> date | None:
    month, day = map(int, month_day.split("-"))
    for year in (since.year, since.year + 1):
        if year > date.max.year:
            return None
        found = date(year, month, min(day, monthrange(year, month)[1]))
        if found >= since:
            return found
    return None


def _monthly(every: int, day: int | None, since: date) -> date | None:
    """The day of the last month of a span of ``every`` months (its end where no day is said)."""
    month = since.year * 12 + since.month - 1
    month += -(month + 1) % every
    for at in (month, month + every):
        year, index = divmod(at, 12)
        if year > date.max.year:
            return None
        last = monthrange(year, index + 1)[1]
        found = date(year, index + 1, min(day or last, last))
        if found >= since:
            return found
    return None


def _day_of_month(text: str) -> int | None:
    found = patterns.forms("due")["day_of_month"].pattern.search(text)
    return max(1, int(found["day"])) if found else None


def _weekday(text: str) -> int:
    """The day of the week that the words name, else its last."""
    found = patterns.forms("due")["weekday"].pattern.search(text)
    told: dict[str, list[str]] = patterns.data("due")["weekdays"]
    names, day = told["names"], found["day"].lower() if found else told["names"][-1]
    return (told["figures"] if day.isdigit() else names).index(day)


def soonest(deadlines: list[Deadline], since: date) -> date | None:
    """The first day on which any of the deadlines falls."""
    return min((day for d in deadlines if (day := next_day(d, since))), default=None)


def within(today: date, days: int) -> date:
    """The last of the next so many days."""
    return today + timedelta(days=min(days, (date.max - today).days))
