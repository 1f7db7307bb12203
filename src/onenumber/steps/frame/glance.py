"""A look at a plan: a context that asks for each sheet once, because nothing is written while a page is drawn."""

from dataclasses import dataclass, field

from onenumber.model.sheet import Sheet, SheetKind
from onenumber.steps.frame.context import Context
from onenumber.store.manifest import latest
from onenumber.store.models import Cycle, SheetVersion

Key = tuple[SheetKind, int | None, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance(Context):
    """The context of one page."""

    memo: dict[Key, SheetVersion] = field(default_factory=dict, compare=False)
    asked: set[int] = field(default_factory=set, compare=False)

    def version(self, kind: SheetKind, cycle: Cycle | None, stage: str = "") -> SheetVersion | None:
        """The newest version of a kind, as it was when this page first asked."""
        if cycle is None:
            return self._working(kind, stage)
        if cycle.pk not in self.asked:
            self.asked.add(cycle.pk)
            made = SheetVersion.objects.filter(plan=self.plan, cycle=cycle).order_by("sequence")
            self.memo.update({(SheetKind(row.kind), cycle.pk, row.stage): row for row in made})
        return self.memo.get((kind, cycle.pk, stage))

    def _working(self, kind: SheetKind, stage: str) -> SheetVersion | None:
        """The newest version outside any cycle; there may be as many as there were loads, so only one is read."""
        key = (kind, None, stage)
        found = self.memo.get(key) or latest(self.plan, kind, stage=stage)
        if found is not None:
            self.memo[key] = found
        return found

    def sheet(self, kind: SheetKind, cycle: Cycle | None, stage: str = "") -> Sheet | None:
        """The newest sheet of a kind."""
        found = self.version(kind, cycle, stage)
        return self.versions.get(found.content) if found is not None else None


def glance(context: Context) -> Glance:
    """The same person, plan and moment, for looking only."""
    return Glance(
        plan=context.plan,
        actor=context.actor,
        now=context.now,
        versions=context.versions,
        seed=context.seed,
        progress=context.progress,
    )
