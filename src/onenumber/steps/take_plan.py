"""Take the plan: a plant says that it makes what it is asked to."""

from django.db import transaction

from onenumber.cycle.phases import Phase
from onenumber.errors.steps import BadArgumentError
from onenumber.rights.ask import Thing
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Argument, Step
from onenumber.steps.frame.glance import glance
from onenumber.steps.frame.plants import TAKEN, handed_cycle, need_handed, plants_in
from onenumber.steps.frame.writing import Outcome
from onenumber.store.models import AuditRow, PlantAnswer
from onenumber.store.plans import find_cycle, hold


def run(context: Context, *, site: str, note: str = "", cycle: str = "") -> Outcome:
    """Take the plan as a plant: that of the cycle, or the one in force until it has its own.

    What the plant said it cannot make is taken back with it.

    Raises:
        NotAllowedError: if the plant is not in the person's scope.
        NoSheetError: if nothing was planned yet.
        WrongStateError: if a later plan is in force.
        BadArgumentError: if the plan asks nothing of the plant.
    """
    look = glance(context)
    now = handed_cycle(look, find_cycle(context.plan, cycle))
    grant = context.permit("answer_plan", phase=Phase(now.phase), thing=Thing(site=site))
    version, sheet = need_handed(look, now)
    if site not in plants_in(sheet):
        asked = ", ".join(plants_in(sheet)) or "nobody"
        raise BadArgumentError(step="take-plan", argument="site", value=site, reason=f"the plan asks {asked}")
    with transaction.atomic():
        held = hold(now)
        PlantAnswer.objects.create(
            plan=context.plan, cycle=held, sheet=version, site=site, state=TAKEN, phase=held.phase,
            person=context.actor.person, deputy_for=grant.deputy_for, note=note, at=context.now,
        )  # fmt: skip
        AuditRow.objects.create(
            plan=context.plan, at=context.now, person=context.actor.person, deputy_for=grant.deputy_for,
            verb="take_plan", what={"site": site, "sheet": str(version), "content": version.content},
        )  # fmt: skip
    return Outcome(step="take-plan", figures={"site": site, "by": context.under(grant)})


STEP = Step(
    name="take-plan",
    verb="answer_plan",
    phase=Phase.SUPPLY,
    says="Take the plan as a plant.",
    run=run,
    arguments=(
        Argument(name="site", doc="The plant.", positional=True),
        Argument(name="note", doc="A sentence.", required=False),
        CYCLE,
    ),
)
