"""What a figure of a person's month is, and the sheets that it is read off."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from onenumber.model.finding import Finding, Value
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.steps.frame.decisions import accepted_lines
from onenumber.steps.frame.glance import Glance, cycle_earlier
from onenumber.steps.see.cycle import OpenPoint
from onenumber.steps.see.month_page import SHEETS, Where
from onenumber.store.models import Cycle, SheetVersion

FINAL = "final"
MOST = 5
"""Lines of a figure that a person reads at a glance; more stand on the page behind it."""
AHEAD = 6
"""Periods ahead in which lines are looked at."""


Values = dict[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a figure: what of, its values in the order of the block's columns (None: not known), its own page."""

    name: str
    values: tuple[float | str | None, ...]
    unit: str = ""
    where: Where | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A figure with its few lines: the code of its sentence and what that says; ``why`` it is not known, as a code.

    ``says`` stands for the sentence where a finding says it already; ``of`` is the cycle whose sheet was read.
    """

    code: str
    values: Mapping[str, Value] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()
    why: str = ""
    says: Finding | None = None
    of: str = ""
    where: Where = SHEETS


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockSheets:
    """The sheets of a cycle, and of the one before it where it has none yet.

    ``undecided``: as they were before the executive decided, for a meeting that came before that.
    """

    look: Glance
    cycle: Cycle
    points: Sequence[OpenPoint]
    undecided: bool = False

    def newest(self, *kinds: tuple[SheetKind, str]) -> tuple[SheetVersion, Cycle] | None:
        """The first of some kinds and stages that there is in the cycle, else in the one before it."""
        for kind, stage in kinds:
            version = self.look.version(kind, self.cycle, stage) if not (self.undecided and stage == FINAL) else None
            if version is not None:
                return version, self.cycle
        before = cycle_earlier(self.look, self.cycle)
        found = (self.look.version(kind, before, stage) for kind, stage in kinds if before is not None)
        version = next((one for one in found if one is not None), None)
        return (version, before) if version is not None and before is not None else None

    def sheet(self, version: SheetVersion) -> Sheet:
        """The sheet of a version."""
        return self.look.versions.get(version.content)

    def accepted(self, of: Cycle) -> Collection[str]:
        """The budget lines of a cycle that the executive accepted; none yet of this one as it was before."""
        return () if self.undecided and of == self.cycle else accepted_lines(of)

    def period(self, index: int) -> str:
        """The label of a period."""
        return self.look.frame(self.cycle).calendar[index].label


def where_it_is(version: SheetVersion) -> Where:
    """The page of the sheet that a figure was read off."""
    return Where(page="sheet", key=str(version.pk))
