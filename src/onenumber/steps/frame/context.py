"""Who asks for a step, in which plan, and when."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import polars as pl
from django.conf import settings
from django.db import models
from django.utils import timezone

from onenumber.cycle.phases import Phase
from onenumber.model.plan import PlanFrame, plan_frame
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.rights.actors import REHEARSAL, RUN, Held, everybody, held_on
from onenumber.rights.ask import WHOLE, Actor, Grant, Thing, check
from onenumber.steps.frame.mapper import Mapper, in_process
from onenumber.store.manifest import latest, latest_content, newest_in
from onenumber.store.models import Cycle, Plan, Purpose, SheetVersion
from onenumber.store.plans import names_of, person_name, versions_of
from onenumber.store.versions import Versions

Progress = Callable[[int, int, str], None]
Gathered = TypeVar("Gathered")
Made = Mapping[tuple[SheetKind, str], SheetVersion]
Tables = Mapping[str, pl.DataFrame]
INSTALLER = "installer"
KEPT = 64
"""Days of companies of which a process remembers who holds what: about what two cycles of one plan ask."""


def quiet(done: int, total: int, message: str) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """A person in a plan at a moment, with the seed of anything random and somebody to tell how far we are.

    Heavy maps of pure functions go through ``map``. ``zone`` is the plan's time zone, in which days are counted (C15).
    ``newest`` is the content of the company as it stood when the context was made (empty: there was none).

    A context is for doing: it asks the store anew each time. A :class:`~onenumber.steps.frame.glance.Glance` is one
    for looking, which remembers; whoever reads need not know which of the two it holds.
    """

    plan: Plan
    actor: Actor
    now: dt.datetime
    versions: Versions
    seed: int = 0
    progress: Progress = field(default=quiet)
    map: Mapper = field(default=in_process)
    zone: dt.tzinfo = dt.UTC
    newest: str = ""

    @property
    def today(self) -> dt.date:
        """The day that it is now in the plan's time zone; before any load, in UTC."""
        return self.day_of(self.now)

    def day_of(self, moment: dt.datetime) -> dt.date:
        """The day of a moment in the plan's time zone."""
        return moment.astimezone(self.zone).date()

    def permit(self, verb: str, *, phase: Phase, thing: Thing = WHOLE) -> Grant:
        """The grant under which the person does it.

        Raises:
            NotAllowedError: if she may not.
            WrongPhaseError: if not now.
        """
        return check(self.actor, verb, phase=phase, thing=thing)

    def under(self, grant: Grant) -> str:
        """Who does it, in words; a deputy with both names."""
        away = person_name(self.plan, grant.deputy_for) or grant.deputy_for
        return f"{self.actor.called} for {away}" if away else self.actor.called

    def company(self, cycle: Cycle | None = None) -> Tables:
        """The company's tables: as frozen for a cycle where they are, else as they stand; empty before any load."""
        found = self.company_content(cycle)
        return self.versions.get(found).tables if found is not None else {}

    def company_version(self, cycle: Cycle | None = None) -> SheetVersion | None:
        """The version of the company's tables that :meth:`company` reads."""
        frozen = self.version(SheetKind.COMPANY, cycle) if cycle is not None else None
        return frozen or self.version(SheetKind.COMPANY, None)

    def company_content(self, cycle: Cycle | None = None) -> str | None:
        """The content of that version."""
        found = self.company_version(cycle)
        return found.content if found is not None else None

    def held(self, cycle: Cycle | None = None) -> Held | None:
        """Who holds what now, by the tables that :meth:`company` reads; None before any load."""
        found = self.company_content(cycle)
        return _held(self.versions, found, self.today) if found is not None else None

    def names(self) -> Mapping[str, str]:
        """Name of each person by key."""
        return names_of(self.plan)

    def known(self) -> Tables:
        """Everything loaded so far, as it stands: master data and facts."""
        load = self.sheet(SheetKind.LOAD, None)
        return {**self.company(), **(load.tables if load is not None else {})}

    def frame(self, cycle: Cycle | None = None) -> PlanFrame:
        """Calendar, currency and horizon of the plan."""
        found = self.company_content(cycle)
        return _frame(self.versions, found) if found is not None else plan_frame(pl.DataFrame())

    def version(self, kind: SheetKind, cycle: Cycle | None, stage: str = "") -> SheetVersion | None:
        """The newest version of a kind, for looking only: it is not pinned."""
        return latest(self.plan, kind, cycle=cycle, stage=stage)

    def sheet(self, kind: SheetKind, cycle: Cycle | None, stage: str = "") -> Sheet | None:
        """The newest sheet of a kind, for looking only."""
        found = self.version(kind, cycle, stage)
        return self.versions.get(found.content) if found is not None else None

    def all_cycles(self) -> list[Cycle]:
        """Every cycle of the plan, the newest first."""
        return list(Cycle.objects.filter(plan=self.plan).order_by("-index"))

    def made(self, cycle: Cycle) -> Made:
        """The newest version of each kind and stage in a cycle."""
        return newest_in(cycle)

    def has(self, table: type[models.Model], cycle: Cycle) -> bool:  # noqa: ARG002 - a look knows better
        """Whether anything may be written in a table in a cycle; who does something asks the table itself."""
        return True

    def has_ever(self, table: type[models.Model], cycle: Cycle) -> bool:  # noqa: ARG002 - as above
        """The same in any cycle of the plan of this one."""
        return True

    def gathered(self, name: str, cycle: Cycle, gather: Callable[[], Iterable[Gathered]]) -> list[Gathered]:  # noqa: ARG002 - as above
        """What is gathered of a cycle under a name."""
        return list(gather())

    def speaking_as(self, actor: Actor) -> "Context":
        """The same moment, another person."""
        return replace(self, actor=actor)

    def at(self, now: dt.datetime) -> "Context":
        """The same person, another moment."""
        return replace(self, now=now)


def make_context(plan: Plan, *, person: str, progress: Progress = quiet, now: dt.datetime | None = None) -> Context:
    """The context of a person in a plan, with the roles that the company's tables give her today.

    Before the first load nobody has a role, so whoever installs the software may do everything once. A rehearsal is
    played by itself: everybody else only looks at it, and who gives no name sees all of it, as who played it does.
    """
    moment = now or clock_of(plan)
    versions = versions_of(plan)
    content = latest_content(plan, SheetKind.COMPANY)
    zone = dt.UTC if content is None else _zone(versions, content)
    context = Context(
        plan=plan, actor=everybody(INSTALLER), now=moment, versions=versions, progress=progress, zone=zone,
        newest=content or "",
    )  # fmt: skip
    return context.speaking_as(_actor(context, person, content))


def _actor(context: Context, person: str, content: str | None) -> Actor:
    rehearsal = context.plan.purpose == Purpose.REHEARSAL
    if rehearsal and person in (RUN, REHEARSAL, ""):
        return replace(everybody(person), looks_only=not person)
    if content is None:
        return replace(everybody(INSTALLER), looks_only=rehearsal)
    actor = _held(context.versions, content, context.today).actor(person)
    return replace(actor, name=partial(person_name, context.plan, person), looks_only=rehearsal)


def clock_of(plan: Plan) -> dt.datetime:
    """Now; in demo mode the company's own clock, where it was moved."""
    if settings.ONENUMBER_DEMO and plan.clock is not None:
        return plan.clock
    return timezone.now()


@lru_cache(maxsize=KEPT)
def _frame(versions: Versions, content: str) -> PlanFrame:
    """Every step and page asks for the calendar, and a version of the company never changes."""
    return plan_frame(versions.get(content).tables.get("plan", pl.DataFrame()))


@lru_cache(maxsize=KEPT)
def _zone(versions: Versions, content: str) -> dt.tzinfo:
    """The time zone that a version of the company names.

    A load refuses a name that is none. One that an older load let through counts as UTC, as it did then: without a
    day nobody could load a better one.
    """
    try:
        return ZoneInfo(str(versions.get(content).tables["plan"]["time_zone"][0]))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return dt.UTC


@lru_cache(maxsize=KEPT)
def _held(versions: Versions, content: str, day: dt.date) -> Held:
    """Every step and page asks who holds what, and a version of the company never changes."""
    return held_on(day, company=versions.get(content).tables)
