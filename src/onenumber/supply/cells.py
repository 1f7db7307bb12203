"""The cells of the plan: every item at every site where it is kept, made, bought, used or sold."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from onenumber.model.axis import SEPARATOR, Axis, Labels
from onenumber.model.contract.empty import table_or_empty
from onenumber.model.period import Days, WorkDays
from onenumber.model.validity import Dated
from onenumber.supply.horizon import Flags, Floats, Horizon, over_periods
from onenumber.supply.money import PlanRates
from onenumber.supply.network import Cells
from onenumber.supply.settings import SupplySettings

Tables = Mapping[str, pl.DataFrame]
TO_ORDER = ("make_to_order", "assemble_to_order")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What is on hand (item, site, quantity) and what is released or confirmed (with period ``t``)."""

    stock: pl.DataFrame
    made: pl.DataFrame
    bought: pl.DataFrame


def cell_axis(pairs: list[tuple[str, str]], *, company: Tables, policies: pl.DataFrame) -> Axis:
    """The axis of the (item, site) pairs, with the attributes that the plan's sheet promises."""
    items = company["items"].select("item", "family", "kind", "role", "unit")
    joined = pl.DataFrame(pairs, schema={"item": pl.String, "site": pl.String}, orient="row")
    joined = joined.join(items, on="item", how="left")
    joined = joined.join(company["families"].select("family", "division"), on="family", how="left")
    joined = joined.join(policies.select("item", "site", "policy"), on=["item", "site"], how="left")
    joined = joined.with_columns(pl.col("policy").fill_null("make_to_stock"))
    keys = np.array(keys_of(joined), dtype=np.str_)
    order = np.argsort(keys, kind="stable")
    names = ("item", "site", "family", "division", "policy", "kind", "role", "unit")
    return Axis("cell", keys[order], {n: labels_of(joined[n])[order] for n in names})


def labels_of(column: pl.Series) -> Labels:
    """A column of labels; no label is an empty text.

    Example:
        >>> labels_of(pl.Series(["A", None])).tolist()
        ['A', '']
    """
    return np.array([label or "" for label in column.to_list()], dtype=np.str_)


def policies(company: Tables, *, horizon: Horizon) -> Dated:
    """Supply policy of each item and site in each period where one holds."""
    return over_periods(company["item_sites"], key=["item", "site"], horizon=horizon)


def first_policy(rows: Dated) -> pl.DataFrame:
    """The earliest policy of each item and site, with its fences."""
    return rows.table[rows.first()[0]]


def make_cells(  # noqa: PLR0913 - what a cell is made of
    axis: Axis, *, company: Tables, rows: Dated, held: Held, horizon: Horizon, settings: SupplySettings,
    rates: PlanRates, sourced: Flags,
) -> Cells:  # fmt: skip
    """The arrays of the cells; ``rows`` are :func:`policies`, ``sourced`` says which cells have any source."""
    return Cells(
        axis=axis,
        opening=_filled(held.stock.with_columns(pl.lit(0).alias("t")), axis, 1)[:, 0],
        firm_made=_filled(held.made, axis, horizon.count),
        firm_bought=_filled(held.bought, axis, horizon.count),
        safety=_safety(rows, axis),
        value=_value(axis, company, horizon, rates),
        to_order=np.isin(axis.attributes["policy"], TO_ORDER),
        fence=fences(
            axis,
            rows=rows,
            company=company,
            horizon=horizon,
            column="planning_fence_days",
            otherwise=firm_until(horizon, settings),
        ),
        unlimited=~sourced,
        tracked=sourced,
    )


def keys_of(rows: pl.DataFrame) -> list[str]:
    """Labels on the cell axis of rows with item and site.

    Example:
        >>> keys_of(pl.DataFrame({"item": ["A"], "site": ["P"]}))
        ['A|P']
    """
    return keys(rows["item"].to_list(), rows["site"].to_list())


def keys(items: Iterable[str], sites: Iterable[str]) -> list[str]:
    """Labels on the cell axis of items and sites.

    Example:
        >>> keys(["A", "B"], ["P", "Q"])
        ['A|P', 'B|Q']
    """
    return [f"{item}{SEPARATOR}{site}" for item, site in zip(items, sites, strict=True)]


def _filled(rows: pl.DataFrame, axis: Axis, count: int) -> Floats:
    """Quantities of each cell and period ``t``; of the same one the smallest are added first."""
    quantity = rows["quantity"].to_numpy()
    at = axis.rows(keys_of(rows)) * count + rows["t"].to_numpy()
    order = np.lexsort((quantity, at))
    total = np.bincount(at[order], weights=quantity[order], minlength=len(axis) * count)
    return total.astype(np.float64).reshape(len(axis), count)


def _safety(rows: Dated, axis: Axis) -> Floats:
    stock = np.zeros((len(axis), rows.days))
    stock[axis.rows(keys_of(rows.table))[rows.row], rows.t] = rows.values("safety_stock", empty=0.0)
    return stock


def _value(axis: Axis, company: Tables, horizon: Horizon, rates: PlanRates) -> Floats:
    """Standard cost of a unit in the first period; NaN where it is not known."""
    rows = over_periods(table_or_empty(company, "costs"), key=["item"], horizon=horizon)
    row, t = rows.first()
    cost = rows.table["standard_cost"].to_numpy()[row] * rates.of(rows.table["currency"], row, t)
    items = Axis("item", labels_of(rows.table["item"])[row], {})
    return np.append(cost, np.nan)[items.find(axis.attributes["item"])]


def work_days(company: Tables) -> dict[str, WorkDays]:
    """Working days of each site.

    Example:
        >>> sites = pl.DataFrame({"site": ["P"], "workdays": ["12345"]})
        >>> work_days({"sites": sites})["P"].workdays
        '12345'
    """
    sites, shut = company["sites"], table_or_empty(company, "closed_days")
    closed = list(zip(shut["site"].to_list(), shut["date"].to_list(), strict=True))
    return {
        site: WorkDays(workdays=days, closed=frozenset(day for place, day in closed if place == site))
        for site, days in zip(sites["site"].to_list(), sites["workdays"].to_list(), strict=True)
    }


def fences(
    axis: Axis, *, rows: Dated, company: Tables, horizon: Horizon, column: str, otherwise: np.datetime64
) -> Days:
    """First day outside each cell's fence: ``column`` working days from the first day, ``otherwise`` without one.

    So a fence of an item's own that ends inside the firm periods opens the rest of them to what its lead time allows.
    """
    weeks = work_days(company)
    days = {
        (r["item"], r["site"]): r[column]
        for r in first_policy(rows).iter_rows(named=True)
        if r[column] is not None and r["site"] in weeks
    }
    ends = {
        (site, count): np.datetime64(weeks[site].add(horizon.start, count), "D")
        for site, count in sorted({(site, count) for (_, site), count in days.items()})
    }
    pairs = zip(axis.attributes["item"].tolist(), axis.attributes["site"].tolist(), strict=True)
    own = [ends[pair[1], days[pair]] if pair in days else otherwise for pair in pairs]
    return np.array(own, dtype="datetime64[D]")


def firm_until(horizon: Horizon, settings: SupplySettings) -> np.datetime64:
    """First day after the firm periods.

    Example:
        >>> import datetime as dt
        >>> from onenumber.model.period import Calendar
        >>> h = Horizon(calendar=Calendar.months(start=dt.date(2026, 1, 1), periods=24), first=0, count=3)
        >>> str(firm_until(h, SupplySettings(firm_periods=1))), str(firm_until(h, SupplySettings(firm_periods=0)))
        ('2026-02-01', '2026-01-01')
    """
    day: np.datetime64 = horizon.starts[0] if settings.firm_periods == 0 else horizon.ends[settings.firm_periods - 1]
    return day
