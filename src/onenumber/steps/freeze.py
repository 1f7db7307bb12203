"""Freeze the data: the two inputs as they were known when the cycle opened, and History made from them."""

from onenumber.cycle.phases import Phase
from onenumber.demand.history import history_sheet
from onenumber.demand.known import known_before
from onenumber.errors.store import NoSheetError
from onenumber.model.plan import plan_frame
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.model.validity import as_known_on
from onenumber.steps.frame.anomalies import history_of
from onenumber.steps.frame.context import Context, Tables
from onenumber.steps.frame.declare import CYCLE, Step
from onenumber.steps.frame.writing import Outcome, Written, write
from onenumber.store.manifest import Pins, latest
from onenumber.store.models import Cycle, Plan, Purpose, SheetVersion
from onenumber.store.plans import find_cycle


def run(context: Context, *, cycle: str = "") -> Outcome:
    """Make the frozen Load and Company of a cycle and its History.

    Raises:
        NoSheetError: if nothing was loaded.
    """
    now = find_cycle(context.plan, cycle)
    grant = context.permit("freeze", phase=Phase(now.phase))
    how = Written(step="freeze", deputy_for=grant.deputy_for)
    company_version, load_version = _working(context.plan, now)
    company = _company(context.versions.get(company_version.content), now)
    frozen_company = write(context, now, company, pins=Pins(parents=(company_version,)), how=how)
    load = _load(context.versions.get(load_version.content).tables, company.tables, now)
    frozen_load = write(context, now, load, pins=Pins(parents=(load_version, frozen_company)), how=how)
    history = history_of(now, load=load.tables, company=company.tables)
    sheet = history_sheet(history)
    made = write(context, now, sheet, pins=Pins(parents=(frozen_company, frozen_load)), how=how)
    return Outcome(
        step="freeze", versions=(frozen_load, frozen_company, made), figures=sheet.notes, findings=history.findings
    )


def _working(plan: Plan, cycle: Cycle) -> tuple[SheetVersion, SheetVersion]:
    company, load = latest(plan, SheetKind.COMPANY), latest(plan, SheetKind.LOAD)
    if company is None or load is None:
        raise NoSheetError(kind="load", cycle=cycle.label, step="load FOLDER")
    return company, load


def _company(sheet: Sheet, cycle: Cycle) -> Sheet:
    """The company as it stands; in a rehearsal of the past, as it stood on the first day of the cycle."""
    if cycle.plan.purpose != Purpose.REHEARSAL:
        return sheet
    day = plan_frame(sheet.tables["plan"]).calendar[cycle.index].start
    return Sheet(kind=SheetKind.COMPANY, tables={name: as_known_on(t, day) for name, t in sheet.tables.items()})


def _load(tables: Tables, company: Tables, cycle: Cycle) -> Sheet:
    calendar = plan_frame(company["plan"]).calendar
    known = known_before(dict(tables), company=company, calendar=calendar, cycle=cycle.index)
    return Sheet(kind=SheetKind.LOAD, tables=known)


STEP = Step(
    name="freeze",
    verb="freeze",
    phase=Phase.DATA,
    says="Freeze what is known and make History.",
    run=run,
    arguments=(CYCLE,),
)
