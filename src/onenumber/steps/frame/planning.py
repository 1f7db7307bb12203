"""What a supply plan is made from, read and pinned: the same for the proposal, every option and the final plan."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from onenumber.finance.prices import stream_prices
from onenumber.model.cube import Cube
from onenumber.model.finding import Finding, Severity
from onenumber.model.plan import plan_frame
from onenumber.model.sheet import Sheet, SheetKind
from onenumber.review.ground import Ground
from onenumber.review.naming import named_values, names_in
from onenumber.review.papers.carried import Ahead, Dropped, InForce, carried, dropped
from onenumber.review.papers.paper import Paper
from onenumber.steps.frame.context import Context
from onenumber.steps.frame.reading import Reader
from onenumber.steps.frame.urgent import amends_ahead
from onenumber.store.models import Cycle, DecisionRow, Plan
from onenumber.store.plans import both_names, names_of
from onenumber.supply.differences import Difference
from onenumber.supply.horizon import Horizon
from onenumber.supply.inputs import FACTS, SupplyInputs
from onenumber.supply.settings import SupplySettings

SETTINGS = SupplySettings(sell_without_source=True)
"""A sale is not refused because master data is missing: it is planned unchecked, and the finding says so."""


def supply_inputs(  # noqa: PLR0913 - what differs from the plan of what was agreed
    reader: Reader,
    cycle: Cycle,
    *,
    differences: tuple[Difference, ...] = (),
    withdrawn: Collection[str] = (),
    stage: str = "proposed",
    base: Sheet | None = None,
    tried: Cube | None = None,
) -> SupplyInputs:
    """Consensus, network, stock and prices of a cycle, under what earlier cycles decided but the papers ``withdrawn``.

    The optimum is sought from ``base``, the plan that the differences change; the proposal has none, and is sought from
    the final plan of the cycle before. ``tried`` is a demand that nobody agreed on yet, in place of the consensus.

    Raises:
        NoSheetError: if the consensus was not made, and no other demand is tried.
    """
    company = reader.need(SheetKind.COMPANY).tables
    history = reader.need(SheetKind.HISTORY)
    demand = reader.need(SheetKind.CONSENSUS).cube("consensus") if tried is None else tried
    frame = plan_frame(company["plan"])
    periods = frame.calendar.periods[cycle.index : cycle.index + demand.periods]
    before = reader.last(SheetKind.SUPPLY_PLAN, "final")
    return SupplyInputs(
        company=company,
        load={name: table for name, table in reader.need(SheetKind.LOAD).tables.items() if name in FACTS},
        frame=frame,
        cycle=cycle.index,
        demand=demand,
        booked=history.cube("booked"),
        backlog=history.table("backlog"),
        prices=stream_prices(company=company, axis=demand.axis, periods=periods, currency=frame.currency),
        differences=(*(one.now for one in in_force(reader, cycle, demand) if one.paper not in withdrawn), *differences),
        stage=stage,
        settings=SETTINGS,
        reference=before,
        start=base or before,
    )


def in_force(reader: Reader, cycle: Cycle, demand: Cube | None = None) -> tuple[InForce, ...]:
    """What earlier cycles decided, or was since, and still holds in this one, for the consensus or another demand."""
    before = reader.last(SheetKind.DECISION, "decided")
    if before is None:
        return ()
    return (*carried(before, _ahead(reader, cycle, demand)), *amends_ahead(reader.look, cycle))


def no_longer(reader: Reader, cycle: Cycle) -> tuple[Finding, ...]:
    """What earlier cycles decided and would hold in this one, were what it needs still in the master data."""
    before = reader.last(SheetKind.DECISION, "decided")
    gone = dropped(before, _ahead(reader, cycle)) if before is not None else ()
    names = names_of(cycle.plan) if gone else {}
    places = names_in(reader.need(SheetKind.COMPANY).tables) if gone else {}
    return tuple(
        Finding(
            code=one.code, severity=Severity.ATTENTION,
            values={"paper": one.paper, "option": one.option, "person": who_took(cycle.plan, one, names),
                    **named_values(one.values, places)},
        )
        for one in gone
    )  # fmt: skip


def who_took(plan: Plan, one: InForce | Dropped, names: Mapping[str, str]) -> str:
    """Who took a decision of an earlier cycle by name, and for whom as a deputy: sheets hold the deputy's key alone."""
    rows = DecisionRow.objects.filter(plan=plan, paper=one.paper, option=one.option, person=one.decided_by)
    row = rows.order_by("-at", "-pk").first()
    return both_names(names, one.decided_by, row.deputy_for if row is not None else "")


def _ahead(reader: Reader, cycle: Cycle, demand: Cube | None = None) -> Ahead:
    company = reader.need(SheetKind.COMPANY).tables
    demand = reader.need(SheetKind.CONSENSUS).cube("consensus") if demand is None else demand
    horizon = Horizon(calendar=plan_frame(company["plan"]).calendar, first=cycle.index, count=demand.periods)
    divisions: list[str] = demand.axis.groups("division")[0].tolist()
    return Ahead(company=company, horizon=horizon, divisions=divisions)


def solved(inputs: SupplyInputs) -> tuple[Sheet, tuple[Finding, ...]]:
    """The optimal plan for these inputs, with what could not be planned."""
    from onenumber.supply.plan import make_plan  # noqa: PLC0415 - the web process starts without the solver

    return make_plan(inputs)


def solved_each(context: Context, inputs: SupplyInputs, differences: Sequence[Difference]) -> Iterator[Sheet]:
    """The optimal plan under each difference beside those of the inputs, in their order, where the map does it."""
    from onenumber.supply.plan import make_plan  # noqa: PLC0415 - the web process starts without the solver

    each = [replace(inputs, differences=(*inputs.differences, difference)) for difference in differences]
    return (sheet for sheet, _ in context.map(make_plan, each))


def solved_papers(context: Context, inputs: SupplyInputs, papers: tuple[Paper, ...]) -> dict[tuple[str, str], Sheet]:
    """The plan of every option but doing nothing, which is the proposed plan itself."""
    wanted = [(paper, option) for paper in papers for option in paper.options if not option.is_nothing]
    different = list(dict.fromkeys(option.difference for _, option in wanted))
    plans: list[Sheet] = []
    for plan in solved_each(context, inputs, different):
        plans.append(plan)
        context.progress(len(plans), len(different), f"solving the options of {len(papers)} papers")
    plan_of = dict(zip(different, plans, strict=True))
    return {(paper.paper, option.option): plan_of[option.difference] for paper, option in wanted}


def ground_of(reader: Reader, cycle: Cycle) -> Ground:
    """Master data and facts of a cycle, for the review and what follows it."""
    company = reader.need(SheetKind.COMPANY).tables
    load = reader.need(SheetKind.LOAD).tables
    return Ground(company=company, load=load, frame=plan_frame(company["plan"]), cycle=cycle.index)
