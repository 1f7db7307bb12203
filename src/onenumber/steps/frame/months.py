"""Months that somebody names: as a calendar index, inside the horizon of a cycle."""

from onenumber.errors.steps import OutsideHorizonError
from onenumber.steps.frame.context import Context
from onenumber.store.models import Cycle


def first_of(context: Context, cycle: Cycle, label: str, periods: int | None) -> int | None:
    """The calendar index of the first period; None where no period is named.

    Raises:
        OutsideHorizonError: if the periods lie outside the horizon.
        UnknownPeriodError: if the calendar has no such period.
    """
    frame = context.frame(cycle)
    if not label and periods is None:
        return None
    start = frame.calendar.labelled(label).index if label else cycle.index
    end = min(cycle.index + frame.horizon, len(frame.calendar))
    count = 1 if periods is None else periods
    if not cycle.index <= start < start + count <= end:
        begin, last = frame.calendar[cycle.index].label, frame.calendar[end - 1].label
        raise OutsideHorizonError(first=frame.calendar[start].label, periods=count, begin=begin, end=last)
    return start
