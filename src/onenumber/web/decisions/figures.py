"""What an option brings in money, as three amounts that add up to the net, and what became of a paper."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from onenumber.measure.rounding import round_within
from onenumber.steps.see.papers import Taken
from onenumber.web.numbers import NOTHING, signed

ACCEPT = "accept"
"""How a budget line out of tolerance is decided."""
SETTLED: Mapping[str, str | Promise] = {
    "decided": _("%(who)s decided %(option)s on %(day)s."),
    "refused": _("%(who)s said no on %(day)s."),
    "deferred": _("%(who)s put it off on %(day)s."),
    "defaulted": _("Nobody decided until its day, so %(option)s took effect on %(day)s."),
}
"""What became of a paper, by how it was settled."""


def settled_words(taken: Taken) -> str:
    """Who decided what of a paper, and when."""
    values = {"who": taken.who, "option": taken.option, "day": date_format(taken.day, "j F")}
    if taken.option == ACCEPT:
        return gettext("%(who)s accepted it on %(day)s.") % values
    return str(SETTLED[taken.how]) % values


def settled_short(taken: Taken) -> str:
    """The same for a cell: what was taken, and when.

    Example:
        >>> import datetime as dt
        >>> settled_short(Taken(how="decided", option="A", who="Eva Okafor", day=dt.date(2026, 6, 23)))
        'decided: A, 23 June'
        >>> settled_short(Taken(how="decided", option=ACCEPT, who="Eva Okafor", day=dt.date(2026, 6, 23)))
        'accepted, 23 June'
    """
    words = {"defaulted": gettext("by default: %(option)s, %(day)s"), "refused": gettext("refused, %(day)s"),
             "deferred": gettext("put off, %(day)s")}  # fmt: skip
    said = words.get(taken.how, gettext("decided: %(option)s, %(day)s"))
    said = gettext("accepted, %(day)s") if taken.option == ACCEPT else said
    return said % {"option": taken.option, "day": date_format(taken.day, "j F")}


class Priced(Protocol):
    """An option by what it costs: ``net_cost = extra_cost + waiting_cost - worth``, None where that is not known."""

    @property
    def worth(self) -> float | None:
        """What the sales that it gains are worth: their margin, or their price where they sell below cost."""

    @property
    def waiting_cost(self) -> float | None:
        """What the plan charges for letting customers wait."""

    @property
    def extra_cost(self) -> float | None:
        """What is paid beside what the goods themselves cost."""

    @property
    def net_cost(self) -> float | None:
        """All of it together."""


def money_heads(currency: str) -> tuple[str, ...]:
    """What the three amounts and the net are called."""
    heads = (
        gettext("Sales gained, their margin, %(currency)s"), gettext("Cost of waiting, %(currency)s"),
        gettext("Extra cost, %(currency)s"), gettext("Net, %(currency)s"),
    )  # fmt: skip
    return tuple(head % {"currency": currency} for head in heads)


def how_it_adds_up() -> str:
    """How the amounts are read."""
    return gettext("Money is held against doing nothing: plus is better, and the three amounts add up to the net.")


def money_cells(one: Priced) -> tuple[str, ...]:
    """The three amounts and the net as they are shown: rounded so that they add up; "–" where one is not known.

    Example:
        >>> from types import SimpleNamespace
        >>> option = SimpleNamespace(worth=154.6, waiting_cost=139.4, extra_cost=-4.6, net_cost=-19.8)
        >>> money_cells(option)
        ('+155', '−140', '+5', '+20')
        >>> money_cells(SimpleNamespace(worth=None, waiting_cost=None, extra_cost=5.2, net_cost=None))
        ('–', '–', '−5', '–')
    """
    amounts = [one.worth, *(None if cost is None else -cost for cost in (one.waiting_cost, one.extra_cost))]
    if None in amounts:
        return (*_shown(amounts), NOTHING)
    parts = _adding_up([amount for amount in amounts if amount is not None])
    return _shown([*parts, sum(parts)])


def _shown(amounts: Sequence[float | None]) -> tuple[str, ...]:
    return tuple(NOTHING if amount is None else signed(amount) for amount in amounts)


def _adding_up(amounts: Sequence[float]) -> list[float]:
    same = np.zeros(len(amounts), dtype=np.int64)
    found: list[float] = round_within(np.array([amounts]).T, groups=same, decimals=same)[:, 0].tolist()
    return found
