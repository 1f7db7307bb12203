"""The pages of the supply desk, of finance and of the process owner, each in its frame."""

from onenumber.steps.frame.glance import Glance
from onenumber.steps.see.cycle import cycle_bar
from onenumber.steps.see.orders import OrdersShown, orders_shown
from onenumber.steps.see.parameters import ParametersShown, parameters_shown
from onenumber.steps.see.running import RunningShown, running_month
from onenumber.web.answers.frame import framed
from onenumber.web.frame.model import Seen


def running(context: Glance, cycle: str) -> Seen[RunningShown]:
    """The month of a cycle so far."""
    return Seen(frame=framed(context, cycle_bar(context, cycle)), shown=running_month(context, cycle))


def parameters(context: Glance, cycle: str) -> Seen[ParametersShown]:
    """The parameters beside what the facts show."""
    return Seen(frame=framed(context, cycle_bar(context, cycle)), shown=parameters_shown(context, cycle))


def orders(context: Glance, cycle: str) -> Seen[OrdersShown]:
    """The order book of today."""
    return Seen(frame=framed(context, cycle_bar(context, cycle)), shown=orders_shown(context, cycle))
