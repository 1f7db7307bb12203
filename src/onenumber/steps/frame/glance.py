"""A look at a plan: a context that asks for each sheet once, because nothing is written while it looks."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from onenumber.model.sheet import SheetKind
from onenumber.steps.frame.context import Context
from onenumber.store.manifest import latest, newest_in
from onenumber.store.models import Cycle, SheetVersion
from onenumber.store.plans import find_cycle, names_of

Made = Mapping[tuple[SheetKind, str], SheetVersion]


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance(Context):
    """The context of one page, or of what one step reads."""

    within: dict[int, Made] = field(default_factory=dict, compare=False)  # by cycle
    found: dict[str, Cycle] = field(default_factory=dict, compare=False)  # by label
    people: dict[str, str] = field(default_factory=dict, compare=False)  # their names by key
    working: dict[tuple[SheetKind, str], SheetVersion] = field(default_factory=dict, compare=False)

    def cycle(self, label: str = "") -> Cycle:
        """The cycle of a label, or the newest one, as it was when this look first asked.

        Raises:
            NoCycleError: if there is none.
        """
        if label not in self.found:
            cycle = find_cycle(self.plan, label)
            self.found.update({label: cycle, cycle.label: cycle})
        return self.found[label]

    def names(self) -> Mapping[str, str]:
        """Name of each person by key, as they were when this look first asked."""
        if not self.people:
            self.people.update(names_of(self.plan))
        return self.people

    def made(self, cycle: Cycle) -> Made:
        """The newest version of each kind and stage in a cycle, as it was when this look first asked."""
        if cycle.pk not in self.within:
            self.within[cycle.pk] = newest_in(cycle)
        return self.within[cycle.pk]

    def version(self, kind: SheetKind, cycle: Cycle | None, stage: str = "") -> SheetVersion | None:
        """The newest version of a kind, as it was when this look first asked."""
        return self._working(kind, stage) if cycle is None else self.made(cycle).get((kind, stage))

    def _working(self, kind: SheetKind, stage: str) -> SheetVersion | None:
        """The newest version outside any cycle; there may be as many as there were loads, so only one is read."""
        found = self.working.get((kind, stage)) or latest(self.plan, kind, stage=stage)
        if found is not None:
            self.working[kind, stage] = found
        return found


def glance(context: Context) -> Glance:
    """The same person, plan and moment, for looking only; a look that is one goes on."""
    if isinstance(context, Glance):
        return context
    return Glance(
        plan=context.plan,
        actor=context.actor,
        now=context.now,
        versions=context.versions,
        seed=context.seed,
        progress=context.progress,
        map=context.map,
        zone=context.zone,
    )
