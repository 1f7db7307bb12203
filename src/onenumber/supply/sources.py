"""Ways to get an item to a site: routes, vendors and lanes, and what they are in each period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from onenumber.errors.supply import BadDifferenceError
from onenumber.model.axis import Labels
from onenumber.model.contract.empty import table_or_empty
from onenumber.model.finding import Finding
from onenumber.model.validity import Dated
from onenumber.supply.cells import labels_of
from onenumber.supply.differences import SecondSource
from onenumber.supply.findings import attention_finding
from onenumber.supply.horizon import Flags, Floats, Horizon, Ints, over_periods
from onenumber.supply.money import PlanRates

Tables = Mapping[str, pl.DataFrame]
Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """Ways in the order of kind, item, site and name; where one does not hold its figures are 0.

    ``name`` is the vendor, the route, or the site that a move comes from. One that holds may wait for a decision: then
    it is not ``open``. ``good`` is the yield, units out of one unit started; 1 where there is none.
    """

    kind: Labels  # (A) buy, make or move
    item: Labels  # (A)
    site: Labels  # (A)
    name: Labels  # (A)
    holds: Flags  # (A, T)
    open: Flags  # (A, T)
    lead: Ints  # (A, T) days
    cost: Floats  # (A, T) plan currency a unit
    rank: Ints  # (A, T)
    good: Floats  # (A, T)


def joined(*parts: Ways) -> Ways:
    """The ways of several kinds, one kind after the other."""
    return Ways(**{f.name: np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(Ways)})


def rates(company: Tables, *, horizon: Horizon) -> Dated:
    """Hours a good unit takes per item, site, route, resource and period."""
    return over_periods(company["rates"], key=["item", "site", "route", "resource"], horizon=horizon)


def make_ways(rows: Dated) -> tuple[Ways, Ints]:
    """A way for each route, with its yield: the product over its steps; its lead time: the longest of its steps.

    The second array says of each row of the table which way it is a step of.

    Example:
        >>> import datetime as dt
        >>> table = pl.DataFrame({"item": ["A", "A"], "site": ["P", "P"], "route": ["R", "R"], "resource": ["L", "M"],
        ...                       "yield_share": [0.9, None], "lead_time_days": [None, 5],
        ...                       "valid_from": [None, None], "valid_to": [None, None]},
        ...                      schema_overrides={"valid_from": pl.Date, "valid_to": pl.Date})
        >>> rows = Dated.of(table, [dt.date(2026, 1, 1)], ["item", "site", "route", "resource"])
        >>> ways, of_row = make_ways(rows)
        >>> ways.name.tolist(), ways.lead.tolist(), ways.good.tolist(), of_row.tolist()
        (['R'], [[5]], [[0.9]], [0, 0])
    """
    names = rows.table.select("item", "site", "route")
    way = names.select(pl.struct(names.columns).rle_id()).to_series().to_numpy().astype(np.int64)
    names = names[np.unique(way, return_index=True)[1]]
    shape, at = (len(names), rows.days), (way[rows.row], rows.t)
    good, lead = np.ones(shape), np.zeros(shape, dtype=np.int64)
    np.multiply.at(good, at, rows.values("yield_share", empty=1.0))
    np.maximum.at(lead, at, rows.values("lead_time_days", empty=0.0).astype(np.int64))
    holds = _placed(shape, at, values=True)
    made = Ways(
        **_labels("make", names), holds=holds, open=holds, lead=lead, cost=np.zeros(shape),
        rank=holds.astype(np.int64), good=good,
    )  # fmt: skip
    return made, way


def buy_ways(
    company: Tables, *, horizon: Horizon, rates: PlanRates, decided: tuple[SecondSource, ...]
) -> tuple[Ways, tuple[Finding, ...]]:
    """A way for each vendor item; closed where it needs a decision that was not taken.

    Raises:
        BadDifferenceError: if a second source was decided that no row offers.
    """
    rows = over_periods(table_or_empty(company, "vendor_items"), key=["item", "site", "vendor"], horizon=horizon)
    names = rows.table.select("item", "site", "vendor")
    is_open = ~rows.flags("needs_decision") | _chosen(names, decided)
    price = rows.values("price") * rates.of(rows.table["currency"], rows.row, rows.t)
    unknown = np.unique(rows.key[rows.row[np.isnan(price)]])
    findings = (attention_finding("vendor_price_unknown", prices=len(unknown)),) if len(unknown) else ()
    names = names[rows.heads]
    shape, at = (len(names), rows.days), (rows.key[rows.row], rows.t)
    bought = Ways(
        **_labels("buy", names),
        holds=_placed(shape, at, values=True),
        open=_placed(shape, at, values=is_open[rows.row]),
        lead=_placed(shape, at, values=rows.values("lead_time_days").astype(np.int64)),
        cost=_placed(shape, at, values=np.nan_to_num(price)),
        rank=_placed(shape, at, values=rows.values("rank", empty=1.0).astype(np.int64)),
        good=np.ones(shape),
    )
    return bought, findings


def _chosen(names: pl.DataFrame, decided: tuple[SecondSource, ...]) -> Flags:
    """Which rows of item, site and vendor were decided."""
    rows, wanted = names.rows(), [(d.item, d.site, d.vendor) for d in decided]
    for item, site, vendor in wanted:
        if (item, site, vendor) not in rows:
            raise BadDifferenceError(what=f"vendor {vendor!r} does not sell {item!r} to {site!r}")
    return np.array([row in wanted for row in rows], dtype=bool)


def move_ways(company: Tables, *, horizon: Horizon, cells: Pairs) -> Ways:
    """A way for each lane and item that has cells (item, site) at both ends; a lane of the item wins over the general.

    ``name`` is the site that it comes from.
    """
    rows = over_periods(table_or_empty(company, "lanes"), key=["from_site", "to_site", "item"], horizon=horizon)
    carried = _carried(rows.table, cells)
    names = sorted({label for label, _ in carried})
    place = {label: number for number, label in enumerate(names)}
    way, lane = np.array([(place[label], row) for label, row in carried], dtype=np.int64).reshape(-1, 2).T
    # the general lane of two sites stands before those of its items, which are written over it
    pair, t = np.nonzero(rows.holds[lane])
    row, shape, at = lane[pair], (len(names), rows.days), (way[pair], t)
    holds = _placed(shape, at, values=True)
    return Ways(
        **_labels("move", pl.DataFrame(names, schema=dict.fromkeys(("item", "site", "name"), pl.String), orient="row")),
        holds=holds,
        open=holds,
        lead=_placed(shape, at, values=rows.table["lead_time_days"].to_numpy()[row]),
        cost=_placed(shape, at, values=np.nan_to_num(rows.table["cost"].to_numpy())[row]),
        rank=holds.astype(np.int64),
        good=np.ones(shape),
    )


def _carried(lanes: pl.DataFrame, cells: Pairs) -> list[tuple[tuple[str, str, str], int]]:
    """What each lane may carry: (item, to, from) that has cells at both ends, and the lane's row."""
    there, at_site = set(cells), dict[str, list[str]]()
    for item, site in cells:
        at_site.setdefault(site, []).append(item)
    return [
        ((item, to, start), row)
        for row, (start, to, own) in enumerate(lanes.select("from_site", "to_site", "item").iter_rows())
        for item in at_site.get(start, ())
        if own in (None, item) and (item, to) in there
    ]


def _labels(kind: str, names: pl.DataFrame) -> dict[str, Labels]:
    item, site, name = (labels_of(column) for column in names.iter_columns())
    return {"kind": np.full(len(names), kind), "item": item, "site": site, "name": name}


def _placed(shape: tuple[int, int], at: tuple[Ints, Ints], *, values: npt.ArrayLike) -> npt.NDArray[Any]:
    """Values at their places, zero elsewhere."""
    found = np.zeros(shape, dtype=np.asarray(values).dtype)
    found[at] = values
    return found
