"""What could be a paper in a cycle: what plants cannot make, what the Review leaves to choose, a window that moves."""

from collections.abc import Iterable

import polars as pl

from onenumber.errors.supply import BadDifferenceError
from onenumber.model.sheet import Sheet
from onenumber.review.ground import Ground
from onenumber.review.papers.candidates import EVERY, candidates
from onenumber.review.papers.paper import Paper
from onenumber.review.papers.plants import plant_papers
from onenumber.review.papers.windows import start_in, window_in, window_paper
from onenumber.steps.frame.planning import in_force
from onenumber.steps.frame.plants import unmet
from onenumber.steps.frame.reading import Reader
from onenumber.store.models import Cycle
from onenumber.supply.differences import MoveWindow


def papers_found(reader: Reader, cycle: Cycle, *, review: Sheet, base: Sheet, ground: Ground) -> tuple[Paper, ...]:
    """Every paper that could be made beside the named emergencies, the most severe first.

    A plant that says it cannot comes before what the plan itself leaves short: the plan stands on what it said.
    """
    held = [one.now for one in in_force(reader, cycle)]
    limits = [one.limit for one in unmet(reader.plant_answers(), base)]
    said = plant_papers(limits, plan=base, ground=ground, in_force=held)
    rest = candidates(review=review, plan=base, ground=ground, in_force=held, limit=EVERY)
    return (*sorted(said, key=_severity), *rest)


def moves_wished(wished: Iterable[str], cycle: Cycle, *, base: Sheet, ground: Ground) -> tuple[Paper, ...]:
    """The papers of their own for the maintenance moves that are wished for, by their keys.

    Raises:
        BadDifferenceError: if a window may not go to the month that a key names.
    """
    named = [(key, found) for key in sorted(set(wished)) if (found := window_in(key, label=cycle.label)) is not None]
    return tuple(
        window_paper(_move(window, month, cycle, ground), key=key, plan=base, ground=ground)
        for key, (window, month) in named
    )


def _move(window: str, month: str, cycle: Cycle, ground: Ground) -> MoveWindow:
    """The move, to the first day of the month on which it may start; the first month is over before it is decided."""
    rows = ground.master("maintenance").filter((pl.col("window") == window) & pl.col("movable"))
    period = next((one for one in ground.periods if one.label == month and one.index > cycle.index), None)
    row = rows.row(0, named=True) if len(rows) else None
    start = start_in(period, earliest=row["earliest"], latest=row["latest"]) if row and period else None
    if start is None:
        raise BadDifferenceError(what=f"window {window!r} may not go to {month}")
    return MoveWindow(window=window, start=start)


def _severity(paper: Paper) -> tuple[bool, int, str]:
    """What is known to be at risk comes first, the most before the least."""
    return paper.money_at_risk is None, -(paper.money_at_risk or 0), paper.paper
