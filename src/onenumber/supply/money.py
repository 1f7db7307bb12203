"""Prices of dated rows in plan currency."""

from collections.abc import Mapping, Sequence

import polars as pl

from onenumber.model.rates import PLAN, rates_on
from onenumber.supply.horizon import Horizon

Tables = Mapping[str, pl.DataFrame]


def in_plan_currency(
    rows: pl.DataFrame, *, columns: Sequence[str], company: Tables, horizon: Horizon, currency: str
) -> pl.DataFrame:
    """Rows (with ``currency`` and period ``t``) whose money columns are in plan currency; null where no rate is known.

    ``amount = amount x rate`` with the rate of the plan's rate set (plan currency for one unit) in that period.

    Example:
        >>> import datetime as dt
        >>> from onenumber.model.period import Calendar
        >>> h = Horizon(calendar=Calendar.months(start=dt.date(2026, 1, 1), periods=24), first=0, count=1)
        >>> rows = pl.DataFrame({"t": [0, 0], "price": [2.0, 3.0], "currency": ["EUR", "CHF"]})
        >>> in_plan_currency(rows, columns=["price"], company={}, horizon=h, currency="EUR")["price"].to_list()
        [2.0, None]
    """
    days = [period.start for period in horizon.periods]
    rates = rates_on(company, days=days, rate_set=PLAN, currency=currency)
    joined = rows.join(rates, on=["currency", "t"], how="left", maintain_order="left")
    return joined.with_columns([(pl.col(name) * pl.col("rate")).alias(name) for name in columns]).drop("rate")
