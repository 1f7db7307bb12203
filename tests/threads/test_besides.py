"""The small stories beside the five threads."""

import datetime as dt

import polars as pl

from onenumber.cycle.phases import Phase
from onenumber.model.sheet import SheetKind
from onenumber.rights.ask import Thing, mask, may
from onenumber.rights.table import Figure
from onenumber.steps.frame.context import Context, make_context
from tests.threads.lived import DECIDED, NOW, ON_THE_LIVED_COMPANY, Lived, at, rows

pytestmark = ON_THE_LIVED_COMPANY


def test_the_launch_slipped_two_months(lived: Lived) -> None:
    told = lived.truth["besides"]["launch"]
    before, now = (lived.company(label)["launches"].row(0, named=True) for label in ("2026-03", "2026-06"))
    assert before["date"] == now["first_planned"] == dt.date.fromisoformat(told["first_planned"])
    assert now["date"] == dt.date.fromisoformat(told["date"])
    assert (now["date"].month - before["date"].month) == told["slipped_months"] == 2
    booked = lived.sheet(SheetKind.HISTORY).cube("booked")
    assert at(booked, NOW + 2, rows(booked.axis, item=told["item"])) > 0  # key accounts ordered it already


def test_the_phase_out_leaves_stock(lived: Lived) -> None:
    told, plan = lived.truth["besides"]["phase_out"], lived.sheet(SheetKind.SUPPLY_PLAN, stage="proposed")
    stock = lived.facts()["stock"].filter(pl.col("item") == told["item"])
    assert stock.filter(pl.col("date") == stock["date"].max())["quantity"].sum() == told["stock_left"]
    assert lived.company()["phase_outs"]["date"].to_list() == [dt.date.fromisoformat(told["date"])]
    left, made = plan.cube("stock"), plan.cube("production")
    mine = rows(left.axis, item=told["item"])
    assert at(left, NOW, mine) > 0.8 * told["stock_left"]  # June is its last month
    assert made.values[rows(made.axis, item=told["item"]), :3].sum() == 0  # while it lasts nothing more is made


def seen_by(lived: Lived, person: str, day: dt.date) -> Context:
    """A person on a day."""
    return make_context(lived.plan, person=person, now=dt.datetime.combine(day, dt.time(10), tzinfo=dt.UTC))


def test_the_patch_was_handed_over(lived: Lived) -> None:
    told = lived.truth["besides"]["handed_over"]
    day, patch = dt.date.fromisoformat(told["date"]), Thing(patch=told["patch"])
    axis = lived.sheet(SheetKind.FORECAST).cube("L1").axis
    mine = rows(axis, patch=told["patch"])
    for person, since in ((told["from"], False), (told["to"], True)):
        for when, holds in ((day - dt.timedelta(days=1), not since), (day, since)):
            actor = seen_by(lived, person, when).actor
            assert may(actor, "edit_L2", phase=Phase.DEMAND, thing=patch) == holds
    now = seen_by(lived, told["to"], day).actor
    assert mask(now, Figure.VOLUME, axis=axis)[mine].all()


def test_the_family_made_to_order_stands_in_backlog(lived: Lived) -> None:
    family = lived.truth["besides"]["backlog"]["family"]
    backlog = lived.sheet(SheetKind.HISTORY).table("backlog").filter(pl.col("item").str.starts_with(family))
    assert backlog["open"].sum() > 30
    policies = lived.company()["item_sites"].filter(pl.col("item").str.starts_with(family))
    assert set(policies["policy"]) == {"make_to_order"}


def test_one_line_has_no_budget_and_is_never_green(lived: Lived) -> None:
    told = lived.truth["besides"]["no_budget"]
    landing = lived.sheet(SheetKind.REVIEW).table("landing").filter(pl.col("fiscal_year") == 2026)
    without = landing.filter(pl.col("status") == "no_budget").select("account", "place").rows()
    assert without == [(told["account"], told["place"])]


def test_a_late_order_lies_in_the_frozen_zone(lived: Lived) -> None:
    told = lived.truth["besides"]["late_order"]
    lines = lived.facts()["order_lines"]
    row = lines.filter((pl.col("order") == told["order"]) & (pl.col("line") == told["line"])).row(0, named=True)
    assert row["quantity"] == told["quantity"]
    assert row["ordered"] >= dt.date(2026, 5, 26)
    fence = lived.company()["item_sites"].filter(pl.col("item") == told["item"])["demand_fence_days"][0]
    assert (row["requested"] - dt.date(2026, 6, 1)).days < fence
    assert row["order"] not in set(lived.facts(DECIDED)["order_lines"]["order"])
    booked = lived.sheet(SheetKind.HISTORY).cube("booked")
    assert at(booked, NOW, rows(booked.axis, item=told["item"], planning_customer=told["customer"])) >= told["quantity"]
