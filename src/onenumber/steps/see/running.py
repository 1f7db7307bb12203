"""The running month: orders, shipments, production and receipts to date against the plan in force, as one may see."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import polars as pl

from onenumber.measure.pace import landing
from onenumber.model.axis import Axis
from onenumber.model.finding import Finding
from onenumber.model.plan import PlanFrame
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.review.ground import Ground
from onenumber.review.running import (
    MEASURES,
    ORDERS,
    PRODUCTION,
    RECEIPTS,
    SHIPMENTS,
    loaded_until,
    made_table,
    sold_table,
)
from onenumber.rights.ask import Actor, mask, reads, refused_reading
from onenumber.rights.roles import reads_customers
from onenumber.rights.table import Figure
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.days import week_at
from onenumber.steps.frame.glance import Glance, cycle_earlier, glance
from onenumber.steps.frame.in_force import in_force_in
from onenumber.steps.frame.unit_values import Master
from onenumber.steps.see.actions import open_actions
from onenumber.steps.see.broken import broken_of
from onenumber.steps.see.sent_back import sent_back_shown
from onenumber.steps.see.since import since_of
from onenumber.store.models import Answer, Cycle, SheetVersion

PACED = (SHIPMENTS, PRODUCTION)
"""What goes on every working day; orders come ahead of their month, and receipts when they were confirmed."""
KEPT = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """A measure of one place and unit: planned (None: no plan in force), to date, and where it lands at this pace.

    ``place`` is a division of what is sold, a site of what is made and received. ``to_date`` is None where no fact of
    the month was loaded; ``days`` is what came on each day so far.
    """

    measure: str
    place: str
    name: str
    unit: str
    planned: float | None
    to_date: float | None
    landing: float | None
    days: tuple[tuple[dt.date, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionDue:
    """What an owner promised to do, and by when: in a meeting, or (``meeting`` is empty) when she answered.

    ``late``: its day has passed. ``number`` is that of a meeting's action which is hers to close; None for any other.
    """

    owner: str
    action: str
    due: dt.date
    meeting: str = ""
    late: bool = False
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningShown:
    """The month of a cycle so far.

    ``until`` is the newest day that any fact of the month is of (None: none was loaded), ``gone`` of its ``days``
    working days lie up to it; ``last`` says it per measure. ``plan_of`` is the cycle whose published plan is in force;
    ``broken`` tells of the months that orders since the freeze break, and ``loaded`` whether anything was loaded since
    it, so that orders could show. ``plants`` are hers by name where what is made and received is of them only, and what
    is ordered and shipped of the company. ``actions`` are of everybody for who plans all (``of_all``), else her own.
    """

    cycle: str
    end: dt.date
    until: dt.date | None
    gone: int
    days: int
    last: dict[str, dt.date]
    plan_of: str
    part: bool
    rows: tuple[Going, ...]
    since: Finding | None
    loaded: bool
    actions: tuple[ActionDue, ...]
    of_all: bool
    owed: tuple[Finding, ...]
    broken: tuple[Finding, ...] = ()
    plants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class _Whole:
    """All of a month, of nobody in particular."""

    sold: pl.DataFrame
    made: pl.DataFrame
    last: dict[str, dt.date]


def running_month(context: Context, label: str = "") -> RunningShown:
    """The month of a cycle so far; of the newest if none is named.

    Raises:
        NotAllowedError: if she sees no volume.
    """
    if not reads(context.actor, Figure.VOLUME):
        reason = "their roles see no figure of a plan"
        raise refused_reading(context.actor, "see the running month", figure=Figure.VOLUME, whole=False, reason=reason)
    look = glance(context)
    cycle = look.cycle(label)
    company, load = look.company_version(cycle), look.version(SheetKind.LOAD, None)
    frame, published = look.frame(cycle), in_force_in(look.plan, cycle.index)
    span, week = frame.calendar[cycle.index], week_at(look, cycle)
    whole = _Whole(sold=pl.DataFrame(), made=pl.DataFrame(), last={})
    if company is not None and load is not None:
        masters = (_master(look, company), _master(look, load))
        whole = _whole(masters, None if published is None else _master(look, published), frame, cycle.index)
    until = max(whole.last.values(), default=None)
    gone = week.count(span.start, until + dt.timedelta(days=1)) if until else 0
    days = week.count(span.start, span.end)
    made, sold = _seen_sites(look.actor, whole.made), _seen_streams(look.actor, whole.sold)
    names = _names(look, cycle)
    on_record = published is not None
    rows = [
        _going(part, measure, place, names, known=on_record or measure == RECEIPTS)
        for measure, place, part in _parts(sold, made)
    ]
    rows = [_paced(row, whole.last, gone, days) for row in rows]
    since, order = since_of(look, cycle), [*MEASURES]
    rows.sort(key=lambda row: (order.index(row.measure), row.name, row.unit))
    return RunningShown(
        cycle=cycle.label, end=span.end - dt.timedelta(days=1), until=until, gone=gone, days=days, last=whole.last,
        plan_of=published.cycle.label if published is not None and published.cycle is not None else "",
        part=len(sold) < len(whole.sold) or len(made) < len(whole.made), rows=tuple(rows),
        since=None if since is None else since.finding, loaded=_loaded_since(look, cycle, load),
        of_all=look.actor.plans_all,
        broken=tuple(one.finding for one in broken_of(look, cycle)), actions=_actions(look, cycle),
        plants=_plants(look.actor, made, names),
        owed=sent_back_shown(look, cycle.label),
    )  # fmt: skip


def _master(look: Glance, version: SheetVersion) -> Master:
    return Master(version.content, look.versions.get(version.content).tables)


@lru_cache(maxsize=KEPT)
def _whole(masters: tuple[Master, Master], published: Master | None, frame: PlanFrame, cycle: int) -> _Whole:
    """Worked out once in a process: none of the sheets ever changes."""
    company, load = (one.tables for one in masters)
    ground = Ground(company=company, load=load, frame=frame, cycle=cycle)
    sheet = None if published is None else Sheet(kind=SheetKind.PUBLISHED_PLAN, tables=published.tables)
    return _Whole(sold=sold_table(sheet, ground), made=made_table(sheet, ground), last=loaded_until(ground))


def _seen_streams(actor: Actor, table: pl.DataFrame) -> pl.DataFrame:
    if not len(table):
        return table
    unique = table.select("stream", "division", "patch", "item").unique("stream", keep="first").sort("stream")
    names = {name: np.array(unique[name].fill_null("").to_list(), dtype=np.str_) for name in unique.columns}
    axis = Axis("stream", names.pop("stream"), names)
    return table.filter(pl.col("stream").is_in(axis.keys[mask(actor, Figure.VOLUME, axis=axis)].tolist()))


def _seen_sites(actor: Actor, table: pl.DataFrame) -> pl.DataFrame:
    if not len(table):
        return table
    sites = np.array(table["site"].unique().sort().to_list(), dtype=np.str_)
    axis = Axis("site", sites, {"site": sites})
    return table.filter(pl.col("site").is_in(sites[mask(actor, Figure.VOLUME, axis=axis)].tolist()))


def _plants(actor: Actor, made: pl.DataFrame, names: Mapping[str, str]) -> tuple[str, ...]:
    """The plants of who reads by plant only, by name."""
    if reads_customers(actor.roles) or not len(made):
        return ()
    return tuple(names.get(site, site) for site in made["site"].unique().sort().to_list())


def _parts(sold: pl.DataFrame, made: pl.DataFrame) -> Iterator[tuple[str, str, pl.DataFrame]]:
    """Each measure by place and unit."""
    for measure in MEASURES:
        table, place = (sold, "division") if measure in (ORDERS, SHIPMENTS) else (made, "site")
        if len(table):
            mine = table.filter(pl.col("measure") == measure)
            for _, part in mine.group_by(place, "unit", maintain_order=True):
                yield measure, place, part


def _going(part: pl.DataFrame, measure: str, place: str, names: Mapping[str, str], *, known: bool) -> Going:
    """``known``: whether anything says what was to come."""
    label, came = part[place][0], part.filter(pl.col("date").is_not_null())
    days = came.group_by("date").agg(pl.col("quantity").sum()).sort("date")
    planned = float(part.filter(pl.col("date").is_null())["quantity"].sum())
    return Going(
        measure=measure, place=label, name=names.get(label, label), unit=part["unit"][0],
        planned=planned if known else None, to_date=float(came["quantity"].sum()), landing=None,
        days=tuple(days.iter_rows()),
    )  # fmt: skip


def _paced(row: Going, last: Mapping[str, dt.date], gone: int, days: int) -> Going:
    """With where it lands; orders of the month come before it, anything else is unknown until something was loaded."""
    if row.measure not in last and row.measure != ORDERS:
        return replace(row, to_date=None)
    paced = row.measure in PACED and row.to_date is not None
    return replace(row, landing=landing(to_date=row.to_date or 0.0, gone=gone, days=days) if paced else None)


def _names(look: Glance, cycle: Cycle) -> dict[str, str]:
    company = look.company(cycle)
    tables = [(name, key) for name, key in (("divisions", "division"), ("sites", "site")) if name in company]
    return {key: name for table, kind in tables for key, name in company[table][[kind, "name"]].rows()}


def _loaded_since(look: Glance, cycle: Cycle, load: SheetVersion | None) -> bool:
    """Whether anything was loaded after the cycle froze what it had."""
    frozen = look.version(SheetKind.LOAD, cycle)
    return load is not None and frozen is not None and load.pk > frozen.pk


def _actions(look: Glance, cycle: Cycle) -> tuple[ActionDue, ...]:
    """What is due in the month or before it: actions of meetings not done, and what was promised with an answer."""
    end = look.frame(cycle).calendar[cycle.index].end
    hers, every = look.actor.stands_for, look.actor.plans_all
    agreed = [row for row in open_actions(look, cycle) if row.due < end]
    found: list[tuple[str, str, dt.date, str, int | None]] = [
        *((row.owner, row.text, row.due, row.meeting, row.pk) for row in agreed),
        *((*one, None) for one in _answered(look, cycle, end)),
    ]
    kept = [one for one in found if every or one[0] in hers]
    names = look.names() if kept else {}
    return tuple(
        ActionDue(
            owner=names.get(owner, owner), action=text, due=due, meeting=meeting, late=due < look.today,
            number=number if owner in hers else None,
        )
        for owner, text, due, meeting, number in sorted(kept, key=lambda one: one[2])
    )  # fmt: skip


def _answered(look: Glance, cycle: Cycle, end: dt.date) -> list[tuple[str, str, dt.date, str]]:
    """What was promised for the month or before it by whoever answered in this cycle or the one before, once each."""
    before = cycle_earlier(look, cycle)
    rows = Answer.objects.filter(plan=look.plan, cycle__in=[one.pk for one in (before, cycle) if one is not None])
    due = rows.filter(due__isnull=False, due__lt=end).exclude(action="").order_by("due", "pk")
    found = [(row.person, row.action, row.due, "") for row in due if row.due is not None]
    return list(dict.fromkeys(found))
