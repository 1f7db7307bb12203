"""What customers got of late, for who leads the company: order lines on time in full, and what was late at the end."""

from dataclasses import dataclass

from onenumber.model.money import in_currency
from onenumber.model.sheet import SheetKind
from onenumber.review.leaves import Leaves, sums
from onenumber.steps.frame.glance import Glance
from onenumber.steps.frame.unit_values import Master
from onenumber.steps.see.family import BACK
from onenumber.steps.see.family_leaves import Lens
from onenumber.steps.see.family_orders import LATE, order_leaves
from onenumber.steps.see.family_service import COUNTS, service_leaves
from onenumber.steps.see.places import COMPANY, Place
from onenumber.store.models import Cycle


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """The last months before a cycle, as the family page of the company has them.

    ``shares`` are the order lines that came on time in full, as a share of those that were wanted, by the label of each
    month that had any; ``late`` is what was late at the end of the last one, at its price in currency, None where not
    all of it has one.
    """

    shares: tuple[tuple[str, float], ...]
    late: float | None


def served_lately(look: Glance, cycle: Cycle) -> Served | None:
    """What customers got in the months before a cycle; None where no facts say it."""
    load, company = look.version(SheetKind.LOAD, cycle), look.company_version(cycle)
    if load is None or company is None or not cycle.index:
        return None
    frame = look.frame(cycle)
    columns = range(max(cycle.index - BACK, 0), min(cycle.index + frame.horizon, len(frame.calendar)))
    lens = Lens(
        actor=look.actor, place=Place(key=COMPANY, level=COMPANY, label="", name=look.plan.name),
        master=Master(company.content, look.company(cycle)), frame=frame, columns=columns, cycle=cycle.index,
        money=True, unit=None,
    )  # fmt: skip
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


def _late(leaves: Leaves | None, column: int, decimals: int) -> float | None:
    """What was late at the end of a month: nothing where nothing ever was, None where not all of it has a price."""
    if leaves is None:
        return 0.0
    found = sums(leaves)[0][column]
    whole = found.value is not None and found.coverage >= 1.0
    return in_currency(round(found.value or 0.0), decimals=decimals) if whole else None
