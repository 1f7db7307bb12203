"""A blocker let pass by its name: found among what the phase waits for, and recorded with who and why."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from onenumber.cycle.gates import blockers_of_phase
from onenumber.cycle.phases import NEVER_WAIVED, Blocker, Phase, Waived, still_closed
from onenumber.errors.cycle import NothingToPassError
from onenumber.files.names import near
from onenumber.model.finding import Value
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.gates import gate_facts, waivers_of
from onenumber.store.models import AuditRow, Cycle, WaiverRow
from onenumber.store.plans import hold, person_name

LISTED_MOST = 10


def let_pass(context: Context, cycle: Cycle, wish: Waived, *, verb: str, deputy_for: str) -> dict[str, Value]:
    """Record that a blocker passes, under the name that the gate has for it; the answer is what an outcome says.

    A second time adds its own reason, and the answer says by whom it had passed already.

    Raises:
        NothingToPassError: if the phase waits for nothing of that name.
    """
    with transaction.atomic():
        held = hold(cycle)
        waived = waivers_of(held)
        asked = blockers_of_phase(Phase(held.phase), gate_facts(context, held, waived))
        known = [one for one in asked if one.code not in NEVER_WAIVED]
        found = _found(known, wish)
        if found is None:
            raise _nothing(held, known, waived, wish)
        _record(context, held, replace(wish, subject=found.subject), verb=verb, deputy_for=deputy_for)
    before = next((one.person for one in waived if (one.code, one.subject) == (found.code, found.subject)), None)
    already = {} if before is None else {"already_by": person_name(context.plan, before) or before}
    return {"subject": found.subject, **already}


def _found(known: Sequence[Blocker], wish: Waived) -> Blocker | None:
    """What was asked for, whatever its case and the blanks around it: a person types what a short list showed.

    Of two names that differ in nothing else, the one that was typed exactly is meant. Data is not read so (C11).
    """
    same = [one for one in known if one.code == wish.code]
    exact = [one for one in same if one.subject == wish.subject]
    like = exact or [one for one in same if _folded(one.subject) == _folded(wish.subject)]
    return like[0] if len(like) == 1 else None


def _folded(name: str) -> str:
    return name.strip().casefold()


def _nothing(cycle: Cycle, known: Sequence[Blocker], waived: Sequence[Waived], wish: Waived) -> NothingToPassError:
    alike = [one for one in known if one.code == wish.code]
    still = still_closed(alike or known, waived)
    if alike:
        meant, opened = near(wish.subject, [one.subject for one in alike]), [one.subject for one in still]
    else:
        whole = f"{wish.code} {wish.subject}"
        meant, opened = near(whole, [*map(_whole, known)]), [*map(_whole, still)]
    hint = f"Did you mean {meant!r}? {_listed(opened)}" if meant else _listed(opened)
    return NothingToPassError(subject=wish.subject, blocker=_words(wish.code), cycle=cycle.label, hint=hint)


def _whole(one: Blocker) -> str:
    return f"{one.code} {one.subject}"


def _words(code: str) -> str:
    return code.replace("_", " ")


def _listed(opened: Sequence[str]) -> str:
    if not opened:
        return "Nothing of the kind is open."
    more = len(opened) - LISTED_MOST
    shown = ", ".join(map(repr, opened[:LISTED_MOST]))
    return f"Open: {shown} and {more} more." if more > 0 else f"Open: {shown}."


def _record(context: Context, cycle: Cycle, made: Waived, *, verb: str, deputy_for: str) -> None:
    WaiverRow.objects.create(
        plan=context.plan, cycle=cycle, code=made.code, subject=made.subject, person=made.person, reason=made.reason,
        phase=cycle.phase, at=context.now,
    )  # fmt: skip
    what = {"code": made.code, "subject": made.subject, "reason": made.reason}
    AuditRow.objects.create(
        plan=context.plan, at=context.now, person=made.person, deputy_for=deputy_for, verb=verb, what=what
    )
