"""How vendors kept their dates, from the facts and offers that a cycle froze, as far as one may see."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import polars as pl

from onenumber.errors.rights import NotAllowedError
from onenumber.errors.store import NoSheetError
from onenumber.inventory.scorecard import FIGURES, Window, missing_facts, vendor_scorecard
from onenumber.measure.vendor import FEWEST_LINES
from onenumber.model.axis import Axis
from onenumber.model.contract.empty import table_or_empty
from onenumber.model.finding import Finding, Severity, Value
from onenumber.model.period import Calendar
from onenumber.model.sheet import SheetKind
from onenumber.rights.ask import Actor, mask
from onenumber.rights.table import Figure
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.reading import MADE_BY
from onenumber.steps.frame.unit_values import KEPT, Master
from onenumber.steps.see.sheets import SheetLine
from onenumber.store.models import Cycle, SheetVersion
from onenumber.store.plans import find_cycle

BESIDE = (SheetKind.HISTORY.value, SheetKind.REVIEW.value)
"""Sheets whose pages show the vendors: where the facts are looked at, and what planners bring to the meeting."""
COUNTED = {"on_time_reason": "lines", "lead_reason": "came", "recent_reason": "recent"}
"""The sample that is too small where such a reason stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VendorLine:
    """A vendor (``item`` empty) or one item that it sells to a site: figures of the scorecard, and why one is None."""

    vendor: str
    name: str
    item: str
    site: str
    unit: str
    over_plan: bool
    figures: Mapping[str, float | None]
    why: Mapping[str, Finding]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vendors:
    """Every vendor in the order of its key with its items behind it, and what they say in one sentence.

    The days scored are [since, until), ``recent`` begins their last part. ``part`` where some sites are not hers.
    """

    since: dt.date
    recent: dt.date
    until: dt.date
    part: bool
    says: Finding
    lines: tuple[VendorLine, ...]


def vendors_shown(context: Context, label: str = "") -> Vendors:
    """The vendors of a cycle, the newest if none is named.

    Raises:
        NotAllowedError: if she sees the volumes of no site.
        NoSheetError: if the cycle's data was not frozen.
    """
    cycle = find_cycle(context.plan, label)
    found = [context.version(kind, cycle) for kind in (SheetKind.LOAD, SheetKind.COMPANY)]
    load, company = found
    if load is None or company is None:
        raise NoSheetError(kind="load", cycle=cycle.label, step=MADE_BY[SheetKind.LOAD])
    facts, master = (Master(one.content, context.versions.get(one.content).tables) for one in (load, company))
    shown = _shown(context.actor, facts, master, context.frame(cycle).calendar, cycle.index)
    if shown is None:
        reason = "their roles see no plant"
        raise NotAllowedError(person=context.actor.called, verb="see vendors", where="", reason=reason)
    return shown


def vendors_said(context: Context, cycle: Cycle) -> Finding | None:
    """What the vendors of a cycle say in one sentence; None where none is hers, or its data was not frozen."""
    load, company = (context.version(kind, cycle) for kind in (SheetKind.LOAD, SheetKind.COMPANY))
    if load is None or company is None:
        return None
    facts, master = (Master(one.content, context.versions.get(one.content).tables) for one in (load, company))
    shown = _shown(context.actor, facts, master, context.frame(cycle).calendar, cycle.index)
    return shown.says if shown is not None and shown.lines else None


def vendors_beside(context: Context, line: SheetLine) -> Vendors | None:
    """The vendors by the facts that a History or Review was made from; None beside other sheets, or where none is hers.

    None also where the company has no vendors at all.
    """
    made_from = {parent.kind: parent.content for parent in line.parents}
    needed = (SheetKind.LOAD.value, SheetKind.COMPANY.value)
    row = SheetVersion.objects.select_related("cycle").get(pk=line.pk)
    if line.kind not in BESIDE or row.cycle is None or not made_from.keys() >= set(needed):
        return None
    facts, master = (Master(made_from[kind], context.versions.get(made_from[kind]).tables) for kind in needed)
    shown = _shown(context.actor, facts, master, context.frame(row.cycle).calendar, row.cycle.index)
    return shown if shown is not None and shown.lines else None


def _shown(actor: Actor, facts: Master, company: Master, calendar: Calendar, cycle: int) -> Vendors | None:
    sites = np.array(company.tables["sites"]["site"].sort().to_list(), dtype=np.str_)
    seen = mask(actor, Figure.VOLUME, axis=Axis("site", sites, {"site": sites}))
    if not seen.any():
        return None
    window = Window.before(calendar, cycle)
    table = _scored(facts, company, window, tuple(sites[seen].tolist()))
    names = dict(table_or_empty(company.tables, "vendors").select("vendor", "name").iter_rows())
    return Vendors(
        since=window.since, recent=window.recent, until=window.until, part=not seen.all(),
        says=_says(table, missing_facts(facts.tables), names),
        lines=tuple(_line(row, names) for row in table.iter_rows(named=True)),
    )  # fmt: skip


@lru_cache(maxsize=KEPT)
def _scored(facts: Master, company: Master, window: Window, sites: tuple[str, ...]) -> pl.DataFrame:
    """Worked out once in a process: both sheets never change."""
    return vendor_scorecard(facts=facts.tables, company=company.tables, window=window, sites=sites)


def _says(table: pl.DataFrame, missing: str, names: Mapping[str, str]) -> Finding:
    """Whose lead times are no longer those that are planned with, the one furthest over plan by name."""
    if missing:
        return _finding(f"vendor_{missing}")
    vendors = table.filter(pl.col("item").is_null())
    known = vendors.filter(pl.col("lead_mean").is_not_null() & pl.col("planned").is_not_null())
    if not len(known):
        return _finding("vendors_not_judged", vendors=len(vendors))
    over = known.filter("over_plan").with_columns(pl.max_horizontal("lead_mean", "lead_recent").alias("days"))
    if not len(over):
        return _finding("vendors_as_planned", known=len(known), vendors=len(vendors))
    most = over.sort(pl.col("days") / pl.col("planned"), descending=True, maintain_order=True).row(0, named=True)
    key = most["vendor"]
    return _finding(
        "vendors_over_plan", over=len(over), vendors=len(vendors), vendor=f"{names.get(key) or key} ({key})",
        days=round(most["days"], 1), planned=round(most["planned"], 1),
    )  # fmt: skip


def _line(row: Mapping[str, Any], names: Mapping[str, str]) -> VendorLine:
    reasons = {**FIGURES, "planned_reason": ("planned",)}
    why = {name: _why(reason, row) for reason, figures in reasons.items() if row[reason] for name in figures}
    counts = ("due", "lines", "came", "recent")
    return VendorLine(
        vendor=row["vendor"], name=names.get(row["vendor"], row["vendor"]), item=row["item"] or "",
        site=row["site"] or "", unit=row["unit"] or "", over_plan=row["over_plan"],
        figures={name: row[name] for figures in (*reasons.values(), counts) for name in figures}, why=why,
    )  # fmt: skip


def _why(reason: str, row: Mapping[str, Any]) -> Finding:
    return _finding(f"vendor_{row[reason]}", lines=row[COUNTED.get(reason, "lines")], needed=FEWEST_LINES)


def _finding(code: str, **values: Value) -> Finding:
    return Finding(code=code, severity=Severity.NOTE, values=values)
