"""What became of a salesperson's last call, in sentences that she can send on to her customer."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from onenumber.cycle.words import FIRM_PERIOD
from onenumber.steps.see.month_promises import CustomerOutcome, Outcome, Outcomes, Short
from onenumber.web.month.words import href_of
from onenumber.web.numbers import number, period_words

CAUSES: Mapping[str, str | Promise] = {
    "capacity": _("%(line)s is full"),
    "precedence": _("%(line)s serves others first, as was decided"),
    "contract_floor": _("what is left of %(at)s is kept for contracts"),
    "cost": _("more of %(at)s would cost more than it brings"),
    "space": _("the store at %(at)s is full"),
    "material": _("material %(at)s is missing"),
    "vendor_limit": _("vendor %(at)s brings all it can"),
    "plant_limit": _("its plant cannot make more of %(at)s"),
    "lead_time": _("%(at)s cannot be there sooner"),
    FIRM_PERIOD: _("only an earlier start could have prevented it (the firm period)"),
    "no_route": _("no site may deliver it"),
}
"""Why something is short, where it lies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerCard:
    """A customer with one sentence per month, and the text to send on."""

    customer: str
    name: str
    href: str
    lines: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomePage:
    """What became of a call: in a sentence, then per customer that doesn't get all of it; of a ``newer`` one, when."""

    title: str
    sentence: str
    cards: tuple[CustomerCard, ...]
    href: str
    newer: str = ""


def outcome_page(found: Outcomes, plan: str, cycle: str, *, closed: bool) -> OutcomePage:
    """The outcome in words; ``closed``: the sales input of the cycle is, so that a newer call than this one is in."""
    family = href_of(found.where, plan, found.of or cycle)
    if not found.of:
        nothing = gettext("– No plan is published yet, so nothing is promised.")
        return OutcomePage(title=gettext("What became of your last call"), sentence=nothing, cards=(), href="")
    title = gettext("What became of your call of %(month)s") % {"month": period_words(found.of)}
    newer = gettext("What becomes of your call of %(month)s stands here once its plan is published.")
    return OutcomePage(
        title=title, sentence=_sentence(found), cards=tuple(_card(one, found, plan, cycle) for one in found.short),
        href=family, newer=newer % {"month": period_words(cycle)} if closed and found.of != cycle else "",
    )  # fmt: skip


def _sentence(found: Outcomes) -> str:
    values = {
        "n": len(found.short), "all": len(found.short) + found.whole, "month": period_words(found.of),
        "first": period_words(found.first), "last": period_words(found.last),
    }  # fmt: skip
    if not found.short:
        said = gettext(
            "All %(all)d customers are promised what was asked for %(first)s to %(last)s, by the plan of %(month)s."
        )
        return said % values
    said = ngettext(
        "%(n)d of %(all)d customers does not get all that was asked for %(first)s to %(last)s, by the plan of "
        "%(month)s.",
        "%(n)d of %(all)d customers do not get all that was asked for %(first)s to %(last)s, by the plan of %(month)s.",
        len(found.short),
    )
    return said % values


def _card(one: CustomerOutcome, found: Outcomes, plan: str, cycle: str) -> CustomerCard:
    lines = tuple(outcome_words(line) for line in one.lines)
    head = gettext("%(name)s, by our plan of %(month)s:") % {"name": one.name, "month": period_words(found.of)}
    href = reverse("customer", args=[plan, cycle, one.customer])
    return CustomerCard(customer=one.customer, name=one.name, href=href, lines=lines, text="\n".join([head, *lines]))


def outcome_words(line: Outcome) -> str:
    """Asked, promised and what is short of it, in a sentence.

    Example:
        >>> full = Short(quantity=100.0, cause="capacity", at="P2", comes="")
        >>> outcome_words(Outcome(period="2026-07", unit="pcs", asked=400.0, promised=300.0, shorts=(full,)))
        'July 2026: asked 400 pcs, promised 300; 100 refused: line P2 is full.'
    """
    said = gettext("%(month)s: asked %(asked)s %(unit)s, promised %(promised)s; %(rest)s.")
    decimals = 0 if line.asked >= FINE else 1
    return said % {
        "month": period_words(line.period), "asked": number(line.asked, decimals), "unit": line.unit,
        "promised": number(line.promised, decimals),
        "rest": "; ".join(_short_words(one, decimals) for one in line.shorts),
    }  # fmt: skip


def cause_words(cause: str, at: str) -> str:
    """Why something is short, with where it lies as people call it; a line without a name is called by its key.

    Example:
        >>> cause_words("capacity", "P2"), cause_words("capacity", "Pump assembly (L11)")
        ('line P2 is full', 'Pump assembly (L11) is full')
    """
    line = at if at.endswith(")") else gettext("line %(key)s") % {"key": at}
    return str(CAUSES.get(cause, _("the cause is not known"))) % {"at": at, "line": line}


def _short_words(one: Short, decimals: int) -> str:
    some = round(one.quantity, decimals) > 0
    quantity = number(one.quantity, decimals) if some else gettext("less than %(n)s") % {"n": 10**-decimals}
    values = {"n": quantity, "why": cause_words(one.cause, one.at), "month": period_words(one.comes)}
    return (gettext("%(n)s by %(month)s: %(why)s") if one.comes else gettext("%(n)s refused: %(why)s")) % values


FINE = 10.0
"""Quantities below it are told with a decimal."""
