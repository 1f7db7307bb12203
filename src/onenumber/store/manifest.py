"""The manifest: which versions there are, what each was made from, and which are stale."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max, Q

from onenumber.cycle.phases import Phase
from onenumber.model.sheet import Sheet, SheetKind, SheetState
from onenumber.store.models import (
    AuditRow,
    Cycle,
    DecisionRow,
    EmergencyRow,
    Layer,
    Plan,
    PlantAnswer,
    SheetParent,
    SheetVersion,
    SubmissionRow,
)
from onenumber.store.versions_found import LONG, every_version, newest_content, newest_version


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """How a version was made: by which step, whom and when, with which settings, seed and code."""

    step: str
    person: str
    at: dt.datetime
    state: SheetState
    stage: str = ""
    deputy_for: str = ""
    seed: int = 0
    code_version: str = ""
    settings: Mapping[str, object] | None = None
    repeatable: bool = True


DECIDED, MOVED_ON, NAMED = "something was decided", "a patch moved on", "an emergency was named"
ANSWERED = "a plant answered"
COUNTED: Mapping[str, type[DecisionRow] | type[EmergencyRow] | type[PlantAnswer] | type[SubmissionRow]] = {
    ANSWERED: PlantAnswer,
    DECIDED: DecisionRow,
    MOVED_ON: SubmissionRow,
    NAMED: EmergencyRow,
}
"""Rows that a step may read beside sheets and layers; they are only ever appended, so their number pins them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pins:
    """What a step read: the versions, and how far each layer had been typed. Checked again when it writes."""

    parents: tuple[SheetVersion, ...] = ()
    layers: Mapping[int, int] | None = None  # Layer id -> sequence
    counts: Mapping[tuple[str, int], int] | None = None  # a word of COUNTED, cycle id -> how many rows so far
    phases: Mapping[int, str] | None = None  # cycle id -> the phase in which the step was permitted


def latest(plan: Plan, kind: SheetKind, *, cycle: Cycle | None = None, stage: str = "") -> SheetVersion | None:
    """The newest version of a kind in a cycle (or outside any: the working Load and Company)."""
    return newest_version((plan.pk, cycle.pk if cycle else None, kind.value, stage))


def latest_content(plan: Plan, kind: SheetKind, *, cycle: Cycle | None = None, stage: str = "") -> str | None:
    """The content of that version, for who only reads its sheet: the rest of the row costs as much as finding it."""
    return newest_content((plan.pk, cycle.pk if cycle else None, kind.value, stage))


def newest_in(cycle: Cycle) -> dict[tuple[SheetKind, str], SheetVersion]:
    """The newest version of each kind and stage in a cycle, in one query."""
    return newest_of(versions_in(cycle))


def newest_of(versions: Iterable[SheetVersion]) -> dict[tuple[SheetKind, str], SheetVersion]:
    """The newest of each kind and stage, of versions that come the oldest first."""
    return {(SheetKind(version.kind), version.stage): version for version in versions}


def versions_in(cycle: Cycle) -> list[SheetVersion]:
    """Every version in a cycle, of each kind the oldest first; their long fields are read when asked for."""
    made = every_version(cycle.plan_id, cycle.pk)
    for version in made:
        version.cycle = cycle  # else asking for it is one more query
    return made


def record(*, plan: Plan, cycle: Cycle | None, sheet: Sheet, content: str, pins: Pins, making: Making) -> SheetVersion:
    """Enter a version whose files are written, in one short transaction that checks the pins again.

    Equal content made from equal parents is the version that is there already. A pin that moved makes the version a
    stale draft that says what moved. Everything in the cycle made from an older version with other content becomes
    stale; a new load by itself changes no frozen sheet, and an earlier cycle is never touched.
    """
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=plan.pk)
        now = _now(plan, cycle, pins)
        moved = _moved(now, pins)
        before = now.newest(cycle.pk if cycle else None, sheet.kind.value, making.stage)
        if before is not None and not moved and _is_same(before, content, pins):
            return before
        made = _enter(_Where(plan=plan, cycle=cycle, content=content), sheet, pins, making, moved)
        if cycle is not None and not moved:
            _mark_stale(descendants(now.others(made)), f"{sheet.kind.value.replace('_', ' ')} was made again")
        AuditRow.objects.create(
            plan=plan, at=making.at, person=making.person, deputy_for=making.deputy_for, verb=making.step,
            what={"sheet": str(made), "content": content, "stale": moved},
        )  # fmt: skip
        return made


@dataclass(frozen=True, slots=True, kw_only=True)
class _Now:
    """The cycles that a step read and writes, and their versions from the first on, as they stand under the lock."""

    plan: Plan
    cycles: Mapping[int, Cycle]
    versions: Sequence[SheetVersion]

    def newest(self, cycle: int | None, kind: str, stage: str) -> SheetVersion | None:
        """The newest version in a place; outside any cycle there are as many as there were loads: one is read."""
        if cycle is None:
            return latest(self.plan, SheetKind(kind), stage=stage)
        place = (cycle, kind, stage)
        return next((v for v in reversed(self.versions) if (v.cycle_id, v.kind, v.stage) == place), None)

    def others(self, made: SheetVersion) -> list[SheetVersion]:
        """Every version in its place with other content: the one before may be a draft that nothing was made from."""
        place = (made.cycle_id, made.kind, made.stage)
        return [v for v in self.versions if (v.cycle_id, v.kind, v.stage) == place and v.content != made.content]

    def read(self, pins: Pins) -> list[SheetVersion]:
        """What was read, as it stands now, in the order it was made."""
        pinned = {parent.pk for parent in pins.parents}
        return sorted((version for version in self.versions if version.pk in pinned), key=lambda v: v.pk)

    def is_ended(self, version: SheetVersion) -> bool:
        """Whether the version belongs to a cycle that has ended: then it stands as it is."""
        return version.cycle_id is not None and self.cycles[version.cycle_id].phase in (Phase.MONITOR, Phase.CLOSED)


def _now(plan: Plan, cycle: Cycle | None, pins: Pins) -> _Now:
    read = {parent.cycle_id for parent in pins.parents if parent.cycle_id is not None}
    cycles = sorted({*read, *(pins.phases or {}), *([cycle.pk] if cycle is not None else [])})
    outside = [parent.pk for parent in pins.parents if parent.cycle_id is None]
    versions = SheetVersion.objects.filter(Q(cycle__in=cycles) | Q(pk__in=outside)).defer(*LONG).order_by("sequence")
    return _Now(plan=plan, cycles=Cycle.objects.in_bulk(cycles), versions=list(versions))


def _is_same(before: SheetVersion, content: str, pins: Pins) -> bool:
    if before.content != content or before.stale_because:
        return False
    parents = SheetVersion.objects.filter(child_links__child=before).values_list("content", flat=True)
    return sorted(parents) == sorted(p.content for p in pins.parents)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Where:
    plan: Plan
    cycle: Cycle | None
    content: str


def _enter(where: _Where, sheet: Sheet, pins: Pins, making: Making, moved: str) -> SheetVersion:
    plan, kind = where.plan, sheet.kind.value
    last = SheetVersion.objects.filter(plan=plan, kind=kind).aggregate(last=Max("sequence"))["last"]
    made = SheetVersion.objects.create(
        plan=plan, cycle=where.cycle, kind=kind, stage=making.stage, sequence=(last or 0) + 1, content=where.content,
        schema=sheet.schema, state=SheetState.DRAFT.value if moved else making.state.value, stale_because=moved,
        repeatable=making.repeatable, step=making.step, person=making.person, made_at=making.at,
        settings=dict(making.settings or {}), seed=making.seed, code_version=making.code_version,
        notes=dict(sheet.notes), edits={str(k): v for k, v in (pins.layers or {}).items()},
    )  # fmt: skip
    links = [SheetParent(plan=plan, child=made, parent=parent) for parent in pins.parents]
    SheetParent.objects.bulk_create(links)
    return made


def _moved(now: _Now, pins: Pins) -> str:
    """What moved since the step read it, in words; empty if nothing did."""
    for parent in now.read(pins):
        newest = now.newest(parent.cycle_id, parent.kind, parent.stage)
        if parent.stale_because and not now.is_ended(parent):
            return f"{parent.kind.replace('_', ' ')} became stale meanwhile"
        if newest is not None and newest.content != parent.content:
            return f"{parent.kind.replace('_', ' ')} was made again meanwhile"
    wanted = pins.layers or {}
    for layer in Layer.objects.select_for_update().filter(pk__in=wanted).order_by("pk"):
        if layer.last_sequence != wanted[layer.pk]:
            return f"layer {layer.code} was typed in meanwhile"
    for (what, cycle), count in sorted((pins.counts or {}).items()):
        if COUNTED[what].objects.filter(cycle=cycle).count() != count:
            return f"{what} meanwhile"
    for key, was in sorted((pins.phases or {}).items()):
        if now.cycles[key].phase != was:
            return f"the cycle left {Phase(was).shown} meanwhile"
    return ""


def outdate(versions: Iterable[SheetVersion], because: str) -> None:
    """Mark versions and what was made from them in their cycle stale: something they hold that is no sheet moved."""
    held = list(versions)
    _mark_stale([*held, *descendants(held)], because)


def _mark_stale(versions: Iterable[SheetVersion], because: str) -> None:
    for version in versions:
        if not version.stale_because:
            version.stale_because = because
            version.save(update_fields=["stale_because"])


def descendants(versions: Sequence[SheetVersion]) -> list[SheetVersion]:
    """Everything in their cycles made from these versions, directly or not, oldest first; no published plan."""
    cycles = {v.cycle_id for v in versions if v.cycle_id is not None}
    seen: dict[int, SheetVersion] = {}
    front: Iterable[int] = [v.pk for v in versions]
    while front:
        children = SheetVersion.objects.filter(parent_links__parent__in=front, cycle__in=cycles).exclude(
            state=SheetState.PUBLISHED.value
        )
        fresh = {c.pk: c for c in children if c.pk not in seen}
        seen |= fresh
        front = list(fresh)
    return [seen[key] for key in sorted(seen)]


def parents_of(version: SheetVersion) -> list[SheetVersion]:
    """What a version was made from, in the order of the flow."""
    order = [kind.value for kind in SheetKind]
    found = SheetVersion.objects.filter(child_links__child=version)
    return sorted(found, key=lambda v: (order.index(v.kind), v.sequence))


def authors_of(version: SheetVersion) -> frozenset[str]:
    """Who made a version, and for whom as a deputy: both are its author."""
    made = AuditRow.objects.filter(plan=version.plan_id, verb=version.step, what__sheet=str(version))
    deputies = made.exclude(deputy_for="").values_list("deputy_for", flat=True)
    return frozenset({version.person, *deputies})


def unsigned(versions: Iterable[SheetVersion]) -> None:
    """Signatures on these were struck through: what was signed is a draft again."""
    for version in versions:
        if version.state == SheetState.SIGNED.value:
            set_state(version, SheetState.DRAFT)


def set_state(version: SheetVersion, state: SheetState) -> None:
    """Move a version on (draft, frozen, signed, published)."""
    version.state = state.value
    version.save(update_fields=["state"])
