"""Why last month's sales left the consensus, as far as one may see it, and what was said of it by whom."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import polars as pl

from onenumber.finance.budget import budget_in_force
from onenumber.finance.prices import stream_prices
from onenumber.model.axis import Axis
from onenumber.model.contract.empty import table_or_empty
from onenumber.model.cube import Cube
from onenumber.model.money import in_currency
from onenumber.model.reasons import TIMING
from onenumber.model.sheet import SheetKind
from onenumber.review.accuracy import measured
from onenumber.review.actuals import sales, without_sales
from onenumber.review.deviations import CUSTOMERS, PARTS, Deviation, Sold, deviations, total, unpriced
from onenumber.review.ground import Ground
from onenumber.rights.ask import mask, reads, refused_reading
from onenumber.rights.table import Figure
from onenumber.steps.frame.company_words import customers_at
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import Glance, glance
from onenumber.steps.frame.planning import ground_of
from onenumber.steps.frame.reading import Reader
from onenumber.steps.see.answers import Answerer, AnswersShown, Miss, Said, answers_shown
from onenumber.store.models import Cycle, SheetVersion
from onenumber.store.versions import Versions

BY = ("division", "family", "patch", "customer")
LABELS = {"customer": "planning_customer"}
"""What an axis calls a kind of group, where it is not called so."""
SALES = ("sales", "sales_mix", "budget")
"""Figures of Adherence whose answers explain sales, the one that says most first."""
KEPT_LINES = "service_requested"
"""The figure of Adherence whose answers explain what was asked and not delivered."""
NO_CONSENSUS, NOT_LOADED, NO_HISTORY = "no_consensus", "not_loaded", "no_history"
KEPT = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """A group's bridge in currency: consensus, the parts in their order, actual; its budget where it has one."""

    label: str
    name: str
    consensus: float
    parts: Mapping[str, float]
    actual: float
    budget: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """What of the gap has a reason: the customers' bars of a division, with what was said of them (None: nothing)."""

    name: str
    amount: float
    said: Said | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What was said of the month before, and whether it came true: of timing so or not, else whether it was kept since.

    ``short`` is what was missing then, ``came`` how far the month after was over (+) or under (-) its plan.
    """

    miss: Miss
    said: Said
    came_true: str
    short: float | None
    came: float | None
    plan: float | None
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """A customer that asked for nothing, and what the consensus had of it in currency."""

    customer: str
    name: str
    money: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviationsShown:
    """The bridge by one kind of group, and of all; what was said of it, and what came of the last explanation.

    ``base`` is the cycle whose consensus it starts from, a month ahead of the one that is measured. ``gone`` are the
    customers that asked for nothing; ``supply`` is what was said of orders not kept; ``unpriced`` counts streams that
    have no price. ``why`` it is not known, as a code; ``whole`` says whether it is the company's. ``answerers``: to the
    head of a division, who reads no answer to its figures, who gives them.
    """

    period: str
    by: str
    currency: str
    base: str = ""
    why: str = ""
    groups: tuple[Bars, ...] = ()
    all: Bars | None = None
    causes: tuple[Cause, ...] = ()
    unpriced: int = 0
    whole: bool = True
    claims: tuple[Claim, ...] = ()
    gone: tuple[Gone, ...] = ()
    supply: tuple[Said, ...] = ()
    answerers: tuple[Answerer, ...] = ()


def deviations_shown(context: Context, label: str = "", *, by: str = "division") -> DeviationsShown:
    """The bridge from consensus to actual of the month that a cycle measures; to who reads prices, over her part.

    Raises:
        NotAllowedError: if the person reads none.
    """
    if not reads(context.actor, Figure.PRICE):
        reason = "only who reads prices may"
        says = "see why sales left the plan"
        raise refused_reading(context.actor, says, figure=Figure.PRICE, whole=False, reason=reason)
    look = glance(context)
    cycle = look.cycle(label)
    frame, by = look.frame(cycle), by if by in BY else BY[0]
    period = frame.calendar[max(cycle.index - 1, 0)].label
    found = _bridged(look, cycle)
    if isinstance(found, str):
        return DeviationsShown(period=period, by=by, currency=frame.currency, why=found)
    seen = mask(look.actor, Figure.PRICE, axis=found.axis)
    rows = np.flatnonzero(seen)
    part = {kind: _groups(look, cycle, found, rows, kind) for kind in {by, "division"}}
    whole, told = replace(part[by][1], budget=part["division"][1].budget), answers_shown(look, cycle.label)
    return DeviationsShown(
        period=period, by=by, currency=frame.currency, base=frame.calendar[cycle.index - 2].label,
        groups=part[by][0], all=whole, causes=_causes(told, part["division"][0]), whole=bool(seen.all()),
        claims=_claims(look, cycle, told),
        unpriced=int(unpriced(_cut(found.sold, rows)).sum()), gone=_gone(look, cycle, found, rows),
        supply=_of_supply(told), answerers=told.others,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class _Month:
    """A month per stream, on an axis with the labels that they have today."""

    axis: Axis
    sold: Sold


def _bridged(look: Glance, cycle: Cycle) -> _Month | str:
    """The month, or why it is not known."""
    then = _consensus(look, cycle.index - 2)
    kinds = (SheetKind.HISTORY, SheetKind.LOAD, SheetKind.COMPANY)
    history, load, company = (look.version(kind, cycle) for kind in kinds)
    if history is None or load is None or company is None:
        return NO_HISTORY
    if then is None:
        return NO_CONSENSUS
    ground = ground_of(Reader(look, cycle), cycle)
    if measured(ground)[0] in without_sales(ground, first=measured(ground)[0]):
        return NOT_LOADED
    key = _Key(versions=look.versions, history=history.content, load=load.content, consensus=then, cycle=cycle.index)
    return _month(key, _Held(company.content, ground))


def _consensus(look: Glance, index: int) -> str | None:
    rows = SheetVersion.objects.filter(plan=look.plan, kind=SheetKind.CONSENSUS.value, cycle__index=index)
    return rows.order_by("-sequence").values_list("content", flat=True).first()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Key:
    versions: Versions
    history: str
    load: str
    consensus: str
    cycle: int


@dataclass(frozen=True, slots=True, eq=False)
class _Held:
    """What a month is made of beside sheets, known by the content of the company."""

    content: str
    ground: Ground

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and self.content == other.content

    def __hash__(self) -> int:
        return hash(self.content)


@lru_cache(maxsize=KEPT)
def _month(key: _Key, held: _Held) -> _Month:
    """The month per stream: the sheets that it stands in never change."""
    ground, period = held.ground, key.cycle - 1
    asked, said = key.versions.get(key.history).cube("demand_raw"), key.versions.get(key.consensus).cube("consensus")
    sold = sales(ground, first=period, end=period + 1)
    axis = _axis(asked.axis, said.axis, sold)
    out, back = (_sums(sold.filter(pl.col("returned") == back), axis) for back in (False, True))
    price = stream_prices(
        company=ground.company, axis=axis, periods=ground.frame.calendar.periods[period : period + 1],
        currency=ground.frame.currency,
    )[:, 0]  # fmt: skip
    unit = dict(ground.company["items"].select("item", "unit").iter_rows())
    scale = 10.0**-ground.decimals
    return _Month(axis=axis, sold=Sold(
        consensus=_column(said, axis, period), asked=_column(asked, axis, period), delivered=out[0], price=price,
        amount=out[1] * scale, returned=back[1] * scale,
        unit=np.array([unit.get(item, "") for item in axis.labels("item").tolist()], dtype=np.str_),
        buyer=np.char.add(np.char.add(axis.labels("planning_customer"), "|"), axis.labels("family")),
    ))  # fmt: skip


def _axis(*parts: Axis | pl.DataFrame) -> Axis:
    """Every stream of some axes and rows, with the labels of the first that has it."""
    names = ("item", "division", "family", "patch", "channel", "planning_customer")
    tables = [
        one.select("stream", *names)
        if isinstance(one, pl.DataFrame)
        else pl.DataFrame({"stream": one.keys.tolist(), **{name: one.labels(name).tolist() for name in names}})
        for one in parts
    ]
    every = pl.concat(tables).unique(subset="stream", keep="first", maintain_order=True).sort("stream")
    keys = np.array(every["stream"].to_list(), dtype=np.str_)
    return Axis("stream", keys, {name: np.array(every[name].to_list(), dtype=np.str_) for name in names})


def _column(cube: Cube, axis: Axis, period: int) -> np.ndarray:
    found = cube.axis.find(axis.keys)
    if period not in cube.indices:
        return np.zeros(len(axis))
    return np.where(found >= 0, cube.values[found, period - cube.first], 0.0)


def _sums(sold: pl.DataFrame, axis: Axis) -> tuple[np.ndarray, np.ndarray]:
    """Quantity and amount of some sales per stream; an amount that is not known adds nothing."""
    at = axis.find(np.array(sold["stream"].to_list(), dtype=np.str_))
    columns = (sold["quantity"].cast(pl.Float64), sold["amount"].cast(pl.Float64).fill_null(0.0))
    quantity, amount = (np.bincount(at, weights=one.to_numpy(), minlength=len(axis)) for one in columns)
    return quantity, amount


def _cut(sold: Sold, rows: np.ndarray) -> Sold:
    return Sold(**{name: getattr(sold, name)[rows] for name in Sold.__slots__})


def _groups(look: Glance, cycle: Cycle, month: _Month, rows: np.ndarray, by: str) -> tuple[tuple[Bars, ...], Bars]:
    frame = look.frame(cycle)
    decimals, labels = frame.currency_decimals, month.axis.labels(LABELS.get(by, by))[rows]
    found = deviations(_cut(month.sold, rows), labels, decimals=decimals) if len(rows) else ()
    names, budget = _names(look, cycle, by), _budget(look, cycle, _cut_off(month, rows)) if by == "division" else {}
    groups = tuple(_bars(one, names.get(one.label, one.label), budget.get(one.label), decimals) for one in found)
    known = [one.budget for one in groups if one.budget is not None]
    whole = sum(known) if known and len(known) == len(groups) else None
    every = _bars(total(found), "", None, decimals)
    ordered = sorted(groups, key=lambda one: (one.actual - one.consensus, one.label))
    return tuple(ordered), Bars(
        label="", name="", consensus=every.consensus, parts=every.parts, actual=every.actual, budget=whole
    )


def _gone(look: Glance, cycle: Cycle, month: _Month, rows: np.ndarray) -> tuple[Gone, ...]:
    """The customers that the consensus had something of and that asked for nothing, the largest first."""
    sold = _cut(month.sold, rows)
    customers, of = np.unique(month.axis.labels("planning_customer")[rows], return_inverse=True)
    asked = np.bincount(of, weights=sold.asked, minlength=len(customers))
    worth = np.bincount(of, weights=np.nan_to_num(sold.price) * sold.consensus, minlength=len(customers))
    names = _names(look, cycle, "customer")
    found = [
        Gone(customer=str(customers[k]), name=names.get(customers[k], str(customers[k])), money=float(worth[k]))
        for k in np.flatnonzero((asked <= 0) & (worth > 0)).tolist()
    ]
    return tuple(sorted(found, key=lambda one: -one.money))


def _bars(one: Deviation, name: str, budget: float | None, decimals: int) -> Bars:
    return Bars(
        label=one.label, name=name, consensus=in_currency(one.consensus, decimals=decimals),
        parts={part: in_currency(one.parts[part], decimals=decimals) for part in PARTS},
        actual=in_currency(one.actual, decimals=decimals), budget=budget,
    )  # fmt: skip


def _names(look: Glance, cycle: Cycle, by: str) -> Mapping[str, str]:
    if by == "customer":
        return customers_at(look, cycle)
    tables = {"division": "divisions", "family": "families", "patch": "patches"}
    rows = table_or_empty(look.company(cycle), tables[by]).select(by, "name").iter_rows()
    return {key: name for key, name in rows if name}


def _cut_off(month: _Month, rows: np.ndarray) -> frozenset[str]:
    """The divisions of which she sees a part only: their budget is of the whole, so nothing can be held against it."""
    return frozenset(np.delete(month.axis.labels("division"), rows).tolist())


def _budget(look: Glance, cycle: Cycle, cut_off: frozenset[str]) -> dict[str, float]:
    """Budgeted revenue of the month by division, of those that she sees as a whole."""
    frame = look.frame(cycle)
    lines = table_or_empty(look.company(cycle), "budget_lines")
    rows = budget_in_force(lines, calendar=frame.calendar, decimals=frame.currency_decimals)
    mine = rows.filter((pl.col("account") == "revenue") & (pl.col("period") == cycle.index - 1))
    return {
        place: in_currency(amount, decimals=frame.currency_decimals)
        for place, amount in mine.select("place", "budget").iter_rows()
        if place not in cut_off
    }


def _causes(shown: AnswersShown, groups: tuple[Bars, ...]) -> tuple[Cause, ...]:
    """The customers' bars of each division with what its owner said: those that nobody explained last."""
    told = {one.key: one for one in shown.misses}
    found = []
    for bars in groups:
        misses = [told[figure, bars.label] for figure in SALES if (figure, bars.label) in told]
        said = next((miss.said[-1] for miss in misses if miss.said), None)
        found.append(Cause(name=bars.name, amount=sum(bars.parts[part] for part in CUSTOMERS), said=said))
    return tuple(sorted(found, key=lambda one: (one.said is None, -abs(one.amount))))


def _of_supply(shown: AnswersShown) -> tuple[Said, ...]:
    """What the owners of service said last of orders that did not come by the date asked for, each sentence once."""
    misses = (miss for miss in shown.misses if miss.key[0] == KEPT_LINES and miss.said)
    last = (miss.said[-1] for miss in misses)
    return tuple({(one.person, one.text): one for one in last}.values())


def _claims(look: Glance, cycle: Cycle, shown: AnswersShown) -> tuple[Claim, ...]:
    """What was said of sales a month before, each with whether it came true; what was of timing first."""
    sheet = look.sheet(SheetKind.ADHERENCE, cycle)
    earlier = [one for one in shown.earlier if one.key[0] in SALES and one.said]
    if sheet is None:
        return ()
    now = {(row["figure"], row["scope"]): row for row in sheet.table("figures").iter_rows(named=True)}
    found = [_claim(one, one.said[-1], now.get(("sales", one.key[1]))) for one in earlier]
    return tuple(sorted(found, key=lambda one: (one.said.code not in TIMING, one.miss.key)))


def _claim(miss: Miss, said: Said, now: Mapping[str, object] | None) -> Claim:
    plan, actual = (float(str(now[name])) if now and now[name] is not None else None for name in ("plan", "actual"))
    came = actual - plan if plan is not None and actual is not None else None
    short = miss.plan - miss.actual if miss.plan is not None and miss.actual is not None else None
    return Claim(
        miss=miss, said=said, short=short, came=came, plan=plan, unit=str(now["unit"]) if now else "",
        came_true=_came_true(miss, said, came),
    )  # fmt: skip


def _came_true(miss: Miss, said: Said, came: float | None) -> str:
    """Of timing: what did not come must come on top of the next month's plan, what came early must lack in it."""
    if said.code in TIMING and came is not None:
        wanted = -1.0 if said.code == "TIM-PULL" else 1.0
        return "true" if came * wanted > 0 else "false"
    kept = miss.since[-1][1] if miss.since else None
    return "unknown" if kept is None else "kept" if kept else "again"
