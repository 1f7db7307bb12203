"""Who sits where today: each role over each place that it is held over, and what is not filled."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from onenumber.cycle.words import TITLES
from onenumber.model.contract.empty import table_or_empty
from onenumber.model.finding import Finding, Severity, Value
from onenumber.model.validity import latest_on, valid_on
from onenumber.review.figures import BY_DIVISION, OWNED_AS, scopes_of
from onenumber.rights.actors import Held
from onenumber.rights.ask import EVERYTHING
from onenumber.rights.duties import DUTIES, ROLES, holders, place_of, speaks_for
from onenumber.rights.table import Scope
from onenumber.steps.frame.context import Tables

FIGURES = tuple(dict.fromkeys(OWNED_AS.values()))
"""Every figure that somebody answers for, as the table `owners` names it."""
NAMED_MOST = 5
"""Keys that a sentence names."""
SUBJECTS: Mapping[str, str] = {
    "duty_unheld": "{role}{where}",
    "site_without_manager": "{site}",
    "customers_unasked": "{count}",
    "figure_without_owner": "{figure} of {places}",
}
"""What each finding that keeps the data gate closed is about."""
OPTIONAL = ("DH",)
"""Roles without which a company plans as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A role over a place (``*``: the company): who holds it, by key; the first is accountable, empty is nobody.

    ``instead``: a sales leader who speaks for a patch that has no salesperson.
    """

    role: str
    place: str
    people: tuple[str, ...]
    instead: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Owned:
    """A figure of Adherence in a scope, with the one person who answers for it; empty is nobody."""

    figure: str
    place: str
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """What sentences call people and places, by key; ``tells_customers``: whether who asks may know any of them."""

    people: Mapping[str, str]
    places: Mapping[tuple[Scope, str], str]
    tells_customers: bool

    def person(self, key: str) -> str:
        """Her name; her key where nobody wrote it down."""
        return self.people.get(key, key)

    def place(self, kind: Scope, key: str) -> str:
        """A place with its key where that is another word; empty for the company."""
        if key == EVERYTHING:
            return ""
        if kind is Scope.ORGANISATION:
            return f"team of {self.person(key)}"
        name = self.places.get((kind, key))
        return key if name in (None, key) else f"{name} ({key})"


def called(company: Tables, *, people: Mapping[str, str], tells_customers: bool) -> Called:
    """The names that a company's tables give."""
    tables = {Scope.PATCH: "patches", Scope.SITE: "sites", Scope.DIVISION: "divisions"}
    found = {
        (kind, key): name
        for kind, table in tables.items()
        for key, name in table_or_empty(company, table)[[kind.value, "name"]].iter_rows()
    }
    return Called(people=people, places=found, tells_customers=tells_customers)


def seats_on(day: dt.date, *, company: Tables, held: Held) -> tuple[Seat, ...]:
    """Every role that has a duty over each place that it is held over, in the order of the duties."""
    return tuple(_seat(held, role, place) for role in ROLES for place in _places(role, day, company, held))


def owned_figures(company: Tables) -> tuple[Owned, ...]:
    """Each figure of Adherence in each scope with who answers for it: by scope, else for the company."""
    owners = table_or_empty(company, "owners").select("figure", "scope", "person").iter_rows()
    by = {(figure, scope): person for figure, scope, person in owners}
    return tuple(
        Owned(figure=figure, place=scope, person=by.get((figure, scope)) or by.get((figure, EVERYTHING)) or "")
        for figure in FIGURES
        for scope in scopes_of(figure, company=company)
    )


def not_filled(day: dt.date, *, company: Tables, held: Held, names: Called) -> tuple[Finding, ...]:
    """What nobody holds, what no rule sends to anybody, and notes on what a plain rule settles; the open ones first."""
    seats = seats_on(day, company=company, held=held)
    found = [
        *_unheld(seats, names),
        *_lines_alone(seats, _lines(company, day), names),
        *_customers_alone(company, day, names),
        *_figures_alone(owned_figures(company), names),
        *_instead(seats, names),
        *_shared(seats, names),
    ]
    return tuple(sorted(found, key=lambda finding: finding.severity is Severity.NOTE))


def subject_of(finding: Finding) -> str:
    """What a finding of :func:`not_filled` is about, as a waiver names it; empty for a note, which holds nothing up.

    Example:
        >>> subject_of(Finding(code="customers_unasked", severity=Severity.ATTENTION, values={"count": 3}))
        '3'
    """
    return SUBJECTS[finding.code].format(**finding.values) if finding.severity is Severity.ATTENTION else ""


def codes_of(role: str) -> str:
    """The duties of a role in a sentence.

    Example:
        >>> codes_of("DP"), codes_of("PM")
        ('DP-1 to DP-5', 'PM-1')
    """
    codes = [duty.code for duty in DUTIES.values() if duty.role == role]
    return codes[0] if len(codes) == 1 else f"{codes[0]} to {codes[-1]}"


def _seat(held: Held, role: str, place: str) -> Seat:
    people = holders(held, role, place)
    leaders = speaks_for(held, place) if not people and place_of(role) is Scope.PATCH else ()
    return Seat(role=role, place=place, people=people or leaders, instead=bool(leaders))


def _places(role: str, day: dt.date, company: Tables, held: Held) -> Sequence[str]:
    match place_of(role):
        case Scope.PATCH:
            return company["patches"]["patch"].sort().to_list()
        case Scope.SITE:
            plants = scopes_of("production", company=company).to_list()
            return sorted({*plants, *_lines(company, day)})
        case Scope.DIVISION:
            return scopes_of("sales", company=company).to_list()
        case Scope.ORGANISATION:
            return _organisations(held, role) or [EVERYTHING]
        case _:
            return [EVERYTHING]


def _organisations(held: Held, role: str) -> list[str]:
    return sorted({grant.scope for grants in held.grants.values() for grant in grants if grant.role == role})


def _lines(company: Tables, day: dt.date) -> dict[str, list[str]]:
    """The lines of each site."""
    rows = latest_on(table_or_empty(company, "resources"), day, ["resource"])
    grouped = rows.group_by("site", maintain_order=True).agg("resource").sort("site")
    return dict(grouped.iter_rows())


def _unheld(seats: Sequence[Seat], names: Called) -> Iterator[Finding]:
    for role in ROLES:
        alone = [seat for seat in seats if seat.role == role and not seat.people]
        if not alone or place_of(role) is Scope.SITE:
            continue
        places = [place for seat in alone if (place := names.place(place_of(role), seat.place))]
        where, optional = f" for {', '.join(places)}" if places else "", role in OPTIONAL
        code = "duty_unheld_optional" if optional else "duty_unheld"
        yield _finding(code, note=optional, role=TITLES[role], duties=codes_of(role), where=where)


def _lines_alone(seats: Sequence[Seat], lines: Mapping[str, Sequence[str]], names: Called) -> Iterator[Finding]:
    for seat in seats:
        if not seat.people and place_of(seat.role) is Scope.SITE:
            here, site = lines.get(seat.place, ()), names.place(Scope.SITE, seat.place)
            yield _finding("site_without_manager", site=site, lines=len(here), named=_some(here) or "none yet")


def _customers_alone(company: Tables, day: dt.date, names: Called) -> Iterator[Finding]:
    owned = valid_on(company["patch_customers"], day).select("customer")
    alone = company["customers"].join(owned, on="customer", how="anti")["customer"].sort().to_list()
    if alone:
        named = _some(alone) if names.tells_customers else "who plans the company sees which"
        yield _finding("customers_unasked", count=len(alone), named=named)


def _figures_alone(figures: Sequence[Owned], names: Called) -> Iterator[Finding]:
    for figure in FIGURES:
        alone = [one for one in figures if one.figure == figure and not one.person]
        if alone:
            places = [names.place(measured_by(figure), one.place) for one in alone]
            yield _finding("figure_without_owner", figure=figure, places=", ".join(places))


def measured_by(figure: str) -> Scope:
    """Whether a figure is measured by site or by division.

    Example:
        >>> measured_by("inventory").value
        'site'
    """
    return Scope.DIVISION if figure in BY_DIVISION else Scope.SITE


def _instead(seats: Sequence[Seat], names: Called) -> Iterator[Finding]:
    for leader in sorted({seat.people[0] for seat in seats if seat.instead}):
        patches = [names.place(Scope.PATCH, one.place) for one in seats if one.instead and one.people[0] == leader]
        yield _finding("patches_without_person", note=True, patches=_some(patches), leader=names.person(leader))


def _shared(seats: Sequence[Seat], names: Called) -> Iterator[Finding]:
    for seat in seats:
        if len(seat.people) > 1 and not seat.instead:
            people = [names.person(one) for one in seat.people]
            yield _finding(
                "duty_shared", note=True, duties=codes_of(seat.role), where=_where(seat, names),
                people=f"{', '.join(people[:-1])} and {people[-1]}", accountable=people[0],
            )  # fmt: skip


def _where(seat: Seat, names: Called) -> str:
    place = names.place(place_of(seat.role), seat.place)
    return f" for {place}" if place else ""


def _some(keys: Sequence[str]) -> str:
    """The first keys of some, and how many more there are.

    Example:
        >>> _some(["a", "b"]), _some(list("abcdefg"))
        ('a, b', 'a, b, c, d, e and 2 more')
    """
    more = len(keys) - NAMED_MOST
    return ", ".join(keys[:NAMED_MOST]) + (f" and {more} more" if more > 0 else "")


def _finding(code: str, *, note: bool = False, **values: Value) -> Finding:
    return Finding(code=code, severity=Severity.NOTE if note else Severity.ATTENTION, values=values)
