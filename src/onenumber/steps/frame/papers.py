"""What could be a paper in a cycle: what plants cannot make, then what the Review leaves to choose."""

from onenumber.model.sheet import Sheet
from onenumber.review.ground import Ground
from onenumber.review.papers.candidates import EVERY, candidates
from onenumber.review.papers.paper import Paper
from onenumber.review.papers.plants import plant_papers
from onenumber.steps.frame.planning import in_force
from onenumber.steps.frame.plants import unmet
from onenumber.steps.frame.reading import Reader
from onenumber.store.models import Cycle


def papers_found(reader: Reader, cycle: Cycle, *, review: Sheet, base: Sheet, ground: Ground) -> tuple[Paper, ...]:
    """Every paper that could be made beside the named emergencies, the most severe first.

    A plant that says it cannot comes before what the plan itself leaves short: the plan stands on what it said.
    """
    held = [one.now for one in in_force(reader, cycle)]
    limits = [one.limit for one in unmet(reader.plant_answers(), base)]
    said = plant_papers(limits, plan=base, ground=ground, in_force=held)
    rest = candidates(review=review, plan=base, ground=ground, in_force=held, limit=EVERY)
    return (*sorted(said, key=_severity), *rest)


def _severity(paper: Paper) -> tuple[bool, int, str]:
    """What is known to be at risk comes first, the most before the least."""
    return paper.money_at_risk is None, -(paper.money_at_risk or 0), paper.paper
