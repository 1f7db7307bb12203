"""End a phase: the next one begins when the gate is open."""

from django.db import transaction

from onenumber.cycle.gates import blockers_of_phase
from onenumber.cycle.phases import Phase, next_phase
from onenumber.errors.cycle import WrongPhaseError
from onenumber.steps.frame.called import called
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Step
from onenumber.steps.frame.gates import gate_facts, waivers_of
from onenumber.steps.frame.writing import Outcome
from onenumber.store.models import PhaseChange
from onenumber.store.plans import find_cycle, hold


def run(context: Context, *, cycle: str = "") -> Outcome:
    """Move the cycle to its next phase.

    Raises:
        WrongPhaseError: if the cycle is closed, so that no phase follows.
        GateClosedError: naming everything that is open as people know it, with the role that can settle it.
    """
    found = find_cycle(context.plan, cycle)
    before = Phase(found.phase)
    context.permit("advance", phase=before)
    if before is Phase.CLOSED:
        way_out = "The next cycle begins with `onenumber open`."
        raise WrongPhaseError(verb="end a phase", wanted="an open cycle", phase=before.shown, way_out=way_out)
    with transaction.atomic():
        held = hold(found)
        waived = waivers_of(held)
        blockers = blockers_of_phase(before, gate_facts(context, held, waived))
        after = next_phase(before, blockers=called(context, held, blockers), waivers=waived)
        PhaseChange.objects.create(
            plan=context.plan, cycle=held, before=before, after=after, person=context.actor.person, at=context.now
        )
        held.phase = after
        held.save(update_fields=["phase"])
    return Outcome(step="advance", figures={"cycle": held.label, "phase": after.shown})


STEP = Step(
    name="advance",
    verb="advance",
    phase=None,
    says="End the phase; the next begins.",
    run=run,
    arguments=(CYCLE,),
)
