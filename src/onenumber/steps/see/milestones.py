"""The calendar of a cycle: its milestones with their days, what was signed, let pass and re-opened, by whom and why."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from onenumber.cycle.calendar import MILESTONES, due
from onenumber.cycle.dues import SIGNED_BY
from onenumber.cycle.phases import Phase, reopened
from onenumber.cycle.signatures import RULES, rule_of
from onenumber.cycle.words import clause, what_is_short
from onenumber.errors.cycle import CannotReopenError
from onenumber.model.sheet import SheetKind
from onenumber.rights.ask import may, reads, refused_reading
from onenumber.rights.table import Figure
from onenumber.steps.frame.called import names_of
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.days import week_at
from onenumber.steps.frame.glance import Glance, glance
from onenumber.steps.see.month_changes import UP, went_up
from onenumber.store.models import AuditRow, Cycle, PhaseChange, SignatureRow, WaiverRow
from onenumber.store.plans import both_names

DONE, LATE, DUE, AHEAD = "done", "late", "due", "ahead"
_MADE: Mapping[str, tuple[SheetKind, str]] = {
    "freeze": (SheetKind.HISTORY, ""), "forecast": (SheetKind.FORECAST, ""), "submit": (SheetKind.SALES_INPUT, ""),
    "collect": (SheetKind.SALES_INPUT, ""), "plan": (SheetKind.SUPPLY_PLAN, "proposed"),
    "prepare": (SheetKind.DECISION, "papers"), "publish": (SheetKind.PUBLISHED_PLAN, ""),
}  # fmt: skip
"""The sheet that says that a milestone is reached."""
_PHASE: Mapping[str, Phase] = {"send": Phase.RECONCILE, "answer": Phase.MONITOR}
"""The phase whose end says so, where no sheet and no signature does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Milepost:
    """A milestone: the working day and the day until which it is reached; done, late, due or ahead."""

    key: str
    working_day: int
    day: dt.date
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A signature or a waiver that was given; ``struck`` says why it was struck through, empty if it stands."""

    what: str
    who: str
    at: dt.datetime
    reason: str
    struck: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A phase that ended or re-opened."""

    before: Phase
    after: Phase
    who: str
    at: dt.datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopening:
    """A phase that the person who looks may re-open: the signatures that it strikes, and how many waivers."""

    phase: Phase
    strikes: tuple[str, ...]
    waivers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarShown:
    """The calendar of a cycle; ``measures`` where she may measure last month now."""

    cycle: str
    phase: Phase
    today: dt.date
    posts: tuple[Milepost, ...]
    signed: tuple[Given, ...]
    waived: tuple[Given, ...]
    turns: tuple[Turn, ...]
    reopens: tuple[Reopening, ...]
    measures: bool


def milestones(context: Context, label: str = "") -> CalendarShown:
    """The calendar of a cycle, the newest if none is named.

    Raises:
        NotAllowedError: if she sees no plan.
    """
    if not reads(context.actor, Figure.VOLUME):
        reason = "their roles see no figure of a plan"
        raise refused_reading(context.actor, "see the calendar", figure=Figure.VOLUME, whole=False, reason=reason)
    look = glance(context)
    cycle = look.cycle(label)
    phase, names = Phase(cycle.phase), look.names()
    signatures = list(SignatureRow.objects.filter(cycle=cycle).order_by("pk"))
    waivers = list(WaiverRow.objects.filter(cycle=cycle).order_by("pk"))
    subjects = names_of(look, cycle, waivers)
    up = went_up(AuditRow.objects.filter(plan=look.plan, verb=UP, at__gte=cycle.opened_at)) if waivers else frozenset()
    turns = PhaseChange.objects.filter(cycle=cycle).order_by("pk")
    return CalendarShown(
        cycle=cycle.label, phase=phase, today=look.today, posts=_posts(look, cycle, signatures),
        signed=tuple(_signed(row, names) for row in signatures),
        waived=tuple(
            _waived(look, row, subjects[row.code, row.subject], up=(row.person, row.at, row.subject) in up)
            for row in waivers
        ),
        turns=tuple(
            Turn(before=Phase(row.before), after=Phase(row.after), who=names.get(row.person, row.person), at=row.at,
                 reason=row.reason)
            for row in turns
        ),
        reopens=_reopens(look, phase, signatures, waivers, names),
        measures=phase in {Phase.MONITOR, Phase.DATA} and may(look.actor, "measure", phase=phase),
    )  # fmt: skip


def _posts(look: Glance, cycle: Cycle, signatures: Collection[SignatureRow]) -> tuple[Milepost, ...]:
    span, week, today = look.frame(cycle).calendar[cycle.index], week_at(look, cycle), look.today
    made, signed = look.made(cycle), {row.verb for row in signatures if row.struck_at is None}
    phase = Phase(cycle.phase)
    found = []
    for key, one in MILESTONES.items():
        day = due(key, period=span, week=week)
        ended = phase.place > _PHASE[key].place if key in _PHASE else False
        verbs = [verb for verb, milestone in SIGNED_BY.items() if milestone == key]
        done = key == "open" or ended or _MADE.get(key) in made or (bool(verbs) and signed.issuperset(verbs))
        state = DONE if done else LATE if day < today else DUE if day == today else AHEAD
        found.append(Milepost(key=key, working_day=one.day, day=day, state=state))
    return tuple(found)


def _signed(row: SignatureRow, names: Mapping[str, str]) -> Given:
    return Given(
        what=rule_of(row.verb).meaning, who=both_names(names, row.person, row.deputy_for), at=row.at, reason="",
        struck=row.struck_because if row.struck_at is not None else "",
    )  # fmt: skip


def _waived(look: Glance, row: WaiverRow, place: str, *, up: bool) -> Given:
    """What was let pass or went ``up``, and by whom, is everybody's to see; why is said among who plans all of it."""
    names, reason = look.names(), row.reason if look.actor.plans_all else ""
    went = f"{what_is_short(row.code, row.subject, place)}: escalated to the pre-S&OP"
    return Given(
        what=went if up else f"let pass: {clause(row.code, place)}", who=names.get(row.person, row.person), at=row.at,
        reason=reason, struck=row.struck_because if row.struck_at is not None else "",
    )  # fmt: skip


def _reopens(
    look: Glance, now: Phase, signatures: Collection[SignatureRow], waivers: Collection[WaiverRow],
    names: Mapping[str, str],
) -> tuple[Reopening, ...]:  # fmt: skip
    if not may(look.actor, "reopen", phase=now):
        return ()
    standing = [row for row in signatures if row.struck_at is None]
    found = []
    for phase in Phase:
        own = any(rule_of(row.verb).phase is phase for row in standing)
        try:
            struck = reopened(now, phase, signed=own)
        except CannotReopenError:
            continue
        verbs = {rule.verb for rule in RULES if rule.phase in struck}
        said = tuple(
            f"“{rule_of(row.verb).meaning}” {both_names(names, row.person, row.deputy_for)}"
            for row in standing if row.verb in verbs
        )  # fmt: skip
        passed = sum(row.struck_at is None and row.phase in ("", *struck) for row in waivers)
        found.append(Reopening(phase=phase, strikes=said, waivers=passed))
    return tuple(found)
