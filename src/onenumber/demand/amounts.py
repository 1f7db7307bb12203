"""Money of order lines in the plan's own currency."""

from collections.abc import Mapping

import polars as pl

from onenumber.model.period import Calendar
from onenumber.model.rates import ACTUAL, rates_on

Tables = Mapping[str, pl.DataFrame]


def in_plan_currency(lines: pl.DataFrame, *, company: Tables, calendar: Calendar) -> pl.DataFrame:
    """Order lines (with their ``period``) and their amount in plan currency; null where its rate is not known.

    The rate is that of the set ``actual`` which holds on the first day of the line's period: plan currency for one
    unit of the line's. A line without a currency is in that of the plan.

    Example:
        >>> import datetime as dt
        >>> lines = pl.DataFrame({"amount": [10.0, 10.0, 10.0], "currency": ["USD", "EUR", "JPY"], "period": [0, 0, 0]})
        >>> rates = pl.DataFrame({"rate_set": ["actual"], "currency": ["EUR"], "rate": [1.25],
        ...                       "valid_from": [None], "valid_to": [None]},
        ...                      schema_overrides={"valid_from": pl.Date, "valid_to": pl.Date})
        >>> company = {"plan": pl.DataFrame({"currency": ["USD"]}), "currency_rates": rates}
        >>> calendar = Calendar.months(start=dt.date(2026, 1, 1), periods=24)
        >>> in_plan_currency(lines, company=company, calendar=calendar)["amount"].to_list()
        [10.0, 12.5, None]
    """
    own = company["plan"]["currency"][0]
    foreign = lines["currency"].is_not_null() & (lines["currency"] != own)
    if not foreign.any():
        return lines
    days = [period.start for period in calendar.periods]
    rates = rates_on(company, days=days, rate_set=ACTUAL, currency=own).rename({"t": "period"})
    joined = lines.join(rates, on=["currency", "period"], how="left", maintain_order="left")
    amount = pl.when(foreign).then(pl.col("amount") * pl.col("rate")).otherwise("amount").alias("amount")
    return joined.with_columns(amount).drop("rate")
