"""Who signs where the signer stays away: her superior, from a working day after it was due (domain.md 2.4, R9)."""

from collections.abc import Mapping
from dataclasses import replace

from onenumber.cycle.dues import SIGNED_BY
from onenumber.cycle.signatures import RULES
from onenumber.rights.actors import answering_for
from onenumber.rights.ask import EVERYTHING, Grant
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.days import due_day, week_at
from onenumber.store.models import Cycle

VERB_OF: Mapping[str, str] = {rule.meaning: rule.verb for rule in RULES}
"""The verb of each signature, by what it means."""


def superiors(context: Context, cycle: Cycle, verb: str) -> Mapping[str, str]:
    """By superior, whom she signs for; empty until a working day has passed since the signature was due.

    A deputy comes first: she has that day, as the signer has.
    """
    held = context.held()
    company = context.company()
    if held is None or context.today <= week_at(context).add(due_day(context, cycle, SIGNED_BY[verb]), 1):
        return {}
    role = next(rule.role for rule in RULES if rule.verb == verb)
    chains = (answering_for(holder, company=company) for holder in held.holders.get(role, ()))
    return {chain[1]: chain[0] for chain in chains if len(chain) > 1}


def standing_in(context: Context, cycle: Cycle, verb: str) -> Context:
    """The same person, with the signer's role beside her own where she is the superior of one who stays away."""
    away = superiors(context, cycle, verb).get(context.actor.person)
    if away is None:
        return context
    role = next(rule.role for rule in RULES if rule.verb == verb)
    grants = (*context.actor.grants, Grant(role=role, scope=EVERYTHING, deputy_for=away))
    return context.speaking_as(replace(context.actor, grants=grants))
