"""What somebody's roles make of her, whatever the thing and the phase: what she reads at all, sells, leads and keeps.

A page asks them to show a link, and a list to know whose it is; what is done and which rows are seen, ``ask`` says.
"""

from collections.abc import Collection

from onenumber.rights.ask import EVERYTHING, Actor, reads
from onenumber.rights.table import PLANNERS, READ, WRITE, Figure, Scope

Roles = Collection[str]
HEARING = ("DP", "OWN")
"""Roles that hear of every question."""


def plans_all(roles: Roles) -> bool:
    """Whether one of them plans the whole company."""
    return not set(roles).isdisjoint(PLANNERS)


def does(roles: Roles, verb: str) -> bool:
    """Whether one of them may do a verb at all.

    Example:
        >>> does(("OWN",), "advance"), does(("SP", "SM"), "advance")
        (True, False)
    """
    return not set(roles).isdisjoint(WRITE[verb].roles)


def reads_class(roles: Roles, figure: Figure) -> bool:
    """Whether one of them reads a class of figure at all."""
    return not set(roles).isdisjoint(READ[figure])


def reads_lines(roles: Roles) -> bool:
    """Whether one of them reads what lines make and plants buy: those of the company, or of a plant.

    Example:
        >>> reads_lines(("PM",)), reads_lines(("SP", "DH"))
        (True, False)
    """
    return any(READ[Figure.VOLUME].get(role) in (Scope.COMPANY, Scope.SITE) for role in roles)


def reads_customers(roles: Roles) -> bool:
    """Whether one of them reads volumes otherwise than by plant: what is promised to whom is not the plant's."""
    return any(READ[Figure.VOLUME].get(role, Scope.SITE) is not Scope.SITE for role in roles)


def sells(roles: Roles) -> bool:
    """Whether one of them has patches to sell in."""
    return any(READ[Figure.VOLUME].get(role) is Scope.PATCH for role in roles)


def only_sells(roles: Roles) -> bool:
    """Whether none of them does anything else than sell: such a person owns no figure of the plan.

    Example:
        >>> only_sells(("SP",)), only_sells(("SP", "SM")), only_sells(())
        (True, False, False)
    """
    return bool(roles) and all(sells([role]) for role in roles)


def hears_every_question(actor: Actor) -> bool:
    """Whether she hears of every question: who asks them, and who owns the process."""
    return not actor.roles.isdisjoint(HEARING)


def sees_all(actor: Actor) -> bool:
    """Whether she reads the volumes of the whole company, and so figures of a whole sheet."""
    return any(READ[Figure.VOLUME].get(role) is Scope.COMPANY for role in actor.roles)


def reads_papers(actor: Actor) -> bool:
    """Whether she reads decision papers: the costs of the whole company stand in them."""
    return reads(actor, Figure.COST) and sees_all(actor)


def patches_sold(actor: Actor) -> frozenset[str]:
    """The patches that are hers to sell in, also as a deputy."""
    return actor.scopes("SP")


def patches_led(actor: Actor) -> frozenset[str]:
    """The patches of the organisations that she leads.

    Example:
        >>> from onenumber.rights.ask import Grant
        >>> ines = Actor(person="ines", grants=(Grant(role="SM", scope="EU"),), patches_of={"EU": ("Nord", "South")})
        >>> sorted(patches_led(ines)), leads_everybody(ines)
        (['Nord', 'South'], False)
    """
    return frozenset(patch for scope in actor.scopes("SM") for patch in actor.patches_of.get(scope, ()))


def leads_sales(actor: Actor) -> bool:
    """Whether she leads an organisation of salespeople."""
    return bool(actor.scopes("SM"))


def leads_everybody(actor: Actor) -> bool:
    """Whether she leads the salespeople of the whole company."""
    return EVERYTHING in actor.scopes("SM")


def plants_kept(actor: Actor) -> frozenset[str]:
    """The sites that she is the plant manager of, also as a deputy."""
    return actor.scopes("PM")
