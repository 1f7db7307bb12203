"""What people did in the closed cycles, from what was known then and what each of them is like.

Every answer is plain values for the real steps: what to type where, what news to share, how to answer for a breach,
which option to take. The same company, cycle and sheet give the same answers; chance was thrown with the world.

=================  =================================================================================
Elif Demir         accepts the baseline before the season and lifts pumps and reels a little in it; her
                   news of the last cycles is right, her figures do not follow it
Kwame Mensah       his changes help: he knows most of what his large customers will need
Hannah Lindqvist   accepts the baseline; had a second patch until it was handed over
Mateo Vargas       overstates by 20 % in 9 of 12 cycles
Sofia Novak        tinkers: a few per cent up or down on many lines
Yusuf Haddad       took a patch over half a year ago, too hopeful at first, once late
=================  =================================================================================
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from onenumber.model.cube import Cube, Values
from onenumber.sample.catalogue import PLANT_2
from onenumber.sample.clock import CLOSED
from onenumber.sample.company import Company
from onenumber.sample.customers import CUSTOMERS, PATCHES, planning_customer
from onenumber.sample.people import BEFORE, HANDED_OVER, HANDOVER, PLANNER, PLANT_MANAGERS, SELLERS
from onenumber.sample.threads import kept, leaving, signals
from onenumber.sample.world import World

Place = Mapping[str, str]
MODEST = (2, 6, 9)
"""Closed cycles, counted from the first, in which the optimist does not overstate."""
OVERSTATED = 20.0
KNOWN_SHARE, WORTH_A_CHANGE, HELPED_PERIODS = 0.8, 0.08, 4
TINKERED, TINKER_PERCENT = 8, 3.0
LATE_CYCLE = 8
"""Closed cycle, counted from the first, in which the new owner misses the cut-off."""
HOPE_PERCENT, HOPE_CYCLES = 9.0, 2
SEASON_PERCENT = 4.0
EDITED_PERIODS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One typed change: where (attributes of streams), from which period (calendar index) on, how, why and by whom."""

    layer: str
    patch: str
    person: str
    place: Place
    first: int
    periods: int
    mode: str
    value: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One news item of a salesperson; ``likely`` is in percent of the baseline.

    ``first`` is how many months after the cycle's own it begins, ``periods`` how many it lasts; None: she names none.
    """

    patch: str
    kind: str
    text: str
    place: Place
    person: str = ""
    likely: float | None = None
    probability: float | None = None
    in_number: bool = False
    first: int | None = None
    periods: int | None = None
    left_out: str = ""  # why the planner leaves it out of the plan; empty: nothing is decided


SAID: Mapping[int, tuple[Word, ...]] = MappingProxyType(
    {
        -5: (
            Word(
                patch="P2", kind="win", place={"planning_customer": "C10", "family": "DOS"},
                text="Lechtal Dosiertechnik: contract for D 1 and D 2 won, two years, from the month after next",
                likely=30.0, probability=0.9, in_number=True, first=2,
            ),
        ),
        -4: (
            Word(
                patch="P4", kind="promotion", place={"planning_customer": "C24", "family": "POF"},
                text="Brico Horizon has a promotion of pool filters next month", likely=25.0, probability=0.9,
                first=1, periods=1, left_out="no order for it is in the books yet",
            ),
        ),
        -3: (
            Word(
                patch="P4", kind="tender", place={"patch": "P4", "family": "POF"},
                text="Large tender for filters, decided in half a year", likely=40.0, probability=0.3,
                first=6, left_out="three bidders, and it is far",
            ),
        ),
        -1: (
            Word(
                patch=leaving.PATCH, kind="customer_stock", place={"planning_customer": leaving.CUSTOMER},
                text="Hagen Heimwerk: the buyer says their stock is full, orders come later",
                likely=-30.0, probability=0.5, first=0, periods=1,
                left_out="timing, the sales leader says: it comes next month",
            ),
        ),
        0: (
            Word(
                patch=leaving.PATCH, kind="loss", place={"planning_customer": leaving.CUSTOMER},
                text="Hagen Heimwerk tests a competitor's range in all stores; I do not expect them back this year",
                likely=-100.0, probability=0.8,
            ),
        ),
    }
)  # fmt: skip
"""What is said in which cycle, counted from the current one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One answer for a figure of Adherence of the month before the cycle."""

    figure: str
    scope: str
    person: str
    code: str
    text: str
    action: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A patch in one cycle: whose it is, the baseline of its streams, and what chance lets her feel."""

    world: World
    patch: str
    person: str
    cycle: int
    baseline: Cube
    rows: npt.NDArray[np.int64] = field(repr=False)

    @property
    def ago(self) -> int:
        """Which of the closed cycles it is, counted from the first."""
        return self.cycle - self.world.clock.now + CLOSED

    @property
    def whims(self) -> Values:
        """Standard normal numbers of this patch and cycle."""
        patch = [key for key, _, _ in PATCHES].index(self.patch)
        thrown: Values = self.world.whims[patch, self.ago]
        return thrown

    def groups(self) -> list[tuple[str, str]]:
        """Family and planning customer of the patch's streams, each pair once, in order."""
        attributes = self.baseline.axis.attributes
        names = zip(
            attributes["family"][self.rows].tolist(),
            attributes["planning_customer"][self.rows].tolist(),
            strict=True,
        )
        return sorted(set(names))

    def call(self, place: Place, percent: float, reason: str, *, first: int = 1, periods: int = EDITED_PERIODS) -> Call:
        """A change in percent, from ``first`` periods after the cycle's."""
        return Call(
            layer="L2", patch=self.patch, person=self.person, place={"patch": self.patch, **place},
            first=self.cycle + first, periods=periods, mode="percent", value=round(percent, 1), reason=reason,
        )  # fmt: skip


def owner(company: Company, patch: str, cycle: int) -> str:
    """Who owns a patch on the first day of a cycle.

    Example:
        >>> import datetime as dt
        >>> from onenumber.sample.company import make_company
        >>> c = make_company(rng=np.random.Generator(np.random.PCG64(1)), as_of=dt.date(2026, 11, 1))
        >>> owner(c, "P6", 41), owner(c, "P6", 42)
        ('lindqvist', 'haddad')
    """
    early = patch == HANDED_OVER and cycle < company.world.clock.now + HANDOVER
    return BEFORE if early else SELLERS[patch]


def late_patches(company: Company, cycle: int) -> tuple[str, ...]:
    """Patches that submit nothing before the cut-off of a cycle."""
    return (HANDED_OVER,) if cycle == company.world.clock.now - CLOSED + LATE_CYCLE else ()


def sales_calls(company: Company, *, cycle: int, baseline: Cube) -> tuple[Call, ...]:
    """What all salespeople type as L2 in a closed cycle, patch by patch, given the frozen baseline."""
    calls: list[Call] = []
    for patch, _, _ in PATCHES:
        rows = np.flatnonzero(baseline.axis.attributes["patch"] == patch)
        if not len(rows) or patch in late_patches(company, cycle):
            continue
        desk = Desk(
            world=company.world, patch=patch, person=owner(company, patch, cycle), cycle=cycle, baseline=baseline,
            rows=rows,
        )  # fmt: skip
        calls.extend(HABITS[desk.person](desk))
    return tuple(calls)


def _accepts(desk: Desk) -> list[Call]:
    del desk
    return []


def _lifts_the_season(desk: Desk) -> list[Call]:
    """A little more of pumps and reels for the next months, when these are in season and she knows of no loss."""
    if any(
        word.patch == desk.patch and word.kind == "loss" for word in SAID.get(desk.cycle - desk.world.clock.now, ())
    ):
        return []
    season = desk.baseline.values[desk.rows][:, 1 : 1 + EDITED_PERIODS].sum()
    usual = desk.baseline.values[desk.rows].sum() * EDITED_PERIODS / desk.baseline.periods
    if season <= usual:
        return []
    present = {family for family, _ in desk.groups()}
    percents = np.round(SEASON_PERCENT + desk.whims[:2], 1).tolist()
    lifted = zip(("GPU", "HOS"), percents, strict=True)
    return [desk.call({"family": f}, value, "season orders expected") for f, value in lifted if f in present]


def _helps(desk: Desk) -> list[Call]:
    """Moves a family of a customer most of the way to what will be needed, where that is worth a change."""
    calls = []
    truth = expected_demand(desk.world, desk.baseline)
    for k, (family, customer) in enumerate(desk.groups()):
        rows = _rows_at(desk, family, customer)
        told = float(desk.baseline.values[rows, 1 : 1 + HELPED_PERIODS].sum())
        needed = float(truth[rows, 1 : 1 + HELPED_PERIODS].sum())
        if told <= 0 or abs(needed / told - 1) < WORTH_A_CHANGE:
            continue
        percent = (needed / told - 1) * 100 * KNOWN_SHARE + float(desk.whims[k % len(desk.whims)])
        place = {"family": family, "planning_customer": customer}
        calls.append(desk.call(place, percent, "customer told us its programme", periods=HELPED_PERIODS))
    return calls


def _overstates(desk: Desk) -> list[Call]:
    """A fifth more of everything, but for three cycles."""
    if desk.ago in MODEST:
        return []
    families = sorted({family for family, _ in desk.groups()})
    return [
        desk.call({"family": family}, OVERSTATED + float(desk.whims[k]), "strong pipeline")
        for k, family in enumerate(families)
    ]


def _tinkers(desk: Desk) -> list[Call]:
    """A few per cent here and there."""
    groups = desk.groups()
    chosen = np.argsort(desk.whims[: len(groups)], kind="stable")[:TINKERED].tolist()
    return [
        desk.call(
            {"family": groups[k][0], "planning_customer": groups[k][1]},
            float(np.clip(TINKER_PERCENT * desk.whims[-1 - n], -4.5, 4.5)),
            "feeling",
            periods=1,
        )
        for n, k in enumerate(chosen)
    ]


def _hopes(desk: Desk) -> list[Call]:
    """Too much in the first cycles after taking over, then the baseline."""
    if desk.ago >= CLOSED + HANDOVER + HOPE_CYCLES:
        return []
    families = sorted({family for family, _ in desk.groups()})
    return [desk.call({"family": family}, HOPE_PERCENT, "first visits went well") for family in families]


HABITS: Mapping[str, Callable[[Desk], list[Call]]] = MappingProxyType(
    {
        "demir": _lifts_the_season,
        "mensah": _helps,
        "lindqvist": _accepts,
        "vargas": _overstates,
        "novak": _tinkers,
        "haddad": _hopes,
    }
)
"""The habit of each salesperson."""


def _rows_at(desk: Desk, family: str, customer: str) -> npt.NDArray[np.int64]:
    attributes = desk.baseline.axis.attributes
    here = (attributes["family"] == family) & (attributes["planning_customer"] == customer)
    return np.flatnonzero(here & (attributes["patch"] == desk.patch))


def expected_demand(world: World, like: Cube) -> Values:
    """What is truly to be expected of each stream in each period of a cube: for habits and tests, never for a step.

    Streams are item and planning customer; a stream that nobody buys is zero. A cube of a closed cycle gets what could
    be foreseen then.
    """
    mean = world.pairs.mean if like.first >= world.clock.now else world.foreseen.mean
    names = [planning_customer(customer) for customer in CUSTOMERS]
    keys = [f"{item}|{names[c]}" for item, c in zip(world.pairs.item, world.pairs.customer.tolist(), strict=True)]
    at = like.axis.find(keys)
    known = at >= 0
    total = np.zeros(like.values.shape)
    np.add.at(total, at[known], mean[known][:, like.first : like.first + like.periods])
    return total


def planner_calls(company: Company, *, cycle: int, baseline: Cube) -> tuple[Call, ...]:
    """What the planner types as L4: after the six weeks without stock she lifts the item, once it is made again."""
    clock = company.world.clock
    if cycle != clock.now + signals.OUT_MONTH + 2 or signals.OUT_ITEM not in baseline.axis.attributes["item"].tolist():
        return ()
    call = Call(
        layer="L4", patch="", person=PLANNER, place={"item": signals.OUT_ITEM}, first=cycle + 1, periods=EDITED_PERIODS,
        mode="percent", value=15.0, reason="history is low because there was no stock",
    )  # fmt: skip
    return (call,)


def news(company: Company, *, cycle: int) -> tuple[Word, ...]:
    """What salespeople share in a cycle, the open one included."""
    said = SAID.get(cycle - company.world.clock.now, ())
    return tuple(replace(word, person=owner(company, word.patch, cycle)) for word in said)


def reply(company: Company, *, figure: str, scope: str, person: str, period: int) -> Reply | None:
    """How the owner answers for a breach of a figure in a month (calendar index); None: not at all.

    The manager of plant 2 has not answered for last month. The sales leader explained the month before as timing.
    """
    clock = company.world.clock
    if period == clock.now + kept.MONTH and person == PLANT_MANAGERS[PLANT_2]:
        return None
    if period == clock.now + kept.MONTH - 1 and figure.startswith("sales") and scope == leaving.DIVISION:
        month = f"{clock.calendar[clock.now + kept.MONTH].start:%B %Y}"  # as she would write it
        text = f"Timing: Hagen Heimwerk moved its order, it comes in {month}."
        return Reply(figure=figure, scope=scope, person=person, code="TIM-PUSH", text=text)
    code, text, action = _EVERYDAY[figure.split("_", maxsplit=1)[0]]
    return Reply(figure=figure, scope=scope, person=person, code=code, text=text, action=action)


_EVERYDAY = MappingProxyType(
    {
        "sales": ("CUS-SHARE", "Some customers ordered more, others less than planned; no lasting change.", ""),
        "production": ("SUP-LATE", "Sequence was changed for late material.", "Weekly look at open material."),
        "inventory": ("FC-BIAS", "Less was sold than planned and production followed late.", "Next plan takes it out."),
        "service": ("SUP-STOCKOUT", "Lines waited for production.", "Order review twice a week."),
        "budget": ("MKT-GROWTH", "Volume against budget, prices as planned.", ""),
    }
)
"""Reason code, text and action of an ordinary answer, by the first word of the figure."""


def precedence(company: Company, *, cycle: int, line: str) -> str:
    """The division that the executive lets go first on a line whatever its price, none: "".

    Once in the closed cycles: on large assembly, for the month of its overhaul.

    Example:
        >>> from onenumber.sample.company import make_company
        >>> import datetime as dt
        >>> c = make_company(rng=np.random.Generator(np.random.PCG64(1)), as_of=dt.date(2026, 11, 1))
        >>> precedence(c, cycle=46, line="L21"), precedence(c, cycle=46, line="L11")
        ('GAR', '')
    """
    mine = cycle == company.world.clock.now + kept.DECIDED and line == kept.CONTENDED_LINE
    return kept.FAVOURED if mine else ""


def choose(options: Mapping[str, Mapping[str, float | None]]) -> str:
    """The option that the executive takes: most margin less cost, the first by name among equals.

    ``options`` maps an option to its ``margin`` and ``cost``; what is not known counts as none gained, none spent.

    Example:
        >>> choose({"a": {"margin": 100.0, "cost": 30.0}, "b": {"margin": 90.0, "cost": 0.0}})
        'b'
    """
    worth = {name: (row.get("margin") or 0.0) - (row.get("cost") or 0.0) for name, row in options.items()}
    return min(sorted(worth), key=lambda name: -worth[name])
