"""Who does what."""

from onenumber.model.contract.column import VALID, WHOLE, Places, Table, choice, date, label, text

ROLES = ("EX", "DH", "SM", "DP", "SP", "OP", "SS", "PM", "FIN", "OWN", "ADM")
"""Executive, division head, sales leader, demand planner, salesperson, operations leader, supply planner,
plant manager, finance, process owner, administrator."""

_SCOPES = Places(
    by="scope_kind",
    of=(
        ("company", (WHOLE,)),
        ("division", ("divisions.division",)),
        ("site", ("sites.site",)),
        ("organisation", ("people.person",)),
        ("patch", ("patches.patch",)),
    ),
)
_ANSWERS = Places(
    by="figure",
    of=(
        ("sales", ("divisions.division", WHOLE)),
        ("production", ("sites.site", WHOLE)),
        ("inventory", ("sites.site", WHOLE)),
        ("service", ("divisions.division", WHOLE)),
        ("budget", ("divisions.division", "sites.site", WHOLE)),
    ),
)

TABLES = (
    Table(
        name="people",
        doc="Everyone with a part in the plan, with or without a login.",
        key=("person",),
        required=True,
        columns=(
            label("person", "Key."),
            text("name", "Full name.", required=True),
            text("email", "Where messages go."),
            label("superior", "Direct manager.", refers_to="people.person", required=False),
        ),
    ),
    Table(
        name="roles",
        doc="Roles of a person, each with a scope and dates. A scope of `*` is the whole company.",
        key=("person", "role", "scope", "valid_from"),
        required=True,
        columns=(
            label("person", "Person.", refers_to="people.person"),
            choice("role", "Role.", ROLES),
            choice(
                "scope_kind",
                "What the scope names.",
                ("company", "division", "site", "organisation", "patch"),
            ),
            label(
                "scope",
                "Key of the division, site, organisation (a sales leader) or patch; `*` for the company.",
                places=_SCOPES,
            ),
            *VALID,
        ),
    ),
    Table(
        name="deputies",
        doc="Who signs for whom, from when to when.",
        key=("person", "deputy", "valid_from"),
        without="nobody has a deputy: after a working day the superior signs",
        columns=(
            label("person", "The person who is away.", refers_to="people.person"),
            label("deputy", "The person who signs.", refers_to="people.person"),
            date("valid_from", "First day."),
            date("valid_to", "First day it no longer holds."),
        ),
    ),
    Table(
        name="owners",
        doc="The one person who answers for a figure of Adherence.",
        key=("figure", "scope"),
        without="a figure of Adherence has no owner",
        columns=(
            choice("figure", "Figure.", ("sales", "production", "inventory", "service", "budget")),
            label(
                "scope",
                "Division (sales, service), site (production, inventory), either of them (budget), or `*`.",
                places=_ANSWERS,
            ),
            label("person", "Owner.", refers_to="people.person"),
        ),
    ),
)
