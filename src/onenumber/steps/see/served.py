"""What customers got of late and what the plan gives up, for who leads the company."""

from dataclasses import dataclass

from onenumber.model.money import in_currency
from onenumber.model.sheet import SheetKind
from onenumber.review.leaves import Leaves, sums
from onenumber.steps.frame.glance import Glance
from onenumber.steps.frame.unit_values import Master
from onenumber.steps.see.family import BACK
from onenumber.steps.see.family_leaves import Lens, given_up
from onenumber.steps.see.family_orders import LATE, order_leaves
from onenumber.steps.see.family_service import COUNTS, service_leaves
from onenumber.steps.see.places import COMPANY, Place
from onenumber.steps.see.planned import planned_if_any
from onenumber.store.models import Cycle

WORTH_SAYING = 0.005
"""Of what a month ships: less than this is given up on the family page, and not worth an executive's line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """The last months before a cycle, as the family page of the company has them.

    ``shares`` are the order lines that came on time in full, as a share of those that were wanted, by the label of each
    month that had any; ``late`` is what was late at the end of the last one, at its price in currency, None where not
    all of it has one.
    """

    shares: tuple[tuple[str, float], ...]
    late: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenUp:
    """What a plan neither ships nor lets wait, at its price in currency: ``most`` in one month, and in all.

    ``of`` and ``stage`` name the plan. What has no price is in neither, as on the family page.
    """

    of: str
    stage: str
    month: str
    most: float
    whole: float


def served_lately(look: Glance, cycle: Cycle) -> Served | None:
    """What customers got in the months before a cycle; None where no facts say it."""
    load, lens = look.version(SheetKind.LOAD, cycle), _lens(look, cycle, back=BACK)
    if load is None or lens is None or not cycle.index:
        return None
    frame, columns = lens.frame, lens.columns
    facts = Master(load.content, look.versions.get(load.content).tables)
    counts = service_leaves(lens, facts)
    if not counts:
        return None
    kept, counted = (sums(counts[name])[0] for name in COUNTS)
    past = cycle.index - columns.start
    shares = tuple(
        (frame.calendar[index].label, (kept[k].value or 0.0) / whole)
        for k, index in enumerate(columns[:past])
        if (whole := counted[k].value)
    )
    return Served(shares=shares, late=_late(order_leaves(lens, facts).get(LATE), past - 1, frame.currency_decimals))


def given_up_ahead(look: Glance, cycle: Cycle) -> GivenUp | None:
    """What the plan of a cycle gives up from its month on, else that of the one in force.

    None where even in the worst month it is less than ``WORTH_SAYING`` of what customers are to get.
    """
    plan, lens = planned_if_any(look, cycle), _lens(look, cycle, back=0)
    if plan is None or lens is None:
        return None
    lost = lens.streams(plan.sheet.cube("lost"))
    if not given_up(lost):
        return None
    found = sums(lost)[0]
    most = max(range(len(found)), key=lambda k: found[k].value or 0.0)
    sent = sums(lens.streams(plan.sheet.cube("shipped")))[0][most].value or 0.0
    if (found[most].value or 0.0) < WORTH_SAYING * sent:
        return None
    amounts = [in_currency(round(one.value or 0.0), decimals=lens.frame.currency_decimals) for one in found]
    return GivenUp(
        of=plan.cycle.label, stage=plan.version.stage, month=lens.frame.calendar[lens.columns[most]].label,
        most=amounts[most], whole=sum(amounts),
    )  # fmt: skip


def _lens(look: Glance, cycle: Cycle, *, back: int) -> Lens | None:
    """The whole company in money from some months before a cycle on; None before there is master data."""
    company, frame = look.company_version(cycle), look.frame(cycle)
    if company is None:
        return None
    columns = range(max(cycle.index - back, 0), min(cycle.index + frame.horizon, len(frame.calendar)))
    return Lens(
        actor=look.actor, place=Place(key=COMPANY, level=COMPANY, label="", name=look.plan.name),
        master=Master(company.content, look.company(cycle)), frame=frame, columns=columns, cycle=cycle.index,
        money=True, unit=None,
    )  # fmt: skip


def _late(leaves: Leaves | None, column: int, decimals: int) -> float | None:
    """What was late at the end of a month: nothing where nothing ever was, None where not all of it has a price."""
    if leaves is None:
        return 0.0
    found = sums(leaves)[0][column]
    whole = found.value is not None and found.coverage >= 1.0
    return in_currency(round(found.value or 0.0), decimals=decimals) if whole else None
