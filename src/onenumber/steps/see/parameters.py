"""Parameters beside what the facts say of them: rates, lead times, safety stocks and vendors, as far as one may see."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import polars as pl

from onenumber.cycle.phases import Phase
from onenumber.inventory.parameters import (
    FEWEST_ERRORS,
    FEWEST_RUNS,
    chance_of,
    in_steps,
    is_untrue,
    shown_rates,
    worked_out_stock,
)
from onenumber.measure.vendor import FEWEST_LINES
from onenumber.model.axis import SEPARATOR, Axis
from onenumber.model.contract.empty import table_or_empty
from onenumber.model.sheet import SheetKind
from onenumber.model.validity import latest_on
from onenumber.review.naming import name_of, names_in, place_name
from onenumber.rights.ask import Actor, mask, may, reads
from onenumber.rights.table import Figure
from onenumber.steps.frame.company_words import names_at
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import Glance, glance
from onenumber.steps.frame.in_force import in_force_up_to
from onenumber.steps.frame.unit_values import KEPT, Master
from onenumber.steps.see.stock_errors import FIRM, ItemErrors, errors_of
from onenumber.steps.see.vendors import VendorLine, vendors_shown
from onenumber.store.models import AmendmentRow, Cycle, SheetVersion

RATES, LEADS, STOCKS = "rates", "lead_times", "stocks"
TABLE_OF = {RATES: "rates", LEADS: "vendor_items", STOCKS: "item_sites"}
MOST_TARGET = 0.999
"""The highest service that a stock is worked out for: all of it would ask for no end of stock."""
NAMED_MOST = 12
"""Changes of parameters that are read at a glance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A row of master data: what is planned with, what the facts show, of how many, and what that means in money.

    ``offered`` is what accepting it writes; None where too few facts say anything, or it is not beside the plan.
    ``money`` is None where a price or cost is not known or not the person's to see; ``worked_out`` is a safety stock
    before it is taken in steps. ``key`` names the row as ``amend`` takes it. Of a safety
    stock ``target`` is the share of demand to be met from it, and ``kept_now`` and ``kept_shown`` are what the
    stock in force and the one worked out would have met in the past.
    """

    kind: str
    key: str
    name: str
    where: str
    site: str
    unit: str
    planned: float
    shown: float | None
    count: int
    needed: int
    money: float | None
    offered: float | None
    evidence: str = ""
    chance: float = 0.0
    target: float | None = None
    kept_now: float | None = None
    kept_shown: float | None = None

    @property
    def borne_out(self) -> bool:
        """Whether the past agrees with a safety stock: less would have been enough, or what is in force was not."""
        if self.target is None or self.shown is None or self.kept_now is None or self.kept_shown is None:
            return True
        return self.kept_shown >= self.target if self.shown < self.planned else self.kept_now < self.target

    @property
    def untrue(self) -> bool:
        """Whether the evidence is enough, and lies beside what is planned with."""
        if self.shown is None or self.count < self.needed or not self.borne_out:
            return False
        return is_untrue(planned=self.planned, shown=self.shown, chance=self.chance)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amended:
    """A parameter that somebody changed: what it is of, by names, what it was and is, from when, who and why."""

    table: str
    key: str
    before: float | None
    after: float
    since: dt.date | None
    person: str
    reason: str
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ParametersShown:
    """Every parameter by kind, those that are no longer true first by what they mean; ``may`` accept them she may.

    ``since`` is the first day from which a change counts: the cycle's data are frozen, so it is the next one's.
    """

    cycle: str
    currency: str
    since: dt.date
    may: bool
    part: bool
    kinds: Mapping[str, tuple[Parameter, ...]]
    vendors: tuple[VendorLine, ...]
    amended: tuple[Amended, ...]


def parameters_shown(context: Context, label: str = "") -> ParametersShown:
    """The parameters that the next cycle would plan with, beside the facts that this one froze.

    Raises:
        NotAllowedError: if she sees the volumes of no site.
        NoSheetError: if the cycle's data was not frozen.
    """
    look = glance(context)
    cycle = look.cycle(label)
    vendors = vendors_shown(look, label)
    frame, company = look.frame(cycle), look.company()
    index = min(cycle.index + 1, len(frame.calendar) - 1)
    seen = _Seen.of(look, cycle, company)
    found = (*_rates(look, cycle, seen), *_leads(look, cycle, seen, vendors.lines), *_stocks(look, cycle, seen))
    kinds = {kind: _in_order(one for one in found if one.kind == kind) for kind in TABLE_OF}
    return ParametersShown(
        cycle=cycle.label, currency=frame.currency, since=frame.calendar[index].start,
        may=may(look.actor, "set_parameter", phase=Phase(cycle.phase)), part=vendors.part, kinds=kinds,
        vendors=tuple(line for line in vendors.lines if not line.item), amended=amendments_of(look),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class UntrueRates:
    """Of the ``judged`` rates of a line those that are no longer true, and how far its pace is from theirs.

    ``beside`` is the mean of pace shown over pace planned, less 1: under 0 a line is slower than it is planned with.
    """

    count: int
    judged: int
    beside: float


def untrue_rates(context: Context, label: str = "") -> Mapping[str, UntrueRates]:
    """The lines with rates that :func:`parameters_shown` calls untrue, by their key; those of sites that she sees."""
    look = glance(context)
    cycle = look.cycle(label)
    load, company = look.version(SheetKind.LOAD, None), look.company_version()
    if load is None or company is None or look.version(SheetKind.LOAD, cycle) is None:
        return {}
    rows = _shown_rates(_master(look, load), _master(look, company), look.frame(cycle).calendar[cycle.index].end)
    sites = sorted(_sites(look.actor, look.company()))
    rows = rows.filter(pl.col("shown").is_not_null() & (pl.col("runs") >= FEWEST_RUNS) & pl.col("site").is_in(sites))
    found: dict[str, list[tuple[float, float]]] = {}
    for line, planned, shown in rows.sort("resource", "item").select("resource", "planned", "shown").iter_rows():
        found.setdefault(line, []).append((planned, shown))
    untrue = {line: [one for one in all_ if is_untrue(planned=one[0], shown=one[1])] for line, all_ in found.items()}
    return {
        line: UntrueRates(
            count=len(some), judged=len(found[line]),
            beside=sum(planned / shown - 1 if shown else 0.0 for planned, shown in some) / len(some),
        )
        for line, some in untrue.items() if some
    }  # fmt: skip


def amendments_of(context: Context) -> tuple[Amended, ...]:
    """The last parameters that somebody changed, the newest first; to who plans the whole company."""
    if not context.actor.plans_all:
        return ()
    rows = AmendmentRow.objects.filter(plan=context.plan).order_by("-pk")[:NAMED_MOST]
    names, places = (context.names(), names_at(context)) if rows else ({}, {})
    return tuple(
        Amended(
            table=row.table, key=", ".join(place_name(one, places) for one in row.key.split(SEPARATOR)),
            before=row.before, after=row.after, since=row.since,
            person=names.get(row.person, row.person), reason=row.reason, at=row.at,
        )
        for row in rows
    )  # fmt: skip


def _in_order(found: Iterable[Parameter]) -> tuple[Parameter, ...]:
    return tuple(sorted(found, key=lambda one: (not one.untrue, -abs(one.money or 0.0), -_beside(one), one.key)))


def _beside(one: Parameter) -> float:
    return abs((one.shown or 0.0) / one.planned - 1) if one.planned and one.shown is not None else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """Which sites the person sees in volumes and in costs, what items are called, and the plan in force by item."""

    company: Mapping[str, pl.DataFrame]
    sites: frozenset[str]
    costed: bool
    names: Mapping[str, str]
    units: Mapping[str, str]
    published: Mapping[str, pl.DataFrame]
    first: int
    year: int

    @classmethod
    def of(cls, look: Glance, cycle: Cycle, company: Mapping[str, pl.DataFrame]) -> "_Seen":
        items = company["items"]
        plan = in_force_up_to(look.plan, cycle.index)
        return cls(
            company=company, sites=_sites(look.actor, company), costed=reads(look.actor, Figure.COST) and
            look.actor.plans_all, names=names_in(company),
            units=dict(items.select("item", "unit").iter_rows()),
            published={} if plan is None else look.versions.get(plan.content).tables, first=cycle.index + 1,
            year=look.frame(cycle).calendar.periods_a_year,
        )  # fmt: skip

    def ahead(self, table: str, *by: str) -> dict[tuple[str, ...], float]:
        """What the plan in force makes or buys in the periods ahead, by its labels."""
        if table not in self.published:
            return {}
        rows = self.published[table].filter(pl.col("period").is_between(self.first, self.first + self.year - 1))
        sums = rows.group_by(*by).agg(pl.col("quantity").sum())
        return {tuple(row[:-1]): row[-1] for row in sums.iter_rows()}


def _sites(actor: Actor, company: Mapping[str, pl.DataFrame]) -> frozenset[str]:
    sites = np.array(company["sites"]["site"].sort().to_list(), dtype=np.str_)
    return frozenset(sites[mask(actor, Figure.VOLUME, axis=Axis("site", sites, {"site": sites}))].tolist())


def _rates(look: Glance, cycle: Cycle, seen: _Seen) -> Iterable[Parameter]:
    """Each rate; money is what the hours that the plan lacks cost as the cheapest overtime of the line."""
    load, company = look.version(SheetKind.LOAD, None), look.company_version()
    if load is None or company is None:
        return
    facts, master = _master(look, load), _master(look, company)
    overtime = table_or_empty(seen.company, "overtime").group_by("resource").agg(pl.col("cost_per_hour").min())
    hour, ahead = dict(overtime.iter_rows()), seen.ahead("production", "item", "site")
    for row in _shown_rates(facts, master, look.frame(cycle).calendar[cycle.index].end).iter_rows(named=True):
        if row["site"] in seen.sites:
            yield _rate(row, seen, hour, ahead)


def _rate(
    row: Mapping[str, Any], seen: _Seen, hour: Mapping[str, float], ahead: Mapping[tuple[str, ...], float]
) -> Parameter:
    shown, planned, enough = row["shown"], row["planned"], row["runs"] >= FEWEST_RUNS
    units, price = ahead.get((row["item"], row["site"])), hour.get(row["resource"])
    known = seen.costed and None not in (shown, units, price)
    beside, site = enough and is_untrue(planned=planned, shown=shown), name_of("site", row["site"], seen.names)
    return Parameter(
        kind=RATES, key=SEPARATOR.join(row[name] for name in ("item", "site", "route", "resource")),
        name=name_of("item", row["item"], seen.names),
        where=f"{name_of('resource', row['resource'], seen.names)}, {site}", site=site, unit="h", planned=planned,
        shown=shown, count=row["runs"], needed=FEWEST_RUNS,
        money=(shown - planned) * (units or 0.0) * (price or 0.0) if known else None,
        offered=round(shown, 4) if beside else None,
    )  # fmt: skip


@lru_cache(maxsize=KEPT)
def _shown_rates(facts: Master, company: Master, until: dt.date) -> pl.DataFrame:
    production = table_or_empty(facts.tables, "production")
    return shown_rates(production=production, company=company.tables, until=until)


def _master(look: Glance, version: SheetVersion) -> Master:
    return Master(version.content, look.versions.get(version.content).tables)


def _leads(look: Glance, cycle: Cycle, seen: _Seen, lines: tuple[VendorLine, ...]) -> Iterable[Parameter]:
    """Each offer; money is what must be on its way earlier, at its price.

    Shown is the vendor's mean of the last quarter where it has enough lines, lies over what is planned and over the
    year's median of the item: a lead time that drifts is not its median. Else it is the item's median of the year.
    """
    day = look.frame(cycle).calendar[cycle.index].end
    offers = latest_on(table_or_empty(seen.company, "vendor_items"), day, ["vendor", "item", "site"])
    now = {(row["vendor"], row["item"], row["site"]): row for row in offers.iter_rows(named=True)}
    lately = {line.vendor: line.figures for line in lines if not line.item}
    need = seen.ahead("purchases", "vendor", "item", "site")
    span = look.frame(cycle).calendar
    days = (span[min(seen.first + seen.year, len(span)) - 1].end - span[min(seen.first, len(span) - 1)].start).days
    for line in lines:
        key = (line.vendor, line.item, line.site)
        if line.item and key in now:
            yield _lead(line, now[key], lately.get(line.vendor, {}), need.get(key, 0.0) / days, seen)


def _lead(
    line: VendorLine, offer: Mapping[str, Any], lately: Mapping[str, float | None], daily: float, seen: _Seen
) -> Parameter:
    median, drift, recent = line.figures["lead_p50"], lately.get("lead_recent"), lately.get("recent") or 0
    planned = float(offer["lead_time_days"])
    drifts = median is not None and drift is not None and drift > median and is_untrue(planned=planned, shown=drift)
    shown, count = (drift, int(recent)) if drifts else (median, int(line.figures["came"] or 0))
    beside = shown is not None and count >= FEWEST_LINES and is_untrue(planned=planned, shown=shown)
    site = name_of("site", line.site, seen.names)
    return Parameter(
        kind=LEADS, key=SEPARATOR.join((line.vendor, line.item, line.site)),
        name=name_of("item", line.item, seen.names),
        where=f"{line.name} ({line.vendor}), {site}", site=site, unit="days", planned=planned, shown=shown, count=count,
        needed=FEWEST_LINES,
        money=(shown - planned) * daily * offer["price"] if seen.costed and shown is not None else None,
        offered=float(round(shown)) if beside and shown is not None else None,
        evidence="recent" if drifts else "median",
    )  # fmt: skip


def _stocks(look: Glance, cycle: Cycle, seen: _Seen) -> list[Parameter]:
    """Each product kept in stock at one site; money is what the change of stock is worth at standard cost.

    Of what is kept at several nobody forecast how much each is asked for, so there is no error to work with.
    """
    span = look.frame(cycle).calendar[cycle.index]
    rows = latest_on(table_or_empty(seen.company, "item_sites"), span.end, ["item", "site"])
    alone = pl.len().over("item") == 1
    kept = rows.filter(alone & (pl.col("policy") == "make_to_stock") & pl.col("service_target").is_not_null())
    known = errors_of(look, cycle)
    mine = [row for row in kept.iter_rows(named=True) if row["site"] in seen.sites and row["item"] in known]
    rates = latest_on(table_or_empty(seen.company, "rates"), span.end, ["item", "site", "route", "resource"])
    lead = dict(rates.group_by("item").agg(pl.col("lead_time_days").max()).iter_rows())
    costs = latest_on(table_or_empty(seen.company, "costs"), span.end, ["item"])
    cost = dict(costs.select("item", "standard_cost").iter_rows())
    days = (span.end - span.start).days
    worked_out = worked_out_stock(
        mean=np.array([known[row["item"]].mean for row in mine]),
        sigma=np.array([known[row["item"]].sigma for row in mine]),
        lead=np.array([(lead.get(row["item"]) or 0) / days for row in mine]),
        target=np.array([min(row["service_target"], MOST_TARGET) for row in mine]),
        firm=FIRM,
    )
    return [
        _stock(row, float(shown), known[row["item"]], cost.get(row["item"]), seen)
        for row, shown in zip(mine, worked_out.tolist(), strict=True)
    ]


def _stock(row: Mapping[str, Any], shown: float, errors: ItemErrors, cost: float | None, seen: _Seen) -> Parameter:
    count, now = errors.count, float(row["safety_stock"] or 0.0)
    chance = chance_of(count, over=FIRM + 1)
    beside = count >= FEWEST_ERRORS and is_untrue(planned=now, shown=shown, chance=chance)
    offered = float(round(in_steps(now=now, worked_out=shown))) if beside else None
    change = (offered if offered is not None else now) - now
    return Parameter(
        kind=STOCKS, key=SEPARATOR.join((row["item"], row["site"])), name=name_of("item", row["item"], seen.names),
        where=(site := name_of("site", row["site"], seen.names)), site=site,
        unit=seen.units.get(row["item"], ""), planned=now, shown=shown, count=count, needed=FEWEST_ERRORS,
        money=change * cost if seen.costed and cost is not None else None, offered=offered, chance=chance,
        target=row["service_target"], kept_now=errors.kept(now), kept_shown=errors.kept(shown),
    )  # fmt: skip
