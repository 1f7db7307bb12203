"""The plan: 36 full months of orders, 18 months ahead, and how order dates become months."""

import datetime as dt

import polars as pl

from examples.adventureworks.source import CURRENCY, RESELLER_DAYS


def plan() -> pl.DataFrame:
    """One row. The calendar starts with the first full month; the fiscal year is that of the quotas, from June."""
    return pl.DataFrame(
        {
            "plan": ["adventureworks"],
            "name": ["Adventure Works Cycles (made-up data)"],
            "currency": [CURRENCY],
            "currency_decimals": [2.0],
            "time_zone": ["America/Los_Angeles"],
            "calendar": ["months"],
            "calendar_start": [dt.date(2011, 6, 1)],
            "periods": [60],
            "fiscal_year_start": [6],
            "horizon": [18],
        }
    )


def period_mappings() -> pl.DataFrame:
    """Resellers order in waves dated from the 28th to the 1st; over the internet people order on any day."""
    return pl.DataFrame(
        {
            "channel": ["internet", "reseller"],
            "offset_days": [0, RESELLER_DAYS],
            "date_used": ["ordered", "ordered"],
        }
    )
