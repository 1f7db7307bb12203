"""Replay what was typed on an earlier forecast of the cycle on the newest one, and say where it differs now."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from django.db import transaction

from onenumber.consensus.collect import GIVEN, PatchState
from onenumber.consensus.edit import Spot
from onenumber.consensus.layers import blank, sales_figure
from onenumber.cycle.phases import Phase
from onenumber.errors.consensus import ConsensusError
from onenumber.model.amounts import Amounts, add, by_unit, farthest, in_words
from onenumber.model.axis import Axis, Rows
from onenumber.model.carry import carry
from onenumber.model.cube import Cube, Values
from onenumber.model.finding import Finding, Severity, Value
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Step
from onenumber.steps.frame.holding import figures_lost
from onenumber.steps.frame.layers import EDITABLE
from onenumber.steps.frame.reading import Reader
from onenumber.steps.frame.rebasing import (
    Ground,
    ground,
    left_behind,
    not_replayed,
    rows_of,
    spot_of,
    typed_in,
)
from onenumber.steps.frame.standing import standing_edits
from onenumber.steps.frame.submissions import states
from onenumber.steps.frame.writing import Outcome
from onenumber.store.layers import LOCKS, Entry, append, layers_of, unpack
from onenumber.store.models import AuditRow, Cycle, EditRow, Layer, SubmissionRow
from onenumber.store.plans import find_cycle, hold

SAME = 1e-6  # C25
WORST_SHOWN = 3
STANDS = {"carried": "last cycle's figure", "baseline": "the baseline", "submitted": "its own figure"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One place that somebody typed at: the figure she last saw there, and the one that stands there now."""

    layer: str
    place: str
    before: Amounts
    after: Amounts

    @property
    def by(self) -> float:
        """How far it moved."""
        return farthest(self.before, self.after)

    @property
    def differs(self) -> bool:
        """Whether she would be surprised."""
        return self.by > SAME


def run(context: Context, *, cycle: str = "") -> Outcome:
    """Append every edit of the bases before, by its mode and under its author, to the layers on the newest base.

    A figure keeps its value, a change is added to and a percentage taken of what the new base shows; each is split
    over the streams anew. What was undone is left out, and what was typed on the new base already stands. A patch
    that was handed in with other figures than it has now is returned.

    Raises:
        NoSheetError: if there is no baseline.
    """
    now = find_cycle(context.plan, cycle)
    grant = context.permit("rebase", phase=Phase(now.phase))
    with transaction.atomic():  # nobody types while it is replayed: it stands or falls as a whole
        hold(now)
        rebase = _Rebase(context, now)
        failed = rebase.replay()
        seen, patches = rebase.compare()
        lost = figures_lost(context, now, base=rebase.base, sales=rebase.new.sales()) if rebase.rows else []
        returned = _return(context, now, patches, until=rebase.moved_to["L2"])
        figures = {
            "edits": len(rebase.rows) - len(failed), "not_replayed": len(failed),
            "differ": sum(one.differs for one in seen), "patches_differ": len(patches), "returned": returned,
        }  # fmt: skip
        AuditRow.objects.create(
            plan=context.plan, at=context.now, person=context.actor.person, deputy_for=grant.deputy_for, verb="rebase",
            what={"cycle": now.label, **figures},
        )  # fmt: skip
    return Outcome(step="rebase", figures=figures, findings=(*failed, *_by_layer(seen), *lost, *patches.values()))


class _Rebase:
    """One rebase: the layers left behind, the edits that stand in them, and the new ground."""

    def __init__(self, context: Context, cycle: Cycle) -> None:
        reader = Reader(context, cycle)
        self.context, self.cycle, self.axes = context, cycle, dict[str, Ground]()
        baseline, version = reader.need(SheetKind.FORECAST).cube("L1"), reader.version(SheetKind.FORECAST)
        self.base = base = version.content if version else ""
        self.behind = left_behind(cycle, base=base)
        self.moved_to = layers_of(cycle, EDITABLE, base=base)
        self.defaulted = [patch for patch, state in states(cycle).items() if state is PatchState.DEFAULTED]
        self.new = ground(tuple(self.moved_to.values()), baseline=baseline, defaulted=self.defaulted)
        for old in dict.fromkeys(layer.base for layer in self.behind):
            before = context.versions.get(old).cube("L1")
            self.axes[old] = ground(tuple(layers_of(cycle, EDITABLE, base=old).values()), baseline=before,
                                    defaulted=self.defaulted)  # fmt: skip
        self.rows = [row for row in standing_edits(self.behind) if not _came_from(row, self.moved_to)]
        self.new.typed_since = self._typed_since()
        frame = context.frame(cycle)
        demand = reader.need(SheetKind.HISTORY).cube("demand").values
        self.history: Values = demand[:, -frame.calendar.periods_a_year :].mean(axis=1)

    def _typed_since(self) -> dict[str, np.ndarray]:
        last = self.rows[-1].pk if self.rows else 0
        held = {code: np.zeros_like(locked) for code, locked in self.new.locked.items()}
        for row in standing_edits(tuple(self.moved_to.values())):
            if row.pk > last and row.mode not in LOCKS:
                change = unpack(row.leaves)
                held[row.layer.code][change.rows, change.columns] = True
        return held

    def replay(self) -> list[Finding]:
        """Append the edits one by one; those that cannot stand on the new base are returned as findings."""
        failed = []
        for row in self.rows:
            try:
                change = self.new.again(row, self.spot(row, self.new), history=self.history)
            except ConsensusError as error:
                failed.append(not_replayed(row, str(error)))
            else:
                append(self.moved_to[row.layer.code], change, Entry(fields=self._fields(row)))
        for code, target in self.moved_to.items():
            same = Layer.objects.filter(plan=target.plan_id, cycle=target.cycle_id, code=code)
            same.exclude(pk=target.pk).filter(rebased_to=None).update(rebased_to=target)
            same.filter(pk=target.pk).update(rebased_to=None)  # a base that comes back is the newest again
        return failed

    def _fields(self, row: EditRow) -> Mapping[str, object]:
        reason = f"rebased from {row.sequence}" + (f": {row.reason}" if row.reason else "")
        return {**typed_in(row), "reason": reason, "at": self.context.now, "replays": row}

    def spot(self, row: EditRow, on: Ground) -> Spot:
        """Where an edit is made on a base: below its place, what its author writes.

        Raises:
            EmptyPlaceError: if nothing is left there.
        """
        return spot_of(row, rows=self._rows(row, on.axis), columns=on.columns(row))

    def _rows(self, row: EditRow, axis: Axis) -> Rows:
        return rows_of(self.context, row, axis=axis, before=self.axes[row.layer.base].axis)

    def compare(self) -> tuple[list[Seen], dict[str, Finding]]:
        """Each place that was typed at, and each patch that differs from what was last seen of it."""
        seen = {(row.layer.code, row.place_name, row.first, row.periods): self._seen(row) for row in self.rows}
        if not self.behind:
            return [], {}
        last = self.rows[-1].layer.base if self.rows else self.behind[-1].base
        stood = _Stood.of(self.context.sheet(SheetKind.SALES_INPUT, self.cycle), self.defaulted)
        return list(seen.values()), _patches(stood.figures(self.axes[last], self.defaulted),
                                             stood.figures(self.new, stood.carried), stood)  # fmt: skip

    def _seen(self, row: EditRow) -> Seen:
        code, old = row.layer.code, self.axes[row.layer.base]
        before, after = (_sum(on.shown(code), self._rows(row, on.axis), on.columns(row)) for on in (old, self.new))
        return Seen(layer=code, place=row.place_name, before=before, after=after)


def _came_from(row: EditRow, layers: Mapping[str, Layer]) -> bool:
    """Whether an edit is the replay of one that stands in these layers already: the base before has come back."""
    origin = row.replays
    while origin is not None and origin.layer_id != layers[row.layer.code].pk:
        origin = origin.replays
    return origin is not None


def _sum(cube: Cube, rows: Rows, columns: range) -> dict[str, float]:
    values = cube.values[np.ix_(rows, np.array(columns, dtype=np.int64))]
    return by_unit(values.sum(axis=1), cube.units[rows])


def _by_layer(seen: Iterable[Seen]) -> list[Finding]:
    found = []
    all_seen = list(seen)
    for code in EDITABLE:
        places = [one for one in all_seen if one.layer == code]
        moved = sorted((one for one in places if one.differs), key=lambda one: -one.by)
        if moved:
            worst = "; ".join(_from_to(one) for one in moved[:WORST_SHOWN])
            values: dict[str, Value] = {
                "layer": code, "differ": len(moved), "places": len(places), "worst": worst,
                "before": in_words(add(*(one.before for one in moved))),
                "after": in_words(add(*(one.after for one in moved))),
            }  # fmt: skip
            found.append(Finding(code="rebased_layer", severity=Severity.ATTENTION, values=values))
    return found


def _from_to(one: Seen) -> str:
    return f"{one.place} from {in_words(one.before)} to {in_words(one.after)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stood:
    """What stood in for the patches that were defaulted when the sales window was closed (rule R1)."""

    sales: Cube | None
    source: Mapping[str, str]

    @classmethod
    def of(cls, sheet: Sheet | None, defaulted: Collection[str]) -> "_Stood":
        if sheet is None:
            return cls(sales=None, source={})
        source = dict(sheet.table("patches").select("patch", "source").iter_rows())
        return cls(sales=sheet.cube("S"), source={patch: source.get(patch, "baseline") for patch in defaulted})

    @property
    def carried(self) -> list[str]:
        """The patches in which last cycle's figure stood: no new forecast moves it."""
        return [patch for patch, source in self.source.items() if source == "carried"]

    def figures(self, on: Ground, patches: Collection[str]) -> Cube:
        """The sales figures that count on a base, with S as it stood in some patches."""
        if self.sales is None:
            return on.sales()
        moved = carry(self.sales, to_axis=on.axis, units=on.baseline.units).cube
        moved = moved.cut(on.baseline.first, on.baseline.periods)
        others = ~np.isin(on.axis.attributes["patch"], list(patches))
        return sales_figure(submitted=blank(moved, others[:, None]), fallback=on.sales())


def _patches(old: Cube, new: Cube, stood: _Stood) -> dict[str, Finding]:
    """The patches whose sales figure differs in any cell, or that lost or won a stream."""
    moved = carry(old, to_axis=new.axis, units=new.units).cube.cut(new.first, new.periods)
    differ = (np.abs(moved.values - new.values) > SAME).sum(axis=1)
    found = {}
    before, after = _per_patch(old), _per_patch(new)
    for patch in sorted({*before, *after}):
        then, now = before.get(patch, {}), after.get(patch, {})
        count = int(differ[new.axis.attributes["patch"] == patch].sum())
        if count or farthest(then, now) > SAME:
            source = stood.source.get(patch)
            values: dict[str, Value] = {
                "patch": patch, "before": in_words(then), "after": in_words(now), "cells": count,
                **({} if source is None else {"stands": STANDS[source]}),
            }  # fmt: skip
            code = "rebased_patch" if source is None else "rebased_defaulted"
            found[patch] = Finding(code=code, severity=Severity.ATTENTION, values=values)
    return found


def _per_patch(cube: Cube) -> dict[str, dict[str, float]]:
    patches, codes = cube.axis.groups("patch")
    sums = cube.values.sum(axis=1)
    return {patch: by_unit(sums[codes == k], cube.units[codes == k]) for k, patch in enumerate(patches.tolist())}


def _return(context: Context, cycle: Cycle, patches: Mapping[str, Finding], *, until: Layer) -> int:
    """Return what was handed in with other figures: nobody's word stands for figures that she has not seen."""
    known = states(cycle)
    until.refresh_from_db()
    rows = [
        SubmissionRow(
            plan=context.plan, cycle=cycle, patch=patch, state=PatchState.RETURNED.value,
            person=context.actor.person, edits_until=until.last_sequence, at=context.now,
            note="The forecast was made again: {patch} came to {before} and comes to {after} now, and {cells} of "
            "its cells differ. Look at them and submit again.".format(**found.values),
        )
        for patch, found in patches.items()
        if known.get(patch, PatchState.OPEN) in GIVEN
    ]  # fmt: skip
    SubmissionRow.objects.bulk_create(rows)
    return len(rows)


STEP = Step(
    name="rebase",
    verb="rebase",
    phase=Phase.DEMAND,
    says="Replay on a new forecast what was typed on the one before.",
    run=run,
    arguments=(CYCLE,),
)
