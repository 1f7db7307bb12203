"""The meetings of a month: what was promised last time, where each stands, and the minutes that write themselves."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from onenumber.cycle.calendar import due
from onenumber.cycle.meetings import MEETINGS, Meeting
from onenumber.cycle.phases import Phase
from onenumber.cycle.signatures import rule_of
from onenumber.model.contract.empty import table_or_empty
from onenumber.model.finding import Finding
from onenumber.model.validity import valid_on
from onenumber.review.naming import place_name
from onenumber.rights.actors import answering_for
from onenumber.rights.ask import Thing, may, refused_reading
from onenumber.rights.table import Figure
from onenumber.steps.frame.company_words import names_at
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.days import week_at
from onenumber.steps.frame.glance import Glance, cycle_earlier, glance, rows_in
from onenumber.steps.see.cycle import OpenPoint, people_in
from onenumber.steps.see.deputies import StandIn
from onenumber.steps.see.escalated import WentUp, escalated
from onenumber.steps.see.month_block import Block
from onenumber.steps.see.month_changes import Change, changes_since
from onenumber.steps.see.month_figures import blocks_named
from onenumber.steps.see.plants import Said, still_asked
from onenumber.steps.see.sent_back import sent_back_shown
from onenumber.store.models import ActionRow, Answer, Cycle, PhaseChange, SignatureRow
from onenumber.store.plans import both_names

IN_MINUTES = (
    "signed", "struck", "paper_decided", "paper_refused", "paper_deferred", "paper_defaulted", "paper_withdrawn",
    "line_decided", "line_refused", "line_deferred", "line_defaulted", "line_withdrawn",
    "waived", "escalated", "phase_ended", "phase_reopened", "patch_returned", "patch_defaulted", "news_in", "news_out",
    "plant_taken", "plant_cannot", "action_agreed",
)  # fmt: skip
"""What stands in minutes: who signed, decided, returned, let pass and promised; not what was made for it."""
HANDED_IN = (Phase.SUPPLY, Phase.RECONCILE, Phase.EXEC)
"""Phases whose meetings hear what plants cannot make."""
WENT_TO = (Phase.RECONCILE, Phase.EXEC)
"""Phases whose meetings hear what was escalated."""
BEFORE, NOW, OVER = "before", "now", "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionShown:
    """An action of a meeting: of which cycle, what, whose, by when; what came of it, by whom (empty: it is open)."""

    number: int
    cycle: str
    text: str
    owner: str
    due: dt.date
    late: bool
    done_by: str
    note: str
    hers: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseShown:
    """An action that an owner promised with her answers for missed figures of a month: how many, and the first."""

    of: str
    figure: str
    scope: str
    figures: int
    owner: str
    action: str
    due: dt.date | None
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingLine:
    """A meeting of the cycle: who leads it and who decides in it, its day, where it stands, and actions still open.

    ``stand_ins`` are those who stand in on its day for who leads it; ``led`` who led one that is over, by who signed in
    it for its chair.
    """

    meeting: Meeting
    chairs: tuple[str, ...]
    led: tuple[str, ...]
    stand_ins: tuple[StandIn, ...]
    deciders: tuple[str, ...]
    day: dt.date
    stands: str
    open_actions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingSeen:
    """A meeting with last time's actions, what owners promised, its figures, its minutes, and what it agreed.

    ``cannot`` is what plants said they cannot make and the plan still asks; ``escalated`` went up to the pre-S&OP, told
    in it and in the meeting after it.
    """

    line: MeetingLine
    cycle: str
    last: tuple[ActionShown, ...]
    promised: tuple[PromiseShown, ...]
    sent_back: tuple[Finding, ...]
    cannot: tuple[Said, ...]
    escalated: tuple[WentUp, ...]
    figures: tuple[Block, ...]
    minutes: tuple[Change, ...]
    agreed: tuple[ActionShown, ...]
    may_write: bool


def meetings_seen(context: Context, label: str = "") -> tuple[MeetingLine, ...]:
    """The four meetings of a cycle.

    Raises:
        NotAllowedError: if the person does not plan the whole company.
    """
    look = _looking(context)
    cycle = look.cycle(label)
    rows = list(ActionRow.objects.filter(plan=look.plan, cycle__index__lte=cycle.index, ends=None))
    return tuple(_line(look, cycle, one, rows) for one in MEETINGS.values())


def meeting_seen(context: Context, which: str, label: str = "", *, points: Sequence[OpenPoint] = ()) -> MeetingSeen:
    """One of the meetings of a cycle; ``points`` are what its phase waits for, where the page has asked already.

    Raises:
        NotAllowedError: if the person does not plan the whole company.
        KeyError: if there is no such meeting.
    """
    look = _looking(context)
    cycle = look.cycle(label)
    meeting, before = MEETINGS[which], cycle_earlier(look, cycle)
    found = ActionRow.objects.filter(plan=look.plan, meeting=which, cycle__index__lte=cycle.index)
    rows = list(found.select_related("cycle").prefetch_related("ends").order_by("due", "pk"))
    shown = [(row, _action(look, cycle, row)) for row in rows]
    last = tuple(
        one
        for row, one in shown
        if row.cycle_id != cycle.pk and (not one.done_by or (before is not None and row.cycle_id == before.pk))
    )
    return MeetingSeen(
        line=_line(look, cycle, meeting, [row for row, one in shown if not one.done_by]), cycle=cycle.label, last=last,
        promised=_promised(look, cycle, before) if "attainment" in {one.code for one in meeting.agenda} else (),
        sent_back=sent_back_shown(look, cycle.label) if "papers" in {one.code for one in meeting.agenda} else (),
        cannot=still_asked(look, cycle) if meeting.phase in HANDED_IN else (),
        escalated=escalated(look, cycle) if meeting.phase in WENT_TO else (),
        figures=blocks_named(
            look, cycle, points, meeting.figures, undecided=meeting.phase.place < Phase.EXEC.place
        ),  # a meeting that is over shows what it saw
        minutes=_minutes(look, cycle, meeting),
        agreed=tuple(one for row, one in shown if row.cycle_id == cycle.pk),
        may_write=may(look.actor, "agree_action", phase=Phase(cycle.phase)),
    )  # fmt: skip


def _looking(context: Context) -> Glance:
    if not context.actor.plans_all:
        reason = "only who plans the whole company may"
        raise refused_reading(context.actor, "see a meeting", figure=Figure.VOLUME, whole=True, reason=reason)
    return glance(context)


def _line(look: Glance, cycle: Cycle, meeting: Meeting, open_: Sequence[ActionRow]) -> MeetingLine:
    place, here = meeting.phase.place, Phase(cycle.phase).place
    day = due(meeting.milestone, period=look.frame(cycle).calendar[cycle.index], week=week_at(look, cycle))
    chairs = people_in(look, meeting.chair)
    return MeetingLine(
        meeting=meeting, chairs=chairs, led=(_led(look, cycle, meeting) or chairs) if here > place else (),
        stand_ins=tuple(_stand_ins(look, meeting.chair, day)),
        deciders=people_in(look, meeting.decides) if meeting.decides else (), day=day,
        stands=BEFORE if here < place else NOW if here == place else OVER,
        open_actions=sum(row.meeting == meeting.key for row in open_),
    )  # fmt: skip


def _led(look: Glance, cycle: Cycle, meeting: Meeting) -> tuple[str, ...]:
    """Who signed in a meeting by the right of its chair, with for whom; nobody where it needs no such signature."""
    verbs = {rule.verb for rule in map(rule_of, meeting.signs) if rule.role == meeting.chair}
    rows = [row for row in rows_in(look, SignatureRow, cycle) if row.verb in verbs and row.struck_at is None]
    return tuple(both_names(look.names(), row.person, row.deputy_for) for row in rows)


def _stand_ins(look: Glance, role: str, day: dt.date) -> Iterator[StandIn]:
    """Who stands in on a day for those who hold a role."""
    held = look.held()
    away = list(held.holders.get(role, ())) if held is not None else []
    rows = valid_on(table_or_empty(look.company(), "deputies"), day).filter(pl.col("person").is_in(away))
    names = look.names() if len(rows) else {}
    for row in rows.sort("valid_from", "deputy").iter_rows(named=True):
        name = names.get(row["deputy"], row["deputy"])
        yield StandIn(name=name, since=row["valid_from"], until=row["valid_to"])


def _action(look: Glance, cycle: Cycle, row: ActionRow) -> ActionShown:
    ends, names = list(row.ends.all()), look.names()
    thing = Thing(answering=answering_for(row.owner, company=look.company(cycle)))
    return ActionShown(
        number=row.pk, cycle=row.cycle.label, text=row.text, owner=names.get(row.owner, row.owner), due=row.due,
        late=not ends and row.due < look.today,
        done_by=names.get(ends[0].person, ends[0].person) if ends else "", note=ends[0].note if ends else "",
        hers=not ends and may(look.actor, "close_action", phase=Phase(cycle.phase), thing=thing),
    )  # fmt: skip


def _promised(look: Glance, cycle: Cycle, before: Cycle | None) -> tuple[PromiseShown, ...]:
    """What owners promised with their answers in this cycle and the one before: the newest answer of each figure."""
    cycles = [one for one in (before, cycle) if one is not None]
    rows = Answer.objects.filter(cycle__in=cycles).order_by("pk")
    newest = {(row.figure, row.scope): row for row in rows}
    places, calendar = names_at(look, cycle) if newest else {}, look.frame(cycle).calendar
    names, groups = look.names(), dict[tuple[str, str, dt.date | None], list[Answer]]()
    for row in newest.values():
        if row.action:
            groups.setdefault((row.person, row.action, row.due), []).append(row)
    return tuple(
        PromiseShown(
            of=calendar[made[0].period].label, figure=made[0].figure, scope=place_name(made[0].scope, places),
            figures=len(made),
            owner=names.get(person, person), action=action, due=due, late=due is not None and due < look.today,
        )
        for (person, action, due), made in groups.items()
    )  # fmt: skip


def _minutes(look: Glance, cycle: Cycle, meeting: Meeting) -> tuple[Change, ...]:
    """What was signed, decided, returned, let pass and agreed while the meeting's phase was under way, in its order."""
    spans = _spans(cycle, meeting.phase)
    if not spans:
        return ()
    done = changes_since(look, cycle, spans[0][0], own=True)
    meant = {rule_of(verb).meaning for verb in meeting.signs}
    inside = [one for one in done if any(begin <= one.at and (end is None or one.at <= end) for begin, end in spans)]
    return tuple(reversed([one for one in inside if one.code in IN_MINUTES and _is_of(one, meeting, meant)]))


def _is_of(one: Change, meeting: Meeting, meant: Collection[str]) -> bool:
    """Whether what was done in a meeting's phase is the meeting's: of what one moment holds, its own side."""
    match one.code:
        case "action_agreed":
            return one.where.key == meeting.key
        case "signed" | "struck":
            return one.what["meaning"] in meant
        case "waived" | "escalated":
            return one.what["phase"] in ("", meeting.phase.value)
        case "phase_ended":
            return one.what["before"] == meeting.phase.value
        case "phase_reopened":
            return one.what["after"] == meeting.phase.value
        case _:
            return True


def _spans(cycle: Cycle, phase: Phase) -> list[tuple[dt.datetime, dt.datetime | None]]:
    """From when to when (None: still) a phase was under way; more than once where it was re-opened."""
    found: list[tuple[dt.datetime, dt.datetime | None]] = []
    for row in PhaseChange.objects.filter(cycle=cycle).order_by("pk"):
        if row.before == phase and found and found[-1][1] is None:
            found[-1] = (found[-1][0], row.at)
        if row.after == phase:
            found.append((row.at, None))
    return found
