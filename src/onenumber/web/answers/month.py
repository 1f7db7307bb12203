"""My month, as its page shows it."""

from onenumber.jobs.settle import first_month
from onenumber.rights.ask import may_somewhere
from onenumber.steps.frame.glance import Glance
from onenumber.steps.see.changes import askable_patches
from onenumber.steps.see.cycle import cycle_bar, people_in
from onenumber.steps.see.month import my_month
from onenumber.web.answers.act import Choices, to_settle
from onenumber.web.answers.frame import frame, framed
from onenumber.web.month.model import BeginPage, MonthPage


def begin(context: Glance) -> BeginPage:
    """A plan before its first month."""
    choices = Choices(context, "")
    ways = tuple(map(choices.way, first_month(context)))
    return BeginPage(
        frame=frame(context, ""), loaded=bool(context.company()), openers=people_in(context, "OWN"), ways=ways
    )


def month(context: Glance, cycle: str) -> MonthPage:
    """Her month, with the steps by which she settles what waits for her."""
    bar = cycle_bar(context, cycle)
    points, ending = to_settle(context, bar)
    mine = my_month(context, cycle, bar=bar)
    ways = {(one.point.said, one.point.name): one.ways for one in points}
    choices = Choices(context, bar.cycle)
    ways |= {(one.said, one.name): tuple(map(choices.settle, one.settles)) for one in mine.waits if one.settles}
    shares = bar.phase is not None and may_somewhere(context.actor, "news", phase=bar.phase)
    asks = bool(askable_patches(context, context.cycle(bar.cycle)))
    framed_by = framed(context, bar, waits=mine.waits)
    return MonthPage(frame=framed_by, month=mine, ways=ways, ending=ending, shares=shares, asks=asks)
