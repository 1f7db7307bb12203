"""The team of a sales leader: where each patch stands, the biggest moves against the baseline, and who said why."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from onenumber.consensus.collect import GIVEN, PatchState
from onenumber.cycle.calendar import due
from onenumber.finance.valuation import value_cells
from onenumber.model.axis import Axis, Rows
from onenumber.model.contract.empty import table_or_empty
from onenumber.model.cube import Cube, State
from onenumber.model.money import in_currency
from onenumber.model.sheet import SheetKind
from onenumber.model.validity import latest_on
from onenumber.review.naming import name_of
from onenumber.rights.ask import mask, reads, refused_reading
from onenumber.rights.roles import leads_everybody, leads_sales, patches_led
from onenumber.rights.table import Figure
from onenumber.steps.frame.company_words import names_at
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.days import week_at
from onenumber.steps.frame.glance import Glance, glance
from onenumber.steps.frame.layers import inside
from onenumber.steps.frame.standing import edits_alone
from onenumber.steps.frame.submissions import states
from onenumber.steps.frame.unit_values import Master, prices
from onenumber.store.layers import LOCKS, edits_of, unpack
from onenumber.store.models import Cycle, EditRow, Layer, News, SubmissionRow

MOST = 8
LEAST = 0.005
"""Share of the baseline of a place from which on a figure has moved it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PatchLine:
    """A patch: whose it is, where it stands since when and by whom, with which sentence, and whether that is late.

    ``reads_skill``: whether who looks reads the skill of its salesperson.
    """

    patch: str
    name: str
    owner: str
    owner_name: str
    state: PatchState
    by: str
    on: dt.date | None
    note: str
    late: bool
    reads_skill: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a figure moved: the sentence, and who said it; ``news`` where it was shared as news."""

    person: str
    text: str
    news: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What a patch says of a customer's family over the horizon beyond the baseline: in units and in money.

    Units are None where they are unlike, money where nothing of it has a price. ``offered``: it is carried from last
    month, and nobody handed it in yet;
    ``place`` is the customer's family page.
    """

    patch: str
    place: str
    customer: str
    family: str
    unit: str
    was: float | None
    now: float | None
    money: float | None
    offered: bool
    why: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamSeen:
    """The patches of an organisation and its biggest moves; ``sums`` are figure and baseline in money, if both are.

    ``moves`` is None before there is a baseline; ``whole`` how many places moved in all.
    """

    cycle: str
    currency: str
    cut_off: dt.date
    patches: tuple[PatchLine, ...]
    moves: tuple[Move, ...] | None
    whole: int
    sums: tuple[float, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unready:
    """How many patches are not handed in, and until when they may be; ``early``: that day is not over."""

    patches: int
    cut_off: dt.date
    early: bool


def unready(look: Glance, cycle: Cycle) -> Unready:
    """What closing the sales input now would fill by a default."""
    given = states(cycle)
    left = [one for one in look.company(cycle)["patches"]["patch"].to_list() if given.get(one) not in GIVEN]
    cut_off = _cut_off(look, cycle)
    return Unready(patches=len(left), cut_off=cut_off, early=look.today <= cut_off)


def _cut_off(look: Glance, cycle: Cycle) -> dt.date:
    return due("submit", period=look.frame(cycle).calendar[cycle.index], week=week_at(look, cycle))


def team_seen(context: Context, label: str = "") -> TeamSeen:
    """The team of who leads sales; to who plans the company all patches.

    Raises:
        NotAllowedError: if the person does neither.
    """
    if not (context.actor.plans_all and reads(context.actor, Figure.PRICE)):
        reason = "only who plans the company may"
        raise refused_reading(context.actor, "see the sales team", figure=Figure.PRICE, whole=True, reason=reason)
    look = glance(context)
    cycle = look.cycle(label)
    frame, cut_off = look.frame(cycle), _cut_off(look, cycle)
    patches = _patches(look, cycle, cut_off)
    moves = _Moves.of(look, cycle, [one.patch for one in patches])
    return TeamSeen(
        cycle=cycle.label, currency=frame.currency, cut_off=cut_off, patches=patches,
        moves=tuple(moves.biggest()) if moves is not None else None,
        whole=len(moves.groups) if moves is not None else 0, sums=moves.sums if moves is not None else None,
    )  # fmt: skip


def _patches(look: Glance, cycle: Cycle, cut_off: dt.date) -> tuple[PatchLine, ...]:
    company = look.company(cycle)
    names, owners = look.names(), {}
    if "patch_owners" in company:
        owners = dict(latest_on(company["patch_owners"], look.today, ["patch"]).select("patch", "person").iter_rows())
    last = {row.patch: row for row in SubmissionRow.objects.filter(cycle=cycle).order_by("pk")}
    handed = {row.patch: row for row in last.values() if row.state == PatchState.SUBMITTED.value}
    handed |= {
        row.patch: row
        for row in SubmissionRow.objects.filter(cycle=cycle, state=PatchState.SUBMITTED.value).order_by("pk")
    }
    hers = _hers(look)
    skilled = _skilled(look, sorted(owners))
    return tuple(
        _patch(
            look, patch, name or patch, owner=owners.get(patch) or "", last=last.get(patch),
            late=_is_late(look, cut_off, last.get(patch), handed.get(patch)), names=names, skilled=skilled,
        )
        for patch, name in table_or_empty(company, "patches").select("patch", "name").sort("patch").iter_rows()
        if hers is None or patch in hers
    )  # fmt: skip


def _hers(look: Glance) -> frozenset[str] | None:
    """The patches of her organisation; None where she sees every one."""
    if not leads_sales(look.actor) or leads_everybody(look.actor):
        return None
    return patches_led(look.actor)


def _skilled(look: Glance, patches: Sequence[str]) -> set[str]:
    keys = np.array(patches, dtype=np.str_)
    seen = mask(look.actor, Figure.SKILL, axis=Axis("patch", keys, {"patch": keys}))
    return set(keys[seen].tolist())


def _patch(  # noqa: PLR0913 - what is known of one patch
    look: Glance, patch: str, name: str, *, owner: str, last: SubmissionRow | None, late: bool,
    names: Mapping[str, str], skilled: set[str],
) -> PatchLine:  # fmt: skip
    return PatchLine(
        patch=patch, name=name, owner=owner, owner_name=names.get(owner, owner),
        state=PatchState(last.state) if last is not None else PatchState.OPEN,
        by=names.get(last.person, last.person) if last is not None else "",
        on=look.day_of(last.at) if last is not None else None, note=last.note if last is not None else "",
        late=late, reads_skill=bool(owner) and patch in skilled,
    )  # fmt: skip


def _is_late(look: Glance, cut_off: dt.date, last: SubmissionRow | None, handed: SubmissionRow | None) -> bool:
    """Whether it was handed in after the cut-off, or is not and the cut-off has passed."""
    given = last is not None and PatchState(last.state) in GIVEN
    if given and handed is not None:
        return look.day_of(handed.at) > cut_off
    return look.today > cut_off or (last is not None and last.state == PatchState.DEFAULTED.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moves:
    """The sales layer of a cycle beside its baseline, where somebody typed in it, by patch, customer and family."""

    look: Glance
    cycle: Cycle
    layer: Layer
    sales: Cube
    baseline: Cube
    money: np.ndarray
    known: np.ndarray
    offered: np.ndarray
    groups: tuple[Rows, ...]
    sums: tuple[float, float] | None

    @classmethod
    def of(cls, look: Glance, cycle: Cycle, patches: Sequence[str]) -> "_Moves | None":
        base, company = look.version(SheetKind.FORECAST, cycle), look.company_version(cycle)
        if base is None or company is None:
            return None
        baseline, frame = look.versions.get(base.content).cube("L1"), look.frame(cycle)
        layers = Layer.objects.filter(plan=cycle.plan_id, cycle=cycle, code="L2", base=base.content)
        layer = layers.first() or Layer(plan_id=cycle.plan_id, cycle=cycle, code="L2", base=base.content)
        edits = edits_of([layer])["L2"]
        typed, hers = edits.cube(baseline), np.isin(baseline.axis.labels("patch"), list(patches))
        there = (typed.state == State.PRESENT) & hers[:, None]
        values = np.where(there, typed.values, baseline.values)
        sales = Cube("L2", values, baseline.state, baseline.axis, baseline.first, baseline.units)
        master = Master(company.content, look.versions.get(company.content).tables)
        price = prices(master, baseline.axis, tuple(frame.calendar[k] for k in baseline.indices), frame.currency)
        said, was = (value_cells(one, price, decimals=frame.currency_decimals) for one in (sales, baseline))
        carried, decimals = edits.carried(baseline.values.shape), frame.currency_decimals
        whole = [in_currency(int(one.minor[hers].sum()), decimals=decimals) for one in (said, was)]
        return cls(
            look=look, cycle=cycle, layer=layer, sales=sales, baseline=baseline, money=said.minor - was.minor,
            known=said.known & was.known, offered=(there & carried).any(axis=1), groups=tuple(_groups(sales, baseline)),
            sums=(whole[0], whole[1]) if bool(said.known[hers].any()) else None,
        )  # fmt: skip

    def biggest(self) -> Iterator[Move]:
        """The places that moved most: by money where all of them have a price, else what is priced comes first."""
        size = [(abs(int(self.money[rows].sum())), self._units(rows)) for rows in self.groups]
        order = sorted(range(len(size)), key=lambda k: (-size[k][0], -size[k][1]))[:MOST]
        edits = edits_alone([self.layer]) if order and self.layer.pk else []
        news = list(News.objects.filter(cycle=self.cycle)) if order else []
        said = states(self.cycle)
        return (self._move(self.groups[k], edits, news, said) for k in order)

    def _named(self, kind: str, key: str) -> str:
        return name_of(kind, key, names_at(self.look, self.cycle))

    def _units(self, rows: Rows) -> float:
        return float(np.abs(self.sales.values[rows] - self.baseline.values[rows]).sum())

    def _move(self, rows: Rows, edits: Sequence[EditRow], news: Sequence[News], said: Mapping[str, PatchState]) -> Move:
        axis, decimals = self.baseline.axis, self.look.frame(self.cycle).currency_decimals
        units = np.unique(self.baseline.units[rows]).tolist()
        was, now = (float(one.values[rows].sum()) for one in (self.baseline, self.sales))
        alike, patch = len(units) == 1, str(axis.labels("patch")[rows[0]])
        known = bool(self.known[rows].any())
        return Move(
            patch=patch,
            place=f"planning_customer:{axis.labels('planning_customer')[rows[0]]}",
            customer=self._named("customer", str(axis.labels("planning_customer")[rows[0]])),
            family=self._named("family", str(axis.labels("family")[rows[0]])),
            unit=units[0] if alike else "",
            was=was if alike else None, now=now if alike else None,
            money=in_currency(int(self.money[rows].sum()), decimals=decimals) if known else None,
            offered=bool(self.offered[rows].any()) and said.get(patch, PatchState.OPEN) not in GIVEN,
            why=tuple(self._why(rows, edits, news)),
        )  # fmt: skip

    def _why(self, rows: Rows, edits: Sequence[EditRow], news: Sequence[News]) -> Iterator[Reason]:
        names, axis = self.look.names(), self.baseline.axis
        found: dict[tuple[str, str, bool], None] = {}
        for edit in edits:
            if edit.reason and edit.mode not in LOCKS and np.isin(rows, unpack(edit.leaves).rows).any():
                found[edit.author, edit.reason, False] = None
        for one in news:
            if one.in_number and inside(axis, one.place)[rows].any():
                found[one.author, one.text, True] = None
        return (Reason(person=names.get(who, who), text=text, news=is_news) for who, text, is_news in found)


def _groups(sales: Cube, baseline: Cube) -> Iterator[Rows]:
    """The streams of each patch, customer and family whose figure is another than the baseline's."""
    axis = sales.axis
    codes = np.zeros(len(axis), dtype=np.int64)
    for name in ("patch", "planning_customer", "family"):
        labels, of = axis.groups(name)
        codes = codes * len(labels) + of
    moved = np.abs(sales.values - baseline.values).sum(axis=1)
    _, group = np.unique(codes, return_inverse=True)
    change = np.bincount(group, weights=moved)
    base = np.bincount(group, weights=np.abs(baseline.values).sum(axis=1))
    for k in np.flatnonzero((change > LEAST * base) & (change > LEAST)):
        yield np.flatnonzero(group == k)
