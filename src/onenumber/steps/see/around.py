"""What stands around every page: who looks, in which roles, which cycles there are, and whom a demo may sign in as."""

from dataclasses import dataclass

from onenumber.cycle.phases import Phase
from onenumber.rights.ask import Actor, may, reads
from onenumber.rights.roles import reads_papers
from onenumber.rights.table import READ, Figure
from onenumber.steps.frame.context import Context, make_context
from onenumber.steps.frame.glance import glance
from onenumber.steps.see.emergency_form import may_name
from onenumber.store.models import Account, Purpose
from onenumber.store.plans import names_of

MOST_CYCLES = 36


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """The person who looks: her name, her roles in the order of the rights table, and the cycles, newest first.

    ``sees_plan``: whether any of her roles reads volumes at all; ``may_load``: whether any may load data,
    ``reads_papers``: whether any reads decision papers, ``reads_briefs``: those on key accounts;
    ``names_emergency``: whether any may name an emergency now.
    """

    name: str
    roles: tuple[str, ...]
    cycles: tuple[str, ...]
    sees_plan: bool
    may_load: bool
    reads_papers: bool
    reads_briefs: bool
    names_emergency: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Enterable:
    """A person with an account: her key, name and roles."""

    person: str
    name: str
    roles: tuple[str, ...]


def looking(context: Context) -> Looking:
    """Who looks."""
    person = context.actor.person
    look = glance(context)
    return Looking(
        name=look.names().get(person, person),
        roles=roles_in_order(context.actor),
        cycles=tuple(one.label for one in look.all_cycles()[:MOST_CYCLES]),
        sees_plan=reads(context.actor, Figure.VOLUME),
        may_load=may(context.actor, "load", phase=Phase.DATA),
        reads_papers=reads_papers(context.actor),
        reads_briefs=reads(context.actor, Figure.BRIEF),
        names_emergency=may_name(look),
    )


def rehearsal_note(context: Context) -> str:
    """What must stand over everything that is shown of a rehearsal; empty for any other plan."""
    return "REHEARSAL: not the plan of record" if context.plan.purpose == Purpose.REHEARSAL else ""


def newest_label(context: Context) -> str:
    """The label of the newest cycle; empty before the first."""
    cycle = next(iter(context.all_cycles()), None)
    return cycle.label if cycle is not None else ""


def roles_in_order(actor: Actor) -> tuple[str, ...]:
    """The roles of a person, those that see the company first."""
    order = list(READ[Figure.VOLUME])
    return tuple(sorted(actor.roles, key=lambda role: (order.index(role) if role in order else len(order), role)))


def enterable() -> tuple[Enterable, ...]:
    """Everyone with an account in a plan, by role and name. Asked in demo mode only: it asks no rights."""
    accounts = Account.objects.filter(is_active=True, plan__isnull=False).exclude(person="").select_related("plan")
    found = []
    for account in accounts.order_by("login"):
        if account.plan is not None:
            names = names_of(account.plan)
            roles = roles_in_order(make_context(account.plan, person=account.person).actor)
            found.append(Enterable(person=account.person, name=names.get(account.person, account.person), roles=roles))
    return tuple(sorted(found, key=lambda one: (_rank(one), one.name)))


def _rank(one: Enterable) -> int:
    order = list(READ[Figure.VOLUME])
    return min((order.index(role) for role in one.roles if role in order), default=len(order))


def everyone(context: Context) -> tuple[tuple[str, str], ...]:
    """The key and the name of everybody of the company, by name: whom something can be given to."""
    return tuple(sorted(names_of(context.plan).items(), key=lambda one: (one[1], one[0])))
