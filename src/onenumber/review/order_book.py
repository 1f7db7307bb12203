"""The order book line by line: when what customers wait for can leave, what it waits for, and which comes first.

Source: domain.md F-SS5 (value x lateness; every late line has a new day or a reason).
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from onenumber.demand.known import open_lines
from onenumber.model.contract.empty import table_or_empty
from onenumber.model.counts import PLANNED_WITH, newest_count
from onenumber.model.validity import latest_on, valid_on
from onenumber.review.ground import Ground

STOCK, RELEASED, MATERIAL = "stock", "released", "material"
EPSILON = 1e-6
WEEK = 7
"""Days after which a load is missed: who plans loads once a week."""
DATED = {"stock": "date", "order_lines": "ordered", "shipments": "date", "receipts": "date", "production": "date"}
"""The facts by which a load says up to which day it tells, and the column of that day."""


def newest_fact(load: Mapping[str, pl.DataFrame]) -> dt.date | None:
    """The newest day of which the facts of a load tell anything; None where none has a day."""
    found = [table_or_empty(load, table)[day].max() for table, day in DATED.items()]
    return max((day for day in found if isinstance(day, dt.date)), default=None)


def counted_to(today: dt.date, known: dt.date | None) -> dt.date:
    """The day to which lateness is counted: today, or where a load is missed the newest day that is ``known``.

    What fell due after that day may have left or come: nobody knows before the next load.

    Example:
        >>> may = dt.date(2026, 5, 31)
        >>> str(counted_to(dt.date(2026, 6, 7), may)), str(counted_to(dt.date(2026, 6, 8), may))
        ('2026-06-07', '2026-05-31')
    """
    return today if known is None or (today - known).days <= WEEK else known


class Coming:
    """What there is of an item, and what comes of it on which day; orders take it in the order in which they ask.

    ``then`` is the day on which more could be there, if it were ordered today; None where nobody sells it.
    """

    __slots__ = ("events", "taken", "then")

    def __init__(self, events: Iterable[tuple[dt.date, float]] = ()) -> None:
        self.events = list(events)
        self.taken = 0.0
        self.then: dt.date | None = None

    def day_of(self, quantity: float) -> dt.date | None:
        """The day on which so much more has come; where it never does, ``then``.

        Example:
            >>> steel = Coming(events=[(dt.date(2026, 6, 1), 10.0), (dt.date(2026, 6, 20), 10.0)])
            >>> str(steel.day_of(8.0)), str(steel.day_of(11.0)), steel.day_of(21.0)
            ('2026-06-01', '2026-06-20', None)
        """
        come = -self.taken
        for day, amount in sorted(self.events):
            come += amount
            if come >= quantity - EPSILON:
                return day
        return self.then

    def covers(self, quantity: float) -> bool:
        """Whether so much more is there or on its way.

        Example:
            >>> steel = Coming(events=[(dt.date(2026, 6, 1), 10.0)])
            >>> steel.covers(10.0), steel.covers(11.0)
            (True, False)
        """
        return sum(amount for _day, amount in self.events) - self.taken >= quantity - EPSILON

    def left_by(self, day: dt.date) -> float:
        """What has come by a day and nobody took."""
        return max(sum(amount for when, amount in self.events if when <= day) - self.taken, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """When a line can leave (None: nothing that is on its way covers it), and by what: stock, a release, a material.

    ``waits_for`` is the material that comes last, empty where all are there; ``unordered`` are those of which too few
    are on their way: the day holds if they are ordered today.
    """

    day: dt.date | None
    by: str
    waits_for: str = ""
    unordered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Works:
    """What can be built of the bought materials in stock and on their way, and how long it takes."""

    bill: Mapping[str, Sequence[tuple[str, float]]]
    days: Mapping[str, int]
    materials: Mapping[str, Coming]
    today: dt.date

    def day_of(self, item: str, quantity: float) -> tuple[dt.date | None, str]:
        """When so much of an item is built, and the material that it waits for; None where nothing says so."""
        parts = [(self.materials[part].day_of(quantity * each), part) for part, each in self.bill.get(item, ())]
        if not parts or item not in self.days:
            return None, ""
        day, last = max(parts, key=lambda one: one[0] or dt.date.max)
        if day is None:
            return None, last
        return day + dt.timedelta(days=self.days[item]), last if day > self.today else ""

    def unordered(self, item: str, quantity: float) -> tuple[str, ...]:
        """The materials of so much of an item of which too few are on their way."""
        parts = self.bill.get(item, ())
        return tuple(part for part, each in parts if not self.materials[part].covers(quantity * each))

    def take(self, item: str, quantity: float) -> None:
        """Use the materials up."""
        for part, each in self.bill.get(item, ()):
            self.materials[part].taken += quantity * each


def ready_days(lines: pl.DataFrame, *, ground: Ground, today: dt.date) -> dict[tuple[str, int], Ready]:
    """When each open line can leave, by order and line: earlier days are served first, whoever they are of.

    A line takes stock, then what is released or bought of its item, as far as that makes it ready by its day. Else what
    is still to come is built where that is sooner: ready when the last of its bought materials is there (ordered today,
    if none is on its way), plus the days of building. The stock of a material is what released orders left of it: they
    took theirs when they were released, as the supply plan has it.
    """
    items, works = _items_coming(ground, today), _works(ground, today)
    found = {}
    for row in lines.sort("due", "order", "line").iter_rows(named=True):
        coming = items.setdefault(row["item"], Coming())
        found[row["order"], row["line"]] = _served(row["item"], row["open"], row["due"], coming, works, today)
    return found


def _served(item: str, quantity: float, due: dt.date, coming: Coming, works: _Works, today: dt.date) -> Ready:
    whole = coming.day_of(quantity)
    if whole is not None and whole <= max(due, today):
        coming.taken += quantity
        return Ready(day=whole, by=STOCK if whole <= today else RELEASED)
    best, part = Ready(day=whole, by=RELEASED if whole is not None else MATERIAL), quantity
    for day in sorted({today, *(when for when, _ in coming.events)}):
        have = min(coming.left_by(day), quantity)
        built, last = works.day_of(item, quantity - have)
        ready = max(built, day if have else built) if built is not None else None
        if ready is not None and (best.day is None or ready < best.day):
            best, part = Ready(day=ready, by=MATERIAL, waits_for=last), have
    coming.taken += part if best.day is not None else 0.0
    if best.day is not None and part < quantity:
        best = replace(best, unordered=works.unordered(item, quantity - part))
        works.take(item, quantity - part)
    return best


def _works(ground: Ground, today: dt.date) -> _Works:
    bill = _bill(ground)
    materials = _materials_coming(ground, today, bill)
    return _Works(bill=bill, days=_build_days(ground), materials=materials, today=today)


def _items_coming(ground: Ground, today: dt.date) -> dict[str, Coming]:
    stock = _stock(ground)
    orders = ground.facts("production_orders").filter(pl.col("quantity") > 0)
    made = orders.select("item", pl.max_horizontal(pl.col("due"), pl.lit(today)).alias("day"), "quantity")
    rows = [(item, today, amount) for item, amount in stock.items()]
    return _coming([*rows, *made.iter_rows(), *open_purchases(ground, today).select("item", "day", "open").iter_rows()])


def _materials_coming(
    ground: Ground, today: dt.date, bill: Mapping[str, Sequence[tuple[str, float]]]
) -> dict[str, Coming]:
    """What is there and on its way of each material; what is released took its part when it was released."""
    held = _stock(ground)
    parts = sorted({part for some in bill.values() for part, _ in some})
    rows = [(part, today, held.get(part, 0.0)) for part in parts]
    bought = open_purchases(ground, today).filter(pl.col("item").is_in(parts))
    found = _coming([*rows, *bought.select("item", "day", "open").iter_rows()])
    offers = latest_on(ground.master("vendor_items"), ground.as_of, ["vendor", "item", "site"])
    free = offers.filter(~pl.col("needs_decision").fill_null(value=False))
    for part, days in free.group_by("item").agg(pl.col("lead_time_days").min()).iter_rows():
        if part in found:
            found[part].then = today + dt.timedelta(days=days)
    return found


def _coming(rows: Iterable[tuple[str, dt.date, float]]) -> dict[str, Coming]:
    found: dict[str, Coming] = {}
    for item, day, amount in rows:
        found.setdefault(item, Coming()).events.append((day, amount))
    return found


def _stock(ground: Ground) -> dict[str, float]:
    rows = newest_count(ground.facts("stock")).filter(pl.col("status").is_in(PLANNED_WITH))
    return dict(rows.group_by("item").agg(pl.col("quantity").sum()).iter_rows())


def _bill(ground: Ground) -> dict[str, list[tuple[str, float]]]:
    found: dict[str, list[tuple[str, float]]] = {}
    rows = valid_on(ground.master("bill_of_materials"), ground.as_of).sort("parent", "component")
    for parent, component, quantity in rows.select("parent", "component", "quantity").iter_rows():
        found.setdefault(parent, []).append((component, quantity))
    return found


def _build_days(ground: Ground) -> dict[str, int]:
    rates = latest_on(ground.master("rates"), ground.as_of, ["item", "site", "route", "resource"])
    days = rates.filter(pl.col("lead_time_days").is_not_null()).group_by("item").agg(pl.col("lead_time_days").max())
    return dict(days.iter_rows())


def open_purchases(ground: Ground, today: dt.date) -> pl.DataFrame:
    """Purchase order lines not yet received in full: ``open`` of them, ``due`` as the vendor says, ``day`` to count on.

    What is overdue is counted on from today; a line without any confirmed day has no ``due``, and is counted on when
    its planned lead time has passed.
    """
    orders = ground.facts("purchase_orders").filter(pl.col("status") == "open")
    got = ground.facts("receipts").group_by("order", "line").agg(pl.col("quantity").sum().alias("got"))
    rows = orders.join(got, on=["order", "line"], how="left", maintain_order="left")
    offers = latest_on(ground.master("vendor_items"), ground.as_of, ["vendor", "item", "site"])
    rows = rows.join(
        offers.select("vendor", "item", "site", "lead_time_days"), on=["vendor", "item", "site"], how="left",
        maintain_order="left",
    )  # fmt: skip
    due = pl.coalesce("last_confirmed", "first_confirmed")
    planned = (pl.col("ordered") + pl.duration(days=pl.col("lead_time_days").fill_null(0))).cast(pl.Date)
    rows = rows.with_columns(
        (pl.col("quantity") - pl.col("got").fill_null(0.0)).alias("open"), due.alias("due"),
        pl.max_horizontal(pl.coalesce(due, planned), pl.lit(today)).alias("day"),
    )  # fmt: skip
    return rows.filter(pl.col("open") > 0).sort("day", "order", "line")


def waiting_lines(ground: Ground) -> pl.DataFrame:
    """Order lines that customers wait for, with the day they count on (``due``) and the money of what is open."""
    lines = open_lines(ground.load)
    due = pl.coalesce("last_confirmed", "first_confirmed", "requested").alias("due")
    money = (pl.col("amount") * pl.col("open") / pl.col("quantity")).alias("money")
    return lines.with_columns(due, money).sort("order", "line")


def urgency(*, money: float, late: int, left: int) -> float:
    """What comes first: money x days late; of what is not late, money over the days that are left to the last moment.

    Example:
        >>> urgency(money=100.0, late=8, left=0), urgency(money=100.0, late=0, left=4)
        (800.0, 20.0)
    """
    return money * late if late > 0 else money / (1 + max(left, 0))
