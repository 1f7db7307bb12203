"""Which price and which cost hold for a stream or an item in a period."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import polars as pl

from onenumber.model.axis import Axis, Labels
from onenumber.model.cube import Values
from onenumber.model.period import Period
from onenumber.model.rates import PLAN, rates_on
from onenumber.model.validity import latest_on, spans

Tables = Mapping[str, pl.DataFrame]


def stream_prices(*, company: Tables, axis: Axis, periods: Sequence[Period], currency: str) -> Values:
    """Price of a unit per stream and period, in plan currency; NaN where no price is known.

    The most specific row that holds on the first day of the period wins: the customer's (for a planning customer
    that is one customer), else the channel's, else the item's. Axes: (streams x periods); unit: money/unit.
    """
    if "prices" not in company:
        return np.full((len(axis), len(periods)), np.nan)
    wanted = pl.DataFrame(
        {"item": axis.attributes["item"], "channel": axis.attributes["channel"],
         "customer": axis.attributes["planning_customer"]}
    )  # fmt: skip
    return _over_periods(lambda period: _prices_on(company, wanted, period, currency), company, "prices", periods)


def _over_periods(column: Callable[[Period], Values], company: Tables, table: str, periods: Sequence[Period]) -> Values:
    """The column of each period, made once for all periods in which the same rows and rates hold."""
    dated = [company[name] for name in (table, "currency_rates") if name in company]
    span = spans([period.start for period in periods], *dated)
    made = {s: column(period) for s, period in dict(zip(span, periods, strict=True)).items()}
    return np.stack([made[s] for s in span], axis=1)


def _prices_on(company: Tables, wanted: pl.DataFrame, period: Period, currency: str) -> Values:
    blank = [pl.col(name).fill_null("") for name in ("channel", "customer")]
    rows = latest_on(company["prices"].with_columns(blank), period.start, ["item", "channel", "customer"])
    rows = _in_plan_currency(rows, ("price",), company, period, currency)
    best = wanted
    for name, keys in (("own", ["item", "customer"]), ("channel_", ["item", "channel"]), ("item_", ["item"])):
        best = best.join(_of_level(rows, keys, name), on=keys, how="left", maintain_order="left")
    price: Values = best.select(pl.coalesce("own", "channel_", "item_")).to_series().fill_null(np.nan).to_numpy()
    return price


def _of_level(rows: pl.DataFrame, keys: list[str], name: str) -> pl.DataFrame:
    filled = {"item"} | set(keys)
    for column in ("channel", "customer"):
        rows = rows.filter((pl.col(column) != "") if column in filled else (pl.col(column) == ""))
    return rows.select(*keys, pl.col("price").alias(name)).unique(subset=keys, keep="last", maintain_order=True)


def item_costs(
    *, company: Tables, items: Labels, periods: Sequence[Period], currency: str, column: str = "standard_cost"
) -> Values:
    """Cost of a unit per item and period, in plan currency; NaN where it is not known.

    ``column`` is ``standard_cost`` (values stock) or ``variable_cost`` (makes the contribution margin; where a row
    has none, its standard cost stands in). Axes: (items x periods); unit: money/unit.
    """
    if "costs" not in company:
        return np.full((len(items), len(periods)), np.nan)
    wanted = pl.DataFrame({"item": items})
    return _over_periods(lambda p: _costs_on(company, wanted, p, currency, column), company, "costs", periods)


def _costs_on(company: Tables, wanted: pl.DataFrame, period: Period, currency: str, column: str) -> Values:
    rows = latest_on(company["costs"], period.start, ["item"])
    rows = rows.with_columns(pl.coalesce(column, "standard_cost").alias("cost"))
    rows = _in_plan_currency(rows, ("cost",), company, period, currency).select("item", "cost")
    cost: Values = wanted.join(rows, on="item", how="left", maintain_order="left")["cost"].fill_null(np.nan).to_numpy()
    return cost


def _in_plan_currency(
    rows: pl.DataFrame, columns: tuple[str, ...], company: Tables, period: Period, currency: str
) -> pl.DataFrame:
    rates = rates_on(company, days=[period.start], rate_set=PLAN, currency=currency).drop("t")
    joined = rows.join(rates, on="currency", how="left", maintain_order="left")
    return joined.with_columns([(pl.col(name) * pl.col("rate")).alias(name) for name in columns]).drop("rate")
