"""The sheets of a cycle: what there is, what each was made from, who signed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from onenumber.model.finding import Value
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.rights.ask import reads
from onenumber.rights.table import Figure
from onenumber.steps.frame.context import Context
from onenumber.store.models import Cycle, SheetParent, SheetVersion, SignatureRow
from onenumber.store.plans import find_cycle, names_of

ORDER = tuple(kind.value for kind in SheetKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureLine:
    """A signature as shown: what for, by whom, for whom, when, and whether it was struck through."""

    verb: str
    person: str
    deputy_for: str
    at: dt.datetime
    struck_because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """One version of a sheet with what it was made from."""

    pk: int
    kind: str
    stage: str
    sequence: int
    content: str
    state: str
    stale_because: str
    step: str
    person: str
    made_at: dt.datetime
    notes: Mapping[str, Value]
    parents: tuple[str, ...]
    parent_ids: tuple[int, ...]
    signatures: tuple[SignatureLine, ...]
    newest: bool


def sheets_of(context: Context, label: str = "") -> tuple[SheetLine, ...]:
    """Every version in a cycle in the order of the flow, newest first within a kind; empty to who sees no plan."""
    if not reads(context.actor, Figure.VOLUME):
        return ()
    cycle = find_cycle(context.plan, label)
    rows = list(SheetVersion.objects.filter(plan=context.plan, cycle=cycle))
    rows.sort(key=lambda r: (ORDER.index(r.kind), r.stage, -r.sequence))
    parents, signatures, names = _parents(cycle), _signatures(cycle), names_of(context.plan)
    seen: set[tuple[str, str]] = set()
    lines = []
    for row in rows:
        lines.append(_line(row, parents.get(row.pk, []), signatures.get(row.pk, []), names, seen))
        seen.add((row.kind, row.stage))
    return tuple(lines)


def _line(
    row: SheetVersion,
    parents: list[SheetVersion],
    signatures: list[SignatureRow],
    names: Mapping[str, str],
    seen: set[tuple[str, str]],
) -> SheetLine:
    return SheetLine(
        pk=row.pk, kind=row.kind, stage=row.stage, sequence=row.sequence, content=row.content, state=row.state,
        stale_because=row.stale_because, step=row.step, person=names.get(row.person, row.person),
        made_at=row.made_at, notes=row.notes, parents=tuple(_called(p) for p in parents),
        parent_ids=tuple(p.pk for p in parents),
        signatures=tuple(_signature(s, names) for s in signatures), newest=(row.kind, row.stage) not in seen,
    )  # fmt: skip


def _called(row: SheetVersion) -> str:
    return f"{row.stage} {row.kind} {row.sequence}".strip().replace("_", " ")


def _signature(row: SignatureRow, names: Mapping[str, str]) -> SignatureLine:
    return SignatureLine(
        verb=row.verb, person=names.get(row.person, row.person),
        deputy_for=names.get(row.deputy_for, row.deputy_for), at=row.at, struck_because=row.struck_because,
    )  # fmt: skip


def _parents(cycle: Cycle) -> dict[int, list[SheetVersion]]:
    links = SheetParent.objects.filter(child__cycle=cycle).select_related("parent").order_by("pk")
    found: dict[int, list[SheetVersion]] = {}
    for link in links:
        found.setdefault(link.child_id, []).append(link.parent)
    return found


def _signatures(cycle: Cycle) -> dict[int, list[SignatureRow]]:
    found: dict[int, list[SignatureRow]] = {}
    for row in SignatureRow.objects.filter(cycle=cycle).order_by("pk"):
        found.setdefault(row.sheet_id, []).append(row)
    return found


def sheet_of(context: Context, kind: SheetKind, label: str = "", stage: str = "") -> Sheet | None:
    """The newest sheet of a kind in a cycle, unmasked: for steps' own readers, never for a page by itself."""
    return context.sheet(kind, find_cycle(context.plan, label), stage)
