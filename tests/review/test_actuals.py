"""What was sold, from the facts."""

import polars as pl

from onenumber.model.plan import plan_frame
from onenumber.review.actuals import sales
from onenumber.review.ground import Ground
from tests import tiny


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
