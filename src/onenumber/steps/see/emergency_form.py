"""What the form of an emergency offers: items by name where they can come, the months that are near, who may ask."""

from collections.abc import Mapping
from dataclasses import dataclass

from onenumber.cycle.phases import Phase
from onenumber.model.contract.empty import table_or_empty
from onenumber.rights.ask import may_somewhere
from onenumber.steps.frame.asked_for import sources
from onenumber.steps.frame.glance import Glance
from onenumber.store.models import Cycle

NEAR = 6
"""Months from today's on that are offered: what comes later can come without an emergency."""
Named = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyForm:
    """Items and customers by key and name, in the order of their names; where each item can come; months by label."""

    items: Named
    sites: Mapping[str, tuple[str, ...]]
    customers: Named
    months: tuple[str, ...]


def may_name(look: Glance) -> bool:
    """Whether who looks may name an emergency now."""
    cycles = look.all_cycles()
    return bool(cycles) and may_somewhere(look.actor, "emergency", phase=Phase(cycles[0].phase))


def emergency_form(look: Glance, cycle: Cycle) -> EmergencyForm | None:
    """What is offered to who may name an emergency now; None to anybody else."""
    if not may_name(look):
        return None
    company, calendar = look.company(cycle), look.frame(cycle).calendar
    sites, first = sources(company), calendar.index_of(look.today)
    return EmergencyForm(
        items=tuple(one for one in _named(look, cycle, "items", "item") if one[0] in sites), sites=sites,
        customers=_named(look, cycle, "customers", "customer"),
        months=tuple(period.label for period in calendar.periods[first : first + NEAR]),
    )  # fmt: skip


def _named(look: Glance, cycle: Cycle, table: str, key: str) -> Named:
    rows = table_or_empty(look.company(cycle), table).select(key, "name").iter_rows()
    return tuple(sorted(((one, name or one) for one, name in rows), key=lambda pair: (pair[1].casefold(), pair[0])))
