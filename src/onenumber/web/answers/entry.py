"""The entry page, and what is typed in it, done by the steps."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from onenumber.consensus.entry import over_months
from onenumber.errors import NotYoursError
from onenumber.errors.steps import BadArgumentError
from onenumber.steps import edit, news, submit, undo
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import Glance, glance
from onenumber.steps.frame.typing import Asked
from onenumber.steps.see.changes import askable_patches
from onenumber.steps.see.cycle import cycle_bar
from onenumber.steps.see.entry import EntryRow, EntrySeen, entry_seen, place_named
from onenumber.steps.see.month_waits import asking_for_change
from onenumber.web.answers.act import Choices
from onenumber.web.answers.frame import framed
from onenumber.web.entry.model import Entered, EntryPage, EntryTyped, LineTyped

LAYER = "L2"
WHOLE, PLACES = 100.0, 6


def entry(context: Glance, cycle: str) -> EntryPage:
    """Her lines."""
    bar = cycle_bar(context, cycle)
    found, choices = context.cycle(bar.cycle), Choices(context, bar.cycle)
    ways = {patch: choices.settle(asking_for_change(patch)) for patch in askable_patches(context, found)}
    return EntryPage(frame=framed(context, bar), seen=entry_seen(context, cycle), ways=ways)


def enter(context: Context, cycle: str, typed: EntryTyped) -> Entered:
    """Type some lines, with the news that a low and a high become, and hand their patch in, or take edits back.

    All or nothing: where a line is refused, nothing is handed in.
    """
    if typed.undo:
        undo.run_batch(context, layer=LAYER, sequences=typed.undo, cycle=cycle)
        return Entered(count=len(typed.undo))
    seen = entry_seen(glance(context), cycle)
    rows = {(row.customer, row.family): row for row in seen.rows}
    for line in typed.lines:
        if (line.customer, line.family) not in rows:
            raise NotYoursError(place=f"line {line.family} of {line.customer}")
    known = [(line, rows[line.customer, line.family]) for line in typed.lines]
    if known and known[0][0].back:
        _back(context, cycle, known[0][1], seen)
        return Entered(count=1)
    with transaction.atomic():
        if known:
            _save(context, cycle, known, seen, typed.seen)
        if typed.hand_in:
            submit.run(context, patch=typed.hand_in, cycle=cycle)
    name = next((one.name for one in seen.patches if one.patch == typed.hand_in), typed.hand_in)
    return Entered(count=len(known), handed_in=name)


def _save(
    context: Context, cycle: str, known: Sequence[tuple[LineTyped, EntryRow]], seen: EntrySeen, last: int | None
) -> None:
    """Type the lines on what she was shown, up to its ``last`` edit."""
    asked = [one for line, row in known for one in _asked(line, row, seen)]
    edit.run_batch(context, layer=LAYER, asked=asked, seen=last, cycle=cycle)
    for line, row in known:
        if line.figure is not None and (line.low is not None or line.high is not None):
            _share(context, line, row, seen)


def _back(context: Context, cycle: str, row: EntryRow, seen: EntrySeen) -> None:
    """A line goes back to the baseline: what she typed in it is taken back, and what is carried into it replaced.

    What was typed over more than the line stands elsewhere, so here its months are set to their baseline.
    """
    place, mine = place_named(row.customer, row.family), row.mine
    with transaction.atomic():
        if mine:
            undo.run_batch(context, layer=LAYER, sequences=mine, cycle=cycle)
        whole = Asked(place=place, mode="percent", value=0.0, first=seen.horizon[0], periods=len(seen.horizon))
        edit.run_batch(context, layer=LAYER, asked=[whole], cycle=cycle)
        left = next(one for one in entry_seen(glance(context), cycle).rows if one.place == row.place)
        off = [one for one in left.months if round(one.now - one.baseline, PLACES)]
        months = [Asked(place=place, mode="set", value=one.baseline, first=one.label) for one in off]
        if months:
            edit.run_batch(context, layer=LAYER, asked=months, cycle=cycle)


def _asked(line: LineTyped, row: EntryRow, seen: EntrySeen) -> Iterator[Asked]:
    """The edits that a line means."""
    place = place_named(row.customer, row.family)
    if line.percent is not None:
        first = line.first or seen.labels[0]
        if first not in seen.horizon:
            raise _bad(
                argument="first", value=first, reason=f"name a month from {seen.horizon[0]} to {seen.horizon[-1]}"
            )
        left = len(seen.horizon) - seen.horizon.index(first)
        yield Asked(place=place, mode="percent", value=line.percent, first=first, periods=left, reason=line.reason)
    figures = _figures(line, row)
    _refuse_below_booked(figures, row, line.reason)
    for label, value in figures.items():
        yield Asked(place=place, mode="set", value=value, first=label, reason=line.reason)


def _figures(line: LineTyped, row: EntryRow) -> Mapping[str, float]:
    """Month by month: one figure in the shape of the baseline, and on top of it what was typed for a month."""
    spread: dict[str, float] = {}
    if line.figure is not None:
        shape = np.array([one.baseline for one in row.months])
        values = over_months(line.figure, shape) if line.figure >= 0.0 else [line.figure] * len(row.months)
        spread = dict(zip((one.label for one in row.months), map(float, values), strict=True))
    return {**spread, **line.months}


def _refuse_below_booked(figures: Mapping[str, float], row: EntryRow, reason: str) -> None:
    """Less than is ordered already is a figure only with a reason (domain.md 4.2, SP-3)."""
    booked = sum(one.booked for one in row.months if one.label in figures)
    said = sum(figures.values())
    if row.unit and figures and said < booked and not reason:
        why = f"{booked:.12g} {row.unit} are ordered for these months already; say why it will be less"
        raise _bad(argument="reason", value="", reason=f"{row.customer_name}, {row.family_name}: {why}")


def _share(context: Context, line: LineTyped, row: EntryRow, seen: EntrySeen) -> None:
    """A figure with its range as news: in percent of the baseline, and in the number already."""
    if row.baseline <= 0.0:
        raise _bad(
            argument="low",
            value=line.low,
            reason="there is no baseline that a range could be a share of; share it as news",
        )
    low, likely, high = (
        None if value is None else WHOLE * (value / row.baseline - 1.0) for value in (line.low, line.figure, line.high)
    )
    news.run(
        context, kind="other", text=line.reason or str(_("the figure with its range, as entered")),
        place=place_named(row.customer, row.family), patch=row.patch, in_number="yes", low=low, likely=likely,
        high=high, first=seen.labels[0], periods=len(seen.labels), cycle=seen.cycle,
    )  # fmt: skip


def _bad(*, argument: str, value: object, reason: str) -> BadArgumentError:
    return BadArgumentError(step="edit", argument=argument, value=value, reason=reason)
