"""The variables of the plan: which there are, what they may be at most, and what one unit of each is charged."""

from collections.abc import Mapping

import numpy as np

from onenumber.supply.horizon import Flags, Floats
from onenumber.supply.lp import Columns, lay_out
from onenumber.supply.network import Network
from onenumber.supply.settings import SupplySettings

Arrays = Mapping[str, Floats]


def masks(network: Network, settings: SupplySettings) -> dict[str, Flags]:
    """Which cells of each variable exist, in the order of the columns.

    ``receive`` (A, T) units made, bought or moved that arrive · ``stock`` (C, T) at the end · ``below`` (C, T) under
    the safety stock · ``ship`` (E, T) · ``backlog``, ``lost`` (K, T) · ``hours`` (Q, T) · ``overtime`` (O, T) ·
    ``more_hours``, ``fewer_hours`` (Q, T) than the period before · ``floor_short`` (K, T) under a contract ·
    ``not_taken`` (V, T) of a duty · ``over_space`` (S, T) · ``unserved``, ``under_floor`` (G), ``worst_share`` (G,
    the first claimant of a fair rule).
    """
    cells, nodes, resources, limits = network.cells, network.nodes, network.resources, network.limits
    count, claims = network.horizon.count, network.claims
    change = np.zeros((len(resources.axis), count), dtype=bool)
    change[:, settings.firm_periods + 1 :] = True
    waits = (nodes.opening[:, None] > 0) | (np.cumsum(nodes.demand, axis=1) > 0)
    there = np.ones
    return {
        "receive": network.activities.allowed,
        "stock": np.repeat(cells.tracked[:, None], count, axis=1),
        "below": (cells.safety > 0) & cells.tracked[:, None],
        "ship": nodes.edge_open & waits[nodes.edge_node],
        "backlog": waits,
        "lost": waits,
        "hours": there((len(resources.axis), count), dtype=bool),
        "overtime": resources.step_hours > 0,
        "more_hours": change,
        "fewer_hours": change,
        "floor_short": nodes.floor > 0,
        "not_taken": limits.duty > 0,
        "over_space": there((len(limits.site), count), dtype=bool),
        "unserved": there(len(claims.rule), dtype=bool),
        "under_floor": claims.floor > 0,
        "worst_share": _first_of_rule(network),
    }


def _first_of_rule(network: Network) -> Flags:
    claims = network.claims
    first = np.ones(len(claims.rule), dtype=bool)
    first[1:] = claims.rule[1:] != claims.rule[:-1]
    return first & claims.fair


def columns_of(network: Network, settings: SupplySettings) -> Columns:
    """The columns of the program."""
    return lay_out(masks(network, settings))


def uppers(network: Network) -> dict[str, Floats]:
    """Upper bounds of the variables that have one."""
    return {"receive": network.activities.most, "overtime": network.resources.step_hours}


def prices(network: Network, settings: SupplySettings) -> dict[str, Floats]:
    """Money charged for one unit of each variable, of its shape; variables not named are free.

    ``lost`` costs the sale price (not the margin), ``backlog`` a share of it each period, and at the end of the
    horizon a closing charge; ``below``, ``stock`` a share of the value; ``more_hours`` and ``fewer_hours`` a
    small price, so that hours stay even where it costs little.
    """
    cells, nodes, resources, limits = network.cells, network.nodes, network.resources, network.limits
    a_year, shape = network.horizon.calendar.periods_a_year, cells.safety.shape
    holding = settings.holding_share_a_year / a_year * cells.value
    waiting = settings.backlog_share * nodes.price * nodes.weight[:, None]
    waiting[:, -1] += settings.closing_share * nodes.price[:, -1]
    even = np.repeat(settings.even_share * hour_value(network, holding)[:, None], shape[1], axis=1)
    preferred = settings.rank_share * nodes.price[nodes.edge_node] * (nodes.edge_rank[:, None] - 1.0)
    return {
        "receive": network.activities.price,
        "stock": np.repeat(holding[:, None], shape[1], axis=1),
        "below": np.repeat((settings.safety_share * _worth(network))[:, None], shape[1], axis=1),
        "ship": preferred,
        "backlog": waiting,
        "lost": nodes.price,
        "overtime": resources.step_cost,
        "more_hours": even,
        "fewer_hours": even,
        "floor_short": nodes.penalty,
        "not_taken": limits.duty_price,
        "over_space": np.repeat(limits.space_price[:, None], shape[1], axis=1),
    }


def _worth(network: Network) -> Floats:
    """What a unit of safety stock protects: the mean price of what is served from the cell, at least its value."""
    nodes, count = network.nodes, len(network.cells.axis)
    total, edges = np.zeros(count), np.zeros(count)
    np.add.at(total, nodes.edge_cell, nodes.price[nodes.edge_node].mean(axis=1))
    np.add.at(edges, nodes.edge_cell, 1.0)
    return np.maximum(network.cells.value, total / np.maximum(edges, 1.0))


def hour_value(network: Network, holding: Floats) -> Floats:
    """Cost of holding for one period what an hour of each resource makes: the mean over its routes, money/h."""
    acts = network.activities
    each = holding[acts.cell[acts.hour_activity]] / acts.hour_amount
    count = len(network.resources.axis)
    total = np.bincount(acts.hour_resource, weights=each, minlength=count)
    routes = np.bincount(acts.hour_resource, minlength=count)
    value: Floats = total / np.maximum(routes, 1)
    return value


def cost_vector(columns: Columns, charged: Arrays) -> Floats:
    """The prices at the places of the columns.

    Example:
        >>> c = lay_out({"stock": np.array([[True, False, True]])})
        >>> cost_vector(c, {"stock": np.array([[1.0, 2.0, 3.0]])}).tolist()
        [1.0, 3.0]
    """
    return _at_columns(columns, charged, 0.0)


def upper_vector(columns: Columns, most: Arrays) -> Floats:
    """The upper bounds at the places of the columns; infinite where none is named."""
    return _at_columns(columns, most, np.inf)


def _at_columns(columns: Columns, arrays: Arrays, default: float) -> Floats:
    found = np.full(columns.count, default)
    for name, values in arrays.items():
        at = columns.at[name]
        found[at[at >= 0]] = values[at >= 0]
    return found


def answer_of(columns: Columns, x: Floats) -> dict[str, Floats]:
    """The solution by variable, zero where there is no column.

    Example:
        >>> c = lay_out({"stock": np.array([[True, False, True]])})
        >>> answer_of(c, np.array([7.0, 9.0]))["stock"].tolist()
        [[7.0, 0.0, 9.0]]
    """
    return {name: np.where(at >= 0, np.append(x, 0.0)[at], 0.0) for name, at in columns.at.items()}
