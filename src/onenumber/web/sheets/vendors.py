"""How vendors kept their dates, as a table of a sheet's page."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext

from onenumber.model.finding import Finding
from onenumber.steps.see.vendors import VendorLine, Vendors
from onenumber.web.numbers import NOTHING, number, share
from onenumber.web.said import say_what

DAYS = ("lead_mean", "lead_p50", "lead_p90", "lead_recent", "planned")
UNITS = ("late", "received", "rejected")


@dataclass(frozen=True, slots=True, kw_only=True)
class VendorCell:
    """A figure as shown, and in words why it is not known or what it was counted from."""

    text: str
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VendorRow:
    """A vendor, or an item of it that takes longer than planned."""

    name: str
    key: str
    is_item: bool
    over_plan: bool
    unit: str
    cells: tuple[VendorCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VendorTable:
    """The rows, one sentence before them, and the days that are scored, in words."""

    says: Finding
    when: str
    part: bool
    rows: tuple[VendorRow, ...]


def vendor_table(vendors: Vendors) -> VendorTable:
    """Whoever takes longer than planned first, with the items that do; every other vendor by its key."""
    shown = [line for line in vendors.lines if line.over_plan or not line.item]
    slow = {line.vendor for line in shown if line.over_plan}
    shown.sort(key=lambda line: line.vendor not in slow)  # the order of the keys is kept within both
    values = {"since": _day(vendors.since), "until": _day(vendors.until), "recent": _day(vendors.recent)}
    return VendorTable(
        says=vendors.says,
        when=gettext("What was due or came from %(since)s to before %(until)s; lately is since %(recent)s.") % values,
        part=vendors.part,
        rows=tuple(_row(line) for line in shown),
    )


def _day(day: dt.date) -> str:
    return date_format(day, "j F Y")


def _row(line: VendorLine) -> VendorRow:
    name = gettext("%(item)s at %(site)s") % {"item": line.item, "site": line.site} if line.item else line.name
    cells = [_cell(line, "on_time", share), *(_cell(line, one, _one_decimal) for one in DAYS)]
    counts = {name: number(line.figures[name] or 0) for name in ("due", "lines", "came")}
    sample = VendorCell(text=counts["lines"], hint=gettext("%(lines)s of %(due)s due; %(came)s came") % counts)
    units = [_cell(line, one, number) for one in UNITS]
    return VendorRow(
        name=name, key=line.vendor, is_item=bool(line.item), over_plan=line.over_plan, unit=line.unit,
        cells=(sample, *cells, *units),
    )  # fmt: skip


def _one_decimal(value: float) -> str:
    return number(value, 1)


def _cell(line: VendorLine, name: str, shown: Callable[[float], str]) -> VendorCell:
    value = line.figures[name]
    return VendorCell(text=NOTHING, hint=say_what(line.why[name])) if value is None else VendorCell(text=shown(value))
