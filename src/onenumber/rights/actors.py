"""Which roles a person holds on a day, from the company's own tables."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import polars as pl

from onenumber.model.validity import latest_on, valid_on
from onenumber.rights.ask import Actor, Grant

Tables = Mapping[str, pl.DataFrame]
Item = TypeVar("Item")
_Role = tuple[str, str, str, str]  # person, role, kind of scope, scope
_Owned = tuple[str, str | None]  # patch, person
RUN, REHEARSAL = "rehearsal run", "rehearsal"
"""Who does every step of a rehearsal, and who signs: the user "rehearsal", so that no signature looks a person's."""
EVERY_ROLE = ("EX", "DH", "SM", "DP", "SP", "OP", "SS", "PM", "FIN", "OWN")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Who holds what in a company on one day: read from its tables once, and asked for any person.

    ``grants`` are a person's own; ``away`` are those whom a deputy stands in for; ``holders`` the people of a role,
    as the `roles` table names them; ``patches_of`` the patches below each sales leader; ``owned`` the patches that have
    a salesperson; ``owners`` whose each patch is.
    """

    grants: Mapping[str, tuple[Grant, ...]]
    away: Mapping[str, tuple[str, ...]]
    holders: Mapping[str, tuple[str, ...]]
    patches_of: Mapping[str, Collection[str]]
    owned: frozenset[str]
    owners: Mapping[str, str]

    def actor(self, person: str) -> Actor:
        """The person with her roles; as a deputy she also holds those of whom she stands in for.

        Deputyship is not transitive: a deputy's deputy gets nothing.
        """
        as_deputy = tuple(
            Grant(role=grant.role, scope=grant.scope, deputy_for=away)
            for away in self.away.get(person, ())
            for grant in self.grants.get(away, ())
        )
        grants = self.grants.get(person, ()) + as_deputy
        return Actor(person=person, grants=grants, patches_of=self.patches_of, owned=self.owned, everyone=self.grants)


def held_on(day: dt.date, *, company: Tables) -> Held:
    """Who holds what on ``day``. A salesperson's patches come from `patch_owners`.

    Example:
        >>> no = pl.lit(None, dtype=pl.Date)
        >>> roles = pl.DataFrame({"person": ["omar"], "role": ["OP"], "scope_kind": ["company"], "scope": ["*"]})
        >>> owners = pl.DataFrame({"patch": ["Nord"], "person": ["ana"]})
        >>> company = {"roles": roles.with_columns(no.alias("valid_from"), no.alias("valid_to")),
        ...            "patch_owners": owners.with_columns(no.alias("valid_from"), no.alias("valid_to"))}
        >>> held = held_on(dt.date(2026, 5, 1), company=company)
        >>> held.actor("ana").grants, held.holders
        ((Grant(role='SP', scope='Nord', deputy_for=''),), {'OP': ('omar',)})
    """
    roles = valid_on(company["roles"], day).sort("role", "scope").select("person", "role", "scope_kind", "scope").rows()
    owners = latest_on(company["patch_owners"], day, ["patch"]).select("patch", "person").rows()
    holders = _by_first(sorted((role, person) for person, role, _, _ in roles))
    grants = _grants(roles, owners)
    return Held(
        grants=grants,
        away=_stands_in_for(company, day),
        holders=holders,
        patches_of=_organisations(company, dict(owners), holders.get("SM", ())),
        owners=dict(owners),
        owned=frozenset(grant.scope for own in grants.values() for grant in own if grant.role == "SP"),
    )


def answering_for(person: str, *, company: Tables) -> tuple[str, ...]:
    """The person and everybody above her, the nearest first: who may answer for what is hers.

    Example:
        >>> people = pl.DataFrame({"person": ["ana", "ines"], "superior": ["ines", None]})
        >>> answering_for("ana", company={"people": people})
        ('ana', 'ines')
    """
    people = company.get("people", pl.DataFrame(schema={"person": pl.String, "superior": pl.String}))
    return tuple(_above(person, dict(people.select("person", "superior").iter_rows())))


def everybody(person: str) -> Actor:
    """An actor with every role over the whole company, for rehearsals and for the first load of an empty plan.

    Example:
        >>> everybody("rehearsal").roles == frozenset(EVERY_ROLE)
        True
    """
    return Actor(person=person, grants=tuple(Grant(role=role, scope="*") for role in EVERY_ROLE))


def keeper(person: str) -> Actor:
    """An actor who keeps sign-ins and sees no plan: who sits at the machine, so that somebody can be let in.

    Example:
        >>> keeper("installer").roles
        frozenset({'ADM'})
    """
    return Actor(person=person, grants=(Grant(role="ADM", scope="*"),))


def _grants(roles: Sequence[_Role], owners: Sequence[_Owned]) -> dict[str, tuple[Grant, ...]]:
    """What each person holds in her own right, by role and scope; a salesperson's patches after her other roles."""
    held = [
        (person, Grant(role=role, scope=scope))
        for person, role, kind, scope in roles
        if role != "SP" or kind == "patch"
    ]
    held += [(person, Grant(role="SP", scope=patch)) for patch, person in owners if person is not None]
    return _by_first(held)


def _stands_in_for(company: Tables, day: dt.date) -> dict[str, tuple[str, ...]]:
    if "deputies" not in company:
        return {}
    rows = valid_on(company["deputies"], day).select("deputy", "person").sort("deputy", "person")
    return _by_first(rows.iter_rows())


def _organisations(
    company: Tables, owner: Mapping[str, str | None], leaders: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    """Patches below each sales leader: of everyone who reports to her, and those that nobody owns."""
    if "people" not in company or "patches" not in company:
        return {}
    superior = dict(company["people"].select("person", "superior").iter_rows())
    patches = company["patches"]["patch"].sort().to_list()
    above = {patch: _above(owner[patch], superior) for patch in patches if patch in owner}
    return {leader: tuple(p for p in patches if p not in above or leader in above[p]) for leader in leaders}


def _above(person: str | None, superior: Mapping[str, str | None]) -> list[str]:
    chain: list[str] = []
    while person is not None and person not in chain:
        chain.append(person)
        person = superior.get(person)
    return chain


def _by_first(pairs: Iterable[tuple[str, Item]]) -> dict[str, tuple[Item, ...]]:
    """The second of each pair by its first, each once, in their order."""
    found: dict[str, dict[Item, None]] = {}
    for key, item in pairs:
        found.setdefault(key, {})[item] = None
    return {key: tuple(items) for key, items in found.items()}
