"""Papers between meetings as who decides reads them, and what an amendment changed in the plan."""

import datetime as dt
from dataclasses import dataclass

import polars as pl

from onenumber.cycle.emergencies import OPEN, TAKEN_BACK
from onenumber.cycle.phases import Phase
from onenumber.model.axis import SEPARATOR
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.review.amended import CELLS, changed_cells
from onenumber.review.ground import Ground
from onenumber.rights.ask import Thing, may
from onenumber.rights.roles import reads_papers, sees_all
from onenumber.steps.frame.company_words import customers_at
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.decisions import DEADLINE
from onenumber.steps.frame.glance import Glance, glance
from onenumber.steps.frame.in_force import AMENDED, WHOLE, amendments, is_amendment
from onenumber.steps.frame.reading import move_of
from onenumber.steps.frame.urgent import NO, Urgent, authors_of, urgents, urgents_around
from onenumber.steps.frame.voices import is_mine, others
from onenumber.steps.see.papers import OPEN as PAPER_OPEN
from onenumber.steps.see.papers import PaperShown, paper_of
from onenumber.steps.see.sheets import SheetLine
from onenumber.store.models import SheetVersion, UrgentPaper
from onenumber.store.plans import both_names
from onenumber.supply.report import brought

AMENDABLE = {(kind.value, stage) for kind, whole in WHOLE.items() for stage in (whole, AMENDED)}
"""Kind and stage, without its number, of the sheets beside which amendments are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceShown:
    """What one of two said who decide together: by name, which option, why."""

    by: str
    option: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentShown:
    """A paper between meetings: who named it, why and when, until when who decides, and what became of it.

    ``comes`` of the ``asked`` can come in ``month``; ``customer`` asks for it beyond the plan, where one is named.
    ``state`` is open, decided, taken back or lapsed; ``by``, ``why`` and ``at`` are of the decision. ``voices`` is
    what was said of it, where two decide together; ``asked_of`` the roles whose word it asks for. ``amendment`` is the
    sheet of a yes with its stage. ``mine``: the word of who looks counts now; ``takes_back``: she may take it back.
    """

    paper: PaperShown
    author: str
    reason: str
    asked: float
    comes: float
    month: str
    customer: str
    named_at: dt.datetime
    expires_at: dt.datetime
    deciders: tuple[str, ...]
    state: str
    option: str
    by: str
    why: str
    at: dt.datetime | None
    amendment: tuple[str, int] | None
    mine: bool
    asked_of: tuple[str, ...]
    voices: tuple[VoiceShown, ...]
    takes_back: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CellChanged:
    """A figure of the plan that an amendment changed: of what, where, when, from how much to how much."""

    kind: str
    item: str
    of: str
    period: str
    was: float
    now: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentShown:
    """What an amendment changed, because of what, by whom; ``paper`` is its paper, ``stage`` its number."""

    stage: str
    pk: int
    paper: str
    reason: str
    author: str
    by: str
    at: dt.datetime
    cells: tuple[CellChanged, ...]


def urgent_shown(context: Context, label: str = "") -> tuple[UrgentShown, ...]:
    """The papers between meetings around a cycle, open ones first; nothing to who reads no papers."""
    look = glance(context)
    if not reads_papers(look.actor):
        return ()
    cycle = look.cycle(label)
    if not look.has_ever(UrgentPaper, cycle):
        return ()
    found = [_shown(look, one) for one in urgents_around(look, cycle)]
    return tuple(sorted(found, key=lambda one: one.state != OPEN))


def _shown(look: Glance, one: Urgent) -> UrgentShown:
    row, cycle, decision, names = one.row, one.row.cycle, one.decision, look.names()
    sheet = look.versions.get(row.papers.content)
    ground = Ground(company=look.company(cycle), load={}, frame=look.frame(cycle), cycle=cycle.index)
    made = amendment_of(row) if one.is_yes else None
    by = "" if decision is None or decision.person == DEADLINE else _names(look, decision.person, decision.deputy_for)
    taken = decision.option if decision is not None else NO
    taken = "taken back" if one.state == TAKEN_BACK else taken
    state = PAPER_OPEN if one.state == OPEN else f"{taken} by {by or DEADLINE}"
    asked, phase = row.emergency, Phase(look.cycle().phase)
    return UrgentShown(
        paper=paper_of(sheet.table("papers").row(0, named=True), sheet, ground, state),
        author=both_names(names, asked.person, asked.deputy_for), reason=asked.reason, asked=asked.quantity,
        comes=brought(look.versions.get(row.made.content), move_of(asked)), customer=_customer(look, row),
        month=ground.frame.calendar[asked.period].label,
        named_at=row.at, expires_at=row.expires_at, deciders=others(look, one), state=one.state,
        option=decision.option if decision is not None else "", by=by,
        why=decision.rationale if decision is not None else "", at=decision.at if decision is not None else None,
        amendment=(made.stage, made.pk) if made is not None else None,
        mine=is_mine(look.actor, one, phase), asked_of=one.asked, takes_back=_takes_back(look, one, phase),
        voices=tuple(
            VoiceShown(by=_names(look, said.person, said.deputy_for), option=said.option, why=said.rationale)
            for said in one.voices
        ),
    )  # fmt: skip


def ended_as(one: Urgent) -> str:
    """What became of a paper that is no longer open: yes, no, taken_back, or lapsed as nobody decided."""
    if one.is_yes:
        return "yes"
    if one.state == TAKEN_BACK:
        return TAKEN_BACK
    return "lapsed" if one.decision is None or one.decision.person == DEADLINE else "no"


def _takes_back(look: Glance, one: Urgent, phase: Phase) -> bool:
    """Whether who looks named it, or stands in for who did, and nobody has decided."""
    thing = Thing(answering=tuple(sorted(authors_of(one.row))), named=True)
    return one.state == OPEN and may(look.actor, "take_back", phase=phase, thing=thing)


def _names(look: Glance, person: str, deputy_for: str) -> str:
    return both_names(look.names(), person, deputy_for)


def _customer(look: Glance, row: UrgentPaper) -> str:
    """The name of who asks beyond the plan."""
    key = row.emergency.stream.partition(SEPARATOR)[2]
    return customers_at(look, row.cycle).get(key) or key


def amendment_of(row: UrgentPaper) -> SheetVersion | None:
    """The amendment of the published plan that a yes on a paper made."""
    return amendments(row.cycle).filter(parent_links__parent=row.papers_id).first()


def amended_beside(context: Context, line: SheetLine) -> tuple[AmendmentShown, ...]:
    """What the amendments of a plan in force changed; beside an amendment, what it changed itself.

    Nothing to who does not see the whole company.
    """
    if (line.kind, line.stage.rstrip("0123456789")) not in AMENDABLE or not sees_all(context.actor):
        return ()
    look = glance(context)
    version = SheetVersion.objects.select_related("cycle").get(pk=line.pk)
    if version.cycle is None:
        return ()
    rows = UrgentPaper.objects.filter(cycle=version.cycle).select_related("emergency", "papers", "cycle", "before")
    taken = [one for one in urgents(look, rows.order_by("pk")) if one.is_yes]
    found = [(made, one) for one in taken if (made := amendment_of(one.row)) is not None]
    wanted = [pair for pair in found if not is_amendment(version) or version.stage == pair[0].stage]
    return tuple(_amendment(look, made, one) for made, one in sorted(wanted, key=lambda pair: pair[0].sequence))


def _amendment(look: Glance, made: SheetVersion, one: Urgent) -> AmendmentShown:
    kind = SheetKind.PUBLISHED_PLAN.value
    before = SheetVersion.objects.filter(child_links__child=made, kind=kind).get()
    decision, row = one.decision, one.row
    cells = changed_cells(*(look.versions.get(version.content) for version in (before, made)))
    return AmendmentShown(
        stage=made.stage, pk=made.pk, paper=row.paper, reason=row.emergency.reason,
        author=_names(look, row.emergency.person, row.emergency.deputy_for),
        by=_names(look, decision.person, decision.deputy_for) if decision is not None else "", at=made.made_at,
        cells=_cells(look, cells, row),
    )  # fmt: skip


def _cells(look: Glance, cells: pl.DataFrame, row: UrgentPaper) -> tuple[CellChanged, ...]:
    calendar = look.frame(row.cycle).calendar
    return tuple(
        CellChanged(kind=one["kind"], item=one["item"], of=one["of"], period=calendar[one["period"]].label,
                    was=one["was"], now=one["now"])
        for one in cells.select(CELLS.names()).iter_rows(named=True)
    )  # fmt: skip


def promise_changes(look: Glance, made: SheetVersion, patches: frozenset[str]) -> pl.DataFrame:
    """What an amendment promises less than the plan before it did, to the customers of some patches."""
    before = SheetVersion.objects.filter(child_links__child=made, kind=SheetKind.PUBLISHED_PLAN.value).get()
    sheets: list[Sheet] = [look.versions.get(version.content) for version in (before, made)]
    cells = changed_cells(*sheets).filter((pl.col("kind") == "promised") & (pl.col("now") < pl.col("was")))
    return cells.filter(pl.col("patch").is_in(sorted(patches)))
