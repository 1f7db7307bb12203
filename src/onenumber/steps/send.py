"""Send the pack of the supply meeting: its pages are kept as they are now, with the hash of every sheet behind them."""

from django.db import transaction
from django.db.models import Max

from onenumber.cycle.phases import Phase
from onenumber.errors.steps import MeetingOverError
from onenumber.errors.store import NoSheetError
from onenumber.model.sheet import SheetKind
from onenumber.model.sheet_names import sheet_said
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Argument, Step
from onenumber.steps.frame.glance import glance
from onenumber.steps.frame.writing import Outcome
from onenumber.steps.see.packing import live_pages, sheets_read, supply_meeting
from onenumber.store.models import PackRow
from onenumber.store.plans import find_cycle, hold


def run(context: Context, *, note: str = "", cycle: str = "") -> Outcome:
    """Freeze the pages of the pack; what is planned or changed afterwards is in the next one.

    Raises:
        NotAllowedError: if the person may not.
        MeetingOverError: once the supply meeting is over: what is kept then was not shown in it.
        NoSheetError: if nothing was planned yet.
    """
    now = find_cycle(context.plan, cycle)
    grant = context.permit("send_pack", phase=Phase(now.phase))
    look = glance(context)
    day, over = supply_meeting(look, now)
    if over:
        raise MeetingOverError(cycle=now.label, day=day.isoformat())
    months, pages, _ = live_pages(look, now)
    if not pages:
        said = sheet_said(SheetKind.SUPPLY_PLAN, "proposed")
        raise NoSheetError(kind=said, cycle=now.label, step="plan")
    frozen = {"months": list(months), "pages": [page.plain() for page in pages]}
    with transaction.atomic():
        held = hold(now)
        last = PackRow.objects.filter(cycle=held).aggregate(last=Max("number"))["last"]
        row = PackRow.objects.create(
            plan=context.plan, cycle=held, number=(last or 0) + 1, pages=frozen, sheets=sheets_read(look, now),
            person=context.actor.person, deputy_for=grant.deputy_for, note=note, at=context.now,
        )  # fmt: skip
    return Outcome(step="send", figures={"cycle": now.label, "pack": row.number, "pages": len(pages)})


STEP = Step(
    name="send",
    verb="send_pack",
    phase=None,
    says="Send the pages of the supply meeting, as they are now.",
    run=run,
    arguments=(
        Argument(name="note", doc="What goes with it, in a sentence.", required=False),
        CYCLE,
    ),
)
