"""Key accounts as the executive reads them: what is new with each, what it is worth, and how its forecast moved."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from onenumber.cycle.phases import Phase
from onenumber.review.naming import Names, name_of
from onenumber.rights.ask import reads, refused_reading
from onenumber.rights.table import Figure
from onenumber.steps.frame.accounts import (
    BRIEFED,
    Account,
    asked_about,
    key_accounts,
    moved_by,
    said_of,
    speaks_of,
    worth_of,
)
from onenumber.steps.frame.company_words import names_at
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.days import due_day
from onenumber.steps.frame.glance import Glance, cycle_earlier, glance, rows_in
from onenumber.steps.see.cycle import people_in
from onenumber.store.models import BriefRow, Cycle
from onenumber.store.plans import both_names


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefShown:
    """The last word on an account: its news (empty: none, confirmed), by whom and when."""

    text: str
    urgent: bool
    person: str
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountShown:
    """A key account: what the baseline of a year is worth, its share of the company, how that moved in a cycle.

    ``asks`` says why something should be said: ``moved`` or ``loss``; ``hers`` whether who looks may say it.
    """

    customer: str
    name: str
    patches: tuple[str, ...]
    revenue: float | None
    share: float | None
    moved: float | None
    asks: str
    said: BriefShown | None
    before: BriefShown | None
    hers: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefsShown:
    """The key accounts of a cycle: what nobody spoke of first, then news, then those without; of each the largest.

    ``waited``: what is not said of them is still waited for, from the sales ``leaders`` by the day ``due``; ``late``:
    that day is over.
    """

    cycle: str
    currency: str
    accounts: tuple[AccountShown, ...]
    waited: bool
    leaders: tuple[str, ...] = ()
    due: dt.date | None = None
    late: bool = False


def briefs_shown(context: Context, label: str = "") -> BriefsShown:
    """The key accounts of a cycle, to who reads the brief.

    Raises:
        NotAllowedError: if the person does not.
    """
    if not reads(context.actor, Figure.BRIEF):
        reason = "only the executive and the sales leader may"
        raise refused_reading(context.actor, "read key accounts", figure=Figure.BRIEF, whole=True, reason=reason)
    look = glance(context)
    cycle = look.cycle(label)
    before = cycle_earlier(look, cycle)
    worth, moved = worth_of(look, cycle, cycle), moved_by(look, cycle)
    said, last = (_said(look, one) if one is not None else {} for one in (cycle, before))
    asked, places, due = asked_about(look, cycle), names_at(look, cycle), due_day(look, cycle, "collect")
    shown = [
        _shown(
            look,
            cycle,
            one,
            worth=worth,
            moved=moved,
            said=said,
            last=last,
            asks=asked.get(one.customer, ""),
            places=places,
        )
        for one in key_accounts(look, cycle)
    ]
    return BriefsShown(
        cycle=cycle.label,
        currency=look.frame(cycle).currency,
        accounts=tuple(sorted(shown, key=_first)),
        waited=Phase(cycle.phase).place <= BRIEFED[-1].place,
        leaders=people_in(look, "SM"),
        due=due,
        late=look.today > due,
    )


def _first(one: AccountShown) -> tuple[bool, bool, float, str]:
    return one.said is not None, one.said is not None and not one.said.text, -(one.revenue or 0.0), one.name


def urgent_news(look: Glance, cycle: Cycle) -> tuple[AccountShown, ...]:
    """What the executive must know the same day, the newest first; nothing to who reads no brief."""
    if not reads(look.actor, Figure.BRIEF) or not any(row.urgent for row in rows_in(look, BriefRow, cycle)):
        return ()
    said, places = _said(look, cycle), names_at(look, cycle)
    found = [
        _shown(look, cycle, one, worth={}, moved={}, said=said, last={}, asks="", places=places)
        for one in key_accounts(look, cycle)
        if one.customer in said and said[one.customer].urgent
    ]
    return tuple(sorted(found, key=lambda one: one.said.at if one.said else look.now, reverse=True))


def _shown(  # noqa: PLR0913 - what is known of one account
    look: Glance, cycle: Cycle, one: Account, *, worth: Mapping[str, float], moved: Mapping[str, float],
    said: Mapping[str, BriefShown], last: Mapping[str, BriefShown], asks: str, places: Names,
) -> AccountShown:  # fmt: skip
    revenue, total = worth.get(one.customer), sum(worth.values())
    return AccountShown(
        customer=one.customer, name=one.name, revenue=revenue,
        patches=tuple(name_of("patch", patch, places) for patch in one.patches),
        share=revenue / total if revenue is not None and total else None, moved=moved.get(one.customer), asks=asks,
        said=said.get(one.customer), before=last.get(one.customer),
        hers=speaks_of(look.actor, one, Phase(cycle.phase)),
    )  # fmt: skip


def _said(look: Glance, cycle: Cycle) -> dict[str, BriefShown]:
    rows = said_of(look, cycle)
    names = look.names() if rows else {}
    return {
        customer: BriefShown(
            text=row.text, urgent=row.urgent, person=both_names(names, row.person, row.deputy_for), at=row.at
        )
        for customer, row in rows.items()
    }
