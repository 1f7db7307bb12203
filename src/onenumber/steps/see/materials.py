"""What each bought material has, gets and needs; when it runs short, who sells it, and who waits for it."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
import polars as pl

from onenumber.errors import NoSheetError
from onenumber.model.axis import SEPARATOR
from onenumber.model.period import Calendar
from onenumber.model.validity import valid_on
from onenumber.review import reach
from onenumber.review.naming import name_of
from onenumber.rights.roles import reads_papers
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.gates import ESCALATED
from onenumber.steps.frame.glance import glance
from onenumber.steps.see.causes import Cause, PaperAbout, Passed, papers_about, passed_in
from onenumber.steps.see.line_load import EPSILON
from onenumber.steps.see.line_opened import GoesShort, goes_short
from onenumber.steps.see.order_ground import Asked, waited_for
from onenumber.steps.see.planned import Planned, planned_if_any
from onenumber.steps.see.vendors import vendors_shown

Cell = tuple[str, str]
Stand = TypeVar("Stand", Passed, PaperAbout)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seller:
    """A vendor of a material by rank, with the days that are planned; ``decided``: using it needs a decision.

    ``lately`` are the days that it took in the last quarter, where that is notably more. ``limit`` is the most that it
    delivers in a period, of the item or, ``together``, of all its items; None where it has no limit. ``until`` is the
    last period of that, empty where no end is known.
    """

    vendor: str
    name: str
    lead_days: int | None
    decided: bool
    lately: float | None = None
    limit: float | None = None
    together: bool = False
    until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """A month of a material: what comes, what is used, what is left, and the safety stock."""

    period: str
    receipts: float
    need: float
    stock: float
    safety: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """A bought item at a plant by month; ``state`` says why it stands here.

    ``opening`` is its stock when the plan begins; ``first_low`` the month in which it is first under its safety stock,
    ``first_short`` that in which it first holds something back; empty where there is none. ``causes`` are
    what the plan names the shortages by: its cell, or the vendor that delivers no more.
    """

    item: str
    name: str
    site: str
    site_name: str
    unit: str
    opening: float
    state: str
    first_low: str
    first_short: str
    months: tuple[Supply, ...]
    sellers: tuple[Seller, ...]
    short: tuple[GoesShort, ...]
    short_units: float
    causes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialsSeen:
    """The materials that hold something back or run low, the most urgent first; how many are well.

    ``passed`` and ``papers`` say by cause where a shortage stands, papers to who reads them. ``asked`` are the
    materials that open orders wait for, as far as the facts tell by day ``known``.
    """

    of: str
    stage: str
    own: bool
    materials: tuple[Material, ...]
    well: int
    passed: Mapping[str, Passed] = field(default_factory=dict)
    papers: Mapping[str, PaperAbout] = field(default_factory=dict)
    asked: tuple[Asked, ...] = ()
    known: dt.date | None = None


def materials_seen(context: Context, label: str = "") -> MaterialsSeen | None:
    """The materials of the plants that the person sees; None before anything was planned.

    Raises:
        NotAllowedError: if she reads what no line does.
    """
    look = glance(context)
    plan = planned_if_any(look, look.cycle(label))
    if plan is None:
        return None
    stock = plan.sheet.cube("stock")
    bought = (stock.axis.attributes["kind"] == "bought") & plan.hers(stock.axis)
    cells = _Cells.of(plan)
    found = [_material(plan, int(row), cells) for row in np.flatnonzero(bought)]
    told = [one for one in found if one.state != "well"]
    told.sort(key=lambda one: (one.state != "short", one.first_short or one.first_low, -one.short_units, one.item))
    causes = any(one.causes for one in told)
    orders = waited_for(look, look.cycle(label), {one.item for one in found})
    return MaterialsSeen(
        of=plan.cycle.label, stage=plan.version.stage, own=plan.own, materials=tuple(told), well=len(found) - len(told),
        passed=_of_shortages(passed_in(look, plan.cycle)) if causes else {},
        papers=_of_shortages(papers_about(look, plan.cycle)) if causes and reads_papers(look.actor) else {},
        asked=orders.materials, known=orders.known,
    )  # fmt: skip


def _of_shortages(known: Mapping[Cause, Stand]) -> dict[str, Stand]:
    """Of what stands of every cause that of shortages, by what the plan names it."""
    return {subject: one for (code, subject), one in known.items() if code == ESCALATED}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cells:
    """Sellers and shortages of each material at its plant, and the names of things."""

    sellers: Mapping[Cell, tuple[Seller, ...]]
    short: Mapping[Cell, pl.DataFrame]
    names: Mapping[str, str]

    @classmethod
    def of(cls, plan: Planned) -> "_Cells":
        return cls(sellers=_sellers(plan), short=_short(plan), names=plan.names)


def _sellers(plan: Planned) -> dict[Cell, tuple[Seller, ...]]:
    rows = valid_on(plan.table("vendor_items"), plan.frame.calendar[plan.cycle.index].start)
    names, found, lately, limits = plan.names, dict[Cell, list[Seller]](), _lately(plan), _limits(plan)
    for row in rows.sort("item", "site", "rank", "vendor").iter_rows(named=True):
        own = limits.get((row["vendor"], row["item"]))
        most, until = own or limits.get((row["vendor"], ""), (None, ""))
        seller = Seller(
            vendor=row["vendor"], name=names.get(f"vendor:{row['vendor']}", row["vendor"]),
            lead_days=row["lead_time_days"], decided=bool(row["needs_decision"]), lately=lately.get(row["vendor"]),
            limit=most, together=own is None and most is not None, until=until,
        )  # fmt: skip
        found.setdefault((row["item"], row["site"]), []).append(seller)
    return {cell: tuple(sellers) for cell, sellers in found.items()}


def _limits(plan: Planned) -> Mapping[Cell, tuple[float | None, str]]:
    """The most that each vendor delivers in a period and the last of them: by vendor and item, empty for all items."""
    calendar = plan.frame.calendar
    rows = valid_on(plan.table("vendor_limits"), calendar[plan.since].start)
    return {
        (vendor, item or ""): (most, _last_before(end, calendar))
        for vendor, item, most, end in rows.select("vendor", "item", "quantity", "valid_to").iter_rows()
    }


def _last_before(end: dt.date | None, calendar: Calendar) -> str:
    """The last period that begins before a day; empty where there is no day, or none that the calendar knows."""
    if end is None or end >= calendar[len(calendar) - 1].end:
        return ""
    return calendar[calendar.index_of(end - dt.timedelta(days=1))].label


def _lately(plan: Planned) -> Mapping[str, float | None]:
    """The days that each vendor lately took who takes notably longer than planned."""
    try:
        lines = vendors_shown(plan.look, plan.cycle.label).lines
    except NoSheetError:
        return {}
    return {one.vendor: one.figures["lead_recent"] for one in lines if not one.item and one.over_plan}


def _short(plan: Planned) -> dict[Cell, pl.DataFrame]:
    """What is short for each material: by its cell, or by a vendor that sells it and has reached its limit."""
    axis = plan.sheet.cube("demand").axis
    streams = pl.DataFrame(
        {name: axis.attributes[name].tolist() for name in ("item", "planning_customer")}
        | {"stream": axis.keys.tolist()}
    )
    rows = plan.sheet.table("shortages").join(streams, on="stream", how="left", maintain_order="left")
    rows = rows.filter(pl.col("period") >= plan.since)
    cells = plan.sheet.cube("stock").axis
    keys = cells.keys[cells.attributes["kind"] == "bought"].tolist()
    bought = pl.DataFrame({"cell": keys}, schema={"cell": pl.String})  # nothing may be bought at all
    own = rows.with_columns(pl.col("cause_at").alias("cell"))
    held = pl.concat([own, _at_vendors(plan, rows)]).join(bought, on="cell", how="semi", maintain_order="left")
    return {_cell(str(at)): part for (at,), part in held.group_by("cell", maintain_order=True)}


def _at_vendors(plan: Planned, rows: pl.DataFrame) -> pl.DataFrame:
    """What is short as a vendor delivers no more, by the cell of each limited item of hers that it needs."""
    sold = valid_on(plan.table("vendor_items"), plan.frame.calendar[plan.cycle.index].start)
    limits = plan.table("vendor_limits").select("vendor", pl.col("item").alias("limited")).unique()
    sold = sold.join(limits, on="vendor", how="inner").filter(
        pl.col("limited").fill_null(pl.col("item")) == pl.col("item")
    )
    sold = sold.select(
        "vendor", pl.col("item").alias("needs"), pl.format("{}|{}", "item", "site").alias("cell")
    ).unique()
    parts = reach.components(plan.ground).select("item", "needs")
    at_vendor = rows.filter(pl.col("cause") == "vendor_limit").with_columns(pl.col("cause_at").alias("vendor"))
    found = at_vendor.join(parts, on="item", how="inner", maintain_order="left")
    found = found.join(sold, on=["vendor", "needs"], how="inner", maintain_order="left").sort(
        "stream", "period", "cell"
    )
    return found.select(*rows.columns, "cell")


def _cell(key: str) -> Cell:
    item, _, site = key.partition(SEPARATOR)
    return item, site


def _material(plan: Planned, row: int, cells: _Cells) -> Material:
    stock = plan.sheet.cube("stock")
    names = stock.axis.attributes
    cell = (str(names["item"][row]), str(names["site"][row]))
    months = tuple(_months(plan, row))
    short = cells.short.get(cell)
    waits = tuple(goes_short(plan, short)) if short is not None else ()
    first = "" if short is None else plan.label(min(short["cause_period"].drop_nulls().to_list() or [stock.first]))
    low = next((one.period for one in months if one.stock < one.safety - EPSILON), "")
    opening = months[0].stock + months[0].need - months[0].receipts if months else 0.0
    return Material(
        item=cell[0], name=cells.names.get(f"item:{cell[0]}", cell[0]), site=cell[1],
        site_name=name_of("site", cell[1], cells.names), unit=str(names["unit"][row]), opening=opening,
        state="short" if waits else "low" if low else "well", first_low=low, first_short=first,
        months=months, sellers=cells.sellers.get(cell, ()), short=waits,
        short_units=sum(one.quantity for one in waits),
        causes=() if short is None else tuple(short["cause_at"].unique().sort().to_list()),
    )  # fmt: skip


def _months(plan: Planned, row: int) -> Iterator[Supply]:
    cube = plan.sheet.cube
    stock = cube("stock")
    receipts = cube("purchases").values[row] + cube("transfer_in").values[row]
    need = cube("used").values[row] + cube("outflow").values[row] + cube("transfer_out").values[row]
    for t in range(plan.since - stock.first, stock.periods):
        yield Supply(
            period=plan.label(stock.first + t), receipts=float(receipts[t]), need=float(need[t]),
            stock=float(stock.values[row, t]), safety=float(cube("safety_stock").values[row, t]),
        )  # fmt: skip
