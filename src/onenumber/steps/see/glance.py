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

    memo: dict[Key, SheetVersion | None] = field(default_factory=dict, compare=False)

    def version(self, kind: SheetKind, cycle: Cycle | None, stage: str = "") -> SheetVersion | None:
        """The newest version of a kind, as it was when this page first asked."""
        key = (kind, cycle.pk if cycle is not None else None, stage)
        if key not in self.memo:
            self.memo[key] = latest(self.plan, kind, cycle=cycle, stage=stage)
        return self.memo[key]

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
