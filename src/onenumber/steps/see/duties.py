"""Who does what: every duty, signature and figure with its one accountable person, her deputy and its due day."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from onenumber.cycle.calendar import MILESTONES, due
from onenumber.cycle.dues import SIGNED_BY
from onenumber.cycle.phases import Phase
from onenumber.cycle.signatures import RULES
from onenumber.errors.store import NoSheetError
from onenumber.model.finding import Finding
from onenumber.rights.actors import Held
from onenumber.rights.ask import Actor, refuse_nameless
from onenumber.rights.duties import DUTIES, ROLES, place_of, signers
from onenumber.steps.frame.asking import somebody
from onenumber.steps.frame.context import Context, Tables
from onenumber.steps.frame.days import week_at
from onenumber.steps.frame.glance import glance, rows_in
from onenumber.steps.frame.seats import (
    Called,
    Owned,
    Seat,
    called,
    measured_by,
    not_filled,
    owned_figures,
    seats_on,
)
from onenumber.steps.see.deputies import StandIn, deputies_on, standing_for
from onenumber.store.models import SignatureRow

SAYS = "see who does what"
ANSWERED = "answer"
"""The milestone by which who owns a figure has answered for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who is accountable over a place (empty: the company; accountable empty: nobody), and who shares it or stands in.

    ``instead``: a sales leader of a patch without a salesperson, the first where several may; ``mine``: the person who
    looks, or whom she stands in for today; ``stood_in`` is then for whom and until when, None where it is her own.
    ``with_her`` is her name among those who share it, where another is accountable.
    """

    place: str
    accountable: str
    shared_with: tuple[str, ...] = ()
    deputies: tuple[StandIn, ...] = ()
    instead: bool = False
    mine: bool = False
    stood_in: StandIn | None = None
    with_her: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The last day on which it is done, and which working day of the cycle that is."""

    date: dt.date
    working_day: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyLine:
    """One duty of a role."""

    code: str
    says: str
    due: Due


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleShown:
    """A role: what it is held over ("company", "patch" ...), its duties, and its holders, one for each place."""

    role: str
    over: str
    duties: tuple[DutyLine, ...]
    holders: tuple[Holder, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureLine:
    """One signature of the month: its meaning, phase, role and person, its day, and whether it is given."""

    verb: str
    meaning: str
    phase: Phase
    role: str
    holder: Holder
    due: Due
    given: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureLine:
    """One figure of Adherence in a scope, with who answers for it, and until when."""

    figure: str
    key: str
    holder: Holder
    due: Due


@dataclass(frozen=True, slots=True, kw_only=True)
class DutiesShown:
    """All of it as it stands on ``today``, with due days in a cycle; ``findings`` is what is not filled, and notes."""

    cycle: str
    today: dt.date
    findings: tuple[Finding, ...]
    roles: tuple[RoleShown, ...]
    signatures: tuple[SignatureLine, ...]
    figures: tuple[FigureLine, ...]


def duties_shown(context: Context, label: str = "") -> DutiesShown:
    """Who does what today, by the tables that rights are asked from, with the due days of a cycle (the newest).

    No figure stands in it: everybody of the company sees it.

    Raises:
        NobodyNamedError: if nobody says who asks.
        UnknownPersonError: if the company does not know who is named.
    """
    refuse_nameless(context.actor, SAYS)
    look = glance(somebody(context))
    cycle, company, held = look.cycle(label), look.company(), look.held()
    if held is None:
        raise NoSheetError(kind="company", cycle=cycle.label, step="load")
    names = called(company, people=look.names(), tells_customers=look.actor.plans_all)
    deputies = deputies_on(look.today, company=company, names=names.people)
    people = _People(actor=look.actor, company=company, day=look.today, names=names, deputies=deputies,
                     away=standing_for(look))  # fmt: skip
    period, week = look.frame(cycle).calendar[cycle.index], week_at(look)
    days = {key: Due(date=due(key, period=period, week=week), working_day=one.day) for key, one in MILESTONES.items()}
    given = {row.verb for row in rows_in(look, SignatureRow, cycle) if row.struck_at is None}
    return DutiesShown(
        cycle=cycle.label,
        today=look.today,
        findings=not_filled(look.today, company=company, held=held, names=people.names),
        roles=tuple(_roles(people, held, days)),
        signatures=tuple(_signatures(people, held, days, given)),
        figures=tuple(_figure(people, one, days[ANSWERED]) for one in owned_figures(company)),
    )


def duties_table(shown: DutiesShown) -> pl.DataFrame:
    """The same as one table: a row for each duty, signature and figure in each place, as a file has it."""
    schema = dict.fromkeys(("code", "what", "role", "place", "accountable", "shared_with", "deputy"), pl.String)
    rows = [(*(text or None for text in (*head, *_columns(holder))), when.date) for head, holder, when in _lines(shown)]
    return pl.DataFrame(rows, schema={**schema, "due": pl.Date}, orient="row")


def _lines(shown: DutiesShown) -> Iterator[tuple[tuple[str, str, str], Holder, Due]]:
    for role in shown.roles:
        for duty in role.duties:
            for holder in role.holders:
                yield (duty.code, duty.says, role.role), holder, duty.due
    for one in shown.signatures:
        yield (one.verb, f"Signs “{one.meaning}”", one.role), one.holder, one.due
    for line in shown.figures:
        yield (line.figure, f"Answers for {line.figure}", ""), line.holder, line.due


def _columns(holder: Holder) -> tuple[str, str, str, str]:
    deputies = [f"{one.name} {one.since} to {one.until or 'further notice'}" for one in holder.deputies]
    return holder.place, holder.accountable, "; ".join(holder.shared_with), "; ".join(deputies)


@dataclass(frozen=True, slots=True, kw_only=True)
class _People:
    """The people of a company on a day, as who looks is shown them."""

    actor: Actor
    company: Tables
    day: dt.date
    names: Called
    deputies: Mapping[str, tuple[StandIn, ...]]
    away: Mapping[str, StandIn]

    def holder(self, people: tuple[str, ...], place: str, *, instead: bool = False) -> Holder:
        """The first of some people as accountable over a place."""
        first, her = people[0] if people else "", self.actor.person
        own = her in people
        return Holder(
            place=place,
            accountable=self.names.person(first) if first else "",
            shared_with=() if instead else tuple(map(self.names.person, people[1:])),
            deputies=self.deputies.get(first, ()),
            instead=instead,
            mine=own or not self.away.keys().isdisjoint(people),
            stood_in=None if own else next((self.away[one] for one in people if one in self.away), None),
            with_her=self.names.person(her) if own and first != her and not instead else "",
        )


def _roles(people: _People, held: Held, days: Mapping[str, Due]) -> Iterator[RoleShown]:
    seats = seats_on(people.day, company=people.company, held=held)
    for role in ROLES:
        duties = [duty for duty in DUTIES.values() if duty.role == role]
        yield RoleShown(
            role=role,
            over=place_of(role).value,
            duties=tuple(DutyLine(code=duty.code, says=duty.says, due=days[duty.until]) for duty in duties),
            holders=tuple(_holder(people, seat) for seat in seats if seat.role == role),
        )


def _holder(people: _People, seat: Seat) -> Holder:
    place = people.names.place(place_of(seat.role), seat.place)
    return people.holder(seat.people, place, instead=seat.instead)


def _signatures(
    people: _People, held: Held, days: Mapping[str, Due], given: Collection[str]
) -> Iterator[SignatureLine]:
    for rule in RULES:
        yield SignatureLine(
            verb=rule.verb, meaning=rule.meaning, phase=rule.phase, role=rule.role, due=days[SIGNED_BY[rule.verb]],
            holder=people.holder(signers(held, rule.verb), ""), given=rule.verb in given,
        )  # fmt: skip


def _figure(people: _People, one: Owned, when: Due) -> FigureLine:
    place = people.names.place(measured_by(one.figure), one.place)
    holder = people.holder((one.person,) if one.person else (), place)
    return FigureLine(figure=one.figure, key=one.place, holder=holder, due=when)
