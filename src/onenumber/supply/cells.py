"""The cells of the plan: every item at every site where it is kept, made, bought, used or sold."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from onenumber.model.axis import SEPARATOR, Axis
from onenumber.model.contract.empty import table_or_empty
from onenumber.model.period import Days, WorkDays
from onenumber.supply.horizon import Flags, Floats, Horizon, over_periods
from onenumber.supply.money import in_plan_currency
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


def cell_axis(pairs: pl.DataFrame, *, company: Tables, policies: pl.DataFrame) -> Axis:
    """The axis of the (item, site) pairs, with the attributes that the plan's sheet promises."""
    items = company["items"].select("item", "family", "kind", "role", "unit")
    families = company["families"].select("family", "division")
    joined = pairs.unique().join(items, on="item", how="left").join(families, on="family", how="left")
    joined = joined.join(policies, on=["item", "site"], how="left")
    joined = joined.with_columns(pl.format(f"{{}}{SEPARATOR}{{}}", "item", "site").alias("cell"))
    keys = np.array(joined["cell"].to_list(), dtype=np.str_)
    order = np.argsort(keys, kind="stable")
    names = ("item", "site", "family", "division", "policy", "kind", "role", "unit")
    filled = joined.with_columns(pl.col("policy").fill_null("make_to_stock"))
    return Axis(
        "cell", keys[order], {n: np.array(filled[n].fill_null("").to_list(), dtype=np.str_)[order] for n in names}
    )


def policies(company: Tables, *, horizon: Horizon) -> pl.DataFrame:
    """Supply policy of each item and site in each period where one holds."""
    return over_periods(company["item_sites"], key=["item", "site"], horizon=horizon)


def first_policy(rows: pl.DataFrame) -> pl.DataFrame:
    """The earliest policy of each item and site, with its fences."""
    wanted = ["item", "site", "policy", "demand_fence_days", "planning_fence_days"]
    ordered = rows.sort("item", "site", "t", maintain_order=True)
    return ordered.unique(["item", "site"], keep="first", maintain_order=True).select(wanted)


def make_cells(  # noqa: PLR0913 - what a cell is made of
    axis: Axis, *, company: Tables, rows: pl.DataFrame, held: Held, horizon: Horizon, settings: SupplySettings,
    currency: str, sourced: Flags,
) -> Cells:  # fmt: skip
    """The arrays of the cells; ``rows`` are :func:`policies`, ``sourced`` says which cells have any source."""
    return Cells(
        axis=axis,
        opening=_filled(held.stock.with_columns(pl.lit(0).alias("t")), axis, 1)[:, 0],
        firm_made=_filled(held.made, axis, horizon.count),
        firm_bought=_filled(held.bought, axis, horizon.count),
        safety=_filled(rows.rename({"safety_stock": "quantity"}), axis, horizon.count),
        value=_value(axis, company, horizon, currency),
        to_order=np.isin(axis.attributes["policy"], TO_ORDER),
        fence=np.maximum(
            fences(
                axis,
                rows=rows,
                company=company,
                horizon=horizon,
                column="planning_fence_days",
                otherwise=horizon.starts[0],
            ),
            firm_until(horizon, settings),
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
    return rows.select(pl.format(f"{{}}{SEPARATOR}{{}}", "item", "site")).to_series().to_list()


def _filled(rows: pl.DataFrame, axis: Axis, count: int) -> Floats:
    ordered = rows.filter(pl.col("quantity").is_not_null()).sort("item", "site", "t", "quantity")
    at = axis.rows(keys_of(ordered)) * count + ordered["t"].to_numpy()
    total = np.bincount(at, weights=ordered["quantity"].to_numpy(), minlength=len(axis) * count)
    return total.astype(np.float64).reshape(len(axis), count)


def _value(axis: Axis, company: Tables, horizon: Horizon, currency: str) -> Floats:
    """Standard cost of a unit in the first period; NaN where it is not known."""
    if "costs" not in company:
        return np.full(len(axis), np.nan)
    rows = over_periods(company["costs"], key=["item"], horizon=horizon)
    rows = in_plan_currency(rows, columns=["standard_cost"], company=company, horizon=horizon, currency=currency)
    first = rows.sort("item", "t", maintain_order=True).unique("item", keep="first", maintain_order=True)
    wanted = pl.DataFrame({"item": axis.attributes["item"]})
    joined = wanted.join(first.select("item", "standard_cost"), on="item", how="left", maintain_order="left")
    return joined["standard_cost"].fill_null(np.nan).to_numpy().astype(np.float64)


def work_days(company: Tables) -> dict[str, WorkDays]:
    """Working days of each site.

    Example:
        >>> sites = pl.DataFrame({"site": ["P"], "workdays": ["12345"]})
        >>> work_days({"sites": sites})["P"].workdays
        '12345'
    """
    shut = table_or_empty(company, "closed_days")
    rows = company["sites"].select("site", "workdays").iter_rows()
    return {
        site: WorkDays(workdays=days, closed=frozenset(shut.filter(site=site)["date"].to_list())) for site, days in rows
    }


def fences(
    axis: Axis, *, rows: pl.DataFrame, company: Tables, horizon: Horizon, column: str, otherwise: np.datetime64
) -> Days:
    """First day outside each cell's fence: ``column`` working days from the first day, ``otherwise`` without one."""
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
