"""Anomalies of a cycle's history, the verdicts on them, and history as it is cleaned by those."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import polars as pl

from onenumber.demand.anomalies import Anomaly, Known, find_anomalies
from onenumber.demand.anomalies.record import worth_of
from onenumber.demand.history import History, Span, history_sheet, make_history
from onenumber.model.plan import plan_frame
from onenumber.model.sheet import SheetKind
from onenumber.steps.frame.context import Context, Tables
from onenumber.steps.frame.writing import Written, write
from onenumber.store.manifest import Pins
from onenumber.store.models import Cycle, SheetVersion, VerdictRow
from onenumber.store.versions import Versions

CLEAN, KEEP, OPEN = "clean", "keep", "open"
"""Verdicts: history is corrected, stands as it is, or waits again."""
KEPT = 16
"""Cycles of which a process remembers the anomalies."""
ADJUSTMENTS = "history_adjustments"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Inputs:
    """The versions of history, load and company, by their content."""

    history: str
    load: str
    company: str
    versions: Versions = field(compare=False)


def anomalies_in(context: Context, cycle: Cycle) -> tuple[Anomaly, ...]:
    """What does not look like the past in the raw history of a cycle, as it was known; none before it is frozen."""
    found = [context.version(kind, cycle) for kind in (SheetKind.HISTORY, SheetKind.LOAD, SheetKind.COMPANY)]
    contents = [one.content for one in found if one is not None]
    if len(contents) < len(found):
        return ()
    history, load, company = contents
    return _anomalies(_Inputs(history=history, load=load, company=company, versions=context.versions))


@lru_cache(maxsize=KEPT)
def _anomalies(inputs: _Inputs) -> tuple[Anomaly, ...]:
    """The sheets never change, and every look at the workbench asks for them."""
    history, load, company = (inputs.versions.get(one) for one in (inputs.history, inputs.load, inputs.company))
    raw = history.cube("demand_raw")
    known = Known(
        demand=raw, worth=worth_of(raw, history.cube("demand_value")), load=load.tables, company=company.tables,
        calendar=plan_frame(company.tables["plan"]).calendar,
    )  # fmt: skip
    return find_anomalies(known)


def verdicts(cycle: Cycle) -> Mapping[str, VerdictRow]:
    """The verdict that stands on each anomaly, up to a cycle; one that was taken back waits again and has none."""
    rows = VerdictRow.objects.filter(plan=cycle.plan_id, cycle__index__lte=cycle.index).order_by("pk")
    newest = {row.anomaly: row for row in rows}
    return {key: row for key, row in newest.items() if row.taken != OPEN}


def cleaned(load: Tables, cycle: Cycle, company: Tables) -> Tables:
    """Facts with the corrections of the verdicts that stand, as further rows of the recorded adjustments."""
    calendar = plan_frame(company["plan"]).calendar
    rows = [
        {
            "adjustment": f"{row.anomaly} {calendar[period].label}", "item": row.item, "customer": row.customer or None,
            "period": calendar[period].start, "delta": delta, "reason": row.reason, "person": row.person,
        }
        for row in sorted(verdicts(cycle).values(), key=lambda one: one.anomaly)
        for period, delta in row.deltas
    ]  # fmt: skip
    if not rows:
        return load
    schema = {
        "adjustment": pl.String, "item": pl.String, "customer": pl.String, "period": pl.Date, "delta": pl.Float64,
        "reason": pl.String, "person": pl.String,
    }  # fmt: skip
    given = load.get(ADJUSTMENTS)
    own = pl.DataFrame(rows, schema=schema)
    both = [own] if given is None else [given.select(*schema), own]
    return {**load, ADJUSTMENTS: pl.concat(both)}


def history_of(cycle: Cycle, *, load: Tables, company: Tables) -> History:
    """History of a cycle from its frozen inputs, cleaned by what was recorded and by the verdicts."""
    frame = plan_frame(company["plan"])
    span = Span(calendar=frame.calendar, first=0, cycle=cycle.index, horizon=frame.horizon)
    return make_history(load=cleaned(load, cycle, company), company=company, span=span)


def history_judged(context: Context, cycle: Cycle, *, step: str, deputy_for: str) -> SheetVersion | None:
    """A new version of History where verdicts came after it; None where it holds them all, or there is none yet."""
    found = [context.version(kind, cycle) for kind in (SheetKind.HISTORY, SheetKind.COMPANY, SheetKind.LOAD)]
    history, company, load = found
    if history is None or company is None or load is None:
        return None
    if not VerdictRow.objects.filter(plan=cycle.plan_id, cycle=cycle, at__gte=history.made_at).exists():
        return None
    tables = {kind: context.versions.get(one.content).tables for kind, one in (("load", load), ("company", company))}
    sheet = history_sheet(history_of(cycle, load=tables["load"], company=tables["company"]))
    how = Written(step=step, deputy_for=deputy_for)
    return write(context, cycle, sheet, pins=Pins(parents=(company, load)), how=how)
