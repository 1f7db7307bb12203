"""The plants, as their page shows them."""

from onenumber.steps.frame.glance import Glance
from onenumber.steps.see.cycle import cycle_bar
from onenumber.steps.see.plants import PlantSeen, PlantsSeen, plants_seen
from onenumber.web.act.model import Ask, Choice, Way
from onenumber.web.answers.frame import framed
from onenumber.web.plants.model import PlantsPage


def plants(context: Glance, cycle: str) -> PlantsPage:
    """Each plant that the person sees, with the ways to answer for hers.

    Raises:
        NotAllowedError: if she reads what no line does.
    """
    bar = cycle_bar(context, cycle)
    seen = plants_seen(context, bar.cycle)
    mine = {one.site: _ways(one, seen) for one in seen.plants if one.hers} if seen is not None else {}
    return PlantsPage(frame=framed(context, bar), seen=seen, ways=mine)


def _ways(one: PlantSeen, seen: PlantsSeen) -> tuple[Way, ...]:
    note = Ask(name="note", kind="text", needed=False)
    take = Way(step="take-plan", given={"site": one.site}, asked=(note,))
    items = tuple(Choice(value=key, said=name if name != key else "") for key, name in one.items)
    months = tuple(Choice(value=label) for label in seen.months)
    asked = (
        Ask(name="item", kind="text", needed=True, choices=items),
        Ask(name="month", kind="text", needed=True, choices=months),
        Ask(name="quantity", kind="number", needed=True),
        Ask(name="note", kind="text", needed=True),
    )
    cannot = Way(step="answer-plan", given={"site": one.site}, asked=asked)
    return (cannot,) if one.state in ("taken", "deemed") else (take, cannot)
