"""Who says yes or no to an emergency between meetings: for which role each may speak, and what becomes of a word."""

from collections.abc import Mapping
from types import MappingProxyType

from onenumber.cycle.emergencies import OPEN, SALES, SUPPLY, TAKEN_BACK, TOP
from onenumber.cycle.phases import Phase
from onenumber.errors.steps import EmergencyEndedError, OwnEmergencyError, SpokeAlreadyError
from onenumber.rights.ask import Actor, Grant, may
from onenumber.rights.duties import signers
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.decisions import DEADLINE
from onenumber.steps.frame.urgent import Urgent, authors_of
from onenumber.store.models import AuditRow, UrgentVoice

VERBS: Mapping[str, str] = MappingProxyType(
    {TOP: "decide_displacing", SUPPLY: "say_for_supply", SALES: "say_for_sales"}
)
"""The right by which each role speaks; the executive speaks on every paper, and alone."""


def speaks_for(actor: Actor, one: Urgent, phase: Phase) -> str:
    """The role for which she may speak on a paper now: the executive's first; empty where she may for none."""
    roles = dict.fromkeys((TOP, *one.waits_for))
    return next((role for role in roles if may(actor, VERBS[role], phase=phase)), "")


def is_mine(actor: Actor, one: Urgent, phase: Phase) -> bool:
    """Whether her word on a paper counts now: it is open, she may speak, did not, and did not name it."""
    own = {actor.person, *(grant.deputy_for for grant in actor.grants)} - {""}
    spoke = authors_of(one.row) | _spoke(one)
    return one.state == OPEN and bool(speaks_for(actor, one, phase)) and own.isdisjoint(spoke)


def permit_voice(context: Context, one: Urgent, phase: Phase) -> tuple[str, Grant]:
    """The role for which who asks speaks on a paper, and the grant under which she does.

    Raises:
        NotAllowedError: if she may not.
        OwnEmergencyError: if she named the emergency herself.
        SpokeAlreadyError: if she said her word already.
    """
    role = speaks_for(context.actor, one, phase) or (one.waits_for or (TOP,))[0]
    own = {context.actor.person} - {""}
    if not own.isdisjoint(_spoke(one)):
        said = next(voice.option for voice in one.voices if not own.isdisjoint({voice.person, voice.deputy_for}))
        raise SpokeAlreadyError(
            person=context.actor.called, option=said, paper=one.row.paper, other=_named(others(context, one))
        )
    grant = context.permit(VERBS[role], phase=phase)
    if not authors_of(one.row).isdisjoint({*own, grant.deputy_for}):
        raise OwnEmergencyError(person=context.actor.called, paper=one.row.paper, other=_named(others(context, one)))
    return role, grant


def others(context: Context, one: Urgent) -> tuple[str, ...]:
    """For whose word a paper waits, in her own right, by name."""
    held, names = context.held(), context.names()
    found = [person for role in one.waits_for for person in signers(held, VERBS[role])] if held is not None else []
    away = authors_of(one.row) | _spoke(one)
    return tuple(names.get(person, person) for person in dict.fromkeys(found) if person not in away)


def settles(one: Urgent, role: str, option: str) -> bool:
    """Whether a paper is decided with the word of a role: the executive's, or the last of those who agree."""
    said = {**one.said, role: option}
    return role == TOP or (one.waits_for == (role,) and len(set(said.values())) == 1)


def note_voice(context: Context, one: Urgent, *, role: str, option: str, rationale: str, deputy_for: str) -> None:
    """Log what a role says on a paper that another decides with it."""
    UrgentVoice.objects.create(
        plan=context.plan, paper=one.row, role=role, option=option, person=context.actor.person,
        deputy_for=deputy_for, rationale=rationale, at=context.now,
    )  # fmt: skip
    AuditRow.objects.create(
        plan=context.plan, at=context.now, person=context.actor.person, deputy_for=deputy_for, verb="say",
        what={"paper": one.row.paper, "option": option, "role": role},
    )  # fmt: skip


def refuse_ended(one: Urgent) -> None:
    """Refuse what is decided, was taken back, or was left to its default.

    Raises:
        EmergencyEndedError: if it is.
    """
    if one.state != OPEN:
        lapsed = one.decision is None or one.decision.person == DEADLINE
        what = "was open for 48 hours, and its default took effect" if lapsed else "is decided already"
        if one.state == TAKEN_BACK:
            what = "was taken back by who named it"
        raise EmergencyEndedError(paper=one.row.paper, what=what)


def _spoke(one: Urgent) -> frozenset[str]:
    return frozenset(name for voice in one.voices for name in (voice.person, voice.deputy_for) if name)


def _named(names: tuple[str, ...]) -> str:
    return ", ".join(names) or "Nobody today"
