"""Amending the plan in force: the paper of an emergency between meetings, and the amendment that a yes makes."""

from dataclasses import dataclass, replace

import polars as pl
from django.db import transaction

from onenumber.cycle.emergencies import AND, SALES, SUPPLY, TOP, expires, put_before
from onenumber.cycle.phases import Phase
from onenumber.errors.steps import NothingComesError, SpokeMeanwhileError
from onenumber.model.sheet import Sheet, SheetKind, SheetState
from onenumber.review.papers.decision import DECISIONS, chosen, decision_sheet
from onenumber.review.papers.emergencies import displaced, emergencies
from onenumber.review.publish import make_published
from onenumber.rights.duties import signers
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.in_force import AMENDED, ASKED, amended, amendments
from onenumber.steps.frame.planning import ground_of, in_force, solved, solved_papers, supply_inputs
from onenumber.steps.frame.reading import Reader, move_of
from onenumber.steps.frame.urgent import URGENT, YES, Between, Urgent, log, urgents
from onenumber.steps.frame.voices import VERBS, note_voice, others, refuse_ended, settles
from onenumber.steps.frame.writing import Outcome, Written, write
from onenumber.store.manifest import latest, outdate
from onenumber.store.models import Cycle, EmergencyRow, Plan, SheetVersion, UrgentPaper
from onenumber.store.plans import current_cycle
from onenumber.supply.differences import FirmMove
from onenumber.supply.fixed import Standing
from onenumber.supply.inputs import SupplyInputs
from onenumber.supply.report import brought

LEAST = 0.005
"""Units under which nothing comes."""
PLANNED = (Phase.SUPPLY.value, Phase.RECONCILE.value, Phase.EXEC.value)
"""Phases in which a cycle has a plan of its own that is not published yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An emergency that is to be named: what it asks of the plan and why, by whom under which grant."""

    move: FirmMove
    reason: str
    deputy_for: str


def price(context: Context, where: Between, asked: Asked) -> Outcome:
    """Price an emergency against the plan in force, and put its one paper before who decides it; all or nothing."""
    reader, move = Reader(context, where.cycle), asked.move
    number = UrgentPaper.objects.filter(cycle=where.cycle).count() + 1
    base, ground = _base(reader, context, where.cycle), ground_of(reader, where.cycle)
    ends = expires(context.now)
    (paper,) = emergencies((move,), plan=base, ground=ground)
    paper = replace(
        paper, paper=f"{URGENT}{where.cycle.label}-E{number}:{move.item}@{move.site}", deadline=context.day_of(ends)
    )
    inputs = _inputs(reader, where, base, move)
    without = replace(inputs, differences=inputs.differences[:-1])  # it is the last, and an option of its paper
    solved_as = solved_papers(context, without, (paper,))
    sheet = decision_sheet(papers=(paper,), base=base, solved=solved_as, ground=ground)
    made = solved_as[paper.paper, YES]
    coming = brought(made, move)
    if coming < LEAST:
        label = ground.frame.calendar[move.period].label
        raise NothingComesError(item=move.item, site=move.site, month=label)
    reader.hold(where.plan)
    contents = [context.versions.put(one) for one in (made, sheet)]
    role = _put_before(context, sheet, paper.paper, asked)
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=context.plan.pk)
        how = Written(step="emergency", stage=f"{ASKED}{number}", deputy_for=asked.deputy_for)
        plan = write(context, where.cycle, made, pins=reader, how=replace(how, content=contents[0]))
        version = write(context, where.cycle, sheet, pins=reader, how=replace(how, content=contents[1]))
        row = EmergencyRow.objects.create(
            plan=context.plan, cycle=where.cycle, item=move.item, site=move.site, period=move.period,
            quantity=move.quantity, stream=move.stream, person=context.actor.person, deputy_for=asked.deputy_for,
            reason=asked.reason, at=context.now,
        )  # fmt: skip
        UrgentPaper.objects.create(
            plan=context.plan, cycle=where.cycle, emergency=row, paper=paper.paper, role=role, before=where.plan,
            papers=version, made=plan, expires_at=ends, at=context.now,
        )  # fmt: skip
    return Outcome(step="emergency", versions=(plan, version), figures={
        "item": move.item, "site": move.site, "period": ground.frame.calendar[move.period].label,
        "quantity": move.quantity, "paper": paper.paper, "comes": coming, "decides": role, "until": str(ends),
    })  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What somebody says on a paper: for which role, which option, why, and for whom as a deputy."""

    role: str
    option: str
    rationale: str
    deputy_for: str


def say_word(context: Context, one: Urgent, word: Word) -> Outcome:
    """Log what is said on a paper between meetings; the word that settles a yes makes the amendment in that moment."""
    ends = settles(one, word.role, word.option)
    made = _made(context, one) if ends and word.option == YES else None
    content = context.versions.put(made) if made is not None else ""
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=context.plan.pk)
        (now,) = urgents(context, [one.row])
        refuse_ended(now)
        said = {"option": word.option, "rationale": word.rationale, "deputy_for": word.deputy_for}
        if now.said != one.said:  # what this word settles hangs on what the other said
            raise SpokeMeanwhileError(paper=one.row.paper)
        if AND in one.row.role and word.role != TOP:
            note_voice(context, one, role=word.role, **said)
        if ends:
            log(context, one.row, how="decided", person=context.actor.person, **said)
        versions = _amend(context, one, made, content, word.deputy_for) if made is not None else ()
    amendment = {"amendment": versions[-1].stage} if versions else {}
    waits = {} if ends else {"waits_for": ", ".join(others(context, urgents(context, [one.row])[0]))}
    figures = {"paper": one.row.paper, "option": word.option, **amendment, **waits}
    return Outcome(step="decide", versions=versions, figures=figures)


def _base(reader: Reader, context: Context, cycle: Cycle) -> Sheet:
    """The supply plan behind the plan in force."""
    version = amended(context, SheetKind.SUPPLY_PLAN, cycle)
    return reader.need(SheetKind.SUPPLY_PLAN, "final") if version is None else reader.hold(version)


def _inputs(reader: Reader, where: Between, base: Sheet, move: FirmMove) -> SupplyInputs:
    """What the plan in force was made from, with the emergency as the last difference."""
    decided = reader.need(SheetKind.DECISION, "decided")
    before, withdrawn = in_force(reader, where.cycle), reader.withdrawn()
    held = [one.now for one in before if one.paper not in withdrawn]
    taken = chosen(decided, decided.table("decisions"), held)
    inputs = supply_inputs(
        reader, where.cycle, differences=(*taken, *_moves_before(reader, where.cycle), move), stage="final", base=base,
        withdrawn=frozenset(one.paper for one in before) & withdrawn,
    )  # fmt: skip
    standing = Standing(plan=base, since=where.since, until=where.until, move=move)
    return replace(inputs, reference=base, standing=standing)


def _moves_before(reader: Reader, cycle: Cycle) -> tuple[FirmMove, ...]:
    """The emergencies that the plan in force holds, in the order in which it was amended."""
    rows = UrgentPaper.objects.filter(cycle=cycle).select_related("emergency")
    every = urgents(reader.look, rows.order_by("pk"))
    taken = [(one.decision.pk, one.row.emergency) for one in every if one.is_yes and one.decision is not None]
    return tuple(move_of(emergency) for _, emergency in sorted(taken, key=lambda one: one[0]))


def _put_before(context: Context, sheet: Sheet, paper: str, asked: Asked) -> str:
    """Whom the paper is put before, by its level, who waits for it, and who there is beside its author to say yes."""
    decimals = context.frame().currency_decimals
    waits = displaced(sheet, paper=paper, option=YES, stream=asked.move.stream, decimals=decimals)
    held, own = context.held(), {context.actor.person, asked.deputy_for}
    supply, sales = (
        [] if held is None else [one for one in signers(held, VERBS[role]) if one not in own]
        for role in (SUPPLY, SALES)
    )
    together = any(leader != other for leader in supply for other in sales)
    level = sheet.table("papers").row(0, named=True)["level"]
    return put_before(level, waits=waits, alone=bool(supply), together=together)


def _made(context: Context, one: Urgent) -> Sheet:
    """The supply plan with it: as it was priced, or made again where the plan was amended since."""
    row = one.row
    now = amended(context, SheetKind.PUBLISHED_PLAN, row.cycle)
    if now is not None and now.pk == row.before_id:
        return context.versions.get(row.made.content)
    reader = Reader(context, row.cycle)
    today, newest = context.frame().calendar.index_of(context.today), current_cycle(context.plan) or row.cycle
    until = newest.index + (newest.pk == row.cycle_id)
    where = Between(cycle=row.cycle, plan=row.before, since=today, until=until)
    made, _ = solved(_inputs(reader, where, _base(reader, context, row.cycle), move_of(row.emergency)))
    return made


def _amend(
    context: Context, one: Urgent, made: Sheet, content: str, deputy_for: str
) -> tuple[SheetVersion, SheetVersion]:
    """The amended supply plan, which plants are handed, and the amended published plan."""
    row, reader = one.row, Reader(context, one.row.cycle)
    stage = f"{AMENDED}{amendments(row.cycle).count() + 1}"
    published = amended(context, SheetKind.PUBLISHED_PLAN, row.cycle) or row.before
    papers, before = reader.hold(row.papers), reader.hold(published)
    how = Written(step="decide", stage=stage, deputy_for=deputy_for)
    ground = ground_of(reader, row.cycle)
    plan = write(context, row.cycle, made, pins=reader, how=replace(how, content=content))
    reader.hold(plan)
    mine = pl.DataFrame([(row.paper, YES, context.actor.person, "decided")], schema=DECISIONS, orient="row")
    decisions = pl.concat([before.table("decisions").cast(DECISIONS), mine])
    decision = replace(papers, tables={**papers.tables, "decisions": decisions})
    sheet = make_published(final_plan=made, decision=decision, ground=ground)
    amendment = write(context, row.cycle, sheet, pins=reader, how=replace(how, state=SheetState.PUBLISHED))
    _outdate_next(context, row, stage)
    return plan, amendment


def _outdate_next(context: Context, row: UrgentPaper, stage: str) -> None:
    """The plan that is in the making lacks what was decided for its first month."""
    newest = current_cycle(context.plan)
    if newest is not None and newest.phase in PLANNED and newest.index == row.emergency.period:
        made = latest(context.plan, SheetKind.SUPPLY_PLAN, cycle=newest, stage="proposed")
        outdate([made] if made is not None else [], f"amendment {stage} of the plan in force was made after it")
