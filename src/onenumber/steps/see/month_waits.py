"""What waits for a person in a cycle: what a gate waits for, and what others asked of her, each with its last day."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from onenumber.consensus.collect import WITH_HER, PatchState
from onenumber.cycle.calendar import due
from onenumber.cycle.dues import milestone_of
from onenumber.cycle.meetings import MEETINGS
from onenumber.cycle.phases import Phase
from onenumber.model.amounts import in_short
from onenumber.model.finding import Finding
from onenumber.model.period import WorkDays
from onenumber.model.sheet import SheetKind
from onenumber.rights.actors import answering_for
from onenumber.rights.ask import Thing, may
from onenumber.rights.roles import does, patches_sold, plants_kept
from onenumber.steps.frame.accounts import unsaid
from onenumber.steps.frame.anomalies import anomalies_in, verdicts
from onenumber.steps.frame.days import week_at
from onenumber.steps.frame.glance import Glance, rows_in
from onenumber.steps.frame.news import heard_in
from onenumber.steps.frame.sent_back import WENT_BACK
from onenumber.steps.frame.submissions import states
from onenumber.steps.frame.urgent import NO, YES, standing_now
from onenumber.steps.frame.voices import is_mine
from onenumber.steps.see.actions import chaired_actions, open_actions
from onenumber.steps.see.adherence import Breach, breaches_unanswered
from onenumber.steps.see.broken import broken_of
from onenumber.steps.see.budget import without_budget
from onenumber.steps.see.buyers import silent_seen
from onenumber.steps.see.changes import changes_waiting, late_patches
from onenumber.steps.see.customer_orders import RequestShown, orders_waiting, requests_waiting
from onenumber.steps.see.cycle import OpenPoint
from onenumber.steps.see.month_page import (
    ANSWERS,
    BENCH,
    BUDGET,
    CONFLICTS,
    DECISIONS,
    FAMILY,
    GRID,
    KEY_ACCOUNTS,
    MONTH,
    ORDERS,
    PLANTS,
    Where,
    where_of,
)
from onenumber.steps.see.plants import untaken
from onenumber.steps.see.questions import questions_waiting
from onenumber.store.models import Cycle, DecisionRow, SubmissionRow, UrgentPaper

HANDED_IN = (Phase.SUPPLY, Phase.EXEC)
"""Phases that end with a signature on the plan that plants are handed."""
MENDED_BY: Mapping[Phase, str] = {
    Phase.DATA: "sign_demand", Phase.DEMAND: "sign_demand", Phase.SUPPLY: "sign_supply", Phase.RECONCILE: "prepare",
    Phase.EXEC: "decide", Phase.PUBLISH: "publish",
}  # fmt: skip
"""Until which milestone an order that breaks a month is answered; while the month runs, the same day."""
EMERGENCY = "emergency_open"
SILENT = "buyer_silent"
UNANSWERED, UNCONFIRMED, UNSAID = "breach_unanswered", "orders_unconfirmed", "accounts_unsaid"
UNJUDGED = "anomalies_unjudged"
CHAIRED, UNBUDGETED = "actions_before", "lines_without_budget"


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """Who returned her patch, and with which sentence."""

    person: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settle:
    """A step that settles what waits: what is given already, and the arguments that she is asked."""

    step: str
    given: Mapping[str, str]
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """One thing that waits for a person: the code of its sentence and what that calls it, its last day, its page.

    ``count`` is how many, where it stands for several; ``values`` what its sentence says beside the name; ``settles``
    the steps by which she settles it, where it is no open point of a gate; ``about`` the request about an
    order, or what was found.
    """

    said: str
    name: str
    day: dt.date
    late: bool
    where: Where
    count: int = 1
    returned: Returned | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    settles: tuple[Settle, ...] = ()
    about: RequestShown | Finding | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What is laid before the person: the cycle that she looks at, and its working days."""

    look: Glance
    cycle: Cycle
    days: dict[str, dt.date] = field(default_factory=dict)

    @property
    def week(self) -> WorkDays:
        """The working days of the company."""
        return week_at(self.look, self.cycle)

    def day(self, milestone: str) -> dt.date:
        """The last day of a milestone of the cycle."""
        if milestone not in self.days:
            period = self.look.frame(self.cycle).calendar[self.cycle.index]
            self.days[milestone] = due(milestone, period=period, week=self.week)
        return self.days[milestone]

    @property
    def hers(self) -> frozenset[str]:
        """The person, and those whom she stands in for."""
        return self.look.actor.stands_for

    def breaches(self) -> Iterator[Breach]:
        """The breached figures that she owns and nobody answered for, while they can be answered."""
        actor, phase = self.look.actor, Phase(self.cycle.phase)
        for one in breaches_unanswered(self.look, self.cycle):
            company = self.look.company(self.cycle) if one.owner in self.hers else {}
            thing = Thing(answering=answering_for(one.owner, company=company))
            if one.owner in self.hers and may(actor, "explain", phase=phase, thing=thing):
                yield one

    def wait(  # noqa: PLR0913 - the fields of what waits
        self,
        said: str,
        name: str,
        *,
        day: dt.date,
        where: Where,
        count: int = 1,
        values: Mapping[str, str] | None = None,
        settles: tuple[Settle, ...] = (),
        about: RequestShown | Finding | None = None,
    ) -> Wait:
        """Something that waits until a day."""
        return Wait(
            said=said, name=name, day=day, late=day < self.look.today, where=where, count=count, values=values or {},
            settles=settles, about=about,
        )  # fmt: skip

    def waits(self, points: tuple[OpenPoint, ...]) -> tuple[Wait, ...]:
        """What is open and hers, what is late first, then by day."""
        mine = [point for point in points if point.mine]
        unsubmitted = any(point.said == "patch_unsubmitted" for point in mine)
        returned = _returned(rows_in(self.look, SubmissionRow, self.cycle)) if unsubmitted else {}
        names = self.look.names() if returned else {}
        found = [
            *(self._wait(point, returned, names) for point in mine),
            *(one for tell in WAITERS for one in tell(self)),
        ]
        return tuple(sorted(found, key=lambda one: one.day))

    def _wait(self, point: OpenPoint, returned: Mapping[str, SubmissionRow], names: Mapping[str, str]) -> Wait:
        day = self.day(milestone_of(point.said, point.subject))
        row = returned.get(point.subject) if point.said == "patch_unsubmitted" else None
        back = Returned(person=names.get(row.person, row.person), because=row.note) if row is not None else None
        where = where_of(self.look, self.cycle, point)
        return Wait(said=point.said, name=point.name, day=day, late=day < self.look.today, where=where, returned=back)


def _unanswered(desk: Desk) -> Iterator[Wait]:
    """The breached figures that she owns and nobody answered for, while they can be answered, as one thing."""
    open_ = list(desk.breaches())
    version = desk.look.version(SheetKind.ADHERENCE, desk.cycle)
    if open_ and version is not None:
        day, measured = desk.day("answer"), desk.look.frame(desk.cycle).calendar[open_[0].period].label
        yield desk.wait(UNANSWERED, measured, day=day, where=ANSWERS, count=len(open_))


def _returned(rows: Iterable[SubmissionRow]) -> dict[str, SubmissionRow]:
    """The return of each patch whose last state it is."""
    last = {row.patch: row for row in rows}
    return {patch: row for patch, row in last.items() if row.state == PatchState.RETURNED.value}


def _defaulted(desk: Desk) -> Iterator[Wait]:
    """Her patches that the cut-off filled: her late figure is a change request."""
    names = dict(desk.look.company(desk.cycle)["patches"].select("patch", "name").iter_rows())
    for patch in late_patches(desk.look, desk.cycle):
        yield desk.wait(
            "patch_defaulted",
            names.get(patch) or patch,
            day=desk.day("sign_demand"),
            where=FAMILY,
            settles=(asking_for_change(patch),),
        )


def asking_for_change(patch: str) -> Settle:
    """The request for a change of a patch that has closed, with all that it asks."""
    asked = ("family", "customer", "mode", "value", "first", "periods", "reason")
    return Settle(step="change", given={"patch": patch}, asked=asked)


def _changes(desk: Desk) -> Iterator[Wait]:
    """The change requests that she may answer."""
    for one in changes_waiting(desk.look, desk.cycle):
        values = {
            "who": one.who, "place": one.place, "mode": one.mode, "value": str(in_short(one.value)), "first": one.first,
            "periods": str(one.periods), "reason": one.reason,
        }  # fmt: skip
        settles = tuple(
            Settle(step="resolve", given={"change": str(one.number), "decision": decision}, asked=("reason",))
            for decision in ("taken", "refused")
        )
        yield desk.wait(
            "change_asked", str(one.number), day=desk.day("sign_demand"), where=FAMILY, values=values, settles=settles
        )


def _questions(desk: Desk) -> Iterator[Wait]:
    """The questions that she was asked and nobody answered."""
    for one in questions_waiting(desk.look, desk.cycle.label):
        settle = Settle(step="reply", given={"question": str(one.number)}, asked=("text", "figure"))
        values = {"who": one.asker, "place": one.place_name, "text": one.text}
        yield desk.wait("question_open", str(one.number), day=one.due, where=GRID, values=values, settles=(settle,))


def _orders(desk: Desk) -> Iterator[Wait]:
    """Open orders that she has not confirmed, and the requests about orders that wait for her answer."""
    count = orders_waiting(desk.look, desk.cycle)
    if count:
        yield desk.wait(UNCONFIRMED, str(count), day=desk.day("submit"), where=ORDERS)
    for one in requests_waiting(desk.look, desk.cycle):
        settle = Settle(step="settle-request", given={"request": str(one.number)}, asked=("outcome", "text"))
        settles = (settle,) if one.mine else ()
        yield desk.wait(
            "order_request", str(one.number), day=desk.day("collect"), where=ORDERS, settles=settles, about=one
        )


def _silent(desk: Desk) -> Iterator[Wait]:
    """Buyers of hers who usually order and did not: until she says why as news, or hands her patch in as it stands."""
    look, cycle = desk.look, desk.cycle
    hers = patches_sold(look.actor)
    if not hers or cycle.phase != Phase.DEMAND:
        return
    given = states(cycle, rows_in(look, SubmissionRow, cycle))
    still = {patch for patch in hers if given.get(patch, PatchState.OPEN) in WITH_HER}
    silent = [one for one in silent_seen(look, cycle) if one.patch in still]
    told = {one.row.place.get("planning_customer") for one in heard_in(look, cycle)} if silent else set()
    for one in silent:
        if one.planning_customer not in told:
            values = {"last": one.last.isoformat(), "days": str(one.days), "usual": f"{one.usual:.0f}"}
            about_it = {"place:planning_customer": one.planning_customer, "patch": one.patch}
            settle = Settle(step="news", given=about_it, asked=("kind", "text", "likely", "in_number"))
            where = Where(page="customer", key=one.planning_customer)
            yield desk.wait(SILENT, one.name, day=desk.day("submit"), where=where, values=values, settles=(settle,))


def _unsaid(desk: Desk) -> Iterator[Wait]:
    """The key accounts of which this cycle has neither news nor that there is none."""
    count = len(unsaid(desk.look, desk.cycle))
    if count:
        yield desk.wait(UNSAID, "", day=desk.day("collect"), where=KEY_ACCOUNTS, count=count)


def plants_of(desk: Desk) -> Iterator[Wait]:
    """The plants that have not answered the plan: hers to answer, or to lead."""
    actor, phase = desk.look.actor, Phase(desk.cycle.phase)
    hers, leads = plants_kept(actor), does(actor.roles, "sign_supply")
    if phase not in HANDED_IN or not (hers or leads):
        return
    day = desk.day("sign_supply" if phase is Phase.SUPPLY else "decide")
    for site, name in untaken(desk.look, desk.cycle):
        if site in hers or leads:
            yield desk.wait("plan_untaken", name, day=day, where=PLANTS)


def _broken(desk: Desk) -> Iterator[Wait]:
    """The months that orders since the freeze break: who plans demand and who plans supply find the way out."""
    roles = desk.look.actor.roles
    if not (does(roles, "forecast") or does(roles, "plan")):
        return
    milestone = MENDED_BY.get(Phase(desk.cycle.phase))
    day = max(desk.day(milestone), desk.look.today) if milestone else desk.look.today
    for one in broken_of(desk.look, desk.cycle):
        yield desk.wait("orders_break", one.name, day=day, where=CONFLICTS, about=one.finding)


def _unjudged(desk: Desk) -> Iterator[Wait]:
    """What does not look like the past and has no verdict, as one thing: the forecast follows history as judged."""
    if not may(desk.look.actor, "judge", phase=Phase(desk.cycle.phase)):
        return
    found = anomalies_in(desk.look, desk.cycle)
    judged = verdicts(desk.cycle) if found else {}
    count = sum(one.key not in judged for one in found)
    if count:
        yield desk.wait(UNJUDGED, "", day=desk.day("forecast"), where=BENCH, count=count)


def _actions(desk: Desk) -> Iterator[Wait]:
    """The actions of meetings that are hers and not done."""
    for row in open_actions(desk.look, desk.cycle):
        if row.owner not in desk.hers:
            continue
        where = Where(page="meeting", key=row.meeting) if desk.look.actor.plans_all else MONTH
        settle = Settle(step="done", given={"action": str(row.pk)}, asked=("note",))
        values = {"text": row.text, "meeting": row.meeting}
        yield desk.wait("action_open", str(row.pk), day=row.due, where=where, values=values, settles=(settle,))


def _chaired(desk: Desk) -> Iterator[Wait]:
    """The actions of last time that she asks for first in the meeting that she leads, those of one meeting as one."""
    for meeting, count in chaired_actions(desk.look, desk.cycle).items():
        day, where = desk.day(MEETINGS[meeting].milestone), Where(page="meeting", key=meeting)
        yield desk.wait(CHAIRED, meeting, day=day, where=where, values={"count": str(count)})


def _budget(desk: Desk) -> Iterator[Wait]:
    """The lines of the year that the plan lands on and nobody budgeted, which finance loads: one file, one thing."""
    lines = without_budget(desk.look, desk.cycle)
    if lines:
        values = {"account": lines[0].account, "year": str(lines[0].year), "count": str(len(lines))}
        yield desk.wait(UNBUDGETED, lines[0].name, day=desk.day("prepare"), where=BUDGET, values=values)


def _went_back(desk: Desk) -> Iterator[Wait]:
    """Papers of this cycle that the executive sent back to her; what earlier ones owe is told beside the list."""
    rows = rows_in(desk.look, DecisionRow, desk.cycle) if desk.cycle.phase != Phase.MONITOR else ()
    for paper, row in {row.paper: row for row in rows}.items():
        if row.how in WENT_BACK and row.owner in desk.hers and row.until is not None:
            values = {"who": desk.look.names().get(row.person, row.person), "rationale": row.rationale}
            yield desk.wait("paper_back", paper, day=row.until, where=DECISIONS, values=values)


def _urgent(desk: Desk) -> Iterator[Wait]:
    """The papers between meetings that wait for her: of a role that is asked, and not her own."""
    found = standing_now(desk.look) if desk.look.has_ever(UrgentPaper, desk.cycle) else ()
    for one in found:
        asked = not desk.look.actor.roles.isdisjoint(one.waits_for)
        if asked and is_mine(desk.look.actor, one, Phase(desk.cycle.phase)):
            row, until = one.row.emergency, one.row.expires_at
            values = {
                "who": desk.look.names().get(row.person, row.person), "item": row.item, "site": row.site,
                "quantity": str(in_short(row.quantity)), "reason": row.reason, "until": f"{until:%H:%M}",
            }  # fmt: skip
            settles = tuple(
                Settle(step="decide", given={"paper": one.row.paper, "option": option}, asked=("rationale",))
                for option in (YES, NO)
            )
            day, name = desk.look.day_of(until), one.row.paper
            yield desk.wait(EMERGENCY, name, day=day, where=DECISIONS, values=values, settles=settles)


WAITERS: tuple[Callable[[Desk], Iterator[Wait]], ...] = (
    _unanswered,
    _defaulted,
    _changes,
    _questions,
    _orders,
    _silent,
    _unsaid,
    plants_of,
    _broken,
    _unjudged,
    _actions,
    _chaired,
    _budget,
    _went_back,
    _urgent,
)
"""What waits for a person though no gate waits for it; something new that does is a function here."""
