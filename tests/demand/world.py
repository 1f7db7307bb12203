"""A company of two items and three customers, small enough to add up in the head."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from onenumber.demand.history import History, Span, make_history
from onenumber.demand.known import known_before
from onenumber.model.contract import TABLES, Kind
from onenumber.model.period import Calendar

CALENDAR = Calendar.months(start=dt.date(2026, 1, 1), periods=24)
DTYPES = {Kind.NUMBER: pl.Float64, Kind.INTEGER: pl.Int64, Kind.DATE: pl.Date, Kind.FLAG: pl.Boolean}
Rows = Sequence[Mapping[str, Any]]


def day(text: str) -> dt.date:
    """The day written as ``01-31``, in 2026."""
    return dt.date.fromisoformat(f"2026-{text}")


def table(name: str, rows: Rows) -> pl.DataFrame:
    """Rows as the contract's table: all its columns, nulls where a row has none."""
    columns = TABLES[name].columns
    schema = {c.name: DTYPES.get(c.kind, pl.String) for c in columns}
    return pl.DataFrame([{c.name: row.get(c.name) for c in columns} for row in rows], schema=schema, orient="row")


def company(**more: Rows) -> dict[str, pl.DataFrame]:
    """Shop and web buy by requested date; the wave channel is dated four days before its month."""
    rows: dict[str, Rows] = {
        "plan": [{"plan": "p", "currency": "USD"}],
        "period_mappings": [{"channel": "wave", "offset_days": 4, "date_used": "ordered"}],
        "families": [{"family": "F", "division": "D"}],
        "items": [{"item": "A", "family": "F", "unit": "pcs"}, {"item": "B", "family": "F", "unit": "pcs"}],
        "customers": [
            {
                "customer": "big",
                "channel": "shop",
                "territory": "T",
                "named": True,
                "key_account": True,
                "priority": "A",
            },
            {"customer": "small", "channel": "shop", "territory": "T", "named": False},
            {"customer": "dealer", "channel": "wave", "territory": "T", "named": False},
        ],
        "patch_customers": [
            {"customer": "big", "patch": "P"},
            {"customer": "small", "patch": "P", "valid_to": day("03-01")},
            {"customer": "small", "patch": "Q", "valid_from": day("03-01")},
            {"customer": "dealer", "patch": "Q"},
        ],
    }
    return {name: table(name, content) for name, content in (rows | more).items()}


def order(name: str, customer: str, item: str, quantity: float, ordered: str, **more: Any) -> dict[str, Any]:
    """An order of one line, requested ten days after it was ordered unless told otherwise."""
    start = day(ordered)
    row = {
        "order": name, "line": 1, "customer": customer, "item": item, "quantity": quantity, "amount": 2.0 * quantity,
        "ordered": start, "requested": start + dt.timedelta(days=10), "status": "open",
    }  # fmt: skip
    return row | more


def quiet(*months: int) -> list[dict[str, Any]]:
    """Lines of A that big cancelled itself: what makes a month loaded, and asks for nothing."""
    gone = {"status": "cancelled", "cancelled_by": "customer"}
    return [order(f"quiet {k}", "big", "A", 1, f"{k:02d}-01", **gone) for k in months]


def load(**facts: Rows) -> dict[str, pl.DataFrame]:
    """Facts as contract tables."""
    return {name: table(name, rows) for name, rows in facts.items()}


def history(facts: Mapping[str, pl.DataFrame], *, cycle: int, of: Mapping[str, pl.DataFrame] | None = None) -> History:
    """History of the cycle, made from what was known when it opened."""
    master = company() if of is None else of
    known = known_before(facts, company=master, calendar=CALENDAR, cycle=cycle)
    return make_history(load=known, company=master, span=Span(calendar=CALENDAR, first=0, cycle=cycle, horizon=6))
