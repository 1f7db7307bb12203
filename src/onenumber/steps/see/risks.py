"""Risks and opportunities: the news that is not in the number, with what it would mean; and the news that is."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from onenumber.errors.rights import NotAllowedError
from onenumber.finance.valuation import value_cells
from onenumber.model.axis import Rows
from onenumber.model.cube import Cube
from onenumber.model.money import in_currency
from onenumber.model.plan import PlanFrame
from onenumber.model.sheet import SheetKind
from onenumber.review.naming import Names, place_words
from onenumber.rights.ask import mask, reads
from onenumber.rights.roles import sees_all
from onenumber.rights.table import Figure
from onenumber.steps.frame.company_words import names_at
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.glance import Glance, glance
from onenumber.steps.frame.layers import inside
from onenumber.steps.frame.news import LAYER, Heard, Stand, heard_in
from onenumber.steps.frame.unit_values import Master, prices
from onenumber.store.layers import edits_of
from onenumber.store.models import Cycle, Layer

OPEN = (Stand.OUT, Stand.UNDECIDED)
"""What is not in the number."""
MUCH = 0.5
"""Share of the baseline beyond which news moves a cell only with the sales leader's approval (domain.md 7.3.4)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """What news means where the person may see it, if it comes whole: minus is a risk, plus an opportunity.

    Units are null where they are unlike, revenue where the person reads no prices or none is known; ``coverage`` is
    the share of the cells whose price is known. ``of_year`` is what of the revenue falls in the fiscal year of the
    cycle, against whose budget it is held.
    """

    units: float | None
    unit: str
    revenue: float | None
    coverage: float
    of_year: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsShown:
    """One news: its number, where it stands and why, what it says of which place and months, how sure, and by whom.

    The amount is null where nobody said one, or there is no baseline; months are empty where it has none in the
    horizon; ``because`` is the planner's reason, empty before a decision. ``of`` is the earlier cycle in which it was
    shared, empty for this one's own; its number is of that cycle. ``where`` is its place by attribute.
    """

    number: int
    of: str
    stand: Stand
    because: str
    kind: str
    text: str
    place: str
    first: str
    last: str
    author: str
    patch: str
    probability: float | None
    amount: Amount | None
    where: Mapping[str, str] = field(default_factory=dict)

    @property
    def expected(self) -> float | None:
        """Probability times revenue, in currency; None where either is not known."""
        revenue = self.amount.revenue if self.amount is not None else None
        return None if revenue is None or self.probability is None else revenue * self.probability


@dataclass(frozen=True, slots=True, kw_only=True)
class RisksShown:
    """The news of a cycle, and what lives on in it, that is not in the number, and that which is.

    Without any, the currency is not looked up.

    ``whole``: whether amounts are of the company, not of the person's part; ``beyond``: how many cells of L3 move by
    more than half of their baseline.
    """

    cycle: str
    currency: str
    whole: bool
    risks: tuple[NewsShown, ...]
    taken: tuple[NewsShown, ...]
    beyond: int


def risks_shown(context: Context, label: str = "") -> RisksShown:
    """The news of a cycle: of the whole company, or else what touches the person's part and what she shared herself.

    Raises:
        NotAllowedError: if the person reads no volume.
    """
    if not reads(context.actor, Figure.VOLUME):
        reason = "only who reads volumes may"
        raise NotAllowedError(person=context.actor.called, verb="read risks", where="", reason=reason)
    look = glance(context)
    cycle = look.cycle(label)
    told, whole = heard_in(look, cycle), sees_all(context.actor)
    if not told:
        return RisksShown(cycle=cycle.label, currency="", whole=whole, risks=(), taken=(), beyond=0)
    desk, called = _Desk.of(look, cycle), (context.names(), names_at(look, cycle))
    whole = whole or desk.reads_all()
    shown = [_shown(one, desk, *called) for one in told if desk.sees(one)]
    return RisksShown(
        cycle=cycle.label, currency=desk.frame.currency, whole=whole, beyond=desk.beyond(cycle),
        risks=tuple(one for one in shown if one.stand in OPEN),
        taken=tuple(one for one in shown if one.stand not in OPEN),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """What news is held against: the baseline of the cycle (None before it is made), prices, and who looks."""

    look: Glance
    baseline: Cube | None
    frame: PlanFrame
    master: Master | None
    year: int

    @classmethod
    def of(cls, look: Glance, cycle: Cycle) -> "_Desk":
        forecast, company = look.sheet(SheetKind.FORECAST, cycle), look.company_version(cycle)
        frame = look.frame(cycle)
        return cls(
            look=look, frame=frame, year=frame.calendar[cycle.index].fiscal_year,
            baseline=forecast.cube("L1") if forecast is not None else None,
            master=Master(company.content, look.versions.get(company.content).tables) if company is not None else None,
        )  # fmt: skip

    def reads_all(self) -> bool:
        """Whether she reads the volumes of every stream, as a plant does that serves them all."""
        return self.baseline is not None and bool(mask(self.look.actor, Figure.VOLUME, axis=self.baseline.axis).all())

    def rows(self, one: Heard, figure: Figure) -> Rows:
        """The streams of its place that she reads in a class of figure."""
        if self.baseline is None:
            return np.array([], dtype=np.int64)
        axis = self.baseline.axis
        return np.flatnonzero(inside(axis, one.row.place) & mask(self.look.actor, figure, axis=axis))

    def sees(self, one: Heard) -> bool:
        """Whether it is hers to read."""
        actor = self.look.actor
        return sees_all(actor) or one.row.author == actor.person or bool(len(self.rows(one, Figure.VOLUME)))

    def change(self, one: Heard, rows: Rows, likely: float) -> Cube | None:
        """What it would change in some streams; None where it has no month in the horizon."""
        if self.baseline is None or not len(rows) or not (columns := one.columns(self.baseline)):
            return None
        part = self.baseline.take(rows).cut(self.baseline.first + columns.start, len(columns))
        return replace(part, measure="change", values=part.values * (likely / 100.0))

    def amount(self, one: Heard) -> Amount | None:
        """What it means where she may see it."""
        if one.likely is None:
            return None
        change = self.change(one, self.rows(one, Figure.VOLUME), one.likely)
        if change is None:
            return None
        units = np.unique(change.units).tolist()
        like = len(units) == 1
        priced = self.change(one, self.rows(one, Figure.PRICE), one.likely)
        revenue, coverage = self._revenue(priced)
        return Amount(
            units=float(change.values.sum()) if like else None, unit=units[0] if like else "", revenue=revenue,
            coverage=coverage, of_year=self._of_year(priced) if revenue is not None else None,
        )  # fmt: skip

    def _of_year(self, change: Cube | None) -> float | None:
        """The revenue of the months that lie in the fiscal year; 0 where none of them does."""
        months = (
            [] if change is None else [k for k in change.indices if self.frame.calendar[k].fiscal_year == self.year]
        )
        if change is None or not months:
            return 0.0
        return self._revenue(change.cut(months[0], len(months)))[0]

    def _revenue(self, change: Cube | None) -> tuple[float | None, float]:
        if change is None or self.master is None:
            return None, 0.0
        periods = tuple(self.frame.calendar[k] for k in change.indices)
        price = prices(self.master, change.axis, periods, self.frame.currency)
        money = value_cells(change, price, decimals=self.frame.currency_decimals)
        known = money.known[change.values != 0]
        coverage = float(known.mean()) if known.size else 1.0
        return (in_currency(money.total(), decimals=self.frame.currency_decimals) if coverage else None), coverage

    def beyond(self, cycle: Cycle) -> int:
        """How many cells that she sees L3 moves by more than :data:`MUCH` of their baseline."""
        version = self.look.version(SheetKind.FORECAST, cycle)
        base = version.content if version is not None else ""
        layer = Layer.objects.filter(plan=cycle.plan_id, cycle=cycle, code=LAYER, base=base).first()
        if self.baseline is None or layer is None:
            return 0
        typed = edits_of([layer])[LAYER].cube(self.baseline)
        hers = mask(self.look.actor, Figure.VOLUME, axis=self.baseline.axis)
        return int((np.abs(typed.values) > MUCH * self.baseline.values)[hers].sum())


def _shown(one: Heard, desk: _Desk, names: Mapping[str, str], places: Names) -> NewsShown:
    columns = one.columns(desk.baseline) if desk.baseline is not None else range(0)
    first = desk.baseline.first if desk.baseline is not None else 0
    months = [desk.frame.calendar[first + k].label for k in columns]
    return NewsShown(
        number=one.number, of=one.of, stand=one.stand, because=one.decided.reason if one.decided is not None else "",
        kind=one.row.kind, text=one.row.text, place=place_words(one.row.place, places), patch=one.row.patch,
        first=months[0] if months else "", last=months[-1] if months else "",
        author=names.get(one.row.author, one.row.author), probability=one.probability, amount=desk.amount(one),
        where=dict(one.row.place),
    )  # fmt: skip
