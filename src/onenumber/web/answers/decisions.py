"""Decision papers, as their page shows them."""

from onenumber.errors import NoSheetError
from onenumber.jobs.settle import ways_of
from onenumber.steps.frame.glance import Glance
from onenumber.steps.see.cycle import cycle_bar
from onenumber.steps.see.papers import OPEN, PaperShown, PapersShown, papers_shown
from onenumber.web.act.model import Way
from onenumber.web.answers.act import Choices
from onenumber.web.answers.frame import framed
from onenumber.web.decisions.model import Decisions, PaperLine


def decisions(context: Glance, cycle: str) -> Decisions:
    """The papers of a cycle.

    Raises:
        NotAllowedError: if the person does not read the costs of the whole company.
    """
    bar = cycle_bar(context, cycle)
    try:
        shown = papers_shown(context, bar.cycle)
    except NoSheetError:
        return Decisions(frame=framed(context, bar), shown=None, papers=())
    known = ways_of(context, bar.open_points, phase=bar.phase) if bar.phase is not None else ()
    choices = Choices(context, bar.cycle, papers=shown)
    ways = {point.subject: tuple(map(choices.way, found)) for point, found in known if point.code.startswith("paper_")}
    return Decisions(frame=framed(context, bar), shown=shown, papers=_in_order(shown, ways))


def _in_order(shown: PapersShown, ways: dict[str, tuple[Way, ...]]) -> tuple[PaperLine, ...]:
    def when(paper: PaperShown) -> tuple[bool, object, str]:
        return not paper.state.startswith((OPEN, "to be")), paper.deadline, paper.paper

    return tuple(PaperLine(paper=paper, ways=ways.get(paper.paper, ())) for paper in sorted(shown.papers, key=when))
