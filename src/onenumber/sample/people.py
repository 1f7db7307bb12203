"""Who works at the model company, in which role, for which patch, and who answers for which figure."""

import datetime as dt

import polars as pl

from onenumber.sample.clock import Clock
from onenumber.sample.customers import CUSTOMERS, PATCHES, TERRITORIES, TERRITORY_OF
from onenumber.sample.rows import rows

Tables = dict[str, pl.DataFrame]

EXECUTIVE, LEADER, PLANNER, OPERATIONS, COORDINATOR, CONTROLLER = (
    "solberg", "raman", "chen", "pohl", "williams", "brandt",
)  # fmt: skip

PEOPLE = (
    ("solberg", "Marit Solberg", None), ("weidmann", "Jonas Weidmann", "solberg"),
    ("okafor", "Adaeze Okafor", "solberg"), ("ferretti", "Luca Ferretti", "solberg"),
    ("raman", "Priya Raman", "solberg"), ("demir", "Elif Demir", "raman"), ("mensah", "Kwame Mensah", "raman"),
    ("lindqvist", "Hannah Lindqvist", "raman"), ("vargas", "Mateo Vargas", "raman"),
    ("novak", "Sofia Novak", "raman"), ("haddad", "Yusuf Haddad", "raman"), ("chen", "Chen Wei", "raman"),
    ("pohl", "Dagmar Pohl", "solberg"), ("amann", "Rolf Amann", "pohl"), ("mikkelsen", "Freja Mikkelsen", "pohl"),
    ("dvorak", "Pavel Dvorak", "pohl"), ("tanaka", "Aiko Tanaka", "pohl"), ("moreau", "Gabriel Moreau", "pohl"),
    ("williams", "Nia Williams", "solberg"), ("brandt", "Oskar Brandt", "solberg"),
    ("aziz", "Samira Aziz", "solberg"),
)  # fmt: skip
"""Person, name and superior."""

_COMPANY_ROLES = (
    ("solberg", "EX"), ("chen", "DP"), ("pohl", "OP"), ("tanaka", "SS"), ("moreau", "SS"), ("williams", "OWN"),
    ("brandt", "FIN"), ("aziz", "ADM"),
)  # fmt: skip
DIVISION_HEADS = {"GAR": "weidmann", "IND": "okafor", "CTL": "ferretti"}
PLANT_MANAGERS = {"RAV": "amann", "ODE": "mikkelsen", "BRN": "dvorak"}
SELLERS = {"P1": "demir", "P2": "mensah", "P3": "lindqvist", "P4": "vargas", "P5": "novak", "P6": "haddad"}
"""Who owns each patch today."""
HANDED_OVER = "P6"
BEFORE = "lindqvist"
"""Owned the patch handed over until half a year ago, beside her own."""
HANDOVER = -6
"""Month of the handover, counted from the current one."""


def people_tables(clock: Clock) -> Tables:
    """People, roles, deputies, owners, territories, patches with their customers and owners, customers, targets."""
    return {
        "people": rows(
            "people",
            [(p, name, f"{p}@tarnvik.example", boss) for p, name, boss in PEOPLE],
        ),
        "roles": rows("roles", _roles(clock)),
        "deputies": rows("deputies", _deputies(clock)),
        "owners": rows("owners", _owners()),
        "territories": rows("territories", TERRITORIES),
        "patches": rows("patches", PATCHES),
        "patch_customers": rows("patch_customers", [(c.key, None, c.patch, None, None) for c in CUSTOMERS]),
        "patch_owners": rows("patch_owners", _owned(clock)),
        "customers": rows(
            "customers",
            [
                (c.key, c.name, c.channel, TERRITORY_OF[c.patch], c.priority, c.key_account, c.named)
                for c in CUSTOMERS
            ],
        ),
    }  # fmt: skip


def _owned(clock: Clock) -> list[tuple[str, str, dt.date | None, dt.date | None]]:
    day = clock.day(HANDOVER)
    held = [(patch, person, day if patch == HANDED_OVER else None, None) for patch, person in SELLERS.items()]
    return [*held, (HANDED_OVER, BEFORE, None, day)]


def _roles(clock: Clock) -> list[tuple[str, str, str, str, dt.date | None, dt.date | None]]:
    company = [(person, role, "company", "*", None, None) for person, role in _COMPANY_ROLES]
    leader = [("raman", "SM", "organisation", "raman", None, None)]
    heads = [(person, "DH", "division", division, None, None) for division, person in DIVISION_HEADS.items()]
    plants = [(person, "PM", "site", site, None, None) for site, person in PLANT_MANAGERS.items()]
    sellers = [(person, "SP", "patch", patch, begin, end) for patch, person, begin, end in _owned(clock)]
    return [*company, *leader, *heads, *plants, *sellers]


def _deputies(clock: Clock) -> list[tuple[str, str, dt.date, dt.date]]:
    return [
        ("raman", "chen", clock.day(0, 6), clock.day(0, 16)),
        ("pohl", "amann", clock.day(1, 10), clock.day(1, 25)),
        ("williams", "brandt", clock.day(-3, 1), clock.day(-3, 20)),
        ("demir", "lindqvist", clock.day(2, 1), clock.day(2, 15)),
    ]


def _owners() -> list[tuple[str, str, str]]:
    sales = [("sales", division, LEADER) for division in DIVISION_HEADS]
    making = [(figure, site, pm) for site, pm in PLANT_MANAGERS.items() for figure in ("production", "inventory")]
    budget = [("budget", division, CONTROLLER) for division in DIVISION_HEADS]
    return [*sales, *making, ("service", "*", OPERATIONS), *budget]
