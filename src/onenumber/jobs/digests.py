"""Making the digests of a day: one for each person who has something to be told."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction

from onenumber.cycle.emergencies import AND, LAPSED, OPEN, TAKEN_BACK
from onenumber.steps.frame.context import Context, make_context
from onenumber.steps.frame.urgent import standing_now, take_lapsed
from onenumber.steps.see.digest import Digest, digest_of, kept, told_now, wish_of
from onenumber.steps.see.month import waits_of
from onenumber.steps.see.month_waits import EMERGENCY
from onenumber.store.models import Account, AuditRow, Cycle, DecisionRow, DigestRow, Least, Plan, Purpose
from onenumber.store.plans import current_cycle

READY = dt.time(7)
"""When the digest of a day is made, by the clock of the plan."""
VERB, TOLD = "digest", "urgent_told"


def waiting_plans() -> tuple[Plan, ...]:
    """The live plans whose digests of today are still to be made, or where something cannot wait for the next."""
    return tuple(plan for plan in Plan.objects.filter(purpose=Purpose.LIVE) if _is_due(plan) or _is_urgent(plan))


def make_urgent(plan: Plan) -> tuple[DigestRow, ...]:
    """Tell at once, and once, whom a paper between meetings waits for; and who was told of one that it was taken back.

    The default of those whose time has passed is logged first. It needs no wish: what has 48 hours does not wait for
    the next morning.
    """
    context = make_context(plan, person="")
    take_lapsed(context)
    cycle, untold, back = current_cycle(plan), _untold(context), _untold_back(plan)
    if cycle is None or not (untold or back):
        return ()
    made = [*_asking(context, cycle, untold), *_taking_back(context, cycle, back)]
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=plan.pk)
        if (_untold(context), _untold_back(plan)) != (untold, back):  # another server was faster
            return ()
        for paper, asked in (*untold, *((row.paper, TAKEN_BACK) for row in back)):
            what = {"paper": paper, "asked": asked}
            AuditRow.objects.create(plan=plan, at=context.now, person="", verb=TOLD, what=what)
        return tuple(DigestRow.objects.bulk_create(made))


def _asking(context: Context, cycle: Cycle, untold: tuple[tuple[str, str], ...]) -> Iterator[DigestRow]:
    """A message to each person whose word a paper waits for."""
    plan, now, papers = context.plan, context.now, {paper for paper, _ in untold}
    for person in _people(plan) if papers else ():
        for wait in waits_of(make_context(plan, person=person, now=now)):
            if wait.said == EMERGENCY and wait.name in papers:
                yield DigestRow(plan=plan, cycle=cycle, person=person, day=context.today, since=now, until=now,
                                least=Least.WAITS, urgent=wait.name, waits=kept([wait]))  # fmt: skip


def _people(plan: Plan) -> list[str]:
    """Who has an account that is open, each once."""
    found = Account.objects.filter(plan=plan, is_active=True).exclude(person="").values_list("person", flat=True)
    return sorted(set(found))


def _taking_back(context: Context, cycle: Cycle, back: tuple[DecisionRow, ...]) -> Iterator[DigestRow]:
    """A message to each person who was told of a paper that was taken back since."""
    for row in back:
        told = DigestRow.objects.filter(plan=context.plan, urgent=row.paper).values_list("person", flat=True)
        for person in sorted(set(told)):
            yield DigestRow(plan=context.plan, cycle=cycle, person=person, day=context.today, since=row.at,
                            until=row.at + dt.timedelta(microseconds=1), least=Least.WAITS, urgent=f"back:{row.pk}",
                            waits=[])  # fmt: skip


def _untold(context: Context) -> tuple[tuple[str, str], ...]:
    """The papers between meetings that wait for roles of whom nobody was told of it, with those roles."""
    told = _told(context.plan)
    waiting = [(one.row.paper, AND.join(one.asked)) for one in standing_now(context) if one.state == OPEN]
    return tuple(pair for pair in waiting if pair not in told and (pair[0], None) not in told)


def _untold_back(plan: Plan) -> tuple[DecisionRow, ...]:
    """What was taken back between meetings, and nobody heard of it yet."""
    told = _told(plan)
    rows = DecisionRow.objects.filter(plan=plan, how=TAKEN_BACK).order_by("pk")
    return tuple(row for row in rows if (row.paper, TAKEN_BACK) not in told)


def _told(plan: Plan) -> set[tuple[str, str | None]]:
    """Of which papers somebody was told, and what they asked of whom; None where an older version told it."""
    return set(AuditRow.objects.filter(plan=plan, verb=TOLD).values_list("what__paper", "what__asked"))


def _is_urgent(plan: Plan) -> bool:
    context = make_context(plan, person="")
    waits = bool(_untold(context)) or any(one.state == LAPSED for one in standing_now(context))
    return waits or bool(_untold_back(plan))


def make_digests(plan: Plan) -> tuple[DigestRow, ...]:
    """Make the digests of a plan's day, once, for everybody with an account who has something to be told.

    Each tells what others did since the last digests were made; the first of a plan, since its cycle was opened.
    """
    cycle, context = current_cycle(plan), make_context(plan, person="")
    if cycle is None or not _is_due(plan):
        return ()
    since = _last(plan) or cycle.opened_at
    made = [_digest(make_context(plan, person=person, now=context.now), cycle, since) for person in _people(plan)]
    with transaction.atomic():  # a day is done once its messages are there: a killed process loses none
        Plan.objects.select_for_update().get(pk=plan.pk)
        if not _is_due(plan):  # another server was faster
            return ()
        AuditRow.objects.create(
            plan=plan, at=context.now, person="", verb=VERB, what={"day": context.today.isoformat()}
        )
        return tuple(DigestRow.objects.bulk_create([row for row in made if row is not None]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A digest that its person wishes by mail: to which address, in which plan."""

    row: int
    plan: str
    address: str
    digest: Digest


def letters(rows: Iterable[DigestRow]) -> Iterator[Letter]:
    """Those of some digests that are to be mailed."""
    for row in rows:
        context = make_context(row.plan, person=row.person, now=row.until)
        wish = wish_of(context)
        if wish.by_mail and wish.address:
            yield Letter(row=row.pk, plan=row.plan.key, address=wish.address, digest=digest_of(context, row))


def note_mailed(letter: Letter, *, error: str) -> None:
    """Note that a letter went, or why it did not."""
    went = None if error else letter.digest.until
    DigestRow.objects.filter(pk=letter.row).update(mailed_at=went, mail_error=error)


def _digest(context: Context, cycle: Cycle, since: dt.datetime) -> DigestRow | None:
    wish = wish_of(context)
    waits, changes = told_now(context, cycle, since=since, least=wish.least)
    if not waits and not changes:
        return None
    return DigestRow(
        plan=context.plan, cycle=cycle, person=context.actor.person, day=context.today, since=since, until=context.now,
        least=wish.least, waits=kept(waits),
    )  # fmt: skip


def _is_due(plan: Plan) -> bool:
    context = make_context(plan, person="")
    last = _last(plan)
    here = context.now.astimezone(context.zone)
    made = last is not None and last.astimezone(context.zone).date() >= here.date()
    return here.time() >= READY and not made


def _last(plan: Plan) -> dt.datetime | None:
    row = AuditRow.objects.filter(plan=plan, verb=VERB).order_by("pk").last()
    return row.at if row is not None else None
