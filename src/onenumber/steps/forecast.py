"""Make the forecast: the naive benchmark and the baseline, frozen for the sales window."""

from django.db import transaction

from onenumber.cycle.phases import Phase
from onenumber.demand.forecast import forecast_sheet, make_forecast
from onenumber.model.plan import plan_frame
from onenumber.model.sheet import SheetKind
from onenumber.steps.frame.anomalies import history_judged
from onenumber.steps.frame.carrying import Brought, bring, enter
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Step
from onenumber.steps.frame.holding import figures_lost
from onenumber.steps.frame.reading import Reader
from onenumber.steps.frame.rebasing import waits_for_rebase
from onenumber.steps.frame.writing import Outcome, Written, write
from onenumber.store.plans import find_cycle


def run(context: Context, *, cycle: str = "") -> Outcome:
    """Make the Forecast sheet from History, cleaned by the verdicts that came since it was frozen.

    The first of a cycle takes with it what lives on from the cycle before.

    Raises:
        NoSheetError: if the data are not frozen yet.
    """
    now = find_cycle(context.plan, cycle)
    grant = context.permit("forecast", phase=Phase(now.phase))
    judged = history_judged(context, now, step="forecast", deputy_for=grant.deputy_for)
    reader = Reader(context, now)
    frame = plan_frame(reader.need(SheetKind.COMPANY).tables["plan"])
    history = reader.need(SheetKind.HISTORY).cube("demand")
    sheet = forecast_sheet(make_forecast(history=history, calendar=frame.calendar, horizon=frame.horizon))
    weights = history.values[:, -frame.calendar.periods_a_year :].mean(axis=1)
    brought = bring(context, now, baseline=sheet.cube("L1"), history=weights)
    how = Written(step="forecast", deputy_for=grant.deputy_for, content=context.versions.put(sheet))
    with transaction.atomic():  # nobody finds the baseline without what was brought to it
        made = write(context, now, sheet, pins=reader, how=how)
        brought = enter(context, now, brought, base=made.content) if not made.stale_because else Brought()
    figures = {**sheet.notes, **brought.figures()}
    lost = figures_lost(context, now, base=made.content, sales=brought.sales) if brought.sales is not None else []
    waits = waits_for_rebase(now, base=made.content)
    versions = (made,) if judged is None else (judged, made)
    return Outcome(step="forecast", versions=versions, figures=figures, findings=(*brought.failed, *lost, *waits))


STEP = Step(
    name="forecast",
    verb="forecast",
    phase=Phase.DEMAND,
    says="Make the baseline forecast.",
    run=run,
    arguments=(CYCLE,),
)
