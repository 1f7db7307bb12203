"""Calendars, working days and lead time split over periods."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onenumber.errors import BadCalendarError, OutsideCalendarError
from onenumber.model.period import Calendar, Period, WorkDays, lead_time_shares

START = dt.date(2024, 1, 1)
CALENDARS = (
    Calendar.months(start=START, periods=48),
    Calendar.four_four_five(start=START, periods=48),
    Calendar.four_weeks(start=START, periods=52),
)


@pytest.mark.parametrize("calendar", CALENDARS)
@given(offset=st.integers(-40, 2000))
def test_every_day_lies_in_exactly_one_period_or_outside(calendar: Calendar, offset: int) -> None:
    day = START + dt.timedelta(days=offset)
    holding = [p.index for p in calendar.periods if p.start <= day < p.end]
    found = calendar.indices(np.array([day], dtype="datetime64[D]"))[0]
    assert found == (holding[0] if holding else -1)


@pytest.mark.parametrize("calendar", CALENDARS)
def test_the_season_repeats_every_year_of_periods(calendar: Calendar) -> None:
    seasons = [p.season for p in calendar.periods]
    assert seasons[: calendar.periods_a_year] == list(range(calendar.periods_a_year))
    assert seasons[calendar.periods_a_year] == 0


def test_a_gap_between_periods_is_refused() -> None:
    one = Period(index=0, label="a", start=START, end=START + dt.timedelta(days=7), fiscal_year=2024, season=0)
    two = Period(
        index=1, label="b", start=START + dt.timedelta(days=8), end=START + dt.timedelta(days=14),
        fiscal_year=2024, season=1,
    )  # fmt: skip
    with pytest.raises(BadCalendarError, match="leave a gap or overlap"):
        Calendar((one, two), 52)


def test_a_day_outside_says_where_the_calendar_ends() -> None:
    with pytest.raises(OutsideCalendarError, match="runs from 2024-01-01 until before 2028-01-01. Extend"):
        CALENDARS[0].index_of(dt.date(2030, 1, 1))


def test_closed_days_and_weekends_are_not_worked() -> None:
    week = WorkDays(workdays="12345", closed=frozenset({dt.date(2026, 5, 1)}))
    assert week.count(dt.date(2026, 4, 27), dt.date(2026, 5, 4)) == 4  # Monday to Thursday; Friday 1 May is closed
    assert week.add(dt.date(2026, 4, 30), 1) == dt.date(2026, 5, 4)


@given(days=st.integers(0, 200), first=st.integers(0, 20))
def test_what_is_ordered_arrives_once_or_after_the_horizon(days: int, first: int) -> None:
    share = lead_time_shares(calendar=CALENDARS[0], first=first, count=24, days=days)
    assert (share >= 0).all()
    assert (share.sum(axis=1) <= 1 + 1e-12).all()
    reach = 24 - days // 28 - 2
    np.testing.assert_allclose(share[: max(reach, 0)].sum(axis=1), 1.0)
    assert np.allclose(np.tril(share, -1), 0.0)  # nothing arrives before it is ordered
