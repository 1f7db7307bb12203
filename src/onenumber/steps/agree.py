"""Make the consensus: all layers added up, in whole planning units."""

import numpy as np

from onenumber.consensus.agree import agree
from onenumber.consensus.layers import DELTAS, Stack
from onenumber.cycle.phases import Phase
from onenumber.model.axis import Axis
from onenumber.model.cube import alike
from onenumber.model.sheet import Sheet, SheetKind, SheetState
from onenumber.steps.frame.below_zero import below_zero
from onenumber.steps.frame.context import Context, Tables
from onenumber.steps.frame.declare import CYCLE, Step
from onenumber.steps.frame.holding import means_otherwise
from onenumber.steps.frame.reading import Reader
from onenumber.steps.frame.rebasing import refuse_left_behind
from onenumber.steps.frame.writing import Outcome, Written, write
from onenumber.store.plans import find_cycle


def run(context: Context, *, cycle: str = "") -> Outcome:
    """Make the Consensus sheet from SalesInput and every layer above it; it waits for the sales leader's signature.

    What was typed and comes to something else by now is listed.

    Raises:
        NoSheetError: if the sales window was not closed.
        NotRebasedError: if what was typed on an earlier baseline is not on this one.
    """
    now = find_cycle(context.plan, cycle)
    grant = context.permit("agree", phase=Phase(now.phase))
    reader = Reader(context, now)
    company = reader.need(SheetKind.COMPANY).tables
    sales = reader.need(SheetKind.SALES_INPUT).cube("S")
    base = reader.version(SheetKind.FORECAST)
    refuse_left_behind(now, base=base.content if base else "")
    deltas = reader.layers(*DELTAS, like=sales, base=base.content if base else "")
    stack = Stack(sales=sales, deltas=deltas)
    agreed = agree(stack=stack, decimals=_decimals(company, sales.axis))
    below = int(agreed.below_zero.sum())
    sheet = Sheet(
        kind=SheetKind.CONSENSUS,
        cubes={"S": sales, **deltas, "consensus": agreed.consensus, "unrounded": agreed.unrounded},
        notes={
            "units": alike(agreed.consensus.values.sum(), agreed.consensus.units),
            "first_units": alike(agreed.consensus.values[:, 0].sum(), agreed.consensus.units),
            "streams": len(sales.axis),
            **({"below_zero": below} if below else {}),
        },
    )
    how = Written(step="agree", state=SheetState.DRAFT, deputy_for=grant.deputy_for)
    made = write(context, now, sheet, pins=reader, how=how)
    listed = means_otherwise(context, now, base=base.content if base else "", sales=sales)
    told = (*below_zero(agreed, stack, context.frame(now).calendar), *listed)
    return Outcome(step="agree", versions=(made,), figures=sheet.notes, findings=told)


def _decimals(company: Tables, axis: Axis) -> np.ndarray:
    of_item = dict(company["items"].select("item", "decimals").iter_rows())
    return np.array([of_item[item] for item in axis.attributes["item"].tolist()], dtype=np.int64)


STEP = Step(
    name="agree",
    verb="agree",
    phase=Phase.DEMAND,
    says="Add the layers up to the consensus.",
    run=run,
    arguments=(CYCLE,),
)
