"""Sheets, as their pages show them."""

from onenumber.cycle.signatures import rule_of
from onenumber.jobs.settle import ways_of
from onenumber.model.finding import Finding
from onenumber.model.sheet import SheetKind, SheetState
from onenumber.rights.ask import reads
from onenumber.rights.table import Figure
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.findings import findings_called
from onenumber.steps.frame.glance import Glance, glance
from onenumber.steps.see import sheets as seen
from onenumber.steps.see.accuracy import accuracy_beside
from onenumber.steps.see.adherence import adherence_beside
from onenumber.steps.see.cycle import cycle_bar
from onenumber.steps.see.detail import sheet_detail
from onenumber.steps.see.month_page import where_of
from onenumber.steps.see.plants import amendments_beside
from onenumber.steps.see.risks import risks_shown
from onenumber.steps.see.sent_back import sent_back_shown
from onenumber.steps.see.since import since_freeze
from onenumber.steps.see.urgent import amended_beside
from onenumber.steps.see.vendors import vendors_beside
from onenumber.web.act.model import Way
from onenumber.web.answers.act import Choices, to_settle
from onenumber.web.answers.frame import framed
from onenumber.web.sheets.model import SheetDetail, SheetLine, SheetList, SheetRef, SignatureMark
from onenumber.web.sheets.notes import Counted, notes_in_words


def all_sheets(context: Context, cycle: str) -> SheetList:
    """Every version of a cycle."""
    look = glance(context)
    lines = tuple(_line(line) for line in seen.sheets_of(look, cycle))
    risks = risks_shown(look, cycle) if reads(look.actor, Figure.VOLUME) else None
    back = sent_back_shown(look, cycle)
    bar = cycle_bar(look, cycle)
    points, ending = to_settle(look, bar)
    return SheetList(
        frame=framed(look, bar),
        lines=lines,
        since=_since(look, cycle),
        sent_back=back,
        risks=risks,
        to_settle=points,
        ending=ending,
    )


def one_sheet(context: Context, cycle: str, pk: int) -> SheetDetail:
    """One version."""
    found = sheet_detail(context, pk)
    counted = Counted(unit=found.unit, currency=found.currency, decimals=found.currency_decimals)
    return SheetDetail(
        line=_line(found.line),
        made_for=tuple(_line(child).ref for child in found.children),
        code_version=found.code_version,
        seed=found.seed,
        settings=tuple((name, str(value)) for name, value in sorted(found.settings.items())),
        notes=notes_in_words(found.notes, counted),
        tables=found.tables,
        cubes=found.cubes,
        findings=findings_called(context, found.findings),
        since=_since(context, cycle),
        vendors=vendors_beside(context, found.line),
        accuracy=accuracy_beside(context, found.line),
        adherence=adherence_beside(context, found.line),
        amendments=amendments_beside(context, found.line),
        amended=amended_beside(context, found.line),
        ways=_signing(glance(context), cycle, str(pk)) if found.line.newest else (),
    )


def _signing(look: Glance, cycle: str, key: str) -> tuple[Way, ...]:
    """The signatures that she may give on a sheet now."""
    bar = cycle_bar(look, cycle)
    waits = [point for point in bar.open_points if point.code == "not_signed"]
    here = [point for point in waits if where_of(look, look.cycle(cycle), point).key == key]
    known = ways_of(look, here, phase=bar.phase) if bar.phase is not None and here else ()
    choices = Choices(look, bar.cycle)
    return tuple(choices.way(way) for _, ways in known for way in ways)


def _since(context: Context, cycle: str) -> Finding | None:
    found = since_freeze(context, cycle)
    return found.finding if found is not None else None


def name_of(sheet: seen.SheetName) -> SheetRef:
    """A version as a link names it."""
    return SheetRef(
        id=str(sheet.pk), kind=SheetKind(sheet.kind), stage=sheet.stage, number=sheet.sequence, hash=sheet.content
    )


def _line(line: seen.SheetLine) -> SheetLine:
    ref = SheetRef(
        id=str(line.pk), kind=SheetKind(line.kind), stage=line.stage, number=line.sequence, hash=line.content
    )
    return SheetLine(
        ref=ref,
        state=SheetState(line.state),
        stale_because=line.stale_because,
        newest=line.newest,
        made_at=line.made_at,
        made_by=(line.person,),
        made_from=tuple(name_of(parent) for parent in line.parents),
        signatures=tuple(_signature(mark) for mark in line.signatures),
        played=line.played,
    )


def _signature(mark: seen.SignatureLine) -> SignatureMark:
    return SignatureMark(
        meaning=rule_of(mark.verb).meaning,
        name=mark.person,
        deputy_for=mark.deputy_for,
        at=mark.at,
        struck=bool(mark.struck_because),
        played=mark.played,
    )
