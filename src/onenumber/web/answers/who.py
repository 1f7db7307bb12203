"""From who looks and where to the context that every step asks for."""

from onenumber.steps.frame.asking import context_for
from onenumber.steps.frame.glance import Glance, glance
from onenumber.web.frame.model import At


def context_of(at: At) -> Glance:
    """The context of the person who looks, in the plan of the page; of a page that only reads always the same.

    Raises:
        NoPlanError: if there is no such plan.
    """
    if at.kept:
        return at.kept[0]
    look = glance(context_for(at.plan, person=at.person), at_once=True)
    if at.kept is not None:
        at.kept.append(look)
    return look
