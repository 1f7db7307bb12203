"""What was kept of the plan in the measured month, as a table of a sheet's page: first what somebody answers for."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from onenumber.steps.see.adherence import Adherence, AdherenceLine, AnswerLine
from onenumber.web.numbers import NARROW_SPACE, NOTHING, bias_words, number, share
from onenumber.web.said import say

CALLED: Mapping[str, object] = {
    "sales": _("sales"),
    "sales_mix": _("sales, each stream by itself"),
    "production": _("production"),
    "production_mix": _("production, each item by itself"),
    "inventory": _("stock at the month's end, materials included"),
    "service_requested": _("order lines kept, by the date asked for"),
    "service_confirmed": _("order lines kept, by the date confirmed first"),
    "budget": _("revenue of the month against budget"),
}
OWNED: Mapping[str, object] = {
    "sales": CALLED["sales"], "production": CALLED["production"], "inventory": _("stock at the month's end"),
    "service": _("order lines kept"), "budget": _("revenue against budget"),
}  # fmt: skip
"""What is owned as one: each measured in one way or in two."""
DEVIATIONS = ("inventory", "budget")
"""Figures whose value is how far they are from the plan; of the others it is how much of it was reached."""
AT_LEAST = ("sales_mix", "production_mix", "service_requested", "service_confirmed")
"""Figures that cannot be over their plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdherenceRow:
    """A figure in a scope as shown, who answers for it, and what was said; ``why`` it is not known or not owned."""

    figure: str
    scope: str
    owner: str
    plan: str
    actual: str
    kept: str
    allowed: str
    breached: bool
    answer: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdherenceTable:
    """The rows, those outside their tolerance first, and the month that they measure."""

    period: str
    rows: tuple[AdherenceRow, ...]


def adherence_table(found: Adherence) -> AdherenceTable:
    """The rows; within those that are outside their tolerance and the others in the order of the sheet."""
    lines = sorted(found.lines, key=lambda line: not line.breached)
    return AdherenceTable(period=found.period, rows=tuple(_row(line) for line in lines))


def _row(line: AdherenceLine) -> AdherenceRow:
    return AdherenceRow(
        figure=str(CALLED[line.figure]),
        scope=line.scope,
        owner=line.owner or gettext("nobody"),
        plan=amount_words(line.plan, line.unit),
        actual=amount_words(line.actual, line.unit),
        kept=kept_words(line.figure, line.value),
        allowed=allowed_words(line.figure, line.tolerance),
        breached=line.breached,
        answer=_answers(line),
        why=say(line.why) if line.why is not None else "",
    )


def amount_words(value: float | None, unit: str) -> str:
    """An amount with its unit.

    Example:
        >>> amount_words(1204.4, "pcs").replace(NARROW_SPACE, " "), amount_words(None, "pcs")
        ('1 204 pcs', '–')
    """
    return NOTHING if value is None else f"{number(value)}{NARROW_SPACE}{unit}".strip()


def kept_words(figure: str, value: float | None) -> str:
    """How far a figure was kept: its share of the plan, or how far it was from it.

    Example:
        >>> [kept_words(one, 0.052).replace(NARROW_SPACE, " ") for one in ("inventory", "production_mix")]
        ['5.2 % over', '5.2 %']
    """
    if value is None:
        return NOTHING
    return bias_words(value) if figure in DEVIATIONS else share(value, 1)


def allowed_words(figure: str, tolerance: float | None) -> str:
    """What of a figure is within its tolerance.

    Example:
        >>> allowed_words("sales_mix", 0.2).replace(NARROW_SPACE, " ")
        'at least 80 %'
    """
    if tolerance is None:
        return NOTHING
    if figure in AT_LEAST:
        return gettext("at least %(share)s") % {"share": share(1 - tolerance)}
    if figure == "budget":
        return gettext("down to %(share)s under") % {"share": share(tolerance, 1)}
    return f"±{share(tolerance)}"


def _answers(line: AdherenceLine) -> str:
    if line.answers:
        return " ".join(_answer(one) for one in line.answers)
    return gettext("not answered yet") if line.breached and line.owner else ""


def _answer(one: AnswerLine) -> str:
    said = f"{one.person}: {one.text}"
    action = f"{one.action}, {date_format(one.due, 'j F Y')}" if one.action and one.due else one.action
    return f"{said} → {action}" if action else said
