"""What lives on from the cycle before: typed again, by its mode, on the first baseline of the next cycle."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from onenumber.consensus.edits import Change
from onenumber.consensus.layers import empty_delta
from onenumber.errors.consensus import ConsensusError
from onenumber.model.axis import Axis
from onenumber.model.cube import Cube, Values
from onenumber.model.finding import Finding, Value
from onenumber.model.sheet import SheetKind
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.layers import EDITABLE, GOES_ON
from onenumber.steps.frame.rebasing import Ground, not_replayed, rows_of, spot_of, typed_in
from onenumber.steps.frame.standing import born, said_in, standing_edits
from onenumber.store.layers import LOCKS, Entry, append_all, layers_of, unpack
from onenumber.store.models import AuditRow, Cycle, EditRow, Layer
from onenumber.store.plans import cycle_before


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """One edit of the cycle before on a new baseline: the months for which it lives on, and the leaves it moves."""

    row: EditRow
    months: range
    change: Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What lives on in a new cycle, worked out on its baseline, and what finds no place there.

    ``sales`` is S as it is offered; None where nothing was looked for.
    """

    sales: Cube | None = None
    edits: tuple[Again, ...] = ()
    failed: tuple[Finding, ...] = ()

    def figures(self) -> dict[str, Value]:
        """How many edits were carried and how many were not; nothing where there was none."""
        counts = {"carried": len(self.edits), "not_carried": len(self.failed)}
        return {name: count for name, count in counts.items() if count}


def months_left(row: EditRow, ahead: range) -> range:
    """The months of a horizon for which an edit of an earlier cycle lives on."""
    end = row.first + row.periods
    if row.layer.code not in GOES_ON:  # it expires with its cycle, but for what is marked "until"
        end = min(end, row.until + 1) if row.until is not None else ahead.start
    return range(max(row.first, ahead.start), max(min(end, ahead.stop), ahead.start))


def bring(context: Context, cycle: Cycle, *, baseline: Cube, history: Values) -> Brought:
    """Work out what stands in the layers of the cycle before and lives on: in its order, by its mode, on a baseline.

    Only the first baseline of a cycle takes it: to a later one `rebase` takes all that stands in the cycle.
    """
    before = cycle_before(cycle)
    base = context.version(SheetKind.FORECAST, before) if before is not None else None
    if base is None or _is_typed_in(cycle):
        return Brought()
    layers = Layer.objects.filter(cycle=before, code__in=EDITABLE, base=base.content)
    rows = [row for row in standing_edits(list(layers)) if months_left(row, baseline.indices)]
    then = context.versions.get(base.content).cube("L1")
    rows = _still_said(rows, then, since=cycle.index)
    return _again(context, rows, on=_empty(baseline), before=then.axis, history=history)


def _still_said(rows: Sequence[EditRow], then: Cube, *, since: int) -> list[EditRow]:
    """Without the edits of L2 that say nothing any more in any month from ``since`` on.

    A salesperson who types the same place every month would else drag along a year of her own words. An edit counts
    where a figure of its cycle still stands in a cell that it moved, and where it was typed over one that counts.
    """
    sales = [row for row in rows if row.layer.code == "L2" and row.mode not in LOCKS]
    moved = {row.pk: _ahead(unpack(row.leaves), since - then.first) for row in sales}
    said, stands = said_in(sales, then.values.shape), np.zeros(then.values.shape, dtype=np.bool_)
    for row in sales:
        change = moved[row.pk]
        stands[change.rows, change.columns] = ~np.isnan(change.after)
    counts: set[int] = set()
    over = np.zeros_like(stands)
    for row in sales:
        cells = moved[row.pk].rows, moved[row.pk].columns
        if bool((stands[cells] & (said[cells] == born(row))).any() or over[cells].any()):
            counts.add(row.pk)
            over[cells] = True
    return [row for row in rows if row.pk not in moved or row.pk in counts]


def _ahead(change: Change, column: int) -> Change:
    """The leaves of a change from a column on."""
    kept = change.columns >= column
    return Change(
        rows=change.rows[kept], columns=change.columns[kept], before=change.before[kept], after=change.after[kept]
    )


def _is_typed_in(cycle: Cycle) -> bool:
    return EditRow.objects.filter(layer__cycle=cycle).exists()


def _empty(baseline: Cube) -> Ground:
    """A baseline on which nothing was typed yet."""
    shape = baseline.values.shape
    return Ground(
        baseline=baseline,
        cubes={code: empty_delta(code, baseline) for code in EDITABLE},
        locked={code: np.zeros(shape, dtype=np.bool_) for code in EDITABLE},
        given=np.ones(len(baseline.axis), dtype=np.bool_),
        said=said_in((), shape),
    )


def _again(context: Context, rows: Iterable[EditRow], *, on: Ground, before: Axis, history: Values) -> Brought:
    edits, failed = [], []
    for row in rows:
        months = months_left(row, on.baseline.indices)
        columns = range(months.start - on.baseline.first, months.stop - on.baseline.first)
        try:
            spot = spot_of(row, rows=rows_of(context, row, axis=on.axis, before=before), columns=columns)
            edits.append(Again(row=row, months=months, change=on.again(row, spot, history=history)))
        except ConsensusError as error:
            failed.append(not_replayed(row, str(error)))
    return Brought(sales=on.sales(), edits=tuple(edits), failed=tuple(failed))


def enter(context: Context, cycle: Cycle, brought: Brought, *, base: str) -> Brought:
    """Append what was brought to the layers on the baseline with this content, under its authors; all of it or none.

    Inside the transaction that enters the baseline: nobody has typed on it yet.
    """
    if _is_typed_in(cycle):
        return Brought()
    if not brought.figures():
        return brought
    layers = layers_of(cycle, sorted({one.row.layer.code for one in brought.edits}), base=base)
    append_all([(layers[one.row.layer.code], one.change, _carried(context, one)) for one in brought.edits])
    what = {"cycle": cycle.label, **brought.figures()}
    AuditRow.objects.create(plan=context.plan, at=context.now, person=context.actor.person, verb="carry", what=what)
    return brought


def _carried(context: Context, one: Again) -> Entry:
    row, months = one.row, one.months
    fields = {
        **typed_in(row), "first": months.start, "periods": len(months), "reason": row.reason, "at": context.now,
        "replays": row, "carried_from": row.carried_from or row.layer.cycle,
    }  # fmt: skip
    return Entry(fields=fields)
