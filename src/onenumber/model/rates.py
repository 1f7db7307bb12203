"""Currency rates: named sets with dates, in plan currency for one unit of another."""

import datetime as dt
from collections.abc import Mapping, Sequence

import polars as pl

from onenumber.model.validity import latest_on_each

PLAN, ACTUAL = "plan", "actual"
"""The two sets: what plans are valued at, and what happened."""


def rates_on(
    company: Mapping[str, pl.DataFrame], *, days: Sequence[dt.date], rate_set: str, currency: str
) -> pl.DataFrame:
    """The rate of each currency on each of some days: currency, t (place of the day, from 0), rate.

    ``currency`` is the plan's own: its rate is 1. A currency without a row that holds on a day has no rate then: it is
    unknown, not 1.

    Example:
        >>> rates = pl.DataFrame({"rate_set": ["plan"], "currency": ["CHF"], "rate": [1.05],
        ...                       "valid_from": [dt.date(2026, 2, 1)], "valid_to": [None]},
        ...                      schema_overrides={"valid_to": pl.Date})
        >>> days = [dt.date(2026, 1, 1), dt.date(2026, 2, 1)]
        >>> rates_on({"currency_rates": rates}, days=days, rate_set=PLAN, currency="EUR").rows()
        [('EUR', 0, 1.0), ('EUR', 1, 1.0), ('CHF', 1, 1.05)]
    """
    places = pl.Series("t", range(len(days)), dtype=pl.Int64)
    own = pl.DataFrame({"t": places}).select(pl.lit(currency).alias("currency"), "t", pl.lit(1.0).alias("rate"))
    if "currency_rates" not in company:
        return own
    foreign = (pl.col("rate_set") == rate_set) & (pl.col("currency") != currency)
    held = latest_on_each(company["currency_rates"].filter(foreign), days, ["currency"])
    return pl.concat([own, held.select("currency", "t", "rate")])
