"""Decide on news: taken into the plan as a change in L3, or out of it, among the risks and opportunities."""

import math
from dataclasses import dataclass

import numpy as np
from django.db import transaction

from onenumber.consensus.edit import Spot
from onenumber.consensus.edits import taken_out
from onenumber.consensus.news import IN_FROM, OUT_BELOW, Taken, is_open, news_change, weighted
from onenumber.cycle.phases import Phase
from onenumber.errors.consensus import EmptyPlaceError
from onenumber.errors.steps import BadArgumentError
from onenumber.model.sheet import SheetKind
from onenumber.rights.ask import Grant
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Argument, Step, check_words
from onenumber.steps.frame.layers import Board, board, inside, name_of, permit_rows, type_in
from onenumber.steps.frame.news import HELD_BY_SALES, LAYER, Heard, heard
from onenumber.steps.frame.reading import Reader
from onenumber.steps.frame.rebasing import refuse_left_behind
from onenumber.steps.frame.submissions import refuse_signed
from onenumber.steps.frame.writing import Outcome
from onenumber.store.layers import Entry, unpack
from onenumber.store.models import AuditRow, Cycle, EditRow, TriageRow
from onenumber.store.plans import find_cycle, hold


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    """What was decided on one news, with the amount and the probability that the planner sees."""

    heard: Heard
    taken: Taken
    likely: float | None
    probability: float | None
    reason: str

    @property
    def percent(self) -> float | None:
        """By how many percent of the baseline the plan changes; None where it does not."""
        if self.taken is Taken.OUT or self.heard.stand in HELD_BY_SALES:
            return None
        row = self.heard.row
        for name, value in (("likely", self.likely), ("probability", self.probability)):
            if value is None:
                raise _bad(
                    argument=name, value="", reason=f"news {self.heard.number} does not say it; say what you see"
                )
        return weighted(row.kind, likely=self.likely or 0.0, probability=self.probability or 0.0)


def run(  # noqa: PLR0913 - which news, what about it, why, and what the planner sees otherwise
    context: Context,
    *,
    news: int,
    decision: str,
    reason: str,
    likely: float | None = None,
    probability: float | None = None,
    of: str = "",
    cycle: str = "",
) -> Outcome:
    """Append what was decided on a news; what was decided on it before is taken back by new rows.

    In the plan it is an edit of L3: its percentage of the baseline times its probability, or the whole of it where it
    is lumpy. News that is in the sales figure is the reason of that figure and adds nothing; what was taken in before
    that figure counted is taken out of L3. What lives on of an
    earlier cycle is named with that cycle in ``of``.

    Raises:
        NotAllowedError: if the person may not.
        NoSheetError: if there is no baseline.
        NotRebasedError: if what was typed on an earlier baseline is not on this one.
        BadArgumentError: if there is no such news, or it cannot be decided so.
        EmptyPlaceError: if nothing is asked for at its place, or in its months.
        DemandSignedError: if the demand is signed.
        ConsensusError: if it cannot be split (all locked, more than all is lost).
    """
    now = find_cycle(context.plan, cycle)
    grant = context.permit("triage", phase=Phase(now.phase))
    check_words("triage", "reason", reason, reason="who shared it will read why")
    with transaction.atomic():  # nobody types or decides meanwhile: the decision and its edits stand or fall together
        hold(now)
        refuse_signed(now)
        stand = board(context, now, LAYER)
        refuse_left_behind(now, base=stand.layer.base)
        judged = _judged(heard(context, now, news, of=of), Taken(decision), likely, probability, reason)
        percent = judged.percent
        if judged.heard.edit is not None:
            _take_out(context, now, judged, stand, judged.heard.edit)
        edit = _take_in(context, now, judged, percent) if percent is not None else None
        _record(context, now, judged, grant)
    moved = {} if edit is None else {"percent": percent, "sequence": edit.sequence, "cells": len(unpack(edit.leaves))}
    which, where = judged.heard.name if of else news, name_of(judged.heard.row.place)
    return Outcome(step="triage", figures={"news": which, "decision": decision, "place": where, **moved})


def _judged(news: Heard, taken: Taken, likely: float | None, probability: float | None, reason: str) -> _Judged:
    """The decision, if it is the planner's to take.

    Raises:
        BadArgumentError: if the sales figure holds the news and it is to be out, or it is lumpy and its probability
            settles it, or a figure is none.
    """
    if probability is not None and not 0 <= probability <= 1:
        raise _bad(argument="probability", value=probability, reason="it is from 0 to 1")
    sure = news.row.probability if probability is None else probability
    if news.stand in HELD_BY_SALES and taken is Taken.OUT:
        why = "the sales figure holds it, and nobody edits another's layer; return the patch with a sentence"
        raise _bad(argument="decision", value=taken.value, reason=why)
    if news.stand not in HELD_BY_SALES and not is_open(news.row.kind, taken, probability=sure):
        why = (
            f"a {news.row.kind} comes whole or not at all: it is in from a probability of {IN_FROM} and out under "
            f"{OUT_BELOW}, and this one has {sure}; say --probability if you see another"
        )
        raise _bad(argument="decision", value=taken.value, reason=why)
    amount = news.row.likely if likely is None else likely
    if amount is not None and not math.isfinite(amount):
        raise _bad(argument="likely", value=amount, reason="it is no number to plan with")
    return _Judged(heard=news, taken=taken, likely=amount, probability=sure, reason=reason)


def _bad(*, argument: str, value: object, reason: str) -> BadArgumentError:
    return BadArgumentError(step="triage", argument=argument, value=value, reason=reason)


def _take_out(context: Context, cycle: Cycle, judged: _Judged, stand: Board, row: EditRow) -> None:
    """Take the edit of the news back: what others added to the same cells since stays."""
    change = taken_out(unpack(row.leaves), stand.cube)
    grant = permit_rows(context, f"edit_{LAYER}", cycle=cycle, axis=stand.axis, rows=change.rows)
    why = f"undo of {row.sequence}: {judged.reason}"
    fields = _fields(context, cycle, judged, grant, mode="undo", value=row.value, reason=why)
    fields |= {"first": row.first, "periods": row.periods}
    type_in(cycle, stand, [(change, Entry(fields=fields, seen=stand.layer.last_sequence, undoes=row))])


def _take_in(context: Context, cycle: Cycle, judged: _Judged, percent: float) -> EditRow:
    stand, row = board(context, cycle, LAYER), judged.heard.row
    rows, columns = np.flatnonzero(inside(stand.axis, row.place)), judged.heard.columns(stand.cube)
    spot = Spot(name=name_of(row.place), rows=rows, columns=columns)
    if not len(rows) or not len(columns):
        raise EmptyPlaceError(place=spot.name)
    grant = permit_rows(context, f"edit_{LAYER}", cycle=cycle, axis=stand.axis, rows=rows)
    baseline = Reader(context, cycle).need(SheetKind.FORECAST).cube("L1")
    change = news_change(
        layer=stand.cube, baseline=baseline, shown=stand.shown, spot=spot, percent=percent, locked=stand.locked,
        history=stand.history,
    )  # fmt: skip
    why = f"{row.text} ({judged.reason})"
    fields = _fields(context, cycle, judged, grant, mode="percent", value=percent, reason=why)
    fields |= {"first": stand.cube.first + columns.start, "periods": len(columns), "news": row}
    return type_in(cycle, stand, [(change, Entry(fields=fields, seen=stand.layer.last_sequence))])[0]


def _fields(  # noqa: PLR0913 - who decided what of which news, and how it is typed
    context: Context, cycle: Cycle, judged: _Judged, grant: Grant, *, mode: str, value: float, reason: str
) -> dict[str, object]:
    place = judged.heard.row.place
    return {
        "place": place, "place_name": name_of(place), "mode": mode, "value": value, "author": context.actor.person,
        "role": grant.role, "phase": cycle.phase, "reason": reason, "at": context.now,
    }  # fmt: skip


def _record(context: Context, cycle: Cycle, judged: _Judged, grant: Grant) -> None:
    TriageRow.objects.create(
        plan=context.plan, cycle=cycle, news=judged.heard.row, taken=judged.taken.value, likely=judged.likely,
        probability=judged.probability, person=context.actor.person, deputy_for=grant.deputy_for,
        reason=judged.reason, at=context.now,
    )  # fmt: skip
    said = {"of": judged.heard.of} if judged.heard.of else {}
    what = {"news": judged.heard.number, **said, "decision": judged.taken.value, "reason": judged.reason}
    AuditRow.objects.create(
        plan=context.plan, at=context.now, person=context.actor.person, deputy_for=grant.deputy_for, verb="triage",
        what=what,
    )  # fmt: skip


STEP = Step(
    name="triage",
    verb="triage",
    phase=Phase.DEMAND,
    says="Decide on news: in the plan, or among the risks and opportunities.",
    run=run,
    arguments=(
        Argument(name="news", doc="Number of the news, as `risks` lists it.", kind="integer", positional=True),
        Argument(name="decision", doc="Is it in the plan?", choices=tuple(one.value for one in Taken), positional=True),
        Argument(name="reason", doc="Why."),
        Argument(name="of", doc="Label of the earlier cycle in which it was shared.", required=False),
        Argument(name="likely", doc="Percent of the baseline, if you see another.", kind="number", required=False),
        Argument(name="probability", doc="0 to 1, if you see another.", kind="number", required=False),
        CYCLE,
    ),
)
