"""Leaves of a family page that run on from what was to what is planned: what its days and weeks are counted with."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from onenumber.model.cube import Cube, State
from onenumber.model.sheet import Sheet
from onenumber.review.leaves import Leaves, join
from onenumber.steps.see.family_leaves import Lens

Flags = npt.NDArray[np.bool_]
ENDINGS = (("held", "stock_actual", ("stock", "stock_last")), ("late", "backlog_actual", ("backlog", "backlog_last")))
"""What stands at the end of a period: its name, the actual, and the plan or, until there is one, the last."""


def course_leaves(
    lens: Lens, sheets: Mapping[str, Sheet], found: Mapping[str, Leaves], last: Sheet | None
) -> dict[str, Leaves]:
    """Stock and backlog at the ends of past and planned periods, and the demand that uses them up.

    Demand is what was asked for, then what the plan is made for; until it is made, the consensus or the forecast, and
    before these the ``last`` consensus.
    """
    made = {name: _run_on(lens, found, actual, planned) for name, actual, planned in ENDINGS}
    course = {name: leaves for name, leaves in made.items() if leaves is not None}
    demand = _demand(lens, sheets, last)
    if "held" in course and demand:
        kept = None if lens.whole else course["held"].by["item"]
        course["need"] = join(
            [_only_at(lens.streams(one, at_cost=True, only=_used(lens, one, kept)), there) for one, there in demand]
        )
    if "late" in course and demand:
        course["asked"] = join([_only_at(lens.streams(one), there) for one, there in demand])
    return course


def _used(lens: Lens, demand: Cube, kept: np.ndarray | None) -> Flags:
    """What uses up stock; of who sees the stock of a part, what uses up that: ``kept`` are its items."""
    stocked: Flags = lens.stocked(demand.axis)
    return stocked if kept is None else stocked & np.isin(demand.axis.attributes["item"], kept)


def _run_on(lens: Lens, found: Mapping[str, Leaves], actual: str, planned: tuple[str, ...]) -> Leaves | None:
    ahead = next((found[name] for name in planned if name in found), None)
    parts = [found[actual]] if actual in found else []
    parts += [_only_at(ahead, _ahead(lens))] if ahead is not None else []
    return join(parts) if parts else None


def _ahead(lens: Lens) -> Flags:
    found: Flags = np.array(lens.columns) >= lens.cycle
    return found


def _only_at(leaves: Leaves, columns: Flags) -> Leaves:
    return replace(leaves, state=np.where(columns, leaves.state, State.NOT_COMPUTED).astype(np.uint8))


def _demand(lens: Lens, sheets: Mapping[str, Sheet], last: Sheet | None) -> list[tuple[Cube, Flags]]:
    """The cubes that say what is asked for, each with the columns it says it of."""
    names = (("supply", "demand"), ("consensus", "consensus"), ("forecast", "L1"))
    planned = [sheets[name].cube(cube) for name, cube in names if name in sheets]
    planned += [last.cube("consensus")] if last is not None else []
    ahead = _ahead(lens)
    past = [(sheets["history"].cube("demand_raw"), ~ahead)] if "history" in sheets else []
    return past + [(cube, ahead) for cube in planned[:1]]
