"""What news may be about: the customers that a person sees, and every family and channel that the company sells."""

from dataclasses import dataclass

import numpy as np

from onenumber.cycle.phases import Phase
from onenumber.model.plan import PlanFrame
from onenumber.model.sheet import SheetKind
from onenumber.rights.ask import Thing, check_role, mask, may, may_somewhere
from onenumber.rights.table import Figure
from onenumber.steps.frame.company_words import customers_at
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import glance
from onenumber.store.models import Cycle


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsForm:
    """The patches from which the person may share news (none: the whole company), and what it may be about, by name.

    A segment is a channel or a family: news about it may reach beyond her patch. ``now``: it can be shared now; else
    ``again`` is the cycle whose Demand takes it, and nothing else is known of the form.
    """

    cycle: str
    patches: tuple[tuple[str, str], ...]
    customers: tuple[tuple[str, str], ...]
    families: tuple[tuple[str, str], ...]
    channels: tuple[str, ...]
    months: tuple[str, ...]
    now: bool = True
    again: str = ""


def news_form(context: Context, label: str = "") -> NewsForm:
    """What a form of news offers in a cycle.

    Raises:
        NotAllowedError: if the person shares no news.
    """
    look = glance(context)
    cycle = look.cycle(label)
    phase = Phase(cycle.phase)
    check_role(look.actor, "news", phase=Phase.DEMAND)
    company, frame = look.company(cycle), look.frame(cycle)
    if not may_somewhere(look.actor, "news", phase=phase):
        return NewsForm(
            cycle=cycle.label, patches=(), customers=(), families=(), channels=(), months=(), now=False,
            again=_again(phase, cycle, frame),
        )  # fmt: skip
    patches = [
        (patch, name or patch)
        for patch, name in company["patches"].select("patch", "name").sort("patch").iter_rows()
        if may(look.actor, "news", phase=phase, thing=Thing(patch=patch))
    ]
    history = look.sheet(SheetKind.HISTORY, cycle)
    names = customers_at(look, cycle)
    found: list[str] = []
    if history is not None:
        axis = history.cube("demand").axis
        seen = mask(look.actor, Figure.VOLUME, axis=axis)
        found = np.unique(axis.attributes["planning_customer"][seen]).tolist()
    end = min(cycle.index + frame.horizon, len(frame.calendar))
    return NewsForm(
        cycle=cycle.label, patches=tuple(patches),
        customers=tuple(sorted(((one, names.get(one) or one) for one in found), key=lambda one: one[1])),
        families=tuple(company["families"].select("family", "name").sort("name", "family").iter_rows()),
        channels=tuple(company["customers"]["channel"].drop_nulls().unique().sort().to_list()),
        months=tuple(frame.calendar[k].label for k in range(cycle.index, end)),
    )  # fmt: skip


def _again(phase: Phase, cycle: Cycle, frame: PlanFrame) -> str:
    """The cycle whose Demand takes news next: this one before it, else the one after; empty beyond the calendar."""
    index = cycle.index + (phase.place > Phase.DEMAND.place)
    return frame.calendar[index].label if index < len(frame.calendar) else ""
