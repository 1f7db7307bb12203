"""My month: what the company waits for from a person, by when, what changed since she last looked, her figures."""

import datetime as dt
from dataclasses import dataclass

from onenumber.cycle.dues import Stop, next_stop
from onenumber.cycle.phases import Phase
from onenumber.model.finding import Finding
from onenumber.rights.ask import reads
from onenumber.rights.table import Figure
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import Glance, glance, rows_in
from onenumber.steps.see.briefs import AccountShown, urgent_news
from onenumber.steps.see.cycle import CycleBar, Struck, cycle_bar
from onenumber.steps.see.deputies import StandIn, deputies_on, stood_in_for
from onenumber.steps.see.month_block import Block
from onenumber.steps.see.month_changes import Change, changes_since
from onenumber.steps.see.month_figures import blocks_of
from onenumber.steps.see.month_promises import Outcomes, outcomes_of
from onenumber.steps.see.month_waits import Desk, Wait
from onenumber.steps.see.sent_back import sent_back_shown
from onenumber.store.looks import look_at_month
from onenumber.store.models import SignatureRow

SOON = dt.timedelta(days=31)


@dataclass(frozen=True, slots=True, kw_only=True)
class MyMonth:
    """A person's month: what waits for her, late things first, and where she acts next; what changed; her figures.

    ``urgent`` is what she must know of key accounts today, ``stands_in`` for whom she stands in, now or soon,
    ``stood_in`` who does for her.

    ``since`` is her look before this one (None: she looks for the first time, and hears of the whole cycle).
    """

    cycle: str
    today: dt.date
    roles: frozenset[str]
    sees_plan: bool
    waits: tuple[Wait, ...]
    struck: tuple[Struck, ...]
    sent_back: tuple[Finding, ...]
    next: Stop | None
    since: dt.datetime | None
    changes: tuple[Change, ...]
    outcomes: Outcomes | None
    blocks: tuple[Block, ...]
    urgent: tuple[AccountShown, ...] = ()
    stands_in: tuple[StandIn, ...] = ()
    stood_in: tuple[StandIn, ...] = ()


def my_month(context: Context, label: str = "", *, bar: CycleBar | None = None) -> MyMonth:
    """The month of who asks, in a cycle; of the newest if none is named. That she looked is noted.

    ``bar`` is the cycle bar of the same look, where the page around it has asked for that already.

    Raises:
        NoCycleError: if there is no such cycle.
    """
    look = glance(context)
    cycle = look.cycle(label)
    desk = Desk(look=look, cycle=cycle)
    bar, since = bar or cycle_bar(look, cycle.label), _since(look)
    return MyMonth(
        cycle=cycle.label,
        today=look.today,
        roles=look.actor.roles,
        sees_plan=reads(look.actor, Figure.VOLUME),
        waits=desk.waits(bar.open_points),
        struck=bar.struck,
        sent_back=sent_back_shown(look, cycle.label, own=True),
        next=_next(desk),
        since=since,
        changes=changes_since(look, cycle, since or cycle.opened_at),
        outcomes=outcomes_of(look, cycle),
        blocks=blocks_of(look, cycle, bar.open_points),
        urgent=urgent_news(look, cycle),
        stands_in=_soon(stood_in_for(look), look.today),
        stood_in=_soon(
            deputies_on(look.today, company=look.company(), names=look.names()).get(look.actor.person, ()), look.today
        ),
    )


def _soon(found: tuple[StandIn, ...], today: dt.date) -> tuple[StandIn, ...]:
    """Who stands in today or within a month: what comes later stands on the page Who does what."""
    return tuple(one for one in found if one.since <= today + SOON)


def waits_of(context: Context, label: str = "", *, bar: CycleBar | None = None) -> tuple[Wait, ...]:
    """What waits for who asks in a cycle, by day, without noting that she looked; empty before the first cycle.

    ``bar`` is the cycle bar of the same look, where the page around it has asked for that already.
    """
    look = glance(context)
    bar = bar or cycle_bar(look, label)
    return Desk(look=look, cycle=look.cycle(bar.cycle)).waits(bar.open_points) if bar.cycle else ()


def _since(look: Glance) -> dt.datetime | None:
    """Who only looks at a rehearsal leaves no trace in it."""
    if look.actor.looks_only:
        return None
    return look_at_month(look.plan, person=look.actor.person, now=look.now)


def _next(desk: Desk) -> Stop | None:
    """Where her roles act next."""
    calendar, index = desk.look.frame(desk.cycle).calendar, desk.cycle.index
    periods = tuple(one for one in calendar.periods if one.index in (index, index + 1))
    given = [row.verb for row in rows_in(desk.look, SignatureRow, desk.cycle) if row.struck_at is None]
    return next_stop(
        desk.look.actor.roles, phase=Phase(desk.cycle.phase), signed=set(given), periods=periods, week=desk.week
    )
