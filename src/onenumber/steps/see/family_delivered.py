"""What was delivered of a family page, in money: the revenue of past months as orders were invoiced, from the facts."""

from functools import lru_cache

import numpy as np

from onenumber.model.axis import Axis
from onenumber.model.cube import Cube, State
from onenumber.model.plan import PlanFrame
from onenumber.review.actuals import SALES, sales, sales_basis, without_sales
from onenumber.review.ground import Ground
from onenumber.review.leaves import Leaves
from onenumber.steps.frame.unit_values import KEPT, Master
from onenumber.steps.see.family_leaves import Lens

DELIVERED = "delivered"


def delivered_leaves(lens: Lens, facts: Master | None) -> dict[str, Leaves]:
    """Revenue of past months by the day of shipment, net of returns, as the Budget page counts it (domain.md §5.7).

    Nothing in units, without shipments, or where no order line says what it was worth.
    """
    if facts is None or not lens.money or "shipments" not in facts.tables or lens.columns.start >= lens.cycle:
        return {}
    cube = _delivered(lens.master, facts, lens.frame, lens.columns.start, lens.cycle)
    found = None if cube is None else lens.amounts(cube)
    return {DELIVERED: found} if found is not None and len(found.values) else {}


@lru_cache(maxsize=KEPT)
def _delivered(company: Master, facts: Master, frame: PlanFrame, first: int, cycle: int) -> Cube | None:
    """Per stream and period of [first, cycle), in minor units, worked out once: both sheets never change.

    A cell with a line of unknown worth is missing; a period of which no shipments were loaded is not computed.
    """
    ground = Ground(company=company.tables, load=facts.tables, frame=frame, cycle=cycle)
    sold = sales(ground, first=first, end=cycle)
    if sales_basis(ground) != "shipments" or not sold["amount"].count():
        return None
    names = [name for name in SALES if name != "stream"]
    labels = sold.select(SALES).unique(subset="stream", keep="first", maintain_order=True).sort("stream")
    keys = np.array(labels["stream"].to_list(), dtype=np.str_)
    attributes = {name: np.array(labels[name].fill_null("").to_list(), dtype=np.str_) for name in names}
    axis = Axis("stream", keys, attributes)
    values = np.zeros((len(axis), cycle - first))
    state = np.full(values.shape, State.PRESENT, dtype=np.uint8)
    at, column = axis.rows(sold["stream"].to_list()), sold["period"].to_numpy() - first
    np.add.at(values, (at, column), sold["amount"].fill_null(0).to_numpy())
    unknown = sold["amount"].is_null().to_numpy()
    state[at[unknown], column[unknown]] = State.MISSING
    state[:, [k - first for k in without_sales(ground, first=first)]] = State.NOT_COMPUTED
    for part in (values, state):
        part.setflags(write=False)
    return Cube(DELIVERED, values, state, axis, first, np.full(len(axis), frame.currency))
