"""An independent pass over the answer: balances, limits, bounds and the objective, from the network alone.

It knows no matrix: every rule is written again over the arrays of the answer, so a fault in a constraint shows.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from onenumber.errors.supply import PlanCheckError
from onenumber.supply.horizon import Floats, Ints
from onenumber.supply.network import BESIDE_EMERGENCY, Network

LIMIT = 1e-6
"""Largest violation allowed, relative to the largest figure of its row and at least absolute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """The worst violation of one rule: absolute where figures are under 1, else relative to the largest in the row."""

    name: str
    worst: float
    limit: float = LIMIT

    @property
    def ok(self) -> bool:
        """Whether the rule is kept."""
        return self.worst <= self.limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Flows:
    """What the answer means in the cells: receipts and uses per cell and period, each (cells x periods), units."""

    made: Floats
    bought: Floats
    moved_in: Floats
    moved_out: Floats
    used: Floats
    outflow: Floats


def flows(network: Network, answer: Mapping[str, Floats]) -> Flows:
    """Receipts by kind (released and confirmed included), uses by the bill of materials and what goes to streams."""
    acts, cells, nodes = network.activities, network.cells, network.nodes
    arriving, shape = answer["receive"], cells.safety.shape
    begun = started(network, arriving)
    into = {
        kind: _summed(arriving[acts.kind == kind], acts.cell[acts.kind == kind], shape)
        for kind in ("make", "buy", "move")
    }
    taken = acts.input_amount * begun[acts.input_activity, acts.input_t]
    is_move = acts.kind[acts.input_activity] == "move"
    return Flows(
        made=into["make"] + cells.firm_made,
        bought=into["buy"] + cells.firm_bought,
        moved_in=into["move"],
        moved_out=_placed(taken[is_move], acts.input_cell[is_move], acts.input_t[is_move], shape),
        used=_placed(taken[~is_move], acts.input_cell[~is_move], acts.input_t[~is_move], shape),
        outflow=_summed(answer["ship"], nodes.edge_cell, shape),
    )


def started(network: Network, arriving: Floats) -> Floats:
    """What is started, ordered or sent in each period for what arrives in each, (activities x periods), units."""
    begun = np.zeros(arriving.shape)
    for t in range(arriving.shape[1]):
        begun += arriving[:, t : t + 1] * network.activities.starts[:, t, :]
    return begun


def _summed(values: Floats, rows: Ints, shape: tuple[int, ...]) -> Floats:
    total = np.zeros(shape)
    np.add.at(total, rows, values)
    return total


def _placed(values: Floats, rows: Ints, t: Ints, shape: tuple[int, ...]) -> Floats:
    total = np.zeros(shape)
    np.add.at(total, (rows, t), values)
    return total


def _worst(gap: Floats, *scales: Floats) -> float:
    if not gap.size:
        return 0.0
    scale = np.maximum.reduce([np.ones(gap.shape), *(np.abs(s) for s in scales)])
    return float((gap / scale).max(initial=0.0))


def check(
    network: Network, answer: Mapping[str, Floats], *, charged: Mapping[str, Floats], firm_periods: int,
    objective: float, bound: float,
) -> tuple[Check, ...]:  # fmt: skip
    """Every rule with its worst violation, and whether objective and dual bound meet what the answer costs."""
    moved = flows(network, answer)
    paid = sum(float((charged[name] * answer[name]).sum()) for name in charged)
    scale = max(1.0, abs(paid))
    return (
        _stock(network, answer, moved),
        _demand(network, answer),
        *_hours(network, answer),
        _evenness(answer, firm_periods),
        _to_order(network, moved),
        *_vendors(network, answer),
        *_plants(network, moved),
        _floors(network, answer),
        _claims(network, answer),
        _fixed(network, answer),
        _signs(network, answer),
        Check(name="objective", worst=abs(paid - objective) / scale),
        Check(name="optimality", worst=abs(paid - bound) / scale),
    )


def _stock(network: Network, answer: Mapping[str, Floats], moved: Flows) -> Check:
    cells, stock = network.cells, answer["stock"]
    before = np.concatenate([cells.opening[:, None], stock[:, :-1]], axis=1)
    used = np.where(cells.unlimited[:, None], 0.0, moved.used)
    out = np.where(cells.unlimited[:, None], 0.0, moved.moved_out)
    end = before + moved.made + moved.bought + moved.moved_in - out - used - moved.outflow
    gap = np.abs(stock - end) * cells.tracked[:, None]
    return Check(name="stock_balance", worst=_worst(gap, stock, before, moved.made, used, moved.outflow))


def _demand(network: Network, answer: Mapping[str, Floats]) -> Check:
    nodes, backlog = network.nodes, answer["backlog"]
    before = np.concatenate([nodes.opening[:, None], backlog[:, :-1]], axis=1)
    shipped = _summed(answer["ship"], nodes.edge_node, nodes.demand.shape)
    gap = np.abs(before + nodes.demand - shipped - answer["lost"] - backlog)
    return Check(name="demand_balance", worst=_worst(gap, before, nodes.demand, shipped))


def _hours(network: Network, answer: Mapping[str, Floats]) -> tuple[Check, Check, Check]:
    acts, resources = network.activities, network.resources
    shape = resources.available.shape
    spent = acts.hour_amount * started(network, answer["receive"])[acts.hour_activity, acts.hour_t]
    used = _placed(spent, acts.hour_resource, acts.hour_t, shape) + resources.firm
    extra = _summed(answer["overtime"], resources.step_resource, shape)
    limit = resources.available + extra
    return (
        Check(name="hours_used", worst=_worst(np.abs(used - answer["hours"]), used)),
        Check(name="capacity", worst=_worst(np.maximum(used - limit, 0.0), used, limit)),
        Check(
            name="overtime",
            worst=_worst(np.maximum(answer["overtime"] - resources.step_hours, 0.0), resources.step_hours),
        ),
    )


def _evenness(answer: Mapping[str, Floats], firm_periods: int) -> Check:
    used = answer["hours"]
    gap = np.abs(np.diff(used, axis=1) - answer["more_hours"][:, 1:] + answer["fewer_hours"][:, 1:])
    return Check(name="evenness", worst=_worst(gap[:, firm_periods:], used[:, firm_periods + 1 :]))


def _to_order(network: Network, moved: Flows) -> Check:
    cells = network.cells
    new = moved.made - cells.firm_made + moved.bought - cells.firm_bought + moved.moved_in
    gone = moved.outflow + moved.used + moved.moved_out
    gone = np.where(cells.unlimited[:, None], moved.outflow, gone)
    gap = np.maximum(new - gone, 0.0) * cells.to_order[:, None]
    return Check(name="to_order", worst=max(_worst(gap, new, gone), _held_back(network, new, gone)))


def _held_back(network: Network, new: Floats, gone: Floats) -> float:
    """Of goods made to order at least what is known to come and asked of that place alone has gone, period by period.

    What was made anew since the last of them came went out besides.
    """
    cells, nodes, worst = network.cells, network.nodes, 0.0
    places = np.bincount(nodes.edge_node, minlength=len(nodes.opening))
    firm = cells.firm_made + cells.firm_bought
    for cell in np.flatnonzero(cells.to_order & cells.tracked).tolist():
        to = nodes.edge_node[(nodes.edge_cell == cell) & nodes.edge_open.all(axis=1)]
        to = to[places[to] == 1]
        for t in range(firm.shape[1]):
            come = cells.opening[cell] + firm[cell, : t + 1].sum()
            asked = nodes.opening[to].sum() + nodes.demand[to, : t + 1].sum()
            last = max(np.flatnonzero(firm[cell, : t + 1]).tolist(), default=0)
            kept = min(come, asked) - gone[cell, : t + 1].sum() + new[cell, last : t + 1].sum()
            worst = max(worst, float(kept / max(1.0, come)))
    return worst


def _vendors(network: Network, answer: Mapping[str, Floats]) -> tuple[Check, Check, Check]:
    limits = network.limits
    taken = _summed(answer["receive"][limits.duty_activity], limits.duty_row, limits.duty.shape)
    untaken = np.maximum(limits.duty - taken - answer["not_taken"], 0.0)
    got = _summed(answer["receive"][limits.vendor_activity], limits.vendor_limit, limits.vendor_left.shape)
    over = np.maximum(got - limits.vendor_left, 0.0)
    held = _summed(answer["stock"][limits.space_cell], limits.space_row, answer["over_space"].shape)
    room = limits.space[:, None] + answer["over_space"]
    return (
        Check(name="vendor_limit", worst=_worst(over, got)),
        Check(name="vendor_duty", worst=_worst(untaken, limits.duty)),
        Check(name="space", worst=_worst(np.maximum(held - room, 0.0), held)),
    )


def _plants(network: Network, moved: Flows) -> tuple[Check, ...]:
    """Of what a plant said it cannot make no more comes than it can: released and new together. None said: no check."""
    limits = network.limits
    if not len(limits.plant):
        return ()
    can = limits.plant_left + network.cells.firm_made[limits.plant]
    made = moved.made[limits.plant]
    return (Check(name="plant_limit", worst=_worst(np.maximum(made - can, 0.0), made)),)


def _floors(network: Network, answer: Mapping[str, Floats]) -> Check:
    nodes = network.nodes
    shipped = _summed(answer["ship"], nodes.edge_node, nodes.demand.shape)
    gap = np.maximum(nodes.floor - shipped - answer["floor_short"], 0.0)
    cells = network.cells
    below = np.maximum(cells.safety - answer["stock"] - answer["below"], 0.0) * cells.tracked[:, None]
    return Check(name="floors", worst=max(_worst(gap, nodes.floor), _worst(below, cells.safety)))


def _claims(network: Network, answer: Mapping[str, Floats]) -> Check:
    """What claimants of a precedence rule go short of, their floors, and the worst share of a fair rule."""
    claims = network.claims
    shipped = _summed(answer["ship"], network.nodes.edge_node, network.nodes.demand.shape)
    gap = np.zeros(len(claims.rule))
    for g in range(len(gap)):
        own = claims.member_claim == g
        counted = shipped[claims.member_node[own], claims.since[g] : claims.last[g] + 1].sum(axis=1)
        short = answer["unserved"][g]
        worst = float(answer["worst_share"][claims.rule == claims.rule[g]].sum())
        over = short - worst * claims.claim[g] if claims.fair[g] else 0.0
        kept = short - answer["under_floor"][g] - (1.0 - claims.floor[g]) * claims.claim[g] if claims.floor[g] else 0.0
        gap[g] = max(claims.due[g] - float((claims.member_hours[own] * counted).sum()) - short, over, kept, 0.0)
    return Check(name="claims", worst=_worst(gap, claims.claim))


def _fixed(network: Network, answer: Mapping[str, Floats]) -> Check:
    """What a plan in force says of months that an amendment leaves alone."""
    fixed, acts, nodes = network.fixed, network.activities, network.nodes
    left = _summed(answer["ship"], nodes.edge_node, nodes.demand.shape)
    planned, shape = answer["receive"][BESIDE_EMERGENCY], network.cells.safety.shape
    ways, cells = acts.kind[BESIDE_EMERGENCY], acts.cell[BESIDE_EMERGENCY]
    come = {kind: np.where((ways == kind)[:, None], planned, 0.0) for kind in ("make", "buy", "move")}
    into = {kind: _summed(values, cells, shape) for kind, values in come.items()}
    got = {"stock": answer["stock"], "lost": answer["lost"], "ship": left, **into}
    gap = np.zeros(len(fixed.kind))
    for kind, values in got.items():
        own = fixed.kind == kind
        there = values[fixed.place[own], fixed.t[own]]
        gap[own] = np.maximum(np.maximum(fixed.least[own] - there, there - fixed.most[own]), 0.0)
    return Check(name="fixed", worst=_worst(gap, fixed.most))


def _signs(network: Network, answer: Mapping[str, Floats]) -> Check:
    least = max((float(np.maximum(-values, 0.0).max(initial=0.0)) for values in answer.values()), default=0.0)
    forbidden = np.where(network.activities.allowed, 0.0, answer["receive"])
    above = np.maximum(answer["receive"] - network.activities.most, 0.0)
    return Check(name="signs", worst=max(least, _worst(forbidden), _worst(above)))


def refuse_broken(checks: tuple[Check, ...], *, repeatable: bool) -> None:
    """Refuse an answer that breaks a rule; one cut by a time limit need not be optimal.

    Raises:
        PlanCheckError: naming the first rule broken.

    Example:
        >>> refuse_broken((Check(name="stock_balance", worst=2e-3),), repeatable=True)
        Traceback (most recent call last):
        onenumber.errors.supply.PlanCheckError: The plan breaks stock_balance by 0.002 (allowed: 1e-06) and is not kept.
    """
    for one in checks:
        if not one.ok and (repeatable or one.name != "optimality"):
            raise PlanCheckError(check=one.name, worst=one.worst, limit=one.limit)
