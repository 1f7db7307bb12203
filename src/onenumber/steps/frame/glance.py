"""A look at a plan: a context that asks for each sheet once, because nothing is written while it looks."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import models

from onenumber.model.sheet import SheetKind
from onenumber.steps.frame.context import Context, Gathered, Made
from onenumber.store.manifest import latest, newest_of, versions_in
from onenumber.store.models import Cycle, SheetVersion
from onenumber.store.plans import find_cycle, names_of
from onenumber.store.written import OF_A_CYCLE, Tables, written_in

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance(Context):
    """The context of one page, or of what one step reads."""

    within: dict[int, Made] = field(default_factory=dict, compare=False)  # by cycle
    found: dict[str, Cycle] = field(default_factory=dict, compare=False)  # by label
    people: dict[str, str] = field(default_factory=dict, compare=False)  # their names by key
    working: dict[tuple[SheetKind, str], SheetVersion] = field(default_factory=dict, compare=False)
    written: dict[tuple[str, int], list[Any]] = field(default_factory=dict, compare=False)  # by table and cycle
    wrote: dict[int, tuple[Tables, Tables]] = field(default_factory=dict, compare=False)  # by cycle
    cycles: list[Cycle] = field(default_factory=list, compare=False)  # newest first

    def cycle(self, label: str = "") -> Cycle:
        """The cycle of a label, or the newest one, as it was when this look first asked.

        Raises:
            NoCycleError: if there is none.
        """
        if label not in self.found:
            known = self.all_cycles()
            cycle = next((one for one in known if not label or one.label == label), None)
            cycle = cycle or find_cycle(self.plan, label)  # which says what there is
            self.found.update({label: cycle, cycle.label: cycle})
        return self.found[label]

    def all_cycles(self) -> list[Cycle]:
        """Every cycle of the plan, the newest first, as they were when this look first asked."""
        if not self.cycles:
            self.cycles.extend(super(Glance, self).all_cycles())
        return self.cycles

    def names(self) -> Mapping[str, str]:
        """Name of each person by key, as they were when this look first asked."""
        if not self.people:
            self.people.update(names_of(self.plan))
        return self.people

    def made(self, cycle: Cycle) -> Made:
        """The newest version of each kind and stage in a cycle, as it was when this look first asked."""
        if cycle.pk not in self.within:
            self.within[cycle.pk] = newest_of(self.every(cycle))
        return self.within[cycle.pk]

    def every(self, cycle: Cycle) -> list[SheetVersion]:
        """Every version in a cycle, of each kind the oldest first, as they were when this look first asked."""
        return self.gathered(SheetVersion.__name__, cycle, lambda: versions_in(cycle))

    def version(self, kind: SheetKind, cycle: Cycle | None, stage: str = "") -> SheetVersion | None:
        """The newest version of a kind, as it was when this look first asked."""
        return self._working(kind, stage) if cycle is None else self.made(cycle).get((kind, stage))

    def company_content(self, cycle: Cycle | None = None) -> str | None:
        """The content of the company: of a look that begins with its context that which the context has found."""
        frozen = self.version(SheetKind.COMPANY, cycle) if cycle is not None else None
        if frozen is None and self.newest:
            return self.newest
        return frozen.content if frozen is not None else super(Glance, self).company_content(None)

    def has(self, table: type[models.Model], cycle: Cycle) -> bool:
        """Whether anything was written in a table in a cycle, when this look first asked."""
        return table in self._wrote(cycle)[0]

    def has_ever(self, table: type[models.Model], cycle: Cycle) -> bool:
        """The same in any cycle of the plan of this one."""
        return table in self._wrote(cycle)[1]

    def gathered(self, name: str, cycle: Cycle, gather: Callable[[], Iterable[Gathered]]) -> list[Gathered]:
        """What is gathered of a cycle under a name, as it was when this look first asked."""
        if (name, cycle.pk) not in self.written:
            self.written[name, cycle.pk] = list(gather())
        return self.written[name, cycle.pk]

    def _wrote(self, cycle: Cycle) -> tuple[Tables, Tables]:
        if cycle.pk not in self.wrote:
            self.wrote[cycle.pk] = written_in(cycle)
        return self.wrote[cycle.pk]

    def _working(self, kind: SheetKind, stage: str) -> SheetVersion | None:
        """The newest version outside any cycle; there may be as many as there were loads, so only one is read."""
        found = self.working.get((kind, stage)) or latest(self.plan, kind, stage=stage)
        if found is not None:
            self.working[kind, stage] = found
        return found


def plainly(context: Context) -> Context:
    """The same person, plan and moment, for doing something: a step reads what stands when it asks."""
    return Context(
        plan=context.plan, actor=context.actor, now=context.now, versions=context.versions, seed=context.seed,
        progress=context.progress, map=context.map, zone=context.zone,
    )  # fmt: skip


def rows_in(context: Context, table: type[Row], cycle: Cycle) -> list[Row]:
    """Every row of a table that a cycle has few of, in the order in which they were written; a look asks once."""
    if table in OF_A_CYCLE and not context.has(table, cycle):
        return []
    every = table._default_manager  # noqa: SLF001 - Django's name
    return context.gathered(table.__name__, cycle, lambda: every.filter(cycle=cycle.pk).order_by("pk"))


def cycle_earlier(context: Context, cycle: Cycle) -> Cycle | None:
    """The cycle before this one in the plan; None for the first."""
    return next((one for one in context.all_cycles() if one.index < cycle.index), None)


def glance(context: Context, *, at_once: bool = False) -> Glance:
    """The same person, plan and moment, for looking only; a look that is one goes on.

    ``at_once``: the context was just made, so the company that it has found is still the newest.
    """
    if isinstance(context, Glance):
        return context
    return Glance(
        newest=context.newest if at_once else "",
        plan=context.plan,
        actor=context.actor,
        now=context.now,
        versions=context.versions,
        seed=context.seed,
        progress=context.progress,
        map=context.map,
        zone=context.zone,
    )
