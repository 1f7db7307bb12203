"""Whether what was typed above the sales figure still stands for what was meant: its figure, its percentage."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import numpy as np

from onenumber.consensus.edits import Change, replay
from onenumber.consensus.layers import DELTAS, Stack, empty_delta
from onenumber.consensus.spread import Mask, Mode
from onenumber.errors.consensus import ConsensusError
from onenumber.model.amounts import Amounts, by_unit, in_words
from onenumber.model.axis import Labels
from onenumber.model.cube import Cube, Values
from onenumber.model.finding import Finding, Severity, Value
from onenumber.model.sheet import SheetKind
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.rebasing import Ground, rows_of, spot_of
from onenumber.steps.frame.standing import said_in, standing_edits
from onenumber.store.layers import LOCKS, edits_of, unpack
from onenumber.store.models import Cycle, EditRow, Layer
from onenumber.store.plans import person_name

SAME, TO_THE_DIGIT = 1e-6, 1e-9  # C25; a float sum of large figures
ALL_OF_IT = -100.0


def came_to(change: Change, units: Labels, *, under: Values | None = None) -> dict[str, float]:
    """What an edit added, by unit; ``under`` is what stands where nothing is typed, None where that adds nothing.

    Example:
        >>> one, units = np.array([0, 1]), np.array(["pcs", "pcs"])
        >>> change = Change(rows=one, columns=one, before=np.array([np.nan, 2.0]), after=np.array([3.0, 7.0]))
        >>> came_to(change, units), came_to(change, units, under=np.full((2, 2), 10.0))
        ({'pcs': 8.0}, {'pcs': -2.0})
    """
    at = change.rows, change.columns
    floor = np.zeros(len(change)) if under is None else under[at]
    added = np.where(np.isnan(change.after), floor, change.after)
    added = added - np.where(np.isnan(change.before), floor, change.before)
    return by_unit(added, units[change.rows])


def means_otherwise(context: Context, cycle: Cycle, *, base: str, sales: Cube) -> tuple[Finding, ...]:
    """What was typed above S and stands for something else on S as it is now; nothing of it is changed."""
    lost = figures_lost(context, cycle, base=base, sales=sales)
    return (*lost, *percents_moved(context, cycle, base=base, sales=sales))


def figures_lost(context: Context, cycle: Cycle, *, base: str, sales: Cube) -> list[Finding]:
    """Each figure typed above S whose place shows another one now; where one was typed over by another, the later.

    ``sales`` is S on the baseline with the content ``base``. All of it taken away (-100 %) is a figure of 0. What a
    figure that was typed later, above it or in a part of it, changed there is meant, and not listed.
    """
    layers = _above(cycle, base)
    rows = [row for row in standing_edits(layers) if _figure(row) is not None]
    if not rows:
        return []
    deltas = {code: edits.cube(sales) for code, edits in edits_of(layers).items()}
    shown = Stack(sales=sales, deltas=deltas).total()
    labels, last = [one.label for one in context.frame(cycle).calendar.periods], _last_words(rows)
    found = []
    for row, later in _with_later(rows, sales):
        keep = rows_of(context, row, axis=sales.axis, before=sales.axis)
        columns = np.array([k - sales.first for k in _months(row, sales) if last[_key(row), k] == row.pk], np.int64)
        cells = np.ix_(keep, columns)
        differ = shown.values[cells].sum(axis=0) - later[cells].sum(axis=0) - _figure(row)
        off = columns[np.abs(differ) > SAME]
        if len(off):
            worst = int(columns[np.argmax(np.abs(differ))])
            now = by_unit(shown.values[keep, worst], sales.units[keep])
            found.append(_figure_lost(context, row, now, month=labels[worst + sales.first], differ=len(off)))
    return sorted(found, key=lambda one: (DELTAS.index(str(one.values["layer"])), int(str(one.values["sequence"]))))


def _figure(row: EditRow) -> float | None:
    """The figure that an edit says its place shall show; None if it says none."""
    if row.mode == Mode.SET:
        return float(row.value)
    return 0.0 if _is_percent(row) and row.value == ALL_OF_IT else None


def _with_later(rows: Sequence[EditRow], like: Cube) -> Iterator[tuple[EditRow, Values]]:
    """Each figure with what the figures that were meant after it changed, cell by cell; the last first."""
    later = np.zeros(like.values.shape)
    for row in sorted(rows, key=_origin, reverse=True):
        yield row, later
        change = unpack(row.leaves)
        np.add.at(later, (change.rows, change.columns), np.nan_to_num(change.after) - np.nan_to_num(change.before))


def _origin(row: EditRow) -> int:
    """When it was typed first in its cycle."""
    return int(row.pk if row.replays_id is None else row.replays_id)


def _above(cycle: Cycle, base: str) -> list[Layer]:
    """The layers above S that are typed on a baseline."""
    return list(Layer.objects.filter(plan=cycle.plan_id, cycle=cycle, code__in=DELTAS, base=base))


def _months(row: EditRow, like: Cube) -> range:
    return range(max(row.first, like.first), min(row.first + row.periods, like.first + like.periods))


def _key(row: EditRow) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(row.place.items()))


def _last_words(rows: Iterable[EditRow]) -> dict[tuple[tuple[tuple[str, str], ...], int], int]:
    """By place and month the edit that set its figure last."""
    return {(_key(row), k): row.pk for row in rows for k in range(row.first, row.first + row.periods)}


def _figure_lost(context: Context, row: EditRow, now: Amounts, *, month: str, differ: int) -> Finding:
    (unit,) = now if len(now) == 1 else ("",)
    typed = _percent(row) if _is_percent(row) else in_words({unit: row.value})
    values: dict[str, Value] = {
        **_who(context, row), "typed": typed, "now": in_words(now), "month": month, "differ": differ,
        "months": row.periods,
    }  # fmt: skip
    return Finding(code="figure_not_held", severity=Severity.ATTENTION, values=values)


def percents_moved(context: Context, cycle: Cycle, *, base: str, sales: Cube) -> list[Finding]:
    """Each percentage typed above S that would come to another amount if it were typed now.

    All that stands above S is typed again on it, in its order and by its mode, and nothing is written.
    """
    rows = standing_edits(_above(cycle, base))
    past = context.sheet(SheetKind.HISTORY, cycle) if any(_is_percent(row) for row in rows) else None
    if past is None:
        return []
    found, a_year = [], context.frame(cycle).calendar.periods_a_year
    weights = past.cube("demand").values[:, -a_year:].mean(axis=1)
    on = _bare(context.versions.get(base).cube("L1"), sales)
    for row, change in _again(context, rows, on, history=weights):
        then, now = came_to(unpack(row.leaves), sales.units), came_to(change, sales.units)
        if _is_percent(row) and _figure(row) is None and _differ(then, now):
            values: dict[str, Value] = {
                **_who(context, row), "typed": _percent(row), "before": in_words(then), "after": in_words(now),
            }  # fmt: skip
            found.append(Finding(code="percent_moved", severity=Severity.ATTENTION, values=values))
    return found


def _is_percent(row: EditRow) -> bool:
    """Whether it is a percentage of what was shown; that of news is of the baseline, which does not move."""
    return row.mode == Mode.PERCENT and row.news_id is None


def _percent(row: EditRow) -> str:
    return f"{row.value:+g} %"


def _bare(baseline: Cube, sales: Cube) -> Ground:
    """S with nothing typed above it."""
    shape = baseline.values.shape
    cubes = {"L2": sales.rename("L2"), **{code: empty_delta(code, baseline) for code in DELTAS}}
    return Ground(
        baseline=baseline, cubes=cubes, locked={code: np.zeros(shape, dtype=np.bool_) for code in cubes},
        given=np.ones(shape[0], dtype=np.bool_), said=said_in((), shape),
    )  # fmt: skip


def _again(
    context: Context, rows: Sequence[EditRow], on: Ground, *, history: Values
) -> Iterator[tuple[EditRow, Change]]:
    """What each edit moves when it is typed on this ground; one that cannot be typed there moves what it moved."""
    for row in rows:
        on.typed_since = {row.layer.code: _held_then(row, rows, on.baseline.values.shape)}
        try:
            keep = rows_of(context, row, axis=on.axis, before=on.axis)
            change = on.again(row, spot_of(row, rows=keep, columns=on.columns(row)), history=history)
        except ConsensusError:
            change = unpack(row.leaves)
            if row.mode not in LOCKS:
                on.cubes[row.layer.code] = replay(on.cubes[row.layer.code], [change])
        yield row, change


def _held_then(row: EditRow, rows: Collection[EditRow], shape: tuple[int, ...]) -> Mask:
    """The cells that a rebase held for what was typed on the new baseline before it."""
    held = np.zeros(shape, dtype=np.bool_)
    origin = _origin(row)
    for other in rows:
        if other.layer_id == row.layer_id and other.replays_id is None and origin < other.pk < row.pk:
            change = unpack(other.leaves)
            held[change.rows, change.columns] = True
    return held


def _differ(then: Mapping[str, float], now: Mapping[str, float]) -> bool:
    pairs = [(then.get(unit, 0.0), now.get(unit, 0.0)) for unit in {**then, **now}]
    return not all(np.isclose(a, b, rtol=TO_THE_DIGIT, atol=SAME) for a, b in pairs)


def _who(context: Context, row: EditRow) -> dict[str, Value]:
    author = person_name(context.plan, row.author) or row.author
    return {"layer": row.layer.code, "sequence": row.sequence, "author": author, "spot": row.place_name}
