"""What vendors, contracts with them, and warehouses allow."""

from collections.abc import Mapping

import numpy as np
import polars as pl

from onenumber.model.axis import Axis, Labels
from onenumber.supply.horizon import Floats, Horizon, Ints, over_periods
from onenumber.supply.network import Activities, Cells, Limits, Nodes

Tables = Mapping[str, pl.DataFrame]


def make_limits(
    company: Tables, *, cells: Cells, activities: Activities, nodes: Nodes, bought: pl.DataFrame, horizon: Horizon
) -> Limits:
    """Limits on receipts less what is confirmed (``bought``: vendor, item, site, t, quantity), duties, and space."""
    item = cells.axis.attributes["item"][activities.cell]
    limit_rows = _rows(company, "vendor_limits", horizon)
    labels, left = _spread(limit_rows, "quantity", np.inf, horizon)
    members = _members(labels, activities, item)
    left = np.maximum(left - _confirmed(labels, bought, horizon), 0.0)
    duty_rows = _rows(company, "vendor_contracts", horizon)
    duties, must = _spread(duty_rows, "minimum", 0.0, horizon)
    must = np.maximum(must - _confirmed(duties, bought, horizon), 0.0)
    duty_members = _members(duties, activities, item)
    site, space, space_row, space_cell = _space(company, cells.axis)
    return Limits(
        vendor=labels[:, 0], vendor_item=labels[:, 1], vendor_left=left,
        vendor_limit=members[0], vendor_activity=members[1],
        duty_label=np.char.add(np.char.add(duties[:, 0], "|"), duties[:, 1]), duty=must,
        duty_price=_duty_price(len(duties), duty_members, activities), duty_row=duty_members[0],
        duty_activity=duty_members[1],
        site=site, space=space, space_price=_space_price(site, cells, nodes), space_row=space_row,
        space_cell=space_cell,
    )  # fmt: skip


def _rows(company: Tables, name: str, horizon: Horizon) -> pl.DataFrame:
    if name not in company:
        value = "quantity" if name == "vendor_limits" else "minimum"
        return pl.DataFrame(schema={"vendor": pl.String, "item": pl.String, value: pl.Float64, "t": pl.Int64})
    return over_periods(
        company[name].with_columns(pl.col("item").fill_null("")), key=["vendor", "item"], horizon=horizon
    )


def _spread(rows: pl.DataFrame, column: str, empty: float, horizon: Horizon) -> tuple[Labels, Floats]:
    """Distinct (vendor, item) as (L, 2) labels, and the column over the periods."""
    keys = rows.select("vendor", "item").unique().sort("vendor", "item").with_row_index("l")
    values = np.full((len(keys), horizon.count), empty)
    at = rows.join(keys, on=["vendor", "item"], how="left", maintain_order="left")
    values[at["l"].to_numpy(), at["t"].to_numpy()] = at[column].to_numpy()
    return np.array(keys.select("vendor", "item").rows(), dtype=np.str_).reshape(len(keys), 2), values


def _members(labels: Labels, activities: Activities, item: Labels) -> tuple[Ints, Ints]:
    """Which purchases each limit covers: those of the vendor, of its item or (no item) of all."""
    bought = (activities.kind == "buy")[None, :]
    same = (labels[:, :1] == activities.name[None, :]) & bought
    same &= (labels[:, 1:] == "") | (labels[:, 1:] == item[None, :])
    limit, activity = np.nonzero(same)
    return limit.astype(np.int64), activity.astype(np.int64)


def _confirmed(labels: Labels, bought: pl.DataFrame, horizon: Horizon) -> Floats:
    total = np.zeros((len(labels), horizon.count))
    for row, (vendor, item) in enumerate(labels.tolist()):
        own = bought.filter((pl.col("vendor") == vendor) & ((pl.col("item") == item) | (item == "")))
        np.add.at(total[row], own["t"].to_numpy(), own["quantity"].to_numpy())
    return total


def _duty_price(count: int, members: tuple[Ints, Ints], activities: Activities) -> Floats:
    """A unit that we do not take is paid all the same: its dearest price at this vendor."""
    price = np.zeros((count, activities.cost.shape[1]))
    np.maximum.at(price, members[0], activities.cost[members[1]])
    return price


def _space(company: Tables, axis: Axis) -> tuple[Labels, Floats, Ints, Ints]:
    rows = company["sites"].filter(pl.col("space").is_not_null()).sort("site")
    sites = np.array(rows["site"].to_list(), dtype=np.str_)
    row, cell = np.nonzero(sites[:, None] == axis.attributes["site"][None, :])
    return sites, rows["space"].to_numpy().astype(np.float64), row.astype(np.int64), cell.astype(np.int64)


def _space_price(sites: Labels, cells: Cells, nodes: Nodes) -> Floats:
    """Dearer than any sale and any unit of stock, so that space is exceeded only by what cannot be avoided."""
    worth = max(float(nodes.price.max(initial=0.0)), float(cells.value.max(initial=0.0)), 1.0)
    return np.full(len(sites), 2.0 * worth)
