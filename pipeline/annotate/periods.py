"""Points of the calendar as a document names them, and the days they stand for."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from pipeline.model import DateKind

Days = tuple[date | None, date | None]
UNKNOWN: Days = (None, None)
#: which kind a stretch of so many months, counted from an end of the year, is
_KIND_OF_MONTHS: dict[int, DateKind] = {3: "quarter", 6: "half_year", 9: "nine_months"}


@dataclass(slots=True)
class Point:
    """A day, month, quarter, year or part of a year as written; what is not said is null.

    ``day_to`` and ``year_to`` close a span written as one (``16-20/11/2025``, ``2021 - 2025``); ``months`` counts from
    the year's start, or from its end where ``last``.
    """

    start: int
    end: int
    day: int | None = None
    day_to: int | None = None
    month: int | None = None
    quarter: int | None = None
    months: int | None = None
    last: bool = False
    year: int | None = None
    year_to: int | None = None

    @property
    def grain(self) -> str:
        """What the point names at its finest: day, month, quarter, months or year."""
        return next(g for g in ("day", "month", "quarter", "months", "year") if getattr(self, g) is not None)

    def kind(self) -> DateKind:
        """The kind of the contract."""
        if self.day_to or self.year_to:
            return "period"
        if self.months:
            return _KIND_OF_MONTHS.get(self.months, "period")
        if self.day:
            return "day"
        return "month" if self.month else "quarter" if self.quarter else "year"

    def days(self) -> Days:
        """First and last day, inclusive; unknown without a year, or where the calendar has no such day."""
        if not self.year:
            return UNKNOWN
        try:
            return self._days(self.year)
        except ValueError:
            return UNKNOWN

    def _days(self, year: int) -> Days:
        if self.day:
            if not self.month:
                return UNKNOWN
            return date(year, self.month, self.day), date(year, self.month, self.day_to or self.day)
        if self.month:
            return months_of(year, self.month, self.month)
        if self.quarter:
            return months_of(year, 3 * self.quarter - 2, 3 * self.quarter)
        if self.months:
            return months_of(year, 13 - self.months, 12) if self.last else months_of(year, 1, self.months)
        return date(year, 1, 1), date(self.year_to or year, 12, 31)


def months_of(year: int, first: int, last: int) -> Days:
    """The days from the first day of one month to the last day of another. Raises ValueError beyond the calendar."""
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])
