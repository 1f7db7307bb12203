"""The rows of the family page: what each is called and how its figures are written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from onenumber.web.family.model import Figure, Origin, Row
from onenumber.web.numbers import NOTHING, Scale, number, period_head, period_words, share, signed
from onenumber.web.words import named, sheet_words


class Written(StrEnum):
    """How a row's figures are written."""

    AMOUNT = "amount"  # in the scale of the page
    DIFFERENCE = "difference"  # so too, with a sign
    TIME = "time"  # days or weeks, one decimal under ten
    SHARE = "share"
    PERIOD = "period"  # the period that it stands for


@dataclass(frozen=True, slots=True)
class RowWords:
    """A row in words: its label, how its figures are written, and what it means where the label can't say it."""

    label: str | Promise
    written: Written = Written.AMOUNT
    hint: str | Promise = ""


GROUPS: Mapping[str, str | Promise] = {
    "demand": _("Demand"),
    "supply": _("Supply"),
    "inventory": _("Inventory of products"),
    "backlog": _("Backlog"),
    "service": _("Service"),
}

ROWS: Mapping[str, RowWords] = {
    "demand_new": RowWords(_("new")),
    "demand_plan": RowWords(_("new, with the orders booked")),
    "demand_last": RowWords(_("last cycle")),
    "demand_difference": RowWords(_("new − last cycle"), Written.DIFFERENCE),
    "demand_budget": RowWords(_("budget: revenue")),
    "demand_delivered": RowWords(_("actual: delivered, less returns")),
    "demand_actual": RowWords(_("actual: asked for")),
    "demand_deviation": RowWords(_("actual − plan of the month"), Written.DIFFERENCE),
    "demand_since": RowWords(_("orders since the freeze"), Written.DIFFERENCE),
    "demand_low": RowWords(_("range, low")),
    "demand_high": RowWords(_("range, high")),
    "supply_new": RowWords(_("new")),
    "supply_last": RowWords(_("last cycle")),
    "supply_difference": RowWords(_("new − last cycle"), Written.DIFFERENCE),
    "supply_actual": RowWords(_("actual")),
    "supply_deviation": RowWords(_("actual − plan of the month"), Written.DIFFERENCE),
    "inventory": RowWords(_("at the end, plan")),
    "inventory_last": RowWords(_("at the end, last cycle")),
    "inventory_actual": RowWords(_("at the end, actual")),
    "inventory_deviation": RowWords(_("actual − plan of the month"), Written.DIFFERENCE),
    "inventory_target": RowWords(_("safety stock")),
    "inventory_days": RowWords(_("days of demand"), Written.TIME),
    "backlog_bookings": RowWords(_("bookings: ordered in the month")),
    "backlog_booked": RowWords(_("booked so far for the month")),
    "backlog": RowWords(_("late at the end, plan")),
    "backlog_lost": RowWords(
        _("given up, plan"), hint=_("what was due and is neither shipped nor waited for: it is never delivered")
    ),
    "backlog_last": RowWords(_("late at the end, last cycle")),
    "backlog_actual": RowWords(_("late at the end, actual")),
    "backlog_weeks": RowWords(_("weeks of demand"), Written.TIME),
    "backlog_promise": RowWords(_("promise: all of it leaves by"), Written.PERIOD),
    "service": RowWords(
        _("plan: shipped of what is due"),
        Written.SHARE,
        hint=_("what is due is what is shipped, what is late at the end, and what is given up"),
    ),
    "service_actual": RowWords(_("actual: order lines on time in full"), Written.SHARE),
}

LEVELS: Mapping[str, str | Promise] = {
    "company": _("company"),
    "division": _("division"),
    "family": _("family"),
    "item": _("item"),
    "planning_customer": _("customer"),
    "site": _("site"),
}

FEW, TINY = 10, 0.05


def written(figure: Figure, how: Written, scale: Scale) -> str:
    """A figure as it stands in its cell; a dash where there is none.

    Example:
        >>> from onenumber.web.numbers import NARROW_SPACE
        >>> unscaled = Scale(1.0, 0, "")
        >>> [written(Figure(value=v), how, unscaled).replace(NARROW_SPACE, " ") for v, how in
        ...  ((1234.4, Written.AMOUNT), (-12.0, Written.DIFFERENCE), (8.25, Written.TIME), (0.985, Written.SHARE))]
        ['1 234', '−12', '8.2', '98.5 %']
        >>> written(Figure(value=None), Written.AMOUNT, unscaled)
        '–'
    """
    if figure.value is None:
        return NOTHING
    match how:
        case Written.AMOUNT:
            return scale.shown(figure.value)
        case Written.DIFFERENCE:
            return signed(figure.value / scale.divisor, scale.decimals)
        case Written.TIME:
            return number(figure.value, 1 if TINY <= abs(figure.value) < FEW else 0)
        case Written.PERIOD:
            return period_head(figure.label)
        case Written.SHARE:
            whole = round(figure.value, 3) in {0.0, 1.0}
            return share(figure.value, 0 if whole else 1)


def row_name(code: str) -> str:
    """A row in words that stand alone.

    Example:
        >>> row_name("demand_last")
        'Demand, last cycle'
    """
    group = GROUPS[code.split("_", maxsplit=1)[0]]
    return f"{group}, {ROWS[code].label}"


def which_of(row: Row, labels: Sequence[str]) -> str:
    """Which cycle is "last cycle", and of which years the budget is; empty for any other row.

    Example:
        >>> at = (Origin(version="B2026"), Origin(version="B2027"), None)
        >>> money = (Figure(value=1.0), Figure(value=2.0), Figure(value=None))
        >>> budget = Row(code="demand_budget", group="demand", unit="EUR", figures=money, origins=at)
        >>> which_of(budget, ["2026-12", "2027-01", "2027-02"])
        '2026 and 2027'
    """
    if row.code.endswith("_last"):
        return period_head(max((one.cycle for one in row.origins if one is not None), default=""))
    return named(budget_years(row, labels), "")


def budget_years(row: Row, labels: Sequence[str]) -> list[str]:
    """The years for which a row shows a budget: what a version of it is called is for files."""
    if not row.origins:
        return []
    shown = zip(row.origins, row.figures, labels, strict=True)
    known = (label for one, figure, label in shown if one is not None and one.version and figure.value is not None)
    return sorted({label.partition("-")[0] for label in known})


def origin_words(one: Origin | None) -> str:
    """Where a figure stands, in words.

    Example:
        >>> origin_words(Origin(version="2026")), origin_words(None)
        ('budget 2026', '')
    """
    if one is None:
        return ""
    if one.sheet is None:
        return gettext("budget %(version)s") % {"version": one.version} if one.version else ""
    values = {"sheet": sheet_words(one.sheet), "cycle": period_words(one.cycle)}
    return gettext("%(sheet)s of %(cycle)s") % values if one.cycle else values["sheet"]
