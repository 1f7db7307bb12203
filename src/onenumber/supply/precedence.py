"""Who competes for a resource, with which claims, and in which order they are served.

A claim is the hours of the resource that a division's demand in the window needs, through the bill of materials.
Precedence is exact: what each division is not shipped by the end of the window is minimised in turn, the optimal face
of one level fixed before the next; money comes last. Fair share minimises the largest share of a claim so missed,
which where supply is one pool gives ``a_i = S D_i / sum(D)`` (domain §5.9 rule 1).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from onenumber.errors.supply import BadDifferenceError
from onenumber.model.axis import Labels
from onenumber.supply.differences import Difference, FairShare, Precedence
from onenumber.supply.horizon import Floats, Horizon, Ints
from onenumber.supply.network import Activities, Claims, Nodes, Resources

LEVELS_OF_MATERIAL_MAX = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """One rule made ready: its window in the horizon and the hours of the resource in a unit of each node."""

    rule: Precedence | FairShare
    resource: int
    first: int
    last: int
    hours: Floats


def make_claims(
    differences: Sequence[Difference], *, nodes: Nodes, activities: Activities, resources: Resources, horizon: Horizon
) -> Claims:
    """The claimants of all precedence and fair share rules, and the levels at which they are served.

    Raises:
        BadDifferenceError: if a rule names an unknown resource or division, or a window outside the horizon.
    """
    rules = [d for d in differences if isinstance(d, Precedence | FairShare)]
    parts: list[tuple[_Rule, Labels]] = []
    for rule in rules:
        ready = _ready(rule, nodes=nodes, activities=activities, resources=resources, horizon=horizon)
        parts.append((ready, _divisions(ready, nodes)))
    labels = [(r, division) for r, (_, divisions) in enumerate(parts) for division in divisions.tolist()]
    members = [_members(parts[r][0], nodes, division) for r, division in labels]
    of_rule = [parts[r][0] for r, _ in labels]
    since = [_since(ready) for ready in of_rule]
    claim = [_asked(ready, nodes, rows, since=ready.first) for ready, rows in zip(of_rule, members, strict=True)]
    due = [_asked(r, nodes, rows, since=begin) for r, rows, begin in zip(of_rule, members, since, strict=True)]
    claimants = np.repeat(np.arange(len(members)), [len(rows) for rows in members]).astype(np.int64)
    every = np.concatenate([*members, np.zeros(0, dtype=np.int64)]).astype(np.int64)
    return Claims(
        rule=np.array([r for r, _ in labels], dtype=np.int64),
        division=np.array([division for _, division in labels], dtype=np.str_),
        first=np.array([r.first for r in of_rule], dtype=np.int64),
        last=np.array([r.last for r in of_rule], dtype=np.int64),
        claim=np.array(claim, dtype=np.float64),
        since=np.array(since, dtype=np.int64),
        due=np.array(due, dtype=np.float64),
        floor=np.array([_floor(r.rule, division) for r, (_, division) in zip(of_rule, labels, strict=True)]),
        fair=np.array([isinstance(r.rule, FairShare) for r in of_rule], dtype=bool),
        resource=np.array([r.resource for r in of_rule], dtype=np.int64),
        member_claim=claimants,
        member_node=every,
        member_hours=np.concatenate(
            [*(parts[r][0].hours[rows] for (r, _), rows in zip(labels, members, strict=True)), np.zeros(0)]
        ),
        served_first=np.array([_is_first(r.rule, d) for r, (_, d) in zip(of_rule, labels, strict=True)], dtype=bool),
        levels=_levels([p[0] for p in parts], labels),
    )


def _ready(
    rule: Precedence | FairShare, *, nodes: Nodes, activities: Activities, resources: Resources, horizon: Horizon
) -> _Rule:
    row = int(resources.axis.find([rule.resource])[0])
    first, last = rule.first - horizon.first, rule.first - horizon.first + rule.periods - 1
    if row < 0:
        raise BadDifferenceError(what=f"there is no resource {rule.resource!r}")
    if not 0 <= first <= last < horizon.count:
        raise BadDifferenceError(
            what=f"periods {rule.first} to {rule.first + rule.periods - 1} are not all in the horizon"
        )
    unknown = sorted(set(rule.order) - set(nodes.division.tolist())) if isinstance(rule, Precedence) else []
    if unknown:
        raise BadDifferenceError(what=f"no demand belongs to division {unknown[0]!r}")
    hours = unit_hours(nodes=nodes, activities=activities, resource=row, t=first)
    return _Rule(rule=rule, resource=row, first=first, last=last, hours=hours)


def unit_hours(*, nodes: Nodes, activities: Activities, resource: int, t: int) -> Floats:
    """Hours of a resource in one unit of each node, with all materials, by the first way into each cell; (nodes)."""
    acts = activities
    cells = int(max(acts.cell.max(initial=-1), nodes.edge_cell.max(initial=-1), acts.input_cell.max(initial=-1))) + 1
    way = np.full(cells, -1, dtype=np.int64)
    order = np.argsort(acts.kind == "move", kind="stable")[::-1]
    way[acts.cell[order]] = order
    own = np.zeros(cells)
    here = (
        (acts.hour_resource == resource)
        & (acts.hour_t == t)
        & (way[acts.cell[acts.hour_activity]] == acts.hour_activity)
    )
    np.add.at(own, acts.cell[acts.hour_activity[here]], acts.hour_amount[here])
    used = (acts.input_t == t) & (way[acts.cell[acts.input_activity]] == acts.input_activity)
    parent, component, amount = acts.cell[acts.input_activity[used]], acts.input_cell[used], acts.input_amount[used]
    total = own.copy()
    for _ in range(LEVELS_OF_MATERIAL_MAX):
        before, total = total, own.copy()
        np.add.at(total, parent, amount * before[component])
    hours = np.zeros(len(nodes.opening))
    np.maximum.at(hours, nodes.edge_node, total[nodes.edge_cell])
    return hours


def _divisions(ready: _Rule, nodes: Nodes) -> Labels:
    return np.unique(nodes.division[ready.hours > 0])


def _members(ready: _Rule, nodes: Nodes, division: str) -> Ints:
    return np.flatnonzero((nodes.division == division) & (ready.hours > 0)).astype(np.int64)


def _since(ready: _Rule) -> int:
    """The first period that counts: all of them, or those of the window where shares of it are fair."""
    return ready.first if isinstance(ready.rule, FairShare) else 0


def _asked(ready: _Rule, nodes: Nodes, rows: Ints, *, since: int) -> float:
    """Hours asked from a period to the end of the window, with the opening backlog if it is the first of all."""
    asked = nodes.demand[rows, since : ready.last + 1].sum(axis=1)
    if since == 0:
        asked = asked + nodes.opening[rows]
    return float((asked * ready.hours[rows]).sum())


def _floor(rule: Precedence | FairShare, division: str) -> float:
    if isinstance(rule, FairShare) or not rule.order or division == rule.order[0]:
        return 0.0
    return rule.floor_share


def _is_first(rule: Precedence | FairShare, division: str) -> bool:
    return isinstance(rule, Precedence) and rule.order[:1] == (division,)


def _levels(rules: Sequence[_Rule], labels: Sequence[tuple[int, str]]) -> tuple[tuple[str, Ints], ...]:
    """Floors first, then each division of the order in turn (the last of all needs no level), then fairness."""
    place = {label: row for row, label in enumerate(labels)}
    levels: list[tuple[str, Ints]] = []
    for r, ready in enumerate(rules):
        own = [row for (rule, _), row in place.items() if rule == r]
        if isinstance(ready.rule, FairShare):
            levels += [("worst_share", np.array(own[:1], dtype=np.int64))] if own else []
            continue
        floors = [row for (rule, division), row in place.items() if rule == r and _floor(ready.rule, division) > 0]
        levels += [("under_floor", np.array(floors, dtype=np.int64))] if floors else []
        listed = [division for division in ready.rule.order if (r, division) in place]
        needed = listed[:-1] if len(listed) == len(own) else listed
        levels += [("unserved", np.array([place[r, division]], dtype=np.int64)) for division in needed]
    return tuple(levels)
