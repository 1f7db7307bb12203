"""Order lines that a thread writes itself."""

import datetime as dt

import numpy as np
import polars as pl

from onenumber.sample.customers import CUSTOMERS
from onenumber.sample.demand import Pairs


def own_line(
    pairs: Pairs, *, item: str, customer: str, quantity: float, ordered: dt.date, requested: dt.date
) -> pl.DataFrame:
    """One line as :func:`onenumber.sample.demand.draw_lines` would have drawn it, confirmed as requested."""
    pair = int(np.flatnonzero(pairs.rows(items=(item,), customers=(customer,)))[0])
    row = {
        "pair": pair, "customer": customer, "item": item, "quantity": quantity, "ordered": ordered,
        "requested": requested, "first_confirmed": requested, "cancelled": None, "cancelled_by": None,
    }  # fmt: skip
    types = {"cancelled": pl.Date, "cancelled_by": pl.String, "pair": pl.Int64, "quantity": pl.Float64}
    return pl.DataFrame([row], schema_overrides=types)


def usual_line(pairs: Pairs, *, item: str, customer: str, month: int) -> float:
    """The usual quantity of one line of a pair in a month (calendar index), rounded."""
    pair = int(np.flatnonzero(pairs.rows(items=(item,), customers=(customer,)))[0])
    return float(np.round(pairs.mean[pair, month] / pairs.rate[pair]))


def row_of(customer: str) -> int:
    """Row of a customer in CUSTOMERS.

    Example:
        >>> row_of("C03")
        2
    """
    return next(k for k, c in enumerate(CUSTOMERS) if c.key == customer)
