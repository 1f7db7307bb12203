"""Decision papers as who decides reads them: the question, what is at risk, and every option with its price."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from onenumber.errors.store import NoSheetError
from onenumber.model.finding import Finding
from onenumber.model.money import in_currency
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.model.sheet_names import sheet_said
from onenumber.review.ground import Ground
from onenumber.review.naming import name_of
from onenumber.review.papers.compare import CUSTOMERS, MOVED, sides
from onenumber.review.papers.words import Change, change_in
from onenumber.review.words import question_finding, unpriced_finding
from onenumber.rights.ask import refused_reading
from onenumber.rights.roles import reads_papers
from onenumber.rights.table import Figure
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.decisions import BUDGET, settled, waiting
from onenumber.steps.frame.glance import Glance, glance
from onenumber.steps.frame.planning import in_force, no_longer, who_took
from onenumber.steps.frame.reading import MADE_BY, Reader
from onenumber.steps.see.options import money_of
from onenumber.steps.see.sent_back import sent_back_shown
from onenumber.store.models import Cycle, DecisionRow
from onenumber.store.plans import both_names
from onenumber.supply.differences import Precedence, from_json

LOOKED_AT = 24
"""Decisions of earlier cycles among which the last turn is looked for."""
OPEN, AGAIN = "open", "to be decided again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What an option brings a division against doing nothing.

    Revenue is None where nothing of it has a price, late units where the units are unlike.
    """

    division: str
    revenue: float | None
    late_units: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """A customer whom an option serves more or earlier, or less or later, than doing nothing does."""

    name: str
    division: str
    revenue: float | None
    late_units: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionShown:
    """One option: what it changes, in currency what it costs, units lost and late, who gains and who waits.

    ``worth`` is what the sales that it gains are worth: ``net_cost = extra_cost + waiting_cost - worth``.
    ``served`` and ``waiting`` are the customers on both sides, those whom it moves most first.

    A cost is None where what it needs has no price or cost, units where they are unlike.
    """

    option: str
    change: Change
    worth: float | None
    waiting_cost: float | None
    extra_cost: float | None
    net_cost: float | None
    lost_units: float | None
    late_units: float | None
    gains: tuple[Effect, ...]
    waits: tuple[Effect, ...]
    served: tuple[Touched, ...] = ()
    waiting: tuple[Touched, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What a paper on who goes first says beside its options: the line, how long a turn holds, what others keep.

    ``floor`` is the share of its claim that every other division keeps; ``last`` the turn that was given last to
    divisions that compete now (None: none was), ``last_paper`` and ``lost`` its paper and who waited.
    """

    resource: str
    until: str
    floor: float
    last: Change | None
    last_paper: str
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of a paper: how it was settled, with which option (empty: none), by whom and on which day."""

    how: str
    option: str
    who: str
    day: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperShown:
    """One paper; ``state`` is open, to be decided again, or what was decided by whom.

    ``turn`` is there where it asks who goes first; ``taken`` once it was settled, also where it is to be again.
    """

    paper: str
    question: Finding
    money_at_risk: float | None
    deadline: dt.date
    level: str
    recommended: str
    default: str
    state: str
    options: tuple[OptionShown, ...]
    turn: Turn | None = None
    taken: Taken | None = None

    @property
    def open(self) -> bool:
        """Whether it waits to be decided, for the first time or again."""
        return self.state == OPEN or self.state.startswith(AGAIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldShown:
    """What an earlier cycle decided and is in force: its paper and option, who took it, and what it changes."""

    paper: str
    option: str
    decided_by: str
    change: Change


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersShown:
    """The papers of a cycle, what earlier ones left in force, and what of it master data does not offer any more.

    ``sent_back`` are papers of earlier cycles that went back to somebody. ``unpriced`` says why the money of some
    papers is not known; None where that of all is.
    """

    currency: str
    papers: tuple[PaperShown, ...]
    held: tuple[HeldShown, ...]
    dropped: tuple[Finding, ...]
    unpriced: Finding | None
    sent_back: tuple[Finding, ...]


def papers_shown(context: Context, label: str = "") -> PapersShown:
    """The papers of a cycle with their options, to who reads the costs of the whole company.

    Raises:
        NotAllowedError: if she does not.
        NoSheetError: if no papers were prepared, and none of an earlier cycle is owed.
    """
    if not reads_papers(context.actor):
        reason = "only who reads the costs of the whole company may"
        raise refused_reading(context.actor, "read decision papers", figure=Figure.COST, whole=True, reason=reason)
    look = glance(context)
    cycle = look.cycle(label)
    sheet = look.sheet(SheetKind.DECISION, cycle, "papers")
    back = sent_back_shown(look, label)
    if sheet is None:
        if not back:
            said = sheet_said("decision", "papers")
            raise NoSheetError(kind=said, cycle=cycle.label, step=MADE_BY[SheetKind.DECISION])
        currency = look.frame(cycle).currency
        return PapersShown(currency=currency, papers=(), held=(), dropped=(), unpriced=None, sent_back=back)
    ground = Ground(company=look.company(cycle), load={}, frame=look.frame(cycle), cycle=cycle.index)
    taken = taken_in(look, cycle)
    states = _states(look, cycle, taken)
    held = tuple(
        HeldShown(
            paper=one.paper, option=one.option, decided_by=who_took(look.plan, one, look.names()),
            change=change_in(one.now, ground),
        )
        for one in in_force(Reader(look, cycle), cycle)
    )  # fmt: skip
    rows = sheet.table("papers").iter_rows(named=True)
    turns = turns_of(look, cycle, sheet, ground)
    made = (paper_of(row, sheet, ground, states.get(row["paper"], OPEN)) for row in rows)
    papers = tuple(replace(one, turn=turns.get(one.paper), taken=taken.get(one.paper)) for one in made)
    dropped = no_longer(Reader(look, cycle), cycle)
    return PapersShown(
        currency=ground.frame.currency, papers=papers, held=held, dropped=dropped, unpriced=unpriced_finding(sheet),
        sent_back=back,
    )  # fmt: skip


def turns_of(look: Glance, cycle: Cycle, sheet: Sheet, ground: Ground) -> dict[str, Turn]:
    """What the papers that ask who goes first say beside their options."""
    calendar, found = ground.frame.calendar, dict[str, Turn]()
    asked: dict[str, list[Precedence]] = {}
    for paper, text in sheet.table("options").select("paper", "difference").iter_rows():
        difference = from_json(text)
        if isinstance(difference, Precedence):
            asked.setdefault(paper, []).append(difference)
    before = list(_turns_before(look, cycle)) if asked else []
    for paper, options in asked.items():
        one, divisions = options[0], set(options[0].order)
        last = next(((key, old) for key, old in before if len(divisions & set(old.order)) > 1), None)
        names = ground.names
        found[paper] = Turn(
            resource=name_of("resource", one.resource, names),
            until=calendar[one.first + one.periods - 1].label, floor=one.floor_share,
            last=change_in(last[1], ground) if last else None, last_paper=last[0] if last else "",
            lost=tuple(name_of("division", name, names) for name in last[1].order[1:]) if last else (),
        )  # fmt: skip
    return found


def _turns_before(look: Glance, cycle: Cycle) -> Iterator[tuple[str, Precedence]]:
    """The turns that earlier cycles gave, the last one first, each with its paper."""
    rows = DecisionRow.objects.filter(plan=look.plan, cycle__index__lt=cycle.index).exclude(option="")
    lines = rows.exclude(paper__startswith=BUDGET).order_by("-cycle__index", "-pk")
    for row in lines[:LOOKED_AT]:
        options = look.versions.get(row.papers_hash).table("options")
        mine = options.filter((pl.col("paper") == row.paper) & (pl.col("option") == row.option))
        for text in mine["difference"].to_list():
            difference = from_json(text)
            if isinstance(difference, Precedence):
                yield row.paper, difference


def dropped_decisions(context: Context, label: str = "") -> tuple[Finding, ...]:
    """What earlier cycles decided and this one plans without, because master data does not offer it any more.

    Nothing to who reads no papers, and before there is a consensus to plan for.
    """
    look = glance(context)
    cycle = look.cycle(label)
    if not reads_papers(context.actor) or look.sheet(SheetKind.CONSENSUS, cycle) is None:
        return ()
    return no_longer(Reader(look, cycle), cycle)


def taken_in(look: Glance, cycle: Cycle) -> dict[str, Taken]:
    """What became of the papers and budget lines of a cycle that were settled, by their keys."""
    names = look.names()
    return {
        row.paper: Taken(
            how=row.how, option=row.option, who=both_names(names, row.person, row.deputy_for),
            day=look.day_of(row.at),
        )
        for row in settled(look, cycle)
    }  # fmt: skip


def _states(context: Context, cycle: Cycle, taken: Mapping[str, Taken]) -> dict[str, str]:
    said = {paper: f"{one.option or one.how} by {one.who}" for paper, one in taken.items()}
    return said | {one.paper: f"{AGAIN} (was {said[one.paper]})" for one in waiting(context, cycle).moved}


def paper_of(row: Mapping[str, Any], sheet: Sheet, ground: Ground, state: str) -> PaperShown:
    """A paper of a sheet by its row, with where it stands."""
    mine = pl.col("paper") == row["paper"]
    effects, options = sheet.table("effects").filter(mine), sheet.table("options").filter(mine).sort("option")
    return PaperShown(
        paper=row["paper"], question=question_finding(row, ground), money_at_risk=_money(row["money_at_risk"], ground),
        deadline=row["deadline"], level=row["level"], recommended=row["recommended"], default=row["default_option"],
        state=state,
        options=tuple(_option(one, effects, _customers(sheet, mine), ground) for one in options.iter_rows(named=True)),
    )  # fmt: skip


def _customers(sheet: Sheet, mine: pl.Expr) -> pl.DataFrame:
    """The customers that the options of a paper move; none in a sheet of an older version."""
    return sheet.tables.get("customers", pl.DataFrame(schema=CUSTOMERS)).filter(mine)


def _option(row: Mapping[str, Any], effects: pl.DataFrame, customers: pl.DataFrame, ground: Ground) -> OptionShown:
    served, waiting_ = _touched(customers.filter(pl.col("option") == row["option"]), ground)
    mine = effects.filter(pl.col("option") == row["option"]).sort("division")
    gains, waits = sides(mine, least=10**ground.decimals)  # of money: less comes of cents at leaves
    change = change_in(from_json(row["difference"]), ground)
    return OptionShown(
        option=row["option"], change=change, **money_of(row, ground),
        lost_units=row["lost_units"], late_units=row["late_units"],
        gains=_effects(gains, ground), waits=_effects(waits, ground), served=served, waiting=waiting_,
    )  # fmt: skip


def _touched(rows: pl.DataFrame, ground: Ground) -> tuple[tuple[Touched, ...], tuple[Touched, ...]]:
    """The customers on both sides, whom an option moves most first."""
    size = [pl.col("revenue").abs().fill_null(0), pl.col("late_units").abs().fill_null(0.0)]
    ordered = rows.sort(*size, "customer", descending=[True, True, False], maintain_order=True)
    names = ground.names
    both = sides(ordered, least=10**ground.decimals)
    found = (
        tuple(
            Touched(
                name=name_of("customer", one["customer"], names),
                division=name_of("division", one["division"], names), revenue=_money(one["revenue"], ground),
                late_units=one["late_units"],
            )
            for one in side.iter_rows(named=True)
        )
        for side in both
    )  # fmt: skip
    served, waits = found
    return served, waits


def _effects(rows: pl.DataFrame, ground: Ground) -> tuple[Effect, ...]:
    names = ground.names
    return tuple(
        Effect(
            division=name_of("division", division, names),
            revenue=_money(revenue, ground),
            late_units=0.0 if late is not None and abs(late) < MOVED else late,
        )
        for division, revenue, late in rows.select("division", "revenue", "late_units").iter_rows()
    )


def _money(minor: int | None, ground: Ground) -> float | None:
    return None if minor is None else in_currency(minor, decimals=ground.decimals)
