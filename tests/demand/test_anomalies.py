"""What is unlike the past is found where it is, and what is real or chance is not proposed to be cleaned."""

import datetime as dt
from collections.abc import Mapping

import numpy as np
import polars as pl
import pytest

from onenumber.demand.anomalies import Anomaly, Kind, Known, find_anomalies
from onenumber.demand.anomalies.record import worth_of
from onenumber.demand.anomalies.usual import surprise, usual
from onenumber.demand.history import Span, make_history
from onenumber.demand.known import known_before
from onenumber.model.plan import plan_frame
from tests import tiny

CYCLE = "2026-05"
Tables = Mapping[str, pl.DataFrame]


def found(made: Tables) -> list[Anomaly]:
    """The anomalies of the tiny company with some of its tables altered, as known when the cycle opened."""
    tables = {**tiny.tables(), **made}
    frame = plan_frame(tables["plan"])
    cycle = frame.calendar.labelled(CYCLE).index
    load = known_before(dict(tables), company=tables, calendar=frame.calendar, cycle=cycle)
    span = Span(calendar=frame.calendar, first=0, cycle=cycle, horizon=frame.horizon)
    history = make_history(load=load, company=tables, span=span)
    worth = worth_of(history.raw, history.value)
    known = Known(demand=history.raw, worth=worth, load=load, company=tables, calendar=frame.calendar)
    return list(find_anomalies(known))


def lines(times: float, *, months: range, item: str = "A1", customer: str = "alpha") -> pl.DataFrame:
    """The order lines, one customer's of one item times something in some months (counted from the first)."""
    made = tiny.tables()["order_lines"]
    orders = [f"O{k:02d}{customer}{item}" for k in months]
    mine = pl.col("order").is_in(orders)
    return made.with_columns(
        pl.when(mine).then(pl.col("quantity") * times).otherwise(pl.col("quantity")).alias("quantity")
    )


def test_nothing_is_odd_about_a_year_like_the_others() -> None:
    assert found({}) == []


def test_a_line_of_twelve_times_is_a_mistaken_unit_and_leaves_what_was_meant() -> None:
    (one,) = found({"order_lines": lines(12.0, months=range(24, 25))})
    assert (one.kind, one.item, one.customer, one.evidence["factor"]) == (Kind.WRONG_UNIT, "A1", "alpha", 12.0)
    ((period, delta),) = one.deltas
    assert (period, delta) == (24, -11.0 * tiny.quantity(0, 0, 24))
    assert one.money == pytest.approx(11.0 * tiny.quantity(0, 0, 24) * 12.0)


def test_what_came_back_says_the_factor_where_no_common_one_does() -> None:
    made = lines(17.0, months=range(25, 26))
    line = made.filter(pl.col("order") == "O25alphaA1")
    back = line.with_columns(
        (-pl.col("quantity") * 16 / 17).alias("quantity"), pl.lit("R1").alias("order"),
        pl.col("ordered") + dt.timedelta(days=20),
    )  # fmt: skip
    (one,) = found({"order_lines": pl.concat([made, back])})
    assert (one.kind, one.evidence["factor"]) == (Kind.WRONG_UNIT, 17.0)


def test_an_order_that_comes_once_is_told_from_one_that_goes_on() -> None:
    (once,) = found({"order_lines": lines(17.0, months=range(25, 26))})
    assert (once.kind, once.evidence["factor"]) == (Kind.ONE_OFF, None)
    kinds = [one.kind for one in found({"order_lines": lines(17.0, months=range(25, 28))})]
    assert Kind.ONE_OFF not in kinds
    assert kinds == [Kind.NEW_LEVEL]


def test_a_new_level_is_told_and_not_to_be_cleaned() -> None:
    (one,) = found({"order_lines": lines(4.0, months=range(25, 28))})
    assert (one.kind, one.customer, one.deltas) == (Kind.NEW_LEVEL, "alpha", ())


def test_demand_that_fell_while_there_was_no_stock_is_hidden() -> None:
    stock = tiny.tables()["stock"]
    gone = (pl.col("item") == "A1") & (pl.col("date") == dt.date(2026, 1, 31))
    empty = stock.with_columns(pl.when(gone).then(0.0).otherwise(pl.col("quantity")).alias("quantity"))
    made = lines(1.0, months=range(0))
    fell = pl.col("item").eq("A1") & pl.col("order").str.starts_with("O25")
    few = made.with_columns(pl.when(fell).then(2.0).otherwise(pl.col("quantity")).alias("quantity"))
    (one,) = found({"stock": empty, "order_lines": few})
    assert (one.kind, one.item, one.first, one.last) == (Kind.HIDDEN, "A1", 25, 25)
    assert one.actual + sum(delta for _, delta in one.deltas) == pytest.approx(one.usual)
    assert found({"order_lines": few}) == []  # with stock it is what they wanted
    assert found({"stock": empty}) == []  # nothing fell


def test_a_promotion_that_sold_nothing_more_says_when_it_is_planned_again() -> None:
    rows = [
        {"promotion": name, "item": "A1", "customer": "alpha", "start": start, "end": end, "uplift_percent": 40.0}
        for name, start, end in (
            ("PR1", dt.date(2026, 2, 1), dt.date(2026, 3, 1)), ("PR2", dt.date(2026, 7, 1), dt.date(2026, 8, 1)),
        )
    ]  # fmt: skip
    promoted = {"promotions": tiny.table("promotions", rows)}
    (one,) = found(promoted)
    assert (one.kind, one.evidence["again"], one.deltas) == (Kind.FLAT_PROMOTION, "2026-07-01", ())
    assert found({**promoted, "order_lines": lines(1.5, months=range(25, 26))}) == []


def test_a_customer_who_orders_no_more_is_silent() -> None:
    made = tiny.tables()["order_lines"]
    left = made.filter((pl.col("customer") != "alpha") | (pl.col("requested") < dt.date(2026, 3, 1)))
    assert Kind.SILENT in [one.kind for one in found({"order_lines": left})]


def test_a_season_that_comes_early_for_all_is_no_anomaly() -> None:
    made = tiny.tables()["order_lines"]
    early = pl.col("requested").is_between(dt.date(2026, 2, 1), dt.date(2026, 4, 30))
    moved = made.with_columns(
        pl.when(early).then(pl.col("quantity") * 1.8).otherwise(pl.col("quantity")).alias("quantity")
    )
    assert [one for one in found({"order_lines": moved}) if one.deltas] == []


def test_chance_is_seldom_taken_for_something() -> None:
    """Demand of counts alone: of 400 series of 48 months under 2 % of the months lie beyond 3.5."""
    drawn = np.random.default_rng(7).poisson(30.0, size=(400, 48)).astype(np.float64)
    beyond = [np.abs(surprise(one, usual(one, one + 300.0))) > 3.5 for one in drawn]
    assert np.mean(beyond) < 0.02


def test_what_is_worth_most_stands_first() -> None:
    made = lines(12.0, months=range(25, 26))
    both = pl.concat(
        [
            made.filter(pl.col("item") != "B1"),
            lines(12.0, months=range(24, 25), item="B1").filter(pl.col("item") == "B1"),
        ]
    )
    one, other = found({"order_lines": both})
    assert one.score >= other.score
    assert {one.item, other.item} == {"A1", "B1"}
