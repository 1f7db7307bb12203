"""Which roles a person holds on a day, from the company's own tables."""

import datetime as dt
from collections.abc import Mapping

import polars as pl

from onenumber.model.validity import latest_on, valid_on
from onenumber.rights.ask import Actor, Grant

Tables = Mapping[str, pl.DataFrame]
EVERY_ROLE = ("EX", "DH", "SM", "DP", "SP", "OP", "SS", "PM", "FIN", "OWN")


def actor_of(person: str, *, company: Tables, day: dt.date) -> Actor:
    """The person with her roles on ``day``; as a deputy she also holds those of whom she stands in for.

    A salesperson's patches come from `patch_owners`. Deputyship is not transitive: a deputy's deputy gets nothing.

    Example:
        >>> no = pl.lit(None, dtype=pl.Date)
        >>> roles = pl.DataFrame({"person": ["omar"], "role": ["OP"], "scope_kind": ["company"], "scope": ["*"]})
        >>> owners = pl.DataFrame({"patch": ["Nord"], "person": ["ana"]})
        >>> company = {"roles": roles.with_columns(no.alias("valid_from"), no.alias("valid_to")),
        ...            "patch_owners": owners.with_columns(no.alias("valid_from"), no.alias("valid_to"))}
        >>> actor_of("ana", company=company, day=dt.date(2026, 5, 1)).grants
        (Grant(role='SP', scope='Nord', deputy_for=''),)
    """
    grants = list(_grants(person, company=company, day=day))
    for away in _stands_in_for(person, company=company, day=day):
        grants += [
            Grant(role=grant.role, scope=grant.scope, deputy_for=away)
            for grant in _grants(away, company=company, day=day)
        ]
    return Actor(person=person, grants=tuple(grants), patches_of=_organisations(company, day))


def everybody(person: str) -> Actor:
    """An actor with every role over the whole company, for rehearsals and for the first load of an empty plan.

    Example:
        >>> everybody("rehearsal").roles == frozenset(EVERY_ROLE)
        True
    """
    return Actor(person=person, grants=tuple(Grant(role=role, scope="*") for role in EVERY_ROLE))


def holders(role: str, *, company: Tables, day: dt.date) -> list[str]:
    """Everyone who holds a role on ``day``, sorted.

    Example:
        >>> no = pl.lit(None, dtype=pl.Date)
        >>> roles = pl.DataFrame({"person": ["omar"], "role": ["OP"], "scope_kind": ["company"], "scope": ["*"]})
        >>> holders("OP", company={"roles": roles.with_columns(no.alias("valid_from"), no.alias("valid_to"))},
        ...         day=dt.date(2026, 5, 1))
        ['omar']
    """
    held = valid_on(company["roles"], day).filter(pl.col("role") == role)
    return held["person"].unique().sort().to_list()


def _grants(person: str, *, company: Tables, day: dt.date) -> list[Grant]:
    roles = valid_on(company["roles"], day).filter(pl.col("person") == person).sort("role", "scope")
    own = [
        Grant(role=row["role"], scope=row["scope"])
        for row in roles.iter_rows(named=True)
        if row["role"] != "SP" or row["scope_kind"] == "patch"
    ]
    patches = latest_on(company["patch_owners"], day, ["patch"]).filter(pl.col("person") == person)
    own += [Grant(role="SP", scope=patch) for patch in patches["patch"].to_list()]
    return list(dict.fromkeys(own))


def _stands_in_for(person: str, *, company: Tables, day: dt.date) -> list[str]:
    if "deputies" not in company:
        return []
    rows = valid_on(company["deputies"], day).filter(pl.col("deputy") == person)
    return rows["person"].unique().sort().to_list()


def _organisations(company: Tables, day: dt.date) -> dict[str, tuple[str, ...]]:
    """Patches below each sales leader: of everyone who reports to her, and those that nobody owns."""
    if "people" not in company or "patches" not in company:
        return {}
    superior = dict(company["people"].select("person", "superior").iter_rows())
    owner = dict(latest_on(company["patch_owners"], day, ["patch"]).select("patch", "person").iter_rows())
    patches = company["patches"]["patch"].sort().to_list()
    return {
        leader: tuple(p for p in patches if p not in owner or leader in _above(owner[p], superior))
        for leader in holders("SM", company=company, day=day)
    }


def _above(person: str | None, superior: Mapping[str, str | None]) -> list[str]:
    chain: list[str] = []
    while person is not None and person not in chain:
        chain.append(person)
        person = superior.get(person)
    return chain
