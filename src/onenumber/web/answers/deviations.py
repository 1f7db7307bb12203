"""Deviations, as their page shows them."""

from onenumber.steps.frame.glance import Glance
from onenumber.steps.see.cycle import cycle_bar
from onenumber.steps.see.deviations import deviations_shown
from onenumber.web.answers.frame import framed
from onenumber.web.deviations.model import DeviationsPage


def deviations(context: Glance, cycle: str, by: str) -> DeviationsPage:
    """The bridge of a cycle's measured month, by one kind of group.

    Raises:
        NotAllowedError: if the person reads no prices.
    """
    bar = cycle_bar(context, cycle)
    return DeviationsPage(shown=deviations_shown(context, bar.cycle, by=by), frame=framed(context, bar))
