"""The sheets of a cycle: what there is, what each was made from, who signed."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from onenumber.model.finding import Value
from onenumber.model.sheet import Sheet, SheetKind, dated_notes
from onenumber.model.sheet_names import sheet_name
from onenumber.rights.ask import reads
from onenumber.rights.roles import sees_all
from onenumber.rights.table import Figure
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import glance
from onenumber.store.models import Plan, SheetParent, SheetVersion, SignatureRow
from onenumber.store.plans import find_cycle, names_of
from onenumber.store.played import Played, played_since

ORDER = tuple(kind.value for kind in SheetKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureLine:
    """A signature as shown: what for, by whom, for whom, when, whether it was struck through, and whether played."""

    verb: str
    person: str
    deputy_for: str
    at: dt.datetime
    struck_because: str
    played: bool = False

    @property
    def signer(self) -> str:
        """Whose name it bears; a deputy signs with both."""
        return f"{self.person} for {self.deputy_for}" if self.deputy_for else self.person


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetName:
    """A version named elsewhere: enough for a link and its words."""

    pk: int
    kind: str
    stage: str
    sequence: int
    content: str

    def __str__(self) -> str:
        """Kind, stage and number, in words."""
        return sheet_name(self.kind, self.stage, self.sequence)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """One version of a sheet with what it was made from; ``played``: by a demo whose clock went on."""

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
    parents: tuple[SheetName, ...]
    signatures: tuple[SignatureLine, ...]
    newest: bool
    played: bool = False


def sheets_of(context: Context, label: str = "") -> tuple[SheetLine, ...]:
    """Every version in a cycle in the order of the flow, newest first within a kind; empty to who sees no plan."""
    if not reads(context.actor, Figure.VOLUME):
        return ()
    cycle = glance(context).cycle(label)
    rows = list(SheetVersion.objects.filter(plan=context.plan, cycle=cycle))
    rows.sort(key=lambda r: (ORDER.index(r.kind), r.stage, -r.sequence))
    return lines_of(context, rows)


def lines_of(context: Context, rows: Sequence[SheetVersion]) -> tuple[SheetLine, ...]:
    """Versions as a list shows them, in the order given; figures of a whole sheet only to who sees the whole."""
    if not rows:
        return ()
    parents, signatures, names = _parents(rows), _signatures(rows), context.names()
    newest = _newest(rows)
    played = played_since(context.plan, min(row.made_at for row in rows))
    lines = [
        replace(
            _line(row, parents.get(row.pk, []), _signed(signatures.get(row.pk, []), names, played), names),
            newest=row.pk in newest,
            played=(row.person, row.made_at) in played,
        )
        for row in rows
    ]
    whole, calendar = sees_all(context.actor), context.frame().calendar
    return tuple(replace(line, notes=dated_notes(line.notes, calendar) if whole else {}) for line in lines)


def _newest(rows: Sequence[SheetVersion]) -> set[int]:
    """Those of the versions that are the newest of their plan, cycle, kind and stage."""
    places = {(row.plan_id, row.cycle_id, row.kind, row.stage) for row in rows}
    kinds = SheetVersion.objects.filter(
        plan_id__in={place[0] for place in places}, kind__in={place[2] for place in places}
    )
    last = {(v.plan_id, v.cycle_id, v.kind, v.stage): v.pk for v in kinds.order_by("sequence")}
    return {last[place] for place in places}


def _line(
    row: SheetVersion,
    parents: list[SheetVersion],
    signatures: tuple[SignatureLine, ...],
    names: Mapping[str, str],
) -> SheetLine:
    return SheetLine(
        pk=row.pk, kind=row.kind, stage=row.stage, sequence=row.sequence, content=row.content, state=row.state,
        stale_because=row.stale_because, step=row.step, person=names.get(row.person, row.person),
        made_at=row.made_at, notes=row.notes, parents=tuple(named(p) for p in parents),
        signatures=signatures, newest=False,
    )  # fmt: skip


def named(row: SheetVersion) -> SheetName:
    """A version as it is named elsewhere."""
    return SheetName(pk=row.pk, kind=row.kind, stage=row.stage, sequence=row.sequence, content=row.content)


def _signed(rows: Sequence[SignatureRow], names: Mapping[str, str], played: Played) -> tuple[SignatureLine, ...]:
    return tuple(
        SignatureLine(
            verb=row.verb, person=names.get(row.person, row.person),
            deputy_for=names.get(row.deputy_for, row.deputy_for), at=row.at, struck_because=row.struck_because,
            played=(row.person, row.at) in played,
        )
        for row in rows
    )  # fmt: skip


def signatures_of(plan: Plan, version: SheetVersion) -> tuple[SignatureLine, ...]:
    """Every signature on a version of a plan, those struck through included; for who was shown the version."""
    names = names_of(plan)
    rows = _signatures([version]).get(version.pk, [])
    return _signed(rows, names, played_since(plan, version.made_at))


def _parents(rows: Sequence[SheetVersion]) -> dict[int, list[SheetVersion]]:
    links = SheetParent.objects.filter(child__in=[row.pk for row in rows]).select_related("parent").order_by("pk")
    found: dict[int, list[SheetVersion]] = {}
    for link in links:
        found.setdefault(link.child_id, []).append(link.parent)
    return found


def _signatures(rows: Sequence[SheetVersion]) -> dict[int, list[SignatureRow]]:
    found: dict[int, list[SignatureRow]] = {}
    for row in SignatureRow.objects.filter(sheet__in=[row.pk for row in rows]).order_by("pk"):
        found.setdefault(row.sheet_id, []).append(row)
    return found


def sheet_of(context: Context, kind: SheetKind, label: str = "", stage: str = "") -> Sheet | None:
    """The newest sheet of a kind in a cycle, unmasked: for steps' own readers, never for a page by itself."""
    return context.sheet(kind, find_cycle(context.plan, label), stage)
