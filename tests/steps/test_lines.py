"""What lines, materials and maintenance look like to operations: every figure from the plan, cut to the plant."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from onenumber.errors import BadDifferenceError, NotAllowedError
from onenumber.model.period import Calendar
from onenumber.model.sheet import SheetKind
from onenumber.steps.frame.context import Context, make_context
from onenumber.steps.frame.glance import glance
from onenumber.steps.frame.planning import supply_inputs
from onenumber.steps.frame.reading import Reader
from onenumber.steps.see.line_load import line_loads, short_at_lines
from onenumber.steps.see.line_opened import goes_short, line_opened
from onenumber.steps.see.maintenance import window_price, windows_seen
from onenumber.steps.see.materials import _last_before, materials_seen
from onenumber.steps.see.planned import planned_in
from onenumber.store.models import Plan
from onenumber.store.plans import find_cycle
from onenumber.supply.differences import MoveWindow
from onenumber.supply.plan import make_plan
from tests import tiny
from tests.standing import once_a_run
from tests.steps.month_for_tests import NOW, do, founded, sheet, to_supply
from tests.steps.plant_for_tests import FOREVER, supplied

Looking = Callable[[str], Context]


@pytest.fixture
def plan(db: None, settings: object, tmp_path: Path) -> Plan:
    """The proposed plan of May, with a material that is short and maintenance in a full autumn."""
    settings.ONENUMBER_HOME = tmp_path / "home"
    made = founded("lines", "live", tmp_path / "data", supplied())
    to_supply(made)
    once_a_run(do)(made, "sven", "plan")
    return made


@pytest.fixture
def looking(plan: Plan) -> Looking:
    return lambda person: make_context(plan, person=person, now=NOW)


def test_a_line_is_asked_what_is_planned_and_what_is_held_back_for_it(plan: Plan, looking: Looking) -> None:
    made = sheet(plan, SheetKind.SUPPLY_PLAN, "proposed")
    short = made.table("shortages").filter(pl.col("cause_at") == "L1")  # an hour a unit
    seen = line_loads(looking("omar"))
    assert seen is not None
    (line,) = seen.lines
    assert (line.line, line.name, line.site) == ("L1", "Line 1", "P1")
    used = made.cube("hours_used").values[0]
    assert [month.planned for month in line.months] == pytest.approx(used.tolist())
    assert line.held_back == pytest.approx(short["short"].sum())
    assert line.held_back > 0
    assert line.worst.zone == "overload"
    september = next(month for month in line.months if month.period == "2026-09")
    assert (september.available, september.maintenance) == (pytest.approx(230.0), pytest.approx(40.0))
    assert september.share == pytest.approx(september.asked / 230.0)


def test_the_best_month_is_the_one_in_which_most_came_out(looking: Looking) -> None:
    made = [
        sum(tiny.quantity(n, c, k) for n in range(len(tiny.ITEMS)) for c in range(len(tiny.CUSTOMERS)))
        for k in range(tiny.MONTHS_OF_HISTORY)
    ]
    best = int(np.argmax(made))
    seen = line_loads(looking("pia"))
    assert seen is not None
    found = seen.lines[0].best
    assert found is not None
    assert (found.hours, found.period) == (pytest.approx(made[best]), f"{tiny.month(best):%Y-%m}")


def test_a_full_month_opens_to_what_fills_it_and_who_goes_short(plan: Plan, looking: Looking) -> None:
    short = sheet(plan, SheetKind.SUPPLY_PLAN, "proposed").table("shortages").filter(pl.col("cause_at") == "L1")
    first = short["cause_period"][0]
    month = looking("omar").frame().calendar[first].label
    opened = line_opened(looking("omar"), "L1", month)
    assert opened is not None
    used = sheet(plan, SheetKind.SUPPLY_PLAN, "proposed").cube("hours_used")
    fills = sum(one.hours for one in opened.filled) + opened.other_hours + opened.released_hours
    assert fills == pytest.approx(used.values[used.axis.rows(["L1"])[0], first - used.first])
    there = short.filter(pl.col("cause_period") == first)["short"].sum()
    assert sum(one.quantity for one in opened.short) == pytest.approx(there)
    assert [(way.step, way.hours, way.price, way.decided) for way in opened.ways] == [(1, 30.0, 1.0, True)]
    hers = line_opened(looking("pia"), "L1", month)
    assert hers is not None
    assert [way.price for way in hers.ways] == [None]  # a plant reads no cost
    assert line_opened(looking("omar"), "L9", month) is None


def test_a_material_says_when_it_is_short_who_sells_it_and_who_waits(looking: Looking) -> None:
    seen = materials_seen(looking("omar"))
    assert seen is not None
    (casting,) = seen.materials
    assert (casting.item, casting.site, casting.unit, casting.opening) == ("M1", "P1", "kg", pytest.approx(60.0))
    assert [(one.vendor, one.lead_days, one.decided) for one in casting.sellers] == [
        ("V1", 100, False),
        ("V2", 5, True),
    ]
    for month, before in zip(casting.months[1:], casting.months, strict=False):
        assert month.stock == pytest.approx(before.stock + month.receipts - month.need)
    assert casting.state == "short"
    assert {one.item for one in casting.short} == {"B1"}
    assert casting.short_units >= sum(one.quantity for one in casting.short) > 0


def test_a_fixed_window_goes_nowhere_and_a_free_one_where_it_may(looking: Looking) -> None:
    seen = windows_seen(looking("omar"))
    assert seen is not None
    free, fixed = seen.windows
    assert (free.window, free.period, [to.period for to in free.goes]) == (
        "W1",
        "2026-09",
        ["2026-08", "2026-10", "2026-11"],
    )
    assert (fixed.window, fixed.movable, fixed.goes) == ("W2", False, ())
    assert (seen.prices, getattr(windows_seen(looking("pia")), "prices", None)) == (True, False)


def test_a_move_brings_what_the_plan_made_with_it_ships_otherwise(plan: Plan, looking: Looking) -> None:
    cycle, context = find_cycle(plan), looking("omar")
    base = sheet(plan, SheetKind.SUPPLY_PLAN, "proposed")
    inputs = supply_inputs(Reader(context, cycle), cycle, base=base)
    moved, _ = make_plan(replace(inputs, differences=(MoveWindow(window="W1", start=dt.date(2026, 10, 1)),)))
    cost = {item: cost for item, _, _, cost in tiny.ITEMS}
    shipped = moved.cube("shipped").values - base.cube("shipped").values
    items = base.cube("shipped").axis.attributes["item"].tolist()
    revenue = sum(2 * cost[item] * units for item, units in zip(items, shipped.sum(axis=1), strict=True))
    price = window_price(context, "W1", "2026-10")
    assert (price.start, price.moved) == (dt.date(2026, 10, 1), True)
    assert price.revenue == pytest.approx(revenue, abs=0.5)  # each leaf is rounded to cents
    assert price.revenue != 0


def test_a_move_is_priced_where_it_may_go_and_to_who_reads_costs(looking: Looking) -> None:
    with pytest.raises(BadDifferenceError, match="window 'W2' may not go to 2026-08"):
        window_price(looking("omar"), "W2", "2026-08")
    with pytest.raises(NotAllowedError, match="may not see what moving maintenance costs"):
        window_price(looking("pia"), "W1", "2026-08")


@pytest.mark.parametrize("read", [line_loads, materials_seen, windows_seen])
def test_who_reads_a_patch_reads_no_line(looking: Looking, read: Callable[[Context], object]) -> None:
    for person in ("ana", "adam"):
        with pytest.raises(NotAllowedError, match="may not see what the plants are asked to make"):
            read(looking(person))


def test_a_vendor_that_delivers_no_more_holds_back_the_material_that_is_limited(
    db: None, settings: object, tmp_path: Path
) -> None:
    settings.ONENUMBER_HOME = tmp_path / "home"
    made = supplied()
    sold = made["vendor_items"].with_columns(pl.lit(5, dtype=pl.Int64).alias("lead_time_days"))
    limit = tiny.table("vendor_limits", [{"vendor": "V1", "item": "M1", "quantity": 30.0, **FOREVER}])
    limited = founded("limited", "live", tmp_path / "limited", made | {"vendor_items": sold, "vendor_limits": limit})
    to_supply(limited)
    do(limited, "sven", "plan")
    short = sheet(limited, SheetKind.SUPPLY_PLAN, "proposed").table("shortages").filter(pl.col("cause_at") == "V1")
    assert set(short["cause"].to_list()) == {"vendor_limit"}
    seen = materials_seen(make_context(limited, person="omar", now=NOW))
    assert seen is not None
    (casting,) = seen.materials
    assert (casting.item, casting.state, "V1" in casting.causes) == ("M1", "short", True)
    assert casting.short_units == pytest.approx(short["short"].sum())
    assert [(one.vendor, one.limit, one.together) for one in casting.sellers if one.limit] == [("V1", 30.0, False)]


def test_a_vendor_may_have_one_limit_for_all_its_items_together(db: None, settings: object, tmp_path: Path) -> None:
    settings.ONENUMBER_HOME = tmp_path / "home"
    until = {**FOREVER, "valid_to": dt.date(2099, 1, 1)}  # an end that no calendar reaches is none to speak of
    limit = tiny.table("vendor_limits", [{"vendor": "V1", "item": None, "quantity": 300.0, **until}])
    limited = founded("limited", "live", tmp_path / "limited", supplied() | {"vendor_limits": limit})
    to_supply(limited)
    do(limited, "sven", "plan")
    seen = materials_seen(make_context(limited, person="omar", now=NOW))
    assert seen is not None
    (casting,) = seen.materials
    found = [(one.vendor, one.limit, one.together, one.until) for one in casting.sellers if one.limit]
    assert found == [("V1", 300.0, True, "")]


def test_a_limit_is_told_up_to_the_last_month_in_which_it_holds() -> None:
    year = Calendar.months(start=dt.date(2026, 1, 1), periods=12)
    ends = (dt.date(2026, 10, 1), dt.date(2026, 10, 2), dt.date(2027, 1, 1), dt.date(2099, 1, 1), None)
    assert [_last_before(end, year) for end in ends] == ["2026-09", "2026-10", "", "", ""]


def test_who_waits_for_what_rounds_to_nothing_is_not_told_to_go_short(plan: Plan, looking: Looking) -> None:
    look = glance(looking("omar"))
    seen = planned_in(look, find_cycle(plan))
    row = short_at_lines(seen).head(1)
    for short, told in ((0.4, 0), (0.6, 1)):
        assert len(tuple(goes_short(seen, row.with_columns(pl.lit(short).alias("short"))))) == told


def test_until_a_month_has_its_plan_the_one_in_force_is_shown_from_that_month_on(plan: Plan, looking: Looking) -> None:
    later = NOW.replace(month=6)
    plan.cycles.create(index=29, label="2026-06", phase="DATA", opened_at=later)
    context = make_context(plan, person="omar", now=later)
    seen, before = line_loads(context), line_loads(looking("omar"), "2026-05")
    assert seen is not None
    assert before is not None
    assert (seen.own, seen.of, before.own) == (False, "2026-05", True)
    assert [one.period for one in seen.lines[0].months] == [one.period for one in before.lines[0].months][1:]
    windows = windows_seen(context)
    assert windows is not None
    assert (windows.prices, len(windows.windows)) == (False, 2)
