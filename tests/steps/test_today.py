"""Today is a day in the plan's time zone, whatever day it is in UTC (C15)."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from onenumber.errors import NotBegunError
from onenumber.steps.frame.context import clock_of, make_context
from onenumber.steps.frame.glance import glance
from onenumber.steps.see.cycle import cycle_bar
from onenumber.store.models import Plan
from tests import tiny
from tests.steps.month_for_tests import do

AUCKLAND, LOS_ANGELES = "Pacific/Auckland", "America/Los_Angeles"


def _at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def _founded(plan: Plan, folder: Path, zone: str, **more: pl.DataFrame) -> None:
    made = tiny.tables() | more
    made["plan"] = made["plan"].with_columns(time_zone=pl.lit(zone))
    assert do(plan, "nobody yet", "load", folder=tiny.write(folder, made)).findings == ()


DAYS = [
    (AUCKLAND, "2026-04-30T11:59", dt.date(2026, 4, 30)),  # +12 in winter
    (AUCKLAND, "2026-04-30T12:00", dt.date(2026, 5, 1)),
    (AUCKLAND, "2026-04-04T11:00", dt.date(2026, 4, 5)),  # +13 until three in the morning of the fifth
    (AUCKLAND, "2026-04-05T11:59", dt.date(2026, 4, 5)),  # which has 25 hours
    (AUCKLAND, "2026-04-05T12:00", dt.date(2026, 4, 6)),
    (LOS_ANGELES, "2026-03-08T07:59", dt.date(2026, 3, 7)),  # -8 until two in the morning of the eighth
    (LOS_ANGELES, "2026-03-08T08:00", dt.date(2026, 3, 8)),
    (LOS_ANGELES, "2026-03-09T06:59", dt.date(2026, 3, 8)),  # which has 23 hours
    (LOS_ANGELES, "2026-03-09T07:00", dt.date(2026, 3, 9)),
    ("UTC", "2026-04-30T23:59", dt.date(2026, 4, 30)),
]


@pytest.mark.parametrize(("zone", "moment", "day"), DAYS)
def test_today_turns_at_midnight_of_the_plan(plan: Plan, tmp_path: Path, zone: str, moment: str, day: dt.date) -> None:
    _founded(plan, tmp_path / "data", zone)
    assert make_context(plan, person="olga", now=_at(moment)).today == day


def test_a_look_for_a_page_has_the_day_of_the_plan(plan: Plan, tmp_path: Path) -> None:
    _founded(plan, tmp_path / "data", AUCKLAND)
    assert glance(make_context(plan, person="olga", now=_at("2026-04-30T12:00"))).today == dt.date(2026, 5, 1)


def test_before_any_load_today_is_that_of_utc(plan: Plan) -> None:
    assert make_context(plan, person="olga", now=_at("2026-04-30T23:59")).today == dt.date(2026, 4, 30)


def test_a_plan_ahead_opens_its_month_while_utc_is_in_the_last_one(plan: Plan, tmp_path: Path) -> None:
    _founded(plan, tmp_path / "data", AUCKLAND)
    with pytest.raises(NotBegunError, match="today is 2026-04-30"):
        do(plan, "olga", "open", at=_at("2026-04-30T11:59"), period="2026-05")
    assert do(plan, "olga", "open", at=_at("2026-04-30T12:01")).figures["cycle"] == "2026-05"
    assert cycle_bar(make_context(plan, person="olga", now=_at("2026-05-01T12:00"))).today == dt.date(2026, 5, 2)


def test_a_plan_behind_does_not_open_its_month_before_it_began_there(plan: Plan, tmp_path: Path) -> None:
    _founded(plan, tmp_path / "data", LOS_ANGELES)
    with pytest.raises(NotBegunError, match="today is 2026-04-30"):
        do(plan, "olga", "open", at=_at("2026-05-01T06:59"), period="2026-05")
    do(plan, "olga", "open", at=_at("2026-05-01T07:00"), period="2026-05")


def test_a_role_holds_from_midnight_of_the_plan(plan: Plan, tmp_path: Path) -> None:
    roles = tiny.tables()["roles"].with_columns(
        valid_from=pl.when(pl.col("person") == "dora").then(dt.date(2026, 5, 1)).otherwise("valid_from")
    )
    _founded(plan, tmp_path / "data", AUCKLAND, roles=roles)
    held = [make_context(plan, person="dora", now=_at(f"2026-04-30T{at}")).actor.roles for at in ("11:59", "12:00")]
    assert held == [frozenset(), frozenset({"DP"})]


@pytest.mark.parametrize("zone", [AUCKLAND, LOS_ANGELES])
def test_the_clock_is_moved_to_a_day_of_the_plan(plan: Plan, tmp_path: Path, zone: str, settings: object) -> None:
    settings.ONENUMBER_DEMO = True
    _founded(plan, tmp_path / "data", zone)
    for at in ("2026-04-30T01:00", "2026-04-30T23:00"):
        do(plan, "olga", "clock", at=_at(at), to=dt.date(2026, 3, 8))
        plan.refresh_from_db()
        context = make_context(plan, person="olga")
        assert (context.today, clock_of(plan).utcoffset()) == (dt.date(2026, 3, 8), dt.timedelta(0))
