"""Reading for a step: every sheet and layer that is read is pinned."""

from collections.abc import Iterable, Mapping

from onenumber.consensus.collect import PatchState
from onenumber.errors.store import NoSheetError
from onenumber.model.cube import Cube
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.model.sheet_names import sheet_said
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import Glance, cycle_earlier, glance
from onenumber.steps.frame.in_force import WHOLE, amended
from onenumber.steps.frame.submissions import states
from onenumber.store.layers import Edits, edits_of, layers_of
from onenumber.store.manifest import ANSWERED, DECIDED, MOVED_ON, NAMED, Pins
from onenumber.store.models import Cycle, DecisionRow, EmergencyRow, Layer, PlantAnswer, SheetVersion, SubmissionRow
from onenumber.supply.differences import FirmMove

MADE_BY = {
    SheetKind.LOAD: "freeze",
    SheetKind.COMPANY: "freeze",
    SheetKind.HISTORY: "freeze",
    SheetKind.FORECAST: "forecast",
    SheetKind.SALES_INPUT: "collect",
    SheetKind.CONSENSUS: "agree",
    SheetKind.SUPPLY_PLAN: "plan",
    SheetKind.REVIEW: "review",
    SheetKind.DECISION: "prepare",
    SheetKind.PUBLISHED_PLAN: "publish",
    SheetKind.ADHERENCE: "measure",
}
"""Which step makes a sheet, for the sentence that says it is missing."""
AFTER_DECIDING = ("decided", "final")
"""Stages that the plan made again leaves."""
STAGES: Mapping[SheetKind, tuple[str, ...]] = {
    SheetKind.SUPPLY_PLAN: ("proposed", "final"), SheetKind.DECISION: ("papers", "decided"),
    SheetKind.REVIEW: ("final",),
}  # fmt: skip
"""The stages that sheets of a kind have, in the order of the month; a Review has one only after the decision, and
every other kind has none."""
WITHDRAWN = "withdrawn"
"""How a decision is taken back."""


def maker_of(kind: SheetKind, stage: str = "") -> str:
    """The step that makes a sheet.

    Example:
        >>> maker_of(SheetKind.SUPPLY_PLAN, "final"), maker_of(SheetKind.DECISION, "papers")
        ('replan', 'prepare')
    """
    return "replan" if stage in AFTER_DECIDING else MADE_BY[kind]


class Reader:
    """Reads sheets of one cycle for one step and remembers what it read, as it stood when it first asked."""

    def __init__(self, context: Context, cycle: Cycle) -> None:
        self._look = glance(context)
        self._cycle = cycle
        self._phases = {cycle.pk: cycle.phase}
        self._parents: dict[int, SheetVersion] = {}
        self._layers: dict[int, int] = {}
        self._counts: dict[tuple[str, int], int] = {}

    @property
    def look(self) -> Glance:
        """The look that it reads with."""
        return self._look

    def need(self, kind: SheetKind, stage: str = "") -> Sheet:
        """A sheet of this cycle.

        Raises:
            NoSheetError: if it was not made yet.
        """
        version = self.version(kind, stage)
        if version is None:
            raise NoSheetError(kind=sheet_said(kind, stage), cycle=self._cycle.label, step=maker_of(kind, stage))
        return self._look.versions.get(version.content)

    def version(self, kind: SheetKind, stage: str = "", *, cycle: Cycle | None = None) -> SheetVersion | None:
        """The version that ``need`` would read, pinned; None where there is none."""
        version = self._look.version(kind, cycle or self._cycle, stage)
        if version is not None:
            self._parents[version.pk] = version
        return version

    def hold(self, version: SheetVersion) -> Sheet:
        """The sheet of a version that was found otherwise, pinned."""
        self._parents[version.pk] = version
        return self._look.versions.get(version.content)

    def last(self, kind: SheetKind, stage: str = "") -> Sheet | None:
        """The sheet of the cycle before, as amended since; None where there is none."""
        before = cycle_earlier(self._look, self._cycle)
        if before is None:
            return None
        whole = WHOLE.get(kind) == stage
        version = amended(self._look, kind, before) if whole else self.version(kind, stage, cycle=before)
        return self.hold(version) if version is not None else None

    def layers(self, *codes: str, like: Cube, base: str) -> dict[str, Cube]:
        """Layers as typed so far on a base, by code."""
        return {code: edits.cube(like) for code, (_, edits) in self.edited(*codes, base=base).items()}

    def edited(self, *codes: str, base: str) -> dict[str, tuple[Layer, Edits]]:
        """Layers on a base with what was typed in them so far, by code."""
        layers = layers_of(self._cycle, codes, base=base)
        self._layers |= {layer.pk: layer.last_sequence for layer in layers.values()}
        edits = edits_of(layers.values())
        return {code: (layer, edits[code]) for code, layer in layers.items()}

    def decisions(self) -> tuple[DecisionRow, ...]:
        """The decisions of the cycle that stand, by paper."""
        rows = list(DecisionRow.objects.filter(cycle=self._cycle).order_by("pk"))
        self._counts[DECIDED, self._cycle.pk] = len(rows)
        return standing(rows)

    def withdrawn(self) -> frozenset[str]:
        """The papers whose decision was taken back in the cycle, be it of this one or of an earlier one."""
        self.decisions()  # pinned
        newest = _newest(DecisionRow.objects.filter(cycle=self._cycle).order_by("pk"))
        return frozenset(paper for paper, row in newest.items() if row.how == WITHDRAWN)

    def emergencies(self) -> tuple[FirmMove, ...]:
        """The emergencies of the cycle that stand, by item and site."""
        self._counts[NAMED, self._cycle.pk] = EmergencyRow.objects.filter(cycle=self._cycle).count()
        return standing_moves(self._cycle)

    def plant_answers(self) -> tuple[PlantAnswer, ...]:
        """Everything that plants said in the cycle, in its order."""
        rows = tuple(PlantAnswer.objects.filter(cycle=self._cycle).order_by("pk"))
        self._counts[ANSWERED, self._cycle.pk] = len(rows)
        return rows

    def patches(self) -> dict[str, PatchState]:
        """Where each patch stands: see :func:`onenumber.steps.frame.submissions.states`."""
        found = SubmissionRow.objects.filter(cycle=self._cycle)
        self._counts[MOVED_ON, self._cycle.pk] = found.count()
        return states(self._cycle)

    @property
    def pins(self) -> Pins:
        """Everything read so far."""
        parents = tuple(self._parents[key] for key in sorted(self._parents))
        return Pins(parents=parents, layers=dict(self._layers), counts=dict(self._counts), phases=self._phases)


def standing_moves(cycle: Cycle) -> tuple[FirmMove, ...]:
    """Of the emergencies of a cycle the newest of each item and site, by both; one of quantity 0 was taken back."""
    rows = EmergencyRow.objects.filter(cycle=cycle, urgent=None).order_by("pk")  # none between meetings
    newest = {(row.item, row.site): row for row in rows}
    return tuple(move_of(row) for _, row in sorted(newest.items()) if row.quantity)


def move_of(row: EmergencyRow) -> FirmMove:
    """What an emergency asks of the plan."""
    return FirmMove(item=row.item, site=row.site, period=row.period, quantity=row.quantity, stream=row.stream)


def standing(rows: Iterable[DecisionRow]) -> tuple[DecisionRow, ...]:
    """Of decisions in the order they were taken, the newest on each paper; a withdrawn one leaves its paper open."""
    return tuple(row for _, row in sorted(_newest(rows).items()) if row.how != WITHDRAWN)


def _newest(rows: Iterable[DecisionRow]) -> dict[str, DecisionRow]:
    """Of decisions in the order they were taken, the newest on each paper, be it that it was withdrawn."""
    return {row.paper: row for row in rows}
