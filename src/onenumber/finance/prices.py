"""Which price and which cost hold for a stream or an item in a period."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from onenumber.model.axis import Axis, Labels, Rows
from onenumber.model.contract.empty import table_or_empty
from onenumber.model.cube import Values
from onenumber.model.period import Period
from onenumber.model.rates import PLAN, rates_on
from onenumber.model.validity import latest_on_each, spans

Tables = Mapping[str, pl.DataFrame]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Periods in runs in which the same dated rows hold: the first day of each run, and the run of each period."""

    days: tuple[dt.date, ...]
    run: Rows

    @classmethod
    def of(cls, periods: Sequence[Period], *dated: pl.DataFrame) -> "Span":
        """The runs of some periods under some dated tables.

        Example:
            >>> from onenumber.model.period import Calendar
            >>> year = Calendar.months(start=dt.date(2026, 1, 1), periods=3).periods
            >>> since = pl.DataFrame({"valid_from": [dt.date(2026, 2, 1)], "valid_to": [None]},
            ...                      schema={"valid_from": pl.Date, "valid_to": pl.Date})
            >>> Span.of(year, since).run.tolist()
            [0, 1, 1]
        """
        days = [period.start for period in periods]
        _, first, run = np.unique(spans(days, *dated), return_index=True, return_inverse=True)
        return cls(days=tuple(days[k] for k in first), run=run.astype(np.int64))

    def each(self, table: pl.DataFrame) -> pl.DataFrame:
        """The rows of a table once for each run, with the run in ``t``."""
        return pl.DataFrame({"t": range(len(self.days))}, schema={"t": pl.Int64}).join(table, how="cross")

    def over_periods(self, column: pl.Series) -> Values:
        """A column of such rows as (rows x periods), NaN where it is null."""
        by_run = column.fill_null(np.nan).to_numpy().reshape(len(self.days), -1)
        values: Values = by_run[self.run].T.copy()
        return values


def stream_prices(*, company: Tables, axis: Axis, periods: Sequence[Period], currency: str) -> Values:
    """Price of a unit per stream and period, in plan currency; NaN where no price is known.

    The most specific row that holds on the first day of the period wins: the customer's (for a planning customer
    that is one customer), else the channel's, else the item's. Axes: (streams x periods); unit: money/unit.
    """
    if "prices" not in company:
        return np.full((len(axis), len(periods)), np.nan)
    streams = pl.DataFrame(
        {"item": axis.attributes["item"].tolist(), "channel": axis.attributes["channel"].tolist(),
         "customer": axis.attributes["planning_customer"].tolist()},
        schema=dict.fromkeys(("item", "channel", "customer"), pl.String),
    )  # fmt: skip
    blank = [pl.col(name).fill_null("") for name in ("channel", "customer")]
    prices = company["prices"].with_columns(blank)
    span = Span.of(periods, prices, _plan_rates(company))
    rows = latest_on_each(prices, span.days, ["item", "channel", "customer"])
    rows = _in_plan_currency(rows, "price", company, span, currency)
    best = span.each(streams)
    for name, keys in (("own", ["item", "customer"]), ("channel_", ["item", "channel"]), ("item_", ["item"])):
        best = best.join(_of_level(rows, keys, name), on=[*keys, "t"], how="left", maintain_order="left")
    return span.over_periods(best.select(pl.coalesce("own", "channel_", "item_")).to_series())


def _of_level(rows: pl.DataFrame, keys: list[str], name: str) -> pl.DataFrame:
    filled = [(pl.col(n) != "") if n in keys else (pl.col(n) == "") for n in ("channel", "customer")]
    found = rows.filter(*filled).select(*keys, "t", pl.col("price").alias(name))
    return found.unique(subset=[*keys, "t"], keep="last", maintain_order=True)


def item_costs(
    *, company: Tables, items: Labels, periods: Sequence[Period], currency: str, column: str = "standard_cost"
) -> Values:
    """Cost of a unit per item and period, in plan currency; NaN where it is not known.

    ``column`` is ``standard_cost`` (values stock) or ``variable_cost`` (makes the contribution margin; where a row
    has none, its standard cost stands in). Axes: (items x periods); unit: money/unit.
    """
    if "costs" not in company:
        return np.full((len(items), len(periods)), np.nan)
    costs = company["costs"]
    span = Span.of(periods, costs, _plan_rates(company))
    rows = latest_on_each(costs, span.days, ["item"])
    rows = rows.select("item", "currency", "t", pl.coalesce(column, "standard_cost").alias("cost"))
    rows = _in_plan_currency(rows, "cost", company, span, currency).select("item", "t", "cost")
    wanted = span.each(pl.DataFrame({"item": items.tolist()}, schema={"item": pl.String}))
    return span.over_periods(wanted.join(rows, on=["item", "t"], how="left", maintain_order="left")["cost"])


def _plan_rates(company: Tables) -> pl.DataFrame:
    """The rates that plans are valued at: what happened since changes no plan price."""
    return table_or_empty(company, "currency_rates").filter(pl.col("rate_set") == PLAN)


def _in_plan_currency(rows: pl.DataFrame, column: str, company: Tables, span: Span, currency: str) -> pl.DataFrame:
    rates = rates_on(company, days=span.days, rate_set=PLAN, currency=currency)
    joined = rows.join(rates, on=["currency", "t"], how="left", maintain_order="left")
    return joined.with_columns((pl.col(column) * pl.col("rate")).alias(column)).drop("rate")
