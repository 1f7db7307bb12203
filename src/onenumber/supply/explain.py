"""Why a sale is short: the walk from its price to the scarce thing behind it (rent trace).

At the optimum ``reduced_j = c_j - sum_i y_i a_ij``: for a supply column that is worth starting (reduced cost 0) the
price of what it brings equals its own cost and the rents of what it takes. The walk takes the largest rent at each
step until it ends at hours, a vendor, space, or time. It is time only where nothing could come: what could, had its
hours no better use, lacks hours. Duals are one-sided where plans tie: the cause named is a true one, not the only one.
"""

from dataclasses import dataclass, field, replace

import numpy as np

from onenumber.supply.horizon import Floats, Ints
from onenumber.supply.lp import Columns, Program
from onenumber.supply.network import Network

TOLERANCE = 1e-6
SIGN = {
    "stock_balance": -1.0, "hours_used": 1.0, "vendor_limit": -1.0, "plant_limit": -1.0, "space": -1.0,
    "contract_floor": 1.0, "to_order_stock": -1.0,
}  # fmt: skip
"""Turns a dual (what one more on the right side costs) into what one more unit of the scarce thing is worth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """What holds a sale back: the code of the sheet, where (resource, cell, vendor or site) and in which period."""

    code: str
    at: str
    t: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """What one more unit is worth (money), by constraint; reduced costs of receipts, carried stock and shipments."""

    stock: Floats  # (C, T)
    hours: Floats  # (Q, T)
    vendor: Floats  # (L, T)
    plant: Floats  # (M, T)
    space: Floats  # (S, T)
    floor: Floats  # (K, T)
    kept: Floats  # (C, T) of what is made to order, were it kept while somebody waits
    receive: Floats  # (A, T) reduced costs
    carried: Floats  # (C, T) reduced costs
    ship: Floats  # (E, T) reduced costs


def prices_of(network: Network, program: Program, columns: Columns, *, dual: Floats, reduced: Floats) -> Prices:
    """Duals and reduced costs by name; zero where there is no row or column."""
    shapes = {
        "stock_balance": network.cells.safety.shape,
        "hours_used": network.resources.available.shape,
        "vendor_limit": network.limits.vendor_left.shape,
        "plant_limit": network.limits.plant_left.shape,
        "space": columns.at["over_space"].shape,
        "contract_floor": network.nodes.floor.shape,
        "to_order_stock": network.cells.safety.shape,
    }
    rows: dict[str, Floats] = {}
    for one, first in zip(program.blocks, program.first, strict=True):
        if one.name in shapes:
            rows[one.name] = np.zeros(shapes[one.name])
            rows[one.name][one.place] = SIGN[one.name] * dual[first : first + len(one)]
    found = {
        n: np.where(columns.at[n] >= 0, np.append(reduced, 0.0)[columns.at[n]], 0.0)
        for n in ("receive", "stock", "ship")
    }
    return Prices(
        stock=rows["stock_balance"], hours=rows["hours_used"], vendor=rows["vendor_limit"], plant=rows["plant_limit"],
        space=rows["space"], floor=rows["contract_floor"], kept=rows["to_order_stock"], receive=found["receive"],
        carried=found["stock"], ship=found["ship"],
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracer:
    """Walks from a cell and period to the cause; what was found once is kept for the next walk of the same plan."""

    network: Network
    prices: Prices
    overtime_left: Floats  # (Q, T) hours of overtime that could still be bought
    known: dict[tuple[int, int], Cause] = field(default_factory=dict)
    ways: dict[int, Ints] = field(default_factory=dict)

    def of_node(self, node: int, t: int) -> Cause:
        """The cause of a shortage of a demand node in a period."""
        nodes = self.network.nodes
        edges = np.flatnonzero((nodes.edge_node == node) & nodes.edge_open[:, t])
        if not len(edges):
            return Cause(code="no_route", at="", t=t)
        edge = int(edges[np.argmin(self.prices.ship[edges, t])])
        cell = int(nodes.edge_cell[edge])
        found = self.of_cell(cell, t)
        return self._preferred(found, node=node, cell=cell, t=t)

    def _preferred(self, found: Cause, *, node: int, cell: int, t: int) -> Cause:
        """Whether another claimant was preferred by a precedence rule, or another customer by its contract."""
        network = self.network
        claims, nodes = network.claims, network.nodes
        own = claims.member_claim[claims.member_node == node]
        own = own[(claims.first[own] <= t) & (t <= claims.last[own]) & ~claims.served_first[own]]
        contested = network.resources.axis.keys[claims.resource[own]].tolist()
        if found.code in ("capacity", "cost") and found.at in contested:
            return Cause(code="precedence", at=found.at, t=found.t)
        rivals = nodes.edge_node[(nodes.edge_cell == cell) & (nodes.edge_node != node)]
        if found.code != "no_route" and bool((self.prices.floor[rivals, t] > TOLERANCE).any()):
            return Cause(code="contract_floor", at=str(network.cells.axis.keys[cell]), t=t)
        return found

    def of_cell(self, cell: int, t: int) -> Cause:
        """The cause of scarcity in a cell and period."""
        if (cell, t) not in self.known:
            self.known[cell, t] = Cause(code="cost", at=str(self.network.cells.axis.keys[cell]), t=t)
            self.known[cell, t] = self._walk(cell, t)
        return self.known[cell, t]

    def _walk(self, cell: int, t: int) -> Cause:
        label = str(self.network.cells.axis.keys[cell])
        if self.network.cells.unlimited[cell]:
            return Cause(code="no_route", at=label, t=t)
        way = self._best_way(cell, t)
        carried = t > 0 and max(self.prices.carried[cell, t - 1], self.prices.kept[cell, t - 1]) <= TOLERANCE
        if way >= 0 and (self.prices.receive[way, t] <= TOLERANCE or not carried):
            return self._behind_way(way, t)
        if not carried:
            return Cause(code="lead_time", at=label, t=t)
        before = self._behind_stock(cell, t - 1)
        return self._behind_way(way, t) if way >= 0 and before.code == "lead_time" else before

    def _best_way(self, cell: int, t: int) -> int:
        """The way that would bring the cell something in t at the least loss; -1 where none can."""
        acts = self.network.activities
        if cell not in self.ways:
            self.ways[cell] = np.flatnonzero(acts.cell == cell).astype(np.int64)
        ways = self.ways[cell]
        brings = ways[acts.allowed[ways, t] & np.isinf(acts.most[ways, t])]
        return int(brings[np.argmin(self.prices.receive[brings, t])]) if len(brings) else -1

    def _behind_way(self, way: int, t: int) -> Cause:
        """The largest of: its own cost, the rent of hours, of components, of the vendor, of what its plant can make."""
        acts, limits = self.network.activities, self.network.limits
        own = Cause(code="cost", at=str(self.network.cells.axis.keys[acts.cell[way]]), t=t)
        best, rent = own, max(float(acts.price[way, t]), TOLERANCE)
        for k in np.flatnonzero(acts.hour_activity == way).tolist():
            resource, start = int(acts.hour_resource[k]), int(acts.hour_t[k])
            more = float(acts.starts[way, t, start] * acts.hour_amount[k] * self.prices.hours[resource, start])
            if more > rent:
                best, rent = self._of_hours(resource, start), more
        for k in np.flatnonzero(acts.input_activity == way).tolist():
            cell, start = int(acts.input_cell[k]), int(acts.input_t[k])
            more = float(acts.starts[way, t, start] * acts.input_amount[k] * self.prices.stock[cell, start])
            if more > rent and not self.network.cells.unlimited[cell]:
                best, rent = self._of_material(cell, start, moved=acts.kind[way] == "move"), more
        for limit in limits.vendor_limit[limits.vendor_activity == way].tolist():
            if self.prices.vendor[limit, t] > rent:
                best, rent = Cause(code="vendor_limit", at=str(limits.vendor[limit]), t=t), self.prices.vendor[limit, t]
        for limit in limits.plant_limit[limits.plant_activity == way].tolist():
            if self.prices.plant[limit, t] > rent:
                best, rent = replace(own, code="plant_limit"), self.prices.plant[limit, t]
        return best

    def _of_hours(self, resource: int, t: int) -> Cause:
        code = "cost" if self.overtime_left[resource, t] > TOLERANCE else "capacity"
        return Cause(code=code, at=str(self.network.resources.axis.keys[resource]), t=t)

    def _of_material(self, cell: int, t: int, *, moved: bool) -> Cause:
        found = self.of_cell(cell, t)
        if moved or found.code not in ("lead_time", "no_route"):
            return found
        return Cause(code="material", at=str(self.network.cells.axis.keys[cell]), t=found.t)

    def _behind_stock(self, cell: int, t: int) -> Cause:
        limits = self.network.limits
        sites = limits.space_row[limits.space_cell == cell]
        rent = float(self.prices.space[sites, t].sum())
        if len(sites) and rent > TOLERANCE and rent > self.prices.stock[cell, t]:
            return Cause(code="space", at=str(limits.site[sites[0]]), t=t)
        return self.of_cell(cell, t)
