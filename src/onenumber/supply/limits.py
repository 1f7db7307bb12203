"""What vendors, contracts with them, and warehouses allow."""

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from onenumber.model.axis import Axis, Labels
from onenumber.model.contract.empty import table_or_empty
from onenumber.supply.cells import labels_of
from onenumber.supply.differences import PlantLimit
from onenumber.supply.horizon import Flags, Floats, Horizon, Ints, over_periods
from onenumber.supply.network import Activities, Cells, Limits, Nodes
from onenumber.supply.plants import plant_limits

Tables = Mapping[str, pl.DataFrame]


def make_limits(  # noqa: PLR0913 - everything that limits, each from its own place
    company: Tables, *, cells: Cells, activities: Activities, nodes: Nodes, bought: pl.DataFrame, horizon: Horizon,
    plants: Sequence[PlantLimit] = (),
) -> Limits:  # fmt: skip
    """Limits on receipts less what is confirmed (``bought``: vendor, item, site, t, quantity), duties, and space.

    ``plants`` are what plants said they cannot make.
    """
    item = cells.axis.attributes["item"][activities.cell]
    labels, left = _spread(company, "vendor_limits", "quantity", np.inf, horizon)
    members = _members(labels, activities, item)
    left = np.maximum(left - _confirmed(labels, bought, horizon), 0.0)
    duties, must = _spread(company, "vendor_contracts", "minimum", 0.0, horizon)
    must = np.maximum(must - _confirmed(duties, bought, horizon), 0.0)
    duty_members = _members(duties, activities, item)
    site, space, space_row, space_cell = _space(company, cells.axis)
    plant, can, made = plant_limits(plants, cells=cells, activities=activities, horizon=horizon)
    return Limits(
        plant=plant, plant_left=can, plant_limit=made[0], plant_activity=made[1],
        vendor=labels[:, 0], vendor_item=labels[:, 1], vendor_left=left,
        vendor_limit=members[0], vendor_activity=members[1],
        duty_label=np.char.add(np.char.add(duties[:, 0], "|"), duties[:, 1]), duty=must,
        duty_price=_duty_price(len(duties), duty_members, activities), duty_row=duty_members[0],
        duty_activity=duty_members[1],
        site=site, space=space, space_price=_space_price(site, cells, nodes), space_row=space_row,
        space_cell=space_cell,
    )  # fmt: skip


def _spread(company: Tables, name: str, column: str, empty: float, horizon: Horizon) -> tuple[Labels, Floats]:
    """Distinct (vendor, item) of a table as (L, 2) labels, and the column over the periods."""
    rows = over_periods(table_or_empty(company, name), key=["vendor", "item"], horizon=horizon)
    values = np.full((len(rows.heads), horizon.count), empty)
    values[rows.key[rows.row], rows.t] = rows.values(column)
    labels = (labels_of(rows.table[name])[rows.heads] for name in ("vendor", "item"))
    return np.column_stack(list(labels)), values


def _members(labels: Labels, activities: Activities, item: Labels) -> tuple[Ints, Ints]:
    """Which purchases each limit covers: those of the vendor, of its item or (no item) of all."""
    limit, activity = np.nonzero(_covers(labels, activities.name, item) & (activities.kind == "buy")[None, :])
    return limit.astype(np.int64), activity.astype(np.int64)


def _covers(labels: Labels, vendor: Labels, item: Labels) -> Flags:
    """Whether each (vendor, item) covers what is bought of a vendor and item beside it; no item covers all."""
    same = labels[:, :1] == vendor[None, :]
    covers: Flags = same & ((labels[:, 1:] == "") | (labels[:, 1:] == item[None, :]))
    return covers


def _confirmed(labels: Labels, bought: pl.DataFrame, horizon: Horizon) -> Floats:
    total = np.zeros((len(labels), horizon.count))
    row, line = np.nonzero(_covers(labels, labels_of(bought["vendor"]), labels_of(bought["item"])))
    np.add.at(total, (row, bought["t"].to_numpy()[line]), bought["quantity"].to_numpy()[line])
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
