"""Close the sales window: what each patch submitted, and rule R1 for those that did not."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from django.db import transaction

from onenumber.consensus.bias import Snapshot, lag1_bias
from onenumber.consensus.collect import GIVEN, PatchState, Standing, collect, given_in
from onenumber.consensus.layers import blank, empty_delta
from onenumber.cycle.fallback import Fallback, fallback_of
from onenumber.cycle.phases import Phase
from onenumber.finance.prices import stream_prices
from onenumber.model.axis import Axis
from onenumber.model.carry import carry
from onenumber.model.cube import Cube, State, Values, alike
from onenumber.model.plan import plan_frame
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.review.opening import opening_given, opening_sales
from onenumber.steps.frame.context import Context, Tables
from onenumber.steps.frame.declare import CYCLE, Step
from onenumber.steps.frame.glance import glance
from onenumber.steps.frame.holding import means_otherwise
from onenumber.steps.frame.reading import Reader
from onenumber.steps.frame.rebasing import refuse_left_behind
from onenumber.steps.frame.stand_ins import stand_ins
from onenumber.steps.frame.writing import Outcome, Written, write
from onenumber.store.layers import Edits
from onenumber.store.models import Cycle, News, Plan, SubmissionRow
from onenumber.store.plans import find_cycle

BIAS_TOLERANCE = 0.10
CYCLES_LOOKED_BACK = 6


def run(context: Context, *, cycle: str = "") -> Outcome:
    """Make the SalesInput sheet; patches that submitted nothing are marked defaulted.

    What was typed above it on other sales figures and comes to something else on these is listed.

    Raises:
        NoSheetError: if there is no baseline.
        NotRebasedError: if what was typed on an earlier baseline is not on this one.
    """
    now = find_cycle(context.plan, cycle)
    grant = context.permit("close_input", phase=Phase(now.phase))
    reader = Reader(context, now)
    baseline = reader.need(SheetKind.FORECAST).cube("L1")
    base = reader.version(SheetKind.FORECAST)
    refuse_left_behind(now, base=base.content if base else "")
    company = reader.need(SheetKind.COMPANY).tables
    history = reader.need(SheetKind.HISTORY).cube("demand")
    known = reader.patches()
    _, edits = reader.edited("L2", base=base.content if base else "")["L2"]
    typed = _typed(edits, baseline=baseline, known=known)
    opening, gave = _opening(reader, now, company)
    last = reader.last(SheetKind.SALES_INPUT)
    sales = last.cube("S") if last is not None else opening.get(now.index - 1)
    carried = _rolled(sales, baseline)
    judged = _Judged(context=context, cycle=now, company=company, history=history, gave=gave)
    standings = _standings(judged, known, opening=opening, has_last=sales is not None)
    found = collect(baseline=baseline, typed=typed, carried=carried, standings=standings)
    sheet = Sheet(
        kind=SheetKind.SALES_INPUT,
        cubes={"S": found.sales, "L2": typed},
        tables={"patches": found.patches, "news": _news(now)},
        notes=_notes(found.patches, found.sales),
    )
    how = Written(step="collect", deputy_for=grant.deputy_for, content=context.versions.put(sheet))
    with transaction.atomic():  # the sheet and the states it rests on stand or fall together
        Plan.objects.select_for_update().get(pk=context.plan.pk)
        made = write(context, now, sheet, pins=reader, how=how)
        if not made.stale_because:
            _default(context, now, known, standings)
    listed = means_otherwise(context, now, base=base.content if base else "", sales=found.sales)
    told = stand_ins(context, now, standings.values(), has_last=sales is not None, tolerance=BIAS_TOLERANCE)
    return Outcome(step="collect", versions=(made,), figures=sheet.notes, findings=(*told, *listed))


def _typed(edits: Edits, *, baseline: Cube, known: Mapping[str, PatchState]) -> Cube:
    """L2 without what was carried into it and nobody confirmed: it was offered to a patch that gave no figure."""
    given = np.isin(baseline.axis.attributes["patch"], [patch for patch, state in known.items() if state in GIVEN])
    offered = edits.carried(baseline.values.shape) & ~given[:, None]
    return blank(edits.cube(baseline), offered)


def _opening(reader: Reader, cycle: Cycle, company: Tables) -> tuple[dict[int, Cube], dict[int, set[str]]]:
    """What sales forecast in cycles before OneNumber, and the patches whose own it is, by the index of the cycle."""
    rows = reader.need(SheetKind.LOAD).tables.get("forecast_snapshots")
    if rows is None or not len(rows):
        return {}, {}
    calendar = plan_frame(company["plan"]).calendar
    as_of = calendar[cycle.index].start
    gave = opening_given(rows, company=company, calendar=calendar, as_of=as_of)
    return opening_sales(rows, company=company, calendar=calendar, as_of=as_of), gave


def _rolled(last: Cube | None, baseline: Cube) -> Cube:
    """Last cycle's S on this cycle's streams and periods; *none* where there is nothing to carry."""
    if last is None:
        return empty_delta("S", baseline)
    moved = carry(last, to_axis=baseline.axis, units=baseline.units).cube
    cut = moved.cut(baseline.first, baseline.periods)
    state = np.where(cut.state == State.NOT_COMPUTED, State.NONE, cut.state).astype(np.uint8)
    return Cube("S", cut.values, state, cut.axis, cut.first, cut.units)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    """What earlier sales figures are held against."""

    context: Context
    cycle: Cycle
    company: Tables
    history: Cube
    gave: Mapping[int, Collection[str]]  # who gave a figure of her own before OneNumber, by the index of the cycle


def _standings(
    judged: _Judged, known: Mapping[str, PatchState], *, opening: Mapping[int, Cube], has_last: bool
) -> dict[str, Standing]:
    states = {patch: known.get(patch, PatchState.OPEN) for patch in judged.history.axis.groups("patch")[0].tolist()}
    is_asked = has_last and any(state not in GIVEN for state in states.values())  # who gave a figure is not judged
    bias = _bias(judged, opening) if is_asked else {}
    return {patch: _standing(patch, state, has_last=has_last, bias=bias.get(patch)) for patch, state in states.items()}


def _standing(patch: str, state: PatchState, *, has_last: bool, bias: float | None) -> Standing:
    if state in GIVEN:
        return Standing(patch=patch, state=state)
    fallback = fallback_of(has_last=has_last, lag1_bias=bias, tolerance=BIAS_TOLERANCE)
    return Standing(patch=patch, state=PatchState.DEFAULTED, carried=fallback is Fallback.CARRY, bias=bias)


def _bias(judged: _Judged, opening: Mapping[int, Cube]) -> Mapping[str, float]:
    cycle, company, history = judged.cycle, judged.company, judged.history
    own = _snapshots(judged.context, cycle)
    since = min((one.cycle for one in own), default=cycle.index)
    before = [
        Snapshot(
            cycle=index, sales=sales, weights=_weights(company, sales.axis, index), given=judged.gave.get(index, ())
        )
        for index, sales in opening.items()
        if cycle.index - CYCLES_LOOKED_BACK <= index < min(since, cycle.index - 1)
    ]
    weights = _weights(company, history.axis, cycle.index)
    return lag1_bias(snapshots=[*own, *before], actual=history, weights=weights)


def _snapshots(context: Context, cycle: Cycle) -> list[Snapshot]:
    """The sales figures of the cycles before whose lag-1 period has happened."""
    earlier = Cycle.objects.filter(plan=context.plan, index__lt=cycle.index).order_by("-index")[:CYCLES_LOOKED_BACK]
    found, look = [], glance(context)
    for before in (one for one in earlier if one.index + 1 < cycle.index):
        sheet, company = look.sheet(SheetKind.SALES_INPUT, before), look.company(before)
        if sheet is not None:
            sales = sheet.cube("S")
            weights = _weights(company, sales.axis, before.index)
            found.append(Snapshot(cycle=before.index, sales=sales, weights=weights, given=given_in(sheet)))
    return found


def _weights(company: Tables, axis: Axis, cycle: int) -> Values:
    frame = plan_frame(company["plan"])
    periods = [frame.calendar[cycle]]
    return stream_prices(company=company, axis=axis, periods=periods, currency=frame.currency)[:, 0]


def _news(cycle: Cycle) -> pl.DataFrame:
    """News as numbers and keys: its text stays in SQL."""
    wanted = ("patch", "author", "kind", "likely", "probability", "in_number")
    rows = list(News.objects.filter(cycle=cycle).order_by("pk").values_list(*wanted))
    types = (pl.String, pl.String, pl.String, pl.Float64, pl.Float64, pl.Boolean)
    table = pl.DataFrame(rows, schema=dict(zip(wanted, types, strict=True)), orient="row")
    return table.with_row_index("news", offset=1).with_columns(pl.col("news").cast(pl.Int64))


def _notes(patches: pl.DataFrame, sales: Cube) -> dict[str, int | float | None]:
    submitted = int((patches["source"] == "submitted").sum())
    return {"patches": len(patches), "submitted": submitted, "units": alike(sales.values.sum(), sales.units)}


def _default(
    context: Context, cycle: Cycle, known: Mapping[str, PatchState], standings: Mapping[str, Standing]
) -> None:
    SubmissionRow.objects.bulk_create(
        SubmissionRow(
            plan=context.plan, cycle=cycle, patch=patch, state=standing.state.value, person=context.actor.person,
            edits_until=0, at=context.now,
        )
        for patch, standing in standings.items()
        if standing.state is PatchState.DEFAULTED and known.get(patch) is not PatchState.DEFAULTED
    )  # fmt: skip


STEP = Step(
    name="collect",
    verb="close_input",
    phase=Phase.DEMAND,
    says="Close the sales window; rule R1 fills what is missing.",
    run=run,
    arguments=(CYCLE,),
)
