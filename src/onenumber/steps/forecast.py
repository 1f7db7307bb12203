"""Make the forecast: the naive benchmark and the baseline, frozen for the sales window."""

from onenumber.cycle.phases import Phase
from onenumber.demand.forecast import forecast_sheet, make_forecast
from onenumber.model.plan import plan_frame
from onenumber.model.sheet import SheetKind
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.declare import CYCLE, Step
from onenumber.steps.frame.reading import Reader
from onenumber.steps.frame.writing import Outcome, Written, write
from onenumber.store.plans import find_cycle


def run(context: Context, *, cycle: str = "") -> Outcome:
    """Make the Forecast sheet from History.

    Raises:
        NoSheetError: if the data are not frozen yet.
    """
    now = find_cycle(context.plan, cycle)
    grant = context.permit("forecast", phase=Phase(now.phase))
    reader = Reader(context, now)
    frame = plan_frame(reader.need(SheetKind.COMPANY).tables["plan"])
    history = reader.need(SheetKind.HISTORY).cube("demand")
    sheet = forecast_sheet(make_forecast(history=history, calendar=frame.calendar, horizon=frame.horizon))
    made = write(context, now, sheet, pins=reader, how=Written(step="forecast", deputy_for=grant.deputy_for))
    return Outcome(step="forecast", versions=(made,), figures=sheet.notes)


STEP = Step(
    name="forecast",
    verb="forecast",
    phase=Phase.DEMAND,
    says="Make the baseline forecast.",
    run=run,
    arguments=(CYCLE,),
)
