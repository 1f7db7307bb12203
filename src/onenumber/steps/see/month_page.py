"""Where what My month names is settled or read: a page, and what it shows there."""

from dataclasses import dataclass

from onenumber.model.sheet import SheetKind
from onenumber.steps.frame.glance import Glance
from onenumber.steps.see.cycle import OpenPoint
from onenumber.store.models import Cycle


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """A page by the name of its address; a ``sheet`` has its number as its key, a ``family`` its place."""

    page: str
    key: str = ""


SHEETS, DATA, FAMILY, TEAM, KEY_ACCOUNTS = (Where(page=one) for one in ("sheets", "data", "family", "team", "accounts"))
ENTRY, ORDERS, GRID = (Where(page=one) for one in ("entry", "orders_to_confirm", "plan_home"))
PLANTS, MONTH, DECISIONS, ANSWERS = (Where(page=one) for one in ("plants", "month", "decisions", "adherence"))
BENCH = Where(page="bench")
BUDGET = Where(page="budget")
CONFLICTS = Where(page="conflicts")
KEYED = ("sheet", "meeting", "team_person", "customer")
"""Pages whose address carries the key."""
_LOADED = ("price_coverage", "facts_not_loaded")
_AT = {"account_unsaid": KEY_ACCOUNTS, "plant_cannot": CONFLICTS}
_PAPERS = ("paper_undecided", "paper_moved")
_SIGNED = {
    "demand agreed": (SheetKind.CONSENSUS, ""),
    "achievable": (SheetKind.SUPPLY_PLAN, "proposed"),
    "recommended": (SheetKind.REVIEW, ""),
    "achievable as decided": (SheetKind.SUPPLY_PLAN, "final"),
    "approved": (SheetKind.SUPPLY_PLAN, "final"),
}


def where_of(look: Glance, cycle: Cycle, point: OpenPoint) -> Where:
    """The page on which an open point is settled.

    What is signed is read and signed on its sheet's page; the list of sheets has the form of everything else.
    """
    if point.code in _LOADED:
        return DATA
    if point.said == "patch_submitted":
        return TEAM
    if point.code == "patch_open" and look.version(SheetKind.FORECAST, cycle) is not None:
        return ENTRY if point.said == "patch_unsubmitted" and point.mine else GRID
    if point.code in _PAPERS:
        return DECISIONS
    if point.code in _AT:
        return _AT[point.code]
    return sheet_where(look, cycle, *_SIGNED[point.subject]) if point.code == "not_signed" else SHEETS


def sheet_where(look: Glance, cycle: Cycle, kind: SheetKind | None, stage: str = "") -> Where:
    """The page of the newest version of a kind; the list of sheets before it is made."""
    version = look.version(kind, cycle, stage) if kind is not None else None
    return Where(page="sheet", key=str(version.pk)) if version is not None else SHEETS
