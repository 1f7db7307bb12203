"""The forms that name an emergency: of any item, of an order that breaks, and the link that fills the first in."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from onenumber.review.order_book import STOCK
from onenumber.steps.see.emergency_form import EmergencyForm, Named
from onenumber.steps.see.orders import Waiting
from onenumber.web.act.model import Ask, Choice, Way
from onenumber.web.act.words import label_of
from onenumber.web.numbers import period_words

FILLED = ("item", "site", "customer", "period", "quantity", "reason")
"""What a link may fill in."""


def emergency_href(plan: str, cycle: str, **filled: str | float) -> str:
    """The address of the form of an emergency, with what is known filled in."""
    texts = {name: value if isinstance(value, str) else f"{value:.12g}" for name, value in filled.items()}
    known = urlencode({name: text for name, text in texts.items() if text})
    return f"{reverse('orders', args=[plan, cycle])}{f'?{known}' if known else ''}#emergency"


def general_way(form: EmergencyForm | None, asked: Mapping[str, str]) -> tuple[Way, ...]:
    """The form that names an emergency of any item, filled in as a link asked; none to who may not."""
    if form is None:
        return ()
    filled = {name: asked[name] for name in FILLED if asked.get(name)}
    sites = tuple(dict.fromkeys(site for of in form.sites.values() for site in of))
    months = tuple(Choice(value=label, said=period_words(label)) for label in form.months)
    asks = (
        Ask(name="item", kind="text", needed=True, choices=_choices(form.items), value=filled.get("item", "")),
        Ask(name="site", kind="text", needed=False, choices=tuple(Choice(value=site) for site in sorted(sites)),
            value=filled.get("site", ""), says=gettext("Site, where it can come at several")),
        Ask(name="customer", kind="text", needed=False, choices=_choices(form.customers),
            value=filled.get("customer", ""), says=gettext("Who asks for it beyond the plan")),
        Ask(name="period", kind="text", needed=True, choices=months,
            value=filled.get("period", "") or form.months[0], says=gettext("Month")),
        _quantity(filled.get("quantity", "")), _reason(filled.get("reason", "")),
    )  # fmt: skip
    return (Way(step="emergency", given={}, asked=asks, opened=bool(filled)),)


def row_way(one: Waiting, form: EmergencyForm | None) -> tuple[Way, ...]:
    """The form that names an emergency of an order that breaks; one since the freeze is asked for beyond the plan."""
    sites = form.sites.get(one.item, ()) if form is not None else ()
    if not sites or one.by == STOCK or not (one.late > 0 or one.ready is None):
        return ()
    asks = (_quantity(f"{one.quantity:.12g}", one.unit), _reason(f"{one.order}, {one.line}, {one.name}"))
    where = Ask(name="site", kind="text", needed=True, choices=tuple(Choice(value=site) for site in sites))
    beyond = {"customer": one.customer} if one.since_freeze else {}
    given = {"item": one.item, **beyond, **({"site": sites[0]} if len(sites) == 1 else {})}
    return (Way(step="emergency", given=given, asked=asks if len(sites) == 1 else (where, *asks)),)


def _choices(named: Named) -> tuple[Choice, ...]:
    """Keys by their names, so that whoever types the beginning of a name finds it."""
    return tuple(Choice(value=key, said=f"{name} ({key})" if name != key else "") for key, name in named)


def _quantity(value: str, unit: str = "") -> Ask:
    of = unit or gettext("in the unit of the item")
    says = gettext("%(how_much)s, %(unit)s") % {"how_much": label_of("emergency", "quantity"), "unit": of}
    return Ask(name="quantity", kind="number", needed=True, value=value, says=says)


def _reason(value: str) -> Ask:
    return Ask(name="reason", kind="text", needed=True, value=value, says=label_of("emergency", "reason"))
