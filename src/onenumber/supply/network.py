"""The network of one plan as plain arrays: what every constraint reads and nothing changes.

Axes in the shapes below: C cells (item x site), A activities, Q resources, O overtime steps, K demand nodes,
E edges (node served from cell), L vendor limits, M cells that a plant limits, V vendor contracts, S sites with limited
space, G claimants, T periods. Quantities are in the item's unit, hours in h, money in plan currency.
"""

from dataclasses import dataclass

from onenumber.model.axis import Axis, Labels
from onenumber.model.period import Days
from onenumber.supply.horizon import Flags, Floats, Horizon, Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """Items at sites. ``firm_made`` and ``firm_bought`` are receipts released or confirmed before the plan.

    ``value`` is the standard cost (money/unit). ``fence`` is the first day on which something new may arrive.
    ``unlimited`` cells have no source at all: as a component they are never short; unless they are sold as well,
    their stock is not ``tracked``.
    """

    axis: Axis
    opening: Floats  # (C)
    firm_made: Floats  # (C, T)
    firm_bought: Floats  # (C, T)
    safety: Floats  # (C, T)
    value: Floats  # (C)
    to_order: Flags  # (C)
    fence: Days  # (C)
    unlimited: Flags  # (C)
    tracked: Flags  # (C)


@dataclass(frozen=True, slots=True, kw_only=True)
class Activities:
    """Making (by a route), buying (from a vendor) and moving (by a lane), by the period in which it arrives.

    ``starts[a, j, i]`` is the share of what arrives in j that is started (ordered, sent) in i. ``price`` is what the
    plan weighs, ``cost`` what is paid (money/unit). ``most`` caps what arrives. Inputs and hours are lists of
    (activity, cell or resource, period of the start, amount a unit).
    """

    kind: Labels  # (A) make, buy, move
    name: Labels  # (A) route, vendor, from-site
    cell: Ints  # (A) where it arrives
    allowed: Flags  # (A, T)
    most: Floats  # (A, T)
    starts: Floats  # (A, T arrival, T start)
    price: Floats  # (A, T)
    cost: Floats  # (A, T)
    input_activity: Ints
    input_cell: Ints
    input_t: Ints
    input_amount: Floats
    hour_activity: Ints
    hour_resource: Ints
    hour_t: Ints
    hour_amount: Floats


EMERGENCY = -1
"""The activity by which comes what is asked of a plan in force: it is appended last, behind what amended it before."""
BESIDE_EMERGENCY = slice(None, EMERGENCY)
"""Every other activity of an amended plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """Hours of lines: ``available`` after maintenance, before overtime; ``firm`` is taken by released orders."""

    axis: Axis
    available: Floats  # (Q, T)
    maintenance: Floats  # (Q, T)
    firm: Floats  # (Q, T)
    step_resource: Ints  # (O)
    step: Ints  # (O)
    step_hours: Floats  # (O, T)
    step_cost: Floats  # (O, T)


@dataclass(frozen=True, slots=True, kw_only=True)
class Nodes:
    """Demand streams that are the same for the plan (item, sites, price, priority, contract), summed.

    ``node_of`` gives the node of each stream of ``axis``; ``floor`` is what a contract promises (never more than
    is asked), ``penalty`` its price. Edges say from which cell a node may be served, and with which rank.
    """

    axis: Axis
    stream_demand: Floats  # (streams, T)
    stream_opening: Floats  # (streams)
    stream_price: Floats  # (streams, T)
    node_of: Ints  # (streams)
    demand: Floats  # (K, T)
    opening: Floats  # (K)
    price: Floats  # (K, T)
    weight: Floats  # (K)
    floor: Floats  # (K, T)
    penalty: Floats  # (K, T)
    division: Labels  # (K)
    edge_node: Ints  # (E)
    edge_cell: Ints  # (E)
    edge_rank: Floats  # (E)
    edge_open: Flags  # (E, T)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits on receipts from vendors and plants, on space at sites, duties to take; ``member`` lists name activities.

    ``vendor_left`` is the limit less what is confirmed already.
    """

    vendor: Labels  # (L)
    vendor_item: Labels  # (L) empty = all items together
    vendor_left: Floats  # (L, T), infinite where there is no limit
    vendor_limit: Ints  # members: which limit
    vendor_activity: Ints  # members: which activity
    plant: Ints  # (M) cells of which a plant said what it cannot make
    plant_left: Floats  # (M, T) what it can, less what was released; infinite where it said nothing
    plant_limit: Ints  # members: which cell
    plant_activity: Ints  # members: which activity
    duty_label: Labels  # (V) vendor|item
    duty: Floats  # (V, T) still to take
    duty_price: Floats  # (V, T)
    duty_row: Ints
    duty_activity: Ints
    site: Labels  # (S)
    space: Floats  # (S)
    space_price: Floats  # (S)
    space_row: Ints
    space_cell: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """Who competes in the precedence rules: per claimant its rule, division, window and claim in hours.

    ``member`` lists name the nodes of a claimant with the hours of the contested resource in one unit.
    """

    rule: Ints  # (G)
    division: Labels  # (G)
    first: Ints  # (G)
    last: Ints  # (G) last period of the window, inclusive
    claim: Floats  # (G) hours asked in the window
    since: Ints  # (G) first period that counts as served: the first of all, of a fair share the window's
    due: Floats  # (G) hours asked from there to the end of the window
    floor: Floats  # (G) share of the claim kept
    fair: Flags  # (G) shares by the worst off
    resource: Ints  # (G)
    member_claim: Ints
    member_node: Ints
    member_hours: Floats
    served_first: Flags  # (G) nobody in its rule comes before it
    levels: tuple[tuple[str, Ints], ...]
    """What is minimised in turn: column name and rows of it, before money."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """Where a plan in force stands (H): what comes of a kind into a cell, is in stock, leaves for a node or is lost.

    Nothing is fixed but where a plan is amended; what the last of all activities brings comes on top.
    """

    kind: Labels  # (H) make, buy, move, stock, ship, lost
    place: Ints  # (H) the cell; of ship and lost the node
    t: Ints  # (H)
    least: Floats  # (H)
    most: Floats  # (H)


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Everything the plan is made from, as arrays."""

    horizon: Horizon
    cells: Cells
    activities: Activities
    resources: Resources
    nodes: Nodes
    limits: Limits
    claims: Claims
    fixed: Fixed
