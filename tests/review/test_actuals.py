"""What was sold, from the facts."""

import datetime as dt

import polars as pl

from onenumber.model.plan import plan_frame
from onenumber.model.sentences import say
from onenumber.review.actuals import sales, stock_at_end
from onenumber.review.ground import Ground
from onenumber.review.make import make_review
from onenumber.review.money import plan_landing
from tests import tiny
from tests.review import world


def sold_in_april(tables: dict[str, pl.DataFrame]) -> tuple[float, float]:
    """Units and minor units sold in 2026-04."""
    ground = Ground(company=tables, load=tables, frame=plan_frame(tables["plan"]), cycle=28)
    rows = sales(ground, first=27, end=28)
    return rows["quantity"].sum(), rows["amount"].sum()


def test_what_left_before_the_rest_was_cancelled_was_sold() -> None:
    tables = tiny.tables()
    units, money = sold_in_april(tables)
    line = tables["order_lines"].filter(pl.col("order") == "O27alphaA1").row(0, named=True)
    is_it = pl.col("order") == line["order"]
    tables["order_lines"] = tables["order_lines"].with_columns(
        pl.when(is_it).then(pl.lit("cancelled")).otherwise("status").alias("status")
    )
    tables["shipments"] = tables["shipments"].with_columns(
        pl.when(is_it).then(6.0).otherwise("quantity").alias("quantity")
    )
    gone = line["quantity"] - 6.0  # of the price of 12.00
    assert sold_in_april(tables) == (units - gone, money - 1200 * gone)


def test_a_cancelled_line_of_which_nothing_left_was_not_sold() -> None:
    tables = tiny.tables()
    units, _ = sold_in_april(tables)
    order = "O27alphaA1"
    quantity = tables["order_lines"].filter(pl.col("order") == order)["quantity"][0]
    tables["order_lines"] = tables["order_lines"].with_columns(
        pl.when(pl.col("order") == order).then(pl.lit("cancelled")).otherwise("status").alias("status")
    )
    tables["shipments"] = tables["shipments"].filter(pl.col("order") != order)
    assert sold_in_april(tables)[0] == units - quantity


def landed(shipped: list[dt.date]) -> tuple[pl.DataFrame, Ground]:
    """Revenue of division A in a year of which nothing is planned and these days' shipments were loaded."""
    lines = [
        {"order": f"O{k}", "line": 1, "customer": "c1", "item": "a1", "quantity": 5.0, "amount": 50.0,
         "status": "shipped", "currency": "EUR", "ordered": day, "requested": day}
        for k, day in enumerate(shipped)
    ]  # fmt: skip
    sent = [
        {"shipment": f"S{k}", "order": f"O{k}", "line": 1, "date": day, "quantity": 5.0}
        for k, day in enumerate(shipped)
    ]
    ground = world.ground(order_lines=world.rows("order_lines", *lines), shipments=world.rows("shipments", *sent))
    months = [("revenue", "A", k, 0, 1.0) for k in ground.horizon]
    money = pl.DataFrame(months, schema=["account", "place", "period", "amount", "coverage"], orient="row")
    return plan_landing(money, ground).filter(account="revenue", fiscal_year=2026), ground


def test_a_month_that_was_not_loaded_is_no_month_without_sales() -> None:
    every = [dt.date(2026, month, 10) for month in range(1, 7)]
    whole, ground = landed(every)
    assert whole.select("actual", "landing", "reason").rows() == [(6 * 5000, 6 * 5000, "no_budget")]
    assert make_review(plan=world.plan(), ground=ground, last_published=None)[1] == ()
    torn, ground = landed(every[:3] + every[4:])  # April is missing
    assert torn.select("actual", "landing", "status", "reason").rows() == [(None, None, "no_budget", "actual_unknown")]
    _, (found,) = make_review(plan=world.plan(), ground=ground, last_published=None)
    assert say(found).startswith("No shipments of 2026-04 were loaded, so what was sold then is unknown")


def test_a_lot_that_passed_inspection_in_the_month_is_held_once() -> None:
    """On the newest day of each site, as a plan opens on it; a site that was not counted in the month has no rows."""
    counts = [
        ("a1", "P1", dt.date(2026, 6, 17), "inspection", 40.0), ("a1", "P1", dt.date(2026, 6, 17), "free", 5.0),
        ("b1", "P1", dt.date(2026, 6, 17), "free", 7.0), ("a1", "P1", dt.date(2026, 6, 24), "free", 45.0),
        ("a1", "P1", dt.date(2026, 6, 24), "blocked", 2.0), ("b1", "P2", dt.date(2026, 6, 17), "free", 1.0),
        ("b1", "P3", dt.date(2026, 5, 31), "free", 9.0), ("b1", "P2", dt.date(2026, 6, 17), "blocked", 3.0),
        ("a1", "P2", dt.date(2026, 6, 17), "blocked", 4.0),
    ]  # fmt: skip
    names = ("item", "site", "date", "status", "quantity")
    stock = world.rows("stock", *(dict(zip(names, row, strict=True)) for row in counts))
    held = stock_at_end(world.ground(stock=stock), period=5)
    assert held.rows() == [("a1", "P1", 45.0), ("a1", "P2", 0.0), ("b1", "P2", 1.0)]  # what is blocked no plan holds
