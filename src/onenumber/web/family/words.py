"""What the family page says before its numbers: each difference in a sentence that names its figure."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext

from onenumber.web.family.model import Column, FamilyPage, Figure, Part, Row
from onenumber.web.family.rows import Written, written
from onenumber.web.numbers import Scale, deviation, number, period_words, periods_words, plus, share, short
from onenumber.web.words import named

TINY = 0.5
"""A difference that would be shown as 0 is none."""
ALL = 0.995
"""A share from here on is shown as all of it."""
FEW_WEEKS = 0.05
"""Fewer would be shown as 0.0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """A sentence, and the figure it is about: its row and period open with it."""

    text: str
    row: str
    column: str
    signal: bool = False


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two rows where both have a figure."""

    columns: tuple[Column, ...]
    left: tuple[float, ...]
    right: tuple[float, ...]

    @property
    def difference(self) -> float:
        return sum(self.left) - sum(self.right)

    @property
    def largest(self) -> int:
        return max(range(len(self.left)), key=lambda k: abs(self.left[k] - self.right[k]))


def sayings(page: FamilyPage) -> tuple[Saying, ...]:
    """Every sentence of a page that has something to say, what needs a deed first.

    Example:
        >>> from onenumber.web.family.model import Measure, Place
        >>> from onenumber.web.numbers import NARROW_SPACE
        >>> columns = (Column(label="2026-06", part=Part.NOW), Column(label="2026-07", part=Part.AHEAD))
        >>> def row(code, *values):
        ...     figures = tuple(Figure(value=v) for v in values)
        ...     return Row(code=code, group=code.split("_")[0], unit="pcs", figures=figures)
        >>> place = Place(key="family:F", level="family", name="F")
        >>> page = FamilyPage(place=place, places=(place,), measure=Measure.UNITS, money_allowed=True,
        ...                   part_of_whole=False, demand_whole=False, provisional=False, unlike_units=False,
        ...                   old_plan=False, columns=columns, sheets=(),
        ...                   rows=(row("demand_new", 100.0, 130.0), row("demand_last", 100.0, 100.0)))
        >>> sayings(page)[0].text.replace(NARROW_SPACE, " ")
        'Demand is 15 % over last cycle for 2 months, 30 pcs in all; most in July 2026: 30 pcs over.'
    """
    found = [
        *_demand(page), *_since(page), *_supply(page), *_short(page), *_given_up(page), *_stock(page),
        *_last_month(page), *_booked(page), *_made_last_month(page), *_late_last_month(page), *_service(page),
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda saying: not saying.signal))


def _row(page: FamilyPage, code: str) -> Row | None:
    return next((row for row in page.rows if row.code == code), None)


def _pair(page: FamilyPage, left: str, right: str, parts: Sequence[Part]) -> _Pair | None:
    mine, theirs = _row(page, left), _row(page, right)
    if mine is None or theirs is None:
        return None
    both = [
        (column, a.value, b.value)
        for column, a, b in zip(page.columns, mine.figures, theirs.figures, strict=True)
        if column.part in parts and a.value is not None and b.value is not None
    ]
    if not both:
        return None
    columns, ours, other = zip(*both, strict=True)
    return _Pair(columns, ours, other)


AHEAD = (Part.NOW, Part.AHEAD)


def _demand(page: FamilyPage) -> Iterator[Saying]:
    what = gettext("The baseline, without what sales typed,") if page.provisional else gettext("Demand")
    last = _pair(page, "demand_new", "demand_last", AHEAD)
    if last:
        yield _against(page, what, _last_cycle(page, "demand_last"), last, "demand_new")
    budget = _pair(page, "demand_new", "demand_budget", AHEAD)
    for year, pair in _by_year(budget) if budget else ():
        base = gettext("the budget of %(year)s") % {"year": year}
        yield _against(page, what, base, pair, "demand_budget")
    yield from _with_orders(page)


def _by_year(pair: _Pair) -> Iterator[tuple[str, _Pair]]:
    """A comparison year by year, as a budget is made for one: a sum over two of them is no budget's."""
    whole = zip(pair.columns, pair.left, pair.right, strict=True)
    for year, those in groupby(whole, key=lambda one: one[0].label.partition("-")[0]):
        columns, left, right = zip(*those, strict=True)
        yield year, _Pair(columns, left, right)


def _with_orders(page: FamilyPage) -> Iterator[Saying]:
    """How far the demand that the plan is made for is from what was agreed, because of orders."""
    pair = _pair(page, "demand_plan", "demand_new", AHEAD)
    if pair is None:
        return
    at = pair.largest
    most = pair.left[at] - pair.right[at]
    text = gettext(
        "With the orders booked the plan is made for %(total)s what was agreed; most in %(month)s: %(most)s."
    )
    amount = _amount(page, "demand_plan", abs(pair.difference))
    over = gettext("%(amount)s over") if pair.difference >= 0 else gettext("%(amount)s under")
    month = pair.columns[at].label
    values = {"total": over % {"amount": amount}, "month": period_words(month)}
    values["most"] = _over_under(page, "demand_plan", most)
    yield Saying(text=text % values, row="demand_plan", column=month)


def _last_cycle(page: FamilyPage, code: str) -> str:
    """Last cycle with its month, which is that of the newest plan that the row was read from."""
    row = _row(page, code)
    cycle = max((one.cycle for one in row.origins if one is not None), default="") if row is not None else ""
    return gettext("last cycle (%(month)s)") % {"month": period_words(cycle)} if cycle else gettext("last cycle")


def _since(page: FamilyPage) -> Iterator[Saying]:
    """What orders came for the periods ahead since the data was frozen, which no frozen figure holds."""
    row = _row(page, "demand_since")
    most = _extreme(page, row, largest=True, sized=abs)
    if row is None or most is None:
        return
    column, figure = most
    total = sum(f.value or 0.0 for c, f in zip(page.columns, row.figures, strict=True) if c.part in AHEAD)
    text = gettext("Orders since the freeze, in no frozen figure: %(total)s in all; most in %(month)s: %(most)s.") % {
        "total": f"{plus(total)} {row.unit}",
        "month": period_words(column.label),
        "most": plus(figure.value or 0.0),
    }
    yield Saying(text=text, row="demand_since", column=column.label)


def _supply(page: FamilyPage) -> Iterator[Saying]:
    last = _pair(page, "supply_new", "supply_last", AHEAD)
    if last:
        yield _against(page, gettext("Supply"), _last_cycle(page, "supply_last"), last, "supply_new")


def _against(page: FamilyPage, what: str, base: str, pair: _Pair, row: str) -> Saying:
    """One row against another over the periods they share, and where they differ most."""
    at = pair.largest
    most = pair.left[at] - pair.right[at]
    column = pair.columns[at]
    values = {
        "what": what,
        "base": base,
        "deviation": deviation(pair.difference, sum(pair.right)),
        "months": periods_words(len(pair.columns)),
        "total": _amount(page, row, abs(pair.difference)),
        "month": period_words(column.label),
        "most": _over_under(page, row, most),
    }
    if abs(most) < TINY:
        text = gettext("%(what)s is what it was in %(base)s for %(months)s.")
    elif values["deviation"] == gettext("equal to"):
        text = gettext("%(what)s adds up to about the same as %(base)s over %(months)s, but %(month)s is %(most)s.")
    else:
        text = gettext(
            "%(what)s is %(deviation)s %(base)s for %(months)s, %(total)s in all; most in %(month)s: %(most)s."
        )
    return Saying(text=text % values, row=row, column=column.label)


def _short(page: FamilyPage) -> Iterator[Saying]:
    """The worst backlog ahead; a family that holds its service says so, to order by the old plan too."""
    backlog = _row(page, "backlog")
    worst = _extreme(page, backlog, largest=True)
    if page.old_plan and _row(page, "backlog_bookings") is not None:
        yield from _not_short(page)
    if backlog is None or worst is None:
        return
    column, figure = worst
    if (figure.value or 0.0) < TINY:
        first = next(c for c in page.columns if c.part is Part.NOW)
        yield Saying(text=gettext("Nothing is late in the plan."), row="backlog", column=first.label)
        return
    text = gettext("Late at the end of %(month)s: %(amount)s, the most in the plan.") % {
        "amount": _amount(page, "backlog", figure.value or 0.0),
        "month": period_words(column.label),
    }
    yield Saying(text=text, row="backlog", column=column.label, signal=True)


def _given_up(page: FamilyPage) -> Iterator[Saying]:
    """In which month the plan gives up most: a backlog that falls may be cured, or be given up."""
    most = _extreme(page, _row(page, "backlog_lost"), largest=True)
    if most is None or (most[1].value or 0.0) < TINY:
        return
    column, figure = most
    text = gettext("Given up in %(month)s, neither shipped nor waited for: %(amount)s, the most in the plan.") % {
        "amount": _amount(page, "backlog_lost", figure.value or 0.0),
        "month": period_words(column.label),
    }
    yield Saying(text=text, row="backlog_lost", column=column.label, signal=True)


def _not_short(page: FamilyPage) -> Iterator[Saying]:
    """That nothing is late in last cycle's plan, where it is so."""
    worst = _extreme(page, _row(page, "backlog_last"), largest=True)
    if worst is not None and (worst[1].value or 0.0) < TINY:
        yield Saying(text=gettext("Nothing is late in last cycle's plan."), row="backlog_last", column=worst[0].label)


def _booked(page: FamilyPage) -> Iterator[Saying]:
    """What the last month booked of what is made to order, and how much is booked for the months ahead."""
    booked, ahead = _row(page, "backlog_bookings"), _row(page, "backlog_booked")
    past = [k for k, column in enumerate(page.columns) if column.part is Part.PAST]
    amount = booked.figures[past[-1]].value if booked is not None and past else None
    if amount is None or ahead is None:
        return
    column, so_far = page.columns[past[-1]], [f.value for f in ahead.figures if f.value is not None]
    text = gettext("%(month)s booked %(amount)s; %(ahead)s are booked so far for the months ahead.") % {
        "month": period_words(column.label),
        "amount": _amount(page, "backlog_bookings", amount),
        "ahead": _amount(page, "backlog_booked", sum(so_far)),
    }
    yield Saying(text=text, row="backlog_bookings", column=column.label)


def _stock(page: FamilyPage) -> Iterator[Saying]:
    """The lowest cover ahead, and how stock then stands to safety stock."""
    days = _row(page, "inventory_days")
    lowest = _extreme(page, days, largest=False)
    if lowest is None:
        return
    column, figure = lowest
    values = {"days": written(figure, Written.TIME, Scale(1.0, 0, "")), "month": period_words(column.label)}
    if page.old_plan:
        text = gettext("By last cycle's plan stock is lowest at the end of %(month)s: %(days)s days of demand.")
        yield Saying(text=text % values, row="inventory_days", column=column.label)
        return
    gap = _pair(page, "inventory", "inventory_target", AHEAD)
    under = gap is not None and column in gap.columns and _under(gap, column)
    if gap is not None and under:
        at = gap.columns.index(column)
        values["gap"] = _amount(page, "inventory", gap.right[at] - gap.left[at])
        text = gettext("Stock is lowest at the end of %(month)s: %(days)s days of demand, %(gap)s under safety stock.")
    else:
        text = gettext("Stock is lowest at the end of %(month)s: %(days)s days of demand.")
    yield Saying(text=text % values, row="inventory_days", column=column.label, signal=bool(under))


def _under(gap: _Pair, column: Column) -> bool:
    at = gap.columns.index(column)
    return gap.right[at] - gap.left[at] >= TINY


def _made_last_month(page: FamilyPage) -> Iterator[Saying]:
    """What was made or bought in the last month, against its plan."""
    said = gettext("%(month)s made %(actual)s, %(deviation)s %(plan)s.")
    yield from _against_plan(page, "supply_actual", "supply_last", said)


def _late_last_month(page: FamilyPage) -> Iterator[Saying]:
    """What is made to order and was late at the end of the last month, and how many weeks of demand that is."""
    late, weeks = _row(page, "backlog_actual"), _row(page, "backlog_weeks")
    past = [k for k, column in enumerate(page.columns) if column.part is Part.PAST]
    if late is None or weeks is None or _row(page, "backlog_bookings") is None or not past:
        return
    column, amount, waits = page.columns[past[-1]], late.figures[past[-1]].value, weeks.figures[past[-1]].value
    if amount is None or waits is None or amount < TINY:
        return
    text = gettext("Late at the end of %(month)s: %(amount)s, %(weeks)s weeks of demand.") % {
        "month": period_words(column.label),
        "amount": _amount(page, "backlog_actual", amount),
        "weeks": number(waits, 1) if waits >= FEW_WEEKS else gettext("under %(weeks)s") % {"weeks": number(0.1, 1)},
    }
    yield Saying(text=text, row="backlog_actual", column=column.label, signal=True)


def _service(page: FamilyPage) -> Iterator[Saying]:
    """How many order lines were on time in the last month that had any, and where the plan ships least of what is due.

    Both are shares of other things, so neither is held against the other.
    """
    past = _row(page, "service_actual")
    known = [
        (column, figure.value)
        for column, figure in zip(page.columns, past.figures if past else (), strict=past is not None)
        if column.part is Part.PAST and figure.value is not None
    ]
    if known:
        (column, value), before = known[-1], [v for _, v in known[:-1]]
        text = gettext("%(month)s shipped %(share)s of its order lines on time in full%(before)s.") % {
            "month": period_words(column.label),
            "share": share(value),
            "before": gettext("; the months before it %(shares)s") % {"shares": named([share(v) for v in before], "")}
            if before
            else "",
        }
        yield Saying(text=text, row="service_actual", column=column.label)
    least = _extreme(page, _row(page, "service"), largest=False)
    if least is not None and (least[1].value or 0.0) < ALL:
        text = gettext("The plan ships least of what is due in %(month)s: %(share)s.") % {
            "month": period_words(least[0].label),
            "share": share(least[1].value or 0.0),
        }
        yield Saying(text=text, row="service", column=least[0].label)


def _last_month(page: FamilyPage) -> Iterator[Saying]:
    """What was asked for in the last month, against its plan."""
    said = gettext("%(month)s asked for %(actual)s, %(deviation)s %(plan)s.")
    yield from _against_plan(page, "demand_actual", "demand_last", said)


def _against_plan(page: FamilyPage, row: str, plan_row: str, said: str) -> Iterator[Saying]:
    pair = _pair(page, row, plan_row, (Part.PAST,))
    if pair is None:
        return
    column, actual, plan = pair.columns[-1], pair.left[-1], pair.right[-1]
    values = {
        "month": period_words(column.label),
        "plan": _plan_of(page, plan_row, column),
        "actual": _amount(page, row, actual),
        "deviation": deviation(actual - plan, plan),
    }
    yield Saying(text=said % values, row=row, column=column.label)


def _extreme(
    page: FamilyPage, row: Row | None, *, largest: bool, sized: Callable[[float], float] = float
) -> tuple[Column, Figure] | None:
    """The period ahead with the largest (or smallest) figure of a row; the first of them where several tie."""
    if row is None:
        return None
    ahead = [
        (column, figure)
        for column, figure in zip(page.columns, row.figures, strict=True)
        if column.part in AHEAD and figure.value is not None
    ]
    sign = -1.0 if largest else 1.0
    return min(ahead, key=lambda one: sign * sized(one[1].value or 0.0), default=None)


def _amount(page: FamilyPage, code: str, value: float) -> str:
    row = _row(page, code)
    return f"{short(value)} {row.unit}" if row else short(value)


def _plan_of(page: FamilyPage, code: str, column: Column) -> str:
    """The plan that a past month is held against, by the cycle that made it."""
    row = _row(page, code)
    origin = row.origins[page.columns.index(column)] if row is not None and row.origins else None
    if origin is None or not origin.cycle:
        return gettext("its plan")
    return gettext("the plan of %(month)s") % {"month": period_words(origin.cycle)}


def _over_under(page: FamilyPage, code: str, difference: float) -> str:
    values = {"amount": _amount(page, code, abs(difference))}
    return gettext("%(amount)s over") % values if difference > 0 else gettext("%(amount)s under") % values
