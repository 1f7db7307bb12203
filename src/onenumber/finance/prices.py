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
COSTS = ("standard_cost", "variable_cost")
"""Columns of the costs table: what values stock, and what makes the contribution margin."""
LEVELS = (
    {"channel": pl.lit(""), "customer": pl.col("customer").replace("", None)},
    {"channel": pl.col("channel").replace("", None), "customer": pl.lit("")},
    {"channel": pl.lit(""), "customer": pl.lit("")},
)
"""Where the price of a stream may stand, the most specific first: its customer, its channel, its item."""


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
    rows = latest_on_each(prices, span.days, streams.columns)
    rows = _in_plan_currency(rows, ["price"], company, span, currency)
    wanted = span.each(streams)
    asked = pl.concat([wanted.with_columns(**level) for level in LEVELS])
    found = asked.join(rows, on=wanted.columns, how="left", maintain_order="left")["price"]
    by_level = [found.slice(k * len(wanted), len(wanted)) for k in range(len(LEVELS))]
    return span.over_periods(pl.select(pl.coalesce(by_level)).to_series())


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemCosts:
    """Costs of a unit of every item that has any, (items x periods) from calendar index ``first``, by column.

    The last row, -1, is of any other item: NaN.
    """

    items: Axis
    first: int
    columns: Mapping[str, Values]

    def of(self, items: Labels, *, column: str, periods: range) -> Values:
        """Cost of a unit of some items in some periods, NaN where it is not known: (items x periods)."""
        found: Values = self.columns[column][self.items.find(items)][:, [k - self.first for k in periods]]
        return found


def costs_of_items(*, company: Tables, periods: Sequence[Period], currency: str) -> ItemCosts:
    """What every item costs in some periods that follow on each other, looked up once: see :func:`item_costs`."""
    labels = table_or_empty(company, "costs")["item"].unique().sort().to_list()
    items = Axis("item", np.array(labels, dtype=np.str_), {})
    known = _unit_costs(company=company, items=items.keys, periods=periods, currency=currency)
    columns = {column: np.pad(values, ((0, 1), (0, 0)), constant_values=np.nan) for column, values in known.items()}
    return ItemCosts(items=items, first=periods[0].index, columns=columns)


def item_costs(
    *, company: Tables, items: Labels, periods: Sequence[Period], currency: str, column: str = "standard_cost"
) -> Values:
    """Cost of a unit per item and period, in plan currency; NaN where it is not known.

    ``column`` is one of :data:`COSTS`; where a row has no variable cost its standard cost stands in. Axes: (items x
    periods); unit: money/unit.
    """
    return _unit_costs(company=company, items=items, periods=periods, currency=currency)[column]


def _unit_costs(*, company: Tables, items: Labels, periods: Sequence[Period], currency: str) -> dict[str, Values]:
    if "costs" not in company:
        return {column: np.full((len(items), len(periods)), np.nan) for column in COSTS}
    costs = company["costs"]
    span = Span.of(periods, costs, _plan_rates(company))
    rows = latest_on_each(costs, span.days, ["item"])
    rows = rows.with_columns(pl.coalesce("variable_cost", "standard_cost").alias("variable_cost"))
    rows = _in_plan_currency(rows, list(COSTS), company, span, currency).select("item", "t", *COSTS)
    wanted = span.each(pl.DataFrame({"item": items.tolist()}, schema={"item": pl.String}))
    found = wanted.join(rows, on=["item", "t"], how="left", maintain_order="left")
    return {column: span.over_periods(found[column]) for column in COSTS}


def _plan_rates(company: Tables) -> pl.DataFrame:
    """The rates that plans are valued at: what happened since changes no plan price."""
    return table_or_empty(company, "currency_rates").filter(pl.col("rate_set") == PLAN)


def _in_plan_currency(
    rows: pl.DataFrame, columns: list[str], company: Tables, span: Span, currency: str
) -> pl.DataFrame:
    rates = rates_on(company, days=span.days, rate_set=PLAN, currency=currency)
    joined = rows.join(rates, on=["currency", "t"], how="left", maintain_order="left")
    return joined.with_columns(pl.col(*columns) * pl.col("rate")).drop("rate")
