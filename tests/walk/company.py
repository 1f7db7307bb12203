"""A company in which everybody has a neighbour whose secrets are recognizable: two of each, and a second plan."""

import datetime as dt
from collections.abc import Mapping, Sequence

import polars as pl

from onenumber.store.models import Account, Plan
from tests import tiny
from tests.standing import once_a_run
from tests.steps.month_for_tests import NOW
from tests.steps.plant_for_tests import supplied

WALK, OTHER, CYCLE = "walk", "elsewhere", "2026-05"
MAY, JUNE, APRIL = dt.date(2026, 5, 1), dt.date(2026, 6, 1), dt.date(2026, 4, 1)
FOREVER: tiny.Row = {"valid_from": None, "valid_to": None}

PEOPLE = {
    "dirk": ("DH", "division", "DA", "Dirk Maas"), "dele": ("DH", "division", "DB", "Dele Adeyemi"),
    "paul": ("PM", "site", "P2", "Paul Ito"), "ivo": ("SM", "organisation", "ivo", "Ivo Sand"),
    "wim": ("SP", "patch", "West", "Wim Kok"),
}  # fmt: skip
"""Who is more than in the tiny company: a second of each role with a scope. Wim sells for Ivo, the others for Ines."""
NO_ROLE = {"dea": "Dea Cruz", "carl": "Carl Vance", "late": "Late Lee"}
"""Dea is Ana's deputy in May, Late was in April, and Carl sold in South until May."""
WITH_NAMES = ("divisions", "families", "items", "sites", "customers", "patches")
OUTSIDER = "zed"
"""Of the other plan, in which he holds every role but the salesperson's."""
NAMES = {"sirius": "Sirius Secret", "beta": "Betelgeuse Quay", "gamma": "Gammaray Web", "omicron": "Omicron Fields"}
"""What nobody who sells in Nord may read: the customers of the other patches, by name."""


def made() -> dict[str, pl.DataFrame]:
    """The supplied company with those people, a second plant that makes B2, and two customers of other patches."""
    tables = supplied()
    for name, rows in _more().items():
        new = tiny.table(name, rows)
        tables[name] = pl.concat([tables[name], new]) if name in tables else new
    tables["customers"] = tables["customers"].with_columns(
        pl.col("customer").replace_strict(NAMES, default=pl.col("name")).alias("name")
    )
    here = (pl.col("item") == "B2") & (pl.col("site") == "P1")
    for name in ("rates", "item_sites", "stock", "production", "production_orders"):
        moved = [pl.when(here).then(pl.lit("P2")).otherwise(pl.col("site")).alias("site")]
        if "resource" in tables[name].columns:
            moved.append(pl.when(here).then(pl.lit("L2")).otherwise(pl.col("resource")).alias("resource"))
        tables[name] = tables[name].with_columns(moved)
    ines = pl.col("person") == "ines"  # she leads who reports to her, as Ivo does
    tables["roles"] = tables["roles"].with_columns(
        pl.when(ines).then(pl.lit("organisation")).otherwise("scope_kind").alias("scope_kind"),
        pl.when(ines).then(pl.lit("ines")).otherwise("scope").alias("scope"),
    )
    owners = tables["patch_owners"].filter(pl.col("patch") != "South")
    south = [
        {"patch": "South", "person": "carl", "valid_from": None, "valid_to": MAY},
        {"patch": "South", "person": "ben", "valid_from": MAY, "valid_to": None},
    ]
    tables["patch_owners"] = pl.concat([owners, tiny.table("patch_owners", south)])
    return tables


def _more() -> Mapping[str, Sequence[tiny.Row]]:
    customers = (("sirius", "shop", "South"), ("omicron", "web", "West"))
    said = {"alpha": 1.05, "beta": 1.3, "gamma": 0.7}
    return {
        "people": [
            {"person": p, "name": name, "superior": {"wim": "ivo"}.get(p)} for p, (*_, name) in PEOPLE.items()
        ] + [{"person": p, "name": name, "superior": "ines"} for p, name in NO_ROLE.items()],
        "roles": [
            {"person": p, "role": role, "scope_kind": kind, "scope": scope, **FOREVER}
            for p, (role, kind, scope, _) in PEOPLE.items()
        ],
        "deputies": [
            {"person": "ana", "deputy": "dea", "valid_from": MAY, "valid_to": JUNE},
            {"person": "ana", "deputy": "late", "valid_from": APRIL, "valid_to": MAY},
        ],
        "patches": [{"patch": "West", "name": "West", "territory": "T1"}],
        "patch_owners": [{"patch": "West", "person": "wim", **FOREVER}],
        "customers": [
            {"customer": c, "name": c, "channel": channel, "territory": "T1", "priority": "A", "key_account": True,
             "named": True}
            for c, channel, _ in customers
        ],
        "patch_customers": [{"customer": c, "patch": p, **FOREVER} for c, _, p in customers],
        "order_lines": [
            line | {"order": line["order"].replace("beta", c), "customer": c, "quantity": line["quantity"] / 2,
                    "amount": line["amount"] / 2}
            for c, _, _ in customers for line in tiny.tables()["order_lines"].filter(customer="beta").to_dicts()
        ] + [tiny.tables()["order_lines"].row(0, named=True) | {"order": "O99", "item": "FINDITEM"}],
        "sites": [{"site": "P2", "name": "Plant Two", "kind": "plant", "workdays": "12345"}],
        "resources": [{"resource": "L2", "name": "Line Two", "site": "P2", "hours_per_period": 90.0, **FOREVER}],
        "overtime": [{"resource": "L2", "step": 1, "hours_per_period": 9.0, "cost_per_hour": 1.0,
                      "needs_decision": True, **FOREVER}],
        "sourcing_rules": [{"item": "B2", "site": "P2", "rank": 1, **FOREVER}],
        "forecast_snapshots": tiny.snapshots(said),
        "promotions": [{"promotion": "FLAT", "item": "A1", "start": dt.date(2026, 2, 1), "end": dt.date(2026, 3, 1),
                        "uplift_percent": 50.0}],
    }  # fmt: skip


def elsewhere() -> dict[str, pl.DataFrame]:
    """The company of the other plan: nobody of the first, and every name in it says whose it is."""
    tables = tiny.tables()
    people = [{"person": OUTSIDER, "name": "Zed Elsewhere", "superior": None}]
    owners = [{"patch": patch, "person": OUTSIDER, **FOREVER} for patch in ("Nord", "South")]
    roles = [
        {"person": OUTSIDER, "role": role, "scope_kind": "company", "scope": "*", **FOREVER}
        for role in ("EX", "SM", "DP", "OP", "SS", "FIN", "OWN")
    ]
    named = {name: tables[name].with_columns(name=pl.lit("Elsewhere ") + pl.col("name")) for name in WITH_NAMES}
    return tables | named | {
        "people": tiny.table("people", people), "roles": tiny.table("roles", roles),
        "patch_owners": tiny.table("patch_owners", owners), "owners": tables["owners"].clear(),
    }  # fmt: skip


def everybody() -> tuple[str, ...]:
    """Who has an account in the first plan."""
    return (*tiny.PEOPLE, *PEOPLE, *NO_ROLE)


@once_a_run
def seated(plan: Plan) -> None:
    """Everybody of both plans may sign in; the clock of the first stands where its month is played."""
    Plan.objects.filter(pk=plan.pk).update(clock=NOW)
    for person in everybody():
        Account.objects.create_account(login=person, password=None, plan=plan, person=person)
    other = Plan.objects.get(key=OTHER)
    Account.objects.create_account(login=OUTSIDER, password=None, plan=other, person=OUTSIDER)
