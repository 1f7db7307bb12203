"""News that reaches beyond one's own part: who else sells there, and the question that it becomes to them."""

import numpy as np

from onenumber.model.axis import Axis
from onenumber.model.sheet import SheetKind
from onenumber.rights.ask import Grant, mask
from onenumber.rights.table import Figure
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.days import due_day
from onenumber.steps.frame.layers import inside
from onenumber.store.models import Cycle, News, QuestionRow


def asked_beyond(context: Context, cycle: Cycle, news: News, *, grant: Grant) -> tuple[str, ...]:
    """Append the question that news about more than the author's own part becomes; whom it goes to, by key.

    The demand planner and the salespeople of the other patches that sell there are asked, until the sales input closes.
    Nobody, where it is all hers to see. The caller holds the cycle.
    """
    history = context.sheet(SheetKind.HISTORY, cycle)
    axis = history.cube("demand").axis if history is not None else None
    people = _owners(context, cycle, axis, news) if axis is not None else ()
    if people:
        until = due_day(context, cycle, "collect")
        QuestionRow.objects.create(
            plan=context.plan, cycle=cycle, number=QuestionRow.objects.filter(plan=context.plan).count() + 1,
            asker=news.author, deputy_for=grant.deputy_for, place=news.place, first=news.first,
            periods=news.periods or (1 if news.first is not None else None), text=news.text, people=list(people),
            role="", due=max(until, context.today), at=context.now,
        )  # fmt: skip
    return people


def _owners(context: Context, cycle: Cycle, axis: Axis, news: News) -> tuple[str, ...]:
    """Who plans demand, and who sells in the streams of its place that the author does not see."""
    beyond = inside(axis, news.place) & ~mask(context.actor, Figure.VOLUME, axis=axis)
    held = context.held(cycle)
    if held is None or not beyond.any():
        return ()
    patches = set(np.unique(axis.attributes["patch"][beyond]).tolist())
    sell = [
        person
        for person, grants in sorted(held.grants.items())
        if any(one.role == "SP" and one.scope in patches and not one.deputy_for for one in grants)
    ]
    asked = (*held.holders.get("DP", ()), *sell)
    return tuple(dict.fromkeys(one for one in asked if one != news.author))
