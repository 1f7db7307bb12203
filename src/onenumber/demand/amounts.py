"""Money of order lines in the plan's own currency."""

from collections.abc import Mapping

import polars as pl

from onenumber.model.period import Calendar

Tables = Mapping[str, pl.DataFrame]
ACTUAL_RATES = "actual"


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
    joined = lines.join(_rates(lines, company, calendar), on=["currency", "period"], how="left", maintain_order="left")
    amount = pl.when(foreign).then(pl.col("amount") * pl.col("rate")).otherwise("amount").alias("amount")
    return joined.with_columns(amount).drop("rate")


def _rates(lines: pl.DataFrame, company: Tables, calendar: Calendar) -> pl.DataFrame:
    """The actual rate per currency and period of the lines, where one holds."""
    empty = pl.DataFrame(schema={"currency": pl.String, "period": pl.Int64, "rate": pl.Float64})
    if "currency_rates" not in company:
        return empty
    starts = pl.DataFrame({"period": range(len(calendar)), "day": [period.start for period in calendar.periods]})
    wanted = lines.select("currency", "period").unique().join(starts, on="period")
    rates = company["currency_rates"].filter(pl.col("rate_set") == ACTUAL_RATES)
    pairs = wanted.join(rates, on="currency")
    begun = pl.col("valid_from").is_null() | (pl.col("valid_from") <= pl.col("day"))
    open_ended = pl.col("valid_to").is_null() | (pl.col("valid_to") > pl.col("day"))
    held = pairs.filter(begun & open_ended).sort("currency", "period", "valid_from", nulls_last=False)
    return held.unique(["currency", "period"], keep="last", maintain_order=True).select("currency", "period", "rate")
