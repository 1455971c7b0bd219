"""The days on which deadlines fall."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.due import Deadline, is_overdue, latest_day, next_day, soonest, within

TODAY = date(2025, 2, 26)
ONCE = Deadline("trước ngày 28/02/2025", "2025-02-28", "2025-02-28", None, None)
PAST = Deadline("Tháng 01/2025", "2025-01-01", "2025-01-31", None, None)
YEARLY = Deadline("trước ngày 05/12", None, None, "12-05", "yearly")


@pytest.mark.parametrize(
    ("text", "recurrence", "since", "falls"),
    [
        ("trước ngày 25 hằng tháng", "monthly", "2025-02-25", "2025-02-25"),
        ("trước ngày 25 hằng tháng", "monthly", "2025-02-26", "2025-03-25"),
        ("trước ngày 25 hằng tháng", "monthly", "2025-12-26", "2026-01-25"),
        ("trước ngày 31 hằng tháng", "monthly", "2025-02-01", "2025-02-28"),
        ("hằng tháng", "monthly", "2024-02-10", "2024-02-29"),
        ("hằng quý", "quarterly", "2025-02-26", "2025-03-31"),
        ("trước ngày 15 của tháng cuối quý", "quarterly", "2025-03-16", "2025-06-15"),
        ("định kỳ 6 tháng", "half_yearly", "2025-07-01", "2025-12-31"),
        ("hằng năm", "yearly", "2025-07-01", "2025-12-31"),
        ("thứ Sáu hằng tuần", "weekly", "2025-02-26", "2025-02-28"),
        ("trước 15 giờ ngày thứ 5", "weekly", "2025-02-26", "2025-02-27"),
        ("hằng tuần", "weekly", "2025-02-26", "2025-03-02"),
    ],
)
def test_what_comes_round(text: str, recurrence: str, since: str, falls: str) -> None:
    found = next_day(Deadline(text, None, None, None, recurrence), date.fromisoformat(since))
    assert found == date.fromisoformat(falls)


@pytest.mark.parametrize(("since", "falls"), [("2025-12-05", "2025-12-05"), ("2025-12-06", "2026-12-05")])
def test_a_day_of_every_year(since: str, falls: str) -> None:
    assert next_day(YEARLY, date.fromisoformat(since)) == date.fromisoformat(falls)
    leap = Deadline("29/02", None, None, "02-29", "yearly")
    assert next_day(leap, TODAY) == date(2025, 2, 28)


def test_a_day_that_comes_once() -> None:
    assert next_day(ONCE, TODAY) == date(2025, 2, 28)
    assert next_day(ONCE, date(2025, 3, 1)) is None


def test_overdue_is_what_is_past_and_does_not_come_again() -> None:
    assert is_overdue([PAST], TODAY)
    assert not is_overdue([PAST, ONCE], TODAY)
    assert not is_overdue([PAST, YEARLY], TODAY)
    assert not is_overdue([], TODAY)
    assert not is_overdue([Deadline("trước ngày 31/9/2024", None, None, None, None)], TODAY)
    assert soonest([PAST, YEARLY, ONCE], TODAY) == date(2025, 2, 28)


recurrences = st.sampled_from(["weekly", "monthly", "quarterly", "half_yearly", "yearly"])


@given(st.text(max_size=30), recurrences, st.dates(), st.integers(0, 99))
def test_the_next_day_never_lies_before_and_stays_until_it_is_past(
    text: str, every: str, since: date, day: int
) -> None:
    deadline = Deadline(f"ngày {day} {text}", None, None, None, every)
    found = next_day(deadline, since)
    if found is None:
        assert since.year >= date.max.year - 1
        return
    assert since <= found <= within(since, 366 + 31)
    assert next_day(deadline, found) == found
    if found > since:
        assert next_day(deadline, since + timedelta(1)) == found


@given(recurrences, st.dates(date.min, date(2100, 1, 1)), st.integers(0, 800), st.integers(0, 40))
def test_the_latest_day_is_the_last_on_which_it_falls(every: str, since: date, days: int, day: int) -> None:
    deadline = Deadline(f"ngày {day}", None, None, None, every)
    falls = [d for i in range(days + 1) if next_day(deadline, d := since + timedelta(i)) == d]
    assert latest_day(deadline, since, since + timedelta(days)) == (falls[-1] if falls else None)


@pytest.mark.parametrize("until", [date.min, date.max, date(2025, 12, 4), date(2025, 12, 5)])
def test_the_latest_day_of_a_year_is_known_at_the_ends_of_the_calendar_too(until: date) -> None:
    wanted = {date.max: date(9999, 12, 5), date(2025, 12, 5): until, date(2025, 12, 4): date(2024, 12, 5)}
    assert latest_day(YEARLY, date.min, until) == wanted.get(until)
