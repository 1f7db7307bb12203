"""The notes of a sheet in words: what each is called, and how its figure is written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from onenumber.model.finding import Value
from onenumber.web.numbers import MINUS, NOTHING, bias_words, number, period_words, periods_words, share

NEGLIGIBLE = 1e-6
"""The balances of a plan close to this (C25)."""
EXACT_FROM = 1000.0
"""From here on a decimal says nothing more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What the notes of a sheet are counted in: its money, and the unit of its streams.

    The unit is empty where they share none, and None where the sheet has no streams.
    """

    unit: str | None
    currency: str
    decimals: int


Writes = Callable[[float, Counted], str]


@dataclass(frozen=True, slots=True)
class Note:
    """A note: what it is called, how a number is written (a text stands as it is), and why there may be none."""

    label: str | Promise
    write: Writes
    absent: str | Promise = ""


def _count(value: float, _counted: Counted) -> str:
    return number(value)


def _quantity(value: float, counted: Counted) -> str:
    decimals = 0 if abs(value) >= EXACT_FROM or value == round(value) else 2
    return f"{number(value, decimals)} {counted.unit or ''}".strip()


def _money(value: float, counted: Counted) -> str:
    return f"{number(value, counted.decimals)} {counted.currency}"


def _minor(value: float, counted: Counted) -> str:
    return _money(value / 10**counted.decimals, counted)


def _share(value: float, _counted: Counted) -> str:
    return share(value, 1)


def _bias(value: float, _counted: Counted) -> str:
    return bias_words(value)


def _hours(value: float, _counted: Counted) -> str:
    return ngettext("%(n)s hour", "%(n)s hours", round(value)) % {"n": number(value)}


def _days(value: float, _counted: Counted) -> str:
    return ngettext("%(n)s day", "%(n)s days", round(value)) % {"n": number(value)}


def _periods(value: float, _counted: Counted) -> str:
    return periods_words(round(value))


def _rest(value: float, _counted: Counted) -> str:
    """What a balance is off by: as little as the plan is held to, or its size."""
    if abs(value) <= NEGLIGIBLE:
        return gettext("none, within a millionth")
    return f"{value:.2g}".replace("-", MINUS)


UNLIKE = _("the items are counted in different units, which do not add up")
NO_BACKTEST = _("the backtest cannot tell")
NOT_MEASURED = _("not known: the table below says why")
ERRORS = frozenset({"wape_lag1", "bias_lag1", "naive_wape_lag1"})
"""Notes that are sums of errors over sums of actuals, which only one unit has."""

NOTES: Mapping[str, Note] = {
    "streams": Note(_("streams"), _count),
    "series": Note(_("streams"), _count),
    "horizon": Note(_("horizon"), _periods),
    "units": Note(_("quantity in all"), _quantity, UNLIKE),
    "first_units": Note(_("quantity of the first month"), _quantity, UNLIKE),
    "last_units": Note(_("quantity of the last month"), _quantity, UNLIKE),
    "money": Note(_("ordered in all"), _money),
    "last_money": Note(_("ordered in the last month"), _money),
    "not_loaded": Note(_("no orders loaded of"), _count),
    "wape_lag1": Note(_("error a month ahead, of what was asked"), _share, NO_BACKTEST),
    "bias_lag1": Note(_("bias a month ahead"), _bias, NO_BACKTEST),
    "naive_wape_lag1": Note(_("error of last year's figure"), _share, NO_BACKTEST),
    "coverage80": Note(_("actuals inside the 80 % range"), _share, NO_BACKTEST),
    "below_zero": Note(_("cells held at zero, whose layers come to less"), _count),
    "patches": Note(_("patches"), _count),
    "submitted": Note(_("patches that handed in"), _count),
    "stage": Note(_("stage"), _count),
    "status": Note(_("solved to"), _count),
    "objective": Note(_("cost that the plan makes least"), _money),
    "bound": Note(_("no plan could cost less than"), _money),
    "repeatable": Note(_("same again from the same inputs"), _count),
    "worst_violation": Note(_("largest gap in a balance"), _rest),
    "demand_units": Note(_("demand"), _quantity, UNLIKE),
    "shipped_units": Note(_("shipped"), _quantity, UNLIKE),
    "lost_units": Note(_("given up"), _quantity, UNLIKE),
    "overtime_hours": Note(_("overtime"), _hours),
    "conflicts": Note(_("conflicts"), _count),
    "money_at_risk": Note(_("money at risk"), _minor),
    "lines_outside": Note(_("budget lines out of tolerance"), _count),
    "coverage": Note(_("share that could be valued, at least"), _share, _("nothing was valued")),
    "papers": Note(_("papers"), _count),
    "papers_unpriced": Note(_("papers whose money is not known, for want of prices or costs"), _count),
    "options": Note(_("options"), _count),
    "decided": Note(_("decided"), _count),
    "first_period": Note(_("first month"), _count),
    "asked_units": Note(_("asked"), _quantity, UNLIKE),
    "promised_units": Note(_("promised in its month"), _quantity, UNLIKE),
    "short_units": Note(_("short in its month"), _quantity, UNLIKE),
    "period": Note(_("measured month"), _count),
    "plan": Note(_("against"), _count),
    "breached": Note(_("figures outside their tolerance"), _count),
    "unknown": Note(_("figures that are not known"), _count),
    "accuracy_of": Note(_("forecast measured"), _count, NOT_MEASURED),
    "wape_a_month_ahead": Note(_("its error a month ahead, of what was asked"), _share, NOT_MEASURED),
    "bias_a_month_ahead": Note(_("its bias a month ahead"), _bias, NOT_MEASURED),
    "naive_wape_a_month_ahead": Note(_("error of last year's figure"), _share, NOT_MEASURED),
    "sales_basis": Note(_("sales are"), _count),
    "late_days": Note(_("late that still counts as on time"), _days),
    "early_days": Note(_("early that still counts as on time"), _days),
    "in_full": Note(_("share that counts as in full"), _share),
    "currency": Note(_("currency"), _count),
    "currency_decimals": Note(_("decimals of the currency"), _count),
}
"""Every note of every sheet, by its name."""

LAYERS: Mapping[str, str | Promise] = {
    "L1": _("baseline"), "S": _("sales"), "consensus": _("consensus"),
}  # fmt: skip
"""The layers whose accuracy is measured."""
TEXTS: Mapping[str, str | Promise] = {
    "published": _("the published plan"), "snapshot": _("the plan that the company brought"),
    "": _("nothing: no plan was in force"), "shipments": _("what was shipped"), "orders": _("what was ordered"),
    "any": _("any"), "optimal": _("the optimum, proven"), "proposed": _("proposed"), "final": _("final"),
    "papers": _("papers"), "decided": _("decided"), **LAYERS,
}  # fmt: skip
"""What a note says that is a word of ours; any other text stands as it is."""


def notes_in_words(notes: Mapping[str, Value], counted: Counted) -> tuple[tuple[str, str], ...]:
    """The notes of a sheet in words, in the order in which somebody asks for them, whatever the sheet's own.

    Example:
        >>> pieces = Counted(unit="pcs", currency="EUR", decimals=2)
        >>> [label for label, _ in notes_in_words({"breached": 2, "in_full": 1.0, "period": "2026-05"}, pieces)]
        ['measured month', 'figures outside their tolerance', 'share that counts as in full']
    """
    return tuple(note_words(name, notes[name], counted) for name in sorted(notes, key=list(NOTES).index))


def note_words(name: str, value: Value, counted: Counted) -> tuple[str, str]:
    """A note: its label, and its figure or text.

    Example:
        >>> from onenumber.web.numbers import NARROW_SPACE
        >>> pieces, mixed = (Counted(unit=unit, currency="EUR", decimals=2) for unit in ("pcs", ""))
        >>> for name, value in (("units", 12000.0), ("bias_lag1", -0.034), ("period", "2026-05"),
        ...                     ("worst_violation", 3e-12)):
        ...     print(": ".join(note_words(name, value, pieces)).replace(NARROW_SPACE, " "))
        quantity in all: 12 000 pcs
        bias a month ahead: 3.4 % under
        measured month: May 2026
        largest gap in a balance: none, within a millionth
        >>> note_words("units", 12000.0, mixed)[1]
        '–, the items are counted in different units, which do not add up'
    """
    note = NOTES[name]
    if value is None or (note.write is _quantity and counted.unit == ""):
        absent = UNLIKE if counted.unit == "" and name in ERRORS else note.absent
        text = f"{NOTHING}, {absent}" if absent else NOTHING
    elif isinstance(value, bool):
        text = gettext("yes") if value else gettext("no")
    elif isinstance(value, str):
        text = str(TEXTS.get(value, period_words(value)))
    else:
        text = note.write(float(value), counted)
    return str(note.label), text
