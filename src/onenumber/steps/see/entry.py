"""What a salesperson enters: her customers by family, first those that need her, with all that bears on the figure."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from onenumber.consensus.collect import WITH_HER, PatchState
from onenumber.consensus.entry import apart, half_range, surprise
from onenumber.cycle.calendar import due
from onenumber.cycle.phases import Phase
from onenumber.model.axis import Rows
from onenumber.model.cube import State
from onenumber.rights.ask import Thing, may, reads, refused_reading
from onenumber.rights.roles import patches_led, patches_sold
from onenumber.rights.table import Figure
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.days import week_at
from onenumber.steps.frame.glance import Glance, glance, rows_in
from onenumber.steps.frame.order_lines import order_book
from onenumber.steps.frame.submissions import states
from onenumber.steps.see.buyers import Odd, Silent, StandsOut, stands_out
from onenumber.steps.see.entry_ground import Ground, Promised, ground_of
from onenumber.steps.see.risks import OPEN, NewsShown, risks_shown
from onenumber.store.models import Cycle, SubmissionRow

MONTHS = 6
"""Months ahead that she says one figure for."""
SPARK = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryMonth:
    """One month of a line: baseline, what stands, what is booked, and what was called for it last.

    ``back``: what was carried in it was put back to the baseline in this cycle.
    """

    label: str
    baseline: float
    now: float
    booked: float
    last: float | None
    typed: bool
    carried: bool
    back: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """A planning customer and family: past demand, what is booked, and of the months ahead each figure and their sums.

    ``unit`` is empty where the items share none; then no sum says anything. ``low`` and ``high`` are the 80 % range of
    the baseline. ``mine`` are the sequences of her edits that stand in it, which can be taken back; ``score`` is money
    x surprise, 0 where nothing is in question. ``last`` was called in ``called_in``, ``promised`` is the answer of the
    plan of ``answered_in`` to the call of its own cycle.
    """

    customer: str
    customer_name: str
    family: str
    family_name: str
    patch: str
    unit: str
    past: tuple[float, ...]
    months: tuple[EntryMonth, ...]
    low: float
    high: float
    promised: Promised | None
    called_in: str
    answered_in: str
    news: tuple[NewsShown, ...]
    silent: bool
    odd: bool
    mine: tuple[int, ...]
    money: float | None
    score: float

    @property
    def place(self) -> tuple[str, str]:
        """The line by its keys."""
        return self.customer, self.family

    @property
    def baseline(self) -> float:
        """Of the months together."""
        return sum(one.baseline for one in self.months)

    @property
    def now(self) -> float:
        """What stands, of the months together."""
        return sum(one.now for one in self.months)

    @property
    def booked(self) -> float:
        """Of the months together."""
        return sum(one.booked for one in self.months)

    @property
    def last(self) -> float | None:
        """What was called last for these months, as far as that call reached; None where there was none."""
        known = [one.last for one in self.months if one.last is not None]
        return sum(known) if known else None

    @property
    def typed(self) -> bool:
        """Whether she typed in it in this cycle."""
        return any(one.typed for one in self.months)

    @property
    def carried(self) -> bool:
        """Whether what she typed earlier stands in it and waits to be confirmed."""
        return any(one.carried for one in self.months)

    @property
    def back(self) -> bool:
        """Whether somebody put it back to the baseline in this cycle, and nothing else was typed in it."""
        return not self.typed and not self.carried and any(one.back for one in self.months)


@dataclass(frozen=True, slots=True, kw_only=True)
class PatchStand:
    """Where one of her patches stands, who sent it back and why, and whether she may type and hand it in now."""

    patch: str
    name: str
    state: PatchState
    at: dt.datetime | None
    person: str
    note: str
    writes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrySeen:
    """Her patches and their lines, the one that weighs most first; what stands out; and the last edit she is shown.

    ``called_in`` is the cycle of the last call that is not this one's; empty where there was none.
    """

    cycle: str
    labels: tuple[str, ...]
    horizon: tuple[str, ...]
    patches: tuple[PatchStand, ...]
    rows: tuple[EntryRow, ...]
    out: StandsOut
    sequence: int
    currency: str
    until: dt.date
    called_in: str


def entry_seen(context: Context, label: str = "") -> EntrySeen:
    """Her lines in a cycle.

    Raises:
        NotAllowedError: if no patch is hers to enter.
        NoSheetError: if there is no baseline yet.
    """
    look = glance(context)
    cycle = look.cycle(label)
    patches = patches_to_enter(look)
    if not patches or not reads(look.actor, Figure.VOLUME):
        reason = "no patch is theirs to enter"
        raise refused_reading(look.actor, "enter a sales forecast", figure=Figure.VOLUME, whole=False, reason=reason)
    ground = ground_of(look, cycle, patches, months=MONTHS)
    book = order_book(look, cycle)
    out = stands_out(look, cycle, book)
    told = _told(look, cycle)
    rows = [_row(ground, rows, out, told) for rows in ground.groups()]
    frame = look.frame(cycle)
    week = week_at(look, cycle)
    return EntrySeen(
        cycle=cycle.label, labels=ground.labels, horizon=ground.horizon,
        patches=tuple(_stands(look, cycle, patches)),
        rows=tuple(sorted(rows, key=lambda one: (-one.score, -(one.money or 0.0), one.customer_name, one.family))),
        out=out, sequence=ground.board.layer.last_sequence, currency=frame.currency,
        until=due("submit", period=frame.calendar[cycle.index], week=week),
        called_in=ground.called_in,
    )  # fmt: skip


def patches_to_enter(look: Glance) -> tuple[str, ...]:
    """The patches that are the person's to enter: those she sells in, and a leader's that have no salesperson."""
    actor = look.actor
    return tuple(sorted(patches_sold(actor) | patches_led(actor).difference(actor.owned)))


def _stands(look: Glance, cycle: Cycle, patches: Collection[str]) -> list[PatchStand]:
    rows, names = rows_in(look, SubmissionRow, cycle), dict(look.company(cycle)["patches"]["patch", "name"].iter_rows())
    known, last = states(cycle, rows), {row.patch: row for row in rows}
    people, found = look.names(), []
    for patch in patches:
        state, row = known.get(patch, PatchState.OPEN), last.get(patch)
        open_ = state in WITH_HER
        found.append(
            PatchStand(
                patch=patch,
                name=names.get(patch) or patch,
                state=state,
                at=row.at if row is not None else None,
                person=people.get(row.person, row.person) if row is not None else "",
                note=row.note if row is not None else "",
                writes=open_ and may(look.actor, "submit", phase=Phase(cycle.phase), thing=Thing(patch=patch)),
            )
        )
    return found


def _told(look: Glance, cycle: Cycle) -> tuple[NewsShown, ...]:
    shown = risks_shown(look, cycle.label)
    return (*shown.risks, *shown.taken)


def _row(ground: Ground, rows: Rows, out: StandsOut, told: Collection[NewsShown]) -> EntryRow:
    customer, family = ground.label("planning_customer", rows), ground.label("family", rows)
    months = tuple(_month(ground, rows, k) for k in range(len(ground.labels)))
    news = tuple(one for one in told if ground.touches(one.where, rows, customer=customer, family=family))
    silent = _is_in(customer, out.silent)
    odd = any(one.planning_customer == customer and one.family == family for one in out.odd)
    promised, money = ground.promised(customer, family), ground.money(rows)
    baseline, now = sum(one.baseline for one in months), sum(one.now for one in months)
    last = [one.last for one in months if one.last is not None]
    carried = apart(baseline, now) if any(one.carried for one in months) else 0.0
    refused = promised is not None and promised.short > 0.0
    booked = sum(one.booked for one in months)
    score = surprise(
        booked=apart(now, booked) if booked > now else 0.0,
        gap=apart(sum(one.baseline for one in months if one.last is not None), sum(last) if last else None),
        carried=carried, silent=silent, told=sum(one.stand in OPEN for one in news) + odd + refused,
    )  # fmt: skip
    half = half_range(*(cube[rows][:, : len(months)] for cube in (ground.low, ground.high)))
    return EntryRow(
        customer=customer, customer_name=ground.name("customers", customer), family=family,
        family_name=ground.name("families", family), patch=ground.label("patch", rows), unit=ground.unit(rows),
        past=tuple(ground.past[rows, -SPARK:].sum(axis=0).tolist()), months=months,
        low=max(baseline - half, 0.0), high=baseline + half, promised=promised,
        called_in=ground.called_in, answered_in=ground.answered_in, news=news, silent=silent, odd=odd,
        mine=ground.mine(rows), money=money, score=score * (money if money is not None else baseline),
    )  # fmt: skip


def _is_in(customer: str, silent: Collection[Silent | Odd]) -> bool:
    return any(one.planning_customer == customer for one in silent)


def _month(ground: Ground, rows: Rows, k: int) -> EntryMonth:
    board = ground.board
    there = board.cube.state[rows, k] == State.PRESENT
    return EntryMonth(
        label=ground.labels[k], baseline=float(board.baseline.values[rows, k].sum()),
        now=float(board.shown.values[rows, k].sum()), booked=float(ground.booked[rows, k].sum()),
        last=ground.last(ground.label("planning_customer", rows), ground.label("family", rows), k),
        typed=bool((there & ~board.carried[rows, k]).any()), carried=bool(board.carried[rows, k].any()),
        back=bool(board.back[rows, k].any()),
    )  # fmt: skip


def place_named(customer: str, family: str) -> Mapping[str, str]:
    """A line as the place of an edit or of news."""
    return {"planning_customer": customer, "family": family}
