"""What the pages of customers show."""

from collections.abc import Mapping
from dataclasses import dataclass

from onenumber.steps.see.customer import CustomerSeen
from onenumber.steps.see.customer_orders import OrdersSeen
from onenumber.steps.see.risks import NewsShown
from onenumber.web.act.model import Way
from onenumber.web.frame.model import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerPage:
    """A customer, and the ways to answer the requests about it, by their number."""

    frame: Frame
    seen: CustomerSeen
    ways: Mapping[int, tuple[Way, ...]]
    shares: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OrdersPage:
    """The orders of a patch, and the ways to answer requests, by their number."""

    frame: Frame
    seen: OrdersSeen
    ways: Mapping[int, tuple[Way, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsPage:
    """What a form of news offers: the patches it may come from, customers, families and channels, months ahead.

    ``open`` is the news that is not decided yet; ``now``: it can be shared now, else in Demand of the cycle ``again``.
    ``decides``: who looks decides on news herself.
    """

    frame: Frame
    patches: tuple[tuple[str, str], ...]
    customers: tuple[tuple[str, str], ...]
    families: tuple[tuple[str, str], ...]
    channels: tuple[str, ...]
    months: tuple[str, ...]
    open: tuple[NewsShown, ...]
    now: bool
    again: str
    decides: bool = False
